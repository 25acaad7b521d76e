"""Points in a plane: how high each topic stands, how strongly it is linked, with ranges and lines at the averages."""

from __future__ import annotations

from cxdesk.blocks.chart import Chart, Plane, Spot
from cxdesk.blocks.palette import Tone
from cxdesk.render.axis import Axis, round_steps
from cxdesk.render.brush import Box, Brush
from cxdesk.text import Format, show_number

_GAP = 8
_MARK = 7.0
_REACH = 12


def draw_plane(brush: Brush, chart: Chart) -> tuple[Box, ...]:
    """Draw the points; returns the place of each."""
    plane = chart.plane
    if plane is None:
        return ()
    across, up = _spans(chart, plane)
    plot = _plot(brush, plane, up)
    x, y = Axis(*across, plot.left, plot.right), Axis(*up, plot.bottom, plot.top)
    _draw_corners(brush, plane, plot, x, y)
    _draw_axes(brush, plane, plot, x, y)
    for spot in chart.spots:
        _draw_range(brush, spot, x, y)
    for spot in chart.spots:
        _draw_mark(brush, spot, x, y)
    _write_names(brush, chart, plot, x, y)
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
    widest = max((setter.width(show_number(step, plane.y_format)) for step in round_steps(*up, 5)), default=0.0)
    return brush.box.shrunk(widest + 2 * _GAP, setter.line * 1.5, 2 * _GAP, setter.line * 2.9)


def _draw_corners(brush: Brush, plane: Plane, plot: Box, x: Axis, y: Axis) -> None:
    """The upper left corner is tinted: important, and not good yet."""
    middle, level = x.at(plane.x_cross), y.at(plane.y_cross)
    brush.plain(Box(plot.left, plot.top, middle, level), brush.palette.detractor_chip)
    inset, setter = _GAP, brush.setter
    most = max(setter.line, plot.width / 2 - 2 * _GAP)
    top, bottom = plot.top + setter.line * 0.7, plot.bottom - setter.line * 0.7
    sides = ((plot.left + inset, "left"), (plot.right - inset, "right"))
    places = [(at, height, side) for height in (top, bottom) for at, side in sides]
    for number, (name, (at, height, side)) in enumerate(zip(plane.corners, places, strict=True)):
        color = brush.palette.muted if number else brush.palette.words(Tone.DETRACTOR)
        brush.text(at, height, setter.fitted(brush.name(name), most, bold=True), color, side=side, bold=True)


def _draw_axes(brush: Brush, plane: Plane, plot: Box, x: Axis, y: Axis) -> None:
    setter, palette = brush.setter, brush.palette
    middle, level = x.at(plane.x_cross), y.at(plane.y_cross)
    brush.line((plot.left, plot.top), (plot.left, plot.bottom), palette.control)
    brush.line((plot.left, plot.bottom), (plot.right, plot.bottom), palette.control)
    brush.line((middle, plot.top), (middle, plot.bottom), palette.control, 1.4)
    brush.line((plot.left, level), (plot.right, level), palette.control, 1.4)
    for step in round_steps(y.lowest, y.highest, 5):
        brush.text(plot.left - _GAP, y.at(step), show_number(step, plane.y_format), palette.text2, side="right")
    for step in round_steps(x.lowest, x.highest, 5):
        brush.text(x.at(step), plot.bottom + setter.line * 0.75, show_number(step, plane.x_format), palette.text2)
    words = setter.fitted(f"{brush.name(plane.y_title)} ↑", brush.box.width - 2 * _GAP)
    brush.text(brush.box.left + _GAP, brush.box.top + setter.line * 0.6, words, palette.text2, side="left")
    words = setter.fitted(f"{brush.name(plane.x_title)} →", brush.box.width - 2 * _GAP)
    brush.text((plot.left + plot.right) / 2, brush.box.bottom - setter.line * 0.7, words, palette.text2)


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


def _write_names(brush: Brush, chart: Chart, plot: Box, x: Axis, y: Axis) -> None:
    """Each name stands beside its mark where it touches neither a mark nor another name; chosen ones go first."""
    setter = brush.setter
    half = brush.px(_MARK)
    taken = [
        Box(x.at(spot.x) - half, y.at(spot.y) - half, x.at(spot.x) + half, y.at(spot.y) + half) for spot in chart.spots
    ]
    taken += [box for spot in chart.spots for box in _range_boxes(spot, x, y)]
    order = sorted(range(len(chart.spots)), key=lambda place: (not chart.spots[place].chosen, -chart.spots[place].y))
    for place in order:
        spot = chart.spots[place]
        words = setter.fitted(brush.name(spot.name), plot.width * 0.42, bold=spot.chosen)
        width = setter.width(words, bold=spot.chosen)
        options = _options(x.at(spot.x), y.at(spot.y), width, setter.line, half + 4)
        inside = [box for box in options if box.left >= plot.left + 2 and box.right <= brush.box.right - 2]
        inside = [box for box in inside if box.top >= plot.top and box.bottom <= plot.bottom] or options
        box = min(inside, key=lambda one: (sum(_touch(one, other) for other in taken), inside.index(one)))
        taken.append(box)
        color = brush.palette.text if not spot.chosen else brush.palette.words(Tone.DETRACTOR)
        brush.text(box.left, (box.top + box.bottom) / 2, words, color, side="left", bold=spot.chosen)


def _range_boxes(spot: Spot, x: Axis, y: Axis) -> list[Box]:
    """The lines of the ranges, as thin areas that names keep off."""
    found = []
    if spot.x_low is not None and spot.x_high is not None:
        found.append(Box(x.at(spot.x_low), y.at(spot.y) - 1, x.at(spot.x_high), y.at(spot.y) + 1))
    if spot.y_low is not None and spot.y_high is not None:
        found.append(Box(x.at(spot.x) - 1, y.at(spot.y_high), x.at(spot.x) + 1, y.at(spot.y_low)))
    return found


def _options(x: float, y: float, width: float, line: float, away: float) -> list[Box]:
    """Places for a name: right, left, and above or below on either side of its range line."""
    half = line / 2
    found = [Box(x + away, y - half, x + away + width, y + half), Box(x - away - width, y - half, x - away, y + half)]
    for step in (1, -1, 2, -2):
        middle = y - step * line * 0.9
        found.append(Box(x + away, middle - half, x + away + width, middle + half))
        found.append(Box(x - away - width, middle - half, x - away, middle + half))
    return found


def _touch(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
