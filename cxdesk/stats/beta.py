"""The incomplete beta function, which the tails of Student's t and of F are made of.

Computed by its continued fraction with the modified Lentz algorithm (DLMF 8.17.22; Press et al., Numerical Recipes,
6.4).
"""

from __future__ import annotations

import math

import numpy as np

from cxdesk.stats.interval import Floats, floats

_TINY = 1e-300


def incomplete_beta(a: float, b: float, x: float, rest: float) -> float:
    """The regularised incomplete beta function I_x(a, b) for a, b > 0 and x in 0..1.

    ``rest`` is 1 - x, given apart so that it keeps its digits where x is nearly 1.
    """
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    swap = x >= (a + 1) / (a + b + 2)
    first, second, here, there = (b, a, rest, x) if swap else (a, b, x, rest)
    log_beta = math.lgamma(first) + math.lgamma(second) - math.lgamma(first + second)
    front = math.exp(first * math.log(here) + second * math.log(there) - log_beta) / first
    part = front * float(beta_fraction(floats(first), floats(second), floats(here))[0])
    return 1 - part if swap else part


def beta_fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    """The continued fraction of I_x(a, b) for arrays of one shape; it converges fast for x < (a + 1) / (a + b + 2)."""
    numerator = np.ones_like(x)
    denominator = 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    fraction = denominator.copy()
    for m in range(1, 5000):
        for d in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            denominator = 1 / _away_from_zero(1 + d * denominator)
            numerator = _away_from_zero(1 + d / numerator)
            factor = numerator * denominator
            fraction *= factor
        if np.max(np.abs(factor - 1), initial=0.0) < 1e-15:
            break
    return fraction


def _away_from_zero(values: Floats) -> Floats:
    return np.where(np.abs(values) < _TINY, _TINY, values)
