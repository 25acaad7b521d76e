"""Copies a table, some of its rows or one cell: true numbers for a spreadsheet, a table for a letter."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from cxdesk.render.clipboard import table_to_clipboard
from cxdesk.render.csv import raw_number
from cxdesk.ui.widgets.table_model import Index, TableModel


def copy_rows(view: QTableView, model: TableModel) -> None:
    """Copy the selected rows, or all of them where a selection means something else."""
    chosen = {model.row(index.row()).key for index in view.selectionModel().selectedRows()}
    everything = not chosen or model.table.selectable
    _to_clipboard(*table_to_clipboard(model.as_shown(), model.translator, None if everything else chosen))


def copy_table(model: TableModel) -> None:
    """Copy the whole table in the order that is shown."""
    _to_clipboard(*table_to_clipboard(model.as_shown(), model.translator))


def copy_cell(model: TableModel, index: Index) -> None:
    """Copy one cell: a number with all its digits, or its words."""
    if not index.isValid():
        return
    value = model.cell(index).value
    words = raw_number(float(value)) if isinstance(value, float | int) else str(model.data(index) or "")
    QGuiApplication.clipboard().setText(words)


def _to_clipboard(text: str, html: str) -> None:
    both = QMimeData()
    both.setText(text)
    both.setHtml(html)
    QGuiApplication.clipboard().setMimeData(both)
