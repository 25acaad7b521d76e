"""Looks through the XML of an .xlsx workbook for what the reading libraries do not tell.

Error cells, formulas without a stored result, hidden rows and columns, merged cells, and stray cells far away are
counted while the parts stream by; nothing is kept. A part with a document type declaration is refused, because no
honest program writes one and it could be made to unpack without end.
"""

from __future__ import annotations

import codecs
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from cxdesk.job import Job
from cxdesk.reading.archive import BROKEN_ARCHIVE, Parts
from cxdesk.reading.guards import MEGABYTE, Limits, damaged, password, unsafe
from cxdesk.reading.origin import Origin
from cxdesk.survey.receipt import MOST_SHOWN
from cxdesk.text import say

Merge = tuple[int, int, int, int]
"""A merged area: first row, first column, last row, last column; all counted from 0, both ends included."""

_BLOCK = MEGABYTE
_KEEP_MERGES = 50_000
_SMALL_PART = 32 * MEGABYTE
_SHEET_DATA = re.compile(rb"<(\w+:)?(?:sheetData|dimension|sheetViews|cols)\b")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,9})[\"']")
_CELL_NAME = re.compile(rb"\br=[\"']([A-Z]{1,3}\d{1,7})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_MIN_MAX = re.compile(rb"\b(min|max)=[\"'](\d{1,9})[\"']")
_TWO_LETTERS = re.compile(rb" r=[\"'][A-Z]{2}\d")
_TWO_LETTERS_REACH = 702
_THREE_LETTERS = re.compile(rb" r=[\"'][A-Z]{3}\d")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
ERROR_CODES = frozenset(
    ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
"""How Excel writes its errors, in every language of its menus."""


class _Patterns:
    """What to look for in a sheet whose elements carry this namespace prefix (mostly none).

    Attributes never hold "<", and what may stand between two things is bounded: a file made to keep the search going
    back and forth finds no grip.
    """

    def __init__(self, prefix: bytes) -> None:
        def pattern(text: bytes) -> re.Pattern[bytes]:
            return re.compile(text.replace(b"@", prefix), re.DOTALL)

        self.end_of_value = b"</%sv>" % prefix
        self.end_of_text = b"</%sis>" % prefix
        self.formula = b"<%sf" % prefix
        self.column_start = b"<%scol " % prefix
        formula = rb"(?:<@f\b[^<>]*/>|<@f\b[^<]*</@f>)?"
        self.row = pattern(rb"<@row\b([^<>]*)>")
        self.column = pattern(rb"<@col\b([^<>]*)/?>")
        self.error = pattern(
            rb"<@c\b([^<>]{0,300}?\bt=[\"']e[\"'][^<>]{0,300})>\s{0,99}" + formula + rb"\s{0,99}<@v>([^<]{0,99})<"
        )
        self.bare_formula = pattern(rb"(?:</@f>|<@f\b[^<>]{0,300}/>)\s{0,99}(?:<@v\s{0,99}/>|<@v></@v>)?\s{0,99}</@c>")
        self.merge = pattern(rb"<@mergeCell\b[^<>]{0,300}?\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
        self.second_cell = pattern(rb"<@c\b[^<>]{0,300}?\br=[\"']([A-Z]{2})(\d{1,7})[\"'][^<>]{0,300}(?<!/)>")
        self.far_cell = pattern(rb"<@c\b[^<>]{0,300}?\br=[\"']([A-Z]{3})(\d{1,7})[\"'][^<>]{0,300}(?<!/)>")


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the XML of one sheet tells: filled cells, errors by code, and what is hidden or merged.

    ``error_places`` are the first error cells: (code, name of the cell).
    """

    filled: int
    errors: tuple[tuple[str, int], ...]
    bare_formulas: int
    hidden_rows: int
    hidden_columns: int
    merges: tuple[Merge, ...]
    last_row: int
    far_column: int
    far_cell: str
    error_places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook: its name, whether it is hidden, where its XML lies, and how large that is unpacked."""

    name: str
    hidden: bool
    part: str
    size: int


def list_sheets(origin: Origin, parts: Parts, job: Job) -> tuple[SheetPart, ...]:
    """The worksheets in the order of the workbook. Raises `ReadRefused` for unsafe, locked or broken workbooks."""
    if parts.encrypted:
        raise password()
    try:
        with origin.open() as stream, zipfile.ZipFile(stream) as archive:
            for name in parts.sizes:
                if name.lower().endswith((".xml", ".rels", ".vml")):
                    _refuse_doctype(archive, name)
                    job.check()
            return _sheets(archive, parts)
    except BROKEN_ARCHIVE:
        raise damaged() from None
    except (ParseError, DefusedXmlException):
        raise damaged() from None


def scan_sheet(origin: Origin, sheet: SheetPart, job: Job, limits: Limits) -> SheetFacts:
    """Count what stands in one sheet. Broken parts are counted as far as they go."""
    errors: Counter[str] = Counter()
    places: list[tuple[str, str]] = []
    filled = bare = hidden_rows = hidden_columns = last_row = far_column = 0
    far_cell = ""
    merges: list[Merge] = []
    patterns = _Patterns(b"")
    for position, text in enumerate(windows(origin, sheet.part, job)):
        if position == 0 and (start := _SHEET_DATA.search(text)):
            patterns = _Patterns(start[1] or b"")
        filled += text.count(patterns.end_of_value) + text.count(patterns.end_of_text)
        found = patterns.row.findall(text)
        if found:
            number = _ROW_NUMBER.search(found[-1])
            last_row = max(last_row, int(number[1])) if number else last_row + len(found)
        if b"hidden" in text:
            hidden_rows += sum(bool(_HIDDEN.search(attributes)) for attributes in found)
        if b'"e"' in text or b"'e'" in text:
            found_errors = patterns.error.findall(text)
            errors.update(_code(code) for _, code in found_errors)
            room = MOST_SHOWN - len(places)
            places.extend(_error_place(attributes, code) for attributes, code in found_errors[:room])
        if patterns.formula in text:
            bare += len(patterns.bare_formula.findall(text))
        if patterns.column_start in text:
            hidden_columns += _hidden_columns(patterns.column.findall(text), limits)
        if b"mergeCell" in text and len(merges) < _KEEP_MERGES:
            merges.extend(_merge(*area) for area in patterns.merge.findall(text))
        if _THREE_LETTERS.search(text):
            for letters, digits in patterns.far_cell.findall(text):
                if (column := column_number(letters)) > far_column:
                    far_column, far_cell = column, (letters + digits).decode("ascii")
        job.progress(say("Looking through the sheet"), 0, 0)
    if far_column == 0 and last_row * _TWO_LETTERS_REACH > limits.cells:
        far_column, far_cell = _farthest(origin, sheet, patterns, job)
    return SheetFacts(
        filled,
        tuple(sorted(errors.items())),
        bare,
        hidden_rows,
        hidden_columns,
        tuple(merges),
        last_row,
        far_column,
        far_cell,
        tuple(place for place in places if place[1]),
    )


def _farthest(origin: Origin, sheet: SheetPart, patterns: _Patterns, job: Job) -> tuple[int, str]:
    """The column of a very long sheet farthest to the right, if its name has two letters, and a cell in it."""
    found: dict[bytes, bytes] = {}
    for text in windows(origin, sheet.part, job):
        if _TWO_LETTERS.search(text):
            found.update(patterns.second_cell.findall(text))
    if not found:
        return 0, ""
    letters = max(found, key=column_number)
    return column_number(letters), (letters + found[letters]).decode("ascii")


def column_number(letters: bytes) -> int:
    """The position of a column, counted from 0: A is 0, XFD is 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def windows(origin: Origin, part_name: str, job: Job, name: bytes = b"c") -> Iterator[bytes]:
    """The part in pieces that end between cells; every element called ``name`` lies whole in exactly one piece."""
    rest = b""
    try:
        with origin.open() as stream, zipfile.ZipFile(stream) as archive, archive.open(part_name) as part:
            for block in _narrow(part):
                job.check()
                text = rest + block
                cut = _last_end(text, name)
                if not cut:
                    rest = text if len(text) < 8 * _BLOCK else b""
                    continue
                yield text[:cut]
                rest = text[cut:]
            yield rest
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, LookupError, zlib.error):
        return


def _narrow(part: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a part as UTF-8, whatever it is written in; wide encodings are rare and always marked."""
    block = part.read(_BLOCK)
    if not block.startswith(_WIDE):
        while block:
            yield block
            block = part.read(_BLOCK)
        return
    big = block.startswith((b"\xfe\xff", b"\0<"))
    decoder = codecs.getincrementaldecoder("utf-16-be" if big else "utf-16-le")("replace")
    while block:
        yield decoder.decode(block).encode("utf-8", "replace")
        block = part.read(_BLOCK)


def _last_end(text: bytes, name: bytes) -> int:
    """Where the last element called ``name`` ends, or the last element of any kind if there is none; 0 if none ends."""
    for end in (b"</%s>" % name, b":%s>" % name, b"/>"):
        if (place := text.rfind(end)) >= 0:
            return place + len(end)
    return 0


def _hidden_columns(found: list[bytes], limits: Limits) -> int:
    count = 0
    for attributes in found:
        if _HIDDEN.search(attributes):
            ends = {name: int(number) for name, number in _MIN_MAX.findall(attributes)}
            if ends.get(b"max", 0) < limits.columns:  # hiding everything to the right of the table is decoration
                count += max(ends.get(b"max", 0) - ends.get(b"min", 1) + 1, 0)
    return count


def _error_place(attributes: bytes, code: bytes) -> tuple[str, str]:
    """The code of an error and the name of its cell, "" if the sheet does not tell it."""
    name = _CELL_NAME.search(attributes)
    return _code(code), name[1].decode("ascii") if name else ""


def _code(found: bytes) -> str:
    text = found.decode("utf-8", "replace").strip()
    return text if text in ERROR_CODES else "#?"


def _merge(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Merge:
    return int(top) - 1, column_number(left), int(bottom) - 1, column_number(right)


def _refuse_doctype(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a part that declares a document type in front of its first element."""
    with archive.open(name) as part:
        head = part.read(64 * 1024)
    if head.startswith(_WIDE):
        head = head.replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise unsafe()


def _sheets(archive: zipfile.ZipFile, parts: Parts) -> tuple[SheetPart, ...]:
    main = _main_part(parts)
    if main is None or parts.sizes[main] > _SMALL_PART:
        raise damaged()
    folder, file = posixpath.split(main.replace("\\", "/"))
    relations = parts.find(posixpath.join(folder, "_rels", file + ".rels"))
    targets: dict[str, str] = {}
    if relations is not None and parts.sizes[relations] <= _SMALL_PART:
        for item in fromstring(archive.read(relations)):
            kind = item.get("Type", "").rsplit("/", 1)[-1]
            if kind == "worksheet":
                targets[item.get("Id", "")] = item.get("Target", "")
    sheets = []
    for element in fromstring(archive.read(main)).iter():
        if element.tag.rsplit("}", 1)[-1] != "sheet":
            continue
        identity = next((value for key, value in element.items() if key.rsplit("}", 1)[-1] == "id"), "")
        target = targets.get(identity)
        if target is None:
            continue
        part = parts.find(target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target)))
        if part is not None:
            hidden = element.get("state", "visible") != "visible"
            sheets.append(SheetPart(element.get("name", ""), hidden, part, parts.sizes[part]))
    return tuple(sheets)


def _main_part(parts: Parts) -> str | None:
    found = parts.find("xl/workbook.xml")
    return found or next((name for name in parts.sizes if name.lower().endswith("workbook.xml")), None)
