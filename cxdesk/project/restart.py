"""How this program starts others: itself once more, and what the system opens a report with."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

AGAIN, STOPPED = "--again", "--stopped"
"""Options of a start: the window that started it is about to close; tell that a process (its number) had to stop."""

_LIBRARIES = "LD_LIBRARY_PATH"


def start_command(*arguments: str) -> list[str]:
    """The command that starts this program with some arguments."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    script = Path(sys.argv[0])
    if script.suffix == ".py" and script.exists():
        return [sys.executable, str(script), *arguments]
    return [sys.executable, "-m", "cxdesk", *arguments]


def leave_bundle(environment: MutableMapping[str, str] = os.environ) -> None:
    """Let programs that a frozen one starts find their own libraries; without it, an office program opens with ours.

    PyInstaller sets the search path for libraries on Linux. This process has read it already; one of our own gets it
    again, because it is told to begin from scratch.
    """
    if getattr(sys, "frozen", False) and sys.platform == "linux":
        before = environment.pop(f"{_LIBRARIES}_ORIG", "")
        environment.pop(_LIBRARIES, None)
        if before:
            environment[_LIBRARIES] = before
        environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
