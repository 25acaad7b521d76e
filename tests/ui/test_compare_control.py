"""Comparing in the window: chosen from the menu, shown as a chip, refused if it makes no sense, undone in one step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from cxdesk.survey.selection import OneOf
from cxdesk.ui.main_window import MainWindow
from tests.ui.surveys import store_survey, survey_without_score

Open = Callable[..., MainWindow]


def menu(window: MainWindow) -> dict[str, QAction]:
    window.filter_bar.compare.choose(window.top_bar.compare)
    found = {action.text(): action for action in window.filter_bar.compare.menu.actions() if action.text()}
    window.filter_bar.compare.menu.close()
    return found


def choose(window: MainWindow, words: str, qtbot: QtBot) -> None:
    action = menu(window)[words]
    with qtbot.waitSignal(window.session.workspace_changed):
        action.trigger()
    qtbot.waitUntil(lambda: window.session.idle)


def test_the_menu_offers_periods_groups_and_files(opened: Open) -> None:
    found = list(menu(opened(store_survey())))
    assert found[0] == "Sep 2025 with Aug 2025"
    assert found[-2:] == ["Another group…", "Add an earlier file…"]


def test_a_comparison_is_a_chip_a_page_and_one_step(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    choose(window, "Sep 2025 with Aug 2025", qtbot)
    control = window.filter_bar.compare
    assert control.isVisible()
    assert control.chip.text() == "Aug 2025"
    assert window.page is window.pages["compare"]
    window.session.undo()
    assert not control.isVisible()
    assert window.session.workspace is not None
    assert not window.session.workspace.selection.conditions


def test_the_cross_and_delete_stop_comparing_and_keep_the_filter(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    choose(window, "Sep 2025 with Aug 2025", qtbot)
    qtbot.keyClick(window.filter_bar.compare.chip, Qt.Key.Key_Delete)
    assert window.session.workspace is not None
    assert window.session.workspace.compare is None
    assert len(window.session.workspace.selection.conditions) == 1


def test_people_on_both_sides_are_refused_with_their_number(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    told: list[str] = []
    window.session.toast.connect(lambda text, _actions: told.append(str(text)))
    window.filter_bar.compare._on_condition(OneOf("region", (0,)))
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("60 respondents would stand on both sides")
    assert window.session.workspace is not None
    assert window.session.workspace.compare is None


def test_the_keyboard_opens_the_menu(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert window.filter_bar.compare.menu.isVisible()
    window.filter_bar.compare.menu.close()


def test_a_survey_without_a_score_explains_itself(opened: Open, qtbot: QtBot) -> None:
    window = opened(survey_without_score())
    window.show_page("compare")
    qtbot.waitUntil(lambda: window.session.idle)
    assert window.page is window.pages["compare"]
