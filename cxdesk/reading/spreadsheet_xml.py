"""Reads the XML that Excel 2003 and many web systems save as a spreadsheet, mostly under the name .xls or .xml."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any
from xml.parsers import expat

from cxdesk.job import Job
from cxdesk.reading import sheets
from cxdesk.reading.cells import HEADER_ROWS, Cells
from cxdesk.reading.chain import first_that_reads
from cxdesk.reading.facts import Facts, facts_notes
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.guards import (
    MEGABYTE,
    Limits,
    check_cells,
    check_columns,
    check_rows,
    damaged,
    guarded_parser,
    nothing_inside,
)
from cxdesk.reading.origin import Origin
from cxdesk.reading.sheets import Sheet
from cxdesk.text import say

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = _NAMESPACE + " "
_STEP = 2_048


def is_spreadsheet_xml(head: bytes) -> bool:
    """Whether a file starts like such a spreadsheet, in any Unicode encoding."""
    start = head.replace(b"\0", b"")
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and _NAMESPACE.encode() in start


def read_spreadsheet_xml(origin: Origin, choices: Choices, job: Job, skip: frozenset[str], limits: Limits) -> Grid:
    """Read the sheet with the answers. Raises `ReadRefused` for unsafe, broken or too large files."""
    job.progress(say("Opening the file"), 0, 0)
    links = (("spreadsheet-xml", lambda: _read(origin, choices, job, limits)),)
    return first_that_reads(links, job, skip, origin.size)


def _read(origin: Origin, choices: Choices, job: Job, limits: Limits) -> Grid:
    handler = _Handler(limits)
    parser = guarded_parser(handler.start, handler.end, handler.characters)
    try:
        with origin.open() as stream:
            while block := stream.read(MEGABYTE):
                parser.Parse(block, False)
                job.progress(say("Opening the file"), stream.tell() >> 10, origin.size >> 10)
                job.check()
            parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        raise damaged() from None
    if not handler.sheets:
        raise nothing_inside()
    seen = [Sheet(each.name, each.hidden, each.filled, sheets.as_texts(each.first_rows)) for each in handler.sheets]
    picked = sheets.choose(sheets.candidates(seen, choices.sheet))
    sheet = handler.sheets[seen.index(picked)]
    columns, rows = sheet.cells.finish(decimal_comma=True)
    facts = Facts(tuple(sorted(sheet.errors.items())), 0, sheet.hidden_rows)
    return Grid(
        columns,
        rows,
        container="xml",
        name=origin.name,
        sheet=picked.name,
        sheets=tuple(each.name for each in seen),
        unused=(*facts_notes(facts, 0), *sheets.notes(seen, picked.name)),
    )


class _Sheet:
    """One sheet while it streams by."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.hidden = False
        self.filled = 0
        self.hidden_rows = 0
        self.first_rows: list[list[Any]] = []
        self.errors: Counter[str] = Counter()
        self.cells = Cells(limits.sheet_rows, limits, typed=True)
        self._limits = limits
        self._rows: list[list[Any]] = []

    @property
    def rows(self) -> int:
        """How many rows there are so far."""
        return self.cells.rows + len(self._rows)

    def skip(self, number: int) -> None:
        """Add empty rows until there are ``number`` of them."""
        check_rows(number, self._limits.sheet_rows)
        check_cells(number, max(self.cells.width, 1), self._limits)
        while self.rows < number:
            self.add([])

    def add(self, row: list[Any]) -> None:
        """Add a row at the bottom."""
        if len(self.first_rows) < HEADER_ROWS:
            self.first_rows.append(row)
        self._rows.append(row)
        if len(self._rows) >= _STEP:
            self.flush()

    def flush(self) -> None:
        """Take in the rows that still wait."""
        self.cells.add_rows(self._rows)
        self._rows = []


class _Handler:
    """Listens to the elements; ``sheets`` holds what was found."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[_Sheet] = []
        self._limits = limits
        self._row: list[Any] | None = None
        self._kind: str | None = None
        self._text: list[str] = []
        self._place = self._next = 0
        self._aside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.removeprefix(_SS):
            case "Worksheet":
                self.sheets.append(_Sheet(attributes.get(_SS + "Name", ""), self._limits))
            case "Row" if self.sheets:
                sheet = self.sheets[-1]
                sheet.skip(max(_number(attributes, "Index") - 1, sheet.rows))
                sheet.hidden_rows += attributes.get(_SS + "Hidden") == "1"
                self._row = []
            case "Cell" if self._row is not None:
                self._place = max(_number(attributes, "Index") - 1, self._next)
                self._next = self._place + 1 + _number(attributes, "MergeAcross")
                check_columns(self._next, self._limits)
            case "Comment":
                self._aside = True
            case "Data" if self._row is not None and not self._aside:
                self._kind, self._text = attributes.get(_SS + "Type", "String"), []
        if name.endswith("Visible"):
            self._kind, self._text = "Visible", []

    def end(self, name: str) -> None:
        match name.removeprefix(_SS):
            case "Data" if self._row is not None and self._kind is not None:
                self._row.extend([""] * (self._place - len(self._row)))
                self._row.append(self._value(self._kind, "".join(self._text)))
                self._kind = None
            case "Comment":
                self._aside = False
            case "Row" if self._row is not None:
                sheet = self.sheets[-1]
                sheet.filled += sum(cell != "" for cell in self._row)
                sheet.add(self._row)
                self._row, self._next = None, 0
            case "Worksheet" if self.sheets:
                self.sheets[-1].flush()
        if name.endswith("Visible") and self.sheets:
            self.sheets[-1].hidden = "".join(self._text).startswith("Sheet")  # SheetHidden, SheetVeryHidden
            self._kind = None

    def characters(self, data: str) -> None:
        if self._kind is not None:
            self._text.append(data)

    def _value(self, kind: str, text: str) -> Any:
        match kind:
            case "Error":
                self.sheets[-1].errors[text.strip()[:20] or "#?"] += 1
                return ""
            case "Boolean":
                return text.strip() == "1"
            case "Number" | "DateTime":
                try:
                    return float(text) if kind == "Number" else datetime.datetime.fromisoformat(text.strip())
                except ValueError:
                    return text
        return text


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(_SS + name, "0")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
