"""What a column of the file holds at a glance: how many people answered, and how often each answer occurs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import UNSHOWN, Kind

_NOT_ASKED = 2


@dataclass(frozen=True, slots=True)
class Glance:
    """People who answered and who did not, and ``counts``: people per answer code in its order.

    ``counts`` is empty for texts, dates and numbers, and for columns whose answers are not shown. For a
    multiple-answer question the counts add up to more than ``answered``.
    """

    answered: int
    empty: int
    counts: tuple[int, ...] = ()


def glance_at(dataset: Dataset, question: Question) -> Glance:
    """Look at one question among everybody, whatever is filtered."""
    answers = dataset.answers.get(question.id)
    people = dataset.respondents
    shown = question.role not in UNSHOWN
    if answers is not None and answers.codes is not None and answers.codes.ndim == 2:
        asked = int(np.count_nonzero((answers.codes != _NOT_ASKED).any(axis=0)))
        ticked = np.count_nonzero(answers.codes == 1, axis=1)
        return Glance(asked, people - asked, tuple(map(int, ticked)) if shown else ())
    if answers is not None and answers.codes is not None:
        counts = np.bincount(answers.codes, minlength=answers.size + 1)
        empty = int(counts[answers.size])
        return Glance(people - empty, empty, tuple(map(int, counts[: answers.size])) if shown else ())
    if answers is not None and answers.numbers is not None:
        empty = int(np.count_nonzero(np.isnan(answers.numbers)))
        return Glance(people - empty, empty)
    filled = np.zeros(people, dtype=bool)
    if question.kind is not Kind.EMPTY:
        for place in question.columns:
            filled |= dataset.columns[place].codes != 0
    answered = int(np.count_nonzero(filled))
    return Glance(answered, people - answered)


def glance_at_grid(dataset: Dataset, questions: Sequence[Question]) -> Glance:
    """Look at the rows of a rating grid together: every answer to any of them counts once.

    Questions on different scales have no common counts.
    """
    glances = [glance_at(dataset, question) for question in questions]
    answered, empty = sum(each.answered for each in glances), sum(each.empty for each in glances)
    if len({len(each.counts) for each in glances}) != 1 or len({question.scale for question in questions}) != 1:
        return Glance(answered, empty)
    counts = tuple(sum(column) for column in zip(*(each.counts for each in glances), strict=True))
    return Glance(answered, empty, counts)
