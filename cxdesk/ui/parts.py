"""Small builders for what every page needs: labels, buttons, cards, each with its look and accessible name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from cxdesk.ui.icons import icon
from cxdesk.ui.theme import Theme

_SEGMENT_AIR = 13
"""Pixels at either side of the words of a segment: the padding and border of the style sheet."""


def label(text: str, look: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label; ``look`` names a rule of the style sheet. Survey text is shown as it is, never as markup."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    if look:
        made.setProperty("look", look)
    return made


def button(text: str, look: str = "", *, name: str = "", parent: QWidget | None = None) -> QPushButton:
    """A push button; ``name`` is what a screen reader says where the text alone is not enough."""
    made = QPushButton(text.replace("&", "&&"), parent)
    if look:
        made.setProperty("look", look)
    made.setAccessibleName(name or text)
    made.setAutoDefault(True)
    return made


def set_segment(target: QPushButton, theme: Theme, text: str) -> None:
    """Give one of several buttons side by side its text, with room for it when it is the chosen one.

    The chosen one is bold, which a button's preferred size does not know.
    """
    target.setText(text.replace("&", "&&"))
    bold = QFontMetrics(theme.font(bold=True)).horizontalAdvance(text)
    target.setMinimumWidth(bold + theme.px(2 * _SEGMENT_AIR))


def set_icon(
    target: QPushButton, theme: Theme, name: str, color: str = "text2", size: float = 16, gap: float = 0
) -> None:
    """Give a button an icon in a colour token of the theme; ``gap`` is added between it and the text."""
    side = theme.px(size)
    target.setIcon(icon(name, getattr(theme.palette, color), theme.palette.control, size=side, gap=gap / size))
    target.setIconSize(QSize(side + round(side * gap / size), side))


def named_field(title: str, field: QLineEdit, theme: Theme, letters: int, problem: QLabel | None = None) -> QWidget:
    """A field for about so many letters with its title in front; the focus of both is that of the field.

    A ``problem`` stands behind it, where what was typed cannot be used.
    """
    field.setAccessibleName(title)
    field.setFixedWidth(QFontMetrics(theme.font()).averageCharWidth() * letters)
    holder = QWidget()
    holder.setFocusProxy(field)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label(title, "caption"))
    row.addWidget(field)
    if problem is not None:
        row.addWidget(problem)
    return holder


def card(look: str = "card") -> QFrame:
    """A framed surface."""
    frame = QFrame()
    frame.setProperty("look", look)
    return frame


def restyle(widget: QWidget, look: str) -> None:
    """Change the look of a widget that is already shown."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Remove everything from a layout and delete its widgets."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def scrolling(widget: QWidget, name: str = "", *, sideways: bool = False) -> QScrollArea:
    """A widget in an area that scrolls where it is too tall, and ``sideways`` too; ``name`` is for the style sheet."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    # Setting a widget makes it paint a grey ground over its card.
    widget.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
