"""A table on a page: as wide as its card, as tall as its rows, copied as true numbers, read out row by row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QMimeData, QSize, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cxdesk.blocks.table import ColumnType, Table
from cxdesk.render.clipboard import table_to_clipboard
from cxdesk.render.csv import raw_number
from cxdesk.text import Translator
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.cell_delegates import ROW_HEIGHT, CellDelegate
from cxdesk.ui.widgets.table_header import TableHeader
from cxdesk.ui.widgets.table_model import TableModel

_MOST_ROWS = 16
"""Longer tables scroll below their heading row."""

_MEASURED = 400
"""So many rows are measured to find widths and heights."""

_STRETCH = {ColumnType.DOTS: 4, ColumnType.SPLIT: 3, ColumnType.TEXT: 4, ColumnType.NAME: 2}
"""How the room that is left over is shared out; numbers keep the width they need."""

_LEAST = {ColumnType.DOTS: 150, ColumnType.SPLIT: 190}
_WORDS = frozenset({ColumnType.NAME, ColumnType.TEXT})
_WIDEST = 260
"""Words that are longer go on in a second line, unless there is room to spare."""

_ENOUGH = 380
"""Nobody needs a table beside something else to be wider than this."""


class TableView(QTableView):
    """The rows of a `Table`. ``row_chosen`` names the row that a person went to, never one that a refresh selected."""

    row_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = Theme()
        self._dragged = False
        self._placing = False
        self.table_model = TableModel(self)
        self.setModel(self.table_model)
        self._delegate = CellDelegate(self.table_model, self)
        self.setItemDelegate(self._delegate)
        self._header = TableHeader(self)
        self.setHorizontalHeader(self._header)
        self._header.sectionResized.connect(self._on_dragged)
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_table(self, table: Table, theme: Theme, translator: Translator) -> None:
        """Show a table; widths that a person dragged stay as long as the columns are the same."""
        before = [column.key for column in self.table_model.table.columns]
        if [column.key for column in table.columns] != before or theme != self._theme:
            self._dragged = False
        self._theme = theme
        self._delegate.show_look(theme)
        self._header.show_look(theme)
        single = QAbstractItemView.SelectionMode.SingleSelection
        many = QAbstractItemView.SelectionMode.ExtendedSelection
        self.setSelectionMode(single if table.selectable else many)
        self._placing = True
        self.table_model.show_table(table, translator)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW_HEIGHT))
        row = self.table_model.row_of(table.selected) if table.selected else -1
        if row >= 0 and (not self.selectionModel().isRowSelected(row)):
            self.selectRow(row)
        self._placing = False
        self.setAccessibleName(translator(table.title))
        self.fit()
        self.viewport().update()

    def fit(self) -> None:
        """Share the width out among the columns, and be as tall as the rows need."""
        self._placing = True
        if not self._dragged:
            for place, width in enumerate(self.widths(self.viewport().width())):
                self.setColumnWidth(place, width)
        header = self._header.sizeHint().height()
        self._header.setFixedHeight(header)
        tall = self._set_row_heights()
        wide = sum(self.columnWidth(place) for place in range(self.table_model.columnCount())) > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        height = header + tall + bar + 2
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
        self._placing = False

    def _set_row_heights(self) -> int:
        """Give rows with wrapped words the height they need; returns the height of the rows that are in sight."""
        least = self._theme.px(ROW_HEIGHT)
        places = range(min(_MEASURED, self.table_model.rowCount()))
        columns = [(place, self.columnWidth(place)) for place in range(self.table_model.columnCount())]
        tall = 0
        for row in places:
            heights = (self._delegate.height(self.table_model.index(row, place), width) for place, width in columns)
            height = max(heights, default=least)
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
            tall += height if row < _MOST_ROWS else 0
        return tall

    def widths(self, room: int) -> list[int]:
        """The width of each column in a view that is ``room`` pixels wide."""
        columns = [self.table_model.column(place) for place in range(self.table_model.columnCount())]
        widths: list[int] = []
        for place, column in enumerate(columns):
            least = self._theme.px(_LEAST.get(column.type, 0))
            if column.type not in {ColumnType.DOTS, ColumnType.SPLIT}:
                content = self.sizeHintForColumn(place)
                least = min(content, self._theme.px(_WIDEST)) if column.type in _WORDS else content
            widths.append(max(least, self._header.needed(place)))
        left = room - sum(widths)
        drawn = any(column.type in {ColumnType.DOTS, ColumnType.SPLIT} for column in columns)
        shares = [_STRETCH.get(column.type, 1) for column in columns]
        if drawn:
            shares = [
                share if column.type in {ColumnType.DOTS, ColumnType.SPLIT, ColumnType.TEXT} else 0
                for share, column in zip(shares, columns, strict=True)
            ]
        if left > 0 and any(shares):
            extra = [left * share // sum(shares) for share in shares]
            extra[shares.index(max(shares))] += left - sum(extra)
            widths = [width + more for width, more in zip(widths, extra, strict=True)]
        return widths

    def sizeHintForColumn(self, column: int) -> int:
        """The widest cell; of long tables the first rows decide."""
        option = QStyleOptionViewItem()
        rows = range(min(_MEASURED, self.table_model.rowCount()))
        hints = (self._delegate.sizeHint(option, self.table_model.index(row, column)).width() for row in rows)
        return max(hints, default=0)

    def sizeHint(self) -> QSize:
        """As tall as its rows."""
        return QSize(480, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Room for the columns, or for the first few of them; narrower views scroll to the side."""
        return QSize(min(sum(self.widths(0)), self._theme.px(_ENOUGH)), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width out."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy; everything else moves."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+C belongs to the table while it has the focus, whatever the window's menu says."""
        wanted = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if wanted and event.matches(QKeySequence.StandardKey.Copy):  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    @Slot()
    def copy_rows(self) -> None:
        """Copy the selected rows, or all of them, as true numbers."""
        chosen = {self.table_model.row(index.row()).key for index in self.selectionModel().selectedRows()}
        everything = not chosen or self.table_model.table.selectable
        to_clipboard(
            *table_to_clipboard(self.table_model.table, self.table_model.translator, None if everything else chosen)
        )

    @Slot()
    def copy_table(self) -> None:
        """Copy the whole table as true numbers."""
        to_clipboard(*table_to_clipboard(self.table_model.table, self.table_model.translator))

    @Slot()
    def copy_cell(self) -> None:
        """Copy the current cell: a number with all its digits, or its words."""
        index = self.currentIndex()
        if not index.isValid():
            return
        value = self.table_model.cell(index).value
        words = raw_number(float(value)) if isinstance(value, float | int) else str(self.table_model.data(index) or "")
        QGuiApplication.clipboard().setText(words)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Name the row that a person chose; rows of totals choose nothing."""
        super().selectionChanged(selected, deselected)
        if self._placing or not self.table_model.table.selectable or selected.isEmpty():
            return
        row = self.table_model.row(selected.indexes()[0].row())
        if not row.total:
            self.row_chosen.emit(row.key)

    @Slot(int, int, int)
    def _on_dragged(self, _section: int, _before: int, _after: int) -> None:
        if not self._placing:
            self._dragged = True


def to_clipboard(text: str, html: str) -> None:
    """Put text and HTML on the clipboard: a spreadsheet takes numbers, a letter takes a table."""
    both = QMimeData()
    both.setText(text)
    both.setHtml(html)
    QGuiApplication.clipboard().setMimeData(both)
