"""How a trend is shown and said: the line, the table of periods, and a sentence that claims no more than the data."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.analysis.cards import method_notes
from cxdesk.analysis.line_chart import WEAK, line_chart
from cxdesk.analysis.measure import MeasureKind, Score, measure_name
from cxdesk.analysis.targets import verdict, verdict_name, verdict_tone
from cxdesk.analysis.timing import WAVES, offered_to
from cxdesk.analysis.trend_values import Change, Point, TrendResult
from cxdesk.analysis.wording import (
    confidence_text,
    counted_as,
    distance_text,
    gap_cell,
    headline,
    hidden_legend,
    is_clear,
    joined,
    score_cell,
    weight_text,
)
from cxdesk.blocks.chart import Bracket, Chart, Event, Series
from cxdesk.blocks.note import Empty
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.section import Row, Section
from cxdesk.blocks.table import Cell, ColumnType, Mark, Minus, Net, Share, Table, TableColumn, TableRow
from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format, Number, Param, Text, Unit, say, say_n

_TONES = (Tone.ACCENT, Tone.SERIES_2, Tone.SERIES_3, Tone.SERIES_4)


def trend_section(key: str, title: Text, result: TrendResult) -> Section:
    """The page of a trend with at least two periods."""
    rows = [Row((_chart(result),)), Row((_lines_table(result) if result.lines else _table(result),))]
    return Section(
        key, title, headline(result.sample, _headline(result)), _base_line(result), tuple(rows), _notes(result)
    )


def no_trend(key: str, title: Text, result: TrendResult) -> Section:
    """Why there is no trend, and what would make one."""
    if not result.scored:
        text = say("Tell us which column holds the score, then it can be followed over time.")
        empty = Empty(say("There is no score to follow."), text, "check", say("Choose the score column"))
    elif not result.period:
        text = say("A trend needs a column with the day of each answer, or one that names the wave.")
        empty = Empty(say("This file does not say when people answered."), text, "check", say("Choose columns"))
    elif len(result.points) < 2:
        text = say("A trend needs at least two periods with answers. Add an earlier file to see one.")
        empty = Empty(say("No trend yet. All answers are from one period."), text, "compare_with", say("Compare with…"))
    else:
        empty = _too_thin(result)
    return Section(key, title, empty.title, weight_text(result.sample), (Row((empty,)),))


def _too_thin(result: TrendResult) -> Empty:
    """Why the periods are of no use; a longer one is only proposed where there is one."""
    title = say("No trend yet. There are too few answers in each period.")
    offered = [value for value, _ in offered_to(result.sample)]
    if result.period == WAVES or result.period == offered[-1]:
        text = say_n(
            "The answers come from 1 period, but fewer than two have {least} answers. Add an earlier file to see one.",
            "The answers come from {count} periods, but fewer than two have {least} answers. "
            "Add an earlier file to see one.",
            len(result.points),
            least=result.rules.hide_below,
        )
        return Empty(title, text, "compare_with", say("Compare with…"))
    text = say_n(
        "The answers come from 1 period, but fewer than two have {least} answers. Choose a longer period.",
        "The answers come from {count} periods, but fewer than two have {least} answers. Choose a longer period.",
        len(result.points),
        least=result.rules.hide_below,
    )
    return Empty(title, text)


def _chart(result: TrendResult) -> Chart:
    rule, points = result.measure, result.points
    places = {point.place: index for index, point in enumerate(points)}
    drawn = line_chart(rule, points, result.rules)
    series = drawn.series
    if result.lines:
        series = tuple(
            Series(
                line.name,
                tuple(line.scores[point.place].value for point in points),
                (tone,),
                hollow=tuple(line.levels[point.place] in WEAK for point in points),
            )
            for line, tone in zip(result.lines, _TONES, strict=False)
        )
    steps = result.steps
    limits: list[tuple[float | None, float | None]] = [(None, None)] * len(points)
    for place, low, high in zip(steps.places, steps.low, steps.high, strict=False):
        limits[places[place]] = (low, high)
    events = () if steps.shift is None or result.lines else (_event(result, places),)
    return replace(
        drawn,
        title=_chart_title(result),
        series=series,
        finding=_headline(result),
        base=drawn.base if result.window == 1 else None,
        limits=tuple(limits) if steps.low and not result.lines else (),
        events=events,
        shade=_shade(result, places),
        note=_chart_note(result),
        target=None if result.target is None or result.lines else result.target.value,
    )


def _event(result: TrendResult, places: dict[int, int]) -> Event:
    shift = result.steps.shift
    index = places[shift if shift is not None else 0]
    return Event(index, say("possible change after {period}", period=result.points[index].name))


def _shade(result: TrendResult, places: dict[int, int]) -> Bracket | None:
    if result.looked_at is None:
        return None
    inside = [index for place, index in places.items() if result.looked_at[0] <= place <= result.looked_at[1]]
    return Bracket(min(inside), max(inside), say("what the filter shows"), Tone.FAINT) if inside else None


def _chart_title(result: TrendResult) -> Text:
    rule = result.measure
    facts = {"measure": measure_name(rule), "level": confidence_text(result.rules)}
    if result.lines:
        return say("{measure} by period and group", measure=measure_name(rule))
    if result.window > 1:
        return say("{measure}, {window} periods pooled, with {level} range", window=result.window, **facts)
    return say("{measure} by period with {level} range", **facts)


def _chart_note(result: TrendResult) -> Text | None:
    parts: list[Text] = []
    if result.window > 1:
        parts.append(say("Overlapping windows repeat the same people, so they are not compared with each other."))
    if any(point.level in WEAK for point in result.points):
        parts.append(
            say(
                "Hollow points stand on fewer than {tested} answers and are not compared.",
                tested=result.rules.test_from,
            )
        )
    if result.steps.outside:
        names = [point.name for point in result.points if point.place in result.steps.outside]
        parts.append(
            say_n(
                "Outside the control limits: {first}.",
                "Outside the control limits: {first} and further periods, {count} in all.",
                len(names),
                first=names[0],
            )
        )
    if result.steps.low and result.steps.widening > 1:
        parts.append(say("Limits are widened: the periods differ more than chance alone explains."))
    return joined(parts) if parts else None


def _table(result: TrendResult) -> Table:
    rule, rules = result.measure, result.rules
    nps = rule.kind is MeasureKind.NPS
    with_year = any(point.from_year.gap is not None for point in result.points)
    weighted = result.sample.weighted
    columns = [
        TableColumn("period", say("Period"), ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn("score", measure_name(rule)),
        TableColumn("range", say("{level} range", level=confidence_text(rules)), ColumnType.RANGE),
    ]
    if result.window == 1:
        columns.append(TableColumn("before", say("vs previous"), ColumnType.GAP))
        if with_year:
            columns.append(TableColumn("year", say("vs a year before"), ColumnType.GAP))
    if result.target is not None:
        columns.append(TableColumn("target", say("Target")))
        columns.append(TableColumn("verdict", say("Target reached?"), ColumnType.TEXT))
    if nps:
        columns += [
            TableColumn("bad_share", say("Detractors")),
            TableColumn("middle_share", say("Passives")),
            TableColumn("good_share", say("Promoters")),
        ]
    if rule.kind is not MeasureKind.MEAN:
        columns += [
            TableColumn("bad", say("Low, n") if not nps else say("Detractors, n"), ColumnType.COUNT_BEHIND),
            TableColumn("middle", say("In between, n") if not nps else say("Passives, n"), ColumnType.COUNT_BEHIND),
            TableColumn("good", say("High, n") if not nps else say("Promoters, n"), ColumnType.COUNT_BEHIND),
        ]
        if weighted:
            columns.append(TableColumn("whole", say("Weighted answers"), ColumnType.COUNT_BEHIND))
    rows = tuple(_row(result, point, [column.key for column in columns]) for point in result.points)
    title = say("{measure} by period", measure=measure_name(rule))
    return Table("periods", title, tuple(columns), rows, _legend(result))


def _row(result: TrendResult, point: Point, keys: list[str]) -> TableRow:
    rule, score = result.measure, point.score
    whole = "whole" if result.sample.weighted else "n"
    derivation: Net | Share | None = None
    if rule.is_net:
        derivation = Net(("", "good"), ("", "bad"), ("", whole))
    elif rule.kind is MeasureKind.TOP:
        derivation = Share(("", "good"), ("", whole))
    shown = score_cell(rule, score)
    cells = {
        "period": Cell(point.name),
        "n": Cell(score.base.n, Format.COUNT, base=score.base),
        "score": Cell(
            shown.value,
            shown.format,
            base=shown.base,
            shown=shown.shown,
            derivation=None if shown.value is None else derivation,
        ),
        "range": Cell(None, rule.format, base=score.base, low=score.low, high=score.high),
        "before": _change_cell(result, point.from_before),
        "year": _change_cell(result, point.from_year),
        **{part: _count(score, part) for part in ("bad", "middle", "good", "whole")},
    }
    if result.target is not None:
        reached = verdict(rule, score, result.target)
        cells["target"] = Cell(result.target.value, rule.format)
        cells["verdict"] = Cell(verdict_name(reached), tone=verdict_tone(reached))
    for part in ("bad", "middle", "good"):
        cells[f"{part}_share"] = _share(score, part, whole)
    return TableRow(f"period{point.place}", tuple(cells[key] for key in keys), point.level)


def _share(score: Score, part: str, whole: str) -> Cell:
    amount = {"bad": score.bad, "middle": score.middle, "good": score.good}[part]
    if score.value is None or not score.whole:
        return Cell(None, Format.PERCENT, shown=say("too few"))
    return Cell(amount / score.whole, Format.PERCENT, base=score.base, derivation=Share(("", part), ("", whole)))


def _count(score: Score, part: str) -> Cell:
    """People behind a share; of a period whose score is not shown they are not shown either."""
    amount = {"bad": score.bad, "middle": score.middle, "good": score.good, "whole": score.whole}[part]
    return Cell(None if score.value is None else amount, Format.COUNT)


def _change_cell(result: TrendResult, change: Change) -> Cell:
    rule = result.measure
    if change.other is None:
        return Cell(None, rule.gap_format)
    before = Minus(("", "score"), (f"period{change.other}", "score"))
    return gap_cell(change.gap, change.mark, rule.gap_format, before)


def _lines_table(result: TrendResult) -> Table:
    rule = result.measure
    columns = [TableColumn("period", say("Period"), ColumnType.NAME)]
    for index, line in enumerate(result.lines):
        columns.append(TableColumn(f"n{index}", say("n"), group=line.name))
        columns.append(TableColumn(f"score{index}", measure_name(rule), group=line.name))
        columns.append(TableColumn(f"range{index}", say("Range"), ColumnType.RANGE, group=line.name))
    rows = []
    for point in result.points:
        cells = [Cell(point.name)]
        for line in result.lines:
            score = line.scores[point.place]
            cells.append(Cell(score.base.n, Format.COUNT, base=score.base))
            cells.append(score_cell(rule, score))
            cells.append(Cell(None, rule.format, base=score.base, low=score.low, high=score.high))
        rows.append(TableRow(f"period{point.place}", tuple(cells), point.level))
    title = say("{measure} by period and group", measure=measure_name(rule))
    legend = joined(
        [
            *counted_as(rule),
            say("Lines of groups are shown, not compared: the Segments page tests groups."),
            *hidden_legend(0, sum(score.withheld for line in result.lines for score in line.scores), result.rules),
        ]
    )
    return Table("periods", title, tuple(columns), tuple(rows), legend)


def _legend(result: TrendResult) -> Text:
    parts = [
        *counted_as(result.measure),
        say("▲ ▼ clearly higher or lower"),
        say("no mark: could be chance"),
    ]
    if result.comparisons > 1:
        parts.append(say("marks allow for {comparisons} comparisons", comparisons=result.comparisons))
    parts.append(say("* base under {plain}, read with care", plain=result.rules.plain_from))
    parts.append(say("** base under {tested}, not compared", tested=result.rules.test_from))
    parts += hidden_legend(0, sum(point.score.withheld for point in result.points), result.rules)
    return joined(parts)


def _headline(result: TrendResult) -> Text:
    """The clearest true sentence: the last change, that since last year, the direction, or that nothing is clear."""
    rule = result.measure
    last = [point for point in result.points if point.score.value is not None][-1]
    for change, words in ((last.from_before, _than_before), (last.from_year, _than_year)):
        if is_clear(change.mark) and change.gap is not None:
            return words(result, last, change)
    facts = {"measure": measure_name(rule), "period": last.name, "score": Number(last.score.value, rule.format)}
    for point in reversed(result.points):
        if is_clear(point.from_before.mark):
            told = _than_before(result, point, point.from_before)
            return say("{told} In {period} it is {score}.", told=told, **facts)
    if result.steps.rises is not None:
        first = next(point for point in result.points if point.place == result.steps.places[0])
        if result.steps.rises > 0:
            return say("{measure} has been rising since {first}; in {period} it is {score}.", first=first.name, **facts)
        return say("{measure} has been falling since {first}; in {period} it is {score}.", first=first.name, **facts)
    if last.level in WEAK:
        return say(
            "{measure} in {period} is about {score}: {n} answers are too few to compare.", n=last.score.base.n, **facts
        )
    if last.level is not BaseLevel.PLAIN and last.score.low is not None and last.score.high is not None:
        return say(
            "{measure} in {period} is about {score}, anywhere from {low} to {high}; no clear change.",
            low=Number(last.score.low, rule.format),
            high=Number(last.score.high, rule.format),
            **facts,
        )
    if not result.comparisons:
        return say("{measure} in {period} is {score}; there is no other period to compare with.", **facts)
    return say("{measure} in {period} is {score}; the changes between periods could be chance.", **facts)


def _than_before(result: TrendResult, point: Point, change: Change) -> Text:
    return _clearly(result, point, change, say("the period before"))


def _than_year(result: TrendResult, point: Point, change: Change) -> Text:
    return _clearly(result, point, change, say("a year before"))


def _clearly(result: TrendResult, point: Point, change: Change, when: Text) -> Text:
    rule = result.measure
    other = next(each for each in result.points if each.place == change.other)
    facts: dict[str, Param] = {
        "measure": measure_name(rule),
        "period": point.name,
        "score": Number(point.score.value, rule.format),
        "other": other.name,
        "before": Number(other.score.value, rule.format),
        "distance": distance_text(rule, 0.0 if change.gap is None else change.gap.value),
        "when": when,
    }
    if change.mark is Mark.ABOVE:
        return say("{measure} in {period} ({score}) is clearly above {other} ({before}), {when}.", **facts)
    return say("{measure} in {period} ({score}) is clearly below {other} ({before}), {when}.", **facts)


def _base_line(result: TrendResult) -> Text:
    rule, points = result.measure, result.points
    parts = [
        say("“{question}”", question=rule.question.text),
        say("{first} to {last}", first=points[0].since, last=points[-1].name),
    ]
    if result.window == 1:
        parts.append(say_n("1 answer", "{count} answers", sum(point.score.base.n for point in points)))
    if result.sample.selection.conditions:
        parts.append(result.sample.selection.describe(result.sample.dataset.question))
    parts.append(weight_text(result.sample))
    return joined(parts)


def _notes(result: TrendResult) -> tuple[tuple[Text, Text], ...]:
    rule, rules = result.measure, result.rules
    notes = [
        *method_notes(rule, rules),
        (
            say("Trend"),
            say(
                "Each period against the one before and the same one a year before; {level} level, Holm adjustment "
                "over all of them. A direction is named only if the straight line through all answers passes the same "
                "test. A possible change of level is looked for from 12 periods on.",
                level=confidence_text(rules),
            ),
        ),
    ]
    if result.period != WAVES and not _two_years(result):
        text = say("Less than two years of data: season and real change cannot be told apart.")
        notes.append((say("Season"), text))
    if result.period == Unit.WEEK.value:
        notes.append((say("Weeks"), say("Weeks begin on Monday and are numbered as in ISO 8601.")))
    return tuple(notes)


def _two_years(result: TrendResult) -> bool:
    first, last = result.points[0].start, result.points[-1].start
    return first is not None and last is not None and (last - first).days >= 700
