"""Everybody but one group, told from everybody and the group: nobody's amount is copied for each group once more.

A page compares each of many groups with everyone else. Copying everyone else each time costs as much as there are
groups; cumulated weights and sums of the two give the same figures.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cxdesk.stats.amounts import Amounts, between
from cxdesk.stats.interval import Floats

_ALIKE = 1e-13
"""A spread below this part of what it is the difference of is none: only rounding is left of it."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over people whose amounts are d above a centre, with weights w: what means, spreads and their errors need.

    ``n`` people; ``weight`` is the sum of w, ``square`` of w², ``first`` of w d, ``second`` of w d², ``square_first``
    of w² d, ``square_second`` of w² d².
    """

    n: int
    weight: float
    square: float
    first: float
    second: float
    square_first: float
    square_second: float

    @classmethod
    def of(cls, values: Floats, weights: Floats | None, centre: float) -> Sums:
        """The sums over amounts [n] with their weights (None: all count one)."""
        n, away = len(values), values - centre
        if weights is None:
            first, second = float(away.sum()), float(np.dot(away, away))
            return cls(n, float(n), float(n), first, second, first, second)
        weighted = weights * away
        return cls(
            n,
            float(weights.sum()),
            float(np.dot(weights, weights)),
            float(weighted.sum()),
            float(np.dot(weighted, away)),
            float(np.dot(weights, weighted)),
            float(np.dot(weighted, weighted)),
        )

    def __add__(self, other: Sums) -> Sums:
        """The sums over both."""
        return Sums(
            self.n + other.n,
            self.weight + other.weight,
            self.square + other.square,
            self.first + other.first,
            self.second + other.second,
            self.square_first + other.square_first,
            self.square_second + other.square_second,
        )


@dataclass(frozen=True, eq=False)
class Rest:
    """All of ``whole`` but ``inside``, whose amounts stand at the ascending ``places`` of the whole.

    ``sums`` are those of the rest itself, around ``centre``. They are added up from its parts, not taken as a
    difference: one huge amount in the group would leave nothing but rounding of the others. Answers what `Amounts`
    answers.
    """

    whole: Amounts
    inside: Amounts
    places: NDArray[np.intp]
    sums: Sums
    centre: float

    @property
    def n(self) -> int:
        """How many people."""
        return self.sums.n

    @property
    def total(self) -> float:
        """The sum of the weights; the number of people where nothing is weighted."""
        return self.sums.weight

    @property
    def mean(self) -> float:
        """The (weighted) mean; NaN without anybody."""
        return self.centre + self.sums.first / self.total if self.n else math.nan

    @property
    def variance(self) -> float:
        """The sample variance as in `Amounts.variance`; NaN below two people."""
        return self._spread * self.n / (self.n - 1) if self.n >= 2 else math.nan

    def effective(self) -> float:
        """The effective base n* of the mean, as in `Amounts.effective`."""
        if self.whole.weights is None or self.n < 2:
            return float(self.n)
        sums, away = self.sums, self.sums.first / self.total
        if not self._spread:
            return self._smallest(0.0, 0.0)
        squares = sums.square_second - 2 * away * sums.square_first + away * away * sums.square
        return self._smallest(self._spread, squares / self.total**2)

    def effective_share(self, limit: float) -> float:
        """The effective base n* of the share of people above a limit."""
        if self.whole.weights is None or self.n < 2:
            return float(self.n)
        share, (start, within) = self.above(limit), self._up_to(limit)
        if start - within in {0, self.n}:
            return self._smallest(0.0, 0.0)
        below = self.whole.squares(start) - self.inside.squares(within)
        error = ((1 - share) ** 2 * (self.sums.square - below) + share**2 * below) / self.total**2
        return self._smallest(share * (1 - share), error)

    def above(self, limit: float) -> float:
        """The (weighted) share of people above a limit; NaN without anybody."""
        if not self.n:
            return math.nan
        start, within = self._up_to(limit)
        if self.whole.weights is None or start - within in {0, self.n}:
            return (self.n - start + within) / self.n
        below = float(self.whole.ends[start - 1]) - (float(self.inside.ends[within - 1]) if within else 0.0)
        return 1 - below / self.total

    def quantile(self, share: float) -> float:
        """The quantile as in `Amounts.quantile`; NaN without anybody."""
        if not self.n:
            return math.nan
        if self.whole.weights is None:
            return between(share, self.n, self._value)
        place, step = share * (self._kish - 1) + 1, self.total / self._kish
        first, last = self._reaching(step * (place - 1)), self._reaching(step * place)
        ranks = np.arange(first, min(last, self.n - 1) + 1)
        ends = [self._end(first - 1) if first else 0.0, *(self._end(rank) for rank in ranks.tolist())]
        reached = np.array(ends) / self.total
        return float(np.diff(np.clip(self._kish * reached - place + 1, 0.0, 1.0)) @ self.whole.values[self._at(ranks)])

    def at(self, place: float, base: float) -> float:
        """The amount of the person at a place from 1 to ``base`` in the order; weights stretch the places."""
        if self.whole.weights is None:
            return self._value(min(max(math.ceil(place - 1e-9), 1), self.n) - 1)
        return self._value(min(self._reaching((place - 1e-9) / base * self.total), self.n - 1))

    @property
    def _spread(self) -> float:
        mean_square, away = self.sums.second / self.total, self.sums.first / self.total
        spread = mean_square - away * away
        return spread if spread > _ALIKE * mean_square else 0.0

    @property
    def _kish(self) -> float:
        return self.total**2 / self.sums.square

    def _smallest(self, spread: float, error: float) -> float:
        return min(self._kish, float(self.n), spread / error if error > 0 else math.inf)

    @cached_property
    def _before(self) -> NDArray[np.intp]:
        """How many of the rest stand before each amount of the group."""
        return self.places - np.arange(len(self.places))

    def _at(self, ranks: NDArray[np.intp]) -> NDArray[np.intp]:
        """The places in the whole of those who stand at ``ranks``, from 0 on, in the order of the rest."""
        found: NDArray[np.intp] = ranks + np.searchsorted(self._before, ranks, side="right")
        return found

    def _value(self, rank: int) -> float:
        return float(self.whole.values[rank + int(np.searchsorted(self._before, rank, side="right"))])

    def _end(self, rank: int) -> float:
        """The sum of the weights of the rest up to a rank."""
        inside = int(np.searchsorted(self._before, rank, side="right"))
        return float(self.whole.ends[rank + inside]) - (float(self.inside.ends[inside - 1]) if inside else 0.0)

    def _reaching(self, weight: float) -> int:
        """The first rank up to which the weights add up to this much; ``n`` if there is none."""
        end: Callable[[int], float] = self._end
        return bisect_left(range(self.n), weight, key=end)

    def _up_to(self, limit: float) -> tuple[int, int]:
        """How many amounts of the whole, and of the group, are not above a limit."""
        start = int(np.searchsorted(self.whole.values, limit, side="right"))
        return start, int(np.searchsorted(self.places, start))
