"""Native scatter charts: each topic a point with its name and ranges, thin lines at the averages of both axes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.chart import Chart as NativeChart

from cxdesk.blocks.chart import Spot
from cxdesk.blocks.palette import LIGHT, Tone
from cxdesk.render.excel.formats import chart_format
from cxdesk.render.excel.ink import error_bars, font, plain_axis, read_cells
from cxdesk.render.excel.measure import width
from cxdesk.render.excel.model import PlacedChart, SeriesRange
from cxdesk.render.excel.room import NAME_SIZE, Shares
from cxdesk.render.excel.spots import Span, span_of

_DIGIT, _LINE = 5.25, 13.0
"""A digit and a line of names in points."""

_MARK = 5.0
_POSITIONS = ("right", "left", "above", "below")


@dataclass(frozen=True, slots=True)
class _Area:
    """A rectangle in points; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: _Area) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def add_points(
    native: NativeChart,
    placed: PlacedChart,
    values: Mapping[tuple[int, int], Any],
    size: tuple[float, float],
    share: Shares,
    family: str,
) -> None:
    """Add the lines at the averages and every topic to a chart ``size`` points large whose plot fills ``share``."""
    plane = placed.chart.plane
    if plane is None:
        return
    span = span_of(placed.chart, plane)
    positions = _positions(placed, span, size, share)
    lines, points = placed.ranges[:2], placed.ranges[2:]
    for reads in lines:
        native.add_series(
            {
                **read_cells(placed, reads, values, numeric=True),
                "line": {"color": LIGHT.control, "width": 1, "dash_type": "dash"},
                "marker": {"type": "none"},
            }
        )
    for spot, reads, position in zip(placed.chart.spots, points, positions, strict=True):
        native.add_series(_point(placed, spot, reads, values, position, family))


def plane_axes(native: NativeChart, placed: PlacedChart, family: str) -> None:
    """Both axes with their titles, at the lower left corner."""
    plane = placed.chart.plane
    if plane is None:
        return
    span = span_of(placed.chart, plane)
    across, upright = (
        {
            **plain_axis(family),
            "name": f"{name} →",
            "name_font": font(family, NAME_SIZE, LIGHT.text2, bold=True),
            "num_format": chart_format(form),
            "min": least,
            "max": most,
            # Each axis is crossed where the other one starts.
            "crossing": least,
        }
        for name, form, least, most in (
            (placed.axes[0], plane.x_format, span.left, span.right),
            (placed.axes[1], plane.y_format, span.low, span.high),
        )
    )
    native.set_x_axis(across)
    native.set_y_axis(upright)


def _point(
    placed: PlacedChart,
    spot: Spot,
    reads: SeriesRange,
    values: Mapping[tuple[int, int], Any],
    position: str,
    family: str,
) -> dict[str, Any]:
    tone = Tone.DETRACTOR if spot.chosen else Tone.ACCENT
    color = LIGHT.fill(tone)
    options: dict[str, Any] = {
        **read_cells(placed, reads, values, numeric=True),
        "line": {"none": True},
        "marker": {
            "type": "diamond" if spot.chosen else "circle",
            "size": 9 if spot.chosen else 7,
            "fill": {"color": color},
            "border": {"none": True},
        },
        "data_labels": {
            "series_name": True,
            "value": False,
            "position": position,
            "font": font(family, NAME_SIZE, LIGHT.words(tone) if spot.chosen else LIGHT.text, bold=spot.chosen),
            # Names stand on range lines where a point has two of them.
            "fill": {"color": LIGHT.surface},
        },
    }
    for axis, columns in (("x", (reads.left, reads.right)), ("y", (reads.minus, reads.plus))):
        if columns[0] >= 0:
            faint = LIGHT.fill(Tone.DETRACTOR if spot.chosen else Tone.FAINT)
            look = {"end_style": 0, "line": {"color": faint, "width": 1}}
            options[f"{axis}_error_bars"] = error_bars(placed, reads, columns, values, look)
    return options


def _positions(placed: PlacedChart, span: Span, size: tuple[float, float], share: Shares) -> list[str]:
    """On which side of its point each name stands, so that names keep off points and other names as far as possible."""
    wide, high = size[0] * share.width, size[1] * share.height
    plot = _Area(0.0, 0.0, wide, high)
    centres = [
        (
            (spot.x - span.left) / (span.right - span.left) * wide,
            (span.high - spot.y) / (span.high - span.low) * high,
        )
        for spot in placed.chart.spots
    ]
    taken = [_Area(x - _MARK, y - _MARK, x + _MARK, y + _MARK) for x, y in centres]
    found = ["right"] * len(centres)
    order = sorted(range(len(centres)), key=lambda index: (not placed.chart.spots[index].chosen, index))
    for index in order:
        (x, y), name = centres[index], placed.ranges[2 + index].name
        room = width(name, NAME_SIZE, bold=placed.chart.spots[index].chosen) * _DIGIT
        areas = _areas(x, y, room)
        best = min(
            range(len(areas)),
            key=lambda place: sum(areas[place].touches(other) for other in taken) + _outside(areas[place], plot),
        )
        found[index] = _POSITIONS[best]
        taken.append(areas[best])
    return found


def _areas(x: float, y: float, room: float) -> list[_Area]:
    away, half = _MARK + 3, _LINE / 2
    return [
        _Area(x + away, y - half, x + away + room, y + half),
        _Area(x - away - room, y - half, x - away, y + half),
        _Area(x - room / 2, y - away - _LINE, x + room / 2, y - away),
        _Area(x - room / 2, y + away, x + room / 2, y + away + _LINE),
    ]


def _outside(area: _Area, plot: _Area) -> int:
    """A name outside the plot is worse than one that touches another."""
    return 3 * (area.left < plot.left or area.right > plot.right or area.top < plot.top or area.bottom > plot.bottom)
