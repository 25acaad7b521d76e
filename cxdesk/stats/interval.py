"""What formulas give back: ranges and differences, one by one or many at a time.

"Not known" is NaN inside arrays and None in single values; a range that does not exist has neither end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A range from ``low`` to ``high``, in the unit of the value it belongs to. Both NaN without any answers."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Many ranges: two float64 arrays of the same shape, NaN where there is no range."""

    low: Floats
    high: Floats

    def __getitem__(self, index: int) -> Interval:
        """One range by its position; its ends are NaN if it does not exist."""
        return Interval(float(self.low[index]), float(self.high[index]))


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference A minus B with its range, and how easily chance alone makes one this large.

    ``p`` is two-sided. ``low``, ``high`` and ``p`` are None if there is no honest range (nobody answered, or everyone
    gave the same score). The range holds zero exactly when ``p`` is above 1 - confidence.
    """

    value: float
    low: float | None
    high: float | None
    p: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Many differences: float64 arrays of one shape, NaN where `Difference` has None."""

    value: Floats
    low: Floats
    high: Floats
    p: Floats

    def __getitem__(self, index: int) -> Difference:
        """One difference by its position."""
        low, high, p = (float(array[index]) for array in (self.low, self.high, self.p))
        known = not math.isnan(p)
        return Difference(float(self.value[index]), *((low, high, p) if known else (None, None, None)))


def floats(numbers: ArrayLike) -> Floats:
    """Numbers as a float64 array of at least one dimension."""
    return np.atleast_1d(np.asarray(numbers, dtype=np.float64))


def ratio(part: Floats, whole: Floats) -> Floats:
    """``part / whole``, NaN where ``whole`` is 0."""
    return np.asarray(part / np.where(whole != 0, whole, np.nan))
