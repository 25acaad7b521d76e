"""What happens when something unexpected happens: it is caught wherever it arises, told in plain words, and logged.

The log and the details that can be copied hold the type of the error and the places in the code, never its message,
a path, a header or an answer: messages of errors carry data.
"""

from __future__ import annotations

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
from cxdesk.project.folders import data_folder

_LOG = logging.getLogger("cxdesk")
_MOST_TOLD = 3
LOG, QT = "log.txt", "qt"
_FULL = 256 * 1024
"""Bytes of a full log, and letters that one run may write."""

_DATA = re.compile(r"""["'“‘].*["'”’]|\S*[\\/]\S*|[^\x00-\x7f]+""")
"""What may be data in a message of Qt: words in quotes, paths, and letters beyond English."""

_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


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
    return f"CX Desk {__version__}, Python {_PYTHON}, {sys.platform}\n" + "\n".join([type(problem).__name__, *places])


def start_log() -> Callable[[], None]:
    """Write what happens to log.txt in the data folder, after what earlier runs wrote; returns what closes it again.

    It cannot grow without end: a full one is kept as log.old.txt, and one run writes so much and no more. Where nothing
    can be written, nothing is logged.
    """
    path = data_folder() / LOG
    try:
        if path.exists() and path.stat().st_size > _FULL:
            path.replace(path.with_name(f"{path.stem}.old{path.suffix}"))
        handler = _Capped(path)
    except OSError:
        return lambda: None
    handler.setLevel(logging.INFO)
    handler.setFormatter(_Careful("%(asctime)s %(levelname)s %(name)s %(message)s"))
    level = _LOG.level
    logging.getLogger().addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.info("started CX Desk %s, Python %s, %s", __version__, _PYTHON, sys.platform)

    def close() -> None:
        _LOG.info("ended")
        _LOG.setLevel(level)
        logging.getLogger().removeHandler(handler)
        handler.close()

    return close


class _Capped(logging.FileHandler):
    """Stops writing when one run has written too much: the same failure every second fills no disk."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, mode="a", encoding="utf-8")
        self._room = _FULL

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record while there is room."""
        if self._room > 0:
            self._room -= len(self.format(record))
            super().emit(record)


class _Careful(logging.Formatter):
    """Writes the words of this program, of others only the place: their messages may carry people's answers."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, or a few with the places that an error passed; never an exception's message."""
        own = record.name.split(".")[0] == "cxdesk"
        words = record.getMessage() if own else f"{record.module}:{record.lineno}"
        if record.name == QT:
            words = _DATA.sub("…", record.getMessage())
        elif record.exc_info is not None and record.exc_info[1] is not None:
            words = f"{words}\n{describe(record.exc_info[1])}"
        plain = logging.LogRecord(record.name, record.levelno, record.pathname, record.lineno, "%s", (words,), None)
        plain.created, plain.msecs = record.created, record.msecs
        return super().format(plain)


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if kind in {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}:
        logging.getLogger(QT).warning("%s", message)
