"""Builds the window around a session and shows it; or, if the program had to stop, says so."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from cxdesk.project.folders import data_folder, private_folder
from cxdesk.project.last_run import AbnormalEnd
from cxdesk.project.preferences import load_preferences
from cxdesk.project.process import Worker
from cxdesk.text import say
from cxdesk.ui import theme
from cxdesk.ui.arrivals import Arrivals
from cxdesk.ui.asked import Asked
from cxdesk.ui.failure import Failures
from cxdesk.ui.first_paint import FirstPaint
from cxdesk.ui.icons import pixmap
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.program import Program, QtWords
from cxdesk.ui.session import Session
from cxdesk.ui.single_instance import SingleInstance
from cxdesk.ui.smoke import Smoke, process_seconds, sample
from cxdesk.ui.stopped import StoppedWindow

_PASTED_FOR = 24 * 3600
"""Seconds after which a pasted table in the private folder is nobody's any more."""


def run(app: QApplication, wish: Asked, single: SingleInstance, before: AbnormalEnd | None) -> int:
    """Build the window and show it until it is closed; returns the exit status.

    ``before`` is what an earlier run left behind that did not end as it should.
    """
    prepare_charts()
    empty_private_folder()
    failures = Failures(app)
    failures.install()
    arrivals = Arrivals(app)
    single.arrived.connect(arrivals.take)
    if isinstance(app, Program):
        app.file_wanted.connect(arrivals.take)
    session = _session(app)
    words = QtWords(app)
    words.use(session.language)
    session.look_changed.connect(lambda: words.use(session.language))
    window = MainWindow(session)
    failures.happened.connect(window.failure.tell)

    def begin() -> None:
        """What waits for the first picture: getting ready for a file, opening what was given, looking back."""
        seen = process_seconds()
        session.warm()
        arrivals.take(wish.paths or ((sample(session.language),) if wish.smoke else ()))
        arrivals.begin(window)
        if wish.smoke:
            # Not before: a window that has not begun to read looks idle, too.
            smoke = Smoke(window, Path(wish.smoke), seen)
            failures.happened.connect(smoke.note_failure)
            smoke.start()
        else:
            single.listen()
            if not wish.paths:
                window.projects.offer_to_continue()
        if before is not None:
            _look_back(session, before.details)

    FirstPaint(window, begin)
    window.show()
    return app.exec()


def tell_stopped(app: QApplication, details: str) -> int:
    """Say in a window of its own that the program had to stop; returns the exit status when it was read."""
    session = _session(app)
    window = StoppedWindow(session.theme, session.translator, details)
    window.show()
    return app.exec()


def prepare_charts() -> None:
    """Keep matplotlib's cache in our own folder, where a frozen program finds it again at the next start.

    Charts use the bundled fonts only, so nobody waits for a search through those of the system.
    """
    os.environ.setdefault("MPLCONFIGDIR", str(data_folder() / "charts"))
    os.environ.setdefault("MPL_IGNORE_SYSTEM_FONTS", "1")


def empty_private_folder() -> None:
    """Remove pasted tables that an earlier run could not; those of today may be open in another window."""
    for left in private_folder().iterdir():
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _PASTED_FOR:
                left.unlink()


def _session(app: QApplication) -> Session:
    """Fonts, settings and look: what every window of the program stands on."""
    theme.load_fonts()
    session = Session(load_preferences(), Worker(), app)
    theme.apply(app, session.theme)
    app.setWindowIcon(QIcon(pixmap("app", session.theme.palette.accent, 64)))
    return session


def _look_back(session: Session, details: str) -> None:
    text = say("CX Desk ended unexpectedly last time. Your files were not changed.")
    copy = (say("Copy details for support"), lambda: QGuiApplication.clipboard().setText(details))
    session.toast.emit(text, (copy,))
