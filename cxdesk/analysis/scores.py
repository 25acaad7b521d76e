"""How was every question answered? The distribution of each scored question, each choice, each multiple answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from cxdesk.analysis.base import Analysis, Choice, Option
from cxdesk.analysis.cards import method_notes
from cxdesk.analysis.distribution import answers_chart, options_chart
from cxdesk.analysis.grids import Grid, grids, grids_table
from cxdesk.analysis.measure import (
    Measure,
    MeasureKind,
    Score,
    headline_measure,
    mean_measure,
    measure_name,
    measured,
    rule_text,
    share_measure,
)
from cxdesk.analysis.scored import known_by, scored_questions
from cxdesk.analysis.wording import (
    confidence_text,
    headline,
    joined,
    period_text,
    score_cell,
    score_sentence,
    weight_text,
)
from cxdesk.blocks.chart import Chart
from cxdesk.blocks.note import Empty
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.section import Block, Row, Section
from cxdesk.blocks.table import Cell, ColumnType, Share, Sum, Table, TableColumn, TableRow
from cxdesk.job import Job
from cxdesk.survey.base import Base, BaseLevel, Rules
from cxdesk.survey.counted import Counted
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import GROUPING, SCORED, Role
from cxdesk.text import Format, Label, Listed, Number, Text, say, say_n

_CHARTS_PER_ROW = 3
_MEASURES = (headline_measure, mean_measure, share_measure)


@dataclass(frozen=True, slots=True)
class ScoresSpec:
    """``show``: "all" questions or only "scored" ones."""

    show: str = "all"


@dataclass(frozen=True, slots=True, eq=False)
class ScoredAnswers:
    """A scored question: counts per point ([size + 1]), its headline measure, mean, and share at the good end."""

    rule: Measure
    counts: Counted
    score: Score
    mean: Score
    share: Score


@dataclass(frozen=True, slots=True)
class ChosenAnswers:
    """A choice or multiple-answer question: people per option, of ``base.n`` who answered (or were asked).

    Weighted, ``counts`` are sums of weights out of ``base.weighted``.
    """

    question: Question
    counts: tuple[float, ...]
    base: Base
    multiple: bool
    nothing_ticked: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ScoresResult:
    """Every question that was answered, scored ones first."""

    sample: Sample
    rules: Rules
    scored: tuple[ScoredAnswers, ...]
    chosen: tuple[ChosenAnswers, ...]
    grids: tuple[Grid, ...] = ()


class Scores(Analysis[ScoresSpec, ScoresResult]):
    """All measures with their ranges in one table, then a chart for every question."""

    key: ClassVar[str] = "scores"
    sheet: ClassVar[Text] = say("every question with its answers")

    def default(self, dataset: Dataset) -> ScoresSpec:
        """All questions."""
        return ScoresSpec()

    def options(self, dataset: Dataset, spec: ScoresSpec) -> tuple[Option, ...]:
        """All questions or only those with a score."""
        if not dataset.with_role(*SCORED) or not dataset.with_role(*GROUPING, Role.MULTIPLE):
            return ()
        choices = (Choice("all", say("All questions")), Choice("scored", say("Only scored questions")))
        return (Option("show", say("Show"), choices),)

    def compute(self, sample: Sample, rules: Rules, spec: ScoresSpec, job: Job) -> ScoresResult:
        """Count every question's answers."""
        job.check()
        scored = _scored(sample, scored_questions(sample.dataset), rules)
        chosen = []
        for question in () if spec.show == "scored" else sample.dataset.with_role(*GROUPING, Role.MULTIPLE):
            job.check()
            chosen.append(_chosen(sample, question))
        answered = tuple(found for found in chosen if found.base.n)
        return ScoresResult(sample, rules, scored, answered, grids(sample, rules, job))

    def present(self, spec: ScoresSpec, result: ScoresResult) -> Section:
        """The table of all measures, then charts, three in a row."""
        if not result.scored and not result.chosen:
            return _nothing()
        rows: list[Row] = []
        charts: list[Block] = []
        if result.scored:
            rows.append(Row((_measures_table(result),)))
            if result.grids:
                rows.append(Row((grids_table(result.grids, result.rules, weighted=result.sample.weighted),)))
            first = result.scored[0]
            if first.rule.kind is MeasureKind.NPS:
                rows.append(Row((_chart(first, result.rules), _nps_table(first)), (2, 1)))
                charts = [_chart(found, result.rules) for found in result.scored[1:]]
            else:
                charts = [_chart(found, result.rules) for found in result.scored]
        charts += [_options(found, result.rules) for found in result.chosen]
        for start in range(0, len(charts), _CHARTS_PER_ROW):
            rows.append(Row(tuple(charts[start : start + _CHARTS_PER_ROW])))
        return Section(
            self.key,
            self.title,
            headline(result.sample, _headline(result)),
            _base_line(result),
            tuple(rows),
            _notes(result),
        )


def _scored(sample: Sample, questions: Sequence[Question], rules: Rules) -> tuple[ScoredAnswers, ...]:
    counts = [sample.answers(question.id) for question in questions]
    kinds = [[make(question, rules) for question in questions] for make in _MEASURES]
    known, means, shares = (measured(measures, counts, rules) for measures in kinds)
    return tuple(map(ScoredAnswers, kinds[0], counts, known, means, shares))


def _chosen(sample: Sample, question: Question) -> ChosenAnswers:
    if question.role is Role.MULTIPLE:
        ticked = sample.ticks(question.id)
        asked = int(ticked.people[:, :2].sum(axis=1).max())
        whole = None if ticked.weight is None else float(ticked.weight[:, :2].sum(axis=1).max())
        base = Base(asked, sample.size - asked, whole)
        counts = tuple(ticked.amount[:, 1].tolist())
        return ChosenAnswers(question, counts, base, True, asked - sample.ticked_any(question.id))
    table = sample.answers(question.id)
    answered = table[: question.size]
    whole = None if answered.weight is None else float(answered.weight.sum())
    base = Base(int(answered.people.sum()), int(table.people[question.size]), whole)
    return ChosenAnswers(question, tuple(answered.amount.tolist()), base, False)


def _headline(result: ScoresResult) -> Text:
    if not result.scored:
        return say_n(
            "1 question was answered by choosing.", "{count} questions were answered by choosing.", len(result.chosen)
        )
    known = known_by(result.sample.dataset)[0].id
    first = next(found for found in result.scored if found.rule.question.id == known)
    if first.rule.kind is not MeasureKind.NPS or first.score.value is None:
        return score_sentence(first.rule, first.score, result.rules)
    shares = {
        "promoters": Number(first.score.good / first.score.whole, Format.PERCENT),
        "detractors": Number(first.score.bad / first.score.whole, Format.PERCENT),
    }
    if result.rules.level(first.score.base) is BaseLevel.PLAIN or result.sample.weighted:
        return say("{promoters} are promoters, {detractors} are detractors", **shares)
    counts = {"promoters": round(first.score.good), "detractors": round(first.score.bad), "n": first.score.base.n}
    return say("{promoters} of {n} are promoters, {detractors} are detractors", **counts)


def _base_line(result: ScoresResult) -> Text:
    questions = len(result.scored) + len(result.chosen)
    parts = [say_n("1 question", "{count} questions", questions)]
    period = period_text(result.sample)
    if period is not None:
        parts.append(period)
    parts.append(say_n("1 response", "{count} responses", result.sample.size))
    if result.sample.selection.conditions:
        parts.append(result.sample.selection.describe(result.sample.dataset.question))
    parts.append(weight_text(result.sample))
    return joined(parts)


def _measures_table(result: ScoresResult) -> Table:
    level = confidence_text(result.rules)
    columns = (
        TableColumn("question", say("Question"), ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn("nps", _net_title(result, MeasureKind.NPS)),
        TableColumn("nps_range", say("{level} range", level=level), ColumnType.RANGE),
        TableColumn("net", say("Net score")),
        TableColumn("net_range", say("{level} range", level=level), ColumnType.RANGE),
        TableColumn("mean", say("Mean")),
        TableColumn("mean_range", say("{level} range", level=level), ColumnType.RANGE),
        TableColumn("share", say("Satisfied")),
        TableColumn("share_range", say("{level} range", level=level), ColumnType.RANGE),
        TableColumn("rule", say("How it is counted"), ColumnType.TEXT),
    )
    kinds = {found.rule.kind.value for found in result.scored}
    unused = {kind.value for kind in (MeasureKind.NPS, MeasureKind.NET)} - kinds
    kept = [index for index, column in enumerate(columns) if column.key.removesuffix("_range") not in unused]
    rows = []
    for found in result.scored:
        net = found.rule.is_net
        cells = (
            Cell(found.rule.question.text),
            Cell(found.score.base.n, Format.COUNT, base=found.score.base),
            *_net_cells(found, MeasureKind.NPS),
            *_net_cells(found, MeasureKind.NET),
            Cell(found.mean.value, Format.MEAN, base=found.mean.base),
            Cell(None, Format.MEAN, low=found.mean.low, high=found.mean.high),
            Cell(None, Format.PERCENT) if net else Cell(found.share.value, Format.PERCENT, base=found.share.base),
            Cell(None, Format.PERCENT)
            if net
            else Cell(None, Format.PERCENT, low=found.share.low, high=found.share.high),
            Cell(rule_text(found.rule if net else share_measure(found.rule.question, result.rules))),
        )
        level_of_row = result.rules.level(found.score.base)
        rows.append(TableRow(found.rule.question.id, tuple(cells[index] for index in kept), level_of_row))
    differ = len({found.score.base.n for found in result.scored}) > 1
    legend = say("Bases differ: not everyone answered every question.") if differ else None
    return Table("measures", say("All measures"), tuple(columns[index] for index in kept), tuple(rows), legend)


def _net_cells(found: ScoredAnswers, kind: MeasureKind) -> tuple[Cell, Cell]:
    """A score in points and its range; two empty cells for a question that is measured in another way."""
    if found.rule.kind is not kind:
        return Cell(None, Format.SCORE), Cell(None, Format.SCORE)
    return score_cell(found.rule, found.score), Cell(None, Format.SCORE, low=found.score.low, high=found.score.high)


def _net_title(result: ScoresResult, kind: MeasureKind) -> Text:
    """What all scores of a kind are called together: an eNPS and an NPS share a column under the wider name."""
    names = {measure_name(found.rule) for found in result.scored if found.rule.kind is kind}
    return next(iter(names)) if len(names) == 1 else say("NPS")


def _nps_table(found: ScoredAnswers) -> Table:
    scale = found.rule.scale
    detractors, n = scale.size - 4, found.score.whole
    names = (say("Detractor"), say("Passive"), say("Promoter"))
    tones = (Tone.DETRACTOR, Tone.PASSIVE, Tone.PROMOTER)
    rows = []
    for index in range(scale.size):
        place = 0 if index < detractors else 1 if index < detractors + 2 else 2
        count = found.counts.amount[index].item()
        share = Cell(count / n if n else None, Format.PERCENT, derivation=Share(("", "n"), ("all", "n")) if n else None)
        point = str(scale.lowest + index)
        rows.append(
            TableRow(point, (Cell(point), Cell(count, Format.COUNT), share, Cell(names[place], tone=tones[place])))
        )
    total = Cell(n, Format.COUNT, derivation=Sum(tuple((row.key, "n") for row in rows)))
    rows.insert(0, TableRow("all", (Cell(say("All")), total, Cell(None), Cell(None)), total=True))
    columns = (
        TableColumn("score", say("Score"), ColumnType.NAME),
        TableColumn("n", say("Weighted answers") if found.counts.weighted else say("Answers")),
        TableColumn("share", say("Share")),
        TableColumn("group", say("Group"), ColumnType.TEXT),
    )
    return Table("nps_answers", say("Answers by score"), columns, tuple(rows))


def _chart(found: ScoredAnswers, rules: Rules) -> Chart:
    rule = found.rule
    title: Label = rule.question.text
    if rule.question.group:
        title = say("{group}: {topic}", group=rule.question.group, topic=rule.question.text)
    return answers_chart(rule.question.id, rule, found.counts, found.score, rules, say("{question}", question=title))


def _options(found: ChosenAnswers, rules: Rules) -> Chart:
    note = None
    if found.multiple:
        note = say("Several answers were possible, so shares add up to more than 100%.")
        if found.nothing_ticked:
            nobody = say_n("1 person ticked nothing.", "{count} people ticked nothing.", found.nothing_ticked)
            note = say("{first} {second}", first=note, second=nobody)
    return options_chart(found.question.id, found.question, found.counts, found.base, rules, note)


def _notes(result: ScoresResult) -> tuple[tuple[Text, Text], ...]:
    """The rule of each known measure, and one line for all ratings that are counted alike."""
    notes: list[tuple[Text, Text]] = []
    alike: dict[Text, list[Label]] = {}
    for found in result.scored:
        if found.rule.question.role is Role.RATING and not found.rule.is_net:
            alike.setdefault(rule_text(found.rule), []).append(found.rule.question.text)
        else:
            notes.extend(method_notes(found.rule, result.rules))
    level = confidence_text(result.rules)
    for rule, questions in alike.items():
        told = say(
            "{questions}: {rule}. {level} range by the Wilson method.",
            questions=Listed(tuple(questions)),
            rule=rule,
            level=level,
        )
        notes.append((say("Other scores"), told))
    return tuple(notes)


def _nothing() -> Section:
    text = say("Columns with scores, choices or several answers are shown here. Tell us what your columns are.")
    empty = Empty(say("No question of this file can be shown yet."), text, "check", say("Choose columns"))
    return Section(Scores.key, Scores.title, empty.title, say("not weighted"), (Row((empty,)),))
