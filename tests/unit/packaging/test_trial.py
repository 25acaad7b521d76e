"""The judgement over a built program: what it lets pass, and what it does not."""

from __future__ import annotations

import json
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import trial
from product import version

PAGES = ("overview", "scores", "segments", "trend", "compare", "drivers", "crosstab", "quality")


@pytest.fixture
def left(tmp_path: Path) -> dict[str, Any]:
    """What a program leaves that does everything well; `tell` writes it down."""
    for page in PAGES:
        (tmp_path / f"{page}.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 1280, 800))
    with zipfile.ZipFile(tmp_path / "report.xlsx", "w") as workbook:
        for name in ("workbook", "worksheets/sheet1", "worksheets/sheet2"):
            workbook.writestr(f"xl/{name}.xml", "<x/>")
    return {
        "ok": True,
        "problems": [],
        "version": version(),
        "platform": "windows",
        "language": "en",
        "title": "调查.xlsx – CX Desk",
        "respondents": trial.RESPONDENTS,
        "seconds": {"first_window": 0.4, "overview": 1.5},
        "pages": {page: {"picture": f"{page}.png", "missing": 0} for page in PAGES},
        "missing_glyphs": 0,
    }


def judged(folder: Path, told: dict[str, Any]) -> tuple[str, ...]:
    (folder / "smoke.json").write_text(json.dumps(told), encoding="utf-8")
    return trial.judge(folder, "windows").problems


def test_a_program_that_does_everything_well_passes(tmp_path: Path, left: dict[str, Any]) -> None:
    assert judged(tmp_path, left) == ()
    assert "2846 respondents, 8 pages on windows" in trial.judge(tmp_path).seen


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", "0.0.1"),
        ("platform", "offscreen"),
        ("respondents", 12),
        ("missing_glyphs", 3),
        ("problems", ["the report was not written"]),
        ("pages", {"overview": {"picture": "overview.png"}}),
    ],
)
def test_whatever_is_not_as_it_should_be_is_named(
    tmp_path: Path, left: dict[str, Any], field: str, value: object
) -> None:
    assert len(judged(tmp_path, left | {field: value})) == 1


def test_pictures_and_report_are_looked_at(tmp_path: Path, left: dict[str, Any]) -> None:
    (tmp_path / "trend.png").write_bytes(b"")
    (tmp_path / "report.xlsx").write_bytes(b"PK")
    assert judged(tmp_path, left) == ("trend.png is no picture of a page", "report.xlsx is no workbook")


def test_a_program_that_leaves_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert trial.judge(tmp_path).problems == ("the program left no smoke.json",)
    monkeypatch.setattr(sys, "argv", ["trial.py", sys.executable, "--file", str(tmp_path / "no file.py")])
    assert trial.main() == 1
    assert "WRONG: it ended with status" in capsys.readouterr().out
