"""Key drivers: which ratings go together with the score, and how much each of them explains.

Everything starts from one correlation matrix: the outcome first, then the drivers. Johnson's relative weights share the
explained part R² out among drivers that go together with each other; they add up to R² and none is negative. A ranking
without ranges is worth little below 1,000 answers (METHODS.md 4), see `cxdesk.stats.resampling`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxdesk.stats.interval import Floats, floats
from cxdesk.stats.student import t_two_sided

Gaps = Literal["complete", "pairs"]
"""Answers with gaps: leave the person out, or use every pair of answers that is there."""

_SMALLEST = 1e-10
_MOST_FOR_SHAPLEY = 12


@dataclass(frozen=True, slots=True, eq=False)
class Correlations:
    """How the outcome (first) and the drivers go together.

    ``matrix`` is [1 + drivers, 1 + drivers]; ``mean`` and ``sd`` (n - 1) are [1 + drivers], in the questions' units.
    ``n`` people have answered everything, ``least`` is the smallest number of answers behind one correlation and
    ``total`` all people. ``kept`` are the positions of the drivers that vary; the others are left out of the matrix.
    """

    matrix: Floats
    mean: Floats
    sd: Floats
    n: int
    least: int
    total: int
    kept: NDArray[np.int64]

    @property
    def sound(self) -> bool:
        """Whether correlations from pairs may be used; always true for complete answers.

        80 % of all people stand behind each, and they fit together: no negative eigenvalue.
        """
        if self.least == self.n:
            return True
        fitting = not np.isnan(self.matrix).any() and float(np.linalg.eigvalsh(self.matrix)[0]) > 0
        return fitting and self.least >= 0.8 * self.total


def correlations(
    outcome: ArrayLike,
    drivers: ArrayLike,
    weights: ArrayLike | None = None,
    gaps: Gaps = "complete",
    ranks: bool = False,
) -> Correlations | None:
    """Correlate an outcome [people] with drivers [people, drivers]; NaN is "no answer".

    Pearson's correlation, or Spearman's for ``ranks`` (ties get their average rank). Weighted as cov.wt of R. None if
    the outcome or all drivers do not vary.
    """
    y, x = floats(outcome), np.asarray(drivers, dtype=np.float64)
    values = np.column_stack((y, x))
    weight = np.ones(len(y)) if weights is None else floats(weights)
    known = ~np.isnan(values)
    complete = known.all(axis=1)
    if gaps == "complete":
        values, weight, known = values[complete], weight[complete], known[complete]
    varying = np.array(
        [there.any() and np.ptp(column[there]) > 0 for column, there in zip(values.T, known.T, strict=True)]
    )
    if not varying[0] or not varying[1:].any():
        return None
    values, known = values[:, varying], known[:, varying]
    if ranks:
        values = np.column_stack([_ranks(column) for column in values.T])
    matrix, least = _pearson(values, known, weight) if gaps == "pairs" else (_weighted(values, weight), len(values))
    filled = np.where(known, values, 0.0)
    size, amount = known.sum(axis=0), weight @ known
    mean = (weight @ filled) / amount
    spread = (weight @ (np.where(known, values - mean, 0.0) ** 2)) / amount
    sd = np.sqrt(spread * size / (size - 1))
    kept = np.flatnonzero(varying[1:])
    return Correlations(matrix, mean, sd, int(complete.sum()), least, len(y), kept)


def relative_weights(matrix: ArrayLike) -> Floats:
    """Johnson's relative weights [..., drivers] from correlations [..., 1 + drivers, 1 + drivers]; they sum to R².

    With R = V L V' the drivers' correlations and r those with the outcome: Lambda = V sqrt(L) V', beta = Lambda^-1 r,
    weights = Lambda² beta² (squares of single entries). Drivers that are copies of each other share alike: eigenvalues
    of 0 are left out of the inverse. Source: Johnson 2000; same as genizi of R's relaimpo.
    """
    stack = np.asarray(matrix, dtype=np.float64)
    values, vectors = np.linalg.eigh(stack[..., 1:, 1:])
    roots = np.sqrt(np.maximum(values, 0.0))
    inverse = np.divide(1, roots, out=np.zeros_like(roots), where=values > _SMALLEST)
    across = vectors.swapaxes(-1, -2)
    beta = (vectors * inverse[..., None, :]) @ (across @ stack[..., 1:, :1])
    return np.asarray((((vectors * roots[..., None, :]) @ across) ** 2 @ beta**2)[..., 0])


def explained(matrix: Floats) -> float:
    """R²: the share (0..1) of the outcome's variance that all drivers together explain."""
    return float(relative_weights(matrix).sum())


def correlation_chances(correlations: ArrayLike, people: int) -> Floats:
    """How easily chance alone makes correlations as strong, two-sided p; t with n - 2 degrees of freedom."""
    found = floats(correlations)
    rest = np.maximum(1 - found * found, 1e-12)
    return t_two_sided(found * np.sqrt((people - 2) / rest), np.full(len(found), people - 2.0))


def shapley_weights(matrix: Floats) -> Floats | None:
    """The average gain in R² from each driver over all orders in which drivers could enter ("LMG"); sums to R².

    A check on `relative_weights`. Source: Lindeman, Merenda and Gold 1980. None above 12 drivers.
    """
    drivers = len(matrix) - 1
    if drivers > _MOST_FOR_SHAPLEY:
        return None
    gains = np.zeros(drivers)
    fit = {(): 0.0}
    for size in range(1, drivers + 1):
        chosen = np.array(list(combinations(range(drivers), size)))
        inner = matrix[1:, 1:][chosen[:, :, None], chosen[:, None, :]]
        outer = matrix[1:, 0][chosen]
        r2 = (outer * (np.linalg.pinv(inner, hermitian=True) @ outer[..., None])[..., 0]).sum(axis=1)
        share = 1 / (drivers * math.comb(drivers - 1, size - 1))
        found = dict(zip(map(tuple, chosen.tolist()), r2.tolist(), strict=True))
        for group, value in found.items():
            for driver in group:
                gains[driver] += share * (value - fit[tuple(other for other in group if other != driver)])
        fit = found
    return gains


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """The plain linear model on the same drivers, for the export and for the "mixed signal" note; arrays are [drivers].

    ``slope``, ``error`` and ``p`` (t with n - drivers - 1 degrees of freedom) belong to points of the outcome per point
    of the driver; ``constant``, ``constant_error`` and ``constant_p`` to the constant. ``beta`` is the standardised
    slope, ``alone`` the R² of the driver by itself, ``last`` the R² it adds to all others, ``inflation`` its VIF. All
    but ``r2`` and ``alone`` are NaN if drivers repeat each other exactly or people are too few.
    """

    r2: float
    adjusted_r2: float
    constant: float
    constant_error: float
    constant_p: float
    slope: Floats
    error: Floats
    p: Floats
    beta: Floats
    alone: Floats
    last: Floats
    inflation: Floats


def regression(found: Correlations) -> Regression:
    """Fit the linear model that belongs to ``found``, with its n."""
    matrix, mean, sd, n = found.matrix, found.mean, found.sd, found.n
    inner, outer = matrix[1:, 1:], matrix[1:, 0]
    drivers, rest = len(outer), n - len(outer) - 1
    r2, alone = explained(matrix), outer**2
    if rest < 1 or float(np.linalg.eigvalsh(inner)[0]) < _SMALLEST:
        unknown = np.full(drivers, math.nan)
        nothing = (math.nan,) * 4
        return Regression(r2, *nothing, unknown, unknown, unknown, unknown, alone, unknown, unknown)
    inverse = np.linalg.inv(inner)
    beta, inflation = inverse @ outer, np.diag(inverse)
    slope = beta * sd[0] / sd[1:]
    error = sd[0] / sd[1:] * np.sqrt((1 - r2) / rest * inflation)
    constant = float(mean[0] - slope @ mean[1:])
    level = mean[1:] / sd[1:]
    constant_error = float(sd[0] * np.sqrt((1 - r2) / rest * (n - 1) * (1 / n + level @ inverse @ level / (n - 1))))
    t = np.append(slope, constant) / np.append(error, constant_error)
    p = t_two_sided(t, np.full(drivers + 1, float(rest)))
    adjusted = 1 - (1 - r2) * (n - 1) / rest
    last = beta**2 / inflation
    return Regression(
        r2, adjusted, constant, constant_error, float(p[-1]), slope, error, p[:-1], beta, alone, last, inflation
    )


def mixed_signals(found: Correlations) -> NDArray[np.bool_]:
    """[drivers]: whether a driver's slope contradicts its correlation clearly (opposite sign, t beyond 2)."""
    model = regression(found)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(model.slope / model.error)
    return np.asarray((np.sign(model.slope) == -np.sign(found.matrix[1:, 0])) & (t > 2))


def _ranks(values: Floats) -> Floats:
    """Ranks from 1, ties at their average; NaN stays NaN."""
    known = ~np.isnan(values)
    _, place, size = np.unique(values[known], return_inverse=True, return_counts=True)
    found = np.full(len(values), np.nan)
    found[known] = (np.cumsum(size) - (size - 1) / 2)[place.ravel()]
    return found


def _weighted(values: Floats, weight: Floats) -> Floats:
    away = values - weight @ values / weight.sum()
    covariance = (away * weight[:, None]).T @ away
    scale = np.sqrt(np.diag(covariance))
    found: Floats = covariance / np.outer(scale, scale)
    np.fill_diagonal(found, 1.0)
    return found


def _pearson(values: Floats, known: NDArray[np.bool_], weight: Floats) -> tuple[Floats, int]:
    """Correlations over the people who answered both, and the smallest number of them; NaN where one does not vary."""
    size = values.shape[1]
    found = np.eye(size)
    for one, other in combinations(range(size), 2):
        both = known[:, one] & known[:, other]
        pair = values[both][:, [one, other]]
        varies = len(pair) > 1 and (np.ptp(pair, axis=0) > 0).all()
        found[one, other] = found[other, one] = _weighted(pair, weight[both])[0, 1] if varies else math.nan
    together = known.astype(np.int64).T @ known
    return found, int(together.min())
