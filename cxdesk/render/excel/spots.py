"""Finds the points of a PLANE chart among the tables of its sheet, and adds what only the native chart needs.

Every point is a series of its own, so that its name can stand beside it as a native label.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cxdesk.blocks.chart import Chart, Plane
from cxdesk.render.excel import styles, words
from cxdesk.render.excel.cells import Canvas
from cxdesk.render.excel.measure import cut
from cxdesk.render.excel.model import SeriesRange
from cxdesk.render.excel.room import NAME_SIZE
from cxdesk.render.excel.tables import TablePlace
from cxdesk.text import Format, Text, Translator, say

_NAME_ROOM = 46.0
"""The width in digits of a name beside its point; programs break longer ones into towers."""

HELPERS = 6
"""How many grey columns `add_helpers` fills: four lengths of ranges, and x and y of the lines at the averages."""

_HEADINGS = (say("left to low"), say("right to high"), say("down to low"), say("up to high"))


@dataclass(frozen=True, slots=True)
class Span:
    """The ends of both axes: everything that is drawn lies inside."""

    left: float
    right: float
    low: float
    high: float


def find_spots(
    chart: Chart, places: Sequence[TablePlace], translator: Translator
) -> tuple[TablePlace, tuple[SeriesRange, ...]] | None:
    """The table that holds both values of every point, with one range per point; None if no table does."""
    names = [words.clean(translator(spot.name)) for spot in chart.spots]
    for place in places:
        rows = _rows_of(place, names)
        if not rows:
            continue
        across = _column_with(place, rows, [spot.x for spot in chart.spots])
        upright = _column_with(place, rows, [spot.y for spot in chart.spots])
        if across is not None and upright is not None:
            tops = [place.first + number for number in rows]
            return place, tuple(
                SeriesRange(cut(name, _NAME_ROOM, NAME_SIZE), across, upright, top, top)
                for name, top in zip(names, tops, strict=True)
            )
    return None


def add_helpers(
    chart: Chart,
    plane: Plane,
    ranges: Sequence[SeriesRange],
    canvas: Canvas,
    place: TablePlace,
    translator: Translator,
    at: int,
) -> tuple[SeriesRange, ...]:
    """Add the lengths of the ranges and the lines at the averages in `HELPERS` grey columns from ``at`` on.

    The lines come first in the result: a level line and an upright one, then the points.
    """
    head = place.header
    for offset, title in enumerate(_HEADINGS):
        canvas.put(head, at + offset, translator(title), styles.BEHIND_HEADER)
    for offset in range(HELPERS):
        canvas.widen(at + offset, 9)
    spread = []
    for spot, reads in zip(chart.spots, ranges, strict=True):
        across = _lengths(canvas, place, reads, reads.categories, at, (spot.x, spot.x_low, spot.x_high))
        upright = _lengths(canvas, place, reads, reads.values, at + 2, (spot.y, spot.y_low, spot.y_high))
        spread.append(
            SeriesRange(
                reads.name,
                reads.categories,
                reads.values,
                reads.first,
                reads.last,
                minus=at + 2 if upright else -1,
                plus=at + 3 if upright else -1,
                left=at if across else -1,
                right=at + 1 if across else -1,
            )
        )
    return (*_lines(chart, plane, canvas, head, at + 4, translator), *spread)


def span_of(chart: Chart, plane: Plane) -> Span:
    """Round ends around every point, its ranges and the averages; a share stays between 0 and 1."""
    xs = [value for spot in chart.spots for value in (spot.x, spot.x_low, spot.x_high) if value is not None]
    ys = [value for spot in chart.spots for value in (spot.y, spot.y_low, spot.y_high) if value is not None]
    left, right = _round_ends([*xs, plane.x_cross], plane.x_format)
    low, high = _round_ends([*ys, plane.y_cross, 0.0], plane.y_format)
    return Span(left, right, low, high)


def _round_ends(values: list[float], form: Format) -> tuple[float, float]:
    extent = max(max(values) - min(values), 1e-9)
    step = 10.0 ** math.floor(math.log10(extent))
    step = step / 2 if extent < 2.5 * step else step
    low, high = (math.floor(min(values) / step) * step, math.ceil(max(values) / step) * step)
    if form is Format.PERCENT:
        low, high = max(low, 0.0), min(high, 1.0)
    return round(low, 9), round(max(high, low + step), 9)


def _rows_of(place: TablePlace, names: list[str]) -> list[int]:
    """The rows of the table that carry these names in its first column, in their order; [] if one is missing."""
    if not place.flat.columns:
        return []
    found = [words.clean(row.cells[0].shown) for row in place.flat.rows]
    return [found.index(name) for name in names] if all(name in found for name in names) else []


def _column_with(place: TablePlace, rows: list[int], values: list[float]) -> int | None:
    """The sheet column that holds these values in these rows; plain numbers go before the ends of ranges."""
    order = sorted(range(len(place.columns)), key=lambda index: bool(place.flat.columns[index].part))
    for index in order:
        cells = [place.flat.rows[row].cells[index].value for row in rows]
        if all(_same(cell, value) for cell, value in zip(cells, values, strict=True)):
            return place.columns[index]
    return None


def _same(cell: float | str | None, value: float) -> bool:
    return isinstance(cell, float) and math.isclose(cell, value, rel_tol=1e-9, abs_tol=1e-12)


def _lengths(
    canvas: Canvas,
    place: TablePlace,
    reads: SeriesRange,
    column: int,
    at: int,
    ends: tuple[float, float | None, float | None],
) -> bool:
    """Write how far a range reaches below and above a value; False if the point has no range."""
    value, low, high = ends
    if low is None or high is None:
        return False
    here = words.cell_reference(reads.first, column)
    for offset, (end, length) in enumerate(((low, value - low), (high, high - value))):
        there = _reference(place, reads.first, end)
        formula = "" if not there else f"={here}-{there}" if offset == 0 else f"={there}-{here}"
        written = max(length, 0.0)
        formula = formula if written == length else ""
        canvas.put(reads.first, at + offset, written, styles.BEHIND, formula=formula, shown=f"{written:.4g}")
    return True


def _reference(place: TablePlace, row: int, value: float) -> str:
    position = _column_with(place, [row - place.first], [value])
    return "" if position is None else words.cell_reference(row, position)


def _lines(
    chart: Chart, plane: Plane, canvas: Canvas, head: int, at: int, translator: Translator
) -> tuple[SeriesRange, SeriesRange]:
    """The lines at the averages, as two points each below their headings."""
    span = span_of(chart, plane)
    titles: tuple[Text, ...] = (say("average lines, across"), say("average lines, up"))
    for offset, title in enumerate(titles):
        canvas.put(head, at + offset, translator(title), styles.BEHIND_HEADER)
    points = (
        (span.left, plane.y_cross),
        (span.right, plane.y_cross),
        (plane.x_cross, span.low),
        (plane.x_cross, span.high),
    )
    for number, point in enumerate(points):
        for offset, value in enumerate(point):
            canvas.put(head + 1 + number, at + offset, value, styles.BEHIND, shown=f"{value:.4g}")
    name = translator(say("Average"))
    return (
        SeriesRange(name, at, at + 1, head + 1, head + 2),
        SeriesRange(name, at, at + 1, head + 3, head + 4),
    )
