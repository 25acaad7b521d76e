"""Means of scores and how the scores are spread, from counts per point of a scale or from single values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.interval import Floats, Interval, Intervals, floats, ratio
from cxdesk.stats.student import t_critical


@dataclass(frozen=True, slots=True)
class Distribution:
    """How scores are spread. ``mean``, ``median`` and quartiles are scores; all but ``n`` are None without answers.

    ``sd`` is the sample standard deviation (n - 1), None for one answer; ``interval`` is the t range of the mean, None
    for one answer or if everyone gave the same score. ``skew`` and ``kurtosis`` (excess) are of type 1, None if
    everyone gave the same score. Quartiles are of type 7.
    """

    n: float
    mean: float | None = None
    sd: float | None = None
    interval: Interval | None = None
    median: float | None = None
    quartiles: tuple[float, float] | None = None
    skew: float | None = None
    kurtosis: float | None = None


def distribution(points: ArrayLike, counts: ArrayLike, confidence: float = 0.95) -> Distribution:
    """Describe scores given as points of a scale (ascending) and the number of people at each point."""
    x, c = floats(points), floats(counts)
    n = float(c.sum())
    if n == 0:
        return Distribution(0)
    mean = float((x * c).sum() / n)
    moments = [float(((x - mean) ** power * c).sum() / n) for power in (2, 3, 4)]
    same = np.count_nonzero(c) == 1
    return Distribution(
        n,
        mean,
        sd=float((moments[0] * n / (n - 1)) ** 0.5) if n > 1 else None,
        interval=mean_interval(x, c, confidence),
        median=quantile(x, c, 0.5),
        quartiles=(quantile(x, c, 0.25), quantile(x, c, 0.75)),
        skew=None if same else moments[1] / moments[0] ** 1.5,
        kurtosis=None if same else moments[2] / moments[0] ** 2 - 3,
    )


def distribution_of(values: ArrayLike, confidence: float = 0.95) -> Distribution:
    """Describe single values; NaN is "no answer"."""
    known = floats(values)
    return distribution(*np.unique(known[~np.isnan(known)], return_counts=True), confidence)


def quantile(points: Floats, counts: Floats, share: float) -> float:
    """The quantile of type 7 (Hyndman and Fan 1996): between two people, the straight line between their scores."""
    position = (float(counts.sum()) - 1) * share
    below = np.floor(position)
    ends = np.cumsum(counts)
    low, high = (float(points[np.searchsorted(ends, place, side="right")]) for place in (below, np.ceil(position)))
    return low + (high - low) * float(position - below)


def mean_interval(points: ArrayLike, counts: ArrayLike, confidence: float = 0.95) -> Interval | None:
    """The t range of the mean of scores in a scale's unit; None for fewer than two answers or if all are the same."""
    found = mean_interval_each(points, floats(counts)[None, :], confidence)[0]
    return None if np.isnan(found.low) else found


def mean_interval_each(points: ArrayLike, counts: ArrayLike, confidence: float = 0.95) -> Intervals:
    """`mean_interval` for each row of ``counts`` [groups, points]; NaN where there is none."""
    n, mean, variance = mean_and_variance(floats(points), floats(counts))
    spread = np.sqrt(ratio(variance, n))
    half = np.where(variance > 0, spread * t_critical(confidence, np.where(n > 1, n - 1, np.nan)), np.nan)
    return Intervals(mean - half, mean + half)


def mean_and_variance(points: Floats, counts: Floats) -> tuple[Floats, Floats, Floats]:
    """n, mean and sample variance for each row of ``counts`` [groups, points].

    The mean is NaN without answers, the variance (n - 1) is NaN below two and exactly 0 if everyone gave one score.
    """
    n = counts.sum(axis=-1)
    mean = ratio(counts @ points, n)
    squares = (counts * (points - mean[..., None]) ** 2).sum(axis=-1)
    variance = ratio(squares, np.where(n > 1, n - 1, 0.0))
    same = np.count_nonzero(counts, axis=-1) == 1
    return n, mean, np.where(same & (n > 1), 0.0, variance)
