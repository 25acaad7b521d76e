"""The tail of the chi-square distribution, for tests of several groups at once.

A regularised incomplete gamma function: its series below df + 2, its continued fraction above (DLMF 8.11.4, 8.9.2;
Press et al., Numerical Recipes, 6.2).
"""

from __future__ import annotations

import math

_TINY = 1e-300


def chi_square_tail(x: float, df: float) -> float:
    """The probability that a chi-square value with ``df`` > 0 degrees of freedom is ``x`` or more."""
    if df <= 0:
        raise ValueError("a chi-square test needs at least one degree of freedom")
    if x <= 0:
        return 1.0
    a, half = df / 2, x / 2
    front = math.exp(a * math.log(half) - half - math.lgamma(a))
    return 1 - front * _series(a, half) if half < a + 1 else front * _fraction(a, half)


def _series(a: float, x: float) -> float:
    term = total = 1 / a
    step = a
    while term > total * 1e-17:
        step += 1
        term *= x / step
        total += term
    return total


def _fraction(a: float, x: float) -> float:
    b = x + 1 - a
    c = 1 / _TINY
    d = 1 / b
    total = d
    for i in range(1, 10_000):
        numerator = -i * (i - a)
        b += 2
        d = numerator * d + b
        d = 1 / (d if abs(d) > _TINY else _TINY)
        c = b + numerator / c
        c = c if abs(c) > _TINY else _TINY
        total *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return total
