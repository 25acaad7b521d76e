"""What the person sees when something unexpected happened: no dialog, no blame, and three ways on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cxdesk.project.restart import AGAIN, start_command
from cxdesk.text import Text, say
from cxdesk.ui.icons import pixmap
from cxdesk.ui.parts import button, card, label, set_icon
from cxdesk.ui.widgets.edge_card import EdgeCard

if TYPE_CHECKING:
    from cxdesk.ui.session import Session  # not before the window is seen


class FailureNotice(EdgeCard):
    """Esc goes on."""

    def __init__(self, session: Session, restart: Callable[[], None], parent: QWidget) -> None:
        """Hidden until `tell`; ``restart`` ends this window and opens it anew."""
        super().__init__(session, parent, top=16)
        self._restart = restart
        self._details = ""
        self._mark = QLabel()
        self._title = label("", "title", wrap=True)
        self._text = label("", wrap=True)
        self.go_on = button("", "primary")
        self.restart = button("")
        self.copy = button("", "link")
        self.go_on.clicked.connect(self.hide)
        self.restart.clicked.connect(self._on_restart)
        self.copy.clicked.connect(self._on_copy)
        frame = card("error")
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(12)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.addWidget(self._title)
        column.addWidget(self._text)
        actions = QHBoxLayout()
        for made in (self.go_on, self.restart, self.copy):
            actions.addWidget(made)
        actions.addStretch(1)
        column.addLayout(actions)
        row.addLayout(column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        self.hide()

    @Slot(object)
    def tell(self, details: object) -> None:
        """Show the notice; ``details`` can be copied for support and hold nothing of the survey."""
        self._details = str(details)
        session, theme = self._session, self._session.theme
        title = session.say(say("Something went wrong, and this step was not done"))
        text = session.say(
            say(
                "Your file was not changed and your settings are saved. You can go on; if the page looks wrong, "
                "restart CX Desk."
            )
        )
        self._mark.setPixmap(pixmap("error", theme.palette.error_text, theme.px(18), self.devicePixelRatioF()))
        self._title.setText(title)
        self._text.setText(text)
        names: tuple[tuple[QWidget, Text], ...] = (
            (self.go_on, say("Go on")),
            (self.restart, say("Restart")),
            (self.copy, say("Copy details for support")),
        )
        for made, name in names:
            made.setProperty("text", session.say(name))
            made.setAccessibleName(session.say(name))
        set_icon(self.restart, theme, "refresh", gap=2)
        self.present(title, f"{title}. {text}", self.go_on)

    @Slot()
    def _on_restart(self) -> None:
        self._restart()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def start_again(path: str) -> bool:
    """Start the program a second time with a file ("" for none); whether that worked."""
    program, *arguments = start_command(AGAIN, *([path] if path else []))
    started = QProcess.startDetached(program, arguments)
    return bool(started[0] if isinstance(started, tuple) else started)
