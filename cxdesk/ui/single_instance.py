"""One window per person and computer: a second start hands its files over to the window that is open, and ends.

Without any network, not even a local one: a lock file says that a window is open, and files travel as small messages
in a folder that only this person can read. A window that crashed never stands in the way, since its lock is known to be
left over; one that hangs, or runs on another computer with the same home folder, does not take the message in time, and
then the second start opens a window of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import sys
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QSysInfo, Signal, Slot

from cxdesk.project.folders import data_folder, own_folder

_MESSAGE, _PART = ".open", ".part"
_TOKEN = "XDG_ACTIVATION_TOKEN"
"""With it, Wayland lets a window come to the front because of what a person did somewhere else."""

_PATIENCE = 5.0
"""Seconds within which an open window takes a message; one that only starts needs a while."""

_AGAIN = 15_000
"""Milliseconds that a restarted program waits for the window before it to close."""

_LOOK = 0.02
_LEFT_OVER = 30.0
"""Seconds after which a message is from an earlier run, and whoever wrote it has opened a window of its own."""

_MOST_BYTES, _MOST_FILES = 1 << 18, 200


class SingleInstance(QObject):
    """The claim to be the one window. The folder of the program's data is the border: CXDESK_HOME sets another."""

    arrived = Signal(object)
    """Another start handed over: a tuple of absolute paths, () if it was started without a file."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is claimed yet."""
        super().__init__(parent)
        # Computers that share a home folder do not share windows.
        host = re.sub(r"[^A-Za-z0-9-]", "_", QSysInfo.machineHostName()) or "computer"
        self._folder = own_folder(data_folder() / "window") / host
        self._lock = QLockFile(str(self._folder / "lock"))
        self._lock.setStaleLockTime(0)  # a lock is left over when its process is gone, never because of its age
        self._watcher: QFileSystemWatcher | None = None

    def claim(self, *, again: bool = False) -> bool:
        """Whether this is the one window from now on; where nothing can be locked, every start is.

        ``again``: the window that started this one is about to close, so wait for it.
        """
        own_folder(self._folder)
        if self._lock.tryLock(_AGAIN if again else 0):
            self._sweep()
            return True
        return self._lock.error() is not QLockFile.LockError.LockFailedError

    def hand_over(self, paths: Sequence[str], patience: float = _PATIENCE) -> bool:
        """Give files to the window that is open; whether it took them within ``patience`` seconds. Blocks."""
        message = self._folder / f"{uuid.uuid4().hex}{_MESSAGE}"
        content = json.dumps({"paths": list(paths), "token": os.environ.get(_TOKEN, "")})
        _let_others_come_to_the_front()
        part = message.with_suffix(_PART)
        try:
            part.write_text(content, encoding="utf-8")
            part.replace(message)
        except OSError:
            return False
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not message.exists():
                return True
            time.sleep(_LOOK)
        return not _removed(message)

    def listen(self) -> None:
        """Take messages from now on, and those that came while the window was being built."""
        self._watcher = QFileSystemWatcher([str(self._folder)], self)
        self._watcher.directoryChanged.connect(self._on_change)
        self._on_change()

    def release(self) -> None:
        """Let another start be the one window."""
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
        self._lock.unlock()

    @Slot()
    def _on_change(self) -> None:
        for message in sorted(self._folder.glob(f"*{_MESSAGE}"), key=_written):
            content = _content(message)
            # Whoever removes a message has it: the window that reads it, or the start that waits no longer.
            if _removed(message) and content is not None:
                paths, token = content
                if token:
                    os.environ[_TOKEN] = token
                self.arrived.emit(paths)

    def _sweep(self) -> None:
        """Remove what earlier runs left; younger messages are for this window."""
        for pattern in (f"*{_MESSAGE}", f"*{_PART}"):
            for left in self._folder.glob(pattern):
                if time.time() - _written(left) > _LEFT_OVER:
                    _removed(left)


def _content(message: Path) -> tuple[tuple[str, ...], str] | None:
    """The paths and the token in a message; None if it is not one of ours."""
    try:
        about = message.lstat()
        ours = not hasattr(os, "getuid") or about.st_uid == os.getuid()
        if not stat.S_ISREG(about.st_mode) or not ours or about.st_size > _MOST_BYTES:
            return None
        found = json.loads(message.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    paths, token = (found.get("paths"), found.get("token")) if isinstance(found, dict) else (None, None)
    if not isinstance(paths, list) or not isinstance(token, str) or len(paths) > _MOST_FILES:
        return None
    known = all(isinstance(path, str) and "\0" not in path and Path(path).is_absolute() for path in paths)
    return (tuple(paths), token) if known and "\0" not in token else None


def _removed(path: Path) -> bool:
    """Remove a file; whether it was there."""
    with contextlib.suppress(OSError):
        path.unlink()
        return True
    return False


def _written(path: Path) -> float:
    with contextlib.suppress(OSError):
        return path.lstat().st_mtime
    return 0.0


def _let_others_come_to_the_front() -> None:
    """Windows lets only the program that a person just started put a window in front, so pass that right on."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - for Windows only

        anybody = -1
        ctypes.windll.user32.AllowSetForegroundWindow(anybody)
