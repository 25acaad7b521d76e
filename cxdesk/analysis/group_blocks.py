"""Groups of people side by side: the chart and the table that compare them, with the rules for small groups."""

from __future__ import annotations

from cxdesk.analysis.groups import Group, Split
from cxdesk.analysis.measure import Measure, MeasureKind, Score, measure_name
from cxdesk.analysis.targets import has_targets, target_of, verdict, verdict_name, verdict_tone
from cxdesk.analysis.wording import confidence_text, counted_as, gap_cell, hidden_legend, joined, score_cell, tone_of
from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import (
    Cell,
    ColumnType,
    Mark,
    Net,
    NetGap,
    Share,
    ShareGap,
    Table,
    TableColumn,
    TableRow,
)
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.text import Format, Label, Text, say, say_n

_ALL, _WHOLE = "all", "whole"
_SMALL = frozenset({BaseLevel.UNTESTED, BaseLevel.SMALL, BaseLevel.HIDDEN})


def groups_chart(key: str, split: Split, rules: Rules) -> Chart:
    """A dot with its range per group, everyone first, and a dashed line for everyone."""
    names: list[Label] = [say("All"), *(group.name for group in split.groups)]
    scores = [split.everyone, *(group.score for group in split.groups)]
    series = Series(
        measure_name(split.rule),
        tuple(score.value for score in scores),
        (Tone.ACCENT, *(tone_of(group.mark) for group in split.groups)),
        tuple(score.low for score in scores),
        tuple(score.high for score in scores),
        (False, *(group.level in _SMALL for group in split.groups)),
    )
    return Chart(
        key,
        say(
            "{measure} by {segment}, with {level} range",
            measure=measure_name(split.rule),
            segment=split.by.text,
            level=confidence_text(rules),
        ),
        ChartKind.DOTS,
        tuple(names),
        (series,),
        split.rule.format,
        _finding(split),
        split.everyone.base,
        reference=split.everyone.value,
    )


def groups_table(key: str, split: Split, rules: Rules, beside: tuple[Measure, tuple[Score, ...]] | None) -> Table:
    """One row per group: n, score, range, dot with whisker, difference from everyone else, parts, another measure.

    ``beside`` is a second measure with its scores for everyone and then each group, shown in the last column.
    """
    rule = split.rule
    columns = [
        TableColumn("name", split.by.text, ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn("score", measure_name(rule)),
        TableColumn("range", say("{level} range", level=confidence_text(rules)), ColumnType.RANGE),
        TableColumn(
            "dots",
            say("{measure} with {level} range", measure=measure_name(rule), level=confidence_text(rules)),
            ColumnType.DOTS,
            reference=split.everyone.value,
        ),
        TableColumn("gap", say("vs others"), ColumnType.GAP),
        *_target_columns(split, rules),
        TableColumn("split", _split_title(rule), ColumnType.SPLIT, parts=_parts(rule)),
    ]
    if beside is not None:
        columns.append(TableColumn("beside", measure_name(beside[0])))
    columns += [
        TableColumn("bad", _count_title(rule, 0), ColumnType.COUNT_BEHIND),
        TableColumn("middle", _count_title(rule, 1), ColumnType.COUNT_BEHIND),
        TableColumn("good", _count_title(rule, 2), ColumnType.COUNT_BEHIND),
    ]
    if _weighted(split):
        columns.append(TableColumn(_WHOLE, say("Weighted answers"), ColumnType.COUNT_BEHIND))
    others = beside[1] if beside is not None else ()
    rows = [_row(split, rules, None, beside, others[0] if others else None)]
    for index, group in enumerate(split.groups):
        rows.append(_row(split, rules, group, beside, others[index + 1] if others else None))
    title = say("{measure} by {segment}", measure=measure_name(rule), segment=split.by.text)
    counted = counted_as(rule) if beside is None else counted_as(rule, beside[0])
    legend = joined([*counted, _legend(split, rules)])
    return Table(key, title, tuple(columns), tuple(rows), legend, selectable=True)


def _target_columns(split: Split, rules: Rules) -> list[TableColumn]:
    """What was aimed at and whether it was reached; only where a group of this split has a target."""
    if not has_targets(split.rule, rules, split.by):
        return []
    return [TableColumn("target", say("Target")), TableColumn("verdict", say("Target reached?"), ColumnType.TEXT)]


def _target_cells(split: Split, rules: Rules, group: Group | None) -> list[Cell]:
    if not has_targets(split.rule, rules, split.by):
        return []
    rule, score = split.rule, split.everyone if group is None else group.score
    target = target_of(rule, rules) if group is None else target_of(rule, rules, split.by, group.code)
    if target is None:
        return [Cell(None, rule.format), Cell("")]
    reached = verdict(rule, score, target)
    return [Cell(target.value, rule.format), Cell(verdict_name(reached), tone=verdict_tone(reached))]


def _row(
    split: Split,
    rules: Rules,
    group: Group | None,
    beside: tuple[Measure, tuple[Score, ...]] | None,
    other: Score | None,
) -> TableRow:
    rule = split.rule
    score = split.everyone if group is None else group.score
    level = BaseLevel.PLAIN if group is None else group.level
    name: Label = say("All") if group is None else group.name
    cell = score_cell(rule, score)
    whole = _WHOLE if _weighted(split) else "n"
    cells = [
        Cell(name),
        Cell(score.base.n, Format.COUNT, base=score.base),
        Cell(cell.value, cell.format, base=cell.base, shown=cell.shown, derivation=_score_derivation(rule, whole)),
        Cell(None, rule.format, base=score.base, low=score.low, high=score.high),
        Cell(score.value, rule.format, base=score.base, low=score.low, high=score.high),
        _gap_cell(rule, None if score.base.n == split.everyone.base.n else group, whole),
        *_target_cells(split, rules, group),
        Cell(None, Format.PERCENT, parts=_shares(score, whole)),
    ]
    if beside is not None and other is not None:
        cells.append(score_cell(beside[0], other))
    cells += [Cell(count, Format.COUNT) for count in (score.bad, score.middle, score.good)]
    if _weighted(split):
        cells.append(Cell(score.whole, Format.COUNT))
    return TableRow(_ALL if group is None else f"group{group.code}", tuple(cells), level, total=group is None)


def _weighted(split: Split) -> bool:
    return split.everyone.base.weighted is not None


def _gap_cell(rule: Measure, group: Group | None, whole: str) -> Cell:
    """None for everyone, and for a group beside which there is nobody else: nothing to compare with."""
    if group is None:
        return Cell(None, rule.gap_format)
    derivation: NetGap | ShareGap | None = None
    if rule.is_net:
        derivation = NetGap(("", "good"), ("", "bad"), ("", whole), (_ALL, "good"), (_ALL, "bad"), (_ALL, whole))
    elif rule.kind is MeasureKind.TOP:
        derivation = ShareGap(("", "good"), ("", whole), (_ALL, "good"), (_ALL, whole))
    return gap_cell(group.gap, group.mark, rule.gap_format, derivation, group.score.base)


def _score_derivation(rule: Measure, whole: str) -> Net | Share | None:
    if rule.is_net:
        return Net(("", "good"), ("", "bad"), ("", whole))
    if rule.kind is MeasureKind.TOP:
        return Share(("", "good"), ("", whole))
    return None


def _shares(score: Score, whole: str) -> tuple[Cell, ...]:
    n = score.whole
    counts = (("bad", score.bad), ("middle", score.middle), ("good", score.good))
    return tuple(
        Cell(count / n if n else None, Format.PERCENT, derivation=Share(("", key), ("", whole)) if n else None)
        for key, count in counts
    )


def _parts(rule: Measure) -> tuple[tuple[Label, Tone], ...]:
    tones = (Tone.DETRACTOR, Tone.PASSIVE, Tone.PROMOTER)
    return tuple((_part_name(rule, index), tone) for index, tone in enumerate(tones))


def _part_name(rule: Measure, index: int) -> Text:
    if rule.kind is MeasureKind.NPS:
        return (say("Detractors"), say("Passives"), say("Promoters"))[index]
    ends = {"bad": rule.points(good=False), "good": rule.points(good=True)}
    return (say("Low ({bad})", bad=ends["bad"]), say("In between"), say("High ({good})", good=ends["good"]))[index]


def _count_title(rule: Measure, index: int) -> Text:
    return say("{part}, n", part=_part_name(rule, index))


def _split_title(rule: Measure) -> Text:
    if rule.kind is MeasureKind.NPS:
        return say("Detractors · Passives · Promoters")
    return say(
        "{low} · {middle} · {high}", low=_part_name(rule, 0), middle=_part_name(rule, 1), high=_part_name(rule, 2)
    )


def _finding(split: Split) -> Text:
    clear = sum(group.mark in {Mark.ABOVE, Mark.BELOW} for group in split.groups)
    if not clear:
        return say("No clear difference between the groups of “{segment}”.", segment=split.by.text)
    return say("{clear} of {groups} groups differ clearly from everyone else.", clear=clear, groups=len(split.groups))


def _legend(split: Split, rules: Rules) -> Text:
    parts = [
        say("▲ ▼ clearly above or below everyone else"),
        say("no mark: the difference could be chance"),
        say("* base under {plain}, read with care", plain=rules.plain_from),
        say("** base under {tested}, not compared", tested=rules.test_from),
        say("dashed line: all respondents"),
    ]
    if split.comparisons > 1:
        parts.append(say("marks allow for {comparisons} comparisons", comparisons=split.comparisons))
    parts += hidden_legend(split.hidden - split.withheld, split.withheld, rules)
    if split.unplaced:
        parts.append(
            say_n(
                "1 respondent without an answer to “{segment}” counts in All",
                "{count} respondents without an answer to “{segment}” count in All",
                split.unplaced,
                segment=split.by.text,
            )
        )
    return joined(parts)
