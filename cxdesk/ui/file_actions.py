"""What can be done with a file that was just saved: open it, show it in its folder, copy where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from cxdesk.text import Text, say


def file_actions(path: Path) -> tuple[tuple[Text, Callable[[], object]], ...]:
    """The actions of the message that says so."""
    return (
        (say("Open"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))),
        (say("Show in folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))),
        (say("Copy path"), lambda: QGuiApplication.clipboard().setText(str(path))),
    )
