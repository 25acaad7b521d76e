"""The editor of a filter: what a search leaves is told, everything shown is ticked at once, no tick is forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.analysis.base import Choice, Option
from cxdesk.project.preferences import Preferences
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf
from cxdesk.text import Translator, say
from cxdesk.ui.filter_editor import FilterEditor
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.tick_list import TickList
from cxdesk.ui.widgets.tick_popup import TickPopup
from tests.builders import survey
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]
CITIES = ("York", "Leeds", "London", "Luton", "Derby", "Bath", "Ripon", "Ely", "Wells", "Truro")


def city_survey() -> Dataset:
    """Ten cities of twenty people each."""
    return survey(recommend=[7, 9, 10, 4] * 50, segment={"City": CITIES * 20, "Channel": ["Web", "Shop"] * 100})


@pytest.fixture
def editor(opened: Open, qtbot: QtBot) -> FilterEditor:
    window = opened(city_survey())
    window.filter_bar.add_filter()
    made = window.filter_bar.editor
    assert made is not None
    qtbot.waitUntil(made.isActiveWindow)
    made.column.setCurrentIndex(made.column.findData("city"))
    return made


def shown(ticks: TickList) -> list[str]:
    return [ticks.item(row).toolTip() for row in range(ticks.count()) if not ticks.isRowHidden(row)]


def ticked(editor: FilterEditor) -> list[str]:
    return [CITIES[int(code)] for code in editor.values.values()]


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_a_search_without_an_answer_says_so_and_is_cleared(editor: FilterEditor) -> None:
    panel = editor.answers
    QTest.keyClicks(editor.search, "Paris")
    assert panel.nothing.isVisible()
    assert panel.nothing.text() == "No answer contains “Paris”."
    assert not editor.values.isVisible()
    assert not panel.all.isVisible(), "there is nothing to tick"
    press(panel.everything)
    assert editor.search.text() == ""
    assert QApplication.focusWidget() is editor.search
    assert editor.values.isVisible()
    assert not panel.nothing.isVisible()
    assert len(shown(editor.values)) == len(CITIES)


@pytest.mark.parametrize("preferences", [Preferences(language="zh_CN", theme="light")])
def test_it_says_so_in_chinese(editor: FilterEditor) -> None:
    QTest.keyClicks(editor.search, "Paris")
    assert editor.answers.nothing.text() == "没有包含“Paris”的选项。"
    assert editor.answers.told.text() == "尚未勾选。"


def test_spaces_around_the_words_are_not_searched_for(editor: FilterEditor) -> None:
    QTest.keyClicks(editor.search, " lon ")
    assert shown(editor.values) == ["London (20)"]
    editor.search.setText("   ")
    assert len(shown(editor.values)) == len(CITIES)


def test_the_search_is_for_names_not_for_counts(editor: FilterEditor) -> None:
    QTest.keyClicks(editor.search, "20")
    assert editor.answers.nothing.isVisible()


def test_all_are_ticked_and_unticked_at_once(editor: FilterEditor) -> None:
    panel = editor.answers
    told = []
    editor.values.ticked.connect(lambda: told.append(editor.apply.isEnabled()))
    assert (panel.all.text(), panel.none.text()) == ("Tick all", "Untick all")
    assert panel.told.text() == "Nothing is ticked."
    press(panel.all)
    assert ticked(editor) == list(CITIES)
    assert panel.told.text() == "10 ticked"
    press(panel.none)
    assert ticked(editor) == []
    assert told == [True, False] or told == [False, True], "told once for all"
    assert not editor.apply.isEnabled()


def test_all_means_those_that_the_search_left(editor: FilterEditor) -> None:
    panel = editor.answers
    editor.values.tick(["0"])
    QTest.keyClicks(editor.search, "l")
    assert shown(editor.values) == ["Leeds (20)", "London (20)", "Luton (20)", "Ely (20)", "Wells (20)"]
    assert (panel.all.text(), panel.none.text()) == ("Tick all found", "Untick all found")
    assert panel.told.text() == "1 ticked, which is not shown"
    press(panel.all)
    assert ticked(editor) == ["York", "Leeds", "London", "Luton", "Ely", "Wells"]
    assert panel.told.text() == "6 ticked, 1 of them not shown"
    editor.search.setText("lu")
    assert panel.told.text() == "6 ticked, 5 of them not shown"
    press(panel.none)
    assert ticked(editor) == ["York", "Leeds", "London", "Ely", "Wells"]
    assert panel.told.text() == "5 ticked, none of them shown"
    editor.search.clear()
    assert panel.told.text() == "5 ticked"


def test_ticks_out_of_sight_belong_to_the_filter(editor: FilterEditor, qtbot: QtBot) -> None:
    editor.values.tick(["1", "2"])
    QTest.keyClicks(editor.search, "bath")
    press(editor.answers.all)
    with qtbot.waitSignal(editor.condition_chosen) as chosen:
        press(editor.apply)
    assert chosen.args == [OneOf("city", (1, 2, 5))]


def test_another_column_starts_without_a_search(editor: FilterEditor) -> None:
    QTest.keyClicks(editor.search, "Paris")
    editor.column.setCurrentIndex(editor.column.findData("channel"))
    assert editor.search.text() == ""
    assert shown(editor.values) == ["Web (100)", "Shop (100)"]
    assert editor.values.isVisible()


def test_only_a_list_says_how_many_are_ticked(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    window.filter_bar.add_filter()
    editor = window.filter_bar.editor
    assert editor is not None
    for question, told in (("region", True), ("date", False), ("region", True)):
        editor.column.setCurrentIndex(editor.column.findData(question))
        assert editor.answers.told.isVisible() is told


def test_everything_with_the_keyboard_alone(editor: FilterEditor, qtbot: QtBot) -> None:
    panel = editor.answers
    editor.search.setFocus()
    QTest.keyClicks(editor.search, "l")
    QTest.keyClick(editor.search, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is panel.all
    QTest.keyClick(panel.all, Qt.Key.Key_Space)
    QTest.keyClick(panel.all, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is panel.none
    QTest.keyClick(panel.none, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is editor.values
    QTest.keyClick(editor.values, Qt.Key.Key_Space)
    assert ticked(editor) == ["London", "Luton", "Ely", "Wells"]
    editor.search.setFocus()
    QTest.keyClick(editor.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is editor.values)
    with qtbot.waitSignal(editor.condition_chosen):
        QTest.keyClick(editor.values, Qt.Key.Key_Return)


def test_down_leads_from_a_search_without_an_answer_to_the_way_out(editor: FilterEditor, qtbot: QtBot) -> None:
    editor.search.setFocus()
    QTest.keyClicks(editor.search, "Paris")
    QTest.keyClick(editor.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is editor.answers.everything)
    QTest.keyClick(editor.answers.everything, Qt.Key.Key_Space)
    assert editor.search.text() == ""


def test_everything_that_takes_keys_has_a_name(editor: FilterEditor) -> None:
    QTest.keyClicks(editor.search, "Paris")
    stops = [
        each
        for each in editor.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert editor.answers.everything in stops
    assert [each for each in stops if not each.accessibleName()] == []


def test_a_click_counts_after_a_key_on_the_same_answer(editor: FilterEditor) -> None:
    values = editor.values
    values.setFocus()
    values.setCurrentRow(2)
    QTest.keyClick(values, Qt.Key.Key_Space)
    assert ticked(editor) == ["London"]
    place = values.visualItemRect(values.item(2)).center()
    QTest.mouseClick(values.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ticked(editor) == []
    box = QPoint(10, place.y())
    QTest.mouseClick(values.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert ticked(editor) == ["London"]


def several(count: int, most: int = 0) -> Option:
    choices = tuple(Choice(str(number), say("{number}", number=f"Row {number}")) for number in range(count))
    return Option("rows", say("Rows"), choices, several=True, most=most)


def popup(qtbot: QtBot, window: MainWindow, option: Option) -> TickPopup:
    made = TickPopup(option, ("0",), Theme(), Translator("en"), window)
    made.choose_below(window)
    qtbot.waitUntil(made.isVisible)
    return made


def test_options_with_many_values_are_searched_alike(window: MainWindow, qtbot: QtBot) -> None:
    made = popup(qtbot, window, several(12))
    QTest.keyClicks(made.search, "column")
    assert made.panel.nothing.text() == "Nothing in this list contains “column”."
    assert made.panel.told.text() == "1 ticked, which is not shown"
    press(made.panel.everything)
    press(made.panel.all)
    with qtbot.waitSignal(made.values_chosen) as chosen:
        press(made.apply)
    assert chosen.args[1] == tuple(str(number) for number in range(12))


def test_all_are_not_offered_where_not_all_can_be_chosen(window: MainWindow, qtbot: QtBot) -> None:
    made = popup(qtbot, window, several(12, most=3))
    assert not made.panel.all.isVisible()
    assert made.panel.none.isVisible()
    made.ticks.tick(["1", "2", "3", "4"])
    assert not made.apply.isEnabled()
    assert not made.panel.told.isVisible(), "what is wrong stands in its place"
    made.close()


def test_a_short_list_is_a_list_alone(window: MainWindow, qtbot: QtBot) -> None:
    made = popup(qtbot, window, several(4))
    assert not made.search.isVisible()
    assert not made.panel.all.isVisible()
    assert QApplication.focusWidget() is made.ticks
    made.close()
