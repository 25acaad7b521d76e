"""Next month in one line: the template of this month's report makes the next one, with what changed."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import openpyxl
import pytest

from cxdesk.command import main
from cxdesk.job import Unattended
from cxdesk.project.template import save_template
from cxdesk.project.workspace import Workspace
from cxdesk.reading import open_survey
from cxdesk.reading.grid import Choices
from cxdesk.reading.roles import with_role
from cxdesk.survey.role import Role

HEADER = ["Submitted", "How likely are you to recommend us? (0-10)", "Region", "Store size"]


def month(folder: Path, number: int, scores: tuple[int, ...]) -> Path:
    path = folder / f"2025-{number:02d}.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for row in range(400):
            day = f"2025-{number:02d}-{1 + row % 28:02d}"
            writer.writerow(
                [day, scores[row % len(scores)], ("North", "South")[row % 2], ("large", "small")[row % 3 % 2]]
            )
    return path


def test_the_report_of_next_month_says_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    august = open_survey(str(month(tmp_path, 8, (10, 9, 9, 7, 2))), Choices(), Unattended(), frozenset())
    size = next(each for each in august.questions if each.text == "Store size")
    workspace = Workspace(with_role(august, size.id, Role.IGNORE))
    template = str(tmp_path / "Monthly.cxt")
    save_template(template, workspace, datetime.date(2025, 9, 1))
    out = tmp_path / "September.xlsx"
    september = str(month(tmp_path, 9, (10, 5, 4, 7, 2)))
    assert main(["report", september, "--template", template, "-o", str(out)]) == 0
    assert "NPS" in capsys.readouterr().out
    book = openpyxl.load_workbook(out)
    told = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None)
    assert "clearly below the report of 1–28 Aug 2025 (+40)" in told
    everywhere = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "small" not in everywhere


def test_a_template_that_is_none_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    survey = str(month(tmp_path, 8, (10, 9)))
    assert main(["report", survey, "--template", survey, "-o", str(tmp_path / "a.xlsx")]) == 3
    assert "not a project or template" in capsys.readouterr().err
    assert main(["report", survey, "--template", str(tmp_path / "none.cxt"), "-o", str(tmp_path / "a.xlsx")]) == 3
    assert "cannot be read" in capsys.readouterr().err
