"""Whatever goes wrong is caught, told in plain words and logged; and nobody's answers stand in the log."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Signal, qInstallMessageHandler, qWarning
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cxdesk.ui.failure import Failures, describe, last_crash, start_log
from cxdesk.ui.failure_notice import start_command
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.tasks import Tasks

SECRET = "Smith, smith@example.org, row 17"


def break_down() -> None:
    raise ValueError(SECRET)


@pytest.fixture
def failures(qtbot: QtBot) -> Iterator[Failures]:
    """The hooks of the program, taken away again afterwards."""
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    made = Failures()
    made.install()
    yield made
    sys.excepthook, threading.excepthook, sys.unraisablehook = before
    qInstallMessageHandler(None)


@pytest.fixture
def log(home: Path) -> Iterator[Path]:
    was_on = faulthandler.is_enabled()
    close = start_log()
    yield home / "log.txt"
    close()
    if was_on:
        faulthandler.enable()


class Button(QObject):
    pressed = Signal()


@pytest.mark.parametrize("where", ["slot", "timer", "thread", "task"])
@pytest.mark.no_qt_log
def test_every_way_to_fail_reaches_the_person_without_data(
    failures: Failures, log: Path, qtbot: QtBot, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    failures.happened.connect(lambda details: told.append(str(details)))
    if where == "slot":
        button = Button()
        button.pressed.connect(break_down)
        with qtbot.captureExceptions() as caught:
            button.pressed.emit()
        failures._on_exception(*caught[0])
    elif where == "timer":
        with qtbot.captureExceptions() as caught:
            QTimer.singleShot(0, break_down)
            qtbot.waitUntil(lambda: bool(caught))
        failures._on_exception(*caught[0])
    elif where == "thread":
        thread = threading.Thread(target=break_down)
        thread.start()
        thread.join()
    else:
        tasks = Tasks()
        found: list[Exception] = []
        tasks.start(lambda _job: break_down(), lambda _done: None, found.append)
        qtbot.waitUntil(lambda: bool(found))
        tasks.stop()
        failures._on_exception(type(found[0]), found[0], found[0].__traceback__)
    qtbot.waitUntil(lambda: bool(told))
    assert "ValueError" in told[0]
    assert "break_down" in told[0]
    written = log.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert SECRET not in written + told[0]
    assert str(Path(__file__).parent) not in written + told[0]


def test_a_storm_of_failures_is_told_a_few_times_only(
    failures: Failures, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[object] = []
    failures.happened.connect(told.append)
    for _ in range(50):
        failures._on_exception(ValueError, ValueError(SECRET), None)
    assert 1 <= len(told) <= 3
    assert SECRET not in caplog.text


def test_what_qt_complains_about_is_logged(failures: Failures, caplog: pytest.LogCaptureFixture) -> None:
    qWarning("something about a layout")
    assert any(record.name == "qt" and record.levelno == logging.WARNING for record in caplog.records)


def test_the_notice_offers_three_ways_on(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    def start(path: str) -> bool:
        started.append(path)
        return False

    monkeypatch.setattr("cxdesk.ui.main_window.start_again", start)
    window.failure.tell("CX Desk 0.1.0\nValueError\npage:12 refresh")
    qtbot.waitUntil(window.failure.isVisible)
    qtbot.mouseClick(window.failure.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().endswith("page:12 refresh")
    qtbot.mouseClick(window.failure.restart, Qt.MouseButton.LeftButton)
    assert started == [""]
    qtbot.mouseClick(window.failure.go_on, Qt.MouseButton.LeftButton)
    assert not window.failure.isVisible()


def test_a_program_that_ended_hard_says_so_next_time(home: Path) -> None:
    assert last_crash() == ""
    (home / "crash.txt").write_text(
        "Fatal Python error: Segmentation fault\n\nCurrent thread 0x0001 (most recent call first):\n"
        '  File "/home/somebody/cxdesk/ui/main_window.py", line 12 in show_page\n',
        encoding="utf-8",
    )
    told = last_crash()
    assert "Segmentation fault" in told
    assert "main_window:12 show_page" in told
    assert "somebody" not in told


def test_details_name_type_and_places_only() -> None:
    try:
        break_down()
    except ValueError as problem:
        details = describe(problem)
    assert details.splitlines()[1] == "ValueError"
    assert SECRET not in details
    assert "/" not in details.splitlines()[-1]


def test_the_program_can_start_itself_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "main.py"
    script.write_text("", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", [str(script)])
    assert start_command("a.csv") == [sys.executable, str(script), "a.csv"]
    monkeypatch.setattr(sys, "argv", ["/usr/bin/cxdesk"])
    assert start_command("") == [sys.executable, "-m", "cxdesk"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert start_command("a.csv") == [sys.executable, "a.csv"]
