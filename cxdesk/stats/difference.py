"""Differences between two groups of different people: A minus B, with a range and a p value that never disagree.

NPS and shares use the limits of each group by itself, joined by the MOVER rule; p is the confidence at which that very
range would just touch zero. Compare a group with everyone else, never with the total, which holds the group.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.chi_square import chi_square_tail
from cxdesk.stats.interval import Difference, Differences, Floats, floats, ratio
from cxdesk.stats.mean import mean_and_variance
from cxdesk.stats.normal import critical, two_sided_each
from cxdesk.stats.nps import newcombe_wilson_limits
from cxdesk.stats.proportion import wilson_limits
from cxdesk.stats.student import t_critical, t_two_sided

Limits = Callable[[Floats], tuple[Floats, Floats]]
"""Both limits of a group's value for a number of standard errors per entry."""

_FARTHEST = 40.0


def nps_difference(
    a: tuple[float, float, float], b: tuple[float, float, float], confidence: float = 0.95
) -> Difference:
    """NPS of A minus NPS of B in points; each group is (promoters, passives, detractors).

    Source: MOVER (Zou and Donner 2008) on the Newcombe-Wilson limits of each group, p by inversion; METHODS.md 1.4.
    The range may pass ±100, because a difference can.
    """
    return nps_difference_each(floats(a)[:, None], floats(b)[:, None], confidence)[0]


def nps_difference_each(a: ArrayLike, b: ArrayLike, confidence: float = 0.95) -> Differences:
    """`nps_difference` for many pairs: ``a`` and ``b`` are [3, pairs] (promoters, passives, detractors)."""
    first, second = np.broadcast_arrays(floats(a), floats(b))

    def limits(group: Floats) -> tuple[Floats, Limits]:
        n = group.sum(axis=0)
        return ratio(group[0] - group[2], n), lambda z: newcombe_wilson_limits(group[0], group[2], n, z)

    found = _mover(*limits(first), *limits(second), confidence)
    return Differences(100 * found.value, 100 * found.low, 100 * found.high, found.p)


def proportion_difference(
    part_a: float, whole_a: float, part_b: float, whole_b: float, confidence: float = 0.95
) -> Difference:
    """Share of A minus share of B, as shares (-1..1). Source: Newcombe 1998, method 10; p by inversion of its range."""
    return proportion_difference_each(part_a, whole_a, part_b, whole_b, confidence)[0]


def proportion_difference_each(
    part_a: ArrayLike, whole_a: ArrayLike, part_b: ArrayLike, whole_b: ArrayLike, confidence: float = 0.95
) -> Differences:
    """`proportion_difference` for arrays of counts."""
    xa, na, xb, nb = np.broadcast_arrays(floats(part_a), floats(whole_a), floats(part_b), floats(whole_b))
    return _mover(
        ratio(xa, na),
        lambda z: wilson_limits(xa, na, z),
        ratio(xb, nb),
        lambda z: wilson_limits(xb, nb, z),
        confidence,
    )


def mean_difference(points: ArrayLike, a: ArrayLike, b: ArrayLike, confidence: float = 0.95) -> Difference:
    """Mean of A minus mean of B, in the scale's unit; ``a`` and ``b`` count people at each of the ``points``.

    Source: Welch 1947. No range and no p if a group has one answer, or both gave a single score each.
    """
    return mean_difference_each(points, floats(a)[None, :], floats(b)[None, :], confidence)[0]


def mean_difference_each(points: ArrayLike, a: ArrayLike, b: ArrayLike, confidence: float = 0.95) -> Differences:
    """`mean_difference` for many pairs: ``a`` and ``b`` are [pairs, points]."""
    na, mean_a, variance_a = mean_and_variance(floats(points), floats(a))
    nb, mean_b, variance_b = mean_and_variance(floats(points), floats(b))
    value = mean_a - mean_b
    part_a, part_b = ratio(variance_a, na), ratio(variance_b, nb)
    total = part_a + part_b
    total = np.where(total > 0, total, np.nan)
    df = total**2 / (ratio(part_a**2, na - 1) + ratio(part_b**2, nb - 1))
    error = np.sqrt(total)
    half = error * t_critical(confidence, df)
    return Differences(value, value - half, value + half, t_two_sided(value / error, df))


@dataclass(frozen=True, slots=True)
class Overall:
    """A test of "all groups are the same": the statistic, its degrees of freedom and p (None if nothing varies)."""

    statistic: float
    df: int
    p: float | None


def nps_any_difference(promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike) -> Overall:
    """Whether NPS differs anywhere between groups; arrays with one entry per group, groups without answers left out.

    Source: Cochran-Mantel-Haenszel "row mean scores differ" with scores -1, 0, +1 (Landis, Heyman and Koch 1978).
    """
    p, s, d = floats(promoters), floats(passives), floats(detractors)
    n = p + s + d
    p, d, n = p[n > 0], d[n > 0], n[n > 0]
    total = float(n.sum())
    if len(n) < 2:
        return Overall(0.0, 0, None)
    overall = float((p - d).sum()) / total
    variance = float((p + d).sum()) / total - overall**2
    if variance <= 0:
        return Overall(0.0, len(n) - 1, None)
    between = float((n * ((p - d) / n - overall) ** 2).sum())
    statistic = (total - 1) / total * between / variance
    return Overall(statistic, len(n) - 1, chi_square_tail(statistic, len(n) - 1))


def _mover(a: Floats, limits_a: Limits, b: Floats, limits_b: Limits, confidence: float) -> Differences:
    value = a - b

    def reach(z: Floats) -> tuple[Floats, Floats]:
        """How far the range extends below and above the difference."""
        low_a, high_a = limits_a(z)
        low_b, high_b = limits_b(z)
        return np.hypot(a - low_a, high_b - b), np.hypot(high_a - a, b - low_b)

    def towards_zero(z: Floats) -> Floats:
        down, up = reach(z)
        return np.where(value > 0, down, up)

    down, up = reach(np.full(value.shape, critical(confidence)))
    p = two_sided_each(_crossing(towards_zero, np.abs(value)))
    return Differences(value, value - down, value + up, np.where(np.isnan(value), np.nan, p))


def _crossing(reach: Callable[[Floats], Floats], distance: Floats) -> Floats:
    """The z at which ``reach`` (growing, 0 at 0) gets to ``distance``; at most 40, where p is 0 to any precision.

    Illinois' regula falsi for all entries at once (Dowell and Jarratt 1971): a dozen steps.
    """
    low, high = np.zeros_like(distance), np.full_like(distance, _FARTHEST)
    f_low, f_high = -distance, reach(high) - distance
    side = np.zeros_like(distance)
    z = np.where(f_high <= 0, high, low)
    open_ = (f_high > 0) & (distance > 0)
    for _ in range(100):
        if not open_.any():
            break
        step = np.where(open_, low - f_low * np.divide(high - low, f_high - f_low, where=open_, out=np.ones_like(z)), z)
        moved = np.abs(step - z)
        z = step
        f = reach(z) - distance
        above = f > 0
        f_low = np.where(above, np.where(side > 0, f_low / 2, f_low), f)
        f_high = np.where(above, f, np.where(side < 0, f_high / 2, f_high))
        low, high = np.where(above, low, z), np.where(above, z, high)
        side = np.where(above, 1.0, -1.0)
        open_ &= (f != 0) & (moved > 1e-13 * (1 + z)) & (high - low > 1e-13)
    return z
