"""Draws the workbook's native charts: flat colours, direct labels, axes only where they help, everything from cells.

What Excel, WPS and LibreOffice all draw alike is used: bars, columns, lines, points, error bars. No gradients, shadows
or 3-D. Lines are drawn in `line_charts`, points in `scatter`.
"""

from __future__ import annotations

import math
from typing import Any

from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import LIGHT, Tone
from cxdesk.blocks.steps import steps_of
from cxdesk.render.excel import ink
from cxdesk.render.excel.bridges import add_bars
from cxdesk.render.excel.formats import chart_format
from cxdesk.render.excel.line_charts import line_axes, line_options
from cxdesk.render.excel.measure import column_pixels, row_pixels
from cxdesk.render.excel.model import PlacedChart, SeriesRange, SheetModel
from cxdesk.render.excel.room import TITLE_SIZE, Shares, share_out
from cxdesk.render.excel.scatter import add_points, plane_axes
from cxdesk.text import Format

_DIRECT_LABELS = 24
"""With more bars than this the labels would run into each other."""

_RANGES: dict[str, Any] = {"end_style": 1, "line": {"color": LIGHT.text, "width": 1.25}}

_SMALLEST_LABEL = 0.06
"""Parts of a 100 % bar below this share have no room for a label."""


def insert_chart(workbook: Workbook, worksheet: Worksheet, sheet: SheetModel, chart: PlacedChart, font: str) -> None:
    """Add a chart to its sheet, anchored to its cells; the values of its cells are cached in it."""
    native = _native(workbook, chart.chart)
    values = _cell_values(sheet)
    share = _share_out(chart, sheet, values)
    if chart.chart.plane is not None:
        add_points(native, chart, values, _size(chart, sheet), share, font)
        plane_axes(native, chart, font)
    elif chart.chart.kind is ChartKind.BRIDGE:
        add_bars(native, chart, values, font)
        _axes(native, chart.chart, font)
    else:
        for number, (series, reads) in enumerate(zip(chart.chart.series, chart.ranges, strict=True)):
            native.add_series(_series(chart, series, reads, number, values, font))
        _axes(native, chart.chart, font)
    _frame(native, chart, share, font)
    width = sum(
        column_pixels(sheet.widths[i] if i < len(sheet.widths) else 8.43) for i in _span(chart.column, chart.columns)
    )
    height = sum(row_pixels(sheet.heights.get(i, 15.0)) for i in _span(chart.row, chart.rows))
    native.set_size({"width": width, "height": height})
    worksheet.insert_chart(
        chart.row, chart.column, native, {"object_position": 1, "description": chart.alt, "decorative": False}
    )


def _native(workbook: Workbook, chart: Chart) -> NativeChart:
    match chart.kind:
        case ChartKind.COLUMNS:
            return workbook.add_chart({"type": "column"})
        case ChartKind.LINE:
            return workbook.add_chart({"type": "line"})
        case ChartKind.PLANE:
            return workbook.add_chart({"type": "scatter"})
        case ChartKind.SPLIT:
            return workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
        case ChartKind.BRIDGE:
            return workbook.add_chart({"type": "bar", "subtype": "stacked"})
        case _:
            return workbook.add_chart({"type": "bar"})


def _series(
    placed: PlacedChart, series: Series, reads: SeriesRange, number: int, values: dict[tuple[int, int], Any], font: str
) -> dict[str, Any]:
    chart = placed.chart
    options = {
        **ink.read_cells(placed, reads, values),
        **ink.paint(_legend_tone(chart, series, number), hollow=bool(series.hollow) and all(series.hollow)),
        "gap": _gap(chart),
    }
    if chart.kind is ChartKind.LINE:
        return options | line_options(chart, series, number, font)
    if chart.kind is ChartKind.SPLIT:
        options |= {"overlap": 100, "data_labels": _split_labels(_tone(chart, series, number, 0), font)}
        return options
    if chart.kind is ChartKind.DUMBBELL:
        options |= {"overlap": -5}
    if len(chart.categories) > 1 or len(series.tones) > 1 or series.hollow:
        hollow = series.hollow or (False,) * len(chart.categories)
        options["points"] = [
            ink.paint(_tone(chart, series, number, index), hollow=hollow[index])
            for index in range(len(chart.categories))
        ]
    if reads.minus >= 0:
        upright = chart.kind is ChartKind.COLUMNS
        lines = ink.error_bars(placed, reads, (reads.minus, reads.plus), values, _RANGES)
        options["y_error_bars" if upright else "x_error_bars"] = lines
    elif len(chart.categories) * len(chart.series) <= _DIRECT_LABELS:
        options["data_labels"] = ink.value_labels(chart.format, font, "outside_end")
    return options


def _gap(chart: Chart) -> int:
    """The space between bars in per cent of a bar: few bars stay slim."""
    if chart.kind is ChartKind.SPLIT:
        return 45
    return {1: 180, 2: 110, 3: 80, 4: 60}.get(len(chart.categories), 45)


def _frame(native: NativeChart, chart: PlacedChart, share: Shares, font: str) -> None:
    native.set_title(
        {
            "name": chart.title,
            "name_font": ink.font(font, TITLE_SIZE, LIGHT.text, bold=True),
            "layout": {"x": 0.02, "y": 0.02},
            "overlay": False,
        }
    )
    native.set_chartarea({"border": {"none": True}, "fill": {"color": LIGHT.surface}})
    layout = {"x": share.x, "y": share.y, "width": share.width, "height": share.height}
    native.set_plotarea({"fill": {"none": True}, "border": {"none": True}, "layout": layout})
    if len(chart.chart.series) > 1:
        native.set_legend({"position": "bottom", "font": ink.font(font, 9, LIGHT.text)})
    else:
        native.set_legend({"none": True})
    native.show_blanks_as("gap")


def _share_out(chart: PlacedChart, sheet: SheetModel, values: dict[tuple[int, int], Any]) -> Shares:
    """Fix the place of the bars, so that every program leaves the same room for the names beside them."""
    reads = chart.ranges[0]
    names = [str(values.get((row, reads.categories)) or "") for row in range(reads.first, reads.last + 1)]
    digits = sum(sheet.widths[i] if i < len(sheet.widths) else 8.43 for i in _span(chart.column, chart.columns))
    return share_out(chart.chart, names, chart.title, digits, _size(chart, sheet)[1])


def _size(chart: PlacedChart, sheet: SheetModel) -> tuple[float, float]:
    """Width and height of a chart in points."""
    columns, rows = _span(chart.column, chart.columns), _span(chart.row, chart.rows)
    wide = sum(column_pixels(sheet.widths[i] if i < len(sheet.widths) else 8.43) for i in columns)
    return wide * 0.75, sum(sheet.heights.get(i, 15.0) for i in rows)


def _axes(native: NativeChart, chart: Chart, font: str) -> None:
    """Names on one axis; the other is only drawn where ranges have to be read off it."""
    if chart.kind is ChartKind.LINE:
        line_axes(native, chart, font)
        return
    plain = ink.plain_axis(font)
    names = {**plain, "label_position": "low", "text_axis": True, "interval_unit": 1}
    scale: dict[str, Any] = {**plain, "num_format": chart_format(chart.format)}
    lowest, highest = _limits(chart)
    if lowest is not None:
        scale |= {"min": lowest}
    if highest is not None:
        scale |= {"max": highest}
    if chart.kind is ChartKind.COLUMNS:
        native.set_x_axis(names)
        native.set_y_axis({**scale, "visible": False})
        return
    ranged = any(series.low for series in chart.series)
    line = {"none": True} if chart.kind is ChartKind.SPLIT else names["line"]
    native.set_y_axis({**names, "reverse": True, "line": line})
    if ranged:
        # The names run downwards, so "high" is the lower edge of the chart.
        native.set_x_axis({**scale, "label_position": "high", "line": {"none": True}})
    else:
        native.set_x_axis({**scale, "visible": False})


def _limits(chart: Chart) -> tuple[float | None, float | None]:
    """Bars start at zero, and the axis holds every range with round ends."""
    if chart.kind is ChartKind.SPLIT:
        return 0, 1
    if chart.kind is ChartKind.BRIDGE:
        return (0 if min(end for step in steps_of(chart.series[0].values) for end in step) >= 0 else None), None
    lists = [part for series in chart.series for part in (series.values, series.low, series.high)]
    known = [0.0, *(value for part in lists for value in part if value is not None)]
    if not any(series.low for series in chart.series):
        return (0 if min(known) >= 0 else None), None
    step = 10.0 ** math.floor(math.log10(max(max(known) - min(known), 1e-9)))
    step = step if max(known) - min(known) > 4 * step else step / 2
    return math.floor(min(known) / step) * step, math.ceil(max(known) / step) * step


def _tone(chart: Chart, series: Series, number: int, index: int) -> Tone:
    """The tone of a bar.

    In a pair the group is dark, or coloured where it stands out, and everyone else faint. Before and now both keep
    their tones: before is hollow.
    """
    tone = series.tone(index)
    if chart.kind is ChartKind.DUMBBELL and _is_before_and_now(chart):
        return tone
    if chart.kind is ChartKind.DUMBBELL:
        return Tone.FAINT if number else Tone.ACCENT if tone is Tone.MUTED else tone
    if number and tone is Tone.ACCENT and len(series.tones) == 1:
        return (Tone.FAINT, Tone.SERIES_3, Tone.SERIES_4)[(number - 1) % 3]
    return tone


def _legend_tone(chart: Chart, series: Series, number: int) -> Tone:
    """The tone that stands for a whole series."""
    if chart.kind is ChartKind.DUMBBELL and (not number or _is_before_and_now(chart)):
        return Tone.ACCENT
    return _tone(chart, series, number, 0)


def _is_before_and_now(chart: Chart) -> bool:
    first = chart.series[0]
    return bool(first.hollow) and all(first.hollow)


def _split_labels(tone: Tone, font: str) -> dict[str, Any]:
    return {
        "value": True,
        "position": "center",
        "num_format": f'[<{_SMALLEST_LABEL}]"";{chart_format(Format.PERCENT).split(";")[0]}',
        "font": ink.font(font, 9, LIGHT.on(tone), bold=True),
    }


def _cell_values(sheet: SheetModel) -> dict[tuple[int, int], Any]:
    return {(cell.row, cell.column): cell.value for cell in sheet.cells}


def _span(start: int, count: int) -> range:
    return range(start, start + count)
