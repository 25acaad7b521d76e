"""Pages are made when they are first asked for, and only once."""

from __future__ import annotations

import importlib
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cxdesk.analysis import analysis
from cxdesk.analysis.menu import MENU
from cxdesk.survey.dataset import Dataset
from cxdesk.ui.catching_up import _REST
from cxdesk.ui.main_window import MainWindow
from tests.ui.surveys import store_survey


def test_only_the_pages_that_were_shown_are_made(opened: Callable[[Dataset], MainWindow]) -> None:
    window = opened(store_survey())
    assert [key for key in window.pages if window.pages.is_made(key)] == ["welcome", "overview"]
    assert window.here() == "overview"


def test_every_page_of_the_menu_can_be_asked_for_once(window: MainWindow) -> None:
    assert {each.key for each in MENU} < set(window.pages)
    for key in window.pages:
        assert window.pages[key] is window.pages[key]
    assert window.pages.stack.count() == len(window.pages)
    assert "nothing" not in window.pages
    with pytest.raises(KeyError):
        window.pages["nothing"]


def test_a_digit_key_makes_and_shows_the_page_of_its_place(
    qtbot: QtBot, opened: Callable[[Dataset], MainWindow]
) -> None:
    window = opened(store_survey())
    for number, each in enumerate(MENU[:9], start=1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.here() == each.key


def test_the_menu_names_every_analysis_as_it_names_itself() -> None:
    for each in MENU:
        found = analysis(each.key)
        assert (found.key, found.title, type(found).__name__) == (each.key, each.title, each.kind)


@pytest.mark.parametrize("module", _REST)
def test_what_is_imported_in_a_quiet_moment_exists(module: str) -> None:
    assert importlib.import_module(module) is not None
