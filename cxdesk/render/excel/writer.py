"""Writes a workbook model as the bytes of an XLSX file, with every formula's result and every chart's numbers cached.

XlsxWriter writes the formatted sheets in memory; the rows of Data sheets are added afterwards straight into the file
(see `rows.py`), because a survey can have millions of cells.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from xlsxwriter.format import Format as NativeFormat
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cxdesk.blocks.palette import LIGHT
from cxdesk.job import Job
from cxdesk.render.excel import data
from cxdesk.render.excel.charts import insert_chart
from cxdesk.render.excel.model import DataBlock, Placed, SheetModel, Style, WorkbookModel
from cxdesk.render.excel.words import tab_reference
from cxdesk.text import say

_PAPERS = {"A4": 9, "Letter": 1}

SAMPLES = (data.PLAIN, data.QUOTED, data.NUMBER, data.DATE, data.TIME)
"""The looks of data rows; the first data row of a new Data sheet carries one cell of each, so that they get numbers."""

LISTED_SAMPLES = (data.LISTED, data.LISTED_QUOTED, data.LISTED_NUMBER, data.LISTED_DATE)
"""The looks of rows that are read as a list."""


def samples_of(block: DataBlock) -> tuple[Style, ...]:
    """The looks that the first row of a block carries."""
    return LISTED_SAMPLES if any(column.listed for column in block.columns) else SAMPLES


def write_sheets(model: WorkbookModel, job: Job) -> bytes:
    """The workbook without the rows of its Data sheets, as the bytes of an XLSX file."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Workbook(buffer, options)
    looks = _Looks(workbook, model.font)
    # The tabs come first: links and charts name them.
    native = [workbook.add_worksheet(sheet.name) for sheet in model.sheets]
    for number, (sheet, worksheet) in enumerate(zip(model.sheets, native, strict=True)):
        job.progress(say("Writing the report"), number, len(model.sheets))
        job.check()
        _write_sheet(workbook, worksheet, sheet, model, looks)
    for name, target in model.names:
        workbook.define_name(name, f"={target}")
    workbook.set_properties({"title": model.title, "author": model.author, "created": model.made})
    workbook.set_calc_mode("auto")
    workbook.close()
    return buffer.getvalue()


class _Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook, font: str) -> None:
        self._workbook = workbook
        self._font = font
        self._made: dict[Style, NativeFormat] = {}

    def __call__(self, style: Style) -> NativeFormat:
        if style not in self._made:
            self._made[style] = self._workbook.add_format(self._properties(style))
        return self._made[style]

    def _properties(self, style: Style) -> dict[str, Any]:
        properties: dict[str, Any] = {
            "font_name": self._font,
            "font_size": style.size,
            "font_color": style.color or LIGHT.text,
            "num_format": style.number_format,
            "align": style.align,
            "valign": style.valign,
        }
        switches = {"bold": style.bold, "italic": style.italic, "text_wrap": style.wrap, "quote_prefix": style.quote}
        properties |= {name: True for name, wanted in switches.items() if wanted}
        if style.underline:
            properties["underline"] = 1
        if style.indent:
            properties["indent"] = style.indent
        if style.fill:
            properties |= {"bg_color": style.fill, "pattern": 1}
        for side, color, line in (
            ("bottom", style.bottom, 1),
            ("top", style.top, 1),
            ("left", style.left, 5 if style.left_thick else 1),
        ):
            if color:
                properties |= {side: line, f"{side}_color": color}
        return properties


def _write_sheet(
    workbook: Workbook, worksheet: Worksheet, sheet: SheetModel, model: WorkbookModel, looks: _Looks
) -> None:
    worksheet.hide_gridlines(2)
    plain = looks(Style())
    for column, digits in enumerate(sheet.widths):
        worksheet.set_column(column, column, digits, plain)
    for row, points in sheet.heights.items():
        worksheet.set_row(row, points)
    for cell in sheet.cells:
        _write_cell(worksheet, cell, looks)
    if sheet.data is not None:
        for position, style in enumerate(samples_of(sheet.data)):
            worksheet.write_blank(sheet.data.row, position, None, looks(style))
    for chart in sheet.charts:
        insert_chart(workbook, worksheet, sheet, chart, model.font)
    _print_setup(worksheet, sheet, model)


def _write_cell(worksheet: Worksheet, cell: Placed, looks: _Looks) -> None:
    look = looks(cell.style)
    row, column = cell.row, cell.column
    if cell.rows > 1 or cell.columns > 1:
        worksheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", look)
    if cell.link:
        tab, _, target = cell.link.rpartition("!")
        worksheet.write_url(row, column, f"internal:{tab_reference(tab)}!{target}", look, str(cell.value))
    elif cell.formula:
        worksheet.write_formula(row, column, cell.formula, look, cell.value)
    else:
        match cell.value:
            case None | "":
                worksheet.write_blank(row, column, None, look)
            case str():
                worksheet.write_string(row, column, cell.value, look)
            case datetime.datetime() | datetime.date():
                worksheet.write_datetime(row, column, cell.value, look)
            case _:
                worksheet.write_number(row, column, cell.value, look)


def _print_setup(worksheet: Worksheet, sheet: SheetModel, model: WorkbookModel) -> None:
    if sheet.landscape:
        worksheet.set_landscape()
    else:
        worksheet.set_portrait()
    worksheet.set_paper(_PAPERS.get(model.paper, 9))
    worksheet.set_margins(left=0.5, right=0.5, top=0.55, bottom=0.7)
    worksheet.center_horizontally()
    worksheet.fit_to_pages(1, 1 if sheet.one_page_tall else 0)
    worksheet.print_area(0, 0, max(sheet.last_row - 1, 0), max(sheet.last_column - 1, 0))
    codes = f"&8&K{LIGHT.muted[1:]}"
    left, middle, right = model.footer
    worksheet.set_footer(f"&L{codes}{left}&C{codes}{middle}&R{codes}{right}", {"margin": 0.35})
    if sheet.repeat is not None:
        worksheet.repeat_rows(*sheet.repeat)
    if sheet.freeze is not None:
        worksheet.freeze_panes(*sheet.freeze)
    if sheet.autofilter is not None:
        worksheet.autofilter(*sheet.autofilter)
    if sheet.breaks:
        worksheet.set_h_pagebreaks(list(sheet.breaks))
    last = max(sheet.last_row, 1)
    # Identifiers and telephone numbers are text on purpose; Excel should not offer to "repair" them.
    worksheet.ignore_errors({"number_stored_as_text": f"A1:XFD{min(last, 1_048_576)}"})
