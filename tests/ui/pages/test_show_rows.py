"""Show rows: where a line of the receipt leads, what is listed, and that nobody's personal data is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.survey.dataset import Dataset
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.widgets.rows_dialog import RowsDialog
from tests.ui.pages.looking import said, settled
from tests.unit.reading.understanding.sheets import columns_of

Open = Callable[..., MainWindow]
_SCORE = "How likely are you to recommend us? (0-10)"


@pytest.fixture
def dirty() -> Dataset:
    """A survey with cells that are no scores, one of which holds a telephone number."""
    scores = [*([10, 9, 0, 7, 8, 5, 3] * 9)[:58], 77, "call 13812345678"]
    return columns_of(
        {_SCORE: scores, "E-mail": [f"p{n}@example.com" for n in range(60)], "Region": ["North", "South"]},
        name="dirty.csv",
    )


def links(widget: QWidget) -> list[QPushButton]:
    found = [each for each in settled(widget).findChildren(QPushButton) if each.text() == "Show rows"]
    return [each for each in found if each.isVisible()]


def shown_dialog(window: MainWindow) -> RowsDialog:
    found = [each for each in window.findChildren(RowsDialog) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_line_of_the_quality_page_opens_its_rows(dirty: Dataset, opened: Open, qtbot: QtBot) -> None:
    window = opened(dirty, "/surveys/dirty.csv")
    window.show_page("quality")
    qtbot.waitUntil(lambda: window.session.idle and bool(links(window.page)))
    link = next(each for each in links(window.page) if "not on the scale" in each.accessibleName())
    assert link.focusPolicy() & Qt.FocusPolicy.TabFocus
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    dialog = shown_dialog(window)
    rows = dialog.card.view.table_model
    assert rows.rowCount() == 1
    assert rows.index(0, 0).data() == "61"
    assert rows.index(0, 2).data() == "call 138****5678"
    assert "1 row" in said(dialog)
    assert "1381234" not in said(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not [each for each in window.findChildren(RowsDialog) if each.isVisible()])
    assert QApplication.focusWidget() is link


def test_the_rows_are_copied_as_cells(dirty: Dataset, opened: Open, qtbot: QtBot) -> None:
    window = opened(dirty, "/surveys/dirty.csv")
    window.show_page("quality")
    qtbot.waitUntil(lambda: window.session.idle and bool(links(window.page)))
    next(each for each in links(window.page) if "not on the scale" in each.accessibleName()).click()
    dialog = shown_dialog(window)
    qtbot.keyClick(dialog.card.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Row in the file", "Column", "What stands there"]
    assert lines[1].split("\t") == ["61", _SCORE, "call 138****5678"]
    dialog.reject()


def test_the_check_page_opens_them_too(dirty: Dataset, opened: Open, qtbot: QtBot) -> None:
    window = opened(dirty, "/surveys/dirty.csv")
    window.show_page("check")
    window.check.unused.click()
    words = said(window.check.panel)
    assert "1 answer is not on the scale: call 138****5678" in words
    assert "60 cells with personal data are not used" in words
    assert "180 filled cells: 118 used, 62 not used" in words
    no_answer, off_scale = links(window.check.panel)
    assert "no answer" in no_answer.accessibleName()
    off_scale.click()
    dialog = shown_dialog(window)
    assert dialog.card.view.table_model.rowCount() == 1
    assert "@" not in said(dialog)
    dialog.reject()


def test_personal_columns_have_no_link(dirty: Dataset, opened: Open, qtbot: QtBot) -> None:
    window = opened(dirty, "/surveys/dirty.csv")
    window.show_page("quality")
    qtbot.waitUntil(lambda: window.session.idle and bool(links(window.page)))
    assert not any("E-mail" in each.accessibleName() for each in links(window.page))
