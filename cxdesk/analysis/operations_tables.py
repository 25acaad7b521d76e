"""The tables and charts of operational numbers: groups with their ranges and marks, and worth against score."""

from __future__ import annotations

from cxdesk.analysis.measure import MeasureKind, measure_name
from cxdesk.analysis.operations_values import Breakdown, ColumnFacts, Fact, Meaning, OperationsResult, ValueGrid
from cxdesk.analysis.operations_words import (
    amount_text,
    currency,
    duration,
    gap_format,
    median_title,
    part_names,
    shown,
    value_format,
    value_title,
)
from cxdesk.analysis.wording import confidence_text, counted_as, difference_cell, hidden_legend, joined, score_cell
from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Cell, ColumnType, Mark, Share, Table, TableColumn, TableRow
from cxdesk.survey.amount import unit_name
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.text import Format, Label, Text, say, say_n


def groups_of(key: str, facts: ColumnFacts, part: Breakdown, rules: Rules) -> Table:
    """One row per group: n, the value with its range, the difference from everyone else, and what stands beside it."""
    level = confidence_text(rules)
    columns = [
        TableColumn("name", part.name, ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn("value", value_title(facts)),
        TableColumn("range", say("{level} range", level=level), ColumnType.RANGE),
        TableColumn(
            "dots",
            say("{value} with {level} range", value=value_title(facts), level=level),
            ColumnType.DOTS,
            reference=shown(facts, facts.everyone.value),
        ),
        TableColumn("gap", say("vs others"), ColumnType.GAP),
        *_second_columns(facts, level),
    ]
    rows = tuple(_row(facts, fact, whole=fact is part.everyone) for fact in (part.everyone, *part.groups))
    title = say("“{column}” by {segment}", column=facts.question.text, segment=part.name)
    return Table(key, title, tuple(columns), rows, _legend(part, rules))


def overview_table(result: OperationsResult) -> Table:
    """Every operational column in one row: everyone, and those who scored low, in between and high."""
    parts = () if result.rule is None else part_names(result.rule)
    keys = ("bad", "middle", "good")[: len(parts)]
    columns = [
        TableColumn("name", say("Number"), ColumnType.NAME),
        TableColumn("shown", say("Shown"), ColumnType.TEXT),
        TableColumn("n", say("n")),
        TableColumn("all", say("All")),
        *(TableColumn(key, name) for key, name in zip(keys, parts, strict=True)),
    ]
    rows = []
    for facts in result.overview:
        groups = {} if facts.by_score is None else {fact.key: fact for fact in facts.by_score.groups}
        cells = [
            Cell(facts.question.text),
            Cell(_summed_up(facts)),
            Cell(facts.everyone.base.n, Format.COUNT, base=facts.everyone.base),
            _value_cell(facts, facts.everyone),
            *(_marked_cell(facts, groups.get(key)) for key in keys),
        ]
        rows.append(TableRow(facts.question.id, tuple(cells)))
    legend = joined(
        [
            say("▲ ▼ clearly above or below everyone else"),
            say("** base under {tested}, not compared", tested=result.rules.test_from),
        ]
    )
    return Table("numbers", say("All operational numbers"), tuple(columns), tuple(rows), legend)


def grid_table(key: str, facts: ColumnFacts, grid: ValueGrid, rules: Rules) -> Table:
    """Who recommends by what people are worth: counts, and each as a share of all people."""
    parts = part_names(grid.rule)
    counts = ("bad", "middle", "good")
    columns = [
        TableColumn("name", facts.question.text, ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn("part", say("Share of the sum")),
        *(TableColumn(each, name, group=say("People")) for each, name in zip(counts, parts, strict=True)),
        *(
            TableColumn(f"{each}_share", name, group=say("Share of all"))
            for each, name in zip(counts, parts, strict=True)
        ),
        TableColumn("score", measure_name(grid.rule)),
        TableColumn("range", say("{level} range", level=confidence_text(rules)), ColumnType.RANGE),
        TableColumn("gap", say("vs others"), ColumnType.GAP),
    ]
    rule, whole = grid.rule, grid.everyone
    rows = []
    for place, group in ((None, None), *((each.place, each) for each in reversed(grid.groups))):
        score = whole if group is None else group.score
        unknown = score.value is None
        amounts = (score.bad, score.middle, score.good)
        cells = [
            Cell(say("All") if group is None else _third_name(facts, group.low, group.high)),
            Cell(score.base.n, Format.COUNT, base=score.base),
            Cell(None if group is None or unknown else group.part, Format.PERCENT),
            *(Cell(None if unknown else each, Format.COUNT) for each in (grid if group is None else group).people),
            *(
                Cell(
                    None if unknown or not whole.whole else amount / whole.whole,
                    Format.PERCENT,
                    derivation=None if unknown or whole.base.weighted is not None else Share(("", each), ("all", "n")),
                )
                for each, amount in zip(counts, amounts, strict=True)
            ),
            score_cell(rule, score),
            Cell(None, rule.format, base=score.base, low=score.low, high=score.high),
            Cell(None, rule.gap_format)
            if group is None
            else difference_cell(None if group.gap is None else group.gap.value, group.mark, rule.gap_format),
        ]
        row_level = BaseLevel.PLAIN if group is None else group.level
        rows.append(TableRow("all" if place is None else f"third{place}", tuple(cells), row_level, total=group is None))
    title = say(
        "{measure} by what people are worth: “{column}”", measure=measure_name(rule), column=facts.question.text
    )
    legend = joined(
        [
            *counted_as(rule),
            say("low, middle and high: a third of the people each, as far as equal amounts allow"),
            say("▲ ▼ clearly above or below everyone else"),
        ]
    )
    return Table(key, title, tuple(columns), tuple(rows), legend)


def grid_picture(key: str, facts: ColumnFacts, grid: ValueGrid) -> Chart:
    """The mix of detractors, passives and promoters in each third."""
    known = [group for group in reversed(grid.groups) if group.score.value is not None and group.score.whole]
    tones = (Tone.DETRACTOR, Tone.PASSIVE, Tone.PROMOTER)
    names = part_names(grid.rule)
    scores = [group.score for group in known]
    shares = [[part / each.whole for part in (each.bad, each.middle, each.good)] for each in scores]
    return Chart(
        key,
        say("Who recommends, by “{column}”", column=facts.question.text)
        if grid.rule.kind is MeasureKind.NPS
        else say("{measure} by “{column}”", measure=measure_name(grid.rule), column=facts.question.text),
        ChartKind.SPLIT,
        tuple(_third_name(facts, group.low, group.high) for group in known),
        tuple(
            Series(name, tuple(each[place] for each in shares), (tone,))
            for place, (name, tone) in enumerate(zip(names, tones, strict=True))
        ),
        Format.PERCENT,
        say("{groups} groups of people by what they are worth.", groups=len(known)),
        grid.everyone.base,
    )


def _third_name(facts: ColumnFacts, low: float | None, high: float | None) -> Text:
    if low is None:
        return say("Low: up to {high}", high=amount_text(facts, high))
    if high is None:
        return say("High: above {low}", low=amount_text(facts, low))
    return say("Middle: {low} to {high}", low=amount_text(facts, low), high=amount_text(facts, high))


def _second_columns(facts: ColumnFacts, level: Text) -> list[TableColumn]:
    if facts.meaning is Meaning.TIME:
        return [
            TableColumn("tail", say("9 in 10 within, {unit}", unit=unit_name(facts.unit))),
            TableColumn("within", say("Within {limit}", limit=duration(facts.limit))),
            TableColumn("within_range", say("{level} range", level=level), ColumnType.RANGE),
            TableColumn("within_gap", say("vs others, share within"), ColumnType.GAP),
        ]
    if facts.meaning is Meaning.OUTCOME:
        return []
    return [
        TableColumn("median", median_title(facts)),
        TableColumn("median_range", say("{level} range", level=level), ColumnType.RANGE),
    ]


def _row(facts: ColumnFacts, fact: Fact, *, whole: bool) -> TableRow:
    form = value_format(facts)
    cells = [
        Cell(fact.name),
        Cell(fact.base.n, Format.COUNT, base=fact.base),
        _value_cell(facts, fact),
        Cell(None, form, base=fact.base, low=shown(facts, fact.low), high=shown(facts, fact.high)),
        Cell(shown(facts, fact.value), form, base=fact.base, low=shown(facts, fact.low), high=shown(facts, fact.high)),
        Cell(None, gap_format(facts))
        if whole
        else difference_cell(shown(facts, None if fact.gap is None else fact.gap.value), fact.mark, gap_format(facts)),
    ]
    if facts.meaning is Meaning.TIME:
        cells += [
            Cell(shown(facts, fact.tail), form, shown=None if fact.tail is not None else say("too few")),
            Cell(fact.second, Format.PERCENT, base=fact.base),
            Cell(None, Format.PERCENT, low=fact.second_low, high=fact.second_high),
            Cell(None, Format.PERCENT_GAP)
            if whole
            else difference_cell(
                None if fact.second_gap is None else fact.second_gap.value, fact.second_mark, Format.PERCENT_GAP
            ),
        ]
    elif facts.meaning is not Meaning.OUTCOME:
        cells += [
            Cell(fact.second, form, base=fact.base),
            Cell(None, form, low=fact.second_low, high=fact.second_high),
        ]
    return TableRow(fact.key, tuple(cells), BaseLevel.PLAIN if whole else fact.level, total=whole)


def _value_cell(facts: ColumnFacts, fact: Fact) -> Cell:
    if fact.value is None:
        return Cell(None, value_format(facts), base=fact.base, shown=say("too few"))
    return Cell(shown(facts, fact.value), value_format(facts), base=fact.base)


def _marked_cell(facts: ColumnFacts, fact: Fact | None) -> Cell:
    """A value with the sign of a clear difference behind it."""
    if fact is None or fact.value is None:
        return Cell(None, value_format(facts), shown=say("too few"))
    letters = {Mark.ABOVE: "▲", Mark.BELOW: "▼"}.get(fact.mark, "**" if fact.level is BaseLevel.UNTESTED else "")
    return Cell(shown(facts, fact.value), value_format(facts), base=fact.base, mark=fact.mark, letters=letters)


def _summed_up(facts: ColumnFacts) -> Label:
    if facts.meaning is Meaning.TIME:
        return say("median, {unit}", unit=unit_name(facts.unit))
    if facts.meaning is Meaning.OUTCOME:
        return say("share “{answer}”", answer=facts.question.options[0])
    return say("mean, {sign}", sign=currency(facts)) if currency(facts) else say("mean")


def _legend(part: Breakdown, rules: Rules) -> Text:
    parts = [
        say("▲ ▼ clearly above or below everyone else"),
        say("no mark: the difference could be chance"),
        say("* base under {plain}, read with care", plain=rules.plain_from),
        say("** base under {tested}, not compared", tested=rules.test_from),
    ]
    if part.comparisons > 1:
        parts.append(say("marks allow for {comparisons} comparisons", comparisons=part.comparisons))
    parts += hidden_legend(part.hidden, part.withheld, rules)
    if part.beyond:
        parts.append(say_n("1 smaller group is not shown", "{count} smaller groups are not shown", part.beyond))
    if part.unplaced:
        parts.append(
            say_n(
                "1 person without an answer to “{segment}” counts in All",
                "{count} people without an answer to “{segment}” count in All",
                part.unplaced,
                segment=part.name,
            )
        )
    return joined(parts)
