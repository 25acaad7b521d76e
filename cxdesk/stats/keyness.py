"""Words that one group uses more than another: how sure that is, and in which order to show them.

Counts are people who used a term, not how often they did. Arrays are [terms]; A and B are different people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxdesk.stats.exact import fisher_each
from cxdesk.stats.interval import Floats, floats, ratio
from cxdesk.stats.multiple import adjusted_rows
from cxdesk.stats.normal import two_sided_each

Exact = Literal["few", "always"]
"""Where Fisher's exact test is used: where an expected count is below 5, or for every term."""

_FEW = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class TermTests:
    """Tests of "A and B use the term alike", [terms], each with one degree of freedom; NaN where nobody or all use it.

    ``likelihood`` is G², ``chi_square`` Pearson's without correction; ``p`` is Fisher's where an expected count is
    below 5 and otherwise that of G².
    """

    likelihood: Floats
    chi_square: Floats
    p: Floats

    def clear(self, level: float = 0.05) -> NDArray[np.bool_]:
        """Terms that stay clear after allowing for the whole list (Benjamini-Hochberg)."""
        adjusted = adjusted_rows(self.p[None, :], "benjamini_hochberg")[0]
        return np.asarray(np.nan_to_num(adjusted, nan=1.0) <= level)


def compare_terms(
    count_a: ArrayLike, count_b: ArrayLike, total_a: float, total_b: float, exact: Exact = "few"
) -> TermTests:
    """Compare the people using each term in two groups of ``total_a`` and ``total_b`` people.

    ``exact`` says where p is Fisher's. Source: Dunning 1993 (2 x 2 tables); METHODS.md 7. Counts must be whole.
    """
    a, b = floats(count_a), floats(count_b)
    seen = np.array([a, total_a - a, b, total_b - b])
    whole, users = total_a + total_b, a + b
    group = np.array([total_a, total_a, total_b, total_b], dtype=np.float64)[:, None]
    expected = group * np.array([users, whole - users] * 2) / max(whole, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(seen > 0, seen * np.log(seen / expected), 0.0)
        squares = ((seen - expected) ** 2 / expected).sum(axis=0)
    least = expected.min(axis=0)
    likelihood = np.where(least > 0, np.maximum(2 * logs.sum(axis=0), 0.0), np.nan)
    p = two_sided_each(np.sqrt(likelihood))
    few = np.flatnonzero((least > 0) & ((least < _FEW) | (exact == "always")))
    p[few] = fisher_each(a[few], total_a - a[few], b[few], total_b - b[few])
    return TermTests(likelihood, np.where(least > 0, squares, np.nan), p)


@dataclass(frozen=True, slots=True, eq=False)
class LogOdds:
    """How much more A uses each term, [terms]: the difference of log odds, and that in standard errors (``z``)."""

    difference: Floats
    z: Floats


def log_odds(count_a: ArrayLike, count_b: ArrayLike, prior: ArrayLike) -> LogOdds:
    """Log odds of each term in A minus those in B, steadied by a Dirichlet ``prior`` (one number, or [terms]).

    Source: Monroe, Colaresi and Quinn 2008, equations 15, 16 and 22, with the variance 1 / (a + prior) +
    1 / (b + prior).
    """
    a, b = floats(count_a), floats(count_b)
    alpha = np.broadcast_to(floats(prior), a.shape)
    with_a, with_b = a + alpha, b + alpha
    odds_a, odds_b = ratio(with_a, with_a.sum() - with_a), ratio(with_b, with_b.sum() - with_b)
    difference = np.log(odds_a) - np.log(odds_b)
    return LogOdds(difference, difference / np.sqrt(1 / with_a + 1 / with_b))


def pooled_prior(count_a: ArrayLike, count_b: ArrayLike, strength: float = 10.0) -> Floats:
    """A prior that knows how common each term is in both groups together: ``strength`` times its share, [terms]."""
    both = floats(count_a) + floats(count_b)
    return strength * ratio(both, both.sum(keepdims=True))
