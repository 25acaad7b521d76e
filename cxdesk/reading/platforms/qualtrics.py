"""Qualtrics: code, question text and an ImportId row (Insights); V1 to V10 and texts (legacy); or one row left over."""

from __future__ import annotations

import re

from cxdesk.reading.header import Title, clean
from cxdesk.reading.platform import Opening, Platform

_IMPORT = re.compile(r"^\{\s*['\"]ImportId['\"]\s*:", re.I)
_LEGACY = ("responseid", "responseset")
_MODERN = frozenset(
    {"startdate", "enddate", "status", "progress", "duration (in seconds)", "finished", "recordeddate", "responseid"}
)
_MODERN_TEXT = frozenset(
    {
        "start date",
        "end date",
        "response type",
        "progress",
        "duration (in seconds)",
        "finished",
        "recorded date",
        "response id",
    }
)


def _recognise(opening: Opening) -> int:
    for rows in (2, 1):
        if sum(bool(_IMPORT.match(cell)) for cell in opening.row(rows)) >= 2:
            return rows + 1
    second = [cell.casefold() for cell in opening.row(1)[:2]]
    if opening.row(0)[:2] == ("V1", "V2") and second == list(_LEGACY):
        return 2
    first = [cell.casefold() for cell in opening.row(0)[:3]]
    if tuple(first[:2]) == _LEGACY:
        return 2 if tuple(second[:2]) == _LEGACY else 1
    if len(_MODERN & opening.words()) >= 5:
        return 2 if len(_MODERN_TEXT & opening.words(1)) >= 5 else 1
    return 1 if len(_MODERN_TEXT & opening.words()) >= 6 else 0


def _title(headers: tuple[str, ...]) -> Title:
    texts = [header for header in headers if not _IMPORT.match(header)]
    code, text = clean(texts[0]), clean(texts[-1])
    return Title(text or code, code=code)


def _numbered(opening: Opening) -> bool:
    """Numeric exports write Finished as 1 or 0 instead of True or False."""
    words = [cell.casefold() for cell in opening.row(0)]
    place = next((place for place, word in enumerate(words) if word == "finished"), None)
    if place is None:
        words = [cell.casefold() for cell in opening.row(1)]
        place = next((place for place, word in enumerate(words) if word == "finished"), None)
    return place is not None and any(row[place] in ("0", "1") for row in opening.rows[2:] if place < len(row))


QUALTRICS = Platform("qualtrics", _recognise, _title, _numbered)
