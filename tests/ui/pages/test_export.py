"""The export page: what is ticked, typed and previewed is what stands in the workbook, and nothing is overwritten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from cxdesk.job import Job
from cxdesk.project.preferences import Preferences
from cxdesk.render.excel.save import Written
from cxdesk.render.excel.workbook import SaveRefused, write_report
from cxdesk.report.build import SHEETS
from cxdesk.report.report import Report
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Text, say
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages import export_page
from cxdesk.ui.pages.export_page import ExportPage
from tests.builders import survey
from tests.ui.conftest import Shelf
from tests.ui.pages.looking import said, settled
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]
Toast = tuple[Text, tuple[tuple[Text, Callable[[], object]], ...]]


def write_here(function: str, arguments: tuple[object, ...], job: Job) -> object:
    """What the worker process does, in this process."""
    assert function == "cxdesk.render.excel.workbook:write_report"
    report, target = arguments
    assert isinstance(report, Report)
    assert isinstance(target, str)
    return write_report(report, target, job)


@pytest.fixture
def page(opened: Open, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ExportPage:
    """The export page over the overview, with its preview ready."""
    monkeypatch.setattr(shelf, "writes", write_here)
    window = opened(store_survey())
    return shown(window, qtbot)


def shown(window: MainWindow, qtbot: QtBot) -> ExportPage:
    window.show_page("export")
    ready(window.export, qtbot)
    return window.export


def ready(page: ExportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.session.idle and not page._later.isActive() and page.preview.preview.finished)


def toasts(page: ExportPage) -> list[Toast]:
    found: list[Toast] = []
    page.session.toast.connect(lambda text, actions: found.append((text, actions)))
    return found


def save(page: ExportPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.is_saving and page.session.idle, timeout=30_000)


def reports(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "Documents" / "CX Desk").glob("*"))


def test_the_list_keeps_the_promises_of_a_model(page: ExportPage) -> None:
    QAbstractItemModelTester(page.sheets.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.sheets.tick("data", on=True)
    page.sheets.choose("notes")


def test_enter_saves_the_proposed_report(page: ExportPage, qtbot: QtBot, home: Path) -> None:
    told = toasts(page)
    assert page.save.hasFocus()
    qtbot.keyClick(page.save, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.is_saving and page.session.idle, timeout=30_000)
    assert not page.isVisible()
    assert reports(home) == ["Store survey 2025 Q3 – report.xlsx"]
    assert str(told[0][0]) == "Report saved: Store survey 2025 Q3 – report.xlsx"
    assert [str(name) for name, _ in told[0][1]] == ["Open", "Show in folder", "Copy path"]
    told[0][1][2][1]()
    assert QGuiApplication.clipboard().text().endswith("Store survey 2025 Q3 – report.xlsx")


def test_enter_on_cancel_does_not_save(page: ExportPage, qtbot: QtBot, home: Path) -> None:
    page.cancel.setFocus()
    qtbot.keyClick(page.cancel, Qt.Key.Key_Return)
    assert not page.isVisible()
    assert reports(home) == []


def test_the_workbook_has_the_sheets_that_are_ticked(page: ExportPage, qtbot: QtBot, home: Path) -> None:
    page.sheets.tick("segments", on=False)
    page.sheets.tick("data", on=True)
    save(page, qtbot)
    book = openpyxl.load_workbook(home / "Documents" / "CX Desk" / reports(home)[0])
    told = ["Comments", "Follow-up", "Data quality", "Notes", "Data"]
    assert book.sheetnames == ["Summary", "Scores", "Trend", *told]


def test_ticks_are_undone_like_everything_else(page: ExportPage) -> None:
    page.sheets.tick("segments", on=False)
    workspace = page.session.workspace
    assert workspace is not None
    assert workspace.report.left_out == {"segments", "data"}
    page.session.undo()
    assert page.sheets.left_out() == {"data"}


def test_the_last_sheet_cannot_be_left_out(page: ExportPage) -> None:
    for key, _, _ in SHEETS:
        page.sheets.tick(key, on=False)
    assert page.sheets.left_out() == {key for key, _, _ in SHEETS} - {"notes"}


def test_a_sheet_without_anything_to_show_is_grey_and_says_why(page: ExportPage, qtbot: QtBot) -> None:
    view = page.sheets
    page.sheets.choose("compare")
    assert "Nothing to compare with yet." in said(page.preview)
    assert "not in the report: Nothing to compare with yet." in view.currentIndex().data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    before = view.left_out()
    qtbot.keyClick(view, Qt.Key.Key_Space)
    line = view.visualRect(view.currentIndex())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=line.topLeft() + QPoint(14, 14))
    assert view.left_out() == before
    workspace = page.session.workspace
    assert workspace is not None
    north = Selection((OneOf("region", (0,)),))
    page.session.edit(say("Compare"), replace(workspace, compare=north))
    ready(page, qtbot)
    assert "Nothing to compare with yet." not in said(page.preview)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.left_out() == before | {"compare"}


def test_pressing_the_box_ticks_and_pressing_the_name_shows(page: ExportPage, qtbot: QtBot) -> None:
    view = page.sheets
    line = view.visualRect(view.model().index(2, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=line.center())
    assert view.current == "segments"
    assert view.left_out() == {"data"}
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=line.topLeft() + QPoint(14, 14))
    assert view.left_out() == {"data", "segments"}
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.left_out() == {"data"}
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current == "trend"


def test_the_preview_follows_the_list(page: ExportPage, qtbot: QtBot) -> None:
    assert "Preview: Summary" in said(page.preview)
    page.sheets.choose("data")
    assert "This sheet is not in the report." in said(page.preview)
    page.sheets.tick("data", on=True)
    ready(page, qtbot)
    assert "This sheet is not in the report." not in said(page.preview)


def test_the_preview_shows_what_is_typed(page: ExportPage, qtbot: QtBot) -> None:
    before = settled(page.preview.preview).grab().toImage()
    page.form.report_title.setFocus()
    page.form.report_title.selectAll()
    qtbot.keyClicks(page.form.report_title, "Board meeting")
    ready(page, qtbot)
    assert page.preview.preview.grab().toImage() != before
    workspace = page.session.workspace
    assert workspace is not None
    assert workspace.report.title == "", "a word that is being typed is not worth an undo step"
    page.save.setFocus()
    assert page.session.workspace is not None
    assert page.session.workspace.report.title == "Board meeting"


def test_the_preview_is_painted_on_white_in_the_dark_too(page: ExportPage) -> None:
    picture = settled(page.preview.preview).grab().toImage()
    # The lower part of the page: above it bars of charts may run across.
    below = picture.height() * 3 // 4
    white = sum(picture.pixelColor(x, below).lightness() > 250 for x in range(picture.width()))
    assert white > picture.width() // 4


def test_pages_are_turned(page: ExportPage, qtbot: QtBot) -> None:
    page.sheets.choose("scores")
    ready(page, qtbot)
    assert "Page 1 of " in said(page.preview)
    first = page.preview.preview.grab().toImage()
    qtbot.mouseClick(page.preview.after, Qt.MouseButton.LeftButton)
    ready(page, qtbot)
    assert "Page 2 of " in said(page.preview)
    assert page.preview.preview.grab().toImage() != first
    assert page.preview.before.isEnabled()


def test_full_size_is_larger_than_the_room(page: ExportPage) -> None:
    page.preview.zoom.setChecked(True)
    assert settled(page.preview.preview).height() > 1123
    page.preview.zoom.setChecked(False)
    assert settled(page.preview.preview).height() < 1123


def test_title_author_and_language_stand_in_the_workbook(page: ExportPage, qtbot: QtBot, home: Path) -> None:
    page.form.report_title.setText("季度报告")
    page.form.author.setText("Customer Experience team")
    page.form.language.setCurrentIndex(page.form.language.findData("zh_CN"))
    page.form.language.activated.emit(page.form.language.currentIndex())
    save(page, qtbot)
    book = openpyxl.load_workbook(home / "Documents" / "CX Desk" / reports(home)[0])
    assert book.sheetnames[0] == "摘要"
    assert book.properties.title == "季度报告"
    assert book.properties.creator == "Customer Experience team"
    words = " ".join(str(cell.value) for cells in book["摘要"].iter_rows() for cell in cells if cell.value)
    assert "季度报告" in words
    assert "Customer Experience team" in words
    assert page.session.preferences.author == "Customer Experience team", "the next report starts with it"


def test_personal_data_stays_out_and_comments_are_masked_unless_that_is_not_wanted(
    opened: Open, shelf: Shelf, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "writes", write_here)
    dataset = survey(recommend=[9] * 30, comment=["Call me: 13812345678"] * 30, private={"Phone": ["13887654321"] * 30})
    page = shown(opened(dataset), qtbot)

    def data() -> str:
        sheet = openpyxl.load_workbook(home / "Documents" / "CX Desk" / reports(home)[0])["Data"]
        return " ".join(str(cell.value) for cells in sheet.iter_rows() for cell in cells)

    page.sheets.tick("data", on=True)
    save(page, qtbot)
    assert "Call me: 138****5678" in data()
    assert "Phone" not in data()
    window = page.window()
    assert isinstance(window, MainWindow)
    shown(window, qtbot)
    page.form.hide_private.click()
    save(page, qtbot)
    assert "Call me: 13812345678" in data()
    assert "13887654321" not in data(), "personal columns are never written"


def test_a_report_of_somebody_else_is_not_overwritten(page: ExportPage, qtbot: QtBot, home: Path) -> None:
    page.give_up()
    folder = home / "Documents" / "CX Desk"
    folder.mkdir(parents=True)
    other = folder / "Store survey 2025 Q3 – report.xlsx"
    other.write_bytes(b"mine")
    window = page.window()
    assert isinstance(window, MainWindow)
    shown(window, qtbot)
    assert page.bar.where.text().endswith("Store survey 2025 Q3 – report (2).xlsx")
    save(page, qtbot)
    assert other.read_bytes() == b"mine"
    assert reports(home)[0] == "Store survey 2025 Q3 – report (2).xlsx"


def test_our_own_report_is_replaced(page: ExportPage, qtbot: QtBot, home: Path) -> None:
    save(page, qtbot)
    window = page.window()
    assert isinstance(window, MainWindow)
    shown(window, qtbot)
    save(page, qtbot)
    assert len(reports(home)) == 1


def test_another_place_can_be_chosen(
    page: ExportPage, qtbot: QtBot, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "board.xlsx"
    asked: list[str] = []

    def answer(_parent: object, _title: str, suggested: str, _kinds: object) -> str:
        asked.append(suggested)
        return str(target)

    monkeypatch.setattr(export_page, "choose_target", answer)
    qtbot.mouseClick(page.change, Qt.MouseButton.LeftButton)
    assert asked == [str(home / "Documents" / "CX Desk" / "Store survey 2025 Q3 – report.xlsx")]
    assert page.bar.where.text().endswith("board.xlsx")
    save(page, qtbot)
    assert target.exists()
    assert reports(home) == []


def test_a_refusal_is_told_where_it_can_be_helped(
    page: ExportPage, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> object:
        raise SaveRefused("disk_full", say("The disk is full."), say("Free some space."))

    monkeypatch.setattr(shelf, "writes", refuse)
    save(page, qtbot)
    assert page.isVisible()
    assert "The disk is full." in said(page.problem)
    assert "Free some space." in said(page.problem)
    assert page.save.isEnabled()
    monkeypatch.setattr(shelf, "writes", write_here)
    save(page, qtbot)
    assert not page.isVisible()


def test_a_failure_nobody_foresaw_is_told_in_plain_words(
    page: ExportPage, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> object:
        raise ZeroDivisionError("secret answer")

    monkeypatch.setattr(shelf, "writes", fail)
    save(page, qtbot)
    assert "The report could not be saved (ZeroDivisionError)." in said(page.problem)
    assert "secret" not in said(page)


def test_a_locked_file_is_saved_beside_itself_and_said(
    page: ExportPage, shelf: Shelf, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "writes", lambda *_: Written(str(tmp_path / "report (2).xlsx"), renamed=True))
    told = toasts(page)
    save(page, qtbot)
    assert str(told[0][0]) == "The file was open in another program, so the report was saved as report (2).xlsx."


def test_saving_shows_progress_and_can_be_given_up(
    page: ExportPage, shelf: Shelf, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()

    def slowly(_function: str, _arguments: object, job: Job) -> object:
        job.progress(say("Data"), 60, 70)  # more than all pages that are calculated before
        while not over.wait(0.01):
            job.check()
        raise AssertionError("nobody gave up")

    monkeypatch.setattr(shelf, "writes", slowly)
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.bar.progress.value() == 60)
    assert page.bar.step.text() == "Data"
    assert page.is_saving
    assert not page.save.isEnabled()
    qtbot.mouseClick(page.cancel, Qt.MouseButton.LeftButton)
    assert not page.is_saving
    assert page.isVisible()
    assert page.save.isEnabled()
    qtbot.waitUntil(lambda: page.session.idle)
    over.set()
    assert reports(home) == []


def test_the_list_is_read_with_what_each_sheet_holds(page: ExportPage) -> None:
    model = page.sheets.model()
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Summary: headline, key figures, 2 charts"


@pytest.mark.parametrize("preferences", [Preferences(language="zh_CN", theme="dark", text_size=150)])
def test_the_proposal_is_chinese_for_a_chinese_screen(page: ExportPage, qtbot: QtBot, home: Path) -> None:
    assert page.form.language.currentText() == "简体中文"
    save(page, qtbot)
    assert reports(home) == ["Store survey 2025 Q3_报告.xlsx"]
    book = openpyxl.load_workbook(home / "Documents" / "CX Desk" / reports(home)[0])
    assert book.sheetnames[0] == "摘要"
