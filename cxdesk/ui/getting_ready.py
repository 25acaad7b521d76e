"""Furnishes the window that is already seen, and lets it begin: opens what was given, looks back at the last run."""

from __future__ import annotations

import gc
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cxdesk.project.last_run import AbnormalEnd
from cxdesk.project.preferences import Preferences
from cxdesk.project.process import Worker
from cxdesk.text import say
from cxdesk.ui.arrivals import Arrivals
from cxdesk.ui.asked import Asked
from cxdesk.ui.catching_up import CatchingUp
from cxdesk.ui.failure import Failures
from cxdesk.ui.first_paint import process_seconds
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.program import QtWords
from cxdesk.ui.session import Session
from cxdesk.ui.single_instance import SingleInstance


def get_ready(
    app: QApplication,
    window: MainWindow,
    preferences: Preferences,
    worker: Worker,
    wish: Asked,
    single: SingleInstance,
    arrivals: Arrivals,
    failures: Failures,
    before: AbnormalEnd | None,
    seen: float,
) -> None:
    """Give the window its session and everything in it.

    ``before`` is what an earlier run left behind that did not end as it should; ``seen`` the seconds from the start of
    the process until the window was seen.
    """
    session = Session(preferences, worker, app)
    words = QtWords(app)
    words.use(session.language)
    session.look_changed.connect(lambda: words.use(session.language))
    window.furnish(session)
    failures.happened.connect(window.failure.tell)
    # From now on garbage is looked for again, but not in what will stay as long as the program.
    gc.freeze()
    gc.enable()
    ready = process_seconds()
    session.warm()
    CatchingUp(session)
    if wish.smoke:
        from cxdesk.ui.smoke import Smoke, sample  # noqa: PLC0415 - nobody else needs it

        arrivals.take(wish.paths or (sample(session.language),))
        arrivals.begin(window)
        # Not before: a window that has not begun to read looks idle, too.
        smoke = Smoke(window, Path(wish.smoke), {"first_window": seen, "ready": ready})
        failures.happened.connect(smoke.note_failure)
        smoke.start()
    else:
        arrivals.take(wish.paths)
        arrivals.begin(window)
        single.listen()
        if not wish.paths:
            window.projects.offer_to_continue()
    if before is not None:
        _look_back(session, before.details)


def _look_back(session: Session, details: str) -> None:
    text = say("CX Desk ended unexpectedly last time. Your files were not changed.")
    copy = (say("Copy details for support"), lambda: QGuiApplication.clipboard().setText(details))
    session.toast.emit(text, (copy,))
