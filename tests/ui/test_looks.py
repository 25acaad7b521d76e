"""Another text size, theme or language in the middle of typing: the page goes on, with the words and the cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.analysis.follow_up_values import FollowUpSpec
from cxdesk.project.weights_draft import OWN
from cxdesk.ui.actions import first_stop
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.result_page import ResultPage
from cxdesk.ui.pages.settings_page import SettingsPage
from cxdesk.ui.widgets.note_cards import FindingsCard
from cxdesk.ui.widgets.quotes_card import QuotesCard
from cxdesk.ui.widgets.shares_table import TARGET
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]
LOOKS: tuple[dict[str, object], ...] = ({"text_size": 130}, {"theme": "dark"}, {"language": "zh_CN"})


@pytest.fixture(params=LOOKS, ids=[next(iter(look)) for look in LOOKS])
def look(request: pytest.FixtureRequest) -> dict[str, object]:
    found: dict[str, object] = request.param
    return found


def change(window: MainWindow, look: dict[str, object], qtbot: QtBot) -> None:
    """Change the look, and wait until the page is shown in it."""
    window.session.set_preferences(replace(window.session.preferences, **look))  # type: ignore[arg-type]
    settle(window, qtbot)


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the page is there: nothing is computed any more, and what was made is shown."""
    qtbot.waitUntil(lambda: window.session.idle and first_stop(window.page) is not None)


def field_on(window: MainWindow, name: str, qtbot: QtBot) -> QLineEdit:
    """The field of the page that a screen reader calls so; new widgets are visible with the next turn."""

    def shown() -> list[QLineEdit]:
        fields = window.page.findChildren(QLineEdit)
        return [each for each in fields if each.isVisible() and each.accessibleName() == name]

    qtbot.waitUntil(lambda: len(shown()) == 1)
    return shown()[0]


def type_in(field: QLineEdit) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "slow staff")
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Left)


def focused() -> QWidget | None:
    return QApplication.focusWidget()


def focused_field() -> QLineEdit:
    found = focused()
    assert isinstance(found, QLineEdit)
    return found


def test_the_search_of_comments_goes_on(opened: Open, qtbot: QtBot, look: dict[str, object]) -> None:
    window = opened(store_survey())
    window.show_page("comments")
    settle(window, qtbot)
    qtbot.waitUntil(lambda: bool(window.page.findChildren(QuotesCard)))
    card = window.page.findChildren(QuotesCard)[0]
    everybody = card.model.rowCount()
    type_in(card.search)
    qtbot.waitUntil(lambda: card.model.rowCount() < everybody)
    found = card.model.rowCount()
    change(window, look, qtbot)
    assert focused_field().text() == "slow staff"
    assert focused_field().cursorPosition() == 7
    QTest.keyClick(focused_field(), Qt.Key.Key_Backspace)
    assert focused_field().text() == "slow saff"
    assert [each for each in window.page.findChildren(QuotesCard) if each.isVisible()] == [card]
    assert card.model.rowCount() == found


@pytest.mark.parametrize(
    ("page", "name"), [("follow_up", "Owners"), ("quality", "People invited"), ("settings", "Prepared by")]
)
def test_a_field_made_anew_goes_on(opened: Open, qtbot: QtBot, look: dict[str, object], page: str, name: str) -> None:
    window = opened(store_survey())
    window.show_page(page)
    settle(window, qtbot)
    before = window.session.workspace
    type_in(field_on(window, name, qtbot))
    change(window, look, qtbot)
    assert focused_field().text() == "slow staff"
    assert focused_field().cursorPosition() == 7
    assert window.session.workspace is before, "nothing is used before the field is left"
    assert window.session.preferences.author == ""


def test_what_is_selected_stays_selected(opened: Open, qtbot: QtBot, look: dict[str, object]) -> None:
    window = opened(store_survey())
    window.show_page("follow_up")
    settle(window, qtbot)
    type_in(field_on(window, "Owners", qtbot))
    for _ in range(2):
        QTest.keyClick(focused_field(), Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert focused_field().selectedText() == "st"
    change(window, look, qtbot)
    assert focused_field().selectedText() == "st"
    QTest.keyClick(focused_field(), Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert focused_field().selectedText() == " st"


def test_what_was_typed_before_counts_when_the_new_field_is_left(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    window.show_page("follow_up")
    settle(window, qtbot)
    type_in(field_on(window, "Owners", qtbot))
    change(window, {"text_size": 130}, qtbot)
    QTest.keyClick(focused_field(), Qt.Key.Key_Tab)
    settle(window, qtbot)
    workspace = window.session.workspace
    assert workspace is not None
    spec = workspace.spec("follow_up")
    assert isinstance(spec, FollowUpSpec)
    assert spec.owners == ("slow staff",)


def test_the_title_of_the_report_goes_on(opened: Open, qtbot: QtBot, look: dict[str, object]) -> None:
    window = opened(store_survey())
    window.on_export()
    qtbot.waitUntil(lambda: window.exporting and window.session.idle)
    title = window.export.form.report_title
    type_in(title)
    change(window, look, qtbot)
    assert focused() is title
    assert (title.text(), title.cursorPosition()) == ("slow staff", 7)


def test_the_search_of_the_help_goes_on(opened: Open, qtbot: QtBot, look: dict[str, object]) -> None:
    window = opened(store_survey())
    window.on_help()
    type_in(window.help.search)
    change(window, look, qtbot)
    assert focused() is window.help.search
    assert (window.help.search.text(), window.help.search.cursorPosition()) == ("slow staff", 7)


def test_the_words_of_a_theme_go_on_while_the_system_turns_dark(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    window.show_page("comments")
    settle(window, qtbot)
    page = window.page
    assert isinstance(page, ResultPage)
    edit = page.findChild(QPushButton, "edit_themes")
    assert edit is not None
    edit.click()
    editor = page._comments.editor if page._comments is not None else None
    assert editor is not None
    qtbot.waitUntil(editor.isActiveWindow)
    type_in(editor.words.name)
    change(window, {"theme": "dark"}, qtbot)
    assert focused() is editor.words.name
    assert (editor.words.name.text(), editor.words.name.cursorPosition()) == ("slow staff", 7)
    editor.reject()


def test_a_link_keeps_the_focus(opened: Open, qtbot: QtBot, look: dict[str, object]) -> None:
    window = opened(store_survey())
    qtbot.waitUntil(lambda: bool(window.page.findChildren(FindingsCard)))
    links = [each for each in window.page.findChildren(FindingsCard)[0].findChildren(QPushButton) if each.isVisible()]
    words = links[-1].property("link")
    links[-1].setFocus()
    change(window, look, qtbot)
    now = focused()
    assert isinstance(now, QPushButton)
    assert now.property("link") == words
    assert now is not links[-1]


def open_cell(table: QTableWidget, row: int, column: int) -> QLineEdit:
    """Go to a cell, which opens it."""
    table.setFocus()
    table.setCurrentCell(row, column)
    if not isinstance(focused(), QLineEdit):
        table.edit(table.model().index(row, column))
    return focused_field()


def test_a_target_goes_on(opened: Open, qtbot: QtBot, look: dict[str, object]) -> None:
    window = opened(store_survey())
    window.show_page("settings")
    settle(window, qtbot)
    page = window.page
    assert isinstance(page, SettingsPage)
    QTest.keyClicks(open_cell(page.targets.table, 0, 0), "NPS")
    change(window, look, qtbot)
    assert focused_field().text() == "NPS"
    QTest.keyClick(focused_field(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.targets.table.model().index(0, 0).data() == "NPS")


def test_a_target_share_goes_on(opened: Open, qtbot: QtBot, look: dict[str, object]) -> None:
    window = opened(store_survey())
    window.show_page("weights")
    page, workspace = window.weights, window.session.workspace
    assert workspace is not None
    page.change(replace(page.draft.using(workspace.dataset, "region", used=True), way=OWN))
    settle(window, qtbot)
    QTest.keyClicks(open_cell(page.table, 1, TARGET), "31")
    change(window, look, qtbot)
    assert focused_field().text() == "31"
    QTest.keyClick(focused_field(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.draft.targets["region"][0] == 31)


def test_the_next_share_goes_on_while_the_weights_are_computed(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    window.show_page("weights")
    page, workspace = window.weights, window.session.workspace
    assert workspace is not None
    page.change(replace(page.draft.using(workspace.dataset, "region", used=True), way=OWN))
    settle(window, qtbot)
    for row in (1, 2, 3):
        QTest.keyClicks(open_cell(page.table, row, TARGET), "25")
        QTest.keyClick(focused_field(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda row=row: page.draft.targets["region"][row - 1] == 25)  # type: ignore[misc]
    QTest.keyClicks(open_cell(page.table, 4, TARGET), "2")
    page.change(page.draft)
    settle(window, qtbot)
    assert focused_field().text() == "2"
    QTest.keyClicks(focused_field(), "5")
    QTest.keyClick(focused_field(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.draft.targets["region"] == (25, 25, 25, 25))
