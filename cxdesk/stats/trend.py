"""Scores over time: does the line rise or fall, pooled periods, and the one place where the level may have changed.

Periods stand in order of time and hold different people. Counts are [periods]; the periods' distance is one step unless
``steps`` says otherwise (a missing month leaves a gap).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxdesk.stats.chi_square import chi_square_tail
from cxdesk.stats.difference import Overall
from cxdesk.stats.interval import Difference, Floats, floats
from cxdesk.stats.normal import two_sided
from cxdesk.stats.student import t_critical

_SEED = 20_240_229


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line through all people's answers.

    ``z`` and ``p`` test "no trend" (None if nothing varies). ``slope`` is points of NPS per period, its range by t.
    """

    z: float
    p: float | None
    slope: Difference


def nps_line(
    promoters: ArrayLike,
    passives: ArrayLike,
    detractors: ArrayLike,
    steps: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Line:
    """Whether NPS rises or falls steadily over periods; arrays are [periods].

    Source: linear-by-linear association, Z = sqrt(N - 1) r between -1, 0, +1 and the period (Mantel 1963; Agresti 2007,
    2.5); the slope is that of least squares over people.
    """
    p, s, d = floats(promoters), floats(passives), floats(detractors)
    n = p + s + d
    time = np.arange(len(n), dtype=np.float64) if steps is None else floats(steps)
    total = float(n.sum())
    unknown = Line(0.0, None, Difference(math.nan, None, None, None))
    if total < 3:
        return unknown
    mean_time, mean_net = float(n @ time) / total, float((p - d).sum()) / total
    across = float(n @ (time - mean_time) ** 2)
    spread = float((p + d).sum()) - total * mean_net**2
    joint = float((p - d) @ (time - mean_time))
    if across <= 0 or spread <= 1e-12 * total:
        return unknown
    correlation, slope = joint / math.sqrt(across * spread), joint / across
    z = math.sqrt(total - 1) * correlation
    rest = max(spread - slope * joint, 0.0) / (total - 2)
    half = 100 * math.sqrt(rest / across) * float(t_critical(confidence, floats(total - 2))[0])
    chance = two_sided(z)
    return Line(z, chance, Difference(100 * slope, 100 * slope - half, 100 * slope + half, chance))


def share_line(part: ArrayLike, whole: ArrayLike, steps: ArrayLike | None = None) -> Overall:
    """Whether a share rises or falls steadily: ``part`` of ``whole`` people in each period [periods].

    Source: Cochran 1954 and Armitage 1955; same as prop.trend.test of R.
    """
    x, n = floats(part), floats(whole)
    time = np.arange(1, len(n) + 1, dtype=np.float64) if steps is None else floats(steps)
    total = float(n.sum())
    if not total:
        return Overall(0.0, 1, None)
    share, middle = float(x.sum()) / total, float(n @ time) / total
    spread = share * (1 - share) * float(n @ (time - middle) ** 2)
    if spread <= 0:
        return Overall(0.0, 1, None)
    statistic = float(x @ (time - middle)) ** 2 / spread
    return Overall(statistic, 1, chi_square_tail(statistic, 1))


def pooled(counts: ArrayLike, periods: int) -> Floats:
    """People of each period and the ``periods`` - 1 before it, [..., all periods - periods + 1]; time is the last axis.

    Pool people, never scores. Overlapping windows repeat the same people, so they are not tested against each other.
    """
    if periods < 1:
        raise ValueError("a window holds at least one period")
    ends = np.cumsum(np.asarray(counts, dtype=np.float64), axis=-1)
    found = ends[..., periods - 1 :].copy()
    found[..., 1:] -= ends[..., :-periods]
    return found


@dataclass(frozen=True, slots=True)
class Shift:
    """The single place where a series most likely changed its level.

    ``after`` is how many periods come before the change; ``before_mean`` and ``after_mean`` are the levels.
    ``statistic`` is the largest F of all splits, ``p`` how often shuffled periods make one as large.
    """

    after: int
    before_mean: float
    after_mean: float
    statistic: float
    p: float


def level_shift(series: ArrayLike, least: int = 3, shuffles: int = 1999) -> Shift | None:
    """Split a series [periods] where two levels fit best, with at least ``least`` periods on either side.

    Least squares; F as in the supF test (Andrews 1993; Zeileis et al. 2003). p is by permutation, which holds for
    short series too: with 1,999 shuffles (same seed, same result) it is a multiple of 1/2000. None for fewer than
    2 * ``least`` periods or a constant series.
    """
    values = floats(series)
    size = len(values)
    if least < 1 or size < max(2 * least, 3) or np.ptp(values) == 0:
        return None
    values = values - values.mean()
    gains = _gains(values[None, :], least)[0]
    best = int(np.argmax(gains))
    after = best + least
    spread = float(values @ values)
    shuffled = values.take(_shuffles(size, shuffles))
    # The spread of shuffled periods is the same, so a larger gain is a larger F.
    as_large = np.count_nonzero(_gains(shuffled, least).max(axis=1) >= gains[best] * (1 - 1e-12))
    rest = spread - float(gains[best])
    statistic = float(gains[best]) / (rest / (size - 2)) if rest > 1e-12 * spread else math.inf
    original = floats(series)
    means = float(original[:after].mean()), float(original[after:].mean())
    return Shift(after, *means, statistic, (1 + as_large) / (1 + shuffles))


@lru_cache(maxsize=4)
def _shuffles(size: int, rows: int) -> NDArray[np.int64]:
    """The places of a series in random orders, [rows, size]; the same ones every time."""
    return np.random.default_rng(_SEED).permuted(np.tile(np.arange(size), (rows, 1)), axis=1)


def _gains(rows: Floats, least: int) -> Floats:
    """What every split of each row (of mean 0) takes from the sum of squares, [rows, splits]."""
    size = rows.shape[1]
    before = np.arange(least, size - least + 1)
    sums = np.cumsum(rows, axis=1)[:, before - 1]
    return np.asarray(sums**2 * size / (before * (size - before)))
