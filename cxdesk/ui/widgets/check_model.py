"""The rows of the check page: one per question, a rating grid as one, unsure ones first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED, Role, Sure, role_name
from cxdesk.text import Label, Text, Translator, say, say_n

Index = QModelIndex | QPersistentModelIndex
NAME, ROLE, SURE, SAW = range(4)
LINE = Qt.ItemDataRole.UserRole
"""Gives the `Line` of a row."""

HIDDEN_ANSWERS = "•••"
"""Stands for answers that are personal and therefore not shown."""

_ORDER = {Sure.CHECK: 0, Sure.GUESS: 1, Sure.SURE: 2}
_TITLES = (say("Column in your file"), say("We use it as"), say("How sure"), say("What we saw"))


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a question, or all questions of a rating grid that have the same role and the same doubt."""

    questions: tuple[Question, ...]

    @property
    def first(self) -> Question:
        """The question that speaks for the row."""
        return self.questions[0]

    @property
    def doubtful(self) -> bool:
        """Whether the person should look at this row."""
        return self.first.sure is not Sure.SURE and self.first.ask is not None

    def name(self) -> Label:
        """The words of the row."""
        first = self.first
        columns = sum(len(question.columns) for question in self.questions)
        if len(self.questions) > 1 or columns > 1:
            return say(
                "{group} ({columns})",
                group=first.group if len(self.questions) > 1 else first.text,
                columns=say_n("1 column", "{count} columns", columns),
            )
        if first.group and first.group != first.text:
            return say("{group}: {topic}", group=first.group, topic=first.text)
        return first.text


def lines_of(dataset: Dataset) -> tuple[Line, ...]:
    """The rows of a survey: doubtful ones first, then in file order."""
    rows: list[Line] = []
    grids: dict[tuple[object, ...], int] = {}
    for question in dataset.questions:
        key = (question.group, question.role, question.sure, *_offered(question))
        if question.group and key in grids:
            place = grids[key]
            rows[place] = Line((*rows[place].questions, question))
            continue
        if question.group:
            grids[key] = len(rows)
        rows.append(Line((question,)))
    return tuple(sorted(rows, key=lambda line: _ORDER[line.first.sure] if line.doubtful else len(_ORDER)))


def _offered(question: Question) -> tuple[object, ...]:
    """What a person can answer about a question: one answer is taken for all rows, so it must mean the same for all."""
    readings = () if question.ask is None else question.ask.readings
    return tuple(
        (each.role, each.scale and (each.scale.lowest, each.scale.highest, each.scale.direction)) for each in readings
    )


def in_known_order(lines: tuple[Line, ...], before: tuple[Line, ...]) -> tuple[Line, ...]:
    """The rows in the order in which they stood ``before``: a row never jumps away from under the pointer."""
    places = {question.id: place for place, line in enumerate(before) for question in line.questions}
    if {question.id for line in lines for question in line.questions} != set(places):
        return lines
    return tuple(sorted(lines, key=lambda line: places[line.first.id]))


def sure_name(sure: Sure) -> Text:
    """How sure we are, in words."""
    return {Sure.SURE: say("Sure"), Sure.CHECK: say("Please check"), Sure.GUESS: say("Guess")}[sure]


class CheckModel(QAbstractTableModel):
    """The rows for a table view."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._file = ""
        self._translator = Translator("en")

    def show_dataset(self, dataset: Dataset, translator: Translator) -> None:
        """Take over the rows of a survey. Rows of the survey that was shown before keep their order."""
        lines = lines_of(dataset)
        file = dataset.source.digest
        if file == self._file:
            lines = in_known_order(lines, self._lines)
        same_rows = len(lines) == len(self._lines) and file == self._file
        if not same_rows:
            self.beginResetModel()
        self._lines, self._file, self._translator = lines, file, translator
        if not same_rows:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(_TITLES) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_TITLES) - 1)

    def line(self, row: int) -> Line:
        """The row's content."""
        return self._lines[row]

    def row_of(self, question: str) -> int:
        """The row that a question stands in, or -1."""
        for row, line in enumerate(self._lines):
            if any(each.id == question for each in line.questions):
                return row
        return -1

    def first_of_interest(self) -> int:
        """The row to start with: a doubtful one, else the first score, else the first; -1 without rows."""
        rows = range(len(self._lines))
        doubtful = [row for row in rows if self._lines[row].doubtful]
        scored = [row for row in rows if self._lines[row].first.role in SCORED]
        return next(iter((*doubtful, *scored, *rows)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """One row per line."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Name, role, how sure, what we saw."""
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The column titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._translator(_TITLES[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the view and for screen readers; personal examples are never shown."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._words(line, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = [self._words(line, column).replace("\n", ": ") for column in range(len(_TITLES))]
            # The first cell of a row says all of it, so that walking down the rows is enough.
            return self._translator.listed(words) if index.column() == NAME else words[index.column()]
        return None

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
                private = line.first.role is Role.PRIVATE
                examples = HIDDEN_ANSWERS if private else " · ".join(each for each in line.first.examples[:3] if each)
                return "\n".join(part for part in (say_it(line.first.why), examples) if part)
