"""A chip above the page: a condition, a comparison or weights in a few words; Del removes it, as its cross does."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from cxdesk.text import Text, Translator
from cxdesk.ui.parts import button, set_icon
from cxdesk.ui.theme import Theme


class Chip(QPushButton):
    """The part of a chip that holds its words; ``look`` is "chipText" inside a frame, "chip" where it stands alone."""

    removed = Signal()

    def __init__(self, parent: QWidget, text: str = "", look: str = "chipText") -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setProperty("look", look)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del and Backspace ask for its removal."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class ChipBox(QFrame):
    """A chip in a frame, with the cross that removes what it stands for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "chipBox")
        self.chip = Chip(self)
        self.cross = button("", "chipCross", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 4, 0)
        row.setSpacing(0)
        row.addWidget(self.chip)
        row.addWidget(self.cross)

    def show_cross(self, theme: Theme, translator: Translator, told: Text, spoken: Text | None = None) -> None:
        """Say what the cross does; ``spoken`` is for screen readers, where that is more than the tooltip."""
        self.cross.setToolTip(translator(told))
        self.cross.setAccessibleName(translator(told if spoken is None else spoken))
        set_icon(self.cross, theme, "close", "text2", 12)
