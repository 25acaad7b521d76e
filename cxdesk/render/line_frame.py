"""Where things stand in a chart over periods: the area of the lines, the bars below it, the middle of each period."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.blocks.chart import Chart, Series
from cxdesk.blocks.palette import Tone
from cxdesk.render.axis import Axis, round_steps
from cxdesk.render.brush import Box, Brush
from cxdesk.text import Format, Text, say, show_number

GAP = 8
_BARS = 0.16
"""The part of the height that the bars of answers take."""

_MOST_ENDS = 0.24
"""The largest part of the width that the words behind the lines may take."""

_LEAST_FOR_BARS = 9.0
"""Lower charts, in lines of text, have no room for bars."""

_STEP_ROOM = 2.2
"""The least distance of two values on the axis, in lines of text."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The area of the lines, the area of the bars below it, the middle of each period, and the axis."""

    plot: Box
    bars: Box | None
    middles: tuple[float, ...]
    slot: float
    axis: Axis
    steps: tuple[float, ...]

    def at(self, value: float) -> float:
        """The height of a value; the axis counts from below. What lies beyond it stands at its edge."""
        return self.axis.at(value)


def frame_of(brush: Brush, chart: Chart) -> Frame:
    """Share the room out among axis, lines, bars and words."""
    setter, box = brush.setter, brush.box
    below = setter.line * 1.5
    sized = bool(chart.sizes) and box.height >= _LEAST_FOR_BARS * setter.line
    bars = (box.height * _BARS + setter.line) if sized else 0.0
    above = setter.line * (1.1 if chart.events else 0.4)
    top, bottom = box.top + above, box.bottom - below - bars
    lowest, highest = _span(chart, setter.line * 1.5 / max(1.0, bottom - top))
    many = max(2, min(6, int((bottom - top) / (_STEP_ROOM * setter.line))))
    steps = tuple(round_steps(lowest, highest, many, chart.format))
    left = max((setter.width(show_number(step, chart.format)) for step in steps), default=0.0) + 2 * GAP
    right = GAP + _end_room(brush, chart)
    plot = Box(box.left + left, top, box.right - right, bottom)
    slot = plot.width / max(1, len(chart.categories))
    middles = tuple(plot.left + slot * (place + 0.5) for place in range(len(chart.categories)))
    ground = Box(plot.left, plot.bottom + setter.line * 1.2, plot.right, box.bottom - below) if sized else None
    return Frame(plot, ground, middles, slot, Axis(lowest, highest, plot.bottom, plot.top), steps)


def end_words(chart: Chart) -> list[tuple[float, Text, Series | None]]:
    """What is written behind the lines: (value, words, the line it names, or None for target and limits)."""
    found: list[tuple[float, Text, Series | None]] = []
    if chart.target is not None:
        found.append((chart.target, say("Target {value}", value=show_number(chart.target, chart.format)), None))
    upper = [high for _, high in chart.limits if high is not None]
    if upper:
        found.append((upper[-1], say("Control limits"), None))
    for series in chart.series if len(chart.series) > 1 else ():
        known = [value for value in series.values if value is not None]
        if known:
            found.append((known[-1], say("{name}", name=series.name), series))
    return found


def _end_room(brush: Brush, chart: Chart) -> float:
    """The width of the words behind the lines with the mark before each."""
    widths = [
        brush.setter.width(brush.name(words), bold=series is not None) + (brush.px(16) if series is not None else 0.0)
        for _, words, series in end_words(chart)
    ]
    return min(max(widths) + GAP, brush.box.width * _MOST_ENDS) if widths else brush.px(2)


def _span(chart: Chart, headroom: float) -> tuple[float, float]:
    """From the lowest to the highest thing that is drawn; a line need not start at zero.

    The wide ranges of small bases would press everything else flat, so only their values count. ``headroom`` is the
    share of the height that the words over the highest point need.
    """
    if chart.span is not None:
        return chart.span
    known = [value for series in chart.series for value in series.values if value is not None]
    if len(chart.series) == 1:
        known += _firm_ends(chart.series[0])
    known += [value for pair in chart.limits for value in pair if value is not None]
    known += [] if chart.target is None else [chart.target]
    if not known:
        return 0.0, 1.0
    least = {Format.PERCENT: 0.02, Format.MEAN: 0.2}.get(chart.format, 2.0)
    lowest, highest = min(known), max(known)
    air = max((highest - lowest) * 0.06, least)
    lowest -= air
    if chart.format is Format.PERCENT:
        lowest = max(0.0, lowest)
    return lowest, highest + max(air, (highest - lowest) * headroom / max(0.2, 1 - headroom))


def _firm_ends(series: Series) -> list[float]:
    """Both ends of the ranges of points that stand on enough answers; of all, if none does."""
    firm = [place for place in range(len(series.values)) if not (series.hollow and series.hollow[place])]
    places = firm or list(range(len(series.values)))
    ends = [part[place] for part in (series.low, series.high) if part for place in places]
    return [end for end in ends if end is not None]


def is_faint(series: Series) -> bool:
    """Whether a line is one of the many behind those that are named."""
    return series.tone(0) in {Tone.FAINT, Tone.MUTED, Tone.PASSIVE}
