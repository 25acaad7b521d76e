"""The heading row of a table: quiet, in two lines where a title is long, aligned like the column below it.

Neighbouring columns may share a heading over them, and a column its letter below its title. A click on a title sorts;
an arrow shows by what.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from cxdesk.blocks.table import TableColumn
from cxdesk.survey.base import BaseLevel
from cxdesk.ui.theme import CAPTION, Theme
from cxdesk.ui.widgets.table_model import TableModel
from cxdesk.ui.widgets.table_order import UNSORTED, Sorting

PADDING = 10
"""Air at the left and right of every cell and heading, in pixels at 100 %."""

_LINES = 2


class TableHeader(QHeaderView):
    """Paints titles itself: the style sheet's header cuts long titles off instead of breaking them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Columns can be dragged to another width."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = Theme()
        self._runs: list[_Run] = []
        self._gutters: list[int] = []
        self._kept = 0
        self.pressed_first = False
        """Whether the last press was on the title of the names that stay in sight."""
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_look(self, theme: Theme) -> None:
        """Take over fonts and colours; called again for another table."""
        self._theme = theme
        self._runs = _runs(self.model())
        self._gutters = [self._gutter(section) for section in range(self.count())]
        self.setFont(theme.font(CAPTION, bold=True))
        self.updateGeometry()
        self.viewport().update()

    def keep_first(self, width: int) -> None:
        """Keep the title of the names in sight, ``width`` pixels wide, over titles that pass below; 0 for none."""
        self._kept = width
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The titles, and the one of the names where the table was moved to the side."""
        super().paintEvent(event)
        if self._kept:
            painter = QPainter(self.viewport())
            self.paintSection(painter, QRect(0, 0, self._kept, self.height()), 0)
            painter.fillRect(self._kept - 1, self._strip(), 1, self.height(), self._theme.color("control"))
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember which title was seen under the pointer."""
        self.pressed_first = event.position().x() < self._kept
        super().mousePressEvent(event)

    def title(self, section: int) -> str:
        """The title of a column."""
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")

    def needed(self, section: int) -> int:
        """The width at which a title fits, in two lines if it has a place to break and is long."""
        metrics = QFontMetrics(self._theme.font(CAPTION, bold=True))
        title = self.title(section)
        whole = metrics.horizontalAdvance(title)
        air = 2 * self._theme.px(PADDING) + 2 + self.gutter(section)
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
        lines = [
            min(_LINES, self._lines(metrics, self.title(i), width - air - self.gutter(i)))
            for i, width in enumerate(widths)
        ]
        rows = max(lines, default=1) + (1 if self._lettered() else 0)
        return rows * metrics.lineSpacing() + self._theme.px(16) + self._strip()

    def runs(self) -> list[tuple[int, int, int]]:
        """The headings over several columns: first column, how many, and the width that the words need."""
        metrics = QFontMetrics(self._theme.font(CAPTION, bold=True))
        air = 2 * self._theme.px(PADDING) + 2
        return [(run.first, run.count, metrics.horizontalAdvance(run.words) + air) for run in self._runs]

    def gutter(self, section: int) -> int:
        """The room that the letters behind the numbers of a column need."""
        return self._gutters[section] if section < len(self._gutters) else 0

    def _gutter(self, section: int) -> int:
        model = self.model()
        longest = model.longest_letters(section) if isinstance(model, TableModel) else ""
        if not longest:
            return 0
        return QFontMetrics(self._theme.font(CAPTION)).horizontalAdvance(longest) + self._theme.px(5)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """Title with its letter, what stands over it, and the line that divides it from the rows."""
        theme = self._theme
        painter.save()
        painter.fillRect(rect, theme.color("surface"))
        self._paint_run(painter, rect, logicalIndex)
        painter.setPen(QPen(theme.color("control"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        side = self.model().headerData(logicalIndex, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        across = Qt.AlignmentFlag(int(side)) & Qt.AlignmentFlag.AlignHorizontal_Mask
        box = rect.adjusted(
            theme.px(PADDING), self._strip(), -theme.px(PADDING) - self.gutter(logicalIndex), -theme.px(4)
        )
        column = self._column(logicalIndex)
        painter.setFont(theme.font(CAPTION))
        painter.setPen(theme.color("muted"))
        if self._lettered():
            below = int(across) | int(Qt.AlignmentFlag.AlignBottom)
            painter.drawText(box, below, "" if column is None else column.letter)
            box.setBottom(box.bottom() - painter.fontMetrics().lineSpacing())
        small = column is not None and column.level in {BaseLevel.UNTESTED, BaseLevel.HIDDEN}
        painter.setFont(theme.font(CAPTION, bold=True))
        painter.setPen(theme.color("muted" if small else "text2"))
        title = self.title(logicalIndex)
        metrics = painter.fontMetrics()
        if self._lines(metrics, title, box.width()) > _LINES:
            title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, box.width() * _LINES - theme.px(12))
        flags = int(across) | int(Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(box, flags, title)
        if column is not None and column.key == self._sorting().column:
            self._paint_arrow(painter, rect)
        painter.restore()

    def _paint_arrow(self, painter: QPainter, rect: QRect) -> None:
        """An open arrow at the upper edge: filled triangles stand for clear differences."""
        theme = self._theme
        half, middle = theme.px(4), rect.center().x() + 0.5
        top = rect.top() + self._strip() + theme.px(3)
        tip, ends = (top + half, top) if self._sorting().descending else (top, top + half)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent"), 1.6))
        painter.drawPolyline([QPointF(middle - half, ends), QPointF(middle, tip), QPointF(middle + half, ends)])

    def _sorting(self) -> Sorting:
        model = self.model()
        return model.sorting if isinstance(model, TableModel) else UNSORTED

    def _paint_run(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The part of a heading over several columns that lies over one of them."""
        run = next((run for run in self._runs if run.first <= section < run.first + run.count), None)
        if run is None:
            return
        theme, strip = self._theme, self._strip()
        left = rect.left() - sum(self.sectionSize(place) for place in range(run.first, section))
        width = sum(self.sectionSize(place) for place in range(run.first, run.first + run.count))
        whole = QRect(left + theme.px(PADDING), rect.top(), width - 2 * theme.px(PADDING), strip)
        painter.save()
        painter.setClipRect(rect)
        painter.setFont(theme.font(CAPTION, bold=True))
        painter.setPen(theme.color("text2"))
        words = painter.fontMetrics().elidedText(run.words, Qt.TextElideMode.ElideRight, whole.width())
        painter.drawText(whole, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.fillRect(whole.left(), whole.bottom(), whole.width(), 1, theme.color("border"))
        painter.restore()

    def _strip(self) -> int:
        """The height of the headings over several columns."""
        if not self._runs:
            return 0
        return QFontMetrics(self._theme.font(CAPTION, bold=True)).lineSpacing() + self._theme.px(10)

    def _lettered(self) -> bool:
        columns = (self._column(place) for place in range(self.count()))
        return any(column is not None and column.letter for column in columns)

    def _column(self, section: int) -> TableColumn | None:
        model = self.model()
        return model.column(section) if isinstance(model, TableModel) else None

    @staticmethod
    def _lines(metrics: QFontMetrics, title: str, width: int) -> int:
        """How many lines a title takes; a word that is wider than the column counts as too many."""
        box = metrics.boundingRect(QRect(0, 0, max(1, width), 10_000), int(Qt.TextFlag.TextWordWrap), title)
        return _LINES + 1 if box.width() > width else max(1, round(box.height() / metrics.lineSpacing()))


@dataclass(frozen=True, slots=True)
class _Run:
    """A heading over ``count`` neighbouring columns from ``first`` on."""

    first: int
    count: int
    words: str


def _runs(model: QAbstractItemModel) -> list[_Run]:
    found: list[_Run] = []
    place = 0
    for words, count in model.groups() if isinstance(model, TableModel) else []:
        if words:
            found.append(_Run(place, count, words))
        place += count
    return found
