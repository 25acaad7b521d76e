"""What the worker process does: read files, write workbooks, and tell how far it is.

It runs apart from the window because the libraries that parse strangers' files can crash, hang or fill the memory;
then this process is killed and replaced, and the window never notices. It imports no Qt.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import multiprocessing
import os
import re
import signal
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from cxdesk.job import Cancelled
from cxdesk.project.channel import Channel
from cxdesk.project.last_run import bear_witness
from cxdesk.project.refusal import words_of
from cxdesk.reading import open_survey
from cxdesk.reading.grid import Choices
from cxdesk.text import Text

_FIRST = ("cxdesk.reading.container", "cxdesk.reading.understand")
_LATER = ("pandas", "cxdesk.reading.spss")
"""What every file needs, and what only large text files and those of statistics programs need."""

_UNASKED = 2.0
"""Seconds without a question after which the rest is imported: who starts with a file does not wait for it."""

_LATER_ROOM = 128 << 20
"""Bytes that the rest may reserve if it is imported while a file is read."""

_FUNCTION = re.compile(r"(cxdesk(?:\.[a-z_]+)+):([a-z][a-z_]*)")
_EVERY = 0.05
_SIGN_OF_LIFE = 1.0
_LAST_WORDS = 5.0
"""Seconds after the window hung up within which its end is noticed."""


def serve(connection: Connection[bytes, bytes], memory: int) -> None:
    """Answer requests until the other end hangs up. ``memory`` is the number of bytes that the work may add."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the window's affair
    _silence()
    leaving = threading.Thread(target=_leave_with_parent, daemon=True)
    leaving.start()
    channel = Channel(connection)
    gc.disable()  # what is imported stays
    _warm_up(_FIRST)
    gc.freeze()
    gc.enable()
    with contextlib.suppress(EOFError, OSError):
        channel.send("ready")
        asked = channel.waits(_UNASKED)
        if not asked:
            _warm_up(_LATER)
        _limit_memory(memory + (_LATER_ROOM if asked else 0))
        while True:
            kind, *request = channel.receive()
            _answer(channel, kind, request)
    leaving.join(_LAST_WORDS)


class _WorkerJob:
    """Sends progress to the window, at most every 50 ms, and a sign of life now and then."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._sent = 0.0

    def progress(self, step: Text, done: int, total: int) -> None:
        if time.monotonic() - self._sent >= _EVERY:
            self._send("progress", step, done, total)

    def check(self) -> None:
        # Cancelling means killing this process, so there is nothing to ask; but silence would look like a hang.
        if time.monotonic() - self._sent >= _SIGN_OF_LIFE:
            self._send("alive")

    def announce(self, link: str, patience: float) -> None:
        self._send("link", link, patience)

    def _send(self, *message: object) -> None:
        self._channel.send(*message)
        self._sent = time.monotonic()


def _answer(channel: Channel, kind: str, request: list[Any]) -> None:
    job = _WorkerJob(channel)
    try:
        channel.send("done", _WORK[kind](job, *request))
    except (OSError, EOFError) as problem:
        if isinstance(problem, (BrokenPipeError, ConnectionError, EOFError)):
            raise
        channel.send("failed", _place(problem))
    except Cancelled:
        channel.send("cancelled")
    except MemoryError:
        channel.send("no_memory")
    except Exception as problem:  # noqa: BLE001 - the window hears about every failure in the same way
        refused = words_of(problem)
        if refused is None:
            channel.send("failed", _place(problem))
        else:
            channel.send("refused", str(getattr(problem, "code", "refused")), *refused)


def _survey(job: _WorkerJob, path: str, choices: Choices, skip: frozenset[str]) -> object:
    from cxdesk.reading.transport import packed  # noqa: PLC0415 - imported when the worker warms up

    return packed(open_survey(path, choices, job, skip))


def _cells(job: _WorkerJob, path: str, choices: Choices, skip: frozenset[str]) -> object:
    from cxdesk.reading.container import read_grid  # noqa: PLC0415 - imported when the worker warms up

    return read_grid(path, choices, job, skip)


def _call(job: _WorkerJob, function: str, arguments: tuple[Any, ...]) -> object:
    named = _FUNCTION.fullmatch(function)
    if named is None:
        raise ValueError("only functions of this program are called")
    return getattr(importlib.import_module(named[1]), named[2])(*arguments, job)


_WORK: dict[str, Callable[..., object]] = {"survey": _survey, "cells": _cells, "call": _call}


def _place(problem: BaseException) -> str:
    """Type and code place of a failure; never its message, which may hold people's answers."""
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [frame for frame in frames if "cxdesk" in frame.filename] or frames
    where = f"{os.path.basename(ours[-1].filename)}:{ours[-1].lineno}" if ours else "unknown place"  # noqa: PTH119
    return f"{type(problem).__name__} at {where}"


def _warm_up(modules: tuple[str, ...]) -> None:
    """Import what the first file needs, while the person still looks for it."""
    for module in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)


def _limit_memory(memory: int) -> None:
    """Let the system refuse memory beyond the cap, where it can; elsewhere the window watches and kills."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        import psutil  # noqa: PLC0415

        # Address space counts what is merely reserved, so the cap stands on top of what the libraries reserve.
        cap = psutil.Process().memory_info().vms + memory
        resource.setrlimit(resource.RLIMIT_AS, (cap, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _lift_limit() -> None:
    """Give the memory free again, for a program that this process starts."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (resource.getrlimit(resource.RLIMIT_AS)[1],) * 2)


def _silence() -> None:
    """Close the outlets: a library that dies prints parts of the file."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for outlet in (0, 1, 2):
            os.dup2(nowhere, outlet)


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        parent.join()
        # A window that ends as it should ends this process first; so it died, and perhaps somebody has to say so.
        _lift_limit()
        bear_witness(parent.pid)
        os._exit(0)
