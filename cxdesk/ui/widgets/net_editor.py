"""The popup that puts several answers together to one line of a crosstab: whoever gave any of them, counted once."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cxdesk.analysis.crosstab_values import OwnNet
from cxdesk.survey.question import Question
from cxdesk.survey.selection import answer_name
from cxdesk.text import Translator, say
from cxdesk.ui.parts import button, label
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.popup import Popup
from cxdesk.ui.widgets.tick_list import TickList

_LONGEST = 60


class NetEditor(Popup):
    """Emits the net when Apply is pressed, or None if it shall go away."""

    net_chosen = Signal(object)

    def __init__(
        self, questions: tuple[Question, ...], net: OwnNet | None, theme: Theme, translator: Translator, parent: QWidget
    ) -> None:
        """``questions`` stand in the rows of the table; ``net`` is the one to change, None for a new one."""
        super().__init__(parent)
        self._questions, self._net, self._theme, self._translator = questions, net, theme, translator
        self.question = QComboBox(self)
        self.question.setAccessibleName(translator(say("Question")))
        for each in questions:
            self.question.addItem(each.text if len(each.text) <= _LONGEST else f"{each.text[: _LONGEST - 1]}…", each.id)
        self.name = QLineEdit("" if net is None else net.name, self)
        self.name.setPlaceholderText(translator(say("Name of the line")))
        self.name.setAccessibleName(translator(say("Name of the line")))
        self.ticks = TickList(self)
        self.ticks.setAccessibleName(translator(say("Answers that count together")))
        self.apply = button(translator(say("Apply")), "primary", parent=self)
        self.remove = button(translator(say("Remove")), "flat", parent=self)
        self.remove.setVisible(net is not None)
        self._build()
        start = next((i for i, each in enumerate(questions) if net is not None and each.id == net.question), 0)
        self.question.setCurrentIndex(start)
        self._on_question(start)
        self.question.currentIndexChanged.connect(self._on_question)
        self.name.textChanged.connect(self._on_changed)
        self.name.returnPressed.connect(self._on_apply)
        self.ticks.ticked.connect(self._on_changed)
        self.ticks.done.connect(self._on_apply)
        self.apply.clicked.connect(self._on_apply)
        self.remove.clicked.connect(self._on_remove)

    def edit_below(self, anchor: QWidget) -> None:
        """Open below the button that asked for it."""
        self.open_below(anchor, self.question if self._net is None else self.name)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 14, 14, 14)
        whole.setSpacing(8)
        whole.addWidget(self.question)
        whole.addWidget(self.name)
        words = say("People who gave any of these answers count once:")
        whole.addWidget(label(self._translator(words), "caption", wrap=True))
        whole.addWidget(self.ticks, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.apply)
        whole.addLayout(foot)
        self.setFixedSize(self._theme.px(340), self._theme.px(400))

    @property
    def _question(self) -> Question:
        return self._questions[max(0, self.question.currentIndex())]

    @Slot(int)
    def _on_question(self, _index: int) -> None:
        asked, net = self._question, self._net
        names = [(str(code), self._translator(answer_name(asked, code))) for code in range(asked.size)]
        same = net is not None and net.question == asked.id
        self.ticks.fill(names, [str(code) for code in net.codes] if net is not None and same else [], self._theme)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.apply.setEnabled(bool(self.name.text().strip()) and bool(self.ticks.values()))

    @Slot()
    def _on_apply(self) -> None:
        if self.apply.isEnabled():
            codes = tuple(int(value) for value in self.ticks.values())
            made = OwnNet(self._question.id, self.name.text().strip(), codes)
            self.close()
            self.net_chosen.emit(made)

    @Slot()
    def _on_remove(self) -> None:
        self.close()
        self.net_chosen.emit(None)
