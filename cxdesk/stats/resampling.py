"""How sure the ranking of key drivers is: relative weights of many resamples of the same people.

Each resample draws as many people as answered, with replacement. Instead of copying rows, every person gets a count,
and the sums that correlations are made of come from one product of matrices: counts [resamples, people] times products
of answers [people, pairs]. The eigenvalues of all resamples are computed in one call.

For a glance, `jackknife` leaves out one group of people after the other, which needs a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxdesk.stats.importance import relative_weights
from cxdesk.stats.interval import Floats, floats
from cxdesk.stats.student import t_critical

RESAMPLES = 2000
SEED = 20_240_229

_EXACT_PEOPLE = 20_000
_NOTHING = 1e-12
_CHUNK_NUMBERS = 4_000_000
_ROWS_AT_ONCE = 20
Tick = Callable[[int, int], None]
"""Called with the resamples done and wanted, every few of them; may raise to stop."""


@dataclass(frozen=True, slots=True, eq=False)
class Resampled:
    """Relative weights of many resamples; arrays are [drivers].

    ``low`` and ``high`` are the range of each weight, ``share_low`` and ``share_high`` of its share of R² (0..1),
    ``rank_low`` and ``rank_high`` of its rank (1: strongest). ``first`` is the share (0..1) of resamples in which the
    driver was the strongest. ``used`` counts resamples in which everything varied and the
    drivers explained something.
    """

    low: Floats
    high: Floats
    share_low: Floats
    share_high: Floats
    rank_low: Floats
    rank_high: Floats
    first: Floats
    used: int

    def bands(self, shares: ArrayLike) -> list[int]:
        """Which drivers cannot be ranked against each other: 0 for the first band, 1 for the next, by ``shares``.

        From the strongest down, a driver opens a new band if its range lies below that of the band's strongest.
        """
        found, band, top = [0] * len(self.first), 0, -1
        for driver in np.argsort(-floats(shares), kind="stable").tolist():
            if top >= 0 and self.share_high[driver] < self.share_low[top]:
                band, top = band + 1, driver
            top = driver if top < 0 else top
            found[driver] = band
        return found


def resample(
    outcome: ArrayLike,
    drivers: ArrayLike,
    weights: ArrayLike | None = None,
    resamples: int = RESAMPLES,
    confidence: float = 0.95,
    seed: int = SEED,
    tick: Tick | None = None,
) -> Resampled | None:
    """Resample complete answers: ``outcome`` [people] and ``drivers`` [people, drivers], without NaN.

    Percentile ranges (type 7). Above 20,000 people the sums are drawn from the normal distribution that they follow
    then (their exact covariance over people), which costs the same for any number of resamples. None if half of the
    resamples do not vary. Same seed, same result. Source: Tonidandel, LeBreton and Johnson 2009.
    """
    values = _scaled(outcome, drivers)
    if values is None:
        return None
    weight = np.ones(len(values)) if weights is None else floats(weights)
    random = np.random.Generator(np.random.SFC64(seed))
    draw = _drawn_sums if len(values) <= _EXACT_PEOPLE else _normal_sums
    found = draw(values, weight, resamples, random, tick)
    found = found[np.nan_to_num(found.sum(axis=1)) > _NOTHING]
    if 2 * len(found) < resamples:
        return None
    share = found / found.sum(axis=1, keepdims=True)
    rank = np.argsort(np.argsort(-found, axis=1, kind="stable"), axis=1) + 1
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    (low, high), (share_low, share_high), (rank_low, rank_high) = (
        np.quantile(part, tails, axis=0) for part in (found, share, rank)
    )
    first = (rank == 1).mean(axis=0)
    return Resampled(low, high, share_low, share_high, rank_low, rank_high, first, len(found))


@dataclass(frozen=True, slots=True, eq=False)
class Jackknifed:
    """Shares of R² (0..1) with their ranges, and the correlations with the outcome; arrays are [drivers]."""

    share: Floats
    low: Floats
    high: Floats
    correlation: Floats


def jackknife(
    outcome: ArrayLike,
    drivers: ArrayLike,
    weights: ArrayLike | None = None,
    groups: int = 50,
    confidence: float = 0.95,
) -> Jackknifed | None:
    """The range of each driver's share by leaving out one group of people after the other; arguments as `resample`.

    People who follow each other make a group, so they must stand in random order. The range is the share and t standard
    errors with ``groups`` - 1 degrees of freedom. None if an answer does not vary, in all or without one of the groups.
    Source: delete-a-group jackknife, Kott 2001.
    """
    values = _scaled(outcome, drivers)
    if values is None or len(values) < groups:
        return None
    people, columns = values.shape
    # Zeros fill the last group up: they add to no sum.
    rows = np.zeros((-(-people // groups) * groups, columns + 1))
    rows[:people, 0] = 1.0
    rows[:people, 1:] = values
    weighed = rows if weights is None else rows * np.append(floats(weights), np.zeros(len(rows) - people))[:, None]
    sums = rows.reshape(groups, -1, columns + 1).swapaxes(1, 2) @ weighed.reshape(groups, -1, columns + 1)
    whole = sums.sum(axis=0)
    parts = np.concatenate((whole[None], whole - sums))
    size, mean = parts[:, :1, :1], parts[:, 1:, :1] / parts[:, :1, :1]
    matrices, varies = _correlated(parts[:, 1:, 1:] / size - mean * mean.swapaxes(1, 2))
    found = relative_weights(matrices)
    explained = found.sum(axis=1, keepdims=True)
    if not (varies.all() and (explained > _NOTHING).all()):
        return None
    share = found / explained
    half = np.sqrt((groups - 1) * share[1:].var(axis=0)) * _reach(confidence, groups)
    return Jackknifed(share[0], share[0] - half, share[0] + half, matrices[0, 0, 1:])


@cache
def _reach(confidence: float, groups: int) -> float:
    """How many standard errors of a jackknife a range extends to either side."""
    return float(t_critical(confidence, floats(groups - 1.0))[0])


def _scaled(outcome: ArrayLike, drivers: ArrayLike) -> Floats | None:
    """The outcome and the drivers [people, 1 + drivers], centred and scaled so that sums of products keep their digits.

    None if one of them does not vary.
    """
    values = np.column_stack((floats(outcome), np.asarray(drivers, dtype=np.float64)))
    spread = values.std(axis=0)
    if len(values) < 2 or not (spread > 0).all():
        return None
    return np.asarray((values - values.mean(axis=0)) / spread)


def _drawn_sums(
    values: Floats, weight: Floats, resamples: int, random: np.random.Generator, tick: Tick | None
) -> Floats:
    people = len(values)
    products = _products(values, weight)
    chunk = max(1, min(resamples, _CHUNK_NUMBERS // people))
    counts = np.empty((chunk, people))
    found = np.empty((resamples, values.shape[1] - 1))
    for start in range(0, resamples, chunk):
        size = min(chunk, resamples - start)
        for row in range(0, size, _ROWS_AT_ONCE):
            part = counts[row : min(row + _ROWS_AT_ONCE, size)]
            part[:] = _drawn(random, len(part), people)
        found[start : start + size] = _weights_of(counts[:size] @ products, values.shape[1])
        if tick:
            tick(start + size, resamples)
    return found


def _drawn(random: np.random.Generator, rows: int, people: int) -> np.ndarray:
    """How often each person is drawn in each row: int64 [rows, people], each row adding up to ``people``.

    Raw 32-bit numbers are scaled to 0..people - 1, three times as fast as exact integers: one person may be drawn more
    often than another by one in 200,000, which no resampling can show.
    """
    size = rows * people
    raw = random.bit_generator.random_raw((size + 1) // 2).view(np.uint32)
    drawn = raw[:size].astype(np.int64).reshape(rows, people)
    drawn *= people
    drawn >>= 32
    drawn += (np.arange(rows) * people)[:, None]
    return np.bincount(drawn.ravel(), minlength=size).reshape(rows, people)


def _normal_sums(
    values: Floats, weight: Floats, resamples: int, random: np.random.Generator, tick: Tick | None
) -> Floats:
    """The same for many people: averages over people of the products, with the error that averages have."""
    people, columns = len(values), values.shape[1]
    width = 1 + columns + columns * (columns + 1) // 2
    total, squares = np.zeros(width), np.zeros((width, width))
    step = _CHUNK_NUMBERS // width
    for start in range(0, people, step):
        part = _products(values[start : start + step], weight[start : start + step])
        total += part.sum(axis=0)
        squares += part.T @ part
        if tick:
            tick(0, resamples)
    covariance = squares - np.outer(total, total) / people
    sizes, vectors = np.linalg.eigh(covariance)
    noise = random.standard_normal((resamples, width)) * np.sqrt(np.maximum(sizes, 0.0))
    found = _weights_of(total + noise @ vectors.T, columns)
    if tick:
        tick(resamples, resamples)
    return found


def _products(values: Floats, weight: Floats) -> Floats:
    """[people, 1 + columns + pairs], each times the person's weight.

    One, every column, and every product of two columns (a column and itself too); stored column by column.
    """
    people, columns = values.shape
    rows = np.empty((1 + columns + columns * (columns + 1) // 2, people))
    rows[0] = weight
    np.multiply(values.T, weight, out=rows[1 : 1 + columns])
    place = 1 + columns
    for column in range(columns):
        others = columns - column
        np.multiply(values.T[column:], rows[1 + column], out=rows[place : place + others])
        place += others
    return rows.T


def _weights_of(sums: Floats, columns: int) -> Floats:
    """Relative weights [resamples, drivers] from sums of `_products`; NaN where a column does not vary."""
    matrices, varies = _matrices(sums, columns)
    return np.where(varies[:, None], relative_weights(matrices), np.nan)


def _matrices(sums: Floats, columns: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Correlations [resamples, columns, columns] from sums of `_products`, and where all columns vary."""
    size, rest = sums[:, :1], sums[:, 1:]
    mean = rest[:, :columns] / size
    one, other = np.triu_indices(columns)
    covariance = np.empty((len(sums), columns, columns))
    upper = rest[:, columns:] / size - mean[:, one] * mean[:, other]
    covariance[:, one, other] = covariance[:, other, one] = upper
    return _correlated(covariance)


def _correlated(covariance: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Correlations [resamples, columns, columns] from covariances, and where all columns vary."""
    variance = np.einsum("rii->ri", covariance)
    varies = (variance > 1e-12).all(axis=1)
    scale = np.sqrt(np.where(varies[:, None], variance, 1.0))
    matrices = covariance / (scale[:, :, None] * scale[:, None, :])
    matrices[~varies] = np.eye(covariance.shape[1])
    return matrices, varies
