"""Runs work on background threads and brings its answer back to the window's thread."""

from __future__ import annotations

import itertools
import logging
import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from cxdesk.job import Cancelled, Job
from cxdesk.text import Text

_LOG = logging.getLogger(__name__)
_GIVE_WAY = 0.0005
"""Seconds after which a thread lets the window go on. Python's own 5 ms add up: Qt gives the interpreter away and takes
it again dozens of times while it lays out one page, and each time waits that long."""

Work = Callable[[Job], Any]
Done = Callable[[Any], None]
Failed = Callable[[Exception], None]
Progress = Callable[[Text, int, int], None]


class TaskJob:
    """The job of one task: `cancel` may be called from any thread; progress travels by signal."""

    def __init__(self, number: int, report: Callable[[object], None]) -> None:
        """``report`` is called on the worker's thread and must only emit a signal."""
        self.number = number
        self._report = report
        self._stopped = threading.Event()

    def progress(self, step: Text, done: int, total: int) -> None:
        """Send a progress report to the window, unless nobody waits for it any more."""
        if not self._stopped.is_set():
            self._report((self.number, step, done, total))

    def check(self) -> None:
        """Raise `Cancelled` once `cancel` was called."""
        if self._stopped.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._stopped.set()


class Tasks(QObject):
    """A pool of threads whose answers arrive as calls on the window's thread."""

    # object: a signal that carries a dict or tuple by type would lose what is in it.
    _reported = Signal(object)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None, threads: int = 1) -> None:
        """``threads`` tasks run at the same time; further ones wait."""
        super().__init__(parent)
        sys.setswitchinterval(_GIVE_WAY)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._numbers = itertools.count()
        self._waiting: dict[int, tuple[TaskJob, Done, Failed, Progress | None]] = {}
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Work, done: Done, failed: Failed, progress: Progress | None = None) -> TaskJob:
        """Run ``work(job)`` on a thread; ``done`` or ``failed`` is called later on the window's thread.

        After `TaskJob.cancel` neither is called.
        """
        job = TaskJob(next(self._numbers), self._reported.emit)
        self._waiting[job.number] = (job, done, failed, progress)
        self._pool.start(_Run(job, work, self._finished.emit))
        return job

    def stop(self) -> None:
        """Cancel everything and wait until the threads are free."""
        for job, *_ in self._waiting.values():
            job.cancel()
        self._waiting.clear()
        self._pool.clear()
        self._pool.waitForDone()

    def finish(self) -> None:
        """Wait until everything that was started has ended; nobody is told any more."""
        self._pool.waitForDone()
        self._waiting.clear()

    @property
    def idle(self) -> bool:
        """Whether nothing is running or waiting to be told."""
        return not self._waiting

    @Slot(object)
    def _on_reported(self, report: tuple[int, Text, int, int]) -> None:
        number, step, done, total = report
        waiting = self._waiting.get(number)
        if waiting is not None and waiting[3] is not None:
            waiting[3](step, done, total)

    @Slot(object)
    def _on_finished(self, answer: tuple[int, Any, Exception | None]) -> None:
        number, value, problem = answer
        waiting = self._waiting.pop(number, None)
        if waiting is None or waiting[0]._stopped.is_set():
            return
        _, done, failed, _ = waiting
        if problem is None:
            done(value)
        elif not isinstance(problem, Cancelled):
            failed(problem)


class _Run(QRunnable):
    def __init__(self, job: TaskJob, work: Work, finished: Callable[[object], None]) -> None:
        super().__init__()
        self._job = job
        self._work = work
        self._finished = finished

    def run(self) -> None:
        """Do the work; every way it can end is told to the window."""
        try:
            self._job.check()
            self._finished((self._job.number, self._work(self._job), None))
        except Exception as problem:  # noqa: BLE001 - whatever happens is shown, not lost with the thread
            if not isinstance(problem, Cancelled):
                _LOG.info("task ended with %s", type(problem).__name__)
            self._finished((self._job.number, None, problem))
