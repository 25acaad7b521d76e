"""One report per department, store or person: who gets one, and the contents workbook over all of them.

A group with fewer people than `Rules.hide_below` gets no report, and is named with the reason. The contents workbook
has everybody's score and each group's difference from everyone else, so a single small group could be worked out from
all others; then the smallest of these gets no report either (`report.hiding`). Each report by itself is planned like
any other one. A report about everybody that somebody saves beside them is no part of this plan, which the export page
and the contents workbook say: to protect every small part of every group against the whole would hide most of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from cxdesk.analysis.cards import method_notes
from cxdesk.analysis.groups import Group, Split, segment_questions, split
from cxdesk.analysis.measure import Measure, Score, headline_measure, measure_name, scores
from cxdesk.analysis.scored import known_by
from cxdesk.analysis.targets import target_of, verdict, verdict_name, verdict_tone
from cxdesk.analysis.wording import (
    confidence_text,
    distance_text,
    joined,
    rounds_to_nothing,
    score_cell,
    tone_of,
    weight_text,
)
from cxdesk.blocks.note import Note, NoteLevel
from cxdesk.blocks.section import Row, Section
from cxdesk.blocks.table import Cell, ColumnType, Mark, Table, TableColumn, TableRow
from cxdesk.report.hiding import has_small_parts, hidden_parts
from cxdesk.report.report import Report, ReportOptions, Sheet, SheetKind
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.parting import by_answers
from cxdesk.survey.question import Question
from cxdesk.survey.selection import OneOf, Selection, answer_name
from cxdesk.survey.target import Target
from cxdesk.text import Day, Format, Label, Number, Param, Text, say, say_n


class Fate(StrEnum):
    """Whether a group gets a report."""

    REPORT = "report"
    SMALL = "small"
    """Too few answers."""
    WITHHELD = "withheld"
    """Large enough, but a smaller one could be worked out from it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One group: its answer code and name, how many answered, and for a group with a report its score and difference.

    ``beside`` are the scores of the other measures of `Series`.
    """

    code: int
    name: Label
    n: int
    fate: Fate
    group: Group | None = None
    target: Target | None = None
    beside: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """All groups of a split with answers, in file order, and what they are measured by."""

    sample: Sample
    rules: Rules
    split: Split
    parts: tuple[Part, ...]
    beside: tuple[Measure, ...] = ()

    @property
    def by(self) -> Question:
        """What tells the groups apart."""
        return self.split.by

    @property
    def reported(self) -> tuple[Part, ...]:
        """The groups that get a report."""
        return tuple(part for part in self.parts if part.fate is Fate.REPORT)


def splitting_questions(dataset: Dataset) -> tuple[Question, ...]:
    """What reports can be parted by; nothing in a survey without a score."""
    return segment_questions(dataset) if known_by(dataset) else ()


def series_of(sample: Sample, by: Question, rules: Rules) -> Series:
    """The groups of ``by`` among the respondents of a sample. Raises `ValueError` for a survey without a score."""
    measures = [headline_measure(question, rules) for question in known_by(sample.dataset)]
    if not measures:
        raise ValueError("nothing is scored")
    rule, *others = measures
    asked = rule.question.id
    groups = by_answers(by, sample, (asked,))
    small = has_small_parts(groups, asked, rules)
    planned = replace(rules, hidden=hidden_parts(asked, [groups], rules) if small else frozenset())
    result = split(sample, by, rule, planned)
    shown = {group.code: group for group in result.groups if group.level is not BaseLevel.HIDDEN}
    tables = [scores(other, sample.table(other.question.id, by.id)[: by.size], rules) for other in others]
    parts = []
    for code, n in enumerate(sample.table(asked, by.id).people[: by.size, : rule.scale.size].sum(axis=1).tolist()):
        fate = Fate.REPORT if code in shown else Fate.WITHHELD if planned.hides(asked, by.id, code) else Fate.SMALL
        if n or any(table[code].base.n for table in tables):
            target = target_of(rule, rules, by, code)
            beside = tuple(table[code] for table in tables)
            parts.append(Part(code, answer_name(by, code), n, fate, shown.get(code), target, beside))
    return Series(sample, rules, result, tuple(parts), tuple(others))


def narrowed(selection: Selection, by: Question, part: Part) -> Selection:
    """The respondents of a selection that belong to a group."""
    return selection.replacing(OneOf(by.id, (part.code,)))


def standing(series: Series, part: Part) -> Note | None:
    """Where a group stands, as its report says it on top: against everyone else, and against its target."""
    group, rule = part.group, series.split.rule
    if group is None or group.score.value is None:
        return None
    facts: dict[str, Param] = {
        "measure": measure_name(rule),
        "score": Number(group.score.value, rule.format),
        "n": group.score.base.n,
    }
    told = say("{measure} {score} (n = {n}).", **facts)
    if group.gap is not None:
        told = say("{first} {second}", first=told, second=_against_others(rule, group, group.gap.value))
    if part.target is not None:
        told = say("{first} {second}", first=told, second=_against_target(rule, group.score, part.target))
    return Note(
        NoteLevel.INFO, say("{group} and everyone else ({segment}).", group=part.name, segment=series.by.text), told
    )


def _against_others(rule: Measure, group: Group, gap: float) -> Text:
    distance = distance_text(rule, gap)
    match group.mark:
        case Mark.ABOVE:
            return say("Clearly above everyone else, by {distance}.", distance=distance)
        case Mark.BELOW:
            return say("Clearly below everyone else, by {distance}.", distance=distance)
        case Mark.UNTESTED:
            return say("Too few answers to compare with everyone else.")
        case _ if rounds_to_nothing(rule, gap):
            return say("Practically the same as everyone else.")
        case _ if gap > 0:
            return say("{distance} above everyone else, which could be chance.", distance=distance)
        case _:
            return say("{distance} below everyone else, which could be chance.", distance=distance)


def _against_target(rule: Measure, score: Score, target: Target) -> Text:
    away = (score.value or 0.0) - target.value
    facts: dict[str, Param] = {
        "target": Number(target.value, rule.format),
        "distance": distance_text(rule, away),
        "verdict": verdict_name(verdict(rule, score, target)),
    }
    if away >= 0:
        return say("{distance} above the target of {target}: {verdict}.", **facts)
    return say("{distance} below the target of {target}: {verdict}.", **facts)


def contents_report(
    series: Series,
    files: Mapping[int, str],
    failed: Mapping[int, Text],
    options: ReportOptions,
    title: str,
    language: str,
    made: datetime.datetime,
) -> Report:
    """The workbook over all: each group with its figures and its file, and those without a report with the reason.

    ``files`` are the names of files in the same folder by code, ``failed`` the reasons of those that were not saved.
    """
    section = Section(
        "contents",
        say("Contents"),
        _headline(series, files),
        _base_line(series),
        tuple(Row((table,)) for table in (_reports(series, files), _missing(series, failed)) if table.rows),
    )
    notes = _notes(series)
    sheets = (
        Sheet("contents", say("Contents"), SheetKind.RESULT, section),
        Sheet("notes", say("Notes"), SheetKind.NOTES, notes),
    )
    band = say("Prepared {day}", day=Day(made.date()))
    return Report(title, band, options.author, language, options.paper, made, sheets)


def _headline(series: Series, files: Mapping[int, str]) -> Text:
    told = say_n("1 report by “{segment}”.", "{count} reports by “{segment}”.", len(files), segment=series.by.text)
    missing = len(series.parts) - len(files)
    if not missing:
        return told
    without = say_n("1 group has none.", "{count} groups have none.", missing)
    return say("{first} {second}", first=told, second=without)


def _base_line(series: Series) -> Text:
    sample, rule = series.sample, series.split.rule
    parts = [
        say("“{question}”", question=rule.question.text),
        say_n("1 answer", "{count} answers", series.split.everyone.base.n),
    ]
    if sample.selection.conditions:
        parts.append(sample.selection.describe(sample.dataset.question))
    parts.append(say("each group is compared with everyone else"))
    parts.append(weight_text(sample, series.split.everyone.base))
    return joined(parts)


def _reports(series: Series, files: Mapping[int, str]) -> Table:
    rule = series.split.rule
    aimed = any(part.target is not None for part in series.parts)
    columns = [
        TableColumn("name", series.by.text, ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn("score", measure_name(rule)),
        TableColumn("range", say("{level} range", level=confidence_text(series.rules)), ColumnType.RANGE),
        TableColumn("gap", say("vs others"), ColumnType.GAP),
    ]
    if aimed:
        columns += [
            TableColumn("target", say("Target")),
            TableColumn("away", say("vs target")),
            TableColumn("verdict", say("Target reached?"), ColumnType.TEXT),
        ]
    columns += [TableColumn(f"beside{at}", measure_name(other)) for at, other in enumerate(series.beside)]
    columns.append(TableColumn("file", say("File"), ColumnType.TEXT))
    everyone = series.split.everyone
    total = [Cell(say("All")), *_score_cells(rule, everyone), Cell(None, rule.gap_format)]
    total += [Cell(None, rule.format), Cell(None, rule.gap_format), Cell("")] if aimed else []
    # Everybody's other scores are left out: with them, a group that is too small for one could be worked out.
    total += [*(Cell(None, other.format) for other in series.beside), Cell("")]
    rows = [TableRow("all", tuple(total), total=True)]
    for part in series.reported:
        if part.group is not None and part.code in files:
            rows.append(_report_row(series, part, part.group, files[part.code], aimed=aimed))
    title = say("{measure} by {segment}", measure=measure_name(rule), segment=series.by.text)
    legend = joined(
        [
            say("▲ ▼ clearly above or below everyone else"),
            say("* base under {plain}, read with care", plain=series.rules.plain_from),
            say("** base under {tested}, not compared", tested=series.rules.test_from),
            say("a name opens its report, as long as it lies in the same folder"),
        ]
    )
    return Table("reports", title, tuple(columns), tuple(rows) if len(rows) > 1 else (), legend)


def _score_cells(rule: Measure, score: Score) -> tuple[Cell, ...]:
    return (
        Cell(score.base.n, Format.COUNT, base=score.base),
        score_cell(rule, score),
        Cell(None, rule.format, base=score.base, low=score.low, high=score.high),
    )


def _report_row(series: Series, part: Part, group: Group, file: str, *, aimed: bool) -> TableRow:
    rule, score = series.split.rule, group.score
    gap = Cell(None, rule.gap_format, mark=Mark.UNTESTED, shown=say("too few"))
    if group.gap is not None and group.mark is not Mark.UNTESTED:
        gap = Cell(group.gap.value, rule.gap_format, mark=group.mark, tone=tone_of(group.mark))
    cells = [Cell(part.name, file=file), *_score_cells(rule, score), gap]
    if aimed and part.target is not None:
        reached = verdict(rule, score, part.target)
        away = None if score.value is None else score.value - part.target.value
        cells += [
            Cell(part.target.value, rule.format),
            Cell(away, rule.gap_format),
            Cell(verdict_name(reached), tone=verdict_tone(reached)),
        ]
    elif aimed:
        cells += [Cell(None, rule.format), Cell(None, rule.gap_format), Cell("")]
    cells += [score_cell(other, found) for other, found in zip(series.beside, part.beside, strict=True)]
    cells.append(Cell(file, file=file))
    return TableRow(f"group{part.code}", tuple(cells), group.level)


def _missing(series: Series, failed: Mapping[int, Text]) -> Table:
    columns = (
        TableColumn("name", series.by.text, ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn("why", say("Why there is no report"), ColumnType.TEXT),
    )
    rows = []
    for part in series.parts:
        why = failed.get(part.code) if part.fate is Fate.REPORT else reason(part.fate, series.rules)
        if why is not None:
            rows.append(TableRow(f"missing{part.code}", (Cell(part.name), Cell(part.n, Format.COUNT), Cell(why))))
    return Table("missing", say("Groups without a report"), columns, tuple(rows))


def reason(fate: Fate, rules: Rules) -> Text:
    """Why a group gets no report."""
    if fate is Fate.WITHHELD:
        return say("A group under {least} answers could be worked out from it.", least=rules.hide_below)
    return say("Fewer than {least} answers.", least=rules.hide_below)


def _notes(series: Series) -> Section:
    rules = series.rules
    items = [
        *method_notes(series.split.rule, rules),
        (
            say("Small groups"),
            say(
                "Groups under {least} answers get no report and no score. If one of them could be worked out from the "
                "total and all others, the smallest of these gets none either. A report about everybody together is no "
                "part of this: from it and all of these, small groups could be worked out. Give it only to people who "
                "may see every answer.",
                least=rules.hide_below,
            ),
        ),
        (
            say("Comparisons"),
            say(
                "Each group against everyone else; {level} level; Holm adjustment over all groups. Bases under "
                "{tested} are not compared.",
                level=confidence_text(rules),
                tested=rules.test_from,
            ),
        ),
    ]
    columns = (
        TableColumn("item", say("Item"), ColumnType.NAME),
        TableColumn("detail", say("Detail"), ColumnType.TEXT),
    )
    rows = tuple(TableRow(f"note{at}", (Cell(item), Cell(detail))) for at, (item, detail) in enumerate(items))
    title = say("Notes on method")
    table = Table("notes", title, columns, rows)
    return Section("notes", title, title, say("For readers who want to check the numbers"), (Row((table,)),))
