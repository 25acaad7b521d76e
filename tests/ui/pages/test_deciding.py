"""The quality page under real hands: decide in a list, confirm, undo, look at rows, say how many were invited."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from cxdesk.survey.dataset import Dataset
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.widgets.chain_card import ChainCard
from cxdesk.ui.widgets.rows_dialog import RowsDialog
from cxdesk.ui.widgets.table_view import TableView
from tests.builders import survey
from tests.ui.pages.looking import settled

Open = Callable[..., MainWindow]


@pytest.fixture
def doubtful() -> Dataset:
    """Two doubtful rows: one answer that came twice, one comment that is a run of keys."""
    return survey(
        recommend=[*[9] * 40, *[0] * 21],
        segment={"Region": ["North", "South"] * 30 + ["North"]},
        comment=[*["Good"] * 59, "asdfgh", "Slow"],
        respondent=[*[f"p{row}" for row in range(60)], "p59"],
    )


@pytest.fixture
def page(doubtful: Dataset, opened: Open, qtbot: QtBot) -> MainWindow:
    window = opened(doubtful)
    window.show_page("quality")
    qtbot.waitUntil(lambda: window.session.idle and bool(lists(window)))
    return window


def lists(window: MainWindow) -> dict[str, QComboBox]:
    found = settled(window.page).findChildren(QComboBox)
    return {str(each.property("row")): each for each in found if each.property("row") and each.isVisible()}


def links(window: MainWindow, words: str) -> list[QPushButton]:
    return [
        each for each in settled(window.page).findChildren(QPushButton) if each.text() == words and each.isVisible()
    ]


def respondents(window: MainWindow) -> int:
    assert window.session.workspace is not None
    return window.session.workspace.dataset.respondents


def test_what_happens_unasked_is_in_the_lists_and_in_the_sidebar(page: MainWindow, qtbot: QtBot) -> None:
    assert {key: str(box.currentData()) for key, box in lists(page).items()} == {
        "same_id": "first",
        "nonsense": "keep",
    }
    qtbot.waitUntil(lambda: page.sidebar.badge("quality") == 2)
    assert respondents(page) == 60


def test_a_choice_in_a_list_changes_the_survey_and_can_be_undone(page: MainWindow, qtbot: QtBot) -> None:
    box = lists(page)["same_id"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: respondents(page) == 61)
    qtbot.waitUntil(lambda: page.session.idle and page.sidebar.badge("quality") == 1)
    assert page.session.history is not None
    assert page.session.say(page.session.history.undo_name or "") == "Keep: Duplicate respondent IDs"
    page.session.undo()
    qtbot.waitUntil(lambda: page.session.idle and respondents(page) == 60)
    qtbot.waitUntil(lambda: str(lists(page)["same_id"].currentData()) == "first")


def test_confirming_everything_needs_one_press_and_changes_no_number(page: MainWindow, qtbot: QtBot) -> None:
    before = page.session.workspace
    assert before is not None
    (confirm,) = links(page, "Confirm all")
    qtbot.mouseClick(confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.session.workspace and page.session.workspace.decisions))
    qtbot.waitUntil(lambda: page.session.idle and page.sidebar.badge("quality") == 0)
    after = page.session.workspace
    assert after is not None
    assert after.dataset is before.dataset
    assert dict(after.decisions) == {"same_id": "first", "nonsense": "keep"}


def test_choosing_what_happens_unasked_is_a_decision(page: MainWindow, qtbot: QtBot) -> None:
    box = lists(page)["same_id"]
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: page.session.idle and page.sidebar.badge("quality") == 1)
    assert page.session.workspace is not None
    assert page.session.workspace.decisions == (("same_id", "first"),)


def test_the_wheel_over_a_list_decides_nothing(page: MainWindow, qtbot: QtBot) -> None:
    box = lists(page)["same_id"]
    turn = QWheelEvent(
        QPointF(5, 5),
        box.mapToGlobal(QPointF(5, 5)),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert str(box.currentData()) == "first"
    assert page.session.workspace is not None
    assert page.session.workspace.decisions == ()


def test_lists_and_links_are_named_for_those_who_hear_them(page: MainWindow) -> None:
    assert lists(page)["same_id"].accessibleName() == "Your decision: Duplicate respondent IDs"
    assert lists(page)["same_id"].focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_rows_behind_a_check_are_shown(page: MainWindow, qtbot: QtBot) -> None:
    link = next(each for each in links(page, "Show rows") if "Comments without sense" in each.accessibleName())
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool([each for each in page.findChildren(RowsDialog) if each.isVisible()]))
    dialog = next(each for each in page.findChildren(RowsDialog) if each.isVisible())
    rows = dialog.card.view.table_model
    assert rows.rowCount() == 1
    assert "asdfgh" in [rows.index(0, place).data() for place in range(rows.columnCount())]
    dialog.accept()


def test_the_chain_says_its_arithmetic(page: MainWindow) -> None:
    chain = next(each for each in settled(page.page).findChildren(ChainCard) if each.isVisible())
    assert chain.accessibleName().startswith("61 Rows in the file, −1 duplicate ID, 60 Rows used")


def test_the_number_invited_is_typed_and_gives_a_rate(page: MainWindow, qtbot: QtBot) -> None:
    holder = settled(page.page).findChild(QLineEdit)
    assert holder is not None
    holder.setFocus()
    qtbot.keyClicks(holder, "610")
    qtbot.keyClick(holder, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.session.idle and "Response rate" in words(page))


def test_what_is_no_number_stays_and_is_explained_at_the_field(page: MainWindow, qtbot: QtBot) -> None:
    field = settled(page.page).findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    expected = "Please type a whole number, such as 1,200, or nothing."
    assert field.text() == "abc"
    told = [each for each in page.page.findChildren(QLabel) if each.text() == expected]
    assert [each.isVisible() for each in told] == [True]
    assert field.accessibleDescription() == expected
    field.selectAll()
    qtbot.keyClicks(field, "6")
    assert not told[0].isVisible()
    qtbot.keyClicks(field, "10")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.session.idle and "Response rate" in words(page))


def words(window: MainWindow) -> str:
    models = [view.table_model for view in tables(window)]
    return " ".join(str(model.index(row, 0).data()) for model in models for row in range(model.rowCount()))


def tables(window: MainWindow) -> list[TableView]:
    return settled(window.page).findChildren(TableView)
