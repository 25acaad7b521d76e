"""The same beginning of a file in up to three encodings side by side; pressing the right one reads the file with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from cxdesk.reading.looks import Way
from cxdesk.text import Text, Translator, say
from cxdesk.ui.parts import button, card, clear, label
from cxdesk.ui.theme import Theme

NAMES: dict[str, Text] = {
    "UTF-8": say("Unicode (UTF-8)"),
    "UTF-16": say("Unicode (UTF-16)"),
    "GB18030": say("Simplified Chinese (GB 18030)"),
    "Big5": say("Traditional Chinese (Big5)"),
    "Windows-1252": say("Western (Windows-1252)"),
    "Shift_JIS": say("Japanese (Shift JIS)"),
    "EUC-KR": say("Korean (EUC-KR)"),
}
"""What people call the encodings that they meet; others keep their technical name."""

_CELLS = 4
_LEAST = 200
"""The least width of one way in pixels at 100 % text size; narrower, they stand below each other."""


class EncodingWays(QWidget):
    """Emits the codec of the way that was pressed."""

    way_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_ways`."""
        super().__init__(parent)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._room = 0

    def show_ways(self, ways: Sequence[Way], used: str, theme: Theme, translator: Translator) -> None:
        """Show the ways; ``used`` is the name of the encoding that is in use now, "" for none."""
        clear(self._row)
        for way in ways:
            self._row.addWidget(self._card(way, translator, used=way.name == used), 1)
        self._room = len(ways) * theme.px(_LEAST)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand beside or below each other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if self.width() < self._room else direction.LeftToRight)

    def _card(self, way: Way, translator: Translator, *, used: bool) -> QFrame:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        name = translator(encoding_name(way.name))
        column.addWidget(label(name, "title", wrap=True))
        lines = [" · ".join(cell for cell in row[:_CELLS] if cell) for row in way.rows]
        words = "\n".join(line for line in lines if line)
        shown = label(words, "caption2", wrap=True)
        shown.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(shown, 1)
        if used:
            column.addWidget(label(translator(say("In use now")), "caption"))
        else:
            pressed = button(translator(say("Read like this")), name=translator(say("Read as {name}", name=name)))
            pressed.setAccessibleDescription(words)
            pressed.setProperty("codec", way.codec)
            pressed.clicked.connect(self._on_pressed)
            column.addWidget(pressed, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    @Slot()
    def _on_pressed(self) -> None:
        self.way_chosen.emit(str(self.sender().property("codec")))


def encoding_name(name: str) -> Text | str:
    """What people call an encoding."""
    return NAMES.get(name, name)
