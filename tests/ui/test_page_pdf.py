"""A page saved as a PDF: the same words and numbers as on screen, that can be found; nothing where there is nothing."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cxdesk.project.preferences import Preferences
from cxdesk.text import Text
from cxdesk.ui import page_pdf
from cxdesk.ui.main_window import MainWindow
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]

readable = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")


@pytest.fixture
def saved_as(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Callable[[MainWindow, str, Path], str]:
    """Save a page by its key at a place; returns what the person is told."""

    def save(window: MainWindow, key: str, target: Path) -> str:
        monkeypatch.setattr(page_pdf, "choose_target", lambda *_: str(target))
        window.show_page(key)
        qtbot.waitUntil(lambda: window.session.idle)
        told: list[Text] = []
        window.session.toast.connect(lambda text, _actions: told.append(text))
        QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: bool(told), timeout=30_000)
        return window.session.say(told[-1])

    return save


def words_of(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True).stdout


@readable
def test_every_number_of_the_page_can_be_found_in_the_file(
    opened: Open, saved_as: Callable[[MainWindow, str, Path], str], tmp_path: Path
) -> None:
    window = opened(store_survey())
    target = tmp_path / "segments.pdf"
    assert saved_as(window, "segments", target) == "“segments.pdf” was saved."
    words = words_of(target)
    page = window.pages["segments"]
    headline = page.view.headline.text()  # type: ignore[attr-defined]
    assert " ".join(headline.split()) in " ".join(words.split())
    assert "Page 1 of" in words
    for region in ("North", "East", "South", "West"):
        assert region in words


@readable
@pytest.mark.parametrize("preferences", [Preferences(language="zh_CN", theme="dark")])
def test_chinese_words_are_text_and_paper_is_white_in_the_dark_window(
    opened: Open, saved_as: Callable[[MainWindow, str, Path], str], tmp_path: Path
) -> None:
    window = opened(store_survey())
    target = tmp_path / "概览.pdf"
    assert saved_as(window, "overview", target) == "已保存“概览.pdf”。"
    assert "净推荐值" in words_of(target)


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing(
    opened: Open, saved_as: Callable[[MainWindow, str, Path], str], tmp_path: Path
) -> None:
    window = opened(store_survey())
    assert "could not be saved" in saved_as(window, "overview", tmp_path / "missing" / "page.pdf")
    assert not (tmp_path / "missing").exists()


def test_pages_without_results_are_not_saved(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> str:
        raise AssertionError("asked where to save a page that has no results")

    monkeypatch.setattr(page_pdf, "choose_target", asked)
    window = opened(store_survey())
    told: list[Text] = []
    window.session.toast.connect(lambda text, _actions: told.append(text))
    window.show_page("settings")
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.session.say(told[-1]).startswith("Only a page with results can be saved as a PDF.")
