"""A goal or benchmark of the person's own: what a measure should reach, for everybody or for one group."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """``measure`` is "nps", "csat", "ces", or the words of a scored question; ``value`` is in the measure's unit.

    The unit is points for NPS and net scores, a share 0..1 for satisfaction, points of the scale for a mean.
    ``segment`` and ``option`` are the words of a segment question and of its answer; both "" mean everybody. Words, not
    ids, because next month's file has the same words in other columns.
    """

    measure: str
    value: float
    segment: str = ""
    option: str = ""
