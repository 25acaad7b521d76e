"""Reads text files with separated columns: CSV, TSV and whatever spreadsheets and survey tools call by these names.

The fast way is pandas' C parser, told exactly how wide the file is; it is only taken when nothing about the file could
make that parser drop or cut a cell. Everything else is read by Python's own parser, which keeps every row as it is.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, TextIO

import numpy as np
from numpy.typing import NDArray

from cxdesk.job import Job
from cxdesk.reading.cells import Cells
from cxdesk.reading.delimiter import Dialect, find_dialect
from cxdesk.reading.encoding import Encoding, find_encoding
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.guards import MEGABYTE, Limits, announce, check_columns, damaged, long_cell
from cxdesk.reading.origin import Origin
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.receipt import Unused
from cxdesk.text import Number, say, say_n

if TYPE_CHECKING:
    import pandas as pd

_SAMPLE = 1 << 19
_FAST_FROM = 2 * MEGABYTE
_FAST_ROWS = 1 << 18
_JUDGED_ROWS = 2_000
_FEW = 0.2
_SLOW_ROWS = 4_096
_STOP = "\x00end\x00"


def read_text(origin: Origin, choices: Choices, job: Job, skip: frozenset[str], limits: Limits) -> Grid:
    """Read a text file. Raises `ReadRefused` if it is no table of text or too large."""
    encoding = find_encoding(origin, choices.encoding, job)
    sample, whole = _sample(origin, encoding)
    dialect = find_dialect(sample, choices.delimiter, whole=whole)
    cells: Cells | None = None
    notes: list[Unused] = []
    shape = _scan(origin, encoding, dialect, job, limits)
    if shape.fast and origin.size >= _FAST_FROM and "pandas" not in skip:
        announce(job, "pandas")
        cells = _read_fast(origin, encoding, dialect, shape, job, limits)
    if cells is None:
        if "csv" in skip:
            raise damaged()
        announce(job, "csv")
        cells, notes = _read_slow(origin, encoding, dialect, shape, job, limits)
    if encoding.unreadable:
        notes.append(_unreadable(encoding))
    columns, rows = cells.finish(decimal_comma=True)
    return Grid(
        columns,
        rows,
        container="tsv" if dialect.delimiter == "\t" else "csv",
        name=origin.name,
        encoding=encoding.name,
        delimiter=dialect.delimiter,
        unused=tuple(notes),
    )


def _sample(origin: Origin, encoding: Encoding) -> tuple[str, bool]:
    with origin.open() as stream:
        stream.seek(encoding.skip)
        block = stream.read(_SAMPLE)
    text = codecs.getincrementaldecoder(encoding.codec)("replace").decode(block)
    return text, encoding.skip + len(block) >= origin.size


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a quick look at all bytes found: the most fields of a record, its lines, and whether pandas may read it."""

    width: int
    lines: int
    fast: bool
    doubled_returns: bool


def _scan(origin: Origin, encoding: Encoding, dialect: Dialect, job: Job, limits: Limits) -> _Shape:
    """Count separators per record, outside quotes, and refuse lines that no survey has.

    The count is exact where quotes are doubled as they should be; a file where they are not is not read fast, because
    then the number of fields that pandas is told might be wrong.
    """
    comma = ord(dialect.delimiter) if dialect.delimiter.isascii() and len(dialect.delimiter) == 1 else 0
    orderly = comma > 0
    count = _FieldCount(comma)
    lines = unfinished = 0
    doubled = False
    tail = b"\n"
    for block in _utf8_blocks(origin, encoding):
        job.check()
        data = np.frombuffer(block, dtype=np.uint8)
        breaks = np.flatnonzero((data == 10) | (data == 13))
        unfinished = _longest(breaks, unfinished, len(data), limits)
        lines += block.count(b"\n")
        doubled = doubled or b"\r\r\n" in tail + block
        orderly = orderly and b"\0" not in block and count.add(data, tail[-1])
        tail = block[-2:] or tail  # half a character at the end of a file is decoded to nothing
    if orderly:
        check_columns(count.widest, limits)
    return _Shape(count.widest, lines, orderly and not count.inside and not doubled, doubled)


class _FieldCount:
    """Counts the fields of each record over blocks of bytes, as long as every quote stands where it should."""

    def __init__(self, delimiter: int) -> None:
        self.widest = 1
        self.inside = 0
        self._delimiter = delimiter
        self._fields = 0

    def add(self, data: NDArray[np.uint8], before: int) -> bool:
        """Count on; ``before`` is the byte in front of this block. False if a quote stands inside a field."""
        marks = np.flatnonzero((data == 34) | (data == self._delimiter) | (data == 10) | (data == 13))
        if not len(marks):
            return True
        kinds = data[marks]
        quotes = np.cumsum(kinds == 34) + self.inside
        opening = marks[(kinds == 34) & (quotes & 1 == 1)]
        left = np.where(opening > 0, data[opening - 1], before)
        if not np.isin(left, (34, self._delimiter, 10, 13)).all():
            return False
        outside = (quotes & 1) == 0
        delimiters = np.cumsum((kinds == self._delimiter) & outside)
        at_ends = delimiters[((kinds == 10) | (kinds == 13)) & outside]
        total = int(delimiters[-1])
        if len(at_ends):
            further = int(np.diff(at_ends).max(initial=0))
            self.widest = max(self.widest, self._fields + int(at_ends[0]) + 1, further + 1)
            self._fields = total - int(at_ends[-1])
        else:
            self._fields += total
        self.widest = max(self.widest, self._fields + 1)
        self.inside = int(quotes[-1]) & 1
        return True


def _longest(breaks: NDArray[np.intp], before: int, size: int, limits: Limits) -> int:
    """Check the lengths of lines; return how many bytes the unfinished last one has so far."""
    if not len(breaks):
        longest = rest = before + size
    else:
        longest = max(before + int(breaks[0]), int(np.diff(breaks).max(initial=0)))
        rest = size - int(breaks[-1])
    if max(longest, rest) > limits.line:
        raise ReadRefused(
            "long_line",
            say(
                "A single line of the file is longer than {count} MB. That is not a table of answers.",
                count=Number(limits.line / MEGABYTE),
            ),
            say("Check that this is the export of the answers, saved as CSV or as an Excel file."),
        )
    return rest


def _utf8_blocks(origin: Origin, encoding: Encoding) -> Iterator[bytes]:
    with origin.open() as stream:
        stream.seek(encoding.skip)
        if encoding.codec == "utf-8":
            while block := stream.read(MEGABYTE):
                yield block
            return
        decoder = codecs.getincrementaldecoder(encoding.codec)("replace")
        while block := stream.read(MEGABYTE):
            yield decoder.decode(block).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _read_fast(
    origin: Origin, encoding: Encoding, dialect: Dialect, shape: _Shape, job: Job, limits: Limits
) -> Cells | None:
    """Read with pandas' C parser, all cells as text; None if it stumbles and the slow way has to be taken."""
    import pandas as pd  # noqa: PLC0415 - it takes longer than a small file

    cells = Cells(limits.text_rows, limits)
    try:
        repeating = _repeating(origin, encoding, dialect, shape)
        with _opened_fast(origin, encoding, dialect) as stream:
            for chunk in _frames(stream, dialect, shape, repeating, chunksize=_FAST_ROWS):
                cells.add_coded(len(chunk), [_coded(chunk[name]) for name in chunk.columns[: shape.width]])
                job.progress(say("Opening the file"), cells.rows, max(shape.lines, cells.rows))
                job.check()
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError):
        return None
    return cells


def _frames(
    stream: BinaryIO | TextIO, dialect: Dialect, shape: _Shape, repeating: frozenset[int], chunksize: int
) -> Iterator[pd.DataFrame]:
    """The rows in pieces. Columns that repeat are coded by pandas while it parses, without a string for each cell."""
    import pandas as pd  # noqa: PLC0415 - see above

    return iter(
        pd.read_csv(
            stream,
            sep=dialect.delimiter,
            encoding_errors="replace",
            header=None,
            # One more name than there are fields: pandas would take surplus fields for an index, silently.
            names=range(shape.width + 1),
            index_col=False,
            dtype={place: "category" if place in repeating else object for place in range(shape.width + 1)},
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
            engine="c",
            chunksize=chunksize,
        )
    )


def _repeating(origin: Origin, encoding: Encoding, dialect: Dialect, shape: _Shape) -> frozenset[int]:
    """The columns whose cells repeat in the first rows; none if some characters are unreadable."""
    if encoding.unreadable:
        return frozenset()
    with _opened_fast(origin, encoding, dialect) as stream:
        first = next(_frames(stream, dialect, shape, frozenset(), chunksize=_JUDGED_ROWS))
    return frozenset(place for place in range(shape.width) if first[place].nunique() < _FEW * len(first))


def _coded(column: pd.Series[Any]) -> tuple[NDArray[np.intp], list[Any]]:
    """The codes of a column's cells and the texts that they stand for."""
    import pandas as pd  # noqa: PLC0415 - see above

    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.cat.codes, dtype=np.intp), column.cat.categories.tolist()
    codes, uniques = pd.factorize(column.to_numpy())
    return codes.astype(np.intp, copy=False), list(uniques)


def _opened_fast(origin: Origin, encoding: Encoding, dialect: Dialect) -> BinaryIO | TextIO:
    """The same; UTF-8 as bytes, because pandas would turn the text back into them."""
    if encoding.codec != "utf-8":
        return _opened(origin, encoding, dialect)
    raw = origin.open()
    raw.seek(encoding.skip + dialect.preface)
    return raw


def _opened(origin: Origin, encoding: Encoding, dialect: Dialect) -> TextIO:
    """The text behind its byte order mark and its ``sep=`` line."""
    raw: BinaryIO = origin.open()
    raw.seek(encoding.skip)
    text = io.TextIOWrapper(raw, encoding=encoding.codec, errors="replace", newline="")
    text.read(dialect.preface)
    return text


def _read_slow(
    origin: Origin, encoding: Encoding, dialect: Dialect, shape: _Shape, job: Job, limits: Limits
) -> tuple[Cells, list[Unused]]:
    """Read with Python's parser. If a quote is never closed, quotes are taken for ordinary characters instead."""
    try:
        cells = _parse(origin, encoding, dialect, shape, job, limits, quoting=csv.QUOTE_MINIMAL)
    except csv.Error:
        if shape.fast:
            raise long_cell(limits) from None  # every quote is closed, so the cell is really so long
        cells = None
    if cells is not None:
        return cells, []
    try:
        cells = _parse(origin, encoding, dialect, shape, job, limits, quoting=csv.QUOTE_NONE)
    except csv.Error:
        cells = None
    if cells is None:
        raise long_cell(limits)
    return cells, [
        Unused("open_quote", 1, say("A quotation mark was opened and never closed; quotation marks were read as text."))
    ]


def _parse(
    origin: Origin,
    encoding: Encoding,
    dialect: Dialect,
    shape: _Shape,
    job: Job,
    limits: Limits,
    *,
    quoting: Literal[0, 3],
) -> Cells | None:
    """All records; None if the text ends inside quotes. Raises `csv.Error` if a field is too long."""
    csv.field_size_limit(limits.field)
    cells = Cells(limits.text_rows, limits)
    with _opened(origin, encoding, dialect) as stream:
        lines: Iterator[str] = _single_breaks(stream) if shape.doubled_returns else stream
        # The extra line tells whether the parser was still inside quotes when the text ended.
        reader = csv.reader(itertools.chain(lines, [_STOP]), delimiter=dialect.delimiter, quoting=quoting)
        closed = False
        while rows := list(itertools.islice(reader, _SLOW_ROWS)):
            closed = rows[-1] == [_STOP]
            cells.add_rows(rows[:-1] if closed else rows)
            job.progress(say("Opening the file"), cells.rows, max(shape.lines, cells.rows))
            job.check()
    return cells if closed else None


def _single_breaks(lines: Iterator[str]) -> Iterator[str]:
    """Lines of a file whose line ends were doubled (CR CR LF): the empty ones between them are no records."""
    for line in lines:
        if line == "\r\n":
            continue
        yield line[:-1] + "\r\n" if line.endswith("\r") else line


def _unreadable(encoding: Encoding) -> Unused:
    return Unused(
        "replaced_character",
        encoding.unreadable,
        say_n(
            "1 character could not be read as {encoding} and is shown as \ufffd",
            "{count} characters could not be read as {encoding} and are shown as \ufffd",
            encoding.unreadable,
            encoding=encoding.name,
        ),
    )
