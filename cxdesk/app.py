"""Puts the window together and starts it; nothing heavy is imported before it shows."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from cxdesk import __version__
from cxdesk.project.folders import private_folder, settings_folder
from cxdesk.project.preferences import load_preferences
from cxdesk.project.process import Worker
from cxdesk.text import say
from cxdesk.ui import theme
from cxdesk.ui.failure import Failures, last_crash, start_log
from cxdesk.ui.first_paint import FirstPaint
from cxdesk.ui.icons import pixmap
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.session import Session

_SMOKE = "CXDESK_SMOKE"
"""Names a file: the program then opens what it was given, writes what it shows there, and ends. For trying builds."""

_PASTED_FOR = 24 * 3600
"""Seconds after which a pasted table in the private folder is nobody's any more."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the window with an optional file to open; returns the exit status when the window is closed."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _prepare_charts()
    _empty_private_folder()
    app = QApplication.instance() or QApplication([sys.argv[0]])
    if not isinstance(app, QApplication):
        raise RuntimeError("a program without windows is already running here")
    app.setApplicationName("CX Desk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("cxdesk")
    crashed = last_crash()
    close_log = start_log()
    failures = Failures(app)
    failures.install()
    theme.load_fonts()
    session = Session(load_preferences(), Worker(), app)
    theme.apply(app, session.theme)
    words = _QtWords(app)
    words.use(session.language)
    session.look_changed.connect(lambda: words.use(session.language))
    app.setWindowIcon(QIcon(pixmap("app", session.theme.palette.accent, 64)))
    window = MainWindow(session)
    failures.happened.connect(window.failure.tell)
    path = next((each for each in given if not each.startswith("-")), "")
    FirstPaint(window, lambda: _begin(window, path, crashed))
    window.show()
    status = app.exec()
    close_log()
    return status


def _prepare_charts() -> None:
    """Keep matplotlib's cache in our own folder, where a frozen program finds it again at the next start."""
    os.environ.setdefault("MPLCONFIGDIR", str(settings_folder() / "charts"))


def _empty_private_folder() -> None:
    """Remove pasted tables that an earlier run could not; those of today may be open in another window."""
    for left in private_folder().iterdir():
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _PASTED_FOR:
                left.unlink()


class _QtWords:
    """Qt's own words (Cancel, Yes, the file dialog) in the language of the screen."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._translator: QTranslator | None = None

    def use(self, language: str) -> None:
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        QLocale.setDefault(QLocale(language))
        if language == "en":
            return
        translator = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{language}", folder):
            self._app.installTranslator(translator)
            self._translator = translator


def _begin(window: MainWindow, path: str, crashed: str) -> None:
    """What waits for the first picture: getting ready for a file, opening the one that was given, looking back."""
    window.session.warm()
    if path:
        window.opening.open(str(Path(path).resolve()))
    if os.environ.get(_SMOKE):
        _watch(window, Path(os.environ[_SMOKE]))  # not before: a window that has not begun to read looks idle, too
    if crashed:
        text = say("CX Desk ended unexpectedly last time. Your files were not changed.")
        copy = (say("Copy details for support"), lambda: QGuiApplication.clipboard().setText(crashed))
        window.session.toast.emit(text, (copy,))


def _watch(window: MainWindow, report: Path) -> None:
    """Wait until the file is open and its overview is shown, then write what is seen and close."""
    timer = QTimer(window)
    timer.setInterval(200)

    def look() -> None:
        session = window.session
        if not session.idle or (session.path == "" and session.reading_name and session.is_reading):
            return
        timer.stop()
        seen = {
            "page": window.page.key or getattr(getattr(window.page, "analysis", None), "key", ""),
            "title": window.windowTitle(),
            "respondents": 0 if session.workspace is None else session.workspace.dataset.respondents,
            "platform": QGuiApplication.platformName(),
        }
        report.write_text(json.dumps(seen, ensure_ascii=False), encoding="utf-8")
        window.close()
        QApplication.exit(0)

    timer.timeout.connect(look)
    timer.start()
