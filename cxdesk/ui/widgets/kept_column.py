"""Keeps the names of the rows in sight while a wide table is moved to the side: they are painted over what passes."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from cxdesk.blocks.table import ColumnType, Table
from cxdesk.ui.theme import Theme

_MOST = 0.5
"""Names that take more than this part of a view move with the rest."""


def kept_width(view: QTableView, table: Table) -> int:
    """How many pixels at the left show the names instead of what lies below; 0 while nothing was moved."""
    if view.horizontalScrollBar().value() <= 0 or not table.columns or table.columns[0].type is not ColumnType.NAME:
        return 0
    if any(column.type in {ColumnType.ACTION, ColumnType.CHOICE} for column in table.columns):
        return 0
    wide = view.columnWidth(0)
    return wide if wide <= _MOST * view.viewport().width() else 0


def paint_names(view: QTableView, width: int, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Paint the cells of the first column at the left edge; ``option`` is how the view draws its cells."""
    painter = QPainter(view.viewport())
    plain = QStyleOptionViewItem(option)
    for row in range(max(0, view.rowAt(0)), view.model().rowCount()):
        top = view.rowViewportPosition(row)
        if top > view.viewport().height():
            break
        plain.rect = QRect(0, top, width, view.rowHeight(row))  # type: ignore[attr-defined]
        plain.state = option.state & ~QStyle.StateFlag.State_HasFocus  # type: ignore[attr-defined]
        index = view.model().index(row, 0)
        if view.selectionModel().isSelected(index):
            plain.state |= QStyle.StateFlag.State_Selected  # type: ignore[attr-defined]
        view.itemDelegate().paint(painter, plain, index)
    painter.fillRect(width - 1, 0, 1, view.viewport().height(), theme.color("control"))
    painter.end()
