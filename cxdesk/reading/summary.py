"""Recognises files that hold results instead of answers, and says what to export instead (FORMATS.md 1.9)."""

from __future__ import annotations

import math

from cxdesk.reading.grid import Grid
from cxdesk.reading.lexicon import names, plain, table_words
from cxdesk.reading.numerals import is_number, number_in
from cxdesk.reading.problem import ReadRefused
from cxdesk.text import say

_LOOKED_AT = 400
_WIDEST = 40
_MOST_PERIODS = 130


def refuse_summary(grid: Grid) -> None:
    """Raise `ReadRefused` if the sheet is a survey program's summary: one block of counts per question."""
    found: set[str] = set()
    for row in range(min(grid.rows, _LOOKED_AT)):
        place = next((place for place in range(min(len(grid.columns), _WIDEST)) if grid.cell(row, place)), 0)
        word = plain(grid.cell(row, place))
        beside = grid.cell(row, place + 1)
        if word in table_words("answered") and (
            not beside or _is_number(beside) or plain(beside) in table_words("skipped")
        ):
            found.add("answered")
        elif word in table_words("skipped") and (not beside or _is_number(beside)):
            found.add("skipped")
        elif word in ("选项", "选项\\小计", "答案选项") and plain(beside) in table_words("chinese_summary"):
            found |= {"answered", "skipped"}
        elif word in table_words("chinese_summary") and _is_number(beside):
            found.add("skipped")
    if len(found) == 2:
        raise _summary()


def refuse_series(headers: list[str], columns: list[list[str]]) -> None:
    """Raise `ReadRefused` if the rows are periods or groups with their finished scores instead of people.

    ``columns`` holds the cells of each column, at most a few hundred.
    """
    rows = max((len(cells) for cells in columns), default=0)
    if not 0 < rows <= _MOST_PERIODS:
        return
    aggregates = [place for place, header in enumerate(headers) if names("aggregate", header)]
    for place, header in enumerate(headers):
        if not names("score", header):
            continue
        values = [number_in(cell.rstrip("%")) for cell in columns[place] if cell]
        values = [value for value in values if not math.isnan(value)]
        finished = bool(values) and (
            any(value > 10 or value < 0 for value in values) or all(0 < abs(value) < 1 for value in values)
        )
        if not finished:
            continue
        others = [other for other in range(len(headers)) if other != place]
        told = any(other in aggregates and _numeric(columns[other]) for other in others)
        timed = len(headers) <= 6 and any(_periods(columns[other]) for other in others)
        if told or timed:
            raise _summary()


def _periods(cells: list[str]) -> bool:
    """Whether cells name different periods, one per row."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or len(set(filled)) != len(filled):
        return False
    return sum(names("period", cell) for cell in filled) >= 0.8 * len(filled)


def _numeric(cells: list[str]) -> bool:
    return any(cells) and all(_is_number(cell) for cell in cells if cell)


def _is_number(cell: str) -> bool:
    return is_number(cell.rstrip("%"))


def _summary() -> ReadRefused:
    return ReadRefused(
        "summary",
        say("This looks like a summary, one row per question or period, so there are no single answers to count."),
        say("Please export the answers, one row per person, and open that file."),
    )
