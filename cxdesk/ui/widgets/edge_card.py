"""A card over the upper edge of the window: it stays until the person has chosen, and Esc puts it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from cxdesk.ui.session import Session  # not before the window is seen

_WIDTH = 560


class EdgeCard(QWidget):
    """Hidden until `present`."""

    def __init__(self, session: Session, parent: QWidget, top: int) -> None:
        """``top`` is the distance from the upper edge of ``parent`` in pixels."""
        super().__init__(parent)
        self._session = session
        self._around = parent
        self._top = top

    def present(self, title: str, spoken: str, first: QWidget) -> None:
        """Show the card, read ``spoken`` out, and give ``first`` the focus."""
        self.setAccessibleName(title)
        self.show()
        self.place()
        self.raise_()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def place(self) -> None:
        """Stand in the middle of the window's upper edge."""
        inside = self.layout()
        if inside is None or self.isHidden():
            return
        width = min(self._session.theme.px(_WIDTH), self._around.width() - 32)
        # Labels know how high their words are only once the style sheet has reached them.
        for part in self.findChildren(QLabel):
            part.ensurePolished()
        inside.invalidate()
        self.setFixedSize(width, max(inside.totalHeightForWidth(width), inside.totalSizeHint().height()))
        self.move((self._around.width() - width) // 2, self._top)

    def give_up(self) -> None:
        """Put the card away."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the card away."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)
