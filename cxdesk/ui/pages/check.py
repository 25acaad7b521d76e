"""How we understood the file: one line per question, changed with one click, and one plain question where we doubt."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QItemSelection, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cxdesk.project import store
from cxdesk.project.workspace import Workspace
from cxdesk.reading.roles import RoleRefused, allowed, with_reading
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question, Reading
from cxdesk.survey.role import Kind, Role, role_name
from cxdesk.survey.selection import Selection
from cxdesk.text import Text, say, say_n
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import button, card, clear, label
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.check_model import CheckModel, Line
from cxdesk.ui.widgets.question_panel import QuestionPanel
from cxdesk.ui.widgets.reading_choices import ReadingChoices
from cxdesk.ui.widgets.role_delegate import COLUMN_SHARES, RoleDelegate


class CheckPage(Page):
    """Shown by itself only if a doubt would change the results; otherwise it is "Columns" in the sidebar."""

    key: ClassVar[str] = "check"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the table and the panel beside it."""
        super().__init__(session, parent)
        self._shown: Dataset | None = None
        self._look: object = None
        self._headline = label("", "headline", wrap=True)
        self._line = label("", "caption", wrap=True)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self.model = CheckModel(self)
        self.model.role_chosen.connect(self._on_role)
        self.table = QTableView()
        self.table.setModel(self.model)
        self._delegate = RoleDelegate(self._allowed, self.table)
        self.table.setItemDelegate(self._delegate)
        self.panel = QuestionPanel()
        self.panel.reading_chosen.connect(self._on_reading)
        self.choices = ReadingChoices(session)
        self.choices.hide()
        self._receipt = QLabel()
        self._receipt.setWordWrap(True)
        self.remember = QCheckBox()
        self.remember.setChecked(True)
        self.back = button("")
        self.show_results = button("", "primary")
        self.wrong = button("", "link")
        self.back.clicked.connect(self._on_back)
        self.show_results.clicked.connect(self._on_show)
        self.wrong.clicked.connect(self._on_wrong)
        self._set_up_table()
        self._lay_out()

    def title(self) -> Text:
        """The page is called Columns in the sidebar."""
        return say("Columns")

    def refresh(self) -> None:
        """Show the survey as it is understood now; the chosen row stays chosen."""
        workspace = self.session.workspace
        look = (self.session.language, self.session.theme)
        if workspace is None or (workspace.dataset is self._shown and look == self._look):
            return
        chosen = self._chosen()
        dataset = workspace.dataset
        self._shown, self._look = dataset, look
        self._say_words(dataset)
        self._delegate.show_look(self.session.theme, self.session.translator)
        self.model.show_dataset(dataset, self.session.translator)
        self.table.verticalHeader().setDefaultSectionSize(self.session.theme.px(44))
        row = self.model.row_of(chosen.id) if chosen is not None else 0
        if self.model.rowCount():
            self.table.selectRow(max(0, row))
        self._size_columns()

    def _set_up_table(self) -> None:
        table = self.table
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        table.clicked.connect(self._on_clicked)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setStretchLastSection(True)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.selectionModel().selectionChanged.connect(self._on_selected)

    def _lay_out(self) -> None:
        left = card()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._receipt)
        right = card()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.panel)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(right)
        box.setContentsMargins(2, 2, 2, 2)
        box.addWidget(area)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(left, 76)
        middle.addWidget(right, 24)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.remember)
        foot.addSpacing(12)
        foot.addWidget(self.show_results)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 14, 22, 14)
        column.setSpacing(8)
        column.addWidget(self._headline)
        column.addWidget(self._line)
        column.addLayout(self._chips)
        column.addWidget(self.choices)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _say_words(self, dataset: Dataset) -> None:
        session = self.session
        doubts = session.doubts()
        self._headline.setText(session.say(say("We understood your file like this")))
        if doubts:
            told = say_n(
                "1 of {all} columns needs a quick look; it is marked. You can also continue now and change this later.",
                "{count} of {all} columns need a quick look; they are marked. "
                "You can also continue now and change this later.",
                doubts,
                all=len(dataset.columns),
            )
        else:
            told = say("Every column is clear. Press a box to use a column in another way.")
        self._line.setText(session.say(told))
        self._show_chips(dataset)
        self._show_receipt(dataset)
        self.table.setAccessibleName(session.say(say("Columns of the file")))
        for found, text in (
            (self.back, say("Back")),
            (self.show_results, say("Show results")),
            (self.wrong, say("Wrong sheet or garbled text?")),
        ):
            found.setText(session.say(text))
            found.setAccessibleName(session.say(text))
        self.remember.setText(session.say(say("Remember for files with these columns")))
        self.remember.setAccessibleName(self.remember.text())

    def _show_chips(self, dataset: Dataset) -> None:
        session, receipt = self.session, dataset.receipt
        self._chips.removeWidget(self.wrong)
        clear(self._chips)
        if receipt.platform_name:
            told = say("{platform} export recognised", platform=receipt.platform_name)
            self._chips.addWidget(label("✓ " + session.say(told), "chipOk"))
        if receipt.sheet is not None and receipt.header_rows:
            place = say("Sheet “{sheet}”, header in row {row}", sheet=receipt.sheet, row=receipt.header_rows[-1] + 1)
            self._chips.addWidget(label(session.say(place), "chipInfo"))
        elif receipt.encoding is not None:
            told = say("Text file, {encoding}", encoding=receipt.encoding)
            self._chips.addWidget(label(session.say(told), "chipInfo"))
        rows = say_n("1 row", "{count} rows", receipt.rows)
        columns = say_n("1 column", "{count} columns", receipt.columns)
        self._chips.addWidget(label(session.say(say("{rows}, {columns}", rows=rows, columns=columns)), "chipInfo"))
        self._chips.addWidget(self.wrong)
        self._chips.addStretch(1)

    def _show_receipt(self, dataset: Dataset) -> None:
        unused = dataset.receipt.unused
        self._receipt.setVisible(bool(unused))
        total = sum(entry.count for entry in unused)
        text = say_n("1 value is not used; see Data quality.", "{count} values are not used; see Data quality.", total)
        self._receipt.setText(self.session.say(text))
        self._receipt.setProperty("look", "caption")
        self._receipt.setContentsMargins(10, 2, 10, 4)

    def _allowed(self, line: Line) -> tuple[Role, ...]:
        workspace = self.session.workspace
        if workspace is None:
            return ()
        sets = [set(allowed(workspace.dataset, question.id)) for question in line.questions]
        return tuple(role for role in Role if all(role in roles for roles in sets))

    def _chosen(self) -> Question | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.line(rows[0].row()).first if rows else None

    def _size_columns(self) -> None:
        width = self.table.viewport().width()
        for column, share in COLUMN_SHARES.items():
            self.table.setColumnWidth(column, width * share // 100)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their shares of the new width."""
        super().resizeEvent(event)
        self._size_columns()

    @Slot("QModelIndex")
    def _on_clicked(self, index: object) -> None:
        rows = self.table.selectionModel().selectedRows()
        if len(rows) == 1 and self.table.currentIndex().column() == 1:
            self.table.edit(self.table.currentIndex())

    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        question = self._chosen()
        if question is None:
            return
        counts: list[int] = []
        missing = 0
        if question.kind in {Kind.SCORE, Kind.CHOICE, Kind.MULTIPLE}:
            counts = [int(count) for count in self.session.counts(question)]
            if question.kind is not Kind.MULTIPLE:
                missing = counts.pop()
        self.panel.show_question(question, counts, missing, self.session.theme, self.session.translator)

    @Slot(object, object)
    def _on_role(self, line: Line, role: Role) -> None:
        """Change the role of the pressed row, or of every selected row if it is one of them."""
        rows = [self.model.line(index.row()) for index in self.table.selectionModel().selectedRows()]
        chosen = rows if line in rows else [line]
        questions = [question for each in chosen for question in each.questions]
        name = questions[0].text if len(questions) == 1 else ""
        step = say("Use “{column}” as {role}", column=name, role=role_name(role))
        if not name:
            step = say("Use {columns} as {role}", columns=len(questions), role=role_name(role))
        self._apply(step, [(question.id, Reading(step, role)) for question in questions])

    @Slot(object, object)
    def _on_reading(self, question: Question, reading: Reading) -> None:
        self._apply(say("Answer for “{column}”", column=question.text), [(question.id, reading)])

    def _apply(self, step: Text, edits: list[tuple[str, Reading]]) -> None:
        workspace = self.session.workspace
        if workspace is None:
            return
        dataset = workspace.dataset
        try:
            for question, reading in edits:
                dataset = with_reading(dataset, question, reading)
        except RoleRefused as refused:
            self.session.toast.emit(refused.reason, ())
            return
        self.session.edit(step, _fitted(replace(workspace, dataset=dataset)))

    @Slot()
    def _on_show(self) -> None:
        workspace = self.session.workspace
        if workspace is not None and self.remember.isChecked() and self.session.preferences.remember_layouts:
            store.remember(workspace.dataset)
        self.session.go_to("overview")

    @Slot()
    def _on_back(self) -> None:
        self.session.go_to("welcome")

    @Slot()
    def _on_wrong(self) -> None:
        self.choices.setVisible(not self.choices.isVisible())
        if self.choices.isVisible():
            self.choices.refresh()


def _fitted(workspace: Workspace) -> Workspace:
    """Drop conditions and options that speak of a question as it was before its role changed."""
    dataset = workspace.dataset
    kept = []
    for condition in workspace.selection.conditions:
        question = dataset.question(condition.question)
        codes = getattr(condition, "codes", ())
        if question.role in {Role.PRIVATE, Role.IGNORE} or any(code > question.size for code in codes):
            continue
        kept.append(condition)
    return replace(workspace, selection=Selection(tuple(kept)))
