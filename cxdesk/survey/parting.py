"""A way of parting people for whose parts a page shows scores: by region, by month, by region within channel.

Pages name theirs, so that what must not be shown can be found over all of them before any number is made. A part is
known by the key of its parting and by its code (`Rules.hides`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.counted import Counted
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Codes
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind


@dataclass(frozen=True, slots=True, eq=False)
class Parting:
    """People of a sample in parts of which nobody is in two.

    ``codes`` gives the part of each respondent of the survey, ``len(columns)`` for none; it is called only where it is
    needed. ``columns`` are the codes by which the parts are known. ``measures`` are the ids of the questions whose
    answers are shown for each part. ``question`` is set where the parts are its answers, ``name`` where counts of the
    parts are remembered (see `Sample.within`). ``wide`` is the number of inner parts of each outer part where two
    questions are inside each other; 0 where there is one.
    """

    key: str
    of: Sample
    codes: Callable[[], Codes]
    columns: tuple[int, ...]
    measures: tuple[str, ...]
    question: str = ""
    name: str = ""
    wide: int = 0

    @property
    def size(self) -> int:
        """The number of parts."""
        return len(self.columns)

    def counted(self, measure: str) -> Counted:
        """The answers to a question in each part, as pages count them: [parts, answers], the last one "no answer".

        For a MULTIPLE question [parts, 3]: asked and nothing ticked, anything ticked, not asked.
        """
        asked = self.of.dataset.question(measure)
        if asked.kind is Kind.MULTIPLE:
            every = tuple(range(asked.size))
            return self.of.any_within(measure, every, self.codes(), self.size, self.name)
        if self.question:
            return self.of.table(measure, self.question)[: self.size]
        return self.of.within(measure, self.codes(), self.size, self.name)


def by_answers(question: Question, of: Sample, measures: tuple[str, ...]) -> Parting:
    """The people of a sample parted by their answers to a SCORE or CHOICE question."""
    own = tuple(measure for measure in measures if measure != question.id)
    dataset = of.dataset
    return Parting(
        question.id, of, lambda: dataset.codes(question.id), tuple(range(question.size)), own, question=question.id
    )


def everybody(of: Sample, measures: tuple[str, ...]) -> Parting:
    """A sample as a whole: no parts of its own, but what is said about all of it counts when others are looked at."""
    return Parting("", of, lambda: np.zeros(of.dataset.respondents, dtype=np.uint8), (), measures)


def on_other_side(key: str) -> str:
    """The key of the same parting of those who are compared with."""
    return f"{key} before"


def nested(outer: str, inner: str) -> str:
    """The key of two partings inside each other; the code of a part is outer * size of the inner one + inner."""
    return f"{outer} × {inner}"


def answered(question: Question, dataset_codes: Codes) -> NDArray[np.bool_]:
    """Who of all respondents gave an answer: bool [respondents]; of a MULTIPLE question, who was asked it."""
    if question.kind is Kind.MULTIPLE:
        return np.asarray((dataset_codes != 2).any(axis=0), dtype=np.bool_)
    return np.asarray(dataset_codes < question.size, dtype=np.bool_)
