"""What a person does on the quality page: decides about doubtful rows, confirms what happens unasked, looks at rows.

Finding out who is meant may take a moment with a million answers, so it is done in the background.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cxdesk.analysis.found_rows import FoundRows, found_rows, marked_rows
from cxdesk.job import Job
from cxdesk.project.decisions import DecisionRefused, check_of, confirm_all, decide, step_name
from cxdesk.project.workspace import Workspace
from cxdesk.text import Text, say
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.quality_form import CONFIRM_ALL

_PLACES = {"personal": "check", "weights": "weights", "alike": "weights"}
"""Where the links of lines lead that show no rows."""


def choose(session: Session, check: str, way: str, refused: Callable[[], None]) -> None:
    """Decide about a check, one step of undo.

    A decision that would leave hardly anybody is told in words, and ``refused`` is called.
    """
    workspace = session.workspace
    if workspace is None:
        return

    def work(_job: Job) -> tuple[Text, Workspace]:
        found = check_of(workspace, check)
        if found is None:
            return say("Decide"), workspace
        return step_name(found, way), decide(workspace, check, way)

    def done(step: tuple[Text, Workspace]) -> None:
        name, decided = step
        now = session.workspace
        if now is not None and now.dataset is workspace.dataset and now.specs == workspace.specs:
            session.edit(name, replace(now, dataset=decided.dataset, specs=decided.specs))

    def failed(problem: Exception) -> None:
        if isinstance(problem, DecisionRefused):
            session.toast.emit(problem.reason, ())
        refused()

    session.run(work, done, failed)


def follow(session: Session, action: str, show: Callable[[FoundRows], None]) -> None:
    """Follow a link of the quality page: confirm, go where a line leads, or ``show`` the rows behind it."""
    workspace = session.workspace
    if workspace is None:
        return
    if action in _PLACES:
        session.go_to(_PLACES[action])
        return
    if action == CONFIRM_ALL:
        _confirm_all(session, workspace)
        return
    found = found_rows(workspace.dataset, action)
    if found is not None:
        show(found)
        return

    def work(_job: Job) -> FoundRows | None:
        marked = check_of(workspace, action)
        return None if marked is None else marked_rows(workspace.dataset, marked)

    def done(rows: FoundRows | None) -> None:
        if rows is not None and session.workspace is workspace:
            show(rows)

    session.run(work, done, lambda _problem: None)


def _confirm_all(session: Session, workspace: Workspace) -> None:
    """Let everything that nobody decided be as it is, in one step of undo; no number changes by that."""

    def done(confirmed: Workspace) -> None:
        if session.workspace is not workspace:
            return
        if confirmed.decisions == workspace.decisions:
            session.toast.emit(say("Nothing is left to decide."), ())
        else:
            session.edit(say("Confirm all checks"), confirmed)

    session.run(lambda job: confirm_all(workspace, job), done, lambda _problem: None)
