"""What the keyboard does in the window: shortcuts, and F6 from one region to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

Keys = QKeySequence | QKeySequence.StandardKey | str


def add_shortcuts(window: QWidget, shortcuts: Sequence[tuple[Keys, Callable[[], None]]]) -> None:
    """Call a method of the window whenever its keys are pressed anywhere in it.

    Fields where one types keep their own meaning of a key, such as pasting text.
    """
    for keys, slot in shortcuts:
        QShortcut(QKeySequence(keys), window).activated.connect(slot)


def move_region(regions: Sequence[QWidget], step: int) -> None:
    """Put the focus into the next (1) or previous (-1) visible region that can take it, and round again."""
    shown = [region for region in regions if region.isVisible()]
    focused = QApplication.focusWidget()
    inside = [place for place, region in enumerate(shown) if focused is not None and _holds(region, focused)]
    start = inside[0] if inside else -step
    for offset in range(1, len(shown) + 1):
        wanted = first_stop(shown[(start + step * offset) % len(shown)])
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.TabFocusReason)
            return


def first_stop(region: QWidget) -> QWidget | None:
    """The first widget inside a region that Tab would reach; for a group of places, the one that is chosen."""
    stops = [
        child
        for child in region.findChildren(QWidget)
        if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    chosen = [child for child in stops if child.property("look") == "nav" and child.property("checked")]
    return next(iter(chosen or stops), None)


def _holds(region: QWidget, widget: QWidget) -> bool:
    return region is widget or region.isAncestorOf(widget)
