"""Turns columns into answers: each distinct cell text is looked up once, then numpy does the rows.

Pure and quick, so that the window can rebuild all answers after transport and again after every change of a role.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.amounts import amount_in, bare_worth
from cxdesk.reading.choices import split_into, split_table, tick_matrix, ticks
from cxdesk.reading.dates import days_in
from cxdesk.reading.lexicon import plain
from cxdesk.reading.profile import option_words, profile_of
from cxdesk.reading.verbal import score_and_words
from cxdesk.survey.amount import Amount
from cxdesk.survey.dataset import Answers, Codes, Column
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind
from cxdesk.survey.scale import Scale


def answers_of(questions: Iterable[Question], columns: Sequence[Column]) -> dict[str, Answers]:
    """The answers to all questions, by question id (shapes: `Answers`)."""
    return {question.id: answers_to(question, columns) for question in questions}


def answers_to(question: Question, columns: Sequence[Column]) -> Answers:
    """The answers to one question, read from its columns."""
    own = [columns[place] for place in question.columns]
    match question.kind:
        case Kind.SCORE if question.scale is not None:
            return _scores(own, question.scale)
        case Kind.CHOICE:
            return _choices(own, question.options)
        case Kind.MULTIPLE:
            return _multiple(own, question.options)
        case Kind.NUMBER:
            return Answers(0, numbers=_numbers(own[0], question.amount))
        case Kind.DATE:
            return Answers(0, numbers=_dates(own[0], question.day_first))
        case _:
            return Answers(0)


def score_of(cell: str, words: str, scale: Scale) -> int | None:
    """The score that a cell stands for on a scale; None for "no answer" and for what is not on the scale."""
    if cell in scale.no_answer:
        return None
    for text, score in scale.codes:
        if text == cell:
            return score
    shown = plain(words)
    for place, label in enumerate(scale.labels):
        if label and plain(label) == shown:
            return scale.lowest + place
    found = score_and_words(words)
    if found is not None and scale.lowest <= found[0] <= scale.highest:
        return found[0]
    return None


def _scores(columns: Sequence[Column], scale: Scale) -> Answers:
    dtype = _narrow(scale.size)
    codes: Codes | None = None
    for column in columns:
        labels = dict(column.labels)
        table = np.full(len(column.values), scale.size, dtype=dtype)
        header = column.header[-1] if column.header else ""
        declared = set(column.missing)
        for position, cell in enumerate(column.values):
            if not cell or cell in declared:
                continue
            score = score_of(cell, labels.get(cell, cell), scale)
            if score is None and len(columns) > 1:
                score = score_of(header, header, scale)
            if score is not None:
                table[position] = score - scale.lowest
        found = table.take(column.codes)
        codes = found if codes is None else np.where(found < scale.size, found, codes)
    return Answers(scale.size, codes=codes)


def _choices(columns: Sequence[Column], options: Sequence[str]) -> Answers:
    size = len(options)
    dtype = _narrow(size)
    codes = np.full(len(columns[0].codes), size, dtype=dtype)
    if len(columns) > 1:
        for place, (column, option) in enumerate(zip(columns, options, strict=True)):
            table = ticks(column, option=option)
            if table is None:
                table = ticks(column, any_text=True)
            if table is not None:
                codes[table[column.codes] == 1] = place
        return Answers(size, codes=codes)
    column = columns[0]
    places = {plain(option): place for place, option in enumerate(options)}
    labels = dict(column.labels)
    declared = set(column.missing)
    table = np.full(len(column.values), size, dtype=dtype)
    for position, cell in enumerate(column.values):
        if cell and cell not in declared:
            table[position] = places.get(plain(option_words(labels.get(cell, cell))), size)
    return Answers(size, codes=table.take(column.codes))


def _multiple(columns: Sequence[Column], options: Sequence[str]) -> Answers:
    if len(columns) > 1:
        return Answers(len(options), codes=tick_matrix(columns, options))
    split = split_into(profile_of(columns[0]), options)
    if split is None:
        return Answers(len(options), codes=np.full((len(options), len(columns[0].codes)), 2, dtype=np.uint8))
    return Answers(len(options), codes=split_table(split, options, columns[0])[:, columns[0].codes])


def _numbers(column: Column, amount: Amount | None) -> NDArray[np.float64]:
    cells = list(column.values)
    cells[0] = "nan"
    try:
        table = np.array(cells).astype(np.float64) * bare_worth(amount)
    except ValueError:
        table = np.array([amount_in(cell, amount) for cell in cells], dtype=np.float64)
    table[~np.isfinite(table)] = np.nan
    for position, cell in enumerate(cells):
        if cell in column.missing:
            table[position] = np.nan
    result: NDArray[np.float64] = table.take(column.codes)
    return result


def _dates(column: Column, day_first: bool | None) -> NDArray[np.float64]:
    result: NDArray[np.float64] = days_in(column.values, day_first).take(column.codes)
    return result


def _narrow(size: int) -> Any:
    """The smallest type that holds the codes 0 .. size."""
    return np.uint8 if size < 256 else np.uint16 if size < 65536 else np.uint32
