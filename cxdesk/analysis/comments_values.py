"""The options of the comments page, and what is computed for it."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.analysis.measure import Gap, Measure, Score
from cxdesk.blocks.quote import Quotes
from cxdesk.blocks.table import Mark
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.text import Label

EASIEST, HARDEST, UNTYPED = 5, 1, 3
"""How feasible it is to change something about a theme: what a person may say, and what holds until they do."""


@dataclass(frozen=True, slots=True)
class CommentsSpec:
    """``column`` and ``measure`` are question ids ("" the fullest, or the first); "*" is all comment columns together.

    ``focus`` is the key of the chosen row: a theme or a word that the list of comments is narrowed to. ``sheet`` says
    which comments the report holds: "all", "chosen" or "none". ``feasible`` holds what a person typed per theme,
    1 to 5. ``people`` are the comments that were chosen for the report, by the keys of the list. ``printed`` asks for
    the report's sheet, which has the list of comments at its end.
    """

    column: str = ""
    measure: str = ""
    focus: str = ""
    sheet: str = "all"
    feasible: tuple[tuple[str, int], ...] = ()
    people: tuple[str, ...] = ()
    printed: bool = False

    def feasibility(self, theme: str) -> int:
        """How feasible the person thinks it is to change something about a theme."""
        return dict(self.feasible).get(theme, UNTYPED)


@dataclass(frozen=True, slots=True)
class ThemeFound:
    """One theme among those who wrote: how many mention it, how they score, and how much that moves the whole.

    ``people`` mention it and ``score`` is theirs (None without a scored question). ``gap`` compares them with those who
    wrote and do not. ``drag`` is the measure of all who wrote minus that of those who do not mention it, with the range
    of the difference; None where a score is hidden. ``change`` is the share now minus the share before, ``now`` out of
    ``now_of`` people in the last period; None without periods. ``severe`` of the ``people`` use words that should not
    wait. ``place`` is that of the theme in the list, -1 for those without one.
    """

    place: int
    name: Label
    people: int
    score: Score | None
    gap: Gap | None
    mark: Mark
    drag: Gap | None
    severe: int
    change: Gap | None = None
    change_mark: Mark = Mark.UNTESTED


@dataclass(frozen=True, slots=True)
class WordFound:
    """A word that one end uses more: people who wrote it at the bad and at the good end, and how sure that is."""

    word: str
    bad: int
    good: int
    z: float


@dataclass(frozen=True, slots=True)
class WordsFound:
    """Words that are clearly more common at one end than at the other, strongest first.

    Of ``bad_people`` and ``good_people`` who wrote, and ``compared`` words that were looked at.
    """

    bad: tuple[WordFound, ...]
    good: tuple[WordFound, ...]
    bad_people: int
    good_people: int
    compared: int


@dataclass(frozen=True, slots=True, eq=False)
class CommentsResult:
    """``columns`` counts the comment columns of the survey; without one, or without a comment, most is None.

    ``wrote`` of the ``sample`` wrote something, ``silent`` more only "none" or the like; of ``empty`` more the survey
    program says in the cell that they wrote nothing. ``everyone`` is the score of those who wrote. ``leading`` are the
    places of the ``themes`` that may be the one mentioned most. ``uncoded`` wrote about no theme. ``latest`` is the
    period that ``change`` looks at.
    """

    sample: Sample
    rules: Rules
    columns: int
    about: Label = ""
    rule: Measure | None = None
    wrote: int = 0
    silent: int = 0
    masked: int = 0
    everyone: Score | None = None
    themes: tuple[ThemeFound, ...] = ()
    leading: tuple[int, ...] = ()
    uncoded: ThemeFound | None = None
    latest: Label = ""
    starter: bool = True
    words: WordsFound | None = None
    suggestions: tuple[tuple[str, int], ...] = ()
    quotes: Quotes | None = None
    empty: int = 0
