"""A sheet while it is laid out: cells are put at their places, then it becomes a `SheetModel` that never changes."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.render.excel import styles, words
from cxdesk.render.excel.formats import TEXT
from cxdesk.render.excel.measure import wrapped
from cxdesk.render.excel.model import Placed, PlacedChart, SheetModel, Style, Value

LEFT = 1
"""The first column with content; column A is the margin."""

MARGIN = 2.0
"""The width of the margin column."""


class Canvas:
    """Collects the cells, charts, sizes and page breaks of one sheet."""

    def __init__(self, key: str, tab: str) -> None:
        """Start an empty sheet with its tab name."""
        self.key = key
        self.tab = tab
        self.cells: list[Placed] = []
        self.charts: list[PlacedChart] = []
        self.heights: dict[int, float] = {}
        self.widths: list[float] = [MARGIN]
        self.breaks: list[int] = []

    def put(
        self,
        row: int,
        column: int,
        value: Value,
        style: Style = Style(),
        *,
        formula: str = "",
        link: str = "",
        rows: int = 1,
        columns: int = 1,
        shown: str = "",
    ) -> None:
        """Put a cell or a merged block; text is made fit for Excel and can never turn into a formula."""
        if isinstance(value, str):
            value = words.clean(value)
            if words.looks_like_formula(value):
                style = replace(
                    style, number_format=TEXT if style.align != "right" else style.number_format, quote=True
                )
        self.cells.append(Placed(row, column, value, style, formula, link, rows, columns, shown or str(value or "")))

    def height(self, row: int, points: float) -> None:
        """Make a row at least this high."""
        self.heights[row] = max(points, self.heights.get(row, 0))

    def widen(self, column: int, digits: float) -> None:
        """Make a column at least this wide; columns that are passed over become as narrow as the margin."""
        while len(self.widths) <= column:
            # Not 0: programs disagree on how wide a column without width is, and charts anchored to it shift.
            self.widths.append(MARGIN)
        self.widths[column] = max(self.widths[column], digits)

    def room(self, first: int, last: int) -> float:
        """The width of the columns from ``first`` to ``last`` (exclusive)."""
        return sum(self.widths[first:last])

    def lines(self, row: int, text: str, style: Style, room: float, link: str = "") -> int:
        """Write a text in as many rows as it needs (cells are not merged); return the row after it."""
        for line in wrapped(text, room, style.size, bold=style.bold):
            self.put(row, LEFT, line, style, link=link)
            self.height(row, round(style.size * 1.36 + 3))
            row += 1
        return row

    def column_at(self, digits: float, first: int, last: int) -> int:
        """The column boundary between ``first`` and ``last`` that lies nearest to a distance from ``first``."""
        return min(range(first + 1, last + 1), key=lambda column: abs(self.room(first, column) - digits))

    def model(
        self,
        *,
        last_row: int,
        last_column: int,
        freeze: tuple[int, int] | None = None,
        repeat: tuple[int, int] | None = None,
        landscape: bool = True,
        one_page_tall: bool = False,
    ) -> SheetModel:
        """The finished sheet."""
        return SheetModel(
            self.key,
            self.tab,
            tuple(self.cells),
            tuple(self.charts),
            tuple(round(digits, 1) for digits in self.widths),
            dict(self.heights),
            freeze=freeze,
            repeat=repeat,
            landscape=landscape,
            one_page_tall=one_page_tall,
            last_row=last_row,
            last_column=last_column,
            breaks=tuple(self.breaks),
        )


def heading_block(canvas: Canvas, headline: str, base_line: str, back: tuple[str, str] | None, room: float) -> int:
    """Write the sheet's answer, its base line and the way back; return the row of the table header (3 = row 4)."""
    style = styles.HEADLINE
    if len(wrapped(headline, room, style.size, bold=True)) > 1:
        style = replace(style, size=13)
    row = canvas.lines(0, headline, style, room)
    canvas.height(0, 26)
    row = canvas.lines(row, base_line, styles.BASE_LINE, room)
    if back is not None:
        canvas.put(row, LEFT, back[0], styles.BACK_LINK, link=back[1])
    canvas.height(row, 16)
    return row + 1
