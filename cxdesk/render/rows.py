"""Charts with one row per category: bars, split bars, dots with ranges, and two marks joined by a line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cxdesk.blocks.chart import Chart, Series
from cxdesk.blocks.palette import Tone
from cxdesk.render.axis import Axis, span_of_marks, span_of_ranges, ticks
from cxdesk.render.brush import SIGNS, Box, Brush
from cxdesk.render.columns import spread
from cxdesk.text import Format, Translator, say, say_n, show_number

_NAMES = 0.38
"""The largest part of the width that names may take."""

_GAP = 8
_SIGNS_BEHIND = {Tone.DETRACTOR: "{} ▼", Tone.PROMOTER: "{} ▲"}
_LEAST_ROW = 1.15
"""The lowest row, relative to a line of text; rows that find no room are counted in the last line."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The area to the right of the names, and the middle and height of the rows that find room."""

    plot: Box
    middles: tuple[float, ...]
    step: float

    def spots(self, brush: Brush) -> tuple[Box, ...]:
        """The place of each row."""
        half = self.step / 2
        return tuple(Box(brush.box.left, middle - half, brush.box.right, middle + half) for middle in self.middles)


def draw_bars(brush: Brush, chart: Chart) -> tuple[Box, ...]:
    """Horizontal bars from zero with their values at the end, and their ranges if they have some."""
    series = chart.series[0]
    rows = lay_rows(brush, chart, floor_lines=0.0, ceiling=_reference_room(brush, chart))
    labels = [_number(value, chart.format) for value in series.values]
    widest = max((brush.setter.width(label) for label in labels), default=0.0) + _GAP
    ends = [value for part in (series.values, series.low, series.high) for value in part if value is not None]
    lowest, highest = min(0.0, *ends, 0.0), max(0.0, *ends, 0.0)
    axis = Axis(lowest, highest or 1.0, rows.plot.left + (widest if lowest < 0 else 1), rows.plot.right - widest)
    thick = min(rows.step * 0.64, brush.px(30))
    for place, middle in enumerate(rows.middles):
        value = series.values[place]
        if value is None:
            brush.text(axis.at(0) + _GAP, middle, labels[place], brush.palette.muted, side="left")
            continue
        start, end = sorted((axis.at(0), axis.at(value)))
        brush.bar(Box(start, middle - thick / 2, end, middle + thick / 2), series.tone(place))
        low, high = _range(series, place)
        if low is not None and high is not None:
            brush.whisker(axis.at(low), axis.at(high), middle, brush.palette.text2, 1.2)
            start, end = min(start, axis.at(low)), max(end, axis.at(high))
        x, side = (end + _GAP * 0.7, "left") if value >= 0 else (start - _GAP * 0.7, "right")
        brush.text(x, middle, labels[place], brush.palette.text, side=side)
    brush.line((axis.at(0), rows.plot.top), (axis.at(0), rows.plot.bottom), brush.palette.control)
    _draw_reference(brush, chart, axis, rows)
    return rows.spots(brush)


def draw_split(brush: Brush, chart: Chart) -> tuple[Box, ...]:
    """One 100 % bar per category, its parts in a fixed order with their shares in them and their names over them."""
    rows = lay_rows(brush, chart, floor_lines=0.0, ceiling=brush.setter.line * 1.3)
    gap = 2.0
    thick = min(rows.step * 0.7, brush.px(32))
    for place, middle in enumerate(rows.middles):
        shares = [max(0.0, series.values[place] or 0.0) for series in chart.series]
        room = rows.plot.width - gap * max(0, sum(share > 0 for share in shares) - 1)
        left = rows.plot.left
        for series, share in zip(chart.series, shares, strict=True):
            box = Box(left, middle - thick / 2, left + room * share, middle + thick / 2)
            brush.bar(box, series.tone(place))
            _label_part(brush, box, series.tone(place), show_number(share, Format.PERCENT))
            left = box.right + (gap if share > 0 else 0)
    _name_parts(brush, chart, rows)
    return rows.spots(brush)


def draw_dots(brush: Brush, chart: Chart) -> tuple[Box, ...]:
    """A dot with its range per category, hollow for small bases, and a dashed line for everyone."""
    series = chart.series[0]
    labels = [_number(value, chart.format) for value in series.values]
    widest = max((brush.setter.width(label) for label in labels), default=0.0)
    rows = lay_rows(brush, chart, floor_lines=1.5, ceiling=_reference_room(brush, chart))
    axis = Axis(*span_of_ranges(chart), rows.plot.left + _GAP, rows.plot.right - widest - _GAP * 1.5)
    _draw_axis(brush, chart, axis, rows)
    _draw_reference(brush, chart, axis, rows)
    for place, middle in enumerate(rows.middles):
        value = series.values[place]
        hollow = bool(series.hollow) and series.hollow[place]
        ink = brush.palette.muted if hollow else brush.palette.text
        brush.text(rows.plot.right, middle, labels[place], ink, side="right")
        if value is None:
            continue
        color = brush.palette.muted if hollow else brush.fill(series.tone(place))
        low, high = _range(series, place)
        if low is not None and high is not None:
            brush.whisker(axis.at(low), axis.at(high), middle, color)
        brush.dot(axis.at(value), middle, color, hollow=hollow)
    return rows.spots(brush)


def draw_dumbbell(brush: Brush, chart: Chart) -> tuple[Box, ...]:
    """Two marks per category joined by a line: a group (diamond) and everyone else (ring), or before (ring) and now."""
    if chart.series[0].hollow and all(chart.series[0].hollow):
        chart = replace(chart, series=(chart.series[1], chart.series[0]))
        return _draw_pairs(brush, chart, now=True)
    return _draw_pairs(brush, chart, now=False)


def _draw_pairs(brush: Brush, chart: Chart, *, now: bool) -> tuple[Box, ...]:
    here, there = chart.series[0], chart.series[1]
    rows = lay_rows(brush, chart, floor_lines=1.5, ceiling=brush.setter.line * 1.6)
    values = [value for series in (here, there) for value in series.values if value is not None]
    sign = "▲ " if now else ""
    widest = max((brush.setter.width(sign + _number(value, chart.format), bold=True) for value in values), default=0.0)
    edge = widest + brush.px(14)
    axis = Axis(*span_of_marks(chart, values), rows.plot.left + edge, rows.plot.right - edge)
    _draw_axis(brush, chart, axis, rows)
    for place, middle in enumerate(rows.middles):
        one, other = here.values[place], there.values[place]
        if one is not None and other is not None:
            brush.line((axis.at(one), middle), (axis.at(other), middle), brush.palette.control, 1.6)
            if now:
                _point_to(brush, axis.at(other), axis.at(one), middle)
        tone = here.tone(place)
        left = one is not None and (other is None or one <= other)
        if other is not None:
            brush.dot(axis.at(other), middle, brush.palette.accent, hollow=True)
            _beside(brush, axis.at(other), middle, _number(other, chart.format), brush.palette.text2, left=not left)
        if one is not None:
            if now:
                brush.dot(axis.at(one), middle, brush.fill(tone))
            else:
                brush.diamond(axis.at(one), middle, brush.fill(tone))
            color = brush.palette.words(tone)
            words = _number(one, chart.format)
            if now:
                words = SIGNS.get(tone, "{}").format(words) if left else _SIGNS_BEHIND.get(tone, "{}").format(words)
            _beside(brush, axis.at(one), middle, words, color, left=left, bold=True)
    _draw_legend(brush, chart, now=now)
    return rows.spots(brush)


def _point_to(brush: Brush, start: float, end: float, y: float) -> None:
    """The tip of an arrow from before to now, where both marks leave room for it."""
    left, edge = end < start, brush.px(7)
    if abs(end - start) > 2 * edge + brush.px(6):
        brush.arrow(end + edge if left else end - edge, y, brush.palette.control, left=left)


def lay_rows(brush: Brush, chart: Chart, *, floor_lines: float, ceiling: float) -> Rows:
    """Write the names at the left, and share the height out among the rows."""
    setter = brush.setter
    area = brush.box.shrunk(_GAP, 2 + ceiling, _GAP, 2 + floor_lines * setter.line)
    count = len(chart.categories)
    shown = max(1, min(count, int(area.height / (setter.line * _LEAST_ROW))))
    if shown < count:
        area = area.shrunk(bottom=setter.line)
        shown = max(1, int(area.height / (setter.line * _LEAST_ROW)))
        rest = say_n("1 more in the table", "{count} more in the table", count - shown)
        y = brush.box.bottom - floor_lines * setter.line - setter.line * 0.6
        brush.text(area.left, y, setter.fitted(brush.translator(rest), area.width), brush.palette.muted, side="left")
    step = area.height / max(1, shown)
    names = [brush.name(category) for category in chart.categories[:shown]]
    room = min(max((setter.width(name) for name in names), default=0.0), area.width * _NAMES)
    most = max(1, min(3, int(step / setter.line)))
    middles = tuple(area.top + step * (place + 0.5) for place in range(shown))
    for name, middle in zip(names, middles, strict=True):
        lines = setter.lines(name, room + 1, most)
        brush.paragraph(area.left + room, middle, lines, brush.palette.text2, side="right")
    return Rows(area.shrunk(left=room + _GAP), middles, step)


def _draw_axis(brush: Brush, chart: Chart, axis: Axis, rows: Rows) -> None:
    """A few light lines with their values below, and the line that everything stands on."""
    plot, palette = rows.plot, brush.palette
    for tick in ticks(brush.setter, chart, axis):
        brush.line((axis.at(tick), plot.top), (axis.at(tick), plot.bottom), palette.border)
        words = show_number(tick, chart.format)
        brush.text(axis.at(tick), plot.bottom + brush.setter.line * 0.75, words, palette.text2)
    brush.line((plot.left, plot.bottom), (plot.right, plot.bottom), palette.control)


def _draw_reference(brush: Brush, chart: Chart, axis: Axis, rows: Rows) -> None:
    """The dashed line of everyone; it is named where no row has its value."""
    if chart.reference is None:
        return
    x = axis.at(chart.reference)
    brush.line((x, rows.plot.top), (x, rows.plot.bottom), brush.palette.muted, 1.2, dashed=True)
    if not _reference_room(brush, chart):
        return
    words = _reference_words(chart, brush.translator)
    half = brush.setter.width(words) / 2
    centre = min(max(x, rows.plot.left + half), rows.plot.right - half)
    brush.text(centre, rows.plot.top - brush.setter.line * 0.55, words, brush.palette.text2)


def _reference_words(chart: Chart, translator: Translator) -> str:
    return translator(say("All: {value}", value=_number(chart.reference, chart.format)))


def _reference_room(brush: Brush, chart: Chart) -> float:
    named = chart.reference is None or chart.reference in chart.series[0].values
    return 0.0 if named else brush.setter.line * 1.2


def _draw_legend(brush: Brush, chart: Chart, *, now: bool) -> None:
    """What the two marks stand for, over the rows."""
    y = brush.box.top + brush.setter.line * 0.7
    x = brush.box.left + _GAP
    most = brush.box.width / 2 - brush.px(34)
    pair = list(enumerate(chart.series[:2]))
    for number, series in reversed(pair) if now else pair:
        words = brush.setter.fitted(brush.name(series.name), most)
        if number:
            brush.dot(x + brush.px(6), y, brush.palette.accent, hollow=True)
        elif now:
            brush.dot(x + brush.px(6), y, brush.palette.accent)
        else:
            brush.diamond(x + brush.px(6), y, brush.fill(_loudest(series)))
        brush.text(x + brush.px(17), y, words, brush.palette.text2, side="left")
        x += brush.px(17) + brush.setter.width(words) + brush.px(18)


def _loudest(series: Series) -> Tone:
    return next((tone for tone in (Tone.DETRACTOR, Tone.PROMOTER) if tone in series.tones), series.tones[0])


def _label_part(brush: Brush, box: Box, tone: Tone, words: str) -> None:
    """A share in its part of a bar, where there is room; on hatching it gets a plain ground."""
    width = brush.setter.width(words, bold=True, size=0.94)
    if width + 6 > box.width or brush.setter.size > box.height:
        return
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    if tone is Tone.DETRACTOR and brush.hatched:
        half = brush.setter.size * 0.62
        brush.plain(
            Box(middle[0] - width / 2 - 3, middle[1] - half, middle[0] + width / 2 + 3, middle[1] + half),
            brush.fill(tone),
        )
    brush.text(*middle, words, brush.palette.on(tone), bold=True, size=0.94)


def _name_parts(brush: Brush, chart: Chart, rows: Rows) -> None:
    """The names of the parts over the first bar, each as near to its part as there is room."""
    setter, plot = brush.setter, rows.plot
    names, wanted, start = [], [], 0.0
    total = sum(series.values[0] or 0.0 for series in chart.series) or 1.0
    for series in chart.series:
        share = (series.values[0] or 0.0) / total
        names.append(SIGNS.get(series.tone(0), "{}").format(brush.name(series.name)))
        wanted.append(plot.left + plot.width * (start + share / 2))
        start += share
    widths = [setter.width(name, bold=True) for name in names]
    most = brush.box.width - 2 * _GAP - _GAP * (len(names) - 1)
    if sum(widths) > most:
        names = [setter.fitted(name, most / len(names), bold=True) for name in names]
        widths = [setter.width(name, bold=True) for name in names]
    left = plot.left if sum(widths) + _GAP * len(names) <= plot.width else brush.box.left + _GAP
    for series, name, centre in zip(chart.series, names, spread(wanted, widths, left, plot.right, _GAP), strict=True):
        color = brush.palette.words(series.tone(0))
        brush.text(centre, brush.box.top + setter.line * 0.65, name, color, bold=True)


def _beside(brush: Brush, x: float, y: float, words: str, color: str, *, left: bool, bold: bool = False) -> None:
    away = brush.px(10)
    brush.text(x - away if left else x + away, y, words, color, side="right" if left else "left", bold=bold)


def _number(value: float | None, format: Format) -> str:
    return show_number(value, format)


def _range(series: Series, place: int) -> tuple[float | None, float | None]:
    return (series.low[place], series.high[place]) if series.low and series.high else (None, None)
