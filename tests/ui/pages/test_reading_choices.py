"""Wrong sheet or garbled text: what can be chosen, and that the file is read again with exactly that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from cxdesk.reading.grid import Choices
from cxdesk.survey.dataset import Dataset
from cxdesk.ui.main_window import MainWindow
from tests.ui.conftest import Shelf
from tests.ui.pages.store import STORE

Open = Callable[..., MainWindow]


class Recorder:
    """Reads the same survey again and again, and keeps the choices it was asked to read it with."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.asked: list[Choices] = []

    def read(self, path: str, choices: Choices, job: object) -> Dataset:
        self.asked.append(choices)
        return self.dataset


@pytest.fixture
def garbled(
    shelf: Shelf, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[MainWindow, Recorder]:
    """A text file in GB 18030 that was read as Windows-1252."""
    path = tmp_path / "survey.csv"
    header = ",".join(f"Column {number}" for number in range(20))
    path.write_bytes(f"{header}\n地区,推荐\n华东,9\n".encode("gb18030"))
    receipt = replace(STORE.receipt, encoding="cp1252", delimiter=",")
    recorder = Recorder(replace(STORE, receipt=receipt))
    monkeypatch.setattr(shelf, "read", recorder.read)
    with qtbot.waitSignal(window.session.opened):
        window.session.open(str(path))
    qtbot.waitUntil(lambda: window.session.idle)
    window.show_page("check")
    window.check.wrong.click()
    return window, recorder


def test_garbled_text_is_read_again_as_it_looks_right(garbled: tuple[MainWindow, Recorder], qtbot: QtBot) -> None:
    window, recorder = garbled
    choices = window.check.choices
    radios = [each for each in choices.findChildren(QRadioButton) if each.isVisible()]
    assert radios[0].isChecked()
    right = next(each for each in radios if "地区,推荐 华东" in each.accessibleDescription())
    assert right.text() == "Simplified Chinese (GB 18030)"
    right.click()
    again = choices.findChild(QPushButton, "again")
    assert again is not None
    with qtbot.waitSignal(window.session.opened):
        again.click()
    qtbot.waitUntil(lambda: window.session.idle and window.page is window.check)
    assert recorder.asked[-1] == Choices(encoding="gb18030")


def test_only_what_was_changed_is_decided(garbled: tuple[MainWindow, Recorder], qtbot: QtBot) -> None:
    window, _ = garbled
    choices = window.check.choices
    assert choices.choices() == Choices()
    header = choices.findChild(QComboBox, "reading_header_row")
    sign = choices.findChild(QComboBox, "reading_delimiter")
    assert header is not None
    assert sign is not None
    header.setCurrentIndex(header.findText("3"))
    sign.setCurrentIndex(sign.findText("Semicolon"))
    assert choices.choices() == Choices(delimiter=";", header_row=2)


def test_a_workbook_offers_its_sheets(opened: Open) -> None:
    receipt = replace(STORE.receipt, container="xlsx", sheet="Data", sheets=("Notes", "Data"), encoding=None)
    window = opened(replace(STORE, receipt=receipt))
    window.show_page("check")
    window.check.wrong.click()
    sheets = window.check.choices.findChild(QComboBox, "reading_sheet")
    assert sheets is not None
    assert [sheets.itemText(place) for place in range(sheets.count())] == ["Notes", "Data"]
    assert sheets.currentText() == "Data"
    sheets.setCurrentIndex(0)
    assert window.check.choices.choices() == Choices(sheet="Notes")
