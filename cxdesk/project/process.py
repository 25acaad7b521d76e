"""The killable worker process: files are read and workbooks written there, so that nothing they do harms the window.

There is one warm worker. It is watched while it works: cancelling kills it at once, a crash, a hang or too much memory
ends it, and each time a fresh one takes its place. If it died inside a library that has a substitute, the file is read
again without that library.
"""

from __future__ import annotations

import contextlib
import datetime
import logging
import multiprocessing
import threading
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

import psutil

from cxdesk.job import Cancelled, Job
from cxdesk.project.clock import now
from cxdesk.reading.problem import ReadRefused
from cxdesk.text import Text, say

if TYPE_CHECKING:
    # Nothing of this is imported before the process was started: both sides then get ready at the same time.
    from cxdesk.project.channel import Channel
    from cxdesk.reading.grid import Choices, Grid
    from cxdesk.survey.dataset import Dataset

_EPOCH = datetime.datetime(1970, 1, 1)  # noqa: DTZ001 - local days, as the answers have them
_LOG = logging.getLogger(__name__)
_POLL = 0.04
_START_PATIENCE = 60.0
_FIRST_PATIENCE = 15.0
_CALL_PATIENCE = 300.0
_LIBRARIES = 256 << 20
_RETIRE_ABOVE = 1 << 30
"""A worker that once held so much memory gives it back only by ending."""


class WorkRefused(Exception):
    """Work other than reading could not be done. ``code`` is a stable lower-case word; the words are for people."""

    def __init__(self, code: str, reason: Text, remedy: Text) -> None:
        """Keep the words; the exception's message holds the code only, never data."""
        super().__init__(code)
        self.code = code
        self.reason = reason
        self.remedy = remedy


class _Died(Exception):
    """The worker ended before it answered: in which link of a chain of readers, and why.

    ``memory``: it took too much. ``silent``: it had got the work and was not heard from for too long.
    """

    def __init__(self, link: str, *, memory: bool = False, silent: bool = False) -> None:
        super().__init__(link)
        self.link = link
        self.memory = memory
        self.silent = silent


class Worker:
    """One warm worker process. The calls block and are made from a background thread, one at a time."""

    def __init__(self, memory: int | None = None, patience: float = 1.0) -> None:
        """``memory`` caps what the work may add, in bytes; by default half of the computer's, at most 4 GB.

        ``patience`` multiplies the times of silence after which the process counts as stuck.
        """
        self._memory = memory or min(psutil.virtual_memory().total // 2, 4 << 30)
        self._patience = patience
        self._turn = threading.Lock()
        self._change = threading.RLock()
        self._process: BaseProcess | None = None
        self._channel: Channel | None = None
        self._ready = False
        self._stopped = False

    def start(self) -> None:
        """Start the process, if it does not run; it warms up by itself. Returns at once."""
        with self._change:
            self._stopped = False
            if self._process is None or not self._process.is_alive():
                self._discard()
                self._spawn()

    def stop(self) -> None:
        """End the process. A call that is under way in another thread raises `Cancelled`."""
        with self._change:
            self._stopped = True
            self._discard()

    def read(self, path: str, choices: Choices, job: Job) -> Dataset:
        """Read and understand a survey file. Raises `ReadRefused` and `Cancelled`."""
        dataset = self._read("survey", path, choices, job)
        from cxdesk.reading.transport import restore  # noqa: PLC0415 - after the start
        from cxdesk.survey.dataset import Dataset  # noqa: PLC0415

        if not isinstance(dataset, Dataset):
            raise _unreadable(memory=False)
        restored: Dataset = restore(dataset)
        return replace(restored, receipt=replace(restored.receipt, read_on=(now() - _EPOCH).days))

    def cells(self, path: str, choices: Choices, job: Job) -> Grid:
        """Read a file without understanding it: to show how it looks in another encoding or sheet."""
        from cxdesk.reading.grid import Grid  # noqa: PLC0415 - after the start

        grid = self._read("cells", path, choices, job)
        if not isinstance(grid, Grid):
            raise _unreadable(memory=False)
        return grid

    def _read(self, kind: str, path: str, choices: Choices, job: Job) -> object:
        """Read, and read again without the library that died. Raises `ReadRefused` and `Cancelled`."""
        from cxdesk.reading.guards import UNDERSTANDING  # noqa: PLC0415 - after the start

        skip: frozenset[str] = frozenset()
        memory = False
        while True:
            try:
                return self._request((kind, path, choices, skip), job, _FIRST_PATIENCE)
            except _Died as death:
                _LOG.info("the worker ended early in %s", death.link or "its beginning")
                memory = memory or death.memory
                # It may have died for reasons of its own, before it was asked; but twice is no accident, and what is
                # stuck outside of every library will be stuck again.
                if death.link in skip or (death.silent and death.link in ("", UNDERSTANDING)):
                    raise _unreadable(memory=memory, silent=death.silent) from None
                skip |= {death.link}
            except WorkRefused as refused:
                if memory and refused.code == "damaged":
                    raise _unreadable(memory=True) from None
                raise ReadRefused(refused.code, refused.reason, refused.remedy) from None

    def call(self, function: str, arguments: tuple[Any, ...], job: Job) -> Any:
        """Call a function of this program there: ``call("cxdesk.render.excel.workbook:write_report", (r, p), job)``.

        It gets ``*arguments, job``; arguments and result must be able to travel (`cxdesk.wire`). An exception with a
        ``reason`` and a ``remedy`` arrives as `WorkRefused` with the same words. Raises `Cancelled`.
        """
        try:
            return self._request(("call", function, arguments), job, _CALL_PATIENCE)
        except _Died as death:
            raise _interrupted(memory=death.memory) from None

    def _request(self, message: tuple[Any, ...], job: Job, patience: float) -> object:
        while not self._turn.acquire(timeout=_POLL):
            job.check()
        try:
            with self._change:
                if self._stopped:
                    raise Cancelled
                self.start()
                channel, process = self._channel, self._process
            if channel is None or process is None:
                raise Cancelled
            try:
                return self._converse(channel, process, message, job, patience)
            except WorkRefused:
                raise
            except BaseException:
                # Cancelled, interrupted, dead or silent: what this process still does is of no use to anybody.
                self._replace(process)
                raise
        finally:
            self._turn.release()

    def _converse(
        self, channel: Channel, process: BaseProcess, message: tuple[Any, ...], job: Job, patience: float
    ) -> object:
        from cxdesk.wire import WireError  # noqa: PLC0415 - after the start

        link = ""
        asked = False
        try:
            memory = _Memory(process, self._memory)
        except psutil.Error:
            raise _Died(link) from None
        deadline = time.monotonic() + _START_PATIENCE
        try:
            while True:
                job.check()
                if self._ready and not asked:
                    channel.send(*message)
                    asked = True
                    deadline = time.monotonic() + patience * self._patience
                if not channel.waits(_POLL):
                    if memory.over():
                        raise _Died(link, memory=True)
                    if time.monotonic() > deadline:
                        raise _Died(link, silent=asked)
                    continue
                kind, *content = channel.receive()
                deadline = time.monotonic() + patience * self._patience
                match kind:
                    case "ready":
                        self._ready = True
                    case "link":
                        link, patience = str(content[0]), float(content[1])
                        deadline = time.monotonic() + patience * self._patience
                    case "progress":
                        job.progress(*content)
                    case "done":
                        if memory.now() > _RETIRE_ABOVE:
                            self._replace(process)
                        return content[0]
                    case "refused":
                        raise WorkRefused(*content)
                    case "failed":
                        _LOG.error("worker: %s", content[0])
                        raise _failed()
                    case "no_memory":
                        raise _Died(link, memory=True)
                    case "cancelled":
                        raise Cancelled
        except (EOFError, OSError, WireError, psutil.Error):
            if self._stopped:
                raise Cancelled from None
            raise _Died(link, memory=memory.was_high()) from None

    def _spawn(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._memory), name="cxdesk-worker", daemon=True)
        process.start()
        theirs.close()
        from cxdesk.project.channel import Channel  # noqa: PLC0415 - after the start

        self._process, self._channel, self._ready = process, Channel(ours), False

    def _replace(self, process: BaseProcess) -> None:
        with self._change:
            if self._process is process:
                self._discard()
                if not self._stopped:
                    self._spawn()

    def _discard(self) -> None:
        process, channel = self._process, self._channel
        self._process = self._channel = None
        self._ready = False
        if process is not None:
            process.kill()
            process.join(2.0)
        if channel is not None:
            with contextlib.suppress(OSError):
                channel.close()


def _serve(connection: Connection[bytes, bytes], memory: int) -> None:
    """What the process does; only there is it imported."""
    from cxdesk.project import worker_main  # noqa: PLC0415

    worker_main.serve(connection, memory)


class _Memory:
    """Watches how much memory a process holds."""

    def __init__(self, process: BaseProcess, cap: int) -> None:
        self._process = psutil.Process(process.pid)
        self._cap = cap
        self._highest = 0

    def now(self) -> int:
        """Bytes held at this moment. Raises `psutil.Error` if the process is gone."""
        held: int = self._process.memory_info().rss
        self._highest = max(self._highest, held)
        return held

    def over(self) -> bool:
        """Whether it holds more than the work may take on top of the libraries themselves."""
        return self.now() > self._cap + _LIBRARIES

    def was_high(self) -> bool:
        """Whether it once held so much that a sudden end means: no memory left."""
        return self._highest > 0.7 * self._cap


def _unreadable(*, memory: bool, silent: bool = False) -> ReadRefused:
    if silent and not memory:
        return ReadRefused(
            "too_slow",
            say("The program was busy with the file for too long without getting further, and stopped."),
            say("Close other programs and try again. If it happens again, export fewer columns and open that file."),
        )
    if memory:
        return ReadRefused(
            "out_of_memory",
            say("The file needs more memory than this computer can spare for it."),
            say("Export fewer columns or a shorter period, or save it as CSV, and open that file."),
        )
    return ReadRefused(
        "damaged",
        say("The file is damaged or was not saved completely, so its answers cannot be read."),
        say("Download or export it again. If Excel can open it, save it there as a new .xlsx file and open that."),
    )


def _interrupted(*, memory: bool) -> WorkRefused:
    if memory:
        return WorkRefused(
            "out_of_memory",
            say("The work needs more memory than this computer can spare for it."),
            say("Close other programs, or leave the sheet with all answers out of the report, and try again."),
        )
    return WorkRefused(
        "interrupted",
        say("The work stopped before it was finished. Nothing was changed."),
        say("Try again. If it happens again, restart the program."),
    )


def _failed() -> WorkRefused:
    return WorkRefused(
        "failed",
        say("Something went wrong inside the program. Your file was not changed."),
        say("Try again. If it happens again, copy the details for support."),
    )
