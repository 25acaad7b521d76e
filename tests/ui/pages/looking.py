"""Looking at a page as it is once the window has had its turn: new words are shown then, old ones gone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QWidget


def settled(widget: QWidget) -> QWidget:
    """The widget after everything that was posted to it."""
    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return widget


def said(widget: QWidget) -> str:
    """The words that can be read in a widget, one line for each label."""
    return "\n".join(each.text() for each in settled(widget).findChildren(QLabel) if each.isVisible())
