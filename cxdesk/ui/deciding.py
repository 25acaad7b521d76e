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
from cxdesk.ui.wishes import Wish

_QUALITY = "quality"
_PLACES = {"personal": "check", "weights": "weights", "alike": "weights"}
"""Where the links of lines lead that show no rows."""


def choose(session: Session, check: str, way: str, refused: Callable[[], None]) -> None:
    """Decide about a check, one step of undo.

    A decision that would leave hardly anybody is told in words, and ``refused`` is called.
    """

    def find(now: Workspace, _job: Job) -> tuple[Text, Workspace] | None:
        found = check_of(now, check)
        return None if found is None else (step_name(found, way), decide(now, check, way))

    def make(now: Workspace, step: tuple[Text, Workspace] | None) -> None:
        if step is None:
            session.toast.emit(say("This check is not part of the survey any more. Nothing was changed."), ())
            refused()
            return
        name, decided = step
        session.edit(name, replace(now, dataset=decided.dataset).with_spec(_QUALITY, decided.spec(_QUALITY)))

    def failed(problem: Exception) -> None:
        kind = type(problem).__name__
        reason = say("The decision could not be carried out ({kind}). Nothing was changed.", kind=kind)
        session.toast.emit(problem.reason if isinstance(problem, DecisionRefused) else reason, ())
        refused()

    name = say("Decide about a check")
    session.wishes.add(Wish(f"decide {check}", name, find, make, failed, _what_decides, dropped=refused))


def follow(session: Session, action: str, show: Callable[[FoundRows], None]) -> None:
    """Follow a link of the quality page: confirm, go where a line leads, or ``show`` the rows behind it."""
    workspace = session.workspace
    if workspace is None:
        return
    if action in _PLACES:
        session.go_to(_PLACES[action])
        return
    if action == CONFIRM_ALL:
        _confirm_all(session)
        return
    found = found_rows(workspace.dataset, action)
    if found is not None:
        show(found)
        return

    def work(_job: Job) -> FoundRows | None:
        marked = check_of(workspace, action)
        return None if marked is None else marked_rows(workspace.dataset, marked)

    def done(rows: FoundRows | None) -> None:
        now = session.workspace
        if rows is not None and now is not None and now.dataset is workspace.dataset:
            show(rows)

    session.run(work, done, lambda _problem: None)


def _confirm_all(session: Session) -> None:
    """Let everything that nobody decided be as it is, in one step of undo; no number changes by that."""
    name = say("Confirm all checks")

    def make(now: Workspace, confirmed: Workspace) -> None:
        if confirmed.decisions == now.decisions:
            session.toast.emit(say("Nothing is left to decide."), ())
        else:
            session.edit(name, now.with_spec(_QUALITY, confirmed.spec(_QUALITY)))

    def failed(problem: Exception) -> None:
        text = say("The checks could not be confirmed ({kind}). Nothing was changed.", kind=type(problem).__name__)
        session.toast.emit(text, ())

    session.wishes.add(Wish("confirm", name, confirm_all, make, failed, _what_decides))


def _what_decides(workspace: Workspace) -> object:
    """All that a decision depends on: the answers, what was decided before, and how many must be left."""
    return (workspace.dataset, workspace.spec(_QUALITY), workspace.rules)
