"""The rules by which a question becomes a figure: NPS, net score, share satisfied, mean; and what each is called.

Only a question asked from 0 to 10 (or, marked as such, from 1 to 10) has an NPS. A shorter scale has a net score that
looks at the same places of the scale under another name, because it must not be compared with NPS (METHODS.md 1.9).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from cxdesk.stats.interval import Floats
from cxdesk.survey.base import Rules
from cxdesk.survey.question import Question, Recommends
from cxdesk.survey.role import Role
from cxdesk.survey.scale import Direction, Scale
from cxdesk.text import Format, Label, Text, say

_NET_ENDS = {5: (3, 1), 7: (4, 1)}
"""Points at the bad and at the good end of a net score: as far from the ends as 0–6 and 9–10 are on 0–10."""


class MeasureKind(StrEnum):
    """What is computed from the answers."""

    NPS = "nps"
    """Share of promoters minus share of detractors, in points."""
    NET = "net"
    """The same for a scale of five or seven points, never called NPS."""
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
    def is_net(self) -> bool:
        """Whether the value is a good share minus a bad one, in points from -100 to +100."""
        return self.kind is MeasureKind.NPS or self.kind is MeasureKind.NET

    @property
    def format(self) -> Format:
        """How a value of this measure is shown."""
        if self.is_net:
            return Format.SCORE
        return Format.PERCENT if self.kind is MeasureKind.TOP else Format.MEAN

    @property
    def gap_format(self) -> Format:
        """How a difference of two values is shown."""
        if self.is_net:
            return Format.SCORE
        return Format.PERCENT_GAP if self.kind is MeasureKind.TOP else Format.MEAN_GAP

    @property
    def floor(self) -> float:
        """The smallest difference worth a sentence: 3 points, 2 percentage points, 2 % of the scale (UX.md 10.2)."""
        if self.is_net:
            return 3.0
        return 0.02 if self.kind is MeasureKind.TOP else 0.02 * (self.scale.size - 1)

    @property
    def high_is_good(self) -> bool:
        """Whether the highest point is the good end."""
        return self.scale.direction is Direction.HIGH_IS_GOOD

    @property
    def good(self) -> int:
        """How many points at the good end count as promoters or as satisfied."""
        if self.kind is MeasureKind.NET:
            return _NET_ENDS[self.scale.size][1]
        return 2 if self.kind is MeasureKind.NPS else self.top

    @property
    def bottom(self) -> int:
        """How many points at the bad end count as detractors or as dissatisfied."""
        if self.kind is MeasureKind.NET:
            return _NET_ENDS[self.scale.size][0]
        return self.scale.size - 4 if self.kind is MeasureKind.NPS else min(self.top, self.scale.size - self.top)

    def points(self, *, good: bool) -> str:
        """The scores at the good or bad end: "9–10", "4–5", "1–2"."""
        size = self.good if good else self.bottom
        from_top = good == self.high_is_good
        first = self.scale.highest - size + 1 if from_top else self.scale.lowest
        last = self.scale.highest if from_top else self.scale.lowest + size - 1
        return str(first) if first == last else f"{first}–{last}"


class Measured:
    """A result whose ``rule`` is None where there is nothing to measure."""

    __slots__ = ()

    rule: Measure | None

    @property
    def measure(self) -> Measure:
        """The measure of a result that has one. Raises `ValueError` otherwise."""
        if self.rule is None:
            raise ValueError("there is no measure")
        return self.rule


def headline_measure(question: Question, rules: Rules) -> Measure:
    """The measure that a question is known by: NPS, CSAT share, CES mean; a rating is known by its share satisfied.

    A question that asks for a recommendation on a scale of five or seven points is known by its net score. Raises
    `ValueError` for a question without a scale.
    """
    scale = _scale(question)
    kind = MeasureKind.TOP
    if question.role is Role.RECOMMEND and is_nps_scale(scale):
        kind = MeasureKind.NPS
    elif question.role in {Role.RECOMMEND, Role.RATING} and question.recommends and scale.size in _NET_ENDS:
        kind = MeasureKind.NET
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


def measure_name(rule: Measure) -> Text:
    """The short name of a measure in headings: NPS, eNPS, Net score, Satisfied, Good scores, Ease, Effort, or Mean.

    The name says so where an NPS was asked from 1 to 10.
    """
    if rule.kind is MeasureKind.NPS:
        return _nps_name(rule.question)
    if rule.kind is MeasureKind.NET:
        return say("Net score")
    if rule.kind is MeasureKind.TOP:
        return _share_name(rule.question)
    if rule.question.role is Role.EFFORT:
        return say("Ease (CES)") if rule.high_is_good else say("Effort (CES)")
    return say("Mean")


def _share_name(question: Question) -> Text:
    """Who gave a good score is satisfied only where satisfaction, or a topic of a grid, was rated."""
    if question.role is Role.EFFORT:
        return say("Top scores")
    return say("Satisfied") if question.role is Role.SATISFACTION or question.group else say("Good scores")


def choice_name(question: Question) -> Label:
    """The name of a scored question in a list of measures: NPS, eNPS, CSAT, CES, or the question's own words."""
    match question.role:
        case Role.RECOMMEND:
            return _nps_name(question)
        case Role.SATISFACTION:
            return say("CSAT")
        case Role.EFFORT:
            return say("CES")
        case _:
            return question.text


def _nps_name(question: Question) -> Text:
    from_one = question.scale is not None and question.scale.lowest == 1
    if question.recommends is Recommends.EMPLOYER:
        return say("eNPS (1–10)") if from_one else say("eNPS")
    return say("NPS (1–10)") if from_one else say("NPS")


def rule_text(rule: Measure) -> Text:
    """The rule in words, printed with every figure."""
    ends = {"top": rule.points(good=True), "highest": str(rule.scale.highest)}
    match rule.kind:
        case MeasureKind.NPS:
            return say("% scoring 9–10 minus % scoring {bad}", bad=rule.points(good=False))
        case MeasureKind.NET:
            return say("% scoring {top} minus % scoring {bad}", top=ends["top"], bad=rule.points(good=False))
        case MeasureKind.TOP:
            return say("% scoring {top} of {highest}", **ends)
        case MeasureKind.MEAN:
            best = rule.scale.highest if rule.high_is_good else rule.scale.lowest
            facts = {"lowest": str(rule.scale.lowest), "highest": str(rule.scale.highest), "best": str(best)}
            if rule.question.role is Role.EFFORT:
                return say("mean of {lowest}–{highest}, {best} is easiest", **facts)
            return say("mean of {lowest}–{highest}, {best} is best", **facts)


def scale_warning(rule: Measure) -> Text | None:
    """What a reader has to know about an unusual scale; None for the usual ones (METHODS.md 1.9)."""
    if rule.kind is MeasureKind.NPS and rule.scale.lowest == 1:
        return say("This NPS was asked on a 1–10 scale. It is not comparable with benchmarks from 0–10 questions.")
    if rule.kind is MeasureKind.NET:
        return say(
            "This question uses {lowest}–{highest}, so we show a net score, not NPS. "
            "Do not compare it with NPS benchmarks.",
            lowest=str(rule.scale.lowest),
            highest=str(rule.scale.highest),
        )
    return None


def _scale(question: Question) -> Scale:
    if question.scale is None:
        raise ValueError(f"{question.id} has no scale")
    return question.scale


def points_of(question: Question) -> Floats:
    """What each code of a scored question is worth, float64 [size + 1]: high is always good, NaN for no answer.

    Raises `ValueError` if it has no scale.
    """
    scale = question.scale
    if scale is None:
        raise ValueError(f"{question.id} has no scale")
    points = np.append(np.arange(scale.lowest, scale.highest + 1, dtype=np.float64), np.nan)
    return scale.lowest + scale.highest - points if scale.direction is Direction.LOW_IS_GOOD else points
