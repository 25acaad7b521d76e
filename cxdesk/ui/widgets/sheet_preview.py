"""A sheet of the report as it will be: painted from the same model that the workbook is written from."""

from __future__ import annotations

from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from cxdesk.render.excel.model import Placed, PlacedChart, SheetModel
from cxdesk.ui.theme import Theme

_COLUMN_PIXELS = 7.0
"""A width of one character is 7 pixels at 96 dots per inch, plus 5 of padding per column."""
_COLUMN_PADDING = 5.0
_POINT = 96 / 72
_ROW_HEIGHT = 15.0
_DEFAULT_WIDTH = 8.43
_MARGIN = 24
_A4_RATIO = 297 / 210
_MOST_ROWS = 70


class SheetPreview(QWidget):
    """Shows the first page of a sheet, fitted to the room there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is shown until `show_sheet`."""
        super().__init__(parent)
        self._sheet: SheetModel | None = None
        self._pictures: dict[int, QImage] = {}
        self._theme = Theme()
        self._font = "Calibri"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 220)

    def show_sheet(self, sheet: SheetModel | None, pictures: dict[int, QImage], theme: Theme, name: str) -> None:
        """Show a sheet; ``pictures`` are its charts by their position in the model."""
        self._sheet, self._pictures, self._theme = sheet, pictures, theme
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """As large as there is room for."""
        return QSize(400, 520)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper, cells, then charts."""
        sheet = self._sheet
        if sheet is None:
            return
        lefts, tops = _edges(sheet)
        ratio = 1 / _A4_RATIO if sheet.landscape else _A4_RATIO
        width = lefts[-1] + 2 * _MARGIN
        height = width * ratio
        if sheet.one_page_tall:
            height = max(height, tops[-1] + 2 * _MARGIN)
        scale = min(self.width() / width, self.height() / height)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate((self.width() - width * scale) / 2, (self.height() - height * scale) / 2)
        painter.scale(scale, scale)
        paper = QRectF(0, 0, width, height)
        painter.fillRect(paper, QColor(Qt.GlobalColor.white))
        painter.setPen(QPen(self._theme.color("border"), 1 / scale))
        painter.drawRect(paper)
        painter.setClipRect(paper.adjusted(2, 2, -2, -2))
        painter.translate(_MARGIN, _MARGIN)
        for placed in sheet.cells:
            if placed.row < len(tops) - 1 and placed.column < len(lefts) - 1:
                self._cell(painter, placed, _box(placed, lefts, tops))
        for place, chart in enumerate(sheet.charts):
            picture = self._pictures.get(place)
            if picture is not None:
                painter.drawImage(_box(chart, lefts, tops), picture)
        painter.end()

    def _cell(self, painter: QPainter, placed: Placed, box: QRectF) -> None:
        style = placed.style
        if style.fill:
            painter.fillRect(box, QColor(style.fill))
        for color, start, end in (
            (style.bottom, box.bottomLeft(), box.bottomRight()),
            (style.top, box.topLeft(), box.topRight()),
            (style.left, box.topLeft(), box.bottomLeft()),
        ):
            if color:
                thick = 3 if color == style.left and style.left_thick else 1
                painter.setPen(QPen(QColor(color), thick))
                painter.drawLine(QPointF(start), QPointF(end))
        text = placed.shown or ("" if placed.value is None else str(placed.value))
        if not text:
            return
        font = QFont()
        font.setFamilies([self._font, *self._theme.families()])
        font.setPixelSize(max(1, round(style.size * _POINT)))
        font.setBold(style.bold)
        font.setItalic(style.italic)
        font.setUnderline(style.underline)
        painter.setFont(font)
        painter.setPen(QColor(style.color) if style.color else QColor(Qt.GlobalColor.black))
        option = QTextOption(_alignment(placed))
        option.setWrapMode(QTextOption.WrapMode.WordWrap if style.wrap else QTextOption.WrapMode.NoWrap)
        inner = box.adjusted(3 + 6 * style.indent, 0, -3, 0)
        if not style.wrap and style.align == "left":
            inner.setWidth(max(inner.width(), 4000))
        painter.drawText(inner, text, option)


def _alignment(placed: Placed) -> Qt.AlignmentFlag:
    across = {"right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}
    down = {"top": Qt.AlignmentFlag.AlignTop, "bottom": Qt.AlignmentFlag.AlignBottom}
    return across.get(placed.style.align, Qt.AlignmentFlag.AlignLeft) | down.get(
        placed.style.valign, Qt.AlignmentFlag.AlignVCenter
    )


def _edges(sheet: SheetModel) -> tuple[list[float], list[float]]:
    """Where columns and rows begin, in pixels at 96 dots per inch; the last entry is the far edge."""
    columns = max(sheet.last_column, 1)
    rows = min(max(sheet.last_row, 1), _MOST_ROWS)
    widths = [*sheet.widths, *[_DEFAULT_WIDTH] * columns][:columns]
    lefts = accumulate((width * _COLUMN_PIXELS + _COLUMN_PADDING for width in widths), initial=0.0)
    tops = accumulate((sheet.heights.get(row, _ROW_HEIGHT) * _POINT for row in range(rows)), initial=0.0)
    return list(lefts), list(tops)


def _box(placed: Placed | PlacedChart, lefts: list[float], tops: list[float]) -> QRectF:
    left, top = lefts[min(placed.column, len(lefts) - 1)], tops[min(placed.row, len(tops) - 1)]
    right = lefts[min(placed.column + placed.columns, len(lefts) - 1)]
    bottom = tops[min(placed.row + placed.rows, len(tops) - 1)]
    return QRectF(left, top, max(0.0, right - left), max(0.0, bottom - top))
