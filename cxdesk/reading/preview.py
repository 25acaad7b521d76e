"""How a file would look if it were read in another way: other encodings side by side, other separators, its first rows.

Only the beginning of a text file is looked at; of a workbook the whole sheet, because its libraries give no less. The
worker process does this, since the bytes are a stranger's. Personal items are masked, as everywhere.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from cxdesk.comments.masking import mask
from cxdesk.job import Job
from cxdesk.reading import archive, excel, foreign, spreadsheet_xml, webpage
from cxdesk.reading.container import read_origin
from cxdesk.reading.csv import read_text
from cxdesk.reading.encoding import candidates, find_encoding
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.guards import LIMITS, Limits
from cxdesk.reading.looks import Preview, Rows, Way
from cxdesk.reading.origin import Origin, from_disk, from_memory
from cxdesk.reading.problem import ReadRefused
from cxdesk.reading.statistics_files import statistics_kind

DELIMITERS = (",", ";", "\t", "|")
"""The separators that are offered."""

_HEAD = 1 << 18
_ROWS = 8
_COLUMNS = 12
_LONGEST = 60
_RECORDS = 50
_TELLING_ROWS = 3


def preview(path: str, choices: Choices, job: Job, limits: Limits = LIMITS) -> Preview:
    """Look at the beginning of a file with these choices. Raises `ReadRefused` and `Cancelled`."""
    origin = from_disk(path)
    text = _text_of(origin, choices, job, limits)
    if text is None:
        return Preview(rows=_first_rows(read_origin(origin, choices, job, frozenset(), limits)))
    head = _whole_lines(text.head(_HEAD), whole=text.size <= _HEAD)
    beginning = from_memory(text.name, head)
    ways = []
    for candidate in candidates(head):
        job.check()
        rows = _rows_of(beginning, replace(choices, encoding=candidate.codec), job, limits)
        telling = [row for row in rows if not all(cell.isascii() for cell in row)] or list(rows)
        ways.append(Way(candidate.name, candidate.codec, tuple(telling[:_TELLING_ROWS])))
    encoding = find_encoding(beginning, choices.encoding, job)
    sample = head[encoding.skip :].decode(encoding.codec, "replace")
    delimiters = tuple((sign, _columns(sample, sign)) for sign in DELIMITERS)
    return Preview(tuple(ways), delimiters, _rows_of(beginning, choices, job, limits)[:_ROWS], _is_plain(head))


def _is_plain(head: bytes) -> bool:
    """Whether the beginning is sound UTF-8, apart from a last character that was cut."""
    try:
        head.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return problem.start >= len(head) - 3
    return True


def _text_of(origin: Origin, choices: Choices, job: Job, limits: Limits, *, packed: bool = False) -> Origin | None:
    """The text file itself, also if it lies in an archive; None for everything that is no plain text."""
    head = origin.head(4096)
    if head.startswith(b"PK"):
        parts = archive.list_parts(origin, limits)
        if archive.is_workbook(parts) or archive.is_binary_workbook(parts) or archive.is_open_document(parts):
            return None
        inner = archive.only_file(origin, parts, job, limits, packed=packed, member=choices.member)
        return _text_of(inner, choices, job, limits, packed=True)
    if head.startswith(b"\x1f\x8b"):
        return _text_of(archive.unpack_gzip(origin, job, limits, packed=packed), choices, job, limits, packed=True)
    other = (
        excel.is_old_workbook(head)
        or statistics_kind(head) is not None
        or spreadsheet_xml.is_spreadsheet_xml(head)
        or webpage.is_web_archive(head)
        or webpage.is_webpage(head)
    )
    if other:
        return None
    foreign.refuse_foreign(origin, head)
    return origin


def _whole_lines(head: bytes, *, whole: bool) -> bytes:
    """The beginning without its last line, which may be cut; lines of two-byte texts end after a further zero."""
    end = -1 if whole else head.rfind(b"\n")
    if end < 0:
        return head
    return head[: end + (2 if head[end + 1 : end + 2] == b"\0" else 1)]


def _rows_of(beginning: Origin, choices: Choices, job: Job, limits: Limits) -> Rows:
    try:
        grid = read_text(beginning, choices, job, frozenset(), limits)
    except ReadRefused:
        return ()
    return _first_rows(grid, 4 * _ROWS)


def _first_rows(grid: Grid, count: int = _ROWS) -> Rows:
    rows = (grid.row(row)[:_COLUMNS] for row in range(min(grid.rows, count)))
    return tuple(tuple(_short(cell) for cell in row) for row in rows)


def _short(cell: str) -> str:
    line = " ".join(mask(cell[: 4 * _LONGEST])[0].split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _columns(sample: str, delimiter: str) -> int:
    """How many columns a separator gives in most of the first records."""
    widths: list[int] = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if record:
                widths.append(len(record))
            if len(widths) >= _RECORDS:
                break
    except csv.Error:
        return _usual(widths)
    return _usual(widths)


def _usual(widths: Sequence[int]) -> int:
    return Counter(widths).most_common(1)[0][0] if widths else 0
