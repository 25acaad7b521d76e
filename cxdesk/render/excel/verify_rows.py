"""Compares every row of a Data sheet with the answers that it should hold.

Up to some million cells the sheet is read with calamine. Beyond that calamine would need gigabytes, so the rows are
read from the file in pieces while an XML parser goes through all of it.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineWorkbook

from cxdesk.job import Job
from cxdesk.render.excel import data, words
from cxdesk.render.excel.model import DataBlock
from cxdesk.render.excel.rows import sheet_part

MOST_AT_ONCE = 6_000_000
"""Cells that are read at once; calamine needs about 180 bytes for each."""

_CHUNK = 4_000
_BLOCK = 1 << 20
_PRECISION = 1e-14
_MOMENT = 1e-7
"""A hundredth of a second, in days."""

_ESCAPED = re.compile("_x005F(_x[0-9a-fA-F]{4}_)")
_ROW = re.compile(r'<row r="(\d+)"[^>]*>(.*?)</row>', re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(?:<is><t[^>]*>([^<]*)</t></is>|<v>([^<]*)</v>)?</c>)')
_SHARED = re.compile(r"<si><t[^>]*>([^<]*)</t></si>")


def differing_cell(
    content: bytes, number: int, tab: str, block: DataBlock, job: Job, most_at_once: int = MOST_AT_ONCE
) -> str:
    """The first cell of sheet ``number`` that does not hold its answer, as "B6"; "" if every cell does."""
    if (block.last - block.first) * len(block.columns) <= most_at_once:
        rows = iter(_read_at_once(content, tab, block))
    else:
        rows = _read_in_pieces(content, sheet_part(number), block, job)
    for start in range(block.first, block.last, _CHUNK):
        job.check()
        until = min(start + _CHUNK, block.last)
        read = list(islice(rows, until - start))
        for position, column in enumerate(block.columns):
            # Rows and columns without any answer at the end are not stored.
            found = [row[position] if position < len(row) else "" for row in read]
            found += [""] * (until - start - len(read))
            wrong = _first_difference(data.column_values(column, start, until), found)
            if wrong is not None:
                return words.cell_reference(block.row + start - block.first + wrong, block.column + position)
    return "" if next(rows, None) is None else words.cell_reference(block.row + block.last - block.first, block.column)


def _read_at_once(content: bytes, tab: str, block: DataBlock) -> list[list[Any]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(tab)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    return [row[block.column :] for row in rows[block.row :]]


def _read_in_pieces(content: bytes, part: str, block: DataBlock, job: Job) -> Iterator[list[Any]]:
    parser = expat.ParserCreate()
    rest = ""
    expected = block.row + 1
    with zipfile.ZipFile(io.BytesIO(content)) as source, source.open(part) as file:
        shared = [unescape(text) for text in _SHARED.findall(source.read("xl/sharedStrings.xml").decode("utf-8"))]
        while piece := file.read(_BLOCK):
            job.check()
            parser.Parse(piece, False)
            # A character of several bytes may be cut in two, so only whole rows are decoded.
            rest += piece.decode("utf-8", "surrogateescape")
            end = 0
            for row in _ROW.finditer(rest):
                end = row.end()
                if int(row[1]) == expected:
                    expected += 1
                    yield _values(row[2].encode("utf-8", "surrogateescape").decode("utf-8"), block, shared)
            rest = rest[end:]
        parser.Parse(b"", True)


def _values(row: str, block: DataBlock, shared: list[str]) -> list[Any]:
    found: list[Any] = [""] * len(block.columns)
    for letters, kind, text, number in _CELL.findall(row):
        position = words.column_number(letters) - block.column
        if number:
            found[position] = shared[int(number)] if 't="s"' in kind else float(number)
        else:
            found[position] = unescape(text)
    return found


def _first_difference(meant: list[Any], found: list[Any]) -> int | None:
    plain = ["" if value is None else value for value in meant]
    if plain == found:
        return None
    pairs = enumerate(zip(plain, found, strict=True))
    return next((index for index, (value, read) in pairs if value != read and not _reads_as(value, read)), None)


def _reads_as(meant: Any, found: Any) -> bool:
    """Whether a value came back in other clothes: a day as a date, a number with its last digit rounded."""
    if isinstance(found, datetime.date):
        moment = found if isinstance(found, datetime.datetime) else datetime.datetime.combine(found, datetime.time())
        found = (moment - data.EPOCH) / datetime.timedelta(days=1) + data.EXCEL_EPOCH
        return isinstance(meant, int | float) and abs(meant - found) < _MOMENT
    if isinstance(meant, str) and isinstance(found, str):
        return _ESCAPED.sub(r"\1", found) == meant
    numbers = isinstance(meant, int | float) and isinstance(found, int | float)
    return numbers and abs(meant - found) <= _PRECISION * abs(meant)
