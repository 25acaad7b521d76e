"""The rated topics of a survey and the people who rated them: what links with a score are looked for in."""

from __future__ import annotations

from functools import reduce

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.rule import points_of
from cxdesk.stats.interval import Floats
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role

LEAST_PEOPLE, LEAST_TOPICS, PEOPLE_PER_TOPIC = 100, 3, 10
_MOST_TOPICS = 20
_LEAST_ANSWERED = 0.5


def topics_of(dataset: Dataset, outcome: Question) -> tuple[Question, ...]:
    """Rated topics; what people think of the whole explains nothing about its parts."""
    return tuple(question for question in dataset.with_role(Role.RATING) if question.id != outcome.id)


def rated_topics(sample: Sample, outcome: Question) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """Topics that at least half of the people rated, at most twenty; and the others, which would cost people."""
    asked = topics_of(sample.dataset, outcome)
    sizes = [int(sample.counts(question.id)[: question.size].sum()) for question in asked]
    least = _LEAST_ANSWERED * max(sizes, default=0)
    enough = [question for question, size in zip(asked, sizes, strict=True) if size and size >= least]
    kept = tuple(enough[:_MOST_TOPICS])
    return kept, tuple(question for question in asked if question not in kept)


def who_rated_all(sample: Sample, questions: tuple[Question, ...]) -> NDArray[np.intp]:
    """The positions of the kept respondents who gave a score to every question, ascending."""

    def make() -> NDArray[np.bool_]:
        known = (sample.dataset.codes(question.id) != question.size for question in questions)
        found: NDArray[np.bool_] = reduce(np.logical_and, known)
        return found

    return sample.places(sample.shared(("known", *(question.id for question in questions)), make))


def are_enough(people: int, topics: int) -> bool:
    """Whether links can be looked for in answers of so many people to so many topics (METHODS.md 4)."""
    return topics >= LEAST_TOPICS and people >= max(LEAST_PEOPLE, PEOPLE_PER_TOPIC * topics)


def ratings(sample: Sample, questions: tuple[Question, ...], places: NDArray[np.intp]) -> Floats:
    """The scores of some of all respondents, float64 [places, questions]; high is always good."""
    return np.column_stack([points_of(each).take(sample.dataset.codes(each.id).take(places)) for each in questions])
