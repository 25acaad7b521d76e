"""Waits for the moment when the window is first seen, and tells how long that took; what is heavy starts after it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_SEEN = frozenset({QEvent.Type.Paint, QEvent.Type.UpdateRequest})
"""A window whose children cover it from edge to edge is never painted itself, but asked to bring them up to date."""


class FirstPaint(QObject):
    """Calls back once, after a window was painted for the first time."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        """Watch ``window`` from now on."""
        super().__init__(window)
        self._then: Callable[[], None] | None = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look for the first paint; nothing is kept from the window."""
        if event.type() in _SEEN and self._then is not None:
            QTimer.singleShot(0, self._then)
            self._then = None
            watched.removeEventFilter(self)
        return False


def process_seconds() -> float:
    """Seconds since the system started this process; the loader of a frozen program is part of them."""
    if sys.platform == "linux":
        # psutil adds a boot time in whole seconds; the start itself is counted in hundredths since boot.
        after_name = Path("/proc/self/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        started = int(after_name.split()[19]) / os.sysconf("SC_CLK_TCK")
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started
    import psutil  # noqa: PLC0415 - not on Linux

    return time.time() - float(psutil.Process().create_time())
