"""What the follow-up list is made of: whom to call, how it stands with each of them, and what became of the last list.

The only place where single people appear. Nothing here is a name or a number that reaches somebody: people are known by
a short reference, and their contacts are masked unless a list is saved with them on purpose.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from cxdesk.analysis.measure import Measure
from cxdesk.stats.interval import Difference
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.question import Question
from cxdesk.text import Label, Text, say


class Status(StrEnum):
    """How it stands with one person."""

    OPEN = "open"
    CONTACTED = "contacted"
    RESOLVED = "resolved"
    UNREACHABLE = "unreachable"
    NO_ACTION = "no_action"


REACHED = frozenset({Status.CONTACTED, Status.RESOLVED})
"""Somebody spoke with these people."""

STATUS_NAMES: dict[Status, Text] = {
    Status.OPEN: say("To do"),
    Status.CONTACTED: say("Contacted"),
    Status.RESOLVED: say("Resolved"),
    Status.UNREACHABLE: say("Not reachable"),
    Status.NO_ACTION: say("No action needed"),
}

NOBODY = "nobody"
"""Stands for a status that nobody has: the sheet of a report lists no people."""


class Who(StrEnum):
    """Whom the list holds."""

    LOW = "low"
    """Detractors, or those who scored at the bad end."""
    MIDDLE = "middle"
    HIGH = "high"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a list that was read back says about one person, or what was set on the page.

    ``ref`` finds the person again; ``survey`` is the survey that the list was made of, and ``score`` what they had
    scored there. ``due`` is an ISO day or "". ``listed`` is False for somebody whose status was only set on the page:
    they were on no list that was saved and read back, so they do not count among its people.
    """

    ref: str
    status: Status
    owner: str = ""
    due: str = ""
    survey: str = ""
    score: int | None = None
    note: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class FollowUpSpec:
    """``who`` is a `Who`, ``measure`` "" the best known one, ``show`` a `Status` or "" for every one.

    ``owners`` are offered in the saved list, ``days`` are the working days until a call is due. ``people`` is what was
    read back or set on the page, and ``read`` the ISO day of reading back; a template leaves both out.
    """

    who: str = Who.LOW.value
    measure: str = ""
    show: str = ""
    days: str = "5"
    owners: tuple[str, ...] = ()
    people: tuple[Kept, ...] = ()
    read: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the list, masked. ``row`` is their position in the survey, ``score`` a point of the scale."""

    row: int
    ref: str
    score: int
    reason: str
    groups: tuple[Label, ...]
    day: datetime.date | None
    contacts: tuple[str, ...]
    kept: Kept | None = None

    @property
    def status(self) -> Status:
        """How it stands; open as long as no list said otherwise."""
        return Status.OPEN if self.kept is None else self.kept.status


@dataclass(frozen=True, slots=True)
class Again:
    """People of the last list who answered again: how many, and their NPS then, now and the change with its range."""

    reached: bool
    people: int
    before: float | None = None
    after: float | None = None
    change: Difference | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """What became of the last list: people by status, overdue ones on the day it was read back, and who answered again.

    ``again`` is None where people cannot be recognised, because the file has no column that identifies them.
    """

    listed: int
    by_status: tuple[tuple[Status, int], ...]
    overdue: int
    again: tuple[Again, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class FollowUpResult:
    """``people`` from the lowest score and the newest answer on, the first of all that were ``found``.

    ``reachable`` is how many of all have a contact. ``rule`` is None without a score. ``groups`` and ``contacts`` are
    the columns behind the parts of each person. ``worked_on`` counts all by their status, if any status is known.
    """

    sample: Sample
    rules: Rules
    rule: Measure | None = None
    people: tuple[Person, ...] = ()
    found: int = 0
    reachable: int = 0
    reason: Question | None = None
    groups: tuple[Question, ...] = ()
    contacts: tuple[Question, ...] = ()
    closing: Closing | None = None
    unknown: int = 0
    """People of the list that was read back who are not in this survey."""
    worked_on: tuple[tuple[Status, int], ...] = ()
