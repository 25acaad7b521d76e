"""Axes of charts with one row per category: from where to where, and which round values are written below."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

from cxdesk.blocks.chart import Chart
from cxdesk.render.typesetter import Typesetter
from cxdesk.text import Format, show_number

_GAP = 8
_UNITS = {
    Format.PERCENT: 0.01,
    Format.PERCENT_GAP: 0.01,
    Format.MEAN: 0.1,
    Format.MEAN_GAP: 0.1,
    Format.GENERAL: 0.01,
}
"""The smallest difference that is seen in a number as it is shown; 1 for the others."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Turns values into places."""

    lowest: float
    highest: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """Where a value stands."""
        share = (value - self.lowest) / (self.highest - self.lowest) if self.highest > self.lowest else 0.5
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)


def span_of_ranges(chart: Chart) -> tuple[float, float]:
    """The ends of the axis: what the chart asks for, or all ranges and the dashed line with some air."""
    if chart.span is not None:
        return chart.span
    series = chart.series[0]
    known = [value for part in (series.values, series.low, series.high) for value in part if value is not None]
    known += [] if chart.reference is None else [chart.reference]
    if not known:
        return 0.0, 1.0
    air = (max(known) - min(known)) * 0.05 or 1.0
    return min(known) - air, max(known) + air


def span_of_marks(chart: Chart, values: list[float]) -> tuple[float, float]:
    """The ends of an axis without ranges: rounded outwards to steps that people count in."""
    if chart.span is not None:
        return chart.span
    if not values:
        return 0.0, 1.0
    step = _step((max(values) - min(values)) or abs(max(values)) or 1.0, 4, chart.format)
    return floor(min(values) / step) * step, -floor(-max(values) / step) * step


def ticks(setter: Typesetter, chart: Chart, axis: Axis) -> list[float]:
    """Round values along the axis, as many as can be written beside each other."""
    span = axis.highest - axis.lowest
    for many in (6, 5, 4, 3, 2, 1):
        step = _step(span, many, chart.format)
        first = -floor(-axis.lowest / step + 1e-9)
        found = [step * number for number in range(first, floor(axis.highest / step + 1e-9) + 1)]
        widths = [setter.width(show_number(tick, chart.format)) for tick in found]
        places = [axis.at(tick) for tick in found]
        needed = [(one + other) / 2 + _GAP for one, other in pairwise(widths)]
        if all(right - left >= room for (left, right), room in zip(pairwise(places), needed, strict=True)):
            return found
    return []


def round_steps(lowest: float, highest: float, many: int, form: Format) -> list[float]:
    """Round values between two ends, about ``many`` of them, that differ as they are shown."""
    step = _step(highest - lowest, many, form)
    first, last = -floor(-lowest / step + 1e-9), floor(highest / step + 1e-9)
    return [step * number for number in range(first, last + 1)]


def _step(span: float, many: int, form: Format) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides a span into at most about ``many`` parts.

    It is never so small that two steps would be shown as the same number.
    """
    rough = max(span / max(1, many), _UNITS.get(form, 1.0))
    power = 10.0 ** floor(log10(rough)) if rough > 0 else 1.0
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))
