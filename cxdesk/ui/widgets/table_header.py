"""The heading row of a table: quiet, in two lines where a title is long, aligned like the column below it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from cxdesk.ui.theme import CAPTION, Theme

PADDING = 10
"""Air at the left and right of every cell and heading, in pixels at 100 %."""

_LINES = 2


class TableHeader(QHeaderView):
    """Paints titles itself: the style sheet's header cuts long titles off instead of breaking them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Columns can be dragged to another width."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = Theme()
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_look(self, theme: Theme) -> None:
        """Take over fonts and colours."""
        self._theme = theme
        self.setFont(theme.font(CAPTION, bold=True))
        self.updateGeometry()
        self.viewport().update()

    def title(self, section: int) -> str:
        """The title of a column."""
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")

    def needed(self, section: int) -> int:
        """The width at which a title fits, in two lines if it has a place to break and is long."""
        metrics = QFontMetrics(self._theme.font(CAPTION, bold=True))
        title = self.title(section)
        whole = metrics.horizontalAdvance(title)
        air = 2 * self._theme.px(PADDING) + 2
        if whole <= self._theme.px(72):
            return whole + air
        for width in range(max(self._theme.px(56), whole // 2), whole, 4):
            if self._lines(metrics, title, width) <= _LINES:
                return width + air
        return whole + air

    def sizeHint(self) -> QSize:
        """As tall as the title with most lines asks for."""
        widths = [self.sectionSize(section) for section in range(self.count())]
        return QSize(super().sizeHint().width(), self.height_for(widths))

    def height_for(self, widths: list[int]) -> int:
        """The height at these widths of the columns."""
        metrics = QFontMetrics(self._theme.font(CAPTION, bold=True))
        air = 2 * self._theme.px(PADDING)
        lines = [min(_LINES, self._lines(metrics, self.title(i), width - air)) for i, width in enumerate(widths)]
        return max(lines, default=1) * metrics.lineSpacing() + self._theme.px(16)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """Title, and the line that divides it from the rows."""
        theme = self._theme
        painter.save()
        painter.fillRect(rect, theme.color("surface"))
        painter.setPen(QPen(theme.color("control"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        side = self.model().headerData(logicalIndex, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        box = rect.adjusted(theme.px(PADDING), 0, -theme.px(PADDING), -theme.px(4))
        painter.setFont(theme.font(CAPTION, bold=True))
        painter.setPen(theme.color("text2"))
        across = Qt.AlignmentFlag(int(side)) & Qt.AlignmentFlag.AlignHorizontal_Mask
        title = self.title(logicalIndex)
        metrics = painter.fontMetrics()
        if self._lines(metrics, title, box.width()) > _LINES:
            title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, box.width() * _LINES - theme.px(12))
        flags = int(across) | int(Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(box, flags, title)
        painter.restore()

    @staticmethod
    def _lines(metrics: QFontMetrics, title: str, width: int) -> int:
        """How many lines a title takes; a word that is wider than the column counts as too many."""
        box = metrics.boundingRect(QRect(0, 0, max(1, width), 10_000), int(Qt.TextFlag.TextWordWrap), title)
        return _LINES + 1 if box.width() > width else max(1, round(box.height() / metrics.lineSpacing()))
