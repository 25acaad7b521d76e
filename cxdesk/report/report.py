"""A report as a value: its sheets in order, and everything that is printed around them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cxdesk.blocks.section import Section
from cxdesk.survey.dataset import Codes, Words
from cxdesk.text import Label, Text


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """The choices of the export page. ``left_out`` holds the keys of sheets that are not wanted.

    ``language`` "" means the language of the screen; ``title`` "" means the file's name. ``split_by`` is the id of a
    segment question if each of its groups gets a report of its own, "" for one report for all.
    """

    left_out: frozenset[str] = frozenset({"data"})
    title: str = ""
    author: str = ""
    language: str = ""
    paper: str = "A4"
    hide_private: bool = True
    hide_small: bool = True
    split_by: str = ""


class SheetKind(StrEnum):
    """How a sheet is laid out."""

    SUMMARY = "summary"
    """A4 portrait, one page: band, headline, tiles, findings, two charts, how to read."""
    RESULT = "result"
    """Action title, base line, back link, tables and charts; landscape."""
    NOTES = "notes"
    """A table of item and detail with wrapped text."""
    DATA = "data"
    """One row per respondent."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``name`` is what the tab says; DATA sheets have an empty section and use ``Report.data``."""

    key: str
    name: Text
    kind: SheetKind
    section: Section


@dataclass(frozen=True, slots=True, eq=False)
class DataColumn:
    """One column of the Data sheet: coded texts (``codes`` into ``values``) or ``numbers`` (NaN = empty).

    ``masked`` says how many personal items were hidden in its texts, each counted in every row where it stands.
    ``listed`` columns belong to a list that people read: texts go on in further lines, hairlines part the rows.
    """

    header: Label
    role: Text
    codes: Codes | None = None
    values: Words | None = None
    numbers: NDArray[np.float64] | None = None
    is_date: bool = False
    masked: int = 0
    listed: bool = False


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name that a manager's own workbook can link to: "cx_NPS" -> a cell of a table on a sheet.

    ``part`` is "" for the cell itself, "low" or "high" for the ends of its range. ``row`` "" names the whole table.
    """

    name: str
    sheet: str
    table: str
    row: str = ""
    column: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a workbook is made of. ``made`` is local time; ``author`` may be "".

    ``absent`` are sheets, by key, that this survey has nothing for, each with the reason.
    """

    title: str
    band: Text
    author: str
    language: str
    paper: str
    made: datetime.datetime
    sheets: tuple[Sheet, ...]
    names: tuple[DefinedName, ...] = ()
    data: tuple[DataColumn, ...] = ()
    absent: tuple[tuple[str, Text], ...] = ()
