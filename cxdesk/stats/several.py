"""Questions with several answers per person: shares of people and of ticks, and who ticked any of some options."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.interval import Floats, floats, ratio


@dataclass(frozen=True, slots=True, eq=False)
class Ticks:
    """What was ticked. ``base`` is people (weighted: the sum of weights), ``counts`` [options] and ``total`` are ticks.

    ``of_people`` adds up to more than 1 where people ticked several options, ``of_ticks`` always to 1; NaN without any.
    """

    base: float
    counts: Floats
    total: float

    @property
    def of_people(self) -> Floats:
        """The share (0..1) of the base that ticked each option."""
        return ratio(self.counts, floats(self.base))

    @property
    def of_ticks(self) -> Floats:
        """The share (0..1) of each option in all ticks."""
        return ratio(self.counts, floats(self.total))


def ticks(table: ArrayLike, weights: ArrayLike | None = None, everyone: bool = False) -> Ticks:
    """Count the ticks of ``table`` [people, options] (true or 1: ticked).

    The base is people who ticked at least one option, or all of them for ``everyone`` (all who were asked).
    """
    ticked = np.asarray(table) == 1
    weight = np.ones(len(ticked)) if weights is None else floats(weights)
    counts = weight @ ticked.astype(np.float64)
    base = weight.sum() if everyone else weight[ticked.any(axis=1)].sum()
    return Ticks(float(base), counts, float(counts.sum()))


def any_of(table: ArrayLike, options: list[int], weights: ArrayLike | None = None) -> float:
    """How many people (or how much weight) ticked at least one of ``options``: counted per person, not added up."""
    ticked = (np.asarray(table)[:, options] == 1).any(axis=1)
    return float(np.count_nonzero(ticked) if weights is None else floats(weights)[ticked].sum())
