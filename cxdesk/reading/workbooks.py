"""The three libraries that read Excel workbooks, each behind the same small view of a workbook."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import python_calamine as calamine

from cxdesk.reading.guards import Limits, check_cells, check_columns, check_rows, password
from cxdesk.reading.origin import Origin
from cxdesk.reading.sheet_xml import ERROR_CODES, Merge

STEP = 4_096
Rows = Iterator[list[list[Any]]]
"""Rows in steps; the first row of the first step is row 0 of the sheet, and cells start at column 0."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as one library sees it: its worksheets, which are hidden, the rows and merged areas of each."""

    names: tuple[str, ...]
    hidden: frozenset[str]
    rows: Callable[[str], Rows]
    merges: Callable[[str], tuple[Merge, ...]]

    def filled(self, name: str) -> int:
        """How many cells of a sheet are not empty."""
        return sum(cell not in ("", None) for step in self.rows(name) for row in step for cell in row)


@contextmanager
def with_calamine(origin: Origin, limits: Limits) -> Iterator[Book]:
    """Open a workbook with calamine, which reads every kind and is by far the fastest."""
    with origin.open() as stream:
        try:
            book = calamine.CalamineWorkbook.from_object(stream)
        except calamine.PasswordError:
            raise password() from None
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
        hidden = frozenset(sheet.name for sheet in sheets if sheet.visible != calamine.SheetVisibleEnum.Visible)

        opened: dict[str, calamine.CalamineSheet] = {}

        def sheet_called(name: str) -> calamine.CalamineSheet:
            # Each request makes the library parse the sheet anew; only one is kept, because it holds every cell.
            if name not in opened:
                opened.clear()
                opened[name] = book.get_sheet_by_name(name)
            return opened[name]

        def rows(name: str) -> Rows:
            sheet = sheet_called(name)
            if sheet.start is None or sheet.end is None:
                return
            check_rows(sheet.end[0] + 1, limits.sheet_rows)
            check_columns(sheet.end[1] + 1, limits)
            check_cells(sheet.end[0] + 1, sheet.end[1] + 1, limits)
            padding: list[Any] = [""] * sheet.start[1]
            yield from _steps(padding + row if padding else row for row in sheet.iter_rows())

        def merges(name: str) -> tuple[Merge, ...]:
            areas = sheet_called(name).merged_cell_ranges or ()
            return tuple((top, left, bottom, right) for (top, left), (bottom, right) in areas)

        yield Book(tuple(sheet.name for sheet in sheets), hidden, rows, merges)


@contextmanager
def with_openpyxl(origin: Origin) -> Iterator[Book]:
    """Open an .xlsx workbook with openpyxl, row by row; slow, but it reads files on which calamine gives up."""
    import openpyxl  # noqa: PLC0415 - a fallback; most files never need its half second

    with origin.open() as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that do not matter here
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)

        def rows(name: str) -> Rows:
            sheet = book[name]
            # What the file says about its own size is often wrong, and always slow if it is too large.
            sheet.reset_dimensions()
            cells = sheet.iter_rows(values_only=True)
            yield from _steps([None if cell in ERROR_CODES else cell for cell in row] for row in cells)

        names = tuple(sheet.title for sheet in book.worksheets)
        hidden = frozenset(sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible")
        yield Book(names, hidden, rows, lambda _: ())
        book.close()


@contextmanager
def with_xlrd(origin: Origin) -> Iterator[Book]:
    """Open an .xls workbook with xlrd, which also reads the generations before Excel 97."""
    import xlrd  # noqa: PLC0415 - only old workbooks need it

    try:
        book = xlrd.open_workbook(
            file_contents=origin.all(),
            logfile=io.StringIO(),
            on_demand=True,
            ragged_rows=True,
            ignore_workbook_corruption=True,
        )
    except xlrd.XLRDError as problem:
        if "encrypt" in str(problem).lower() or "password" in str(problem).lower():
            raise password() from None
        raise

    def value(cell: Any) -> Any:
        if cell.ctype == xlrd.XL_CELL_DATE:
            return _xls_date(cell.value, book.datemode)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value

    def rows(name: str) -> Rows:
        sheet = book.sheet_by_name(name)
        yield from _steps([value(cell) for cell in sheet.row(number)] for number in range(sheet.nrows))

    names = tuple(book.sheet_names())
    hidden = frozenset(name for name in names if getattr(book.sheet_by_name(name), "visibility", 0))
    yield Book(names, hidden, rows, lambda _: ())
    book.release_resources()


def _xls_date(value: float, mode: int) -> Any:
    import xlrd  # noqa: PLC0415 - see above

    try:
        if 0 <= value < 1:
            return xlrd.xldate_as_datetime(value, mode).time()
        return xlrd.xldate_as_datetime(value, mode)
    except (xlrd.xldate.XLDateError, ValueError, OverflowError):
        return value


def _steps(rows: Any) -> Rows:
    step: list[list[Any]] = []
    for row in rows:
        step.append(row)
        if len(step) == STEP:
            yield step
            step = []
    if step:
        yield step
