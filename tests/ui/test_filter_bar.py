"""One filter for all pages: made with mouse or keys, shown as chips, refused if it leaves too few, always undoable."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDateEdit, QPushButton
from pytestqt.qtbot import QtBot

from cxdesk.survey.selection import Between, Condition, Mentions, OneOf, Selection
from cxdesk.ui.actions import first_stop
from cxdesk.ui.filter_bar import FilterBar
from cxdesk.ui.filter_editor import FilterEditor
from cxdesk.ui.main_window import MainWindow
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]


def editor_for(window: MainWindow, qtbot: QtBot, question: str) -> FilterEditor:
    """Press "Add filter" and choose a column."""
    window.filter_bar.add_filter()
    editor = window.filter_bar.editor
    assert editor is not None
    qtbot.waitUntil(editor.isVisible)
    editor.column.setCurrentIndex(editor.column.findData(question))
    return editor


def tick(editor: FilterEditor, *names: str) -> None:
    for name in names:
        row = next(row for row in range(editor.values.count()) if editor.values.item(row).text().startswith(name))
        place = editor.values.visualItemRect(editor.values.item(row)).center()
        QTest.mouseClick(editor.values.viewport(), Qt.MouseButton.LeftButton, pos=place)


def conditions(window: MainWindow) -> tuple[Condition, ...]:
    assert window.session.workspace is not None
    return window.session.workspace.selection.conditions


def apply(window: MainWindow, editor: FilterEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.workspace_changed):
        qtbot.mouseClick(editor.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.idle)


def told(bar: FilterBar) -> str:
    return bar.count.accessibleName()


def chips(window: MainWindow) -> list[str]:
    found = window.filter_bar.findChildren(QPushButton)
    return [
        chip.text() for chip in found if chip.property("look") == "chipText" and chip.text() and not chip.isHidden()
    ]


def test_values_are_listed_with_their_counts_and_can_be_searched(opened: Open, qtbot: QtBot) -> None:
    editor = editor_for(opened(store_survey()), qtbot, "region")
    assert [editor.values.item(row).text() for row in range(4)] == [
        "North (60)",
        "East (60)",
        "South (60)",
        "West (60)",
    ]
    editor.search.setText("ｏＲｔ")
    assert [row for row in range(4) if not editor.values.item(row).isHidden()] == [0]
    editor.close()


def test_a_filter_narrows_every_page_and_is_one_step(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    assert told(window.filter_bar) == "Showing all 240 responses"
    editor = editor_for(window, qtbot, "region")
    assert not editor.apply.isEnabled()
    tick(editor, "North", "West")
    apply(window, editor, qtbot)
    assert conditions(window) == (OneOf("region", (0, 3)),)
    assert chips(window) == ["Region: North, West"]
    assert told(window.filter_bar) == "Showing 120 of 240 responses"
    window.show_page("segments")
    qtbot.waitUntil(lambda: window.session.idle)
    assert chips(window) == ["Region: North, West"]
    window.session.undo()
    assert conditions(window) == ()
    assert told(window.filter_bar) == "Showing all 240 responses"


def test_ticking_twice_takes_the_answer_away_again(opened: Open, qtbot: QtBot) -> None:
    editor = editor_for(opened(store_survey()), qtbot, "region")
    tick(editor, "North")
    assert editor.apply.isEnabled()
    tick(editor, "North")
    assert not editor.apply.isEnabled()
    editor.close()


def test_a_filter_made_with_the_keyboard_alone(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    editor = window.filter_bar.editor
    assert editor is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is editor.column)
    QTest.keyClick(editor.column, Qt.Key.Key_Tab)
    for stop in (editor.search, editor.answers.all, editor.answers.none):
        QTest.keyClick(stop, Qt.Key.Key_Tab)
    QTest.keyClick(editor.values, Qt.Key.Key_Down)
    QTest.keyClick(editor.values, Qt.Key.Key_Space)
    with qtbot.waitSignal(window.session.workspace_changed):
        QTest.keyClick(editor.values, Qt.Key.Key_Return)
    assert conditions(window) == (OneOf("region", (1,)),)
    qtbot.waitUntil(lambda: window.session.idle and first_stop(window.filter_bar) is not None)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    chip = QApplication.focusWidget()
    assert isinstance(chip, QPushButton)
    assert chip.text() == "Region: East"
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert conditions(window) == ()


def test_escape_changes_nothing(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    editor = editor_for(window, qtbot, "region")
    tick(editor, "North")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not editor.isVisible())
    assert conditions(window) == ()


def test_days_are_chosen_within_those_of_the_survey(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    editor = editor_for(window, qtbot, "date")
    assert editor.first.date() == QDate(2025, 7, 1)
    assert editor.last.date() == QDate(2025, 9, 28)
    editor.last.setDate(QDate(2025, 7, 31))
    apply(window, editor, qtbot)
    assert conditions(window) == (Between("date", datetime.date(2025, 7, 1), datetime.date(2025, 7, 31)),)
    assert chips(window) == ["Date: 1–31 Jul 2025"]


def test_days_in_the_wrong_order_are_put_right(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    editor = editor_for(window, qtbot, "date")
    editor.first.setDate(QDate(2025, 9, 1))
    editor.last.setDate(QDate(2025, 8, 1))
    apply(window, editor, qtbot)
    assert conditions(window) == (Between("date", datetime.date(2025, 8, 1), datetime.date(2025, 9, 1)),)


def test_words_in_comments_are_found_without_case(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    editor = editor_for(window, qtbot, "comment")
    qtbot.keyClicks(editor.words, "slow")
    with qtbot.waitSignal(window.session.workspace_changed):
        qtbot.keyClick(editor.words, Qt.Key.Key_Return)
    assert conditions(window) == (Mentions("comment", "slow"),)
    qtbot.waitUntil(lambda: chips(window) == ["Comment mentions “slow”"])


def test_space_ticks_an_answer_that_is_seen(opened: Open, qtbot: QtBot) -> None:
    editor = editor_for(opened(store_survey()), qtbot, "region")
    qtbot.keyClicks(editor.search, "west")
    qtbot.keyClick(editor.values, Qt.Key.Key_Space)
    assert editor.values.values() == ("3",)
    qtbot.keyClicks(editor.search, " of nowhere")
    qtbot.keyClick(editor.values, Qt.Key.Key_Space)
    assert editor.values.values() == ("3",)
    editor.close()


def test_enter_after_a_search_uses_what_is_ticked(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    editor = editor_for(window, qtbot, "region")
    qtbot.keyClick(editor.search, Qt.Key.Key_Return)
    assert editor.isVisible()
    tick(editor, "South")
    with qtbot.waitSignal(window.session.workspace_changed):
        qtbot.keyClick(editor.search, Qt.Key.Key_Return)
    assert conditions(window) == (OneOf("region", (2,)),)


@pytest.mark.parametrize("typed", ["2025-08-05", "20250805", "2025/8/5"])
def test_a_day_is_typed_with_or_without_lines(opened: Open, qtbot: QtBot, typed: str) -> None:
    window = opened(store_survey())
    editor = editor_for(window, qtbot, "date")
    editor.first.setSelectedSection(QDateEdit.Section.YearSection)
    qtbot.keyClicks(editor.first, typed)
    with qtbot.waitSignal(window.session.workspace_changed):
        qtbot.keyClick(editor.first, Qt.Key.Key_Return)
    assert conditions(window) == (Between("date", datetime.date(2025, 8, 5), datetime.date(2025, 9, 28)),)


def test_a_chip_opens_with_its_words(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    editor = editor_for(window, qtbot, "comment")
    qtbot.keyClicks(editor.words, "slow")
    apply(window, editor, qtbot)
    chip = next(each for each in window.filter_bar.findChildren(QPushButton) if "slow" in each.text())
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    again = window.filter_bar.editor
    assert again is not None
    assert again.words.text() == "slow"
    again.column.setCurrentIndex(again.column.findData("region"))
    again.column.setCurrentIndex(again.column.findData("comment"))
    assert again.words.text() == "slow"
    again.close()


def test_keys_of_the_filter_do_nothing_under_the_export_page(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.exporting)
    for key in (Qt.Key.Key_F, Qt.Key.Key_D, Qt.Key.Key_L):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.filter_bar.editor is None
    assert QApplication.activePopupWidget() is None
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.export.isAncestorOf(focused)
    qtbot.waitUntil(lambda: window.session.idle)


def test_the_keyboard_does_not_go_where_no_filter_is_seen(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    window.show_page("settings")
    before = QApplication.focusWidget()
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is before


def test_too_few_are_refused_with_their_number(opened: Open, qtbot: QtBot) -> None:
    dataset = store_survey(size=32)
    window = opened(dataset)
    editor = editor_for(window, qtbot, "region")
    tick(editor, "North")
    qtbot.mouseClick(editor.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.toasts.isVisible)
    assert window.toasts.text.text() == "Only 8 responses match, and 10 are needed. The filter was not changed."
    assert conditions(window) == ()
    assert not window.top_bar.undo.isEnabled()


def test_nobody_is_refused_in_other_words(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    editor = editor_for(window, qtbot, "comment")
    qtbot.keyClicks(editor.words, "no such words")
    qtbot.mouseClick(editor.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.toasts.isVisible)
    assert window.toasts.text.text().startswith("No responses match these filters")
    assert conditions(window) == ()


def test_a_chip_opens_its_own_filter_and_its_cross_removes_it(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    editor = editor_for(window, qtbot, "region")
    tick(editor, "South")
    apply(window, editor, qtbot)
    chip = next(each for each in window.filter_bar.findChildren(QPushButton) if each.text() == "Region: South")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    again = window.filter_bar.editor
    assert again is not None
    assert again.column.currentData() == "region"
    assert again.values.item(2).checkState() is Qt.CheckState.Checked
    tick(again, "East")
    apply(window, again, qtbot)
    assert conditions(window) == (OneOf("region", (1, 2)),)
    cross = next(
        each
        for each in window.filter_bar.findChildren(QPushButton)
        if each.accessibleName().startswith("Remove filter") and not each.isHidden()
    )
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert conditions(window) == ()


def test_clear_all_is_one_step(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    for question, name in (("region", "West"), ("store type", "Mall")):
        editor = editor_for(window, qtbot, question)
        tick(editor, name)
        apply(window, editor, qtbot)
    assert len(conditions(window)) == 2
    clear = next(each for each in window.filter_bar.findChildren(QPushButton) if each.text() == "Clear all")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert conditions(window) == ()
    window.session.undo()
    assert len(conditions(window)) == 2


def test_a_long_list_of_answers_is_counted_in_its_chip(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    editor = editor_for(window, qtbot, "recommend")
    tick(editor, "2", "4", "6", "7")
    apply(window, editor, qtbot)
    assert chips(window) == ["Recommend: 4 of 11"]


@pytest.mark.parametrize("question", ["region", "used", "effort", "waiting time"])
def test_counts_beside_answers_are_what_the_filter_keeps(opened: Open, qtbot: QtBot, question: str) -> None:
    window = opened(store_survey())
    editor = editor_for(window, qtbot, question)
    text = editor.values.item(0).text()
    name, _, count = text.rpartition(" (")
    tick(editor, name)
    apply(window, editor, qtbot)
    workspace = window.session.workspace
    assert workspace is not None
    assert workspace.selection != Selection()
    assert window.session.known_size(workspace) == int(count.rstrip(")"))
