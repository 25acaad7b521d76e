"""Student's t distribution, for the ranges and differences of means.

For few degrees of freedom the tail is a regularised incomplete beta function, and quantiles are refined by Newton steps
on the logarithms, which suit power-law tails. For more, expansions are as good and much faster: Hill 1970
(algorithm 395) for the tail from 50 on, Abramowitz and Stegun 26.7.5 for the quantile from 200 on.
"""

from __future__ import annotations

import math

import numpy as np

from cxdesk.stats.beta import beta_fraction
from cxdesk.stats.interval import Floats, floats
from cxdesk.stats.normal import critical, two_sided_each

_TAIL_EXPANSION_FROM = 50.0
_QUANTILE_EXPANSION_FROM = 200.0


def t_two_sided(t: Floats, df: Floats) -> Floats:
    """The probability of a t value at least this far from zero; arrays of one shape, df > 0. NaN stays NaN."""
    t, df = np.broadcast_arrays(np.abs(floats(t)), floats(df))
    tail = np.full(t.shape, np.nan)
    known = ~(np.isnan(t) | np.isnan(df))
    many = known & (df >= _TAIL_EXPANSION_FROM)
    tail[many] = two_sided_each(_as_normal(t[many], df[many]))
    few = known & ~many
    square = t[few] ** 2
    total = df[few] + square
    tail[few] = _incomplete_beta(df[few] / 2, df[few] / total, square / total)
    return tail


def t_critical(confidence: float, df: Floats) -> Floats:
    """The two-sided t quantile for each df > 0: 2.228 for 0.95 and 10 degrees of freedom. NaN stays NaN."""
    df = floats(df)
    quantile = _expansion(critical(confidence), df)
    refine = np.flatnonzero(df < _QUANTILE_EXPANSION_FROM)
    if not len(refine):
        return quantile
    few, t = df[refine], quantile[refine]
    alpha = 1 - confidence
    for _ in range(60):
        tail = t_two_sided(t, few)
        step = np.log(tail / alpha) * tail / (2 * t * _density(t, few))
        t = t * np.exp(np.clip(step, -2.0, 2.0))
        # The error squares with each step.
        if np.nanmax(np.abs(step), initial=0.0) < 1e-7:
            break
    quantile[refine] = t
    return quantile


def _density(t: Floats, df: Floats) -> Floats:
    return np.asarray(np.exp(-_log_beta_half(df / 2) - (df + 1) / 2 * np.log1p(t * t / df)) / np.sqrt(df))


def _as_normal(t: Floats, df: Floats) -> Floats:
    """The normal deviate with the same tail (Hill 1970): relative error below 1e-9 up to t = 5, from df = 50 on."""
    a = df - 0.5
    b = 48 * a * a
    y = a * np.log1p(t * t / df)
    series = (((-0.4 * y - 3.3) * y - 24) * y - 85.5) / (0.8 * y * y + 100 + b)
    return np.asarray(((series + y + 3) / b + 1) * np.sqrt(y))


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


def _incomplete_beta(a: Floats, x: Floats, rest: Floats) -> Floats:
    """I_x(a, 1/2); ``rest`` is 1 - x, given apart so that it keeps its digits."""
    with np.errstate(divide="ignore"):
        logs = a * np.where(x < 0.5, np.log(x), np.log1p(-np.minimum(rest, 0.5))) + 0.5 * np.log(rest)
    swap = x >= (a + 1) / (a + 2.5)
    first, second = np.where(swap, 0.5, a), np.where(swap, a, 0.5)
    part = np.exp(logs - _log_beta_half(a)) / first * beta_fraction(first, second, np.where(swap, rest, x))
    return np.asarray(np.where(swap, 1 - part, part))


def _log_beta_half(a: Floats) -> Floats:
    """The logarithm of the beta function B(a, 1/2)."""
    gammas = [math.lgamma(value) - math.lgamma(value + 0.5) for value in a.tolist()]
    return np.array(gammas, dtype=np.float64) + 0.5 * math.log(math.pi)
