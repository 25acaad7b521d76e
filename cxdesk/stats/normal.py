"""The normal curve: how many standard errors a confidence needs, and how rare a distance is."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from cxdesk.stats.interval import Floats

_SQRT_HALF = math.sqrt(0.5)


def critical(confidence: float) -> float:
    """The two-sided normal quantile: 1.96 for a confidence of 0.95. Raises `ValueError` outside 0..1 (exclusive)."""
    if not 0 < confidence < 1:
        raise ValueError("confidence lies between 0 and 1")
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def two_sided(z: float) -> float:
    """The probability that a normal deviate lies ``abs(z)`` or more from zero, in either direction."""
    return math.erfc(abs(z) * _SQRT_HALF)


def two_sided_each(z: Floats) -> Floats:
    """`two_sided` of each entry; NaN stays NaN."""
    distances = np.abs(z.ravel()) * _SQRT_HALF
    return np.array(list(map(math.erfc, distances.tolist())), dtype=np.float64).reshape(z.shape)
