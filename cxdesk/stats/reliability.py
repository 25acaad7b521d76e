"""Whether several questions measure one thing: Cronbach's alpha."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.f_distribution import f_quantile
from cxdesk.stats.interval import Floats, Interval

_FEWEST_ITEMS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """Cronbach's alpha of ``n`` complete answers to several questions (items).

    ``alpha`` is the raw one, ``standardised`` that of items brought to one spread, ``average`` the average correlation
    of two items. ``without`` [items] is alpha if the item is dropped; ``with_rest`` [items] is the correlation of each
    item with the sum of the others: below 0 the item "may be reversed". ``interval`` is Feldt's range.
    """

    n: int
    alpha: float
    standardised: float
    average: float
    without: Floats
    with_rest: Floats
    interval: Interval


def cronbach_alpha(answers: ArrayLike, confidence: float = 0.95) -> Reliability | None:
    """Describe ``answers`` [people, items]; people with a NaN are left out.

    Source: Cronbach 1951; Feldt, Woodruff and Salih 1987 for the range. None for fewer than three items, fewer than two
    complete answers, or an item to which everyone gave the same answer.
    """
    values = np.asarray(answers, dtype=np.float64)
    values = values[~np.isnan(values).any(axis=1)]
    n, items = values.shape
    if items < _FEWEST_ITEMS or n < 2 or (np.ptp(values, axis=0) == 0).any():
        return None
    covariance = np.cov(values, rowvar=False)
    spread = np.diag(covariance)
    correlation = covariance / np.sqrt(np.outer(spread, spread))
    alpha = _alpha(covariance)
    kept = [np.delete(np.arange(items), item) for item in range(items)]
    without = np.array([_alpha(covariance[np.ix_(rest, rest)]) for rest in kept])
    shared = covariance.sum(axis=1) - spread
    others = np.array([covariance[np.ix_(rest, rest)].sum() for rest in kept])
    with_rest = np.divide(shared, np.sqrt(spread * others), out=np.full(items, math.nan), where=others > 0)
    average = float((correlation.sum() - items) / (items * (items - 1)))
    interval = feldt_interval(alpha, n, items, confidence)
    return Reliability(n, alpha, _alpha(correlation), average, without, with_rest, interval)


def feldt_interval(alpha: float, n: int, items: int, confidence: float = 0.95) -> Interval:
    """The range of an alpha of ``n`` > 1 people and ``items`` > 1 questions. Source: Feldt, Woodruff and Salih 1987."""
    tail, df, df_error = (1 - confidence) / 2, n - 1, (n - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * f_quantile(share, df, df_error) for share in (1 - tail, tail))
    return Interval(low, high)


def _alpha(covariance: Floats) -> float:
    items, total = len(covariance), float(covariance.sum())
    return items / (items - 1) * (1 - float(np.trace(covariance)) / total) if total > 0 else math.nan
