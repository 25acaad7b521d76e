"""A table for the clipboard: tab-separated text and HTML, both with unrounded numbers that paste as numbers."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from cxdesk.blocks.table import Table
from cxdesk.render.csv import raw_number, safe_text
from cxdesk.render.excel.formats import number_format
from cxdesk.render.flat import FlatCell, flatten, heading_runs, lettered_title
from cxdesk.text import Translator


def table_to_clipboard(table: Table, translator: Translator, rows: Collection[str] | None = None) -> tuple[str, str]:
    """The table, or the rows with these keys, as (tab-separated text, HTML); headings come first in both.

    Headings over several columns stand in a row of their own above the others.
    """
    flat = flatten(table, translator)
    chosen = [row for row in flat.rows if rows is None or row.key in rows]
    titles = [lettered_title(column, translator) for column in flat.columns]
    runs = heading_runs([column.group for column in flat.columns])
    lines = ["\t".join(_field(title) for title in titles)]
    if any(group for group, _ in runs):
        lines.insert(0, "\t".join(_field(group) + "\t" * (count - 1) for group, count in runs))
    lines += ["\t".join(_field(cell.value) for cell in row.cells) for row in chosen]
    head = f"<tr>{''.join(f'<th>{escape(title)}</th>' for title in titles)}</tr>"
    if any(group for group, _ in runs):
        head = f"<tr>{''.join(_spanning(group, count) for group, count in runs)}</tr>{head}"
    body = "".join(f"<tr>{''.join(_html(cell) for cell in row.cells)}</tr>" for row in chosen)
    html = f'<html><head><meta charset="utf-8"></head><body><table>{head}{body}</table></body></html>'
    return "\r\n".join(lines) + "\r\n", html


def _spanning(group: str, count: int) -> str:
    return f'<th colspan="{count}">{escape(group)}</th>'


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
