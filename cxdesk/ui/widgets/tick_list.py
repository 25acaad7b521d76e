"""A list of names to tick, which can be narrowed to those that hold what was searched for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from cxdesk.survey.matching import plain_letters
from cxdesk.ui.theme import Theme

ROW = 30
"""The height of a row in pixels at 100 %."""

_VALUE = Qt.ItemDataRole.UserRole
_SOUGHT = Qt.ItemDataRole.UserRole + 1


class TickList(QListWidget):
    """Space or a click on a name ticks it."""

    ticked = Signal()
    done = Signal()
    """Enter was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until it is filled."""
        super().__init__(parent)
        self._changed: QListWidgetItem | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemChanged.connect(self._on_changed)
        self.itemClicked.connect(self._on_clicked)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.done)

    def fill(
        self, names: Sequence[tuple[str, str]], ticked: Sequence[str], theme: Theme, rows: Sequence[str] = ()
    ) -> None:
        """Show values with their names; ``ticked`` are the values with a tick.

        ``rows`` is what the list shows instead of the names, such as names with counts; the search looks at names only.
        """
        self.blockSignals(True)
        self.clear()
        for (value, name), row in zip(names, rows or [name for _, name in names], strict=True):
            item = QListWidgetItem(row)
            item.setToolTip(row)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked)
            item.setData(_VALUE, value)
            item.setData(_SOUGHT, plain_letters(name))
            item.setSizeHint(QSize(0, theme.px(ROW)))
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)
        self.blockSignals(False)

    def values(self) -> tuple[str, ...]:
        """The ticked values in the order of the list."""
        items = [self.item(row) for row in range(self.count())]
        return tuple(str(item.data(_VALUE)) for item in items if _is_ticked(item))

    @property
    def shown(self) -> int:
        """How many names the search leaves."""
        return sum(not self.isRowHidden(row) for row in range(self.count()))

    @property
    def ticked_out_of_sight(self) -> int:
        """How many ticked names the search hides."""
        return sum(self.isRowHidden(row) and _is_ticked(self.item(row)) for row in range(self.count()))

    def tick(self, values: Sequence[str]) -> None:
        """Tick these values and no others."""
        wanted = frozenset(values)
        self._set_ticks(lambda row: self.item(row).data(_VALUE) in wanted)

    def tick_shown(self, *, on: bool) -> None:
        """Tick all names that the search leaves, or take their ticks away; those that it hides stay as they are."""
        self._set_ticks(lambda row: _is_ticked(self.item(row)) if self.isRowHidden(row) else on)

    def _set_ticks(self, wanted: Callable[[int], bool]) -> None:
        """Set every tick by its row, and tell it once."""
        self.blockSignals(True)
        for row in range(self.count()):
            self.item(row).setCheckState(Qt.CheckState.Checked if wanted(row) else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.ticked.emit()

    @Slot(str)
    def narrow(self, words: str) -> None:
        """Show only names that hold these words."""
        wanted = plain_letters(words).strip()
        for row in range(self.count()):
            item = self.item(row)
            item.setHidden(wanted not in item.data(_SOUGHT))
        # Space ticks the current row: it must be one that is seen.
        current = self.currentRow()
        if current < 0 or self.isRowHidden(current):
            self.setCurrentRow(next((row for row in range(self.count()) if not self.isRowHidden(row)), -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """From here on a change of a tick is the work of this click."""
        self._changed = None
        super().mousePressEvent(event)

    @Slot(QListWidgetItem)
    def _on_changed(self, item: QListWidgetItem) -> None:
        self._changed = item
        self.ticked.emit()

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        """A click on the words ticks the box too; a click on the box itself has already done so."""
        if self._changed is not item:
            checked = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)
        self._changed = None


def _is_ticked(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked
