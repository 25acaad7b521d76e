"""Builds sheets from the XML of an OpenDocument spreadsheet while it streams by."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from typing import Any

from cxdesk.job import Job
from cxdesk.reading.cells import HEADER_ROWS, Cells
from cxdesk.reading.facts import Facts
from cxdesk.reading.grid import GridColumn
from cxdesk.reading.guards import MEGABYTE, Limits, check_cells, check_columns, check_rows, guarded_parser
from cxdesk.reading.merged import MergedCells
from cxdesk.reading.sheet_xml import ERROR_CODES
from cxdesk.text import say

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_EXTENDED = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_DURATION = re.compile(r"(-)?P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_CELLS = frozenset({_TABLE + "table-cell", _TABLE + "covered-table-cell"})
_ROW = _TABLE + "table-row"
_ASIDE = frozenset({_TABLE + "tracked-changes", _TABLE + "dde-links", _OFFICE + "annotation", _TEXT + "ruby-text"})
"""Elements whose content is no cell: old versions, links, comments, readings of Chinese characters."""
_ROWS_REPEATED = _TABLE + "number-rows-repeated"
_COLUMNS_REPEATED = _TABLE + "number-columns-repeated"
_COLUMNS_SPANNED = _TABLE + "number-columns-spanned"
_ROWS_SPANNED = _TABLE + "number-rows-spanned"
_NUMBERS = frozenset({"float", "percentage", "currency"})
_STEP = 2_048


class OdsSheet:
    """One sheet while it streams by: its cells, its first rows, and what is hidden, merged or wrong in it."""

    def __init__(self, name: str, limits: Limits, *, hidden: bool) -> None:
        self.name = name
        self.hidden = hidden
        self.filled = 0
        self.first_rows: list[list[Any]] = []
        self.errors: Counter[str] = Counter()
        self.hidden_rows = 0
        self.hidden_columns = 0
        self._limits = limits
        self._cells = Cells(limits.sheet_rows, limits, typed=True)
        self._rows: list[list[Any]] = []
        self._empty = 0
        self._areas: list[tuple[int, int, int, int]] = []
        self._merged: MergedCells | None = None

    @property
    def merged(self) -> int:
        """How many cells got the text of a merged cell."""
        return self._merged.filled if self._merged else 0

    def merge(self, column: int, across: int, down: int) -> None:
        """Note a merged area that starts in the row that is added next."""
        row = self._cells.rows + len(self._rows) + self._empty
        self._areas.append((row, column, row + down - 1, column + across - 1))

    def add(self, row: list[Any], times: int, *, hidden: bool) -> None:
        """Add a row that stands ``times`` times; empty ones only count once something follows them."""
        if not row:
            self._empty += times
            return
        rows = self._cells.rows + len(self._rows) + self._empty + times
        check_rows(rows, self._limits.sheet_rows)
        check_cells(rows, max(len(row), self._cells.width), self._limits)
        self._push([], self._empty)
        self._empty = 0
        self._push(row, times)
        self.filled += sum(cell not in ("", None) for cell in row) * times
        self.hidden_rows += times if hidden else 0

    def end(self) -> None:
        """Take in the rows that still wait."""
        if self._rows:
            self._flush()

    def facts(self) -> Facts:
        """What the receipt says about this sheet."""
        return Facts(tuple(sorted(self.errors.items())), 0, self.hidden_rows, self.hidden_columns)

    def finish(self) -> tuple[tuple[GridColumn, ...], int]:
        """The coded columns and the number of rows."""
        return self._cells.finish(decimal_comma=True)

    def _push(self, row: list[Any], times: int) -> None:
        for _ in range(times):
            self._rows.append(list(row))
            if len(self._rows) >= _STEP:
                self._flush()

    def _flush(self) -> None:
        if self._merged is None:
            self._merged = MergedCells(max(map(len, self._rows)))
            self.first_rows = self._rows[:HEADER_ROWS]
        self._merged.add(self._areas)
        self._areas = []
        self._merged.fill(self._cells.rows, self._rows)
        self._cells.add_rows(self._rows)
        self._rows = []


class Content:
    """Listens to content.xml; ``sheets`` holds what was found."""

    def __init__(self, job: Job, limits: Limits) -> None:
        self.sheets: list[OdsSheet] = []
        self._job = job
        self._limits = limits
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._sheet: OdsSheet | None = None
        self._depth = 0
        self._row: list[Any] = []
        self._row_times = 1
        self._row_hidden = False
        self._blank = 0
        self._cell: dict[str, str] | None = None
        self._cell_depth = 0
        self._text: list[str] = []
        self._in_text = 0
        self._aside = 0

    def read(self, part: Any, size: int) -> None:
        """Parse the whole part of ``size`` bytes. Raises `ReadRefused` and `expat.ExpatError`."""
        parser = guarded_parser(self._start, self._end, self._characters)
        done = 0
        while block := part.read(MEGABYTE // 4):
            parser.Parse(block, False)
            done += len(block)
            self._job.progress(say("Opening the file"), done * 100 // max(size, 1), 100)
            self._job.check()
        parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._aside:
            self._aside += 1
        elif name in _CELLS and self._cell is None:
            self._cell, self._cell_depth, self._text = attributes, self._depth, []
        elif name in _ASIDE:
            self._aside = 1
        elif self._cell is not None:
            self._start_in_cell(name, attributes)
        elif name == _ROW:
            self._row, self._blank = [], 0
            self._row_times = _times(attributes, _ROWS_REPEATED)
            self._row_hidden = _is_hidden(attributes)
        elif name == _TABLE + "table" and self._sheet is None:
            hidden = attributes.get(_TABLE + "style-name", "") in self._hidden_styles
            self._sheet = OdsSheet(attributes.get(_TABLE + "name", ""), self._limits, hidden=hidden)
            self.sheets.append(self._sheet)
        elif name == _TABLE + "table-column" and self._sheet is not None and _is_hidden(attributes):
            times = _times(attributes, _COLUMNS_REPEATED)
            self._sheet.hidden_columns += times if times < 1000 else 0
        elif name == _STYLE + "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif name == _STYLE + "table-properties" and attributes.get(_TABLE + "display") == "false":
            self._hidden_styles.add(self._style)

    def _start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TEXT + "p" and self._depth == self._cell_depth + 1:
            if self._text:
                self._text.append("\n")
            self._text.append("")
            self._in_text = self._depth
        elif self._in_text:
            if name == _TEXT + "s":
                count = attributes.get(_TEXT + "c", "1")
                self._text.append(" " * min(int(count) if count.isdecimal() and len(count) < 5 else 1, 1000))
            elif name == _TEXT + "tab":
                self._text.append("\t")
            elif name == _TEXT + "line-break":
                self._text.append("\n")

    def _end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif self._in_text == self._depth:
            self._in_text = 0
        elif self._cell is not None and self._depth == self._cell_depth:
            self._end_cell(self._cell)
            self._cell = None
        elif name == _ROW and self._cell is None and self._sheet is not None:
            self._sheet.add(self._row, self._row_times, hidden=self._row_hidden)
        elif name == _TABLE + "table" and self._cell is None and self._sheet is not None:
            self._sheet.end()
            self._sheet = None
        self._depth -= 1

    def _characters(self, data: str) -> None:
        if self._in_text and not self._aside:
            self._text.append(data)

    def _end_cell(self, attributes: dict[str, str]) -> None:
        times = _times(attributes, _COLUMNS_REPEATED)
        value = self._value(attributes, "".join(self._text), times)
        if value == "" and not isinstance(value, (int, float)):
            self._blank += times
            return
        position = len(self._row) + self._blank
        check_columns(position + times, self._limits)
        self._row.extend([""] * self._blank)
        self._blank = 0
        self._row.extend([value] * times)
        across = _times(attributes, _COLUMNS_SPANNED)
        down = _times(attributes, _ROWS_SPANNED)
        if self._sheet is not None and times == 1 and (across > 1 or down > 1):
            self._sheet.merge(position, across, down)

    def _value(self, attributes: dict[str, str], text: str, times: int) -> Any:
        kind = attributes.get(_OFFICE + "value-type", "")
        if attributes.get(_EXTENDED) == "error" or (kind in _NUMBERS and (text in ERROR_CODES or text[:4] == "Err:")):
            if self._sheet is not None:
                self._sheet.errors[text if text in ERROR_CODES else "#?"] += times * self._row_times
            return ""
        try:
            if kind in _NUMBERS:
                return float(attributes[_OFFICE + "value"])
            if kind == "date":
                return _moment(attributes[_OFFICE + "date-value"])
            if kind == "time":
                return _duration(attributes[_OFFICE + "time-value"])
            if kind == "boolean":
                return attributes[_OFFICE + "boolean-value"] == "true"
        except (KeyError, ValueError, OverflowError):
            return text
        return attributes.get(_OFFICE + "string-value", text) if kind == "string" and not text else text


def _times(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name)
    if text is None:
        return 1
    return max(int(text), 1) if text.isdecimal() and len(text) < 10 else 1


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get(_TABLE + "visibility", "visible") != "visible"


def _moment(text: str) -> datetime.date:
    if "T" not in text:
        return datetime.date.fromisoformat(text)
    return datetime.datetime.fromisoformat(text)


def _duration(text: str) -> datetime.timedelta:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = datetime.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if found[1] else span
