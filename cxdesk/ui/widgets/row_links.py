"""The links at the end of a table's rows: real buttons, so that Tab reaches them and a screen reader names them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from cxdesk.blocks.table import ColumnType
from cxdesk.text import say
from cxdesk.ui.parts import button
from cxdesk.ui.widgets.table_model import TableModel


class RowLinks(QObject):
    """Puts a link into every filled cell of the table's ACTION column."""

    def __init__(self, view: QAbstractItemView, pressed: Callable[[str], None]) -> None:
        """``pressed`` is told the key of the row whose link was pressed."""
        super().__init__(view)
        self._view = view
        self._pressed = pressed
        self._shown: object = None
        self._buttons: list[QPushButton] = []

    def width(self, column: int) -> int:
        """The width of the widest link of a column in pixels, 0 without links."""
        hints = (each.sizeHint().width() for each in self._buttons if each.property("column") == column)
        return max(hints, default=0)

    def place(self, model: TableModel) -> None:
        """Put the links where the table now has them; those that are there already keep the focus."""
        columns = [place for place in range(model.columnCount()) if model.column(place).type is ColumnType.ACTION]
        wanted = [(row, column) for column in columns for row in range(model.rowCount())]
        filled = [(row, column) for row, column in wanted if model.cell(model.index(row, column)).value is not None]
        shown = (model.table.key, model.translator.language, [(model.row(row).key, row) for row, _ in filled])
        if shown == self._shown and all(self._view.indexWidget(model.index(*place)) is not None for place in filled):
            return
        for row, column in wanted:
            self._view.setIndexWidget(model.index(row, column), None)  # type: ignore[arg-type]
        self._shown, self._buttons = shown, []
        before: QWidget = self._view
        for row, column in filled:
            made = self._link(model, row, column)
            self._view.setIndexWidget(model.index(row, column), made)
            QWidget.setTabOrder(before, made)
            self._buttons.append(made)
            before = made

    def _link(self, model: TableModel, row: int, column: int) -> QPushButton:
        translator = model.translator
        value = model.cell(model.index(row, column)).value
        words = translator(value) if not isinstance(value, int | float | None) else ""
        about = str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) or "")
        made = button(words, "link", name=translator(say("{action}: {about}", action=words, about=about)))
        # Most tables have one link per row; of several, all but the last say which one it was.
        later = range(column + 1, model.columnCount())
        several = any(model.column(place).type is ColumnType.ACTION for place in later)
        key = model.row(row).key
        made.setProperty("row", f"{model.column(column).key} {key}" if several else key)
        made.setProperty("column", column)
        made.clicked.connect(self._on_pressed)
        return made

    @Slot()
    def _on_pressed(self) -> None:
        self._pressed(str(self.sender().property("row")))
