"""A person at work, to be killed: opens a survey in the real window, filters, exports, saves, and goes on working.

``python -m tests.journeys.at_work SURVEY FOLDER`` prints a line for each thing done, then "working", and never ends.
Each step is a function in `STEPS`; whatever writes a file for other people belongs there, so that the canary sees it.
"""

from __future__ import annotations

import faulthandler
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from cxdesk.analysis import ANALYSES
from cxdesk.project.folders import settings_folder
from cxdesk.project.preferences import Preferences
from cxdesk.project.process import Worker
from cxdesk.survey.role import Role
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import say
from cxdesk.ui import theme
from cxdesk.ui.failure import start_log
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.session import Session
from cxdesk.ui.widgets.follow_up_form import FollowUpForm

_PATIENCE = 120.0


def wait_until(true: Callable[[], bool]) -> None:
    """Let the window work until something is so; a moment later it may no longer be."""
    loop, timer, end = QEventLoop(), QTimer(), time.monotonic() + _PATIENCE
    reached: list[bool] = []

    def look() -> None:
        if true():
            reached.append(True)
        if reached or time.monotonic() > end:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(20)
    loop.exec()
    timer.stop()
    if not reached:
        raise TimeoutError


def rest(window: MainWindow) -> None:
    """Wait until nothing runs in the background."""
    wait_until(lambda: window.session.idle and window.projects.idle)


def open_survey(window: MainWindow, survey: Path, _folder: Path) -> None:
    """Open the survey and look at every page."""
    window.opening.open(str(survey))
    wait_until(lambda: window.session.workspace is not None)
    for analysis in ANALYSES:
        window.show_page(analysis.key)
        rest(window)
    window.show_page("check")
    rest(window)


def narrow(window: MainWindow, _survey: Path, _folder: Path) -> None:
    """Filter by the first group of the first segment."""
    workspace = window.session.workspace
    assert workspace is not None
    segment = workspace.dataset.with_role(Role.SEGMENT)[0]
    selection = Selection((OneOf(segment.id, (0,)),))
    window.session.edit(say("Filter by {question}", question=segment.text), replace(workspace, selection=selection))
    rest(window)


def export(window: MainWindow, _survey: Path, _folder: Path) -> None:
    """Save the report with every sheet that is wanted unasked."""
    window.show_page("export")
    wait_until(lambda: window.exporting and window.session.idle)
    window.export.save.click()
    wait_until(lambda: not window.export.is_saving)
    rest(window)


def save_project(window: MainWindow, _survey: Path, folder: Path) -> None:
    """Save a project without the answers."""
    with patch("cxdesk.ui.project_control.choose_target", lambda *_: str(folder / "Stores.cxd")):
        window.projects.save_as()
        _press(window, "Without the answers")
    wait_until((folder / "Stores.cxd").exists)
    rest(window)


def save_template(window: MainWindow, _survey: Path, folder: Path) -> None:
    """Save a template."""
    with patch("cxdesk.ui.project_control.choose_target", lambda *_: str(folder / "Stores.cxt")):
        window.projects.save_template()
        _press(window, "Choose where…")
    wait_until((folder / "Stores.cxt").exists)
    rest(window)


def save_list(window: MainWindow, _survey: Path, folder: Path) -> None:
    """Save the follow-up list with masked contacts, as it is offered first."""
    window.show_page("follow_up")
    rest(window)
    form = window.page.findChild(FollowUpForm)
    assert form is not None
    with patch("cxdesk.ui.follow_up_control.choose_target", lambda *_: str(folder / "Follow-up.xlsx")):
        form.save_wanted.emit(False)
    wait_until((folder / "Follow-up.xlsx").exists)
    rest(window)


def keep(window: MainWindow, _survey: Path, _folder: Path) -> None:
    """Let what was set up be kept by itself, as it is a few seconds after the last change."""
    changed = time.monotonic()
    narrow_once_more(window)
    home = settings_folder()
    before = {path: path.stat().st_mtime_ns for path in home.glob("work/*.json")}
    wait_until(lambda: any(path.stat().st_mtime_ns > before.get(path, 0) for path in home.glob("work/*.json")))
    print(f"kept after {time.monotonic() - changed:.1f} s", flush=True)


def narrow_once_more(window: MainWindow) -> None:
    """Choose the second group as well."""
    workspace = window.session.workspace
    assert workspace is not None
    (condition,) = workspace.selection.conditions
    assert isinstance(condition, OneOf)
    wider = replace(workspace, selection=Selection((replace(condition, codes=(0, 1)),)))
    window.session.edit(say("Filter by {question}", question="Region"), wider)


STEPS: tuple[Callable[[MainWindow, Path, Path], None], ...] = (
    open_survey,
    save_list,
    narrow,
    export,
    save_project,
    save_template,
    keep,
)


def _press(window: MainWindow, words: str) -> None:
    next(each for each in window.projects.card.findChildren(QPushButton) if each.text() == words).click()


def main(survey: Path, folder: Path) -> None:
    """Do every step, and go on working until killed; if a step takes too long, where it stands is printed."""
    faulthandler.dump_traceback_later(_PATIENCE - 5, repeat=True)
    app = QApplication([])
    start_log()
    theme.load_fonts()
    session = Session(Preferences(language="en", theme="light"), Worker())
    theme.apply(app, session.theme)
    window = MainWindow(session)
    window.show()
    for step in STEPS:
        step(window, survey, folder)
        print(step.__name__, flush=True)
    print("working", flush=True)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
