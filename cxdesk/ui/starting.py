"""Shows an empty window at once, and has it furnished as soon as it was seen; or says that the program had to stop."""

from __future__ import annotations

import contextlib
import os
import time

from PySide6.QtWidgets import QApplication

from cxdesk.project.folders import data_folder, private_folder
from cxdesk.project.last_run import AbnormalEnd
from cxdesk.project.preferences import Preferences, load_preferences
from cxdesk.text import Translator
from cxdesk.ui import theme
from cxdesk.ui.arrivals import Arrivals
from cxdesk.ui.asked import Asked
from cxdesk.ui.failure import Failures
from cxdesk.ui.first_paint import FirstPaint, process_seconds
from cxdesk.ui.first_picture import FirstPicture
from cxdesk.ui.icons import program_icon
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.program import Program
from cxdesk.ui.single_instance import SingleInstance
from cxdesk.ui.stopped import StoppedWindow

_PASTED_FOR = 24 * 3600
"""Seconds after which a pasted table in the private folder is nobody's any more."""


def run(app: QApplication, wish: Asked, single: SingleInstance, before: AbnormalEnd | None) -> int:
    """Show the window until it is closed; returns the exit status.

    ``before`` is what an earlier run left behind that did not end as it should. Raises whatever kept the window from
    being furnished.
    """
    failures = Failures(app)
    failures.install()
    arrivals = Arrivals(app)
    single.arrived.connect(arrivals.take)
    if isinstance(app, Program):
        app.file_wanted.connect(arrivals.take)
    preferences = _dressed(app)
    window = MainWindow()
    window.setCentralWidget(FirstPicture(theme.theme_of(preferences)))
    window.restore_place(preferences.geometry)
    broken: list[Exception] = []

    def begin() -> None:
        """What waits for the first picture: nearly everything."""
        seen = process_seconds()
        if not window.isVisible():
            return  # closed at once
        try:
            prepare_charts()
            empty_private_folder()
            # It begins before the window imports the rest, so that both get ready at the same time.
            from cxdesk.project.process import Worker  # noqa: PLC0415 - after the first picture

            worker = Worker()
            with contextlib.suppress(OSError):
                worker.start()  # what it is needed for tries again, and says it if it fails
            from cxdesk.ui.getting_ready import get_ready  # noqa: PLC0415 - it brings everything along

            get_ready(app, window, preferences, worker, wish, single, arrivals, failures, before, seen)
        except Exception as problem:  # noqa: BLE001 - told by who called `run`
            broken.append(problem)
            # It is no use to anybody, and would keep the program running behind the window that says so.
            window.hide()
            app.exit(1)

    FirstPaint(window, begin)
    window.show()
    status = app.exec()
    if broken:
        raise broken[0]
    return status


def tell_stopped(app: QApplication, details: str) -> int:
    """Say in a window of its own that the program had to stop; returns the exit status when it was read."""
    look = theme.theme_of(_dressed(app))
    window = StoppedWindow(look, Translator(look.language), details)
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


def _dressed(app: QApplication) -> Preferences:
    """Fonts and look from the settings: what every window of the program stands on."""
    theme.load_fonts()
    preferences = load_preferences()
    look = theme.theme_of(preferences)
    theme.apply(app, look)
    app.setWindowIcon(program_icon())
    return preferences
