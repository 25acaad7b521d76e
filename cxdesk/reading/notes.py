"""Writes down what the results do not use, column by column, for the receipt.

Each filled cell of a column is either used or counted here under exactly one reason. The account is made from the
answers themselves, not from what was expected of them, so it cannot drift from what the pages count. A column may
serve two questions ("Other: please specify" is an option and a comment); its cells count as used if one uses them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from cxdesk.comments.masking import mask
from cxdesk.reading.choices import SKIPPED
from cxdesk.reading.lexicon import plain, tokens
from cxdesk.reading.profile import shortened
from cxdesk.survey.dataset import Codes, Column, Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import CELL_CODES, MOST_SHOWN, Unused
from cxdesk.survey.role import Kind, Role
from cxdesk.text import Listed, Text, say_n

_SHOWN = 3
_NAMED = 4
_WHOLE_SURVEY = frozenset({"ignored_column", "renamed_header"})


def with_notes(dataset: Dataset, question: str | None = None) -> Dataset:
    """The survey with its receipt made anew, for all columns, or for those of one ``question`` that was changed."""
    changed = {place for each in dataset.questions if question in (None, each.id) for place in each.columns}
    kept = [
        entry
        for entry in dataset.receipt.unused
        if entry.code not in CELL_CODES | _WHOLE_SURVEY
        or (entry.code not in _WHOLE_SURVEY and question is not None and entry.column not in changed)
    ]
    owners: dict[int, list[Question]] = {}
    for each in dataset.questions:
        for place in changed.intersection(each.columns):
            owners.setdefault(place, []).append(each)
    fresh = [entry for place in sorted(owners) for entry in _left_out(dataset, place, owners[place])]
    whole = _of_the_whole(dataset.questions, dataset.columns)
    return replace(dataset, receipt=replace(dataset.receipt, unused=(*kept, *fresh, *whole)))


def _of_the_whole(questions: Sequence[Question], columns: Sequence[Column]) -> list[Unused]:
    noted = _ignored(questions, columns)
    renamed = _renamed(questions)
    if renamed:
        text = say_n(
            "1 question has the same words as another; it got a number behind its name",
            "{count} questions have the same words as others; they got a number behind their names",
            renamed,
        )
        noted.append(Unused("renamed_header", renamed, text))
    return noted


def _left_out(dataset: Dataset, place: int, owners: Sequence[Question]) -> list[Unused]:
    """The reasons for the cells of one column that none of its questions uses."""
    using = [question for question in owners if question.role is not Role.IGNORE or question.kind is Kind.EMPTY]
    if not using:
        return []
    column = dataset.columns[place]
    codes = np.where(dataset.used_cells(place), 0, column.codes)
    if any(question.role is Role.PRIVATE for question in using):
        return _private_reasons(column, place, codes)
    return _reasons(using[0], column, place, codes)


def _private_reasons(column: Column, place: int, codes: Codes) -> list[Unused]:
    """Personal data that is not used, apart from cells that hold none: "(空)" is nobody's phone number."""
    counts = np.bincount(codes, minlength=len(column.values))
    counts[0] = 0
    total = int(counts.sum())
    unsaid = [
        position
        for position in np.flatnonzero(counts).tolist()
        if plain(column.values[position]) in tokens("no_answer")
    ]
    empty = int(counts[unsaid].sum())
    noted = []
    if total > empty:
        noted.append(Unused("private_column", total - empty, _private(total - empty), place))
    if empty:
        usual = sorted(unsaid, key=lambda position: -int(counts[position]))[:_SHOWN]
        words = _told("no_answer", empty, Listed(tuple(column.values[position] for position in usual)))
        noted.append(Unused("no_answer", empty, words, place))
    return noted


def _reasons(question: Question, column: Column, place: int, codes: Codes) -> list[Unused]:
    """Sort the cells that are not used by reason; ``codes`` are theirs alone."""
    counts = np.bincount(codes, minlength=len(column.values))
    counts[0] = 0
    if not counts.any():
        return []
    labels = dict(column.labels)
    found: dict[str, Counter[str]] = {}
    for position in np.flatnonzero(counts).tolist():
        cell = column.values[position]
        found.setdefault(_reason(question, column, cell), Counter())[cell] += int(counts[position])
    noted = []
    for code, cells in found.items():
        usual = [cell for cell, _ in cells.most_common(MOST_SHOWN)]
        shown = Listed(tuple(shortened(mask(labels.get(cell, cell))[0], 30) for cell in usual[:_SHOWN]))
        noted.append(Unused(code, cells.total(), _told(code, cells.total(), shown), place, tuple(usual)))
    return noted


def _reason(question: Question, column: Column, cell: str) -> str:
    if cell in column.missing:
        return "declared_missing"
    match question.kind:
        case Kind.SCORE:
            known = question.scale is not None and cell in question.scale.no_answer
            return "no_answer" if known else "off_scale"
        case Kind.DATE:
            return "not_readable_date"
        case Kind.NUMBER:
            return "not_a_number"
        case Kind.MULTIPLE:
            words = plain(dict(column.labels).get(cell, cell))
            return "no_answer" if words in tokens("blank") or cell in SKIPPED else "not_an_option"
        case _:
            return "no_answer"


def _told(code: str, count: int, cells: Listed) -> Text:
    match code:
        case "declared_missing":
            return say_n(
                "1 cell holds a code that the file itself declares as no answer: {cells}",
                "{count} cells hold codes that the file itself declares as no answer: {cells}",
                count,
                cells=cells,
            )
        case "off_scale":
            return say_n(
                "1 answer is not on the scale: {cells}",
                "{count} answers are not on the scale: {cells}",
                count,
                cells=cells,
            )
        case "not_readable_date":
            return say_n("1 cell could not be read as a date", "{count} cells could not be read as dates", count)
        case "not_a_number":
            return say_n(
                "1 cell could not be read as a number: {cells}",
                "{count} cells could not be read as numbers: {cells}",
                count,
                cells=cells,
            )
        case "not_an_option":
            return say_n(
                "1 cell could not be read as one of the options: {cells}",
                "{count} cells could not be read as options: {cells}",
                count,
                cells=cells,
            )
        case _:
            return say_n(
                "1 cell means “no answer”: {cells}", "{count} cells mean “no answer”: {cells}", count, cells=cells
            )


def _private(count: int) -> Text:
    return say_n("1 cell with personal data is not used", "{count} cells with personal data are not used", count)


def _ignored(questions: Iterable[Question], columns: Sequence[Column]) -> list[Unused]:
    """One line for all columns that no page uses; there may be dozens of them."""
    used = {
        place
        for question in questions
        if question.role is not Role.IGNORE or question.kind is Kind.EMPTY
        for place in question.columns
    }
    filled = {place: int(np.count_nonzero(column.codes)) for place, column in enumerate(columns) if place not in used}
    # The last row of a header of several is empty under platform columns such as a start date.
    names = [next(filter(None, reversed(columns[place].header)), "") for place, count in filled.items() if count]
    total = sum(filled.values())
    if not total:
        return []
    named = [shortened(name, 30) for name in names if name]
    shown = Listed(tuple(named if len(named) <= _NAMED else [*named[: _NAMED - 1], "…"]))
    text = say_n(
        "1 cell stands in a column that is not used: {columns}",
        "{count} cells stand in columns that are not used: {columns}",
        total,
        columns=shown,
    )
    return [Unused("ignored_column", total, text)]


def _renamed(questions: Iterable[Question]) -> int:
    seen = [(question.group, question.text) for question in questions if question.role is not Role.IGNORE]
    known = set(seen)
    return sum(
        text.endswith(")") and (group, text.rpartition(" (")[0]) in known and text.rpartition(" (")[2][:-1].isdigit()
        for group, text in seen
    )
