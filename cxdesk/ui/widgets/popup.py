"""A small window over the page: below the button that opened it, wholly visible, closed by Esc or a click outside."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QFrame, QWidget


class Popup(QFrame):
    """Gives the keyboard back to the window when it closes."""

    def __init__(self, parent: QWidget) -> None:
        """``parent`` is the window that it stands over."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "card")
        self._window = parent

    def open_below(self, anchor: QWidget, start: QWidget) -> None:
        """Show the popup below a widget and put the keyboard into ``start``."""
        self.adjustSize()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        if self.height() > room.height():
            self.setFixedHeight(room.height())
        left = max(room.left(), min(place.x(), room.right() - self.width()))
        top = max(room.top(), min(place.y(), room.bottom() - self.height()))
        self.move(left, top)
        self.show()
        start.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard back to the window."""
        super().hideEvent(event)
        self._window.activateWindow()
