"""Pages are made when they are first asked for, and only once."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cxdesk.analysis import analysis
from cxdesk.analysis.menu import MENU
from cxdesk.survey.dataset import Dataset
from cxdesk.ui.catching_up import _REST, imported_first
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


def test_what_a_page_needs_is_imported_in_the_background_before_it_opens(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "large_page.py").write_text("import threading\nTHREAD = threading.current_thread()\n", encoding="utf-8")
    (tmp_path / "broken_page.py").write_text("1 / 0\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    opened: list[str] = []
    imported_first(window.session, ("large_page",), lambda: opened.append("large"))
    assert opened == []
    qtbot.waitUntil(lambda: opened == ["large"])
    assert sys.modules["large_page"].THREAD is not threading.main_thread()
    imported_first(window.session, ("large_page",), lambda: opened.append("again"))
    assert opened == ["large", "again"]
    imported_first(window.session, ("broken_page",), lambda: opened.append("broken"))
    qtbot.waitUntil(lambda: opened == ["large", "again", "broken"])
    monkeypatch.delitem(sys.modules, "large_page")
