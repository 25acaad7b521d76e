"""Weighted reports from the terminal: figures, words and the workbook agree; nonsense is refused with its reason."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cxdesk.command import USAGE, USED, main


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    chance = random.Random(2)
    path = tmp_path / "staff.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file)
        sheet.writerow(["How likely are you to recommend us as a place to work?", "Region", "Weight"])
        for number in range(300):
            weight = chance.choice((0.5, 1.25, 2.0))
            sheet.writerow([chance.randint(0, 10), ("North", "South")[number % 3 == 0], weight])
    return path


def report(answers: Path, *options: str) -> list[str]:
    return ["report", str(answers), "-o", str(answers.with_name("out.xlsx")), *options]


def test_a_weight_column(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with answers.open(encoding="utf-8") as file:
        rows = [(int(score), float(weight)) for score, _, weight in list(csv.reader(file))[1:]]
    good = sum(weight for score, weight in rows if score >= 9)
    bad = sum(weight for score, weight in rows if score <= 6)
    whole = sum(weight for _, weight in rows)
    assert main(report(answers, "--weight", "Weight", "--json")) == USED
    found = json.loads(capsys.readouterr().out)
    assert found["nps"]["score"] == pytest.approx(100 * (good - bad) / whole)
    assert found["nps"]["employer"]
    assert found["weighting"]["text"] == "Weighted: Weight"
    assert found["nps"]["effective"] <= found["weighting"]["effective"] < 300
    cells = {str(cell.value) for row in load_workbook(answers.with_name("out.xlsx"))["Notes"] for cell in row[0:4]}
    assert any(cell.startswith("On, by the column “Weight”.") for cell in cells)


def test_target_shares(answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shares = tmp_path / "shares.csv"
    shares.write_text("question,answer,share\nRegion,North,50\nRegion,South,50\n", encoding="utf-8")
    assert main(report(answers, "--weight-targets", str(shares))) == USED
    said = capsys.readouterr().out
    assert said.startswith("eNPS ")
    assert "Weighted: Region; 300 answers carry the precision of 267" in said


def test_what_cannot_weight_is_refused(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(report(answers, "--weight", "Region")) == USAGE
    assert "“Region”: A weight must be a number for each person." in capsys.readouterr().err
    assert main(report(answers, "--weight", "Weight", "--weight-targets", "shares.csv")) == USAGE
    assert not answers.with_name("out.xlsx").exists()
