"""The controls above the results: up to four choices side by side, more in a list, several behind a button."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QWidget

from cxdesk.analysis.base import Option
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Translator, say
from cxdesk.ui.parts import button, clear, label, set_icon, set_segment
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.being_typed import taken_from
from cxdesk.ui.widgets.flow import Flow
from cxdesk.ui.widgets.tick_popup import TickPopup

_MOST_SIDE_BY_SIDE = 4
_LONGEST_SIDE_BY_SIDE = 16


class OptionForm(QWidget):
    """Emits the field of the spec and the value, or the tuple of values, that was chosen."""

    widest = 300
    """Longer names, such as whole questions, end in an ellipsis and are told in full by a tooltip."""

    always = False
    """Whether the form is there without options, because it has controls of its own."""

    chosen = Signal(str, object)
    spec_wanted = Signal(object, object)
    """From forms that change more than one option: what was done, as a Text, and the new spec."""

    action_wanted = Signal(str)
    """From forms with a button that does something to the whole page: which."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until options are shown."""
        super().__init__(parent)
        self._shown: object = None
        self._controls: dict[str, QWidget] = {}
        self.popup: TickPopup | None = None
        self._flow = Flow(self, spacing=14)
        self.setLayout(self._flow)

    def show_options(
        self,
        options: tuple[Option, ...],
        values: dict[str, Any],
        theme: Theme,
        translator: Translator,
        about: tuple[Dataset, Any] | None = None,
    ) -> None:
        """Show the controls with their values; "" is the first choice. The one with the focus keeps it, and its words.

        ``about`` is the survey with the whole spec, for forms that show more than options.
        """
        shown = (options, tuple(sorted(values.items())), theme, translator.language)
        self.setVisible(bool(options) or self.always)
        if shown == self._shown:
            return
        focused = next((name for name, widget in self._controls.items() if widget.hasFocus()), "")
        typed = taken_from(self._controls.get(focused))
        self._shown = shown
        self._controls = {}
        clear(self._flow)
        for option in sorted(options, key=lambda each: each.at_end):
            control = self._control(option, values.get(option.field, ""), theme, translator)
            if option.at_end:
                self._flow.add_at_end(control)
            else:
                self._flow.addWidget(control)
        if (options or self.always) and about is not None:
            for extra in self.extras(*about, theme, translator):
                self._flow.addWidget(extra)
                self._controls[extra.objectName()] = extra
        if focused in self._controls:
            self._controls[focused].setFocus(Qt.FocusReason.OtherFocusReason)
            if typed is not None:
                typed.go_on(self._controls[focused])

    def extras(self, dataset: Dataset, spec: Any, theme: Theme, translator: Translator) -> list[QWidget]:
        """Further controls of a form made for one analysis, each with an object name."""
        return []

    def _control(self, option: Option, value: Any, theme: Theme, translator: Translator) -> QWidget:
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
        if option.several:
            row.addWidget(self._several(option, value, title, theme, translator))
        elif len(names) <= _MOST_SIDE_BY_SIDE and not option.at_end and max(map(len, names)) <= _LONGEST_SIDE_BY_SIDE:
            row.addLayout(self._segments(option, names, current, title, theme))
        else:
            row.addWidget(self._list(option, names, current, title, theme))
        return holder

    def _segments(self, option: Option, names: list[str], current: int, title: str, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        group = QButtonGroup(self)
        for number, name in enumerate(names):
            made = QPushButton()
            made.setCheckable(True)
            set_segment(made, theme, name)
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
            box.addItem(metrics.elidedText(name, Qt.TextElideMode.ElideRight, theme.px(self.widest)), choice.value)
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

    def _several(
        self, option: Option, values: tuple[str, ...], title: str, theme: Theme, translator: Translator
    ) -> QPushButton:
        chosen = tuple(choice for choice in option.choices if choice.value in (values or option.unchosen))
        words = translator.listed(choice.name for choice in chosen)
        counted = translator(say("{count} of {all}", count=len(chosen), all=len(option.choices)))
        made = button(words if len(chosen) == 1 and len(words) <= _LONGEST_SIDE_BY_SIDE else counted)
        made.setAccessibleName(translator(say("{title}: {values}", title=title, values=words)))
        made.setToolTip(words)
        set_icon(made, theme, "chevron_down", size=12)
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._controls[option.field] = made

        def choose() -> None:
            if self.popup is not None:
                self.popup.deleteLater()
            self.popup = TickPopup(option, tuple(each.value for each in chosen), theme, translator, self.window())
            self.popup.values_chosen.connect(self.chosen)
            self.popup.choose_below(made)

        made.clicked.connect(choose)
        return made

    @Slot()
    def _on_segment(self) -> None:
        sender = self.sender()
        self.chosen.emit(str(sender.property("field")), str(sender.property("value")))

    @Slot(int)
    def _on_list(self, _index: int) -> None:
        sender = self.sender()
        if isinstance(sender, QComboBox):
            self.chosen.emit(str(sender.property("field")), str(sender.currentData()))
