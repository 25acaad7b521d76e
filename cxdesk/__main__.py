"""Starts CX Desk: the window, or one of the terminal's commands (report, inspect, table)."""

from __future__ import annotations

import multiprocessing
import sys

COMMANDS = frozenset({"report", "inspect", "table", "-h", "--help", "--version"})


def main() -> int:
    """Start what was asked for and return its exit status."""
    # First of all: in a frozen Windows program the worker process starts here too, and must not open a second window.
    multiprocessing.freeze_support()
    if len(sys.argv) > 1 and sys.argv[1] in COMMANDS:
        from cxdesk import command  # noqa: PLC0415 - the terminal never imports Qt

        return command.main(sys.argv[1:])
    from cxdesk import app  # noqa: PLC0415 - and the window is not imported by the worker process

    return app.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
