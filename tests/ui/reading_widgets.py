"""Looks at a window as a careful reader would: is everything named, is no word cut off?"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)


def unnamed(window: QWidget) -> list[str]:
    """Widgets that Tab reaches but that a screen reader could not name."""
    found = []
    for widget in _shown(window):
        stops = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if stops and widget.isEnabled():
            described = QAccessible.queryAccessibleInterface(widget)
            name = widget.accessibleName() or (described.text(QAccessible.Text.Name) if described else "")
            if not name.strip():
                found.append(_called(widget))
    return found


def has(picture: QImage, color: str) -> bool:
    """Whether any pixel has exactly this colour."""
    wanted = QColor(color).rgb()
    return any(picture.pixel(x, y) == wanted for x in range(picture.width()) for y in range(picture.height()))


def clipped(window: QWidget) -> list[str]:
    """Labels, buttons and boxes that are smaller than their words."""
    found = []
    for widget in _shown(window):
        text = _words(widget)
        if not text:
            continue
        need = widget.sizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            height = widget.heightForWidth(widget.width())
            if height > widget.height() + 1:
                found.append(f"{_called(widget)} “{text}” needs a height of {height}, has {widget.height()}")
        elif isinstance(widget, QComboBox):
            room = widget.width() - 2 * 10 - 26
            width = widget.fontMetrics().horizontalAdvance(text)
            if width > room + 12:
                found.append(f"{_called(widget)} “{text}” needs a width of {width}, has {room}")
        elif need.width() > widget.width() + 1 or need.height() > widget.height() + 1:
            size = (need.width(), need.height())
            found.append(f"{_called(widget)} “{text}” needs {size}, has {(widget.width(), widget.height())}")
    return found


def outside(window: QWidget) -> list[str]:
    """Words that stand partly beyond the edge of what they lie in, unless one can scroll to them."""
    found = []
    for widget in _shown(window):
        text = _words(widget)
        parent = widget.parentWidget()
        if not text or parent is None or isinstance(parent, QAbstractScrollArea):
            continue
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        area = _scroll_area(widget)
        frame = QRect(area.mapTo(window, QPoint(0, 0)), area.size()) if area is not None else window.rect()
        if place.left() < frame.left() - 1 or place.right() > frame.right() + 1:
            found.append(f"{_called(widget)} “{text}” reaches beyond its frame")
    return found


def overlapping(window: QWidget) -> list[str]:
    """Pairs of labels of the same parent that lie over each other."""
    labels = [each for each in _shown(window) if isinstance(each, QLabel) and each.text()]
    found = []
    for place, first in enumerate(labels):
        for second in labels[place + 1 :]:
            if first.parentWidget() is second.parentWidget():
                common = first.geometry().intersected(second.geometry())
                if common.width() > 2 and common.height() > 2:
                    found.append(f"“{first.text()}” and “{second.text()}” overlap")
    return found


def _shown(window: QWidget) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QPushButton | QCheckBox | QRadioButton):
        return widget.text()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def _called(widget: QWidget) -> str:
    name = widget.objectName()
    return f"{type(widget).__name__} {name}" if name else type(widget).__name__


def _scroll_area(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent
