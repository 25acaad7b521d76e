"""A table on a page: as wide as its card, as tall as its rows, copied as true numbers, read out row by row."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
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
from cxdesk.text import Translator
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.cell_delegates import ROW_HEIGHT, CellDelegate
from cxdesk.ui.widgets.column_room import narrowed, widened
from cxdesk.ui.widgets.kept_column import kept_width, paint_names
from cxdesk.ui.widgets.row_choices import RowChoices
from cxdesk.ui.widgets.row_links import RowLinks
from cxdesk.ui.widgets.table_copying import copy_cell, copy_rows, copy_table
from cxdesk.ui.widgets.table_header import PADDING, TableHeader
from cxdesk.ui.widgets.table_model import TableModel
from cxdesk.ui.widgets.table_order import UNSORTED, Sorting, next_sorting, sorting_words

_MOST_ROWS = 16
"""Longer tables scroll below their heading row."""

_MEASURED = 400
"""So many rows are measured to find widths and heights."""

_STRETCH = {ColumnType.DOTS: 4, ColumnType.SPLIT: 3, ColumnType.TEXT: 4, ColumnType.NAME: 2}
_STRETCH |= dict.fromkeys((ColumnType.ACTION, ColumnType.CHIP, ColumnType.CHOICE), 0)
"""How the room that is left over is shared out; numbers keep the width they need."""

_LEAST = {ColumnType.DOTS: 150, ColumnType.SPLIT: 190, ColumnType.BAR: 56}
_DRAWN = frozenset({ColumnType.DOTS, ColumnType.SPLIT, ColumnType.BAR})
_WORDS = frozenset({ColumnType.NAME, ColumnType.TEXT})
_BREAKS = _WORDS | {ColumnType.CHOICE}
_WIDEST = 260
"""Words that are longer go on in a second line, unless there is room to spare."""

_NARROWEST = 120
"""Words are not broken into shorter lines than this to keep all columns in sight."""

_NARROW_BESIDE_LISTS = 96
"""Beside lists to choose from, which take much room, words may be broken sooner; the lists end in an ellipsis."""

_ENOUGH = 380
"""Nobody needs a table beside something else to be wider than this."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The sizes of columns, heading and rows at one width."""

    widths: list[int]
    header: int
    rows: list[int]


class TableView(QTableView):
    """The rows of a `Table`. ``row_chosen`` names the row that a person went to, never one that a refresh selected."""

    row_chosen = Signal(str)
    action_wanted = Signal(str)
    """Names the row whose link was pressed; of several in a row all but the last with their column in front."""
    choice_made = Signal(str, str)
    """Names the row and what was chosen in its list, also where that was chosen before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = Theme()
        self._dragged = False
        self._placing = False
        self._contents: dict[int, int] = {}
        self._plans: dict[int, _Plan] = {}
        self._links = RowLinks(self, self.action_wanted.emit)
        self._choices = RowChoices(self, self.choice_made.emit)
        self.table_model = TableModel(self)
        self.setModel(self.table_model)
        self._delegate = CellDelegate(self.table_model, self)
        self.setItemDelegate(self._delegate)
        self._header = TableHeader(self)
        self.setHorizontalHeader(self._header)
        self._header.sectionResized.connect(self._on_dragged)
        self._header.sectionClicked.connect(self._on_title)
        self.horizontalScrollBar().valueChanged.connect(self._on_moved)
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
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_table(self, table: Table, theme: Theme, translator: Translator) -> None:
        """Show a table; widths that a person dragged stay as long as the columns are the same."""
        before = [column.key for column in self.table_model.table.columns]
        if [column.key for column in table.columns] != before or theme != self._theme:
            self._dragged = False
        self._theme = theme
        self._delegate.show_look(theme)
        single = QAbstractItemView.SelectionMode.SingleSelection
        many = QAbstractItemView.SelectionMode.ExtendedSelection
        self.setSelectionMode(single if table.selectable else many)
        self._placing = True
        self.table_model.show_table(table, translator)
        self._header.show_look(theme)
        self._links.place(self.table_model)
        self._choices.place(self.table_model, theme)
        self._contents, self._plans = {}, {}
        long = len(table.rows) > _MOST_ROWS
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if long else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW_HEIGHT))
        row = self.table_model.row_of(table.selected) if table.selected else -1
        if row >= 0 and (not self.selectionModel().isRowSelected(row)):
            self.selectRow(row)
        self._placing = False
        self.setAccessibleName(translator(table.title))
        self.fit()
        self.updateGeometry()
        self.viewport().update()

    @Slot(int)
    def sort_by(self, place: int) -> None:
        """Sort by a column; once more turns the order round, and once more gives back the order of the page."""
        model = self.table_model
        if 0 <= place < model.columnCount():
            self._sort(next_sorting(model.sorting, model.column(place)))

    @Slot()
    def sort_by_current(self) -> None:
        """Sort by the column that the keyboard stands in."""
        self.sort_by(max(0, self.currentIndex().column()))

    @Slot()
    def unsort(self) -> None:
        """Give back the order of the page."""
        self._sort(UNSORTED)

    def _sort(self, sorting: Sorting) -> None:
        """Put the rows into another order; the same rows stay selected."""
        model = self.table_model
        chosen = {model.row(index.row()).key for index in self.selectionModel().selectedRows()}
        current = self.currentIndex()
        key = model.row(current.row()).key if current.isValid() else ""
        self._placing = True
        model.sort_by(sorting)
        self._plans = {}
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row in sorted(model.row_of(each) for each in chosen):
            selection.select(model.index(row, 0), flags)
        if key:
            place = model.index(model.row_of(key), current.column())
            selection.setCurrentIndex(place, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._placing = False
        self._links.place(model)
        self._choices.place(model, self._theme)
        self.fit()
        self._header.viewport().update()
        told = model.translator(sorting_words(model.table, sorting))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))

    def fit(self) -> None:
        """Give columns, heading and rows the sizes that the width of the view asks for."""
        plan = self._plan(self.width())
        self._placing = True
        for place, width in enumerate(plan.widths):
            self.setColumnWidth(place, width)
        self._header.setFixedHeight(plan.header)
        for row, height in enumerate(plan.rows):
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
        self._placing = False

    def hasHeightForWidth(self) -> bool:
        """Narrow tables have headings and words in two lines, and a bar to scroll to the side."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the heading and of the rows in sight."""
        plan = self._plan(width)
        wide = sum(plan.widths) > width - self._bar_width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        return plan.header + sum(plan.rows[:_MOST_ROWS]) + bar + 1

    def sizeHint(self) -> QSize:
        """As tall as its rows."""
        return QSize(480, self.heightForWidth(max(480, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Room for the columns, or for the first few of them; narrower views scroll to the side."""
        return QSize(min(sum(self.widths(0)), self._theme.px(_ENOUGH)), self._theme.px(2 * ROW_HEIGHT))

    def widths(self, room: int) -> list[int]:
        """The width of each column in a view that is ``room`` pixels wide."""
        columns = [self.table_model.column(place) for place in range(self.table_model.columnCount())]
        widths: list[int] = []
        for place, column in enumerate(columns):
            least = self._theme.px(_LEAST.get(column.type, 0))
            if column.type not in _DRAWN:
                content = self.sizeHintForColumn(place)
                least = min(content, self._theme.px(_WIDEST)) if column.type in _WORDS else content
            widths.append(max(least, self._header.needed(place), self._header.minimumSectionSize()))
        self._widen_runs(widths)
        left = room - sum(widths)
        if left < 0 < room:
            listed = any(column.type is ColumnType.CHOICE for column in columns)
            words = self._theme.px(_NARROW_BESIDE_LISTS if listed else _NARROWEST)
            narrowest = [
                max(words, self._header.needed(place)) if column.type in _BREAKS else widths[place]
                for place, column in enumerate(columns)
            ]
            return narrowed(widths, narrowest, -left)
        shares = [_STRETCH.get(column.type, 1) for column in columns]
        if any(column.type in _DRAWN for column in columns):
            roomy = _DRAWN | {ColumnType.TEXT}
            shares = [share if column.type in roomy else 0 for share, column in zip(shares, columns, strict=True)]
        return widened(widths, shares, left)

    def _widen_runs(self, widths: list[int]) -> None:
        """Give the columns under a heading the room that its words need, up to a limit."""
        for first, count, wanted in self._header.runs():
            missing = min(wanted, max(self._theme.px(_WIDEST), 0)) - sum(widths[first : first + count])
            for place in range(first, first + count):
                widths[place] += max(0, missing) // count

    def sizeHintForColumn(self, column: int) -> int:
        """The widest cell; of long tables the first rows decide."""
        if self.table_model.column(column).type is ColumnType.ACTION:
            return self._links.width(column) + 2 * self._theme.px(PADDING)
        if self.table_model.column(column).type is ColumnType.CHOICE:
            return self._choices.width + 2 * self._theme.px(PADDING)
        if column not in self._contents:
            option = QStyleOptionViewItem()
            rows = range(min(_MEASURED, self.table_model.rowCount()))
            hints = (self._delegate.sizeHint(option, self.table_model.index(row, column)).width() for row in rows)
            self._contents[column] = max(hints, default=0)
        return self._contents[column]

    def _plan(self, width: int) -> _Plan:
        """Every size at a width; layouts ask for the same few widths again and again."""
        if width in self._plans:
            return self._plans[width]
        columns = range(self.table_model.columnCount())
        widths = self.widths(width - self._bar_width())
        if self._dragged:
            widths = [self.columnWidth(place) for place in columns]
        least = self._theme.px(ROW_HEIGHT) + self._choices.air
        wordy = [place for place in columns if self.table_model.column(place).type in _WORDS]
        rows = [
            max(
                (self._delegate.height(self.table_model.index(row, place), widths[place]) for place in wordy),
                default=0,
            )
            for row in range(min(_MEASURED, self.table_model.rowCount()))
        ]
        rows = [max(least, height) for height in rows]
        self._plans[width] = _Plan(widths, self._header.height_for(widths), rows)
        return self._plans[width]

    def _bar_width(self) -> int:
        """The room that the bar beside a long table takes."""
        return self.verticalScrollBar().sizeHint().width() if self.table_model.rowCount() > _MOST_ROWS else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and the names of the rows where the table was moved to the side."""
        super().paintEvent(event)
        width = kept_width(self, self.table_model.table)
        if width:
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            paint_names(self, width, option, self._theme)

    def indexAt(self, pos: QPoint) -> QModelIndex:
        """The cell at a place: the name of the row where names are kept in sight."""
        if 0 <= pos.x() < kept_width(self, self.table_model.table):
            return self.table_model.index(self.rowAt(pos.y()), 0)
        return super().indexAt(pos)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, beside the names that are kept; names themselves are in sight."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        kept = kept_width(self, self.table_model.table)
        super().scrollTo(index, hint)
        if kept and index.column() == 0:
            bar.setValue(before)
        elif index.column() > 0:
            hidden = kept_width(self, self.table_model.table) - self.columnViewportPosition(index.column())
            bar.setValue(bar.value() - max(0, hidden))

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
        copy_rows(self, self.table_model)

    @Slot()
    def copy_table(self) -> None:
        """Copy the whole table as true numbers."""
        copy_table(self.table_model)

    @Slot()
    def copy_cell(self) -> None:
        """Copy the current cell: a number with all its digits, or its words."""
        copy_cell(self.table_model, self.currentIndex())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Name the row that a person chose; rows of totals choose nothing."""
        super().selectionChanged(selected, deselected)
        if self._placing or not self.table_model.table.selectable or selected.isEmpty():
            return
        row = self.table_model.row(selected.indexes()[0].row())
        if not row.total:
            self.row_chosen.emit(row.key)

    @Slot(int)
    def _on_moved(self, _value: int) -> None:
        """Names that stay in sight are painted again; scrolling would move them along."""
        self._header.keep_first(kept_width(self, self.table_model.table))
        self.viewport().update()

    @Slot(int)
    def _on_title(self, place: int) -> None:
        """Sort by the title that was seen under the pointer."""
        self.sort_by(0 if self._header.pressed_first else place)

    @Slot(int, int, int)
    def _on_dragged(self, _section: int, _before: int, _after: int) -> None:
        if not self._placing:
            self._dragged = True
            self._plans = {}
