"""Looks through the records of an .xlsb workbook for what the reading library does not tell.

Error cells, hidden rows and columns, and stray cells far away are counted while the records stream by; nothing is kept.
The records and their numbers are those of [MS-XLSB] 2.3 and 2.4.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from cxdesk.job import Job
from cxdesk.reading.archive import BROKEN_ARCHIVE, Parts
from cxdesk.reading.cells import trim
from cxdesk.reading.facts import ERROR_NAMES, Facts
from cxdesk.reading.guards import MEGABYTE, Limits, check_stray
from cxdesk.reading.origin import Origin
from cxdesk.text import say

_ROW, _BLANK, _ERROR, _FORMULA_ERROR = 0, 1, 3, 11
_SHARED_TEXT = 7
_TEXTS = frozenset({6, 8})
_RICH_TEXT = 62
_VALUES = frozenset({2, 4, 5, 9, 10})
_CELLS = _VALUES | _TEXTS | {_ERROR, _FORMULA_ERROR, _SHARED_TEXT, _RICH_TEXT}
_COLUMN, _SHEET, _SHARED_ITEM = 60, 156, 19
_COUNTED_UP_TO = 256 * MEGABYTE
_LONGEST_RECORD = 16 * MEGABYTE
_EVERY = 50_000


def count_cells(origin: Origin, parts: Parts, job: Job, limits: Limits) -> dict[str, Facts]:
    """What stands in each sheet; a sheet that cannot be followed, or is very large, is left out.

    Raises `ReadRefused` "stray_cell" for a sheet whose cells lie too far apart.
    """
    found: dict[str, Facts] = {}
    try:
        with origin.open() as stream, zipfile.ZipFile(stream) as archive:
            blank = _blank_texts(archive, parts, job)
            for name, part in _sheets(archive, parts):
                if parts.sizes[part] <= _COUNTED_UP_TO and (facts := _count(archive, part, blank, job, limits)):
                    found[name] = facts
    except BROKEN_ARCHIVE:
        return found
    except (ParseError, DefusedXmlException, struct.error):
        return found
    return found


def _count(archive: zipfile.ZipFile, part: str, blank: frozenset[int], job: Job, limits: Limits) -> Facts | None:
    errors: Counter[str] = Counter()
    filled = hidden_rows = hidden_columns = row = last_row = far_column = 0
    far_cell = ""
    with archive.open(part) as stream:
        for number, (kind, data) in enumerate(_records(stream)):
            if number % _EVERY == 0:
                job.progress(say("Looking through the sheet"), 0, 0)
                job.check()
            if kind in _CELLS:
                if len(data) < 8:
                    return None
                if not _is_filled(kind, data, blank):
                    continue
                if kind in (_ERROR, _FORMULA_ERROR):
                    errors[ERROR_NAMES.get(data[8], "#?") if len(data) > 8 else "#?"] += 1
                else:
                    filled += 1
                last_row = max(last_row, row + 1)
                column = int.from_bytes(data[:4], "little")
                if column > far_column:
                    far_column, far_cell = column, f"{column_letters(column)}{row + 1}"
            elif kind == _ROW and len(data) >= 12:
                row = int.from_bytes(data[:4], "little")
                hidden_rows += data[11] >> 4 & 1
            elif kind == _COLUMN and len(data) >= 17:
                first, last = struct.unpack_from("<II", data)
                if data[16] & 1 and first <= last < limits.columns - 1:
                    hidden_columns += last - first + 1
    check_stray(last_row, far_column + 1, far_cell, limits)
    return Facts(tuple(sorted(errors.items())), 0, hidden_rows, hidden_columns, filled)


def _is_filled(kind: int, data: bytes, blank: frozenset[int]) -> bool:
    if kind == _SHARED_TEXT:
        return int.from_bytes(data[8:12], "little") not in blank
    if kind in _TEXTS:
        return bool(trim(_wide_text(data, 8)[0]))
    if kind == _RICH_TEXT:
        return bool(trim(_wide_text(data, 9)[0]))
    return True


def column_letters(column: int) -> str:
    """The name of a column counted from 0: 0 is A, 16383 is XFD."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def _records(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records of a part: (number, content). Raises `ValueError` where they make no sense."""
    rest = b""
    while block := stream.read(MEGABYTE):
        data = rest + block
        place = 0
        while (head := _head(data, place)) is not None:
            kind, start, size = head
            if size > _LONGEST_RECORD:
                raise ValueError("no record is so long")
            if start + size > len(data):
                break
            yield kind, data[start : start + size]
            place = start + size
        rest = data[place:]


def _head(data: bytes, place: int) -> tuple[int, int, int] | None:
    """Number of the record at ``place``, where its content starts, and how long it is; None if that is cut off."""
    kind = shift = size = 0
    for _ in range(2):
        if place >= len(data):
            return None
        byte = data[place]
        place += 1
        kind |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    for shift in (0, 7, 14, 21):
        if place >= len(data):
            return None
        byte = data[place]
        place += 1
        size |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
    return kind, place, size


def _wide_text(data: bytes, place: int) -> tuple[str, int]:
    """A text with its length in front, and where it ends."""
    (length,) = struct.unpack_from("<I", data, place)
    end = place + 4 + 2 * length
    if length == 0xFFFFFFFF or end > len(data):
        raise ValueError("a text is longer than its record")
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


def _blank_texts(archive: zipfile.ZipFile, parts: Parts, job: Job) -> frozenset[int]:
    """The positions of shared texts that hold nothing but blanks."""
    part = parts.find("xl/sharedStrings.bin")
    if part is None:
        return frozenset()
    blank = set()
    position = 0
    with archive.open(part) as stream:
        for kind, data in _records(stream):
            if kind != _SHARED_ITEM:
                continue
            if len(data) < 512 and not trim(_wide_text(data, 1)[0]):
                blank.add(position)
            position += 1
            if position % _EVERY == 0:
                job.check()
    return frozenset(blank)


def _sheets(archive: zipfile.ZipFile, parts: Parts) -> list[tuple[str, str]]:
    """Names of the worksheets and their parts."""
    main = parts.find("xl/workbook.bin")
    relations = parts.find("xl/_rels/workbook.bin.rels")
    if main is None or relations is None or max(parts.sizes[main], parts.sizes[relations]) > _LONGEST_RECORD:
        return []
    targets = {}
    for item in fromstring(archive.read(relations)):
        if item.get("Type", "").endswith("/worksheet"):
            targets[item.get("Id", "")] = item.get("Target", "")
    found = []
    with archive.open(main) as stream:
        for kind, data in _records(stream):
            if kind != _SHEET:
                continue
            identity, end = _wide_text(data, 8)
            name, _ = _wide_text(data, end)
            target = targets.get(identity)
            part = target and parts.find(posixpath.normpath(posixpath.join("/xl", target)))
            if part:
                found.append((name, part))
    return found
