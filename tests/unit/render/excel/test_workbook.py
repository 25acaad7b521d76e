"""Written workbooks, opened again: values, formats, formulas with results, charts with their numbers, print setup."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.job import Cancelled, Unattended
from cxdesk.render.excel.words import clean
from cxdesk.render.excel.workbook import write_report
from cxdesk.report.report import SheetKind
from cxdesk.text import Text, say
from tests.unit.render.excel.opening import column, made, opened, parts, texts
from tests.unit.render.reports import (
    answers_chart,
    data_columns,
    data_sheet,
    full_report,
    groups_table,
    pair_chart,
    report,
    section,
    sheet,
    summary,
)

PAYLOADS = [
    "=1+1",
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("x")',
    "==",
    "@SUM(A1)",
    "#N/A",
    "#REF!",
    "+49 30 1234",
    "-5",
    "-",
    "\ttab",
    "＝1",
    "007",
    "1e5",
    "TRUE",
    "nan",
    "http://example.org",
    "mailto:a@example.org",
    "internal:Sheet1!A1",
    "{=1}",
    "_x0041_",
    "_x005F_x0041_",
    "a_x000D_b",
    " leading",
    "trailing ",
    "two\nlines",
    "<b>&amp;</b>",
    "'quoted",
    "“中文”，（全角）",
    "😀👩‍👩‍👧",
    "\u202eright to left",
]


def words_table(words: list[str]) -> Table:
    columns = (TableColumn("name", "Name", ColumnType.NAME), TableColumn("text", "Text", ColumnType.TEXT))
    rows = tuple(TableRow(str(i), (Cell(f"{i}"), Cell(word))) for i, word in enumerate(words))
    return Table("words", say("Words"), columns, rows)


def read_back(words: list[str]) -> list[object]:
    content = made(report(sheet(section(words_table(words)))))
    found = opened(content)["Segments"]
    return [found.cell(5 + i, 3).value for i in range(len(words))]


def test_what_customers_wrote_comes_back_unchanged_as_text() -> None:
    content = made(report(sheet(section(words_table(PAYLOADS)))))
    found = opened(content)["Segments"]
    cells = [found.cell(5 + i, 3) for i in range(len(PAYLOADS))]
    # openpyxl drops the escape of look-alikes wherever it stands.
    assert [cell.value for cell in cells] == [text.replace("x005F_", "") for text in PAYLOADS]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    dangerous = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@", "\t", "＝"))]
    assert len(dangerous) == 10
    assert all(cell.quotePrefix and cell.number_format == "@" for cell in dangerous)


def test_carriage_returns_and_controls_become_text_that_excel_takes() -> None:
    assert read_back(["\rstart", "a\r\nb", "bell\x07", "half \ud800"]) == [
        "\nstart",
        "a\nb",
        "bell\ufffd",
        "half \ufffd",
    ]


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_survives(words: list[str]) -> None:
    found = [str(value or "") for value in read_back(words)]
    assert found == [clean(word).replace("x005F_", "") for word in words]


@pytest.mark.skipif("CXDESK_BADINPUT" not in os.environ, reason="CXDESK_BADINPUT names no folder of bad input")
def test_naughty_strings_survive() -> None:
    lines = (Path(os.environ["CXDESK_BADINPUT"]) / "blns" / "blns.txt.csv").read_bytes().decode("utf-8").split("\n")
    words = [line for line in lines if line]
    assert len(words) > 300
    assert [str(value) for value in read_back(words)] == [clean(word).replace("x005F_", "") for word in words]


def test_formulas_carry_their_results() -> None:
    content = made(report(sheet(section(groups_table()))))
    formulas, results = opened(content)["Segments"], opened(content, results=True)["Segments"]
    score = column(formulas, "NPS")
    west = next(row for row in range(5, 12) if formulas.cell(row, 2).value == "West")
    written = str(formulas.cell(west, score).value)
    assert re.fullmatch(r"=100\*\([A-Z]+\d+-[A-Z]+\d+\)/[A-Z]+\d+", written)
    assert results.cell(west, score).value == pytest.approx(100 * (164 - 117) / 402, abs=1e-12)
    assert formulas.cell(west, score).number_format == "+0_);\\−0_);0_)"


def test_every_chart_carries_its_numbers_and_names() -> None:
    content = made(full_report())
    charts = parts(content, "xl/charts/chart")
    assert len(charts) == 7
    for text in charts.values():
        assert text.count("<c:numRef>") == text.count("<c:numCache>") > 0
        assert text.count("<c:strRef>") == text.count("<c:strCache>") > 0
        assert "<c:autoTitleDeleted" not in text or "<c:title>" in text
        assert 'val="smooth"' not in text
    names = re.findall(r"<c:v>([^<]*)</c:v>", "".join(charts.values()))
    assert {"nan", "2024", "West", "Airport"} <= set(names)


def test_error_bars_read_their_lengths_from_cells() -> None:
    content = made(report(sheet(section(groups_table()))))
    chart = next(text for text in parts(content, "xl/charts/chart").values() if "<c:errBars>" in text)
    bars = chart[chart.index("<c:errBars>") : chart.index("</c:errBars>")]
    assert bars.count("<c:numRef>") == 2
    lengths = [float(number) for number in re.findall(r"<c:v>([^<]*)</c:v>", bars)]
    assert lengths == pytest.approx([6.5] * 6 + [7.25] * 6)


def test_answers_of_the_data_sheet_come_back() -> None:
    texts_in = ["", "plain", "=1+1", "-5", "_x0041_", "a<b>&c", " spaced ", "两行\n字", "\x07"]
    content = made(report(data_sheet(), data=data_columns(texts_in)))
    found = opened(content)["Data"]
    values = [[found.cell(6 + row, 2 + col).value for col in range(5)] for row in range(len(texts_in))]
    expected = [clean(text) or None for text in texts_in]
    assert [str(row[0]).replace("x005F_", "") if row[0] else None for row in values] == expected
    assert [row[1] for row in values] == [0, None, 2, 3, 4, 5, None, 7, 8]
    assert values[0][2] == datetime.datetime(2025, 9, 30)  # noqa: DTZ001
    assert values[1][3] == datetime.datetime(2025, 10, 1, 18, 0)  # noqa: DTZ001
    assert values[0][4] == 0.1
    assert found.cell(6, 4).number_format == "yyyy-mm-dd"
    assert found.cell(6, 5).number_format == "yyyy-mm-dd hh:mm"
    assert found.cell(8, 2).quotePrefix
    assert found.auto_filter.ref == f"B5:F{5 + len(texts_in)}"
    assert found.dimensions.endswith(f"F{5 + len(texts_in)}")


def test_pages_names_and_properties() -> None:
    book = opened(made(full_report(author="CX team", paper="Letter")))
    assert book.sheetnames == ["Summary", "Segments", "Scores", "Notes", "Data"]
    front, result = book["Summary"], book["Segments"]
    assert front.page_setup.orientation == "portrait"
    # One page is what the format means when it says nothing.
    assert {front.page_setup.fitToWidth, front.page_setup.fitToHeight} <= {None, 1}
    assert fits(front)
    assert result.page_setup.orientation == "landscape"
    assert result.page_setup.fitToHeight == 0
    assert str(result.page_setup.paperSize) == "1"
    assert fits(result)
    assert result.print_title_rows == "$1:$4"
    assert result.print_area.startswith("'Segments'!$A$1:$")
    assert not result.sheet_view.showGridLines
    assert "Store survey" in footer(result, "left")
    assert footer(result, "center") == "&A"
    assert book.defined_names["cx_NPS"].attr_text == "'Segments'!$D$5"
    assert (book.properties.title, book.properties.creator) == ("Store survey", "CX team")
    assert book.properties.created == datetime.datetime(2025, 10, 5, 9, 30)  # noqa: DTZ001


def test_no_name_is_written_unless_one_was_given() -> None:
    content = made(full_report())
    assert not opened(content).properties.creator
    assert "CX team" not in "".join(parts(content, "docProps").values())


def test_nothing_reaches_outside_the_workbook() -> None:
    content = made(full_report())
    everything = parts(content, "")
    assert not [name for name in everything if re.search("external|vba|macro|connection|activeX|pivot|comments", name)]
    assert 'TargetMode="External"' not in "".join(everything.values())


def footer(shown: Worksheet, place: str) -> str:
    assert shown.oddFooter is not None
    return str(getattr(shown.oddFooter, place).text)


def fits(shown: Worksheet) -> bool:
    setup = shown.sheet_properties.pageSetUpPr
    return setup is not None and bool(setup.fitToPage)


def test_titles_with_ampersands_do_not_become_codes() -> None:
    title = "Q&A 2025"
    book = opened(made(report(sheet(section()), title=title)))
    assert footer(book["Segments"], "left").replace("&&", "&") == title


def test_the_same_report_gives_the_same_file() -> None:
    assert made(full_report()) == made(full_report())


def test_a_saved_report_can_be_opened(tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "Report.xlsx"
    written = write_report(full_report(), str(target), Unattended())
    assert written.path == str(target)
    assert not written.renamed
    assert [path.name for path in target.parent.iterdir()] == ["Report.xlsx"]
    assert texts(opened(target)["Segments"])["B1"] == "West stands out"


def test_sheets_of_every_kind_in_chinese() -> None:
    book = opened(made(full_report("zh_CN")))
    front = texts(book["Summary"])
    assert "主要发现" in front.values()
    assert book["Summary"]["B2"].font.name == "微软雅黑"
    assert "第 &P 页，共 &N 页" in footer(book["Segments"], "right")


def test_stopping_leaves_nothing(tmp_path: Path) -> None:
    class Impatient:
        def __init__(self, patience: int) -> None:
            self.patience = patience

        def progress(self, step: Text, done: int, total: int) -> None:
            """Nobody looks."""

        def check(self) -> None:
            self.patience -= 1
            if self.patience < 0:
                raise Cancelled

    target = tmp_path / "r.xlsx"
    target.write_bytes(b"old")
    short = report(sheet(section(groups_table())), data_sheet(), data=data_columns(["fine", "slow"]))
    stopped = 0
    for patience in range(100):
        try:
            write_report(short, str(target), Impatient(patience))
        except Cancelled:
            stopped += 1
            assert target.read_bytes() == b"old"
            assert [path.name for path in tmp_path.iterdir()] == ["r.xlsx"]
        else:
            break
    assert stopped > 8
    assert target.read_bytes() != b"old"


def test_a_small_survey_has_counts_in_its_charts() -> None:
    content = made(report(sheet(summary(answers_chart(), pair_chart()), SheetKind.SUMMARY)))
    assert len(parts(content, "xl/charts/chart")) == 3
