"""The first page: opening, waiting, giving up, and being told why a file cannot be used."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.job import Job
from cxdesk.project import store
from cxdesk.project.clock import now
from cxdesk.project.preferences import Preferences, load_preferences
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Text, say
from cxdesk.ui.main_window import MainWindow
from tests.ui.conftest import Shelf
from tests.ui.surveys import small_survey, store_survey

OPEN_DIALOG = "cxdesk.ui.dialogs.QFileDialog.getOpenFileNames"
FIND_DIALOG = "cxdesk.ui.dialogs.QFileDialog.getOpenFileName"
PASSWORD = ReadRefused(
    "password", say("The file is protected with a password."), say("Remove the password in Excel and save.")
)


class Slow:
    """A file that is read until the test lets it end, or until it is cancelled."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.go_on = threading.Event()
        self.reports: list[tuple[Text, int, int]] = []
        self.started, self.cancelled = False, False

    def __call__(self, job: Job) -> Dataset:
        self.started = True
        for report in self.reports:
            job.progress(*report)
        while not self.go_on.wait(0.005):
            try:
                job.check()
            except BaseException:
                self.cancelled = True
                raise
        return self.dataset


@pytest.fixture
def slow(shelf: Shelf) -> Iterator[Slow]:
    file = Slow(small_survey())
    shelf.files["slow.xlsx"] = file
    yield file
    file.go_on.set()


def words(page: QWidget) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def button(page: QWidget, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text and not each.isHidden())


def test_the_first_thing_that_enter_does_is_choosing_a_file(
    window: MainWindow, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.files["chosen.csv"] = small_survey()
    monkeypatch.setattr(OPEN_DIALOG, lambda *_: (["/surveys/chosen.csv"], ""))
    assert QApplication.focusWidget() is window.welcome.zone.choose
    with qtbot.waitSignal(window.session.opened):
        QTest.keyClick(window.welcome.zone.choose, Qt.Key.Key_Space)
    assert window.session.path == "/surveys/chosen.csv"


def test_changing_ones_mind_in_the_dialog_changes_nothing(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OPEN_DIALOG, lambda *_: ([], ""))
    qtbot.mouseClick(window.welcome.zone.choose, Qt.MouseButton.LeftButton)
    assert not window.session.is_reading
    assert window.session.workspace is None


def test_a_quick_file_shows_no_progress(window: MainWindow, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.files["quick.csv"] = small_survey()
    with qtbot.waitSignal(window.session.opened):
        window.opening.open("/surveys/quick.csv")
        assert not window.welcome.zone.is_busy
    assert not window.welcome.zone.is_busy


def test_a_slow_file_shows_its_steps_on_the_same_spot(window: MainWindow, slow: Slow, qtbot: QtBot) -> None:
    slow.reports = [(say("Opening the file"), 1874, 2931)]
    window.opening.open("/surveys/slow.xlsx")
    qtbot.waitUntil(lambda: window.welcome.zone.is_busy)
    qtbot.waitUntil(lambda: "1,874 of 2,931 rows" in words(window.welcome.zone))
    assert "Reading “slow.xlsx”" in words(window.welcome.zone)
    assert "Step 1 of 3" in words(window.welcome.zone)
    with qtbot.waitSignal(window.session.opened):
        slow.go_on.set()
    assert not window.welcome.zone.is_busy


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ((say("Opening the file"), 0, 0), "Step 1 of 3: opening the file"),
        ((say("Opening the file"), 1, 0), "Step 1 of 3: opening the file · 1 row"),
        ((say("Opening the file"), 5000, 0), "Step 1 of 3: opening the file · 5,000 rows"),
        ((say("Opening the file"), 40, 100), "Step 1 of 3: opening the file"),
        ((say("Recognising the columns"), 3, 24), "Step 2 of 3: recognising columns"),
        ((say("Calculating"), 0, 0), "Step 3 of 3: calculating"),
    ],
)
def test_every_report_is_one_of_three_steps(window: MainWindow, report: tuple[Text, int, int], told: str) -> None:
    window.welcome.zone.show_reading("a.csv")
    window.welcome.zone.note_progress(report)
    assert told in words(window.welcome.zone).split("\n")


@pytest.mark.parametrize("by", ["button", "escape"])
def test_cancel_goes_back_at_once(window: MainWindow, slow: Slow, qtbot: QtBot, by: str) -> None:
    window.opening.open("/surveys/slow.xlsx")
    qtbot.waitUntil(lambda: window.welcome.zone.is_busy)
    if by == "button":
        qtbot.mouseClick(window.welcome.zone.cancel, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.session.is_reading
    assert not window.welcome.zone.is_busy
    qtbot.waitUntil(lambda: slow.cancelled, timeout=500)
    qtbot.waitUntil(lambda: window.session.idle)
    assert window.session.workspace is None


def test_a_second_file_replaces_the_one_that_is_being_read(
    window: MainWindow, slow: Slow, shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.files["other.csv"] = store_survey()
    window.opening.open("/surveys/slow.xlsx")
    qtbot.waitUntil(lambda: slow.started)
    with qtbot.waitSignal(window.session.opened):
        window.opening.open("/surveys/other.csv")
    assert window.session.path == "/surveys/other.csv"
    assert slow.cancelled


def test_a_refused_file_says_why_and_what_to_do(window: MainWindow, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.files["Q3 export.xlsx"] = PASSWORD
    with qtbot.waitSignal(window.session.refused):
        window.opening.open("/home/somebody/Q3 export.xlsx")
    qtbot.waitUntil(lambda: bool(words(window.welcome)))
    shown = words(window.welcome)
    assert "“Q3 export.xlsx” could not be opened" in shown
    assert "The file is protected with a password. Remove the password in Excel and save." in shown
    qtbot.mouseClick(button(window.welcome, "Copy details for support"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "password" in copied
    assert "Q3 export" not in copied
    assert "somebody" not in copied


def test_try_again_reads_the_same_file_and_the_notice_goes(window: MainWindow, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.files["fixed.xlsx"] = PASSWORD
    with qtbot.waitSignal(window.session.refused):
        window.opening.open("/surveys/fixed.xlsx")
    shelf.files["fixed.xlsx"] = small_survey()
    with qtbot.waitSignal(window.session.opened):
        qtbot.mouseClick(button(window.welcome, "Try again"), Qt.MouseButton.LeftButton)
    window.show_page("welcome")
    assert "could not be opened" not in words(window.welcome)


def test_something_nobody_thought_of_is_told_by_its_kind_only(window: MainWindow, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.files["odd.xlsx"] = ZeroDivisionError("row 17 says Smith")
    with qtbot.waitSignal(window.session.refused):
        window.opening.open("/surveys/odd.xlsx")
    qtbot.waitUntil(lambda: "ZeroDivisionError" in words(window.welcome))
    assert "Smith" not in words(window.welcome)


def test_a_refused_file_leaves_the_open_survey_as_it_was(window: MainWindow, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.files |= {"good.csv": store_survey(), "bad.xlsx": PASSWORD}
    with qtbot.waitSignal(window.session.opened):
        window.opening.open("/surveys/good.csv")
    with qtbot.waitSignal(window.session.refused):
        window.opening.open("/surveys/bad.xlsx")
    assert window.session.path == "/surveys/good.csv"
    window.show_page("overview")
    assert window.page is window.pages["overview"]


def test_recent_files_tell_day_rows_and_score_and_open_with_one_click(
    window: MainWindow, shelf: Shelf, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "Event September.xlsx"
    file.write_bytes(b"it is only looked for")
    shelf.files[file.name] = small_survey()
    with qtbot.waitSignal(window.session.opened):
        window.opening.open(str(file))
    qtbot.waitUntil(lambda: window.session.idle)
    window.show_page("welcome")
    line = next(each for each in window.welcome.findChildren(QPushButton) if each.property("look") == "fileLine")
    assert line.accessibleName().startswith("Event September.xlsx, Today ")
    assert line.accessibleName().endswith(" · 48 rows · NPS +19")
    qtbot.waitUntil(line.isVisible)
    with qtbot.waitSignal(window.session.opened):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)


def test_a_file_of_another_day_shows_its_date(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("x", encoding="utf-8")
    store.add_recent(store.RecentFile(str(tmp_path / "old.csv"), "old.csv", "2025-07-03T08:00", 2702, "NPS +25"))
    window.welcome.refresh()
    lines = [each for each in window.welcome.findChildren(QPushButton) if each.property("look") == "fileLine"]
    assert lines[-1].accessibleName() == "old.csv, 3 Jul 2025 · 2,702 rows · NPS +25"
    assert now().date() > datetime.date(2025, 7, 3)


def test_a_file_that_was_moved_can_be_found_again(
    window: MainWindow, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add_recent(store.RecentFile("/gone/Airport pilot.xlsx", "Airport pilot.xlsx", "2025-07-03T08:00", 24))
    shelf.files["Airport 2.xlsx"] = small_survey()
    asked: list[str] = []

    def answer(_parent: QWidget, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return "/new/Airport 2.xlsx", ""

    monkeypatch.setattr(FIND_DIALOG, answer)
    window.welcome.refresh()
    line = next(each for each in window.welcome.findChildren(QPushButton) if each.property("look") == "fileLine")
    assert "Find it" in line.accessibleName()
    qtbot.waitUntil(line.isVisible)
    with qtbot.waitSignal(window.session.opened):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert asked == ["/gone"]


def test_the_list_can_be_cleared(window: MainWindow, qtbot: QtBot) -> None:
    store.add_recent(store.RecentFile("/gone/a.csv", "a.csv", "2025-07-03T08:00", 24))
    window.welcome.refresh()
    clear = button(window.welcome, "Clear list")
    qtbot.waitUntil(clear.isVisible)
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert store.recent_files() == ()


@pytest.mark.parametrize("preferences", [Preferences(language="en", keep_recent=False)])
def test_nothing_is_listed_if_that_is_not_wanted(window: MainWindow, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.files["a.csv"] = small_survey()
    with qtbot.waitSignal(window.session.opened):
        window.opening.open("/surveys/a.csv")
    qtbot.waitUntil(lambda: window.session.idle)
    assert store.recent_files() == ()


def test_three_examples_are_there_and_are_not_listed_as_recent(window: MainWindow, shelf: Shelf, qtbot: QtBot) -> None:
    found = [each for each in window.welcome.findChildren(QPushButton) if each.text() == "Open"]
    assert len(found) == 3
    assert all(each.accessibleName().startswith("Open example: ") for each in found)
    path = Path(str(found[2].property("path")))
    assert path.exists()
    shelf.files[path.name] = small_survey()
    with qtbot.waitSignal(window.session.opened):
        qtbot.mouseClick(found[2], Qt.MouseButton.LeftButton)
    assert store.recent_files() == ()


def test_the_language_can_be_switched_without_opening_settings(window: MainWindow, qtbot: QtBot) -> None:
    languages = window.welcome.findChild(QComboBox)
    assert languages is not None
    languages.setCurrentIndex(1)
    assert load_preferences().language == "zh_CN"
    qtbot.waitUntil(lambda: "客户怎么说？" in words(window.welcome))
