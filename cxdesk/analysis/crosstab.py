"""Which answers go with which group? Any questions in rows and columns, with letters where columns differ clearly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from cxdesk.analysis import crosstab_compare as comparing
from cxdesk.analysis import crosstab_values as word
from cxdesk.analysis.base import Analysis, Choice, Option
from cxdesk.analysis.crosstab_chart import chart_option, drawn_of
from cxdesk.analysis.crosstab_counts import BAD, GOOD, Counts, counted, crossable, heads_of, lines_of
from cxdesk.analysis.crosstab_section import crosstab_section, nothing_to_cross
from cxdesk.analysis.crosstab_table import title_of
from cxdesk.analysis.crosstab_values import (
    Block,
    Crossed,
    Crosstable,
    CrosstabResult,
    CrosstabSpec,
    Head,
    Line,
    LineKind,
    Together,
)
from cxdesk.analysis.groups import segment_questions
from cxdesk.analysis.measure import Measure, MeasureKind, headline_measure, mean_measure, measure_name, scores
from cxdesk.analysis.scored import scored_questions
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Mark
from cxdesk.job import Job
from cxdesk.stats.multiple import holm
from cxdesk.survey.banner import Heads, Layer, layers, overlapping
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role
from cxdesk.text import Label, Text, say

MOST_ROWS = 20
MOST_COLUMNS = 40
_FIRST_ROWS = 3
_TOTAL_ONLY = "-"
_LEVELS = list(BaseLevel)


class Crosstab(Analysis[CrosstabSpec, CrosstabResult]):
    """One table of any questions; tables that a person keeps make up the sheet of the report."""

    key: ClassVar[str] = "crosstab"
    title: ClassVar[Text] = say("Crosstab")
    icon: ClassVar[str] = "crosstab"
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
    scored = tuple(question for question in scored_questions(dataset) if question.id in known)
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
    if by is not None:
        outer, outer_names = heads_of(by, rules)
        inner, inner_names = (None, ()) if inside is None else heads_of(inside, rules)
        shared = overlapping(outer, inner)
        every = tuple(layers(dataset, outer, inner))
        kept, unseen = _kept(sample, every)
        parts = tuple(_only(part, kept) for part in every)
        parts = tuple(part for part in parts if part.size)
        lettered = not shared and spec.compare in {word.LETTERS, word.BONFERRONI, word.WORDS}
        heads += _heads(outer_names, inner, inner_names, by, kept, lettered=lettered)
    questions = row_questions(dataset, spec)
    found = []
    for question in questions:
        job.check()
        found.append(counted(sample, question, lines_of(question, spec, rules), parts, spec))
    blocks = _blocks(found, heads, rules, spec, shared=shared)
    heads = [replace(head, level=_level(blocks, place, rules)) for place, head in enumerate(heads)]
    drawn = drawn_of(found, blocks, rules, spec)
    return Crosstable(spec, tuple(heads), blocks, by, inside, shared, unseen, len(spec.rows) > MOST_ROWS, drawn)


def _kept(sample: Sample, parts: Sequence[Layer]) -> tuple[list[int], int]:
    """The columns that are shown, in their order, and how many are not: those of nobody, and beyond 40 the smallest."""
    people: dict[int, int] = {}
    for part in parts:
        people |= dict(zip(part.columns, sample.sizes(part.codes, part.size, part.name).tolist(), strict=True))
    filled = [column for column in sorted(people) if people[column]]
    largest = sorted(filled, key=lambda column: -people[column])[:MOST_COLUMNS]
    return sorted(largest), len(filled) - len(largest)


def _only(part: Layer, kept: list[int]) -> Layer:
    """A layer without the groups that have no column; the columns are numbered as they are shown."""
    numbers = {column: place for place, column in enumerate(kept)}
    groups = [group for group, column in enumerate(part.columns) if column in numbers]
    columns = tuple(numbers[part.columns[group]] for group in groups)
    if len(groups) == part.size:
        return Layer(part.codes, columns, part.name)
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


def _blocks(
    found: list[Counts], heads: list[Head], rules: Rules, spec: CrosstabSpec, *, shared: bool
) -> tuple[Block, ...]:
    arrows = comparing.Arrows()
    blocks = [_block(number, each, heads, rules, spec, arrows) for number, each in enumerate(found)]
    marks = arrows.marks(rules)
    tested = [None if shared else comparing.together(each, rules) for each in found]
    adjusted = holm([None if each is None else each.p for each in tested])
    finished = []
    for number, (block, pair, p) in enumerate(zip(blocks, tested, adjusted, strict=True)):
        lines = tuple(_marked(line, number, place, marks) for place, line in enumerate(block.lines))
        finished.append(replace(block, lines=_ordered(lines, block, spec), together=_clear(pair, p, rules)))
    return tuple(finished)


def _clear(pair: Together | None, p: float | None, rules: Rules) -> Together | None:
    return None if pair is None else replace(pair, p=p, clear=p is not None and p <= 1 - rules.confidence)


def _marked(line: Line, block: int, place: int, marks: dict[tuple[int, int, int], Mark]) -> Line:
    cells = tuple(replace(cell, mark=marks.get((block, place, column))) for column, cell in enumerate(line.cells))
    return replace(line, cells=cells)


def _ordered(lines: tuple[Line, ...], block: Block, spec: CrosstabSpec) -> tuple[Line, ...]:
    """Scores first, then nets, then answers; answers of a list by their total, if that is wanted."""
    rank = {LineKind.SCORE: 0, LineKind.NET: 1, LineKind.ANSWER: 2}
    sized = spec.order == "total" and block.question.kind is not Kind.SCORE

    def place(line: Line) -> tuple[int, float]:
        return rank[line.kind], -(line.cells[0].count or 0.0) if sized and line.kind is LineKind.ANSWER else 0.0

    return tuple(sorted(lines, key=place))


def _block(
    number: int, found: Counts, heads: list[Head], rules: Rules, spec: CrosstabSpec, arrows: comparing.Arrows
) -> Block:
    bases = comparing.bases_of(found)
    wholes = found.base.amount.astype(np.float64)
    hidden = [base.size < rules.hide_below for base in bases]
    lettered = comparing.families(heads)
    if spec.compare == word.ARROWS:
        comparing.arrows_of_shares(arrows, number, found, rules)
    compared = [comparing.higher_shares(found, family, rules, spec.compare) for family in lettered]
    lines = []
    for place, line in enumerate(found.lines):
        higher = {column: others for family in compared for column, others in family[place].items()}
        counts = found.yes[place].amount.astype(np.float64).tolist()
        cells = []
        for column, (count, whole) in enumerate(zip(counts, wholes.tolist(), strict=True)):
            if hidden[column] or not whole:
                cells.append(Crossed())
                continue
            row_share = count / counts[0] if counts[0] else None
            cells.append(Crossed(count, count / whole, row_share, higher=higher.get(column, ())))
        lines.append(Line(line.key, line.name, line.kind, tuple(cells)))
    rule = _score_rule(found.question, rules) if word.SCORES in spec.show else None
    if rule is not None and found.answers is not None:
        lines.append(_score(number, len(lines), rule, found, lettered, rules, spec, arrows))
    return Block(found.question, bases, tuple(wholes.tolist()), tuple(lines))


def _score_rule(question: Question, rules: Rules) -> Measure | None:
    """NPS of a recommendation, the mean of every other scale."""
    if question.kind is not Kind.SCORE:
        return None
    rule = headline_measure(question, rules)
    nps = question.role is Role.RECOMMEND and rule.kind is MeasureKind.NPS
    return rule if nps else mean_measure(question, rules)


def _score(
    number: int,
    place: int,
    rule: Measure,
    found: Counts,
    lettered: list[list[int]],
    rules: Rules,
    spec: CrosstabSpec,
    arrows: comparing.Arrows,
) -> Line:
    if found.answers is None:
        raise ValueError("a score needs answers on a scale")
    higher: dict[int, tuple[int, ...]] = {}
    for family in lettered:
        higher |= comparing.higher_scores(rule, found.answers, family, rules, spec.compare)
    if spec.compare == word.ARROWS and len(found.answers) > 1:
        comparing.arrows_of_scores(arrows, number, place, rule, found.answers, rules)
    values = scores(rule, found.answers, rules)
    cells = tuple(
        Crossed(value=score.value, low=score.low, high=score.high, higher=higher.get(column, ()))
        for column, score in enumerate(values)
    )
    shown = {line.key for line in found.lines}
    parts = (GOOD, BAD) if rule.kind is MeasureKind.NPS and {GOOD, BAD} <= shown else None
    return Line("score", measure_name(rule), LineKind.SCORE, cells, rule.format, parts)
