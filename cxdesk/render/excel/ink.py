"""What all native charts are drawn with: fonts, plain axes, fills, and values as the file caches them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cxdesk.blocks.palette import LIGHT, Tone
from cxdesk.render.excel import words
from cxdesk.render.excel.formats import chart_format
from cxdesk.render.excel.model import PlacedChart, SeriesRange
from cxdesk.render.excel.room import NAME_SIZE
from cxdesk.text import Format

Values = Mapping[tuple[int, int], Any]
"""What stands in the cells, by row and column."""


class Name(str):
    """A category that is a name even if it reads like a number.

    WORKAROUND: XlsxWriter stores categories such as "nan" or "2024" as numbers; "nan" then breaks the file in Excel.
    """

    __slots__ = ()

    def __float__(self) -> float:
        raise ValueError("a name is not a number")


def font(name: str, size: float, color: str, *, bold: bool = False) -> dict[str, Any]:
    """A font as XlsxWriter wants it."""
    return {"name": name, "size": size, "color": color, "bold": bold}


def plain_axis(family: str) -> dict[str, Any]:
    """An axis with a thin line, without gridlines and tick marks."""
    return {
        "num_font": font(family, NAME_SIZE, LIGHT.text),
        "line": {"color": LIGHT.control, "width": 0.75},
        "major_gridlines": {"visible": False},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
    }


def read_cells(placed: PlacedChart, reads: SeriesRange, values: Values, *, numeric: bool = False) -> dict[str, Any]:
    """Where a series has its categories and values, and what they are now; ``numeric`` categories are numbers."""
    rows = range(reads.first, reads.last + 1)
    categories = [values.get((row, reads.categories)) for row in rows]
    return {
        "name": reads.name,
        "categories": [placed.source, reads.first, reads.categories, reads.last, reads.categories],
        "categories_data": [number(each) if numeric else Name(each or "") for each in categories],
        "values": [placed.source, reads.first, reads.values, reads.last, reads.values],
        "values_data": [number(values.get((row, reads.values))) for row in rows],
    }


def error_bars(
    placed: PlacedChart, reads: SeriesRange, columns: tuple[int, int], values: Values, look: dict[str, Any]
) -> dict[str, Any]:
    """Lines that read their lengths down and up from two columns."""
    tab = words.tab_reference(placed.source)
    options: dict[str, Any] = {"type": "custom", **look}
    for side, column in zip(("minus", "plus"), columns, strict=True):
        first = words.cell_reference(reads.first, column, fixed=True)
        last = words.cell_reference(reads.last, column, fixed=True)
        options[f"{side}_values"] = f"={tab}!{first}:{last}"
        options[f"{side}_data"] = [number(values.get((row, column))) or 0 for row in range(reads.first, reads.last + 1)]
    return options


def value_labels(form: Format, family: str, position: str) -> dict[str, Any]:
    """The value of each bar or point beside it."""
    return {
        "value": True,
        "position": position,
        "num_format": chart_format(form),
        "font": font(family, 9, LIGHT.text),
    }


def paint(tone: Tone, *, hollow: bool) -> dict[str, Any]:
    """Fill and outline; passives are always outlined, small bases are drawn hollow."""
    color = LIGHT.fill(tone)
    if hollow:
        return {"fill": {"color": LIGHT.surface}, "border": {"color": color, "width": 1.25}}
    if tone is Tone.PASSIVE:
        return {"fill": {"color": color}, "border": {"color": LIGHT.passive_outline, "width": 0.75}}
    return {"fill": {"color": color}, "border": {"none": True}}


def number(value: Any) -> float | None:
    """A cell's value if it is a number."""
    return value if isinstance(value, int | float) else None
