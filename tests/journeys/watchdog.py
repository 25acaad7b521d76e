"""Measures how long the window does not react, and where it was at that moment.

A late beat counts with the processor time that this program used meanwhile, in all its threads: on a busy computer the
rest was spent by others. What is waited for without work (a disk, a lock) is in ``longest_wait`` only.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from types import TracebackType

from PySide6.QtCore import QTimer

_BEAT = 5


class Watchdog:
    """A heartbeat in the event loop, and a thread that notes what the window does when a beat is late."""

    def __init__(self, late: float = 0.1) -> None:
        """``late`` seconds without a beat are worth a look at the stack, which holds a painter up a little longer."""
        self.longest = self.longest_wait = 0.0
        self.where = ""
        self._late = late
        self._last, self._used = time.perf_counter(), time.process_time()
        self._seen = ""
        self._over = threading.Event()
        self._main = threading.get_ident()
        self._timer = QTimer()
        self._timer.setInterval(_BEAT)
        self._timer.timeout.connect(self._beat)
        self._thread = threading.Thread(target=self._watch, name="watchdog")

    def __enter__(self) -> Watchdog:
        self._last, self._used = time.perf_counter(), time.process_time()
        self._timer.start()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self._beat()
        self._timer.stop()
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        now, used = time.perf_counter(), time.process_time()
        waited = now - self._last
        worked = min(waited, used - self._used)
        self.longest_wait = max(self.longest_wait, waited)
        if worked > self.longest:
            self.longest, self.where = worked, self._seen
        self._last, self._used, self._seen = now, used, ""

    def _watch(self) -> None:
        while not self._over.wait(0.01):
            if time.perf_counter() - self._last > self._late and not self._seen:
                frame = sys._current_frames().get(self._main)
                ours = [each for each in traceback.extract_stack(frame) if "cxdesk" in each.filename]
                places = ours[-8:]
                self._seen = " < ".join(f"{each.name}:{each.lineno}" for each in reversed(places))
