"""From the bytes of a file to a Dataset with its receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxdesk.job import Job
    from cxdesk.reading.grid import Choices
    from cxdesk.survey.dataset import Dataset


def open_survey(path: str, choices: Choices, job: Job, skip: frozenset[str] = frozenset()) -> Dataset:
    """Read and understand a survey file, in this process.

    The window asks its worker process to do this (`cxdesk.project.process`). ``skip`` names the libraries that died on
    this file before. Raises `ReadRefused` if nothing honest can be shown, and `Cancelled`.
    """
    # The readers bring pandas along; whoever only needs the values of this room should not wait for it.
    from cxdesk.reading.container import read_with_source  # noqa: PLC0415
    from cxdesk.reading.guards import LAST_PATIENCE, UNDERSTANDING, announce  # noqa: PLC0415
    from cxdesk.reading.understand import understand  # noqa: PLC0415

    grid, source = read_with_source(path, choices, job, skip)
    announce(job, UNDERSTANDING, source.size, LAST_PATIENCE)
    return understand(grid, source, choices, job)
