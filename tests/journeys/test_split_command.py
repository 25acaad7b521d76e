"""One report per group from the terminal: files, progress, status, and what is refused in words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.journeys.test_command import Ran


@pytest.fixture
def pulse(tmp_path: Path) -> Path:
    """Three departments of 60, 40 and 4; the second is needed to protect the third."""
    rows = [
        [name, str((10, 9, 3, 8)[place % 4]), f"reason {place}"]
        for name, size in (("Sales", 60), ("Support, north", 40), ("Legal", 30), ("Tiny", 4))
        for place in range(size)
    ]
    text = io.StringIO()
    header = ["Department", "How likely are you to recommend us to a friend?", "Why?"]
    csv.writer(text).writerows([header, *rows])
    path = tmp_path / "pulse.csv"
    path.write_text(text.getvalue(), "utf-8")
    return path


def test_a_report_per_department(pulse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    done = Ran("report", pulse, "--split-by", "department", "-o", folder, "--json")
    assert done.json["made"] == 2
    assert done.json["without"] == 2
    assert done.err.split("\n")[:2] == ["Report 1 of 2", "Report 2 of 2"]
    assert sorted(path.name for path in folder.glob("*.xlsx")) == [
        "00 Contents.xlsx",
        "Sales.xlsx",
        "Support, north.xlsx",
    ]
    again = Ran("report", pulse, "--split-by", "Department", "-o", folder, "--language", "zh_CN")
    assert again.status == 0
    book = openpyxl.load_workbook(folder / "00 目录.xlsx")
    words = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert {"Tiny", "Legal", "回答少于 10 份。"} <= words


def test_a_run_that_would_change_nothing_says_so(pulse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    assert Ran("report", pulse, "--split-by", "Department", "-o", folder).status == 0
    again = Ran("report", pulse, "--split-by", "Department", "-o", folder)
    assert again.out.split("\n")[0] == "0 reports saved. 2 were there already. 2 groups are too small for a report."


def test_what_cannot_be_is_refused_in_words(pulse: Path, tmp_path: Path) -> None:
    wrong = Ran("report", pulse, "--split-by", "Why?", "-o", tmp_path / "reports")
    assert (wrong.status, wrong.out) == (2, "")
    assert "Columns to split by: Department." in wrong.err
    a_file = Ran("report", pulse, "--split-by", "Department", "-o", pulse)
    assert a_file.status == 2
    assert "is a file" in a_file.err
    assert Ran("report", pulse, "--split-by", "Department").status == 2


def test_a_report_that_cannot_be_written_is_named_and_the_others_are_there(pulse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    assert Ran("report", pulse, "--split-by", "Department", "-o", folder).status == 0
    (folder / "Sales.xlsx").unlink()
    (folder / "Sales.xlsx").mkdir()
    done = Ran("report", pulse, "--split-by", "Department", "-o", folder, "--json")
    told = json.loads(done.out)
    assert (done.status, len(told["failed"]), told["kept"]) == (3, 1, 1)
    assert "Sales" in done.err
