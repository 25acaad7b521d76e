"""What every page is: a widget that shows the session's workspace and is asked to refresh when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from cxdesk.text import Text
from cxdesk.ui.dressing import DressedWhenShown

if TYPE_CHECKING:
    from cxdesk.ui.session import Session  # not before the window is seen


class Page(DressedWhenShown):
    """One place of the sidebar. `refresh` is called when the page is shown, and while it is visible on every change."""

    key: ClassVar[str] = ""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the parts that never change; words and colours are set in `refresh`."""
        super().__init__(parent)
        self.session = session
        self.next_step: QPushButton | None = None
        self.setObjectName("page")

    def title(self) -> Text:
        """The name of the page in the sidebar."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the current workspace in the current language and look."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Place the parts as the size of the page allows."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit into the new size."""
        super().resizeEvent(event)
        self.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, or takes the next step; without one the page ignores it."""
        if self.next_step is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.focusWidget()
            (focused if isinstance(focused, QPushButton) else self.next_step).click()
        else:
            super().keyPressEvent(event)
