"""Finds the numbers of a chart among the tables of its sheet, and makes the charts that tables ask for.

Every native chart reads cells of its own sheet, so that a manager sees where each bar comes from.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.figure import Mix
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Cell, ColumnType, Mark, Share, Table, TableColumn, TableRow
from cxdesk.render.excel import styles, words
from cxdesk.render.excel.cells import Canvas
from cxdesk.render.excel.model import PlacedChart, SeriesRange
from cxdesk.render.excel.room import title_that_fits
from cxdesk.render.excel.tables import TablePlace
from cxdesk.render.flat import FlatCell
from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format, Text, Translator, say

MOST_BARS = 40
"""Tables with more rows get no chart: nobody can read one."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart and the ranges of the sheet that it reads, one per series."""

    chart: Chart
    ranges: tuple[SeriesRange, ...]


def find_ranges(chart: Chart, places: Sequence[TablePlace], translator: Translator) -> tuple[TablePlace, Plot] | None:
    """The table that already holds all numbers of a chart, with their ranges; None if no table does."""
    chart = lined(chart)
    names = [words.clean(translator(category)) for category in chart.categories]
    for place in places:
        first = _names_at(place, names)
        if first is None:
            continue
        rows = place.flat.rows[first : first + len(names)]
        ranges = []
        for series in chart.series:
            column = _column_with(place, [row.cells for row in rows], series.values, chart.format)
            if column is None:
                break
            top = place.first + first
            ranges.append(SeriesRange(translator(series.name), place.columns[0], column, top, top + len(names) - 1))
        else:
            return place, Plot(chart, tuple(ranges))
    return None


def lined(chart: Chart) -> Chart:
    """A LINE chart whose range is drawn as two more lines, because a workbook's line charts have no bands."""
    if chart.kind is not ChartKind.LINE or len(chart.series) != 1 or not chart.series[0].low:
        return chart
    series = chart.series[0]
    ends = (Series(say("low"), series.low, (Tone.FAINT,)), Series(say("high"), series.high, (Tone.FAINT,)))
    return replace(chart, series=(replace(series, low=(), high=()), *ends))


def table_charts(table: Table) -> list[Chart]:
    """The charts that a table's DOTS and SPLIT columns become: bars with their range, and 100 % bars."""
    rows = [row for row in table.rows if row.cells]
    if not 2 <= len(rows) <= MOST_BARS:
        return []
    charts = []
    for index, column in enumerate(table.columns):
        if column.type is ColumnType.DOTS:
            charts.append(_dots(table, index, rows))
        elif column.type is ColumnType.SPLIT:
            charts.append(_split(table, index, rows))
    return [chart for chart in charts if any(value is not None for value in chart.series[0].values)]


def mix_table(mix: Mix) -> Table:
    """The numbers of a Mix as a table: detractors, passives and promoters in one row."""
    parts = (mix.detractors, mix.passives, mix.promoters)
    tones = (Tone.DETRACTOR, Tone.PASSIVE, Tone.PROMOTER)
    keys = ("detractors", "passives", "promoters")
    columns = (
        TableColumn("name", "", ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn(
            "mix", mix.title, ColumnType.SPLIT, tuple((part.name, t) for part, t in zip(parts, tones, strict=True))
        ),
        *(TableColumn(key, part.name, ColumnType.COUNT_BEHIND) for key, part in zip(keys, parts, strict=True)),
    )
    shares = tuple(
        Cell(part.count / mix.n if mix.n else None, Format.PERCENT, derivation=Share(("", key), ("", "n")))
        for key, part in zip(keys, parts, strict=True)
    )
    cells = (
        Cell(mix.label or say("All")),
        Cell(mix.n, Format.COUNT),
        Cell(None, parts=shares),
        *(Cell(part.count, Format.COUNT) for part in parts),
    )
    return Table(mix.key, mix.title, columns, (TableRow("all", cells),))


def mix_chart(mix: Mix) -> Chart:
    """A Mix as a 100 % bar."""
    table = mix_table(mix)
    return _split(table, 2, list(table.rows))


def with_range(plot: Plot, canvas: Canvas, place: TablePlace, translator: Translator, at: int) -> Plot:
    """Add grey helper columns with the lengths of the range lines from column ``at`` on, as formulas over the table."""
    ranges = []
    for series, reads in zip(plot.chart.series, plot.ranges, strict=True):
        if not series.low:
            ranges.append(reads)
            continue
        titles = (say("down to low"), say("up to high"))
        for offset, title in enumerate(titles):
            canvas.put(reads.first - 1, at + offset, translator(title), styles.BEHIND_HEADER)
            canvas.widen(at + offset, 9)
        for index, row in enumerate(range(reads.first, reads.last + 1)):
            lengths = _lengths(series, index)
            for offset, (length, part) in enumerate(zip(lengths, ("low", "high"), strict=True)):
                if length is not None:
                    formula = _difference(place, row, reads.values, part, length)
                    style = styles.BEHIND
                    canvas.put(row, at + offset, length, style, formula=formula, shown=f"{length:.4g}")
        ranges.append(SeriesRange(reads.name, reads.categories, reads.values, reads.first, reads.last, at, at + 1))
        at += 2
    return Plot(plot.chart, tuple(ranges))


def placed(
    canvas: Canvas, plot: Plot, translator: Translator, row: int, column: int, rows: int, columns: int
) -> PlacedChart:
    """The chart at its place, with its title and what a screen reader says in the report's language."""
    chart = plot.chart

    def with_base(title: str) -> str:
        """The title with the number of answers behind the chart."""
        if chart.base is None:
            return title
        return translator(say("{title} (n = {n})", title=title, n=chart.base.n))

    whole = words.clean(translator(chart.title)).replace("\n", " ")
    title = title_that_fits(whole, with_base, canvas.room(column, column + columns))
    finding = translator(chart.finding)
    alt = (
        translator(say("{title}. {finding}", title=with_base(whole), finding=finding)) if finding else with_base(whole)
    )
    return PlacedChart(row, column, rows, columns, chart, canvas.tab, plot.ranges, title, words.clean(alt))


def _names_at(place: TablePlace, names: list[str]) -> int | None:
    """The row of a table where these names begin, one below the other; None if they do not."""
    if not place.flat.columns or place.flat.columns[0].type is not ColumnType.NAME:
        return None
    found = [words.clean(row.cells[0].shown) for row in place.flat.rows]
    for start in range(len(found) - len(names) + 1):
        if found[start : start + len(names)] == names:
            return start
    return None


def _column_with(
    place: TablePlace, rows: list[tuple[FlatCell, ...]], values: Sequence[float | None], form: Format
) -> int | None:
    """The sheet column whose cells hold these values, or None."""
    factor = 100 if form is Format.PERCENT_GAP else 1
    for index, position in enumerate(place.columns):
        cells = [row[index].value for row in rows]
        if all(
            _same(cell, None if value is None else factor * value) for cell, value in zip(cells, values, strict=True)
        ):
            return position
    return None


def _same(cell: float | str | None, value: float | None) -> bool:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return not isinstance(cell, float)
    return isinstance(cell, float) and math.isclose(cell, value, rel_tol=1e-9, abs_tol=1e-9)


def _dots(table: Table, index: int, rows: list[TableRow]) -> Chart:
    column = table.columns[index]
    cells = [row.cells[index] for row in rows]
    values = tuple(_value(cell) for cell in cells)
    series = Series(
        column.title,
        values,
        tuple(_tone(row) for row in rows),
        tuple(cell.low if value is not None else None for cell, value in zip(cells, values, strict=True)),
        tuple(cell.high if value is not None else None for cell, value in zip(cells, values, strict=True)),
        tuple(row.level in _FAINT_LEVELS for row in rows),
    )
    form = next((cell.format for cell in cells if cell.format is not None), Format.GENERAL)
    return Chart(
        f"{table.key}.{column.key}",
        say("{title}: bar = score, line = range", title=table.title),
        ChartKind.DOTS,
        tuple(_name(row) for row in rows),
        (series,),
        form,
        Text(""),
        reference=column.reference,
        span=column.span,
    )


def _split(table: Table, index: int, rows: list[TableRow]) -> Chart:
    column = table.columns[index]
    series = tuple(
        Series(name, tuple(_part(row.cells[index], number) for row in rows), (tone,))
        for number, (name, tone) in enumerate(column.parts)
    )
    title = column.title if isinstance(column.title, Text) and column.title.msgid else table.title
    key = f"{table.key}.{column.key}"
    return Chart(key, title, ChartKind.SPLIT, tuple(_name(row) for row in rows), series, Format.PERCENT, Text(""))


_FAINT_LEVELS = frozenset({BaseLevel.SMALL, BaseLevel.UNTESTED, BaseLevel.HIDDEN})


def _name(row: TableRow) -> str | Text:
    value = row.cells[0].value
    return value if isinstance(value, str | Text) else ""


def _value(cell: Cell) -> float | None:
    return cell.value if isinstance(cell.value, int | float) else None


def _part(cell: Cell, number: int) -> float | None:
    return _value(cell.parts[number]) if number < len(cell.parts) else None


def _tone(row: TableRow) -> Tone:
    if row.total:
        return Tone.ACCENT
    marks = {cell.mark for cell in row.cells}
    if Mark.ABOVE in marks:
        return Tone.PROMOTER
    return Tone.DETRACTOR if Mark.BELOW in marks else Tone.FAINT


def _lengths(series: Series, index: int) -> tuple[float | None, float | None]:
    value, low, high = series.values[index], series.low[index], series.high[index]
    if value is None or low is None or high is None:
        return None, None
    return max(value - low, 0.0), max(high - value, 0.0)


def _difference(place: TablePlace, row: int, values: int, part: str, length: float) -> str:
    """The formula of a range line: score minus low, or high minus score, if the table shows that end."""
    for flat, position in zip(place.flat.columns, place.columns, strict=True):
        if flat.type is ColumnType.RANGE and flat.part == part:
            ends = place.flat.rows[row - place.first].cells
            index = place.columns.index(position)
            own = ends[place.columns.index(values)].value
            end = ends[index].value
            if not isinstance(own, float) or not isinstance(end, float):
                continue
            shown = own - end if part == "low" else end - own
            if math.isclose(shown, length, rel_tol=1e-9, abs_tol=1e-9):
                here, there = words.cell_reference(row, values), words.cell_reference(row, position)
                return f"={here}-{there}" if part == "low" else f"={there}-{here}"
    return ""
