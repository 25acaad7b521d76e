"""Reads Excel workbooks of every generation: .xlsx and .xlsm, .xls, .xlsb.

Each is tried with one library and then with another; what a library drops without a word (error cells, hidden rows,
formulas without result) is counted separately and goes into the receipt.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

import numpy as np

from cxdesk.job import Job
from cxdesk.reading import sheets
from cxdesk.reading.archive import Parts
from cxdesk.reading.binary_sheets import count_cells
from cxdesk.reading.blank_cells import count_blank
from cxdesk.reading.cells import Cells, trim
from cxdesk.reading.chain import LinkFailed, first_that_reads
from cxdesk.reading.facts import ERROR_NAMES, Facts, disagreement, facts_notes, uncounted
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.guards import Limits, check_stray, nothing_inside, password
from cxdesk.reading.merged import MergedCells
from cxdesk.reading.origin import Origin
from cxdesk.reading.problem import ReadRefused
from cxdesk.reading.sheet_xml import SheetFacts, list_sheets, scan_sheet
from cxdesk.reading.sheets import Sheet
from cxdesk.reading.workbooks import Book, with_calamine, with_openpyxl, with_xlrd
from cxdesk.survey.receipt import Unused
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
_XLS_VALUES = frozenset({2, 3, 4})
"""The kinds of cells that always hold something: numbers, dates, truth values."""


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
            check_stray(found.last_row, found.far_column + 1, found.far_cell, limits)
        with opened as book:
            sheet = _pick(book, seen, choices)
            found = scanned[sheet.name]
            values = found.filled - sum(count for _, count in found.errors)
            facts = Facts(
                found.errors,
                found.bare_formulas,
                found.hidden_rows,
                found.hidden_columns,
                values,
                found.error_places,
            )
            merged = replace(book, merges=lambda name: scanned[name].merges)
            part = next(part for part in listed if part.name == sheet.name)
            grid = _read_sheet(
                origin,
                "xlsx",
                merged,
                sheet,
                seen,
                facts,
                job,
                limits,
                lambda: values - count_blank(origin, parts, part, job),
            )
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
    job.progress(say("Opening the file"), 0, 0)
    facts = count_cells(origin, parts, job, limits)

    def read() -> Grid:
        return _read_unscanned(origin, "xlsb", with_calamine(origin, limits), choices, facts, job, limits)

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
    if "xlrd-count" in skip:
        skip |= {"xlrd"}  # it would die of the same cells again
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
        return _read_sheet(origin, container, book, sheet, seen, facts.get(sheet.name), job, limits)


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
    facts: Facts | None,
    job: Job,
    limits: Limits,
    recount: Callable[[], int] | None = None,
) -> Grid:
    """``facts`` is None if nobody counted; ``recount`` counts more exactly where the quick count differs."""
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
    filled = int(sum(np.count_nonzero(column.codes) for column in columns))
    return Grid(
        columns,
        count,
        container,
        origin.name,
        sheet=sheet.name,
        sheets=tuple(other.name for other in seen),
        unused=(*_notes(facts, filled, merged.filled if merged else 0, recount), *sheets.notes(seen, sheet.name)),
    )


def _notes(facts: Facts | None, filled: int, merged: int, recount: Callable[[], int] | None) -> list[Unused]:
    if facts is None:
        return [*facts_notes(Facts(), merged), uncounted()]
    counted, read = facts.filled, filled - merged
    if counted is not None and counted != read and recount is not None:
        counted = recount()
    return [*facts_notes(facts, merged), *disagreement(counted, read)]


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

        book = xlrd.open_workbook(
            file_contents=origin.all(),
            logfile=io.StringIO(),
            formatting_info=True,  # hidden rows and columns are formatting
            ragged_rows=True,
            ignore_workbook_corruption=True,
        )
        found = {}
        for sheet in book.sheets():
            errors: Counter[str] = Counter()
            filled = 0
            for number in range(sheet.nrows):
                kinds = sheet.row_types(number)
                filled += sum(
                    kind in _XLS_VALUES or (kind == xlrd.XL_CELL_TEXT and bool(trim(value)))
                    for value, kind in zip(sheet.row_values(number), kinds, strict=True)
                )
                job.check()
                if xlrd.XL_CELL_ERROR in kinds:
                    codes = (
                        int(value)
                        for value, kind in zip(sheet.row_values(number), kinds, strict=True)
                        if kind == xlrd.XL_CELL_ERROR
                    )
                    errors.update(ERROR_NAMES.get(code, "#?") for code in codes)
            hidden = sum(bool(row.hidden) for number, row in sheet.rowinfo_map.items() if number < sheet.nrows)
            columns = sum(bool(column.hidden) for number, column in sheet.colinfo_map.items() if number < sheet.ncols)
            found[sheet.name] = Facts(tuple(sorted(errors.items())), 0, hidden, columns, filled)
        return found

    try:
        return first_that_reads((("xlrd-count", count),), job, skip, origin.size * 4)
    except ReadRefused:
        return {}
