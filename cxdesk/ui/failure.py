"""What happens when something unexpected happens: it is caught wherever it arises, told in plain words, and logged.

The log and the details that can be copied hold the type of the error and the places in the code, never its message,
a path, a header or an answer: messages of errors carry data.
"""

from __future__ import annotations

import faulthandler
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from cxdesk import __version__
from cxdesk.project.clock import now
from cxdesk.project.folders import settings_folder

_LOG = logging.getLogger("cxdesk")
_MOST_TOLD = 3
_CRASH_FILE = "crash.txt"
_FRAME = re.compile(r'File "([^"]*)", line (\d+) in (\S+)')


class Failures(QObject):
    """Collects failures from every thread and tells the window about the first few."""

    # object: an exception travels as it is.
    happened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is hooked until `install`."""
        super().__init__(parent)
        self._told = 0

    def install(self) -> None:
        """Hook every way in which Python and Qt report what nobody caught."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable
        qInstallMessageHandler(_on_qt_message)

    def _on_exception(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, problem, trace)
            return
        details = describe(problem)
        _LOG.error("%s", details)
        if self._told < _MOST_TOLD:
            self._told += 1
            self.happened.emit(details)

    def _on_thread(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self._on_exception(hook.exc_type, hook.exc_value, hook.exc_traceback)

    def _on_unraisable(self, hook: sys.UnraisableHookArgs) -> None:
        if hook.exc_value is not None:
            _LOG.error("%s", describe(hook.exc_value))


def describe(problem: BaseException) -> str:
    """The type of an error and the places in this program that it passed, newest last; nothing else."""
    frames = traceback.extract_tb(problem.__traceback__)
    places = [f"{Path(frame.filename).stem}:{frame.lineno} {frame.name}" for frame in frames]
    return (
        f"CX Desk {__version__}, Python {sys.version_info.major}.{sys.version_info.minor}, {sys.platform}\n"
        + "\n".join([type(problem).__name__, *places])
    )


def last_crash() -> str:
    """What the last run left behind if the system ended it: code places only; "" if it ended as it should.

    Call it before `start_log`, which begins a new record.
    """
    try:
        record = (settings_folder() / _CRASH_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    places = [f"{Path(file).stem}:{line} {name}" for file, line, name in _FRAME.findall(record)]
    head = record.splitlines()[:1]
    return "\n".join([f"CX Desk {__version__}, {sys.platform}", *head, *places]) if record.strip() else ""


def start_log() -> Callable[[], None]:
    """Write warnings and errors to log.txt in the settings folder; returns what closes the files again."""
    folder = settings_folder()
    handler = logging.FileHandler(folder / "log.txt", mode="w", encoding="utf-8")
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    crash = (folder / _CRASH_FILE).open("w", encoding="utf-8")
    faulthandler.enable(crash)
    _LOG.info("started %s", now())

    def close() -> None:
        faulthandler.disable()
        crash.close()
        logging.getLogger().removeHandler(handler)
        handler.close()

    return close


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if kind in {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}:
        logging.getLogger("qt").warning("%s", message)
