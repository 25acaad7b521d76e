"""What the Operations page finds: a time, an amount or a yes-or-no in each group, compared with everyone else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cxdesk.analysis.measure import Gap, Measure, Score
from cxdesk.blocks.table import Mark
from cxdesk.survey.amount import AmountKind, TimeUnit
from cxdesk.survey.base import Base, BaseLevel, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role
from cxdesk.text import Label

_UNITS = ((TimeUnit.DAY, 48 * 3600.0), (TimeUnit.HOUR, 90 * 60.0), (TimeUnit.MINUTE, 90.0))


class Meaning(StrEnum):
    """What an operational column says about a person, which decides how a group is summed up."""

    TIME = "time"
    """Median, 90th percentile, share within a limit."""
    MONEY = "money"
    """Mean and median."""
    NUMBER = "number"
    """Mean and median."""
    OUTCOME = "outcome"
    """The share of those for whom it happened."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One group. Times are seconds.

    ``value`` is the median of times, the mean of amounts, the share of outcomes, with its range; ``gap`` compares it
    with everyone else. ``second`` is the share of times within the limit, or the median of amounts; only the share is
    compared (``second_gap``). ``tail`` is the time that nine in ten stay below. All are None under the base limit.
    """

    key: str
    name: Label
    base: Base
    level: BaseLevel
    value: float | None = None
    low: float | None = None
    high: float | None = None
    second: float | None = None
    second_low: float | None = None
    second_high: float | None = None
    tail: float | None = None
    gap: Gap | None = None
    second_gap: Gap | None = None
    mark: Mark = Mark.UNTESTED
    second_mark: Mark = Mark.UNTESTED


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A column within groups of people, everyone first.

    ``hidden`` groups are under the base limit, ``withheld`` ones would give these away, ``beyond`` are smaller than the
    forty largest; ``unplaced`` people have a figure but belong to no group, and count in everyone. ``comparisons`` is
    how many groups were tested.
    """

    name: Label
    everyone: Fact
    groups: tuple[Fact, ...]
    hidden: int = 0
    withheld: int = 0
    beyond: int = 0
    unplaced: int = 0
    comparisons: int = 0


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """A third of the people by what they are worth: amounts above ``low`` up to ``high`` (None: open end).

    ``people`` who scored low, in between and high; ``part`` is the share of the sum of all amounts that they bring.
    """

    place: int
    low: float | None
    high: float | None
    score: Score
    level: BaseLevel
    people: tuple[int, int, int]
    part: float
    gap: Gap | None = None
    mark: Mark = Mark.UNTESTED


@dataclass(frozen=True, slots=True)
class ValueGrid:
    """Who recommends, by how much they are worth; ``people`` as in the groups."""

    rule: Measure
    everyone: Score
    people: tuple[int, int, int]
    groups: tuple[ValueGroup, ...]


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """All about one operational column.

    ``unit`` is the one that its times are shown in, ``limit`` (seconds) what they are held against. ``heaviest`` are
    the largest hundredth of amounts: how many people, and their part of the sum. ``negative`` times were left out.
    """

    question: Question
    meaning: Meaning
    unit: TimeUnit
    limit: float
    by_score: Breakdown | None
    by_segment: Breakdown | None
    everyone: Fact
    grid: ValueGrid | None = None
    heaviest: tuple[int, float] = (0, 0.0)
    negative: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class OperationsResult:
    """``overview`` has every operational column by score groups; ``columns`` the chosen one, or all on a sheet."""

    sample: Sample
    rules: Rules
    rule: Measure | None = None
    overview: tuple[ColumnFacts, ...] = ()
    columns: tuple[ColumnFacts, ...] = ()


def operational(dataset: Dataset) -> tuple[Question, ...]:
    """The operational columns of a survey, in file order."""
    return tuple(question for question in dataset.with_role(Role.OPERATION) if meaning_of(question) is not None)


def meaning_of(question: Question) -> Meaning | None:
    """What an operational column says; None for a column that holds nothing of the kind."""
    if question.kind is Kind.CHOICE and question.size == 2:
        return Meaning.OUTCOME
    if question.kind is not Kind.NUMBER:
        return None
    kind = AmountKind.NUMBER if question.amount is None else question.amount.kind
    return {AmountKind.TIME: Meaning.TIME, AmountKind.MONEY: Meaning.MONEY, AmountKind.NUMBER: Meaning.NUMBER}[kind]


def shown_in(seconds: float) -> TimeUnit:
    """The unit in which people speak of such a time."""
    return next((unit for unit, least in _UNITS if seconds >= least), TimeUnit.SECOND)
