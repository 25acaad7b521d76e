"""What the last report said: how the answers to a headline question were spread, without anybody's answer."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from cxdesk.text import Day, Period, Text, say


@dataclass(frozen=True, slots=True)
class Earlier:
    """``counts[i]`` people gave the score ``lowest + i``; the last entry counts those without an answer.

    ``question`` are the words of the question. ``weights`` and ``squares`` are the sums of w and w² for the same
    places, both empty where nothing was weighted. ``first`` and ``last`` are the days of the answers, None where the
    survey has none; ``made`` is the day of the report. ``among`` says in
    English whom the figures are about.
    """

    question: str
    lowest: int
    counts: tuple[int, ...]
    made: datetime.date
    weights: tuple[float, ...] = ()
    squares: tuple[float, ...] = ()
    first: datetime.date | None = None
    last: datetime.date | None = None
    among: str = ""

    @property
    def name(self) -> Text:
        """What it is called beside the new figures."""
        if self.first is None or self.last is None:
            return say("the report of {day}", day=Day(self.made))
        return say("the report of {period}", period=Period(self.first, self.last))
