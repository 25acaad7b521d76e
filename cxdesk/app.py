"""Starts the window, or hands files over to the one that is open; a second start ends before it imports the rest."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from cxdesk.project.last_run import begin_run, take_abnormal_end
from cxdesk.ui.asked import asked
from cxdesk.ui.failure import describe, start_log
from cxdesk.ui.program import Program
from cxdesk.ui.single_instance import SingleInstance


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the window with files to open; returns the exit status when the window is closed.

    A second start hands its files over to the window that is open, and ends at once.
    """
    wish = asked(sys.argv[1:] if arguments is None else arguments, os.environ)
    single = SingleInstance()
    alone = bool(wish.smoke or wish.stopped)
    if not alone and not single.claim(again=wish.again) and single.hand_over(wish.paths):
        return 0
    app = QApplication.instance() or Program([sys.argv[0]])
    if not isinstance(app, QApplication):
        raise RuntimeError("a program without windows is already running here")
    before = take_abnormal_end(wish.stopped)
    if wish.stopped:
        return _tell_stopped(app, "" if before is None else before.details)
    end_run, close_log = begin_run(os.getpid()), start_log()
    # What is imported stays; looking through it for garbage again and again would only delay the first window.
    gc.disable()
    try:
        from cxdesk.ui.starting import run  # noqa: PLC0415 - a second start needs none of it

        return run(app, wish, single, before)
    except Exception as problem:  # noqa: BLE001 - the last place where anything can be caught
        details = describe(problem)
        logging.getLogger("cxdesk").error("%s", details)
        single.release()
        _tell_stopped(app, details)
        return 1
    finally:
        gc.enable()
        single.release()
        close_log()
        end_run()


def _tell_stopped(app: QApplication, details: str) -> int:
    from cxdesk.ui.starting import tell_stopped  # noqa: PLC0415 - a second start needs none of it

    return tell_stopped(app, details)
