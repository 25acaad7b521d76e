"""Gives columns their question back when the row with the options was deleted and a spreadsheet named them "Column2".

Exports with one column per option have a second header row; people who delete it keep the question above the first
column and fillers above the others. The cells still tell the options: each such column holds nothing but its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cxdesk.reading.header import Title
from cxdesk.reading.numerals import is_number
from cxdesk.reading.profile import Profile

_FILLER = re.compile(
    r"^(?:(?:column|spalte|colonne|columna|coluna|colonna|kolom|kolumna|列|열|столбец)\s?\d+"
    r"|unnamed: ?\d+(?:_level_\d+)?)$",
    re.I,
)


def with_lost_options(titles: Sequence[Title], profiles: Sequence[Profile], own: Sequence[bool]) -> list[Title]:
    """Titles in which stretches of a question and its fillers have the question as stem and their cells as options."""
    result = list(titles)
    start = 0
    while start < len(result):
        end = start + 1
        while end < len(result) and _is_filler(titles[end]) and not own[end] and _only(profiles[end]):
            end += 1
        title = titles[start]
        if end - start >= 2 and title.text and not title.stem and not own[start] and _only(profiles[start]):
            for place in range(start, end):
                result[place] = replace(title, stem=title.text, option=_only(profiles[place]))
        start = end
    return result


def _is_filler(title: Title) -> bool:
    return not title.stem and (not title.text or _FILLER.match(title.text) is not None)


def _only(profile: Profile) -> str:
    """The one answer of a column that holds no other; "" if there are others, none, or it is a number."""
    answers = profile.spoken
    alone = len(answers) == 1 == profile.distinct and not is_number(answers[0].words)
    return " ".join(answers[0].words.split()) if alone else ""
