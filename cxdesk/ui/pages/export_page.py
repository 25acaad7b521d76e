"""Saving the report: which sheets, a true preview, title, language, privacy. Enter saves, Esc goes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.job import Job
from cxdesk.project.clock import now
from cxdesk.project.report_file import free_path, proposed_folder, proposed_path
from cxdesk.project.reporting import Prepared, prepare, report_of
from cxdesk.project.splitting import Finished, SplitOrder, write_series
from cxdesk.project.splitting_request import incomplete, series_text
from cxdesk.project.workspace import Workspace
from cxdesk.report.build import SHEETS
from cxdesk.report.privacy import masked_items, private_columns
from cxdesk.report.report import Report, ReportOptions
from cxdesk.report.splitting import splitting_questions
from cxdesk.text import Text, say
from cxdesk.ui.dialogs import choose_folder, choose_target
from cxdesk.ui.file_actions import file_actions
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import card, label, scrolling
from cxdesk.ui.session import Session
from cxdesk.ui.tasks import TaskJob
from cxdesk.ui.widgets.preview_card import PreviewCard
from cxdesk.ui.widgets.problem_card import ProblemCard
from cxdesk.ui.widgets.report_form import ReportForm
from cxdesk.ui.widgets.save_bar import SaveBar
from cxdesk.ui.widgets.sheet_list import SheetList
from cxdesk.ui.widgets.split_choice import SplitChoice

_WIDE, _HIGH = 1020, 700
_MARGIN = 16
_WAIT = 250
"""Milliseconds after the last change before the preview is made anew."""

_SHARES = (25, 49, 26)
_NAMES = {key: name for key, name, _ in SHEETS}


class ExportPage(Page):
    """Drawn over the page that is shown, which stays visible behind it."""

    key: ClassVar[str] = "export"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the frame; words come with `refresh`."""
        super().__init__(session, parent)
        self._prepared: Prepared | None = None
        self._wanted: tuple[Any, ...] = ()
        self._target = ""
        self._chosen_by_person = False
        self._written: frozenset[str] = frozenset()
        self._saving: TaskJob | None = None
        self._preparing: TaskJob | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WAIT)
        self._later.timeout.connect(self._prepare)
        self._headline = label("", "headline")
        self._about = label("", "caption")
        self._sheets_title = label("", "title")
        self.sheets = SheetList()
        self.preview = PreviewCard()
        self.form = ReportForm()
        self.split = SplitChoice()
        self.bar = SaveBar()
        self.save, self.cancel, self.change = self.bar.save, self.bar.cancel, self.bar.change
        self.next_step = self.save
        self.problem = ProblemCard()
        self._right = card()
        self._frame = card()
        self._frame.setObjectName("page")
        self._lay_out()
        self._connect()

    @property
    def is_saving(self) -> bool:
        """Whether a report is being written."""
        return self._saving is not None

    def title(self) -> Text:
        """The name of the page."""
        return say("Export Excel report")

    def refresh(self) -> None:
        """Show the choices as they are, and compute the preview in the background."""
        workspace = self.session.workspace
        if workspace is None:
            return
        self._say_words()
        self._show_choices(workspace)
        self.arrange()
        if not self.is_saving:
            self.problem.hide()
            self._propose(workspace)
        self._show_busy()
        self._show_preview()
        self._later.start(0)
        if not self.isAncestorOf(QApplication.focusWidget() or self):
            # Not while somebody types: the page is shown anew whenever the window changes its look.
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def give_up(self) -> None:
        """Stop saving, or close the page."""
        if self._saving is not None:
            self._saving.cancel()
            self._saving = None
            self._show_busy()
            return
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what lies behind."""
        color = self.session.theme.color("scrim")
        color.setAlphaF(0.45)
        painter = QPainter(self)
        painter.fillRect(self.rect(), color)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What lies behind cannot be pressed."""
        event.accept()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._headline)
        head.addStretch(1)
        head.addWidget(self._about)
        left, right = card(), self._right
        sheets = QVBoxLayout(left)
        sheets.setContentsMargins(8, 12, 8, 8)
        sheets.addWidget(self._sheets_title)
        sheets.addWidget(self.sheets, 1)
        form = QVBoxLayout(right)
        form.setContentsMargins(2, 4, 2, 4)
        form.addWidget(self.split)
        self.form.setContentsMargins(12, 6, 12, 6)
        form.addWidget(scrolling(self.form), 1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        for widget, share in zip((left, self.preview, right), _SHARES, strict=True):
            middle.addWidget(widget, share)
        body = QVBoxLayout(self._frame)
        body.setContentsMargins(20, 16, 20, 16)
        body.setSpacing(12)
        body.addLayout(head)
        body.addLayout(middle, 1)
        body.addWidget(self.problem)
        body.addWidget(self.bar)
        whole = QGridLayout(self)
        whole.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        whole.addWidget(self._frame, 0, 0, Qt.AlignmentFlag.AlignCenter)

    def _connect(self) -> None:
        self.sheets.sheet_chosen.connect(self._show_preview)
        self.sheets.left_out_changed.connect(self._on_left_out)
        self.form.changed.connect(self._later.start)
        self.form.committed.connect(self._on_committed)
        self.split.chosen.connect(self._on_split)
        self.change.clicked.connect(self._on_change)
        self.cancel.clicked.connect(self.give_up)
        self.save.clicked.connect(self._on_save)
        self.session.workspace_changed.connect(self._on_workspace)

    def arrange(self) -> None:
        """Keep inside the window."""
        theme = self.session.theme
        wide, high = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        # Large text in a small window: the preview gives way, not the words of the choices.
        self._right.setMinimumWidth(self.form.minimumSizeHint().width() + 2 * _MARGIN)
        self._frame.setFixedSize(min(theme.px(_WIDE), wide), min(theme.px(_HIGH), high))

    def _say_words(self) -> None:
        session, theme = self.session, self.session.theme
        self._headline.setText(session.say(self.title()))
        self._about.setText(session.say(say("Opens in Excel, WPS and Numbers. Charts can be edited.")))
        self._sheets_title.setText(session.say(say("Sheets")))
        self.sheets.setAccessibleName(session.say(say("Sheets")))
        self.bar.show_look(theme, session.translator)
        self.preview.show_look(theme, session.translator)

    def _show_choices(self, workspace: Workspace) -> None:
        self._show_sheets(workspace)
        title = Path(workspace.dataset.source.name).stem
        least, translator = workspace.rules.hide_below, self.session.translator
        self.form.show_options(workspace.report, title, least, translator)
        self.split.show_choices(splitting_questions(workspace.dataset), workspace.report.split_by, least, translator)

    def _show_sheets(self, workspace: Workspace) -> None:
        session, left_out = self.session, workspace.report.left_out
        self.sheets.show_sheets(SHEETS, left_out, session.theme, session.translator, self._absent())

    def _absent(self) -> dict[str, Text]:
        """Sheets that this survey has nothing for, with the reason, as far as a report was computed."""
        return {} if self._prepared is None else dict(self._prepared.report.absent)

    def _propose(self, workspace: Workspace) -> None:
        # A file for one report, a folder for many.
        self._chosen_by_person &= bool(self.split.by) != self._target.endswith(".xlsx")
        if not self._chosen_by_person:
            stem = Path(workspace.dataset.source.name).stem
            name = self.session.say(say("{name} – report", name=stem))
            if self.split.by:
                self._target = str(proposed_folder(self.session.say(say("{name} – reports", name=stem))))
            else:
                self._target = str(free_path(proposed_path(name), self._written))
        self.bar.show_target(self._target)

    def _edit(self, name: Text, options: ReportOptions) -> None:
        workspace = self.session.workspace
        if workspace is not None and options != workspace.report:
            self.session.edit(name, replace(workspace, report=options))

    @Slot()
    def _on_workspace(self) -> None:
        """A change from elsewhere, such as Undo, shows here too."""
        workspace = self.session.workspace
        if self.isVisible() and workspace is not None:
            self._show_choices(workspace)
            self._propose(workspace)
            self._later.start()

    @Slot(object)
    def _on_left_out(self, left_out: frozenset[str]) -> None:
        workspace = self.session.workspace
        if workspace is not None:
            self._edit(say("Sheets of the report"), replace(workspace.report, left_out=left_out))

    @Slot(object)
    def _on_committed(self, name: Text) -> None:
        workspace = self.session.workspace
        if workspace is not None:
            self._edit(name, self.form.options(workspace.report))

    @Slot(str)
    def _on_split(self, by: str) -> None:
        """One report for all, or one per group: a file or a folder."""
        workspace = self.session.workspace
        if workspace is not None:
            self._edit(say("How many reports"), replace(workspace.report, split_by=by))

    @Slot()
    def _on_change(self) -> None:
        if self.split.by:
            path = choose_folder(self, self.session.say(say("Folder for the reports")), self._target)
        else:
            kinds = ((self.session.say(say("Excel workbook")), "xlsx"),)
            path = choose_target(self, self.session.say(say("Save report")), self._target, kinds)
        workspace = self.session.workspace
        if path and workspace is not None:
            self._target, self._chosen_by_person = path, True
            self._propose(workspace)

    @Slot()
    def _prepare(self) -> None:
        """Compute the report in the background for the preview."""
        workspace = self.session.workspace
        if workspace is None or not self.isVisible():
            return
        options = self.form.options(workspace.report)
        wanted = (
            workspace.dataset.key,
            workspace.selection,
            workspace.compare,
            workspace.weighting,
            workspace.rules,
            workspace.specs,
            options,
            self._language(),
        )
        if wanted == self._wanted and self._prepared is not None:
            self._show_preview()
            return
        self._wanted = wanted
        if self._preparing is not None:
            self._preparing.cancel()
        language, made = self._language(), now()
        self._preparing = self.session.run(
            lambda job: prepare(workspace, options, language, made, job), self._on_prepared, self._on_failed
        )

    def _language(self) -> str:
        return str(self.form.language.currentData())

    def _on_prepared(self, prepared: Prepared) -> None:
        self._preparing = None
        self._prepared = prepared
        self._show_personal(prepared.report)
        self._show_preview()

    def _show_personal(self, report: Report) -> None:
        """Say which sheets the report that was made cannot have, and what it leaves out or masks."""
        workspace = self.session.workspace
        if workspace is not None:
            self._show_sheets(workspace)
            columns, masked = private_columns(workspace.dataset), masked_items(report.data)
            self.form.show_personal(columns, masked, self.session.translator)

    def _on_failed(self, problem: Exception) -> None:
        self._preparing = self._prepared = None
        told = say("The preview could not be made ({kind}).", kind=type(problem).__name__)
        self.preview.show_nothing(_NAMES[self.sheets.current], told)

    @Slot()
    def _show_preview(self) -> None:
        name = _NAMES.get(self.sheets.current)
        if name is None or not self.isVisible():
            return
        if self._prepared is None:
            self.preview.show_nothing(name, say("The preview is being made…"))
        else:
            language = self._prepared.report.language
            key = self.sheets.current
            self.preview.show_sheet(self._prepared.model, key, name, language, self._absent().get(key))

    @Slot()
    def _on_save(self) -> None:
        workspace = self.session.workspace
        if workspace is None or self._saving is not None:
            return
        options, language, made = self.form.options(workspace.report), self._language(), now()
        target, worker = self._target, self.session.worker
        by = self.split.by
        if not by and not self._chosen_by_person:
            target = str(free_path(Path(target), self._written))

        def save(job: Job) -> Any:
            if by:
                return write_series(workspace, SplitOrder(by, target, options, language, made), worker, job)
            report = report_of(workspace, options, language, made, job)
            return worker.call("cxdesk.render.excel.workbook:write_report", (report, target), job)

        self.problem.hide()
        self._saving = self.session.run_beside(save, self._on_saved, self._on_not_saved, self.bar.show_progress)
        self._show_busy()

    def _on_saved(self, written: Any) -> None:
        self._saving = None
        self._show_busy()
        self._remember_habits()
        missing = incomplete(written) if isinstance(written, Finished) else None
        if missing is not None:
            self._on_not_saved(missing)
            return
        self._chosen_by_person = False
        self.hide()
        if isinstance(written, Finished):
            self.session.toast.emit(series_text(written), file_actions(Path(written.contents)))
            return
        self._written |= {written.path}
        path = Path(written.path)
        text = say("Report saved: {name}", name=path.name)
        if written.renamed:
            text = say("The file was open in another program, so the report was saved as {name}.", name=path.name)
        self.session.toast.emit(text, file_actions(path))

    def _on_not_saved(self, problem: Exception) -> None:
        self._saving = None
        self._show_busy()
        self.problem.tell(problem, self.session.translator)
        self.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember_habits(self) -> None:
        """Whoever prepared this report probably prepares the next one, with the same sheets on the same paper."""
        workspace, preferences = self.session.workspace, self.session.preferences
        if workspace is not None:
            options = self.form.options(workspace.report)
            left_out = tuple(sorted(workspace.report.left_out))
            habits = replace(preferences, author=options.author, paper=options.paper, left_out=left_out)
            if habits != preferences:
                self.session.set_preferences(habits)

    def _show_busy(self) -> None:
        self.bar.show_busy(busy=self.is_saving)
        for widget in (self.form, self.split, self.sheets, self.preview):
            widget.setEnabled(not self.is_saving)
