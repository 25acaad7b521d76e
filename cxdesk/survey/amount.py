"""What a number beside the survey measures: a time, an amount of money, or how many; and in which unit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cxdesk.text import Text, say


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

    def as_written(self, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        """Answers in the unit of a bare number of the file: 181, where the file says 181 and means hours."""
        return np.round(numbers / self.unit.seconds, 9) if self.kind is AmountKind.TIME else numbers

    def heading(self, name: Text | str) -> Text | str:
        """The name of a column of such numbers, with the unit of times."""
        if self.kind is not AmountKind.TIME:
            return name
        return say("{question} ({unit})", question=name, unit=unit_name(self.unit))


def unit_name(unit: TimeUnit) -> Text:
    """The unit in headings."""
    return {
        TimeUnit.SECOND: say("seconds"),
        TimeUnit.MINUTE: say("minutes"),
        TimeUnit.HOUR: say("hours"),
        TimeUnit.DAY: say("days"),
    }[unit]


_SECONDS = {TimeUnit.SECOND: 1.0, TimeUnit.MINUTE: 60.0, TimeUnit.HOUR: 3600.0, TimeUnit.DAY: 86400.0}
