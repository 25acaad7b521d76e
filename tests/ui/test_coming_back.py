"""What was open stays open, and is shown again, when reading something else comes to nothing; no old number stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cxdesk.project import store
from cxdesk.project.workspace import Workspace
from cxdesk.reading.grid import Choices
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.survey.weighting import Weighting
from cxdesk.text import say
from cxdesk.ui.main_window import MainWindow
from tests.builders import survey
from tests.ui.conftest import Shelf
from tests.ui.surveys import small_survey, store_survey
from tests.ui.test_projects import reopen, saved
from tests.ui.test_welcome import Slow

Open = Callable[..., MainWindow]
GONE = ReadRefused("missing", say("The file is not there any more."), say("Look for it."))
WEST = Selection((OneOf("region", (3,)),))


@pytest.fixture
def slow(shelf: Shelf) -> Iterator[Slow]:
    file = Slow(small_survey())
    shelf.files["slow.xlsx"] = file
    yield file
    file.go_on.set()


def workspace(window: MainWindow) -> Workspace:
    assert window.session.workspace is not None
    return window.session.workspace


def escape(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.session.idle)


def toasts(window: MainWindow) -> list[str]:
    told: list[str] = []
    window.session.toast.connect(lambda text, _actions: told.append(window.session.say(text)))
    return told


@pytest.mark.parametrize("place", ["segments", "check", "settings"])
def test_giving_up_a_file_leads_back_to_the_page_one_was_on(opened: Open, slow: Slow, qtbot: QtBot, place: str) -> None:
    window = opened(store_survey())
    window.show_page(place)
    window.opening.open("/surveys/slow.xlsx")
    assert window.here() == "welcome"
    escape(window, qtbot)
    assert window.here() == place
    assert workspace(window).dataset.respondents == 240


def test_giving_up_the_second_of_two_files_leads_back_too(opened: Open, slow: Slow, qtbot: QtBot) -> None:
    window = opened(store_survey())
    window.show_page("segments")
    window.opening.open("/surveys/slow.xlsx")
    window.opening.open("/surveys/slow.xlsx")
    escape(window, qtbot)
    assert window.here() == "segments"


def test_a_file_that_vanished_is_told_and_the_page_stays(opened: Open, shelf: Shelf, qtbot: QtBot) -> None:
    window = opened(store_survey())
    told = toasts(window)
    window.show_page("segments")
    shelf.files["survey.csv"] = GONE
    with qtbot.waitSignal(window.session.refused):
        qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.session.idle)
    assert window.here() == "segments"
    assert told == [
        "“survey.csv” could not be opened. The file is not there any more. Look for it. "
        "The figures are those that were read before."
    ]
    shelf.files["survey.csv"] = store_survey(200, key="grown")
    with qtbot.waitSignal(window.session.opened):
        window.opening.again()
    assert workspace(window).dataset.respondents == 200


@pytest.mark.parametrize("by", ["escape", "link"])
def test_from_the_notice_about_another_file_a_way_leads_back(opened: Open, shelf: Shelf, qtbot: QtBot, by: str) -> None:
    window = opened(store_survey())
    window.show_page("segments")
    shelf.files["bad.xlsx"] = GONE
    with qtbot.waitSignal(window.session.refused):
        window.opening.open("/surveys/bad.xlsx")
    assert window.here() == "welcome"
    if by == "escape":
        escape(window, qtbot)
    else:
        links = [each for each in window.welcome.findChildren(QPushButton) if each.text().startswith("Back to “")]
        links[-1].click()
    assert window.here() == "segments"


def test_without_a_survey_nothing_leads_back(window: MainWindow, slow: Slow, qtbot: QtBot) -> None:
    window.opening.open("/surveys/slow.xlsx")
    escape(window, qtbot)
    escape(window, qtbot)
    assert window.here() == "welcome"
    assert not any(each.text().startswith("Back to") for each in window.welcome.findChildren(QPushButton))


def test_reading_the_columns_in_another_way_and_giving_up_leads_back_to_the_columns(
    opened: Open, shelf: Shelf, slow: Slow, qtbot: QtBot
) -> None:
    window = opened(store_survey())
    window.show_page("check")
    for refused in (False, True):
        shelf.files["survey.csv"] = GONE if refused else slow
        window.check.choices.again_wanted.emit(Choices(encoding="utf-8"))
        if refused:
            qtbot.waitUntil(lambda: not window.session.is_reading)
        else:
            escape(window, qtbot)
        assert window.here() == "check"


def test_the_number_of_decisions_of_another_file_is_not_shown(opened: Open, shelf: Shelf, qtbot: QtBot) -> None:
    doubtful = survey(
        recommend=[*[9] * 40, *[0] * 21],
        segment={"Region": ["North", "South"] * 30 + ["North"]},
        respondent=[*[f"p{row}" for row in range(60)], "p59"],
    )
    window = opened(doubtful)
    qtbot.waitUntil(lambda: window.sidebar.badge("quality") == 1)
    assert window.sidebar.place("quality").accessibleName() == "Data quality: 1 thing needs your decision"
    shelf.files["other.csv"] = store_survey()
    seen: list[int] = []
    window.session.opened.connect(lambda: seen.append(window.sidebar.badge("quality")))
    with qtbot.waitSignal(window.session.opened):
        window.opening.open("/surveys/other.csv")
    assert seen == [0]
    assert window.sidebar.place("quality").accessibleName() == "Data quality"
    qtbot.waitUntil(lambda: window.session.idle)


def listed(path: Path) -> str:
    return next(each.score for each in store.recent_files() if each.path == str(path))


@pytest.fixture
def survey_file(tmp_path: Path) -> Path:
    path = tmp_path / "Stores.xlsx"
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize("by", ["filter", "weights"])
def test_beside_a_recent_file_stands_the_score_of_everybody_or_none(
    opened: Open, shelf: Shelf, survey_file: Path, qtbot: QtBot, by: str
) -> None:
    weighed = survey(recommend=[*[10] * 30, *[3] * 20], weight=[*[1.0] * 30, *[3.0] * 20])
    window = opened(store_survey() if by == "filter" else weighed, str(survey_file))
    whole = listed(survey_file)
    assert whole.startswith("NPS ")
    now = workspace(window)
    if by == "filter":
        window.session.edit(say("Undo"), replace(now, selection=WEST))
    else:
        window.session.edit(say("Undo"), replace(now, weighting=Weighting(column="weight")))
    qtbot.waitUntil(lambda: window.session.idle)
    assert listed(survey_file) == whole
    with qtbot.waitSignal(window.session.opened):
        qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.session.idle)
    assert workspace(window).selection == (WEST if by == "filter" else Selection())
    assert listed(survey_file) == ""
    window.session.edit(say("Undo"), replace(workspace(window), selection=Selection(), weighting=None))
    qtbot.waitUntil(lambda: listed(survey_file) == whole)


def test_beside_a_project_with_a_filter_stands_no_score_until_the_filter_is_gone(
    opened: Open, survey_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(store_survey(), str(survey_file))
    whole = listed(survey_file)
    window.session.edit(say("Undo"), replace(workspace(window), selection=WEST))
    project = saved(window, survey_file, qtbot, monkeypatch)
    reopen(window, project, qtbot)
    assert workspace(window).selection == WEST
    assert listed(project) == ""
    window.session.edit(say("Undo"), replace(workspace(window), selection=Selection()))
    qtbot.waitUntil(lambda: listed(project) == whole)
    assert listed(survey_file) == whole
