"""Which rated topics go together with a score: relative weights with their ranges, and what could be gained at most."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.drivers_values import Driver, DriversResult
from cxdesk.analysis.measure import MeasureKind, effective_parts, headline_measure, measured, share_measure
from cxdesk.analysis.rated import LEAST_TOPICS, are_enough, rated_topics, ratings, who_rated_all
from cxdesk.job import Job
from cxdesk.stats.importance import correlation_chances, correlations, mixed_signals, regression, relative_weights
from cxdesk.stats.interval import Floats
from cxdesk.stats.resampling import resample
from cxdesk.stats.what_if import WhatIf, what_if
from cxdesk.survey.base import Rules
from cxdesk.survey.counted import Counted, stacked
from cxdesk.survey.counting import Sample
from cxdesk.survey.question import Question
from cxdesk.text import say

_ROUGH_UNDER = 200
_TWINS = 10.0


def links(sample: Sample, outcome: Question, rules: Rules, job: Job) -> DriversResult:
    """The drivers of an outcome; without any if there are too few people or topics (METHODS.md 4).

    Raises `Cancelled`.
    """
    topics, skipped = rated_topics(sample, outcome)
    result = DriversResult(sample, rules, headline_measure(outcome, rules), len(topics), skipped=skipped)
    if len(topics) < LEAST_TOPICS:
        return result
    places = who_rated_all(sample, (outcome, *topics))
    people = len(places)
    lost = int(sample.counts(outcome.id)[: outcome.size].sum()) - people
    result = replace(result, people=people, lost=lost)
    if not are_enough(people, len(topics)):
        return result
    job.check()
    values = ratings(sample, (outcome, *topics), places)
    return _explained(result, topics, values[:, 0], values[:, 1:], sample.weights_of(places), job)


def _explained(
    result: DriversResult,
    topics: tuple[Question, ...],
    y: Floats,
    x: Floats,
    weights: NDArray[np.float64] | None,
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

    drawn = resample(y, x[:, kept], weights, confidence=result.rules.confidence, tick=tick)
    if drawn is None or r2 <= 0 or len(kept) < LEAST_TOPICS:
        return replace(result, constant=True)
    bands, correlated = drawn.bands(shares), found.matrix[0, 1:]
    chances = correlation_chances(correlated, found.n)
    mixed, twins = mixed_signals(found), regression(found).inflation > _TWINS
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
                _what_if(result, topic),
            )
        )
    constant = tuple(topics[place] for place in range(len(topics)) if place not in kept)
    order = sorted(drivers, key=lambda driver: -driver.share)
    return replace(result, drivers=tuple(order), r2=r2, rough=result.people < _ROUGH_UNDER, unvaried=constant)


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
