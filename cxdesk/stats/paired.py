"""The same people twice: how their NPS changed between two answers, or whether more of them said one thing."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.beta import incomplete_beta
from cxdesk.stats.interval import Difference
from cxdesk.stats.normal import critical, two_sided

_NET = np.array([-1.0, 0.0, 1.0])


def nps_paired(table: ArrayLike, confidence: float = 0.95) -> Difference:
    """NPS before minus NPS after in points; ``table`` is [3, 3]: detractors, passives, promoters before x after.

    With x the difference of one person's -1, 0, +1: z = sum(x) / sqrt(sum(x²)), and the range is the same test turned
    round, so both always agree. No range and no p without answers; if nobody changed, the range is 0 to 0 and p is 1.
    Source: the score test for marginal mean scores (Fagerland, Lydersen and Laake 2017, chapter 9; METHODS.md 1.5). For
    "after minus before" hand the table over transposed.
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.shape != (3, 3):
        raise ValueError("the table has three rows and three columns: detractors, passives, promoters")
    n = float(counts.sum())
    if not n:
        return Difference(math.nan, None, None, None)
    step = _NET[:, None] - _NET
    total, squares = float((counts * step).sum()), float((counts * step**2).sum())
    value = 100 * total / n
    if not squares:
        return Difference(0.0, 0.0, 0.0, 1.0)
    half = 100 * critical(confidence) * math.sqrt(squares) / n
    return Difference(value, value - half, value + half, two_sided(total / math.sqrt(squares)))


def paired_share_p(only_first: int, only_second: int) -> float:
    """Two-sided p of "as many people said the one thing as the other"; the counts are of those who said one of both.

    People who said both, or neither, say nothing about which is more common. 1 if nobody said just one of them.
    Source: McNemar 1947 in its exact form, a sign test: twice the binomial tail of one half.
    """
    fewer, people = min(only_first, only_second), only_first + only_second
    if not people:
        return 1.0
    return min(1.0, 2 * incomplete_beta(people - fewer, fewer + 1, 0.5, 0.5))


def paired_table(before: ArrayLike, after: ArrayLike) -> np.ndarray:
    """Count people by both answers, int64 [3, 3]; the arrays hold 0 detractor, 1 passive, 2 promoter, -1 no answer.

    People who did not answer both times are left out.
    """
    first, second = np.asarray(before, dtype=np.int64), np.asarray(after, dtype=np.int64)
    both = (first >= 0) & (second >= 0)
    return np.bincount(first[both] * 3 + second[both], minlength=9).reshape(3, 3)
