"""Help without internet: how to use the program, how the open survey's numbers were made, words, keys, licences."""

from __future__ import annotations

import html
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from cxdesk.analysis.explained import Explanation, explained
from cxdesk.job import Job
from cxdesk.project.engine import sample_of
from cxdesk.project.workspace import Workspace
from cxdesk.resources import resource
from cxdesk.text import Text, say, say_n
from cxdesk.ui.about import with_facts
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import button, card, label, set_segment
from cxdesk.ui.session import Session

TOPICS: tuple[tuple[str, Text], ...] = (
    ("guide", say("How to use it")),
    ("pages", say("Pages")),
    ("glossary", say("Words")),
    ("numbers", say("Your numbers")),
    ("keys", say("Keys")),
    ("changes", say("What is new")),
    ("licences", say("About")),
)
_NUMBERS = "numbers"
_LINE_HEIGHT = 130.0
_KEYS = [key for key, _ in TOPICS]


class HelpPage(Page):
    """A list of topics, a search through all of them, and the text."""

    key: ClassVar[str] = "help"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the frame."""
        super().__init__(session, parent)
        self._topic = "guide"
        self._look: object = None
        self._explained: tuple[Explanation, ...] = ()
        self._explained_for: Workspace | None = None
        self._headline = label("", "headline")
        self._found = label("", "caption")
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_words)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self._back = button("")
        self._back.clicked.connect(self._on_back)
        self._topics = QButtonGroup(self)
        self._topics.idClicked.connect(self._on_topic)
        head = QHBoxLayout()
        head.addWidget(self._headline)
        head.addStretch(1)
        head.addWidget(self._found)
        head.addWidget(self.search)
        head.addWidget(self._back)
        row = QHBoxLayout()
        row.setSpacing(0)
        self._topic_buttons = [self._topic_button(number) for number, _ in enumerate(TOPICS)]
        for made in self._topic_buttons:
            row.addWidget(made)
        row.addStretch(1)
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(14, 10, 6, 10)
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
        self._explain()
        look = (session.language, theme, self._topic, self._explained)
        if look == self._look:
            return
        self._look = look
        self._headline.setText(session.say(say("Help")))
        self.search.setPlaceholderText(session.say(say("Search in the help")))
        self.search.setAccessibleName(session.say(say("Search in the help")))
        self.search.setMinimumWidth(theme.px(220))
        self._back.setText(session.say(say("Back")))
        self._back.setAccessibleName(session.say(say("Back")))
        for number, (key, name) in enumerate(TOPICS):
            made = self._topic_buttons[number]
            set_segment(made, theme, session.say(name))
            made.setAccessibleName(session.say(name))
            made.setChecked(key == self._topic)
        self.text.setAccessibleName(session.say(dict(TOPICS)[self._topic]))
        self._show_text()
        self._mark()

    def show_topic(self, topic: str) -> None:
        """Turn to a topic."""
        self._topic = topic
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the search goes to the next place."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.search.hasFocus():
            self.find_next()
        else:
            super().keyPressEvent(event)

    def find_next(self) -> None:
        """Go to the next place where the words occur: in this text, then in the next one that has them."""
        words = self.search.text().strip()
        if not words or self.text.find(words):
            return
        start = _KEYS.index(self._topic)
        for key in (*_KEYS[start + 1 :], *_KEYS[: start + 1]):
            if words.casefold() in self._words_of(key):
                self.show_topic(key)
                self.text.moveCursor(QTextCursor.MoveOperation.Start)
                self.text.find(words)
                return

    def _topic_button(self, number: int) -> QPushButton:
        made = QPushButton()
        made.setCheckable(True)
        made.setProperty("look", "segment")
        made.setProperty("place", "first" if number == 0 else "last" if number == len(TOPICS) - 1 else "middle")
        self._topics.addButton(made, number)
        return made

    def _show_text(self) -> None:
        theme = self.session.theme
        document = self.text.document()
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(theme.px(6))
        self.text.setFont(theme.font())
        if self._topic == _NUMBERS:
            self.text.setHtml(self._numbers())
        else:
            self.text.setMarkdown(help_text(self._topic, self.session.language))
        _set_like_a_page(document, theme.px(6))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _explain(self) -> None:
        """Work out the numbers of the open survey in the background when somebody wants to read about them."""
        workspace = self.session.workspace
        if self._topic != _NUMBERS or workspace is None or workspace is self._explained_for:
            return
        self._explained_for = workspace

        def arrived(found: tuple[Explanation, ...]) -> None:
            if self._explained_for is workspace:
                self._explained = found
                self.refresh()

        def work(job: Job) -> tuple[Explanation, ...]:
            return explained(sample_of(workspace), workspace.rules, job)

        self.session.run(work, arrived, lambda _problem: None)

    def _numbers(self) -> str:
        """How the numbers of the open survey were made, as HTML."""
        say_it = self.session.say
        if not self._explained:
            hint = say("Open a file with a score, and this page works its numbers out step by step.")
            return f"<p>{html.escape(say_it(hint))}</p>"
        parts = [f"<h1>{html.escape(say_it(say('How your numbers were made')))}</h1>"]
        for each in self._explained:
            parts.append(f"<h3>{html.escape(say_it(each.title))}</h3>")
            parts += [f"<p>{html.escape(say_it(line))}</p>" for line in each.lines]
        return "".join(parts)

    def _words_of(self, topic: str) -> str:
        """The words of a topic in small letters, for the search."""
        if topic != _NUMBERS:
            return help_text(topic, self.session.language).casefold()
        return " ".join(
            self.session.say(line) for each in self._explained for line in (each.title, *each.lines)
        ).casefold()

    def _mark(self) -> None:
        """Mark every place of the words in this text, and say how many there are in all texts."""
        words = self.search.text().strip()
        marks: list[QTextEdit.ExtraSelection] = []
        if words:
            paint = QTextCharFormat()
            paint.setBackground(QColor(self.session.theme.palette.warn_bg))
            paint.setForeground(QColor(self.session.theme.palette.warn_text))
            cursor = self.text.document().find(words)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = cursor, paint  # type: ignore[attr-defined]
                marks.append(mark)
                cursor = self.text.document().find(words, cursor)
        self.text.setExtraSelections(marks)
        times = sum(self._words_of(key).count(words.casefold()) for key in _KEYS)
        told = say_n("found once", "found {count} times", times) if times else say("not found")
        self._found.setText(self.session.say(told) if words else "")

    @Slot(int)
    def _on_topic(self, number: int) -> None:
        self.show_topic(TOPICS[number][0])

    @Slot(str)
    def _on_words(self, words: str) -> None:
        """Mark the places, and turn to the first topic that has the words where this one has none."""
        sought = words.strip().casefold()
        if sought and sought not in self._words_of(self._topic):
            self.find_next()
        self._mark()

    @Slot()
    def _on_back(self) -> None:
        self.session.go_to("before")


def help_text(topic: str, language: str) -> str:
    """The text of a topic in Markdown; `FileNotFoundError` if it was not shipped."""
    name = f"{topic}.md" if language == "en" else f"{topic}.{language}.md"
    text = resource("help", name).read_text(encoding="utf-8")
    return with_facts(text) if topic == "licences" else text


def _set_like_a_page(document: QTextDocument, gap: int) -> None:
    """Give paragraphs air: Markdown comes without any."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        shape = block.blockFormat()
        shape.setBottomMargin(gap)
        shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(shape)
        block = block.next()
