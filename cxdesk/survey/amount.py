"""What a number beside the survey measures: a time, an amount of money, or how many; and in which unit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AmountKind(StrEnum):
    """What an operational number measures."""

    TIME = "time"
    """How long something took; its answers are seconds, whatever the file wrote."""
    MONEY = "money"
    NUMBER = "number"
    """How many, or any other number."""


class TimeUnit(StrEnum):
    """A unit of time."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"

    @property
    def seconds(self) -> float:
        """How many seconds it has."""
        return _SECONDS[self]


@dataclass(frozen=True, slots=True)
class Amount:
    """What a NUMBER question measures.

    ``unit`` is what a bare number in a TIME column counts; ``sign`` is the currency of MONEY as the file writes it
    ("$", "¥", "EUR"), "" where it does not say.
    """

    kind: AmountKind
    unit: TimeUnit = TimeUnit.SECOND
    sign: str = ""


_SECONDS = {TimeUnit.SECOND: 1.0, TimeUnit.MINUTE: 60.0, TimeUnit.HOUR: 3600.0, TimeUnit.DAY: 86400.0}
