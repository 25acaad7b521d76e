"""How many people weighted answers are worth: the effective base, and counts that stand on it.

Weights make a sample say less than its size. The effective base n* is the smallest of Kish's n, Taylor's n and n
itself; ranges and tests of weighted figures use the weighted shares at that base (METHODS.md 1.8).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.interval import Floats, floats, ratio


def kish_each(weight: ArrayLike, square: ArrayLike) -> Floats:
    """Kish's effective base per group: (sum of w)² / (sum of w²). Source: Kish 1965.

    ``weight`` and ``square`` are [groups, points]: sums of w and of w² per answer. 0 for groups without answers.
    """
    w, w2 = floats(weight).sum(axis=-1), floats(square).sum(axis=-1)
    found: Floats = np.divide(w * w, w2, out=np.zeros_like(w), where=w2 > 0)
    return found


def weighted_mean_each(weight: ArrayLike, values: ArrayLike) -> Floats:
    """The weighted mean per group, in the unit of ``values`` [points]; NaN without any ``weight`` [groups, points]."""
    w = floats(weight)
    return ratio(w @ floats(values), w.sum(axis=-1))


def weighted_sd_each(people: ArrayLike, weight: ArrayLike, values: ArrayLike) -> Floats:
    """The weighted standard deviation per group with n / (n - 1), as svyvar of R's survey; NaN below two answers.

    Shapes: `taylor_each`.
    """
    n, w, x = floats(people).sum(axis=-1), floats(weight), floats(values)
    away = (x - weighted_mean_each(w, x)[..., None]) ** 2
    return np.sqrt(ratio(n, n - 1) * ratio((w * away).sum(axis=-1), w.sum(axis=-1)))


def taylor_error_each(
    people: ArrayLike, weight: ArrayLike, square: ArrayLike, values: ArrayLike, among: float | None = None
) -> Floats:
    """Taylor's standard error of a weighted mean per group, in the unit of ``values``; NaN below two answers.

    SE² = n / (n - 1) * sum(w² (x - mean)²) / (sum w)²: with replacement, no strata, as svymean of R's survey. ``among``
    is the size of the whole sample if the groups are parts of it and n is to be that of the whole (svyby). Shapes:
    `taylor_each`.
    """
    n = floats(people).sum(axis=-1) if among is None else floats(among)
    w, x = floats(weight), floats(values)
    away = (x - weighted_mean_each(w, x)[..., None]) ** 2
    return np.sqrt(ratio(n, n - 1) * ratio((floats(square) * away).sum(axis=-1), w.sum(axis=-1) ** 2))


def taylor_each(people: ArrayLike, weight: ArrayLike, square: ArrayLike, values: ArrayLike) -> Floats:
    """Taylor's effective base of a weighted mean per group: V n / ((n - 1) SE²).

    ``people`` is [groups, points], ``values`` [points] is what each answer counts. SE² is that of R's survey package
    (with replacement, no strata). Infinite where SE is 0; 0 below two answers.
    """
    n, w, x = floats(people).sum(axis=-1), floats(weight), floats(values)
    away = (x - weighted_mean_each(w, x)[..., None]) ** 2
    spread = ratio((w * away).sum(axis=-1), w.sum(axis=-1))
    error = taylor_error_each(people, w, square, x) ** 2
    found = ratio(spread * n, (n - 1) * error)
    return np.where(n < 2, 0.0, np.where(error > 0, found, np.inf))


def effective_each(people: ArrayLike, weight: ArrayLike, square: ArrayLike, values: ArrayLike) -> Floats:
    """The effective base n* per group: the smallest of Kish's n, Taylor's n and n. Shapes: `taylor_each`."""
    n = floats(people).sum(axis=-1)
    kish = kish_each(weight, square)
    taylor = taylor_each(people, weight, square, values)
    found: Floats = np.minimum(np.minimum(kish, np.where(n < 2, kish, taylor)), n)
    return found


def effective_counts(weight: ArrayLike, base: ArrayLike) -> Floats:
    """Weighted shares [groups, points] spread over an effective base [groups]: counts that formulas can stand on."""
    w = floats(weight)
    shares = ratio(w, w.sum(axis=-1)[..., None])
    return np.where(np.isnan(shares), 0.0, shares) * floats(base)[..., None]
