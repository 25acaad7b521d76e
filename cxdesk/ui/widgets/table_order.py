"""The order of a table's rows: as the page gives them, or sorted by a column that a person chose.

Totals stay on top, parts stay below the row that they are part of, and cells without a number come last either way.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCollator, QCollatorSortKey, QLocale

from cxdesk.blocks.table import WORDS, Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.text import Text, Translator, say


@dataclass(frozen=True, slots=True)
class Sorting:
    """The key of a column and the direction; the key "" is the order of the page."""

    column: str = ""
    descending: bool = False


UNSORTED = Sorting()


def next_sorting(now: Sorting, column: TableColumn) -> Sorting:
    """What another click on a heading asks for: numbers from the highest, words from the first, then back, then off."""
    first = column.type not in WORDS
    if now.column != column.key:
        return Sorting(column.key, first)
    return Sorting(column.key, not first) if now.descending is first else UNSORTED


def sorted_rows(table: Table, sorting: Sorting, translator: Translator) -> tuple[TableRow, ...]:
    """The rows of a table in the order that is wanted."""
    place = next((i for i, column in enumerate(table.columns) if column.key == sorting.column), -1)
    if place < 0:
        return table.rows
    collator = QCollator(QLocale(translator.language))
    collator.setNumericMode(True)
    totals = [row for row in table.rows if row.total]
    others = [row for row in table.rows if not row.total]
    return (*totals, *_arranged(others, _Key(table.columns[place], place, collator, translator), sorting.descending))


@dataclass(frozen=True, slots=True, eq=False)
class _Key:
    """What a row is sorted by."""

    column: TableColumn
    place: int
    collator: QCollator
    translator: Translator

    def number(self, row: TableRow) -> float | None:
        """The number of the row's cell, or None if it has none."""
        cell = row.cells[self.place]
        match self.column.type:
            case ColumnType.RANGE:
                return cell.low
            case ColumnType.SPLIT:
                return _number(cell.parts[0]) if cell.parts else None
            case _:
                return _number(cell)

    def words(self, row: TableRow) -> QCollatorSortKey:
        """The place of the row's words in a dictionary of the language."""
        value = row.cells[self.place].value
        return self.collator.sortKey("" if value is None or isinstance(value, float | int) else self.translator(value))


def sorting_words(table: Table, sorting: Sorting) -> Text:
    """The order of the rows in words."""
    column = next((column for column in table.columns if column.key == sorting.column), None)
    if column is None:
        return say("Rows as on the page")
    if column.type in WORDS:
        backward = say("Sorted by {column}, Z to A", column=column.title)
        return backward if sorting.descending else say("Sorted by {column}, A to Z", column=column.title)
    lowest = say("Sorted by {column}, lowest first", column=column.title)
    return say("Sorted by {column}, highest first", column=column.title) if sorting.descending else lowest


def _arranged(rows: list[TableRow], key: _Key, descending: bool) -> list[TableRow]:
    """Rows with the parts below them, sorted; the parts are sorted among themselves."""
    families: list[list[TableRow]] = []
    for row in rows:
        if families and row.indent > families[-1][0].indent:
            families[-1].append(row)
        else:
            families.append([row])
    if key.column.type in WORDS:
        # Sort keys compare only with "less than", so the order is turned round afterwards.
        families.sort(key=lambda family: key.words(family[0]))
        families = families[::-1] if descending else families
    else:
        known = [family for family in families if key.number(family[0]) is not None]
        known.sort(key=lambda family: key.number(family[0]) or 0.0, reverse=descending)
        families = known + [family for family in families if key.number(family[0]) is None]
    return [each for head, *parts in families for each in (head, *_arranged(parts, key, descending))]


def _number(cell: Cell) -> float | None:
    return float(cell.value) if isinstance(cell.value, float | int) else None
