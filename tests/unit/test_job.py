"""A job that nobody watches lets everything pass."""

from __future__ import annotations

from cxdesk.job import Cancelled, Job, Unattended
from cxdesk.text import say


def test_an_unattended_job_never_stops_anything() -> None:
    job: Job = Unattended()
    for done in range(3):
        job.progress(say("Ignore"), done, 0)
        job.check()


def test_being_cancelled_is_not_an_error() -> None:
    assert issubclass(Cancelled, Exception)
    assert not issubclass(Cancelled, (OSError, ValueError, RuntimeError))
