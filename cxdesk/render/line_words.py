"""What is written on and around lines over periods: values, names of lines, periods, answers per period, events.

Nothing is turned, nothing touches anything else: where there is no room, fewer values and names are written. All of
them stand in the table behind the chart.
"""

from __future__ import annotations

from math import ceil

from cxdesk.blocks.chart import Chart, Series
from cxdesk.render.brush import Box, Brush
from cxdesk.render.columns import spread
from cxdesk.render.line_frame import GAP, Frame, end_words, is_faint
from cxdesk.text import Format, show_number

_FAR, _FAR_SHARE = 2.6, 0.26
"""Words stand over a range that is at most so many lines, or such a part of the chart, above its point."""


def label_points(brush: Brush, chart: Chart, frame: Frame) -> None:
    """Values over their points: all, or the first, the last, the highest and the lowest; the last one is bold.

    A chart without bars of answers is a small one beside others, and only says where the line starts and ends.
    """
    series, setter = chart.series[0], brush.setter
    known = [place for place, value in enumerate(series.values) if value is not None]
    if not known:
        return
    words = {place: show_number(series.values[place], chart.format) for place in known}
    widest = max(setter.width(each, bold=True) for each in words.values())
    wanted = known if widest + 6 <= frame.slot and frame.bars is not None else _telling(series, known)
    lowest = min(known, key=lambda place: series.values[place] or 0.0)
    right = frame.plot.right if end_words(chart) else brush.box.right
    taken: list[Box] = []
    for place in wanted:
        last = place == known[-1]
        half = setter.width(words[place], bold=last) / 2 + 2
        x = min(max(frame.middles[place], frame.plot.left + half), right - half)
        y = _beside(series, frame, place, setter.line, lowest=place == lowest and not last)
        y = max(y, brush.box.top + setter.line * 0.5)
        box = Box(x - half, y - setter.line * 0.42, x + half, y + setter.line * 0.42)
        if any(_touch(box, other) for other in taken):
            continue
        taken.append(box)
        if chart.target is not None and box.top < frame.at(chart.target) < box.bottom:
            brush.plain(box, brush.palette.surface)
        brush.text(x, y, words[place], brush.palette.text, bold=last)


def label_ends(brush: Brush, chart: Chart, frame: Frame) -> None:
    """Lines, target and limits are named behind their ends; names that would touch are pushed apart."""
    setter = brush.setter
    ends = sorted(((frame.at(value), words, series) for value, words, series in end_words(chart)), key=lambda e: e[0])
    heights = [setter.line * 0.96] * len(ends)
    placed = spread([y for y, _, _ in ends], heights, frame.plot.top, frame.plot.bottom, 0.0)
    left = frame.plot.right + GAP * 0.8
    room = brush.box.right - left - 2
    named = [series for series in chart.series if not is_faint(series)]
    for (wanted, words, series), y in zip(ends, placed, strict=True):
        if series is None:
            brush.text(left, y, setter.fitted(brush.name(words), room), brush.palette.text2, side="left")
            continue
        if abs(wanted - y) > setter.line * 0.5:
            start = max((x for x, value in zip(frame.middles, series.values, strict=True) if value is not None))
            brush.line((start + brush.px(6), wanted), (left - 2, y), brush.palette.control, 0.8)
        if is_faint(series):
            brush.text(left, y, setter.fitted(brush.name(words), room), brush.palette.muted, side="left")
            continue
        brush.mark(named.index(series), left + brush.px(5), y, brush.fill(series.tone(0)))
        shown = setter.fitted(brush.name(words), room - brush.px(14), bold=True)
        brush.text(left + brush.px(14), y, shown, brush.palette.words(series.tone(0)), side="left", bold=True)


def draw_sizes(brush: Brush, chart: Chart, frame: Frame) -> None:
    """A bar per period for how many answered, with the number over it where there is room."""
    ground = frame.bars
    if ground is None:
        return
    setter, palette = brush.setter, brush.palette
    most = max(chart.sizes, default=0) or 1
    counts = [show_number(size, Format.COUNT) for size in chart.sizes]
    said = [f"n={count}" for count in counts]
    if max(setter.width(words, size=0.9) for words in said) + 4 > frame.slot:
        said = counts
        brush.text(ground.left - GAP, ground.bottom - setter.line * 0.5, "n", palette.text2, side="right", size=0.9)
    widest = max(setter.width(words, size=0.9) for words in said)
    step = max(1, ceil((widest + 4) / frame.slot))
    for place, size in enumerate(chart.sizes):
        middle, half = frame.middles[place], min(frame.slot * 0.31, brush.px(36))
        top = ground.bottom - max(0.0, ground.height - setter.line) * size / most
        brush.plain(Box(middle - half, top, middle + half, ground.bottom), palette.passive)
        if (len(chart.sizes) - 1 - place) % step == 0 and (size or step == 1):
            brush.text(middle, top - setter.line * 0.5, said[place], palette.text2, size=0.9)
    brush.line((ground.left, ground.bottom), (ground.right, ground.bottom), palette.control)


def name_periods(brush: Brush, chart: Chart, frame: Frame) -> None:
    """The names of the periods; where they find no room only every second, third ... and always the last."""
    setter = brush.setter
    names = [brush.name(category) for category in chart.categories]
    if not names:
        return
    widest = max(setter.width(name) for name in names)
    step = max(1, ceil((min(widest, frame.plot.width / 2) + GAP) / frame.slot))
    y = brush.box.bottom - setter.line * 0.7
    edge = brush.box.right + GAP
    for place in range(len(names) - 1, -1, -step):
        room = max(frame.slot * step - 4, 1.0) if len(names) > 1 else frame.plot.width
        fitted = setter.fitted(names[place], room)
        half = setter.width(fitted) / 2
        x = min(max(frame.middles[place], brush.box.left + half), brush.box.right - half)
        if x + half + GAP > edge:
            continue
        brush.text(x, y, fitted, brush.palette.text2)
        edge = x - half


def name_events(brush: Brush, chart: Chart, frame: Frame) -> None:
    """A line behind the period after which something may have changed, with its words over the chart."""
    setter, plot = brush.setter, frame.plot
    taken: list[Box] = []
    for event in chart.events:
        x = frame.middles[event.after] + frame.slot / 2
        brush.line((x, plot.top - setter.line * 0.5), (x, plot.bottom), brush.palette.warn_line, 1.4, dashed=True)
        left = x - plot.left > plot.right - x
        room = (x - brush.box.left if left else brush.box.right - x) - GAP
        words = setter.fitted(brush.name(event.name), room)
        width = setter.width(words)
        start = x - GAP * 0.6 - width if left else x + GAP * 0.6
        y = brush.box.top + setter.line * 0.55
        while any(_touch(_line_box(start, y, width, setter.line), other) for other in taken):
            y += setter.line
        taken.append(_line_box(start, y, width, setter.line))
        brush.text(start, y, words, brush.palette.text2, side="left")


def _telling(series: Series, known: list[int]) -> list[int]:
    """The last, the first, the highest and the lowest period that stands on enough answers."""
    firm = [place for place in known if not (series.hollow and series.hollow[place])] or known
    highest = max(firm, key=lambda place: series.values[place] or 0.0)
    lowest = min(firm, key=lambda place: series.values[place] or 0.0)
    found = [known[-1], known[0], highest, lowest]
    return [place for number, place in enumerate(found) if place not in found[:number]]


def _beside(series: Series, frame: Frame, place: int, line: float, *, lowest: bool) -> float:
    """The height of a value's words: over its range, or beside the point itself where the range is high."""
    y = frame.at(series.values[place] or 0.0)
    high = series.high[place] if series.high else None
    if high is not None and not (series.hollow and series.hollow[place]):
        edge = frame.at(high)
        if y - edge <= max(_FAR * line, _FAR_SHARE * frame.plot.height):
            return edge - line * 0.72
    return y + line * 0.8 if lowest else y - line * 0.72


def _touch(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _line_box(left: float, y: float, width: float, line: float) -> Box:
    return Box(left - 2, y - line / 2, left + width + 2, y + line / 2)
