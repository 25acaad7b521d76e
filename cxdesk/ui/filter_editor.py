"""The small window that makes one condition: which column, then which answers, which days, or which words."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QDate, QPoint, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from cxdesk.analysis.wording import day_of
from cxdesk.survey.question import Question
from cxdesk.survey.role import GROUPING, Kind
from cxdesk.survey.selection import Between, Mentions, OneOf, answer_name
from cxdesk.text import Text, say
from cxdesk.ui.parts import button, label
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.day_field import DayField
from cxdesk.ui.widgets.popup import Popup
from cxdesk.ui.widgets.tick_panel import TickPanel


class FilterEditor(Popup):
    """Emits the condition when Apply is pressed; Esc or a click outside changes nothing."""

    condition_chosen = Signal(object)

    def __init__(self, session: Session, questions: tuple[Question, ...], chosen: str, parent: QWidget) -> None:
        """``chosen`` is the question to start with, "" for the first."""
        super().__init__(parent)
        self._session = session
        self._questions = questions
        self._chosen = chosen
        translate = session.say
        self.column = QComboBox(self)
        self.column.setAccessibleName(translate(say("Column to filter by")))
        for question in questions:
            self.column.addItem(question.text if len(question.text) <= 60 else f"{question.text[:59]}…", question.id)
        self.answers = TickPanel(session.translator, say("Search answers"), say("Answers to keep"), _unfound, self)
        self.search, self.values = self.answers.search, self.answers.ticks
        self.first, self.last = DayField(self), DayField(self)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(translate(say("Words in the text")))
        self.words.setAccessibleName(translate(say("Words in the text")))
        self.apply = button(translate(say("Apply filter")), "primary", parent=self)
        self._kinds = QStackedWidget(self)
        self._build()
        self.column.currentIndexChanged.connect(self._on_column)
        self.values.ticked.connect(self._on_checked)
        self.values.done.connect(self._on_apply)
        self.search.returnPressed.connect(self._on_apply)
        self.first.done.connect(self._on_apply)
        self.last.done.connect(self._on_apply)
        self.words.textChanged.connect(self._on_checked)
        self.words.returnPressed.connect(self._on_apply)
        self.apply.clicked.connect(self._on_apply)
        start = next((i for i, question in enumerate(questions) if question.id == chosen), self._first_segment())
        self.column.setCurrentIndex(start)
        self._on_column(start)

    def popup(self, place: QPoint) -> None:
        """Show the editor below a place on the screen, moved so that it is wholly visible."""
        kinds: tuple[QWidget, ...] = (self.values, self.first, self.words)
        self.open_at(place, kinds[self._kinds.currentIndex()] if self._chosen else self.column)

    def _first_segment(self) -> int:
        """Where to start when nothing was chosen: the first grouping that is not filtered yet."""
        workspace = self._session.workspace
        for place, question in enumerate(self._questions):
            filtered = workspace is not None and workspace.selection.on(question.id) is not None
            if question.role in GROUPING and not filtered:
                return place
        return 0

    def _build(self) -> None:
        theme, translate = self._session.theme, self._session.say
        days = QWidget(self)
        row = QVBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for field, name in ((self.first, say("From")), (self.last, say("To"))):
            field.setAccessibleName(translate(name))
            row.addWidget(label(translate(name), "caption"))
            row.addWidget(field)
        row.addStretch(1)
        words = QWidget(self)
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.words)
        lines.addStretch(1)
        for widget in (self.answers, days, words):
            self._kinds.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 14, 14, 14)
        whole.addWidget(self.column)
        whole.addWidget(self._kinds, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.answers.told, 1)
        foot.addStretch()
        foot.addWidget(self.apply)
        whole.addLayout(foot)
        self.setFixedSize(theme.px(340), theme.px(420))

    @property
    def _question(self) -> Question:
        return self._questions[max(0, self.column.currentIndex())]

    @Slot(int)
    def _on_column(self, _index: int) -> None:
        if not self._questions:
            self.apply.setEnabled(False)
            return
        question = self._question
        if question.kind is Kind.DATE:
            self._kinds.setCurrentIndex(1)
            self._fill_days(question)
        elif question.kind in {Kind.TEXT, Kind.NUMBER, Kind.EMPTY}:
            self._kinds.setCurrentIndex(2)
            self._fill_words(question)
        else:
            self._kinds.setCurrentIndex(0)
            self._fill_values(question)
        self.answers.told.setVisible(self._kinds.currentWidget() is self.answers)
        self._on_checked()

    def _fill_days(self, question: Question) -> None:
        span = self._session.span(question.id)
        workspace = self._session.workspace
        if span is None or workspace is None:
            return
        first, last = day_of(span[0]), day_of(span[1])
        current = workspace.selection.on(question.id)
        if isinstance(current, Between):
            first, last = current.first, current.last
        for field, day in ((self.first, first), (self.last, last)):
            field.setDate(QDate(day.year, day.month, day.day))

    def _fill_words(self, question: Question) -> None:
        workspace = self._session.workspace
        current = None if workspace is None else workspace.selection.on(question.id)
        self.words.setText(current.words if isinstance(current, Mentions) else "")
        self.words.selectAll()

    def _fill_values(self, question: Question) -> None:
        workspace = self._session.workspace
        current = None if workspace is None else workspace.selection.on(question.id)
        kept = current.codes if isinstance(current, OneOf) else ()
        counts = self._session.counts(question)
        names, rows = [], []
        for code in range(len(counts)):
            if counts[code]:
                name = self._session.say(answer_name(question, code))
                names.append((str(code), name))
                rows.append(self._session.say(say("{answer} ({count})", answer=name, count=int(counts[code]))))
        self.answers.fill(names, [str(code) for code in kept], self._session.theme, rows)

    @Slot()
    def _on_checked(self) -> None:
        self.apply.setEnabled(self._condition() is not None)

    @Slot()
    def _on_apply(self) -> None:
        condition = self._condition()
        if condition is not None:
            self.close()
            self.condition_chosen.emit(condition)

    def _condition(self) -> OneOf | Between | Mentions | None:
        if not self._questions:
            return None
        question = self._question
        match self._kinds.currentIndex():
            case 0:
                codes = tuple(int(code) for code in self.values.values())
                return OneOf(question.id, codes) if codes else None
            case 1:
                first, last = _day(self.first), _day(self.last)
                return Between(question.id, min(first, last), max(first, last))
            case _:
                words = self.words.text().strip()
                return Mentions(question.id, words) if words else None


def _unfound(words: str) -> Text:
    return say("No answer contains “{words}”.", words=words)


def _day(field: DayField) -> datetime.date:
    shown = field.date()
    return datetime.date(shown.year(), shown.month(), shown.day())
