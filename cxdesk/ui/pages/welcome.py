"""The first page: a place to drop a file, the files opened last, and three examples; reading shows here too."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.project import store
from cxdesk.project.clock import now
from cxdesk.project.traces import forget_files
from cxdesk.reading.looks import Way
from cxdesk.resources import resource
from cxdesk.text import LANGUAGES, Day, Text, say, say_n
from cxdesk.ui.icons import pixmap
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import button, card, clear, label, scrolling, set_icon
from cxdesk.ui.session import Session
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.drop_zone import DropZone
from cxdesk.ui.widgets.encoding_ways import EncodingWays

_WIDTH = 960
_SHOW_PROGRESS_AFTER = 400


@dataclass(frozen=True, slots=True)
class Sample:
    """An example that comes with the program."""

    file: str
    title: str
    subtitle: str


def samples(language: str) -> tuple[Sample, ...]:
    """The examples with their words in a language."""
    listed = json.loads(resource("samples", "samples.json").read_text(encoding="utf-8"))
    return tuple(Sample(each["file"], each["title"][language], each["subtitle"][language]) for each in listed)


class WelcomePage(Page):
    """Emits what was wanted; the window opens dialogs and starts reading."""

    key: ClassVar[str] = "welcome"

    open_wanted = Signal()
    paste_wanted = Signal()
    path_wanted = Signal(str)
    find_wanted = Signal(str)
    back_wanted = Signal()
    """Back to the survey that is open."""
    language_wanted = Signal(str)
    way_wanted = Signal(str, str)
    """Path and encoding of a refused file, to read it again like that."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the frame; words are set in `refresh`."""
        super().__init__(session, parent)
        self._problem: tuple[Text, Text] | None = None
        self._details = ""
        self._last_path = ""
        self._ways: tuple[Way, ...] = ()
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.setInterval(_SHOW_PROGRESS_AFTER)
        self._pending.timeout.connect(self._on_slow)
        body = QWidget()
        body.setObjectName("pageBody")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(24, 12, 24, 22)
        self._column.setSpacing(12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(body, "page", sideways=True))
        self.zone = DropZone(session)
        self.zone.choose.clicked.connect(self.open_wanted)
        self.zone.paste.clicked.connect(self.paste_wanted)
        self.zone.cancel.clicked.connect(session.cancel)
        session.reading_changed.connect(self._on_reading)
        session.refused.connect(self._on_refused)

    def title(self) -> Text:
        """The page is not in the sidebar; this names the window."""
        return say("Welcome")

    def refresh(self) -> None:
        """Lay out everything anew: the page is small, and its words and lists change together."""
        theme = self.session.theme
        self._column.removeWidget(self.zone)
        self.zone.setParent(self)
        clear(self._column)
        self._column.addLayout(self._top())
        self._column.addSpacing(theme.px(6))
        middle = QVBoxLayout()
        middle.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(self.session.say(say("What do your customers say?")), "headline", wrap=True))
        promise = say(
            "Open a survey file. You get the score, what differs between groups, and an Excel report for your manager."
        )
        words.addWidget(label(self.session.say(promise), "caption2", wrap=True))
        middle.addLayout(words)
        if self._problem is not None:
            middle.addWidget(self._notice(*self._problem))
        self.zone.refresh(low=self._problem is not None)
        middle.addWidget(self.zone)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self._recent_card(), 1)
        cards.addWidget(self._samples_card(), 1)
        middle.addLayout(cards)
        offline = QHBoxLayout()
        lock = QLabel()
        lock.setPixmap(pixmap("lock", theme.palette.muted, theme.px(14), self.devicePixelRatioF()))
        offline.addWidget(lock)
        offline.addWidget(
            label(self.session.say(say("CX Desk works without internet. Nothing is uploaded.")), "caption")
        )
        offline.addStretch(1)
        middle.addLayout(offline)
        frame = QWidget()
        frame.setLayout(middle)
        frame.setMaximumWidth(theme.px(_WIDTH))
        middle.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(frame, 100)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addStretch(1)
        self.zone.show()

    def forget_problem(self) -> None:
        """Take the notice away, because something else was chosen."""
        self._problem, self._ways = None, ()

    def offer_ways(self, path: str, ways: tuple[Way, ...]) -> None:
        """Offer other encodings for the file whose refusal is shown; if it is no longer shown, nothing happens."""
        if self._problem is not None and path == self._last_path:
            self._ways = ways
            self.refresh()

    def show_problem(self, reason: Text, remedy: Text, path: str, details: str) -> None:
        """Say over the drop zone why a file was not opened; ``details`` for support hold nothing of the survey."""
        self._problem, self._ways = (reason, remedy), ()
        self._last_path = path
        self._details = details
        self.refresh()
        told = say("{first}. {second}", first=reason, second=remedy)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.session.say(told)))
        self.zone.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _top(self) -> QHBoxLayout:
        theme = self.session.theme
        row = QHBoxLayout()
        mark = QLabel()
        mark.setPixmap(pixmap("app", theme.palette.accent, theme.px(20), self.devicePixelRatioF()))
        row.addWidget(mark)
        row.addWidget(label("CX Desk", "section"))
        if self.session.workspace is not None:
            back = button(self.session.say(say("Back to “{name}”", name=self.session.file_name)), "link")
            back.clicked.connect(self.back_wanted)
            row.addWidget(back)
        row.addStretch(1)
        languages = QComboBox()
        languages.setAccessibleName(self.session.say(say("Language")))
        for code, name in LANGUAGES.items():
            languages.addItem(name, code)
        languages.setCurrentIndex(list(LANGUAGES).index(self.session.language))
        languages.currentIndexChanged.connect(self._on_language)
        row.addWidget(languages)
        for text, image, page in ((say("Settings"), "settings", "settings"), (say("Help"), "help", "help")):
            made = button(self.session.say(text), "flat")
            set_icon(made, theme, image, gap=3)
            made.setProperty("page", page)
            made.clicked.connect(self._on_page)
            row.addWidget(made)
        return row

    def _notice(self, reason: Text, remedy: Text) -> QWidget:
        theme = self.session.theme
        frame = card("error")
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        mark = QLabel()
        mark.setPixmap(pixmap("error", theme.palette.error_text, theme.px(18), self.devicePixelRatioF()))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.addWidget(label(self.session.say(reason), "title", wrap=True))
        column.addWidget(label(self.session.say(remedy), wrap=True))
        if self._ways:
            title = say("Is the text garbled? In which of these can you read it?")
            column.addWidget(label(self.session.say(title), "title", wrap=True))
            ways = EncodingWays()
            ways.show_ways(self._ways, "", theme, self.session.translator)
            ways.way_chosen.connect(self._on_way)
            column.addWidget(ways)
        actions = QHBoxLayout()
        if self._last_path:
            again = button(self.session.say(say("Try again")))
            again.clicked.connect(self._on_again)
            actions.addWidget(again)
        other = button(self.session.say(say("Choose another file")))
        other.clicked.connect(self.open_wanted)
        actions.addWidget(other)
        copy = button(self.session.say(say("Copy details for support")), "link")
        copy.clicked.connect(self._on_copy)
        actions.addWidget(copy)
        actions.addStretch(1)
        column.addLayout(actions)
        row.addLayout(column, 1)
        frame.setAccessibleName(self.session.say(reason))
        return frame

    def _recent_card(self) -> QWidget:
        session, theme = self.session, self.session.theme
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 14, 16, 14)
        head = QHBoxLayout()
        head.addWidget(label(session.say(say("Recent")), "title"))
        head.addStretch(1)
        files = store.recent_files() if session.preferences.keep_recent else ()
        if files:
            forget = button(session.say(say("Clear list")), "link")
            forget.clicked.connect(self._on_clear_recent)
            head.addWidget(forget)
        column.addLayout(head)
        for file in files[:4]:
            missing = file.missing
            line = _Line(theme, "warning" if missing else "file", "warn_text" if missing else "text2")
            line.title.setText(file.name)
            if missing:
                line.subtitle.setText(session.say(say("File moved or renamed. Find it…")))
            else:
                line.subtitle.setText(session.say(self._when(file)))
            line.setAccessibleName(f"{file.name}, {line.subtitle.text()}")
            line.setProperty("path", file.path)
            line.clicked.connect(self._on_find if missing else self._on_recent)
            column.addWidget(line)
        if not files:
            hint = say("Files that you open are listed here, so that next month takes two clicks.")
            column.addWidget(label(session.say(hint), "caption", wrap=True))
        column.addStretch(1)
        return frame

    def _when(self, file: store.RecentFile) -> Text:
        rows = say_n("1 row", "{count} rows", file.rows)
        opened = datetime.datetime.fromisoformat(file.opened)
        if opened.date() == now().date():
            when = say("Today {time}", time=f"{opened:%H:%M}")
        else:
            when = say("{day}", day=Day(opened.date()))
        line = say("{first} · {second}", first=when, second=rows)
        return say("{first} · {second}", first=line, second=file.score) if file.score else line

    def _samples_card(self) -> QWidget:
        session, theme = self.session, self.session.theme
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(label(session.say(say("New here? Try it with an example")), "title"))
        for sample in samples(session.language):
            row = QHBoxLayout()
            mark = QLabel()
            mark.setPixmap(pixmap("star", theme.palette.text2, theme.px(16), self.devicePixelRatioF()))
            row.addWidget(mark)
            lines = QVBoxLayout()
            lines.setSpacing(0)
            lines.addWidget(label(sample.title, "strong", wrap=True))
            lines.addWidget(label(sample.subtitle, "caption", wrap=True))
            row.addLayout(lines, 1)
            opened = button(
                session.say(say("Open")), name=session.say(say("Open example: {title}", title=sample.title))
            )
            opened.setProperty("path", str(resource("samples", sample.file)))
            opened.clicked.connect(self._on_recent)
            row.addWidget(opened)
            column.addLayout(row)
        column.addStretch(1)
        return frame

    @Slot()
    def _on_recent(self) -> None:
        self.path_wanted.emit(str(self.sender().property("path")))

    @Slot()
    def _on_find(self) -> None:
        self.find_wanted.emit(str(self.sender().property("path")))

    @Slot()
    def _on_page(self) -> None:
        self.session.go_to(str(self.sender().property("page")))

    @Slot()
    def _on_again(self) -> None:
        self.path_wanted.emit(self._last_path)

    @Slot(str)
    def _on_way(self, codec: str) -> None:
        self.way_wanted.emit(self._last_path, codec)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)

    @Slot()
    def _on_clear_recent(self) -> None:
        forget_files()
        self.refresh()

    @Slot(int)
    def _on_language(self, index: int) -> None:
        self.language_wanted.emit(list(LANGUAGES)[index])

    @Slot(object)
    def _on_reading(self, report: tuple[Text, int, int] | None) -> None:
        if not self.session.is_reading and report is None:
            self._pending.stop()
            self.zone.show_reading(None)
        elif report is not None:
            self.zone.note_progress(report)
        if report is None and not self._pending.isActive():
            self._pending.start()

    @Slot()
    def _on_slow(self) -> None:
        if self.session.is_reading:
            self.zone.show_reading(self.session.reading_name)

    @Slot(object)
    def _on_refused(self, _problem: object) -> None:
        self._pending.stop()
        self.zone.show_reading(None)


class _Line(QPushButton):
    """One file of the list: an icon and two lines, all of it clickable."""

    def __init__(self, theme: Theme, image: str, color: str) -> None:
        super().__init__()
        self.setProperty("look", "fileLine")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 4, 2)
        row.setSpacing(10)
        mark = QLabel()
        mark.setPixmap(pixmap(image, getattr(theme.palette, color), theme.px(16), self.devicePixelRatioF()))
        row.addWidget(mark)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self.title = label("", "strong")
        self.subtitle = label("", "caption")
        for widget in (mark, self.title, self.subtitle):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        lines.addStretch(1)
        lines.addWidget(self.title)
        lines.addWidget(self.subtitle)
        lines.addStretch(1)
        row.addLayout(lines, 1)
