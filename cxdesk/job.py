"""How long work tells how far it is, and how it learns that nobody wants the answer any more."""

from __future__ import annotations

from typing import Protocol

from cxdesk.text import Text


class Cancelled(Exception):
    """Raised inside a job when the person pressed Cancel or a newer job replaced this one."""


class Job(Protocol):
    """What every long function gets: a place to report progress and to ask whether to stop."""

    def progress(self, step: Text, done: int, total: int) -> None:
        """Report that ``done`` of ``total`` units (rows, sheets) of ``step`` are finished; ``total`` 0 = unknown."""

    def check(self) -> None:
        """Raise `Cancelled` if the work should stop now."""


class Unattended:
    """A job that nobody watches: tests, the command line and quick recomputations use it."""

    def progress(self, step: Text, done: int, total: int) -> None:
        """Ignore the report."""

    def check(self) -> None:
        """Never stop."""
