"""The export page with one report per group: a folder instead of a file, progress, Cancel, going on, missing ones."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cxdesk.job import Job
from cxdesk.render.excel.save import Written
from cxdesk.render.excel.workbook import SaveRefused
from cxdesk.text import say
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.export_page import ExportPage
from tests.builders import survey
from tests.ui.conftest import Shelf
from tests.ui.pages.looking import said
from tests.ui.pages.test_export import shown, toasts
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]


@pytest.fixture
def page(opened: Open, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ExportPage:
    monkeypatch.setattr(shelf, "writes", _quick)
    return shown(opened(store_survey()), qtbot)


def _quick(function: str, arguments: tuple[object, ...], job: Job) -> Written:
    """Stands in for the worker process: an empty file at once."""
    target = Path(str(arguments[1]))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"report")
    return Written(str(target), renamed=False)


def choose(page: ExportPage, place: int) -> None:
    page.split.box.setCurrentIndex(place)
    page.split.box.activated.emit(place)


def finish(page: ExportPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.is_saving and page.session.idle, timeout=30_000)


def test_the_choice_is_an_undoable_step_and_turns_the_file_into_a_folder(page: ExportPage, qtbot: QtBot) -> None:
    assert page.split.box.itemText(0) == "One report for all"
    assert page.split.box.itemText(1).startswith("One report per ")
    assert page.bar.where.toolTip().endswith("report.xlsx")
    choose(page, 1)
    assert page.session.workspace is not None
    assert page.session.workspace.report.split_by
    assert page.bar.where.toolTip().endswith("– reports")
    assert "Groups under 10 answers get none." in said(page)
    page.session.undo()
    assert page.split.by == ""
    assert page.bar.where.toolTip().endswith("report.xlsx")


def test_what_is_said_about_the_choice_takes_no_room_beyond_its_lines(page: ExportPage, qtbot: QtBot) -> None:
    choose(page, 1)
    about = page.split.about
    qtbot.waitUntil(lambda: about.height() > 0 and page.form.height() > 0)
    assert about.height() <= about.heightForWidth(about.width()) + 4


def test_all_reports_are_saved_into_the_folder_and_the_window_says_so(
    page: ExportPage, qtbot: QtBot, home: Path
) -> None:
    found = toasts(page)
    choose(page, 1)
    finish(page, qtbot)
    (folder,) = (home / "Documents" / "CX Desk").iterdir()
    names = sorted(path.name for path in folder.glob("*.xlsx"))
    assert names[0] == "00 Contents.xlsx"
    assert len(names) > 2
    assert not page.isVisible()
    assert "reports saved." in page.session.say(found[0][0])


def test_cancel_keeps_what_is_there_and_saving_again_goes_on(
    page: ExportPage, qtbot: QtBot, home: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    calls: list[str] = []

    def slow(function: str, arguments: tuple[object, ...], job: Job) -> Written:
        calls.append(Path(str(arguments[1])).name)
        if len(calls) == 3:
            reached.set()
            go_on.wait(20)
            job.check()
        return _quick(function, arguments, job)

    monkeypatch.setattr(shelf, "writes", slow)
    choose(page, 1)
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: reached.is_set() and "Report 2 of" in page.bar.step.text())
    qtbot.mouseClick(page.cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    qtbot.waitUntil(lambda: not page.is_saving and page.session.idle)
    before = len(calls)
    finish(page, qtbot)
    assert calls[1] not in calls[before:], "what was written before Cancel is not written again"
    assert calls[2] in calls[before:]


def test_a_missing_report_is_told_on_the_page(
    page: ExportPage, qtbot: QtBot, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(function: str, arguments: tuple[object, ...], job: Job) -> Written:
        if Path(str(arguments[1])).name.startswith("00"):
            return _quick(function, arguments, job)
        raise SaveRefused("disk_full", say("The disk is full."), say("Free some space."))

    monkeypatch.setattr(shelf, "writes", full)
    choose(page, 1)
    finish(page, qtbot)
    assert page.isVisible()
    assert page.problem.isVisible()
    assert "The disk is full." in said(page.problem)


def test_without_a_segment_there_is_no_choice(opened: Open, shelf: Shelf, qtbot: QtBot) -> None:
    page = shown(opened(survey(recommend=[10, 3] * 50)), qtbot)
    assert not page.split.isVisible()
    assert page.split.by == ""
