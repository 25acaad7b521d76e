"""The only place that asks what time it is, so that tests and reproducible reports can set it."""

from __future__ import annotations

import datetime


def now() -> datetime.datetime:
    """Local date and time, without a time zone, to the second."""
    return datetime.datetime.now().replace(microsecond=0)  # noqa: DTZ005, TID251
