"""Windows for tests: a session whose files are surveys made in the test, and the real window around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cxdesk.job import Job
from cxdesk.project.preferences import Preferences
from cxdesk.project.process import Worker, WorkRefused
from cxdesk.reading.grid import Choices
from cxdesk.survey.dataset import Dataset
from cxdesk.text import say
from cxdesk.ui import theme
from cxdesk.ui.actions import first_stop
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.session import Session


class Shelf(Worker):
    """A worker that hands out surveys by the name of the file, without a process; an exception is raised instead."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, Dataset | Exception | Callable[[Job], Dataset]] = {}
        self.writes: Callable[[str, tuple[Any, ...], Job], object] | None = None

    def start(self) -> None:
        """There is no process to start."""

    def call(self, function: str, arguments: tuple[Any, ...], job: Job) -> Any:
        """Write reports as a test wants it; everything else is done by whoever asked."""
        if self.writes is not None and function == "cxdesk.render.excel.workbook:write_report":
            return self.writes(function, arguments, job)
        raise WorkRefused("absent", say("There is no worker here."), say("Do it without."))

    def read(self, path: str, choices: Choices, job: Job) -> Dataset:
        found = self.files[Path(path).name]
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, Dataset) else found(job)


@pytest.fixture(scope="session", autouse=True)
def _fonts(qapp: QApplication) -> None:
    theme.load_fonts()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def preferences() -> Preferences:
    """The settings that the session starts with; tests parametrise it for other languages and looks."""
    return Preferences(language="en", theme="light")


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, shelf: Shelf, preferences: Preferences) -> Iterator[Session]:
    made = Session(preferences, shelf)
    theme.apply(qapp, made.theme)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    """The window at 1280 x 800, shown, with nothing open."""
    made = MainWindow(session)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def opened(qtbot: QtBot, shelf: Shelf, window: MainWindow) -> Callable[[Dataset], MainWindow]:
    """Open a survey in the window and wait until its page is computed."""

    def open_it(dataset: Dataset, path: str = "/surveys/survey.csv") -> MainWindow:
        shelf.files[Path(path).name] = dataset
        with qtbot.waitSignal(window.session.opened):
            window.opening.open(path)
        # New widgets become visible with the next turn of the event loop.
        bar = window.filter_bar
        qtbot.waitUntil(lambda: window.session.idle and first_stop(window.page) is not None)
        qtbot.waitUntil(lambda: not bar.isVisible() or first_stop(bar) is not None)
        return window

    return open_it
