"""The line icons, tinted in any colour of the palette and sharp on every screen; and the icon of the program."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from cxdesk.resources import resource

_INK = "#000000"
_PROGRAM_SIZES = (16, 24, 32, 48, 64, 128, 256)
_SMALL = 24
"""Up to this size the program's icon has a drawing of its own: a small picture of a large drawing is a blot."""


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


def program_icon() -> QIcon:
    """What the system shows for the program's windows; its installers are made from the same drawings."""
    found = QIcon()
    for size in _PROGRAM_SIZES:
        found.addPixmap(program_picture(size))
    return found


def program_picture(size: int, ratio: float = 1.0) -> QPixmap:
    """The program's icon as a picture of ``size`` logical pixels, in its own colours in every theme."""
    side = round(size * ratio)
    name = "cxdesk-small.svg" if side <= _SMALL else "cxdesk.svg"
    picture = _rendered(resource("style", name).read_text(encoding="utf-8"), side, 0)
    picture.setDevicePixelRatio(ratio)
    return picture


def _drawn(name: str, color: str, side: int, gap: float) -> QPixmap:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace(_INK, color)
    return _rendered(drawing, side, gap)


def _rendered(drawing: str, side: int, gap: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(drawing.encode("utf-8")))
    picture = QPixmap(QSize(side + round(side * gap), side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture
