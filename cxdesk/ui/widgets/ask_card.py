"""One plain question over the window, with a button for each answer: no dialog, and Esc answers nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from cxdesk.text import Text, say
from cxdesk.ui.parts import button, card, clear, label
from cxdesk.ui.session import Session

_WIDTH = 560


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One button: its words, what they mean ("" for nothing to explain), and what happens."""

    words: Text
    act: Callable[[], None]
    meaning: Text | None = None


class AskCard(QWidget):
    """A card at the upper edge of the window; the first answer is the one that Enter gives."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        """Hidden until `ask`."""
        super().__init__(parent)
        self._session = session
        self._around = parent
        self._refused: Callable[[], None] | None = None
        self._frame = card()
        self._rows = QVBoxLayout(self._frame)
        self._rows.setContentsMargins(20, 16, 20, 16)
        self._rows.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._frame)
        self.hide()

    def ask(
        self, title: Text, text: Text, answers: Sequence[Answer], *, not_now: Callable[[], None] | None = None
    ) -> None:
        """Show a question; ``not_now`` is called if the person answers nothing."""
        session = self._session
        clear(self._rows)
        self._refused = not_now
        self._rows.addWidget(label(session.say(title), "title", wrap=True))
        self._rows.addWidget(label(session.say(text), wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        buttons: list[QWidget] = []
        for row, answer in enumerate(answers):
            made = button(session.say(answer.words), "" if row else "primary")
            made.clicked.connect(lambda _checked=False, chosen=answer: self._on_answer(chosen))
            grid.addWidget(made, row, 0)
            if answer.meaning is not None:
                made.setAccessibleDescription(session.say(answer.meaning))
                grid.addWidget(label(session.say(answer.meaning), "caption", wrap=True), row, 1)
            buttons.append(made)
        later = button(session.say(say("Not now") if not_now is not None else say("Cancel")), "link")
        later.clicked.connect(self.give_up)
        grid.addWidget(later, len(answers), 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addLayout(grid)
        self.setAccessibleName(session.say(title))
        self.show()
        self.place()
        self.raise_()
        buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        QAccessible.updateAccessibility(
            QAccessibleAnnouncementEvent(self, session.say(say("{first}. {second}", first=title, second=text)))
        )

    def give_up(self) -> None:
        """Close the card without an answer."""
        refused, self._refused = self._refused, None
        self.hide()
        if refused is not None:
            refused()

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
        self.move((self._around.width() - width) // 2, 64)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc answers nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def _on_answer(self, answer: Answer) -> None:
        self._refused = None
        self.hide()
        answer.act()
