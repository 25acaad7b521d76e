"""Headings over several columns, letters, parts and small columns: as CSV, copied, and in a workbook."""

from __future__ import annotations

import csv
import io

import pytest

from cxdesk.blocks.palette import LIGHT
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.render.clipboard import table_to_clipboard
from cxdesk.render.csv import table_to_csv
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.model import Placed, SheetModel
from cxdesk.render.flat import flatten, heading_runs
from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format, Translator, say
from tests.unit.render.excel.opening import made, opened
from tests.unit.render.reports import report, section, sheet

ENGLISH, CHINESE = Translator("en"), Translator("zh_CN")
COLUMNS = (
    TableColumn("name", say("Answer"), ColumnType.NAME),
    TableColumn("all", say("All")),
    TableColumn("north", "North", group="Region", letter="A"),
    TableColumn("west", "West", group="Region", letter="B"),
    TableColumn("kiosk", "Kiosk", group="Region", letter="C", level=BaseLevel.UNTESTED),
    TableColumn("web", "Web", group=say("Source"), letter="D"),
)


def row(key: str, name: str, values: tuple[float, ...], letters: tuple[str, ...], indent: int = 0) -> TableRow:
    cells = (Cell(value, Format.PERCENT, letters=each) for value, each in zip(values, letters, strict=True))
    return TableRow(key, (Cell(name), *cells), indent=indent)


TABLE = Table(
    "cross",
    say("Answers"),
    COLUMNS,
    (
        row("top", "Satisfied", (0.82, 0.86, 0.79, 0.7, 0.85), ("", "B", "", "", "")),
        row("five", "Very satisfied", (0.5, 0.56, 0.44, 0.4, 0.55), ("", "B D", "", "", "B"), 1),
    ),
)


def test_letters_have_a_column_of_their_own_behind_numbers_that_stay_numbers() -> None:
    flat = flatten(TABLE, ENGLISH)
    letters = [place for place, column in enumerate(flat.columns) if column.part == "letters"]
    assert [flat.columns[place - 1].title for place in letters] == ["North", "West", "Web"]
    assert [flat.rows[1].cells[place].value for place in letters] == ["B D", None, "B"]
    assert [flat.rows[1].cells[place - 1].value for place in letters] == [0.56, 0.44, 0.55]
    assert not any(flat.columns[place].numeric for place in letters)


def test_columns_of_few_answers_carry_stars() -> None:
    assert [column.title for column in flatten(TABLE, ENGLISH).columns if column.level is not BaseLevel.PLAIN] == [
        "Kiosk**"
    ]


def test_neighbours_share_a_heading() -> None:
    assert heading_runs(["", "", "a", "a", "b", "a"]) == [("", 2), ("a", 2), ("b", 1), ("a", 1)]


def test_csv_has_one_line_of_headings_that_are_all_different() -> None:
    lines = list(csv.reader(io.StringIO(table_to_csv(TABLE, ENGLISH))))
    assert lines[0][:4] == ["Answer", "All", "Region: North (A)", "Region: North, clearly higher than"]
    assert len(set(lines[0])) == len(lines[0])
    assert lines[2][:4] == ["Very satisfied", "0.5", "0.56", "B D"]
    assert '"Region：North（A）"' in table_to_csv(TABLE, CHINESE)


def test_copied_tables_have_their_upper_headings_over_their_columns() -> None:
    text, html = table_to_clipboard(TABLE, ENGLISH)
    upper, lower = (line.split("\t") for line in text.split("\r\n")[:2])
    assert len(upper) == len(lower)
    assert [(lower[place], words) for place, words in enumerate(upper) if words] == [
        ("North (A)", "Region"),
        ("Web (D)", "Source"),
    ]
    assert '<th colspan="5">Region</th>' in html


def test_tables_without_upper_headings_are_copied_as_before() -> None:
    plain = Table("t", say("Answers"), COLUMNS[:2], (TableRow("a", (Cell("A"), Cell(1, Format.COUNT))),))
    text, html = table_to_clipboard(plain, ENGLISH)
    assert text == "Answer\tAll\r\nA\t1\r\n"
    assert "colspan" not in html


@pytest.fixture
def found() -> SheetModel:
    return layout(report(sheet(section(TABLE))), ENGLISH).sheets[0]


def cell(found: SheetModel, value: object) -> Placed:
    return next(each for each in found.cells if each.value == value)


def test_a_sheet_has_two_rows_of_headings_and_merges_nothing(found: SheetModel) -> None:
    upper, lower = cell(found, "Region"), cell(found, "North\nA")
    assert (lower.row, lower.column) == (upper.row + 1, upper.column)
    assert {each.rows * each.columns for each in found.cells} == {1}
    line = [each for each in found.cells if each.row == upper.row]
    assert {each.style.fill for each in line} == {LIGHT.accent}
    under = [each.column for each in line if each.style.bottom]
    assert under == list(range(upper.column, upper.column + 7))
    assert sum(bool(each.value) for each in line) == 2
    assert found.freeze is not None
    assert found.freeze[0] == lower.row + 1
    assert found.repeat == (0, lower.row)


def test_upper_headings_find_room_over_their_columns() -> None:
    long = "How people heard of us before they came in for the very first time"
    columns = (COLUMNS[0], TableColumn("a", "A", group=long), TableColumn("b", "B", group=long))
    table = Table("t", say("Answers"), columns, (TableRow("r", (Cell("r"), Cell(1.0), Cell(2.0))),))
    model = layout(report(sheet(section(table))), ENGLISH).sheets[0]
    assert sum(model.widths[2:4]) > 50


def test_parts_are_set_in_and_small_columns_are_grey(found: SheetModel) -> None:
    assert cell(found, "Very satisfied").style.number_format.startswith("_m")
    assert not cell(found, "Satisfied").style.number_format.startswith("_m")
    assert cell(found, 0.4).style.color == LIGHT.muted
    assert cell(found, 0.56).style.color == LIGHT.text


def test_the_workbook_reads_back_with_numbers_and_letters() -> None:
    written = opened(made(report(sheet(section(TABLE))))).worksheets[0]
    rows = [[each.value for each in line] for line in written.iter_rows()]
    head = next(line for line in rows if "North\nA" in line)
    five = next(line for line in rows if "Very satisfied" in line)
    place = head.index("North\nA")
    assert five[place : place + 4] == [0.56, "B D", 0.44, None]
