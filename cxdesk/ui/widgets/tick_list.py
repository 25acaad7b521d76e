"""A list of names to tick, and the popup that chooses several values of an option with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cxdesk.analysis.base import Option
from cxdesk.survey.matching import plain_letters
from cxdesk.text import Translator, say
from cxdesk.ui.parts import button, label
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.popup import Popup

_VALUE = Qt.ItemDataRole.UserRole
_ROW = 30
_SEARCH_FROM = 9
_MOST_ROWS_SEEN = 11


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

    def fill(self, names: Sequence[tuple[str, str]], ticked: Sequence[str], theme: Theme) -> None:
        """Show values with their names; ``ticked`` are the values with a tick."""
        self.blockSignals(True)
        self.clear()
        for value, name in names:
            item = QListWidgetItem(name)
            item.setToolTip(name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked)
            item.setData(_VALUE, value)
            item.setSizeHint(QSize(0, theme.px(_ROW)))
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)
        self.blockSignals(False)

    def values(self) -> tuple[str, ...]:
        """The ticked values in the order of the list."""
        items = [self.item(row) for row in range(self.count())]
        return tuple(str(item.data(_VALUE)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def tick(self, values: Sequence[str]) -> None:
        """Tick these values and no others."""
        self.blockSignals(True)
        for row in range(self.count()):
            item = self.item(row)
            wanted = item.data(_VALUE) in values
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.ticked.emit()

    @Slot(str)
    def narrow(self, words: str) -> None:
        """Show only names that hold these words."""
        wanted = plain_letters(words)
        for row in range(self.count()):
            item = self.item(row)
            item.setHidden(wanted not in plain_letters(item.text()))
        # Space ticks the current row: it must be one that is seen.
        current = self.currentRow()
        if current < 0 or self.isRowHidden(current):
            self.setCurrentRow(next((row for row in range(self.count()) if not self.isRowHidden(row)), -1))

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


class TickPopup(Popup):
    """The values of an option that takes several. Nothing is chosen before Apply or Enter is pressed."""

    values_chosen = Signal(str, object)
    """The field of the option, and a tuple of values."""

    def __init__(
        self, option: Option, values: tuple[str, ...], theme: Theme, translator: Translator, parent: QWidget
    ) -> None:
        """``values`` are those chosen so far."""
        super().__init__(parent)
        self._option = option
        title = translator(option.name)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(translator(say("Search")))
        self.search.setAccessibleName(translator(say("Search")))
        self.search.setVisible(len(option.choices) >= _SEARCH_FROM)
        self.ticks = TickList(self)
        self.ticks.setAccessibleName(title)
        self.ticks.fill([(choice.value, translator(choice.name)) for choice in option.choices], values, theme)
        self.apply = button(translator(say("Apply")), "primary", parent=self)
        self.sets = [button(translator(name), "flat", parent=self) for name, _ in option.sets]
        self._limit = label(translator(say("At most {count} at a time", count=option.most)), "caption", parent=self)
        self.search.textChanged.connect(self.ticks.narrow)
        self.search.returnPressed.connect(self._on_apply)
        self.ticks.ticked.connect(self._on_ticked)
        self.ticks.done.connect(self._on_apply)
        self.apply.clicked.connect(self._on_apply)
        for made in self.sets:
            made.clicked.connect(self._on_set)
        self._build(theme)
        self._on_ticked()

    def choose_below(self, anchor: QWidget) -> None:
        """Open below the button that asked for it."""
        self.open_below(anchor, self.search if not self.search.isHidden() else self.ticks)

    def _build(self, theme: Theme) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 14, 14, 14)
        whole.setSpacing(8)
        whole.addWidget(self.search)
        whole.addWidget(self.ticks, 1)
        if self.sets:
            row = QHBoxLayout()
            for made in self.sets:
                row.addWidget(made)
            row.addStretch(1)
            whole.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(self._limit)
        foot.addStretch(1)
        foot.addWidget(self.apply)
        whole.addLayout(foot)
        rows = min(len(self._option.choices), _MOST_ROWS_SEEN)
        extra = (0 if self.search.isHidden() else 40) + (36 if self.sets else 0)
        self.setFixedSize(theme.px(340), theme.px(_ROW * rows + 90 + extra))

    @Slot()
    def _on_ticked(self) -> None:
        count, most = len(self.ticks.values()), self._option.most
        self.apply.setEnabled(bool(count) and (not most or count <= most))
        self._limit.setVisible(bool(most) and count > most)

    @Slot()
    def _on_set(self) -> None:
        values = self._option.sets[self.sets.index(self.sender())][1]  # type: ignore[arg-type]
        self.ticks.tick(values[: self._option.most] if self._option.most else values)

    @Slot()
    def _on_apply(self) -> None:
        if self.apply.isEnabled():
            self.close()
            self.values_chosen.emit(self._option.field, self.ticks.values())
