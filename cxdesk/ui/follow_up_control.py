"""What a person does on the follow-up page: saves the list, reads one back, sets the status of somebody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from cxdesk.analysis.follow_up import FollowUp, with_status
from cxdesk.analysis.follow_up_people import survey_of
from cxdesk.analysis.follow_up_section import PERSON
from cxdesk.analysis.follow_up_values import STATUS_NAMES, Status
from cxdesk.job import Job
from cxdesk.project.clock import now
from cxdesk.project.follow_up import ReadBack, list_of, read_back, spec_of
from cxdesk.project.refusal import words_of
from cxdesk.project.report_file import free_path, proposed_path
from cxdesk.project.workspace import Workspace
from cxdesk.reading.grid import Choices
from cxdesk.render.excel.save import Written
from cxdesk.survey.dataset import Dataset
from cxdesk.text import say
from cxdesk.ui.dialogs import choose_survey, choose_target
from cxdesk.ui.file_actions import file_actions
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.follow_up_form import FollowUpForm
from cxdesk.ui.wishes import Wish

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
        language, made, worker, spec = session.language, now(), session.worker, spec_of(workspace)

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
        worker = session.worker
        session.run_beside(lambda job: worker.read(path, Choices(), job), self._on_list, self._on_refused)

    def chooses(self, row: str, choice: str) -> bool:
        """Set the status of the person in a row; False if the row is about something else."""
        session, workspace = self._session, self._session.workspace
        if not row.startswith(PERSON) or workspace is None:
            return False
        _, ref, score = row.split(" ")
        status = Status(choice)
        spec = with_status(spec_of(workspace), ref, status, int(score), survey_of(workspace.dataset))
        name = say("Status: {status}", status=STATUS_NAMES[status])
        session.edit(name, workspace.with_spec(FollowUp.key, spec))
        return True

    def _on_saved(self, written: Written) -> None:
        path = Path(written.path)
        self._session.toast.emit(say("List saved: {name}", name=path.name), file_actions(path))

    def _on_list(self, listed: Dataset) -> None:
        """The list is read: take its statuses over into the survey as it is now."""
        session, day, name = self._session, now().date(), say("Read back a list")

        def find(workspace: Workspace, _job: Job) -> ReadBack:
            return read_back(workspace, spec_of(workspace), listed, day)

        def make(workspace: Workspace, found: ReadBack) -> None:
            session.edit(name, workspace.with_spec(FollowUp.key, found.spec))
            session.toast.emit(found.told(), ())

        session.wishes.add(
            Wish("read back", name, find, make, self._on_refused, lambda each: (each.dataset, each.spec(FollowUp.key)))
        )

    def _on_refused(self, problem: Exception) -> None:
        words = words_of(problem)
        text = say("The list could not be used. Your file was not changed; please try again.")
        if words is not None:
            text = say("{first} {second}", first=words[0], second=words[1])
        self._session.toast.emit(text, ())
