"""Paints the cells of a table: numbers, ranges, dots with whiskers, split bars, differences with their signs.

Painted, not made of widgets, so that 300 rows cost no more than the ones on screen. A selected row gets a background
behind its cells; the colours that mean something stay what they are.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Cell, ColumnType, Mark, TableColumn, TableRow
from cxdesk.survey.base import BaseLevel
from cxdesk.ui.theme import BODY, CAPTION, Theme
from cxdesk.ui.widgets.chip_paint import chip_room, paint_chip
from cxdesk.ui.widgets.row_delegate import RowDelegate, broken
from cxdesk.ui.widgets.split_paint import paint_split
from cxdesk.ui.widgets.table_header import PADDING, TableHeader
from cxdesk.ui.widgets.table_model import SIGNS, TableModel, alignment

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 32
"""Height of a row in pixels at 100 %: 30 at least (UX.md 11)."""

_INDENT = 14
"""How far a row is set under the one above it that it is part of, in pixels at 100 %."""


class CellDelegate(RowDelegate):
    """Paints every kind of cell of a `TableModel`."""

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        """``model`` is the one of the view that this delegate serves."""
        super().__init__(parent)
        self._model = model
        self._fonts: dict[tuple[Theme, bool], tuple[QFont, QFontMetrics]] = {}

    def _font_of(self, index: Index) -> tuple[QFont, QFontMetrics]:
        """The font of a cell and its measures, made once for each look: tables ask for them thousands of times."""
        bold = self._is_bold(self._model.row(index.row()), self._model.column(index.column()), self._model.cell(index))
        found = self._fonts.get((self._theme, bold))
        if found is None:
            font = self._theme.font(BODY, bold=bold)
            found = self._fonts[self._theme, bold] = font, QFontMetrics(font)
        return found

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The width that the text of a cell needs, and one row height for all."""
        column = self._model.column(index.column())
        text = self._model.data(index) or ""
        _, metrics = self._font_of(index)
        width = metrics.horizontalAdvance(text)
        mark = self._model.cell(index).mark
        if column.type is ColumnType.GAP and mark in SIGNS:
            width += self._theme.px(18)
        if column.type is ColumnType.CHIP:
            width += chip_room(self._theme)
        width += self._gutter(index.column()) + self._indent(self._model.row(index.row()), column)
        return QSize(width + 2 * self._theme.px(PADDING) + 2, self._theme.px(ROW_HEIGHT))

    def height(self, index: Index, width: int) -> int:
        """The height that a cell needs at a width: words that do not fit into one line go on in the next."""
        column = self._model.column(index.column())
        least = self._theme.px(ROW_HEIGHT)
        if column.type not in {ColumnType.NAME, ColumnType.TEXT}:
            return least
        text = self._model.data(index) or ""
        font, metrics = self._font_of(index)
        room = width - 2 * self._theme.px(PADDING) - self._indent(self._model.row(index.row()), column)
        if metrics.horizontalAdvance(text) <= room + 1:
            return least
        return max(least, ceil(broken(text, font, room).boundingRect().height()) + self._theme.px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Background, hairline, content, and the focus ring around the row."""
        rect, selected = self._begin(painter, option)
        column, row, cell = self._model.column(index.column()), self._model.row(index.row()), self._model.cell(index)
        if column.type is ColumnType.DOTS:
            self._paint_dot(painter, QRectF(rect), column, row, cell, self._model.axis(index.column()))
        elif column.type is ColumnType.SPLIT:
            self._paint_split(painter, QRectF(rect), column, row, cell)
        elif column.type is ColumnType.BAR:
            self._paint_bar(painter, QRectF(rect), row, cell)
        elif column.type is ColumnType.GAP:
            self._paint_gap(painter, rect, row, cell, self._model.data(index) or "")
        elif column.type is ColumnType.CHIP:
            side = self._theme.px(PADDING)
            paint_chip(painter, rect.adjusted(side, 0, -side, 0), cell.chip, self._model.data(index) or "", self._theme)
        else:
            gutter = self._gutter(index.column())
            self._paint_letters(painter, rect, cell, gutter)
            inner = rect.adjusted(self._indent(row, column), 0, -gutter, 0)
            self._paint_text(painter, inner, column, row, cell, self._model.data(index) or "")
        self._paint_edges(painter, rect, index, selected=selected)
        painter.restore()

    def _paint_edges(self, painter: QPainter, rect: QRect, index: Index, *, selected: bool) -> None:
        view = self.parent()
        if not isinstance(view, QWidget):
            return
        first, last = index.column() == 0, index.column() == self._model.columnCount() - 1
        if selected and first:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), self._theme.color("accent"))
        current = view.currentIndex() if hasattr(view, "currentIndex") else None
        if not view.hasFocus() or current is None or current.row() != index.row():
            return
        ring = self._theme.color("focus")
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), ring)
        painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), ring)
        if first:
            painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), ring)
        if last:
            painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), ring)

    def _paint_text(
        self, painter: QPainter, rect: QRect, column: TableColumn, row: TableRow, cell: Cell, text: str
    ) -> None:
        palette = self._theme.palette
        small = _is_small(row)
        small = small or column.level in {BaseLevel.UNTESTED, BaseLevel.HIDDEN}
        color = palette.muted if small or cell.shown is not None else palette.text
        if column.type is ColumnType.RANGE:
            color = palette.muted if small else palette.text2
        if column.key == "n" and small:
            color = palette.warn_text
        if cell.tone is not None and not small:
            color = palette.words(cell.tone)
        self._write(painter, rect, alignment(column), text, color, bold=self._is_bold(row, column, cell))

    def _paint_letters(self, painter: QPainter, rect: QRect, cell: Cell, gutter: int) -> None:
        """The letters of the columns that a cell is clearly higher than, behind its number."""
        if not cell.letters:
            return
        tone = {Mark.ABOVE: Tone.PROMOTER, Mark.BELOW: Tone.DETRACTOR}.get(cell.mark or Mark.CHANCE)
        palette = self._theme.palette
        painter.setFont(self._theme.font(CAPTION))
        painter.setPen(QColor(palette.accent if tone is None else palette.words(tone)))
        left = rect.right() - self._theme.px(PADDING) - gutter + self._theme.px(5)
        box = QRect(left, rect.top(), gutter, rect.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), cell.letters)

    def _gutter(self, column: int) -> int:
        """The room behind the numbers of a column for the longest letters in it."""
        view = self.parent()
        header = view.horizontalHeader() if isinstance(view, QTableView) else None
        return header.gutter(column) if isinstance(header, TableHeader) else 0

    def _indent(self, row: TableRow, column: TableColumn) -> int:
        return row.indent * self._theme.px(_INDENT) if column.type is ColumnType.NAME else 0

    def _paint_gap(self, painter: QPainter, rect: QRect, row: TableRow, cell: Cell, text: str) -> None:
        palette = self._theme.palette
        sign = SIGNS.get(cell.mark) if cell.mark is not None else None
        tone = {Mark.ABOVE: Tone.PROMOTER, Mark.BELOW: Tone.DETRACTOR}.get(cell.mark or Mark.CHANCE)
        color = palette.words(tone) if tone is not None else palette.muted if _is_small(row) else palette.text2
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._write(painter, rect, right, text, color, bold=sign is not None)
        if sign is None:
            return
        # The sign is drawn, not written: as a letter it has another size in every font.
        edge = (
            rect.right() - self._theme.px(PADDING) - painter.fontMetrics().horizontalAdvance(text) - self._theme.px(6)
        )
        half, middle = self._theme.px(5), rect.center().y() + 0.5
        up = half if cell.mark is Mark.ABOVE else -half
        points = [QPointF(edge - 2 * half, middle + up), QPointF(edge, middle + up), QPointF(edge - half, middle - up)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawPolygon(points)

    def _paint_dot(
        self, painter: QPainter, rect: QRectF, column: TableColumn, row: TableRow, cell: Cell, span: tuple[float, float]
    ) -> None:
        theme = self._theme
        left, width = rect.left() + theme.px(PADDING), rect.width() - 2 * theme.px(PADDING)

        def place(value: float) -> float:
            share = (value - span[0]) / (span[1] - span[0]) if span[1] > span[0] else 0.5
            return left + min(1.0, max(0.0, share)) * width

        if span[0] < 0 < span[1]:
            painter.setPen(QPen(theme.color("border"), 1))
            painter.drawLine(QPointF(place(0), rect.top()), QPointF(place(0), rect.bottom()))
        if column.reference is not None:
            pen = QPen(theme.color("muted"), 1)
            pen.setDashPattern([3, 3])
            pen.setDashOffset(rect.top() % 6)
            painter.setPen(pen)
            painter.drawLine(
                QPointF(place(column.reference), rect.top()), QPointF(place(column.reference), rect.bottom())
            )
        if not isinstance(cell.value, float | int):
            return
        small = _is_small(row)
        ink = theme.color("muted" if small else "accent")
        middle, cap = rect.center().y(), theme.px(5)
        painter.setPen(QPen(ink, 1.6))
        if cell.low is not None and cell.high is not None:
            low, high = place(cell.low), place(cell.high)
            painter.drawLine(QPointF(low, middle), QPointF(high, middle))
            painter.drawLine(QPointF(low, middle - cap), QPointF(low, middle + cap))
            painter.drawLine(QPointF(high, middle - cap), QPointF(high, middle + cap))
        # A rim in the colour of the card keeps the dot apart from its whisker.
        behind = theme.color("surface")
        painter.setPen(QPen(ink, 1.6) if small else QPen(behind, 1.6))
        painter.setBrush(behind if small else ink)
        radius = theme.px(5)
        painter.drawEllipse(QPointF(place(float(cell.value)), middle), radius, radius)

    def _paint_split(self, painter: QPainter, rect: QRectF, column: TableColumn, row: TableRow, cell: Cell) -> None:
        height, side = self._theme.px(20), self._theme.px(PADDING)
        box = QRectF(rect.left() + side, rect.center().y() - height / 2, rect.width() - 2 * side, height)
        parts = [
            (float(part.value), tone)
            for part, (_, tone) in zip(cell.parts, column.parts, strict=False)
            if isinstance(part.value, float | int)
        ]
        paint_split(painter, box, parts, self._theme, faded=_is_small(row))

    def _paint_bar(self, painter: QPainter, rect: QRectF, row: TableRow, cell: Cell) -> None:
        if not isinstance(cell.value, float | int):
            return
        height, side = self._theme.px(8), self._theme.px(PADDING)
        box = QRectF(rect.left() + side, rect.center().y() - height / 2, rect.width() - 2 * side, height)
        painter.setPen(Qt.PenStyle.NoPen)
        for share, color in ((1.0, "surface2"), (float(cell.value), "muted" if _is_small(row) else "accent")):
            painter.setBrush(self._theme.color(color))
            painter.drawRoundedRect(QRectF(box.topLeft(), QSizeF(box.width() * share, height)), 3, 3)

    def _write(
        self, painter: QPainter, rect: QRect, side: Qt.AlignmentFlag, text: str, color: str, *, bold: bool
    ) -> None:
        painter.setFont(self._theme.font(BODY, bold=bold))
        painter.setPen(QColor(color))
        box = rect.adjusted(self._theme.px(PADDING), 0, -self._theme.px(PADDING), 0)
        if painter.fontMetrics().horizontalAdvance(text) <= box.width() + 1:
            painter.drawText(box, int(side) | int(Qt.TextFlag.TextDontClip), text)
        else:
            words = broken(text, painter.font(), box.width())
            words.draw(painter, QPointF(box.left(), box.center().y() - words.boundingRect().height() / 2))

    @staticmethod
    def _is_bold(row: TableRow, column: TableColumn, cell: Cell) -> bool:
        """Names of totals, the score of everyone who is not a small group, and the n of those who are."""
        if column.key == "n":
            return _is_small(row)
        if column.key == "score" and column.type is ColumnType.NUMBER:
            return not _is_small(row) and cell.shown is None
        return ((row.total or row.head) and column.type is ColumnType.NAME) or cell.mark in SIGNS


def _is_small(row: TableRow) -> bool:
    return row.level is not BaseLevel.PLAIN and not row.total
