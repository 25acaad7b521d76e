"""Large SPSS files are decoded column by column; every cell is the one that pyreadstat reads."""

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from cxdesk.job import Unattended
from cxdesk.reading import spss
from cxdesk.reading.grid import Grid
from cxdesk.reading.problem import ReadRefused
from cxdesk.reading.sav_cases import Unusual, decode_cases

from .reading import cells, folder_of, read

ROWS = 6_000


def survey(rows: int = ROWS) -> pd.DataFrame:
    chance = np.random.default_rng(8)
    start = datetime.datetime(2024, 2, 28, 23, 59, 58)  # noqa: DTZ001 - SPSS knows no time zones
    return pd.DataFrame(
        {
            "id": np.arange(rows) + 1e9,
            "score": np.where(chance.random(rows) < 0.1, np.nan, chance.integers(0, 11, rows)),
            "balance": np.where(chance.random(rows) < 0.1, np.nan, chance.integers(-90, 251, rows)),
            "weight": chance.integers(40, 250, rows) / 100,
            "huge": chance.choice([1e15, 1.5, -0.25, np.nan, 3e-7], rows),
            "why": [
                ["", " gut ", "物流太慢了，等了很久", "o" * (number % 250), "a b"][number % 5] for number in range(rows)
            ],
            "short": ["J" if number % 3 else "" for number in range(rows)],
            "day": [(start + datetime.timedelta(days=number % 400)).date() for number in range(rows)],
            "moment": [start + datetime.timedelta(seconds=number % 5_000) for number in range(rows)],
            "late": [start + datetime.timedelta(milliseconds=250 * (number % 9)) for number in range(rows)],
        }
    )


@pytest.fixture(params=[True, False], ids=["packed", "plain"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    place = tmp_path / "survey.sav"
    pyreadstat.write_sav(
        survey(),
        place,
        row_compress=request.param,
        column_labels={"score": "How likely?"},
        variable_value_labels={"score": {0: "never", 10: "surely, 一定"}},
        missing_ranges={"balance": [250, {"lo": -99, "hi": -80}]},
    )
    return place


def both_ways(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Grid, Grid, bool]:
    used = []
    decoded = spss._decoded

    def noticed(*known: Any) -> Any:
        used.append(1)
        return decoded(*known)

    monkeypatch.setattr(spss, "_decoded", noticed)
    monkeypatch.setattr(spss, "_MANY", 1)
    quick = read(path)
    monkeypatch.setattr(spss, "_MANY", 10**9)
    return quick, read(path), bool(used)


def same(quick: Grid, slow: Grid) -> None:
    assert cells(quick) == cells(slow)
    for one, other in zip(quick.columns, slow.columns, strict=True):
        assert (one.name, one.label, one.labels, one.missing, one.dates) == (
            other.name, other.label, other.labels, other.missing, other.dates,
        )  # fmt: skip
        assert list(one.values) == list(other.values)


def test_every_cell_is_the_one_that_the_library_reads(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow, used = both_ways(path, monkeypatch)
    assert used
    assert quick.rows == ROWS
    same(quick, slow)


def test_moments_and_days_are_written_as_dates(path: Path) -> None:
    grid = read(path)
    day, moment = (next(column for column in grid.columns if column.name == name) for name in ("day", "moment"))
    assert day.dates
    assert moment.dates
    assert [day.values[int(code)] for code in day.codes[:3]] == ["2024-02-28", "2024-02-29", "2024-03-01"]
    assert [moment.values[int(code)] for code in moment.codes[:3]] == [
        "2024-02-28 23:59:58",
        "2024-02-28 23:59:59",
        "2024-02-29",
    ]


def test_a_file_that_is_cut_off_is_left_to_the_library(path: Path) -> None:
    content = path.read_bytes()
    with pytest.raises(Unusual):
        list(decode_cases(content[: len(content) // 2], ROWS, 10, "UTF-8", Unattended()))


def test_lengths_below_zero_do_not_lead_back_for_ever() -> None:
    document = b"\x06\0\0\0" + (-1).to_bytes(4, "little", signed=True)
    head = b"$FL2" + bytes(60) + b"\x02\0\0\0" + bytes(4) + b"\x01\0\0\0" + bytes(100)
    with pytest.raises(Unusual):
        list(decode_cases(head + document * 4, 5, 1, "UTF-8", Unattended()))


def test_the_same_cells_in_the_files_that_others_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of("CXDESK_BADINPUT")
    quickly = 0
    for path in sorted(folder.rglob("*.sav")):
        try:
            quick, slow, used = both_ways(path, monkeypatch)
        except ReadRefused:
            continue
        quickly += used
        same(quick, slow)
    assert quickly >= 20


def test_numbers_that_look_like_commands_lead_nobody_astray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Literals made of the byte that commands a literal: whoever starts reading in the middle goes wrong for long."""
    rows = 20_000
    looks = np.frombuffer(b"\xfd" * 7 + b"\x3f", dtype=np.float64)[0]
    frame = pd.DataFrame({f"v{number}": np.full(rows, looks * (1 + number % 3)) for number in range(11)})
    frame["v4"] = np.random.default_rng(2).choice([looks, 1.0, 2.0, np.nan], rows)
    place = tmp_path / "odd.sav"
    pyreadstat.write_sav(frame, place, row_compress=True)
    quick, slow, used = both_ways(place, monkeypatch)
    assert used
    same(quick, slow)
