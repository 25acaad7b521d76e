"""Cells with errors are read as empty, but one can see which ones they are."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from cxdesk.job import Unattended
from cxdesk.reading.container import read_grid
from cxdesk.reading.grid import Choices


def test_error_cells_can_be_found_in_the_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Number", "NPS"])
    for number in range(300):
        sheet.append([number, "#N/A" if number % 30 == 5 else number % 11])
    path = tmp_path / "errors.xlsx"
    book.save(path)
    (entry,) = [each for each in read_grid(str(path), Choices(), Unattended()).unused if each.code == "error_cell"]
    assert entry.count == 10
    assert [(place.row, place.text) for place in entry.places[:2]] == [(6, "B7"), (36, "B37")]
