"""The rows of two files side by side: which question is which, those without a partner first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cxdesk.reading.pairing import How, Pairing
from cxdesk.survey.question import Question
from cxdesk.text import Text, Translator, say
from cxdesk.ui.widgets.check_model import Line

Index = QModelIndex | QPersistentModelIndex
NEWER, OLDER, HOW = range(3)

_HOW = {
    How.SAME: say("The same"),
    How.RENAMED: say("Renamed"),
    How.OPTIONS: say("Other answers to choose from"),
    How.ROLE: say("Other words, used alike"),
    How.BY_HAND: say("Paired by you"),
}
_ORDER = (How.ROLE, How.RENAMED, How.OPTIONS, How.BY_HAND, How.SAME)
"""After the questions without a partner: what a person may want to look at first."""


@dataclass(frozen=True, slots=True)
class Row:
    """Two questions that are the same, or one that is alone; ``how`` says how they were found, or why they are not."""

    newer: Question | None
    older: Question | None
    how: Text
    alike: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Finds the row again after something was changed."""
        return ("" if self.newer is None else self.newer.id, "" if self.older is None else self.older.id)


def rows_of(pairing: Pairing) -> tuple[Row, ...]:
    """What could not be counted together, what is in one file only, and then the pairs."""
    newer, older = pairing.a, pairing.b
    clashing = {clash.a for clash in pairing.clashes}, {clash.b for clash in pairing.clashes}
    alone = say("Only in {file}", file=newer.source.name), say("Only in {file}", file=older.source.name)
    ranks = {how: place for place, how in enumerate(_ORDER)}
    pairs = sorted(pairing.pairs, key=lambda each: ranks[each.how])
    return (
        *(
            Row(newer.question(each.a), older.question(each.b), say("Not counted together: {why}", why=each.reason))
            for each in pairing.clashes
        ),
        *(Row(each, None, alone[0]) for each in pairing.only_a if each.id not in clashing[0]),
        *(Row(None, each, alone[1]) for each in pairing.only_b if each.id not in clashing[1]),
        *(Row(newer.question(each.a), older.question(each.b), _HOW[each.how], alike=True) for each in pairs),
    )


def question_name(question: Question, translator: Translator) -> str:
    """A question as lists show it, its grid before it."""
    return translator(Line((question,)).name()) or question.id


class PairsModel(QAbstractTableModel):
    """The rows for a table view."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._titles: tuple[str, ...] = ("", "", "")
        self._translator = Translator("en")

    def show_pairing(self, pairing: Pairing, translator: Translator) -> None:
        """Take over the questions of two files."""
        self.beginResetModel()
        self._translator = translator
        self._rows = rows_of(pairing)
        self._titles = (pairing.a.source.name, pairing.b.source.name, translator(say("How they match")))
        self.endResetModel()

    def row(self, number: int) -> Row:
        """The content of a row."""
        return self._rows[number]

    def place_of(self, id_newer: str, id_older: str) -> int:
        """The row of a question, by the newer file first; 0 if there is none."""
        for number, row in enumerate(self._rows):
            if (id_newer and row.key[0] == id_newer) or (not id_newer and row.key[1] == id_older):
                return number
        return 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """One row per question or pair."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Newer file, older file, how they match."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the files."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the view and for screen readers."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = [self._words(row, column) for column in range(len(self._titles))]
            # The first cell of a row says all of it, so that walking down the rows is enough.
            return self._translator.listed(words) if index.column() == NEWER else words[index.column()]
        return None

    def _words(self, row: Row, column: int) -> str:
        if column == HOW:
            return self._translator(row.how)
        question = row.newer if column == NEWER else row.older
        return "–" if question is None else question_name(question, self._translator)
