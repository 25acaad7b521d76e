"""Several files from the drop to the saved report, with the real worker process."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cxdesk.project.folders import settings_folder
from cxdesk.project.several import Way
from cxdesk.survey.role import Role
from cxdesk.survey.selection import Selection
from cxdesk.ui.actions import first_stop
from cxdesk.ui.main_window import MainWindow
from tests.journeys.conftest import PATIENCE
from tests.journeys.test_report import figures, named

ASKED = "How likely are you to recommend us? (0-10)"


def write(path: Path, header: list[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header, *rows])
    return path


def month(folder: Path, name: str, number: int, scores: tuple[int, ...]) -> Path:
    rows = ([f"C{n:03}", f"2025-{number:02}-{n % 27 + 1:02}", scores[n % len(scores)]] for n in range(120))
    return write(folder / name, ["Customer number", "Submitted at", ASKED], rows)


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(500, 400), Qt.DropAction.CopyAction, data, buttons, keys))


def side_by_side(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.page is window.files and window.session.idle, timeout=PATIENCE)


def show_results(window: MainWindow, qtbot: QtBot, page: str) -> None:
    QTest.mouseClick(window.files.show_results, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.page is window.pages[page] and window.session.idle, timeout=PATIENCE)
    qtbot.waitUntil(lambda: first_stop(window.page) is not None, timeout=PATIENCE)


@pytest.fixture
def months(tmp_path: Path) -> tuple[Path, Path]:
    return month(tmp_path, "June.csv", 6, (10, 8, 3, 0)), month(tmp_path, "July.csv", 7, (10, 9, 9, 3))


def test_two_files_together_reach_the_workbook(window: MainWindow, qtbot: QtBot, months: tuple[Path, Path]) -> None:
    drop(window, *months)
    side_by_side(window, qtbot)
    window.files.ways.radio(Way.TOGETHER).click()
    qtbot.waitUntil(lambda: window.session.idle and window.files.show_results.isEnabled(), timeout=PATIENCE)
    show_results(window, qtbot, "overview")
    shown = figures(window)
    window.show_page("export")
    qtbot.waitUntil(lambda: window.session.idle and window.export.save.isVisible(), timeout=PATIENCE)
    QTest.mouseClick(window.export.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Report saved" in window.toasts.text.text(), timeout=PATIENCE)
    (report,) = (settings_folder() / "Documents").rglob("*.xlsx")
    assert named(report, "cx_NPS") == pytest.approx(shown["recommend"]) == pytest.approx(12.5)
    book = openpyxl.load_workbook(report)
    words = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("June" in word for word in words)
    assert any("July" in word for word in words)


def test_this_month_with_the_last_one_and_undone(window: MainWindow, qtbot: QtBot, months: tuple[Path, Path]) -> None:
    drop(window, *months)
    side_by_side(window, qtbot)
    assert window.files.ways.radio(Way.EARLIER).isChecked()
    show_results(window, qtbot, "compare")
    assert window.filter_bar.compare.chip.text() == "June"
    QTest.mouseClick(window.top_bar.undo, Qt.MouseButton.LeftButton)
    workspace = window.session.workspace
    assert workspace is not None
    assert (workspace.selection, workspace.compare) == (Selection(), None)
    assert workspace.dataset.respondents == 240


def test_a_customer_list_gives_the_segments(
    window: MainWindow, qtbot: QtBot, months: tuple[Path, Path], tmp_path: Path
) -> None:
    rows = ([f"C{n:03}", ("North", "South", "West")[n % 3]] for n in range(110))
    table = write(tmp_path / "Customers.csv", ["Number", "Region"], rows)
    drop(window, months[1], table)
    side_by_side(window, qtbot)
    assert window.files.ways.radio(Way.JOIN).isChecked()
    assert "110 respondents matched · 10 without a match" in window.files.joins[0].counts.text()
    show_results(window, qtbot, "overview")
    workspace = window.session.workspace
    assert workspace is not None
    region = next(each for each in workspace.dataset.with_role(Role.SEGMENT) if each.text == "Region")
    assert region.options == ("North", "South", "West")
    window.show_page("segments")
    qtbot.waitUntil(lambda: window.session.idle, timeout=PATIENCE)


def test_an_archive_with_two_months(
    window: MainWindow, qtbot: QtBot, months: tuple[Path, Path], tmp_path: Path
) -> None:
    packed = tmp_path / "Summer.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in months:
            archive.write(path, f"exports/{path.name}")
    drop(window, packed)
    side_by_side(window, qtbot)
    assert [file.name for file in window.files.bundle.files] == ["June.csv", "July.csv"]
    show_results(window, qtbot, "compare")
    assert window.session.workspace is not None
    assert window.session.workspace.dataset.respondents == 240
