"""Columns of a table against each other: where one column is clearly higher than another, and how that is marked.

The letters of a banner table. Source: SPSS CTABLES "compare column proportions": z with the pooled share of both
columns and no continuity correction; columns in which nobody or everybody gave the answer are not tested (METHODS.md
3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxdesk.stats.exact import fisher_each
from cxdesk.stats.interval import Floats, floats, ratio
from cxdesk.stats.multiple import Rule, adjusted_rows
from cxdesk.stats.normal import two_sided_each

Few = Literal["exact", "leave", "test"]
"""Pairs with an expected count below 5: Fisher's exact test, no test ("too few"), or z all the same (SPSS)."""

_FEW = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class ColumnPairs:
    """Every pair of columns in every row of a table.

    ``shares`` is [rows, columns] (0..1, NaN without people). ``first`` and ``second`` are int64 [pairs], positions of
    the columns with first < second. ``z`` and ``p`` are [rows, pairs], NaN where the pair was not tested.
    """

    shares: Floats
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    z: Floats
    p: Floats

    def adjusted(self, rule: Rule) -> Floats:
        """Raise p for the number of tested pairs in each row, [rows, pairs]."""
        return adjusted_rows(self.p, rule)

    def adjusted_as_spss(self) -> Floats:
        """Multiply p by the number of all pairs of columns, tested or not: SPSS' Bonferroni."""
        return np.minimum(self.p * len(self.first), 1.0)

    def higher(self, p: Floats, level: float = 0.05) -> NDArray[np.bool_]:
        """[rows, columns, columns]: whether the column is clearly higher than the other; ``p`` as adjusted."""
        rows, columns = self.shares.shape
        found = np.zeros((rows, columns, columns), dtype=np.bool_)
        clear = np.nan_to_num(p, nan=1.0) <= level
        found[:, self.first, self.second] = clear & (self.z > 0)
        found[:, self.second, self.first] = clear & (self.z < 0)
        return found


def column_pairs(
    table: ArrayLike, bases: ArrayLike | None = None, least_base: float = 0.0, few: Few = "exact"
) -> ColumnPairs:
    """Compare the shares of every pair of columns in every row.

    ``table`` is [rows, columns], ``bases`` [columns] the people asked (the columns' sums if not given; fewer than the
    sums where several answers are possible; weighted: shares times effective base, and that base). Columns must be
    different people. Columns with a base below ``least_base`` are not tested. ``few`` says what happens to a pair with
    an expected count below 5; "exact" takes Fisher's p, for which counts must be whole (`ValueError`).
    """
    counts = np.atleast_2d(np.asarray(table, dtype=np.float64))
    n = counts.sum(axis=0) if bases is None else floats(bases)
    shares = ratio(counts, np.broadcast_to(n, counts.shape))
    first, second = np.triu_indices(counts.shape[1], 1)
    na, nb = n[first], n[second]
    pooled = ratio(counts[:, first] + counts[:, second], np.broadcast_to(na + nb, (len(counts), len(first))))
    error = np.sqrt(np.maximum(pooled * (1 - pooled), 0.0) * (ratio(np.ones(1), na) + ratio(np.ones(1), nb)))
    usable = (shares > 0) & (shares < 1) & (n >= least_base)
    z = np.where(usable[:, first] & usable[:, second], ratio(shares[:, first] - shares[:, second], error), np.nan)
    p = two_sided_each(z)
    if few != "test":
        least = np.minimum(na, nb) * np.minimum(pooled, 1 - pooled)
        row, pair = np.nonzero(~np.isnan(z) & (least < _FEW))
        a, b = counts[row, first[pair]], counts[row, second[pair]]
        p[row, pair] = fisher_each(a, na[pair] - a, b, nb[pair] - b) if few == "exact" else np.nan
    return ColumnPairs(shares, first, second, z, p)
