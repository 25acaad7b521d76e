"""Points in a plane: how high each topic stands, how strongly it is linked, with ranges and lines at the averages."""

from __future__ import annotations

from cxdesk.blocks.chart import Chart, Plane, Spot
from cxdesk.blocks.palette import Tone
from cxdesk.render.axis import Axis, round_steps
from cxdesk.render.brush import Box, Brush
from cxdesk.text import Format, say, show_number

_GAP = 8
_MARK = 7.0
_REACH = 12
_WIDEST = 0.4
"""The largest part of the width that a name may take."""


def draw_plane(brush: Brush, chart: Chart) -> tuple[Box, ...]:
    """Draw the points; returns the place of each."""
    plane = chart.plane
    if plane is None:
        return ()
    across, up = _spans(chart, plane)
    plot = _plot(brush, plane, up)
    x, y = Axis(*across, plot.left, plot.right), Axis(*up, plot.bottom, plot.top)
    tint = Box(plot.left, plot.top, x.at(plane.x_cross), y.at(plane.y_cross))
    brush.plain(tint, brush.palette.detractor_chip)
    _draw_axes(brush, plane, plot, x, y)
    written = [*_name_corners(brush, plane, plot, tint), *_name_averages(brush, plane, plot, x, y)]
    for spot in chart.spots:
        _draw_range(brush, spot, x, y)
    for spot in chart.spots:
        _draw_mark(brush, spot, x, y)
    _write_names(brush, chart, plot, x, y, tint, written)
    reach = brush.px(_REACH)
    return tuple(
        Box(x.at(spot.x) - reach, y.at(spot.y) - reach, x.at(spot.x) + reach, y.at(spot.y) + reach)
        for spot in chart.spots
    )


def _spans(chart: Chart, plane: Plane) -> tuple[tuple[float, float], tuple[float, float]]:
    """Both axes hold all marks and ranges with some air; the strength of a link starts at zero."""
    xs = [value for spot in chart.spots for value in (spot.x, spot.x_low, spot.x_high) if value is not None]
    ys = [value for spot in chart.spots for value in (spot.y, spot.y_low, spot.y_high) if value is not None]
    xs.append(plane.x_cross)
    ys.append(plane.y_cross)
    air = max((max(xs) - min(xs)) * 0.12, 0.02 if plane.x_format is Format.PERCENT else 0.1)
    room = max((max(ys) - min(0.0, *ys)) * 0.1, 0.01)
    lowest, highest = min(xs) - air, max(xs) + air
    if plane.x_format is Format.PERCENT:
        lowest, highest = max(0.0, lowest), min(1.0, highest)
    return (lowest, highest), (min(0.0, *ys) - room * 0.4, max(ys) + room)


def _plot(brush: Brush, plane: Plane, up: tuple[float, float]) -> Box:
    setter = brush.setter
    widest = max(
        (setter.width(show_number(step, plane.y_format)) for step in round_steps(*up, 5, plane.y_format)), default=0.0
    )
    return brush.box.shrunk(widest + 2 * _GAP, setter.line * 1.5, 2 * _GAP, setter.line * 2.9)


def _name_corners(brush: Brush, plane: Plane, plot: Box, tint: Box) -> list[Box]:
    """Write what each corner stands for; the upper left one is tinted: important, and not good yet."""
    setter = brush.setter
    most = max(setter.line, plot.width / 2 - 2 * _GAP)
    top, bottom = plot.top + setter.line * 0.7, plot.bottom - setter.line * 0.7
    sides = ((plot.left + _GAP, "left"), (plot.right - _GAP, "right"))
    places = [(at, height, side) for height in (top, bottom) for at, side in sides]
    boxes = []
    for number, (name, (at, height, side)) in enumerate(zip(plane.corners, places, strict=True)):
        words = setter.fitted(brush.name(name), most, bold=True)
        width = setter.width(words, bold=True)
        left = at if side == "left" else at - width
        box = Box(left - 2, height - setter.line / 2, left + width + 2, height + setter.line / 2)
        _clear_behind(brush, box, tint)
        color = brush.palette.muted if number else brush.palette.words(Tone.DETRACTOR)
        brush.text(at, height, words, color, side=side, bold=True)
        boxes.append(box)
    return boxes


def _name_averages(brush: Brush, plane: Plane, plot: Box, x: Axis, y: Axis) -> list[Box]:
    """The values at which the lines cross, written at the ends of the lines."""
    setter, palette = brush.setter, brush.palette
    words = brush.translator(say("Average {value}", value=show_number(plane.x_cross, plane.x_format)))
    half = setter.width(words) / 2
    taken = brush.box.left + 2 * _GAP + setter.width(_title(brush, plane))
    centre = min(max(x.at(plane.x_cross), taken + half + _GAP), brush.box.right - half - 2)
    if centre - half > taken:
        brush.text(centre, brush.box.top + setter.line * 0.6, words, palette.muted)
    words = brush.translator(say("Average {value}", value=show_number(plane.y_cross, plane.y_format)))
    level = y.at(plane.y_cross) - setter.line * 0.55
    brush.text(plot.right - _GAP, level, words, palette.muted, side="right")
    left = plot.right - _GAP - setter.width(words)
    return [Box(left, level - setter.line / 2, plot.right, level + setter.line / 2)]


def _title(brush: Brush, plane: Plane) -> str:
    """What is counted upwards, written over the axis: words that stand upright are hard to read."""
    return brush.setter.fitted(f"{brush.name(plane.y_title)} ↑", brush.box.width - 2 * _GAP)


def _draw_axes(brush: Brush, plane: Plane, plot: Box, x: Axis, y: Axis) -> None:
    setter, palette = brush.setter, brush.palette
    middle, level = x.at(plane.x_cross), y.at(plane.y_cross)
    brush.line((plot.left, plot.top), (plot.left, plot.bottom), palette.control)
    brush.line((plot.left, plot.bottom), (plot.right, plot.bottom), palette.control)
    brush.line((middle, plot.top), (middle, plot.bottom), palette.control, 1.4)
    brush.line((plot.left, level), (plot.right, level), palette.control, 1.4)
    for step in _steps(setter.line * 2, plot.height, y, plane.y_format):
        brush.text(plot.left - _GAP, y.at(step), show_number(step, plane.y_format), palette.text2, side="right")
    widest = max(setter.width(show_number(end, plane.x_format)) for end in (x.lowest, x.highest))
    for step in _steps(widest * 1.6 + _GAP, plot.width, x, plane.x_format):
        brush.text(x.at(step), plot.bottom + setter.line * 0.75, show_number(step, plane.x_format), palette.text2)
    top = brush.box.top + setter.line * 0.6
    brush.text(brush.box.left + _GAP, top, _title(brush, plane), palette.text2, side="left")
    words = setter.fitted(f"{brush.name(plane.x_title)} →", brush.box.width - 2 * _GAP)
    brush.text((plot.left + plot.right) / 2, brush.box.bottom - setter.line * 0.7, words, palette.text2)


def _steps(room: float, length: float, axis: Axis, form: Format) -> list[float]:
    """Round values along an axis that are each given ``room`` pixels."""
    return round_steps(axis.lowest, axis.highest, max(1, min(6, int(length / room))), form)


def _draw_range(brush: Brush, spot: Spot, x: Axis, y: Axis) -> None:
    color = brush.fill(Tone.DETRACTOR if spot.chosen else Tone.ACCENT)
    if spot.y_low is not None and spot.y_high is not None:
        brush.line((x.at(spot.x), y.at(spot.y_low)), (x.at(spot.x), y.at(spot.y_high)), color, 1.4)
    if spot.x_low is not None and spot.x_high is not None:
        brush.line((x.at(spot.x_low), y.at(spot.y)), (x.at(spot.x_high), y.at(spot.y)), color, 1.0)


def _draw_mark(brush: Brush, spot: Spot, x: Axis, y: Axis) -> None:
    if spot.chosen:
        brush.diamond(x.at(spot.x), y.at(spot.y), brush.fill(Tone.DETRACTOR))
    else:
        brush.dot(x.at(spot.x), y.at(spot.y), brush.fill(Tone.ACCENT))


def _write_names(brush: Brush, chart: Chart, plot: Box, x: Axis, y: Axis, tint: Box, written: list[Box]) -> None:
    """Each name stands near its mark where it touches neither a mark nor another name; chosen ones go first.

    A name that finds no room is left out; the table and the point itself give it.
    """
    setter, half = brush.setter, brush.px(_MARK)
    marks = [_around(x.at(spot.x), y.at(spot.y), half) for spot in chart.spots]
    lines = [box for spot in chart.spots for box in _range_boxes(spot, x, y)]
    named: list[Box] = []
    order = sorted(range(len(chart.spots)), key=lambda place: (not chart.spots[place].chosen, -chart.spots[place].y))
    for place in order:
        spot = chart.spots[place]
        words = setter.fitted(brush.name(spot.name), plot.width * _WIDEST, bold=spot.chosen)
        width = setter.width(words, bold=spot.chosen) + 2
        options = _options(x.at(spot.x), y.at(spot.y), width, setter.line, half + 3)
        inside = [box for box in options if box.left >= plot.left + 2 and box.right <= brush.box.right - 2]
        inside = [box for box in inside if box.top >= plot.top and box.bottom <= plot.bottom] or options[:1]
        others = [mark for number, mark in enumerate(marks) if number != place]
        weighed = ((named, 20.0), (others, 6.0), (written, 6.0), (lines, 1.0))
        costs = [
            sum(weight * _shared(box, other) for boxes, weight in weighed for other in boxes)
            + number * setter.line * 0.6
            for number, box in enumerate(inside)
        ]
        box = inside[costs.index(min(costs))]
        if any(_shared(box, other) for other in (*named, *written)):
            continue
        named.append(box)
        _lead(brush, spot, box, x, y)
        color = brush.palette.text if not spot.chosen else brush.palette.words(Tone.DETRACTOR)
        if any(_shared(box, line) for line in lines):
            _clear_behind(brush, box, tint)
        brush.text(box.left + 1, (box.top + box.bottom) / 2, words, color, side="left", bold=spot.chosen)


def _clear_behind(brush: Brush, box: Box, tint: Box) -> None:
    """A plain ground for a name that lies on a range; none where it lies half on the tinted corner."""
    shared = _shared(box, tint)
    if shared == 0 or shared >= 0.999 * box.width * box.height:
        brush.plain(box, brush.palette.detractor_chip if shared else brush.palette.surface)


def _lead(brush: Brush, spot: Spot, box: Box, x: Axis, y: Axis) -> None:
    """A thin line from a mark to a name that found no room beside it."""
    across, down = x.at(spot.x), y.at(spot.y)
    near = min(max(across, box.left), box.right), min(max(down, box.top), box.bottom)
    if abs(near[1] - down) > brush.setter.line or abs(near[0] - across) > 2 * brush.px(_MARK):
        brush.line((across, down), near, brush.palette.control, 0.8)


def _range_boxes(spot: Spot, x: Axis, y: Axis) -> list[Box]:
    """The lines of the ranges, as thin areas that names keep off."""
    found = []
    if spot.x_low is not None and spot.x_high is not None:
        found.append(Box(x.at(spot.x_low), y.at(spot.y) - 1.5, x.at(spot.x_high), y.at(spot.y) + 1.5))
    if spot.y_low is not None and spot.y_high is not None:
        found.append(Box(x.at(spot.x) - 1.5, y.at(spot.y_high), x.at(spot.x) + 1.5, y.at(spot.y_low)))
    return found


def _options(x: float, y: float, width: float, line: float, away: float) -> list[Box]:
    """Places for a name, the best first: beside the mark, then above or below on either side of its range line."""
    half = line / 2
    found = []
    for step in (0.0, 0.8, -0.8, 1.7, -1.7, 2.6, -2.6, 3.5, -3.5):
        middle = y - step * line
        found.append(Box(x + away, middle - half, x + away + width, middle + half))
        found.append(Box(x - away - width, middle - half, x - away, middle + half))
    return found


def _around(x: float, y: float, half: float) -> Box:
    return Box(x - half, y - half, x + half, y + half)


def _shared(one: Box, other: Box) -> float:
    """The area that two boxes share, in square pixels."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across * down if across > 0 and down > 0 else 0.0
