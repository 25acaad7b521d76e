"""The measures of customer experience: NPS, CSAT, CES and ratings, from the counts of a question's answers.

A measure is a rule that is printed with every figure ("% scoring 4 or 5 of 5"). It turns counts per scale point into a
value with its range, and two sets of counts into a difference with its range (METHODS.md 1, 2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.blocks.table import Mark
from cxdesk.stats.difference import mean_difference_each, nps_difference_each, proportion_difference_each
from cxdesk.stats.interval import Differences, Intervals
from cxdesk.stats.mean import mean_interval_each
from cxdesk.stats.nps import bonett_price_each, nps_score_each
from cxdesk.stats.proportion import wilson_each
from cxdesk.survey.base import Base, Rules
from cxdesk.survey.packing import Counts
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role
from cxdesk.survey.scale import Direction, Scale
from cxdesk.text import Format, Label, Text, say

Parts = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


class MeasureKind(StrEnum):
    """What is computed from the answers."""

    NPS = "nps"
    """Share of promoters minus share of detractors, in points."""
    TOP = "top"
    """Share of answers at the good end of the scale."""
    MEAN = "mean"
    """Mean of the scores."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A rule for one question. ``top`` is how many points at the good end count as satisfied."""

    question: Question
    scale: Scale
    kind: MeasureKind
    top: int

    @property
    def format(self) -> Format:
        """How a value of this measure is shown."""
        return {MeasureKind.NPS: Format.SCORE, MeasureKind.TOP: Format.PERCENT, MeasureKind.MEAN: Format.MEAN}[
            self.kind
        ]

    @property
    def gap_format(self) -> Format:
        """How a difference of two values is shown."""
        return {
            MeasureKind.NPS: Format.SCORE,
            MeasureKind.TOP: Format.PERCENT_GAP,
            MeasureKind.MEAN: Format.MEAN_GAP,
        }[self.kind]

    @property
    def floor(self) -> float:
        """The smallest difference worth a sentence: 3 points, 2 percentage points, 2 % of the scale (UX.md 10.2)."""
        if self.kind is MeasureKind.NPS:
            return 3.0
        return 0.02 if self.kind is MeasureKind.TOP else 0.02 * (self.scale.size - 1)

    @property
    def high_is_good(self) -> bool:
        """Whether the highest point is the good end."""
        return self.scale.direction is Direction.HIGH_IS_GOOD

    @property
    def good(self) -> int:
        """How many points at the good end count as promoters or as satisfied."""
        return 2 if self.kind is MeasureKind.NPS else self.top

    @property
    def bottom(self) -> int:
        """How many points at the bad end count as detractors or as dissatisfied."""
        return self.scale.size - 4 if self.kind is MeasureKind.NPS else min(self.top, self.scale.size - self.top)

    def points(self, *, good: bool) -> str:
        """The scores at the good or bad end: "9–10", "4–5", "1–2"."""
        size = self.good if good else self.bottom
        from_top = good == self.high_is_good
        first = self.scale.highest - size + 1 if from_top else self.scale.lowest
        last = self.scale.highest if from_top else self.scale.lowest + size - 1
        return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class Score:
    """A value with its range and base. ``value``, ``low`` and ``high`` are None where METHODS.md says there is none.

    ``bad``, ``middle``, ``good`` are the people at the ends of the scale (detractors, passives, promoters for NPS).
    """

    value: float | None
    low: float | None
    high: float | None
    base: Base
    bad: int
    middle: int
    good: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference from everyone else: value, range and p (None if it cannot be tested), in the measure's unit."""

    value: float
    low: float | None
    high: float | None
    p: float | None


def headline_measure(question: Question, rules: Rules) -> Measure:
    """The measure that a question is known by: NPS, CSAT share, CES mean; a rating is known by its share satisfied.

    Raises `ValueError` for a question without a scale.
    """
    scale = _scale(question)
    kind = MeasureKind.TOP
    if question.role is Role.RECOMMEND and is_nps_scale(scale):
        kind = MeasureKind.NPS
    elif question.role is Role.EFFORT:
        kind = MeasureKind.MEAN
    return Measure(question, scale, kind, satisfied_points(scale, rules))


def share_measure(question: Question, rules: Rules) -> Measure:
    """The share of answers at the good end, for any question with a scale."""
    scale = _scale(question)
    return Measure(question, scale, MeasureKind.TOP, satisfied_points(scale, rules))


def mean_measure(question: Question, rules: Rules) -> Measure:
    """The mean, for any question with a scale."""
    scale = _scale(question)
    return Measure(question, scale, MeasureKind.MEAN, satisfied_points(scale, rules))


def is_nps_scale(scale: Scale) -> bool:
    """NPS is asked from 0 to 10, or, marked as such, from 1 to 10 (METHODS.md 1.9)."""
    return scale.highest == 10 and scale.lowest in {0, 1} and scale.direction is Direction.HIGH_IS_GOOD


def satisfied_points(scale: Scale, rules: Rules) -> int:
    """How many points at the good end count as satisfied (METHODS.md 2): 1 of 2 or 3, 2 of 4 or 5, 3 of 7, 2 of 10.

    The setting "only the top point" makes it one everywhere.
    """
    if rules.satisfied_points == 1 or scale.size <= 3:
        return 1
    if scale.size in {6, 7}:
        return scale.size - 4
    return 2


def measure(rule: Measure, counts: Counts, rules: Rules) -> Score:
    """Compute a measure from counts per scale point: int64 [scale.size + 1], the last entry being "no answer"."""
    return scores(rule, counts[None, :], rules)[0]


def scores(rule: Measure, counts: Counts, rules: Rules) -> list[Score]:
    """Compute a measure for many groups at once: ``counts`` is int64 [groups, scale.size + 1].

    No value without answers, and none under ``rules.hide_below`` answers: those have only their counts.
    """
    answered, parts = counts[:, : rule.scale.size], _parts(rule, counts)
    values, ranges = _values(rule, answered, parts, rules)
    return _listed_scores(
        (answered.sum(axis=1), counts[:, rule.scale.size], values, ranges.low, ranges.high, *parts), rules
    )


def _listed_scores(columns: tuple[NDArray[Any], ...], rules: Rules) -> list[Score]:
    return [_score(rules, *entry) for entry in zip(*(column.tolist() for column in columns), strict=True)]


def _score(
    rules: Rules, n: int, no_answer: int, value: float, low: float, high: float, bad: int, middle: int, good: int
) -> Score:
    if n == 0 or n < rules.hide_below:
        return Score(None, None, None, Base(n, no_answer), bad, middle, good)
    if math.isnan(low):
        return Score(value, None, None, Base(n, no_answer), bad, middle, good)
    return Score(value, low, high, Base(n, no_answer), bad, middle, good)


def gaps(rule: Measure, groups: Counts, rest: Counts, rules: Rules) -> list[Gap | None]:
    """Compare groups with everyone else; both int64 [groups, scale.size + 1]. None if one side has no answers.

    With fewer than ``rules.test_from`` answers on either side there is a difference but no range and no p: such groups
    are never tested.
    """
    if not len(groups):
        return []
    here, there = groups[:, : rule.scale.size], rest[:, : rule.scale.size]
    bad, middle, good = _parts(rule, groups)
    other_bad, other_middle, other_good = _parts(rule, rest)
    sizes = np.minimum(here.sum(axis=1), there.sum(axis=1))
    match rule.kind:
        case MeasureKind.NPS:
            tests = nps_difference_each(
                np.stack([good, middle, bad]), np.stack([other_good, other_middle, other_bad]), rules.confidence
            )
        case MeasureKind.TOP:
            wholes = here.sum(axis=1), there.sum(axis=1)
            tests = proportion_difference_each(good, wholes[0], other_good, wholes[1], rules.confidence)
        case MeasureKind.MEAN:
            tests = mean_difference_each(_points(rule), here, there, rules.confidence)
    return _listed_gaps(sizes, tests, rules)


def compared_shares(
    measures: list[Measure], groups: list[Counts], rest: list[Counts], rules: Rules
) -> list[tuple[Score, Score, Gap | None]]:
    """Share measures of different questions, in a group and among everyone else, with the difference.

    ``groups`` and ``rest`` hold int64 [scale.size + 1] for each measure. The same as `scores` and `gaps` one by one.
    """
    if not measures:
        return []
    sides = []
    for rule, here, there in zip(measures, groups, rest, strict=True):
        both = np.stack([here, there])
        sides.append(np.stack([*_parts(rule, both), both[:, rule.scale.size]]))
    bad, middle, good, no_answer = np.stack(sides, axis=-1)
    n = bad + middle + good
    value, ranges = good / np.maximum(n, 1), wilson_each(good, n, rules.confidence)
    columns = (n, no_answer, value, ranges.low, ranges.high, bad, middle, good)
    ours, theirs = (_listed_scores(tuple(column[side] for column in columns), rules) for side in (0, 1))
    tests = proportion_difference_each(good[0], n[0], good[1], n[1], rules.confidence)
    return list(zip(ours, theirs, _listed_gaps(n.min(axis=0), tests, rules), strict=True))


def _listed_gaps(sizes: NDArray[np.int64], tests: Differences, rules: Rules) -> list[Gap | None]:
    columns = (sizes, tests.value, tests.low, tests.high, tests.p)
    return [_gap(rules, *entry) for entry in zip(*(column.tolist() for column in columns), strict=True)]


def _gap(rules: Rules, size: int, value: float, low: float, high: float, p: float) -> Gap | None:
    if size == 0:
        return None
    if size < rules.test_from or math.isnan(p):
        return Gap(value, None, None, None)
    return Gap(value, low, high, p)


def _values(rule: Measure, answered: Counts, parts: Parts, rules: Rules) -> tuple[NDArray[np.float64], Intervals]:
    bad, middle, good = parts
    n = answered.sum(axis=1)
    match rule.kind:
        case MeasureKind.NPS:
            return nps_score_each(good, middle, bad), bonett_price_each(good, middle, bad, rules.confidence)
        case MeasureKind.TOP:
            return good / np.maximum(n, 1), wilson_each(good, n, rules.confidence)
        case MeasureKind.MEAN:
            points = _points(rule)
            return (answered @ points) / np.maximum(n, 1), mean_interval_each(points, answered, rules.confidence)


def _parts(rule: Measure, counts: Counts) -> Parts:
    """People at the bad end, in between and at the good end, one entry per group."""
    good_last = counts[:, : rule.scale.size] if rule.high_is_good else counts[:, : rule.scale.size][:, ::-1]
    bad, good = good_last[:, : rule.bottom].sum(axis=1), good_last[:, rule.scale.size - rule.good :].sum(axis=1)
    return bad, good_last.sum(axis=1) - bad - good, good


def _points(rule: Measure) -> NDArray[np.float64]:
    return np.arange(rule.scale.lowest, rule.scale.highest + 1, dtype=np.float64)


def mark(rule: Measure, difference: Gap | None, adjusted: float | None, rules: Rules) -> Mark:
    """How a difference is to be read: ``adjusted`` is its p after adjustment for everything compared with it."""
    if difference is None or difference.p is None or adjusted is None:
        return Mark.UNTESTED
    alpha = 1 - rules.confidence
    if adjusted > alpha and difference.p > alpha:
        return Mark.CHANCE
    above, small = difference.value > 0, abs(difference.value) < rule.floor
    if adjusted <= alpha:
        if small:
            return Mark.SLIGHT
        return Mark.ABOVE if above else Mark.BELOW
    if small:
        return Mark.CHANCE
    return Mark.POSSIBLY_ABOVE if above else Mark.POSSIBLY_BELOW


def measure_name(rule: Measure) -> Text:
    """The short name of a measure in headings: NPS, Satisfied, Ease, Effort, or Mean."""
    if rule.kind is MeasureKind.NPS:
        return say("NPS")
    if rule.kind is MeasureKind.TOP:
        return say("Satisfied") if rule.question.role is not Role.EFFORT else say("Top scores")
    if rule.question.role is Role.EFFORT:
        return say("Ease (CES)") if rule.high_is_good else say("Effort (CES)")
    return say("Mean")


def choice_name(question: Question) -> Label:
    """The name of a scored question in a list of measures: NPS, CSAT, CES, or the question's own words."""
    match question.role:
        case Role.RECOMMEND:
            return say("NPS")
        case Role.SATISFACTION:
            return say("CSAT")
        case Role.EFFORT:
            return say("CES")
        case _:
            return question.text


def rule_text(rule: Measure) -> Text:
    """The rule in words, printed with every figure."""
    ends = {"top": rule.points(good=True), "highest": str(rule.scale.highest)}
    match rule.kind:
        case MeasureKind.NPS:
            return say("% scoring 9–10 minus % scoring {bad}", bad=rule.points(good=False))
        case MeasureKind.TOP:
            return say("% scoring {top} of {highest}", **ends)
        case MeasureKind.MEAN:
            best = rule.scale.highest if rule.high_is_good else rule.scale.lowest
            if rule.question.role is Role.EFFORT:
                return say(
                    "mean of {lowest}–{highest}, {best} is easiest",
                    lowest=str(rule.scale.lowest),
                    highest=str(rule.scale.highest),
                    best=str(best),
                )
            return say(
                "mean of {lowest}–{highest}, {best} is best",
                lowest=str(rule.scale.lowest),
                highest=str(rule.scale.highest),
                best=str(best),
            )


def _scale(question: Question) -> Scale:
    if question.scale is None:
        raise ValueError(f"{question.id} has no scale")
    return question.scale
