"""Rows of a table in the order that a person wants: by a column, turned round, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.text import Format, Translator, say
from cxdesk.ui.theme import Theme, apply
from cxdesk.ui.widgets.table_card import TableCard
from cxdesk.ui.widgets.table_model import TableModel
from cxdesk.ui.widgets.table_order import UNSORTED, Sorting, next_sorting, sorted_rows, sorting_words
from cxdesk.ui.widgets.table_view import TableView

ENGLISH = Translator("en")
COLUMNS = (
    TableColumn("name", "Store", ColumnType.NAME),
    TableColumn("n", say("n")),
    TableColumn("range", say("Range"), ColumnType.RANGE),
    TableColumn("mix", "Mix", ColumnType.SPLIT),
)


def row(key: str, name: str, n: float | None, *, total: bool = False, indent: int = 0) -> TableRow:
    low = None if n is None else -n
    share = Cell(None if n is None else n / 100, Format.PERCENT)
    cells = (Cell(name), Cell(n, Format.COUNT), Cell(None, Format.COUNT, low=low, high=n), Cell(None, parts=(share,)))
    return TableRow(key, cells, total=total, indent=indent)


TABLE = Table(
    "stores",
    say("Answers"),
    COLUMNS,
    (
        row("all", "All", 60, total=True),
        row("b", "Berlin 10", 10),
        row("b2", "Second hall", 4, indent=1),
        row("b1", "First hall", 6, indent=1),
        row("a", "Århus", None),
        row("c", "Berlin 9", 30),
        row("d", "amsterdam", 20),
    ),
)


def order(sorting: Sorting, table: Table = TABLE) -> list[str]:
    return [each.key for each in sorted_rows(table, sorting, ENGLISH)]


def test_numbers_sort_and_totals_parts_and_gaps_keep_their_places() -> None:
    assert order(Sorting("n", descending=True)) == ["all", "c", "d", "b", "b1", "b2", "a"]
    assert order(Sorting("n")) == ["all", "b", "b2", "b1", "d", "c", "a"]
    assert order(Sorting("range")) == ["all", "c", "d", "b", "b1", "b2", "a"]
    assert order(Sorting("mix", descending=True)) == ["all", "c", "d", "b", "b1", "b2", "a"]


def test_words_sort_as_in_a_dictionary_with_numbers_as_numbers() -> None:
    found = order(Sorting("name"))
    assert found.index("c") < found.index("b")
    assert found.index("d") < found.index("c")
    assert found[found.index("b") : found.index("b") + 3] == ["b", "b1", "b2"]
    assert order(Sorting("name", descending=True))[0] == "all"


def test_a_column_that_is_gone_sorts_nothing() -> None:
    assert order(Sorting("score")) == [each.key for each in TABLE.rows]


def test_clicks_go_through_both_directions_and_back() -> None:
    number, words = COLUMNS[1], COLUMNS[0]
    assert next_sorting(UNSORTED, number) == Sorting("n", descending=True)
    assert next_sorting(Sorting("n", descending=True), number) == Sorting("n")
    assert next_sorting(Sorting("n"), number) == UNSORTED
    assert next_sorting(Sorting("n"), words) == Sorting("name")
    assert next_sorting(Sorting("name"), words) == Sorting("name", descending=True)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_order_is_said_in_words(language: str) -> None:
    say_it = Translator(language)
    told = {
        say_it(sorting_words(TABLE, Sorting(key, descending=way))) for key in ("name", "n") for way in (False, True)
    } | {say_it(sorting_words(TABLE, UNSORTED))}
    assert len(told) == 5
    assert not any("{" in each for each in told)


def test_the_model_keeps_the_rules_of_qt_while_it_sorts(qtbot: QtBot) -> None:
    model = TableModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_table(TABLE, ENGLISH)
    model.sort_by(Sorting("n"))
    model.show_table(replace(TABLE, rows=tuple(reversed(TABLE.rows))), ENGLISH)
    assert tester.model() is model
    assert [model.row(place).key for place in range(3)] == ["all", "b", "b2"] or model.sorting == Sorting("n")
    model.show_table(replace(TABLE, columns=(COLUMNS[0],), rows=()), ENGLISH)
    assert model.sorting == UNSORTED


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> TableView:
    apply(qapp, Theme())
    made = TableView()
    qtbot.addWidget(made)
    made.resize(700, 320)
    made.show_table(TABLE, Theme(), ENGLISH)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(view: TableView) -> list[str]:
    return [view.table_model.row(place).key for place in range(view.table_model.rowCount())]


def test_a_click_on_a_heading_sorts_and_keeps_the_selected_row(qtbot: QtBot, view: TableView) -> None:
    view.selectRow(view.table_model.row_of("d"))
    header = view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(1) + 12, header.height() - 8)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown(view) == ["all", "c", "d", "b", "b1", "b2", "a"]
    assert [view.table_model.row(each.row()).key for each in view.selectionModel().selectedRows()] == ["d"]
    before = header.grab().toImage()
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert header.grab().toImage() != before
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown(view) == [each.key for each in TABLE.rows]


def test_sorting_chooses_no_row(qtbot: QtBot, view: TableView) -> None:
    view.show_table(replace(TABLE, selectable=True, selected="c"), Theme(), ENGLISH)
    chosen: list[str] = []
    view.row_chosen.connect(chosen.append)
    view.sort_by(1)
    assert chosen == []
    assert [view.table_model.row(each.row()).key for each in view.selectionModel().selectedRows()] == ["c"]


def test_what_is_copied_has_the_order_that_is_seen(qtbot: QtBot, view: TableView) -> None:
    view.sort_by(1)
    view.copy_table()
    names = [line.split("\t")[0] for line in QGuiApplication.clipboard().text().splitlines()[1:]]
    assert names == ["All", "Berlin 9", "amsterdam", "Berlin 10", "First hall", "Second hall", "Århus"]


def test_new_numbers_are_sorted_as_the_old_ones_were(view: TableView) -> None:
    view.sort_by(1)
    more = tuple(
        replace(each, cells=(each.cells[0], Cell(99, Format.COUNT), *each.cells[2:])) if each.key == "d" else each
        for each in TABLE.rows
    )
    view.show_table(replace(TABLE, rows=more), Theme(), ENGLISH)
    assert shown(view)[:3] == ["all", "d", "c"]


def test_the_menu_sorts_by_the_column_of_the_keyboard(qtbot: QtBot, qapp: QApplication) -> None:
    apply(qapp, Theme())
    card = TableCard(TABLE, Theme(), ENGLISH, lambda *_: "")
    qtbot.addWidget(card)
    card.show()
    card.view.setCurrentIndex(card.view.table_model.index(1, 1))
    actions = {each.text(): each for each in card.menu_actions()}
    actions["Sort by this column"].trigger()
    assert shown(card.view)[:3] == ["all", "c", "d"]
    actions["Order of the page"].trigger()
    assert shown(card.view) == [each.key for each in TABLE.rows]
