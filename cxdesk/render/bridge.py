"""From one value over its parts to another, as rows from top to bottom: why a score moved.

Levels are bars from zero. Each step starts where the one above it ended, so the eye can follow the sum.
"""

from __future__ import annotations

from cxdesk.blocks.chart import Chart
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.steps import steps_of
from cxdesk.render.axis import Axis
from cxdesk.render.brush import Box, Brush
from cxdesk.render.rows import lay_rows
from cxdesk.text import show_number

_GAP = 8


def _tone(chart: Chart, place: int) -> Tone:
    """Levels in the plain tone; steps upwards and downwards differ in tone, and in their sign."""
    value = chart.series[0].values[place] or 0.0
    if place in {0, len(chart.categories) - 1}:
        return Tone.ACCENT
    return Tone.FAINT if value == 0 else Tone.SERIES_3 if value > 0 else Tone.SERIES_2


def draw_bridge(brush: Brush, chart: Chart) -> tuple[Box, ...]:
    """Draw the bars; returns the place of each row."""
    series = chart.series[0]
    rows = lay_rows(brush, chart, floor_lines=0.0, ceiling=0.0)
    steps = steps_of(series.values)
    shown = range(len(rows.middles))
    words = [show_number(series.values[place], chart.format_of(place)) for place in shown]
    widest = max((brush.setter.width(each, bold=True) for each in words), default=0.0) + _GAP
    ends = [0.0, *(end for step in steps for end in step)]
    lowest, highest = min(ends), max(ends)
    left = rows.plot.left + (widest if lowest < 0 else 1)
    axis = Axis(lowest, highest if highest > lowest else lowest + 1.0, left, rows.plot.right - widest)
    thick = min(rows.step * 0.62, brush.px(28))
    for place in shown:
        middle = rows.middles[place]
        start, end = (axis.at(value) for value in steps[place])
        wide = max(abs(end - start), 1.5)
        brush.bar(
            Box(min(start, end), middle - thick / 2, min(start, end) + wide, middle + thick / 2),
            _tone(chart, place),
        )
        if place + 1 in shown:
            brush.line((end, middle + thick / 2), (end, rows.middles[place + 1] - thick / 2), brush.palette.control)
        level = place in {0, len(steps) - 1}
        backwards = steps[place][1] < 0 if level else steps[place][0] < 0 and steps[place][1] < 0
        x = min(start, end) - _GAP * 0.7 if backwards else max(start, end) + _GAP * 0.7
        side = "right" if backwards else "left"
        brush.text(x, middle, words[place], brush.palette.text, side=side, bold=level)
    brush.line((axis.at(0), rows.plot.top), (axis.at(0), rows.plot.bottom), brush.palette.control)
    return rows.spots(brush)
