"""A table as plain columns of numbers and words: what a workbook, a CSV file and the clipboard have in common.

On screen a range is one column, a split bar one column and a difference carries an arrow. Here a range becomes "Low"
and "High", a split bar one column per part, a difference is followed by "Reading", which says the arrow in words, and a
value whose column has a letter is followed by the letters of the columns that it is clearly higher than. Arrows that
stand behind values are written behind them as letters are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import WORDS, Cell, ColumnType, Derivation, Mark, Table, TableColumn
from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format, Text, Translator, say


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """One plain column.

    ``part`` is "" for the cell itself, else "low", "high", "reading", "letters", or "part0", "part1" and so on.
    ``group`` is the heading over it and its neighbours, ``letter`` how other columns refer to it ("" without).
    """

    key: str
    title: str
    part: str = ""
    type: ColumnType = ColumnType.NUMBER
    tone: Tone | None = None
    group: str = ""
    letter: str = ""
    level: BaseLevel = BaseLevel.PLAIN

    @property
    def numeric(self) -> bool:
        """Whether the column holds numbers."""
        return self.type not in WORDS and self.part not in {"reading", "letters"}

    @property
    def behind(self) -> bool:
        """Whether the column stands to the right of the table and feeds its formulas."""
        return self.type is ColumnType.COUNT_BEHIND


@dataclass(frozen=True, slots=True)
class FlatCell:
    """One plain cell: an unrounded number or translated words (None = empty), and how the screen shows it.

    A difference of shares is in percentage points here (5, shown as +5), as people read it.
    """

    value: float | str | None
    shown: str = ""
    format: Format | None = None
    mark: Mark | None = None
    tone: Tone | None = None
    derivation: Derivation | None = None
    file: str = ""
    """The name of a file in the same folder that the cell opens."""


@dataclass(frozen=True, slots=True)
class FlatRow:
    """One row; the cells fit the columns of its table."""

    key: str
    cells: tuple[FlatCell, ...]
    level: BaseLevel
    total: bool
    indent: int = 0


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table in one language, counts behind at the end of each row."""

    key: str
    columns: tuple[FlatColumn, ...]
    rows: tuple[FlatRow, ...]


def flatten(table: Table, translator: Translator, *, behind: bool = False) -> FlatTable:
    """Spread a table into plain columns; DOTS and ACTION are left out.

    ``behind`` keeps the counts that formulas need.
    """
    drawn = [i for i, column in enumerate(table.columns) if column.type not in _UNWRITTEN]
    hidden = [i for i, column in enumerate(table.columns) if column.type is ColumnType.COUNT_BEHIND and behind]
    order = [*drawn, *hidden]
    told = frozenset(i for i, column in enumerate(table.columns) if _is_compared(column) or _is_marked(table, i))
    columns = tuple(flat for i in order for flat in _columns(table.columns[i], translator, lettered=i in told))
    rows = tuple(
        FlatRow(
            row.key,
            tuple(flat for i in order for flat in _cells(table.columns[i], row.cells[i], translator, i in told)),
            row.level,
            row.total or row.head,
            row.indent,
        )
        for row in table.rows
    )
    return FlatTable(table.key, columns, rows)


def heading_runs(groups: Sequence[str]) -> list[tuple[str, int]]:
    """The headings over neighbouring columns, each with how many columns it spans; "" over those without one."""
    return [(group, len(list(run))) for group, run in groupby(groups)]


def lettered_title(column: FlatColumn, translator: Translator) -> str:
    """The heading of a column with the letter by which others name it: North (A)."""
    if not column.letter:
        return column.title
    return translator(say("{title} ({letter})", title=column.title, letter=column.letter))


def stars(level: BaseLevel) -> str:
    """The sign of a small base that stands behind a count or a heading."""
    return {BaseLevel.SMALL: "*", BaseLevel.UNTESTED: "**", BaseLevel.HIDDEN: "**"}.get(level, "")


def reading(mark: Mark) -> Text:
    """Say a mark in words, as the column "Reading" does."""
    return _READINGS[mark]


_UNWRITTEN = frozenset({ColumnType.DOTS, ColumnType.BAR, ColumnType.ACTION, ColumnType.COUNT_BEHIND})

_READINGS = {
    Mark.ABOVE: say("▲ clearly above"),
    Mark.BELOW: say("▼ clearly below"),
    Mark.POSSIBLY_ABOVE: say("possibly above"),
    Mark.POSSIBLY_BELOW: say("possibly below"),
    Mark.CHANCE: say("could be chance"),
    Mark.SLIGHT: say("differs only slightly"),
    Mark.UNTESTED: say("too few to compare"),
}


def _columns(column: TableColumn, translator: Translator, *, lettered: bool) -> Iterator[FlatColumn]:
    """The plain columns of a column, all under its heading group."""
    group, mark = translator(column.group), stars(column.level)
    for flat in _parts(column, translator, lettered=lettered):
        title = flat.title if flat.part else f"{flat.title}{mark}"
        yield replace(flat, title=title, group=group, level=column.level)


def _parts(column: TableColumn, translator: Translator, *, lettered: bool) -> Iterator[FlatColumn]:
    title = translator(column.title)
    match column.type:
        case ColumnType.RANGE:
            yield FlatColumn(column.key, translator(say("Low")), "low", column.type)
            yield FlatColumn(column.key, translator(say("High")), "high", column.type)
        case ColumnType.SPLIT:
            for number, (name, tone) in enumerate(column.parts):
                yield FlatColumn(column.key, translator(name), f"part{number}", column.type, tone)
        case ColumnType.GAP:
            yield FlatColumn(column.key, title, "", column.type)
            yield FlatColumn(column.key, translator(say("Reading", context="comparison")), "reading", column.type)
        case _:
            yield FlatColumn(column.key, title, "", column.type, letter=column.letter)
            if lettered:
                higher = say("{column}, clearly higher than", column=column.title)
                others = say("{column}, against everyone else", column=column.title)
                yield FlatColumn(column.key, translator(higher if column.letter else others), "letters", column.type)


def _is_compared(column: TableColumn) -> bool:
    """Whether the values of a column may be followed by letters."""
    return bool(column.letter) and column.level not in {BaseLevel.UNTESTED, BaseLevel.HIDDEN}


def _is_marked(table: Table, place: int) -> bool:
    """Whether arrows instead of letters stand behind the values of a column."""
    return any(row.cells[place].letters for row in table.rows)


def _cells(column: TableColumn, cell: Cell, translator: Translator, lettered: bool) -> Iterator[FlatCell]:
    match column.type:
        case ColumnType.RANGE:
            yield _number(cell, cell.low, translator)
            yield _number(cell, cell.high, translator)
        case ColumnType.SPLIT:
            for number in range(len(column.parts)):
                yield _cell(cell.parts[number], translator) if number < len(cell.parts) else FlatCell(None)
        case ColumnType.GAP:
            yield _cell(cell, translator)
            words = "" if cell.mark is None else translator(reading(cell.mark))
            yield FlatCell(words or None, words, mark=cell.mark)
        case _:
            yield _cell(cell, translator)
            if lettered:
                yield FlatCell(cell.letters or None, cell.letters, mark=cell.mark)


def _number(cell: Cell, value: float | None, translator: Translator) -> FlatCell:
    if value is None or math.isnan(value):
        return FlatCell(None)
    form = cell.format or Format.GENERAL
    return FlatCell(_in_points(value, form), translator.number(value, form), form)


def _cell(cell: Cell, translator: Translator) -> FlatCell:
    value = cell.value
    if cell.shown is not None:
        words = translator(cell.shown)
        return FlatCell(words, words, None, cell.mark, cell.tone)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return FlatCell(None, mark=cell.mark)
    if isinstance(value, int | float):
        form = cell.format or Format.GENERAL
        shown = translator.number(value, form)
        return FlatCell(_in_points(value, form), shown, form, cell.mark, cell.tone, cell.derivation)
    words = translator(value)
    return FlatCell(words, words, None, cell.mark, cell.tone, file=cell.file)


def _in_points(value: float, form: Format) -> float:
    return 100.0 * value if form is Format.PERCENT_GAP else float(value)
