"""The table of the check page: pressing a row's box, or Space on chosen rows, opens the list of uses.

Several rows are chosen with Shift or Ctrl as in any list; pressing the box of one of them then speaks for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from cxdesk.survey.role import Role, role_name
from cxdesk.text import Translator
from cxdesk.ui.icons import icon
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.check_model import ROLE, CheckModel, Index, Line
from cxdesk.ui.widgets.role_delegate import ROLE_ICONS, RoleDelegate
from cxdesk.ui.widgets.row_table import set_up_rows

_NAME_SHARE = 0.55
"""How much of the width that roles and sureness leave goes to the names; the rest shows what we saw."""

_ROW = 44


class ColumnsTable(QTableView):
    """Emits which lines were chosen, and which role they should get; it changes nothing by itself."""

    lines_chosen = Signal()
    role_chosen = Signal(object, object)
    """A tuple of `Line`, and the `Role` that all of them should play."""

    def __init__(self, model: CheckModel, allowed: Callable[[tuple[Line, ...]], frozenset[Role]]) -> None:
        """``allowed`` says which roles all of some lines can play; it is asked when the list of roles opens."""
        super().__init__()
        self._lines = model
        self._allowed = allowed
        self._theme = Theme()
        self._translator = Translator("en")
        self._delegate = RoleDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        set_up_rows(self, QAbstractItemView.SelectionMode.ExtendedSelection)

    def show_look(self, theme: Theme, translator: Translator) -> None:
        """Take over fonts, colours and language."""
        self._theme, self._translator = theme, translator
        self._delegate.show_look(theme, translator)
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self._size_columns()
        self.viewport().update()

    def chosen(self) -> tuple[Line, ...]:
        """The chosen lines from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._lines.line(row) for row in rows)

    def choose(self, row: int) -> None:
        """Choose one row and show it."""
        if 0 <= row < self._lines.rowCount():
            self.setCurrentIndex(self._lines.index(row, 0))
            self.scrollTo(self._lines.index(row, 0))

    def role_menu(self) -> QMenu:
        """The list of uses for the chosen lines: those that not all of them can have are shown but cannot be chosen."""
        chosen = self.chosen()
        allowed = self._allowed(chosen)
        current = {line.first.role for line in chosen}
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette = self._theme.palette
        for role in Role:
            image = icon(ROLE_ICONS[role], palette.text2, palette.control)
            action = QAction(image, self._translator(role_name(role)).replace("&", "&&"), menu)
            action.setObjectName(role.value)
            action.setEnabled(role in allowed)
            action.triggered.connect(partial(self._on_role, chosen, role))
            menu.addAction(action)
            if current == {role}:
                menu.setActiveAction(action)
                menu.setDefaultAction(action)
        return menu

    def open_menu(self, at: QPoint | None = None) -> None:
        """Open the list of uses below the box of the current row, or ``at`` a place on the screen."""
        if not self.chosen():
            return
        if at is None:
            box = self.visualRect(self._lines.index(self.currentIndex().row(), ROLE))
            at = self.viewport().mapToGlobal(box.bottomLeft())
        self.role_menu().popup(at)

    def selectionCommand(self, index: Index, event: object = None) -> QItemSelectionModel.SelectionFlag:
        """Pressing the box of a chosen row leaves the other chosen rows chosen."""
        pressed = isinstance(event, QMouseEvent) and index.isValid() and index.column() == ROLE
        if pressed and self.selectionModel().isSelected(index):
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)  # type: ignore[arg-type]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pressing a box opens the list of uses."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.button() == Qt.MouseButton.LeftButton and plain and index.isValid() and index.column() == ROLE:
            self.open_menu()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The secondary button opens the list of uses where it was pressed."""
        if self.indexAt(event.pos()).isValid():
            self.open_menu(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, F2 and Alt+Down open the list of uses; Enter is left to the page."""
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_F2} or down:
            self.open_menu()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their shares of the new width."""
        super().resizeEvent(event)
        self._size_columns()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell the page."""
        super().selectionChanged(selected, deselected)
        self.lines_chosen.emit()

    @Slot()
    def _on_role(self, lines: tuple[Line, ...], role: Role, *_: object) -> None:
        if any(line.first.role is not role for line in lines):
            self.role_chosen.emit(lines, role)

    def _size_columns(self) -> None:
        role, sure = self._delegate.role_width(), self._delegate.sure_width()
        left = max(0, self.viewport().width() - role - sure)
        for column, width in enumerate((round(left * _NAME_SHARE), role, sure)):
            self.setColumnWidth(column, width)
