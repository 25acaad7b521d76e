"""A matplotlib figure as an image for Qt."""

from __future__ import annotations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PySide6.QtGui import QImage


def image_of(figure: Figure, ratio: float) -> QImage:
    """Draw a figure of logical pixels for a screen with this pixel ratio."""
    figure.set_dpi(figure.get_dpi() * ratio)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    width, height = canvas.get_width_height()
    pixels = bytes(canvas.buffer_rgba())
    image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(ratio)
    return image
