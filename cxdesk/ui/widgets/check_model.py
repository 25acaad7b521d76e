"""The rows of the check page: one per question, a rating grid as one, unsure ones first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role, Sure, role_name
from cxdesk.text import Text, Translator, say, say_n

Index = QModelIndex | QPersistentModelIndex
NAME, ROLE, SURE, SAW = range(4)
LINE = Qt.ItemDataRole.UserRole
"""Gives the `Line` of a row."""

_ORDER = {Sure.CHECK: 0, Sure.GUESS: 1, Sure.SURE: 2}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a question, or all questions of a rating grid that have the same role."""

    questions: tuple[Question, ...]

    @property
    def first(self) -> Question:
        """The question that speaks for the row."""
        return self.questions[0]

    @property
    def doubtful(self) -> bool:
        """Whether the person should look at this row."""
        return self.first.sure is not Sure.SURE and self.first.ask is not None

    def name(self) -> Text:
        """The words of the row."""
        if len(self.questions) > 1:
            return say(
                "{group} ({columns})",
                group=self.first.group,
                columns=say_n("1 column", "{count} columns", len(self.questions)),
            )
        if self.first.group:
            return say("{group}: {topic}", group=self.first.group, topic=self.first.text)
        return say("{question}", question=self.first.text)


def lines_of(dataset: Dataset) -> tuple[Line, ...]:
    """The rows of a survey: doubtful ones first, then in file order."""
    rows: list[Line] = []
    grids: dict[tuple[str, Role, Sure], int] = {}
    for question in dataset.questions:
        key = (question.group, question.role, question.sure)
        if question.group and key in grids:
            place = grids[key]
            rows[place] = Line((*rows[place].questions, question))
            continue
        if question.group:
            grids[key] = len(rows)
        rows.append(Line((question,)))
    return tuple(sorted(rows, key=lambda line: _ORDER[line.first.sure] if line.doubtful else 2))


def sure_name(sure: Sure) -> Text:
    """How sure we are, in words."""
    return {Sure.SURE: say("Sure"), Sure.CHECK: say("Please check"), Sure.GUESS: say("Guess")}[sure]


class CheckModel(QAbstractTableModel):
    """The rows for a table view. Setting a role emits `role_chosen`; the page changes the survey, not the model."""

    role_chosen = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._translator = Translator("en")

    def show_dataset(self, dataset: Dataset, translator: Translator) -> None:
        """Take over the rows of a survey."""
        self.beginResetModel()
        self._lines = lines_of(dataset)
        self._translator = translator
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The row's content."""
        return self._lines[row]

    def row_of(self, question: str) -> int:
        """The row that a question stands in, or -1."""
        for row, line in enumerate(self._lines):
            if any(each.id == question for each in line.questions):
                return row
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """One row per line."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Name, role, how sure, what we saw."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The column titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (say("Column in your file"), say("We use it as"), say("How sure"), say("What we saw"))
        return self._translator(titles[section])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Roles can be changed."""
        base = super().flags(index)
        return base | Qt.ItemFlag.ItemIsEditable if index.column() == ROLE else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the view and for screen readers; personal examples are never shown."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self._words(line, index.column())
        if role == Qt.ItemDataRole.EditRole and index.column() == ROLE:
            return line.first.role.value
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another role for the question or grid of a row."""
        if role != Qt.ItemDataRole.EditRole or index.column() != ROLE or value not in set(Role):
            return False
        line = self._lines[index.row()]
        if Role(value) is line.first.role:
            return False
        self.role_chosen.emit(line, Role(value))
        return True

    def _words(self, line: Line, column: int) -> str:
        say_it = self._translator
        match column:
            case 0:
                return say_it(line.name())
            case 1:
                return say_it(role_name(line.first.role))
            case 2:
                return say_it(sure_name(line.first.sure))
            case _:
                examples = "•••" if line.first.role is Role.PRIVATE else " · ".join(line.first.examples[:3])
                return f"{say_it(line.first.why)}\n{examples}"
