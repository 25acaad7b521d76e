"""Paints a short word in a coloured pill, with its sign in front: to decide, to know, fine."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from cxdesk.blocks.table import Chip
from cxdesk.ui.icons import pixmap
from cxdesk.ui.theme import CAPTION, Theme

_SIGNS = {Chip.WARN: "warning", Chip.INFO: "info", Chip.OK: "check"}
_HIGH, _SIDE, _ICON, _GAP = 20, 8, 13, 5


def chip_room(theme: Theme) -> int:
    """The width that a pill needs beside its word, in pixels."""
    return theme.px(2 * _SIDE + _ICON + _GAP)


def paint_chip(painter: QPainter, rect: QRect, chip: Chip | None, words: str, theme: Theme) -> None:
    """Paint a pill at the left of ``rect``; without a meaning only the word."""
    palette = theme.palette
    painter.setFont(theme.font(CAPTION))
    if chip is None or not words:
        painter.setPen(QColor(palette.text))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        return
    behind, ink = {
        Chip.WARN: (palette.warn_bg, palette.warn_text),
        Chip.INFO: (palette.info_bg, palette.info_text),
        Chip.OK: (palette.ok_bg, palette.ok_text),
    }[chip]
    high, side, icon = theme.px(_HIGH), theme.px(_SIDE), theme.px(_ICON)
    wide = QFontMetrics(painter.font()).horizontalAdvance(words) + chip_room(theme)
    pill = QRectF(rect.left(), rect.center().y() - high / 2 + 0.5, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(behind))
    painter.drawRoundedRect(pill, high / 2, high / 2)
    ratio = painter.device().devicePixelRatioF()
    top = round(pill.center().y() - icon / 2)
    painter.drawPixmap(rect.left() + side, top, pixmap(_SIGNS[chip], ink, icon, ratio))
    painter.setPen(QColor(ink))
    box = pill.adjusted(side + icon + theme.px(_GAP), 0, 0, 0)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
