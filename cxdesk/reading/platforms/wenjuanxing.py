"""问卷星 (Wenjuanxing): six columns of its own, then "1、题目"; answers as texts, positions of options, or scores."""

from __future__ import annotations

import re

from cxdesk.reading.header import Title, clean
from cxdesk.reading.platform import Opening, Platform, by_signs

_POSITIONS = re.compile(r"按序号|按选项序号")
_EXPANDED = re.compile(r"^(?:第\s*\d+\s*题|\d+)\s*[(（]")
_CODES = frozenset({"-2", "-3"})


def _title(headers: tuple[str, ...]) -> Title:
    text = clean(headers[-1])
    return Title(text if _EXPANDED.match(text) else text.rstrip("：: "))


def _numbered(opening: Opening) -> bool:
    """The file's name tells it as long as nobody renames it, and so do its codes for blank and skipped answers."""
    if _POSITIONS.search(opening.name) or any(_EXPANDED.match(cell) for cell in opening.row(0)):
        return True
    return any(cell in _CODES for row in opening.rows[1:] for cell in row)


WENJUANXING = Platform("wenjuanxing", by_signs("wenjuanxing"), _title, _numbered, separators=("┋",), positions=True)
