"""What a person does on the follow-up page: saves the list, reads one back, sets the status of somebody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from cxdesk.analysis.follow_up import FollowUp, with_status
from cxdesk.analysis.follow_up_people import survey_of
from cxdesk.analysis.follow_up_section import PERSON
from cxdesk.analysis.follow_up_values import STATUS_NAMES, FollowUpSpec, Status
from cxdesk.job import Job
from cxdesk.project.clock import now
from cxdesk.project.follow_up import ReadBack, list_of, read_back
from cxdesk.project.report_file import free_path, proposed_path
from cxdesk.project.workspace import Workspace
from cxdesk.reading.grid import Choices
from cxdesk.render.excel.save import Written
from cxdesk.text import Text, say
from cxdesk.ui.dialogs import choose_survey, choose_target
from cxdesk.ui.file_actions import file_actions
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.follow_up_form import FollowUpForm

_WRITE = "cxdesk.render.excel.follow_up:write_follow_up"


class FollowUpControl(QObject):
    """One for the page. Everything long happens in the background; what goes wrong is said in passing."""

    def __init__(self, session: Session, form: FollowUpForm, page: QWidget) -> None:
        """``page`` is what dialogs stand over."""
        super().__init__(page)
        self._session = session
        self._page = page
        form.save_wanted.connect(self.save)
        form.read_wanted.connect(self.read)

    @Slot(bool)
    def save(self, reveal: bool) -> None:
        """Ask where, and save the list of the people looked at."""
        session, workspace = self._session, self._session.workspace
        if workspace is None:
            return
        name = session.say(say("{file} – follow-up", file=Path(workspace.dataset.source.name).stem))
        kinds = ((session.say(say("Excel workbook")), "xlsx"),)
        target = choose_target(self._page, session.say(say("Save as")), str(free_path(proposed_path(name))), kinds)
        if not target:
            return
        language, made, worker, spec = session.language, now(), session.worker, _spec(workspace)

        def work(job: Job) -> Any:
            return worker.call(_WRITE, (list_of(workspace, spec, language, made, job, reveal=reveal), target), job)

        session.run_beside(work, self._on_saved, self._on_refused)

    @Slot()
    def read(self) -> None:
        """Ask for a list that was worked on, and take its statuses over."""
        session, workspace = self._session, self._session.workspace
        if workspace is None:
            return
        title, kind = session.say(say("Read back a list")), session.say(say("Follow-up list"))
        path = choose_survey(self._page, title, kind, str(proposed_path("").parent))
        if not path:
            return
        worker, spec, day = session.worker, _spec(workspace), now().date()

        def work(job: Job) -> ReadBack:
            return read_back(workspace, spec, worker.read(path, Choices(), job), day)

        session.run_beside(work, self._on_read, self._on_refused)

    def chooses(self, row: str, choice: str) -> bool:
        """Set the status of the person in a row; False if the row is about something else."""
        session, workspace = self._session, self._session.workspace
        if not row.startswith(PERSON) or workspace is None:
            return False
        _, ref, score = row.split(" ")
        status = Status(choice)
        spec = with_status(_spec(workspace), ref, status, int(score), survey_of(workspace.dataset))
        name = say("Status: {status}", status=STATUS_NAMES[status])
        session.edit(name, workspace.with_spec(FollowUp.key, spec))
        return True

    def _on_saved(self, written: Written) -> None:
        path = Path(written.path)
        self._session.toast.emit(say("List saved: {name}", name=path.name), file_actions(path))

    def _on_read(self, found: ReadBack) -> None:
        workspace = self._session.workspace
        if workspace is not None:
            self._session.edit(say("Read back a list"), workspace.with_spec(FollowUp.key, found.spec))
            self._session.toast.emit(found.told(), ())

    def _on_refused(self, problem: Exception) -> None:
        reason, remedy = getattr(problem, "reason", None), getattr(problem, "remedy", None)
        text = say("The list could not be used. Your file was not changed; please try again.")
        if isinstance(reason, Text) and isinstance(remedy, Text):
            text = say("{first} {second}", first=reason, second=remedy)
        self._session.toast.emit(text, ())


def _spec(workspace: Workspace) -> FollowUpSpec:
    found = workspace.spec(FollowUp.key)
    return found if isinstance(found, FollowUpSpec) else FollowUp().default(workspace.dataset)
