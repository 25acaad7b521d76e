"""A wide table that is moved to the side: the names of its rows stay in sight, and clicks mean what is seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.text import Format, Translator, say
from cxdesk.ui.theme import Theme
from cxdesk.ui.widgets.table_view import TableView

WIDE = Table(
    "wide",
    say("Answers"),
    (
        TableColumn("name", say("Answer"), ColumnType.NAME),
        *(TableColumn(f"c{place}", f"Column {place}") for place in range(30)),
    ),
    tuple(
        TableRow(f"r{row}", (Cell(f"Name {9 - row}"), *(Cell(float(row + place), Format.COUNT) for place in range(30))))
        for row in range(8)
    ),
)


@pytest.fixture
def view(qtbot: QtBot) -> TableView:
    made = TableView()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show_table(WIDE, Theme(), Translator("en"))
    made.show()
    qtbot.waitExposed(made)
    return made


def names(view: TableView) -> QImage:
    width = view.columnWidth(0) - 1
    return view.grab().toImage().copy(0, 0, width, view.height() - view.horizontalScrollBar().height() - 4)


def test_names_and_their_title_stay_where_they_are(view: TableView) -> None:
    before = names(view)
    view.horizontalScrollBar().setValue(400)
    assert names(view) == before
    view.horizontalScrollBar().setValue(0)
    assert names(view) == before


def test_a_click_on_a_name_chooses_its_row_and_moves_nothing(view: TableView, qtbot: QtBot) -> None:
    view.horizontalScrollBar().setValue(400)
    place = QPoint(20, view.rowViewportPosition(2) + 5)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [index.row() for index in view.selectionModel().selectedRows()] == [2]
    assert view.currentIndex().column() == 0
    assert view.horizontalScrollBar().value() == 400


def test_a_click_on_the_title_of_the_names_sorts_by_them(view: TableView, qtbot: QtBot) -> None:
    view.horizontalScrollBar().setValue(400)
    qtbot.mouseClick(view.horizontalHeader().viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    assert view.table_model.sorting.column == "name"


def test_the_keyboard_brings_columns_beside_the_names(view: TableView, qtbot: QtBot) -> None:
    view.setCurrentIndex(view.table_model.index(0, 12))
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    for _ in range(11):
        qtbot.keyClick(view, Qt.Key.Key_Left)
        column = view.currentIndex().column()
        if view.horizontalScrollBar().value():
            assert view.columnViewportPosition(column) >= view.columnWidth(0)


def test_names_that_would_fill_the_view_move_with_the_rest(view: TableView) -> None:
    view.resize(view.columnWidth(0) + 40, 400)
    view.horizontalScrollBar().setValue(200)
    assert view.indexAt(QPoint(5, view.rowViewportPosition(0) + 5)).column() > 0
