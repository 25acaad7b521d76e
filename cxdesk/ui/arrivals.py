"""Surveys that arrive from outside the window: given at the start, by a second start, or by the Finder of macOS."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Slot

from cxdesk.ui.main_window import MainWindow


class Arrivals(QObject):
    """Opens what arrives as if it was dropped on the window; what is early waits for the window."""

    def __init__(self, parent: QObject | None = None) -> None:
        """There is no window yet."""
        super().__init__(parent)
        self._window: MainWindow | None = None
        self._early: list[str] = []

    @Slot(object)
    def take(self, paths: Sequence[str]) -> None:
        """Open files now, or as soon as there is a window; () brings the window to the front."""
        if self._window is None:
            self._early += paths
            return
        _bring_to_front(self._window)
        if paths:
            dropped = QMimeData()
            dropped.setUrls([QUrl.fromLocalFile(path) for path in paths])
            self._window.opening.drop(dropped)

    def begin(self, window: MainWindow) -> None:
        """The window can open files from now on."""
        self._window = window
        early, self._early = self._early, []
        if early:
            window.opening.open_all(early)


def _bring_to_front(window: MainWindow) -> None:
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()
