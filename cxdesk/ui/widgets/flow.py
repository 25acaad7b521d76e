"""A layout that fills a line and goes on in the next one, as words do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from cxdesk.ui.widgets.arranging import Arranging


class Flow(Arranging):
    """Widgets from left to right at their preferred size, wrapped at the right edge."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        """``spacing`` pixels between widgets and between lines."""
        super().__init__(parent)
        self._at_end: list[QWidget] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def add_at_end(self, widget: QWidget) -> None:
        """Add a widget that stands at the right end of its line."""
        self._at_end.append(widget)
        self.addWidget(widget)

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Give an item back."""
        item = super().takeAt(index)
        if item is not None:
            self._at_end = [widget for widget in self._at_end if widget is not item.widget()]
        return item

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than needed."""
        return Qt.Orientation(0)

    def sizeHint(self) -> QSize:
        """All items in one line."""
        width = sum(item.sizeHint().width() + self.spacing() for item in self._items)
        height = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(width, height)

    def minimumSize(self) -> QSize:
        """The widest and the highest item."""
        widths = (item.minimumSize().width() for item in self._items)
        heights = (item.minimumSize().height() for item in self._items)
        return QSize(max(widths, default=0), max(heights, default=0))

    def arrange(self, rect: QRect, *, move: bool) -> int:
        """Measure or place; see `Arranging`."""
        y = rect.y()
        for line in self._lines(rect.width()):
            sizes = [item.sizeHint() for item in line]
            height = max(size.height() for size in sizes)
            free = rect.width() - sum(size.width() for size in sizes) - self.spacing() * (len(line) - 1)
            x = rect.x()
            for item, size in zip(line, sizes, strict=True):
                if free > 0 and item.widget() in self._at_end:
                    x, free = x + free, 0
                if move:
                    middle = (height - size.height()) // 2
                    item.setGeometry(
                        QRect(QPoint(x, y + middle), QSize(min(size.width(), rect.width()), size.height()))
                    )
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return max(0, y - self.spacing() - rect.y())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """The items that fit beside each other."""
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._items:
            wanted = item.sizeHint().width()
            if not lines or used + self.spacing() + wanted > width:
                lines.append([])
                used = -self.spacing()
            lines[-1].append(item)
            used += self.spacing() + wanted
        return lines
