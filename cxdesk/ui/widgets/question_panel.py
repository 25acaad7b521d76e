"""Beside the table of columns: the answers of the chosen one, how texts became scores, and at most one question."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from cxdesk.survey.question import Question, Reading
from cxdesk.survey.role import UNSHOWN, Kind
from cxdesk.survey.selection import answer_name
from cxdesk.text import Format, Text, Translator, say, say_n, show_number
from cxdesk.ui.parts import clear, label
from cxdesk.ui.theme import CAPTION, Theme

_MOST_BARS = 11


class QuestionPanel(QWidget):
    """Emits the reading that the person chose."""

    reading_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 14, 14, 14)
        self._column.setSpacing(6)
        self._question: Question | None = None
        self._readings: tuple[Reading, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_reading)

    def show_question(
        self, question: Question, counts: list[int], missing: int, theme: Theme, translator: Translator
    ) -> None:
        """Show one question; ``counts`` are people per answer code (empty where there are no codes)."""
        for radio in self._group.buttons():
            self._group.removeButton(radio)
        clear(self._column)
        self._question = question
        self._column.addWidget(label(question.text, "title", wrap=True))
        answered = say_n("1 answer", "{count} answers", sum(counts) if question.kind is not Kind.MULTIPLE else 0)
        if question.kind in {Kind.SCORE, Kind.CHOICE}:
            line = say("{first} · {second}", first=answered, second=say_n("1 empty", "{count} empty", missing))
            self._column.addWidget(label(translator(line), "caption", wrap=True))
        if counts and question.role not in UNSHOWN:
            bars = AnswerBars(question, counts, theme, translator)
            self._column.addWidget(bars)
        self._show_labels(question, translator)
        self._column.addWidget(label(translator(question.why), "caption2", wrap=True))
        self._show_ask(question, translator)
        self._column.addStretch(1)

    def _show_labels(self, question: Question, translator: Translator) -> None:
        scale = question.scale
        if scale is None or not any(scale.labels):
            return
        self._column.addWidget(label(translator(say("How words became scores")), "title"))
        for place, words in enumerate(scale.labels):
            if words:
                text = say("{words} → {score}", words=words, score=str(scale.lowest + place))
                self._column.addWidget(label(translator(text), "caption2", wrap=True))

    def _show_ask(self, question: Question, translator: Translator) -> None:
        self._readings = () if question.ask is None else question.ask.readings
        if question.ask is None:
            return
        self._column.addSpacing(6)
        self._column.addWidget(label(translator(say("One question for you")), "title"))
        for number, reading in enumerate(question.ask.readings):
            radio = QRadioButton(translator(reading.words).replace("&", "&&"))
            radio.setAccessibleName(translator(reading.words))
            chosen = reading.role is question.role and reading.scale in {None, question.scale}
            self._group.addButton(radio, number)
            radio.setChecked(chosen)
            self._column.addWidget(radio)
        self._column.addWidget(label(translator(question.ask.reason), "caption", wrap=True))

    @Slot(int)
    def _on_reading(self, number: int) -> None:
        if self._question is not None and number < len(self._readings):
            self.reading_chosen.emit(self._question, self._readings[number])


class AnswerBars(QWidget):
    """Small columns, one per answer, with their share over them."""

    def __init__(self, question: Question, counts: list[int], theme: Theme, translator: Translator) -> None:
        """At most 11 answers are drawn, in their order."""
        super().__init__()
        self._theme = theme
        self._counts = counts[:_MOST_BARS]
        self._total = max(1, sum(counts))
        self._names = [translator(answer_name(question, code)) for code in range(len(self._counts))]
        self.setMinimumHeight(theme.px(130))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        told: Text = say("Distribution of “{question}”", question=question.text)
        self.setAccessibleName(translator(told))
        self.setToolTip("\n".join(f"{name}: {count:,}" for name, count in zip(self._names, self._counts, strict=True)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the columns."""
        theme, palette = self._theme, self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(CAPTION - 1))
        text = theme.px(16)
        floor = self.height() - text - 2
        room = floor - text - 2
        step = self.width() / max(1, len(self._counts))
        most = max(self._counts, default=0) or 1
        for place, count in enumerate(self._counts):
            height = room * count / most
            bar = QRectF(place * step + step * 0.15, floor - height, step * 0.7, height)
            painter.fillRect(bar, QColor(palette.accent))
            painter.setPen(QColor(palette.text2))
            share = show_number(count / self._total, Format.PERCENT)
            painter.drawText(QRectF(place * step, bar.top() - text, step, text), Qt.AlignmentFlag.AlignCenter, share)
            name = painter.fontMetrics().elidedText(self._names[place], Qt.TextElideMode.ElideRight, round(step) - 2)
            painter.drawText(QRectF(place * step, floor + 2, step, text), Qt.AlignmentFlag.AlignCenter, name)
        painter.setPen(QColor(palette.control))
        painter.drawLine(0, floor, self.width(), floor)
