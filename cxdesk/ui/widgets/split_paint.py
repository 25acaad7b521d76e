"""Paints the parts of a whole from left to right: 2 px gaps, passives outlined, detractors hatched if asked for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from cxdesk.blocks.palette import Tone
from cxdesk.text import Format, show_number
from cxdesk.ui.theme import CAPTION, Theme

_GAP = 2
_FADED = 0.42
"""How much of a bar's colour is left in a row with a small base."""


def paint_split(
    painter: QPainter, box: QRectF, parts: list[tuple[float, Tone]], theme: Theme, *, faded: bool = False
) -> None:
    """Paint shares (0 to 1) in their order, each with its percentage where there is room; ``faded`` for small bases."""
    painter.setFont(theme.font(CAPTION, bold=True))
    left, room = box.left(), box.width() - _GAP * max(0, len(parts) - 1)
    for share, tone in parts:
        part = QRectF(left, box.top(), max(0.0, room * share), box.height())
        left = part.right() + _GAP
        if part.width() > 0.5:
            _paint_part(painter, part, tone, show_number(share, Format.PERCENT), theme, faded=faded)


def _paint_part(painter: QPainter, box: QRectF, tone: Tone, words: str, theme: Theme, *, faded: bool) -> None:
    palette = theme.palette
    fill, edge = QColor(palette.fill(tone)), QColor(palette.passive_outline)
    if faded:
        fill, edge = (_thinned(color, theme.color("surface")) for color in (fill, edge))
    passive, hatched = tone is Tone.PASSIVE, tone is Tone.DETRACTOR and theme.patterns
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5) if passive else box
    painter.setPen(QPen(edge, 1) if passive else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(inner, 3, 3)
    if hatched:
        painter.setBrush(QBrush(theme.color("surface"), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(inner, 3, 3)
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(words) + theme.px(6)
    if width > box.width():
        return
    if hatched:
        # A plain ground behind the words, so that hatching does not cross them.
        plate = QRectF(0, 0, width, min(box.height(), metrics.height()))
        plate.moveCenter(box.center())
        painter.fillRect(plate, fill)
    painter.setPen(QColor(palette.text if faded else palette.on(tone)))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


def _thinned(color: QColor, behind: QColor) -> QColor:
    """A colour mixed with the card's own, still opaque."""
    return QColor.fromRgbF(
        color.redF() * _FADED + behind.redF() * (1 - _FADED),
        color.greenF() * _FADED + behind.greenF() * (1 - _FADED),
        color.blueF() * _FADED + behind.blueF() * (1 - _FADED),
    )
