"""A person who does not wait: everything that was chosen is done, although pages are still being computed."""

from __future__ import annotations

import csv
import os
import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Table
from cxdesk.project.workspace import Workspace
from cxdesk.survey.role import Role
from cxdesk.survey.selection import OneOf
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.result_page import ResultPage
from tests.journeys.conftest import PATIENCE

ROWS = 3_000


@pytest.fixture
def stores(tmp_path: Path) -> Path:
    """A survey with one answer that came twice."""
    chance = random.Random(5)
    path = tmp_path / "Stores.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Response ID", "How likely are you to recommend us? (0-10)", "Region", "Shop", "Why?"])
        for row in range(ROWS):
            number = f"r{min(row, ROWS - 2)}"
            region, shop = chance.choice(("North", "East", "South", "West")), chance.choice(("large", "small"))
            writer.writerow([number, chance.randint(0, 10), region, shop, f"The till in aisle {row} was slow"])
    return path


def open_file(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
        window.opening.open(str(path))
    rest(window, qtbot)


def rest(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.session.idle and window.projects.idle, timeout=PATIENCE)


def workspace(window: MainWindow) -> Workspace:
    assert window.session.workspace is not None
    return window.session.workspace


def chosen(window: MainWindow) -> set[str]:
    return {each.question for each in workspace(window).selection.conditions}


def click_on_a_row(window: MainWindow) -> str:
    """Choose the second row of the first table of the page that is shown."""
    page = window.page
    assert isinstance(page, ResultPage)
    assert page._section is not None
    table = next(block for block in page._section.blocks() if isinstance(block, Table))
    key = table.rows[1].key
    page.view.row_chosen.emit(table.key, key)
    return key


def test_two_filters_a_row_a_comparison_and_a_decision_in_one_breath(
    window: MainWindow, stores: Path, qtbot: QtBot
) -> None:
    open_file(window, stores, qtbot)
    window.show_page("segments")
    rest(window, qtbot)
    region, shop = workspace(window).dataset.with_role(Role.SEGMENT)
    told: list[str] = []
    window.session.toast.connect(lambda text, _actions: told.append(window.session.say(text)))
    window.filter_bar._on_condition(OneOf(region.id, (0, 1)))
    row = click_on_a_row(window)
    window.filter_bar._on_condition(OneOf(shop.id, (1,)))
    window.filter_bar.compare._on_condition(OneOf(shop.id, (0,)))
    quality = window.pages["quality"]
    assert isinstance(quality, ResultPage)
    quality.view.choice_made.emit("checks", "same_id", "keep")
    rest(window, qtbot)
    now = workspace(window)
    assert told == []
    assert chosen(window) == {region.id, shop.id}
    segments = now.spec("segments")
    assert segments is not None
    assert segments.focus == row
    assert now.compare is not None
    assert now.compare.on(region.id) == OneOf(region.id, (0, 1))
    assert now.compare.on(shop.id) == OneOf(shop.id, (0,))
    assert dict(now.decisions) == {"same_id": "keep"}
    assert now.dataset.respondents == ROWS
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rest(window, qtbot)
    assert chosen(window) == set()
    assert workspace(window).compare is None
    assert workspace(window).dataset.respondents == ROWS - 1


def test_a_filter_is_used_before_the_page_that_is_being_computed_is_there(window: MainWindow, qtbot: QtBot) -> None:
    folder = os.environ.get("CXDESK_CORPUS")
    if not folder:
        pytest.skip("CXDESK_CORPUS names no folder of survey files")
    open_file(window, Path(folder) / "limesurvey-rse-de-2017.csv", qtbot)
    order: list[str] = []

    def computed(section: Section) -> None:
        if section.key == "segments":
            order.append("page")

    window.session.computed.connect(computed)
    window.session.workspace_changed.connect(lambda: order.append("filter"))
    window.show_page("segments")
    qtbot.waitUntil(lambda: not window.session.idle)
    segment = next(each for each in workspace(window).dataset.with_role(Role.SEGMENT) if 1 < each.size < 8)
    window.filter_bar._on_condition(OneOf(segment.id, (0,)))
    rest(window, qtbot)
    assert order == ["filter", "page"]
    assert chosen(window) == {segment.id}
