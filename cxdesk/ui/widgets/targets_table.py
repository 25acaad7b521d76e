"""The table of targets in the settings: measure, segment, answer, target; typed, or pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from cxdesk.project.targets_typed import Row, as_row
from cxdesk.project.typed import pasted_rows
from cxdesk.text import Translator, say
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.being_typed import CellTyping

_ROWS_SHOWN = 6


class TargetsTable(QTableWidget):
    """Always one empty row to type into. Ctrl+V adds rows, Del takes the chosen ones away."""

    rows_changed = Signal(object)
    """All rows that hold anything: a tuple of `Row`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_rows`."""
        super().__init__(0, 4, parent)
        self._filling = False
        self.setItemDelegate(CellTyping(self))
        self.verticalHeader().hide()
        self.setShowGrid(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.itemChanged.connect(self._on_changed)

    def show_rows(self, rows: Sequence[Row], wrong: frozenset[int], theme: Theme, translator: Translator) -> None:
        """Show rows and one empty one; the numbers of ``wrong`` ones are coloured."""
        self._filling = True
        titles = (say("Measure"), say("Segment"), say("Answer"), say("Target"))
        self.setHorizontalHeaderLabels([translator(title) for title in titles])
        self.setAccessibleName(translator(say("Targets")))
        shown: list[Row] = [*rows, ("", "", "", "")]
        self.setRowCount(len(shown))
        for number, row in enumerate(shown):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                if number in wrong:
                    item.setForeground(QColor(theme.palette.detractor_text))
                self.setItem(number, column, item)
            self.setRowHeight(number, theme.px(30))
        high = min(max(len(shown), 3), _ROWS_SHOWN)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + high * theme.px(30) + 4)
        self._filling = False

    def rows(self) -> tuple[Row, ...]:
        """What stands in the table, without empty rows."""
        found = [tuple(self._words(row, column) for column in range(4)) for row in range(self.rowCount())]
        return tuple((row[0], row[1], row[2], row[3]) for row in found if any(row))

    def paste(self, text: str) -> None:
        """Add rows that were copied elsewhere."""
        pasted = tuple(as_row(cells) for cells in pasted_rows(text))
        self.rows_changed.emit((*self.rows(), *pasted))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V and Del; Tab leaves the table."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_chosen()
        else:
            super().keyPressEvent(event)

    def remove_chosen(self) -> None:
        """Take the chosen rows away."""
        chosen = {index.row() for index in self.selectedIndexes()} or {self.currentRow()}
        words = [tuple(self._words(row, column) for column in range(4)) for row in range(self.rowCount())]
        kept = tuple(row for number, row in enumerate(words) if number not in chosen and any(row))
        self.rows_changed.emit(kept)

    def _words(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return "" if item is None else item.text().strip()

    def _on_changed(self, item: QTableWidgetItem) -> None:
        if not self._filling and self._words(item.row(), 3):
            self.rows_changed.emit(self.rows())
