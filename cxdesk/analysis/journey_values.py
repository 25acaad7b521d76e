"""What the Journey page finds: each stage's score, the low point, the link with the score, and channels."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.analysis.groups import Split
from cxdesk.analysis.journey_stages import Source, Stage
from cxdesk.analysis.measure import Gap, Measure, MeasureKind, Score
from cxdesk.blocks.table import Mark
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.question import Question
from cxdesk.text import Label


@dataclass(frozen=True, slots=True)
class StageScore:
    """A stage with its score. Stages of a column hold different people and are compared with everyone else."""

    stage: Stage
    rule: Measure
    score: Score
    level: BaseLevel
    gap: Gap | None = None
    mark: Mark = Mark.UNTESTED


@dataclass(frozen=True, slots=True)
class StageLink:
    """The score of people who are satisfied with a stage, of those who are not, and the first minus the second."""

    stage: Stage
    satisfied: Score
    others: Score
    gap: Gap | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class ChannelCell:
    """A stage in a channel, against the same stage in all other channels."""

    score: Score
    level: BaseLevel
    gap: Gap | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class ChannelGrid:
    """Stages by channel: ``cells[stage][channel]``. ``unseen`` channels are beyond those that find room."""

    by: Question
    codes: tuple[int, ...]
    names: tuple[Label, ...]
    cells: tuple[tuple[ChannelCell, ...], ...]
    comparisons: int
    unseen: int


@dataclass(frozen=True, slots=True, eq=False)
class JourneyResult:
    """``source`` is None where no stages were found or chosen, ``offered`` tells whether any could be chosen.

    ``hidden`` and ``withheld`` stages of a column are too small, or would give these away. ``outcome`` is the measure
    that stages are linked with and channels are compared by.
    """

    sample: Sample
    rules: Rules
    source: Source | None = None
    offered: bool = False
    stages: tuple[StageScore, ...] = ()
    hidden: int = 0
    withheld: int = 0
    comparisons: int = 0
    outcome: Measure | None = None
    links: tuple[StageLink, ...] = ()
    channel: Split | None = None
    grid: ChannelGrid | None = None

    @property
    def low_point(self) -> StageScore | None:
        """The stage whose whole range lies below that of the next one; None if no stage does, or too few are known."""
        known = [
            each
            for each in self.stages
            if each.score.low is not None
            and each.score.high is not None
            and each.level in {BaseLevel.SMALL, BaseLevel.PLAIN}
        ]
        if len(known) < 2:
            return None
        first, second, *_ = sorted(known, key=_goodness)
        return first if _clear(first, second) else None


def _goodness(each: StageScore) -> float:
    value = each.score.value or 0.0
    return value if _high_is_good(each.rule) else -value


def _clear(low: StageScore, other: StageScore) -> bool:
    """Whether a stage's range ends before that of another begins."""
    mine, theirs = low.score, other.score
    if None in (mine.low, mine.high, theirs.low, theirs.high):
        return False
    if _high_is_good(low.rule):
        return float(mine.high or 0.0) < float(theirs.low or 0.0)
    return float(mine.low or 0.0) > float(theirs.high or 0.0)


def _high_is_good(rule: Measure) -> bool:
    """Whether a high value is good: always, unless it is the mean of a scale that runs the other way."""
    return rule.kind is not MeasureKind.MEAN or rule.high_is_good
