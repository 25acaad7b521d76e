"""What the person sees when the program had to stop: a small window of its own, with two ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cxdesk.text import Translator, say
from cxdesk.ui.failure_notice import start_again
from cxdesk.ui.icons import pixmap
from cxdesk.ui.parts import button, card, label, set_icon
from cxdesk.ui.theme import Theme

_WIDTH = 460


class StoppedWindow(QWidget):
    """Needs nothing but words and colours: whatever made the program stop is not asked again."""

    def __init__(self, theme: Theme, translator: Translator, details: str) -> None:
        """``details`` can be copied for support and hold nothing of the survey."""
        super().__init__()
        self._details = details
        self.setObjectName("window")
        self.setWindowTitle("CX Desk")
        mark = QLabel()
        mark.setPixmap(pixmap("error", theme.palette.error_text, theme.px(18), self.devicePixelRatioF()))
        title = label(translator(say("CX Desk had to stop")), "title", wrap=True)
        text = label(translator(say("Your file was not changed and your settings are saved.")), wrap=True)
        self.restart = button(translator(say("Restart")), "primary")
        set_icon(self.restart, theme, "refresh", "on_accent", gap=2)
        self.copy = button(translator(say("Copy details for support")))
        self.restart.clicked.connect(self._on_restart)
        self.copy.clicked.connect(self._on_copy)
        frame = card("error")
        words = QHBoxLayout(frame)
        words.setContentsMargins(16, 14, 16, 14)
        words.setSpacing(12)
        words.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.addWidget(title)
        column.addWidget(text)
        words.addLayout(column, 1)
        actions = QHBoxLayout()
        actions.addStretch(1)
        actions.addWidget(self.copy)
        actions.addWidget(self.restart)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(14)
        whole.addWidget(frame)
        whole.addLayout(actions)
        self.setAccessibleName(title.text())
        self.setAccessibleDescription(text.text())
        self.setFixedWidth(theme.px(_WIDTH))
        self.restart.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Enter presses the button that has the focus."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            (self.copy if self.copy.hasFocus() else self.restart).click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_restart(self) -> None:
        if start_again(""):
            self.close()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
