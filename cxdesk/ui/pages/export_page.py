"""Saving the report: which sheets, a true preview, title, language, privacy. Enter saves, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cxdesk import __version__
from cxdesk.job import Job
from cxdesk.project.clock import now
from cxdesk.project.folders import documents_folder
from cxdesk.project.workspace import Workspace
from cxdesk.render.excel.model import SheetModel, WorkbookModel
from cxdesk.report.build import SHEETS, build_report
from cxdesk.report.report import Report, ReportOptions
from cxdesk.text import LANGUAGES, Text, Translator, say
from cxdesk.ui.dialogs import choose_target
from cxdesk.ui.pages.page import Page
from cxdesk.ui.parts import button, card, clear, label, restyle, set_icon
from cxdesk.ui.session import Session
from cxdesk.ui.tasks import TaskJob
from cxdesk.ui.widgets.sheet_preview import SheetPreview

_WIDE, _HIGH = 1020, 700
_WAIT = 250


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A report that was computed for the preview, with the model of its workbook."""

    report: Report
    model: WorkbookModel
    pictures: dict[tuple[str, int], bytes]


class ExportPage(Page):
    """Drawn over the page that is shown, which stays visible behind it."""

    key: ClassVar[str] = "export"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Build the frame; everything with words is made in `refresh`."""
        super().__init__(session, parent)
        self._prepared: Prepared | None = None
        self._sheet = "overview"
        self._target = ""
        self._chosen_by_person = False
        self._saving: TaskJob | None = None
        self._preparing: TaskJob | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WAIT)
        self._later.timeout.connect(self._prepare)
        self.preview = SheetPreview()
        self._preview_title = label("", "title")
        self._note = label("", "caption", wrap=True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.hide()
        self.cancel = button("")
        self.save = button("", "primary")
        self.cancel.clicked.connect(self.give_up)
        self.save.clicked.connect(self._on_save)
        self._frame = card()
        self._frame.setObjectName("page")
        self._frame.setAutoFillBackground(True)
        self._body = QVBoxLayout(self._frame)
        self._body.setContentsMargins(20, 16, 20, 16)
        self._body.setSpacing(12)
        whole = QGridLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(self._frame, 1, 1)
        for edge in (0, 2):
            whole.setRowStretch(edge, 1)
            whole.setColumnStretch(edge, 1)
        self._sheets: dict[str, QCheckBox] = {}

    def title(self) -> Text:
        """The name of the page."""
        return say("Export Excel report")

    @property
    def is_saving(self) -> bool:
        """Whether a report is being written now."""
        return self._saving is not None

    def refresh(self) -> None:
        """Show the choices as they are, and compute the preview in the background."""
        workspace = self.session.workspace
        if workspace is None:
            return
        theme = self.session.theme
        self._frame.setMaximumSize(theme.px(_WIDE), theme.px(_HIGH))
        self._frame.setMinimumWidth(min(theme.px(_WIDE), self.width() - 32))
        self._frame.setMinimumHeight(min(theme.px(_HIGH), self.height() - 32))
        if not self._chosen_by_person:
            self._target = str(_proposed(workspace))
        for kept in (self.preview, self._preview_title, self._note, self._progress, self.cancel, self.save):
            kept.setParent(self)
        clear(self._body)
        self._body.addLayout(self._head())
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._sheet_card(workspace), 26)
        middle.addWidget(self._preview_card(), 48)
        middle.addWidget(self._choice_card(workspace), 26)
        self._body.addLayout(middle, 1)
        self._body.addLayout(self._foot())
        self._show_preview()
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)
        self._later.start()

    @Slot()
    def give_up(self) -> None:
        """Stop saving, or close the page."""
        if self._saving is not None:
            self._saving.cancel()
            self._saving = None
            self._show_busy(busy=False)
            return
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what lies behind."""
        color = self.session.theme.color("scrim")
        color.setAlphaF(0.45)
        QPainter(self).fillRect(self.rect(), color)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.save.isEnabled():
            self._on_save()
        else:
            super().keyPressEvent(event)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(self.session.say(self.title()), "headline"))
        row.addStretch(1)
        told = say("Opens in Excel, WPS and Numbers. Charts can be edited.")
        row.addWidget(label(self.session.say(told), "caption"))
        return row

    def _sheet_card(self, workspace: Workspace) -> QWidget:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(label(self.session.say(say("Sheets")), "title"))
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        self._sheets = {}
        for key, name, about in SHEETS:
            box = QCheckBox(self.session.say(name))
            box.setAccessibleDescription(self.session.say(about))
            box.setChecked(key not in workspace.report.left_out)
            box.setEnabled(key != "overview")
            box.setObjectName(f"sheet_{key}")
            box.clicked.connect(self._on_sheet)
            self._sheets[key] = box
            lines.addWidget(box)
            hint = label(self.session.say(about), "caption", wrap=True)
            hint.setContentsMargins(self.session.theme.px(28), 0, 0, 0)
            lines.addWidget(hint)
            look = button(
                self.session.say(say("Preview")), "link", name=self.session.say(say("Preview: {sheet}", sheet=name))
            )
            look.setObjectName(f"look_{key}")
            look.clicked.connect(self._on_look)
            row = QHBoxLayout()
            row.setContentsMargins(self.session.theme.px(24), 0, 0, 0)
            row.addWidget(look)
            row.addStretch(1)
            lines.addLayout(row)
        lines.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        column.addWidget(area, 1)
        return frame

    def _preview_card(self) -> QWidget:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._preview_title)
        column.addWidget(self.preview, 1)
        column.addWidget(self._note)
        for shown in (self._preview_title, self.preview):
            shown.show()
        return frame

    def _choice_card(self, workspace: Workspace) -> QWidget:
        options = workspace.report
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        title = QLineEdit(options.title)
        title.setPlaceholderText(Path(workspace.dataset.source.name).stem)
        title.editingFinished.connect(lambda: self._set(say("Report title"), title=title.text().strip()))
        author = QLineEdit(options.author)
        author.editingFinished.connect(lambda: self._set(say("Prepared by"), author=author.text().strip()))
        language = QComboBox()
        for code, name in LANGUAGES.items():
            language.addItem(name, code)
        language.setCurrentIndex(list(LANGUAGES).index(self._language(options)))
        language.activated.connect(
            lambda index: self._set(say("Language of the report"), language=list(LANGUAGES)[index])
        )
        paper = QComboBox()
        paper.addItems(["A4", "Letter"])
        paper.setCurrentText(options.paper)
        paper.activated.connect(lambda _index: self._set(say("Paper"), paper=paper.currentText()))
        for text, field in (
            (say("Report title"), title),
            (say("Prepared by"), author),
            (say("Language of the report"), language),
            (say("Paper"), paper),
        ):
            words = self.session.say(text)
            field.setAccessibleName(words)
            column.addWidget(label(words, "caption2"))
            column.addWidget(field)
        column.addSpacing(6)
        column.addWidget(self._switch(say("Hide personal data"), "hide_private", on=options.hide_private))
        column.addWidget(self._switch(say("Hide groups under 10"), "hide_small", on=options.hide_small))
        column.addStretch(1)
        return frame

    def _switch(self, text: Text, field: str, *, on: bool) -> QWidget:
        box = QCheckBox(self.session.say(text))
        box.setAccessibleName(self.session.say(text))
        box.setChecked(on)
        box.clicked.connect(lambda checked: self._set(text, **{field: checked}))
        return box

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        where = label(self._target, "caption2", wrap=True)
        where.setToolTip(self._target)
        row.addWidget(where, 1)
        change = button(self.session.say(say("Change…")), "link")
        change.clicked.connect(self._on_change)
        row.addWidget(change)
        row.addWidget(self._progress)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        for shown in (self.cancel, self.save):
            shown.show()
        self.cancel.setText(self.session.say(say("Cancel")))
        self.cancel.setAccessibleName(self.cancel.text())
        self.save.setText(self.session.say(say("Save report")))
        self.save.setAccessibleName(self.save.text())
        self._progress.setAccessibleName(self.session.say(say("Progress")))
        self._progress.setFixedWidth(self.session.theme.px(120))
        set_icon(self.save, self.session.theme, "upload", "on_accent")
        return row

    def _language(self, options: ReportOptions) -> str:
        return options.language or self.session.language

    def _set(self, name: Text, **changes: Any) -> None:
        workspace = self.session.workspace
        if workspace is None or all(getattr(workspace.report, key) == value for key, value in changes.items()):
            return
        self.session.edit(name, replace(workspace, report=replace(workspace.report, **changes)))
        self._later.start()

    @Slot()
    def _on_sheet(self) -> None:
        left_out = frozenset(key for key, box in self._sheets.items() if not box.isChecked())
        self._set(say("Sheets of the report"), left_out=left_out)

    @Slot()
    def _on_look(self) -> None:
        self._sheet = self.sender().objectName().removeprefix("look_")
        self._show_preview()

    @Slot()
    def _on_change(self) -> None:
        kinds = ((self.session.say(say("Excel workbook")), "xlsx"),)
        path = choose_target(self, self.session.say(say("Save report")), self._target, kinds)
        if path:
            self._target, self._chosen_by_person = path, True
            self.refresh()

    @Slot()
    def _prepare(self) -> None:
        """Compute the report in the background for the preview."""
        workspace = self.session.workspace
        if workspace is None or not self.isVisible():
            return
        if self._preparing is not None:
            self._preparing.cancel()
        build = self._builder(workspace)
        self._preparing = self.session.run(lambda job: _prepared(build, job), self._on_prepared, self._on_failed)

    def _builder(self, workspace: Workspace) -> Callable[[Job], Report]:
        language = self._language(workspace.report)
        made = now()

        def build(job: Job) -> Report:
            return build_report(
                workspace.dataset,
                workspace.selection,
                workspace.rules,
                dict(workspace.specs),
                workspace.report,
                language,
                made,
                __version__,
                job,
            )

        return build

    def _on_prepared(self, prepared: Prepared) -> None:
        self._preparing = None
        self._prepared = prepared
        self._show_preview()

    def _show_preview(self) -> None:
        session, theme = self.session, self.session.theme
        names = {key: name for key, name, _ in SHEETS}
        title = session.say(say("Preview: {sheet}", sheet=names[self._sheet]))
        self._preview_title.setText(title)
        sheet: SheetModel | None = None
        pictures: dict[int, QImage] = {}
        if self._prepared is not None:
            sheet = next((each for each in self._prepared.model.sheets if each.key == self._sheet), None)
            for (key, place), picture in self._prepared.pictures.items():
                if key == self._sheet:
                    pictures[place] = QImage.fromData(picture)
        self.preview.show_sheet(sheet, pictures, theme, title)
        if self._prepared is None:
            self._note.setText(session.say(say("The preview is being made…")))
        else:
            self._note.setText("" if sheet is not None else session.say(say("This sheet is not in the report.")))
        self._note.setVisible(bool(self._note.text()))
        restyle(self._note, "caption")

    @Slot()
    def _on_save(self) -> None:
        workspace = self.session.workspace
        if workspace is None or self._saving is not None:
            return
        build = self._builder(workspace)
        target = self._target if self._chosen_by_person else str(_free(Path(self._target)))
        worker = self.session.worker

        def save(job: Job) -> Any:
            report = build(job)
            return worker.call("cxdesk.render.excel.workbook:write_report", (report, target), job)

        self._show_busy(busy=True)
        self._saving = self.session.run_beside(save, self._on_saved, self._on_not_saved, self._on_progress)

    def _on_progress(self, _step: Text, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _on_saved(self, written: Any) -> None:
        self._saving = None
        self._show_busy(busy=False)
        self._chosen_by_person = False
        self.hide()
        path = Path(written.path)
        text = say("Report saved: {name}", name=path.name)
        if written.renamed:
            text = say("The file was open in another program, so the report was saved as {name}.", name=path.name)
        actions = (
            (say("Open"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))),
            (say("Show in folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))),
            (say("Copy path"), lambda: QGuiApplication.clipboard().setText(str(path))),
        )
        self.session.toast.emit(text, actions)

    def _on_not_saved(self, problem: Exception) -> None:
        self._saving = None
        self._show_busy(busy=False)
        reason, remedy = getattr(problem, "reason", None), getattr(problem, "remedy", None)
        if reason is None or remedy is None:
            reason = say("The report could not be saved ({kind}).", kind=type(problem).__name__)
            remedy = say("Nothing was changed. Choose another folder and try again.")
        self.session.toast.emit(say("{first} {second}", first=reason, second=remedy), ())

    def _on_failed(self, problem: Exception) -> None:
        self._preparing = None
        self._note.setText(
            self.session.say(say("The preview could not be made ({kind}).", kind=type(problem).__name__))
        )
        self._note.show()

    def _show_busy(self, *, busy: bool) -> None:
        self._progress.setRange(0, 0)
        self._progress.setVisible(busy)
        self.save.setEnabled(not busy)


def _prepared(build: Callable[[Job], Report], job: Job) -> Prepared:
    from cxdesk.render.excel.layout import layout  # noqa: PLC0415 - matplotlib is not imported before it is needed
    from cxdesk.render.figure import report_picture  # noqa: PLC0415

    report = build(job)
    translator = Translator(report.language)
    model = layout(report, translator)
    pictures: dict[tuple[str, int], bytes] = {}
    for sheet in model.sheets:
        for place, placed in enumerate(sheet.charts):
            job.check()
            pictures[sheet.key, place] = report_picture(placed.chart, translator)
    return Prepared(report, model, pictures)


def _proposed(workspace: Workspace) -> Path:
    stem = Path(workspace.dataset.source.name).stem
    return documents_folder() / f"{stem} – report.xlsx"


def _free(path: Path) -> Path:
    """The path, or with a number behind its name if there is already a file: an older report is never overwritten."""
    free, number = path, 2
    while free.exists():
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return free
