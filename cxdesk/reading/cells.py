"""Turns cells that stream out of a file into coded columns, and tidies their texts the same way for every format.

A column keeps each distinct text once and a small number per row. Work on texts is therefore done once per distinct
text, however many rows the file has.
"""

from __future__ import annotations

import contextlib
import datetime
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.grid import GridColumn
from cxdesk.reading.guards import LIMITS, Limits, check_cells, check_columns, check_rows, long_cell
from cxdesk.survey.dataset import Codes, Words

HEADER_ROWS = 20
"""Titles and headers end within so many rows; only there may a date or number column hold other texts."""

_EDGES = "".join(
    char for char in map(chr, range(0x3001)) if char.isspace()
) + "\u180e\u200b\u200c\u200d\u2060\ufeff"  # fmt: skip
_UNSTRIPPED = (*(char for char in _EDGES if not char.isspace()), "\r")
_COMMA_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")
_WHOLE_NUMBER = re.compile(r"-?\d+")
_NUMBER_BEGINNING = re.compile(r"-?\d")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2},\d{3}")


def trim(text: str) -> str:
    """Take spaces of every kind and invisible characters off both ends, and make every line end a line feed."""
    text = text.strip(_EDGES)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def trim_all(texts: list[str]) -> list[str]:
    """`trim` of many texts; much quicker where none holds anything but plain spaces to take off."""
    joined = "".join(texts)
    if any(sign in joined for sign in _UNSTRIPPED):
        return [trim(text) for text in texts]
    return list(map(str.strip, texts))


def show(value: object) -> str:
    """The text of a cell value: numbers the shortest exact way, dates as ISO, truth as TRUE and FALSE."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return _show_float(value)
        case datetime.datetime():
            return _show_moment(value)
        case datetime.date():
            return value.isoformat()
        case datetime.time():
            return value.replace(microsecond=0, tzinfo=None).isoformat()
        case datetime.timedelta():
            return _show_duration(value)
        case _:
            return str(value)


def _show_float(value: float) -> str:
    if math.isnan(value) or math.isinf(value):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _show_moment(value: datetime.datetime) -> str:
    # Spreadsheets store times as fractions of a day: 18:02:00 may come back as 18:01:59.999.
    if value.microsecond:
        with contextlib.suppress(OverflowError):
            value += datetime.timedelta(microseconds=500_000)
        value = value.replace(microsecond=0)
    text = value.isoformat(" ")[:19]
    return text.removesuffix(" 00:00:00")


def _show_duration(value: datetime.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, seconds = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02d}:{minutes:02d}:{seconds:02d}"


class Cells:
    """Collects the cells of one sheet, rows first, and hands them over as columns.

    Rows may have different lengths; what is missing is empty. ``typed`` says that cells are not all strings.
    """

    def __init__(self, rows_cap: int, limits: Limits = LIMITS, *, typed: bool = False) -> None:
        """Start empty; more rows than ``rows_cap`` are refused."""
        self.rows = 0
        self._rows_cap = rows_cap
        self._limits = limits
        self._typed = typed
        self._tables: list[defaultdict[Any, int]] = []
        self._chunks: list[list[tuple[int, Codes]]] = []
        self._coded: list[list[Any] | None] = []

    @property
    def width(self) -> int:
        """How many columns there are so far."""
        return len(self._tables)

    def add_rows(self, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows at the bottom. Raises `ReadRefused` if the table outgrows the limits."""
        self._grow(len(rows), max(map(len, rows), default=0))
        for position, column in enumerate(itertools.zip_longest(*rows, fillvalue="")):
            cells: Iterable[Any] = column
            if self._typed and bool in set(map(type, column)):
                # True and 1 are the same key of a dictionary, but not the same answer.
                cells = [show(cell) if isinstance(cell, bool) else cell for cell in column]
            table = self._tables[position]
            codes = np.fromiter(map(table.__getitem__, cells), dtype=np.uint32, count=len(rows))
            self._keep(position, self.rows, codes)
        self.rows += len(rows)

    def add_coded(self, count: int, columns: Iterable[tuple[NDArray[np.intp], Iterable[Any]]]) -> None:
        """Add ``count`` rows that a library already coded: per column the codes and what they stand for."""
        coded = list(columns)
        self._grow(count, len(coded))
        for position, (codes, uniques) in enumerate(coded):
            lookup = self._places(position, list(uniques))
            self._keep(position, self.rows, lookup[codes] if len(lookup) else np.zeros(count, np.uint32))
        self.rows += count

    def _places(self, position: int, uniques: list[Any]) -> NDArray[np.uint32]:
        """Where each of some distinct values stands in the column's table; the first ones need no looking up."""
        table, first = self._tables[position], self._coded[position]
        if first is not None:
            table.default_factory = itertools.count(len(first)).__next__
            table.update(zip(first, range(len(first)), strict=True))
            self._coded[position] = None
        elif len(table) == 1:
            places = np.arange(1, len(uniques) + 1, dtype=np.uint32)
            if "" in uniques:
                blank = uniques.index("")
                places[blank] = 0
                places[blank + 1 :] -= 1
                del uniques[blank]
            self._coded[position] = ["", *uniques]
            return places
        return np.fromiter(map(table.__getitem__, uniques), dtype=np.uint32, count=len(uniques))

    def finish(self, *, decimal_comma: bool = False) -> tuple[tuple[GridColumn, ...], int]:
        """Give the columns and the number of rows, without empty columns at the sides and empty rows at the end.

        ``decimal_comma`` asks for "3,5" to become "3.5" where a whole column is written that way.
        """
        coded = [self._tidy(position) for position in range(self.width)]
        while coded and not coded[-1][1]:
            coded.pop()
        while coded and not coded[0][1]:
            coded.pop(0)
        rows = max((_last(codes > 0) + 1 for codes, texts, _ in coded if texts), default=0)
        columns = []
        for codes, texts, dated in coded:
            dates = _below_header(codes[:rows], texts, dated)
            numbered = _decimal_points(codes[:rows], texts) if decimal_comma and not dates else (codes[:rows], texts)
            columns.append(_column(*numbered, dates=dates))
        return tuple(columns), rows

    def _grow(self, count: int, width: int) -> None:
        check_rows(self.rows + count, self._rows_cap)
        width = max(width, self.width)
        check_columns(width, self._limits)
        check_cells(self.rows + count, width, self._limits)
        while self.width < width:
            table: defaultdict[Any, int] = defaultdict(itertools.count(1).__next__)
            table[""] = 0
            self._tables.append(table)
            self._chunks.append([])
            self._coded.append(None)

    def _size(self, position: int) -> int:
        return len(self._coded[position] or self._tables[position])

    def _keep(self, position: int, start: int, codes: NDArray[np.uint32]) -> None:
        if codes.any():
            self._chunks[position].append((start, codes.astype(np.min_scalar_type(self._size(position)))))

    def _tidy(self, position: int) -> tuple[Codes, list[str], NDArray[np.bool_]]:
        """One column with its texts tidied: codes with 0 = empty, texts of codes 1.., which of these are dates."""
        table, chunks = self._tables[position], self._chunks[position]
        codes = np.zeros(self.rows, dtype=np.min_scalar_type(self._size(position)))
        for start, chunk in chunks:
            codes[start : start + len(chunk)] = chunk
        chunks.clear()
        keys = self._coded[position] or list(table)
        self._coded[position] = None
        table.clear()
        if set(map(type, keys)) == {str}:
            if max(map(len, keys)) > self._limits.field:
                raise long_cell(self._limits)
            texts = trim_all(keys)
            dated = np.zeros(len(keys), dtype=np.bool_)
        else:
            texts = trim_all([show(key) for key in keys])
            if max(map(len, texts)) > self._limits.field:
                raise long_cell(self._limits)
            dated = np.fromiter((isinstance(key, datetime.date) for key in keys), dtype=np.bool_)
        if texts == keys:
            return _first_seen(codes, texts, dated)
        places = dict.fromkeys(texts)
        if len(places) == len(texts):
            return _first_seen(codes, texts, dated)
        for place, text in enumerate(places):
            places[text] = place
        lookup = np.fromiter(map(places.__getitem__, texts), dtype=np.uint32)
        kept = np.zeros(len(places), dtype=np.bool_)
        kept[lookup[::-1]] = dated[::-1]
        return _first_seen(lookup[codes], list(places), kept)


def _first_seen(codes: Codes, texts: list[str], dated: NDArray[np.bool_]) -> tuple[Codes, list[str], NDArray[np.bool_]]:
    """Renumber codes in the order in which their texts first appear; texts that never appear are dropped."""
    highest = np.maximum.accumulate(codes)
    if len(codes) and codes[0] <= 1 and highest[-1] == len(texts) - 1 and np.diff(highest).max(initial=0) <= 1:
        return codes, texts[1:], dated
    first = np.full(len(texts), len(codes), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    first[0] = -1
    order = np.argsort(first, kind="stable")
    order = order[first[order] < len(codes)] if len(codes) else order[:1]
    lookup = np.zeros(len(texts), dtype=np.min_scalar_type(max(len(order) - 1, 1)))
    lookup[order] = np.arange(len(order))
    return lookup[codes], [texts[code] for code in order[1:].tolist()], dated[order]


def _below_header(codes: Codes, texts: list[str], wanted: NDArray[np.bool_]) -> bool:
    """True if every filled cell is wanted, except for words in the first rows, and there is at least one."""
    is_wanted = wanted[codes]
    if not is_wanted.any():
        return False
    first = int(np.argmax(is_wanted))
    others = (codes > 0) & ~is_wanted
    if first > HEADER_ROWS or _last(others) >= first:
        return False
    return not any(_WHOLE_NUMBER.fullmatch(texts[code - 1]) for code in codes[others].tolist())


def _decimal_points(codes: Codes, texts: list[str]) -> tuple[Codes, list[str]]:
    """Write decimal commas as points if the whole column below its header is numbers with them (FORMATS.md 1.4).

    A column where every comma could also separate thousands ("1,234") stays as it is.
    """
    beginning = texts[: 4 * HEADER_ROWS]
    if sum(not _NUMBER_BEGINNING.match(text) for text in beginning) > HEADER_ROWS:
        return codes, texts  # plainly no numbers; columns of comments are long
    if not any("," in text for text in texts):
        return codes, texts
    commas = [bool(_COMMA_NUMBER.fullmatch(text)) for text in texts]
    certain = any(comma and not _THOUSANDS.fullmatch(text) for text, comma in zip(texts, commas, strict=True))
    if not certain:
        return codes, texts
    numbers = [comma or bool(_WHOLE_NUMBER.fullmatch(text)) for text, comma in zip(texts, commas, strict=True)]
    if not _below_header(codes, texts, np.array([False, *numbers])):
        return codes, texts
    merged: dict[str, int] = {"": 0}
    lookup = np.zeros(len(texts) + 1, dtype=codes.dtype)
    for code, (text, comma) in enumerate(zip(texts, commas, strict=True), start=1):
        number = text.replace(".", "").replace(",", ".") if comma else text
        lookup[code] = merged.setdefault(number, len(merged))
    return lookup[codes], list(merged)[1:]


def _last(marks: NDArray[np.bool_]) -> int:
    """The position of the last true mark, or -1."""
    found = np.flatnonzero(marks)
    return int(found[-1]) if len(found) else -1


def _column(codes: Codes, texts: list[str], *, dates: bool) -> GridColumn:
    values = Words.of(["", *texts])
    return GridColumn(codes.astype(np.min_scalar_type(len(texts)), copy=False), values, dates=dates)
