"""Wrong sheet or garbled text: what can be chosen, with real previews, and that the file is read again like that."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from cxdesk.job import Job
from cxdesk.reading.grid import Choices
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.dataset import Dataset
from cxdesk.text import say
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.widgets.encoding_ways import EncodingWays
from tests.ui.conftest import Shelf
from tests.ui.pages.looking import said, settled
from tests.ui.pages.store import STORE

Open = Callable[..., MainWindow]
TEXT = "编号,地区,推荐意愿,您的建议\n1,华东,9,服务很好\n2,华北,7,等待时间太长\n3,华南,10,没有\n"


class Recorder:
    """Reads the same survey again and again, and keeps the choices it was asked to read it with."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.asked: list[Choices] = []

    def read(self, path: str, choices: Choices, job: object) -> Dataset:
        self.asked.append(choices)
        return self.dataset


def call(function: str, arguments: tuple[Any, ...], job: Job) -> Any:
    """What the worker process does, in this one."""
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)(*arguments, job)


@pytest.fixture
def garbled(
    shelf: Shelf, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[MainWindow, Recorder]:
    """A text file in GB 18030 that was read as Windows-1252."""
    path = tmp_path / "survey.csv"
    path.write_bytes(TEXT.encode("gb18030"))
    receipt = replace(STORE.receipt, encoding="Windows-1252", delimiter=",")
    recorder = Recorder(replace(STORE, receipt=receipt))
    monkeypatch.setattr(shelf, "read", recorder.read)
    monkeypatch.setattr(shelf, "call", call)
    with qtbot.waitSignal(window.session.opened):
        window.session.open(str(path))
    qtbot.waitUntil(lambda: window.session.idle)
    window.show_page("check")
    window.check.wrong.click()
    qtbot.waitUntil(lambda: window.session.idle and window.check.choices.ways.isVisible())
    settled(window.check)
    return window, recorder


def box(window: MainWindow, name: str) -> QComboBox:
    found = window.check.choices.findChild(QComboBox, f"reading_{name}")
    assert found is not None
    return found


def test_one_press_on_the_text_that_can_be_read_puts_it_right(
    garbled: tuple[MainWindow, Recorder], qtbot: QtBot
) -> None:
    window, recorder = garbled
    ways = window.check.choices.ways
    right = next(each for each in ways.findChildren(QPushButton) if "华东" in each.accessibleDescription())
    assert right.accessibleName() == "Read as Simplified Chinese (GB 18030)"
    assert len(ways.findChildren(QPushButton)) in (2, 3)
    assert "1 · 华东 · 9 · 服务很好" in said(ways)
    with qtbot.waitSignal(window.session.opened):
        right.click()
    qtbot.waitUntil(lambda: window.session.idle and window.page is window.check)
    assert recorder.asked[-1] == Choices(encoding="gb18030")


def test_each_separator_says_how_many_columns_it_gives(garbled: tuple[MainWindow, Recorder]) -> None:
    delimiter = box(garbled[0], "delimiter")
    texts = [delimiter.itemText(place) for place in range(delimiter.count())]
    assert texts == ["Comma: 4 columns", "Semicolon: 1 column", "Tab: 1 column", "Vertical line: 1 column"]


def test_only_what_was_changed_is_decided(garbled: tuple[MainWindow, Recorder], qtbot: QtBot) -> None:
    window, _ = garbled
    choices = window.check.choices
    assert choices.choices() == Choices()
    sign = box(window, "delimiter")
    sign.setCurrentIndex(sign.findData(";"))
    choices.rows.setCurrentRow(2)
    assert choices.choices() == Choices(delimiter=";", header_row=2)
    encoding = box(window, "encoding")
    encoding.setCurrentIndex(encoding.findData("cp932"))
    assert choices.choices() == Choices(delimiter=";", header_row=2, encoding="cp932")


def test_the_header_is_pressed_among_the_first_rows(garbled: tuple[MainWindow, Recorder], qtbot: QtBot) -> None:
    window, recorder = garbled
    rows = window.check.choices.rows
    assert rows.count() == 4
    assert rows.currentRow() == STORE.receipt.header_rows[0]
    assert rows.item(1).text().startswith("2: 1 · ")
    rows.setCurrentRow(1)
    with qtbot.waitSignal(window.session.opened):
        window.check.choices.again.click()
    assert recorder.asked[-1] == Choices(header_row=1)


def test_a_workbook_offers_its_sheets(opened: Open) -> None:
    receipt = replace(STORE.receipt, container="xlsx", sheet="Data", sheets=("Notes", "Data"), encoding=None)
    window = opened(replace(STORE, receipt=receipt))
    window.show_page("check")
    window.check.wrong.click()
    sheets = box(window, "sheet")
    assert [sheets.itemText(place) for place in range(sheets.count())] == ["Notes", "Data"]
    assert sheets.currentText() == "Data"
    sheets.setCurrentIndex(0)
    assert window.check.choices.choices() == Choices(sheet="Notes")


def test_lists_can_be_used_where_there_is_no_preview(opened: Open, qtbot: QtBot) -> None:
    window = opened(replace(STORE, receipt=replace(STORE.receipt, encoding="UTF-8", delimiter=",")))
    window.show_page("check")
    window.check.wrong.click()
    qtbot.waitUntil(lambda: window.session.idle)
    assert not window.check.choices.ways.isVisible()
    assert box(window, "encoding").isVisible()
    assert window.check.choices.again.isVisible()


def test_a_refused_text_offers_three_ways_to_read_it(
    shelf: Shelf, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "survey.csv"
    path.write_bytes(TEXT.encode("gb18030"))
    asked: list[Choices] = []

    def read(path: str, choices: Choices, job: Job) -> Dataset:
        asked.append(choices)
        if choices.encoding is None:
            raise ReadRefused("only_headers", say("Only headers."), say("Export again."))
        return STORE

    monkeypatch.setattr(shelf, "read", read)
    monkeypatch.setattr(shelf, "call", call)
    window.opening.open(str(path))
    qtbot.waitUntil(lambda: window.session.idle and bool(settled(window.welcome).findChildren(EncodingWays)))
    (ways,) = window.welcome.findChildren(EncodingWays)
    right = next(each for each in ways.findChildren(QPushButton) if "华东" in each.accessibleDescription())
    with qtbot.waitSignal(window.session.opened):
        right.click()
    assert asked == [Choices(), Choices(encoding="gb18030")]
