"""What every test starts from, and what it must leave behind: nothing.

No screen, one time zone, one locale, fresh settings in a folder of their own, no file dialog, no network. A test that
leaves a window, a thread, a process or a timer behind, or that logs a warning nobody expected, fails and is told what.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Before Qt and matplotlib are imported by anything.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "cxdesk-tests-charts"))
os.environ["TZ"] = "UTC"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)
if hasattr(time, "tzset"):
    time.tzset()

import pytest
from hypothesis import HealthCheck, settings

# On a busy computer an example takes long for reasons that are not ours.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

_NETWORK = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    # Addresses of local pipes between our own processes are texts or bytes; those of the network are tuples.
    if event in _NETWORK and any(isinstance(each, tuple) for each in arguments[1:2]) | event.startswith("socket.get"):
        raise RuntimeError(f"a test tried to use the network: {event}")


sys.addaudithook(_refuse_network)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Opening a popup says this on a screen that does not exist."""
    item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard$", extend=True))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder for settings, remembered layouts and proposed reports."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CXDESK_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _no_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog of the system would wait for ever; a test that needs one replaces it itself."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None:
        return

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file dialog was opened without a test having answered it")

    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(widgets.QFileDialog, name, refuse)


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Warnings and errors in the log fail a test, unless it takes ``caplog`` and looks at them itself."""
    yield
    if _takes_log(request):
        return
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    loud = [f"{record.name}: {record.getMessage()}" for record in records if record.levelno >= logging.WARNING]
    assert not loud, "logged without being expected:\n" + "\n".join(loud)


def _takes_log(request: pytest.FixtureRequest) -> bool:
    code = getattr(getattr(request, "function", None), "__code__", None)
    return code is not None and "caplog" in code.co_varnames[: code.co_argcount]


@pytest.fixture(autouse=True)
def _nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Name what a test left running: threads, processes, windows, timers."""
    before = set(threading.enumerate())
    yield
    left = [f"thread {thread.name}" for thread in threading.enumerate() if _is_left(thread, before)]
    left += [f"process {process.name}" for process in multiprocessing.active_children()]
    if "qtbot" in request.fixturenames:
        left += _left_windows()
    assert not left, f"left behind: {', '.join(left)}"


def _is_left(thread: threading.Thread, before: set[threading.Thread]) -> bool:
    # A thread of Qt's pool that once ran Python is listed as a dummy until the pool lets it go.
    return thread not in before and thread.is_alive() and not isinstance(thread, threading._DummyThread)


def _left_windows() -> list[str]:
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    left = [f"window {type(widget).__name__} “{widget.windowTitle()}”" for widget in shown]
    for widget in shown:
        widget.close()
    timers = [each for each in gc.get_objects() if isinstance(each, QTimer) and shiboken6.isValid(each)]
    return left + [f"timer of {type(timer.parent()).__name__}" for timer in timers if timer.isActive()]
