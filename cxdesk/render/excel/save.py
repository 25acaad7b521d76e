"""Puts a finished file in its place so that at every moment the old or the new one is whole (RELIABILITY.md 6.1).

The file is written beside its target under another name, forced to the disk, read back, and only then takes the place.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from cxdesk.render.excel.problem import REPORT, held, refusal
from cxdesk.text import Text

_MOST_COPIES = 100
_ATTEMPTS = 10 if os.name == "nt" else 1
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Written:
    """Where the file was saved. ``renamed``: the wanted file was open elsewhere, so it got another name."""

    path: str
    renamed: bool


def save(target: str, content: bytes, what: Text = REPORT, *, other_name: bool = True) -> Written:
    """Put ``content`` at ``target`` and return where it is; ``what`` it is appears in the words of a refusal.

    The folder is made if it is missing. A target that another program holds is left alone: the file is saved as
    "name (2).xlsx", or refused without ``other_name``. Raises `SaveRefused` if the disk says no; nothing is left
    behind and the old file stays whole.
    """
    wanted = Path(os.path.realpath(target))
    temporary = wanted.with_name(f".{wanted.stem[:40]}.{os.getpid()}.tmp")
    try:
        wanted.parent.mkdir(parents=True, exist_ok=True)
        sweep(wanted)
        try:
            _write_through(temporary, content)
            path = _put_in_place(temporary, wanted, other_name=other_name)
        finally:
            with suppress(OSError):
                temporary.unlink()
        _sync_folder(wanted.parent)
    except _Held:
        raise held(what) from None
    except OSError as problem:
        raise refusal(problem, what, len(content), _free(wanted.parent)) from None
    return Written(str(path), path != wanted)


class _Held(Exception):
    """Another program has the target open."""


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _write_through(path: Path, content: bytes) -> None:
    """Write a new file, force it to the disk, and look at what arrived there."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with suppress(FileNotFoundError):
        path.unlink()
    with os.fdopen(os.open(path, flags, 0o666), "w+b") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        if file.read() != content:
            raise OSError(errno.EIO, "not what was written")


def _put_in_place(temporary: Path, wanted: Path, *, other_name: bool) -> Path:
    for attempt in range(_ATTEMPTS):
        try:
            temporary.replace(wanted)
        except PermissionError:
            if attempt + 1 < _ATTEMPTS:
                # A virus scanner or a sync program often lets go within half a second.
                time.sleep(_PAUSE)
        else:
            return wanted
    if not other_name:
        raise _Held
    for number in range(2, _MOST_COPIES):
        other = wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
        if not other.exists():
            temporary.replace(other)
            return other
    raise PermissionError(errno.EACCES, "every name is taken")


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a loss of power, where the system can do that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as problem:
        # Some network drives cannot; the file itself is safe by now.
        if problem.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(descriptor)


def sweep(wanted: Path) -> None:
    """Remove what a run that was killed left beside the target."""
    for left in wanted.parent.glob(".*.tmp"):
        stem, _, process = left.name.removesuffix(".tmp").rpartition(".")
        if stem == f".{wanted.stem[:40]}" and process.isdigit() and not psutil.pid_exists(int(process)):
            with suppress(OSError):
                left.unlink()
