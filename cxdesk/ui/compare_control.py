"""Whom the respondents are compared with: the chip in the filter bar, and the menu behind the Compare button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from cxdesk.analysis.wording import day_of
from cxdesk.project.comparison import Proposal, against, common, compared, proposals, uncompared
from cxdesk.project.opening import SMALLEST_SELECTION
from cxdesk.project.workspace import Workspace
from cxdesk.survey.comparison import compared_names
from cxdesk.survey.role import GROUPING, Kind, Role
from cxdesk.survey.selection import Condition, OneOf
from cxdesk.text import Label, Text, say, say_n
from cxdesk.ui.chip import ChipBox
from cxdesk.ui.filter_editor import FilterEditor
from cxdesk.ui.parts import label
from cxdesk.ui.session import Session
from cxdesk.ui.wishes import Wish

_KEY = "compare"


class CompareControl(QFrame):
    """The words “Compared with”, a chip that names the other side, a cross, and the menu to choose it."""

    file_wanted = Signal()
    """An earlier file should be added."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the parts; `refresh` says what is compared."""
        super().__init__(parent)
        self._session = session
        self._words = label("", "caption", parent=self)
        self._box = ChipBox(self)
        self.chip, self.cross = self._box.chip, self._box.cross
        self.chip.clicked.connect(self._on_chip)
        self.chip.removed.connect(self._on_removed)
        self.cross.clicked.connect(self._on_removed)
        self.menu = QMenu(self)
        self.editor: FilterEditor | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._words)
        row.addWidget(self._box)
        self.hide()

    def refresh(self) -> None:
        """Show what the workspace is compared with, if anything."""
        session, workspace = self._session, self._session.workspace
        compare = None if workspace is None else workspace.compare
        wanted = next((wish.shown for wish in session.wishes.shown if wish.key == _KEY), None)
        self.setVisible(compare is not None or wanted is not None)
        before: Label
        if wanted is not None:
            before = say("{filter} …", filter=wanted)
        elif workspace is not None and compare is not None:
            _, before = compared_names(workspace.selection, compare, workspace.dataset.question)
        else:
            return
        name = session.say(before)
        self._words.setText(session.say(say("Compared with")))
        self.chip.setText((name if len(name) <= 32 else f"{name[:31]}…").replace("&", "&&"))
        self.chip.setToolTip(name)
        self.chip.setAccessibleName(session.say(say("Compared with: {name}", name=name)))
        self._box.show_cross(session.theme, session.translator, say("Stop comparing"))

    def choose(self, anchor: QWidget) -> None:
        """Open the menu of comparisons below a button."""
        self._fill()
        self.menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        if self.menu.actions():
            self.menu.setActiveAction(self.menu.actions()[0])

    def _fill(self) -> None:
        session, workspace = self._session, self._session.workspace
        self.menu.clear()
        if workspace is None:
            return
        for proposal in _proposals(session, workspace):
            action = self.menu.addAction(session.say(proposal.words).replace("&", "&&"))
            action.setData(proposal)
            action.triggered.connect(self._on_proposal)
        if self.menu.actions():
            self.menu.addSeparator()
        if any(question.role in GROUPING for question in workspace.dataset.questions):
            self.menu.addAction(session.say(say("Another group…"))).triggered.connect(self._on_group)
        self.menu.addAction(session.say(say("Add an earlier file…"))).triggered.connect(self.file_wanted)
        if workspace.compare is not None:
            self.menu.addSeparator()
            self.menu.addAction(session.say(say("Stop comparing"))).triggered.connect(self._on_removed)

    @Slot()
    def _on_chip(self) -> None:
        self.choose(self.chip)

    @Slot()
    def _on_proposal(self) -> None:
        action, workspace = self.sender(), self._session.workspace
        proposal = action.data() if isinstance(action, QAction) else None
        if workspace is not None and isinstance(proposal, Proposal):
            pair = (proposal.now.question, proposal.before.question)
            self._try(lambda now: compared(now, proposal), proposal.words, pair)

    @Slot()
    def _on_group(self) -> None:
        workspace = self._session.workspace
        if workspace is None:
            return
        questions = tuple(question for question in workspace.dataset.questions if question.role in GROUPING)
        if self.editor is not None:
            self.editor.deleteLater()
        narrowed = [each.question for each in workspace.selection.conditions if isinstance(each, OneOf)]
        start = next((question.id for question in questions if question.id in narrowed), questions[0].id)
        self.editor = FilterEditor(self._session, questions, start, self.window())
        self.editor.condition_chosen.connect(self._on_condition)
        place = self.window().mapToGlobal(QPoint(self.window().width() // 3, self.window().height() // 4))
        self.editor.popup(place)

    @Slot(object)
    def _on_condition(self, condition: Condition) -> None:
        workspace = self._session.workspace
        if workspace is not None:
            name = workspace.dataset.question(condition.question).text
            words = say("by {question}", question=name)
            self._try(lambda now: against(now, condition), words, (condition.question,))

    @Slot()
    def _on_removed(self) -> None:
        workspace = self._session.workspace
        self._session.wishes.give_up(_KEY)
        if workspace is not None and workspace.compare is not None:
            self._session.edit(say("Stop comparing"), uncompared(workspace))

    def _try(self, change: Callable[[Workspace], Workspace], words: Text, questions: tuple[str, ...]) -> None:
        """Compare, unless one side is too small or both hold the same people: then say so, and change nothing."""
        session, name = self._session, say("Compare {what}", what=words)

        def counted(now: Workspace, sizes: tuple[int, int, int]) -> None:
            problem = _problem(sizes)
            if problem is not None:
                session.toast.emit(problem, ())
            else:
                session.edit(name, change(now))
                session.go_to("compare")

        session.wishes.add(
            Wish(
                _KEY,
                name,
                lambda now, _job: common(change(now)),
                counted,
                self._on_failed,
                lambda now: (now.dataset, now.selection),
                questions=questions,
                shown=words,
            )
        )

    def _on_failed(self, problem: Exception) -> None:
        text = say("The comparison could not be made ({kind}). Nothing was changed.", kind=type(problem).__name__)
        self._session.toast.emit(text, ())


def _proposals(session: Session, workspace: Workspace) -> tuple[Proposal, ...]:
    dates = workspace.dataset.with_role(Role.DATE)
    date = next((question for question in dates if question.kind is Kind.DATE), None)
    span = None if date is None else session.span(date.id)
    days = None if span is None else (day_of(span[0]), day_of(span[1]))
    return proposals(workspace.dataset, workspace.selection, days)


def _problem(sizes: tuple[int, int, int]) -> Text | None:
    now, before, both = sizes
    if min(now, before) < SMALLEST_SELECTION:
        return say_n(
            "One side has only 1 response, and {least} are needed on each. Nothing was changed.",
            "One side has only {count} responses, and {least} are needed on each. Nothing was changed.",
            min(now, before),
            least=SMALLEST_SELECTION,
        )
    if both:
        return say_n(
            "1 respondent would stand on both sides, so they cannot be compared. Filter first, then compare.",
            "{count} respondents would stand on both sides, so they cannot be compared. Filter first, then compare.",
            both,
        )
    return None
