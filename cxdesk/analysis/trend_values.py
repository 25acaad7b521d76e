"""What a trend consists of: points in time, their changes, lines of groups, and what the whole line does."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from cxdesk.analysis.measure import Gap, Measure, Score
from cxdesk.analysis.rule import Measured
from cxdesk.analysis.targets import target_of_sample
from cxdesk.blocks.table import Mark
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.target import Target
from cxdesk.text import Label


@dataclass(frozen=True, slots=True)
class Change:
    """The difference from an earlier period: None if there is none. ``p`` is before adjustment."""

    gap: Gap | None = None
    mark: Mark = Mark.UNTESTED
    p: float | None = None
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One period that somebody answered in: its place among all periods, its score, and its two changes.

    ``since`` is the first of the periods that are pooled into it.
    """

    place: int
    name: Label
    start: datetime.date | None
    score: Score
    level: BaseLevel
    from_before: Change
    from_year: Change
    since: Label

    @property
    def changes(self) -> tuple[Change, Change]:
        """Against the period before, and against the same period a year before."""
        return self.from_before, self.from_year


@dataclass(frozen=True, slots=True)
class SegmentLine:
    """The scores of one group, one entry per period."""

    name: Label
    scores: tuple[Score, ...]
    levels: tuple[BaseLevel, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """What the line does as a whole, over ``places`` (the periods with enough answers to compare).

    ``rises`` is the change per period in the measure's unit, None unless it is clear. ``shift`` is the last place
    before a possible change of level. ``low`` and ``high`` are control limits per entry of ``places``, ``outside`` the
    places beyond them; ``widening`` is above 1 if the periods differ more than chance explains.
    """

    places: tuple[int, ...] = ()
    rises: float | None = None
    shift: int | None = None
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    outside: tuple[int, ...] = ()
    widening: float = 1.0
    centre: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TrendResult(Measured):
    """``rule`` is None without a score or without periods. ``window`` periods are pooled into each point.

    ``looked_at`` are the first and last period that the filter keeps, if it leaves some out.
    """

    sample: Sample
    rules: Rules
    scored: bool = True
    rule: Measure | None = None
    period: str = ""
    window: int = 1
    points: tuple[Point, ...] = ()
    lines: tuple[SegmentLine, ...] = ()
    comparisons: int = 0
    steps: Steps = Steps()
    looked_at: tuple[int, int] | None = None

    @property
    def target(self) -> Target | None:
        """What the measure should reach among those who are looked at, if a target was set for them."""
        return None if self.rule is None else target_of_sample(self.rule, self.sample, self.rules)
