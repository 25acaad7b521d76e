"""The page of weights: chosen, typed or pasted, told what it costs, applied in one step, shown as a chip, taken off."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QRadioButton
from pytestqt.qtbot import QtBot

from cxdesk.project.preferences import Preferences
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.weighting import Weighting
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.weights_page import WeightsPage
from cxdesk.ui.widgets.shares_table import AFTER, TARGET
from tests.builders import survey
from tests.ui.pages.looking import said, settled
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]


def weighted_survey() -> Dataset:
    chance = random.Random(3)
    return survey(
        recommend=[chance.randint(0, 10) for _ in range(200)],
        segment={"Region": ["North", "South"] * 100},
        weight=[chance.choice((0.5, 1.0, 1.5)) for _ in range(200)],
        key="weighted",
    )


def page_of(window: MainWindow, qtbot: QtBot) -> WeightsPage:
    window.top_bar.weights_wanted.emit()
    assert window.page is window.weights
    computed(window, qtbot)
    return window.weights


def words(page: WeightsPage, row: int, column: int) -> str:
    item = page.table.item(row, column)
    return "" if item is None else item.text()


def computed(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.weights._later.isActive() and window.session.idle)
    settled(window.weights)


def press(page: WeightsPage, name: str, kind: type[QRadioButton] | type[QCheckBox]) -> None:
    found = settled(page).findChild(kind, name)
    assert found is not None, name
    found.click()


def by_region(window: MainWindow, qtbot: QtBot, pasted: str) -> WeightsPage:
    page = page_of(window, qtbot)
    press(page, "way_own", QRadioButton)
    press(page, "by_region", QCheckBox)
    page.table.paste(pasted)
    computed(window, qtbot)
    return page


def test_own_shares_are_pasted_told_applied_and_undone(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    page = by_region(window, qtbot, "West\t40%\nNorth\t20\nEast\t20\nSouth\t20\n")
    assert words(page, 1, TARGET) == "20"
    assert words(page, 4, AFTER) == "40%"
    assert page.summary.text().startswith("240 answers carry the precision of")
    assert page.apply.isEnabled()
    page.apply.click()
    assert window.page is window.pages["overview"]
    control = window.filter_bar.weights
    assert control.isVisible()
    assert control.chip.text() == "Weighted: Region"
    assert window.session.history is not None
    window.session.undo()
    assert window.session.workspace is not None
    assert window.session.workspace.weighting is None
    assert not control.isVisible()


def test_a_typed_share_is_used_and_the_next_row_follows(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    page = by_region(window, qtbot, "25\n25\n25\n25")
    page.table.setCurrentCell(1, TARGET)
    cell = page.table.item(1, TARGET)
    assert cell is not None
    cell.setText("40 %")
    computed(window, qtbot)
    assert page.draft.targets["region"][0] == 40
    assert "add up to 115%, not 100%" in page.summary.text()
    assert not page.apply.isEnabled()
    page.scale.click()
    computed(window, qtbot)
    assert page.draft.is_whole
    assert page.apply.isEnabled()


def test_delete_empties_a_share_and_its_group_is_named(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    page = by_region(window, qtbot, "25\n25\n25\n25")
    page.table.setCurrentCell(4, TARGET)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    computed(window, qtbot)
    assert "“West” (Region) has no target, but 60 people answered so." in page.summary.text()


@pytest.mark.parametrize("way", ["button", "Esc"])
def test_cancel_changes_nothing_and_goes_back_to_where_one_was(opened: Open, qtbot: QtBot, way: str) -> None:
    window = opened(store_survey())
    window.show_page("segments")
    page = by_region(window, qtbot, "25\n25\n25\n25")
    if way == "Esc":
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    else:
        page.cancel.click()
    assert window.page is window.pages["segments"]
    assert window.session.workspace is not None
    assert window.session.workspace.weighting is None


def test_a_column_of_weights_is_pointed_out_used_and_taken_off(opened: Open, qtbot: QtBot) -> None:
    window = opened(weighted_survey())
    control = window.filter_bar.weights
    assert control.hint.isVisible()
    assert control.hint.text() == "A weight column was found"
    control.hint.click()
    computed(window, qtbot)
    press(window.weights, "way_weight", QRadioButton)
    computed(window, qtbot)
    window.weights.apply.click()
    qtbot.waitUntil(lambda: window.session.idle)
    assert window.session.workspace is not None
    assert window.session.workspace.weighting == Weighting("weight")
    assert "weighted; 200 answers carry the precision of" in said(window.page)
    qtbot.keyClick(control.chip, Qt.Key.Key_Delete)
    assert window.session.workspace.weighting is None


@pytest.mark.parametrize("preferences", [Preferences(language="zh_CN", theme="dark")])
def test_the_page_speaks_chinese(opened: Open, qtbot: QtBot) -> None:
    window = opened(store_survey())
    page = by_region(window, qtbot, "25\n25\n25\n25")
    assert page.summary.text().startswith("240 份回答的精度相当于 240 份")
    heads = [page.table.horizontalHeaderItem(column) for column in range(4)]
    assert [None if head is None else head.text() for head in heads] == ["回答", "受访者", "目标（%）", "加权后"]
