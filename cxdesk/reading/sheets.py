"""Chooses the sheet that holds the answers when a workbook has several."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cxdesk.reading.cells import show, trim
from cxdesk.reading.problem import ReadRefused
from cxdesk.resources import resource
from cxdesk.survey.receipt import Unused
from cxdesk.text import Listed, Text, say, say_n

_LOOKED_AT = 12
_PIVOT_ROWS = 6


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as seen from outside: how many cells are filled, and what stands in its first rows."""

    name: str
    hidden: bool = False
    filled: int = 0
    first_rows: tuple[tuple[str, ...], ...] = ()


def as_texts(rows: Sequence[Sequence[object]]) -> tuple[tuple[str, ...], ...]:
    """The first rows of a sheet as tidied texts."""
    return tuple(tuple(trim(show(cell)) for cell in row) for row in rows[:_LOOKED_AT])


def candidates(sheets: Sequence[Sheet], chosen: str | None) -> list[Sheet]:
    """The sheets worth a closer look: the chosen one, or all visible ones that are not much emptier than the fullest.

    Raises `ReadRefused` if a sheet was chosen that the workbook does not have.
    """
    if chosen is not None:
        found = [sheet for sheet in sheets if sheet.name == chosen]
        if not found:
            raise ReadRefused(
                "no_such_sheet",
                say(
                    "The workbook has no sheet “{name}”. It has: {names}.",
                    name=chosen,
                    names=Listed(tuple(sheet.name for sheet in sheets[:10])),
                ),
                say("Choose one of its sheets."),
            )
        return found
    visible = [sheet for sheet in sheets if not sheet.hidden and sheet.filled]
    shown = visible or [sheet for sheet in sheets if sheet.filled] or list(sheets)
    fullest = max((sheet.filled for sheet in shown), default=0)
    return [sheet for sheet in shown if sheet.filled * 10 >= fullest][:8]


def choose(sheets: Sequence[Sheet]) -> Sheet:
    """The sheet with the most filled cells that looks like a table under a header; pivots and dashboards count less."""
    return max(sheets, key=lambda sheet: sheet.filled * _likeness(sheet.first_rows))


def notes(sheets: Sequence[Sheet], used: str) -> tuple[Unused, ...]:
    """What the receipt says about the other sheets."""
    hidden = sum(sheet.hidden for sheet in sheets if sheet.name != used)
    others = sum(bool(sheet.filled) and not sheet.hidden for sheet in sheets if sheet.name != used)
    found = []
    if hidden:
        text = say_n("1 hidden sheet was not read", "{count} hidden sheets were not read", hidden)
        found.append(Unused("hidden_sheet", hidden, text))
    if others:
        words: Text = say_n("1 other sheet was not read", "{count} other sheets were not read", others)
        found.append(Unused("other_sheet", others, words))
    return tuple(found)


def _likeness(rows: Sequence[Sequence[str]]) -> float:
    """How much the first rows look like headers above answers, from 0.05 to about 1."""
    filled = [[cell for cell in row if cell] for row in rows]
    widest = max((len(row) for row in filled), default=0)
    if widest < 2:
        return 0.05
    words = _pivot_words()
    if any(cell.casefold().startswith(words) for row in filled[:_PIVOT_ROWS] for cell in row):
        return 0.05
    best = 0.0
    for position, row in enumerate(filled[:-1]):
        texts = [cell for cell in row if not _is_number(cell)]
        below = filled[position + 1 :]
        if len(row) * 2 < widest or len(set(texts)) < 2:
            continue
        distinct = len(set(texts)) / len(row)
        dense = sum(len(other) * 2 >= len(row) for other in below) / len(below)
        best = max(best, distinct * dense * len(row) / widest)
    return 0.1 + best


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@cache
def _pivot_words() -> tuple[str, ...]:
    """Beginnings of cells that spreadsheets write into pivot tables."""
    words: list[str] = json.loads(resource("lexicon", "pivot_tables.json").read_text(encoding="utf-8"))
    return tuple(word.casefold() for word in words)
