"""How much of a sheet fits on a printed page, so that no page ends inside a chart."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.render.excel.cells import Canvas
from cxdesk.render.excel.measure import column_pixels

PLAIN_ROW = 15.0
"""The height in points of a row that nobody made higher."""

_PAPERS = {"A4": (768.0, 500.0), "Letter": (718.0, 516.0)}
"""Width and height in points that paper, lying, holds between the margins."""


@dataclass(frozen=True, slots=True)
class Page:
    """A printed page of a sheet: its last column (exclusive), and the points of rows that it holds.

    ``repeated`` is how many first rows stand on every later page again.
    """

    end: int
    points: float
    repeated: int = 0

    @classmethod
    def of(cls, canvas: Canvas, end: int, paper: str) -> Page:
        """The page of a sheet that is printed up to column ``end`` (exclusive), scaled to the width of the paper."""
        width, height = _PAPERS.get(paper, _PAPERS["A4"])
        sheet = 0.75 * sum(column_pixels(digits) for digits in canvas.widths[:end])
        return cls(end, height * max(sheet / width, 1.0))

    def used(self, canvas: Canvas, row: int) -> float:
        """How many points the rows above ``row`` take on the page that it falls on."""
        head = _points(canvas, range(self.repeated))
        start = canvas.breaks[-1] if canvas.breaks else 0
        used = head if start else 0.0
        for index in range(start, row):
            points = _points(canvas, range(index, index + 1))
            used = head + points if used + points > self.points else used + points
        return used

    def since_break(self, canvas: Canvas, row: int) -> float:
        """How many points the rows from the last wanted break to above ``row`` take."""
        return _points(canvas, range(canvas.breaks[-1] if canvas.breaks else 0, row))


def _points(canvas: Canvas, rows: range) -> float:
    return sum(canvas.heights.get(row, PLAIN_ROW) for row in rows)
