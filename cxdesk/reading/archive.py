"""Looks into zip and gzip files before anything is unpacked, and takes out the one file that can be meant.

Office files are zip archives too. What an archive says about itself is checked against the caps first: both zip layers
that read it later stop at the declared sizes, so a check of the directory is enough.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from cxdesk.job import Job
from cxdesk.reading.guards import LIMITS, MEGABYTE, Limits, damaged, nothing_inside, password
from cxdesk.reading.lexicon import archives
from cxdesk.reading.origin import Origin, from_disk, from_memory
from cxdesk.reading.problem import ReadRefused
from cxdesk.text import Listed, Number, say

_KNOWN = (
    ".csv",
    ".tsv",
    ".tab",
    ".txt",
    ".psv",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".xlsb",
    ".ods",
    ".sav",
    ".zsav",
    ".por",
    ".dta",
)
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"

BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    LookupError,
    ValueError,
    OSError,
    zlib.error,
)
"""What Python's own reader raises for archives that are broken, cut off, encrypted or compressed in unknown ways."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The directory of a zip file: names of its files, their unpacked sizes, and what kind of document it claims."""

    sizes: dict[str, int]
    encrypted: frozenset[str]
    mimetype: bytes

    def find(self, name: str) -> str | None:
        """The real name of a part, letters compared without case; None if there is none."""
        wanted = name.lower().lstrip("/")
        return next((part for part in self.sizes if part.lower().replace("\\", "/").lstrip("/") == wanted), None)


def list_parts(origin: Origin, limits: Limits) -> Parts:
    """Read the directory. Raises `ReadRefused` for broken archives and for those that would unpack without end."""
    try:
        with origin.open() as stream, zipfile.ZipFile(stream) as archive:
            infos = archive.infolist()
            _check(infos, origin.size, limits)
            mimetype = b""
            if any(info.filename == "mimetype" and info.file_size < 200 and not info.flag_bits & 1 for info in infos):
                mimetype = archive.read("mimetype").strip()
    except ReadRefused:
        raise
    except BROKEN_ARCHIVE:
        raise damaged() from None
    files = [info for info in infos if info.filename and not info.filename.endswith("/")]
    encrypted = frozenset(info.filename for info in files if info.flag_bits & 1)
    return Parts({info.filename: info.file_size for info in files}, encrypted, mimetype)


def read_parts(origin: Origin, work: Callable[[zipfile.ZipFile], None]) -> None:
    """Do something with the open archive; broken archives are refused."""
    try:
        with origin.open() as stream, zipfile.ZipFile(stream) as archive:
            work(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, LookupError, zlib.error):
        raise damaged() from None


def is_workbook(parts: Parts) -> bool:
    """Whether this is an Excel workbook of the current kind (.xlsx, .xlsm)."""
    return _has_main_part(parts, "workbook.xml")


def is_binary_workbook(parts: Parts) -> bool:
    """Whether this is Excel's binary kind (.xlsb)."""
    return _has_main_part(parts, "workbook.bin")


def is_open_document(parts: Parts) -> bool:
    """Whether this is an OpenDocument spreadsheet (.ods)."""
    return parts.mimetype.startswith(_OPEN_DOCUMENT) or (
        not parts.mimetype and parts.find("content.xml") is not None and parts.find("META-INF/manifest.xml") is not None
    )


def members(path: str, job: Job, limits: Limits = LIMITS) -> tuple[str, ...]:
    """The files inside a zip archive that may hold answers, in their order; () if it is a workbook or no archive.

    One of them can be read with `Choices.member`. Raises `ReadRefused` for broken archives, and `Cancelled`.
    """
    origin = from_disk(path)
    job.check()
    if not origin.head(4).startswith(b"PK"):
        return ()
    parts = list_parts(origin, limits)
    if is_workbook(parts) or is_binary_workbook(parts) or is_open_document(parts):
        return ()
    return tuple(_candidates(parts))


def only_file(origin: Origin, parts: Parts, job: Job, limits: Limits, *, packed: bool, member: str = "") -> Origin:
    """Take the one file with answers out of a zip archive: ``member`` if it is named.

    Raises `ReadRefused` if there is none, if there are several, or if this is another program's document.
    """
    if packed:
        raise _nested()
    _refuse_documents(parts)
    candidates = _candidates(parts)
    if not candidates:
        raise nothing_inside()
    if member in candidates:
        candidates = [member]
    if len(candidates) > 1:
        candidates = _answers_among(candidates)
    if len(candidates) > 1:
        shown = tuple(PurePosixPath(name).name for name in candidates[:5])
        raise ReadRefused(
            "several_files",
            say(
                "The archive holds {count} files: {names}. It is not clear which one has the answers.",
                count=Number(len(candidates)),
                names=Listed(shown if len(candidates) <= 5 else (*shown, "…")),
            ),
            say("Unpack it and open the file with the answers."),
        )
    name = candidates[0]
    if name in parts.encrypted:
        raise _locked_archive()
    _check_unpacked(parts.sizes[name], limits)
    content: list[bytes] = []

    def take(archive: zipfile.ZipFile) -> None:
        with archive.open(name) as stream:
            content.append(_drain(stream, parts.sizes[name], origin.size, job, limits))

    read_parts(origin, take)
    return from_memory(PurePosixPath(name).name, content[0])


def _candidates(parts: Parts) -> list[str]:
    """The files that may hold answers: those with a known ending, or all if there is no such one."""
    names = [name for name in parts.sizes if not _is_junk(name) and parts.sizes[name]]
    return [name for name in names if name.lower().endswith(_KNOWN)] or names


def _answers_among(candidates: list[str]) -> list[str]:
    """Leave the answers in words, where a platform always packs them with the same answers as codes and a code book."""
    names = {name: PurePosixPath(name).name.casefold() for name in candidates}
    for answers, beside in archives():
        found = [name for name in candidates if names[name] == answers]
        if len(found) == 1 and all(names[name] in beside for name in candidates if name not in found):
            return found
    return candidates


def unpack_gzip(origin: Origin, job: Job, limits: Limits, *, packed: bool) -> Origin:
    """Unpack a gzip file into memory, up to the cap."""
    if packed:
        raise _nested()
    try:
        with origin.open() as raw, gzip.GzipFile(fileobj=raw) as stream:
            content = _drain(stream, 0, origin.size, job, limits)
    except (OSError, EOFError, zlib.error):
        raise damaged() from None
    if not content:
        raise nothing_inside()
    return from_memory(origin.name.removesuffix(".gz"), content)


def _drain(stream: IO[bytes] | gzip.GzipFile, total: int, packed: int, job: Job, limits: Limits) -> bytes:
    buffer = io.BytesIO()
    while block := stream.read(MEGABYTE):
        buffer.write(block)
        _check_unpacked(buffer.tell(), limits)
        if _is_suspicious(buffer.tell(), packed, limits):
            raise _unpacks_too_far()
        job.progress(say("Unpacking the file"), buffer.tell() >> 20, total >> 20)
        job.check()
    return buffer.getvalue()


def _check(infos: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    """Refuse what a single part, or all of them together, would unpack to; parts may even share their packed bytes."""
    bomb = len(infos) > limits.parts or _is_suspicious(sum(info.file_size for info in infos), size, limits)
    for info in infos:
        bomb = bomb or info.file_size > limits.part_bytes or _is_suspicious(info.file_size, info.compress_size, limits)
    if bomb:
        raise _unpacks_too_far()


def _is_suspicious(unpacked: int, packed: int, limits: Limits) -> bool:
    return unpacked > limits.ratio_from and unpacked > limits.ratio * max(packed, 1)


def _unpacks_too_far() -> ReadRefused:
    return ReadRefused(
        "unpacks_too_far",
        say("Unpacked, the file would become far larger than any survey. It may be broken or meant to do harm."),
        say("Export the answers again from the survey tool and open that file."),
    )


def _check_unpacked(size: int, limits: Limits) -> None:
    if size > limits.unpacked_bytes:
        raise ReadRefused(
            "unpacked_too_big",
            say("Unpacked, the file is larger than {count} MB.", count=Number(limits.unpacked_bytes >> 20)),
            say("Unpack it yourself and open the file with the answers."),
        )


def _refuse_documents(parts: Parts) -> None:
    if parts.find("word/document.xml") or parts.find("ppt/presentation.xml") or b"opendocument" in parts.mimetype:
        raise ReadRefused(
            "document",
            say("This is a text document or a presentation, not a table of answers."),
            say("Open the survey tool's export of the answers: an Excel, CSV or SPSS file with one row per person."),
        )
    if any(name.endswith(".iwa") for name in parts.sizes):
        raise ReadRefused(
            "numbers",
            say("This is a file of Apple Numbers, which this program does not read."),
            say("In Numbers choose File, Export to, Excel, and open that file."),
        )


def _nested() -> ReadRefused:
    return ReadRefused(
        "nested_archive",
        say("The archive holds another archive."),
        say("Unpack it and open the file with the answers."),
    )


def _locked_archive() -> ReadRefused:
    refusal = password()
    return ReadRefused(
        refusal.code,
        say("The archive is protected with a password."),
        say("Unpack it with the password and open the file inside."),
    )


def _has_main_part(parts: Parts, name: str) -> bool:
    """Whether this is an office package with such a part, which mostly but not always lies in the folder xl."""
    office = parts.find("[Content_Types].xml") is not None
    return parts.find(f"xl/{name}") is not None or (office and any(part.lower().endswith(name) for part in parts.sizes))


def _is_junk(name: str) -> bool:
    return name.startswith(_JUNK) or name.endswith(_JUNK) or PurePosixPath(name).name.startswith("._")
