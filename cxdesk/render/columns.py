"""Vertical bars from zero: all answers in the order of their scale, with brackets over groups of them."""

from __future__ import annotations

from math import ceil

from cxdesk.blocks.chart import Bracket, Chart
from cxdesk.render.brush import SIGNS, Box, Brush
from cxdesk.text import show_number

_BAR = 0.84
_SIDE = 6
_MOST_LINES = 3


def fit_columns(brush: Brush, chart: Chart) -> bool:
    """Whether the names of the answers find room below their bars without a word being torn apart."""
    slot = _plot(brush).width / max(1, len(chart.categories))
    names = [brush.name(category) for category in chart.categories]
    if _ends(names) is not None:
        return True
    return all(_is_point(name) or not brush.setter.breaks_words(name, slot - 4) for name in names)


def draw_columns(brush: Brush, chart: Chart) -> tuple[Box, ...]:
    """Draw the bars; returns the place of each one with its value and name."""
    series, setter = chart.series[0], brush.setter
    count = max(1, len(chart.categories))
    plot = _plot(brush)
    slot = plot.width / count
    centres = [plot.left + slot * (place + 0.5) for place in range(count)]
    named = [brush.name(category) for category in chart.categories]
    ends = _ends(named)
    names = _names(brush, named if ends is None else [_point(name) for name in named], slot)
    below = max((len(lines) for lines in names), default=1) * setter.line + 4
    if ends is not None:
        _name_ends(brush, ends)
        below += setter.line
    above = setter.line + (setter.line * 1.7 if chart.brackets else 0)
    plot = Box(plot.left, brush.box.top + above, plot.right, brush.box.bottom - below)
    values = [value or 0.0 for value in series.values]
    most = max(values, default=0.0) or 1.0
    tops = [plot.bottom - plot.height * max(0.0, value) / most for value in values]
    for place, top in enumerate(tops):
        left = centres[place] - slot * _BAR / 2
        brush.bar(Box(left, top, left + slot * _BAR, plot.bottom), series.tone(place))
    labels = ["" if value is None else show_number(value, chart.format) for value in series.values]
    for place, box in _apart(brush, labels, centres, tops):
        brush.text((box.left + box.right) / 2, tops[place] - setter.line * 0.55, labels[place], brush.palette.text)
    brush.line((plot.left - 2, plot.bottom), (plot.right + 2, plot.bottom), brush.palette.control)
    for centre, lines in zip(centres, names, strict=True):
        middle = plot.bottom + 4 + len(lines) * setter.line / 2
        widest = max((setter.width(line) for line in lines), default=0.0)
        brush.paragraph(_inside(brush, centre, widest), middle, lines, brush.palette.text2)
    _draw_brackets(brush, chart.brackets, centres, slot)
    half = slot / 2
    return tuple(
        Box(centre - half, top - setter.line, centre + half, brush.box.bottom)
        for centre, top in zip(centres, tops, strict=True)
    )


def _plot(brush: Brush) -> Box:
    return brush.box.shrunk(_SIDE, 0, _SIDE, 0)


def _is_point(name: str) -> bool:
    """Whether a name is only a number of the scale; of these some may be left out where there is no room."""
    return len(name) <= 4


def _point(name: str) -> str:
    return name.split(" ", 1)[0]


def _ends(names: list[str]) -> tuple[str, str] | None:
    """What the first and the last point of a scale mean, if only these have words: "0 Not at all likely"."""
    if len(names) < 5 or not all(_point(name).isdigit() for name in names):
        return None
    worded = {place for place, name in enumerate(names) if _point(name) != name}
    if not worded or worded - {0, len(names) - 1}:
        return None
    first, last = (names[place].partition(" ")[2].strip() for place in (0, -1))
    return first, last


def _name_ends(brush: Brush, ends: tuple[str, str]) -> None:
    """The meaning of the ends in a line below the numbers, at the left and at the right."""
    plot = _plot(brush)
    y = brush.box.bottom - brush.setter.line * 0.5
    for words, x, side in ((ends[0], plot.left, "left"), (ends[1], plot.right, "right")):
        fitted = brush.setter.fitted(words, plot.width / 2 - _SIDE)
        brush.text(x, y, fitted, brush.palette.muted, side=side)


def _names(brush: Brush, names: list[str], slot: float) -> list[list[str]]:
    """The lines below each bar; of too many numbers only every second, third ... is written."""
    most = max(1, min(_MOST_LINES, int(brush.box.height * 0.35 / brush.setter.line)))
    if all(_is_point(name) for name in names):
        widest = max((brush.setter.width(name) for name in names), default=0.0)
        step = max(1, ceil((widest + 6) / slot))
        return [[name] if place % step == 0 else [] for place, name in enumerate(names)]
    return [brush.setter.lines(name, slot - 4, most) for name in names]


def _apart(brush: Brush, labels: list[str], centres: list[float], tops: list[float]) -> list[tuple[int, Box]]:
    """The labels that can be written over their bars, with their places; the highest bars go first.

    A label may be wider than its bar as long as it touches neither another label nor a higher bar.
    """
    slot = centres[1] - centres[0] if len(centres) > 1 else brush.box.width
    bars = [
        Box(centre - slot * _BAR / 2, top, centre + slot * _BAR / 2, brush.box.bottom)
        for centre, top in zip(centres, tops, strict=True)
    ]
    shown: list[tuple[int, Box]] = []
    for place in sorted(range(len(labels)), key=lambda place: tops[place]):
        half = brush.setter.width(labels[place]) / 2 + 2
        centre = _inside(brush, centres[place], 2 * half)
        box = Box(centre - half, tops[place] - brush.setter.line, centre + half, tops[place])
        others = [*(other for _, other in shown), *(bar for number, bar in enumerate(bars) if number != place)]
        if labels[place] and not any(_touch(box, other) for other in others):
            shown.append((place, box))
    return shown


def _touch(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom


def _inside(brush: Brush, centre: float, width: float) -> float:
    """The centre of words that shall not leave the chart at its sides."""
    return min(max(centre, brush.box.left + width / 2), brush.box.right - width / 2)


def _draw_brackets(brush: Brush, brackets: tuple[Bracket, ...], centres: list[float], slot: float) -> None:
    """A line over each run of bars with its name over it; names that would touch are pushed apart."""
    setter = brush.setter
    names = [SIGNS.get(bracket.tone, "{}").format(brush.name(bracket.name)) for bracket in brackets]
    wanted = [(centres[bracket.first] + centres[bracket.last]) / 2 for bracket in brackets]
    most = brush.box.width - _SIDE * (len(names) + 1)
    widths = [setter.width(name, bold=True) for name in names]
    if sum(widths) > most:
        names = [setter.fitted(name, most / len(names), bold=True) for name in names]
        widths = [setter.width(name, bold=True) for name in names]
    placed = spread(wanted, widths, brush.box.left, brush.box.right, _SIDE)
    level = brush.box.top + setter.line * 1.25
    for bracket, name, centre in zip(brackets, names, placed, strict=True):
        color = brush.palette.words(bracket.tone)
        brush.text(centre, brush.box.top + setter.line * 0.6, name, color, bold=True)
        left, right = centres[bracket.first] - slot * 0.42, centres[bracket.last] + slot * 0.42
        brush.line((left, level), (right, level), color, 2)


def spread(wanted: list[float], widths: list[float], left: float, right: float, gap: float) -> list[float]:
    """Centres for things in a row that stand as near as possible to where they are wanted and do not overlap."""
    placed: list[float] = []
    edge = left
    for centre, width in zip(wanted, widths, strict=True):
        placed.append(max(centre, edge + width / 2))
        edge = placed[-1] + width / 2 + gap
    edge = right
    for place in reversed(range(len(placed))):
        placed[place] = min(placed[place], edge - widths[place] / 2)
        edge = placed[place] - widths[place] / 2 - gap
    return placed
