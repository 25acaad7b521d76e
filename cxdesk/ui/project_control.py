"""Keeps the person's work: saves projects and templates, uses templates, and keeps the state of every open survey.

Nothing has to be saved by hand. A few seconds after a change the state is written in the background; after a crash the
next start offers to go on, and Undo leads back to how the survey was opened.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from cxdesk.job import Job
from cxdesk.project import autosave
from cxdesk.project.backups import backups_of
from cxdesk.project.clock import now
from cxdesk.project.folders import private_folder
from cxdesk.project.package import ENDINGS, PROJECT, TEMPLATE, ProjectRefused
from cxdesk.project.preferences import Preferences
from cxdesk.project.project_file import save_project
from cxdesk.project.refusal import words_of
from cxdesk.project.report_file import proposed_path
from cxdesk.project.sources import Sources, sources_of
from cxdesk.project.state import Applied
from cxdesk.project.template import (
    Template,
    contents,
    read_template,
    save_template,
    taken_over,
    told,
    use_template,
)
from cxdesk.project.traces import sweep_up
from cxdesk.project.workspace import Workspace
from cxdesk.resources import resource
from cxdesk.text import Day, Text, say
from cxdesk.ui.dialogs import choose_target, choose_template
from cxdesk.ui.opening import Opening
from cxdesk.ui.session import Session
from cxdesk.ui.tasks import Tasks
from cxdesk.ui.top_bar import TopBar
from cxdesk.ui.widgets.ask_card import Answer, AskCard
from cxdesk.ui.wishes import Wish

KEEP_AFTER = 5_000
"""Milliseconds after a change until it is kept; well under the 30 seconds that may be lost."""


class ProjectControl(QObject):
    """One for the window. `finish` is called once when the window closes."""

    def __init__(self, session: Session, opening: Opening, top_bar: TopBar, window: QWidget) -> None:
        """``window`` is what cards and dialogs stand over."""
        super().__init__(session)
        self._session = session
        self._opening = opening
        self._window = window
        self.card = AskCard(session, window)
        self._tasks = Tasks(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(KEEP_AFTER)
        self._later.timeout.connect(self.keep_now)
        self._work: autosave.Work | None = None
        self._kept: Workspace | None = None
        self._with_answers: bool | None = None
        self._template: Template | None = None
        session.opened.connect(self._on_opened)
        session.workspace_changed.connect(self._on_changed)
        session.refused.connect(self._on_not_opened)
        opening.template_wanted.connect(self.use)
        top_bar.save_project_wanted.connect(self.save_as)
        top_bar.save_template_wanted.connect(self.save_template)
        top_bar.use_template_wanted.connect(self.choose_template)

    @Slot()
    def save(self) -> None:
        """Ctrl+S: save the project again where it is, or ask where and how for the first time."""
        if self._session.workspace is None:
            return
        if self._session.project and self._with_answers is not None:
            self._save_project(self._session.project, answers=self._with_answers)
        else:
            self.save_as()

    @Slot()
    def save_as(self) -> None:
        """Ask whether the answers shall be inside, then where to save the project."""
        workspace = self._session.workspace
        if workspace is None:
            return
        reads = bool(self._sources(workspace).inputs)
        without = Answer(
            say("Without the answers"),
            lambda: self._ask_project(answers=False),
            say("Small, and holds nobody's answers. It opens the survey file again."),
        )
        inside = Answer(
            say("With the answers"),
            lambda: self._ask_project(answers=True),
            say(
                "Opens anywhere. Every answer is inside, personal columns too: give it only to those who may see them."
            ),
        )
        self.card.ask(
            say("Save as project"),
            say("A project keeps everything you set up for this survey. Should the answers be inside?"),
            (without, inside) if reads else (inside,),
        )

    @Slot()
    def save_template(self) -> None:
        """Say what a template would hold, then ask where to save it."""
        workspace = self._session.workspace
        if workspace is None:
            return
        self.card.ask(
            say("Save as template"),
            told(contents(workspace)),
            (Answer(say("Choose where…"), self._ask_template, say("Use it next month on the new file.")),),
        )

    @Slot()
    def choose_template(self) -> None:
        """Ask for a template to use on the open survey."""
        session = self._session
        path = choose_template(
            self._window, session.say(say("Use a template")), session.say(say("Template")), self._folder()
        )
        if path:
            self.use(path)

    @Slot(str)
    def use(self, path: str) -> None:
        """Use a template on the open survey, or, if none is open, on the next one."""
        self._tasks.start(lambda _job: read_template(path), self._on_template, self._on_refused)

    def offer_to_continue(self) -> None:
        """At the start: if the last run stopped in the middle of work, ask whether to go on with it."""
        if self._session.preferences.keep_recent:
            self._tasks.start(lambda _job: _unfinished(), self._on_unfinished, lambda _problem: None)

    def finish(self) -> None:
        """Keep the last state, and wait until it is on the disk."""
        self._later.stop()
        workspace = self._session.workspace
        if workspace is not None and self._work is not None:
            self._tasks.start(_keeping(self._work, workspace, self._session.preferences, ended=True), _done, _failed)
        self._tasks.finish()

    def _sources(self, workspace: Workspace) -> Sources:
        return sources_of(workspace.dataset, self._session.path, self._session.choices, self._session.bundle)

    @Slot()
    def _on_opened(self) -> None:
        session = self._session
        workspace = session.workspace
        if workspace is None or session.history is None:
            return
        self._with_answers = None
        first = session.history.done[0].before if session.history.done else workspace
        self._work = autosave.Work(self._sources(workspace), session.project, first)
        self._kept = None
        self._later.start()
        self._tell_restored()
        if self._template is not None:
            template, self._template = self._template, None
            self._apply(template)

    def _tell_restored(self) -> None:
        session, restored = self._session, self._session.restored
        if restored is None:
            return
        if restored.note is not None:
            session.toast.emit(restored.note, ())
        elif restored.step is not None:
            fresh = (say("Start afresh"), session.undo)
            session.toast.emit(say("Your settings of last time are back."), (fresh,))

    @Slot()
    def _on_changed(self) -> None:
        if self._work is not None and not self._later.isActive():
            self._later.start()

    @property
    def idle(self) -> bool:
        """Whether nothing is being saved or read."""
        return self._tasks.idle

    @Slot()
    def keep_now(self) -> None:
        """Keep the state in the background, if it is another one than was kept last."""
        workspace = self._session.workspace
        if workspace is None or self._work is None or workspace is self._kept:
            return
        sources = self._sources(workspace)
        if sources.digest != self._work.sources.digest:
            self._work = replace(self._work, sources=sources)  # files were put together
        self._kept = workspace
        self._tasks.start(_keeping(self._work, workspace, self._session.preferences, ended=False), _done, _failed)

    def _on_unfinished(self, kept: autosave.Kept | None) -> None:
        if kept is None or self._session.workspace is not None or self._session.is_reading:
            return
        when = datetime.datetime.fromisoformat(kept.saved)
        text = say(
            "CX Desk stopped while “{name}” was open. Its settings were kept on {day} at {time}. Going on brings them "
            "back; Undo then leads to how the file was opened. The file itself was not changed.",
            name=kept.name,
            day=Day(when.date()),
            time=f"{when:%H:%M}",
        )
        go_on = Answer(say("Continue where you stopped"), lambda: self._opening.continue_work(kept))
        self.card.ask(say("Continue where you stopped?"), text, (go_on,), not_now=self._let_rest)

    @Slot(object)
    def _on_not_opened(self, problem: Exception) -> None:
        """A project whose survey file has moved, or that is damaged while an older copy of it is there."""
        if not isinstance(problem, ProjectRefused):
            return
        if problem.place:
            find = Answer(say("Find it…"), lambda: self._opening.find(problem.place))
            title = say("Where is “{name}” now?", name=Path(problem.place).name)
            project = say("“{name}” could not be opened yet.", name=self._session.reading_name)
            why = say("{first} {second}", first=problem.reason, second=problem.remedy)
            self.card.ask(title, say("{first} {second}", first=project, second=why), (find,))
            return
        copies = backups_of(self._session.reading_path) if problem.code == "damaged_project" else ()
        if copies:
            made = datetime.datetime.fromisoformat(copies[0].made)
            text = say(
                "It was saved on {day} at {time}, before the last save.", day=Day(made.date()), time=f"{made:%H:%M}"
            )
            open_copy = Answer(say("Open the older copy"), lambda: self._opening.open(copies[0].path))
            self.card.ask(say("There is an older copy of this project"), text, (open_copy,))

    def _let_rest(self) -> None:
        self._tasks.start(lambda _job: autosave.let_rest(), _done, _failed)

    def _folder(self) -> str:
        place = self._session.project or self._session.path
        return str(Path(place).parent) if place else ""

    def _target(self, kind: Text, ending: str, proposed: str) -> str:
        session = self._session
        name = session.say(kind)
        title = session.say(say("Save {what}", what=kind))
        return choose_target(self._window, title, proposed, ((name, ending.removeprefix(".")),))

    def _ask_project(self, *, answers: bool) -> None:
        path = self._target(say("Project"), ENDINGS[PROJECT], self._session.project or self._proposed(PROJECT))
        if path:
            self._save_project(path, answers=answers)

    def _ask_template(self) -> None:
        path = self._target(say("Template"), ENDINGS[TEMPLATE], self._proposed(TEMPLATE))
        workspace = self._session.workspace
        if path and workspace is not None:
            made = now().date()
            self._tasks.start(
                lambda _job: save_template(path, workspace, made),
                lambda written: self._tell_saved(say("Template saved: {name}", name=Path(written.path).name), written),
                self._on_refused,
            )

    def _proposed(self, kind: str) -> str:
        workspace = self._session.workspace
        stem = "" if workspace is None else Path(workspace.dataset.source.name).stem
        return str(proposed_path(stem).with_suffix(ENDINGS[kind]))

    def _save_project(self, path: str, *, answers: bool) -> None:
        session, workspace = self._session, self._session.workspace
        if workspace is None:
            return
        sources, backups = self._sources(workspace), session.preferences.keep_recent

        def saved(written: Any) -> None:
            session.project, self._with_answers = written.path, answers
            if self._work is not None:
                self._work = replace(self._work, project=written.path)
            self._tell_saved(say("Project saved: {name}", name=Path(written.path).name), written)

        self._tasks.start(
            lambda _job: save_project(path, workspace, sources, answers=answers, backups=backups),
            saved,
            self._on_refused,
        )

    def _tell_saved(self, text: Text, written: Any) -> None:
        folder = str(Path(written.path).parent)
        show = (say("Show in folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
        self._session.toast.emit(text, (show,))

    def _on_template(self, template: Template) -> None:
        if self._session.workspace is not None and not self._session.is_reading:
            self._apply(template)
            return
        self._template = template
        if not self._session.is_reading:
            choose = Answer(say("Choose the survey file…"), self._opening.choose)
            text = say("Now open the new survey file; “{name}” is then used on it.", name=template.name)
            self.card.ask(say("Template ready"), text, (choose,))

    def _apply(self, template: Template) -> None:
        """Use a template on the open survey as it is when the template is ready."""
        name = say("Use the template “{name}”", name=template.name)

        def find(workspace: Workspace, _job: Job) -> Applied:
            return use_template(template, workspace)

        def make(_workspace: Workspace, applied: Applied) -> None:
            self._session.edit(name, applied.workspace)
            self._tell_used(template, applied)

        self._session.wishes.add(Wish("template", name, find, make, self._on_refused, lambda now: now))

    def _tell_used(self, template: Template, applied: Applied) -> None:
        session = self._session
        text = taken_over(template, applied)
        for more in (applied.changes, applied.lost):
            if more is not None:
                text = say("{first} {second}", first=text, second=more)
        session.toast.emit(text, ((say("Undo"), session.undo), (say("See columns"), lambda: session.go_to("check"))))

    def _on_refused(self, problem: Exception) -> None:
        unknown = (
            say("That did not work ({kind}).", kind=type(problem).__name__),
            say("Nothing was changed. Try again."),
        )
        reason, remedy = words_of(problem) or unknown
        self._session.toast.emit(say("{first} {second}", first=reason, second=remedy), ())


def _unfinished() -> autosave.Kept | None:
    sweep_up()
    return autosave.unfinished()


def _keeping(
    work: autosave.Work, workspace: Workspace, preferences: Preferences, *, ended: bool
) -> Callable[[Job], None]:
    """Write the state, or in private mode forget it."""

    def keep(_job: Job) -> None:
        # Pasted tables are deleted when the window closes, and examples begin anew for whoever tries them next.
        passing = ended and Path(work.sources.path).parent in {private_folder(), resource("samples")}
        if preferences.keep_recent and not passing:
            autosave.keep(work, workspace, ended=ended)
        else:
            autosave.forget(work.sources.digest)

    return keep


def _done(_value: object) -> None:
    """There is nothing to tell: this happens every few seconds."""


def _failed(_problem: Exception) -> None:
    """A full disk or a folder that cannot be written: what was kept before is whole, and nobody is interrupted."""
