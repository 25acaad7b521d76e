"""What a command line asks for: files as paths and as addresses, and the options of the program itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cxdesk.ui.asked import Asked, asked


def test_paths_are_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = asked(["Q3 export.csv", "../调查 数据.xlsx", str(tmp_path / "a.sav")], {})
    names = [tmp_path / "Q3 export.csv", tmp_path.parent / "调查 数据.xlsx", tmp_path / "a.sav"]
    assert [Path(path) for path in given.paths] == names


def test_addresses_of_a_desktop_are_paths(tmp_path: Path) -> None:
    path = tmp_path / "数据 目录" / "调查 100%.xlsx"
    assert [Path(each) for each in asked([path.as_uri()], {}).paths] == [path]


@pytest.mark.parametrize("word", ["-psn_0_12345", "--unknown", "", "-h"])
def test_what_nobody_knows_is_left_out(word: str) -> None:
    assert asked([word], {}) == Asked()


def test_options_are_read_wherever_they_stand(tmp_path: Path) -> None:
    folder, survey = str(tmp_path / "seen"), str(tmp_path / "a.csv")
    assert asked(["--smoke", folder, survey], {}) == asked([survey, "--smoke", folder], {})
    assert Path(asked([survey], {"CXDESK_SMOKE": folder}).smoke) == tmp_path / "seen"
    assert Path(asked([], {"CXDESK_SMOKE": "seen"}).smoke) == Path(os.getcwd()) / "seen"  # noqa: PTH109
    assert asked(["--again", survey], {}).again
    assert asked(["--stopped", "4711"], {}).stopped == 4711
    assert asked(["--stopped", "x"], {}).stopped == 0
    assert asked(["--stopped"], {}).stopped == 0
