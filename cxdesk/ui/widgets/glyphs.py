"""Which words a window paints, and which of their characters no loaded font can draw: those show as boxes.

The window is painted once more, onto a device that keeps the words instead of drawing them. So nothing that is seen
can be forgotten, whoever painted it: labels, table cells, buttons, hints.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QFont,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QTextItem,
    QTextLayout,
)
from PySide6.QtWidgets import QScrollArea, QWidget

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"})
"""Categories of characters that have no picture of their own."""


@dataclass(frozen=True, slots=True)
class Words:
    """The characters that were painted, and those among them that have no glyph."""

    characters: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()

    def __or__(self, other: Words) -> Words:
        """Both together."""
        return Words(self.characters | other.characters, self.missing | other.missing)


def painted_words(window: QWidget) -> Words:
    """The characters of everything that a window shows now, and of what its scrolled parts hold outside of the view."""
    inside = [area.widget() for area in window.findChildren(QScrollArea) if area.isVisible()]
    seen: dict[str, set[str]] = {}
    fonts: dict[str, QFont] = {}
    for widget in (window, *inside):
        if widget is None:
            continue
        device = _Listener(widget.size())
        widget.render(device)
        for text, font in device.engine.heard:
            fonts.setdefault(font.key(), font)
            seen.setdefault(font.key(), set()).update(text)
    found = Words()
    for key, characters in seen.items():
        visible = frozenset(each for each in characters if unicodedata.category(each) not in _UNSEEN)
        found |= Words(visible, missing_in(visible, fonts[key]))
    return found


def missing_in(characters: frozenset[str], font: QFont) -> frozenset[str]:
    """The characters for which neither a font nor the fonts that stand in for it have a glyph."""
    text = " ".join(sorted(characters))
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    places: set[int] = set()
    flag = QTextLayout.GlyphRunRetrievalFlag
    for run in layout.glyphRuns(-1, -1, flag.RetrieveGlyphIndexes | flag.RetrieveStringIndexes):
        pairs = zip(run.glyphIndexes(), run.stringIndexes(), strict=True)
        places.update(place for glyph, place in pairs if glyph == 0)
    units = text.encode("utf-16-le")
    return frozenset(_character(units, place) for place in places) - {" "}


def _character(units: bytes, place: int) -> str:
    """The character at a place that Qt counts in units of 16 bits."""
    width = 4 if 0xD8 <= units[2 * place + 1] <= 0xDB else 2
    return units[2 * place : 2 * place + width].decode("utf-16-le", errors="replace")


class _Engine(QPaintEngine):
    """Hears every text and leaves everything else undrawn.

    Arguments are not named where nobody needs them: PySide hands shapes over as one list, where Qt's own signature has
    a list and a count, and a wrong number of arguments ends the process.
    """

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.heard: list[tuple[str, QFont]] = []

    def begin(self, device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        """Nothing depends on pens and brushes."""

    def drawTextItem(self, place: object, item: QTextItem) -> None:
        self.heard.append((item.text(), QFont(item.font())))

    def drawPixmap(self, *_: object) -> None:
        """Pictures are not words."""

    def drawTiledPixmap(self, *_: object) -> None:
        """Pictures are not words."""

    def drawImage(self, *_: object) -> None:
        """Pictures are not words."""

    def drawPath(self, *_: object) -> None:
        """Shapes are not words."""

    def drawPolygon(self, *_: object) -> None:
        """Shapes are not words."""

    def drawRects(self, *_: object) -> None:
        """Shapes are not words."""

    def drawLines(self, *_: object) -> None:
        """Shapes are not words."""


class _Listener(QPaintDevice):
    """A sheet of paper of a widget's size that keeps only its words."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.engine = _Engine()
        measure = QPaintDevice.PaintDeviceMetric
        self._measures = {
            measure.PdmWidth: size.width(),
            measure.PdmHeight: size.height(),
            measure.PdmWidthMM: size.width() // 4,
            measure.PdmHeightMM: size.height() // 4,
            measure.PdmNumColors: 1 << 24,
            measure.PdmDepth: 32,
            measure.PdmDpiX: 96,
            measure.PdmDpiY: 96,
            measure.PdmPhysicalDpiX: 96,
            measure.PdmPhysicalDpiY: 96,
            measure.PdmDevicePixelRatio: 1,
        }

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        known = self._measures.get(metric)
        return super().metric(metric) if known is None else known
