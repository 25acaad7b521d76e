"""The place where a survey file is dropped, and where one sees how far reading it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from cxdesk.text import Text, say, say_n
from cxdesk.ui.icons import pixmap
from cxdesk.ui.parts import button, label, set_icon
from cxdesk.ui.session import Session

_STEPS = {"Recognising the columns": 2, "Calculating": 3}
"""Which of the three steps a reader's report belongs to; every other report is about opening the file."""

_PER_CENT = 100
"""Readers that cannot count rows report parts of a hundred."""


class DropZone(QWidget):
    """A dashed frame: how to start, or how far reading is."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build both faces."""
        super().__init__(parent)
        self._session = session
        self._report: tuple[Text, int, int] | None = None
        self._name = ""
        self._low = False
        self.choose = button("", "primary")
        self.paste = button("")
        self.cancel = button("")
        self._mark, self._page = QLabel(), QLabel()
        self._title = label("", "headline", wrap=True)
        self._platforms = label("", "caption", wrap=True)
        self._promise = label("", "caption", wrap=True)
        self._reading = label("", "section", wrap=True)
        self._step = label("", "caption", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._faces = QStackedWidget(self)
        self._faces.addWidget(self._start_face())
        self._faces.addWidget(self._busy_face())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(self._faces)

    @property
    def is_busy(self) -> bool:
        """Whether reading is shown instead of how to start."""
        return self._faces.currentIndex() == 1

    def refresh(self, *, low: bool = False) -> None:
        """Set words, icons and sizes; ``low`` leaves room for a notice above."""
        self._low = low
        session, theme = self._session, self._session.theme
        ratio = self.devicePixelRatioF()
        self.setMinimumHeight(theme.px(230 if self._low else 290))
        self._mark.setPixmap(pixmap("upload", theme.palette.accent, theme.px(34), ratio))
        self._page.setPixmap(pixmap("file", theme.palette.accent, theme.px(30), ratio))
        self._title.setText(session.say(say("Drop your survey file here")))
        told = say(
            "Excel or CSV, straight from 问卷星, 腾讯问卷, Qualtrics, SurveyMonkey, Google Forms or your own sheet"
        )
        self._platforms.setText(session.say(told))
        self._promise.setText(session.say(say("No cleaning needed first. Your file is only read, never changed.")))
        for found, text in (
            (self.choose, say("Choose a file…")),
            (self.paste, say("Paste from Excel")),
            (self.cancel, say("Cancel")),
        ):
            found.setText(session.say(text))
            found.setAccessibleName(session.say(text))
        set_icon(self.choose, theme, "folder", "on_accent", gap=3)
        self._bar.setFixedWidth(theme.px(420))
        self._bar.setAccessibleName(session.say(say("Progress")))
        self._show_step()

    def show_reading(self, name: str | None) -> None:
        """Show that ``name`` is being read, or the start face again."""
        self._name = name or ""
        if name is None:
            self._report = None
        self._faces.setCurrentIndex(0 if name is None else 1)
        self._show_step()
        if name is not None:
            self.cancel.setFocus()

    def note_progress(self, report: tuple[Text, int, int]) -> None:
        """Take over a report of how far reading is."""
        self._report = report
        self._show_step()

    def _show_step(self) -> None:
        session = self._session
        self._reading.setText(session.say(say("Reading “{name}”", name=self._name)))
        step, done, total = self._report or (say("Opening the file"), 0, 0)
        which = _which(step)
        step = which[1] if which is not None else step
        number = _STEPS.get(step.msgid, 1)
        if number == 1 and not total:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, 300)
            self._bar.setValue(100 * (number - 1) + (100 * min(done, total) // total if total else 50))
        told = _told(number, done, total)
        if which is not None:
            told = say("{first} · {second}", first=which[0], second=told)
        self._step.setText(session.say(told))

    def _start_face(self) -> QWidget:
        face = QWidget()
        column = QVBoxLayout(face)
        column.addStretch(1)
        for widget in (self._mark, self._title, self._platforms):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.choose)
        row.addWidget(self.paste)
        row.addStretch(1)
        column.addSpacing(6)
        column.addLayout(row)
        column.addStretch(1)
        self._promise.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._promise)
        return face

    def _busy_face(self) -> QWidget:
        face = QWidget()
        column = QVBoxLayout(face)
        column.addStretch(1)
        for widget in (self._page, self._reading, self._step):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignCenter)
        column.addSpacing(6)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        return face

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashed frame."""
        palette = self._session.theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.control), 2, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(palette.surface))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 12, 12)
        painter.end()


def _which(step: Text) -> tuple[Text, Text] | None:
    """Of several files which one it is, and the report about that one; None for a single file."""
    parts = dict(step.params)
    inner, number, count = parts.get("step"), parts.get("number"), parts.get("count")
    if not (isinstance(inner, Text) and isinstance(number, int) and isinstance(count, int)) or count < 2:
        return None
    return say("File {number} of {count}", number=number, count=count), inner


def _told(number: int, done: int, total: int) -> Text:
    """Which of the three steps it is, with the rows read so far where the step counts rows."""
    if number == 2:
        return say("Step 2 of 3: recognising columns")
    if number == 3:
        return say("Step 3 of 3: calculating")
    if total > _PER_CENT:
        return say("Step 1 of 3: opening the file · {done} of {total} rows", done=done, total=total)
    if done and not total:
        return say_n("Step 1 of 3: opening the file · 1 row", "Step 1 of 3: opening the file · {count} rows", done)
    return say("Step 1 of 3: opening the file")
