"""Starts CX Desk: the window, or one of the terminal's commands (report, followup, inspect, table)."""

from __future__ import annotations

import multiprocessing
import os
import sys

from cxdesk.project.restart import leave_bundle

COMMANDS = frozenset({"report", "followup", "inspect", "table", "-h", "--help", "--version"})


def main() -> int:
    """Start what was asked for and return its exit status."""
    # First of all: in a frozen Windows program the worker process starts here too, and must not open a second window.
    multiprocessing.freeze_support()
    _give_outlets()
    leave_bundle()
    if len(sys.argv) > 1 and sys.argv[1] in COMMANDS:
        from cxdesk import command  # noqa: PLC0415 - the terminal never imports Qt

        return command.main(sys.argv[1:])
    from cxdesk import app  # noqa: PLC0415 - and the window is not imported by the worker process

    return app.main(sys.argv[1:])


def _give_outlets() -> None:
    """A Windows program without a console has no outlets; whoever writes to one must not fail for it."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = open(os.devnull, "w", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115, PTH123
            setattr(sys, name, nowhere)


if __name__ == "__main__":
    sys.exit(main())
