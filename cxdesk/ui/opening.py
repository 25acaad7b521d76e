"""How a survey gets into the window: chosen, dropped, pasted, found again, or read once more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cxdesk.reading.problem import ReadRefused
from cxdesk.text import Text, say
from cxdesk.ui.dialogs import choose_survey
from cxdesk.ui.pages.welcome import WelcomePage
from cxdesk.ui.paste import forget_pasted, pasted_table
from cxdesk.ui.session import Session


class Opening(QObject):
    """Reads on the welcome page, whichever page the wish came from, and says there why a file was refused."""

    def __init__(self, session: Session, welcome: WelcomePage, show: Callable[[str], None], window: QWidget) -> None:
        """``show`` shows a page of the window by its key."""
        super().__init__(window)
        self._session = session
        self._welcome = welcome
        self._show = show
        self._window = window
        self._pasted: list[Path] = []
        session.refused.connect(self._on_refused)
        welcome.open_wanted.connect(self.choose)
        welcome.paste_wanted.connect(self.paste)
        welcome.path_wanted.connect(self.open)
        welcome.find_wanted.connect(self.find)

    @Slot(str)
    def open(self, path: str) -> None:
        """Read a file."""
        self._welcome.forget_problem()
        self._show("welcome")
        self._session.open(path)

    @Slot()
    def choose(self) -> None:
        """Ask for a file, beside the one that is open."""
        self._ask(str(Path(self._session.path).parent) if self._session.path else "")

    @Slot(str)
    def find(self, path: str) -> None:
        """Ask where a file has gone, starting where it was."""
        self._ask(str(Path(path).parent))

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
        if self._session.path:
            self._show("welcome")
            self._session.reopen(self._session.choices)

    def drop(self, data: QMimeData) -> bool:
        """Open the first of the files that were dropped; whether there was one."""
        paths = dropped_files(data)
        if not paths:
            return False
        if len(paths) > 1:
            self._session.toast.emit(say("One file at a time: the first one is opened."), ())
        self.open(paths[0])
        return True

    def forget(self) -> None:
        """Delete the tables that were pasted into this window."""
        forget_pasted(self._pasted)

    def _ask(self, folder: str) -> None:
        title, kind = self._session.say(say("Choose a survey file")), self._session.say(say("Survey files"))
        path = choose_survey(self._window, title, kind, folder)
        if path:
            self.open(path)

    @Slot(object)
    def _on_refused(self, problem: Exception) -> None:
        name = self._session.reading_name
        details = f"CX Desk, {getattr(problem, 'code', type(problem).__name__)}, {Path(name).suffix}"
        self._show("welcome")
        self._welcome.show_problem(*_words(problem, name), self._session.reading_path, details)


def dropped_files(data: QMimeData) -> list[str]:
    """The paths of the files that are dragged."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def _words(problem: Exception, name: str) -> tuple[Text, Text]:
    """What happened, and why and what to do."""
    happened = say("“{name}” could not be opened", name=name)
    if isinstance(problem, ReadRefused):
        return happened, say("{first} {second}", first=problem.reason, second=problem.remedy)
    return happened, say(
        "Something unexpected happened ({kind}). The file was not changed. Try again; if it happens again, save it as "
        ".xlsx or .csv and open that.",
        kind=type(problem).__name__,
    )
