"""Differences between two groups of different people: A minus B, with a range and a p value that never disagree.

NPS and shares use the limits of each group by itself, joined by the MOVER rule; p is the confidence at which that very
range would just touch zero. Where few people stand behind that, what is told on a page (`net_difference`,
`share_difference`) must stand an exact test too. Compare a group with everyone else, never with the total, which holds
the group.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.chi_square import chi_square_tail
from cxdesk.stats.exact import fisher_each, net_exact_each
from cxdesk.stats.f_distribution import FTest, f_tail
from cxdesk.stats.interval import Difference, Differences, Floats, floats, ratio
from cxdesk.stats.mean import mean_and_variance
from cxdesk.stats.normal import critical, two_sided_each
from cxdesk.stats.nps import newcombe_wilson_reach
from cxdesk.stats.proportion import Reach, wilson_reach
from cxdesk.stats.student import t_critical, t_two_sided

Reaching = Callable[[Floats], Reach]
"""For a side of A and of B (-1 below, +1 above; [2, pairs]): how far their ranges extend there, [2, pairs]."""

_FARTHEST = 40.0
_PRECISION = 1e-11
_LEAST_EXPECTED = 5.0
_LEAST_FOR_SMALL_P = 20.0
_SMALL_P = 0.01
_TOLD = 0.1
"""Above this p no difference is told, at any level of confidence that can be chosen."""


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
    return _nps_difference(np.stack(np.broadcast_arrays(floats(a), floats(b)), axis=1), confidence)


def _nps_difference(groups: Floats, confidence: float) -> Differences:
    """The same for groups [3, 2, pairs] of A and B."""
    n = groups.sum(axis=0)
    shares = ratio(groups[[0, 2]], n)
    found = _mover(shares[0] - shares[1], lambda side: newcombe_wilson_reach(shares, n, side), confidence)
    return Differences(100 * found.value, 100 * found.low, 100 * found.high, found.p)


def net_difference(
    a: tuple[float, float, float], b: tuple[float, float, float], confidence: float = 0.95
) -> Difference:
    """`nps_difference` for comparisons that are told: what few people make is not called clear too easily."""
    return net_difference_each(floats(a)[:, None], floats(b)[:, None], confidence)[0]


def net_difference_each(a: ArrayLike, b: ArrayLike, confidence: float = 0.95) -> Differences:
    """`net_difference` for many pairs: ``a`` and ``b`` are [3, pairs] (promoters, passives, detractors).

    The range of a small group near ±100 is too narrow far out: among 30 people of 90/8/2 beside a large rest p < 0.0005
    comes 9 times too often, and after adjustment for many comparisons it is such p that count. Where chance alone would
    put fewer than 5 promoters or detractors into either group (20 where p is below 0.01: there even 10 let p < 0.0005
    come nearly twice too often), p is at least that of the exact test (`net_exact_each`). Such a p may be above
    1 - confidence although the range does not hold zero. A p above 0.1 is left as it is. Counts of weighted answers are
    rounded.
    """
    groups = np.stack(np.broadcast_arrays(floats(a), floats(b)), axis=1)
    found = _nps_difference(groups, confidence)
    n = groups.sum(axis=0)
    rarer_end = ratio(groups[[0, 2]].sum(axis=1), n.sum(axis=0)).min(axis=0)
    least = np.where(found.p < _SMALL_P, _LEAST_FOR_SMALL_P, _LEAST_EXPECTED)
    few = (rarer_end * n.min(axis=0) < least) & (found.p < _TOLD)
    if not few.any():
        return found
    people = np.rint(groups[:, :, few])
    p = found.p.copy()
    p[few] = np.maximum(p[few], net_exact_each(people[:, 0], people[:, 1]))
    return Differences(found.value, found.low, found.high, p)


def proportion_difference(
    part_a: float, whole_a: float, part_b: float, whole_b: float, confidence: float = 0.95
) -> Difference:
    """Share of A minus share of B, as shares (-1..1). Source: Newcombe 1998, method 10; p by inversion of its range."""
    return proportion_difference_each(part_a, whole_a, part_b, whole_b, confidence)[0]


def proportion_difference_each(
    part_a: ArrayLike, whole_a: ArrayLike, part_b: ArrayLike, whole_b: ArrayLike, confidence: float = 0.95
) -> Differences:
    """`proportion_difference` for arrays of counts."""
    parts = np.stack(np.broadcast_arrays(floats(part_a), floats(part_b)))
    n = np.stack(np.broadcast_arrays(floats(whole_a), floats(whole_b)))
    shares = ratio(parts, n)
    return _mover(shares, lambda side: wilson_reach(shares, n, side), confidence)


def share_difference(
    part_a: float, whole_a: float, part_b: float, whole_b: float, confidence: float = 0.95
) -> Difference:
    """`proportion_difference` for comparisons that are told: rare answers are not called clear too easily."""
    return share_difference_each(part_a, whole_a, part_b, whole_b, confidence)[0]


def share_difference_each(
    part_a: ArrayLike, whole_a: ArrayLike, part_b: ArrayLike, whole_b: ArrayLike, confidence: float = 0.95
) -> Differences:
    """`share_difference` for arrays of counts.

    With fewer than 5 people expected in any of the four cells p is at least that of Fisher's exact test (the rule of
    METHODS.md 2 for tables): one of 43 against three of 7,648 has p = 1e-7 by the range alone, 0.02 by the exact test.
    Such a p may be above 1 - confidence although the range does not hold zero. Counts of weighted answers are rounded.
    """
    found = proportion_difference_each(part_a, whole_a, part_b, whole_b, confidence)
    parts = np.stack(np.broadcast_arrays(floats(part_a), floats(part_b)))
    wholes = np.stack(np.broadcast_arrays(floats(whole_a), floats(whole_b)))
    share = ratio(parts.sum(axis=0), wholes.sum(axis=0))
    expected = (wholes * np.minimum(share, 1 - share)).min(axis=0)
    few = (expected < _LEAST_EXPECTED) & ~np.isnan(found.p)
    if not few.any():
        return found
    inside = np.rint(parts[:, few])
    outside = np.maximum(np.rint(wholes[:, few]) - inside, 0)
    p = found.p.copy()
    p[few] = np.maximum(p[few], fisher_each(inside[0], outside[0], inside[1], outside[1]))
    return Differences(found.value, found.low, found.high, p)


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


def mean_any_difference(points: ArrayLike, counts: ArrayLike) -> FTest:
    """Whether means differ anywhere between groups that may spread differently; ``counts`` is [groups, points].

    Source: Welch 1951. Groups of one answer are left out; p is None for fewer than two groups or if a group gave a
    single score only.
    """
    n, mean, variance = mean_and_variance(floats(points), floats(counts))
    n, mean, variance = n[n > 1], mean[n > 1], variance[n > 1]
    groups = len(n)
    if groups < 2 or not (variance > 0).all():
        return FTest(0.0, 0.0, 0.0, None)
    weight = n / variance
    share = weight / weight.sum()
    between = float((weight * (mean - (share * mean).sum()) ** 2).sum()) / (groups - 1)
    loss = float(((1 - share) ** 2 / (n - 1)).sum())
    statistic = between / (1 + 2 * (groups - 2) / (groups**2 - 1) * loss)
    df, df_error = groups - 1.0, (groups**2 - 1) / (3 * loss)
    return FTest(statistic, df, df_error, f_tail(statistic, df, df_error))


def _mover(values: Floats, reaching: Reaching, confidence: float) -> Differences:
    """The difference of ``values[0]`` and ``values[1]`` ([2, pairs]) from the ranges of both."""
    difference = values[0] - values[1]
    above = difference > 0
    towards_zero = np.where(above, [[-1.0], [1.0]], [[1.0], [-1.0]])
    near, far = reaching(towards_zero), reaching(-towards_zero)
    z = np.full(difference.shape, critical(confidence))
    nearer, farther = np.hypot(*near(z)), np.hypot(*far(z))
    crossing = _crossing(lambda z: np.hypot(*near(z)), np.abs(difference), z, nearer)
    down, up = np.where(above, nearer, farther), np.where(above, farther, nearer)
    return Differences(difference, difference - down, difference + up, two_sided_each(crossing))


def _crossing(reach: Reach, distance: Floats, start: Floats, reached: Floats) -> Floats:
    """The z at which ``reach`` (growing from 0) gets to ``distance``, at most 40, where p is 0 to any precision.

    ``reached`` is the reach at ``start``. Secant steps for all entries at once, kept between the nearest points below
    and above; where a step leaves them, the line through the origin is used, which suits a reach that is nearly one.
    """
    low, high = np.zeros_like(distance), np.full_like(distance, np.inf)
    last, f_last = start, reached - distance
    z = np.minimum(start * ratio(distance, reached), _FARTHEST)
    for _ in range(100):
        f = reach(z) - distance
        below = f <= 0
        low, high = np.where(below, z, low), np.where(below, high, z)
        slope, moved = f - f_last, z - last
        new = z - np.divide(f * moved, slope, out=np.zeros_like(z), where=slope != 0)
        inside = (new >= low) & (new <= high)
        # The error of a secant step is about that of the last one times that of the one before.
        error = np.abs(moved)
        if not inside.all():
            by_ratio = z * ratio(distance, f + distance)
            new = np.where(inside, new, np.where((by_ratio > low) & (by_ratio < high), by_ratio, (low + high) / 2))
            error = np.where(inside, error, 1.0)
        new = np.minimum(new, _FARTHEST)
        error = error * np.abs(new - z)
        last, f_last, z = z, f, new
        if not (error > _PRECISION * (1 + z)).any():
            break
    return np.where(np.isnan(distance), np.nan, z)
