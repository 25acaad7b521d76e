"""The follow-up list from the terminal: the same people as in the window, masked unless contacts are asked for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.journeys.test_command import Ran


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Forty answers of customers with an e-mail address; ten of them are detractors, half of those in the West."""
    scores = [(3, 9, 10, 8)[place % 4] for place in range(40)]
    rows = [
        [str(score), f"reason {place}", ("West", "East")[place // 4 % 2], f"person{place}@example.org"]
        for place, score in enumerate(scores)
    ]
    text = io.StringIO()
    header = ["How likely are you to recommend us to a friend?", "Why?", "Region", "E-mail"]
    csv.writer(text).writerows([header, *rows])
    path = tmp_path / "calls.csv"
    path.write_text(text.getvalue(), "utf-8")
    return path


def cells(path: Path) -> list[str]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize(("language", "said"), [("en", "10 people on the list"), ("zh_CN", "名单上有 10 人")])
def test_the_list_holds_every_detractor_and_hides_contacts(
    calls: Path, tmp_path: Path, language: str, said: str
) -> None:
    target = tmp_path / "list.xlsx"
    done = Ran("followup", calls, "-o", target, "--language", language)
    assert (done.status, done.out.splitlines(), done.err) == (0, [said, str(target)], "")
    found = cells(target)
    assert {f"reason {place}" for place in range(0, 40, 4)} <= set(found)
    assert not any("@example.org" in cell and cell.startswith("person") for cell in found)


def test_contacts_are_written_when_asked_for(calls: Path, tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    assert Ran("followup", calls, "-o", target, "--contacts", "--filter", "Region=West").status == 0
    assert {cell for cell in cells(target) if "@" in cell} == {
        f"person{place}@example.org" for place in range(0, 40, 8)
    }


def test_nobody_to_call_is_said_in_words(calls: Path, tmp_path: Path) -> None:
    calls.write_text(calls.read_text("utf-8").replace("\n3,", "\n9,"), "utf-8")
    target = tmp_path / "list.xlsx"
    done = Ran("followup", calls, "-o", target)
    assert (done.status, done.out, target.exists()) == (3, "", False)
    assert done.err.startswith("There is nobody to put on the list.")
