"""A workbook as a value: every cell, chart and print setting at its place.

Made once from a Report (layout), it is written (workbook), compared with what was written (verify), and painted as the
preview on the export page, so the three can never disagree.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cxdesk.blocks.chart import Chart
from cxdesk.report.report import DataColumn


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a cell. Colours are #RRGGBB or "" for none; sizes are points; borders are "" or a colour."""

    number_format: str = "General"
    size: float = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = ""
    fill: str = ""
    align: str = "left"
    valign: str = "vcenter"
    wrap: bool = False
    indent: int = 0
    bottom: str = ""
    top: str = ""
    left: str = ""
    left_thick: bool = False
    quote: bool = False
    """Text stays text even after somebody edits the cell."""


Value = str | float | int | datetime.date | datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell, or a merged block of ``rows`` x ``columns`` cells, at 0-based ``row`` and ``column``.

    ``formula`` is written with ``value`` as its cached result. ``link`` is "sheet name!A1" inside the workbook.
    ``shown`` is the value as the number format displays it; previews and width estimates use it.
    """

    row: int
    column: int
    value: Value
    style: Style = Style()
    formula: str = ""
    link: str = ""
    rows: int = 1
    columns: int = 1
    shown: str = ""


@dataclass(frozen=True, slots=True)
class SeriesRange:
    """Where the numbers of one series stand on its sheet: rows ``first`` to ``last`` of a column (0-based, inclusive).

    ``minus``/``plus`` are the columns of the error bar lengths, or -1 without. In a PLANE chart ``categories`` holds
    the values across, and ``left``/``right`` the lengths of their ranges.
    """

    name: str
    categories: int
    values: int
    first: int
    last: int
    minus: int = -1
    plus: int = -1
    left: int = -1
    right: int = -1


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """A native chart between two cells (0-based, end exclusive), drawn from ``ranges`` on sheet ``source``.

    There is one range per series; a PLANE chart has two lines at the averages and then one range per point.
    ``title``, ``alt`` (what a screen reader says) and ``axes`` (the titles of both axes of a PLANE chart) are in the
    report's language.
    """

    row: int
    column: int
    rows: int
    columns: int
    chart: Chart
    source: str
    ranges: tuple[SeriesRange, ...]
    title: str = ""
    alt: str = ""
    axes: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, eq=False)
class DataBlock:
    """Many rows at once, kept as arrays: respondents ``first`` to ``last`` (exclusive), from ``row``/``column`` on.

    `cxdesk.render.excel.data.data_cells` gives any part of it as `Placed` cells. ``heights`` are points by respondent,
    None where all rows have the same.
    """

    row: int
    column: int
    columns: tuple[DataColumn, ...]
    first: int
    last: int
    heights: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class SheetModel:
    """One sheet. ``widths`` are characters per column; ``heights`` are points by row, default 15.

    ``freeze`` is the first unfrozen (row, column). ``repeat`` is the range of rows repeated on each printed page.
    ``last_row`` and ``last_column`` (exclusive) bound the print area. ``data`` are further rows of a Data sheet.
    """

    key: str
    name: str
    cells: tuple[Placed, ...]
    charts: tuple[PlacedChart, ...] = ()
    widths: tuple[float, ...] = ()
    heights: dict[int, float] = field(default_factory=dict)
    freeze: tuple[int, int] | None = None
    repeat: tuple[int, int] | None = None
    autofilter: tuple[int, int, int, int] | None = None
    landscape: bool = True
    one_page_tall: bool = False
    last_row: int = 0
    last_column: int = 0
    breaks: tuple[int, ...] = ()
    data: DataBlock | None = None


@dataclass(frozen=True, slots=True)
class WorkbookModel:
    """A whole workbook: sheets, defined names ("cx_NPS" -> "'Scores'!$H$12") and document properties."""

    sheets: tuple[SheetModel, ...]
    names: tuple[tuple[str, str], ...]
    title: str
    author: str
    font: str
    paper: str
    made: datetime.datetime
    footer: tuple[str, str, str]
