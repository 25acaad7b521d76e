"""Sends files through the real worker process, as the window does, and says what became of each.

The process that runs this stands for the window: it must never die, never wait longer than twenty seconds for a file
(longer only where other programs use the processor too), and never grow much. Files are read by at most two workers
at a time.
"""

from __future__ import annotations

import importlib
import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from cxdesk.job import Unattended
from cxdesk.project.process import Worker
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.problem import REASONS, ReadRefused
from tests.crowding import crowding

LONGEST = 20.0
"""Seconds within which a file must be answered by a computer that does nothing else."""
MOST_GROWTH = 100 << 20
"""Bytes by which the window's process may grow over a hostile file."""
READ = "read"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: "read" or the code of its refusal, how long it took, and what it cost the window."""

    name: str
    result: str
    seconds: float
    growth: int
    crowding: float
    deaths: tuple[str, ...] = ()
    failure: str = ""
    grid: Grid | None = None

    @property
    def fault(self) -> str:
        """What is wrong with this outcome; "" if a person would be content with it."""
        if self.result != READ and self.result not in REASONS:
            return f"ended as {self.result!r}, which is no reason that people are told ({self.failure})"
        if self.seconds > LONGEST * self.crowding:
            return f"took {self.seconds:.1f} s"
        return ""


class _Watch(Unattended):
    """A job that looks at this process's memory while it waits."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._before = self._process.memory_info().rss
        self._looked = 0.0
        self.growth = 0

    def check(self) -> None:
        if time.monotonic() - self._looked > 0.2:
            self._looked = time.monotonic()
            self.growth = max(self.growth, self._process.memory_info().rss - self._before)


class _Deaths(logging.Handler):
    """Listens for workers that ended before they answered, and for failures of our own code, per thread."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.dead: dict[int, list[str]] = {}
        self.failed: dict[int, list[str]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg == "the worker ended early in %s" and record.args:
            self._note(self.dead, str(record.args[0]))  # type: ignore[index]
        elif record.levelno >= logging.ERROR:
            self._note(self.failed, record.getMessage())

    def _note(self, where: dict[int, list[str]], what: str) -> None:
        where.setdefault(threading.get_ident(), []).append(what)

    def taken(self) -> tuple[tuple[str, ...], str]:
        """What was heard in this thread since it last asked: the deaths, and where our own code failed."""
        me = threading.get_ident()
        return tuple(self.dead.pop(me, ())), "; ".join(self.failed.pop(me, ()))


@contextmanager
def _listening() -> Iterator[_Deaths]:
    logger = logging.getLogger("cxdesk.project.process")
    handler, level = _Deaths(), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def outcome(worker: Worker, path: Path, deaths: _Deaths, *, cells: bool) -> Outcome:
    """Open one file as the window does; ``cells`` asks for its cells too, to compare them with another reader's."""
    watch = _Watch()
    started = time.monotonic()
    grid = None
    try:
        worker.read(str(path), Choices(), watch)
        result = READ
    except ReadRefused as problem:
        result = problem.code if str(problem.reason) and str(problem.remedy) else "wordless"
    except Exception as problem:  # noqa: BLE001 - whatever it is, it must be listed and not end the run
        result = f"{type(problem).__name__} in the window"
    watch.check()
    seconds = time.monotonic() - started
    if cells:
        try:
            grid = worker.cells(str(path), Choices(), Unattended())
        except ReadRefused:
            grid = None
    return Outcome(path.name, result, seconds, watch.growth, crowding(), *deaths.taken(), grid)


def run(
    paths: Iterable[Path],
    seen: Callable[[Path, Outcome], None],
    *,
    workers: int = 2,
    memory: int | None = None,
    cells: bool = False,
) -> None:
    """Send files through ``workers`` workers at once; ``seen`` is called with each outcome, one at a time."""
    queue = iter(paths)
    turn = threading.Lock()
    failed: list[BaseException] = []

    def work(deaths: _Deaths) -> None:
        worker = Worker(memory=memory, patience=crowding())
        worker.start()
        try:
            while not failed:
                with turn:
                    path = next(queue, None)
                if path is None:
                    return
                found = outcome(worker, path, deaths, cells=cells)
                with turn:
                    seen(path, found)
        except BaseException as problem:  # noqa: BLE001 - it is raised again below, in the thread that waits
            failed.append(problem)
        finally:
            worker.stop()

    importlib.import_module("cxdesk.reading.transport")  # what the window loads with its first file, whatever it is
    with _listening() as deaths:
        threads = [threading.Thread(target=work, args=(deaths,), name=f"reader {n}") for n in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if failed:
        raise failed[0]


def files_in(folder: Path) -> list[Path]:
    """Every file below a folder, largest first, so that no worker is left alone with a large one at the end."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(found, key=lambda path: (-path.stat().st_size, str(path)))


def tally(outcomes: Iterable[Outcome]) -> list[tuple[str, int]]:
    """How many files ended in which way, "read" first, then the most frequent refusals."""
    results = sorted(outcome.result for outcome in outcomes)
    counts = [(result, len(list(group))) for result, group in itertools.groupby(results)]
    return sorted(counts, key=lambda pair: (pair[0] != READ, -pair[1], pair[0]))
