"""What the quality page is about, as values: its options, the checks with their effects, and what else is to know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from cxdesk.analysis.checks_values import Check, Decisions, Step
from cxdesk.analysis.measure import Measure
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import Receipt
from cxdesk.text import Label, Text


@dataclass(frozen=True, slots=True)
class Invited:
    """How many people of each group were invited: the question, and a number per answer in their order."""

    question: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QualitySpec:
    """What a person decided and typed.

    ``decisions`` are applied to the survey itself (`project.decisions`), so that every page follows; ``as_last`` are
    the checks among them that a template decided, as the person did last time. ``invited`` is the number of people who
    were asked to answer, 0 if unknown; ``groups`` the same by group. ``printed`` is what a report says, where nobody
    can decide any more.
    """

    decisions: Decisions = ()
    invited: int = 0
    groups: Invited | None = None
    printed: bool = False
    as_last: tuple[str, ...] = ()

    def deciding(self, check: str, way: str) -> QualitySpec:
        """The spec after a person decided about a check."""
        others = tuple(pair for pair in self.decisions if pair[0] != check)
        as_last = tuple(key for key in self.as_last if key != check)
        return replace(self, decisions=(*others, (check, way)), as_last=as_last)

    def decided_as_last(self) -> QualitySpec:
        """The spec of a template, on the next survey: nobody has looked at its decisions there yet."""
        return replace(self, as_last=tuple(check for check, _ in self.decisions))


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A scored question that some respondents did not answer: how many of those who are used."""

    question: Question
    missing: int
    of: int


@dataclass(frozen=True, slots=True)
class Effect:
    """The headline score of a survey, or what it would be with other rows: the value, None where it is hidden."""

    now: float | None
    other: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A check with what became of it: the key of the way that is gone, and whether a person decided so.

    ``as_last`` says that the person decided so for the last survey, and a template brought it along.
    ``effect`` compares the score as it is with the score if the marked rows were treated the other way.
    """

    check: Check
    way: str
    decided: bool
    effect: Effect
    as_last: bool = False

    @property
    def open(self) -> bool:
        """Whether this waits for a decision."""
        return self.check.count > 0 and not self.decided


class State(StrEnum):
    """How a line that needs no decision is to be read."""

    FINE = "fine"
    KNOW = "know"


@dataclass(frozen=True, slots=True)
class Line:
    """Something that needs no decision: what was looked at, how it is, how many, what it means.

    ``shows`` names what its link opens: "rows", "columns", "weights", or "" for no link.
    """

    key: str
    name: Text
    state: State
    found: int | None
    means: Text
    shows: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class QualityResult:
    """Everything that the page and its sheet say. ``rows`` are those of the file, ``used`` those of the results.

    ``steps`` lead from the rows that held answers to those that are used. ``shown`` are the keys of the lines of the
    receipt whose rows can be looked at; ``rule`` is the measure of the effects, None without a score.
    """

    receipt: Receipt
    columns: tuple[str, ...]
    used: int
    steps: tuple[Step, ...]
    judged: tuple[Judged, ...]
    lines: tuple[Line, ...]
    rule: Measure | None
    whole: Effect
    unanswered: tuple[Unanswered, ...]
    private: tuple[Question, ...]
    filter: Text | None = None
    shown: frozenset[str] = frozenset()


def named(columns: tuple[str, ...], place: int | None) -> Label:
    """The name of a column of the file, "" if there is none."""
    return columns[place] if place is not None and 0 <= place < len(columns) else ""
