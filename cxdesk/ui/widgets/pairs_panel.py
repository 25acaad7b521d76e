"""Two files side by side: how many questions match, which ones, and a list to choose another partner for one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QTableView, QVBoxLayout, QWidget

from cxdesk.reading.pairing import How, Pairing
from cxdesk.survey.question import Question
from cxdesk.text import Listed, Text, Translator, say, say_n
from cxdesk.ui.parts import label
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.flow import Flow
from cxdesk.ui.widgets.pairs_model import PairsModel, question_name
from cxdesk.ui.widgets.row_table import set_up_rows

_ROW, _HIGH = 34, 250
_WIDEST = 300
"""Lengths in pixels at 100 % text size; longer names end in an ellipsis and are told in full by a tooltip."""


class PairsPanel(QWidget):
    """Emits what was chosen; whether two questions fit together is found out elsewhere and told by `refuse`."""

    pair_chosen = Signal(str, object)
    """The id of a question of the newer file, and that of the older one or None."""
    older_chosen = Signal(int)
    """The position of the older file that should be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_pairings`."""
        super().__init__(parent)
        self._pairing: Pairing | None = None
        self._theme = Theme()
        self._translator = Translator("en")
        self.counts = label("", "strong", wrap=True)
        self.older = QComboBox()
        self.older.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.model = PairsModel(self)
        self.table = _PairsTable(self.model)
        self.question = label("", "caption2")
        self.partner = QComboBox()
        self.partner.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.refused = label("", "chipWarn", wrap=True)
        self.refused.hide()
        choice = QWidget()
        line = Flow(choice)
        line.addWidget(self.question)
        line.addWidget(self.partner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.counts, self.older, self.table, choice, self.refused):
            column.addWidget(widget)
        column.setAlignment(self.older, Qt.AlignmentFlag.AlignLeft)
        self.older.activated.connect(self.older_chosen)
        self.partner.activated.connect(self._on_partner)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)

    def show_pairings(self, pairings: Sequence[Pairing], shown: int, theme: Theme, translator: Translator) -> None:
        """Show the pairing at position ``shown``; the chosen question stays chosen."""
        pairing = pairings[shown]
        self._theme, self._translator = theme, translator
        self.counts.setText(translator(counted(pairing)))
        self.older.setVisible(len(pairings) > 1)
        self.older.setAccessibleName(translator(say("Older file")))
        self.older.clear()
        for each in pairings:
            self._add(self.older, each.b.source.name, None)
        self.older.setCurrentIndex(shown)
        self.table.setAccessibleName(translator(say("Questions of both files")))
        self.table.show_look(theme)
        current = self.table.currentIndex()
        key = self.model.row(current.row()).key if current.isValid() else ("", "")
        self._pairing = pairing
        self.model.show_pairing(pairing, translator)
        self.table.choose(self.model.place_of(*key))
        self._show_partners()

    def refuse(self, reason: Text) -> None:
        """Say why two questions cannot be paired; the list shows the partner as it was."""
        self._show_partners()
        self.refused.setText(self._translator(reason))
        self.refused.show()

    def _show_partners(self) -> None:
        self.refused.hide()
        self.partner.clear()
        current, pairing = self.table.currentIndex(), self._pairing
        self.partner.setEnabled(current.isValid())
        if pairing is None or not current.isValid():
            return
        row = self.model.row(current.row())
        own = row.newer or row.older
        if own is None:
            return
        others = pairing.b if row.newer is not None else pairing.a
        shown = question_name(own, self._translator)
        self.question.setText(self._elided(self._translator(say("“{question}” is the same as", question=shown))))
        self.question.setToolTip(shown)
        self.partner.setAccessibleName(self._translator(say("Partner of “{question}”", question=shown)))
        self._add(self.partner, self._translator(say("None: keep it apart")), None)
        for question in others.questions:
            self._add(self.partner, question_name(question, self._translator), question.id)
        partner: Question | None = row.older if row.newer is not None else None
        found = self.partner.findData(partner.id) if partner is not None and row.alike else 0
        self.partner.setCurrentIndex(max(0, found))
        self.partner.setToolTip(self.partner.itemData(max(0, found), Qt.ItemDataRole.ToolTipRole))

    def _add(self, box: QComboBox, name: str, value: object) -> None:
        box.addItem(self._elided(name), value)
        for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            box.setItemData(box.count() - 1, name, role)

    def _elided(self, words: str) -> str:
        metrics = QFontMetrics(self._theme.font())
        return metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, self._theme.px(_WIDEST))

    @Slot()
    def _on_row(self) -> None:
        if self.table.currentIndex().isValid():
            self._show_partners()

    @Slot(int)
    def _on_partner(self, _place: int) -> None:
        current = self.table.currentIndex()
        if not current.isValid():
            return
        row, other = self.model.row(current.row()), self.partner.currentData()
        if row.newer is not None:
            before = row.older.id if row.older is not None and row.alike else None
            if other != before:
                self.pair_chosen.emit(row.newer.id, other)
        elif row.older is not None and other is not None:
            self.pair_chosen.emit(other, row.older.id)


def counted(pairing: Pairing) -> Text:
    """How many questions match, and how, in one line: "21 of 24 questions matched: 18 the same, 3 renamed; ..."."""
    ways = (
        (How.SAME, say_n("1 the same", "{count} the same", pairing.count(How.SAME))),
        (How.RENAMED, say_n("1 renamed", "{count} renamed", pairing.count(How.RENAMED))),
        (How.OPTIONS, say_n("1 with other answers", "{count} with other answers", pairing.count(How.OPTIONS))),
        (How.ROLE, say_n("1 in other words", "{count} in other words", pairing.count(How.ROLE))),
        (How.BY_HAND, say_n("1 paired by you", "{count} paired by you", pairing.count(How.BY_HAND))),
    )
    found = tuple(text for how, text in ways if pairing.count(how))
    matched = say_n(
        "{matched} of 1 question matched",
        "{matched} of {count} questions matched",
        len(pairing.a.questions),
        matched=len(pairing.pairs),
    )
    told = say("{first}: {second}", first=matched, second=Listed(found)) if found else matched
    for file, alone in ((pairing.a, pairing.only_a), (pairing.b, pairing.only_b)):
        if alone:
            more = say_n("1 only in {file}", "{count} only in {file}", len(alone), file=file.source.name)
            told = say("{first}; {second}", first=told, second=more)
    return told


class _PairsTable(QTableView):
    """Rows to walk through; Enter is left to the page."""

    def __init__(self, model: PairsModel) -> None:
        super().__init__()
        self.setModel(model)
        set_up_rows(self, QAbstractItemView.SelectionMode.SingleSelection)

    def show_look(self, theme: Theme) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.setFixedHeight(theme.px(_HIGH))

    def choose(self, row: int) -> None:
        index = self.model().index(row, 0)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        for column in (0, 1):
            self.setColumnWidth(column, round(width * 0.36))
