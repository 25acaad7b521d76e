"""SurveyMonkey: two header rows (question, then "Response", option or grid row), or one in flattened files."""

from __future__ import annotations

import re
from functools import cache

from cxdesk.reading.header import Title, clean
from cxdesk.reading.lexicon import plain
from cxdesk.reading.platform import Opening, Platform, facts

_OWN = frozenset({"respondent id", "respondentid"})
_META = frozenset(
    {
        "collector id",
        "start date",
        "end date",
        "date created",
        "date modified",
        "ip address",
        "email address",
        "first name",
        "last name",
    }
)
_SECOND = re.compile(r"^other \(please specify\)|^other, please specify")
_UNLABELLED = frozenset({"(no label)", "(ohne beschriftung)", "(sin etiqueta)", "(sans libellé)", "(sem rótulo)"})
_FLAT = re.compile(r"^\d{1,3}\. ")


@cache
def _closed() -> frozenset[str]:
    """What stands below a question with one answer, in the languages of the platform."""
    return frozenset(facts("surveymonkey")["closed"])


@cache
def _open() -> frozenset[str]:
    """What stands below a question that people answer in their own words."""
    return frozenset(facts("surveymonkey")["open"])


def _recognise(opening: Opening) -> int:
    top, below = opening.row(0), opening.row(1)
    first, second = opening.words(0), opening.words(1)
    told = bool(second & (_closed() | _open())) or any(_SECOND.match(word) for word in second)
    blanks = sum(not cell for cell in top)
    own = [place for place, cell in enumerate(top) if plain(cell) in _OWN | _META]
    if own:
        # Below the platform's own columns the second header row is empty, and a row of answers is not.
        second_row = bool(below) and not any(below[place] for place in own) and any(below)
        if first & _OWN or told:
            return 2 if second_row else 1 if first & _OWN else 0
        if {"start date", "end date"} <= first and second_row and blanks >= 2:
            return 2
        return 1 if len(own) >= 2 and sum(bool(_FLAT.match(cell)) for cell in top) >= 2 else 0
    return 2 if told and (blanks or second <= _closed() | _open()) else 0


def _title(headers: tuple[str, ...]) -> Title:
    if len(headers) < 2:
        return Title(_FLAT.sub("", clean(headers[0])))
    question, option = clean(headers[0]), clean(headers[1]).lstrip("- ")
    if not option or plain(option) in _closed() | _open() | _UNLABELLED:
        return Title(
            question or option,
            stem=question,
            whole=plain(option) in _closed(),
            written=plain(option) in _open(),
        )
    return Title(question, stem=question, option=option) if question else Title(option)


SURVEYMONKEY = Platform("surveymonkey", _recognise, _title, continued=True, spreads=True, month_first=True)
