"""Native line charts: the score as a line, the ends of its range and the target dashed, small bases as rings alone."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from xlsxwriter.chart import Chart as NativeChart

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import LIGHT, Tone
from cxdesk.render.excel.formats import chart_format
from cxdesk.render.excel.ink import plain_axis, value_labels
from cxdesk.text import Format, say

_DIRECT_LABELS = 24
"""With more points than this the labels would run into each other."""

_MOST_NAMES = 12
_MOST_GRIDLINES = 6
_SHAPES = ("circle", "diamond", "square", "triangle")
_STEPS = {Format.SCORE: 10.0, Format.PERCENT: 0.1}


def lined(chart: Chart) -> Chart:
    """A LINE chart as plain series: a workbook's line charts have no bands, and join every point of a series.

    Points that are not joined become a series of their own; the ends of the range, the limits and the target one each.
    Other kinds of charts are returned as they are.
    """
    if chart.kind is not ChartKind.LINE:
        return chart
    found: list[Series] = []
    for series in chart.series:
        found += _apart(replace(series, low=(), high=()))
    if len(chart.series) == 1 and chart.series[0].low:
        only = chart.series[0]
        found += [Series(say("Low"), only.low, (Tone.FAINT,)), Series(say("High"), only.high, (Tone.FAINT,))]
    if any(low is not None or high is not None for low, high in chart.limits):
        lows, highs = zip(*chart.limits, strict=True)
        found.append(Series(say("Lower control limit"), lows, (Tone.PASSIVE,)))
        found.append(Series(say("Upper control limit"), highs, (Tone.PASSIVE,)))
    if chart.target is not None:
        found.append(Series(say("Target"), (chart.target,) * len(chart.categories), (Tone.MUTED,)))
    # What a native line chart cannot show, or shows as a series, is not drawn once more in its preview.
    return replace(chart, series=tuple(found), sizes=(), limits=(), shade=None)


def line_options(chart: Chart, series: Series, number: int, family: str) -> dict[str, Any]:
    """How a series of a chart made by `lined` is drawn."""
    color = LIGHT.fill(series.tone(0))
    if series.tone(0) is Tone.FAINT:
        return {"line": {"color": LIGHT.control, "width": 1, "dash_type": "dash"}, "marker": {"type": "none"}}
    if series.tone(0) is Tone.PASSIVE:
        return {"line": {"color": LIGHT.passive_outline, "width": 0.75}, "marker": {"type": "none"}}
    if series.tone(0) is Tone.MUTED:
        return {"line": {"color": LIGHT.text2, "width": 1.5, "dash_type": "long_dash"}, "marker": {"type": "none"}}
    ring = _is_ring(series)
    shape = _SHAPES[sum(not _is_ring(other) for other in chart.series[:number]) % len(_SHAPES)]
    options: dict[str, Any] = {
        "line": {"none": True} if ring else {"color": color, "width": 2.25},
        "marker": {
            "type": "circle" if ring else shape,
            "size": 6,
            "fill": {"color": LIGHT.surface if ring else color},
            "border": {"color": color},
        },
    }
    first = next(other for other in chart.series if other.tone(0) is series.tone(0))
    alone = sum(not _is_ring(other) and other.tone(0) not in _QUIET for other in chart.series) == 1
    if alone and (series is first or ring) and len(chart.categories) <= _DIRECT_LABELS:
        options["data_labels"] = value_labels(chart.format, family, "above")
    return options


def line_axes(native: NativeChart, chart: Chart, family: str) -> None:
    """Periods below, values at the left with light lines; the values need not start at zero."""
    plain = plain_axis(family)
    interval = max(1, math.ceil(len(chart.categories) / _MOST_NAMES))
    native.set_x_axis({**plain, "label_position": "low", "text_axis": True, "interval_unit": interval})
    lowest, highest = line_limits(chart)
    scale: dict[str, Any] = {**plain, "num_format": chart_format(chart.format), "line": {"none": True}}
    if lowest is not None and highest is not None:
        scale |= {"min": lowest, "max": highest, "major_unit": _steps(highest - lowest, chart.format)}
    native.set_y_axis({**scale, "major_gridlines": {"visible": True, "line": {"color": LIGHT.border, "width": 0.75}}})


def line_limits(chart: Chart) -> tuple[float | None, float | None]:
    """Round values around everything that is drawn; (None, None) if nothing is."""
    values = [value for series in chart.series for value in series.values if value is not None]
    if not values:
        return None, None
    step = _STEPS.get(chart.format, 1.0)
    # Numbers such as 0.6 / 0.1 must not fall to the next step because of their last binary digit.
    lowest = math.floor(round(min(values) / step, 9)) * step
    highest = math.ceil(round(max(values) / step, 9)) * step
    return round(lowest, 9), round(max(highest, lowest + step), 9)


def _steps(extent: float, form: Format) -> float:
    """The distance of the gridlines: at most six of them."""
    step = _STEPS.get(form, 1.0)
    rounds = (step * times for times in (1, 2, 5, 10, 20, 50, 100))
    return next((each for each in rounds if extent / each <= _MOST_GRIDLINES), extent)


_QUIET = frozenset({Tone.FAINT, Tone.MUTED, Tone.PASSIVE})


def _apart(series: Series) -> list[Series]:
    """The series, with its hollow points in a second one."""
    if not any(series.hollow) or series.tone(0) in _QUIET:
        return [replace(series, hollow=())]
    pairs = list(zip(series.values, series.hollow, strict=True))
    rings = Series(
        say("{name}, few answers", name=series.name),
        tuple(value if hollow else None for value, hollow in pairs),
        series.tones,
        hollow=(True,) * len(pairs),
    )
    joined = replace(series, values=tuple(None if hollow else value for value, hollow in pairs), hollow=())
    return [one for one in (joined, rings) if any(value is not None for value in one.values)]


def _is_ring(series: Series) -> bool:
    return bool(series.hollow)
