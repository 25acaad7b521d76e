"""问卷星 (Wenjuanxing): six columns of its own, then "1、题目"; answers as texts, positions of options, or scores."""

from __future__ import annotations

import re

from cxdesk.reading.header import Title, clean
from cxdesk.reading.platform import Opening, Platform

_OWN = frozenset({"序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自ip"})
_POSITIONS = re.compile(r"按序号|按选项序号")
_EXPANDED = re.compile(r"^第\s*\d+\s*题\s*[(（]")


def _recognise(opening: Opening) -> int:
    return 1 if len(_OWN & opening.words()) >= 4 else 0


def _title(headers: tuple[str, ...]) -> Title:
    text = clean(headers[-1])
    return Title(text if _EXPANDED.match(text) else text.rstrip("：: "))


def _numbered(opening: Opening) -> bool:
    return bool(_POSITIONS.search(opening.name)) or any(_EXPANDED.match(cell) for cell in opening.row(0))


WENJUANXING = Platform("wenjuanxing", _recognise, _title, _numbered, separators=("┋",))
