"""One plain question over the window, with a button for each answer: no dialog, and Esc answers nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cxdesk.text import Text, say
from cxdesk.ui.parts import button, card, clear, label
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.edge_card import EdgeCard


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One button: its words, what they mean ("" for nothing to explain), and what happens."""

    words: Text
    act: Callable[[], None]
    meaning: Text | None = None


class AskCard(EdgeCard):
    """The first answer is the one that Enter gives."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        """Hidden until `ask`."""
        super().__init__(session, parent, top=64)
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
        spoken = session.say(say("{first}. {second}", first=title, second=text))
        self.present(session.say(title), spoken, buttons[0])

    def give_up(self) -> None:
        """Close the card without an answer."""
        refused, self._refused = self._refused, None
        self.hide()
        if refused is not None:
            refused()

    def _on_answer(self, answer: Answer) -> None:
        self._refused = None
        self.hide()
        answer.act()
