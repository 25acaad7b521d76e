"""From a file to a saved report, the way people do it; the numbers on screen are those in the workbook."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.blocks.figure import Figure
from cxdesk.job import Unattended
from cxdesk.project.folders import settings_folder
from cxdesk.resources import resource
from cxdesk.survey.role import Role
from cxdesk.ui.actions import first_stop
from cxdesk.ui.main_window import MainWindow
from tests.journeys.conftest import PATIENCE

CONTROL = Qt.KeyboardModifier.ControlModifier


class Mouse:
    """Clicks like a person and counts."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible(), f"nobody can click {widget.accessibleName()!r}"
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def support(tmp_path: Path) -> Path:
    return Path(shutil.copy(resource("samples", "support_en.csv"), tmp_path / "Support August.csv"))


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(500, 400), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)


def shows_results(window: MainWindow) -> bool:
    return window.page is window.pages["overview"] and window.session.idle and first_stop(window.page) is not None


def figures(window: MainWindow) -> dict[str, float]:
    """The key numbers that the overview shows now."""
    workspace = window.session.workspace
    assert workspace is not None
    section = window.session._engine.section(workspace, "overview", Unattended())
    values = {block.key: block.cell.value for block in section.blocks() if isinstance(block, Figure)}
    return {key: float(value) for key, value in values.items() if isinstance(value, int | float)}


def named(path: Path, name: str) -> float:
    """The value of a defined name in a saved workbook, as a spreadsheet program would show it without recalculating."""
    book = openpyxl.load_workbook(path, data_only=True)
    sheet, place = next(iter(book.defined_names[name].destinations))
    value = book[sheet][place.replace("$", "")].value
    assert isinstance(value, int | float)
    return float(value)


def saved_report(window: MainWindow, qtbot: QtBot) -> Path:
    qtbot.waitUntil(lambda: "Report saved" in window.toasts.text.text(), timeout=PATIENCE)
    found = sorted((settings_folder() / "Documents").rglob("*.xlsx"))
    return found[-1]


def test_three_clicks_from_the_start_to_a_saved_report(
    window: MainWindow, qtbot: QtBot, support: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxdesk.ui.dialogs.QFileDialog.getOpenFileNames", lambda *_: ([str(support)], ""))
    mouse = Mouse()
    mouse.click(window.welcome.zone.choose)
    qtbot.waitUntil(lambda: shows_results(window), timeout=PATIENCE)
    mouse.click(window.top_bar.export)
    qtbot.waitUntil(window.export.save.isVisible)
    mouse.click(window.export.save)
    report = saved_report(window, qtbot)
    assert mouse.clicks <= 3
    assert report.name == "Support August – report.xlsx"
    shown = figures(window)
    assert named(report, "cx_NPS") == pytest.approx(shown["recommend"])
    assert named(report, "cx_CSAT") == pytest.approx(shown["satisfaction"])


def test_a_known_file_takes_two_clicks(window: MainWindow, qtbot: QtBot, support: Path) -> None:
    drop(window, support)
    qtbot.waitUntil(lambda: shows_results(window), timeout=PATIENCE)
    window.show_page("welcome")
    line = next(each for each in window.welcome.findChildren(QPushButton) if each.property("look") == "fileLine")
    qtbot.waitUntil(line.isVisible)
    mouse = Mouse()
    mouse.click(line)
    qtbot.waitUntil(lambda: shows_results(window), timeout=PATIENCE)
    mouse.click(window.top_bar.export)
    qtbot.waitUntil(window.export.save.isVisible)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    assert saved_report(window, qtbot).exists()
    assert mouse.clicks == 2


def test_open_check_filter_undo_export_and_read_back(window: MainWindow, qtbot: QtBot, support: Path) -> None:
    mouse = Mouse()
    drop(window, support)
    qtbot.waitUntil(lambda: shows_results(window), timeout=PATIENCE)
    everybody = figures(window)
    mouse.click(window.sidebar.place("check"))
    assert window.session.workspace is not None
    private = window.session.workspace.dataset.with_role(Role.PRIVATE)
    assert {question.text for question in private} >= {"IP Address", "Email Address"}
    qtbot.waitUntil(window.check.show_results.isVisible)
    mouse.click(window.check.show_results)
    qtbot.waitUntil(lambda: shows_results(window), timeout=PATIENCE)
    window.filter_bar.add_filter()
    editor = window.filter_bar.editor
    assert editor is not None
    qtbot.waitUntil(editor.isVisible)
    QTest.mouseClick(
        editor.values.viewport(),
        Qt.MouseButton.LeftButton,
        pos=editor.values.visualItemRect(editor.values.item(0)).center(),
    )
    mouse.click(editor.apply)
    qtbot.waitUntil(lambda: window.top_bar.undo.isEnabled() and window.session.idle, timeout=PATIENCE)
    some = figures(window)
    assert some != everybody
    mouse.click(window.top_bar.undo)
    assert figures(window) == everybody
    mouse.click(window.top_bar.redo)
    assert figures(window) == some
    mouse.click(window.top_bar.export)
    qtbot.waitUntil(window.export.save.isVisible)
    mouse.click(window.export.save)
    report = saved_report(window, qtbot)
    assert named(report, "cx_NPS") == pytest.approx(some["recommend"])
    book = openpyxl.load_workbook(report)
    words = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("E-mail" in word for word in words), "the filter is printed"
    assert not any("@example" in word for word in words), "addresses stay out of the report"


def test_the_same_with_the_keyboard_alone(
    window: MainWindow, qtbot: QtBot, support: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxdesk.ui.dialogs.QFileDialog.getOpenFileNames", lambda *_: ([str(support)], ""))

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)

    press(Qt.Key.Key_O, CONTROL)
    qtbot.waitUntil(lambda: shows_results(window), timeout=PATIENCE)
    press(Qt.Key.Key_9, CONTROL)
    assert window.page is window.pages["comments"]
    press(Qt.Key.Key_1, CONTROL)
    press(Qt.Key.Key_F, CONTROL)
    editor = window.filter_bar.editor
    assert editor is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is editor.column)
    # From the column over the search and its two links to the answers.
    for key in (*(Qt.Key.Key_Tab,) * 4, Qt.Key.Key_Space, Qt.Key.Key_Return):
        press(key)
    qtbot.waitUntil(lambda: window.top_bar.undo.isEnabled() and window.session.idle, timeout=PATIENCE)
    some = figures(window)
    press(Qt.Key.Key_Z, CONTROL)
    assert figures(window) != some
    press(Qt.Key.Key_Y, CONTROL)
    press(Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.export.save)
    press(Qt.Key.Key_Return)
    assert named(saved_report(window, qtbot), "cx_NPS") == pytest.approx(some["recommend"])


def test_a_file_that_is_no_survey_is_refused_and_the_next_one_opens(
    window: MainWindow, qtbot: QtBot, support: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "holiday.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    with qtbot.waitSignal(window.session.refused, timeout=PATIENCE):
        drop(window, picture)
    qtbot.waitUntil(
        lambda: any(
            "holiday.xlsx" in each.text() for each in window.welcome.findChildren(type(window.welcome.zone._title))
        )
    )
    drop(window, support)
    qtbot.waitUntil(lambda: shows_results(window), timeout=PATIENCE)
    assert picture.read_bytes().startswith(b"\x89PNG")
