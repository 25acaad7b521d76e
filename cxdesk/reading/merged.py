"""Gives merged cells their text in every place that they cover, as a reader of the sheet sees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cxdesk.reading.cells import HEADER_ROWS

_TITLE_SHARE = 0.8
_TOP_ROWS = 3


class MergedCells:
    """Fills merged areas while rows stream by.

    Filled are headers merged across several columns, and answers merged over several rows. A title that spans the
    whole table stays one cell, and so does a header that is merged downwards, because its text would count twice.
    """

    def __init__(self, width: int) -> None:
        """``width`` is the number of columns of the table."""
        self._width = width
        self._areas: list[tuple[int, int, int, int]] = []
        self._open: list[tuple[tuple[int, int, int, int], Any]] = []
        self.filled = 0

    def add(self, areas: Iterable[tuple[int, int, int, int]]) -> None:
        """Take in merged areas: (first row, first column, last row, last column) from 0."""
        self._areas = sorted([*self._areas, *(area for area in areas if _is_filled(area, self._width))])

    def fill(self, first: int, rows: list[list[Any]]) -> None:
        """Fill the areas in these rows, the first of which is row ``first`` of the sheet. Call in order of rows."""
        if not self._areas and not self._open:
            return
        last = first + len(rows) - 1
        while self._areas and self._areas[0][0] <= last:
            area = self._areas.pop(0)
            if area[0] >= first:
                row = rows[area[0] - first]
                value = row[area[1]] if area[1] < len(row) else ""
                if value not in ("", None):
                    self._open.append((area, value))
        for area, value in self._open:
            for number in range(max(area[0], first), min(area[2], last) + 1):
                self._write(rows[number - first], area[1], area[3], value)
        self._open = [(area, value) for area, value in self._open if area[2] > last]

    def _write(self, row: list[Any], left: int, right: int, value: Any) -> None:
        row.extend([""] * (right + 1 - len(row)))
        for column in range(left, right + 1):
            if row[column] in ("", None):
                row[column] = value
                self.filled += 1


def _is_filled(area: tuple[int, int, int, int], width: int) -> bool:
    top, left, bottom, right = area
    if right < left or bottom < top or right >= width:
        return False
    if top == bottom:
        return top < HEADER_ROWS and right - left + 1 < max(width * _TITLE_SHARE, 2)
    return left == right and top >= _TOP_ROWS
