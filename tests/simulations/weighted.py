"""How often the range of a weighted NPS holds the true score, for several kinds of weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cxdesk.stats.effective import effective_counts, effective_each
from cxdesk.stats.nps import bonett_price_each
from tests.simulations.verdict import Verdict

RUNS = 20_000
LEAST_MEAN, WORST = 95.0, 93.5
"""METHODS.md 1.8: means are 95.8 and more, the worst cell is 93.6."""

POPULATIONS = {"+30": (0.5, 0.3, 0.2), "+80": (0.85, 0.10, 0.05), "+95": (0.96, 0.03, 0.01)}
SIZES = (20, 50, 100, 300)
NET = np.array([-1.0, 0.0, 1.0])

People = tuple[float, float, float]
Draw = Callable[[np.random.Generator, tuple[int, int], People], tuple[np.ndarray, np.ndarray, float]]
"""Gives each person's -1, 0, +1 and weight, and the true net share."""


def _unrelated(spread: float) -> Draw:
    """Weights that have nothing to do with the score."""

    def draw(
        random: np.random.Generator, shape: tuple[int, int], people: People
    ) -> tuple[np.ndarray, np.ndarray, float]:
        return _answers(random, shape, people), random.lognormal(0, spread, shape), people[0] - people[2]

    return draw


def _rare_group(
    random: np.random.Generator, shape: tuple[int, int], people: People
) -> tuple[np.ndarray, np.ndarray, float]:
    """Half of all customers give a fifth of the answers, count fourfold, and are twice as often detractors."""
    promoters, passives, detractors = people
    other = promoters - detractors, passives, 2 * detractors
    rare = random.random(shape) < 0.2
    answers = np.where(rare, _answers(random, shape, other), _answers(random, shape, people))
    return answers, np.where(rare, 4.0, 1.0), ((promoters - detractors) + (other[0] - other[2])) / 2


def _answers(random: np.random.Generator, shape: tuple[int, int], people: People) -> np.ndarray:
    draw = random.random(shape)
    return np.where(draw < people[0], 1, np.where(draw < people[0] + people[1], 0, -1))


KINDS: tuple[Draw, ...] = (_unrelated(0.5), _unrelated(0.8), _rare_group)


def coverage() -> Iterator[Verdict]:
    """The mean over kinds of weights and populations for each size, and the worst of all."""
    random = np.random.default_rng(11)
    cells: dict[int, list[float]] = {n: [] for n in SIZES}
    for n in SIZES:
        for population in POPULATIONS.values():
            for draw in KINDS:
                cells[n].append(_covered(draw, random, n, population))
        mean = float(np.mean(cells[n]))
        yield Verdict(f"weighted NPS range, n = {n}: mean", mean, f"at least {LEAST_MEAN:g}", mean >= LEAST_MEAN)
    worst = min(min(found) for found in cells.values())
    yield Verdict("weighted NPS range: worst of all", worst, f"at least {WORST}", worst >= WORST)


def _covered(draw: Draw, random: np.random.Generator, n: int, people: People) -> float:
    answers, weight, truth = draw(random, (RUNS, n), people)
    place = (answers + 1 + 3 * np.arange(RUNS)[:, None]).ravel()
    counted, total, square = (
        np.bincount(place, part.ravel(), 3 * RUNS).reshape(RUNS, 3) for part in (weight**0, weight, weight**2)
    )
    counts = effective_counts(total, effective_each(counted, total, square, NET))
    found = bonett_price_each(counts[:, 2], counts[:, 1], counts[:, 0])
    return 100 * float(((found.low <= 100 * truth) & (100 * truth <= found.high)).mean())
