"""Draws the workbook's native charts: flat colours, direct labels, axes only where they help, everything from cells.

What Excel, WPS and LibreOffice all draw alike is used: bars, columns, error bars. No gradients, shadows or 3-D.
"""

from __future__ import annotations

import math
from typing import Any

from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import LIGHT, Tone
from cxdesk.render.excel import words
from cxdesk.render.excel.formats import chart_format
from cxdesk.render.excel.measure import column_pixels, row_pixels
from cxdesk.render.excel.model import PlacedChart, SeriesRange, SheetModel
from cxdesk.render.excel.room import NAME_SIZE, TITLE_SIZE, share_out
from cxdesk.text import Format

_DIRECT_LABELS = 24
"""With more bars than this the labels would run into each other."""

_SMALLEST_LABEL = 0.06
"""Parts of a 100 % bar below this share have no room for a label."""


class _Name(str):
    """A category that is a name even if it reads like a number.

    WORKAROUND: XlsxWriter stores categories such as "nan" or "2024" as numbers; "nan" then breaks the file in Excel.
    """

    __slots__ = ()

    def __float__(self) -> float:
        raise ValueError("a name is not a number")


def insert_chart(workbook: Workbook, worksheet: Worksheet, sheet: SheetModel, chart: PlacedChart, font: str) -> None:
    """Add a chart to its sheet, anchored to its cells; the values of its cells are cached in it."""
    native = _native(workbook, chart.chart)
    values = _cell_values(sheet)
    for number, (series, reads) in enumerate(zip(chart.chart.series, chart.ranges, strict=True)):
        native.add_series(_series(chart, series, reads, number, values, font))
    _frame(native, chart, font)
    _axes(native, chart.chart, font)
    _share_out(native, chart, sheet, values)
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
        case ChartKind.SPLIT:
            return workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
        case _:
            return workbook.add_chart({"type": "bar"})


def _series(
    placed: PlacedChart, series: Series, reads: SeriesRange, number: int, values: dict[tuple[int, int], Any], font: str
) -> dict[str, Any]:
    chart = placed.chart
    rows = range(reads.first, reads.last + 1)
    options: dict[str, Any] = {
        "name": reads.name,
        "categories": [placed.source, reads.first, reads.categories, reads.last, reads.categories],
        "categories_data": [_Name(values.get((row, reads.categories)) or "") for row in rows],
        "values": [placed.source, reads.first, reads.values, reads.last, reads.values],
        "values_data": [_number(values.get((row, reads.values))) for row in rows],
        **_paint(_legend_tone(chart, series, number), hollow=False),
        "gap": _gap(chart),
    }
    if chart.kind is ChartKind.LINE:
        return options | _line(chart, series, number, font)
    if chart.kind is ChartKind.SPLIT:
        options |= {"overlap": 100, "data_labels": _split_labels(_tone(chart, series, number, 0), font)}
        return options
    if chart.kind is ChartKind.DUMBBELL:
        options |= {"overlap": -5}
    if len(chart.categories) > 1 or len(series.tones) > 1 or series.hollow:
        hollow = series.hollow or (False,) * len(chart.categories)
        options["points"] = [
            _paint(_tone(chart, series, number, index), hollow=hollow[index]) for index in range(len(chart.categories))
        ]
    if reads.minus >= 0:
        options["x_error_bars" if chart.kind is not ChartKind.COLUMNS else "y_error_bars"] = _range_lines(
            placed, reads, rows, values
        )
    elif len(chart.categories) * len(chart.series) <= _DIRECT_LABELS:
        options["data_labels"] = {
            "value": True,
            "position": "outside_end",
            "num_format": chart_format(chart.format),
            "font": _font(font, 9, LIGHT.text),
        }
    return options


def _line(chart: Chart, series: Series, number: int, font: str) -> dict[str, Any]:
    """A line with its marks; the ends of the range are thin dashed lines without marks."""
    color = LIGHT.fill(series.tone(0))
    if series.tone(0) is Tone.FAINT:
        return {"line": {"color": LIGHT.control, "width": 1, "dash_type": "dash"}, "marker": {"type": "none"}}
    shape = ("circle", "diamond", "square", "triangle")[number % 4]
    hollow = series.hollow or (False,) * len(chart.categories)
    fill = {"color": LIGHT.surface if all(hollow) else color}
    options: dict[str, Any] = {
        "line": {"color": color, "width": 2.25},
        "marker": {"type": shape, "size": 6, "fill": fill, "border": {"color": color}},
    }
    if any(hollow):
        options["points"] = [
            {"fill": {"color": LIGHT.surface}, "border": {"color": color}, "line": {"none": True}} if small else None
            for small in hollow
        ]
    if len(chart.categories) <= _DIRECT_LABELS and number == 0:
        options["data_labels"] = {
            "value": True,
            "position": "above",
            "num_format": chart_format(chart.format),
            "font": _font(font, 9, LIGHT.text),
        }
    return options


def _gap(chart: Chart) -> int:
    """The space between bars in per cent of a bar: few bars stay slim."""
    return {1: 180, 2: 110, 3: 80, 4: 60}.get(len(chart.categories), 45)


def _range_lines(
    placed: PlacedChart, reads: SeriesRange, rows: range, values: dict[tuple[int, int], Any]
) -> dict[str, Any]:
    """Error bars that read their lengths from cells."""
    tab = words.tab_reference(placed.source)
    options: dict[str, Any] = {"type": "custom", "end_style": 1, "line": {"color": LIGHT.text, "width": 1.25}}
    for side, column in (("minus", reads.minus), ("plus", reads.plus)):
        first = words.cell_reference(reads.first, column, fixed=True)
        last = words.cell_reference(reads.last, column, fixed=True)
        options[f"{side}_values"] = f"={tab}!{first}:{last}"
        options[f"{side}_data"] = [_number(values.get((row, column))) or 0 for row in rows]
    return options


def _frame(native: NativeChart, chart: PlacedChart, font: str) -> None:
    native.set_title(
        {
            "name": chart.title,
            "name_font": _font(font, TITLE_SIZE, LIGHT.text, bold=True),
            "layout": {"x": 0.02, "y": 0.02},
            "overlay": False,
        }
    )
    native.set_chartarea({"border": {"none": True}, "fill": {"color": LIGHT.surface}})
    if len(chart.chart.series) > 1:
        native.set_legend({"position": "bottom", "font": _font(font, 9, LIGHT.text)})
    else:
        native.set_legend({"none": True})
    native.show_blanks_as("gap")


def _share_out(native: NativeChart, chart: PlacedChart, sheet: SheetModel, values: dict[tuple[int, int], Any]) -> None:
    """Fix the place of the bars, so that every program leaves the same room for the names beside them."""
    reads = chart.ranges[0]
    names = [str(values.get((row, reads.categories)) or "") for row in range(reads.first, reads.last + 1)]
    digits = sum(sheet.widths[i] if i < len(sheet.widths) else 8.43 for i in _span(chart.column, chart.columns))
    points = sum(sheet.heights.get(i, 15.0) for i in _span(chart.row, chart.rows))
    place = share_out(chart.chart, names, chart.title, digits, points)
    layout = {"x": place.x, "y": place.y, "width": place.width, "height": place.height}
    native.set_plotarea({"fill": {"none": True}, "border": {"none": True}, "layout": layout})


def _axes(native: NativeChart, chart: Chart, font: str) -> None:
    """Names on one axis; the other is only drawn where ranges have to be read off it."""
    plain = {
        "num_font": _font(font, NAME_SIZE, LIGHT.text),
        "line": {"color": LIGHT.control, "width": 0.75},
        "major_gridlines": {"visible": False},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
    }
    names = {**plain, "label_position": "low", "text_axis": True, "interval_unit": 1}
    scale: dict[str, Any] = {**plain, "num_format": chart_format(chart.format)}
    lowest, highest = _limits(chart)
    if lowest is not None:
        scale |= {"min": lowest}
    if highest is not None:
        scale |= {"max": highest}
    if chart.kind is ChartKind.LINE:
        native.set_x_axis({**names, "interval_unit": max(1, len(chart.categories) // 12)})
        native.set_y_axis(
            {**scale, "line": {"none": True}, "major_gridlines": {"visible": True, "line": {"color": LIGHT.border}}}
        )
        return
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
    lists = [part for series in chart.series for part in (series.values, series.low, series.high)]
    if chart.kind is ChartKind.LINE:
        values = [value for part in lists for value in part if value is not None]
        step = 10.0 if chart.format is Format.SCORE else 0.1 if chart.format is Format.PERCENT else 1.0
        return (math.floor(min(values) / step) * step, math.ceil(max(values) / step) * step) if values else (None, None)
    known = [0.0, *(value for part in lists for value in part if value is not None)]
    if not any(series.low for series in chart.series):
        return (0 if min(known) >= 0 else None), None
    step = 10.0 ** math.floor(math.log10(max(max(known) - min(known), 1e-9)))
    step = step if max(known) - min(known) > 4 * step else step / 2
    return math.floor(min(known) / step) * step, math.ceil(max(known) / step) * step


def _tone(chart: Chart, series: Series, number: int, index: int) -> Tone:
    """The tone of a bar; in a pair the group is dark, or coloured where it stands out, and everyone else faint."""
    tone = series.tone(index)
    if chart.kind is ChartKind.DUMBBELL:
        return Tone.FAINT if number else Tone.ACCENT if tone is Tone.MUTED else tone
    if number and tone is Tone.ACCENT and len(series.tones) == 1:
        return (Tone.FAINT, Tone.SERIES_3, Tone.SERIES_4)[(number - 1) % 3]
    return tone


def _legend_tone(chart: Chart, series: Series, number: int) -> Tone:
    """The tone that stands for a whole series."""
    return Tone.ACCENT if chart.kind is ChartKind.DUMBBELL and not number else _tone(chart, series, number, 0)


def _paint(tone: Tone, *, hollow: bool) -> dict[str, Any]:
    """Fill and outline; passives are always outlined, small bases are drawn hollow."""
    color = LIGHT.fill(tone)
    if hollow:
        return {"fill": {"color": LIGHT.surface}, "border": {"color": color, "width": 1.25}}
    if tone is Tone.PASSIVE:
        return {"fill": {"color": color}, "border": {"color": LIGHT.passive_outline, "width": 0.75}}
    return {"fill": {"color": color}, "border": {"none": True}}


def _split_labels(tone: Tone, font: str) -> dict[str, Any]:
    return {
        "value": True,
        "position": "center",
        "num_format": f'[<{_SMALLEST_LABEL}]"";{chart_format(Format.PERCENT).split(";")[0]}',
        "font": _font(font, 9, LIGHT.on(tone), bold=True),
    }


def _font(name: str, size: float, color: str, *, bold: bool = False) -> dict[str, Any]:
    return {"name": name, "size": size, "color": color, "bold": bold}


def _cell_values(sheet: SheetModel) -> dict[tuple[int, int], Any]:
    return {(cell.row, cell.column): cell.value for cell in sheet.cells}


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) else None


def _span(start: int, count: int) -> range:
    return range(start, start + count)
