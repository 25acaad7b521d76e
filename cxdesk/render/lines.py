"""A line over periods: the score with its range as a band, a bar for how many answered, target, limits and events."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from cxdesk.blocks.chart import Chart, Series
from cxdesk.render.axis import Axis, round_steps
from cxdesk.render.brush import Box, Brush
from cxdesk.render.columns import spread
from cxdesk.text import Format, Text, say, show_number

_GAP = 8
_BARS = 0.16
"""The part of the height that the bars of answers take."""

_MOST_ENDS = 0.24
"""The largest part of the width that the names behind the lines may take."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand: the area of the lines, the area of the bars below it, the middle of each period."""

    plot: Box
    bars: Box
    middles: tuple[float, ...]
    slot: float
    axis: Axis

    def at(self, value: float) -> float:
        """The height of a value; the axis counts from below."""
        return self.axis.at(value)


def draw_lines(brush: Brush, chart: Chart) -> tuple[Box, ...]:
    """Draw the lines; returns the place of each period from top to bottom."""
    frame = _frame(brush, chart)
    _draw_shade(brush, chart, frame)
    _draw_grid(brush, chart, frame)
    _draw_limits(brush, chart, frame)
    _draw_target(brush, chart, frame)
    _draw_events(brush, chart, frame)
    single = len(chart.series) == 1
    for number, series in enumerate(chart.series):
        _draw_series(brush, series, frame, number, banded=single)
    if single:
        _label_points(brush, chart, frame)
    else:
        _label_ends(brush, chart, frame)
    _draw_sizes(brush, chart, frame)
    _name_periods(brush, chart, frame)
    half = frame.slot / 2
    return tuple(Box(middle - half, brush.box.top, middle + half, brush.box.bottom) for middle in frame.middles)


def _frame(brush: Brush, chart: Chart) -> _Frame:
    setter, box = brush.setter, brush.box
    lowest, highest = _span(chart)
    steps = round_steps(lowest, highest, 4)
    left = max((setter.width(show_number(step, chart.format)) for step in steps), default=0.0) + 2 * _GAP
    right = _GAP + brush.px(10)
    names = [] if len(chart.series) == 1 else [brush.name(series.name) for series in chart.series]
    if chart.target is not None:
        names.append(brush.translator(_target_words(chart)))
    if names:
        right += min(max(setter.width(name, bold=True) for name in names), box.width * _MOST_ENDS)
    below = setter.line * 1.5
    bars = (box.height * _BARS + setter.line) if chart.sizes else 0.0
    plot = Box(box.left + left, box.top + setter.line * 1.1, box.right - right, box.bottom - below - bars)
    count = max(1, len(chart.categories))
    slot = plot.width / count
    middles = tuple(plot.left + slot * (place + 0.5) for place in range(count))
    ground = Box(plot.left, plot.bottom + setter.line * 1.2, plot.right, box.bottom - below)
    return _Frame(plot, ground, middles, slot, Axis(lowest, highest, plot.bottom, plot.top))


def _span(chart: Chart) -> tuple[float, float]:
    """From the lowest to the highest thing that is drawn, with some air; a line need not start at zero."""
    if chart.span is not None:
        return chart.span
    known = [value for series in chart.series for value in series.values if value is not None]
    if len(chart.series) == 1:
        known += [value for part in (chart.series[0].low, chart.series[0].high) for value in part if value is not None]
    known += [value for pair in chart.limits for value in pair if value is not None]
    known += [] if chart.target is None else [chart.target]
    if not known:
        return 0.0, 1.0
    least = 0.02 if chart.format is Format.PERCENT else 0.2 if chart.format is Format.MEAN else 2.0
    air = max((max(known) - min(known)) * 0.08, least)
    return min(known) - air, max(known) + air


def _draw_shade(brush: Brush, chart: Chart, frame: _Frame) -> None:
    """The periods that the filter looks at lie on a darker ground."""
    if chart.shade is None:
        return
    first, last = frame.middles[chart.shade.first], frame.middles[chart.shade.last]
    box = Box(first - frame.slot / 2, frame.plot.top, last + frame.slot / 2, frame.plot.bottom)
    brush.plain(box, brush.palette.surface2)
    words = brush.setter.fitted(brush.name(chart.shade.name), box.width - _GAP)
    brush.text((box.left + box.right) / 2, box.bottom - brush.setter.line * 0.6, words, brush.palette.muted)


def _draw_grid(brush: Brush, chart: Chart, frame: _Frame) -> None:
    for step in round_steps(frame.axis.lowest, frame.axis.highest, 4):
        y = frame.at(step)
        brush.line((frame.plot.left, y), (frame.plot.right, y), brush.palette.border)
        words = show_number(step, chart.format)
        brush.text(frame.plot.left - _GAP, y, words, brush.palette.text2, side="right")


def _draw_limits(brush: Brush, chart: Chart, frame: _Frame) -> None:
    """Control limits as steps, because each period has its own number of answers."""
    for place, pair in enumerate(chart.limits):
        for value in pair:
            if value is not None:
                left, right = frame.middles[place] - frame.slot / 2, frame.middles[place] + frame.slot / 2
                y = frame.at(value)
                brush.line((left, y), (right, y), brush.palette.muted, 1.0, dashed=True)


def _draw_target(brush: Brush, chart: Chart, frame: _Frame) -> None:
    if chart.target is None:
        return
    y = frame.at(chart.target)
    brush.line((frame.plot.left, y), (frame.plot.right, y), brush.palette.text2, 1.4, dashed=True)
    room = brush.box.right - frame.plot.right - _GAP
    words = brush.setter.fitted(brush.translator(_target_words(chart)), room)
    brush.text(frame.plot.right + _GAP * 0.6, y, words, brush.palette.text2, side="left")


def _target_words(chart: Chart) -> Text:
    return say("Target {value}", value=show_number(chart.target, chart.format))


def _draw_events(brush: Brush, chart: Chart, frame: _Frame) -> None:
    for event in chart.events:
        x = frame.middles[event.after] + frame.slot / 2
        brush.line((x, frame.plot.top), (x, frame.plot.bottom), brush.palette.warn_line, 1.4, dashed=True)
        words = brush.name(event.name)
        left = x - frame.plot.left > frame.plot.width / 2
        room = (x - frame.plot.left if left else frame.plot.right - x) - _GAP
        fitted = brush.setter.fitted(words, room)
        side = "right" if left else "left"
        brush.text(
            x + (-_GAP if left else _GAP) * 0.6,
            frame.plot.top - brush.setter.line * 0.3,
            fitted,
            brush.palette.text2,
            side=side,
        )


def _draw_series(brush: Brush, series: Series, frame: _Frame, number: int, *, banded: bool) -> None:
    """The band, the line between neighbours that stand on enough answers, and a mark for each period."""
    color = brush.fill(series.tone(0))
    for run in _runs(series):
        if banded and series.low and series.high:
            _draw_band(brush, series, frame, run, color)
        points = [(frame.middles[place], frame.at(series.values[place] or 0.0)) for place in run]
        brush.path(points, color, 2.0, dashed=number > 1)
    for place, value in enumerate(series.values):
        if value is None:
            continue
        hollow = bool(series.hollow) and series.hollow[place]
        if hollow and series.low and series.low[place] is not None and series.high[place] is not None:
            low, high = series.low[place], series.high[place]
            brush.line(
                (frame.middles[place], frame.at(low or 0.0)), (frame.middles[place], frame.at(high or 0.0)), color, 1.0
            )
        mark = brush.diamond if number % 2 and not hollow else None
        if mark is not None:
            mark(frame.middles[place], frame.at(value), color)
        else:
            brush.dot(frame.middles[place], frame.at(value), color, hollow=hollow, size=8.0)


def _runs(series: Series) -> list[list[int]]:
    """Stretches of neighbouring periods that are joined: those with a value that is not hollow."""
    runs: list[list[int]] = [[]]
    for place, value in enumerate(series.values):
        if value is None or (series.hollow and series.hollow[place]):
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _draw_band(brush: Brush, series: Series, frame: _Frame, run: list[int], color: str) -> None:
    above, below = [], []
    for place in run:
        low, high = series.low[place], series.high[place]
        if low is not None and high is not None:
            above.append((frame.middles[place], frame.at(high)))
            below.append((frame.middles[place], frame.at(low)))
    if len(above) > 1:
        brush.area([*above, *reversed(below)], color)
    elif above:
        brush.line(above[0], below[0], color, 4.0)


def _label_points(brush: Brush, chart: Chart, frame: _Frame) -> None:
    """The values over their points, as many as find room; the last one is bold and never left out."""
    series, setter = chart.series[0], brush.setter
    known = [place for place, value in enumerate(series.values) if value is not None]
    labels = {place: show_number(series.values[place], chart.format) for place in known}
    widest = max((setter.width(words, bold=True) for words in labels.values()), default=0.0)
    step = max(1, ceil((widest + 6) / frame.slot))
    for place in known:
        last = place == known[-1]
        if not last and ((known[-1] - place) % step or place == known[-1]):
            continue
        high = series.high[place] if series.high else None
        hollow = bool(series.hollow) and series.hollow[place]
        over = high if high is not None and hollow else series.values[place]
        y = frame.at(over or 0.0) - setter.line * 0.75
        brush.text(
            frame.middles[place],
            max(y, brush.box.top + setter.line * 0.5),
            labels[place],
            brush.palette.text,
            bold=last,
        )


def _label_ends(brush: Brush, chart: Chart, frame: _Frame) -> None:
    """Each line is named behind its last point; names that would touch are pushed apart."""
    setter = brush.setter
    ends = []
    for series in chart.series:
        known = [place for place, value in enumerate(series.values) if value is not None]
        if known:
            ends.append((frame.at(series.values[known[-1]] or 0.0), series))
    ends.sort(key=lambda end: end[0])
    heights = [setter.line] * len(ends)
    placed = spread([y for y, _ in ends], heights, frame.plot.top, frame.plot.bottom, 0.0)
    room = brush.box.right - frame.plot.right - _GAP
    for (_, series), y in zip(ends, placed, strict=True):
        words = setter.fitted(brush.name(series.name), room, bold=True)
        brush.text(frame.plot.right + _GAP * 0.6, y, words, brush.palette.words(series.tone(0)), side="left", bold=True)


def _draw_sizes(brush: Brush, chart: Chart, frame: _Frame) -> None:
    """A bar per period for how many answered, with the number over it where there is room."""
    if not chart.sizes:
        return
    setter, ground = brush.setter, frame.bars
    most = max(chart.sizes) or 1
    words = [show_number(size, Format.COUNT) for size in chart.sizes]
    widest = max(setter.width(f"n={word}", size=0.9) for word in words)
    named = [f"n={word}" for word in words] if widest + 4 <= frame.slot else words
    widest = max(setter.width(word, size=0.9) for word in named)
    step = max(1, ceil((widest + 4) / frame.slot))
    for place, size in enumerate(chart.sizes):
        middle, half = frame.middles[place], min(frame.slot * 0.31, brush.px(36))
        top = ground.bottom - max(0.0, ground.height - setter.line) * size / most
        brush.plain(Box(middle - half, top, middle + half, ground.bottom), brush.palette.passive)
        if (len(chart.sizes) - 1 - place) % step == 0:
            brush.text(middle, top - setter.line * 0.5, named[place], brush.palette.text2, size=0.9)
    brush.line((ground.left, ground.bottom), (ground.right, ground.bottom), brush.palette.control)


def _name_periods(brush: Brush, chart: Chart, frame: _Frame) -> None:
    """The names of the periods, never turned; where they find no room only every second, third ... is written."""
    setter = brush.setter
    names = [brush.name(category) for category in chart.categories]
    widest = max((setter.width(name) for name in names), default=0.0)
    step = max(1, ceil((min(widest, frame.plot.width / 2) + _GAP) / frame.slot))
    y = brush.box.bottom - setter.line * 0.7
    for place, name in enumerate(names):
        if (len(names) - 1 - place) % step:
            continue
        fitted = setter.fitted(name, frame.slot * step - 2 if step > 1 or len(names) > 1 else frame.plot.width)
        half = setter.width(fitted) / 2
        x = min(max(frame.middles[place], brush.box.left + half), brush.box.right - half)
        brush.text(x, y, fitted, brush.palette.text2)
