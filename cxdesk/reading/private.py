"""Recognises columns with personal data, by what their headers say and by what their cells hold (RELIABILITY.md 5)."""

from __future__ import annotations

import re
import unicodedata

from cxdesk.comments.masking import is_personal
from cxdesk.reading.lexicon import plain, private_header, surnames, tokens
from cxdesk.reading.profile import Profile

_HAN_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$")
_OPEN_ID = re.compile(r"^(?:o[A-Za-z0-9_-]{27}|wxid_\w{6,}|@[A-Za-z0-9_.]{3,30})$")
_AGENT = re.compile(r"^Mozilla/\d")
_PLACE = re.compile(r"^-?\d{1,3}\.\d{3,}\s*[,，]\s*-?\d{1,3}\.\d{3,}$")
_SHARE = 0.3
_FEW = 12
_MANY = 150
_LONG = 20
_LONGEST = 500


def private_by_header(profile: Profile) -> bool:
    """Whether a header announces personal data and the cells do not speak against it.

    A long question with a dozen answers that repeat ("Yes", "Phone", "E-mail") asks about phones, not for numbers.
    """
    announced = [part for part in profile.column.header if private_header(part)]
    if not announced:
        return False
    repeats = profile.distinct <= _FEW and profile.filled >= 4 * max(profile.distinct, 1)
    told = {plain(answer.words) for answer in profile.answers} <= tokens("yes") | tokens("no")
    harmless = told or (repeats and min(map(_width, announced)) > _LONG)
    return not harmless or private_by_values(profile)


def private_by_values(profile: Profile) -> bool:
    """Whether three in ten cells are phone numbers, addresses or identity numbers, or most are people's names."""
    answers = profile.spoken[:400]
    total = sum(answer.count for answer in answers)
    if not total:
        return False
    personal = sum(answer.count for answer in answers if _is_personal(answer.cell))
    if personal >= _SHARE * total:
        return True
    named = sum(1 for answer in answers if _HAN_NAME.match(answer.cell) and answer.cell[0] in surnames())
    varied = profile.distinct >= 0.7 * profile.answered or profile.distinct >= _MANY
    return len(answers) >= 8 and varied and named >= 0.7 * len(answers)


def _width(header: str) -> int:
    """How long a header reads: a Han character says as much as two or three letters."""
    return sum(3 if "\u3040" <= sign <= "\u9fff" else 1 for sign in header)


def _is_personal(cell: str) -> bool:
    cell = cell[:_LONGEST]
    if not cell.isascii():
        cell = unicodedata.normalize("NFKC", cell)
    return is_personal(cell) or bool(_OPEN_ID.match(cell) or _AGENT.match(cell) or _PLACE.match(cell))
