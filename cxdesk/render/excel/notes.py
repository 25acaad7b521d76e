"""Lays out the sheet of method notes: item and detail, wrapped, for readers who want to check the numbers."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.blocks.table import Table
from cxdesk.render.excel import styles
from cxdesk.render.excel.cells import LEFT, Canvas, heading_block
from cxdesk.render.excel.measure import lines_of, row_height
from cxdesk.render.excel.result import LaidOut
from cxdesk.render.flat import flatten
from cxdesk.report.report import Sheet
from cxdesk.text import Text, Translator, say

_ITEM = 28.0
_DETAIL = 102.0


def notes_sheet(sheet: Sheet, tab: str, back: tuple[Text, str] | None, translator: Translator) -> LaidOut:
    """Lay out the notes of a section, one per row; long details get higher rows.

    They are the first two columns of its tables, or, without a table, the section's own notes.
    """
    canvas = Canvas(sheet.key, tab)
    canvas.widen(LEFT, _ITEM)
    canvas.widen(LEFT + 1, _DETAIL)
    section = sheet.section
    link = None if back is None else (translator(back[0]), back[1])
    row = heading_block(canvas, translator(section.headline), translator(section.base_line), link, _ITEM + _DETAIL)
    header = row
    for offset, title in enumerate((say("Item"), say("Detail"))):
        canvas.put(row, LEFT + offset, translator(title), styles.HEADER)
    canvas.height(row, 24)
    item_style = replace(styles.WRAPPED, bold=True, valign="top")
    detail_style = replace(styles.WRAPPED, valign="top")
    tables = [flatten(block, translator) for block in section.blocks() if isinstance(block, Table)]
    items = [(line.cells[0].shown, line.cells[1].shown) for table in tables for line in table.rows]
    for words in items or [(translator(item), translator(detail)) for item, detail in section.notes]:
        row += 1
        canvas.put(row, LEFT, words[0], item_style)
        canvas.put(row, LEFT + 1, words[1], detail_style)
        lines = max(lines_of(words[0], _ITEM - 2, bold=True), lines_of(words[1], _DETAIL - 2))
        canvas.height(row, row_height(lines, least=20))
    model = canvas.model(last_row=row + 1, last_column=LEFT + 2, freeze=(header + 1, 0), repeat=(header, header))
    return LaidOut(model, {})
