"""What stands around the readers: places with strange names, files that change or vanish, memory and silence."""

import datetime
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import xlsxwriter

from cxdesk.job import Unattended
from cxdesk.project import process
from cxdesk.project.process import Worker
from cxdesk.reading import container
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.problem import ReadRefused
from tests.badinput.bombs import text_of
from tests.badinput.seeds import SEEDS, as_csv
from tests.unit.reading.containers.reading import notes, read, read_bytes, rows


@pytest.fixture
def worker() -> Iterator[Worker]:
    one = Worker()
    one.start()
    yield one
    one.stop()


@pytest.mark.parametrize(
    "name",
    [
        "客户满意度 调查（终版）.csv",
        "survey 😀🇨🇳.csv",
        "ŠĐ ×÷ 'quoted'.csv",
        "a" * 200 + ".csv",
        "-option.csv",
        "http:.csv",
    ],
)
def test_places_with_strange_names(worker: Worker, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "数据 📊"
    folder.mkdir()
    for container_name in ("xlsx", "sav", "xls", "xlsb", "ods", "dta", "zip"):
        path = folder / (name.removesuffix(".csv")[:190] + "." + container_name)
        try:
            path.write_bytes(SEEDS[container_name]())
        except OSError:
            pytest.skip("this system does not allow such names")
        assert worker.read(str(path), Choices(), Unattended()).respondents >= 39


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_folder_in_which_nothing_may_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    path = folder / "survey.csv"
    path.write_bytes(as_csv())
    folder.chmod(0o500)
    try:
        read(path)
        assert sorted(folder.iterdir()) == [path]
    finally:
        folder.chmod(0o700)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "survey.csv"
    path.write_bytes(as_csv())

    def refuse(self: Path, *arguments: Any, **options: Any) -> None:
        raise PermissionError(13, "locked")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadRefused) as caught:
        read(path)
    assert caught.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda path: path.write_bytes(b"a,b\n1,3\n"), "changed"),
        (lambda path: path.open("ab").write(b"more,rows\n"), "changed"),
        (Path.unlink, "missing"),
    ],
    ids=["rewritten", "grown", "gone"],
)
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_file_that_does_not_stay_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Path], object], code: str
) -> None:
    path = tmp_path / "survey.csv"
    path.write_bytes(b"a,b\n1,2\n")
    honest = container.read_origin

    def meanwhile(*arguments: Any, **options: Any) -> Grid:
        grid = honest(*arguments, **options)
        act(path)
        return grid

    monkeypatch.setattr(container, "read_origin", meanwhile)
    with pytest.raises(ReadRefused) as caught:
        read(path)
    assert caught.value.code == code


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file vanish")
@pytest.mark.parametrize("content", [as_csv, SEEDS["xlsx"], SEEDS["sav"]], ids=["csv", "xlsx", "sav"])
def test_a_file_that_vanishes_in_the_middle(tmp_path: Path, content: Callable[[], bytes]) -> None:
    path = tmp_path / "survey.csv"
    path.write_bytes(content())

    class Deleting(Unattended):
        def announce(self, link: str, patience: float) -> None:
            path.unlink(missing_ok=True)

    with pytest.raises(ReadRefused) as caught:
        container.read_grid(str(path), Choices(), Deleting())
    assert caught.value.code == "missing"


def test_memory_is_watched_where_the_system_sets_no_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that limits itself less than it is watched stands for a system without such limits."""
    path = tmp_path / "large.csv"
    with path.open("wb") as out:
        for piece in text_of("North,9,a comment that is not repeated so often\n", 600_000, "a,b,c\n")():
            out.write(piece)
    monkeypatch.setattr(process, "_LIBRARIES", 0)
    watched = Worker(memory=1 << 20)
    started = []
    honest = Worker._spawn

    def unlimited(self: Worker) -> None:
        started.append(1)
        self._memory = 64 << 30
        honest(self)
        self._memory = 1 << 20

    monkeypatch.setattr(Worker, "_spawn", unlimited)
    watched.start()
    try:
        with pytest.raises(ReadRefused) as caught:
            watched.cells(str(path), Choices(), Unattended())
    finally:
        watched.stop()
    assert caught.value.code == "out_of_memory"
    assert len(started) >= 2


def test_the_window_survives_when_its_worker_is_killed_from_outside(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_bytes(as_csv())
    for _ in range(3):
        worker.read(str(path), Choices(), Unattended())
        assert worker._process is not None
        psutil.Process(worker._process.pid).kill()
    assert worker.read(str(path), Choices(), Unattended()).respondents == 60


def test_the_command_line_of_these_tests_counts_the_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(as_csv())
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    done = subprocess.run(
        [sys.executable, "-m", "tests.badinput", str(tmp_path), "--workers", "1"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert "read                      1" in done.stdout
    assert "picture                   1" in done.stdout
    assert "1 files read by two readers: 1 the same, 0 with cells lost" in done.stdout


class TestExtremes:
    def test_dates_of_the_1904_calendar(self, tmp_path: Path) -> None:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"date_1904": True})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Day", "Score"])
        sheet.write_datetime(1, 0, datetime.date(2025, 9, 14), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write(1, 1, 9)
        book.close()
        for skip in (frozenset(), frozenset({"calamine"})):
            assert read_bytes(tmp_path, out.getvalue(), "a.xlsx", skip=skip).cell(1, 0) == "2025-09-14"

    def test_texts_of_every_direction_and_width_arrive_untouched(self, tmp_path: Path) -> None:
        cells = ["９分", "\u202egnp.exe", "مرحبا", "👨\u200d👩\u200d👧", "a\u0301", "０１２", "\U0001f1e8\U0001f1f3"]
        content = "q\n" + "\n".join(cells) + "\n"
        for codec in ("utf-8", "utf-16", "utf-8-sig"):
            grid = read_bytes(tmp_path, content.encode(codec), "a.csv")
            assert [row[0] for row in rows(grid)[1:]] == cells

    def test_ragged_rows_and_repeated_headers_lose_nothing(self, tmp_path: Path) -> None:
        grid = read_bytes(tmp_path, b"a,a,a\n1\n1,2\n1,2,3,4\n,,,,9\n", "a.csv")
        assert rows(grid) == [
            ["a", "a", "a", "", ""],
            ["1", "", "", "", ""],
            ["1", "2", "", "", ""],
            ["1", "2", "3", "4", ""],
            ["", "", "", "", "9"],
        ]

    def test_a_quote_that_is_never_closed_keeps_its_rows(self, tmp_path: Path) -> None:
        grid = read_bytes(tmp_path, b'a,b\n1,"open\n2,x\n3,y\n', "a.csv")
        assert (grid.rows, notes(grid)) == (4, {"open_quote": 1})
