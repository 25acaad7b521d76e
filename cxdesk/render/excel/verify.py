"""Reads a finished workbook back and compares it with what was meant, cell by cell, before anybody gets it.

The formatted sheets are read with openpyxl (formulas and cached results); the rows of Data sheets are compared by
`verify_rows`, and the structure of the file is looked at by `lint`. Nothing that wrote the file is trusted.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cxdesk.job import Job
from cxdesk.render.excel import words
from cxdesk.render.excel.lint import lint
from cxdesk.render.excel.model import Placed, SheetModel, WorkbookModel
from cxdesk.render.excel.rows import sheet_part
from cxdesk.render.excel.verify_rows import differing_cell

_BLOCK = 1 << 20
_PRECISION = 1e-14


class Faulty(Exception):
    """The workbook does not read back as it was meant. ``places`` says where; it never holds what people wrote."""

    def __init__(self, places: list[str]) -> None:
        """Keep the first places only; one is enough to stop."""
        super().__init__("; ".join(places[:20]))
        self.places = places


def verify_content(content: bytes, model: WorkbookModel, job: Job) -> None:
    """Compare the bytes of a workbook with its model; raises `Faulty` if anything differs, `Cancelled` if stopped."""
    formatted = _without_rows(content, model, job)
    places = lint(formatted, model)
    written = load_workbook(io.BytesIO(formatted))
    cached = load_workbook(io.BytesIO(formatted), data_only=True)
    if written.sheetnames != [sheet.name for sheet in model.sheets]:
        raise Faulty([*places, "sheet names"])
    for sheet in model.sheets:
        job.check()
        places += [f"{sheet.name}: {place}" for place in _sheet(sheet, written[sheet.name], cached[sheet.name])]
    names = {name: written.defined_names[name].attr_text for name in written.defined_names}
    if names != dict(model.names):
        places.append("defined names")
    if (written.properties.title or "") != model.title or (written.properties.creator or "") != model.author:
        places.append("document properties")
    for number, sheet in enumerate(model.sheets):
        if sheet.data is not None and (place := differing_cell(content, number, sheet.name, sheet.data, job)):
            places.append(f"{sheet.name}: {place}")
    if places:
        raise Faulty(places)


def _without_rows(content: bytes, model: WorkbookModel, job: Job) -> bytes:
    """The workbook with only the head of its Data sheets, so that openpyxl need not read millions of cells.

    Every byte is read on the way, which checks the sums stored in the file.
    """
    cut = {sheet_part(i): sheet.data.row + 1 for i, sheet in enumerate(model.sheets) if sheet.data is not None}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        for entry in source.infolist():
            first = cut.get(entry.filename)
            with source.open(entry) as part:
                kept = part.read() if first is None else _head_and_tail(part, first, job)
            target.writestr(entry.filename, kept)
    return buffer.getvalue()


def _head_and_tail(part: IO[bytes], first: int, job: Job) -> bytes:
    """A sheet's XML without its rows from ``first`` (1-based) on."""
    start, closing = f'<row r="{first}"'.encode(), b"</sheetData>"
    head, kept = b"", b""
    found = False
    while piece := part.read(_BLOCK):
        job.check()
        if not found:
            head += piece
            found = start in head or closing in head
            if found:
                before, mark, rest = head.partition(start if start in head else closing)
                head, kept = before, mark + rest
        else:
            kept = kept[-len(closing) :] + piece if closing not in kept else kept + piece
        if closing in kept:
            kept = kept[kept.index(closing) :]
    return head + kept


def _sheet(sheet: SheetModel, written: Worksheet, cached: Worksheet) -> Iterator[str]:
    """What differs on one sheet."""
    for cell in sheet.cells:
        at = words.cell_reference(cell.row, cell.column)
        yield from (f"{at} {what}" for what in _cell(cell, written[at], cached[at]))
    meant = {(cell.row + 1, cell.column + 1) for cell in sheet.cells if cell.value not in {None, ""}}
    for row in written.iter_rows():
        for found in row:
            if found.value is not None and (found.row, found.column) not in meant:
                yield f"{found.coordinate} was not meant"
    # openpyxl keeps the charts it read under a name of its own.
    if len(getattr(written, "_charts")) != len(sheet.charts):  # noqa: B009
        yield "number of charts"
    widths = _widths(written)
    for column, digits in enumerate(sheet.widths):
        if abs(widths.get(column + 1, 9.0) - digits) > 0.9:
            yield f"width of column {words.column_letters(column)}"
    for row_number, points in sheet.heights.items():
        if abs((written.row_dimensions[row_number + 1].height or 15.0) - points) > 0.8:
            yield f"height of row {row_number + 1}"
    freeze = None if sheet.freeze is None else words.cell_reference(*sheet.freeze)
    if written.freeze_panes != freeze:
        yield "frozen panes"
    merged = {str(block) for block in written.merged_cells.ranges}
    if merged != {_block(cell) for cell in sheet.cells if cell.rows > 1 or cell.columns > 1}:
        yield "merged cells"


def _cell(cell: Placed, written: Any, cached: Any) -> Iterator[str]:
    if cell.formula:
        if written.value != cell.formula:
            yield "formula"
        if not _same(cell.value, cached.value):
            yield "cached result"
    elif not _same(cell.value, written.value):
        yield "value"
    if isinstance(cell.value, str) and cell.value and not cell.formula and written.data_type != "s":
        yield "text is not text"
    if written.number_format != cell.style.number_format:
        yield "number format"
    link = written.hyperlink.location if written.hyperlink is not None else ""
    tab, _, target = cell.link.rpartition("!")
    if (link or "") != (f"{words.tab_reference(tab)}!{target}" if cell.link else ""):
        yield "link"


def _same(meant: Any, found: Any) -> bool:
    if meant in {None, ""}:
        return found is None
    if isinstance(meant, str):
        # WORKAROUND: openpyxl drops "x005F_" wherever it stands, also where it was written by a person.
        return isinstance(found, str) and found.replace("x005F_", "") == meant.replace("x005F_", "")
    if isinstance(meant, int | float):
        return isinstance(found, int | float) and math.isclose(meant, found, rel_tol=_PRECISION, abs_tol=_PRECISION)
    return bool(meant == found)


def _widths(written: Worksheet) -> dict[int, float]:
    """Width by 1-based column; one entry of the file may stand for several columns."""
    return {
        column: dimension.width
        for dimension in written.column_dimensions.values()
        for column in range(dimension.min or 1, (dimension.max or 0) + 1)
    }


def _block(cell: Placed) -> str:
    last = words.cell_reference(cell.row + cell.rows - 1, cell.column + cell.columns - 1)
    return f"{words.cell_reference(cell.row, cell.column)}:{last}"
