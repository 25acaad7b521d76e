"""The card "Targets" of the settings: what measures should reach, and in words what is wrong with a row."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.project.preferences import MOST_TARGETS
from cxdesk.project.targets_typed import Row, TargetRefused, read_target, target_row
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.target import Target
from cxdesk.text import Text, say
from cxdesk.ui.parts import button, label
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.targets_table import TargetsTable


class TargetsCard(QFrame):
    """Emits the rules with other targets; rows that do not fit stay in the table until they do."""

    changed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until `refresh`."""
        super().__init__(parent)
        self.setProperty("look", "card")
        self._session = session
        self._rules = Rules()
        self._wrong: tuple[Row, ...] = ()
        self._title = label("", "section")
        self._hint = label("", "caption", wrap=True)
        self.table = TargetsTable()
        self.problem = label("", "detractor", wrap=True)
        self.remove = button("", "link")
        self.table.rows_changed.connect(self._on_rows)
        self.remove.clicked.connect(self.table.remove_chosen)
        below = QHBoxLayout()
        below.addWidget(self.problem, 1)
        below.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 16)
        column.setSpacing(8)
        for widget in (self._title, self._hint, self.table):
            column.addWidget(widget)
        column.addLayout(below)

    def refresh(self, rules: Rules) -> None:
        """Show the targets of the rules."""
        self._rules = rules
        words = self._session.say
        self._title.setText(words(say("Targets")))
        hint = say(
            "What a measure should reach: for everybody, or for one answer of a segment, such as a department or a "
            "person. Type a row, or paste rows from Excel with measure, segment, answer and target."
        )
        self._hint.setText(words(hint))
        self.remove.setText(words(say("Remove the chosen rows")))
        self.remove.setAccessibleName(words(say("Remove the chosen rows")))
        self._show(None)

    def _show(self, problem: Text | None) -> None:
        translator = self._session.translator
        rows = [target_row(target, self._dataset, self._rules, translator) for target in self._rules.targets]
        wrong = frozenset(range(len(rows), len(rows) + len(self._wrong)))
        self.table.show_rows([*rows, *self._wrong], wrong, self._session.theme, translator)
        self.problem.setText("" if problem is None else translator(problem))

    @property
    def _dataset(self) -> Dataset | None:
        workspace = self._session.workspace
        return None if workspace is None else workspace.dataset

    @Slot(object)
    def _on_rows(self, rows: tuple[Row, ...]) -> None:
        # The table must not be filled anew while it still tells what was typed into it.
        QTimer.singleShot(0, self, lambda: self.take(rows))

    def take(self, rows: tuple[Row, ...]) -> None:
        """Use the rows that can be understood, and say what is wrong with the first of the others."""
        found: dict[tuple[str, str, str], Target] = {}
        wrong: list[Row] = []
        problem: Text | None = None
        translator = self._session.translator
        shown = {target_row(each, self._dataset, self._rules, translator): each for each in self._rules.targets}
        for row in rows[:MOST_TARGETS]:
            try:
                target = shown[row] if row in shown else read_target(row, self._dataset, self._rules)
            except TargetRefused as refused:
                wrong.append(row)
                problem = problem or refused.reason
                continue
            found[target.measure, target.segment, target.option] = target
        self._wrong = tuple(wrong)
        rules = replace(self._rules, targets=tuple(found.values()))
        if rules != self._rules:
            self._rules = rules
            self.changed.emit(rules)
        self._show(problem)
