"""Projects, templates and the state that is kept by itself, as a person meets them in the window."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cxdesk.project import autosave
from cxdesk.project.package import unpack
from cxdesk.project.preferences import Preferences
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import say
from cxdesk.ui.main_window import MainWindow
from tests.ui.conftest import Shelf
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]
WEST = Selection((OneOf("region", (3,)),))


def press(window: MainWindow, words: str) -> None:
    """Press the button of the card that says so."""
    buttons = {each.text().replace("&&", "&"): each for each in window.projects.card.findChildren(QPushButton)}
    buttons[words].click()


def narrow(window: MainWindow) -> None:
    workspace = window.session.workspace
    assert workspace is not None
    window.session.edit(say("Filter by {question}", question="Region"), replace(workspace, selection=WEST))


def selection(window: MainWindow) -> Selection:
    assert window.session.workspace is not None
    return window.session.workspace.selection


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.session.idle and window.projects.idle)


@pytest.fixture
def survey_file(tmp_path: Path) -> Path:
    """The survey file itself; what is in it stands on the shelf."""
    path = tmp_path / "Stores.xlsx"
    path.write_bytes(b"")
    return path


def answer_dialog(monkeypatch: pytest.MonkeyPatch, name: str, path: str) -> None:
    monkeypatch.setattr(f"cxdesk.ui.dialogs.QFileDialog.{name}", lambda *_args, **_more: (path, ""))


def saved(window: MainWindow, survey_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Save what is open as a project without the answers, beside the survey."""
    project = survey_file.with_name("Stores.cxd")
    answer_dialog(monkeypatch, "getSaveFileName", str(project))
    window.projects.save()
    press(window, "Without the answers")
    qtbot.waitUntil(project.exists)
    return project


def reopen(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.opened):
        window.opening.open(str(path))
    settled(window, qtbot)


@pytest.mark.parametrize(("words", "answers"), [("Without the answers", False), ("With the answers", True)])
def test_a_project_brings_the_survey_back_as_it_was(
    opened: Open, survey_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, words: str, answers: bool
) -> None:
    window = opened(store_survey(), str(survey_file))
    narrow(window)
    project = survey_file.with_name("Stores.cxd")
    answer_dialog(monkeypatch, "getSaveFileName", str(project))
    window.projects.save()
    assert "Should the answers be inside?" in said(window)
    press(window, words)
    qtbot.waitUntil(lambda: "Project saved: Stores.cxd" in window.toasts.text.text())
    assert unpack(project).answers is answers
    other = store_survey(80, key="other")
    shelf_of(window).files["Other.csv"] = other
    reopen(window, survey_file.with_name("Other.csv"), qtbot)
    assert selection(window) == Selection()
    if answers:
        survey_file.unlink()
    reopen(window, project, qtbot)
    assert selection(window) == WEST
    assert window.session.project == str(project)
    assert window.session.history is not None
    assert window.session.history.undo_name is None


def shelf_of(window: MainWindow) -> Shelf:
    assert isinstance(window.session.worker, Shelf)
    return window.session.worker


def said(window: MainWindow) -> str:
    return " ".join(each.text() for each in window.projects.card.findChildren(QLabel) if each.isVisible())


def test_saving_again_asks_nothing(
    opened: Open, survey_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(store_survey(), str(survey_file))
    project = saved(window, survey_file, qtbot, monkeypatch)
    settled(window, qtbot)
    before = project.read_bytes()
    narrow(window)
    window.projects.save()
    settled(window, qtbot)
    assert not window.projects.card.isVisible()
    assert project.read_bytes() != before


def test_a_survey_file_that_moved_is_asked_for(
    opened: Open, survey_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(store_survey(), str(survey_file))
    narrow(window)
    project = saved(window, survey_file, qtbot, monkeypatch)
    autosave.forget()
    folder = survey_file.parent / "archive"
    folder.mkdir()
    moved = survey_file.rename(folder / survey_file.name)
    with qtbot.waitSignal(window.session.refused):
        window.opening.open(str(project))
    assert "Stores.xlsx" in said(window)
    assert "“Stores.cxd” could not be opened yet." in said(window)
    errors = [each for each in window.findChildren(QFrame) if each.property("look") == "error" and each.isVisible()]
    assert errors == [], "the question says the reason; a second card would say it again"
    answer_dialog(monkeypatch, "getOpenFileName", str(moved))
    with qtbot.waitSignal(window.session.opened):
        press(window, "Find it…")
    assert selection(window) == WEST
    settled(window, qtbot)


def test_a_template_sets_the_next_file_up_and_undo_takes_it_back(
    opened: Open, survey_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(store_survey(), str(survey_file))
    narrow(window)
    template = survey_file.with_name("Monthly.cxt")
    answer_dialog(monkeypatch, "getSaveFileName", str(template))
    window.projects.save_template()
    assert "holds no answers and no names" in said(window)
    assert "the filter Region: West" in said(window)
    press(window, "Choose where…")
    qtbot.waitUntil(template.exists)
    shelf_of(window).files["October.csv"] = store_survey(200, key="october")
    reopen(window, survey_file.with_name("October.csv"), qtbot)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(template))])
    assert window.opening.drop(data)
    qtbot.waitUntil(lambda: selection(window) == WEST)
    assert "Monthly" in window.toasts.text.text()
    window.session.undo()
    assert selection(window) == Selection()
    settled(window, qtbot)


def test_a_template_without_a_file_waits_for_one(
    window: MainWindow, opened: Open, survey_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime

    from cxdesk.project.template import save_template
    from cxdesk.project.workspace import Workspace

    template = survey_file.with_name("Monthly.cxt")
    save_template(str(template), Workspace(store_survey(), WEST), datetime.date(2025, 9, 1))
    window.opening.open(str(template))
    qtbot.waitUntil(lambda: "Monthly" in said(window))
    opened(store_survey(200, key="october"), str(survey_file))
    qtbot.waitUntil(lambda: selection(window) == WEST)
    settled(window, qtbot)


def test_a_known_file_comes_back_as_it_was_left_and_can_be_started_afresh(
    opened: Open, survey_file: Path, qtbot: QtBot
) -> None:
    window = opened(store_survey(), str(survey_file))
    narrow(window)
    window.projects.keep_now()
    settled(window, qtbot)
    window.session.path = ""
    reopen(window, survey_file, qtbot)
    assert selection(window) == WEST
    assert "settings of last time" in window.toasts.text.text()
    window.session.undo()
    assert selection(window) == Selection()


def killed(home: Path) -> None:
    """Make the kept state look like that of a program that was killed."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    (path,) = (home / "work").glob("*.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "process": process.pid}))


def interrupted(dataset: Dataset, path: Path, home: Path) -> None:
    from cxdesk.project.sources import sources_of
    from cxdesk.project.workspace import Workspace
    from cxdesk.reading.grid import Choices

    work = autosave.Work(sources_of(dataset, str(path), Choices(), None), "", Workspace(dataset))
    autosave.keep(work, Workspace(dataset, WEST), ended=False)
    killed(home)


def test_after_a_crash_the_work_is_offered_and_undo_keeps_both(
    window: MainWindow, survey_file: Path, home: Path, qtbot: QtBot
) -> None:
    interrupted(store_survey(), survey_file, home)
    shelf_of(window).files["Stores.xlsx"] = store_survey()
    window.projects.offer_to_continue()
    qtbot.waitUntil(window.projects.card.isVisible)
    assert "Store survey 2025 Q3.xlsx" in said(window)
    with qtbot.waitSignal(window.session.opened):
        press(window, "Continue where you stopped")
    assert selection(window) == WEST
    window.session.undo()
    assert selection(window) == Selection()
    settled(window, qtbot)


def test_whoever_does_not_want_to_go_on_is_not_asked_again(
    window: MainWindow, survey_file: Path, home: Path, qtbot: QtBot
) -> None:
    interrupted(store_survey(), survey_file, home)
    window.projects.offer_to_continue()
    qtbot.waitUntil(window.projects.card.isVisible)
    press(window, "Not now")
    settled(window, qtbot)
    assert autosave.unfinished() is None
    assert autosave.found(store_survey().source.digest) is not None


@pytest.mark.parametrize("preferences", [Preferences(language="en", theme="light", keep_recent=False)])
def test_in_private_mode_nothing_is_kept(opened: Open, survey_file: Path, home: Path, qtbot: QtBot) -> None:
    window = opened(store_survey(), str(survey_file))
    narrow(window)
    window.projects.keep_now()
    settled(window, qtbot)
    window.close()
    assert not list(home.glob("work/*"))


def test_a_damaged_project_is_refused_in_words(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "Stores.cxd"
    path.write_bytes(b"PK\x03\x04 half of it")
    with qtbot.waitSignal(window.session.refused):
        window.opening.open(str(path))
    words = " ".join(each.text() for each in window.welcome.findChildren(QLabel))
    assert "“Stores.cxd” could not be opened" in words
    assert "damaged or was not saved completely" in words
