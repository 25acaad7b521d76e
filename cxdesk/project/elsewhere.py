"""Lets the worker process do what would hold the window up, such as loading a dictionary of half a million words."""

from __future__ import annotations

from typing import Any

from cxdesk.job import Cancelled, Job
from cxdesk.project.process import Worker, WorkRefused


class InWorker:
    """Calls functions of this program in the worker process (`cxdesk.survey.kept.Elsewhere`)."""

    def __init__(self, worker: Worker) -> None:
        """``worker`` is the one that reads files; work waits for its turn."""
        self._worker = worker

    def __call__(self, function: str, arguments: tuple[Any, ...], job: Job) -> Any | None:
        """The result, or None if the process could not do it. Raises `Cancelled` if the job says so."""
        try:
            return self._worker.call(function, arguments, job)
        except WorkRefused:
            return None
        except Cancelled:
            job.check()
            # Not this work was stopped, but the process: whoever asked can still do it without.
            return None
