"""The line icons, tinted in any colour of the palette and sharp on every screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from cxdesk.resources import resource

_INK = "#000000"


def icon(name: str, color: str, disabled: str = "", *, size: int = 20, gap: float = 0) -> QIcon:
    """An icon of resources/icons in the given #RRGGBB colours, ``size`` pixels high; `FileNotFoundError` if unknown.

    ``gap`` is empty room at its right, in icon sizes: Qt leaves too little between an icon and its text.
    """
    found = QIcon()
    for ratio in (1, 2):
        found.addPixmap(pixmap(name, color, size, ratio, gap=gap))
        if disabled:
            found.addPixmap(pixmap(name, disabled, size, ratio, gap=gap), QIcon.Mode.Disabled)
    return found


def pixmap(name: str, color: str, size: int, ratio: float = 1.0, *, gap: float = 0) -> QPixmap:
    """The icon as a picture of ``size`` logical pixels, with a ``gap`` of so many sizes at its right."""
    key = f"{name} {color} {size} {ratio} {gap}"
    picture = QPixmap()
    if not QPixmapCache.find(key, picture):
        picture = _drawn(name, color, round(size * ratio), gap)
        picture.setDevicePixelRatio(ratio)
        QPixmapCache.insert(key, picture)
    return picture


def _drawn(name: str, color: str, side: int, gap: float) -> QPixmap:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace(_INK, color)
    renderer = QSvgRenderer(QByteArray(drawing.encode("utf-8")))
    picture = QPixmap(QSize(side + round(side * gap), side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture
