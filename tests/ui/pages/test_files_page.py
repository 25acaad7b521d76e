"""Several files side by side: dropped, chosen or added; matched, put together, compared, joined, and undone."""

from __future__ import annotations

import datetime
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.job import Job
from cxdesk.project.several import Way
from cxdesk.reading.grid import Choices
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.survey.source import SOURCE
from cxdesk.text import say
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.pages.files_page import FilesPage
from tests.builders import survey
from tests.ui.conftest import Shelf
from tests.ui.surveys import store_survey

Open = Callable[..., MainWindow]
DIALOG = "cxdesk.ui.dialogs.QFileDialog.getOpenFileNames"
REGIONS = ("North", "East", "South", "West")


def month(number: int, size: int = 80, key: str = "", **more: Any) -> Dataset:
    """The answers of one month of 2025."""
    named: dict[str, Any] = {"segment": {"Region": [REGIONS[place % 4] for place in range(size)]}, **more}
    made = survey(
        recommend=[(10, 9, 7, 3)[(place + number) % 4] for place in range(size)],
        date=[datetime.date(2025, number, 1 + place % 28) for place in range(size)],
        comment=["Fine"] * size,
        key=key or f"month {number}",
        name=f"Month {number}.csv",
        **named,
    )
    return told_apart(made)


def told_apart(dataset: Dataset) -> Dataset:
    """Surveys made in a test have no bytes; files are told apart by the digest of theirs."""
    return replace(dataset, source=replace(dataset.source, digest=dataset.key))


@pytest.fixture
def months(shelf: Shelf) -> Shelf:
    shelf.files |= {f"Month {number}.csv": month(number) for number in range(5, 9)}
    return shelf


def urls(*names: str) -> list[QUrl]:
    return [QUrl.fromLocalFile(f"/surveys/{name}") for name in names]


def drop(window: MainWindow, *names: str) -> None:
    data = QMimeData()
    data.setUrls(urls(*names))
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, keys))


def settle(window: MainWindow, qtbot: QtBot) -> FilesPage:
    """Wait until the files are shown side by side."""
    qtbot.waitUntil(lambda: window.page is window.files and window.session.idle)
    return window.files


def show_results(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.opened):
        qtbot.mouseClick(window.files.show_results, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.idle)


def words(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def pick(box: QComboBox, value: str) -> None:
    """Choose an entry of a list as a person does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def whole(window: MainWindow) -> Dataset:
    assert window.session.workspace is not None
    return window.session.workspace.dataset


def test_two_files_dropped_together_are_shown_before_anything_is_opened(
    window: MainWindow, months: Shelf, qtbot: QtBot
) -> None:
    drop(window, "Month 7.csv", "Month 8.csv")
    page = settle(window, qtbot)
    assert window.session.workspace is None
    shown = words(page)
    assert "Month 7.csv" in shown
    assert "80 respondents · 1–28 Jul 2025" in shown
    assert "4 of 4 questions matched: 4 the same" in shown
    assert page.ways.radio(Way.EARLIER).isChecked()
    assert page.ways.radio(Way.EARLIER).text() == "Compare: Month 8 with Month 7"
    assert page.show_results.isEnabled()


def test_months_are_compared_and_undo_shows_both_together(window: MainWindow, months: Shelf, qtbot: QtBot) -> None:
    drop(window, "Month 7.csv", "Month 8.csv")
    settle(window, qtbot)
    show_results(window, qtbot)
    assert window.page is window.pages["compare"]
    assert window.session.workspace is not None
    assert window.session.workspace.selection == Selection((OneOf(SOURCE, (1,)),))
    assert window.session.workspace.compare == Selection((OneOf(SOURCE, (0,)),))
    assert window.filter_bar.compare.chip.text() == "Month 7"
    assert window.top_bar.file.text() == "Month 8.csv + 1 file"
    assert window.windowTitle() == "Month 8.csv + 1 file – CX Desk"
    window.session.undo()
    assert window.session.workspace.compare is None
    assert whole(window).respondents == 160


def test_files_that_overlap_are_put_together(window: MainWindow, months: Shelf, qtbot: QtBot) -> None:
    months.files["Shop.csv"] = month(8, 40, key="shop")
    drop(window, "Month 8.csv", "Shop.csv")
    page = settle(window, qtbot)
    assert page.ways.radio(Way.TOGETHER).isChecked()
    show_results(window, qtbot)
    assert window.page is window.pages["overview"]
    assert whole(window).respondents == 120
    assert not window.session.history or window.session.history.undo_name is None


def test_an_earlier_file_is_added_to_what_is_open_in_one_step(
    opened: Open, months: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(month(8), "/surveys/Month 8.csv")
    before = window.session.workspace
    assert before is not None
    north = Selection((OneOf("region", (0,)),))
    window.session.edit(say("Filter by {question}", question="Region"), replace(before, selection=north))
    filtered = window.session.workspace
    monkeypatch.setattr(DIALOG, lambda *_: (["/surveys/Month 7.csv"], ""))
    window.filter_bar.compare.file_wanted.emit()
    page = settle(window, qtbot)
    assert window.session.workspace is filtered
    assert page.ways.radio(Way.EARLIER).isChecked()
    show_results(window, qtbot)
    workspace = window.session.workspace
    assert workspace is not None
    assert workspace.selection == Selection((OneOf(SOURCE, (1,)), OneOf("region", (0,))))
    assert workspace.compare == Selection((OneOf(SOURCE, (0,)), OneOf("region", (0,))))
    assert "Undo: Compare with Month 7.csv" in window.top_bar.undo.toolTip()
    window.session.undo()
    assert window.session.workspace is filtered
    assert window.top_bar.file.text() == "Month 8.csv"
    window.session.redo()
    assert window.top_bar.file.text() == "Month 8.csv + 1 file"


def test_cancelling_comes_back_to_what_was_open(
    opened: Open, months: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(store_survey())
    window.show_page("segments")
    kept = window.session.workspace
    over = threading.Event()

    def slow(job: Job) -> Dataset:
        while not over.wait(0.01):
            job.check()
        return month(7)

    months.files["Month 7.csv"] = slow
    monkeypatch.setattr(DIALOG, lambda *_: (["/surveys/Month 7.csv"], ""))
    window.opening.add()
    qtbot.waitUntil(lambda: window.welcome.zone.is_busy)
    qtbot.mouseClick(window.welcome.zone.cancel, Qt.MouseButton.LeftButton)
    over.set()
    assert window.page is window.pages["segments"]
    assert window.session.workspace is kept
    qtbot.waitUntil(lambda: window.session.idle)
    assert window.page is window.pages["segments"]


def test_reading_says_which_file_it_is(window: MainWindow, qtbot: QtBot) -> None:
    step = say("File {number} of {count}: {step}", number=2, count=3, step=say("Recognising the columns"))
    window.welcome.zone.show_reading("Month 7.csv")
    window.welcome.zone.note_progress((step, 0, 0))
    assert "File 2 of 3 · Step 2 of 3: recognising columns" in words(window.welcome.zone)


def test_a_refused_file_is_named_and_can_be_left_out(window: MainWindow, months: Shelf, qtbot: QtBot) -> None:
    months.files["locked.xlsx"] = ReadRefused("password", say("It is locked."), say("Unlock it."))
    drop(window, "Month 7.csv", "locked.xlsx", "Month 8.csv")
    page = settle(window, qtbot)
    shown = words(page)
    assert "“locked.xlsx” could not be opened" in shown
    assert "It is locked. Unlock it." in shown
    assert page.show_results.isEnabled(), "the others can be used without it"
    cross = next(each for each in page.findChildren(QPushButton) if each.accessibleName() == "Leave out locked.xlsx")
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    assert "locked" not in words(page)
    show_results(window, qtbot)
    assert whole(window).respondents == 160


def test_the_same_file_twice_counts_once(window: MainWindow, months: Shelf, qtbot: QtBot) -> None:
    drop(window, "Month 7.csv", "Month 7.csv")
    page = settle(window, qtbot)
    assert "chosen twice" in words(page)
    show_results(window, qtbot)
    assert whole(window).respondents == 80
    assert window.top_bar.file.text() == "Month 7.csv"


def test_pairs_can_be_changed_and_what_does_not_fit_is_said(window: MainWindow, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.files["Month 8.csv"] = month(8, rating={"Waiting time": [1, 2, 4, 5] * 20})
    land = {"Land": [REGIONS[place % 4] for place in range(80)]}
    shelf.files["Month 7.csv"] = month(7, segment=land, effort=[2, 4, 6, 7] * 20)
    drop(window, "Month 7.csv", "Month 8.csv")
    page = settle(window, qtbot)
    assert "3 of 5 questions matched: 3 the same; 2 only in Month 8.csv; 2 only in Month 7.csv" in words(page)
    panel = page.pairs
    assert [panel.model.row(place).key for place in range(4)] == [
        ("waiting time", ""),
        ("region", ""),
        ("", "effort"),
        ("", "land"),
    ]
    assert panel.partner.currentText() == "None: keep it apart"
    pick(panel.partner, "effort")
    qtbot.waitUntil(panel.refused.isVisible)
    assert "cannot be counted together" in panel.refused.text()
    assert panel.partner.currentText() == "None: keep it apart"
    panel.table.choose(1)
    assert not panel.refused.isVisible()
    pick(panel.partner, "land")
    qtbot.waitUntil(lambda: "4 of 5 questions matched" in words(page))
    assert "1 paired by you" in words(page)
    show_results(window, qtbot)
    question = next(each for each in whole(window).questions if each.text == "Region")
    assert int((whole(window).codes(question.id) < question.size).sum()) == 160
    assert not any(each.text == "Land" for each in whole(window).questions)


def test_pairs_and_filters_hold_when_the_files_are_read_again(window: MainWindow, shelf: Shelf, qtbot: QtBot) -> None:
    test_pairs_can_be_changed_and_what_does_not_fit_is_said(window, shelf, qtbot)
    shelf.files["Month 8.csv"] = month(8, 100, key="month 8, changed")
    with qtbot.waitSignal(window.session.opened):
        window.opening.again()
    qtbot.waitUntil(lambda: window.session.idle)
    assert whole(window).respondents == 180
    assert not any(each.text == "Land" for each in whole(window).questions)
    workspace = window.session.workspace
    assert workspace is not None
    assert workspace.compare == Selection((OneOf(SOURCE, (0,)),))


def test_a_file_that_is_gone_when_read_again_is_shown(window: MainWindow, months: Shelf, qtbot: QtBot) -> None:
    drop(window, "Month 7.csv", "Month 8.csv")
    settle(window, qtbot)
    show_results(window, qtbot)
    kept = window.session.workspace
    months.files["Month 7.csv"] = ReadRefused("missing", say("It is gone."), say("Look for it."))
    window.opening.again()
    page = settle(window, qtbot)
    assert "It is gone." in words(page)
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert window.session.workspace is kept
    assert window.page is not page


def test_the_other_way_round(window: MainWindow, months: Shelf, qtbot: QtBot) -> None:
    drop(window, "Month 7.csv", "Month 8.csv")
    page = settle(window, qtbot)
    qtbot.mouseClick(page.ways.swap, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.ways.radio(Way.EARLIER).text() == "Compare: Month 7 with Month 8")
    show_results(window, qtbot)
    assert whole(window).question(SOURCE).options == ("Month 8", "Month 7")


def test_with_three_files_each_pairing_can_be_looked_at(window: MainWindow, months: Shelf, qtbot: QtBot) -> None:
    drop(window, "Month 8.csv", "Month 6.csv", "Month 7.csv")
    page = settle(window, qtbot)
    assert page.pairs.older.isVisible()
    assert [page.pairs.older.itemText(place) for place in range(2)] == ["Month 6.csv", "Month 7.csv"]
    page.pairs.older.activated.emit(1)
    assert page.pairs.model.headerData(1, Qt.Orientation.Horizontal) == "Month 7.csv"


def customers(count: int) -> Dataset:
    made = survey(
        segment={"Plan": ["Gold", "Basic"] * (count // 2)},
        respondent=[f"K{place}" for place in range(count)],
        key="customers",
        name="Customers.csv",
    )
    return told_apart(made)


def test_a_list_of_customers_is_joined_and_its_columns_split_the_score(
    window: MainWindow, shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.files["Customers.csv"] = customers(60)
    shelf.files["Month 8.csv"] = month(8, respondent=[f"K{place}" for place in range(80)])
    drop(window, "Customers.csv", "Month 8.csv")
    page = settle(window, qtbot)
    assert page.ways.radio(Way.JOIN).isChecked()
    qtbot.waitUntil(lambda: "60 respondents matched · 20 without a match · 0 only in the list" in words(page))
    assert "1 column is added: Plan" in words(page)
    panel = page.joins[0]
    pick(panel.key, "region")
    qtbot.waitUntil(lambda: "Nobody in “Month 8.csv” is in the list" in words(page))
    assert not page.show_results.isEnabled()
    pick(panel.key, "respondent")
    qtbot.waitUntil(page.show_results.isEnabled)
    show_results(window, qtbot)
    plan = next(each for each in whole(window).questions if each.text == "Plan")
    assert plan.role is Role.SEGMENT
    assert int((whole(window).codes(plan.id) < plan.size).sum()) == 60


def test_an_archive_of_two_files_shows_both(window: MainWindow, shelf: Shelf, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "months.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in (7, 8):
            archive.writestr(f"Month {number}.csv", "Score\n9\n")

    def read(path: str, choices: Choices, job: Job) -> Dataset:
        if not choices.member:
            raise ReadRefused("several_files", say("The archive holds more."), say("Unpack it."))
        return month(7 if "7" in choices.member else 8)

    shelf.read = read  # type: ignore[method-assign]
    window.opening.open(str(path))
    page = settle(window, qtbot)
    assert "Month 7.csv" in words(page)
    assert page.ways.radio(Way.EARLIER).isChecked()
    show_results(window, qtbot)
    assert whole(window).respondents == 160


def test_the_page_can_be_come_back_to_and_used_with_the_keyboard(
    window: MainWindow, months: Shelf, qtbot: QtBot
) -> None:
    drop(window, "Month 7.csv", "Month 8.csv")
    settle(window, qtbot)
    assert window.focusWidget() is window.files.show_results
    with qtbot.waitSignal(window.session.opened):
        QTest.keyClick(window.files.show_results, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.idle)
    window.top_bar.files_wanted.emit()
    page = settle(window, qtbot)
    assert "Month 7.csv" in words(page)
    page.ways.radio(Way.TOGETHER).click()
    qtbot.waitUntil(lambda: window.session.idle and page.show_results.isEnabled())
    show_results(window, qtbot)
    assert window.session.workspace is not None
    assert window.session.workspace.compare is None
    window.session.undo()
    assert window.session.workspace.compare is not None


def test_leaving_all_but_one_out_is_that_one(window: MainWindow, months: Shelf, qtbot: QtBot) -> None:
    drop(window, "Month 7.csv", "Month 8.csv")
    page = settle(window, qtbot)
    page.files.left_out.emit(0)
    settle(window, qtbot)
    show_results(window, qtbot)
    assert window.top_bar.file.text() == "Month 8.csv"
    assert window.session.path == "/surveys/Month 8.csv"
