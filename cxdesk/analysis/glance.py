"""A quick look at links for the first page: which low-rated topic is clearly more linked with the score than most.

The Drivers page works every link out; here only what could be told is looked at, in a sample of the people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxdesk.analysis.measure import Score, measured, share_measure
from cxdesk.analysis.rated import LEAST_TOPICS, are_enough, rated_topics, ratings, who_rated_all
from cxdesk.stats.importance import correlation_chances
from cxdesk.stats.resampling import SEED, jackknife
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.question import Question

_MOST_PEOPLE = 5_000
_GROUPS = 50


@dataclass(frozen=True, slots=True)
class Linked:
    """A rated topic and its share satisfied.

    ``p`` is the chance of its correlation with the score, and None unless it is clearly linked more than the average
    topic and clearly rated lower.
    """

    topic: Question
    score: Score
    p: float | None = None


def linked_topics(sample: Sample, outcome: Question, rules: Rules) -> tuple[Linked, ...]:
    """Every rated topic, those worth a look with their chance.

    A link is clearly above average if its range is, at a confidence raised for the number of topics (Bonferroni). Links
    are looked for in 5,000 people at most, drawn at random.
    """
    topics, _ = rated_topics(sample, outcome)
    rated = [share_measure(topic, rules) for topic in topics]
    scores = measured(rated, [sample.answers(topic.id) for topic in topics], rules)
    low = _rated_low(scores)
    chances = _chances_above_average(sample, outcome, topics, rules) if any(low) else {}
    return tuple(
        Linked(topic, score, chances.get(topic.id) if below else None)
        for topic, score, below in zip(topics, scores, low, strict=True)
    )


def _rated_low(scores: Sequence[Score]) -> list[bool]:
    known = [score.value for score in scores if score.value is not None]
    average = sum(known) / max(len(known), 1)
    return [score.high is not None and score.high < average for score in scores]


def _chances_above_average(
    sample: Sample, outcome: Question, topics: tuple[Question, ...], rules: Rules
) -> dict[str, float]:
    """The topics that are clearly linked more than the average one, with the chances of their correlations."""
    places = who_rated_all(sample, (outcome, *topics)) if len(topics) >= LEAST_TOPICS else np.zeros(0, dtype=np.intp)
    if not are_enough(len(places), len(topics)):
        return {}
    people = min(len(places), _MOST_PEOPLE)
    # In random order, because groups of those who follow each other are left out for the ranges.
    drawn = places.take(np.random.default_rng(SEED).choice(len(places), people, replace=False))
    values = ratings(sample, (outcome, *topics), drawn)
    varied = np.flatnonzero(np.ptp(values[:, 1:], axis=0))
    if len(varied) < LEAST_TOPICS:
        return {}
    confidence = 1 - (1 - rules.confidence) / len(varied)
    found = jackknife(values[:, 0], values[:, 1 + varied], sample.weights_of(drawn), _GROUPS, confidence)
    if found is None:
        return {}
    chances = correlation_chances(found.correlation, people).tolist()
    above = np.flatnonzero(found.low > 1 / len(varied)).tolist()
    return {topics[varied[place]].id: chances[place] for place in above}
