"""Short notices at the lower edge that go away by themselves; screen readers hear them too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from cxdesk.text import Text
from cxdesk.ui.parts import button, label
from cxdesk.ui.session import Session

_SECONDS = 6
Action = tuple[Text, Callable[[], None]]


class Toasts(QFrame):
    """One notice at a time; a new one takes the place of the old."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        """Hidden until something is told."""
        super().__init__(parent)
        self.setProperty("look", "toast")
        self._session = session
        self._around = parent
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 10, 16, 10)
        self._text = label("", parent=self)
        self._row.addWidget(self._text)
        self._buttons: list[QWidget] = []
        self._told: tuple[Text, Sequence[Action]] | None = None
        self._undoes = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        session.toast.connect(self.tell)
        session.workspace_changed.connect(self._on_changed)
        session.refused.connect(self.hide)
        session.look_changed.connect(self._on_look)
        self.hide()

    @property
    def text(self) -> QLabel:
        """The label that holds the words."""
        return self._text

    @Slot(object, object)
    def tell(self, text: Text, actions: Sequence[Action]) -> None:
        """Show words with buttons for what can be done next."""
        self._told = (text, actions)
        words = self._session.say(text)
        self._text.setText(words)
        for old in self._buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        self._buttons = []
        self._undoes = any(act == self._session.undo for _, act in actions)
        for name, act in actions:
            made = button(self._session.say(name), parent=self)
            made.clicked.connect(act)
            self._row.addWidget(made)
            # Into a notice that is seen, Qt would show it only later, and it would have no room until then.
            made.show()
            self._buttons.append(made)
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    @Slot()
    def _on_changed(self) -> None:
        """Take back the offer to undo a step once another step was made: it would undo that one."""
        if self._undoes:
            self.hide()

    @Slot()
    def _on_look(self) -> None:
        """Say it again in the language and size that were chosen while it was there."""
        if self._told is not None and self.isVisible():
            self.tell(*self._told)

    def place(self) -> None:
        """Put the notice at the middle of the lower edge of its parent."""
        around = self._around
        self._text.setWordWrap(False)
        width = min(self.sizeHint().width(), around.width() - 32)
        self._text.setWordWrap(width < self.sizeHint().width())
        self.setFixedWidth(width)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setFixedHeight(max(height, self.sizeHint().height()))
        self.move((around.width() - width) // 2, around.height() - self.height() - 18)
