"""The head of a card: its title, what stands beside it at the right, and the button for more.

A long title keeps the whole width for itself; what stands beside it then goes below it. Questions of a survey are
often whole sentences, and in a narrow card they would otherwise be torn into a column of single words.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayoutItem, QWidget

from cxdesk.ui.widgets.arranging import Arranging

_GAP = 8
_BETWEEN_LINES = 2


class CardHead(Arranging):
    """Title first, the button last, everything else beside or below the title. Hidden widgets take no room."""

    def __init__(self, title: QLabel, beside: tuple[QWidget, ...], more: QWidget) -> None:
        """``title`` is a label that wraps."""
        super().__init__()
        self._title = title
        self.setContentsMargins(0, 0, 0, 0)
        for widget in (title, *beside, more):
            self.addWidget(widget)

    def expandingDirections(self) -> Qt.Orientation:
        """The head fills the width of its card."""
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        air = self.contentsMargins()
        width = self._title_width() + sum(item.sizeHint().width() + _GAP for item in self._shown()[1:])
        width += air.left() + air.right()
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        """The title at its narrowest beside the button; the height comes from the width."""
        shown = self._shown()
        if not shown:
            return QSize(0, 0)
        first = shown[0].minimumSize().width() + _GAP + shown[-1].minimumSize().width()
        below = sum(item.minimumSize().width() + _GAP for item in shown[1:-1]) - _GAP
        air = self.contentsMargins()
        return QSize(max(first, below) + air.left() + air.right(), shown[-1].minimumSize().height())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _title_width(self) -> int:
        """The width of the title in one line; a label that wraps does not say it."""
        self._title.ensurePolished()
        return self._title.fontMetrics().horizontalAdvance(self._title.text()) + 2

    def arrange(self, whole: QRect, *, move: bool) -> int:
        """Measure or place; see `Arranging`."""
        shown = self._shown()
        if len(shown) < 2:
            return 0
        air = self.contentsMargins()
        rect = whole.marginsRemoved(air)
        title, beside, more = shown[0], shown[1:-1], shown[-1]
        room = rect.width() - more.sizeHint().width() - _GAP
        aside = sum(item.sizeHint().width() + _GAP for item in beside)
        together = self._title_width() + aside <= room
        wide = room - aside if together else room
        high = max(title.heightForWidth(wide), more.sizeHint().height())
        lower = 0 if together else max((item.sizeHint().height() for item in beside), default=0)
        if move:
            title.setGeometry(QRect(rect.x(), rect.y(), wide, high))
            at = QPoint(rect.right() + 1 - more.sizeHint().width(), rect.y())
            more.setGeometry(QRect(at, more.sizeHint()))
            x = rect.x() + (wide + _GAP if together else 0)
            y, line = (rect.y(), high) if together else (rect.y() + high + _BETWEEN_LINES, lower)
            for item in beside:
                size = item.sizeHint()
                item.setGeometry(QRect(x, y + (line - size.height()) // 2, size.width(), size.height()))
                x += size.width() + _GAP
        return high + (lower + _BETWEEN_LINES if lower else 0) + air.top() + air.bottom()
