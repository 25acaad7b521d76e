"""A list of comments that measures only what is in sight, so that 20,000 of any length scroll as smoothly as ten."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView, QWidget

from cxdesk.text import Translator, say
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.quotes_delegate import QuotesDelegate
from cxdesk.ui.widgets.quotes_model import QuotesModel
from cxdesk.ui.widgets.row_table import set_up_rows

_AROUND = 6
"""So many rows above and below what is in sight are measured too, before they come into sight."""


class QuotesView(QTableView):
    """``marked``: comments were marked for the report; ``copy_wanted``: the chosen rows shall be copied."""

    marked = Signal()
    copy_wanted = Signal()

    def __init__(self, model: QuotesModel, parent: QWidget | None = None) -> None:
        """Show the comments of a model."""
        super().__init__(parent)
        self._quotes = model
        self._measured: set[int] = set()
        self._placing = False
        self._delegate = QuotesDelegate(model, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        set_up_rows(self, QAbstractItemView.SelectionMode.ExtendedSelection)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        model.modelReset.connect(self._on_reset)
        self.setMouseTracking(True)

    def show_look(self, theme: Theme, translator: Translator) -> None:
        """Take over fonts, colours and language."""
        self._delegate.show_look(theme)
        self.setAccessibleName(translator(say("Comments")))
        self.setToolTip("")
        self._on_reset()

    def sizeHint(self) -> QSize:
        """As high as its card lets it be."""
        return QSize(300, 200)

    def minimumSizeHint(self) -> QSize:
        """Two comments."""
        return QSize(200, 2 * self._delegate.least())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks for the report, copying takes whole comments."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._mark([index.row() for index in self.selectionModel().selectedRows()])
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The star of a row marks it."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and self._delegate.star_at(self.visualRect(index), place):
            self.setCurrentIndex(index)
            self._mark([index.row()])
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over the star."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        over = index.isValid() and self._delegate.star_at(self.visualRect(index), place)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._measured.clear()
        self._measure()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Measure what is gone to first, so that it comes into sight as a whole."""
        self._measure_rows(index.row() - _AROUND, index.row() + _AROUND)
        super().scrollTo(index, hint)

    def selected_places(self) -> list[int]:
        """The comments in the chosen rows."""
        return [self._quotes.place(index.row()) for index in self.selectionModel().selectedRows()]

    def _mark(self, rows: list[int]) -> None:
        if rows:
            self._quotes.mark([self._quotes.place(row) for row in rows])
            self.marked.emit()

    @Slot()
    def _on_reset(self) -> None:
        self._measured.clear()
        # Rows that were measured before keep their height; a new default is for those that were not.
        self.verticalHeader().reset()
        self.verticalHeader().setDefaultSectionSize(self._delegate.least())
        self._measure()

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        self._measure()

    def _measure(self) -> None:
        """Give the rows in sight, and some around them, the height that they need."""
        if self._placing or not self._quotes.rowCount():
            return
        bar = self.verticalScrollBar()
        at_end = 0 < bar.maximum() == bar.value()
        self._measure_sight()
        while at_end and bar.value() < bar.maximum():
            # Rows grew while the last one was looked for.
            self._placing = True
            bar.setValue(bar.maximum())
            self._placing = False
            self._measure_sight()

    def _measure_sight(self) -> None:
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height())
        shown = self.viewport().height() // max(1, self._delegate.least()) + 1
        self._measure_rows(first - _AROUND, (last if last >= 0 else first + shown) + _AROUND)

    def _measure_rows(self, first: int, last: int) -> None:
        if self._placing:
            return
        self._placing = True
        bar, top = self.verticalScrollBar(), self.rowAt(0)
        moved = 0
        for row in range(max(0, first), min(last + 1, self._quotes.rowCount())):
            if row in self._measured:
                continue
            self._measured.add(row)
            height, before = self._delegate.height(row, self.viewport().width()), self.rowHeight(row)
            if height != before:
                self.setRowHeight(row, height)
                moved += height - before if row < top else 0
        self.updateGeometries()
        if moved:
            # What is being read stays where it is while rows above it grow.
            bar.setValue(bar.value() + moved)
        self._placing = False
