"""How a journey is shown and said: stages in their order, the low point where it is clear, links and channels."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.analysis.cards import method_notes
from cxdesk.analysis.group_blocks import groups_table
from cxdesk.analysis.journey_stages import SourceKind, sources
from cxdesk.analysis.journey_values import ChannelGrid, JourneyResult, StageLink, StageScore
from cxdesk.analysis.measure import Measure, MeasureKind, choice_name, measure_name
from cxdesk.analysis.wording import (
    confidence_text,
    counted_as,
    difference_cell,
    headline,
    hidden_legend,
    joined,
    score_cell,
    weight_text,
)
from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.note import Empty, Note, NoteLevel
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.section import Row, Section
from cxdesk.blocks.table import Cell, ColumnType, Mark, Net, Share, Table, TableColumn, TableRow
from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format, Number, Param, Text, say, say_n

_SMALL = frozenset({BaseLevel.UNTESTED, BaseLevel.SMALL, BaseLevel.HIDDEN})


def journey_section(key: str, title: Text, result: JourneyResult) -> Section:
    """The page of a survey with stages."""
    rows = [Row((_chart(result), _table(result)), (2, 3))]
    if result.links:
        cause = Note(
            NoteLevel.INFO,
            say("A link is not proof of cause."),
            say("People who are happy for other reasons may also rate a stage higher."),
        )
        rows += [Row((cause,)), Row((_links_table(result),))]
    if result.channel is not None and result.channel.groups:
        table = groups_table("channels", result.channel, result.rules, None)
        rows.append(Row((replace(table, selectable=False),)))
    if result.grid is not None:
        rows.append(Row((_grid_table(result, result.grid),)))
    rules = [each.rule for each in result.stages[:1]]
    if result.outcome is not None and result.links:
        rules.append(result.outcome)
    notes = [note for rule in rules for note in method_notes(rule, result.rules)]
    return Section(
        key,
        title,
        headline(result.sample, _headline(result)),
        _base_line(result),
        tuple(rows),
        (*dict.fromkeys(notes), _method(result)),
    )


def no_journey(key: str, title: Text, result: JourneyResult) -> Section:
    """What this page needs."""
    if result.source is not None and result.outcome is not None:
        empty = Empty(
            say("Too few answers for a journey."),
            say("No stage has {least} answers or more.", least=result.rules.hide_below),
        )
    elif result.source is not None:
        text = say("Tell us which column holds the score, then its stages can be compared.")
        empty = Empty(say("There is no score to compare."), text, "check", say("Choose the score column"))
    elif result.offered:
        empty = Empty(
            say("No stages were recognised."),
            say(
                "A journey needs one rating per stage (ordering, delivery, support …) or a column that names the "
                "stage. If this survey has them, choose them above under “Stages”."
            ),
        )
    elif sources(result.sample.dataset):
        text = say("A journey compares stages, and the filter keeps one. Take it away to see the others beside it.")
        empty = Empty(say("The filter leaves one stage."), text)
    else:
        empty = Empty(
            say("This survey has no stages."),
            say(
                "A journey needs one rating per stage (ordering, delivery, support …) or a column that names the "
                "stage. If there are any, choose their use under Columns."
            ),
            "check",
            say("Choose columns"),
        )
    return Section(key, title, empty.title, weight_text(result.sample), (Row((empty,)),))


def _rule(result: JourneyResult) -> Measure:
    return result.stages[0].rule


def _chart(result: JourneyResult) -> Chart:
    rule, low = _rule(result), result.low_point
    reference = None if result.channel is None or result.source is None else result.channel.everyone.value
    of_column = result.source is not None and result.source.kind is SourceKind.COLUMN
    series = Series(
        measure_name(rule),
        tuple(each.score.value for each in result.stages),
        tuple(Tone.DETRACTOR if each is low else Tone.ACCENT for each in result.stages),
        tuple(each.score.low for each in result.stages),
        tuple(each.score.high for each in result.stages),
        tuple(each.level in _SMALL for each in result.stages),
    )
    return Chart(
        "stages_chart",
        say(
            "{measure} by stage, with {level} range",
            measure=measure_name(rule),
            level=confidence_text(result.rules),
        ),
        ChartKind.DOTS,
        tuple(each.stage.name for each in result.stages),
        (series,),
        rule.format,
        _headline(result),
        subtitle=say("from top to bottom in the order of the journey"),
        note=_answers(result),
        reference=reference if of_column else None,
    )


def _table(result: JourneyResult) -> Table:
    rule, low = _rule(result), result.low_point
    of_column = result.source is not None and result.source.kind is SourceKind.COLUMN
    weighted = result.sample.weighted
    columns = [
        TableColumn("name", say("Stage"), ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn("score", measure_name(rule)),
        TableColumn("range", say("{level} range", level=confidence_text(result.rules)), ColumnType.RANGE),
    ]
    if of_column:
        columns.append(TableColumn("gap", say("vs others"), ColumnType.GAP))
    columns.append(TableColumn("reading", say("In words"), ColumnType.TEXT))
    columns += [
        TableColumn("bad", say("Low scores, n"), ColumnType.COUNT_BEHIND),
        TableColumn("good", say("Good scores, n"), ColumnType.COUNT_BEHIND),
    ]
    rows = []
    for each in result.stages:
        cell = score_cell(each.rule, each.score)
        derived = None if weighted or cell.value is None else _derivation(each.rule)
        cells = [
            Cell(each.stage.name),
            Cell(each.score.base.n, Format.COUNT, base=each.score.base),
            replace(cell, derivation=derived, low=None, high=None),
            Cell(None, each.rule.format, base=each.score.base, low=each.score.low, high=each.score.high),
        ]
        if of_column:
            cells.append(difference_cell(None if each.gap is None else each.gap.value, each.mark, each.rule.gap_format))
        cells.append(Cell(_reading(each, low)))
        hidden = each.score.value is None
        cells += [Cell(None if hidden else count, Format.COUNT) for count in (each.score.bad, each.score.good)]
        rows.append(TableRow(each.stage.key, tuple(cells), each.level))
    return Table("stages", say("Stages in their order"), tuple(columns), tuple(rows), _legend(result))


def _derivation(rule: Measure) -> Net | Share | None:
    if rule.is_net:
        return Net(("", "good"), ("", "bad"), ("", "n"))
    return Share(("", "good"), ("", "n")) if rule.kind is MeasureKind.TOP else None


def _reading(each: StageScore, low: StageScore | None) -> Text | str:
    if each is low:
        return say("Low point: its range is clear of the next stage")
    return say("too few to compare") if each.level in {BaseLevel.UNTESTED, BaseLevel.HIDDEN} else ""


def _legend(result: JourneyResult) -> Text:
    parts = [
        *counted_as(*(each.rule for each in result.stages)),
        say("a low point is named only where its range does not reach the next one"),
        say("* base under {plain}, read with care", plain=result.rules.plain_from),
        say("** base under {tested}, not compared", tested=result.rules.test_from),
    ]
    if result.comparisons > 1:
        parts.append(say("marks allow for {comparisons} comparisons", comparisons=result.comparisons))
    return joined([*parts, *hidden_legend(result.hidden, result.withheld, result.rules)])


def _links_table(result: JourneyResult) -> Table:
    rule = result.outcome
    if rule is None:
        raise ValueError("links need an outcome")
    name = measure_name(rule)
    columns = (
        TableColumn("name", say("Stage"), ColumnType.NAME),
        TableColumn("n", say("Satisfied, n")),
        TableColumn("satisfied", say("{measure} if satisfied", measure=name)),
        TableColumn("others_n", say("Not satisfied, n")),
        TableColumn("others", say("{measure} if not", measure=name)),
        TableColumn("gap", say("Difference"), ColumnType.GAP),
        TableColumn("range", say("{level} range", level=confidence_text(result.rules)), ColumnType.RANGE),
    )
    rows = tuple(_link_row(rule, link, result) for link in result.links)
    parts = [
        say("satisfied: as counted for the stage; not satisfied: everyone else who rated it"),
        say("▲ ▼ clearly above or below"),
        say("no mark: the difference could be chance"),
    ]
    tested = sum(link.gap is not None and link.gap.p is not None for link in result.links)
    if tested > 1:
        parts.append(say("marks allow for {comparisons} comparisons", comparisons=tested))
    title = say("{measure} of people who are satisfied with a stage, and of the others", measure=name)
    return Table("links", title, columns, rows, joined(parts))


def _link_row(rule: Measure, link: StageLink, result: JourneyResult) -> TableRow:
    gap = link.gap
    cells = (
        Cell(link.stage.name),
        Cell(link.satisfied.base.n, Format.COUNT, base=link.satisfied.base),
        score_cell(rule, link.satisfied),
        Cell(link.others.base.n, Format.COUNT, base=link.others.base),
        score_cell(rule, link.others),
        difference_cell(None if gap is None else gap.value, link.mark, rule.gap_format),
        Cell(None, rule.gap_format, low=None if gap is None else gap.low, high=None if gap is None else gap.high),
    )
    smaller = min((link.satisfied.base, link.others.base), key=lambda base: base.size)
    return TableRow(link.stage.key, cells, result.rules.level(smaller))


def _grid_table(result: JourneyResult, grid: ChannelGrid) -> Table:
    columns = [TableColumn("name", say("Stage"), ColumnType.NAME), TableColumn("all", say("All"))]
    columns += [TableColumn(f"channel{code}", name) for code, name in zip(grid.codes, grid.names, strict=True)]
    rows = []
    for each, line in zip(result.stages, grid.cells, strict=True):
        cells = [Cell(each.stage.name), score_cell(each.rule, each.score)]
        for found in line:
            cell = score_cell(each.rule, found.score)
            if found.score.value is not None:
                sign = {Mark.ABOVE: "▲", Mark.BELOW: "▼"}.get(found.mark, "")
                small = "**" if found.level is BaseLevel.UNTESTED else ""
                cell = replace(cell, mark=found.mark, letters=sign or small, low=None, high=None)
            cells.append(cell)
        rows.append(TableRow(each.stage.key, tuple(cells)))
    parts = [
        *counted_as(*(each.rule for each in result.stages)),
        say("▲ ▼ clearly above or below the other channels at the same stage"),
        say("** base under {tested}, not compared", tested=result.rules.test_from),
        say("too few: under {least} answers", least=result.rules.hide_below),
    ]
    if grid.comparisons > 1:
        parts.append(say("marks allow for {comparisons} comparisons", comparisons=grid.comparisons))
    if grid.unseen:
        parts.append(say_n("1 small column is not shown", "{count} small columns are not shown", grid.unseen))
    title = say("{measure} by stage and {channel}", measure=measure_name(_rule(result)), channel=grid.by.text)
    return Table("channel_stages", title, tuple(columns), tuple(rows), joined(parts))


def _headline(result: JourneyResult) -> Text:
    low, rule = result.low_point, _rule(result)
    if low is None:
        known = [each for each in result.stages if each.score.value is not None]
        if len(known) < 2:
            return say("Too few answers to compare the stages.")
        return say("No stage is clearly the low point of the journey.")
    facts: dict[str, Param] = {
        "stage": low.stage.name,
        "measure": choice_name(rule.question) if rule.is_net else measure_name(rule),
        "value": Number(low.score.value, rule.format),
        "n": low.score.base.n,
        "low": Number(low.score.low, rule.format),
        "high": Number(low.score.high, rule.format),
    }
    if low.level is BaseLevel.PLAIN:
        return say("“{stage}” is the low point of the journey: {measure} {value} (n = {n}).", **facts)
    return say(
        "“{stage}” is the low point of the journey: {measure} about {value} (n = {n}; from {low} to {high}).", **facts
    )


def _base_line(result: JourneyResult) -> Text:
    parts = [] if result.source is None else [say("Stages: {source}", source=result.source.name)]
    parts.append(say_n("1 stage", "{count} stages", len(result.stages)))
    parts.append(_answers(result))
    if result.sample.selection.conditions:
        parts.append(result.sample.selection.describe(result.sample.dataset.question))
    parts.append(weight_text(result.sample))
    return joined(parts)


def _answers(result: JourneyResult) -> Text:
    """How many answers each stage has; never their sum, because the same people answered about several."""
    bases = [each.score.base.n for each in result.stages]
    if min(bases) == max(bases):
        return say_n("1 answer each", "{count} answers each", bases[0])
    return say("{low} to {high} answers each", low=Number(min(bases)), high=Number(max(bases)))


def _method(result: JourneyResult) -> tuple[Text, Text]:
    return (
        say("Journey"),
        say(
            "A low point is named where the {level} range of the lowest stage ends below that of the next. Channels, "
            "and people satisfied with a stage, are compared as groups are; Holm adjustment within each table.",
            level=confidence_text(result.rules),
        ),
    )
