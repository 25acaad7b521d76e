"""Means and medians of amounts and times, weighted or not: their ranges, and the differences of two groups.

Amounts of money and times are skewed: most are small and a few are very large. A median says what is usual and does not
mind the few; a mean says what all of them add up to. Both come with the range that suits them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxdesk.stats.interval import Difference, Floats, Interval, floats
from cxdesk.stats.normal import critical, two_sided
from cxdesk.stats.student import t_critical, t_two_sided


# Without slots: what is asked for is worked out once and kept, and of a million amounts not everything is asked for.
@dataclass(frozen=True, eq=False)
class Amounts:
    """Known amounts in ascending order, float64 [n], and the weight of each (None: all count one)."""

    values: Floats
    weights: Floats | None = None

    @cached_property
    def ends(self) -> Floats:
        """The sums of the weights up to each amount, [n]; empty where nothing is weighted."""
        return np.zeros(0) if self.weights is None else np.cumsum(self.weights)

    def squares(self, many: int) -> float:
        """The sum of the squared weights of the ``many`` smallest amounts; how many where nothing is weighted."""
        return float(many) if self.weights is None else float(np.dot(self.weights[:many], self.weights[:many]))

    @cached_property
    def kish(self) -> float:
        """The effective base that the weights leave (Kish 1965)."""
        if self.weights is None or not self.n:
            return float(self.n)
        return self.total**2 / float(np.dot(self.weights, self.weights))

    @classmethod
    def of(cls, values: ArrayLike, weights: ArrayLike | None = None) -> Amounts:
        """Put amounts in order; NaN is "not known" and left out, as is who carries no weight."""
        x = floats(values)
        known = ~np.isnan(x)
        w = None if weights is None else floats(weights)
        if w is not None:
            known &= w > 0
        order = np.argsort(x[known], kind="stable")
        return cls(x[known][order], None if w is None else w[known][order])

    def part(self, kept: NDArray[np.bool_] | NDArray[np.intp]) -> Amounts:
        """Some of the amounts, bool [n] or ascending places; they stay in order."""
        return Amounts(self.values[kept], None if self.weights is None else self.weights[kept])

    @property
    def n(self) -> int:
        """How many people."""
        return len(self.values)

    @cached_property
    def total(self) -> float:
        """The sum of the weights; the number of people where nothing is weighted."""
        if self.weights is None:
            return float(self.n)
        return float(self.weights.sum())

    @cached_property
    def mean(self) -> float:
        """The (weighted) mean; NaN without anybody."""
        if not self.n:
            return math.nan
        return float(self.values.mean() if self.weights is None else np.dot(self.values, self.weights) / self.total)

    @cached_property
    def variance(self) -> float:
        """The sample variance with n / (n - 1), weighted as in svyvar of R's survey; NaN below two people."""
        if self.n < 2:
            return math.nan
        away = (self.values - self.mean) ** 2
        spread = float(away.mean() if self.weights is None else np.dot(away, self.weights) / self.total)
        return spread * self.n / (self.n - 1)

    def effective(self) -> float:
        """The effective base n* of the mean: the smallest of Kish's n, Taylor's n and n (METHODS.md 1.8)."""
        return self._effective

    @cached_property
    def _effective(self) -> float:
        if self.weights is None or self.n < 2:
            return float(self.n)
        away = (self.values - self.mean) ** 2 * self.weights
        return self._smallest(float(away.sum()) / self.total, float(np.dot(away, self.weights)) / self.total**2)

    def effective_share(self, limit: float) -> float:
        """The effective base n* of the share of people above a limit."""
        if self.weights is None or self.n < 2:
            return float(self.n)
        start, share = int(np.searchsorted(self.values, limit, side="right")), self.above(limit)
        if start in {0, self.n}:
            return self._smallest(0.0, 0.0)
        below = self.squares(start)
        error = ((1 - share) ** 2 * (self.total**2 / self.kish - below) + share**2 * below) / self.total**2
        return self._smallest(share * (1 - share), error)

    def _smallest(self, spread: float, error: float) -> float:
        taylor = spread / error if error > 0 else math.inf
        return min(self.kish, float(self.n), taylor)

    def quantile(self, share: float) -> float:
        """The quantile of type 7 (Hyndman and Fan 1996), for weights as in Akinshin 2023; NaN without anybody."""
        if not self.n:
            return math.nan
        if self.weights is None:
            return between(share, self.n, lambda rank: float(self.values[rank]))
        place = share * (self.kish - 1) + 1
        # Only the amounts within one place of the quantile play a part.
        first, last = np.searchsorted(self.ends, self.total / self.kish * np.array([place - 1, place])).tolist()
        last = min(last, self.n - 1)
        reached = np.append(self.ends[first - 1] if first else 0.0, self.ends[first : last + 1]) / self.total
        return float(np.diff(np.clip(self.kish * reached - place + 1, 0.0, 1.0)) @ self.values[first : last + 1])

    def above(self, limit: float) -> float:
        """The (weighted) share of people above a limit; NaN without anybody."""
        if not self.n:
            return math.nan
        start = int(np.searchsorted(self.values, limit, side="right"))
        if self.weights is None:
            return (self.n - start) / self.n
        return 1 - float(self.ends[start - 1]) / self.total if 0 < start < self.n else float(not start)

    def at(self, place: float, base: float) -> float:
        """The amount of the person at a place from 1 to ``base`` in the order; weights stretch the places."""
        if self.weights is None:
            return float(self.values[min(max(math.ceil(place - 1e-9), 1), self.n) - 1])
        return float(self.values[min(int(np.searchsorted(self.ends, (place - 1e-9) / base * self.total)), self.n - 1)])

    def heaviest(self, share: float) -> tuple[int, float]:
        """The largest amounts, that ``share`` of the people (at least one): how many, and their part of the sum."""
        whole = float(self.values.sum())
        many = max(1, math.ceil(self.n * share)) if self.n else 0
        return many, float(self.values[self.n - many :].sum()) / whole if whole > 0 else 0.0


class Side(Protocol):
    """What differences are made from: `Amounts`, or everybody but a group (`stats.rest`)."""

    @property
    def n(self) -> int:
        """See `Amounts.n`."""

    @property
    def mean(self) -> float:
        """See `Amounts.mean`."""

    @property
    def variance(self) -> float:
        """See `Amounts.variance`."""

    def effective(self) -> float:
        """See `Amounts.effective`."""

    def effective_share(self, limit: float) -> float:
        """See `Amounts.effective_share`."""

    def quantile(self, share: float) -> float:
        """See `Amounts.quantile`."""

    def at(self, place: float, base: float) -> float:
        """See `Amounts.at`."""


def between(share: float, n: int, value: Callable[[int], float]) -> float:
    """The quantile of type 7 of ``n`` values, of which ``value`` gives the one at a rank from 0 on.

    As numpy's quantile, which would put them in order once more.
    """
    low = math.floor(share * (n - 1))
    part = share * (n - 1) - low
    below, above = value(low), value(min(low + 1, n - 1))
    return below + (above - below) * part if part < 0.5 else above - (above - below) * (1 - part)


def median_interval(amounts: Amounts, confidence: float = 0.95) -> Interval | None:
    """The range of the median: two people of the order, as many places from either end; None below six people.

    Source: the sign test turned around, places by the normal curve (Conover 1999, 3.2); weighted with places of the
    effective base (Woodruff 1952).
    """
    base = _median_base(amounts)
    place = math.floor((base + 1) / 2 - critical(confidence) * math.sqrt(base) / 2)
    if base < 6 or place < 1:
        return None
    return Interval(amounts.at(place, base), amounts.at(base - place + 1, base))


def median_difference(a: Side, b: Side, confidence: float = 0.95) -> Difference:
    """Median of A minus median of B, with its range and p; none where a group has under six people or no spread.

    Source: Price and Bonett 2002: the error of each median from two people around the middle of its order.
    """
    value = a.quantile(0.5) - b.quantile(0.5)
    error = math.hypot(_median_error(a), _median_error(b))
    if not error > 0:
        return Difference(value, None, None, None)
    half = critical(confidence) * error
    return Difference(value, value - half, value + half, two_sided(value / error))


def mean_range(amounts: Amounts, confidence: float = 0.95) -> Interval | None:
    """The t range of the mean; None for fewer than two people or if all amounts are the same."""
    error, df = _mean_error(amounts)
    if not error > 0:
        return None
    half = error * float(t_critical(confidence, floats(df))[0])
    return Interval(amounts.mean - half, amounts.mean + half)


def mean_gap(a: Side, b: Side, confidence: float = 0.95) -> Difference:
    """Mean of A minus mean of B. Source: Welch 1947; weighted with the effective bases in place of n."""
    value = a.mean - b.mean
    (error_a, df_a), (error_b, df_b) = _mean_error(a), _mean_error(b)
    total = error_a**2 + error_b**2
    if not total > 0:
        return Difference(value, None, None, None)
    df = floats(total**2 / (error_a**4 / df_a + error_b**4 / df_b))
    error = math.sqrt(total)
    half = error * float(t_critical(confidence, df)[0])
    return Difference(value, value - half, value + half, float(t_two_sided(floats(value / error), df)[0]))


def _mean_error(amounts: Side) -> tuple[float, float]:
    """The standard error of the mean and its degrees of freedom; NaN below two people."""
    base = amounts.effective()
    if amounts.n < 2 or base <= 1:
        return math.nan, math.nan
    return math.sqrt(amounts.variance / base), base - 1


def _median_base(amounts: Side) -> float:
    """The effective base of the median: that of being above it or not."""
    return amounts.effective_share(amounts.quantile(0.5))


def _median_error(amounts: Side) -> float:
    base = _median_base(amounts)
    if base < 6:
        return math.nan
    place = max(1, round((base + 1) / 2 - math.sqrt(base)))
    distance = (base + 1 - 2 * place) / math.sqrt(base)
    return (amounts.at(base - place + 1, base) - amounts.at(place, base)) / (2 * distance)
