"""A new look reaches what is in sight at once, and a hidden page when it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cxdesk.ui.actions import first_stop
from cxdesk.ui.main_window import MainWindow
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]
_LOOKS_ALIKE = 20
LOOKS: tuple[dict[str, object], ...] = ({"text_size": 150}, {"theme": "dark"}, {"text_size": 130, "theme": "dark"})


def visit(window: MainWindow, key: str, qtbot: QtBot) -> None:
    window.show_page(key)
    qtbot.waitUntil(lambda: window.session.idle and first_stop(window.page) is not None)


def settled(window: MainWindow, qtbot: QtBot) -> QImage:
    """The page as it stays: charts are drawn a moment after the words."""
    seen: list[QImage] = [QImage()]

    def stays() -> bool:
        now = window.page.grab().toImage()
        seen[:] = [*seen, now] if now == seen[-1] else [now]
        return len(seen) > _LOOKS_ALIKE

    qtbot.waitUntil(stays, timeout=20_000)
    return seen[-1]


@pytest.mark.parametrize("look", LOOKS)
def test_a_page_that_was_hidden_looks_like_one_that_was_in_sight(
    opened: Open, qtbot: QtBot, look: dict[str, object]
) -> None:
    window = opened(store_survey())
    before = window.session.preferences
    visit(window, "segments", qtbot)
    window.session.set_preferences(replace(before, **look))  # type: ignore[arg-type]
    visit(window, "segments", qtbot)
    in_sight = settled(window, qtbot)
    window.session.set_preferences(before)
    visit(window, "overview", qtbot)
    window.session.set_preferences(replace(before, **look))  # type: ignore[arg-type]
    visit(window, "segments", qtbot)
    assert settled(window, qtbot) == in_sight


def test_a_hidden_page_waits_for_its_new_look(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    visit(window, "segments", qtbot)
    words = next(each for each in window.page.findChildren(QLabel) if each.property("look") == "headline")
    small = words.fontMetrics().height()
    visit(window, "overview", qtbot)
    window.session.set_preferences(replace(window.session.preferences, text_size=150))
    qtbot.waitUntil(lambda: window.session.idle)
    assert words.fontMetrics().height() == small
    visit(window, "segments", qtbot)
    assert words.fontMetrics().height() > 1.3 * small
