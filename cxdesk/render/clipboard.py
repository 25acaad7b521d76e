"""A table for the clipboard: tab-separated text and HTML, both with unrounded numbers that paste as numbers."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from cxdesk.blocks.table import Table
from cxdesk.render.csv import raw_number, safe_text
from cxdesk.render.excel.formats import number_format
from cxdesk.render.flat import FlatCell, flatten
from cxdesk.text import Translator


def table_to_clipboard(table: Table, translator: Translator, rows: Collection[str] | None = None) -> tuple[str, str]:
    """The table, or the rows with these keys, as (tab-separated text, HTML); headings come first in both."""
    flat = flatten(table, translator)
    chosen = [row for row in flat.rows if rows is None or row.key in rows]
    titles = [column.title for column in flat.columns]
    lines = ["\t".join(_field(title) for title in titles)]
    lines += ["\t".join(_field(cell.value) for cell in row.cells) for row in chosen]
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    body = "".join(f"<tr>{''.join(_html(cell) for cell in row.cells)}</tr>" for row in chosen)
    html = f'<html><head><meta charset="utf-8"></head><body><table><tr>{head}</tr>{body}</table></body></html>'
    return "\r\n".join(lines) + "\r\n", html


def _field(value: float | str | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe_text(" ".join(value.split()))
    return raw_number(value)


def _html(cell: FlatCell) -> str:
    # Excel reads the number format from this property; without it, "=1+1" written by a customer would become a formula.
    if isinstance(cell.value, str):
        return f"<td style=\"mso-number-format:'\\@'\">{escape(cell.value)}</td>"
    if cell.value is None or cell.format is None:
        return "<td></td>"
    form = number_format(cell.format, cell.value).replace("\\", "\\\\").replace("_)", "").replace('"', "&quot;")
    return f'<td align="right" style="mso-number-format:\'{form}\'">{raw_number(cell.value)}</td>'
