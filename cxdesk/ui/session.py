"""The window's one shared object: the open survey with its undo history, the settings, and work in the background.

Pages read the workspace from here and propose new ones to it; they never talk to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from cxdesk.analysis.scored import known_by
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.project import store
from cxdesk.project.elsewhere import InWorker
from cxdesk.project.engine import Engine
from cxdesk.project.history import History
from cxdesk.project.opening import Opened, listed_score, open_file, open_study
from cxdesk.project.preferences import Preferences, save_preferences
from cxdesk.project.process import Worker
from cxdesk.project.workspace import Workspace
from cxdesk.reading.grid import Choices
from cxdesk.survey.packing import Counts
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Sure
from cxdesk.survey.selection import Selection
from cxdesk.survey.source import SOURCE_WORDS
from cxdesk.text import Label, Text, Translator, say_n
from cxdesk.ui.tasks import Done, Failed, TaskJob, Tasks, Work
from cxdesk.ui.theme import Theme, language_of, theme_of
from cxdesk.ui.warming import draw_first_chart, import_charts
from cxdesk.ui.wishes import Wishes

if TYPE_CHECKING:
    # Most surveys are one file: what puts several together is imported with the first that are.
    from cxdesk.analysis.weights import WeightsReport
    from cxdesk.project.gathering import Bundle, File, Study
    from cxdesk.project.several import Input


class Session(QObject):
    """What every page gets. Everything that changes what is seen goes through `edit`, so it can be undone."""

    workspace_changed = Signal()
    """The survey, filter, options or settings of the open file changed."""
    look_changed = Signal()
    """Language, theme or text size changed."""
    reading_changed = Signal(object)
    """While a file is read: (step, done, total); None when reading starts, ends or is cancelled."""
    opened = Signal()
    """A file was read and is now the open survey."""
    given_up = Signal()
    """Reading was cancelled, and what was open is still open."""
    refused = Signal(object)
    """A file could not be used: the exception with its reason and remedy."""
    computed = Signal(object)
    """A page of the survey as it is now is there: its `Section`."""
    page_wanted = Signal(str)
    toast = Signal(object, object)
    """Something to tell in passing: a Text, and a tuple of (Text, callable) actions."""

    def __init__(self, preferences: Preferences, worker: Worker, parent: QObject | None = None) -> None:
        """Nothing is open yet; ``worker`` is started by the first file or by `warm`."""
        super().__init__(parent)
        self.preferences = preferences
        self.worker = worker
        self.history: History | None = None
        self.path = ""
        self.project = ""
        self.reading_name = ""
        self.reading_path = ""
        self.choices = Choices()
        self.remembered = False
        self.changes: Text | None = None
        self.restored: Opened | None = None
        self.landing = "overview"
        self._bundles: dict[str, Bundle] = {}
        self._reader = Tasks(self)
        self._computer = Tasks(self)
        self.wishes = Wishes(self)
        self._engine = Engine()
        self._engine.elsewhere = InWorker(worker)
        self._reading: TaskJob | None = None
        self._computing: dict[str, TaskJob] = {}
        self._listed = ("", "")
        self._translator = Translator(self.language)

    @property
    def language(self) -> str:
        """The language of the screen: the setting, or else that of the system."""
        return language_of(self.preferences)

    @property
    def translator(self) -> Translator:
        """Gives texts the language of the screen."""
        return self._translator

    @property
    def theme(self) -> Theme:
        """The look that the settings and the system ask for."""
        return theme_of(self.preferences)

    @property
    def workspace(self) -> Workspace | None:
        """The open survey as the person sees it now, or None."""
        return None if self.history is None else self.history.now

    def say(self, text: Text | str) -> str:
        """Words in the language of the screen."""
        return self._translator(text)

    def warm(self) -> None:
        """Get ready in the background, while the person still looks for a file: the worker process, then charts."""
        self._reader.start(lambda _job: self.worker.start(), lambda _done: None, lambda _problem: None)
        self._computer.start(lambda _job: import_charts(), draw_first_chart, lambda _problem: None)

    def open(self, path: str, choices: Choices = Choices()) -> None:
        """Read a file in the background; `opened` or `refused` follows. A file being read is given up."""
        before = self.workspace if path == self.path else None
        self.open_by(
            path, lambda engine, job: open_file(path, choices, self.preferences, before, self.worker, engine, job)
        )

    def open_by(self, path: str, work: Callable[[Engine, Job], Opened]) -> None:
        """Open a survey in the background in a way of its own, such as a project; ``path`` is what was chosen."""
        self.cancel()
        self.reading_name, self.reading_path = Path(path).name, path

        def done(opened: Opened) -> None:
            self.path, self._listed = opened.path or ("" if opened.project else path), ("", "")
            self.choices, self.project, self._bundles = opened.choices, opened.project, {}
            if opened.bundle is not None:
                self._bundles[opened.workspace.dataset.source.digest] = opened.bundle
            history = History(opened.earlier or opened.workspace)
            if opened.step is not None:
                history = history.edit(opened.step, opened.workspace)
            self._take(opened, history)

        self._read(lambda job: work(self._engine, job), done)

    def gather(self, inputs: Sequence[Input], known: Sequence[File], done: Callable[[tuple[File, ...]], None]) -> None:
        """Read further files in the background, without opening them; what is open stays open.

        ``done`` gets ``known`` and the new ones, refused ones included. A file being read is given up.
        """
        self.cancel()
        self.reading_name, self.reading_path = Path(inputs[0].path).name, inputs[0].path
        from cxdesk.project.gathering import gather  # noqa: PLC0415 - see above

        remember = self.preferences.remember_layouts
        self._read(lambda job: gather(inputs, known, self.worker, job, remember=remember), done)

    def open_together(self, found: Study, *, again: bool = False) -> None:
        """Combine files in the background; `opened` or `refused` follows.

        If the open survey is among them, this is a step that can be undone; reading the same files ``again`` begins a
        history of its own, as with one file.
        """
        from cxdesk.project.several import Way  # noqa: PLC0415 - see above

        self.cancel()
        bundle, compares = found.decided, found.way is Way.EARLIER and len(found.datasets) > 1
        first = bundle.read[0].input
        before = self.workspace if any(file.input.path == self.path for file in bundle.read) else None
        self.reading_name, self.reading_path = bundle.read[0].name, first.path
        words = self.say(SOURCE_WORDS)

        def combine(job: Job) -> Opened:
            return open_study(found, words, self.preferences, before, self._engine, job, again=again)

        def done(opened: Opened) -> None:
            workspace = opened.workspace
            if before is None:
                self.path, self.choices, self.project = first.path, first.choices, ""
            if before is None or again or self.history is None:
                self._bundles = {}
                everybody = replace(workspace, selection=Selection(), compare=None)
                history = History(everybody if compares and not again else workspace)
            else:
                history = self.history
            if len(bundle.read) > 1:
                self._bundles[workspace.dataset.source.digest] = bundle
            history = history if again else history.edit(found.step, workspace)
            self._take(opened, history, landing="compare" if compares else "overview")

        self._read(combine, done)

    def _read(self, work: Work, done: Done) -> None:
        """Do work that may take as long as reading a file does, with progress on the welcome page."""

        def arrived(value: Any) -> None:
            self._reading = None
            done(value)

        def failed(problem: Exception) -> None:
            self._reading = None
            self.reading_changed.emit(None)
            self.refused.emit(problem)

        self._reading = self._reader.start(
            work, arrived, failed, lambda step, count, total: self.reading_changed.emit((step, count, total))
        )
        self.reading_changed.emit(None)

    def _take(self, opened: Opened, history: History, landing: str = "overview") -> None:
        """What was read is now the open survey."""
        self.remembered, self.changes, self.landing = opened.remembered, opened.changes, landing
        self.restored = opened if opened.step is not None or opened.project else None
        self.history = history
        self.reading_changed.emit(None)
        self.opened.emit()

    @property
    def bundle(self) -> Bundle | None:
        """The files that the open survey was made of, if there are several; None for a single file."""
        return None if self.workspace is None else self._bundles.get(self.workspace.dataset.source.digest)

    @property
    def file_name(self) -> Label:
        """What the open survey is called: its file, and how many others it was made of."""
        if self.workspace is None:
            return ""
        bundle = self.bundle
        if bundle is None:
            return self.workspace.dataset.source.name
        more = len(bundle.read) - 1
        return say_n("{name} + 1 file", "{name} + {count} files", more, name=bundle.read[0].name)

    def reopen(self, choices: Choices) -> None:
        """Read the open file again, with other choices about its encoding, sheet, header row or delimiter."""
        if self.path:
            self.open(self.path, choices)

    def cancel(self) -> None:
        """Give up the file that is being read."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
            self.reading_changed.emit(None)
            self.given_up.emit()

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read."""
        return self._reading is not None

    def edit(self, name: Text, workspace: Workspace) -> None:
        """Make a change that can be undone; ``name`` says what was done, such as "Filter by Region"."""
        if self.history is not None:
            self._set(self.history.edit(name, workspace))

    def look_at(self, workspace: Workspace) -> None:
        """Make a change that is not worth an undo step, such as which row is chosen."""
        if self.history is not None:
            self._set(self.history.replace(workspace))

    def undo(self) -> None:
        """Take back the last change, or what was asked for after it and is not done yet."""
        if self.history is not None and not self.wishes.take_back():
            self._set(self.history.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.history is not None:
            self._set(self.history.redo())

    def section(self, key: str, done: Callable[[Section], None], failed: Failed) -> None:
        """Compute a page in the background; an answer for a workspace that is no longer current is dropped."""
        workspace = self.workspace
        if workspace is None:
            return
        known = self._engine.known(workspace, key)
        if known is not None:
            self._remember_score(workspace, known)
            done(known)
            self.computed.emit(known)
            return

        def arrived(section: Section) -> None:
            self._computing.pop(key, None)
            if self.workspace is workspace:
                self._remember_score(workspace, section)
                done(section)
                self.computed.emit(section)

        def broke(problem: Exception) -> None:
            self._computing.pop(key, None)
            if self.workspace is workspace:
                failed(problem)

        stale = self._computing.pop(key, None)
        if stale is not None:
            stale.cancel()
        self._computing[key] = self._computer.start(
            lambda job: self._engine.section(workspace, key, job), arrived, broke
        )

    def section_of(self, workspace: Workspace, key: str, done: Callable[[Section], None], failed: Failed) -> None:
        """Compute a page of another state of the survey in the background, such as the one without a filter."""
        self._computer.start(lambda job: self._engine.section(workspace, key, job), done, failed)

    def run(self, work: Work, done: Done, failed: Failed, progress: Any = None) -> TaskJob:
        """Run other work in the background."""
        return self._computer.start(work, done, failed, progress)

    def run_beside(self, work: Work, done: Done, failed: Failed, progress: Any = None) -> TaskJob:
        """Run work that uses the worker process: never at the same time as reading a file."""
        return self._reader.start(work, done, failed, progress)

    def known_size(self, workspace: Workspace) -> int | None:
        """How many respondents a workspace looks at, if that was counted before."""
        return self._engine.known_size(workspace)

    def size(self, workspace: Workspace, done: Callable[[int], None], failed: Failed) -> None:
        """Count in the background how many respondents a workspace looks at; no page is waited for."""
        self.wishes.lane.start(lambda _job: self.count(workspace), done, failed)

    def count(self, workspace: Workspace) -> int:
        """How many respondents a workspace looks at; takes long, so not on the window's thread."""
        return self._engine.size(workspace)

    def weigh(self, workspace: Workspace, done: Callable[[WeightsReport], None], failed: Failed) -> TaskJob:
        """Find in the background what the weights of a workspace do; a later use of them is then quick."""
        return self._computer.start(lambda _job: self._engine.weigh(workspace), done, failed)

    def span(self, question: str) -> tuple[float, float] | None:
        """First and last day of a date question among everybody, in days since 1970-01-01."""
        workspace = self.workspace
        if workspace is None:
            return None
        found = self._engine.sample(replace(workspace, selection=Selection(), compare=None)).dates(question)
        return None if found is None else (found[0], found[1])

    def counts(self, question: Question) -> Counts:
        """Answers of a question among everybody: per code, or people who ticked each option of a multiple answer."""
        workspace = self.workspace
        if workspace is None:
            raise ValueError("nothing is open")
        sample = self._engine.sample(replace(workspace, selection=Selection(), compare=None))
        return sample.ticked(question.id)[:, 1] if question.kind is Kind.MULTIPLE else sample.counts(question.id)

    def set_preferences(self, preferences: Preferences) -> None:
        """Change settings: saved at once; rules that change numbers are an undoable step if a survey is open."""
        before, self.preferences = self.preferences, preferences
        save_preferences(preferences)
        look = ("language", "theme", "text_size", "patterns")
        if any(getattr(before, name) != getattr(preferences, name) for name in look):
            self._translator = Translator(self.language)
            self.look_changed.emit()

    def go_to(self, page: str) -> None:
        """Ask the window to show a page."""
        self.page_wanted.emit(page)

    def doubts(self) -> int:
        """How many questions are not read with certainty."""
        questions = () if self.workspace is None else self.workspace.dataset.questions
        return sum(question.sure is not Sure.SURE and question.ask is not None for question in questions)

    def needs_check(self) -> bool:
        """Whether the check page should appear by itself: a doubt that would change the first results."""
        workspace = self.workspace
        if workspace is None or self.remembered:
            return False
        first = known_by(workspace.dataset)
        return any(
            question.ask is not None and question.sure is not Sure.SURE and (question.ask.needed or question in first)
            for question in workspace.dataset.questions
        )

    def close(self) -> None:
        """Stop all work; called once when the window closes."""
        self.cancel()
        for lane in (self._reader, self._computer, self.wishes.lane):
            lane.stop()
        self.worker.stop()

    @property
    def idle(self) -> bool:
        """Whether nothing runs in the background."""
        return self._reader.idle and self._computer.idle and self.wishes.lane.idle

    def _remember_score(self, workspace: Workspace, section: Section) -> None:
        """Correct the score in the list of recent files after a role, rule or filter was changed."""
        score = listed_score(workspace, section) if section.key == "overview" else ""
        listed = (self.project or self.path, score)
        if score and self.bundle is None and listed != self._listed:
            self._listed = listed
            self._computer.start(lambda _job: store.set_score(*listed), lambda _done: None, lambda _problem: None)

    def _set(self, history: History) -> None:
        if history is not self.history:
            self.history = history
            for job in self._computing.values():
                job.cancel()  # no page shows that state any more
            self.workspace_changed.emit()
