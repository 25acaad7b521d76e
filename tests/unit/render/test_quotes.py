"""Comments in a workbook, as CSV and for the clipboard: all that are wanted, nothing that runs, nothing personal."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from cxdesk.analysis.comments import Comments
from cxdesk.analysis.comments_values import CommentsSpec
from cxdesk.blocks.quote import Quotes
from cxdesk.job import Unattended
from cxdesk.project.reporting import prepare
from cxdesk.project.workspace import Workspace
from cxdesk.render.excel.workbook import write_report
from cxdesk.render.quotes import quotes_to_clipboard, quotes_to_csv
from cxdesk.report.report import ReportOptions
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Translator
from cxdesk.wire import decode, encode
from tests.builders import survey

MADE = datetime.datetime(2025, 10, 5, 9, 30)  # noqa: DTZ001
LONG = "The queue goes through the whole shop and nobody cares about it. " * 12


def shop() -> Dataset:
    words = ["slow tills", "=1+1", "call 13812345678", LONG, "kind staff\nand more", None, "none"]
    return survey(
        recommend=[3, 9, 7, 2, 10, 8, None] * 12,
        comment=words * 12,
        segment={"Region": ["North", "South"] * 42},
        date=[f"2025-09-{1 + place % 28:02}" for place in range(84)],
    )


def quotes(spec: CommentsSpec = CommentsSpec()) -> Quotes:
    found = Comments().compute(Sample(shop()), Rules(), spec, Unattended()).quotes
    assert found is not None
    return found


def test_csv_holds_every_comment_masked_and_runs_nothing() -> None:
    content = quotes_to_csv(quotes(), np.arange(60, dtype=np.intp), Translator("en"))
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0] == ["Comment", "Score", "Group", "Date", "Region", "Themes"]
    assert rows[1] == ["slow tills", "3", "▼ Detractor", "2025-09-01", "North", "Waiting time, Checkout and payment"]
    assert rows[2][0] == "'=1+1"
    assert rows[3][0] == "call 138****5678"
    assert rows[5][0] == "kind staff\nand more"
    assert len(rows) == 61
    assert "13812345678" not in content


def test_the_clipboard_keeps_a_comment_in_one_cell() -> None:
    text, html = quotes_to_clipboard(quotes(), np.array([4, 1], dtype=np.intp), Translator("zh_CN"))
    lines = text.splitlines()
    assert lines[0].split("\t") == ["评论", "得分", "分组", "日期", "Region", "主题"]
    assert lines[1].startswith("kind staff and more\t10\t▲ 推荐者\t")
    assert lines[2].startswith("'=1+1\t9")
    assert html.count("<tr>") == 3
    assert "<td>10</td>" in html


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_sheet_ends_in_a_list_that_can_be_filtered(tmp_path: Path, language: str) -> None:
    made = prepare(Workspace(shop()), ReportOptions(language=language), language, MADE, Unattended())
    target = tmp_path / "report.xlsx"
    write_report(made.report, str(target), Unattended())
    book = load_workbook(target)
    model = next(sheet for sheet in made.model.sheets if sheet.key == "comments")
    sheet = book[model.name]
    header = int("".join(sign for sign in sheet.auto_filter.ref.split(":")[0] if sign.isdigit()))
    assert sheet.auto_filter.ref == f"B{header}:G{header + 60}"
    assert sheet.print_title_rows == f"${header}:${header}"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=header + 1, min_col=2, max_col=7)]
    assert len(rows) == 60
    assert sorted(str(row[0]) for row in rows if "=" in str(row[0])) == ["=1+1"] * 12
    assert {str(row[0]) for row in rows if "call" in str(row[0])} == {"call 138****5678"}
    first = rows[0]
    assert isinstance(first[1], int)
    assert isinstance(first[3], datetime.datetime)
    formula = next(
        cell for row in sheet.iter_rows(min_row=header + 1, max_col=2) for cell in row if cell.value == "=1+1"
    )
    assert formula.data_type == "s"
    long = next(cell for row in sheet.iter_rows(min_row=header + 1, max_col=2) for cell in row if cell.value == LONG)
    assert sheet.row_dimensions[long.row].height > 100
    assert long.alignment.wrap_text


def test_only_chosen_comments_where_that_was_wanted(tmp_path: Path) -> None:
    keys = quotes().keys
    spec = CommentsSpec(sheet="chosen", people=(keys[0], keys[2]))
    workspace = Workspace(shop()).with_spec("comments", spec)
    made = prepare(workspace, ReportOptions(language="en"), "en", MADE, Unattended())
    write_report(made.report, str(tmp_path / "report.xlsx"), Unattended())
    sheet = load_workbook(tmp_path / "report.xlsx")["Comments"]
    column = [cell.value for cell in sheet["B"]]
    listed = column[column.index("Chosen comments") :]
    assert sorted(str(value) for value in listed[3:5]) == ["call 138****5678", "slow tills"]
    none = replace(workspace, specs=(("comments", replace(spec, sheet="none")),))
    assert not any(
        sheet.data for sheet in prepare(none, ReportOptions(language="en"), "en", MADE, Unattended()).model.sheets
    )


def test_quotes_travel_to_the_worker_process() -> None:
    block = quotes()
    again = decode(encode(block))
    assert isinstance(again, Quotes)
    assert list(again.shown) == list(block.shown)
    assert again.themes == block.themes
    assert again.keys == block.keys
