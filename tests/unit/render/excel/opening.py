"""Opens finished workbooks for tests."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cxdesk.job import Unattended
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.workbook import workbook_content
from cxdesk.report.report import Report
from cxdesk.text import Translator


def made(report: Report) -> bytes:
    """The workbook of a report, without saving it."""
    return workbook_content(layout(report, Translator(report.language)), Unattended())


def opened(content: bytes | Path, *, results: bool = False) -> Workbook:
    """The workbook as openpyxl reads it: formulas, or their cached results."""
    source: Any = io.BytesIO(content) if isinstance(content, bytes) else content
    return load_workbook(source, data_only=results)


def parts(content: bytes, start: str) -> dict[str, str]:
    """The parts of the file whose names begin with ``start``."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return {name: source.read(name).decode("utf-8") for name in source.namelist() if name.startswith(start)}


def texts(sheet: Worksheet) -> dict[str, Any]:
    """Every filled cell by its place."""
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def column(sheet: Worksheet, heading: str, row: int = 4) -> int:
    """The 1-based column with this heading."""
    return next(cell.column for cell in sheet[row] if cell.value == heading)
