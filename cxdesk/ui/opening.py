"""How surveys get into the window: chosen, dropped, pasted, found again, read once more, or several at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cxdesk.job import Job
from cxdesk.project.autosave import Kept
from cxdesk.project.gathering import MANY_FILES
from cxdesk.project.package import ENDINGS, PROJECT, TEMPLATE, ProjectRefused, is_package
from cxdesk.project.reopening import continue_work, open_project
from cxdesk.project.several import Way
from cxdesk.reading.grid import Choices
from cxdesk.reading.looks import PREVIEW, Preview
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.source import SOURCE_WORDS
from cxdesk.text import Text, say
from cxdesk.ui.dialogs import choose_survey, choose_surveys
from cxdesk.ui.pages.welcome import WelcomePage
from cxdesk.ui.paste import forget_pasted, pasted_table
from cxdesk.ui.session import Session
from cxdesk.ui.several_files import SeveralFiles

_PERHAPS_GARBLED = frozenset({"only_headers", "summary", "empty", "long_line", "long_cell", "too_many_columns"})
"""Why a text file is refused that may only be read in the wrong encoding."""


class Opening(QObject):
    """Reads on the welcome page, whichever page the wish came from, and says there why a file was refused."""

    template_wanted = Signal(str)
    """A template was chosen like a file: it is used on the open survey, or on the next one."""

    def __init__(
        self,
        session: Session,
        welcome: WelcomePage,
        several: SeveralFiles,
        show: Callable[[str], None],
        window: QWidget,
    ) -> None:
        """``several`` takes over where more than one file is meant; ``show`` shows a page of the window by its key."""
        super().__init__(window)
        self._session = session
        self._welcome = welcome
        self._several = several
        self._show = show
        self._window = window
        self._pasted: list[Path] = []
        self._searched_for = ""
        session.refused.connect(self._on_refused)
        several.add_wanted.connect(self._on_add)
        welcome.open_wanted.connect(self.choose)
        welcome.paste_wanted.connect(self.paste)
        welcome.path_wanted.connect(self.open)
        welcome.find_wanted.connect(self.find)
        welcome.way_wanted.connect(self._on_way)
        welcome.back_wanted.connect(several.go_back)

    @Slot(str)
    def open(self, path: str) -> None:
        """Read a file, or a project with its file; a template is handed on."""
        ending = Path(path).suffix.lower()
        if ending == ENDINGS[TEMPLATE]:
            self.template_wanted.emit(path)
            return
        self._begin()
        if ending == ENDINGS[PROJECT]:
            self.open_project(path)
        else:
            self._session.open(path)

    def open_project(self, path: str, found_at: str = "") -> None:
        """Open a project; ``found_at`` is where its survey file is now, "" where it was."""
        session = self._session
        words = session.say(SOURCE_WORDS)
        self._begin()
        session.open_by(
            path,
            lambda engine, job: open_project(path, found_at, words, session.preferences, session.worker, engine, job),
        )

    def continue_work(self, kept: Kept) -> None:
        """Open the survey that was open when the program stopped, as it was then."""
        session = self._session
        words = session.say(SOURCE_WORDS)
        self._begin()
        session.open_by(
            kept.project or kept.sources.path,
            lambda engine, job: continue_work(kept, words, session.preferences, session.worker, engine, job),
        )

    def _begin(self) -> None:
        self._welcome.forget_problem()
        self._several.begin()

    @Slot()
    def choose(self) -> None:
        """Ask for a file, beside the one that is open; several chosen together are shown side by side."""
        self.open_all(self._chosen())

    def open_all(self, paths: Sequence[str]) -> None:
        """Open one file, or show several side by side; a template among them is used on what is opened."""
        own = [path for path in paths if is_package(path)]
        files = [path for path in paths if path not in own]
        for path in own[-1:] if not files else [each for each in own if Path(each).suffix.lower() == ENDINGS[TEMPLATE]]:
            self.open(path)
        if len(files) == 1:
            self.open(files[0])
        elif files:
            self._several.show_all(files)

    @Slot()
    def add(self) -> None:
        """Ask for files that belong to the open one."""
        self._several.add(self._chosen())

    @Slot()
    def add_earlier(self) -> None:
        """Ask for an earlier file, to compare the open one with."""
        self._several.add(self._chosen(), Way.EARLIER)

    @Slot(str)
    def find(self, path: str) -> None:
        """Ask where a file has gone, starting where it was; a project that was refused for it is opened with it."""
        project, self._searched_for = self._searched_for, ""
        self._ask(str(Path(path).parent), project)

    @Slot()
    def paste(self) -> None:
        """Open the table in the clipboard."""
        path = pasted_table(QGuiApplication.clipboard().mimeData())
        if path is None:
            text = say("The clipboard holds no table. Copy the cells in Excel, with their headers, and paste again.")
            self._session.toast.emit(text, ())
        else:
            self._pasted.append(path)
            self.open(str(path))

    @Slot()
    def again(self) -> None:
        """Read the open file once more, with the same choices: it was changed in another program."""
        if self._session.bundle is not None:
            self._several.again(self._session.bundle)
        elif self._session.path:
            self._begin()
            self._session.reopen(self._session.choices)

    def takes(self, data: QMimeData) -> bool:
        """Whether what is dragged holds files."""
        return bool(dropped_files(data))

    def drop(self, data: QMimeData) -> bool:
        """Open what was dropped; on the page that shows files side by side it is added to them."""
        paths = dropped_files(data)
        if self._several.is_shown and not any(map(is_package, paths)):
            self._several.more(paths)
        else:
            self.open_all(paths)
        return bool(paths)

    def forget(self) -> None:
        """Delete the tables that were pasted into this window."""
        forget_pasted(self._pasted)

    def _ask(self, folder: str, project: str) -> None:
        title, kind = self._session.say(say("Choose a survey file")), self._session.say(say("Survey files"))
        path = choose_survey(self._window, title, kind, folder)
        if path and project and not is_package(path):
            self.open_project(project, path)
        elif path:
            self.open(path)

    def _chosen(self) -> list[str]:
        folder = str(Path(self._session.path).parent) if self._session.path else ""
        title, kind = self._session.say(say("Choose survey files")), self._session.say(say("Survey files"))
        return choose_surveys(self._window, title, kind, folder)

    @Slot()
    def _on_add(self) -> None:
        self._several.more(self._chosen())

    @Slot(object)
    def _on_refused(self, problem: Exception) -> None:
        name = self._session.reading_name
        if isinstance(problem, ReadRefused) and problem.code == MANY_FILES:
            self._several.show_all([self._session.reading_path])
            return
        if self._session.workspace is not None and self._session.reading_path == self._session.path:
            self._stay_with_open_one(problem, name)
            return
        details = f"CX Desk, {getattr(problem, 'code', type(problem).__name__)}, {Path(name).suffix}"
        self._show("welcome")
        if isinstance(problem, ProjectRefused) and problem.place:
            # Where its survey file is now is asked for by a card of its own, which says the reason too.
            self._searched_for = self._session.reading_path
            return
        self._welcome.show_problem(*_words(problem, name), self._session.reading_path, details)
        if isinstance(problem, ReadRefused) and problem.code in _PERHAPS_GARBLED:
            self._look_for_ways(self._session.reading_path)

    def _stay_with_open_one(self, problem: Exception, name: str) -> None:
        """The open file could not be read again: what was read before is still there, so that is shown."""
        happened, why = _words(problem, name)
        shown = say("The figures are those that were read before.")
        self._several.go_back()
        text = say("{happened}. {why} {shown}", happened=happened, why=why, shown=shown)
        self._session.toast.emit(text, ((say("Try again"), self.again),))

    def _look_for_ways(self, path: str) -> None:
        """Text in the wrong encoding looks like anything but a survey, so other encodings are offered."""
        worker, welcome = self._session.worker, self._welcome

        def look(job: Job) -> Preview:
            found = worker.call(PREVIEW, (path, Choices()), job)
            return found if isinstance(found, Preview) else Preview()

        def offer(found: Preview) -> None:
            if not found.plain:
                welcome.offer_ways(path, found.ways)

        self._session.run_beside(look, offer, lambda _problem: None)

    @Slot(str, str)
    def _on_way(self, path: str, codec: str) -> None:
        self._begin()
        self._session.open(path, Choices(encoding=codec))


def dropped_files(data: QMimeData) -> list[str]:
    """The paths of the files that are dragged."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def _words(problem: Exception, name: str) -> tuple[Text, Text]:
    """What happened, and why and what to do."""
    happened = say("“{name}” could not be opened", name=name)
    if isinstance(problem, ReadRefused | ProjectRefused):
        return happened, say("{first} {second}", first=problem.reason, second=problem.remedy)
    return happened, say(
        "Something unexpected happened ({kind}). The file was not changed. Try again; if it happens again, save it as "
        ".xlsx or .csv and open that.",
        kind=type(problem).__name__,
    )
