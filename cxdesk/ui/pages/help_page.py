"""Help without internet: how to use the program, the words it uses, the keys, what is new, and the licences."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from cxdesk.resources import resource
from cxdesk.text import Text, say
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import button, card, label
from cxdesk.ui.session import Session

TOPICS: tuple[tuple[str, Text], ...] = (
    ("guide", say("How to use it")),
    ("glossary", say("Words")),
    ("keys", say("Keys")),
    ("changes", say("What is new")),
    ("licences", say("Licences")),
)


class HelpPage(Page):
    """A list of topics, a search, and the text."""

    key: ClassVar[str] = "help"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the frame."""
        super().__init__(session, parent)
        self._topic = "guide"
        self._look: object = None
        self._headline = label("", "headline")
        self.search = QLineEdit()
        self.search.returnPressed.connect(self._on_search)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self._back = button("")
        self._back.clicked.connect(self._on_back)
        self._topics = QButtonGroup(self)
        self._topics.idClicked.connect(self._on_topic)
        head = QHBoxLayout()
        head.addWidget(self._headline)
        head.addStretch(1)
        head.addWidget(self.search)
        head.addWidget(self._back)
        row = QHBoxLayout()
        row.setSpacing(0)
        for number, _ in enumerate(TOPICS):
            made = QPushButton()
            made.setCheckable(True)
            made.setProperty("look", "segment")
            place = "first" if number == 0 else "last" if number == len(TOPICS) - 1 else "middle"
            made.setProperty("place", place)
            made.setChecked(number == 0)
            self._topics.addButton(made, number)
            row.addWidget(made)
        row.addStretch(1)
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.addWidget(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 14, 22, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(frame, 1)

    def title(self) -> Text:
        """The name in the sidebar."""
        return say("Help")

    def refresh(self) -> None:
        """Show the topic in the language of the screen."""
        session, theme = self.session, self.session.theme
        self._back.setVisible(session.workspace is None)
        look = (session.language, theme, self._topic)
        if look == self._look:
            return
        self._look = look
        self._headline.setText(session.say(say("Help")))
        self.search.setPlaceholderText(session.say(say("Search in this text")))
        self.search.setAccessibleName(session.say(say("Search in this text")))
        self.search.setMinimumWidth(theme.px(200))
        self._back.setText(session.say(say("Back")))
        self._back.setAccessibleName(session.say(say("Back")))
        for number, (_, name) in enumerate(TOPICS):
            self._topics.button(number).setText(session.say(name))
            self._topics.button(number).setAccessibleName(session.say(name))
        self.text.setAccessibleName(session.say(dict(TOPICS)[self._topic]))
        self.text.setFont(theme.font())
        self.text.document().setDefaultFont(theme.font())
        self.text.setMarkdown(help_text(self._topic, session.language))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    @Slot(int)
    def _on_topic(self, number: int) -> None:
        self._topic = TOPICS[number][0]
        self.refresh()

    @Slot()
    def _on_search(self) -> None:
        words = self.search.text()
        if words and not self.text.find(words):
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            if not self.text.find(words, QTextDocument.FindFlag(0)):
                self.session.toast.emit(say("“{words}” is not in this text.", words=words), ())

    @Slot()
    def _on_back(self) -> None:
        self.session.go_to("welcome")


def help_text(topic: str, language: str) -> str:
    """The text of a topic in Markdown; `FileNotFoundError` if it was not shipped."""
    name = f"{topic}.md" if language == "en" else f"{topic}.{language}.md"
    return resource("help", name).read_text(encoding="utf-8")
