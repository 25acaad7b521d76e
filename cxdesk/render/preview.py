"""The pages of a sheet as they will be printed: which cells and charts stand where on the paper.

Made from the same model that the workbook is written from, with the paper, margins and breaks that it prints with.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from cxdesk.render.excel.data import data_cells
from cxdesk.render.excel.measure import column_pixels, row_pixels
from cxdesk.render.excel.model import Placed, PlacedChart, SheetModel

_PAPERS = {"A4": (794, 1123), "Letter": (816, 1056)}
"""Width and height upright, in pixels at 96 dots per inch."""

_SIDE, _TOP, _BOTTOM = 48, 53, 67
"""The margins of the printed page in the same unit: 0.5, 0.55 and 0.7 inches."""

_ROW_HEIGHT = 15.0
_COLUMN_WIDTH = 8.43


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the paper, in pixels at 96 dots per inch and before scaling."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page: the paper, and what stands on it. Boxes are scaled by ``scale`` and moved by ``left`` and ``top``.

    ``room`` is where the content ends on this page, before scaling: a chart that crosses it goes on on the next page.
    """

    width: int
    height: int
    left: float
    top: float
    scale: float
    room: float
    cells: tuple[tuple[Box, Placed], ...]
    charts: tuple[tuple[Box, int], ...]
    """Each chart's place and its position in the sheet's list of charts."""


class SheetPages:
    """All pages of a sheet; a page is laid out when it is asked for, so a million rows cost nothing."""

    def __init__(self, sheet: SheetModel, paper: str) -> None:
        """``paper`` is "A4" or "Letter"."""
        self._sheet = sheet
        width, height = _PAPERS.get(paper, _PAPERS["A4"])
        self.width, self.height = (height, width) if sheet.landscape else (width, height)
        columns = max(sheet.last_column, 1)
        widths = [*sheet.widths, *[_COLUMN_WIDTH] * columns][:columns]
        self._lefts = list(accumulate(map(column_pixels, widths), initial=0))
        self._rows = max(sheet.last_row, 1)
        # Rows below the last one with a height of its own are all alike, and there may be a million of them.
        own = _own_heights(sheet)
        self._sized = max((row + 1 for row in own), default=0)
        heights = (row_pixels(own.get(row, _ROW_HEIGHT)) for row in range(self._sized))
        self._tops = list(accumulate(heights, initial=0))
        self._scale = self._fit()
        self._starts = self._breaks()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._starts)

    def page(self, number: int) -> PrintedPage:
        """The page at a position from 0 on; beyond the last one it is the last one."""
        number = min(max(number, 0), self.count - 1)
        first = self._starts[number]
        end = self._starts[number + 1] if number + 1 < self.count else self._rows
        repeated = self._repeated(first)
        head = self._head(first)
        cells = [(self._box(placed, -self._top(repeated.start)), placed) for placed in self._cells_in(repeated)]
        shift = head - self._top(first)
        cells += [(self._box(placed, shift), placed) for placed in self._cells_in(range(first, end))]
        charts = [
            (self._box(chart, shift), place)
            for place, chart in enumerate(self._sheet.charts)
            if chart.row < end and chart.row + chart.rows > first
        ]
        left = (self.width - self._lefts[-1] * self._scale) / 2
        room = self._top(end) + shift
        return PrintedPage(self.width, self.height, left, _TOP, self._scale, room, tuple(cells), tuple(charts))

    def _fit(self) -> float:
        """Sheets are printed one page wide, never enlarged; the first one on one page altogether."""
        scale = min(1.0, (self.width - 2 * _SIDE) / max(1, self._lefts[-1]))
        if self._sheet.one_page_tall:
            scale = min(scale, (self.height - _TOP - _BOTTOM) / max(1, self._top(self._rows)))
        return scale

    def _breaks(self) -> tuple[int, ...]:
        """The first row of each page: after wanted breaks, and where the paper ends."""
        room = (self.height - _TOP - _BOTTOM) / self._scale
        if self._sheet.one_page_tall:
            return (0,)
        wanted = [*(row for row in self._sheet.breaks if 0 < row < self._rows), self._rows]
        starts = [0]
        for end in wanted:
            while True:
                limit = self._top(starts[-1]) + room - self._head(starts[-1])
                if self._top(end) <= limit + 0.5:
                    break
                starts.append(max(starts[-1] + 1, self._row_at(limit)))
            if end < self._rows:
                starts.append(end)
        return tuple(starts)

    def _repeated(self, first: int) -> range:
        """The rows that stand again on top of a page that begins with row ``first``: only on pages after theirs."""
        repeat = self._sheet.repeat
        return range(0) if repeat is None or first <= repeat[1] else range(repeat[0], repeat[1] + 1)

    def _head(self, first: int) -> int:
        """The height of the repeated rows on a page that begins with row ``first``."""
        repeated = self._repeated(first)
        return self._top(repeated.stop) - self._top(repeated.start) if repeated else 0

    def _cells_in(self, rows: range) -> list[Placed]:
        # Numbers that only charts need stand beyond the print area.
        printed = max(self._sheet.last_column, 1)
        found = [placed for placed in self._sheet.cells if placed.row in rows and placed.column < printed]
        block = self._sheet.data
        if block is not None:
            start = max(0, rows.start - block.row)
            found += data_cells(block, start, max(0, rows.stop - block.row - start), blanks=True)
        return found

    def _box(self, placed: Placed | PlacedChart, shift: float) -> Box:
        left, right = self._left(placed.column), self._left(placed.column + placed.columns)
        top, bottom = self._top(placed.row), self._top(placed.row + placed.rows)
        return Box(left, top + shift, right - left, bottom - top)

    def _left(self, column: int) -> int:
        return self._lefts[min(column, len(self._lefts) - 1)]

    def _top(self, row: int) -> int:
        if row <= self._sized:
            return self._tops[row]
        return self._tops[-1] + (row - self._sized) * row_pixels(_ROW_HEIGHT)

    def _row_at(self, y: float) -> int:
        """The row that ``y`` lies in: it does not fit above it any more."""
        if y < self._tops[-1]:
            return bisect_right(self._tops, y) - 1
        return self._sized + int((y - self._tops[-1]) // row_pixels(_ROW_HEIGHT))


def _own_heights(sheet: SheetModel) -> dict[int, float]:
    """The heights in points of all rows that have one of their own, those of a long list included."""
    block = sheet.data
    if block is None or block.heights is None:
        return sheet.heights
    return sheet.heights | dict(enumerate(block.heights[block.first : block.last].tolist(), start=block.row))
