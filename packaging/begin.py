"""Runs before anything else in the frozen program on Linux, and puts back what freezing changed.

A frozen program finds its libraries because the starter puts their folder into the environment. Everything that it
starts in turn would inherit that: the spreadsheet that opens the report would find our libraries instead of its own.
So the environment is given back what it was, and a worker process of ours is told to begin afresh.
"""

from __future__ import annotations

import os
import sys


def give_back() -> None:
    """Restore the search path of libraries for programs that are started from here."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
    # Our own worker process starts from this environment, too, and sets its search path up by itself.
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


def find_input_method() -> None:
    """Let people write Chinese with fcitx, too: its own plugin fits only its own Qt, but it also answers as ibus."""
    chosen = os.environ.get("QT_IM_MODULE", "")
    if chosen.startswith("fcitx") and "QT_IM_MODULES" not in os.environ:
        os.environ["QT_IM_MODULES"] = f"{chosen};ibus"


if sys.platform == "linux":
    give_back()
    find_input_method()
