"""Tables as values: typed columns, cells with their base, and how a number was derived from the counts beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cxdesk.blocks.palette import Tone
from cxdesk.survey.base import Base, BaseLevel
from cxdesk.text import Format, Label, Text

Ref = tuple[str, str]
"""Names another cell of the same table: (row key, column key). The row key "" means the row of the cell itself."""


@dataclass(frozen=True, slots=True)
class Share:
    """part / whole, a share from 0 to 1."""

    part: Ref
    whole: Ref


@dataclass(frozen=True, slots=True)
class Net:
    """100 * (positive - negative) / whole, in points."""

    positive: Ref
    negative: Ref
    whole: Ref


@dataclass(frozen=True, slots=True)
class NetGap:
    """Net score of a group minus that of everyone else: everyone else is the ``all_*`` cells minus the group."""

    positive: Ref
    negative: Ref
    whole: Ref
    all_positive: Ref
    all_negative: Ref
    all_whole: Ref


@dataclass(frozen=True, slots=True)
class ShareGap:
    """Share of a group minus the share of everyone else (``all_*`` minus the group), from -1 to 1."""

    part: Ref
    whole: Ref
    all_part: Ref
    all_whole: Ref


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of other cells."""

    cells: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Minus:
    """One cell minus another, in their unit."""

    value: Ref
    less: Ref


Derivation = Share | Net | NetGap | ShareGap | Sum | Minus


class Mark(StrEnum):
    """How a difference from everyone else is to be read (UX.md 10.1)."""

    ABOVE = "above"
    """Clearly above: passes after adjustment for all comparisons and reaches the relevance floor."""
    BELOW = "below"
    POSSIBLY_ABOVE = "possibly_above"
    """Passes only before adjustment; never in a headline."""
    POSSIBLY_BELOW = "possibly_below"
    CHANCE = "chance"
    """Could be chance."""
    SLIGHT = "slight"
    """Passes, but is smaller than the relevance floor."""
    UNTESTED = "untested"
    """Too few to compare."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``value`` is a number with a ``format``, a name, or None for nothing.

    ``shown`` replaces what is displayed ("too few", "n < 10") while ``value`` stays what it is (None when hidden).
    ``low``/``high``: the range of a RANGE or DOTS cell, in the unit of ``value``.
    ``parts``: for a SPLIT cell, the cells of the shares from left to right (each with its own derivation).
    ``letters`` are the letters of the columns that this one is clearly higher than, shown behind the value.
    ``file`` is the name of a file in the same folder that a workbook's cell opens.
    ``chip`` colours a CHIP cell. ``choices`` are what a CHOICE cell offers, (key, name) each; its value is the name of
    the ``chosen`` one.
    """

    value: float | Label | None
    format: Format | None = None
    base: Base | None = None
    mark: Mark | None = None
    tone: Tone | None = None
    derivation: Derivation | None = None
    shown: Text | None = None
    low: float | None = None
    high: float | None = None
    parts: tuple[Cell, ...] = ()
    letters: str = ""
    file: str = ""
    chip: Chip | None = None
    choices: tuple[tuple[str, Label], ...] = ()
    chosen: str = ""


class Chip(StrEnum):
    """The meaning of a short word in a coloured pill."""

    WARN = "warn"
    INFO = "info"
    OK = "ok"


class ColumnType(StrEnum):
    """How a column is drawn. A workbook writes RANGE as two columns, SPLIT as one per part, and skips DOTS and BAR."""

    NAME = "name"
    TEXT = "text"
    NUMBER = "number"
    RANGE = "range"
    DOTS = "dots"
    SPLIT = "split"
    BAR = "bar"
    """A bar as long as its value, from 0 to 1, beside the number that it shows; written in no file."""
    GAP = "gap"
    """A difference with its mark; a workbook adds a column "Reading" with the mark in words."""
    ACTION = "action"
    """A link that opens more about the row on screen; written in no file."""
    CHIP = "chip"
    """A short word in a pill; a workbook writes the word."""
    CHOICE = "choice"
    """A decision that a person can change on screen; files say what was decided."""
    COUNT_BEHIND = "count_behind"
    """A count that formulas need: written in the workbook to the right of the table, not drawn on screen."""


WORDS = frozenset({ColumnType.NAME, ColumnType.TEXT, ColumnType.CHIP, ColumnType.CHOICE})
"""Columns of words: to the left, sorted by the alphabet, never computed with."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: key, heading, how it is drawn, and for SPLIT the headings and tones of its parts.

    ``reference`` on DOTS is the value of the dashed line (all respondents). ``span`` fixes the axis of a DOTS column.
    ``group`` is a heading over neighbouring columns that share it; ``letter`` is how other columns refer to this one.
    ``level`` greys a column with a small base and adds its stars.
    """

    key: str
    title: Label
    type: ColumnType = ColumnType.NUMBER
    parts: tuple[tuple[Label, Tone], ...] = ()
    reference: float | None = None
    span: tuple[float, float] | None = None
    group: Label = ""
    letter: str = ""
    level: BaseLevel = BaseLevel.PLAIN


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with one cell per column. ``level`` is the base level of the row; ``total`` rows come first and bold.

    ``indent`` sets a row under the one above it that it is part of; ``head`` is bold and opens such a block.
    """

    key: str
    cells: tuple[Cell, ...]
    level: BaseLevel = BaseLevel.PLAIN
    total: bool = False
    indent: int = 0
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``key`` names it in files; ``legend`` explains every mark under it.

    ``selectable`` tables set the option ``focus`` of their analysis to the chosen row's key; ``selected`` is that row.
    """

    key: str
    title: Text
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    legend: Text | None = None
    subtitle: Text | None = None
    selectable: bool = False
    selected: str = ""

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns, and keys that occur twice."""
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.key}: a row does not fit its columns")
        if len({row.key for row in self.rows}) != len(self.rows):
            raise ValueError(f"table {self.key}: a row key occurs twice")

    def cell(self, row: str, column: str) -> Cell:
        """The cell in a row and column named by their keys; raises `KeyError` if there is none."""
        position = next((i for i, candidate in enumerate(self.columns) if candidate.key == column), None)
        found = next((candidate for candidate in self.rows if candidate.key == row), None)
        if position is None or found is None:
            raise KeyError((row, column))
        return found.cells[position]
