"""The controls above the results: up to four choices side by side, more in a list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QWidget

from cxdesk.analysis.base import Option
from cxdesk.text import Translator
from cxdesk.ui.parts import clear, label
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.flow import Flow

_MOST_SIDE_BY_SIDE = 4
_LONGEST_SIDE_BY_SIDE = 16
_WIDEST = 300
"""Longer names, such as whole questions, end in an ellipsis and are told in full by a tooltip."""


class OptionForm(QWidget):
    """Emits the field of the spec and the value that was chosen."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until options are shown."""
        super().__init__(parent)
        self._shown: object = None
        self._controls: dict[str, QWidget] = {}
        self._flow = Flow(self, spacing=14)
        self.setLayout(self._flow)

    def show_options(
        self, options: tuple[Option, ...], values: dict[str, str], theme: Theme, translator: Translator
    ) -> None:
        """Show the controls with their values; "" is the first choice. Unchanged controls keep their focus."""
        shown = (options, tuple(sorted(values.items())), theme, translator.language)
        self.setVisible(bool(options))
        if shown == self._shown:
            return
        focused = next((name for name, widget in self._controls.items() if widget.hasFocus()), "")
        self._shown = shown
        self._controls = {}
        clear(self._flow)
        for option in sorted(options, key=lambda each: each.at_end):
            control = self._control(option, values.get(option.field, ""), theme, translator)
            if option.at_end:
                self._flow.add_at_end(control)
            else:
                self._flow.addWidget(control)
        if focused in self._controls:
            self._controls[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _control(self, option: Option, value: str, theme: Theme, translator: Translator) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        names = [translator(choice.name) for choice in option.choices]
        values = [choice.value for choice in option.choices]
        current = values.index(value) if value in values else 0
        title = translator(option.name)
        if not option.at_end:
            row.addWidget(label(title, "caption"))
        if len(names) <= _MOST_SIDE_BY_SIDE and not option.at_end and max(map(len, names)) <= _LONGEST_SIDE_BY_SIDE:
            row.addLayout(self._segments(option, names, current, title))
        else:
            row.addWidget(self._list(option, names, current, title, theme))
        return holder

    def _segments(self, option: Option, names: list[str], current: int, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        group = QButtonGroup(self)
        for number, name in enumerate(names):
            made = QPushButton(name.replace("&", "&&"))
            made.setCheckable(True)
            made.setChecked(number == current)
            made.setProperty("look", "segment")
            last = number == len(names) - 1
            made.setProperty("place", "only" if len(names) == 1 else "first" if number == 0 else "last" if last else "")
            made.setProperty("field", option.field)
            made.setProperty("value", option.choices[number].value)
            self._controls[f"{option.field} {option.choices[number].value}"] = made
            made.setAccessibleName(f"{title}: {name}")
            made.clicked.connect(self._on_segment)
            group.addButton(made, number)
            row.addWidget(made)
        return row

    def _list(self, option: Option, names: list[str], current: int, title: str, theme: Theme) -> QComboBox:
        box = QComboBox()
        metrics = QFontMetrics(theme.font())
        for choice, name in zip(option.choices, names, strict=True):
            box.addItem(metrics.elidedText(name, Qt.TextElideMode.ElideRight, theme.px(_WIDEST)), choice.value)
            box.setItemData(box.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
            box.setItemData(box.count() - 1, name, Qt.ItemDataRole.AccessibleTextRole)
        box.setCurrentIndex(current)
        box.setProperty("field", option.field)
        self._controls[option.field] = box
        box.setAccessibleName(title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setToolTip(names[current])
        box.activated.connect(self._on_list)
        return box

    @Slot()
    def _on_segment(self) -> None:
        sender = self.sender()
        self.chosen.emit(str(sender.property("field")), str(sender.property("value")))

    @Slot(int)
    def _on_list(self, _index: int) -> None:
        sender = self.sender()
        if isinstance(sender, QComboBox):
            self.chosen.emit(str(sender.property("field")), str(sender.currentData()))
