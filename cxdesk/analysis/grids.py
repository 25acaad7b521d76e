"""Do the questions of a grid measure one thing? Cronbach's alpha of each rating grid, in words (METHODS.md 2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cxdesk.analysis.rule import points_of
from cxdesk.analysis.wording import confidence_text, joined
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.job import Job
from cxdesk.stats.interval import Floats
from cxdesk.stats.reliability import Reliability, cronbach_alpha
from cxdesk.survey.base import Base, BaseLevel, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED
from cxdesk.text import Format, Listed, Text, say

_FEWEST_ITEMS = 3
_WEAK, _GOOD, _REPEATED = 0.6, 0.7, 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A rating grid: its stem, its questions, and how well they hang together.

    ``found`` is None where that cannot be said: fewer than two people answered every question, or all gave one answer.
    """

    name: str
    questions: tuple[Question, ...]
    found: Reliability | None

    @property
    def reversed(self) -> tuple[Question, ...]:
        """The questions that go against the others, so their scale may be turned around."""
        if self.found is None:
            return ()
        pairs = zip(self.questions, self.found.with_rest.tolist(), strict=True)
        return tuple(question for question, with_rest in pairs if with_rest < 0)


def grids(sample: Sample, rules: Rules, job: Job) -> tuple[Grid, ...]:
    """Every rating grid with at least three questions, among the respondents looked at; never weighted."""
    stems: dict[str, list[Question]] = {}
    for question in sample.dataset.with_role(*SCORED):
        if question.group and question.scale is not None:
            stems.setdefault(question.group, []).append(question)
    found = []
    for stem, questions in stems.items():
        if len(questions) >= _FEWEST_ITEMS:
            job.check()
            answers = np.column_stack([_points(sample, question) for question in questions])
            found.append(Grid(stem, tuple(questions), cronbach_alpha(answers, rules.confidence)))
    return tuple(found)


def _points(sample: Sample, question: Question) -> Floats:
    """Each respondent's score, high meaning good; NaN for no answer."""
    return points_of(question).take(sample.take(sample.dataset.codes(question.id)))


def grids_table(grids: tuple[Grid, ...], rules: Rules, *, weighted: bool) -> Table:
    """One row per grid: how many answered all of it, alpha with its range, what that means, and what stands out."""
    columns = (
        TableColumn("grid", say("Grid"), ColumnType.NAME),
        TableColumn("questions", say("Questions")),
        TableColumn("n", say("n")),
        TableColumn("alpha", say("Cronbach’s alpha")),
        TableColumn("alpha_range", say("{level} range", level=confidence_text(rules)), ColumnType.RANGE),
        TableColumn("words", say("In words"), ColumnType.TEXT),
        TableColumn("reversed", say("May be reversed"), ColumnType.TEXT),
    )
    legend = [
        say("alpha: how far the questions of a grid rise and fall together, among people who answered all of them"),
        say("under 0.6 weak, 0.6–0.7 fair, 0.7–0.95 good, above 0.95 repeated questions"),
    ]
    if weighted:
        legend.append(say("not weighted"))
    rows = tuple(_row(number, grid, rules) for number, grid in enumerate(grids))
    title = say("Do the questions of a grid measure one thing?")
    return Table("grids", title, columns, rows, joined(legend))


def _row(number: int, grid: Grid, rules: Rules) -> TableRow:
    found = grid.found
    base = Base(0 if found is None else found.n)
    level = rules.level(base)
    shown = found is not None and level is not BaseLevel.HIDDEN
    cells = (
        Cell(grid.name),
        Cell(len(grid.questions), Format.COUNT),
        Cell(base.n, Format.COUNT, base=base),
        Cell(found.alpha, Format.GENERAL) if found is not None and shown else Cell(None, Format.GENERAL),
        Cell(None, Format.GENERAL, low=found.interval.low, high=found.interval.high)
        if found is not None and shown
        else Cell(None, Format.GENERAL),
        Cell(_words(found) if found is not None and shown else say("too few")),
        Cell(say("{names}", names=Listed(tuple(each.text for each in grid.reversed))) if shown else ""),
    )
    return TableRow(f"grid{number}", cells, level)


def _words(found: Reliability) -> Text:
    if found.alpha > _REPEATED:
        return say("So alike that some questions repeat each other; some could be dropped.")
    if found.alpha >= _GOOD:
        return say("Good: these questions measure one thing.")
    if found.alpha >= _WEAK:
        return say("Fair: an average of these questions is usable, with care.")
    return say("Weak: these questions ask different things. Read each by itself.")
