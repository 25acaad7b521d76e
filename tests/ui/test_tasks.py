"""Work in the background: its answer arrives on the window's thread, and not at all once nobody wants it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from pytestqt.qtbot import QtBot

from cxdesk.job import Cancelled, Job
from cxdesk.text import Text, say
from cxdesk.ui.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


def fail(problem: Exception) -> None:
    raise AssertionError(f"failed with {problem!r}")


def test_the_answer_arrives_on_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    arrived: list[tuple[int, int]] = []
    tasks.start(
        lambda _job: threading.get_ident(), lambda worked: arrived.append((worked, threading.get_ident())), fail
    )
    qtbot.waitUntil(lambda: bool(arrived))
    worked, told = arrived[0]
    assert told == threading.get_ident()
    assert worked != told
    assert tasks.idle


def test_values_arrive_as_they_are(tasks: Tasks, qtbot: QtBot) -> None:
    arrived: list[object] = []
    answer = {1: "one", 2: (None, True)}
    tasks.start(lambda _job: answer, arrived.append, fail)
    qtbot.waitUntil(lambda: bool(arrived))
    assert arrived[0] is answer


def test_a_failure_arrives_as_it_is(tasks: Tasks, qtbot: QtBot) -> None:
    arrived: list[Exception] = []

    def work(_job: Job) -> None:
        raise KeyError("x")

    tasks.start(work, lambda _done: None, arrived.append)
    qtbot.waitUntil(lambda: bool(arrived))
    assert isinstance(arrived[0], KeyError)


def test_progress_arrives_before_the_answer(tasks: Tasks, qtbot: QtBot) -> None:
    seen: list[object] = []

    def work(job: Job) -> str:
        for done in range(3):
            job.progress(say("Opening the file"), done, 3)
        return "done"

    def reported(_step: Text, done: int, total: int) -> None:
        seen.append((done, total))

    tasks.start(work, seen.append, fail, reported)
    qtbot.waitUntil(lambda: "done" in seen)
    assert seen == [(0, 3), (1, 3), (2, 3), "done"]


def test_nothing_arrives_after_cancelling(tasks: Tasks, qtbot: QtBot) -> None:
    arrived: list[object] = []
    started, ended = threading.Event(), threading.Event()

    def work(job: Job) -> str:
        started.set()
        try:
            while True:
                job.check()
        except Cancelled:
            ended.set()
            raise

    job = tasks.start(work, arrived.append, arrived.append)
    assert started.wait(5)
    job.cancel()
    assert ended.wait(5)
    qtbot.waitUntil(lambda: tasks.idle)
    assert arrived == []


def test_an_answer_that_is_on_its_way_is_dropped_too(tasks: Tasks, qtbot: QtBot) -> None:
    arrived: list[object] = []
    finished = threading.Event()

    def work(_job: Job) -> str:
        finished.set()
        return "late"

    job = tasks.start(work, arrived.append, fail)
    assert finished.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: tasks.idle)
    assert arrived == []


def test_stopping_waits_for_the_threads(qtbot: QtBot) -> None:
    tasks = Tasks()
    started, ended = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        started.set()
        try:
            while True:
                job.check()
        finally:
            ended.set()

    for _ in range(3):
        tasks.start(work, fail, fail)
    assert started.wait(5)
    tasks.stop()
    assert ended.is_set()
    assert tasks.idle


class Counter(QObject):
    counted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0
        self.counted.connect(self._on_counted)

    @Slot(object)
    def _on_counted(self, value: bool) -> None:
        self.seen += value


def test_thousands_of_signals_do_not_wear_python_out(qtbot: QtBot) -> None:
    # WORKAROUND: PySide6 6.12.0 drops a reference to True with every emit and aborts after some hundred.
    counter = Counter()
    for _ in range(3_000):
        counter.counted.emit(True)
    assert counter.seen == 3_000
