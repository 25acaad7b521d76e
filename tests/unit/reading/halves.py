"""Cuts surveys into parts, and compares what two surveys count, whatever their order of rows and options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cxdesk.reading.answers import answers_of
from cxdesk.survey.dataset import Answers, Dataset
from cxdesk.survey.question import Question


def rows_of(dataset: Dataset, rows: Sequence[int], name: str) -> Dataset:
    """The survey of some of its respondents, as a file of its own."""
    places = np.array(rows, dtype=np.intp)
    answers = {name: _of_rows(found, places) for name, found in dataset.answers.items()}
    columns = tuple(replace(column, codes=column.codes[places]) for column in dataset.columns)
    receipt = replace(dataset.receipt, rows=len(places), rows_used=len(places), unused=())
    source = replace(dataset.source, name=name, digest=f"{dataset.source.digest} {name}")
    return replace(
        dataset,
        key=f"{dataset.key} {name}",
        source=source,
        respondents=len(places),
        columns=columns,
        answers=answers,
        receipt=receipt,
    )


def _of_rows(answers: Answers, places: Any) -> Answers:
    codes = None if answers.codes is None else answers.codes[..., places]
    numbers = None if answers.numbers is None else answers.numbers[places]
    return replace(answers, codes=codes, numbers=numbers)


def counted(dataset: Dataset, question: Question) -> Any:
    """What a question counts, by the names of its answers; dates and numbers sorted, texts as a sorted list."""
    answers = dataset.answers[question.id]
    if answers.codes is not None and answers.codes.ndim == 2:
        # Options of one name are told apart by their order.
        return sorted(
            (name, *np.bincount(row, minlength=3).tolist())
            for name, row in zip(question.options, answers.codes, strict=True)
        )
    if answers.codes is not None:
        counts = np.bincount(answers.codes, minlength=answers.size + 1).tolist()
        names = question.options or [str(point) for point in range(answers.size)]
        return sorted(zip((*names, "no answer"), counts, strict=True))
    if answers.numbers is not None:
        return np.sort(answers.numbers).tolist()
    return sorted(text for place in question.columns for text in dataset.columns[place].texts())


def same_counts(one: Any, other: Any) -> bool:
    """Whether two results of `counted` agree; times may lose fractions of a second."""
    if one and other and isinstance(one[0], float):
        return len(one) == len(other) and bool(np.allclose(one, other, atol=2e-5, equal_nan=True))
    return bool(one == other)


def agrees_with_its_columns(dataset: Dataset) -> list[str]:
    """The ids of questions whose answers are not what their columns say when they are read again."""
    again = answers_of(dataset.questions, dataset.columns)
    wrong = []
    for name, answers in dataset.answers.items():
        found = again[name]
        if answers.codes is not None and found.codes is not None:
            same = np.array_equal(answers.codes, found.codes)
        elif answers.numbers is not None and found.numbers is not None:
            same = bool(np.allclose(answers.numbers, found.numbers, atol=2e-5, equal_nan=True))
        else:
            same = answers.codes is found.codes and answers.numbers is found.numbers
        if not same:
            wrong.append(name)
    return wrong
