"""Puts operational columns beside the answers of a small survey: times, amounts, counts, a yes or no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from cxdesk.survey.amount import Amount, AmountKind, TimeUnit
from cxdesk.survey.dataset import Answers, Column, Dataset, Words
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role

HOURS = Amount(AmountKind.TIME, TimeUnit.HOUR)
YUAN = Amount(AmountKind.MONEY, sign="¥")
COUNT = Amount(AmountKind.NUMBER)

Numbers = Mapping[str, tuple[Amount, Sequence[float | None]]]


def with_operations(
    dataset: Dataset, numbers: Numbers | None = None, outcomes: Mapping[str, Sequence[bool | None]] | None = None
) -> Dataset:
    """The survey with further columns; a question's id is its name in lower case. Times are given in seconds."""
    questions, columns, answers = list(dataset.questions), list(dataset.columns), dict(dataset.answers)
    for name, (amount, values) in (numbers or {}).items():
        known = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
        columns.append(_column(len(columns), name, ["" if value is None else f"{value:g}" for value in values]))
        questions.append(Question(name.lower(), name, Kind.NUMBER, Role.OPERATION, (len(columns) - 1,), amount=amount))
        answers[name.lower()] = Answers(0, numbers=known)
    for name, happened in (outcomes or {}).items():
        cells = ["" if value is None else "Yes" if value else "No" for value in happened]
        columns.append(_column(len(columns), name, cells))
        codes = np.array([2 if value is None else int(not value) for value in happened], dtype=np.uint8)
        questions.append(
            Question(name.lower(), name, Kind.CHOICE, Role.OPERATION, (len(columns) - 1,), options=("Yes", "No"))
        )
        answers[name.lower()] = Answers(2, codes=codes)
    return replace(dataset, questions=tuple(questions), columns=tuple(columns), answers=answers)


def _column(place: int, name: str, cells: Sequence[str]) -> Column:
    values = list(dict.fromkeys(("", *cells)))
    codes = np.array([values.index(cell) for cell in cells], dtype=np.uint32)
    return Column(place, (name,), codes, Words.of(values))
