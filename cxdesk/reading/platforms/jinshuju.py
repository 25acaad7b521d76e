"""金数据 (Jinshuju) and 飞书 forms: questions as headers, then who submitted, when and with which device."""

from __future__ import annotations

from cxdesk.reading.platform import Opening, Platform

_WHO = frozenset({"提交人", "提交者", "填写设备", "填写ip", "填写者ip", "ip", "浏览器", "操作系统"})


def _recognise(opening: Opening) -> int:
    words = opening.words()
    return 1 if "提交时间" in words and _WHO & words else 0


JINSHUJU = Platform("jinshuju", _recognise)
