"""What rows that are painted have in common: their look, the ground they stand on, and words broken into lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cxdesk.ui.theme import Theme


class RowDelegate(QStyledItemDelegate):
    """Plain until `show_look`."""

    def __init__(self, parent: QWidget) -> None:
        """``parent`` is the view."""
        super().__init__(parent)
        self._theme = Theme()

    def show_look(self, theme: Theme) -> None:
        """Take over fonts and colours."""
        self._theme = theme

    def _begin(self, painter: QPainter, option: QStyleOptionViewItem) -> tuple[QRect, bool]:
        """Paint background and hairline, and keep to the place of the row; whether it is selected."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, self._theme.color("selection" if selected else "surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self._theme.color("border"))
        painter.setClipRect(rect)
        return rect, selected


def broken(text: str, font: QFont, width: int, formats: Sequence[QTextLayout.FormatRange] = ()) -> QTextLayout:
    """Words broken into lines between words, or inside of one that is too long for a line of its own."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if formats:
        layout.setFormats(formats)
    layout.beginLayout()
    down = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, down))
        down += line.height()
    layout.endLayout()
    return layout
