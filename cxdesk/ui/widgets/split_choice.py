"""One report for everybody, or one for each department, store or person: the choice, and what it would make."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from cxdesk.survey.question import Question
from cxdesk.text import Translator, say
from cxdesk.ui.parts import label

_LONGEST = 40


class SplitChoice(QWidget):
    """`chosen` carries the id of a segment question, "" for one report for all."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without words until `show_choices`."""
        super().__init__(parent)
        self._title = label("", "caption2")
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.about = label("", "caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 0)
        column.setSpacing(4)
        for widget in (self._title, self.box, self.about):
            column.addWidget(widget)
        self.box.activated.connect(self._on_activated)

    def show_choices(self, questions: Sequence[Question], by: str, least: int, translator: Translator) -> None:
        """Offer one report for all and one per answer of each question; ``by`` is chosen. Hidden without a question."""
        self.setVisible(bool(questions))
        title = translator(say("How many reports"))
        self._title.setText(title)
        self.box.setAccessibleName(title)
        self.box.clear()
        self.box.addItem(translator(say("One report for all")), "")
        for question in questions:
            name = question.text if len(question.text) <= _LONGEST else f"{question.text[: _LONGEST - 1]}…"
            self.box.addItem(translator(say("One report per {column}", column=name)), question.id)
        self.box.setCurrentIndex(max(0, self.box.findData(by)))
        told = say("Each with its target and everyone else beside it, and a contents workbook over all.")
        small = say("Groups under {least} answers get none.", least=least)
        beside = say("Whoever also has a report for all could work small groups out from both.")
        told = say("{first} {second}", first=say("{first} {second}", first=told, second=small), second=beside)
        self.about.setText(translator(told))
        self.about.setVisible(bool(self.by))

    @property
    def by(self) -> str:
        """The id of the chosen question, "" for one report for all."""
        return str(self.box.currentData() or "")

    @Slot()
    def _on_activated(self) -> None:
        self.about.setVisible(bool(self.by))
        self.chosen.emit(self.by)
