"""A line over periods: the score with its range as a band, up to four groups, target, control limits and events.

Every line has its own mark and its own dashes, so that none depends on its colour. What is written on and around the
lines is in line_words.py.
"""

from __future__ import annotations

from itertools import groupby

from cxdesk.blocks.chart import Chart, Series
from cxdesk.render.brush import Box, Brush
from cxdesk.render.line_frame import GAP, Frame, frame_of, is_faint
from cxdesk.render.line_words import draw_sizes, label_ends, label_points, name_events, name_periods
from cxdesk.text import show_number

_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2), (1.5, 1.5), (5, 1.5, 1.5, 1.5))
_MARK = 8.0
_LEAST_MARK = 4.5
"""Where marks would be smaller, only those that mean something are drawn."""


def draw_lines(brush: Brush, chart: Chart) -> tuple[Box, ...]:
    """Draw the lines; returns the place of each period from top to bottom."""
    frame = frame_of(brush, chart)
    _draw_shade(brush, chart, frame)
    _draw_grid(brush, chart, frame)
    if len(chart.series) == 1:
        for run in _runs(chart.series[0]):
            _draw_band(brush, chart.series[0], frame, run)
    _draw_limits(brush, chart, frame)
    if chart.target is not None:
        y = frame.at(chart.target)
        brush.line((frame.plot.left, y), (frame.plot.right, y), brush.palette.text2, 1.4, dashed=True)
    name_events(brush, chart, frame)
    for series in chart.series:
        if is_faint(series):
            for run in _runs(series):
                brush.path(_points(series, frame, run), brush.palette.control, 1.0)
    for number, series in enumerate(each for each in chart.series if not is_faint(each)):
        _draw_series(brush, chart, series, frame, number)
    if len(chart.series) == 1:
        label_points(brush, chart, frame)
    label_ends(brush, chart, frame)
    draw_sizes(brush, chart, frame)
    name_periods(brush, chart, frame)
    half = frame.slot / 2
    return tuple(Box(middle - half, brush.box.top, middle + half, brush.box.bottom) for middle in frame.middles)


def _draw_shade(brush: Brush, chart: Chart, frame: Frame) -> None:
    """The periods that the filter looks at lie on a darker ground."""
    if chart.shade is None:
        return
    first, last = frame.middles[chart.shade.first], frame.middles[chart.shade.last]
    box = Box(first - frame.slot / 2, frame.plot.top, last + frame.slot / 2, frame.plot.bottom)
    brush.plain(box, brush.palette.surface2)
    words = brush.name(chart.shade.name)
    if brush.setter.width(words) <= box.width - GAP:
        brush.text((box.left + box.right) / 2, box.bottom - brush.setter.line * 0.6, words, brush.palette.muted)


def _draw_grid(brush: Brush, chart: Chart, frame: Frame) -> None:
    plot = frame.plot
    for step in frame.steps:
        y = frame.at(step)
        brush.line((plot.left, y), (plot.right, y), brush.palette.border)
        words = show_number(step, chart.format)
        brush.text(plot.left - GAP, y, words, brush.palette.text2, side="right")
    brush.line((plot.left, plot.bottom), (plot.right, plot.bottom), brush.palette.control)


def _draw_limits(brush: Brush, chart: Chart, frame: Frame) -> None:
    """Control limits as steps, because each period has its own number of answers."""
    half = frame.slot / 2
    for side in (0, 1):
        places = range(len(chart.limits))
        for known, run in groupby(places, key=lambda place: chart.limits[place][side] is not None):
            if known:
                ends = [(place, frame.at(chart.limits[place][side] or 0.0)) for place in run]
                steps = [(frame.middles[place] + way, y) for place, y in ends for way in (-half, half)]
                brush.path(steps, brush.palette.control, 1.0)


def _draw_series(brush: Brush, chart: Chart, series: Series, frame: Frame, number: int) -> None:
    """The line between neighbours that stand on enough answers, and a mark for each period."""
    color = brush.fill(series.tone(0))
    for run in _runs(series):
        brush.path(_points(series, frame, run), color, 2.0, _DASHES[number % len(_DASHES)])
    size = min(_MARK, frame.slot * 0.55 / brush.px(1))
    known = [place for place, value in enumerate(series.values) if value is not None]
    alone = {run[0] for run in _runs(series) if len(run) == 1}
    for place in known:
        x, y = frame.middles[place], frame.at(series.values[place] or 0.0)
        if _is_outside(chart, place):
            brush.dot(x, y, brush.palette.warn_text, hollow=True, size=max(size, _LEAST_MARK) * 1.9)
        if _is_hollow(series, place):
            _draw_small(brush, series, frame, place, color)
            brush.dot(x, y, color, hollow=True, size=max(size, _LEAST_MARK))
        elif size >= _LEAST_MARK or place in alone or place == known[-1]:
            brush.mark(number, x, y, color, size=max(size, _LEAST_MARK))


def _draw_small(brush: Brush, series: Series, frame: Frame, place: int, color: str) -> None:
    """The range of a point that is not joined to the others; it ends where the chart ends."""
    low, high = (series.low[place], series.high[place]) if series.low and series.high else (None, None)
    if low is not None and high is not None:
        x = frame.middles[place]
        brush.line((x, frame.at(low)), (x, frame.at(high)), color, 1.0)


def _draw_band(brush: Brush, series: Series, frame: Frame, run: list[int]) -> None:
    if not series.low or not series.high:
        return
    color = brush.fill(series.tone(0))
    above, below = [], []
    for place in run:
        low, high = series.low[place], series.high[place]
        if low is not None and high is not None:
            above.append((frame.middles[place], frame.at(high)))
            below.append((frame.middles[place], frame.at(low)))
    if len(above) == 1:
        # A single period between gaps has its range as a bar, or nobody would see it.
        half = min(frame.slot / 2, brush.px(4))
        (x, top), (_, bottom) = above[0], below[0]
        above, below = [(x - half, top), (x + half, top)], [(x - half, bottom), (x + half, bottom)]
    if above:
        brush.area([*above, *reversed(below)], color)


def _runs(series: Series) -> list[list[int]]:
    """Stretches of neighbouring periods that are joined: those with a value that is not hollow."""
    runs: list[list[int]] = [[]]
    for place, value in enumerate(series.values):
        if value is None or _is_hollow(series, place):
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _points(series: Series, frame: Frame, run: list[int]) -> list[tuple[float, float]]:
    return [(frame.middles[place], frame.at(series.values[place] or 0.0)) for place in run]


def _is_hollow(series: Series, place: int) -> bool:
    return bool(series.hollow) and series.hollow[place]


def _is_outside(chart: Chart, place: int) -> bool:
    """Whether a period of the only line lies beyond its control limits."""
    if not chart.limits or len(chart.series) != 1:
        return False
    value, (low, high) = chart.series[0].values[place], chart.limits[place]
    if value is None or _is_hollow(chart.series[0], place):
        return False
    return (low is not None and value < low) or (high is not None and value > high)
