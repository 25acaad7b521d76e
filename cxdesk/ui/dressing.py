"""Gives the widgets of the program a new look: each of them once, and a hidden page when it is shown.

Left to itself, Qt styles a widget anew for each of the widgets around it, and hidden pages as well: with all pages
visited that kept the window busy for seconds.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget


class DressedWhenShown(QWidget):
    """A part of the window that may be hidden for long, and keeps its old look until it is shown again."""

    _outdated = False

    def setVisible(self, visible: bool) -> None:
        """Take over the look of the program first."""
        if visible and self._outdated:
            self._outdated = False
            dress(self)
        super().setVisible(visible)

    def put_off(self) -> bool:
        """Whether this part is hidden; it then gets the new look when it is shown."""
        self._outdated = self._outdated or self.isHidden()
        return self.isHidden()


def change_style_sheet(app: QApplication, sheet: str) -> None:
    """Use another style sheet: the widgets in sight at once, the others when they are shown."""
    if not app.styleSheet():
        app.setStyleSheet(sheet)
        return
    # Without rules that it remembers, Qt finds no widgets to style by itself.
    app.style().unpolish(app)
    app.setStyleSheet(sheet)
    for window in app.topLevelWidgets():
        if window.parentWidget() is None or window.isVisible():
            dress(window)


def dress(widget: QWidget) -> None:
    """Give a widget, and then what is in it, the fonts and colours of the style sheet of the program."""
    dressed: list[QWidget] = []
    _collect(widget, dressed)
    style = QApplication.style()
    for each in dressed:
        style.polish(each)
    for each in dressed:
        QCoreApplication.sendEvent(each, QEvent(QEvent.Type.StyleChange))


def _collect(widget: QWidget, into: list[QWidget]) -> None:
    """A widget and what is in it, the outer before the inner, without hidden parts that get their look when shown."""
    into.append(widget)
    for inner in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not (isinstance(inner, DressedWhenShown) and inner.put_off()):
            _collect(inner, into)
