"""Cards beside each other in given proportions; in a narrow window two per line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

GAP = 12
NARROW_UNDER = 900


class RowLayout(QLayout):
    """Divides a width by weights. Under 900 px of content, rows of three and more cards are folded."""

    def __init__(self, parent: QWidget, weights: tuple[int, ...]) -> None:
        """One weight per card that will be added."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._weights = weights
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take over a card."""
        self._items.append(item)

    def count(self) -> int:
        """How many cards there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The card at a position."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Give a card back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Cards fill the width."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """The height depends on how the cards are folded."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the cards in their places."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, self.heightForWidth(1100))

    def minimumSize(self) -> QSize:
        """The highest card."""
        return QSize(200, max((item.minimumSize().height() for item in self._items), default=0))

    def _lines(self, width: int) -> list[list[int]]:
        places = list(range(len(self._items)))
        if width >= NARROW_UNDER or len(places) < 2:
            return [places]
        return [places[start : start + 2] for start in range(0, len(places), 2)]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            weights = [self._weights[place] if place < len(self._weights) else 1 for place in line]
            room = rect.width() - GAP * (len(line) - 1)
            widths = [room * weight // sum(weights) for weight in weights]
            if len(self._lines(rect.width())) > 1:
                widths = [room // len(line)] * len(line)
            widths[-1] += room - sum(widths)
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
