"""Shares out the room of a chart: how much its title, the names on its axis, its legend and its bars get.

Programs that choose this themselves drop every other name or squeeze the bars; with fixed shares all of them draw the
same picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.render.excel.measure import pieces, width, wrapped
from cxdesk.text import Label, Text

NAME_SIZE = 9
TITLE_SIZE = 10.5
_TITLE_LINES = 2
_NAMES_AT_MOST = 0.42
_LINE = 12.5
_USED = 0.94
"""The share of a chart's width that its bars and names may fill."""

_SCALE = 6.0
"""The width in digits of the numbers beside an upright axis."""

_TITLE_USED = 0.8
"""The same for the title, which programs break early."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Where the bars stand, as shares of the chart's width and height from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


def share_out(chart: Chart, names: list[str], title: str, digits: float, points: float) -> Shares:
    """Place the bars in a chart ``digits`` wide and ``points`` high whose axis carries ``names``."""
    top = 14 + 15 * len(wrapped(title, digits * _TITLE_USED, TITLE_SIZE, bold=True))
    legend = 28 if len(chart.series) > 1 else 0
    if chart.kind is ChartKind.COLUMNS:
        each = digits * _USED / max(len(names), 1)
        bottom = 8 + legend + _LINE * max((len(wrapped(name, each, NAME_SIZE)) for name in names), default=1)
        # The labels above the columns need a line of their own.
        return _shares(0.03, (top + _LINE) / points, _USED, bottom / points)
    if chart.kind is ChartKind.LINE:
        return _shares(_SCALE / digits, (top + _LINE) / points, _USED - _SCALE / digits, (12 + legend + _LINE) / points)
    if chart.kind is ChartKind.PLANE:
        left = (_SCALE + 4) / digits
        return _shares(left, (top + 4) / points, _USED - left, (14 + 2 * _LINE) / points)
    ranged = any(series.low for series in chart.series)
    left = (name_room(names, digits) + 1.5) / digits
    right = 0.03 if ranged or chart.kind is ChartKind.SPLIT else max(6.0 / digits, 0.04)
    return _shares(left, top / points, 1 - left - right, (8 + legend + (20 if ranged else 0)) / points)


def name_room(names: list[str], digits: float) -> float:
    """How wide the names left of bars may be: as wide as the widest of them, at most two fifths of the chart."""
    widest = max((width(name, NAME_SIZE) for name in names), default=0)
    return min(max(widest, 4.0), digits * _NAMES_AT_MOST)


def title_that_fits(title: Label, show: Callable[[Label], str], digits: float) -> str:
    """``show(title)``, with the longest name in the title cut at a word and "…" if it would take more than two lines.

    Names are cut and not the title, which says at its beginning or at its end, as the language has it, what is shown.
    """
    longest = max(_names(title), key=len, default="")
    left = pieces(longest)
    shown = show(title)
    while len(left) > 1 and len(wrapped(shown, digits * _TITLE_USED, TITLE_SIZE, bold=True)) > _TITLE_LINES:
        left.pop()
        shown = show(_with_name(title, longest, "".join(left).rstrip() + "…"))
    return shown


def _names(title: Label) -> list[str]:
    """What people wrote in a title: questions, groups."""
    if isinstance(title, str):
        return [title]
    return [name for _, part in title.params if isinstance(part, str | Text) for name in _names(part)]


def _with_name(title: Label, old: str, new: str) -> Label:
    """The title with ``new`` in the place of the name ``old``."""
    if isinstance(title, str):
        return new if title == old else title
    parts = ((gap, _with_name(part, old, new) if isinstance(part, str | Text) else part) for gap, part in title.params)
    return replace(title, params=tuple(parts))


def _shares(x: float, y: float, width: float, bottom: float) -> Shares:
    """Shares within the chart, with at least a third of it for the bars."""
    y = min(y, 0.4)
    return Shares(round(x, 4), round(y, 4), round(width, 4), round(max(1 - y - bottom, 0.3), 4))
