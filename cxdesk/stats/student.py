"""Student's t distribution, for the ranges and differences of means.

The tail is a regularised incomplete beta function, computed by its continued fraction with the modified Lentz
algorithm (DLMF 8.17.22; Press et al., Numerical Recipes, 6.4). Quantiles start from the expansion in powers of 1/df
(Abramowitz and Stegun 26.7.5) and are refined by Newton steps on the logarithms, which suit its power-law tails.
"""

from __future__ import annotations

import math

import numpy as np

from cxdesk.stats.interval import Floats, floats
from cxdesk.stats.normal import critical, two_sided_each

_TINY = 1e-300
_NORMAL_FROM = 1e7
_EXPANSION_FROM = 200.0


def t_two_sided(t: Floats, df: Floats) -> Floats:
    """The probability of a t value at least this far from zero; arrays of one shape, df > 0. NaN stays NaN."""
    t, df = np.broadcast_arrays(np.abs(floats(t)), floats(df))
    tail = np.full(t.shape, np.nan)
    known = ~(np.isnan(t) | np.isnan(df))
    far = known & (df >= _NORMAL_FROM)
    tail[far] = two_sided_each(t[far])
    near = known & ~far
    square = t[near] ** 2
    total = df[near] + square
    tail[near] = _incomplete_beta(df[near] / 2, 0.5, df[near] / total, square / total)
    return tail


def t_critical(confidence: float, df: Floats) -> Floats:
    """The two-sided t quantile for each df > 0: 2.228 for 0.95 and 10 degrees of freedom. NaN stays NaN."""
    df = floats(df)
    quantile = _expansion(critical(confidence), df)
    refine = np.flatnonzero(df < _EXPANSION_FROM)
    if not len(refine):
        return quantile
    few, t = df[refine], quantile[refine]
    alpha = 1 - confidence
    for _ in range(60):
        tail = t_two_sided(t, few)
        step = np.log(tail / alpha) * tail / (2 * t * _density(t, few))
        t = t * np.exp(np.clip(step, -2.0, 2.0))
        if np.nanmax(np.abs(step), initial=0.0) < 1e-13:
            break
    quantile[refine] = t
    return quantile


def _density(t: Floats, df: Floats) -> Floats:
    constant = _log_gamma((df + 1) / 2) - _log_gamma(df / 2) - 0.5 * np.log(df * math.pi)
    return np.asarray(np.exp(constant - (df + 1) / 2 * np.log1p(t * t / df)))


def _expansion(z: float, df: Floats) -> Floats:
    """Abramowitz and Stegun 26.7.5: relative error below 2e-11 from 200 degrees of freedom on."""
    z2 = z * z
    terms = (
        (z2 + 1) * z / 4,
        ((5 * z2 + 16) * z2 + 3) * z / 96,
        (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384,
        ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * z / 92160,
    )
    total = np.zeros_like(df)
    for term in reversed(terms):
        total = (total + term) / df
    return total + z


def _incomplete_beta(a: Floats, b: float, x: Floats, rest: Floats) -> Floats:
    """I_x(a, b) for arrays a and x; ``rest`` is 1 - x, given apart so that it keeps its digits."""
    swap = x >= (a + 1) / (a + b + 2)
    first, second = np.where(swap, b, a), np.where(swap, a, b)
    at, beyond = np.where(swap, rest, x), np.where(swap, x, rest)
    log_beta = _log_gamma(a) + math.lgamma(b) - _log_gamma(a + b)
    with np.errstate(divide="ignore"):
        front = np.exp(first * np.log(at) + second * np.log(beyond) - log_beta) / first
    part = front * _beta_fraction(first, second, at)
    return np.asarray(np.where(swap, 1 - part, part))


def _beta_fraction(a: Floats, b: Floats, x: Floats) -> Floats:
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


def _log_gamma(values: Floats) -> Floats:
    return np.array([math.lgamma(value) for value in values.tolist()], dtype=np.float64)
