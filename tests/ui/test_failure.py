"""Whatever goes wrong is caught, told in plain words and logged; and nobody's answers stand in the log."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Signal, qInstallMessageHandler, qWarning
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cxdesk import __version__
from cxdesk.project.restart import leave_bundle, start_command
from cxdesk.ui.failure import Failures, describe, start_log
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
    close = start_log()
    yield home / "log.txt"
    close()


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

    monkeypatch.setattr("cxdesk.ui.failure_notice.start_again", start)
    window.failure.tell("CX Desk 0.1.0\nValueError\npage:12 refresh")
    qtbot.waitUntil(window.failure.isVisible)
    qtbot.mouseClick(window.failure.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().endswith("page:12 refresh")
    qtbot.mouseClick(window.failure.restart, Qt.MouseButton.LeftButton)
    assert started == [""]
    qtbot.mouseClick(window.failure.go_on, Qt.MouseButton.LeftButton)
    assert not window.failure.isVisible()


@pytest.mark.no_qt_log
def test_the_log_holds_no_words_of_others(failures: Failures, log: Path, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("matplotlib.font_manager").warning("findfont: %s not found", SECRET)
    qWarning(f'QImage: could not read "{SECRET}"')
    qWarning("QFile: /home/somebody/张三.xlsx is gone")
    try:
        break_down()
    except ValueError:
        logging.getLogger("cxdesk.somewhere").exception("a step was not done")
    written = log.read_text(encoding="utf-8")
    for word in ("Smith", "somebody", "张三", "findfont"):
        assert word not in written
    assert "test_failure:" in written
    assert "QImage: could not read …" in written
    assert "a step was not done" in written
    assert "ValueError" in written
    assert f"started CX Desk {__version__}" in written


def test_the_log_keeps_what_earlier_runs_wrote_and_never_grows_without_end(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for run in range(3):
        close = start_log()
        for _ in range(5_000):
            logging.getLogger("cxdesk").warning("the same thing again, run %s, and some more words to fill it", run)
        close()
    sizes = {path.name: path.stat().st_size for path in home.glob("log*.txt")}
    assert set(sizes) == {"log.txt", "log.old.txt"}
    assert sum(sizes.values()) < 1_000_000
    assert "run 2" in (home / "log.txt").read_text(encoding="utf-8")
    assert "run 1" in (home / "log.old.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks nobody for a folder's rights here")
def test_a_log_that_cannot_be_written_stops_nobody(home: Path) -> None:
    (home / "log.txt").mkdir()
    start_log()()


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
    assert start_command() == [sys.executable, "-m", "cxdesk"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert start_command("a.csv") == [sys.executable, "a.csv"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux looks for libraries along a path")
@pytest.mark.parametrize("before", [{}, {"LD_LIBRARY_PATH_ORIG": "/opt/lib"}])
def test_what_a_frozen_program_starts_finds_its_own_libraries(
    monkeypatch: pytest.MonkeyPatch, before: dict[str, str]
) -> None:
    untouched = {"LD_LIBRARY_PATH": "/opt/lib"}
    leave_bundle(untouched)
    assert untouched == {"LD_LIBRARY_PATH": "/opt/lib"}
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    world = {"LD_LIBRARY_PATH": "/opt/cxdesk/_internal:/opt/lib", **before}
    leave_bundle(world)
    assert world.get("LD_LIBRARY_PATH", "") == before.get("LD_LIBRARY_PATH_ORIG", "")
    assert "LD_LIBRARY_PATH_ORIG" not in world
