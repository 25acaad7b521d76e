"""Beside the table of columns: the answers of the chosen one, how words became scores, and at most one question.

If several columns are chosen it offers to change all of them at once; it can also list what was not used.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from cxdesk.analysis.found_rows import has_rows, unused_key
from cxdesk.project.glance import glance_at, glance_at_grid
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question, Reading
from cxdesk.survey.receipt import Unused
from cxdesk.survey.role import Kind, Role
from cxdesk.text import Text, Translator, say, say_n
from cxdesk.ui.parts import button, clear, label
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.answer_bars import AnswerBars
from cxdesk.ui.widgets.check_model import Line

_MOST_TOPICS = 12


class QuestionPanel(QWidget):
    """Emits the reading that the person chose, or that another use is wanted for all chosen columns."""

    reading_chosen = Signal(object, int)
    """A tuple of `Question`, and the position of the reading that was chosen for them."""
    menu_wanted = Signal(QPoint)
    rows_wanted = Signal(str)
    """Names the line of the receipt whose rows should be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("panel")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 14)
        self._column.setSpacing(6)
        self._questions: tuple[Question, ...] = ()
        self._readings: tuple[Reading, ...] = ()
        self._theme = Theme()
        self._translator = Translator("en")
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_reading)

    @property
    def answers(self) -> tuple[QRadioButton, ...]:
        """The possible answers to the question that is asked, if one is."""
        return tuple(radio for radio in self._group.buttons() if isinstance(radio, QRadioButton))

    def show_line(self, line: Line, dataset: Dataset, theme: Theme, translator: Translator) -> None:
        """Show one question, or the questions of one grid together."""
        self._start(line.questions, theme, translator)
        question = line.first
        self._say(line.name() if len(line.questions) > 1 else question.text, "title")
        grid = len(line.questions) > 1
        glance = glance_at_grid(dataset, line.questions) if grid else glance_at(dataset, question)
        answered = say_n("1 answer", "{count} answers", glance.answered)
        empty = say_n("1 empty", "{count} empty", glance.empty)
        self._say(say("{first} · {second}", first=answered, second=empty), "caption")
        if any(glance.counts):
            self._column.addSpacing(4)
            self._column.addWidget(AnswerBars(question, glance, theme, translator))
            self._column.addSpacing(4)
        if question.role is Role.PRIVATE:
            self._say(say("Personal data: shown on no page and written into no report."), "caption2")
        else:
            self._say(question.why, "caption2")
        self._show_ask(question)
        self._show_scores(question)
        if grid:
            self._show_topics(line.questions)
        self._column.addStretch(1)

    def show_several(self, lines: Sequence[Line], theme: Theme, translator: Translator) -> None:
        """Offer to change all chosen columns at once."""
        questions = tuple(question for line in lines for question in line.questions)
        self._start(questions, theme, translator)
        columns = sum(len(question.columns) for question in questions)
        self._say(say_n("1 column chosen", "{count} columns chosen", columns), "title")
        self._say(say("Use all of them in the same way; Undo takes it back in one step."), "caption2")
        change = button(translator(say("Use them as…")))
        change.setObjectName("useAs")
        change.clicked.connect(self._on_use)
        self._column.addWidget(change)
        self._show_topics(questions)
        self._column.addStretch(1)

    def show_unused(self, dataset: Dataset, theme: Theme, translator: Translator) -> None:
        """List what the results do not use, and why; lines that are about rows open them."""
        self._start((), theme, translator)
        receipt = dataset.receipt
        self._say(say("What is not used"), "title")
        cells = say_n("1 filled cell", "{count} filled cells", receipt.cells)
        used = say_n("1 used", "{count} used", receipt.cells_used)
        left = say_n("1 not used", "{count} not used", receipt.cells_left_out)
        self._say(say("{cells}: {used}, {left}", cells=cells, used=used, left=left), "caption")
        for index, entry in enumerate(receipt.unused):
            self._show_entry(dataset, index, entry)
        self._say(say("The file itself is never changed."), "caption")
        self._column.addStretch(1)

    def _show_entry(self, dataset: Dataset, index: int, entry: Unused) -> None:
        self._column.addSpacing(2)
        column = None if entry.column is None else dataset.columns[entry.column]
        if column is not None and any(column.header):
            self._say(" ".join(part for part in column.header if part), "caption")
        words = self._say(entry.text, "caption2").text()
        if has_rows(dataset, entry):
            named = self._translator(say("{action}: {about}", action=say("Show rows"), about=words))
            link = button(self._translator(say("Show rows")), "link", name=named)
            link.setProperty("line", unused_key(index))
            link.clicked.connect(self._on_rows)
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _on_rows(self) -> None:
        self.rows_wanted.emit(str(self.sender().property("line")))

    def _start(self, questions: tuple[Question, ...], theme: Theme, translator: Translator) -> None:
        for radio in self._group.buttons():
            self._group.removeButton(radio)
        clear(self._column)
        self._questions, self._readings = questions, ()
        self._theme, self._translator = theme, translator

    def _say(self, text: Text | str, look: str) -> QLabel:
        words = label(self._translator(text), look, wrap=True)
        self._column.addWidget(words)
        return words

    def _show_scores(self, question: Question) -> None:
        scale = question.scale
        if scale is None or question.kind is not Kind.SCORE or not any(scale.labels):
            return
        self._column.addSpacing(6)
        self._say(say("How words became scores"), "title")
        for place, words in enumerate(scale.labels):
            if words:
                self._say(say("{words} → {score}", words=words, score=str(scale.lowest + place)), "caption2")

    def _show_topics(self, questions: Sequence[Question]) -> None:
        self._column.addSpacing(6)
        for question in questions[:_MOST_TOPICS]:
            self._say(say("· {topic}", topic=question.text), "caption2")
        if len(questions) > _MOST_TOPICS:
            rest = len(questions) - _MOST_TOPICS
            self._say(say_n("and 1 more", "and {count} more", rest), "caption")

    def _show_ask(self, question: Question) -> None:
        ask = question.ask
        if ask is None:
            return
        self._readings = ask.readings
        self._column.addSpacing(6)
        self._say(say("One question for you"), "title")
        chosen = next((n for n, reading in enumerate(ask.readings) if _is_now(reading, question)), 0)
        for number, reading in enumerate(ask.readings):
            self._add_answer(number, reading, checked=number == chosen)
        self._say(ask.reason, "caption")
        agree = button(self._translator(say("Yes, that is right")))
        agree.setObjectName("agree")
        agree.clicked.connect(self._on_agree)
        self._column.addWidget(agree)

    def _add_answer(self, number: int, reading: Reading, *, checked: bool) -> None:
        answer = Answer(self._translator(reading.words))
        self._group.addButton(answer.radio, number)
        answer.radio.setChecked(checked)
        self._column.addWidget(answer)

    @Slot(int)
    def _on_reading(self, number: int) -> None:
        if self._questions and 0 <= number < len(self._readings):
            self.reading_chosen.emit(self._questions, number)

    @Slot()
    def _on_agree(self) -> None:
        self._on_reading(self._group.checkedId())

    @Slot()
    def _on_use(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QWidget):
            self.menu_wanted.emit(pressed.mapToGlobal(pressed.rect().bottomLeft()))


class Answer(QWidget):
    """A radio button whose words may take several lines, which Qt's own cannot: pressing the words chooses it."""

    def __init__(self, words: str) -> None:
        """Not chosen at first."""
        super().__init__()
        self.radio = QRadioButton()
        self.radio.setAccessibleName(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(words, wrap=True), 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words belong to the button."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.radio.click()


def _is_now(reading: Reading, question: Question) -> bool:
    """Whether a reading is how the question is read at the moment."""
    same_scale = reading.scale is None or reading.scale == question.scale
    same_order = reading.day_first is None or reading.day_first == question.day_first
    same_amount = reading.amount is None or reading.amount == question.amount
    return reading.role is question.role and same_scale and same_order and same_amount
