"""Which answers go with which group? Any questions in rows and columns, with letters where columns differ clearly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from cxdesk.analysis import crosstab_values as word
from cxdesk.analysis.base import Analysis, Choice, Option
from cxdesk.analysis.crosstab_blocks import blocks_of
from cxdesk.analysis.crosstab_chart import chart_option, drawn_of
from cxdesk.analysis.crosstab_counts import counted, crossable, heads_of, lines_of, people_in
from cxdesk.analysis.crosstab_hiding import Columns, columns_shown
from cxdesk.analysis.crosstab_section import crosstab_section, nothing_to_cross
from cxdesk.analysis.crosstab_table import title_of
from cxdesk.analysis.crosstab_values import (
    Block,
    Crosstable,
    CrosstabResult,
    CrosstabSpec,
    Head,
)
from cxdesk.analysis.groups import segment_questions
from cxdesk.analysis.scored import measures_of, scored_questions
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.survey.banner import NOT_SHOWN, Heads, Layer, layers, overlapping
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.parting import Parting
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind
from cxdesk.text import Label, Text, say

MOST_ROWS = 20
MOST_COLUMNS = 40
_FIRST_ROWS = 3
_TOTAL_ONLY = "-"
_LEVELS = list(BaseLevel)


class Crosstab(Analysis[CrosstabSpec, CrosstabResult]):
    """One table of any questions; tables that a person keeps make up the sheet of the report."""

    key: ClassVar[str] = "crosstab"
    sheet: ClassVar[Text] = say("the tables you kept for the report")
    unwanted: ClassVar[Text] = say("No table yet. On the page Crosstab press “Keep for the report”.")
    form: ClassVar[str] = "crosstab"

    def default(self, dataset: Dataset) -> CrosstabSpec:
        """The best known scores by the first segment."""
        return CrosstabSpec()

    def on_sheet(self, spec: CrosstabSpec) -> CrosstabSpec | None:
        """The kept tables; no sheet without them."""
        return replace(spec, for_report=True) if spec.kept else None

    def options(self, dataset: Dataset, spec: CrosstabSpec) -> tuple[Option, ...]:
        """Rows, columns, columns within columns, what is shown, and how columns are compared."""
        questions = crossable(dataset)
        if not questions:
            return ()
        named = tuple(Choice(question.id, _name(question)) for question in questions)
        by = column_question(dataset, spec)
        at = "" if by is None else by.id
        rows = tuple(question.id for question in row_questions(dataset, spec))
        found = [
            Option("rows", say("Rows"), named, several=True, most=MOST_ROWS, sets=_sets(dataset), unchosen=rows),
            Option("by", say("In columns"), (*_first(named, at), Choice(_TOTAL_ONLY, say("Total only")))),
        ]
        if by is not None:
            nobody = Choice("", say("Nothing"))
            found.append(
                Option("inside", say("Within each"), (nobody, *(each for each in named if each.value != by.id)))
            )
        found += [Option("show", say("Show"), _SHOWN, several=True), Option("compare", say("Comparison"), _COMPARISONS)]
        if any(question.kind is Kind.MULTIPLE for question in row_questions(dataset, spec)):
            bases = (Choice("answered", say("Who ticked something")), Choice("asked", say("Everybody asked")))
            found.append(Option("base", say("100% is"), bases))
        orders = (Choice("file", say("As in the file")), Choice("total", say("Largest first")))
        found += [Option("order", say("Order"), orders), chart_option(row_questions(dataset, spec), spec)]
        return tuple(found)

    def shows(self, sample: Sample, spec: CrosstabSpec, *, whole: bool) -> tuple[Parting, ...]:
        """The columns of the table, and of every table kept for the report."""
        dataset = sample.dataset
        wanted = dict.fromkeys(map(_crossed, (spec, *spec.kept)))
        return tuple(
            parting
            for each in wanted
            for parting in columns_shown(
                sample,
                row_questions(dataset, each),
                column_question(dataset, each),
                inner_question(dataset, each),
                Rules(),
            )
        )

    def scope(self, spec: CrosstabSpec) -> object:
        """The questions of every table."""
        return tuple(map(_crossed, (spec, *spec.kept)))

    def compute(self, sample: Sample, rules: Rules, spec: CrosstabSpec, job: Job) -> CrosstabResult:
        """Count and compare the table of the page, or every table kept for the report."""
        wanted = spec.kept if spec.for_report else (spec,)
        if not crossable(sample.dataset):
            return CrosstabResult(sample, rules)
        return CrosstabResult(sample, rules, tuple(_table(sample, rules, each, job) for each in wanted))

    def present(self, spec: CrosstabSpec, result: CrosstabResult) -> Section:
        """The table, how rows and columns go together, and a sentence for what is clear."""
        if not result.tables:
            return nothing_to_cross(self.key, self.title)
        return crosstab_section(self.key, self.title, result)


_SHOWN = (
    Choice(word.SHARE, say("Column %")),
    Choice(word.ROW_SHARE, say("Row %")),
    Choice(word.COUNT, say("Counts")),
    Choice(word.SCORES, say("NPS and means")),
    Choice(word.ENDS, say("Ends of scales")),
    Choice(word.POINTS, say("Every point of scales")),
)
_COMPARISONS = (
    Choice(word.LETTERS, say("Letters")),
    Choice(word.BONFERRONI, say("Letters as in SPSS")),
    Choice(word.WORDS, say("In a sentence")),
    Choice(word.ARROWS, say("Each with all others")),
    Choice(word.NOTHING, say("None")),
)


def row_questions(dataset: Dataset, spec: CrosstabSpec) -> tuple[Question, ...]:
    """The questions in the rows, as chosen; without a choice the best known scores, or else the first questions."""
    known = {question.id: question for question in crossable(dataset)}
    chosen = tuple(known[row] for row in spec.rows if row in known)
    across = {
        None if each is None else each.id for each in (column_question(dataset, spec), inner_question(dataset, spec))
    }
    # A question crossed with itself says nothing, unless people gave several answers.
    useful = tuple(question for question in chosen if question.id not in across or question.kind is Kind.MULTIPLE)
    if chosen:
        return (useful or chosen)[:MOST_ROWS]
    scored = tuple(question for question in measures_of(dataset) if question.id in known)
    several = tuple(question for question in known.values() if question.kind is Kind.MULTIPLE)
    found = (*scored[:_FIRST_ROWS], *several[:1])
    by = column_question(dataset, spec)
    return found or tuple(question for question in known.values() if question is not by)[:1] or tuple(known.values())


def column_question(dataset: Dataset, spec: CrosstabSpec) -> Question | None:
    """The question in the columns, as chosen, or else the first segment; None for the total alone."""
    if spec.by == _TOTAL_ONLY:
        return None
    known = crossable(dataset)
    chosen = next((question for question in known if question.id == spec.by), None)
    return chosen or next(iter(segment_questions(dataset)), None)


def inner_question(dataset: Dataset, spec: CrosstabSpec) -> Question | None:
    """The question within each column, if there is one."""
    by = column_question(dataset, spec)
    return next((each for each in crossable(dataset) if each.id == spec.inside and by and each.id != by.id), None)


def crosstab_name(dataset: Dataset, spec: CrosstabSpec) -> Text:
    """What a table is called before it is computed."""
    return title_of(row_questions(dataset, spec), column_question(dataset, spec), inner_question(dataset, spec))


def plain(spec: CrosstabSpec) -> CrosstabSpec:
    """The table alone, without those that are kept beside it."""
    return replace(spec, kept=(), for_report=False)


def _crossed(spec: CrosstabSpec) -> CrosstabSpec:
    """Nothing but what is crossed with what."""
    return CrosstabSpec(rows=spec.rows, by=spec.by, inside=spec.inside)


def _name(question: Question) -> Label:
    return say("{group}: {topic}", group=question.group, topic=question.text) if question.group else question.text


def _sets(dataset: Dataset) -> tuple[tuple[Text, tuple[str, ...]], ...]:
    """What can be ticked at once: all scores, or all questions."""
    scores_of = tuple(question.id for question in scored_questions(dataset))
    every = tuple(question.id for question in crossable(dataset))
    found = [(say("All scores"), scores_of), (say("All questions"), every)]
    return tuple((name, ids) for name, ids in found if ids)


def _first(choices: tuple[Choice, ...], value: str) -> tuple[Choice, ...]:
    """The choices with "" for the one that is taken without a choice."""
    first = tuple(choice for choice in choices if choice.value == value)
    return (*first, *(choice for choice in choices if choice.value != value))


def _table(sample: Sample, rules: Rules, spec: CrosstabSpec, job: Job) -> Crosstable:
    dataset = sample.dataset
    by = column_question(dataset, spec)
    inside = inner_question(dataset, spec)
    parts: tuple[Layer, ...] = ()
    heads: list[Head] = [Head("total", say("Total"))]
    shared, unseen = False, 0
    columns = Columns()
    if by is not None:
        outer, outer_names = heads_of(by, rules)
        inner, inner_names = (None, ()) if inside is None else heads_of(inside, rules)
        shared = overlapping(outer, inner)
        every = tuple(layers(dataset, outer, inner))
        kept, unseen = _kept(sample, every)
        columns = Columns(outer, inner, tuple(kept))
        parts = tuple(_only(part, kept) for part in every)
        parts = tuple(part for part in parts if any(column != NOT_SHOWN for column in part.columns))
        lettered = not shared and spec.compare in {word.LETTERS, word.BONFERRONI, word.WORDS}
        heads += _heads(outer_names, inner, inner_names, by, kept, lettered=lettered)
    questions = row_questions(dataset, spec)
    found = []
    for question in questions:
        job.check()
        found.append(counted(sample, question, lines_of(question, spec, rules), parts, spec))
    blocks = blocks_of(found, heads, columns, dataset, rules, spec, shared=shared)
    heads = [replace(head, level=_level(blocks, place, rules)) for place, head in enumerate(heads)]
    drawn = drawn_of(found, blocks, rules, spec)
    return Crosstable(spec, tuple(heads), blocks, by, inside, shared, unseen, len(spec.rows) > MOST_ROWS, drawn)


def _kept(sample: Sample, parts: Sequence[Layer]) -> tuple[list[int], int]:
    """The columns that are shown, in their order, and how many are not: those of nobody, and beyond 40 the smallest."""
    people: dict[int, int] = {}
    for part in parts:
        people |= dict(zip(part.columns, people_in(sample, part).tolist(), strict=True))
    filled = [column for column in sorted(people) if people[column]]
    largest = sorted(filled, key=lambda column: -people[column])[:MOST_COLUMNS]
    return sorted(largest), len(filled) - len(largest)


def _only(part: Layer, kept: list[int]) -> Layer:
    """A layer in which groups without a column are not shown; the columns are numbered as they are shown.

    Groups that have a name were packed with the questions once, so they are counted all; others are counted as few.
    """
    numbers = {column: place for place, column in enumerate(kept)}
    if part.name:
        return replace(part, columns=tuple(numbers.get(column, NOT_SHOWN) for column in part.columns))
    groups = [group for group, column in enumerate(part.columns) if column in numbers]
    columns = tuple(numbers[part.columns[group]] for group in groups)
    if len(groups) == part.size:
        return replace(part, columns=columns)
    table = np.full(part.size + 1, len(groups), dtype=part.codes.dtype)
    table[groups] = np.arange(len(groups))
    return Layer(table.take(part.codes), columns)


def _heads(
    outer_names: tuple[Label, ...],
    inner: Heads | None,
    inner_names: tuple[Label, ...],
    by: Question,
    kept: list[int],
    *,
    lettered: bool,
) -> list[Head]:
    found = []
    wide = 1 if inner is None else inner.size
    for place, column in enumerate(kept):
        name = outer_names[column] if inner is None else inner_names[column % wide]
        group = by.text if inner is None else outer_names[column // wide]
        family = column // wide if inner is not None else 0
        letter = _letter(place) if lettered else ""
        found.append(Head(f"c{place}", name, group, letter, family if lettered else -1))
    return found


def _letter(place: int) -> str:
    """A to Z, then AA, AB ..."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _level(blocks: tuple[Block, ...], place: int, rules: Rules) -> BaseLevel:
    """What the largest base of a column allows."""
    levels = [rules.level(block.bases[place]) for block in blocks]
    return max(levels, key=_LEVELS.index, default=BaseLevel.PLAIN)
