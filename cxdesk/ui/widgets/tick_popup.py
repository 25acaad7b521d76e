"""The popup that chooses several values of an option."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.analysis.base import Option
from cxdesk.text import Text, Translator, say
from cxdesk.ui.parts import button, label
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.popup import Popup
from cxdesk.ui.widgets.tick_list import ROW
from cxdesk.ui.widgets.tick_panel import TickPanel

_SEARCH_FROM = 9
_MOST_ROWS_SEEN = 11
_FOOT, _LINKS, _SEARCH, _SETS = 90, 30, 40, 36
"""The height of what stands around the rows, in pixels at 100 %."""


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
        self.panel = TickPanel(translator, say("Search"), option.name, _unfound, self)
        self.ticks, self.search = self.panel.ticks, self.panel.search
        self.panel.fill([(choice.value, translator(choice.name)) for choice in option.choices], values, theme)
        if not self._is_long:
            self.panel.keep_short(without_all=False)
        elif 0 < option.most < len(option.choices):
            self.panel.keep_short(without_all=True)
        self.apply = button(translator(say("Apply")), "primary", parent=self)
        self.sets = [button(translator(name), "flat", parent=self) for name, _ in option.sets]
        self._limit = label(translator(say("At most {count} at a time", count=option.most)), "caption", parent=self)
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
        self.open_below(anchor, self.search if self._is_long else self.ticks)

    def _build(self, theme: Theme) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 14, 14, 14)
        whole.setSpacing(8)
        whole.addWidget(self.panel, 1)
        if self.sets:
            row = QHBoxLayout()
            for made in self.sets:
                row.addWidget(made)
            row.addStretch(1)
            whole.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(self._limit, 1)
        foot.addWidget(self.panel.told, 1)
        foot.addWidget(self.apply)
        whole.addLayout(foot)
        rows = min(len(self._option.choices), _MOST_ROWS_SEEN)
        extra = (_SEARCH + _LINKS if self._is_long else 0) + (_SETS if self.sets else 0)
        self.setFixedSize(theme.px(340), theme.px(ROW * rows + _FOOT + extra))

    @property
    def _is_long(self) -> bool:
        return len(self._option.choices) >= _SEARCH_FROM

    @Slot()
    def _on_ticked(self) -> None:
        count, most = len(self.ticks.values()), self._option.most
        self.apply.setEnabled(bool(count) and (not most or count <= most))
        too_many = bool(most) and count > most
        self._limit.setVisible(too_many)
        self.panel.told.setVisible(not too_many)

    @Slot()
    def _on_set(self) -> None:
        values = self._option.sets[self.sets.index(self.sender())][1]  # type: ignore[arg-type]
        self.ticks.tick(values[: self._option.most] if self._option.most else values)

    @Slot()
    def _on_apply(self) -> None:
        if self.apply.isEnabled():
            self.close()
            self.values_chosen.emit(self._option.field, self.ticks.values())


def _unfound(words: str) -> Text:
    return say("Nothing in this list contains “{words}”.", words=words)
