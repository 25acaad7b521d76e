"""What every analysis is: a manager's question, its options, how it is computed, and how it is said."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from cxdesk.analysis.menu import entry
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.parting import Parting
from cxdesk.survey.selection import Selection
from cxdesk.text import Label, Text, say

Spec = TypeVar("Spec")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an option: what is stored in the spec, and its name."""

    value: str
    name: Label


@dataclass(frozen=True, slots=True)
class Option:
    """A control above the results: ``field`` of the spec, its name, and the values that this survey offers.

    Up to four choices are drawn as a segmented control, more as a list. With ``several`` the field is a tuple of values
    and the control a list to tick, ``most`` of them at a time (0 = any number); ``sets`` are ticked with one press,
    and ``unchosen`` are ticked as long as nobody chose.
    """

    field: str
    name: Text
    choices: tuple[Choice, ...]
    at_end: bool = False
    several: bool = False
    most: int = 0
    sets: tuple[tuple[Text, tuple[str, ...]], ...] = ()
    unchosen: tuple[str, ...] = ()


class Analysis(ABC, Generic[Spec, Result]):
    """One question that a manager asks. Registered in `analysis.menu`; its page, sheet, CSV and undo follow."""

    key: ClassVar[str]
    title: ClassVar[Text]
    """What the menu calls it."""
    sheet: ClassVar[Text]
    """The line under the sheet's name on the export page: what the sheet holds."""
    unwanted: ClassVar[Text] = say("Nothing was added to the report yet.")
    """Why the report has no such sheet where `on_sheet` gives None, and what to do about it."""
    form: ClassVar[str] = ""
    """The name of a form of its own for the window, where options alone are not enough."""

    def __init_subclass__(cls) -> None:
        """Take the title from the menu, so that the sidebar and the page cannot disagree."""
        super().__init_subclass__()
        cls.title = entry(cls.key).title

    @abstractmethod
    def default(self, dataset: Dataset) -> Spec:
        """The options that a survey starts with."""

    @abstractmethod
    def options(self, dataset: Dataset, spec: Spec) -> tuple[Option, ...]:
        """The controls above the results, for this survey and the options chosen so far."""

    def offered(self, dataset: Dataset, spec: Spec, selection: Selection) -> tuple[Option, ...]:
        """The controls as they make sense for those who are looked at; the same for everybody unless a page differs."""
        return self.options(dataset, spec)

    def on_sheet(self, spec: Spec) -> Spec | None:
        """The options that the report's sheet is computed with; None if the report has no such sheet."""
        return spec

    def shows(self, sample: Sample, spec: Spec, *, whole: bool) -> tuple[Parting, ...]:
        """The parts of people whose scores the page shows with these options, so that small ones can be protected.

        With ``whole`` also those that its sheet shows, or that are one press away. None for a page about everybody.
        Cheap: nothing is counted. Whatever is shown of a part must be left out if `Rules.hides` says so.
        """
        return ()

    def scope(self, spec: Spec) -> object:
        """What of the options decides what `shows` gives with ``whole``: equal scopes, equal parts. Hashable."""
        return None

    def chosen(self, spec: Spec, table: str, row: str, choice: str) -> tuple[Text, Spec] | None:
        """What a choice in a row of a table changes: the name of the step and the new options; None if nothing."""
        return None

    @abstractmethod
    def compute(self, sample: Sample, rules: Rules, spec: Spec, job: Job) -> Result:
        """Compute the numbers for the respondents in ``sample``. Pure; raises `Cancelled` if the job says so."""

    @abstractmethod
    def present(self, spec: Spec, result: Result) -> Section:
        """Say the result: headline, blocks, notes. Pure and quick; no counting here."""
