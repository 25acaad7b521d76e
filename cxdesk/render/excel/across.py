"""Charts of the columns of a table, as below a crosstab: their numbers stand in its rows, from left to right.

Excel draws a series from cells in one line without gaps, and between the columns stand letters. So the numbers are
written once more in grey to the right of the table, one line per bar, as formulas over the table where it shows them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from cxdesk.blocks.chart import Chart, Series
from cxdesk.render.excel import styles, words
from cxdesk.render.excel.cells import Canvas
from cxdesk.render.excel.model import SeriesRange
from cxdesk.render.excel.tables import TablePlace
from cxdesk.text import Format, Translator, say


def stands_across(chart: Chart, place: TablePlace) -> bool:
    """Whether a chart shows the columns of a table: its key then begins with that of the table."""
    return bool(chart.categories) and chart.plane is None and chart.key.startswith(f"{place.flat.key}.")


def unwritten(chart: Chart, place: TablePlace, translator: Translator) -> tuple[SeriesRange, ...]:
    """The ranges of the series before their numbers are written."""
    last = place.first + len(chart.categories) - 1
    return tuple(SeriesRange(words.clean(translator(one.name)), -1, -1, place.first, last) for one in chart.series)


def add_numbers(
    chart: Chart, canvas: Canvas, place: TablePlace, translator: Translator, at: int
) -> tuple[tuple[SeriesRange, ...], int]:
    """Write names and numbers in grey from column ``at`` on; return where they stand and the next free column."""
    names, start = at, at
    canvas.put(place.header, names, translator(say("Column")), styles.BEHIND_HEADER)
    canvas.widen(names, 14)
    for row, name in enumerate(chart.categories, start=place.first):
        canvas.put(row, names, words.clean(translator(name)), styles.BEHIND)
    ranges = []
    for series, reads in zip(chart.series, unwritten(chart, place, translator), strict=True):
        start += 1
        sources = _sources(place, series.values)
        _column(canvas, place, start, reads.name, series.values, sources)
        values = start
        minus, plus = -1, -1
        if series.low:
            minus, plus = start + 1, start + 2
            for column, title, side in (
                (minus, say("down to low"), series.low),
                (plus, say("up to high"), series.high),
            ):
                _column(canvas, place, column, translator(title), _lengths(series, side), ())
            start = plus
        ranges.append(SeriesRange(reads.name, names, values, reads.first, reads.last, minus, plus))
    return tuple(ranges), start + 1


def _column(
    canvas: Canvas,
    place: TablePlace,
    at: int,
    title: str,
    values: Sequence[float | None],
    sources: Sequence[tuple[int, int]],
) -> None:
    canvas.put(place.header, at, title, styles.BEHIND_HEADER)
    canvas.widen(at, 9)
    for number, value in enumerate(values):
        if value is None:
            continue
        formula = f"={words.cell_reference(*sources[number])}" if sources else ""
        canvas.put(place.first + number, at, float(value), styles.BEHIND, formula=formula, shown=f"{value:.4g}")


def _sources(place: TablePlace, values: Sequence[float | None]) -> tuple[tuple[int, int], ...]:
    """The cell of the table behind each value: of the row whose numbers are these, from left to right."""
    if any(value is None for value in values):
        return ()
    for number, row in enumerate(place.flat.rows):
        found = [
            (position, cell.value)
            for column, position, cell in zip(place.flat.columns, place.columns, row.cells, strict=True)
            if not column.behind and isinstance(cell.value, float) and cell.format is not Format.COUNT
        ]
        if len(found) == len(values) and all(
            math.isclose(cell, value or 0.0, rel_tol=1e-9, abs_tol=1e-9)
            for (_, cell), value in zip(found, values, strict=True)
        ):
            return tuple((place.first + number, position) for position, _ in found)
    return ()


def _lengths(series: Series, side: Sequence[float | None]) -> list[float | None]:
    return [
        None if value is None or end is None else abs(end - value)
        for value, end in zip(series.values, side, strict=True)
    ]
