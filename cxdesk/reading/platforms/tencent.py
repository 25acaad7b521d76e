"""腾讯问卷 (Tencent survey): answer times and place first, then "1.题目"; multiple answers as "1.题目:选项"."""

from __future__ import annotations

from cxdesk.reading.platform import Opening, Platform

_OWN = frozenset({"编号", "开始答题时间", "结束答题时间", "答题时长"})


def _recognise(opening: Opening) -> int:
    return 1 if len(_OWN & opening.words()) >= 3 else 0


TENCENT = Platform("tencent", _recognise)
