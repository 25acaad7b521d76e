"""Cards beside each other in given proportions; two per line, or one, where they would be too narrow."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from cxdesk.ui.widgets.arranging import Arranging

GAP = 12
NARROW_UNDER = 1000
"""The content of a window of 1100 px (UX.md 4), with or without the words of the sidebar."""


class RowLayout(Arranging):
    """Divides a width by weights; no card gets narrower than its words, such as a key number, need."""

    def __init__(self, parent: QWidget, weights: tuple[int, ...]) -> None:
        """One weight per card that will be added."""
        super().__init__(parent)
        self._weights = weights
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def expandingDirections(self) -> Qt.Orientation:
        """Cards fill the width."""
        return Qt.Orientation.Horizontal

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width. Qt asks many times while it arranges a page."""
        if width not in self._heights:
            self._heights[width] = self.arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was measured: a card has changed."""
        self._heights.clear()
        super().invalidate()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, self.heightForWidth(1100))

    def minimumSize(self) -> QSize:
        """Only the width is sure; the height comes from `heightForWidth`."""
        return QSize(200, 40)

    def _lines(self, width: int) -> list[list[int]]:
        """The places of the cards in each line: all in one, else two, else one."""
        places = list(range(len(self._items)))
        most = len(places) if width >= NARROW_UNDER or len(places) < 4 else 2
        for many in sorted({most, min(most, 2)}, reverse=True):
            lines = [places[start : start + many] for start in range(0, len(places), many)]
            if all(self._least(line) <= width for line in lines):
                return lines
        return [[place] for place in places]

    def _least(self, line: list[int]) -> int:
        return sum(self._items[place].minimumSize().width() for place in line) + GAP * (len(line) - 1)

    def _widths(self, line: list[int], width: int, *, folded: bool) -> list[int]:
        """The width of each card of a line: by weight, but wide enough; those of folded rows are equal."""
        room = width - GAP * (len(line) - 1)
        weights = [1 if folded or place >= len(self._weights) else self._weights[place] for place in line]
        least = [min(self._items[place].minimumSize().width(), room) for place in line]
        fixed: dict[int, int] = {}
        while True:
            free = [number for number in range(len(line)) if number not in fixed]
            left = room - sum(fixed.values())
            total = sum(weights[number] for number in free) or 1
            tight = [number for number in free if left * weights[number] // total < least[number]]
            if not tight or len(tight) == len(free):
                break
            fixed |= {number: least[number] for number in tight}
        widths = [fixed.get(number, left * weights[number] // total) for number in range(len(line))]
        widths[-1] += room - sum(widths)
        return widths

    def arrange(self, rect: QRect, *, move: bool) -> int:
        """Measure or place; see `Arranging`."""
        y = rect.y()
        lines = self._lines(rect.width())
        for line in lines:
            widths = self._widths(line, rect.width(), folded=len(lines) > 1)
            height = max(_height(self._items[place], width) for place, width in zip(line, widths, strict=True))
            x = rect.x()
            for place, width in zip(line, widths, strict=True):
                if move:
                    self._items[place].setGeometry(QRect(QPoint(x, y), QSize(width, height)))
                x += width + GAP
            y += height + GAP
        return max(0, y - GAP - rect.y())


def _height(item: QLayoutItem, width: int) -> int:
    # A card's minimum size is that of its words at their narrowest, so it says nothing where the width is known.
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return max(item.sizeHint().height(), item.minimumSize().height())
