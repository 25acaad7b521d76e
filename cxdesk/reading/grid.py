"""The cells of a file before anyone knows what they mean: what every container reader hands over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cxdesk.survey.dataset import Codes, Words
from cxdesk.survey.receipt import Unused


@dataclass(frozen=True, slots=True, eq=False)
class GridColumn:
    """One column of cells, headers included. ``values[0]`` is ""; ``codes`` has one entry per row of the grid.

    Cell texts are trimmed (spaces, NBSP, zero-width characters). Numbers from spreadsheets are written the shortest
    exact way ("9", "0.92"), dates as ISO ("2025-09-14" or "2025-09-14 18:02:00"), true and false as "TRUE" and "FALSE".
    ``dates`` is true if the container itself said that the cells are dates, so their order of day and month is certain.
    ``name``, ``label``, ``labels``, ``missing`` come from containers with a code book (SPSS): the grid then
    has no header rows.
    """

    codes: Codes
    values: Words
    dates: bool = False
    name: str = ""
    label: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person decided about reading, where the guess was wrong; None means "find out".

    ``member`` names the file inside a zip archive that holds the answers, as `archive.members` lists it.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    member: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """All cells of the sheet that holds the answers, with what the container told about itself.

    ``sets`` are the file's own multiple-answer sets: (name, label, names of the columns, counted value or "").
    ``coded`` is true for containers with a code book: column names instead of header rows.
    """

    columns: tuple[GridColumn, ...]
    rows: int
    container: str
    name: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    coded: bool = False
    sets: tuple[tuple[str, str, tuple[str, ...], str], ...] = ()
    unused: tuple[Unused, ...] = ()

    def cell(self, row: int, column: int) -> str:
        """The text of one cell; "" beyond the edges."""
        if not (0 <= row < self.rows and 0 <= column < len(self.columns)):
            return ""
        cells = self.columns[column]
        text: str = cells.values[int(cells.codes[row])]
        return text

    def row(self, row: int) -> list[str]:
        """The texts of one row, as wide as the grid."""
        return [self.cell(row, column) for column in range(len(self.columns))]

    def filled(self) -> int:
        """How many cells are not empty."""
        return int(sum(np.count_nonzero(column.codes) for column in self.columns))
