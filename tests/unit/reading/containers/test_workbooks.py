"""Excel workbooks: values, dates, errors, hidden and merged things, several sheets, strange and hostile files."""

import datetime
import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from cxdesk.reading.grid import Choices
from cxdesk.reading.guards import LIMITS

from .reading import notes, read, read_bytes, refusal, rows

Fill = Callable[[xlsxwriter.Workbook], None]

MOMENT = datetime.datetime.fromisoformat("2025-09-14 18:02")


def workbook(fill: Fill) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    fill(book)
    book.close()
    return out.getvalue()


def simple(rows_of_sheet: Iterable[Iterable[object]], name: str | None = None) -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows_of_sheet):
            sheet.write_row(number, 0, row)

    return workbook(fill)


def values(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Form Responses 1")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(0, 0, ["Day", "When", "Score", "Share", "Used", "Mixed"])
    sheet.write_datetime(1, 0, MOMENT.replace(hour=0, minute=0), day)
    sheet.write_datetime(1, 1, MOMENT, moment)
    sheet.write_row(1, 2, [9, 0.92, True, 1])
    sheet.write_datetime(2, 0, MOMENT.replace(day=15, hour=0, minute=0), day)
    sheet.write_datetime(2, 1, MOMENT + datetime.timedelta(hours=9, seconds=59), moment)
    sheet.write_row(2, 2, [10, 1, False, True])
    sheet.write_string(2, 5, "1")
    sheet.write_string(3, 2, " 9\u00a0")
    sheet.write_datetime(3, 5, MOMENT, moment)


EXPECTED = [
    ["Day", "When", "Score", "Share", "Used", "Mixed"],
    ["2025-09-14", "2025-09-14 18:02:00", "9", "0.92", "TRUE", "1"],
    ["2025-09-15", "2025-09-15 03:02:59", "10", "1", "FALSE", "1"],
    ["", "", "9", "", "", "2025-09-14 18:02:00"],
]


@pytest.mark.parametrize("skip", [frozenset(), frozenset({"calamine"})], ids=["calamine", "openpyxl"])
def test_values_become_texts_the_same_way_in_both_libraries(tmp_path: Path, skip: frozenset[str]) -> None:
    grid = read_bytes(tmp_path, workbook(values), "a.xlsx", skip=skip)
    assert rows(grid) == EXPECTED
    assert [column.dates for column in grid.columns] == [True, True, False, False, False, False]
    assert (grid.container, grid.sheet, grid.sheets) == ("xlsx", "Form Responses 1", ("Form Responses 1",))


def test_when_every_library_is_out_the_file_counts_as_damaged(tmp_path: Path) -> None:
    skip = frozenset({"calamine", "openpyxl"})
    assert refusal(tmp_path, workbook(values), "a.xlsx", skip=skip).code == "damaged"


def counted(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Region", "Score", "Sum", "Extra"])
    for number in range(1, 6):
        sheet.write_row(number, 0, ["North", number])
        sheet.write_formula(number, 2, "=B1*2", None, number * 2)
    sheet.write_formula("B3", "=NA()", None, "#N/A")
    sheet.write_formula("B4", "=1/0", None, "#DIV/0!")
    sheet.write_formula("B5", "=NA()", None, "#N/A")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(3, 3, None, None, {"hidden": True})
    book.add_worksheet("Secret").hide()


@pytest.mark.parametrize("skip", [frozenset(), frozenset({"calamine"})], ids=["calamine", "openpyxl"])
def test_what_libraries_drop_silently_is_counted(tmp_path: Path, skip: frozenset[str]) -> None:
    grid = read_bytes(tmp_path, workbook(counted), "a.xlsx", skip=skip)
    assert notes(grid) == {"error_cell": 3, "hidden_row": 1, "hidden_column": 1, "hidden_sheet": 1}
    assert [grid.cell(row, 1) for row in range(1, 6)] == ["1", "", "", "", "5"]
    words = [str(unused.text) for unused in grid.unused]
    assert "2 cells hold the error #N/A" in words
    assert "1 cell holds the error #DIV/0!" in words


def test_formulas_without_a_stored_result_are_counted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet(index=0)
    sheet.append(["Region", "Score"])
    sheet.append(["North", "=1+1"])
    book.active = sheet
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert notes(read(path)) == {"formula_without_result": 1}


class TestMergedCells:
    @pytest.mark.parametrize("skip", [frozenset(), frozenset({"calamine"})], ids=["calamine", "openpyxl"])
    def test_a_header_over_several_columns_belongs_to_each_of_them(self, tmp_path: Path, skip: frozenset[str]) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            sheet = book.add_worksheet()
            sheet.merge_range("A1:F1", "Our survey of 2025")
            sheet.merge_range("B2:D2", "How satisfied are you with")
            sheet.write_row(2, 0, ["Region", "Speed", "Price", "Staff", "Why", "NPS"])
            for number in range(3, 9):
                sheet.write_row(number, 0, ["North", 1, 2, 3, "x", 9])

        grid = read_bytes(tmp_path, workbook(fill), "a.xlsx", skip=skip)
        assert grid.row(0) == ["Our survey of 2025", "", "", "", "", ""]
        assert grid.row(1) == ["", *["How satisfied are you with"] * 3, "", ""]
        assert notes(grid) == {"merged_cell": 2}

    def test_an_answer_over_several_rows_belongs_to_each_of_them(self, tmp_path: Path) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Region", "Score"])
            for number in range(1, 9):
                sheet.write_row(number, 0, ["" if 5 <= number <= 7 else "South", number])
            sheet.merge_range("A5:A8", "North")

        grid = read_bytes(tmp_path, workbook(fill), "a.xlsx")
        assert [grid.cell(row, 0) for row in range(1, 9)] == ["South"] * 3 + ["North"] * 4 + ["South"]


class TestSeveralSheets:
    def book(self, book: xlsxwriter.Workbook) -> None:
        pivot = book.add_worksheet("Pivot")
        pivot.write_row(2, 0, ["Row Labels", "Count of Score"])
        for number in range(3, 90):
            pivot.write_row(number, 0, [f"Store {number}", number, number, number])
        notes_sheet = book.add_worksheet("Read me")
        for number in range(5):
            notes_sheet.write(number, 0, "Some words about this file")
        data = book.add_worksheet("Answers")
        data.write_row(0, 0, ["Region", "Score", "Why"])
        for number in range(1, 60):
            data.write_row(number, 0, ["North", number % 11, "fine"])

    def test_the_answers_are_found_among_pivots_and_notes(self, tmp_path: Path) -> None:
        grid = read_bytes(tmp_path, workbook(self.book), "a.xlsx")
        assert (grid.sheet, grid.rows) == ("Answers", 60)
        assert grid.sheets == ("Pivot", "Read me", "Answers")
        assert notes(grid) == {"other_sheet": 2}

    def test_a_chosen_sheet_wins(self, tmp_path: Path) -> None:
        grid = read_bytes(tmp_path, workbook(self.book), "a.xlsx", choices=Choices(sheet="Pivot"))
        assert (grid.sheet, grid.cell(2, 0)) == ("Pivot", "Row Labels")
        assert grid.sheets == ("Pivot", "Read me", "Answers")

    def test_a_sheet_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        assert refusal(tmp_path, workbook(self.book), "a.xlsx", choices=Choices(sheet="X")).code == "no_such_sheet"


def test_a_stray_cell_far_away_is_named(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Region", "Score"])
        sheet.write(1048575, 16383, "oops")

    refused = refusal(tmp_path, workbook(fill), "a.xlsx")
    assert refused.code == "stray_cell"
    assert "XFD1048576" in str(refused.reason)


def test_formatted_but_empty_rows_and_columns_are_not_the_table(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        yellow = book.add_format({"bg_color": "yellow"})
        sheet.write_row(0, 0, ["Region", "Score"])
        sheet.write_row(1, 0, ["North", 9])
        for number in range(3000):
            sheet.write_blank(number, 700, None, yellow)

    grid = read_bytes(tmp_path, workbook(fill), "a.xlsx")
    assert rows(grid) == [["Region", "Score"], ["North", "9"]]


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info.filename, change(part) if info.filename == name else part)
    return out.getvalue()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_document_type_in_any_part_is_refused(tmp_path: Path, part: str) -> None:
    def laugh(xml: bytes) -> bytes:
        return xml.replace(b"?>", b'?><!DOCTYPE lolz [<!ENTITY lol "lol">]>', 1)

    hostile = with_part(simple([["a", "b"], ["c", "d"]]), part, laugh)
    assert refusal(tmp_path, hostile, "a.xlsx").code == "unsafe"


def test_a_truncated_workbook_is_damaged(tmp_path: Path) -> None:
    content = simple([["a", "b"], ["c", "d"]])
    assert refusal(tmp_path, content[: len(content) // 2], "a.xlsx").code == "damaged"


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    bomb = with_part(simple([["a", "b"], ["c", "d"]]), "xl/sharedStrings.xml", lambda part: part + b" " * (80 << 20))
    assert refusal(tmp_path, bomb, "a.xlsx").code == "unpacks_too_far"


def test_empty_and_headers_only(tmp_path: Path) -> None:
    assert refusal(tmp_path, simple([]), "a.xlsx").code == "empty"
    assert refusal(tmp_path, simple([["Region", "Score"]]), "a.xlsx").code == "only_headers"


def test_caps(tmp_path: Path) -> None:
    content = simple([["a", "b"], *[[1, 2]] * 30])
    assert refusal(tmp_path, content, "a.xlsx", limits=LIMITS.__class__(sheet_rows=10)).code == "too_many_rows"
    assert refusal(tmp_path, content, "a.xlsx", limits=LIMITS.__class__(columns=1)).code == "too_many_columns"


def test_reads_an_open_workbook_and_leaves_it_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(simple([["a", "b"], [1, 2]]))
    before = path.stat()
    with path.open("r+b"):
        assert rows(read(path)) == [["a", "b"], ["1", "2"]]
    after = path.stat()
    assert (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
