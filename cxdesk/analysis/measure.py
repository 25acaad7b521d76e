"""The measures of customer experience: NPS, CSAT, CES and ratings, from the counts of a question's answers.

A measure is a rule (`rule.py`) that is printed with every figure ("% scoring 4 or 5 of 5"). Here it turns counts per
scale point into a value with its range, and two sets of counts into a difference with its range (METHODS.md 1, 2).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.rule import (
    Measure,
    MeasureKind,
    choice_name,
    headline_measure,
    is_nps_scale,
    mean_measure,
    measure_name,
    rule_text,
    satisfied_points,
    scale_warning,
    share_measure,
)
from cxdesk.blocks.table import Mark
from cxdesk.stats.difference import mean_difference_each, net_difference_each, share_difference_each
from cxdesk.stats.effective import effective_counts, effective_each
from cxdesk.stats.interval import Differences, Floats, Intervals
from cxdesk.stats.mean import mean_interval_each
from cxdesk.stats.nps import bonett_price_each, nps_score_each
from cxdesk.stats.proportion import wilson_each
from cxdesk.survey.base import Base, Rules
from cxdesk.survey.counted import Counted, stacked, unweighted
from cxdesk.survey.packing import Counts

__all__ = [
    "Gap",
    "Measure",
    "MeasureKind",
    "Parts",
    "Score",
    "choice_name",
    "compared_measures",
    "effective_parts",
    "gaps",
    "gaps_of_ends",
    "headline_measure",
    "is_nps_scale",
    "mark",
    "mark_beyond",
    "mean_measure",
    "measure",
    "measure_name",
    "measured",
    "rule_text",
    "satisfied_points",
    "scale_warning",
    "scores",
    "share_measure",
    "without_value",
]

Parts = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]


class Score(NamedTuple):
    """A value with its range and base. ``value``, ``low`` and ``high`` are None where METHODS.md says there is none.

    ``bad``, ``middle``, ``good`` are the people at the ends of the scale (detractors, passives, promoters for NPS), or
    the sums of their weights if the answers are weighted. Of a ``withheld`` score nothing is known but the base: it is
    not shown so that smaller groups cannot be worked out. It is a named tuple because every filter change makes a
    thousand of them.
    """

    value: float | None
    low: float | None
    high: float | None
    base: Base
    bad: float
    middle: float
    good: float
    withheld: bool = False

    @property
    def whole(self) -> float:
        """What the shares of ``bad``, ``middle`` and ``good`` are shares of."""
        return self.bad + self.middle + self.good


def without_value(score: Score) -> Score:
    """The score with nothing left but its base."""
    return Score(None, None, None, score.base, 0.0, 0.0, 0.0, withheld=True)


class Gap(NamedTuple):
    """A difference from everyone else: value, range and p (None if it cannot be tested), in the measure's unit."""

    value: float
    low: float | None
    high: float | None
    p: float | None


def measure(rule: Measure, counts: Counts | Counted, rules: Rules) -> Score:
    """Compute a measure from counts per scale point: [scale.size + 1], the last entry being "no answer"."""
    return scores(rule, unweighted(counts)[None, :], rules)[0]


def measured(measures: Sequence[Measure], counts: Sequence[Counts | Counted], rules: Rules) -> list[Score]:
    """`measure` for several questions, ``counts`` holding [scale.size + 1] for each.

    Those that are counted alike are computed in one go: what a formula costs is its calls, not its numbers.
    """
    found: dict[int, Score] = {}
    for places in _alike(measures):
        rows = stacked([unweighted(counts[place]) for place in places])
        found |= zip(places, scores(measures[places[0]], rows, rules), strict=True)
    return [found[place] for place in range(len(measures))]


def _alike(measures: Sequence[Measure]) -> list[list[int]]:
    """The places of the measures that are counted by the same rule on the same scale."""
    alike: dict[tuple[Hashable, ...], list[int]] = {}
    for place, rule in enumerate(measures):
        scale = rule.scale
        alike.setdefault((rule.kind, rule.top, scale.lowest, scale.highest, scale.direction), []).append(place)
    return list(alike.values())


def scores(rule: Measure, counts: Counts | Counted, rules: Rules) -> list[Score]:
    """Compute a measure for many groups at once: ``counts`` is [groups, scale.size + 1].

    No value without answers, and none under ``rules.hide_below`` answers (of the effective base, if the answers are
    weighted): those have only their counts.
    """
    counted = unweighted(counts)
    usable = _usable(rule, counted)
    parts = _parts(rule, usable)
    values, ranges = _values(rule, usable, parts, rules)
    shown = parts if not counted.weighted else _parts(rule, counted.amount[:, : rule.scale.size])
    return _listed_scores(_bases(counted, usable), (values, ranges.low, ranges.high, *shown), rules)


def _usable(rule: Measure, counted: Counted) -> NDArray[Any]:
    """The counts [groups, scale.size] that formulas stand on: people, or weighted shares at the effective base."""
    answered = counted[:, : rule.scale.size]
    if answered.weight is None or answered.square is None:
        return answered.people
    base = effective_each(answered.people, answered.weight, answered.square, _worth(rule))
    return effective_counts(answered.weight, base)


def effective_parts(rule: Measure, counts: Counts | Counted) -> Parts:
    """The bad end, the middle and the good end that formulas stand on, one entry per group of ``counts`` [groups, …].

    They are people, or weighted shares of the effective base.
    """
    return _parts(rule, _usable(rule, unweighted(counts)))


def _worth(rule: Measure) -> Floats:
    """What each point of the scale counts in the measure: -1, 0 or +1 of an NPS, 0 or 1 of a share, or itself."""
    if rule.kind is MeasureKind.MEAN:
        return _points(rule)
    bad, _, good = _parts(rule, np.eye(rule.scale.size))
    return np.asarray(good - bad if rule.is_net else good, dtype=np.float64)


def _bases(counted: Counted, usable: NDArray[Any]) -> list[Base]:
    last = counted.people.shape[1] - 1
    people, missing = counted.people[:, :last].sum(axis=1).tolist(), counted.people[:, last].tolist()
    if counted.weight is None:
        return [Base(n, no_answer) for n, no_answer in zip(people, missing, strict=True)]
    weighted, effective = counted.weight[:, :last].sum(axis=1).tolist(), usable.sum(axis=1).tolist()
    return [Base(*entry) for entry in zip(people, missing, weighted, effective, strict=True)]


def _listed_scores(bases: list[Base], columns: tuple[NDArray[Any], ...], rules: Rules) -> list[Score]:
    entries = zip(*(column.tolist() for column in columns), strict=True)
    return [_score(rules, base, *entry) for base, entry in zip(bases, entries, strict=True)]


def _score(
    rules: Rules, base: Base, value: float, low: float, high: float, bad: float, middle: float, good: float
) -> Score:
    if base.n == 0 or base.size < rules.hide_below:
        return Score(None, None, None, base, bad, middle, good)
    if math.isnan(low):
        return Score(value, None, None, base, bad, middle, good)
    return Score(value, low, high, base, bad, middle, good)


def gaps(rule: Measure, groups: Counts | Counted, rest: Counts | Counted, rules: Rules) -> list[Gap | None]:
    """Compare groups with everyone else; both [groups, scale.size + 1]. None if one side has no answers.

    With a base under ``rules.test_from`` on either side there is a difference but no range and no p: such groups are
    never tested.
    """
    return _listed_gaps(*gap_tests(rule, groups, rest, rules), rules) if len(groups) else []


def gap_tests(
    rule: Measure, groups: Counts | Counted, rest: Counts | Counted, rules: Rules
) -> tuple[NDArray[Any], Differences]:
    """The same as arrays, for whoever looks at many groups and tells few: the smaller base of each pair, its test.

    ``groups`` must not be empty; who is too small to be tested is for the caller to see.
    """
    here, there = _usable(rule, unweighted(groups)), _usable(rule, unweighted(rest))
    bad, middle, good = _parts(rule, here)
    other_bad, other_middle, other_good = _parts(rule, there)
    sizes = np.minimum(here.sum(axis=1), there.sum(axis=1))
    match rule.kind:
        case MeasureKind.NPS | MeasureKind.NET:
            tests = net_difference_each(
                np.stack([good, middle, bad]), np.stack([other_good, other_middle, other_bad]), rules.confidence
            )
        case MeasureKind.TOP:
            wholes = here.sum(axis=1), there.sum(axis=1)
            tests = share_difference_each(good, wholes[0], other_good, wholes[1], rules.confidence)
        case MeasureKind.MEAN:
            tests = mean_difference_each(_points(rule), here, there, rules.confidence)
    return sizes, tests


def gaps_of_ends(
    rule: Measure, group: Counts | Counted, other: Counts | Counted, rules: Rules
) -> tuple[Gap | None, Gap | None]:
    """The differences of the shares at the bad and at the good end between two groups, both [1, scale.size + 1]."""
    here, there = effective_parts(rule, group), effective_parts(rule, other)
    ours, theirs = (np.concatenate((parts[0], parts[2])) for parts in (here, there))
    n, m = (np.repeat(sum(parts), 2) for parts in (here, there))
    bad, good = _listed_gaps(np.minimum(n, m), share_difference_each(ours, n, theirs, m, rules.confidence), rules)
    return bad, good


def compared_measures(
    measures: Sequence[Measure], groups: Sequence[Counts | Counted], rest: Sequence[Counts | Counted], rules: Rules
) -> list[tuple[Score, Score, Gap | None]]:
    """Measures of different questions, in a group and in another, with the difference.

    ``groups`` and ``rest`` hold [scale.size + 1] for each measure. The same as `scores` and `gaps` one by one.
    """
    found: dict[int, tuple[Score, Score, Gap | None]] = {}
    for places in _alike(measures):
        rule = measures[places[0]]
        here, there = (stacked([unweighted(side[place]) for place in places]) for side in (groups, rest))
        told = scores(rule, stacked([here, there]), rules)
        found |= zip(
            places,
            zip(told[: len(places)], told[len(places) :], gaps(rule, here, there, rules), strict=True),
            strict=True,
        )
    return [found[place] for place in range(len(measures))]


def _listed_gaps(sizes: NDArray[np.int64], tests: Differences, rules: Rules) -> list[Gap | None]:
    columns = (sizes, tests.value, tests.low, tests.high, tests.p)
    return [_gap(rules, *entry) for entry in zip(*(column.tolist() for column in columns), strict=True)]


def _gap(rules: Rules, size: float, value: float, low: float, high: float, p: float) -> Gap | None:
    if size == 0:
        return None
    if size < rules.test_from or math.isnan(p):
        return Gap(value, None, None, None)
    return Gap(value, low, high, p)


def _values(rule: Measure, answered: NDArray[Any], parts: Parts, rules: Rules) -> tuple[Floats, Intervals]:
    bad, middle, good = parts
    n = np.maximum(answered.sum(axis=1), 1e-9)
    match rule.kind:
        case MeasureKind.NPS | MeasureKind.NET:
            return nps_score_each(good, middle, bad), bonett_price_each(good, middle, bad, rules.confidence)
        case MeasureKind.TOP:
            return good / n, wilson_each(good, answered.sum(axis=1), rules.confidence)
        case MeasureKind.MEAN:
            points = _points(rule)
            return (answered @ points) / n, mean_interval_each(points, answered, rules.confidence)


def _parts(rule: Measure, counts: NDArray[Any]) -> Parts:
    """What stands at the bad end, in between and at the good end, one entry per group."""
    size = rule.scale.size
    bad, middle, good = (counts[:, :size] @ _ends(size, rule.bottom, rule.good, rule.high_is_good)).T
    return bad, middle, good


@lru_cache(maxsize=64)
def _ends(size: int, bottom: int, good: int, high_is_good: bool) -> NDArray[np.int64]:
    """Which points of a scale are its bad end, its middle and its good end: [size, 3] of 0 and 1."""
    found = np.zeros((size, 3), dtype=np.int64)
    found[:bottom, 0] = found[size - good :, 2] = 1
    found[:, 1] = 1 - found[:, 0] - found[:, 2]
    return found if high_is_good else found[::-1].copy()


def _points(rule: Measure) -> Floats:
    return np.arange(rule.scale.lowest, rule.scale.highest + 1, dtype=np.float64)


def mark(rule: Measure, difference: Gap | None, adjusted: float | None, rules: Rules) -> Mark:
    """How a difference is to be read: ``adjusted`` is its p after adjustment for everything compared with it."""
    return mark_beyond(rule.floor, difference, adjusted, rules)


def mark_beyond(floor: float, difference: Gap | None, adjusted: float | None, rules: Rules) -> Mark:
    """`mark` for figures that are no measure; ``floor`` is the smallest difference that is worth a sentence."""
    if difference is None or difference.p is None or adjusted is None:
        return Mark.UNTESTED
    alpha = 1 - rules.confidence
    if adjusted > alpha and difference.p > alpha:
        return Mark.CHANCE
    above, small = difference.value > 0, abs(difference.value) < floor
    if adjusted <= alpha:
        if small:
            return Mark.SLIGHT
        return Mark.ABOVE if above else Mark.BELOW
    if small:
        return Mark.CHANCE
    return Mark.POSSIBLY_ABOVE if above else Mark.POSSIBLY_BELOW
