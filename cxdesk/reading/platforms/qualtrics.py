"""Qualtrics: code, question text and an ImportId row (Insights); V1 to V10 and texts (legacy); or one row left over."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cxdesk.reading.header import Title, clean
from cxdesk.reading.lexicon import plain
from cxdesk.reading.platform import Opening, Platform
from cxdesk.survey.role import Role

_IMPORT = re.compile(r"^\{\s*['\"]ImportId['\"]\s*:", re.I)
_LEGACY = ("responseid", "responseset")
_CODES = frozenset(
    {"startdate", "enddate", "status", "progress", "duration (in seconds)", "finished", "recordeddate", "responseid"}
)
_OWN_CODES = frozenset({"recordeddate", "duration (in seconds)", "distributionchannel", "userlanguage"})
_TEXTS = frozenset(
    {"start date", "end date", "response type", "progress", "duration (in seconds)", "finished", "recorded date"}
)
_DERIVED = re.compile(r"^Q(?:ID)?\d+(?:[_.#]\w+)*_(?:TEXT|NPS_GROUP)$")
_CHOSEN = re.compile(r"\s+-\s+Selected Choice(?=\s+-\s|\s*$)", re.I)
_GROUP = "_nps_group"
_WRITTEN = re.compile(r"_TEXT$")
_LAST_TEXT = re.compile(r"\s+-\s+Text\s*$", re.I)


def _recognise(opening: Opening) -> int:
    for rows in (2, 1):
        if sum(bool(_IMPORT.match(cell)) for cell in opening.row(rows)) >= 2:
            return rows + 1
    second = [cell.casefold() for cell in opening.row(1)[:2]]
    if opening.row(0)[:2] == ("V1", "V2") and second == list(_LEGACY):
        return 2
    first = [plain(cell) for cell in opening.row(0)]
    if tuple(first[:2]) == _LEGACY:
        return 2 if tuple(second[:2]) == _LEGACY else 1
    known = set(first)
    if len(_CODES & known) >= 3 or (_OWN_CODES & known and len((_CODES | _OWN_CODES) & known) >= 2):
        own = [place for place, cell in enumerate(first) if cell in _CODES | _OWN_CODES]
        return 2 if _are_headers(opening, own) else 1
    if len(_TEXTS & known) >= 4:
        return 1
    derived = [place for place, cell in enumerate(opening.row(0)) if _DERIVED.match(cell)]
    return 2 if derived and _are_headers(opening, derived) else 0


def _are_headers(opening: Opening, places: list[int]) -> bool:
    """Whether the second row says in words what the codes above mean, instead of holding the first answers."""
    second = opening.row(1)
    below = [{row[place] for row in opening.rows[2:] if place < len(row)} for place in places]
    words = [
        bool(cell) and cell not in answers and not any(sign.isdigit() for sign in cell[:12])
        for cell, answers in zip((second[place] for place in places if place < len(second)), below, strict=False)
    ]
    return len(opening.rows) > 2 and sum(words) >= 0.7 * len(places)


def _title(headers: tuple[str, ...]) -> Title:
    texts = [header for header in headers if not _IMPORT.match(header)]
    code, text = clean(texts[0]), _CHOSEN.sub("", clean(texts[-1]))
    if _LAST_TEXT.search(text) and (_WRITTEN.search(code) or len(texts) == 1):
        question, dash, option = _LAST_TEXT.sub("", text).rpartition(" - ")
        return Title(question or option, option=option if dash else "", code=code, written=True)
    return Title(text or code, code=code, written=bool(_WRITTEN.search(code)))


def _told(opening: Opening) -> Mapping[str, Role]:
    """Where only codes are left, the groups beside it still tell which column is the recommend question."""
    if _recognise(opening) != 1:
        return {}
    groups = [plain(cell) for cell in opening.row(0)]
    return {head.removesuffix(_GROUP): Role.RECOMMEND for head in groups if head.endswith(_GROUP)}


def _numbered(opening: Opening) -> bool:
    """Numeric exports write Finished as 1 or 0 instead of True or False."""
    words = [cell.casefold() for cell in opening.row(0)]
    place = next((place for place, word in enumerate(words) if word == "finished"), None)
    if place is None:
        words = [cell.casefold() for cell in opening.row(1)]
        place = next((place for place, word in enumerate(words) if word == "finished"), None)
    return place is not None and any(row[place] in ("0", "1") for row in opening.rows[2:] if place < len(row))


QUALTRICS = Platform("qualtrics", _recognise, _title, _numbered, told=_told)
