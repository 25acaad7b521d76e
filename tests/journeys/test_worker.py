"""The worker process: it reads, reports, can be cancelled and killed, and nothing it does harms this process."""

import multiprocessing
import os
import pickle
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import psutil
import pytest

from cxdesk.job import Cancelled, Unattended
from cxdesk.project.channel import Channel
from cxdesk.project.process import Worker, WorkRefused
from cxdesk.reading.container import read_grid
from cxdesk.reading.grid import Choices
from cxdesk.reading.problem import ReadRefused
from cxdesk.text import Text
from cxdesk.wire import WireError
from tests.crowding import crowding
from tests.unit.reading.containers.reading import cells
from tests.unit.reading.containers.test_workbooks import simple

SURVEY = "Region,How likely are you to recommend us?,Why\n" + "".join(
    f"{'North' if n % 2 else 'South'},{n % 11},reason {n}\n" for n in range(200)
)


@pytest.fixture
def worker() -> Iterator[Worker]:
    one = Worker()
    one.start()
    yield one
    one.stop()


@pytest.fixture
def survey(tmp_path: Path) -> str:
    path = tmp_path / "survey.csv"
    path.write_text(SURVEY, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file that takes seconds to read."""
    path = tmp_path_factory.mktemp("large") / "large.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("id,region,score,comment\n")
        for start in range(0, 600_000, 1000):
            out.write("".join(f"{n},North,{n % 11},comment number {n}\n" for n in range(start, start + 1000)))
    return str(path)


def child_of(worker: Worker) -> BaseProcess:
    assert worker._process is not None
    return worker._process


class Watched(Unattended):
    """A job that remembers its progress and may act at its first report."""

    def __init__(self, at_first: Callable[[], object] = lambda: None) -> None:
        self.reports: list[tuple[str, int, int]] = []
        self.at_first = at_first

    def progress(self, step: Text, done: int, total: int) -> None:
        self.reports.append((str(step), done, total))
        if len(self.reports) == 1:
            self.at_first()


def test_cells_arrive_as_they_were_read(worker: Worker, survey: str) -> None:
    grid = worker.cells(survey, Choices(), Unattended())
    assert cells(grid) == cells(read_grid(survey, Choices(), Unattended()))
    assert all(isinstance(column.codes, np.ndarray) for column in grid.columns)


def test_a_survey_arrives_understood(worker: Worker, survey: str) -> None:
    dataset = worker.read(survey, Choices(), Unattended())
    assert dataset.respondents == 200
    assert dataset.source.name == "survey.csv"
    assert set(dataset.answers) == {question.id for question in dataset.questions} & set(dataset.answers)
    assert dataset.answers


def test_refusals_arrive_with_their_words(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    with pytest.raises(ReadRefused) as caught:
        worker.cells(str(path), Choices(), Unattended())
    assert caught.value.code == "picture"
    assert str(caught.value.reason) == "This is a picture, not a table of answers."


def test_progress_counts_rows(worker: Worker, large: str) -> None:
    job = Watched()
    worker.cells(large, Choices(), job)
    opening = [(done, total) for step, done, total in job.reports if step == "Opening the file"]
    assert len(opening) >= 2
    assert opening == sorted(opening)
    assert {total for _, total in opening} == {600_001}


class CancelledAfter(Unattended):
    def __init__(self, seconds: float) -> None:
        self.when = time.monotonic() + seconds

    def check(self) -> None:
        if time.monotonic() > self.when:
            raise Cancelled


def test_cancelling_answers_within_half_a_second_and_a_new_worker_is_there(
    worker: Worker, large: str, survey: str
) -> None:
    worker.cells(survey, Choices(), Unattended())
    before = child_of(worker).pid
    job = CancelledAfter(0.4)
    with pytest.raises(Cancelled):
        worker.cells(large, Choices(), job)
    assert time.monotonic() - job.when < 0.5 * crowding()
    assert not psutil.pid_exists(before)
    assert worker.cells(survey, Choices(), Unattended()).rows == 201


def test_an_interrupt_leaves_a_working_worker(worker: Worker, large: str, survey: str) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worker.cells(large, Choices(), Watched(interrupt))
    assert worker.cells(survey, Choices(), Unattended()).rows == 201


def test_a_worker_that_dies_in_one_library_reads_on_with_the_other(worker: Worker, large: str) -> None:
    job = Watched(lambda: child_of(worker).kill())
    grid = worker.cells(large, Choices(), job)
    assert grid.rows == 600_001
    assert len(job.reports) > 2


def test_when_it_dies_every_time_the_file_counts_as_damaged(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(simple([["a", "b"], *[[n, n] for n in range(30_000)]]))

    class Deadly(Unattended):
        def progress(self, step: Text, done: int, total: int) -> None:
            child_of(worker).kill()

    with pytest.raises(ReadRefused) as caught:
        worker.cells(str(path), Choices(), Deadly())
    assert caught.value.code == "damaged"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot pause a process from outside")
def test_a_worker_that_falls_silent_is_replaced(large: str) -> None:
    impatient = Worker(patience=0.2)
    impatient.start()
    try:
        job = Watched(lambda: psutil.Process(child_of(impatient).pid).suspend())
        assert impatient.cells(large, Choices(), job).rows == 600_001
    finally:
        impatient.stop()


def test_too_much_memory_ends_in_words_and_not_in_a_crash(large: str, survey: str) -> None:
    small = Worker(memory=48 << 20)
    small.start()
    try:
        with pytest.raises(ReadRefused) as caught:
            small.cells(large, Choices(), Unattended())
        assert caught.value.code == "out_of_memory"
        assert small.cells(survey, Choices(), Unattended()).rows == 201
    finally:
        small.stop()


def test_functions_of_this_program_can_be_called(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    seen = worker.call("cxdesk.reading.container:read_grid", (str(path), Choices()), Unattended())
    assert seen.rows == 2


@pytest.mark.parametrize("function", ["os:getpid", "cxdesk.text:__import__", "cxdesk_evil.text:say", "cxdesk.text.say"])
def test_no_other_function_is_called(worker: Worker, function: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(WorkRefused) as caught:
        worker.call(function, (), Unattended())
    assert caught.value.code == "failed"
    assert "ValueError at worker_main.py" in caplog.text
    caplog.clear()


def test_refusals_of_called_functions_keep_their_words(worker: Worker, tmp_path: Path) -> None:
    with pytest.raises(WorkRefused) as caught:
        worker.call("cxdesk.reading.container:read_grid", (str(tmp_path / "gone.csv"), Choices()), Unattended())
    assert caught.value.code == "missing"


def test_failures_are_logged_by_place_and_never_by_content(worker: Worker, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(WorkRefused):
        worker.call("cxdesk.survey.dataset:secret_function", ("张三 13800138000",), Unattended())
    assert "AttributeError at" in caplog.text
    assert "张三" not in caplog.text
    caplog.clear()


def test_calls_wait_for_their_turn_and_can_be_cancelled_meanwhile(worker: Worker, large: str, survey: str) -> None:
    begun = threading.Event()
    first = threading.Thread(target=lambda: worker.cells(large, Choices(), Watched(begun.set)))
    first.start()
    assert begun.wait(20 * crowding())
    job = CancelledAfter(0.1)
    with pytest.raises(Cancelled):
        worker.cells(survey, Choices(), job)
    assert time.monotonic() - job.when < 0.5 * crowding()
    first.join(60 * crowding())
    assert not first.is_alive()


def test_stopping_ends_a_call_in_another_thread(large: str) -> None:
    short = Worker()
    short.start()
    outcome: list[str] = []

    def read() -> None:
        try:
            short.cells(large, Choices(), Watched(begun.set))
        except Cancelled:
            outcome.append("cancelled")

    begun = threading.Event()
    thread = threading.Thread(target=read)
    thread.start()
    assert begun.wait(20 * crowding())
    short.stop()
    thread.join(5 * crowding())
    assert outcome == ["cancelled"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the libraries of a process")
def test_the_worker_loads_no_qt(worker: Worker, survey: str) -> None:
    worker.read(survey, Choices(), Unattended())
    loaded = {library.path for library in psutil.Process(child_of(worker).pid).memory_maps()}
    assert any("numpy" in path for path in loaded)
    assert not any("PySide6" in path or "libQt" in path for path in loaded)


class Evil:
    def __reduce__(self) -> tuple[Callable[[], object], tuple[()]]:
        return os.abort, ()


@pytest.mark.parametrize("framed", [False, True])
def test_bytes_that_pickle_would_run_are_only_refused(framed: bool) -> None:
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    channel = Channel(ours)
    if framed:
        theirs.send_bytes(b"\1\0\0\0")
    theirs.send_bytes(pickle.dumps(Evil()))
    with pytest.raises((WireError, OSError)):
        channel.receive()
    channel.close()
    theirs.close()
