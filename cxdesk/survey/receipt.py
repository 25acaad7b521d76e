"""The receipt for a file that was read: what was found in it, what was not used, and why."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.text import Text

MOST_SHOWN = 200
"""So many rows, or so many different cells, are named for one reason; its count always covers all of them."""

CELL_CODES = frozenset(
    {
        "no_answer",
        "declared_missing",
        "off_scale",
        "not_an_option",
        "not_a_number",
        "not_readable_date",
        "private_column",
        "ignored_column",
    }
)
"""The reasons that count filled cells below the headers: each such cell is either used or counted by one of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the file that holds no answers: its row, counted from 0, and what can be read there.

    For a cell with an error the text is the cell's name, such as D17.
    """

    row: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unused:
    """Something in the file that the results do not use: how many, what it was, and in which column (None = all).

    ``code`` is a stable lower-case word ("error_cell", "hidden_sheet", "off_scale", "no_answer", "blank_row",
    "test_row", "total_row", "replaced_character", "renamed_header", "cut_text", "private_column", ...).

    Where the rows can be shown, ``cells`` are the texts of the column that are meant ("" is an empty cell) and
    ``places`` are rows or cells that hold no answers; both name at most `MOST_SHOWN`. `Dataset.rows_of` finds the rows.
    """

    code: str
    count: int
    text: Text
    column: int | None = None
    cells: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What reading a file found. ``header_rows`` are the 0-based rows of the sheet that hold the headers.

    ``cells`` counts the filled cells in the rows of answers: those that are used and those that `CELL_CODES` explain.
    ``read_on`` is the day on which the file was read, in days since 1970-01-01; None where nobody said so.
    """

    container: str
    platform: str | None = None
    platform_name: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = (0,)
    rows: int = 0
    rows_used: int = 0
    columns: int = 0
    cells: int = 0
    unused: tuple[Unused, ...] = ()
    read_on: int | None = None

    @property
    def cells_left_out(self) -> int:
        """How many filled cells no result uses."""
        return sum(entry.count for entry in self.unused if entry.code in CELL_CODES)

    @property
    def cells_used(self) -> int:
        """How many filled cells are used."""
        return self.cells - self.cells_left_out
