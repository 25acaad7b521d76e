"""Help: every topic in both languages, found by its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cxdesk import __version__
from cxdesk.analysis import ANALYSES
from cxdesk.project.preferences import Preferences
from cxdesk.text import LANGUAGES, Translator
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.help_page import TOPICS, HelpPage, help_text
from cxdesk.ui.pages.result_page import ResultPage
from tests.ui.pages.looking import said
from tests.ui.surveys import store_survey

TERMS = (
    "respondent", "answer", "question", "choice", "base", "promoter", "passive", "detractor", "top-2 box", "CSAT",
    "CES", "segment", "wave", "weight", "driver", "importance", "box",
)  # fmt: skip
WRITTEN = [key for key, _ in TOPICS if key != "numbers"]


@pytest.fixture
def page(window: MainWindow) -> HelpPage:
    window.show_page("help")
    found = window.pages["help"]
    assert isinstance(found, HelpPage)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", WRITTEN)
def test_every_topic_is_there_in_every_language(topic: str, language: str) -> None:
    text = help_text(topic, language)
    assert text.startswith("# ")
    assert "  \n" not in text


@pytest.mark.parametrize("term", TERMS)
def test_the_words_of_the_field_are_explained_in_two_sentences(term: str) -> None:
    lines = [line for line in help_text("glossary", "en").splitlines() if line.startswith("**")]
    found = [line for line in lines if term.casefold() in line.split("**")[1].casefold()]
    assert found, term
    explained = found[0].split("**")[2].strip()
    assert len(re.findall(r"[.!?](?:\s|$)", explained)) == 2, explained


def test_both_glossaries_explain_the_same_words() -> None:
    counts = {language: help_text("glossary", language).count("\n**") for language in LANGUAGES}
    assert len(set(counts.values())) == 1


def test_the_key_list_of_both_languages_is_the_same() -> None:
    keys = [sorted(set(re.findall(r"F\d+|Ctrl\+[A-Z0-9,?]", help_text("keys", language)))) for language in LANGUAGES]
    assert keys[0] == keys[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_what_it_answers(language: str) -> None:
    text, words = help_text("pages", language), Translator(language)
    stop = "." if language == "en" else "。"
    missing = [found.key for found in ANALYSES if f"**{words(found.title)}{stop}**" not in text]
    assert not missing


def test_topics_are_turned_to(page: HelpPage, qtbot: QtBot) -> None:
    words = [key for key, _ in TOPICS].index("glossary")
    qtbot.mouseClick(page._topics.button(words), Qt.MouseButton.LeftButton)
    assert "Detractor" in page.text.toPlainText()
    assert page.text.accessibleName() == "Words"


def test_words_are_marked_and_counted_in_all_topics(page: HelpPage, qtbot: QtBot) -> None:
    page.search.setFocus()
    qtbot.keyClicks(page.search, "undo")
    assert len(page.text.extraSelections()) == page.text.toPlainText().casefold().count("undo")
    total = sum(help_text(topic, "en").casefold().count("undo") for topic in WRITTEN)
    assert f"found {total} times" in said(page)


def test_enter_goes_on_to_the_next_topic_that_has_the_word(page: HelpPage, qtbot: QtBot) -> None:
    page.search.setFocus()
    qtbot.keyClicks(page.search, "top-2")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.text.accessibleName() == "Words"
    assert page.text.textCursor().selectedText().casefold() == "top-2"


def test_typing_turns_to_the_topic_that_has_the_word(page: HelpPage, qtbot: QtBot) -> None:
    assert "top-2" not in help_text("guide", "en")
    qtbot.keyClicks(page.search, "top-2")
    assert page.text.accessibleName() == "Words"
    assert page.text.extraSelections()
    assert page.search.text() == "top-2"


def test_what_is_not_there_is_said(page: HelpPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "zzz")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert "not found" in said(page)


def test_ctrl_f_is_the_search_and_f1_the_help(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    page = window.pages["help"]
    assert isinstance(page, HelpPage)
    assert window.page is page
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()


@pytest.mark.parametrize("place", ["help", "settings"])
def test_escape_leads_back_to_the_page_before(opened: Callable[..., MainWindow], qtbot: QtBot, place: str) -> None:
    window = opened(store_survey())
    window.show_page("trend")
    for key in (place, "help", "settings", place):
        window.show_page(key)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.page is window.pages["trend"]


def test_escape_leaves_help_when_nothing_is_open(page: HelpPage, window: MainWindow, qtbot: QtBot) -> None:
    page.search.setFocus()
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert window.page is window.welcome


def test_the_page_about_the_program_says_version_and_folders(page: HelpPage, home: Path) -> None:
    page.show_topic("licences")
    shown = page.text.toPlainText()
    for fact in (__version__, str(home), "PySide6", "XlsxWriter", "OFL-1.1"):
        assert fact in shown


@pytest.mark.parametrize("preferences", [Preferences(language="zh_CN", theme="dark")])
def test_help_is_chinese_on_a_chinese_screen(page: HelpPage) -> None:
    assert page.text.toPlainText().startswith("如何使用 CX Desk")


def test_the_numbers_of_the_open_survey_are_worked_out(opened: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = opened(store_survey())
    page = window.pages["help"]
    assert isinstance(page, HelpPage)
    window.show_page("help")
    page.show_topic("numbers")
    qtbot.waitUntil(lambda: "136 of 240 answers are 9–10 (57%)" in page.text.toPlainText())
    assert "minus 15% gives +41" in page.text.toPlainText()
    page.search.setText("136 of 240")
    assert "found once" in said(page)


def test_without_a_survey_there_are_no_numbers_to_work_out(page: HelpPage) -> None:
    page.show_topic("numbers")
    assert "Open a file with a score" in page.text.toPlainText()


def test_every_page_leads_to_how_its_numbers_were_made(opened: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = opened(store_survey())
    page = window.pages["overview"]
    assert isinstance(page, ResultPage)
    assert page.view.how.accessibleName() == "How these numbers were made"
    qtbot.mouseClick(page.view.how, Qt.MouseButton.LeftButton)
    assert window.page is window.help
    assert window.help.text.accessibleName() == "Your numbers"


@pytest.mark.parametrize("topic", [key for key, _ in TOPICS])
def test_the_chosen_topic_has_room_for_its_bold_words(page: HelpPage, topic: str) -> None:
    page.show_topic(topic)
    chosen = next(each for each in page.findChildren(QPushButton) if each.isChecked())
    bold = QFontMetrics(page.session.theme.font(bold=True)).horizontalAdvance(chosen.text())
    assert chosen.width() - page.session.theme.px(24) >= bold
