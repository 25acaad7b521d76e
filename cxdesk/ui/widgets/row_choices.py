"""The lists in a table's rows, for decisions: real lists, so that Tab reaches them and a screen reader names them.

The wheel scrolls the page, never a decision.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QWidget

from cxdesk.blocks.table import Cell, ColumnType
from cxdesk.text import say
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.table_model import TableModel

_AIR = 8
"""Pixels at 100 % by which rows with lists are taller than others."""


class RowChoices(QObject):
    """Puts a list into every cell of the table's CHOICE column that offers something."""

    def __init__(self, view: QAbstractItemView, made: Callable[[str, str], None]) -> None:
        """``made`` is told the key of the row and the key of what was chosen."""
        super().__init__(view)
        self._view = view
        self._made = made
        self._shown: object = None
        self._lists: list[QComboBox] = []
        self._theme = Theme()

    @property
    def width(self) -> int:
        """The width of the widest list in pixels, 0 without lists."""
        return max((each.sizeHint().width() for each in self._lists), default=0)

    @property
    def air(self) -> int:
        """By how many pixels rows must be taller, so that their lists do not touch each other."""
        return self._theme.px(_AIR) if self._lists else 0

    def place(self, model: TableModel, theme: Theme) -> None:
        """Put the lists where the table now has them; those that are there already keep the focus."""
        self._theme = theme
        columns = [place for place in range(model.columnCount()) if model.column(place).type is ColumnType.CHOICE]
        cells = {
            (row, column): model.cell(model.index(row, column)) for column in columns for row in range(model.rowCount())
        }
        offered = {place: cell for place, cell in cells.items() if cell.choices}
        shown = (
            model.table.key,
            model.translator.language,
            theme,
            [(model.row(row).key, row, cell.choices) for (row, _), cell in offered.items()],
        )
        there = all(self._view.indexWidget(model.index(*place)) is not None for place in offered)
        if shown != self._shown or not there:
            self._build(model, cells, offered)
            self._shown = shown
        for box, cell in zip(self._lists, offered.values(), strict=True):
            box.setCurrentIndex(max(0, box.findData(cell.chosen)))

    def _build(
        self, model: TableModel, cells: dict[tuple[int, int], Cell], offered: dict[tuple[int, int], Cell]
    ) -> None:
        for place in cells:
            self._view.setIndexWidget(model.index(*place), None)  # type: ignore[arg-type]
        self._lists = []
        before: QWidget = self._view
        for place, cell in offered.items():
            box = self._list(model, place[0], place[1], cell)
            holder = QWidget()
            inside = QHBoxLayout(holder)
            inside.setContentsMargins(self._theme.px(_AIR) // 2, 0, self._theme.px(_AIR) // 2, 0)
            inside.addWidget(box)
            holder.setFocusProxy(box)
            self._view.setIndexWidget(model.index(*place), holder)
            QWidget.setTabOrder(before, box)
            self._lists.append(box)
            before = box

    def _list(self, model: TableModel, row: int, column: int, cell: Cell) -> QComboBox:
        translator = model.translator
        box = _List()
        for key, name in cell.choices:
            box.addItem(translator(name), key)
        about = str(model.data(model.index(row, 0)) or "")
        box.setAccessibleName(translator(say("{column}: {about}", column=model.column(column).title, about=about)))
        box.setProperty("row", model.row(row).key)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.activated.connect(self._on_activated)
        return box

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        sender = self.sender()
        if isinstance(sender, QComboBox):
            self._made(str(sender.property("row")), str(sender.currentData()))


class _List(QComboBox):
    """A list that leaves the wheel to the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page below."""
        event.ignore()
