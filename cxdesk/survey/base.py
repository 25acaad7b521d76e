"""How many people a number stands on, and the rules for showing, marking and comparing it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cxdesk.survey.earlier import Earlier
from cxdesk.survey.target import Target
from cxdesk.survey.theme import Theme


@dataclass(frozen=True, slots=True)
class Base:
    """The people behind a number: ``n`` who gave a usable answer, and ``no_answer`` who were there but did not.

    ``weighted`` and ``effective`` differ from ``n`` only in weighted results; base rules use ``effective``.
    """

    n: int
    no_answer: int = 0
    weighted: float | None = None
    effective: float | None = None

    @property
    def size(self) -> float:
        """The size that the base rules look at: the effective base where there is one."""
        return self.n if self.effective is None else self.effective


class BaseLevel(StrEnum):
    """What a base allows (METHODS.md 0, row 11)."""

    HIDDEN = "hidden"
    """Under 10: the score is not shown, only counts."""
    UNTESTED = "untested"
    """10 to 29: shown, marked **, never compared."""
    SMALL = "small"
    """30 to 99: shown, marked *, compared; the range stands in the headline."""
    PLAIN = "plain"
    """100 and more."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that change numbers; printed with every report.

    ``confidence``: 0.90, 0.95 or 0.99. ``hide_below`` is at least 10 and ``test_from`` at least 30 (people may be
    stricter, not laxer). ``satisfied_points``: how many of the top points of a satisfaction scale count as satisfied
    (2 of 5; on other scales METHODS.md 2). ``targets`` are what measures should reach. ``earlier``
    are the figures of the last report, known from a template; they are compared with where nothing else is.
    ``hidden`` is no choice of a person: it is planned for everything that is shown together (`report.suppression`) and
    names groups that are large enough and yet not shown, so that smaller ones cannot be worked out: the question, the
    key of the parting and the code of the part (`survey.parting`). ``themes`` are what comments are coded by; none
    stands for the list that the program starts with, in the language of the comments.
    """

    confidence: float = 0.95
    hide_below: int = 10
    test_from: int = 30
    plain_from: int = 100
    satisfied_points: int = 2
    targets: tuple[Target, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    hidden: frozenset[tuple[str, str, int]] = frozenset()
    themes: tuple[Theme, ...] = ()

    def hides(self, question: str, key: str, code: int) -> bool:
        """Whether the answers to a question in a part of a parting must not be shown, large as it may be."""
        return bool(self.hidden) and (question, key, code) in self.hidden

    def level(self, base: Base) -> BaseLevel:
        """What this base allows."""
        if base.size < self.hide_below:
            return BaseLevel.HIDDEN
        if base.size < self.test_from:
            return BaseLevel.UNTESTED
        return BaseLevel.SMALL if base.size < self.plain_from else BaseLevel.PLAIN
