"""When the program had to stop, a small window says so, in both languages, with two ways on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cxdesk.text import Translator
from cxdesk.ui.stopped import StoppedWindow
from cxdesk.ui.theme import Theme

SAID = {
    "en": ("CX Desk had to stop", "Your file was not changed and your settings are saved."),
    "zh_CN": ("程序意外停止", "原文件未被修改，设置已保存。"),
}


def stopped(qtbot: QtBot, language: str) -> StoppedWindow:
    window = StoppedWindow(Theme(language=language), Translator(language), "CX Desk\nSegmentation fault")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.mark.parametrize("language", SAID)
def test_it_says_what_happened_and_what_is_safe(qtbot: QtBot, language: str) -> None:
    window = stopped(qtbot, language)
    said = [label.text() for label in window.findChildren(QLabel) if label.text()]
    assert said == list(SAID[language])
    assert (window.accessibleName(), window.accessibleDescription()) == SAID[language]
    for label in window.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())


def test_details_are_copied_and_the_window_stays(qtbot: QtBot) -> None:
    window = stopped(qtbot, "en")
    qtbot.mouseClick(window.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().endswith("Segmentation fault")
    assert window.isVisible()


@pytest.mark.parametrize("worked", [True, False])
def test_restart_closes_it_if_that_worked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, worked: bool) -> None:
    started: list[str] = []

    def start(path: str) -> bool:
        started.append(path)
        return worked

    monkeypatch.setattr("cxdesk.ui.stopped.start_again", start)
    window = stopped(qtbot, "en")
    qtbot.keyClick(window.restart, Qt.Key.Key_Return)
    assert started == [""]
    assert window.isVisible() is not worked


def test_escape_closes_it(qtbot: QtBot) -> None:
    window = stopped(qtbot, "en")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
