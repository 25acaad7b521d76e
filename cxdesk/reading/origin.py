"""The file that a person chose, opened read-only by us and never locked, and the check that it stayed as it was.

A reader gets an `Origin`: a name, a size and a way to open the bytes. Whether they lie on disk or came out of a zip
file makes no difference to it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from cxdesk.job import Job
from cxdesk.reading.guards import MEGABYTE, Limits, check_size, nothing_inside
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.dataset import Source
from cxdesk.text import say


@dataclass(frozen=True, slots=True)
class Origin:
    """Bytes with a name. ``open`` gives a new read-only, seekable stream each time."""

    name: str
    size: int
    open: Callable[[], BinaryIO]

    def head(self, count: int) -> bytes:
        """The first ``count`` bytes, or fewer if there are no more."""
        with self.open() as stream:
            return stream.read(count)

    def tail(self, count: int) -> bytes:
        """The last ``count`` bytes, or fewer if there are no more."""
        with self.open() as stream:
            stream.seek(max(self.size - count, 0))
            return stream.read(count)

    def all(self) -> bytes:
        """All bytes; for formats whose readers need the whole file."""
        with self.open() as stream:
            return stream.read()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a file was at one moment: size in bytes, time of its last change in ns, SHA-256 in hex."""

    size: int
    changed: int
    digest: str


def from_disk(path: str) -> Origin:
    """The file at ``path``. Raises `ReadRefused` if it is missing, a folder, or not allowed to be read."""
    place = Path(path)
    try:
        size = place.stat().st_size
        if place.is_dir():
            raise _folder()
        if not place.is_file():
            raise _missing()
        with place.open("rb") as stream:
            stream.read(1)
    except (OSError, ValueError) as problem:
        raise unreadable(problem) from None
    return Origin(place.name, size, lambda: place.open("rb"))


def from_memory(name: str, content: bytes) -> Origin:
    """Bytes that were unpacked from another file."""
    return Origin(name, len(content), lambda: io.BytesIO(content))


def snapshot(path: str, job: Job, limits: Limits) -> Snapshot:
    """Look at a file once through: its size, age and content. Raises `ReadRefused` if it is too big or empty."""
    place = Path(path)
    try:
        before = place.stat()
        check_size(before.st_size, limits)
        if before.st_size == 0:
            raise nothing_inside()
        digest = hashlib.sha256()
        with place.open("rb") as stream:
            while block := stream.read(4 * MEGABYTE):
                digest.update(block)
                job.check()
    except OSError as problem:
        raise unreadable(problem) from None
    return Snapshot(before.st_size, before.st_mtime_ns, digest.hexdigest())


def check_still_there(path: str, before: Snapshot) -> None:
    """Raise `ReadRefused` if the file is gone or was changed since the snapshot, by its size and time alone."""
    try:
        now = Path(path).stat()
    except OSError as problem:
        raise unreadable(problem) from None
    if (now.st_size, now.st_mtime_ns) != (before.size, before.changed):
        raise changed_meanwhile()


def unreadable(problem: Exception) -> ReadRefused:
    """What to tell when the system does not hand over the file's bytes."""
    if isinstance(problem, FileNotFoundError):
        return _missing()
    return _not_allowed() if isinstance(problem, PermissionError) else _unreachable()


def source(path: str, seen: Snapshot, member: str = "") -> Source:
    """Where the answers came from, for the dataset and the notes of a report.

    One of several files in an archive goes by its own name, and no other file of the archive has the same digest.
    """
    place = Path(path)
    if not member:
        return Source(place.name, str(place.parent), seen.size, seen.digest)
    digest = hashlib.sha256(f"{seen.digest} {member}".encode("utf-8", "surrogatepass")).hexdigest()
    return Source(PurePosixPath(member).name, str(place.parent), seen.size, digest)


def changed_meanwhile() -> ReadRefused:
    """The refusal of a file that another program rewrote while it was read."""
    return ReadRefused(
        "changed",
        say("The file was changed by another program while it was being read, so the answers could be mixed up."),
        say("Wait until it is saved, then open it again."),
    )


def _missing() -> ReadRefused:
    return ReadRefused(
        "missing",
        say("The file is not there any more. It may have been moved, renamed or deleted."),
        say("Look for it in its folder and open it from there."),
    )


def _folder() -> ReadRefused:
    return ReadRefused(
        "folder",
        say("This is a folder, not a file."),
        say("Open the folder and choose the file with the answers."),
    )


def _not_allowed() -> ReadRefused:
    return ReadRefused(
        "not_allowed",
        say("This computer does not allow the file to be read, or another program keeps it locked."),
        say("Close it in other programs, or copy it to your documents folder and open the copy."),
    )


def _unreachable() -> ReadRefused:
    return ReadRefused(
        "unreachable",
        say("The file could not be read from its disk. The drive, stick or network folder may be gone."),
        say("Copy the file to this computer and open the copy."),
    )
