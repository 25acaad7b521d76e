"""What a comparison of two sets of people consists of: changes of measures and groups, reasons, and likeness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.measure import Gap, Measure, Score
from cxdesk.analysis.rule import Measured
from cxdesk.blocks.table import Mark
from cxdesk.stats.change import Parts
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.question import Question
from cxdesk.text import Format, Label


@dataclass(frozen=True, slots=True)
class Shift:
    """One measure before and now. ``part`` is "" for the measure itself, "bad" or "good" for the share at one end.

    ``gap`` is now minus before, None if one side has no answers.
    """

    rule: Measure
    part: str
    before: Score
    now: Score
    gap: Gap | None
    mark: Mark
    format: Format
    gap_format: Format


@dataclass(frozen=True, slots=True)
class GroupShift:
    """A group of a segment before and now."""

    code: int
    name: Label
    before: Score
    now: Score
    gap: Gap | None
    mark: Mark


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """Why a measure moved, by the groups of a segment.

    ``names`` [groups]; ``parts`` in the measure's unit; ``people`` [groups, 2] before and now; ``merged`` groups had
    fewer than ten answers on a side and are put together as the last one.
    """

    names: tuple[Label, ...]
    parts: Parts
    people: NDArray[np.int64]
    merged: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two sets of people are in one segment: the largest shift of a share and whether it is clear.

    ``before`` and ``now`` are the shares 0..1 of the option with the largest shift.
    """

    question: Question
    option: Label
    before: float
    now: float
    clear: bool

    @property
    def shift(self) -> float:
        """Now minus before, as a share."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Pairs:
    """The same people both times: how many, their share of the smaller side, and the change of their NPS in points."""

    people: int
    share: float
    value: float
    low: float | None
    high: float | None
    clear: bool


@dataclass(frozen=True, slots=True, eq=False)
class CompareResult(Measured):
    """``now`` and ``before`` are the names of the two sides; everything else is empty if nothing is compared.

    ``rule`` is the measure of ``groups`` and ``reasons``; ``hidden`` groups are too small on a side, ``withheld`` ones
    would let these be worked out. ``only_now`` and ``only_before`` are questions that nobody
    answered on the other side.
    """

    sample: Sample
    rules: Rules
    scored: bool = True
    now: Label = ""
    before: Label = ""
    rule: Measure | None = None
    shifts: tuple[Shift, ...] = ()
    comparisons: int = 0
    by: Question | None = None
    groups: tuple[GroupShift, ...] = ()
    hidden: int = 0
    reasons: Reasons | None = None
    likeness: tuple[Likeness, ...] = ()
    only_now: tuple[Question, ...] = ()
    only_before: tuple[Question, ...] = ()
    pairs: Pairs | None = None
    withheld: int = 0
