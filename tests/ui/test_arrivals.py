"""Files from outside open as if they were dropped, and those that come too early wait for the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cxdesk.survey.dataset import Dataset
from cxdesk.ui.arrivals import Arrivals
from cxdesk.ui.main_window import MainWindow
from tests.ui.conftest import Shelf
from tests.ui.surveys import small_survey, store_survey
from tests.ui.test_start import run

Open = Callable[[Dataset], MainWindow]


def test_what_comes_early_opens_with_the_window(window: MainWindow, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.files["early.csv"] = store_survey()
    arrivals = Arrivals(window)
    arrivals.take(("/surveys/early.csv",))
    with qtbot.waitSignal(window.session.opened):
        arrivals.begin(window)
    assert window.session.path == "/surveys/early.csv"
    qtbot.waitUntil(lambda: window.session.idle)


def test_what_comes_later_opens_instead_of_the_open_survey(opened: Open, shelf: Shelf, qtbot: QtBot) -> None:
    window = opened(store_survey())
    shelf.files["later.csv"] = small_survey()
    arrivals = Arrivals(window)
    arrivals.begin(window)
    with qtbot.waitSignal(window.session.opened):
        arrivals.take(("/surveys/later.csv",))
    assert window.session.path == "/surveys/later.csv"
    qtbot.waitUntil(lambda: window.session.idle)


def test_a_start_without_a_file_brings_the_window_to_the_front_as_it_is(opened: Open) -> None:
    window = opened(store_survey())
    page, before = window.page, window.session.history
    window.setWindowState(Qt.WindowState.WindowMinimized)
    arrivals = Arrivals(window)
    arrivals.begin(window)
    arrivals.take(())
    assert not window.isMinimized()
    assert window.page is page
    assert window.session.history is before


FINDER = """
import sys
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from cxdesk.ui.program import Program

app = Program([sys.argv[0]])
app.file_wanted.connect(lambda paths: print(*paths))
QCoreApplication.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile(sys.argv[1])))
print(app.applicationName())
"""


def test_a_file_from_the_finder_is_passed_on(home: Path) -> None:
    ended = run(home, "-c", FINDER, "/surveys/Q3 export.csv")
    assert ended.stdout.splitlines() == ["/surveys/Q3 export.csv", "CX Desk"], ended.stderr
