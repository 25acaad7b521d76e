"""Small windows over the page: one below the button that opened it, closed by a click outside, and one with a title."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from cxdesk.ui.theme import Theme

_MARGIN = 40
"""How much narrower and lower than the window a dialog is at least, in pixels."""


class Popup(QFrame):
    """Stands wholly on the screen; gives the keyboard back to the window when it closes."""

    def __init__(self, parent: QWidget) -> None:
        """``parent`` is the window that it stands over."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "card")
        self._window = parent

    def open_below(self, anchor: QWidget, start: QWidget) -> None:
        """Show the popup below a widget and put the keyboard into ``start``."""
        self.open_at(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)), start)

    def open_at(self, place: QPoint, start: QWidget) -> None:
        """Show the popup below a place on the screen and put the keyboard into ``start``."""
        self.adjustSize()
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


class Dialog(QDialog):
    """A window with a title, on the ground of a page; Esc closes it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        """Empty until it is laid out."""
        super().__init__(parent)
        self._window = parent.window()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def fit(self, theme: Theme, wide: int, high: int) -> None:
        """Take a size in pixels at 100 %, or what there is room for in the window."""
        room = self._window.size()
        self.resize(min(theme.px(wide), room.width() - _MARGIN), min(theme.px(high), max(room.height() - _MARGIN, 1)))
