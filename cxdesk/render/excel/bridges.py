"""Native charts of steps from one value to another: stacked bars whose first part is not drawn.

A bar that starts at a value is a stack of an empty part up to it and a visible part from there on; parts below zero
stack to the other side. The lengths stand in grey columns beside the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xlsxwriter.chart import Chart as NativeChart

from cxdesk.blocks.chart import Chart
from cxdesk.blocks.palette import LIGHT, Tone
from cxdesk.blocks.steps import steps_of
from cxdesk.render.excel import ink, styles
from cxdesk.render.excel.cells import Canvas
from cxdesk.render.excel.model import PlacedChart, SeriesRange
from cxdesk.text import Format, Translator, say, show_number

HELPERS = 4
"""How many grey columns the chart reads."""


def add_steps(
    chart: Chart, reads: SeriesRange, canvas: Canvas, translator: Translator, at: int
) -> tuple[SeriesRange, ...]:
    """Write the lengths of the parts from column ``at`` on; returns where they stand, the empty part first."""
    titles = (say("empty up to"), say("above zero"), say("below zero"), say("end of bar"))
    found = []
    for offset, title in enumerate(titles):
        canvas.put(reads.first - 1, at + offset, translator(title), styles.BEHIND_HEADER)
        canvas.widen(at + offset, 9)
        found.append(replace(reads, name=translator(title), values=at + offset))
    factor = 100 if chart.format is Format.PERCENT_GAP else 1
    for place, (start, end) in enumerate(steps_of(chart.series[0].values)):
        low, high = sorted((factor * start, factor * end))
        empty = low if low > 0 else high if high < 0 else 0.0
        above, below = max(high, 0.0) - max(low, 0.0), min(low, 0.0) - min(high, 0.0)
        for offset, length in enumerate((empty, above, below, 0.0)):
            canvas.put(reads.first + place, at + offset, length, styles.BEHIND, shown=f"{length:.4g}")
    return tuple(found)


def add_bars(native: NativeChart, placed: PlacedChart, values: Mapping[tuple[int, int], Any], family: str) -> None:
    """Add the parts of every bar; the last one has no length and carries the numbers."""
    chart = placed.chart
    series = chart.series[0]
    count = len(chart.categories)
    bare = {"fill": {"none": True}, "border": {"none": True}}
    for part, reads in enumerate(placed.ranges):
        options = ink.read_cells(placed, reads, values) | {"gap": 45, "overlap": 100}
        if part in {1, 2}:
            tones = [_tone(series.values[place] or 0.0, level=place in {0, count - 1}) for place in range(count)]
            options |= ink.paint(Tone.ACCENT, hollow=False)
            options["points"] = [ink.paint(tone, hollow=False) for tone in tones]
        else:
            options |= bare
        if part == HELPERS - 1:
            words = [show_number(series.values[place], chart.format_of(place)) for place in range(count)]
            look = ink.font(family, 9, LIGHT.text)
            options["data_labels"] = {
                "value": True,
                "position": "inside_base",
                "font": look,
                "custom": [{"value": each, "font": look} for each in words],
            }
        native.add_series(options)


def _tone(value: float, *, level: bool) -> Tone:
    if level:
        return Tone.ACCENT
    return Tone.SERIES_3 if value > 0 else Tone.SERIES_2
