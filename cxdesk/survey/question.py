"""What was asked: a question, the columns of the file that hold its answers, and what it is used for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cxdesk.survey.amount import Amount
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Scale
from cxdesk.text import Text


class Recommends(StrEnum):
    """Whether the words of a question ask for a recommendation, and of what."""

    NOTHING = ""
    COMPANY = "company"
    EMPLOYER = "employer"
    """The place where the person works; its score is known as eNPS."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the survey.

    A multiple-answer question is one question with one column per option, or one column that was split. A rating grid
    is several questions with the same ``group`` (its stem); their ``text`` is the row of the grid.

    ``options`` names the answers of a CHOICE or MULTIPLE question in their order; a SCORE question has its ``scale``.
    ``why`` says in words what we saw, ``examples`` shows up to three answers ("" for private columns),
    ``ask`` is the one plain question to put to the person when ``sure`` is not SURE, with its possible answers.
    ``day_first`` tells whether 03/04/2025 in a DATE question is 3 April; None where the file leaves no doubt.
    ``of_platform`` marks what the survey platform added by itself, such as where the answer came from: it comes last.
    ``recommends`` is what the question's words ask to recommend, whatever its scale and role are.
    ``amount`` is what an operational number measures; None for everything else.
    """

    id: str
    text: str
    kind: Kind
    role: Role
    columns: tuple[int, ...]
    scale: Scale | None = None
    options: tuple[str, ...] = ()
    group: str = ""
    sure: Sure = Sure.SURE
    why: Text = Text("")
    examples: tuple[str, ...] = ()
    ask: Ask | None = None
    day_first: bool | None = None
    of_platform: bool = False
    recommends: Recommends = Recommends.NOTHING
    amount: Amount | None = None

    @property
    def size(self) -> int:
        """How many different answers are possible: points of the scale or number of options."""
        return self.scale.size if self.scale is not None else len(self.options)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a doubtful question: its words, and the role, scale, order of dates or unit that it means."""

    words: Text
    role: Role
    scale: Scale | None = None
    day_first: bool | None = None
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A plain question about a doubtful column: the possible readings (the first is our guess) and the reason for it.

    ``needed`` is true if the results would be wrong when the guess is; the check page then appears by itself.
    """

    readings: tuple[Reading, ...]
    reason: Text
    needed: bool = True
