"""The tables of a comparison: what changed, by which group, and how the change comes about; and its chart."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.analysis.compare_values import CompareResult, GroupShift, Reasons, Shift
from cxdesk.analysis.measure import Measure, MeasureKind, Score, measure_name
from cxdesk.analysis.wording import (
    confidence_text,
    counted_as,
    gap_cell,
    hidden_legend,
    is_clear,
    joined,
    score_cell,
    tone_of,
)
from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Cell, ColumnType, Mark, Minus, Share, Sum, Table, TableColumn, TableRow
from cxdesk.survey.base import BaseLevel
from cxdesk.survey.role import Role
from cxdesk.text import Format, Label, Number, Param, Text, say, say_n

_WORDS = {
    Mark.ABOVE: say("Clearly higher"),
    Mark.BELOW: say("Clearly lower"),
    Mark.POSSIBLY_ABOVE: say("Possibly higher"),
    Mark.POSSIBLY_BELOW: say("Possibly lower"),
    Mark.CHANCE: say("No clear change"),
    Mark.UNTESTED: say("Too few to compare"),
}
_CHANGE = Minus(("", "now"), ("", "before"))


def changes_table(result: CompareResult) -> Table:
    """One row per measure. Points and percentage points share an axis; means have their range in words."""
    level = confidence_text(result.rules)
    columns = (
        TableColumn("measure", say("Measure"), ColumnType.NAME),
        TableColumn("before_n", say("n"), group=result.before),
        TableColumn("before", say("Value"), group=result.before),
        TableColumn("now_n", say("n"), group=result.now),
        TableColumn("now", say("Value"), group=result.now),
        TableColumn("change", say("Change"), ColumnType.GAP),
        TableColumn("dots", say("Change with {level} range", level=level), ColumnType.DOTS, reference=0.0),
        TableColumn("range", say("{level} range", level=level), ColumnType.RANGE),
        TableColumn("words", say("In words"), ColumnType.TEXT),
    )
    rows = []
    for number, shift in enumerate(result.shifts):
        gap = shift.gap
        points = shift.rule.kind is not MeasureKind.MEAN
        factor = 100.0 if shift.gap_format is Format.PERCENT_GAP else 1.0
        tested = gap is not None and gap.low is not None and gap.high is not None
        dots = Cell(None, Format.SCORE)
        if points and gap is not None and gap.low is not None and gap.high is not None:
            dots = Cell(factor * gap.value, Format.SCORE, low=factor * gap.low, high=factor * gap.high)
        cells = (
            Cell(shift_name(shift, result.shifts)),
            Cell(shift.before.base.n, Format.COUNT, base=shift.before.base),
            _side_cell(shift, shift.before),
            Cell(shift.now.base.n, Format.COUNT, base=shift.now.base),
            _side_cell(shift, shift.now),
            gap_cell(shift.gap, shift.mark, shift.gap_format, _CHANGE),
            dots,
            Cell(
                None,
                shift.gap_format,
                low=gap.low if gap is not None and tested else None,
                high=gap.high if gap is not None and tested else None,
            ),
            Cell(_words(shift.mark, shift.rule)),
        )
        level_of_row = min(
            (result.rules.level(shift.before.base), result.rules.level(shift.now.base)),
            key=list(BaseLevel).index,
        )
        rows.append(TableRow(f"shift{number}", cells, level_of_row, indent=1 if shift.part else 0))
    legend = [
        *counted_as(*(shift.rule for shift in result.shifts)),
        say("▲ ▼ clearly higher or lower"),
        say("no mark: could be chance"),
    ]
    if result.comparisons > 1:
        legend.append(say("marks allow for {comparisons} comparisons", comparisons=result.comparisons))
    title = say("{now} compared with {before}", now=result.now, before=result.before)
    return Table("changes", title, columns, tuple(rows), joined(legend))


def _side_cell(shift: Shift, score: Score) -> Cell:
    value = _value(shift, score)
    if value is None:
        return Cell(None, shift.format, base=score.base, shown=say("too few"))
    return Cell(value, shift.format, base=score.base)


def _words(mark: Mark, rule: Measure) -> Text:
    if mark is Mark.SLIGHT:
        if rule.is_net:
            return say("Differs, but by less than 3 points")
        return say("Differs, but by very little")
    return _WORDS[mark]


def groups_chart(result: CompareResult) -> Chart:
    """Each group before (ring) and now (dot), coloured where the change is clear."""
    rule, groups = result.measure, result.groups
    now = Series(
        result.now,
        tuple(group.now.value for group in groups),
        tuple(tone_of(group.mark, Tone.ACCENT) for group in groups) if len(groups) > 1 else (Tone.ACCENT,),
    )
    before = Series(
        result.before,
        tuple(group.before.value for group in groups),
        (Tone.ACCENT,),
        hollow=(True,) * len(groups),
    )
    title = say(
        "{measure} by {segment}: {before} ○ to {now} ●",
        measure=measure_name(rule),
        segment="" if result.by is None else result.by.text,
        before=result.before,
        now=result.now,
    )
    clear = sum(is_clear(group.mark) for group in groups)
    perhaps = sum(group.mark in {Mark.POSSIBLY_ABOVE, Mark.POSSIBLY_BELOW} for group in groups)
    if clear:
        finding = say_n("1 group changed clearly.", "{count} groups changed clearly.", clear)
    elif perhaps:
        finding = say_n(
            "No group changed clearly; 1 possibly did.", "No group changed clearly; {count} possibly did.", perhaps
        )
    else:
        finding = say("No group changed clearly; every change could be chance.")
    return Chart(
        "groups",
        title,
        ChartKind.DUMBBELL,
        tuple(group.name for group in groups),
        (before, now),
        rule.format,
        finding,
        subtitle=finding,
    )


def groups_table(result: CompareResult) -> Table:
    """One row per group: both scores, the change with its range, and the change in words."""
    rule = result.measure
    columns = (
        TableColumn("name", "" if result.by is None else result.by.text, ColumnType.NAME),
        TableColumn("before_n", say("n"), group=result.before),
        TableColumn("before", measure_name(rule), group=result.before),
        TableColumn("now_n", say("n"), group=result.now),
        TableColumn("now", measure_name(rule), group=result.now),
        TableColumn("change", say("Change"), ColumnType.GAP),
        TableColumn("range", say("{level} range", level=confidence_text(result.rules)), ColumnType.RANGE),
        TableColumn("words", say("In words"), ColumnType.TEXT),
    )
    rows = tuple(_group_row(result, group) for group in result.groups)
    legend = [*counted_as(rule), say("each group with itself before"), say("no mark: could be chance")]
    tested = sum(group.gap is not None and group.gap.p is not None for group in result.groups)
    if tested > 1:
        legend.append(say("marks allow for {comparisons} comparisons", comparisons=tested))
    legend += hidden_legend(result.hidden, result.withheld, result.rules)
    segment = "" if result.by is None else result.by.text
    title = say("{measure} by {segment}", measure=measure_name(rule), segment=segment)
    return Table("group_changes", title, columns, rows, joined(legend))


def _group_row(result: CompareResult, group: GroupShift) -> TableRow:
    rule = result.measure
    change = gap_cell(group.gap, group.mark, rule.gap_format, _CHANGE)
    cells = (
        Cell(group.name),
        Cell(group.before.base.n, Format.COUNT, base=group.before.base),
        score_cell(rule, group.before),
        Cell(group.now.base.n, Format.COUNT, base=group.now.base),
        score_cell(rule, group.now),
        change,
        Cell(None, rule.gap_format, low=change.low, high=change.high),
        Cell(_words(group.mark, rule)),
    )
    levels = [result.rules.level(score.base) for score in (group.before, group.now)]
    return TableRow(f"group{group.code}", cells, min(levels, key=list(BaseLevel).index))


def reasons_table(result: CompareResult, reasons: Reasons) -> Table:
    """The change taken apart: what each group adds because it scored differently, and because its share changed."""
    rule, parts, form = result.measure, reasons.parts, result.measure.gap_format
    columns = (
        TableColumn("name", "" if result.by is None else result.by.text, ColumnType.NAME),
        TableColumn("before_n", say("n"), group=result.before),
        TableColumn("before_share", say("Share"), group=result.before),
        TableColumn("now_n", say("n"), group=result.now),
        TableColumn("now_share", say("Share"), group=result.now),
        TableColumn("rate", say("Scored differently")),
        TableColumn("mix", say("Other share of answers")),
        TableColumn("both", say("Together")),
    )
    people = reasons.people
    keys = [f"part{number}" for number in range(len(reasons.names))]
    plain = not result.sample.weighted
    total = (
        Cell(say("All")),
        Cell(int(people[:, 0].sum()), Format.COUNT),
        Cell(None, Format.PERCENT),
        Cell(int(people[:, 1].sum()), Format.COUNT),
        Cell(None, Format.PERCENT),
        Cell(parts.rate_total, form, derivation=Sum(tuple((key, "rate") for key in keys))),
        Cell(parts.mix_total, form, derivation=Sum(tuple((key, "mix") for key in keys))),
        Cell(parts.change, form, derivation=Sum((("", "rate"), ("", "mix")))),
    )
    rows = [TableRow("all", total, total=True)]
    whole = [int(side) for side in people.sum(axis=0)]
    for number, (key, name) in enumerate(zip(keys, reasons.names, strict=True)):
        was, now = int(people[number, 0]), int(people[number, 1])
        rate, mix = float(parts.rate[number]), float(parts.mix[number])
        cells = (
            Cell(name),
            Cell(was, Format.COUNT),
            Cell(was / whole[0], Format.PERCENT, derivation=Share(("", "before_n"), ("all", "before_n"))),
            Cell(now, Format.COUNT),
            Cell(now / whole[1], Format.PERCENT, derivation=Share(("", "now_n"), ("all", "now_n"))),
            Cell(rate, form),
            Cell(mix, form),
            Cell(rate + mix, form, derivation=Sum((("", "rate"), ("", "mix")))),
        )
        rows.append(TableRow(key, cells))
    legend = [say("both columns add up to the change exactly")]
    if parts.low is not None and parts.high is not None:
        legend.append(
            say(
                "scored differently: likely between {low} and {high}",
                low=Number(parts.low, form),
                high=Number(parts.high, form),
            )
        )
    if not plain:
        legend.append(say("n counts people; the parts are weighted"))
    segment = "" if result.by is None else result.by.text
    title = say("Why {measure} moved, by {segment}", measure=measure_name(rule), segment=segment)
    return Table("reasons", title, columns, tuple(rows), joined(legend), subtitle=_reasons_text(result, reasons))


def _reasons_text(result: CompareResult, reasons: Reasons) -> Text:
    rule, parts = result.measure, reasons.parts
    facts: dict[str, Param] = {
        "measure": measure_name(rule),
        "change": Number(parts.change, rule.gap_format),
        "rate": Number(parts.rate_total, rule.gap_format),
        "mix": Number(parts.mix_total, rule.gap_format),
    }
    main = next(shift for shift in result.shifts if shift.rule.question.id == rule.question.id and not shift.part)
    told = say(
        "{measure} changed by {change}: {rate} from groups that scored differently, {mix} from a different mix of "
        "groups.",
        **facts,
    )
    if is_clear(main.mark):
        return told
    return say("{told} The change itself could be chance; its parts explain chance, too.", told=told)


def shift_name(shift: Shift, shifts: Sequence[Shift]) -> Label:
    """What a row of the table of changes is called; a second question of a kind goes by its own words."""
    if shift.part:
        return say("Detractors") if shift.part == "bad" else say("Promoters")
    question = shift.rule.question
    first = next(each.rule.question for each in shifts if each.rule.question.role is question.role)
    if question.role is Role.RATING or question.id != first.id:
        return question.text
    return measure_name(shift.rule)


def _value(shift: Shift, score: Score) -> float | None:
    if not shift.part:
        return score.value
    amount = score.bad if shift.part == "bad" else score.good
    return amount / score.whole if score.value is not None and score.whole else None
