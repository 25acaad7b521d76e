"""Two questions crossed: do they go together at all, how strongly, and which cells stick out.

Tables are counts [rows, columns] of different people. Weighted tables are given as weighted shares times the effective
base (`cxdesk.stats.effective.effective_counts`), or to `rao_scott` as sums.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.chi_square import chi_square_tail
from cxdesk.stats.f_distribution import FTest, f_tail
from cxdesk.stats.interval import Floats, floats, ratio

_SPARSE_SHARE = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Association:
    """How two questions go together.

    ``statistic`` is Pearson's chi-square without Yates' correction, ``likelihood`` the likelihood ratio G², both with
    ``df`` degrees of freedom; ``strength`` is Cramér's V, 0..1. ``expected`` and ``residuals`` (adjusted and
    standardised: the z of a column against everyone else) are [rows, columns], NaN where a row or column is empty or
    holds everybody. p values and ``strength`` are None if a question has fewer than two answers that anybody gave.
    """

    statistic: float
    likelihood: float
    df: int
    p: float | None
    likelihood_p: float | None
    strength: float | None
    expected: Floats
    residuals: Floats

    @property
    def least_expected(self) -> float:
        """The smallest expected count of rows and columns that anybody is in; NaN if there is none."""
        filled = self.expected[self.expected > 0]
        return float(filled.min()) if filled.size else math.nan

    @property
    def sparse_share(self) -> float:
        """The share (0..1) of cells with an expected count below 5; NaN without answers."""
        filled = self.expected[self.expected > 0]
        return float((filled < 5).mean()) if filled.size else math.nan

    @property
    def sparse(self) -> bool:
        """Whether chi-square is no longer to be trusted: over 20 % expect fewer than 5, or one expects fewer than 1.

        Source: Cochran 1954; METHODS.md 3.
        """
        return self.sparse_share > _SPARSE_SHARE or self.least_expected < 1


def association(table: ArrayLike) -> Association:
    """Test a table of counts [rows, columns] and describe every cell.

    Source: Pearson 1900; Cramér 1946; adjusted residuals (n - E) / sqrt(E (1 - row share) (1 - column share)), Haberman
    1973.
    """
    counts = np.atleast_2d(np.asarray(table, dtype=np.float64))
    total = float(counts.sum())
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    expected = np.outer(rows, columns) / total if total else np.zeros_like(counts)
    away = counts - expected
    statistic = float(np.divide(away**2, expected, out=np.zeros_like(counts), where=expected > 0).sum())
    known = counts > 0
    likelihood = 2 * float((counts[known] * np.log(counts[known] / expected[known])).sum())
    spread = expected * np.outer(1 - ratio(rows, floats(total)), 1 - ratio(columns, floats(total)))
    residuals = np.divide(away, np.sqrt(spread), out=np.full_like(counts, np.nan), where=spread > 0)
    height, width = int(np.count_nonzero(rows)), int(np.count_nonzero(columns))
    df = max(height - 1, 0) * max(width - 1, 0)
    if not df:
        return Association(statistic, max(likelihood, 0.0), df, None, None, None, expected, residuals)
    strength = math.sqrt(statistic / (total * (min(height, width) - 1)))
    p, likelihood_p = chi_square_tail(statistic, df), chi_square_tail(likelihood, df)
    return Association(statistic, max(likelihood, 0.0), df, p, likelihood_p, strength, expected, residuals)


def rao_scott(people: ArrayLike, weight: ArrayLike, square: ArrayLike) -> FTest:
    """Whether two questions go together when answers are weighted.

    The arguments are [rows, columns]: people, sums of w and sums of w² per cell. Source: Rao and Scott 1984, second
    order, with Taylor's covariance of the shares (with replacement, no strata); same result as svychisq of R's survey.
    p is None if a question has fewer than two answers that anybody gave.
    """
    counts, w, w2 = (np.atleast_2d(np.asarray(part, dtype=np.float64)) for part in (people, weight, square))
    filled = np.ix_(w.sum(axis=1) > 0, w.sum(axis=0) > 0)
    counts, w, w2 = counts[filled], w[filled], w2[filled]
    n, (height, width) = float(counts.sum()), w.shape
    if height < 2 or width < 2 or n < 2:
        return FTest(0.0, 0.0, 0.0, None)
    whole = float(w.sum())
    share, mass = (w / whole).ravel(), w2.ravel()
    # Taylor's covariance of the cells' shares: sum of w² (1 - share)(1 - share)' over people, here over cells.
    mixed = np.outer(mass, share)
    covariance = np.diag(mass) - mixed - mixed.T + mass.sum() * np.outer(share, share)
    covariance *= n / (n - 1) / whole**2
    inverse = np.divide(1, share, out=np.zeros_like(share), where=share > 0)
    contrasts = np.kron(_centred(height), _centred(width))
    scaled = inverse[:, None] * contrasts
    effects = np.linalg.solve(contrasts.T @ scaled / n, scaled.T @ covariance @ scaled)
    trace = float(np.trace(effects))
    if trace <= 0:
        return FTest(0.0, 0.0, 0.0, None)
    df = trace**2 / float(np.trace(effects @ effects))
    statistic = association(n * w / whole).statistic / trace
    return FTest(statistic, df, df * (n - 1), f_tail(statistic, df, df * (n - 1)))


def _centred(size: int) -> Floats:
    """[size, size - 1]: all but the first category, each less the average of all."""
    return (np.eye(size) - 1 / size)[:, 1:]
