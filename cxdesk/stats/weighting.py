"""Weights that make a sample look like the population in a few things that are known about it: raking.

For each thing in turn the weights of each category are multiplied so that its share meets the target; this is repeated
until all targets are met. Weights are 1 on average. A cap on single weights is applied inside the loop; where it binds,
targets are met only nearly, so what was achieved is always reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxdesk.stats.interval import Floats, floats, ratio

_TOLERANCE = 1e-10
_ROUNDS = 500


@dataclass(frozen=True, slots=True, eq=False)
class Raked:
    """Weights after raking.

    ``weights`` is [people], 1 on average. ``achieved`` holds the weighted shares of each variable's categories, without
    people whose category is not known. ``settled`` is whether the weights no longer changed; ``capped`` whether a cap
    held any weight down.
    """

    weights: Floats
    achieved: tuple[Floats, ...]
    rounds: int
    settled: bool
    capped: bool


@dataclass(frozen=True, slots=True)
class Margin:
    """One thing that is known about the population.

    ``codes`` is int [people], the category of each person or -1 if not known; ``targets`` are the shares (0..1, adding
    up to 1) of the categories. People whose category is not known keep their share of the sample together.
    """

    codes: NDArray[np.integer]
    targets: Sequence[float]


def rake(margins: Sequence[Margin], base: ArrayLike | None = None, cap: float | None = None) -> Raked:
    """Weights that meet all margins, starting from ``base`` weights (all 1 if not given).

    Source: Deming and Stephan 1940; with a ``cap`` (times the average weight) the algorithm of the American National
    Election Studies (Pasek, DeBell and Krosnick 2014): one pass, weights above the cap are cut and all are brought back
    to an average of 1 until none is above, and again. Raises `ValueError` for a category without a target, a target
    above 0 without people, targets that are negative or do not add up to 1, weights that are not positive, or a cap of
    1 and less.
    """
    people = len(margins[0].codes) if margins else 0
    start = np.ones(people) if base is None else floats(base).copy()
    if not people or len(start) != people or not (start > 0).all():
        raise ValueError("raking needs margins and a positive weight for everybody")
    if cap is not None and cap <= 1:
        raise ValueError("a cap lies above the average weight")
    # People with the same categories and the same first weight keep the same weight, so they are raked as one.
    cell = np.unique(start, return_inverse=True)[1].ravel()
    for margin in margins:
        codes = np.asarray(margin.codes, dtype=np.int64)
        cell = np.unique(cell * (int(codes.max()) + 2) + codes + 1, return_inverse=True)[1].ravel()
    _, first, size = np.unique(cell, return_index=True, return_counts=True)
    people_in = size.astype(np.float64)
    steps = [_Step.of(margin, first, people_in * start[first]) for margin in margins]
    weight = start[first] / (people_in @ start[first] / people)
    rounds, change = 0, np.inf
    capped = False
    while rounds < _ROUNDS and change > _TOLERANCE:
        before = weight
        for step in steps:
            weight = weight * step.factors(people_in * weight)
        weight = weight / (people_in @ weight / people)
        if cap is not None and weight.max() > cap:
            weight, capped = _cut(weight, people_in, cap), True
        rounds, change = rounds + 1, float(np.abs(weight - before).max())
    achieved = tuple(step.shares(people_in * weight) for step in steps)
    return Raked(weight[cell], achieved, rounds, change <= _TOLERANCE, capped)


def _cut(weight: Floats, size: Floats, cap: float) -> Floats:
    """Weights of average 1 cut to ``cap``, the others raised alike until the average is 1 again and none is above."""
    order = np.argsort(-weight, kind="stable")
    ordered, people = weight[order], size[order]
    # If the first k cells are held at the cap, the others are raised by this much.
    held = np.concatenate(([0.0], np.cumsum(people)[:-1]))
    rest = np.cumsum((people * ordered)[::-1])[::-1]
    raised = (size.sum() - cap * held) / rest
    fits = int(np.argmax(raised * ordered <= cap))
    found = np.empty_like(weight)
    found[order] = np.where(np.arange(len(weight)) < fits, cap, raised[fits] * ordered)
    return found


@dataclass(frozen=True, slots=True)
class _Step:
    """One margin over cells of people: each cell's category (the last one: not known), and the wanted shares."""

    category: NDArray[np.int64]
    wanted: Floats

    @classmethod
    def of(cls, margin: Margin, first: NDArray[np.int64], amount: Floats) -> _Step:
        targets = floats(margin.targets)
        known = len(targets)
        category = np.asarray(margin.codes, dtype=np.int64)[first]
        if category.max(initial=-1) >= known:
            raise ValueError("a category has no target")
        if (targets < 0).any() or abs(targets.sum() - 1) > 0.005:
            raise ValueError("targets are shares that add up to 1")
        category = np.where(category < 0, known, category)
        filled = np.bincount(category, amount, known + 1)
        if ((targets > 0) & (filled[:known] == 0)).any():
            raise ValueError("a target has no people")
        missing = filled[known] / filled.sum()
        return cls(category, np.append(targets / targets.sum() * (1 - missing), missing))

    def factors(self, amount: Floats) -> Floats:
        """What each cell is multiplied by so that all shares are met."""
        filled = np.bincount(self.category, amount, len(self.wanted))
        wanted: Floats = self.wanted * amount.sum()
        factors = np.divide(wanted, filled, out=np.ones_like(wanted), where=filled > 0)
        return factors.take(self.category)

    def shares(self, amount: Floats) -> Floats:
        """The share of each category among cells whose category is known."""
        filled = floats(np.bincount(self.category, amount, len(self.wanted))[:-1])
        return ratio(filled, filled.sum(keepdims=True))
