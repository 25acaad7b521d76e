"""How sure the ranking of key drivers is: relative weights of many resamples of the same people.

Each resample draws as many people as answered, with replacement. Instead of copying rows, every person gets a count,
and the sums that correlations are made of come from one product of matrices: counts [resamples, people] times products
of answers [people, pairs]. The eigenvalues of all resamples are computed in one call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.importance import relative_weights
from cxdesk.stats.interval import Floats, floats

RESAMPLES = 2000
SEED = 20_240_229
EXACT_PEOPLE = 20_000

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
    exact: int = EXACT_PEOPLE,
) -> Resampled | None:
    """Resample complete answers: ``outcome`` [people] and ``drivers`` [people, drivers], without NaN.

    Percentile ranges (type 7). Above ``exact`` people the sums are drawn from the normal distribution that they follow
    then (their exact covariance over people), which costs the same for any number of resamples. None if half of the
    resamples do not vary. Same seed, same result. Source: Tonidandel, LeBreton and Johnson 2009.
    """
    values = np.column_stack((floats(outcome), np.asarray(drivers, dtype=np.float64)))
    weight = np.ones(len(values)) if weights is None else floats(weights)
    spread = values.std(axis=0)
    if len(values) < 2 or not (spread > 0).all():
        return None
    # Centred and scaled once, so that sums of products keep their digits.
    values = (values - values.mean(axis=0)) / spread
    random = np.random.Generator(np.random.SFC64(seed))
    draw = _drawn_sums if len(values) <= exact else _normal_sums
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
    size, rest = sums[:, :1], sums[:, 1:]
    mean = rest[:, :columns] / size
    one, other = np.triu_indices(columns)
    covariance = np.empty((len(sums), columns, columns))
    upper = rest[:, columns:] / size - mean[:, one] * mean[:, other]
    covariance[:, one, other] = covariance[:, other, one] = upper
    variance = np.einsum("rii->ri", covariance)
    varies = (variance > 1e-12).all(axis=1)
    scale = np.sqrt(np.where(varies[:, None], variance, 1.0))
    matrix = covariance / (scale[:, :, None] * scale[:, None, :])
    matrix[~varies] = np.eye(columns)
    return np.where(varies[:, None], relative_weights(matrix), np.nan)
