"""A table of a finished page as rows and columns that a view can show, and as words that a screen reader can say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cxdesk.blocks.table import WORDS, Cell, ColumnType, Mark, Table, TableColumn, TableRow
from cxdesk.render.flat import heading_runs, stars
from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format, Label, Listed, Number, Text, Translator, say
from cxdesk.ui.widgets.table_order import UNSORTED, Sorting, sorted_rows

Index = QModelIndex | QPersistentModelIndex

SIGNS = {Mark.ABOVE: "▲", Mark.BELOW: "▼"}
"""Only clear differences carry a sign (UX.md 10.1)."""

_LEFT = WORDS | {ColumnType.DOTS, ColumnType.SPLIT, ColumnType.BAR, ColumnType.ACTION}
_DRAWN = frozenset({ColumnType.DOTS, ColumnType.SPLIT, ColumnType.BAR})
_UNWRITTEN = _DRAWN | {ColumnType.ACTION, ColumnType.CHOICE}
"""Cells that show something else than their words: a drawing, a link or a list of its own."""

_NO_TABLE = Table("", say("Table"), (), ())


class TableModel(QAbstractTableModel):
    """Shows a `Table` without its counts for formulas. It is read-only; a new table replaces the old one."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with a table of nothing."""
        super().__init__(parent)
        self._table = _NO_TABLE
        self._columns: tuple[int, ...] = ()
        self._axes: dict[int, tuple[float, float]] = {}
        self._translator = Translator("en")
        self._rows: tuple[TableRow, ...] = ()
        self._sorting = UNSORTED

    def show_table(self, table: Table, translator: Translator) -> None:
        """Take over a table. One of the same rows and columns replaces the values only, so that selection stays."""
        columns = tuple(i for i, column in enumerate(table.columns) if column.type is not ColumnType.COUNT_BEHIND)
        if [column.key for column in table.columns] != [column.key for column in self._table.columns]:
            self._sorting = UNSORTED
        rows = sorted_rows(table, self._sorting, translator)
        same = _shape(table) == _shape(self._table) and translator.language == self._translator.language
        same = same and [row.key for row in rows] == [row.key for row in self._rows]
        if not same:
            self.beginResetModel()
        self._table, self._columns, self._translator, self._rows = table, columns, translator, rows
        self._axes = {i: _axis(table, i) for i in columns if table.columns[i].type is ColumnType.DOTS}
        if not same:
            self.endResetModel()
        elif table.rows and columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(table.rows) - 1, len(columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)

    @property
    def table(self) -> Table:
        """The table that is shown."""
        return self._table

    @property
    def sorting(self) -> Sorting:
        """By which column the rows are sorted now."""
        return self._sorting

    def sort_by(self, sorting: Sorting) -> None:
        """Put the rows into another order; totals stay on top and parts below what they are part of."""
        self.beginResetModel()
        self._sorting = sorting
        self._rows = sorted_rows(self._table, sorting, self._translator)
        self.endResetModel()

    def as_shown(self) -> Table:
        """The table with its rows in the order that is shown: what is copied and saved."""
        return replace(self._table, rows=self._rows)

    @property
    def translator(self) -> Translator:
        """The language it is shown in."""
        return self._translator

    def column(self, position: int) -> TableColumn:
        """A visible column."""
        return self._table.columns[self._columns[position]]

    def row(self, position: int) -> TableRow:
        """A row."""
        return self._rows[position]

    def cell(self, index: Index) -> Cell:
        """The cell at a place of the view."""
        return self._rows[index.row()].cells[self._columns[index.column()]]

    def groups(self) -> list[tuple[str, int]]:
        """The headings over neighbouring columns, each with how many columns it spans; "" over those without one."""
        return heading_runs([self._translator(self.column(place).group) for place in range(len(self._columns))])

    def longest_letters(self, position: int) -> str:
        """The letters of a column that need most room; "" if it has none."""
        place = self._columns[position]
        return max((row.cells[place].letters for row in self._table.rows), key=len, default="")

    def axis(self, position: int) -> tuple[float, float]:
        """The ends of the axis of a DOTS column."""
        return self._axes[self._columns[position]]

    def row_of(self, key: str) -> int:
        """The place of the row with this key, or -1."""
        return next((i for i, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """The number of rows."""
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """The number of columns that are drawn."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles; rows have none."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self.column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._translator(column.title) + stars(column.level)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self._translator(_heading(column))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is shown, what is said, and how it is aligned."""
        if not index.isValid():
            return None
        column = self.column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken_row(index.row()) if index.column() == 0 else self._spoken(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole and column.type is ColumnType.GAP:
            mark = self.cell(index).mark
            return None if mark is None else self._translator(mark_name(mark))
        if role == Qt.ItemDataRole.ToolTipRole and column.type in _DRAWN:
            return self._words(self.cell(index), column) or None
        return None

    def _shown(self, index: Index) -> str:
        """The text of a cell; cells that are drawn (dots, bars) or hold a link have none."""
        column, row, cell = self.column(index.column()), self.row(index.row()), self.cell(index)
        if column.type in _UNWRITTEN:
            return ""
        words = self._words(cell, column)
        return words + stars(row.level) if column.key == "n" else words

    def _words(self, cell: Cell, column: TableColumn) -> str:
        """A cell in words and numbers."""
        if cell.shown is not None:
            return self._translator(cell.shown)
        match column.type:
            case ColumnType.RANGE:
                return "" if cell.low is None or cell.high is None else self._translator(_range(cell))
            case ColumnType.DOTS:
                return self._translator(_dot(cell)) if isinstance(cell.value, float | int) else ""
            case ColumnType.SPLIT:
                return self._translator(_split(cell, column))
            case ColumnType.BAR:
                return ""
            case _:
                value = cell.value
        if isinstance(value, float | int):
            return self._translator.number(value, cell.format or Format.GENERAL)
        return "" if value is None else self._translator(value)

    def _spoken(self, index: Index) -> str:
        """A cell with the name of its column, and its mark in words."""
        column, cell = self.column(index.column()), self.cell(index)
        words = self._words(cell, column)
        if not words or column.type is ColumnType.ACTION:
            return ""
        told: Text = say("{column}: {value}", column=_heading(column), value=words)
        if cell.mark is not None and cell.mark is not Mark.UNTESTED:
            told = say("{first}, {second}", first=told, second=mark_name(cell.mark))
        elif cell.letters:
            told = say("{first}, clearly higher than {letters}", first=told, letters=cell.letters)
        return self._translator(told)

    def _spoken_row(self, position: int) -> str:
        """A whole row: its name, then every column, as one sentence."""
        row = self.row(position)
        parts = [self._words(row.cells[self._columns[0]], self.column(0))]
        parts += [self._spoken(self.index(position, column)) for column in range(1, len(self._columns))]
        if row.level is not BaseLevel.PLAIN and not row.total:
            parts.append(self._translator(say("small sample")))
        return self._translator.listed(part for part in parts if part)


def alignment(column: TableColumn) -> Qt.AlignmentFlag:
    """Text to the left, numbers to the right (UX.md 11)."""
    side = Qt.AlignmentFlag.AlignLeft if column.type in _LEFT else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def mark_name(mark: Mark) -> Text:
    """How a difference is to be read, in words."""
    return {
        Mark.ABOVE: say("clearly above everyone else"),
        Mark.BELOW: say("clearly below everyone else"),
        Mark.POSSIBLY_ABOVE: say("possibly above everyone else"),
        Mark.POSSIBLY_BELOW: say("possibly below everyone else"),
        Mark.CHANCE: say("could be chance"),
        Mark.SLIGHT: say("differs, but by very little"),
        Mark.UNTESTED: say("too few to compare"),
    }[mark]


def _heading(column: TableColumn) -> Label:
    """The heading of a column with the one over it and its letter, in one line."""
    title: Label = column.title
    if column.letter:
        title = say("{title} ({letter})", title=title, letter=column.letter)
    return say("{group}: {topic}", group=column.group, topic=title) if column.group else title


def _shape(table: Table) -> tuple[object, ...]:
    columns = tuple((column.key, column.type, column.title, column.group, column.letter) for column in table.columns)
    return table.key, columns, tuple(row.key for row in table.rows)


def _range(cell: Cell) -> Text:
    form = cell.format or Format.GENERAL
    return say("{low} … {high}", low=Number(cell.low, form), high=Number(cell.high, form))


def _dot(cell: Cell) -> Text:
    form = cell.format or Format.GENERAL
    value = Number(float(cell.value) if isinstance(cell.value, float | int) else None, form)
    if cell.low is None or cell.high is None:
        return say("{value}", value=value)
    return say("{value}, from {low} to {high}", value=value, low=Number(cell.low, form), high=Number(cell.high, form))


def _split(cell: Cell, column: TableColumn) -> Text:
    parts = []
    for part, (name, _) in zip(cell.parts, column.parts, strict=False):
        if isinstance(part.value, float | int):
            parts.append(say("{name} {share}", name=name, share=Number(part.value, Format.PERCENT)))
    return say("{parts}", parts=Listed(tuple(parts)))


def _axis(table: Table, position: int) -> tuple[float, float]:
    """The axis of a DOTS column: what the column asks for, or all ranges and the dashed line with some air."""
    column = table.columns[position]
    if column.span is not None:
        return column.span
    cells = [row.cells[position] for row in table.rows]
    values = [value for cell in cells for value in (cell.low, cell.high, cell.value) if isinstance(value, float | int)]
    if column.reference is not None:
        values.append(column.reference)
    if not values:
        return 0.0, 1.0
    lowest, highest = min(values), max(values)
    air = (highest - lowest) * 0.05 or 1.0
    return lowest - air, highest + air
