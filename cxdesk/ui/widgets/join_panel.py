"""A survey and a list about the same people: by which columns rows are found, how well that fits, what it would add."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from cxdesk.project.gathering import Table
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Kind
from cxdesk.text import Listed, Text, Translator, say, say_n
from cxdesk.ui.parts import label, restyle
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.flow import Flow
from cxdesk.ui.widgets.pairs_model import question_name

_WIDEST = 260
_MOST_NAMED = 12
_KEYS = frozenset({Kind.TEXT, Kind.CHOICE, Kind.NUMBER})


class JoinPanel(QWidget):
    """One table; emits the two chosen columns as soon as both are chosen."""

    keys_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_table`."""
        super().__init__(parent)
        self._theme = Theme()
        self._title = label("", "strong", wrap=True)
        self._is = label("", "caption2")
        self.key, self.table_key = QComboBox(), QComboBox()
        for box in (self.key, self.table_key):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(self._on_key)
        self.counts = label("", wrap=True)
        self.added = label("", "caption2", wrap=True)
        self.problem = label("", "chipWarn", wrap=True)
        choice = QWidget()
        line = Flow(choice)
        for widget in (self.key, self._is, self.table_key):
            line.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._title, choice, self.counts, self.problem, self.added):
            column.addWidget(part)

    def show_table(self, survey: Dataset, table: Table, theme: Theme, translator: Translator) -> None:
        """Show how a table fits a survey; a list that has the focus keeps it."""
        self._theme = theme
        self._title.setText(translator(say("How rows of “{table}” are found", table=table.file.name)))
        self._is.setText(translator(say("is the same as")))
        keys = table.keys or ("", "")
        for box, dataset, key in ((self.key, survey, keys[0]), (self.table_key, table.dataset, keys[1])):
            self._fill(box, dataset, key, translator)
            told = say("Column of “{file}” to find rows by", file=dataset.source.name)
            box.setAccessibleName(translator(told))
        self.counts.setVisible(table.match is not None)
        self.counts.setText("" if table.match is None else translator(_counted(table)))
        problem = _problem(table, survey)
        self.problem.setVisible(problem is not None)
        self.problem.setText("" if problem is None else translator(problem))
        restyle(self.problem, "chipWarn")
        self.added.setText(translator(_added(table, translator)))

    def _fill(self, box: QComboBox, dataset: Dataset, key: str, translator: Translator) -> None:
        box.clear()
        box.setPlaceholderText(translator(say("Choose a column…")))
        metrics = QFontMetrics(self._theme.font())
        for question in dataset.questions:
            if question.kind in _KEYS and len(question.columns) == 1:
                name = question_name(question, translator)
                shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, self._theme.px(_WIDEST))
                box.addItem(shown, question.id)
                for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                    box.setItemData(box.count() - 1, name, role)
        box.setCurrentIndex(box.findData(key) if key else -1)
        box.setMinimumWidth(self._theme.px(150))

    @Slot(int)
    def _on_key(self, _place: int) -> None:
        key, table_key = self.key.currentData(), self.table_key.currentData()
        if key is not None and table_key is not None:
            self.keys_chosen.emit(key, table_key)


def _counted(table: Table) -> Text:
    """Matched, without a match, only in the list, and repeated keys, in one line."""
    match = table.match
    if match is None:
        return say("Choose the two columns that hold the same numbers or addresses.")
    told = say_n("1 respondent matched", "{count} respondents matched", match.matched)
    parts = [
        say_n("1 without a match", "{count} without a match", match.unmatched),
        say_n("1 only in the list", "{count} only in the list", match.not_in_survey),
    ]
    if match.duplicates_table:
        parts.append(say_n("1 repeated row, not used", "{count} repeated rows, not used", match.duplicates_table))
    if match.duplicates_survey:
        parts.append(say_n("1 answered again", "{count} answered again", match.duplicates_survey))
    for part in parts:
        told = say("{first} · {second}", first=told, second=part)
    return told


def _problem(table: Table, survey: Dataset) -> Text | None:
    match = table.match
    if match is None:
        return say(
            "“{name}” has no column by which its rows can be found for the respondents. Both files need a column with "
            "the same numbers or addresses, such as a customer number. Choose it here.",
            name=table.file.name,
        )
    if not match.matched:
        return say("Nobody in “{name}” is in the list. Choose other columns.", name=survey.source.name)
    if match.zeros_ignored:
        return say("The two columns agree only without leading zeros, which Excel likes to drop, so they are ignored.")
    return None


def _added(table: Table, translator: Translator) -> Text:
    names = [question_name(question, translator) for question in table.added]
    shown = Listed(tuple(names if len(names) <= _MOST_NAMED else [*names[:_MOST_NAMED], "…"]))
    return say_n("1 column is added: {names}", "{count} columns are added: {names}", len(names), names=shown)
