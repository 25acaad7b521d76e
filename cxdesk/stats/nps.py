"""The Net Promoter Score: share of promoters minus share of detractors, its ranges, and how many answers it needs.

Everything is in points (-100 to +100) unless it says share. Counts are people and may be fractions (weighted: share
times effective base). The usual range, `bonett_price`, keeps its promise from 20 answers on even near +100, where the
textbook one (`wald`) fails badly (METHODS.md 1.3).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.interval import Floats, Interval, Intervals, floats, ratio
from cxdesk.stats.normal import critical
from cxdesk.stats.proportion import Reach, wilson_reach

_OWN_VARIANCE_FROM = 50


def nps_score(promoters: float, passives: float, detractors: float) -> float:
    """The score in points, unrounded; NaN without answers."""
    return float(nps_score_each(promoters, passives, detractors)[0])


def nps_score_each(promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike) -> Floats:
    """`nps_score` for arrays of counts."""
    p, d, n = floats(promoters), floats(detractors), floats(promoters) + floats(passives) + floats(detractors)
    return 100 * ratio(p - d, n)


def nps_variance(promoters: float, passives: float, detractors: float) -> float:
    """The variance of one answer counted as +1, 0 or -1 (0..1, as shares); NaN without answers."""
    n = promoters + passives + detractors
    if n == 0:
        return math.nan
    return max((promoters + detractors) / n - ((promoters - detractors) / n) ** 2, 0.0)


def nps_error(promoters: float, passives: float, detractors: float) -> float:
    """The standard error of the score in points; NaN without answers."""
    n = promoters + passives + detractors
    return 100 * math.sqrt(nps_variance(promoters, passives, detractors) / n) if n else math.nan


def nps_error_each(promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike) -> Floats:
    """`nps_error` for arrays of counts."""
    p, d = floats(promoters), floats(detractors)
    n = p + floats(passives) + d
    variance = ratio(p + d, n) - ratio(p - d, n) ** 2
    return 100 * np.sqrt(ratio(np.maximum(variance, 0.0), n))


def bonett_price(promoters: float, passives: float, detractors: float, confidence: float = 0.95) -> Interval:
    """The usual range in points: one promoter and one detractor are added, then the plain formula, cut at ±100.

    Source: Bonett and Price 2012 (paired proportions), METHODS.md 1.2. Always holds the score; NaN without answers.
    """
    return bonett_price_each(promoters, passives, detractors, confidence)[0]


def bonett_price_each(
    promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike, confidence: float = 0.95
) -> Intervals:
    """`bonett_price` for arrays of counts."""
    p, d = floats(promoters), floats(detractors)
    n = p + floats(passives) + d
    low, high = _adjusted(p + 1, d + 1, np.where(n > 0, n + 2, np.nan), confidence)
    return Intervals(np.maximum(low, -100.0), np.minimum(high, 100.0))


def wald(promoters: float, passives: float, detractors: float, confidence: float = 0.95) -> Interval:
    """The textbook range in points, not cut at ±100; only for 100 answers and more. NaN without answers."""
    p, d = floats(promoters), floats(detractors)
    n = p + passives + d
    return Intervals(*_adjusted(p, d, np.where(n > 0, n, np.nan), confidence))[0]


def rocks(promoters: float, passives: float, detractors: float, confidence: float = 0.95) -> Interval:
    """The range that adds three answers (3/4, 1 1/2, 3/4), not cut at ±100. Source: Rocks 2016. NaN without answers."""
    p, d = floats(promoters), floats(detractors)
    n = p + passives + d
    return Intervals(*_adjusted(p + 0.75, d + 0.75, np.where(n > 0, n + 3, np.nan), confidence))[0]


def newcombe_wilson(promoters: float, passives: float, detractors: float, confidence: float = 0.95) -> Interval:
    """The range made of the Wilson limits of both shares, in points; differences are built on it (METHODS.md 1.4)."""
    n = floats(promoters + passives + detractors)
    shares = np.array([ratio(floats(promoters), n), ratio(floats(detractors), n)])
    z, net = floats(critical(confidence)), shares[0] - shares[1]
    down, up = (newcombe_wilson_reach(shares, n, floats(side))(z) for side in (-1.0, 1.0))
    return Interval(100 * float((net - down)[0]), 100 * float((net + up)[0]))


def newcombe_wilson_reach(shares: Floats, n: Floats, side: Floats) -> Reach:
    """How far that range extends from the score, below (``side`` -1) or above (+1) it, as shares.

    ``shares`` is [2, ...], promoters and then detractors; ``n`` and ``side`` have the shape of one share, or broadcast
    to it. The result takes a number of standard errors. NaN where a share is NaN. Source: Newcombe 1998 (paired
    proportions, method 10 without continuity correction).
    """
    p, d = shares
    ends = wilson_reach(shares, n, np.stack((side, -side)))
    # The correlation of the two shares: nobody is both. It is not needed where one of them is 0 or 1.
    others = (1 - p) * (1 - d)
    tie = 2 * np.sqrt(np.divide(p * d, others, out=np.zeros_like(others), where=others > 0))
    room = 1 - side * (p - d)

    def reach(z: Floats) -> Floats:
        of_p, of_d = ends(z)
        return np.asarray(np.minimum(np.sqrt(of_p * of_p + of_d * of_d + tie * of_p * of_d), room))

    return reach


def tango(promoters: float, passives: float, detractors: float, confidence: float = 0.95) -> Interval:
    """The score range in points, found by bisection. NaN without answers.

    Source: Tango 1998 (difference of paired proportions); the "iterative score" of Rocks 2016 is the same.
    """
    n = promoters + passives + detractors
    if n == 0:
        return Interval(math.nan, math.nan)
    z, share = critical(confidence), (promoters - detractors) / n

    def statistic(x: float) -> float:
        b = -promoters - detractors + (2 * n - promoters + detractors) * x
        q = (math.sqrt(max(b * b + 8 * n * detractors * x * (1 - x), 0.0)) - b) / (4 * n)
        spread = n * (2 * q + x * (1 - x))
        distance = promoters - detractors - n * x
        return distance / math.sqrt(spread) if spread > 0 else math.copysign(math.inf, distance)

    def crossing(inside: float, outside: float) -> float:
        for _ in range(100):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if abs(statistic(middle)) < z else (inside, middle)
        return inside

    low = -1.0 if share == -1 else crossing(share, -1.0)
    high = 1.0 if share == 1 else crossing(share, 1.0)
    return Interval(100 * low, 100 * high)


def answers_for_range(half_width: float, variance: float, confidence: float = 0.95, population: int = 0) -> int:
    """How many answers a range of ± ``half_width`` points needs, for a variance of one answer of 0..1.

    Source: Cochran 1977, n = z² V / E², less for a small ``population`` (0: large); METHODS.md 1.6.
    """
    n = variance * (100 * critical(confidence) / half_width) ** 2
    return max(1, math.ceil(n / (1 + (n - 1) / population) if population else n))


def required_answers(half_width: float, confidence: float, promoters: float, passives: float, detractors: float) -> int:
    """How many answers a survey like this needs for a range of ± ``half_width`` points.

    Below 50 answers its own spread is not known well: half promoters, half detractors (the worst case) is assumed.
    """
    known = promoters + passives + detractors >= _OWN_VARIANCE_FROM
    return answers_for_range(half_width, nps_variance(promoters, passives, detractors) if known else 1.0, confidence)


def answers_to_detect(change: float, variance: float, confidence: float = 0.95, power: float = 0.8) -> int:
    """How many answers per wave show a change of ``change`` points with this ``power``; METHODS.md 1.6."""
    reach = critical(confidence) + critical(2 * power - 1)
    return max(1, math.ceil(2 * variance * (100 * reach / change) ** 2))


def _adjusted(p: Floats, d: Floats, n: Floats, confidence: float) -> tuple[Floats, Floats]:
    net = (p - d) / n
    half = critical(confidence) * np.sqrt(np.maximum((p + d) / n - net * net, 0.0) / n)
    return 100 * (net - half), 100 * (net + half)
