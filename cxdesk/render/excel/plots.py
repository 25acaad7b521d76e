"""Finds the numbers of a chart among the tables of its sheet, and adds the few that only the native chart needs.

Every native chart reads cells of its own sheet, so that a manager sees where each bar comes from.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.table import ColumnType
from cxdesk.render.excel import styles, words
from cxdesk.render.excel.across import add_numbers, stands_across, unwritten
from cxdesk.render.excel.bridges import HELPERS as STEP_HELPERS
from cxdesk.render.excel.bridges import add_steps
from cxdesk.render.excel.cells import Canvas
from cxdesk.render.excel.line_charts import lined
from cxdesk.render.excel.model import PlacedChart, SeriesRange
from cxdesk.render.excel.room import title_that_fits
from cxdesk.render.excel.spots import HELPERS, add_helpers, find_spots
from cxdesk.render.excel.tables import TablePlace
from cxdesk.render.flat import FlatCell
from cxdesk.text import Format, Text, Translator, say


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart and the ranges of the sheet that it reads, one per series; a column of values to be added is -1."""

    chart: Chart
    ranges: tuple[SeriesRange, ...]


def holds(place: TablePlace, chart: Chart, translator: Translator) -> bool:
    """Whether a table has all values of a chart, so that the chart needs no table of its own."""
    if chart.plane is not None:
        return find_spots(chart, [place], translator) is not None
    if stands_across(chart, place):
        return True
    plot = _found(chart, place, translator)
    return plot is not None and all(reads.values >= 0 for reads in plot.ranges)


def find_ranges(chart: Chart, places: Sequence[TablePlace], translator: Translator) -> tuple[TablePlace, Plot] | None:
    """The table that holds most of a chart's numbers, with their ranges; None if no table has its names."""
    if chart.plane is not None:
        spots = find_spots(chart, places, translator)
        return None if spots is None else (spots[0], Plot(chart, spots[1]))
    across = next((place for place in places if stands_across(chart, place)), None)
    if across is not None:
        return across, Plot(chart, unwritten(chart, across, translator))
    chart = lined(chart)
    found = [(place, plot) for place in places if (plot := _found(chart, place, translator)) is not None]
    return max(found, key=lambda each: sum(reads.values >= 0 for reads in each[1].ranges), default=None)


def complete(plot: Plot, canvas: Canvas, place: TablePlace, translator: Translator, at: int) -> tuple[Plot, int]:
    """Add grey helper columns from column ``at`` on, as formulas over the table; return the next free column too.

    They hold values that no column of the table holds as the chart needs them, and the lengths of the range lines.
    """
    if plot.chart.plane is not None:
        spread = add_helpers(plot.chart, plot.chart.plane, plot.ranges, canvas, place, translator, at)
        return Plot(plot.chart, spread), at + HELPERS
    if plot.chart.kind is ChartKind.BRIDGE:
        return Plot(plot.chart, add_steps(plot.chart, plot.ranges[0], canvas, translator, at)), at + STEP_HELPERS
    if stands_across(plot.chart, place):
        written, at = add_numbers(plot.chart, canvas, place, translator, at)
        return Plot(plot.chart, written), at
    ranges = []
    for series, known in zip(plot.chart.series, plot.ranges, strict=True):
        reads = known
        if reads.values < 0:
            reads = _add_values(series, plot.chart.format, reads, canvas, place, at)
            at += 1
        if series.low:
            reads = _add_lengths(series, reads, canvas, place, translator, at)
            at += 2
        ranges.append(reads)
    return Plot(plot.chart, tuple(ranges)), at


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

    whole = _plain(translator(chart.title))
    room = canvas.room(column, column + columns)
    title = title_that_fits(chart.title, lambda part: with_base(_plain(translator(part))), room)
    finding = translator(chart.finding)
    alt = (
        translator(say("{title}. {finding}", title=with_base(whole), finding=finding)) if finding else with_base(whole)
    )
    plane = chart.plane
    axes = ("", "") if plane is None else (translator(plane.x_title), translator(plane.y_title))
    return PlacedChart(row, column, rows, columns, chart, canvas.tab, plot.ranges, title, words.clean(alt), axes)


def _plain(title: str) -> str:
    return words.clean(title).replace("\n", " ")


def small_print(chart: Chart) -> tuple[Text, ...]:
    """What stands below a chart: what it shows, its note, and what outlined bars and dots mean."""
    outlined = chart.kind is ChartKind.DOTS and any(
        hollow and value is not None
        for series in chart.series
        for hollow, value in zip(series.hollow, series.values[: len(series.hollow)], strict=True)
    )
    meaning = say("Outlined marks stand on fewer than 100 answers: read with care.") if outlined else None
    return tuple(text for text in (chart.subtitle, chart.note, meaning) if text is not None)


def _found(chart: Chart, place: TablePlace, translator: Translator) -> Plot | None:
    names = [words.clean(translator(category)) for category in chart.categories]
    first = _names_at(place, names)
    if first is None:
        return None
    rows = [row.cells for row in place.flat.rows[first : first + len(names)]]
    top, left = place.first + first, place.columns[0]
    ranges = []
    for series in chart.series:
        column = _column_with(place, rows, series.values, chart.format)
        name = translator(series.name)
        ranges.append(SeriesRange(name, left, -1 if column is None else column, top, top + len(names) - 1))
    return Plot(chart, tuple(ranges))


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


def _add_values(
    series: Series, form: Format, reads: SeriesRange, canvas: Canvas, place: TablePlace, at: int
) -> SeriesRange:
    """Write the values of a series in a grey column; those that stand in the table are formulas over it."""
    factor = 100 if form is Format.PERCENT_GAP else 1
    canvas.put(reads.first - 1, at, reads.name, styles.BEHIND_HEADER)
    canvas.widen(at, 9)
    for row, value in zip(range(reads.first, reads.last + 1), series.values, strict=True):
        if value is None:
            continue
        written = float(factor * value)
        cells = zip(place.columns, place.flat.rows[row - place.first].cells, strict=True)
        source = next((position for position, cell in cells if _same(cell.value, written)), None)
        formula = "" if source is None else f"={words.cell_reference(row, source)}"
        canvas.put(row, at, written, styles.BEHIND, formula=formula, shown=f"{written:.4g}")
    return replace(reads, values=at)


def _add_lengths(
    series: Series, reads: SeriesRange, canvas: Canvas, place: TablePlace, translator: Translator, at: int
) -> SeriesRange:
    """Write how far each range reaches down and up from its value in two grey columns."""
    for offset, title in enumerate((say("down to low"), say("up to high"))):
        canvas.put(reads.first - 1, at + offset, translator(title), styles.BEHIND_HEADER)
        canvas.widen(at + offset, 9)
    for index, row in enumerate(range(reads.first, reads.last + 1)):
        for offset, (length, part) in enumerate(zip(_lengths(series, index), ("low", "high"), strict=True)):
            if length is not None:
                formula = _difference(place, row, reads, series.values[index] or 0.0, part, length)
                canvas.put(row, at + offset, length, styles.BEHIND, formula=formula, shown=f"{length:.4g}")
    return replace(reads, minus=at, plus=at + 1)


def _lengths(series: Series, index: int) -> tuple[float | None, float | None]:
    value, low, high = series.values[index], series.low[index], series.high[index]
    if value is None or low is None or high is None:
        return None, None
    return max(value - low, 0.0), max(high - value, 0.0)


def _difference(place: TablePlace, row: int, reads: SeriesRange, own: float, part: str, length: float) -> str:
    """The formula of a range line: value minus low, or high minus value, if the table shows that end."""
    cells = place.flat.rows[row - place.first].cells
    for flat, position, cell in zip(place.flat.columns, place.columns, cells, strict=True):
        if flat.type is not ColumnType.RANGE or flat.part != part or not isinstance(cell.value, float):
            continue
        shown = own - cell.value if part == "low" else cell.value - own
        if math.isclose(shown, length, rel_tol=1e-9, abs_tol=1e-9):
            here, there = words.cell_reference(row, reads.values), words.cell_reference(row, position)
            return f"={here}-{there}" if part == "low" else f"={there}-{here}"
    return ""
