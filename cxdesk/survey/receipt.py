"""The receipt for a file that was read: what was found in it, what was not used, and why."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.text import Text


@dataclass(frozen=True, slots=True)
class Unused:
    """Something in the file that the results do not use: how many, what it was, and in which column (None = all).

    ``code`` is a stable lower-case word ("error_cell", "hidden_sheet", "off_scale", "no_answer", "blank_row",
    "test_row", "total_row", "replaced_character", "renamed_header", "cut_text", "private_column", ...).
    """

    code: str
    count: int
    text: Text
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What reading a file found. ``header_rows`` are the 0-based rows of the sheet that hold the headers."""

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
