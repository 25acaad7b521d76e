"""Streams the rows of a Data sheet into the finished workbook, column by column and much faster than cell by cell.

XlsxWriter made the sheet with its header and one row of samples; here that row gives way to the answers. Each distinct
answer is turned into its cell once, and a row is these pieces joined by its number: a million answers take seconds.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

import numpy as np

from cxdesk.job import Job
from cxdesk.render.excel import data
from cxdesk.render.excel.model import DataBlock, SheetModel, Style, WorkbookModel
from cxdesk.render.excel.words import clean, column_letters, looks_like_formula
from cxdesk.render.excel.writer import samples_of
from cxdesk.report.report import DataColumn
from cxdesk.text import say

_CHUNK = 4_000
_MOST_SHARED = 5_000
"""Answers of columns with up to this many different ones are stored once for the whole workbook."""

_BIG = 30_000_000
"""With more cells than this the sheet's part may pass two gigabytes, which needs the larger kind of ZIP entry."""

_LOOKALIKE = re.compile("(_x[0-9a-fA-F]{4}_)")
_STRINGS = "xl/sharedStrings.xml"
_COUNTS = re.compile(r'\b(count|uniqueCount)="(\d+)"')
_SAMPLE = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"/>')
_DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')


def sheet_part(number: int) -> str:
    """The part of the file that holds a sheet, by its 0-based number."""
    return f"xl/worksheets/sheet{number + 1}.xml"


def write_file(base: bytes, model: WorkbookModel, file: IO[bytes], job: Job) -> None:
    """Write the workbook to ``file``: ``base`` from `write_sheets`, with the rows of its Data sheets put in."""
    blocks = {sheet_part(i): sheet for i, sheet in enumerate(model.sheets) if sheet.data is not None}
    if not blocks:
        file.write(base)
        return
    with (
        zipfile.ZipFile(io.BytesIO(base)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        strings = _SharedStrings(source.read(_STRINGS).decode("utf-8"))
        for entry in sorted(source.infolist(), key=lambda entry: entry.filename == _STRINGS):
            info = zipfile.ZipInfo(entry.filename)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = entry.external_attr
            if entry.filename in blocks:
                sheet = blocks[entry.filename]
                text = source.read(entry).decode("utf-8")
                with target.open(info, "w", force_zip64=_cells(sheet) > _BIG) as part:
                    for piece in _sheet(text, sheet, strings, job):
                        part.write(piece.encode("utf-8"))
            else:
                target.writestr(info, strings.xml() if entry.filename == _STRINGS else source.read(entry))


class _SharedStrings:
    """The list of texts that cells of the whole workbook point to, continued with the answers of its Data sheets."""

    def __init__(self, xml: str) -> None:
        self._head, _, rest = xml.partition("<sst ")
        attributes, _, self._items = rest.removesuffix("</sst>").partition(">")
        counts = dict(_COUNTS.findall(attributes))
        self._uses, self._size = int(counts["count"]), int(counts["uniqueCount"])
        self._space = _COUNTS.sub("", attributes).strip()
        self._added: list[str] = []

    def add(self, text: str, uses: int) -> int:
        """Add a text that many cells use; return its number."""
        self._added.append(f"<si>{_t(text)}</si>")
        self._uses += uses
        self._size += 1
        return self._size - 1

    def xml(self) -> str:
        """The whole list."""
        start = f'{self._head}<sst {self._space} count="{self._uses}" uniqueCount="{self._size}">'
        return f"{start}{self._items}{''.join(self._added)}</sst>"


def _cells(sheet: SheetModel) -> int:
    return 0 if sheet.data is None else (sheet.data.last - sheet.data.first) * len(sheet.data.columns)


def _sheet(text: str, sheet: SheetModel, strings: _SharedStrings, job: Job) -> Iterator[str]:
    """The sheet's XML with the answers in place of the row of samples."""
    block = sheet.data
    if block is None:
        yield text
        return
    before, _, rest = text.partition(f'<row r="{block.row + 1}"')
    sample, closing, after = rest.partition("</sheetData>")
    looks = [int(number) for number in _SAMPLE.findall(sample)]
    samples = samples_of(block)
    if len(looks) != len(samples):
        raise ValueError("the sample row of a Data sheet was not found")
    last = f"{column_letters(block.column + len(block.columns) - 1)}{block.row + block.last - block.first}"
    yield _DIMENSION.sub(f'<dimension ref="A1:{last}"/>', before, count=1)
    yield from _rows(block, dict(zip(samples, looks, strict=True)), strings, job)
    yield closing + after


def _rows(block: DataBlock, looks: dict[Style, int], strings: _SharedStrings, job: Job) -> Iterator[str]:
    count = len(block.columns)
    ends = [
        f'</c><c r="{column_letters(block.column + i + 1)}' if i + 1 < count else "</c></row>" for i in range(count)
    ]
    run = slice(block.first, block.last)
    makers = [_maker(column, run, looks, strings, end) for column, end in zip(block.columns, ends, strict=True)]
    begin = f'><c r="{column_letters(block.column)}'
    heights = block.heights
    total = block.last - block.first
    for first in range(block.first, block.last, _CHUNK):
        job.progress(say("Writing the answers"), first - block.first, total)
        job.check()
        last = min(first + _CHUNK, block.last)
        columns = [make(first, last) for make in makers]
        top = block.row + 1 + first - block.first
        starts = [f'"{begin}'] * (last - first)
        if heights is not None:
            starts = [f'" ht="{points:g}" customHeight="1"{begin}' for points in heights[first:last].tolist()]
        yield "".join(
            [
                str(row).join(('<row r="', start, *pieces))
                for row, (start, *pieces) in enumerate(zip(starts, *columns, strict=True), start=top)
            ]
        )


def _maker(
    column: DataColumn, run: slice, looks: dict[Style, int], strings: _SharedStrings, end: str
) -> Callable[[int, int], list[str]]:
    """For respondents from .. to: the rest of the cell after its row number, and the start of the next cell."""
    style = looks[data.column_styles(column)]
    quoted = looks[data.quoted(column)]
    empty = f'" s="{style}">{end}'

    def number(value: float) -> str:
        held = data.cell_number(value, is_date=column.is_date)
        if isinstance(held, str):
            return f'" s="{style}" t="inlineStr"><is>{_t(held)}</is>{end}'
        return empty if held is None else f'" s="{style}"><v>{held!r}</v>{end}'

    def text(value: str, uses: int = 0) -> str:
        tidy = clean(value)
        if not tidy:
            return empty
        look = quoted if looks_like_formula(tidy) else style
        if uses:
            return f'" s="{look}" t="s"><v>{strings.add(tidy, uses)}</v>{end}'
        return f'" s="{look}" t="inlineStr"><is>{_t(tidy)}</is>{end}'

    codes, values, numbers = column.codes, column.values, column.numbers
    if codes is not None and values is not None:
        if len(values) <= _MOST_SHARED:
            uses = np.bincount(codes[run], minlength=len(values)).tolist()
            ready = [text(value, count) if count else empty for value, count in zip(values, uses, strict=True)]
            return lambda first, last: [ready[code] for code in codes[first:last].tolist()]
        return lambda first, last: [text(values[code]) for code in codes[first:last].tolist()]
    if numbers is None:
        return lambda first, last: [empty] * (last - first)
    few = np.unique(numbers[: 10 * _CHUNK])
    known = {value: number(value) for value in few.tolist()} if len(few) <= _CHUNK else {}
    return lambda first, last: [known.get(value) or number(value) for value in numbers[first:last].tolist()]


def _t(text: str) -> str:
    """A text as XML; look-alikes of Excel's escapes are escaped themselves."""
    safe = html.escape(_LOOKALIKE.sub(r"_x005F\1", text) if "_x" in text else text, quote=False)
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<t{kept}>{safe}</t>"
