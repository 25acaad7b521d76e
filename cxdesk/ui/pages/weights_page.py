"""Weighting: off, by a column of the file, or by own target shares, with what that costs told while one types."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cxdesk.analysis.weights import (
    CAPS,
    WeightsRefused,
    WeightsReport,
    cautions,
    weighable,
    weighting_name,
    weights_summary,
)
from cxdesk.project.weights_draft import OFF, OWN, Targets, WeightsDraft, respondents_shares
from cxdesk.project.workspace import Workspace
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role
from cxdesk.text import Format, Number, Text, say
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import button, card, clear, label, restyle, scrolling
from cxdesk.ui.session import Session
from cxdesk.ui.tasks import TaskJob
from cxdesk.ui.widgets.shares_table import Block, SharesTable

_WAIT = 250
"""Milliseconds after the last key before the weights are computed anew."""

_MOST_ANSWERS = 60
"""A column with more answers is no group whose shares anybody knows."""

_MOST_CAUTIONS = 3


class WeightsPage(Page):
    """Nothing changes until Apply, which is one step of undo."""

    key: ClassVar[str] = "weights"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the frame; words come with `refresh`."""
        super().__init__(session, parent)
        self.came_from = "overview"
        self._shown: Workspace | None = None
        self._look: object = None
        self.draft = WeightsDraft()
        self._report: WeightsReport | None = None
        self._job: TaskJob | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WAIT)
        self._later.timeout.connect(self._compute)
        self._headline = label("", "headline")
        self._about = label("", "caption", wrap=True)
        self._ways = QVBoxLayout()
        self._group = QButtonGroup(self)
        self._columns = QWidget()
        self._boxes = QVBoxLayout(self._columns)
        self._boxes.setContentsMargins(0, 0, 0, 0)
        self._columns_title = label("", "title")
        self._cap_title = label("", "caption2")
        self.cap = QComboBox()
        self.table = SharesTable()
        self.hint = label("", "caption", wrap=True)
        self.scale, self.fill = button("", "link"), button("", "link")
        self.summary = label("", "title", wrap=True)
        self._cautions = QVBoxLayout()
        self.told = card("info")
        self.cancel, self.apply = button(""), button("", "primary")
        self._left, self._right = card(), card()
        self._lay_out()
        self._connect()

    def title(self) -> Text:
        """The name of the page."""
        return say("Weights")

    def refresh(self) -> None:
        """Show the weights of the open survey; what was typed and not applied yet stays while the survey does."""
        workspace = self.session.workspace
        look = (self.session.language, self.session.theme)
        if workspace is None or (workspace is self._shown and look == self._look):
            return
        if workspace is not self._shown:
            same = self._shown is not None and self._shown.dataset is workspace.dataset
            self.draft, self._report = (self.draft if same else WeightsDraft()).of(workspace), None
        self._shown, self._look = workspace, look
        self._say_words()
        self._show_ways(workspace.dataset)
        self._show_columns(workspace.dataset)
        self.change(self.draft)

    def change(self, draft: WeightsDraft) -> None:
        """Show other choices, and compute in a moment what they come to."""
        self.draft, self._report = draft, None
        self._show_choices()
        self._later.start()

    def _lay_out(self) -> None:
        left = QVBoxLayout(self._left)
        left.setContentsMargins(16, 14, 16, 14)
        left.setSpacing(8)
        left.addLayout(self._ways)
        left.addSpacing(6)
        left.addWidget(self._columns_title)
        left.addWidget(self._columns)
        left.addSpacing(6)
        left.addWidget(self._cap_title)
        left.addWidget(self.cap)
        left.addStretch(1)
        tools = QHBoxLayout()
        tools.addWidget(self.hint, 1)
        tools.addWidget(self.fill)
        tools.addWidget(self.scale)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(16, 14, 16, 14)
        right.setSpacing(8)
        right.addLayout(tools)
        right.addWidget(self.table, 1)
        self.told.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        told = QVBoxLayout(self.told)
        told.setContentsMargins(12, 8, 12, 10)
        told.setSpacing(4)
        told.addWidget(self.summary)
        told.addLayout(self._cautions)
        right.addWidget(self.told)
        right.addStretch()
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(scrolling(self._left, "page", sideways=True), 3)
        middle.addWidget(self._right, 7)
        head = QHBoxLayout()
        head.addWidget(self._headline)
        head.addStretch(1)
        head.addWidget(self.cancel)
        head.addWidget(self.apply)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 16)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self._about)
        whole.addLayout(middle, 1)

    def _connect(self) -> None:
        self.table.typed.connect(self._on_typed)
        self.cap.activated.connect(self._on_cap)
        self.fill.clicked.connect(self._on_fill)
        self.scale.clicked.connect(self._on_scale)
        self.cancel.clicked.connect(self._leave)
        self.apply.clicked.connect(self._on_apply)

    def _say_words(self) -> None:
        words = self.session.say
        self._headline.setText(words(self.title()))
        about = say(
            "Weights let the answers count so that groups have the shares that they have among all your customers. "
            "Take the shares from a source outside this survey."
        )
        self._about.setText(words(about))
        self._columns_title.setText(words(say("Weight by")))
        self._cap_title.setText(words(say("Largest weight")))
        hint = say("Type or paste the share of each answer; “Answer, share” from Excel finds its rows.")
        self.hint.setText(words(hint))
        self.table.setAccessibleName(words(say("Target shares")))
        for pressed, text in (
            (self.fill, say("Start from the respondents’ shares")),
            (self.scale, say("Scale to 100%")),
            (self.cancel, say("Cancel")),
            (self.apply, say("Apply")),
        ):
            pressed.setText(words(text))
            pressed.setAccessibleName(words(text))
        self.cap.clear()
        caps = CAPS if self.draft.cap in CAPS else (*CAPS, self.draft.cap)
        for cap in caps:
            text = say("{number}", number=Number(cap, Format.GENERAL)) if cap else say("No limit")
            self.cap.addItem(words(text), cap)
        self.cap.setCurrentIndex(caps.index(self.draft.cap))
        self.cap.setAccessibleName(words(say("Largest weight")))

    def _show_ways(self, dataset: Dataset) -> None:
        clear(self._ways)
        ways = [(OFF, say("No weights"))]
        ways += [(each.id, say("Column “{column}”", column=each.text)) for each in dataset.with_role(Role.WEIGHT)]
        if weighable(dataset):
            ways.append((OWN, say("Own target shares")))
        for way, text in ways:
            choice = QRadioButton(self.session.say(text).replace("&", "&&"))
            choice.setObjectName(f"way_{way}")
            choice.setProperty("way", way)
            choice.setChecked(way == self.draft.way)
            choice.clicked.connect(self._on_way)
            self._group.addButton(choice)
            self._ways.addWidget(choice)

    def _show_columns(self, dataset: Dataset) -> None:
        clear(self._boxes)
        for question in weighable(dataset):
            box = QCheckBox(_short(question).replace("&", "&&"))
            box.setToolTip(question.text)
            box.setObjectName(f"by_{question.id}")
            box.setProperty("question", question.id)
            box.setChecked(question.id in self.draft.used)
            box.setEnabled(question.size <= _MOST_ANSWERS)
            box.clicked.connect(self._on_used)
            self._boxes.addWidget(box)

    def _show_choices(self) -> None:
        """What can be typed, and what came of it."""
        workspace = self.session.workspace
        if workspace is None:
            return
        own = self.draft.way == OWN
        for widget in (self._columns_title, self._columns, self._cap_title, self.cap):
            widget.setVisible(own)
        for widget in (self.table, self.hint, self.fill, self.scale):
            widget.setVisible(own and bool(self.draft.used))
        self.scale.setVisible(own and bool(self.draft.used) and not self.draft.is_whole)
        blocks = [self._block(workspace.dataset, name) for name in self.draft.used] if own else []
        self.table.show_blocks(blocks, self.session.theme, self.session.translator)
        self.apply.setEnabled(False)

    def _block(self, dataset: Dataset, name: str) -> Block:
        report = self._report
        found = () if report is None else tuple(each for each in report.margins if each.question.id == name)
        after = found[0].achieved if found else ()
        return Block(dataset.question(name), respondents_shares(dataset, name), self.draft.targets[name], after)

    @Slot()
    def _compute(self) -> None:
        """Find the weights in the background, and say what they do."""
        workspace, weighting = self.session.workspace, self.draft.weighting
        if workspace is None:
            return
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if weighting is None:
            self._say(None, say("Everybody counts the same."))
        elif self.draft.way == OWN and not self.draft.used:
            self._say(None, say("Choose at least one column to weight by."), fine=False)
        else:
            wanted = replace(workspace, weighting=weighting)
            self._job = self.session.weigh(wanted, self._on_report, self._on_refused)

    def _on_report(self, report: WeightsReport) -> None:
        self._job = None
        self._say(report, weights_summary(report))

    def _on_refused(self, problem: Exception) -> None:
        self._job = None
        reason = say("The weights could not be computed ({kind}).", kind=type(problem).__name__)
        self._say(None, problem.reason if isinstance(problem, WeightsRefused) else reason, fine=False)

    def _say(self, report: WeightsReport | None, text: Text, *, fine: bool = True) -> None:
        workspace = self.session.workspace
        self._report = report
        self._show_choices()
        self.summary.setText(self.session.say(text))
        clear(self._cautions)
        careful = () if report is None else cautions(report)[:_MOST_CAUTIONS]
        for caution in careful:
            self._cautions.addWidget(label(self.session.say(caution), wrap=True))
        restyle(self.told, "error" if not fine else "warn" if careful else "info")
        self.apply.setEnabled(fine and workspace is not None and self.draft.weighting != workspace.weighting)

    @Slot()
    def _on_way(self) -> None:
        self.change(replace(self.draft, way=str(self.sender().property("way"))))

    @Slot()
    def _on_cap(self) -> None:
        self.change(replace(self.draft, cap=float(self.cap.currentData())))

    @Slot()
    def _on_used(self) -> None:
        box, workspace = self.sender(), self.session.workspace
        if isinstance(box, QCheckBox) and workspace is not None:
            question = str(box.property("question"))
            self.change(self.draft.using(workspace.dataset, question, used=box.isChecked()))

    @Slot(str, object)
    def _on_typed(self, question: str, targets: Targets) -> None:
        self.draft, self._report = self.draft.typed(question, targets), None
        # The table must not be filled anew while it still tells what was typed into it.
        QTimer.singleShot(0, self, self._show_choices)
        self._later.start()

    @Slot()
    def _on_fill(self) -> None:
        workspace = self.session.workspace
        if workspace is not None:
            self.change(self.draft.filled(workspace.dataset))

    @Slot()
    def _on_scale(self) -> None:
        self.change(self.draft.scaled())

    @Slot()
    def _on_apply(self) -> None:
        workspace, weighting = self.session.workspace, self.draft.weighting
        if workspace is not None:
            name = say("Weights off") if weighting is None else weighting_name(workspace.dataset, weighting)
            self.session.edit(name, replace(workspace, weighting=weighting))
            self._leave()

    @Slot()
    def _leave(self) -> None:
        """Back to the page that was shown before; what was not applied is forgotten."""
        self._shown = None
        self.session.go_to(self.came_from)


def _short(question: Question) -> str:
    return question.text if len(question.text) <= 36 else f"{question.text[:35]}…"
