"""A day that is typed or chosen from a calendar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QWidget

_BETWEEN = "-/.年月"
"""What people type between the year, the month and the day."""


class DayField(QDateEdit):
    """Takes a day as people type it, with or without the lines between its parts."""

    done = Signal()
    """Enter was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """The day of today, until another is set."""
        super().__init__(parent)
        self._moved_on = False
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt goes on to the next part after its last digit; a line typed then must not skip that part."""
        if self._moved_on and event.text() and event.text() in _BETWEEN:
            self._moved_on = False
            event.accept()
            return
        before = self.currentSectionIndex()
        super().keyPressEvent(event)
        self._moved_on = event.text().isdigit() and self.currentSectionIndex() != before
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.done.emit()
