"""Which rated topics go together with a score: relative weights with their ranges, and what could be gained at most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.drivers_values import Driver, DriversResult
from cxdesk.analysis.measure import MeasureKind, effective_parts, headline_measure, measured, share_measure
from cxdesk.analysis.rule import points_of
from cxdesk.job import Job
from cxdesk.stats.importance import correlations, mixed_signals, regression, relative_weights
from cxdesk.stats.interval import Floats
from cxdesk.stats.resampling import EXACT_PEOPLE, RESAMPLES, resample
from cxdesk.stats.student import t_two_sided
from cxdesk.stats.what_if import WhatIf, what_if
from cxdesk.survey.base import Rules
from cxdesk.survey.counted import Counted, stacked
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role
from cxdesk.text import say

LEAST_PEOPLE, LEAST_TOPICS, PEOPLE_PER_TOPIC = 100, 3, 10
_MOST_TOPICS = 20
_LEAST_ANSWERED = 0.5
_ROUGH_UNDER = 200
_TWINS = 10.0
_SEED = 20_240_229


@dataclass(frozen=True, slots=True)
class Look:
    """How closely links are looked at.

    ``most`` people at most, drawn at random (0: everybody); ``resamples`` of them, above ``exact`` people by their
    normal distribution; ``gains`` also says what the score could gain, and which topics repeat or contradict others.
    """

    resamples: int = RESAMPLES
    most: int = 0
    exact: int = EXACT_PEOPLE
    gains: bool = True


_THOROUGH = Look()


def links(sample: Sample, outcome: Question, rules: Rules, job: Job, look: Look = _THOROUGH) -> DriversResult:
    """The drivers of an outcome; without any if there are too few people or topics (METHODS.md 4).

    Raises `Cancelled`.
    """
    asked = topics_of(sample.dataset, outcome)
    topics, skipped = _answered(sample, asked)
    result = DriversResult(sample, rules, headline_measure(outcome, rules), skipped=skipped)
    if len(topics) < LEAST_TOPICS:
        return replace(result, topics=len(topics))
    places = sample.places(_all_known(sample, (outcome, *topics)))
    people = len(places)
    lost = int(sample.counts(outcome.id)[: outcome.size].sum()) - people
    result = replace(result, topics=len(topics), people=people, lost=lost)
    if people < max(LEAST_PEOPLE, PEOPLE_PER_TOPIC * len(topics)):
        return result
    job.check()
    if look.most and people > look.most:
        places = places.take(np.random.default_rng(_SEED).choice(people, look.most, replace=False))
    y, x = _values(sample, outcome, places), np.column_stack([_values(sample, topic, places) for topic in topics])
    return _explained(result, topics, y, x, sample.weights_of(places), look, job)


def topics_of(dataset: Dataset, outcome: Question) -> tuple[Question, ...]:
    """Rated topics; what people think of the whole explains nothing about its parts."""
    return tuple(question for question in dataset.with_role(Role.RATING) if question.id != outcome.id)


def _answered(sample: Sample, asked: tuple[Question, ...]) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """Topics that at least half of the people rated, at most twenty; and the others, which would cost people."""
    sizes = [int(sample.counts(question.id)[: question.size].sum()) for question in asked]
    least = _LEAST_ANSWERED * max(sizes, default=0)
    enough = [question for question, size in zip(asked, sizes, strict=True) if size and size >= least]
    kept = tuple(enough[:_MOST_TOPICS])
    return kept, tuple(question for question in asked if question not in kept)


def _all_known(sample: Sample, questions: tuple[Question, ...]) -> NDArray[np.bool_]:
    """Who of all respondents gave a score to every question."""

    def make() -> NDArray[np.bool_]:
        known = (sample.dataset.codes(question.id) != question.size for question in questions)
        found: NDArray[np.bool_] = reduce(np.logical_and, known)
        return found

    return sample.shared(("known", *(question.id for question in questions)), make)


def _values(sample: Sample, question: Question, places: NDArray[np.intp]) -> Floats:
    """The scores of some of all respondents, float64 [places]; high is always good."""
    return points_of(question).take(sample.dataset.codes(question.id).take(places))


def _explained(
    result: DriversResult,
    topics: tuple[Question, ...],
    y: Floats,
    x: Floats,
    weights: NDArray[np.float64] | None,
    look: Look,
    job: Job,
) -> DriversResult:
    found = correlations(y, x, weights)
    if found is None:
        return replace(result, constant=True)
    kept = found.kept
    shares = relative_weights(found.matrix)
    r2 = float(shares.sum())

    def tick(done: int, wanted: int) -> None:
        job.check()
        job.progress(say("Checking how sure the ranking is"), done, wanted)

    drawn = resample(y, x[:, kept], weights, look.resamples, result.rules.confidence, tick=tick, exact=look.exact)
    if drawn is None or r2 <= 0 or len(kept) < LEAST_TOPICS:
        return replace(result, constant=True)
    bands, correlated = drawn.bands(shares), found.matrix[0, 1:]
    chances = _chances(correlated, found.n)
    mixed = mixed_signals(found) if look.gains else np.zeros(len(kept), dtype=np.bool_)
    twins = regression(found).inflation > _TWINS if look.gains else mixed
    rules = [share_measure(topics[column], result.rules) for column in kept.tolist()]
    rated = measured(rules, [result.sample.answers(rule.question.id) for rule in rules], result.rules)
    drivers = []
    for place, column in enumerate(kept.tolist()):
        job.check()
        topic = topics[column]
        drivers.append(
            Driver(
                topic,
                float(shares[place]) / r2,
                float(drawn.share_low[place]),
                float(drawn.share_high[place]),
                float(drawn.first[place]),
                bands[place],
                float(correlated[place]),
                float(chances[place]),
                bool(mixed[place]),
                bool(twins[place]),
                rules[place],
                rated[place],
                _what_if(result, topic) if look.gains else None,
            )
        )
    constant = tuple(topics[place] for place in range(len(topics)) if place not in kept)
    order = sorted(drivers, key=lambda driver: -driver.share)
    return replace(result, drivers=tuple(order), r2=r2, rough=result.people < _ROUGH_UNDER, unvaried=constant)


def _chances(correlations: Floats, people: int) -> Floats:
    """How easily chance alone makes correlations as strong (t with n - 2 degrees of freedom)."""
    rest = np.maximum(1 - correlations * correlations, 1e-12)
    return t_two_sided(correlations * np.sqrt((people - 2) / rest), np.full(len(rest), people - 2.0))


def _what_if(result: DriversResult, topic: Question) -> WhatIf | None:
    """What NPS could gain at most if everybody who is not satisfied with the topic scored like the others."""
    rule = result.rule
    if rule is None or rule.kind is not MeasureKind.NPS or topic.scale is None:
        return None
    table = result.sample.table(rule.question.id, topic.id)[: topic.size]
    rated = share_measure(topic, result.rules)
    fine = slice(topic.size - rated.top, None) if rated.high_is_good else slice(0, rated.top)
    low = slice(0, topic.size - rated.top) if rated.high_is_good else slice(rated.top, None)
    both: Counted = stacked([table[low].sum(axis=0)[None, :], table[fine].sum(axis=0)[None, :]])
    bad, middle, good = effective_parts(rule, both)
    if min((bad + middle + good).tolist()) < result.rules.test_from:
        return None
    amounts = both.amount[:, : rule.scale.size].sum(axis=1)
    scale = amounts / np.maximum(bad + middle + good, 1e-9) if both.weighted else np.ones(2)
    people = [(float(good[i] * scale[i]), float(middle[i] * scale[i]), float(bad[i] * scale[i])) for i in range(2)]
    return what_if(people[0], people[1])
