"""A chip above the page: a condition, a comparison or weights in a few words; Del removes it, as its cross does."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget


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
