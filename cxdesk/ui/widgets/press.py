"""Prints the pages of a sheet, on a picture for the preview or on a PDF: cells, words and the line at the foot."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextOption

from cxdesk.render.excel.model import Placed
from cxdesk.render.preview import Box, PrintedPage
from cxdesk.ui.theme import Theme

_POINT = 96 / 72
_NUDGE = 3
"""The room that a spreadsheet leaves between the edge of a cell and its text, in pixels."""

_INDENT = 9
_FOOTER_FROM_EDGE = 34
_SIDE = 48
_FOOTER_SIZE = 8
_LEAST_SIZE = 6

Footer = tuple[str, str, str]
"""What stands at the foot of a page: left, in the middle, right."""


class Press:
    """Prints with one painter, in a workbook's ``font``."""

    def __init__(self, painter: QPainter, font: str, theme: Theme) -> None:
        """The painter's unit is a pixel of 96 to the inch."""
        self._painter = painter
        self._font = font
        self._theme = theme

    def print_page(self, page: PrintedPage, footer: Footer, zoom: float = 1.0) -> None:
        """Cells and footer; charts are pictures that others add. The painter is left where it was."""
        painter = self._painter
        painter.save()
        painter.translate(page.left * zoom, page.top * zoom)
        scale = page.scale * zoom
        edge = (page.width - 2 * page.left) / page.scale
        for box, placed in page.cells:
            self._ground(placed, scaled(box, scale))
        for box, placed in page.cells:
            self._text(placed, box, scale, edge)
        painter.restore()
        painter.save()
        painter.scale(zoom, zoom)
        self._print_footer(page, footer)
        painter.restore()

    def _ground(self, placed: Placed, box: QRectF) -> None:
        """Fill and lines of a cell, on whole pixels: neighbouring fills must not leave a seam."""
        painter, style = self._painter, placed.style
        if style.fill:
            painter.fillRect(box, QColor(style.fill))
        if style.bottom:
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(style.bottom))
        if style.top:
            painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1), QColor(style.top))
        if style.left:
            painter.fillRect(
                QRectF(box.left(), box.top(), 2 if style.left_thick else 1, box.height()), QColor(style.left)
            )

    def _text(self, placed: Placed, box: Box, scale: float, edge: float) -> None:
        """Words in their own size on a reduced ground, so that lines break where they will on paper.

        The lines of a sheet were broken for the font of the workbook; where that font is absent and its stand-in is
        wider, a line that would leave the paper at ``edge`` is written smaller, and so are lines that need more height.
        """
        painter, style = self._painter, placed.style
        text = placed.shown or ("" if placed.value is None else str(placed.value))
        if not text:
            return
        painter.save()
        painter.scale(scale, scale)
        painter.setFont(self._sized(style.size, bold=style.bold, italic=style.italic))
        painter.setPen(QColor(style.color) if style.color else QColor(Qt.GlobalColor.black))
        option = QTextOption(_alignment(placed))
        option.setWrapMode(QTextOption.WrapMode.WordWrap if style.wrap else QTextOption.WrapMode.NoWrap)
        indent = _NUDGE + _INDENT * style.indent
        inner = QRectF(box.x, box.y, box.width, box.height).adjusted(indent, 0, -_NUDGE, 0)
        if not style.wrap and style.align == "left":
            # Words run on over empty cells beside them; a filled neighbour is rare in these sheets.
            inner.setWidth(max(inner.width(), 4000.0))
            painter.setFont(_within(painter.font(), text, edge - inner.left()))
        elif style.wrap:
            painter.setFont(_within_lines(painter.font(), text, inner))
        painter.drawText(inner, text, option)
        painter.restore()

    def _print_footer(self, page: PrintedPage, footer: Footer) -> None:
        painter = self._painter
        painter.setFont(self._sized(_FOOTER_SIZE))
        painter.setPen(QColor(self._ink()))
        line = QRectF(_SIDE, page.height - _FOOTER_FROM_EDGE - 14, page.width - 2 * _SIDE, 14)
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for words, side in zip(footer, sides, strict=True):
            painter.drawText(line, words, QTextOption(side | Qt.AlignmentFlag.AlignVCenter))

    def _ink(self) -> str:
        """The colour of the footer: paper is white in the dark window too."""
        return Theme(dark=False).palette.muted

    def _sized(self, points: float, *, bold: bool = False, italic: bool = False) -> QFont:
        font = QFont()
        font.setFamilies([self._font, *self._theme.families()])
        font.setPixelSize(max(1, round(points * _POINT)))
        font.setBold(bold)
        font.setItalic(italic)
        return font


def _within(font: QFont, text: str, room: float) -> QFont:
    """The font, made smaller if the text is wider than ``room``."""
    wide = QFontMetricsF(font).horizontalAdvance(text)
    if room <= 0 or wide <= room:
        return font
    smaller = QFont(font)
    smaller.setPixelSize(max(_LEAST_SIZE, int(font.pixelSize() * room / wide)))
    return smaller


def _within_lines(font: QFont, text: str, room: QRectF) -> QFont:
    """The font, made smaller if the words broken into lines are higher than their cell: they would be cut."""
    while font.pixelSize() > _LEAST_SIZE:
        taken = QFontMetricsF(font).boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        if taken.height() <= room.height() + 1:
            break
        font.setPixelSize(font.pixelSize() - 1)
    return font


def scaled(box: Box, scale: float) -> QRectF:
    """The box on whole pixels: where one ends the next begins."""
    left, top = round(box.x * scale), round(box.y * scale)
    right, bottom = round((box.x + box.width) * scale), round((box.y + box.height) * scale)
    return QRectF(QPointF(left, top), QPointF(right, bottom))


def _alignment(placed: Placed) -> Qt.AlignmentFlag:
    across = {"right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}
    down = {"top": Qt.AlignmentFlag.AlignTop, "bottom": Qt.AlignmentFlag.AlignBottom}
    return across.get(placed.style.align, Qt.AlignmentFlag.AlignLeft) | down.get(
        placed.style.valign, Qt.AlignmentFlag.AlignVCenter
    )
