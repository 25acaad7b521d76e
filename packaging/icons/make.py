"""Makes the icons of the program and of its files in every size and format.

    python packaging/icons/make.py

The drawing of the program is the one that it shows on its own windows, in ``resources/style``; those of its files lie
beside this file. They are drawn by Qt, which the program needs anyway, and arrive in ``build/icons``. Up to 24 pixels
a drawing of its own is used, because a small picture of a large drawing is a blot.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from product import BUILD, ROOT
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
FOLDER = BUILD / "icons"
_DRAWINGS = {"cxdesk": ROOT / "resources" / "style", "cxdesk-project": HERE, "cxdesk-template": HERE}
NAMES = tuple(_DRAWINGS)
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_SMALL = 24
_ICO_SIZES = (16, 24, 32, 48, 64, 256)
_ICO_PNG_FROM = 256
_ICNS = (
    (b"icp4", 16),
    (b"icp5", 32),
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
)


def draw_all(folder: Path = FOLDER) -> None:
    """Write ``<name>-<size>.png``, ``<name>.svg``, ``<name>.ico`` and ``<name>.icns`` for each of `NAMES`."""
    folder.mkdir(parents=True, exist_ok=True)
    # Kept until the end: without an application Qt draws no picture. It needs no screen.
    app = QGuiApplication.instance() or QGuiApplication(["icons", "-platform", "offscreen"])
    for name in NAMES:
        for size in SIZES:
            (folder / f"{name}-{size}.png").write_bytes(png(picture(name, size)))
        (folder / f"{name}.svg").write_bytes((_DRAWINGS[name] / f"{name}.svg").read_bytes())
        (folder / f"{name}.ico").write_bytes(ico({size: picture(name, size) for size in _ICO_SIZES}))
        (folder / f"{name}.icns").write_bytes(icns(name))
    del app


def picture(name: str, size: int) -> QImage:
    """Return one icon as a square picture of ``size`` pixels on nothing."""
    drawing = _DRAWINGS[name] / (f"{name}-small.svg" if size <= _SMALL else f"{name}.svg")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, which Qt refuses
    return bytes(content.data())


def ico(pictures: dict[int, QImage]) -> bytes:
    """Return a Windows icon: small pictures as bitmaps, which every installer can show, the large one as PNG."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    entries, bodies = b"", b""
    for size, image in pictures.items():
        body = png(image) if size >= _ICO_PNG_FROM else _bitmap(image)
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(body), offset + len(bodies))
        bodies += body
    return head + entries + bodies


def icns(name: str) -> bytes:
    """Return a macOS icon: a list of PNG files, each behind four letters for its size."""
    parts = b""
    for kind, size in _ICNS:
        body = png(picture(name, size))
        parts += kind + struct.pack(">I", len(body) + 8) + body
    return b"icns" + struct.pack(">I", len(parts) + 8) + parts


def _bitmap(image: QImage) -> bytes:
    """A bitmap as it stands in an icon: twice the height, rows from the bottom up, and a mask that says nothing."""
    size = image.width()
    pixels = bytes(image.convertToFormat(QImage.Format.Format_ARGB32).constBits())
    rows = [pixels[row * size * 4 : (row + 1) * size * 4] for row in range(size)]
    mask = bytes((size + 31) // 32 * 4 * size)
    head = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, size * size * 4 + len(mask), 0, 0, 0, 0)
    return head + b"".join(reversed(rows)) + mask


if __name__ == "__main__":
    draw_all()
    print(f"icons in {FOLDER}")
