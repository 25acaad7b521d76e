"""Reads Excel workbooks of every generation: .xlsx and .xlsm, .xls, .xlsb.

Each is tried with one library and then with another; what a library drops without a word (error cells, hidden rows,
formulas without result) is counted separately and goes into the receipt.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from cxdesk.job import Job
from cxdesk.reading import sheets
from cxdesk.reading.archive import Parts
from cxdesk.reading.cells import Cells
from cxdesk.reading.chain import LinkFailed, first_that_reads
from cxdesk.reading.facts import Facts, facts_notes
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.guards import Limits, announce, nothing_inside, password
from cxdesk.reading.merged import MergedCells
from cxdesk.reading.origin import Origin
from cxdesk.reading.problem import ReadRefused
from cxdesk.reading.sheet_xml import SheetFacts, list_sheets, scan_sheet
from cxdesk.reading.sheets import Sheet
from cxdesk.reading.workbooks import Book, with_calamine, with_openpyxl, with_xlrd
from cxdesk.text import say

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLDER = frozenset(
    {
        (b"\x09\x00", b"\x04\x00"),
        (b"\x09\x02", b"\x06\x00"),
        (b"\x09\x04", b"\x06\x00"),
        (b"\x09\x08", b"\x08\x00"),
        (b"\x09\x08", b"\x10\x00"),
    }
)
_COUNTED_UP_TO = 16 << 20
_ERROR_NAMES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def is_old_workbook(head: bytes) -> bool:
    """Whether this is an .xls file, or an office file that is locked or of another kind in the same shell."""
    return head.startswith(_OLE) or (head[:2], head[2:4]) in _OLDER


def read_xlsx(origin: Origin, parts: Parts, choices: Choices, job: Job, skip: frozenset[str], limits: Limits) -> Grid:
    """Read an .xlsx or .xlsm workbook. Raises `ReadRefused`."""
    job.progress(say("Opening the file"), 0, 0)
    listed = list_sheets(origin, parts, job)
    scanned: dict[str, SheetFacts] = {}
    for part in listed:
        if choices.sheet is None or choices.sheet == part.name:
            scanned[part.name] = scan_sheet(origin, part, job, limits)
    # Sheets that were not looked through count as filled, so that the receipt can name them.
    seen = [Sheet(part.name, part.hidden, scanned[part.name].filled if part.name in scanned else 1) for part in listed]

    def read(opened: AbstractContextManager[Book]) -> Grid:
        for found in (scanned[sheet.name] for sheet in sheets.candidates(seen, choices.sheet)):
            _refuse_stray(found, limits)
        with opened as book:
            sheet = _pick(book, seen, choices)
            found = scanned[sheet.name]
            facts = Facts(found.errors, found.bare_formulas, found.hidden_rows, found.hidden_columns)
            merged = replace(book, merges=lambda name: scanned[name].merges)
            grid = _read_sheet(origin, "xlsx", merged, sheet, seen, facts, job, limits)
        if not grid.columns and found.filled > sum(count for _, count in found.errors):
            raise LinkFailed  # it did not understand the sheet, whatever it says
        return grid

    def read_blindly(opened: AbstractContextManager[Book]) -> Grid:
        return _read_unscanned(origin, "xlsx", opened, choices, {}, job, limits)

    reading = read if listed else read_blindly
    links = (
        ("calamine", lambda: reading(with_calamine(origin, limits))),
        ("openpyxl", lambda: reading(with_openpyxl(origin))),
    )
    return first_that_reads(links, job, skip, sum(part.size for part in listed))


def read_xlsb(origin: Origin, parts: Parts, choices: Choices, job: Job, skip: frozenset[str], limits: Limits) -> Grid:
    """Read an .xlsb workbook. Raises `ReadRefused`."""
    if parts.encrypted:
        raise password()

    def read() -> Grid:
        return _read_unscanned(origin, "xlsb", with_calamine(origin, limits), choices, {}, job, limits)

    return first_that_reads((("calamine", read),), job, skip, sum(parts.sizes.values()))


def read_xls(origin: Origin, choices: Choices, job: Job, skip: frozenset[str], limits: Limits) -> Grid:
    """Read an .xls workbook. Raises `ReadRefused`, also for other documents that start with the same bytes."""
    job.progress(say("Opening the file"), 0, 0)
    _refuse_other_documents(origin)
    facts = _count_in_xls(origin, job, skip)

    def read(opened: AbstractContextManager[Book]) -> Grid:
        return _read_unscanned(origin, "xls", opened, choices, facts, job, limits)

    links = (
        ("calamine", lambda: read(with_calamine(origin, limits))),
        ("xlrd", lambda: read(with_xlrd(origin))),
    )
    return first_that_reads(links, job, skip, origin.size * 4)


def _read_unscanned(
    origin: Origin,
    container: str,
    opened: AbstractContextManager[Book],
    choices: Choices,
    facts: dict[str, Facts],
    job: Job,
    limits: Limits,
) -> Grid:
    """Read a workbook whose sheets were not looked through beforehand."""
    with opened as book:
        if not book.names:
            raise nothing_inside()
        seen = [Sheet(name, name in book.hidden, 1) for name in book.names]
        if choices.sheet is None and len(seen) > 1:
            seen = [replace(sheet, filled=book.filled(sheet.name)) for sheet in seen]
        sheet = _pick(book, seen, choices)
        return _read_sheet(origin, container, book, sheet, seen, facts.get(sheet.name, Facts()), job, limits)


def _pick(book: Book, seen: Sequence[Sheet], choices: Choices) -> Sheet:
    likely = [sheet for sheet in sheets.candidates(seen, choices.sheet) if sheet.name in book.names]
    if not likely:
        raise LinkFailed
    if len(likely) == 1:
        return likely[0]
    return sheets.choose(
        [replace(sheet, first_rows=sheets.as_texts(next(book.rows(sheet.name), []))) for sheet in likely]
    )


def _read_sheet(
    origin: Origin,
    container: str,
    book: Book,
    sheet: Sheet,
    seen: Sequence[Sheet],
    facts: Facts,
    job: Job,
    limits: Limits,
) -> Grid:
    cells = Cells(limits.sheet_rows, limits, typed=True)
    merged: MergedCells | None = None
    for rows in book.rows(sheet.name):
        if merged is None:
            merged = MergedCells(max(map(len, rows), default=0))
            merged.add(book.merges(sheet.name))
        merged.fill(cells.rows, rows)
        cells.add_rows(rows)
        job.progress(say("Opening the file"), cells.rows, 0)
        job.check()
    columns, count = cells.finish(decimal_comma=True)
    return Grid(
        columns,
        count,
        container,
        origin.name,
        sheet=sheet.name,
        sheets=tuple(other.name for other in seen),
        unused=(*facts_notes(facts, merged.filled if merged else 0), *sheets.notes(seen, sheet.name)),
    )


def _refuse_stray(facts: SheetFacts, limits: Limits) -> None:
    if facts.last_row * (facts.far_column + 1) > limits.cells:
        raise ReadRefused(
            "stray_cell",
            say(
                "A single cell far away from the table, {cell}, makes the sheet too large to read.", cell=facts.far_cell
            ),
            say("Delete what stands in that cell, save, and open the file again."),
        )


def _refuse_other_documents(origin: Origin) -> None:
    """Refuse locked workbooks and other programs' documents, by the names in the directory of the file."""
    content = origin.all()
    if not content.startswith(_OLE):
        return
    if _wide("EncryptedPackage") in content:
        raise password()
    if _wide("Workbook") not in content and _wide("Book") not in content:
        raise ReadRefused(
            "document",
            say("This is a document of another program, not a spreadsheet."),
            say("Open the survey tool's export of the answers: an Excel, CSV or SPSS file with one row per person."),
        )


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def _count_in_xls(origin: Origin, job: Job, skip: frozenset[str]) -> dict[str, Facts]:
    """Errors, hidden rows and columns of each sheet; nothing if the file is large or xlrd cannot read it."""
    if "xlrd-count" in skip or "xlrd" in skip or origin.size > _COUNTED_UP_TO:
        return {}

    def count() -> dict[str, Facts]:
        import xlrd  # noqa: PLC0415 - only old workbooks need it

        book = xlrd.open_workbook(file_contents=origin.all(), logfile=io.StringIO(), formatting_info=True)
        found = {}
        for sheet in book.sheets():
            errors: Counter[str] = Counter()
            for number in range(sheet.nrows):
                kinds = sheet.row_types(number)
                if xlrd.XL_CELL_ERROR in kinds:
                    codes = (
                        int(value)
                        for value, kind in zip(sheet.row_values(number), kinds, strict=True)
                        if kind == xlrd.XL_CELL_ERROR
                    )
                    errors.update(_ERROR_NAMES.get(code, "#?") for code in codes)
            hidden = sum(bool(row.hidden) for number, row in sheet.rowinfo_map.items() if number < sheet.nrows)
            columns = sum(bool(column.hidden) for number, column in sheet.colinfo_map.items() if number < sheet.ncols)
            found[sheet.name] = Facts(tuple(sorted(errors.items())), 0, hidden, columns)
        return found

    try:
        announce(job, "xlrd-count", origin.size * 4)
        return first_that_reads((("xlrd-count", count),), job, skip, origin.size * 4)
    except ReadRefused:
        return {}
