"""Fisher's exact test: for tables with so few people that chi-square would be wrong.

"As unlikely as what was seen, or more" leaves a margin of 1e-7 for rounding, like R's fisher.test.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.interval import Floats, floats

_MARGIN = 1e-7
_MOST_TABLES = 2_000_000


def fisher_each(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Floats:
    """Two-sided p for many tables of two rows (a, b) and (c, d); arrays of counts of one shape.

    Counts are whole people; fractions raise `ValueError`. p is 1 where a row or column is empty.
    """
    parts = np.stack(np.broadcast_arrays(*(floats(part) for part in (a, b, c, d)))).reshape(4, -1)
    if not np.array_equal(parts, np.rint(parts)):
        raise ValueError("the exact test counts whole people")
    shape = np.broadcast_shapes(*(floats(part).shape for part in (a, b, c, d)))
    return np.array([_two_by_two(*table) for table in parts.T.tolist()], dtype=np.float64).reshape(shape)


def fisher(table: ArrayLike) -> float | None:
    """Two-sided p for a table of whole counts [rows, columns]; None if there are too many tables to look at them all.

    All tables with the same margins are built column by column; parts with the same rest and the same probability are
    kept once. Source: Freeman and Halton 1951. p is 1 if a question has fewer than two answers that anybody gave.
    """
    counts = np.atleast_2d(np.asarray(table, dtype=np.float64))
    if not np.array_equal(counts, np.rint(counts)):
        raise ValueError("the exact test counts whole people")
    counts = counts[np.ix_(counts.sum(axis=1) > 0, counts.sum(axis=0) > 0)]
    if min(counts.shape) < 2:
        return 1.0
    if counts.shape == (2, 2):
        return _two_by_two(*counts.ravel().tolist())
    # Fewer, longer rows make fewer states.
    counts = counts if counts.shape[0] <= counts.shape[1] else counts.T
    return _enumerated(counts[:, np.argsort(-counts.sum(axis=0), kind="stable")].astype(np.int64))


def _two_by_two(a: float, b: float, c: float, d: float) -> float:
    row, column, total = a + b, a + c, a + b + c + d
    first, last = max(0.0, row + column - total), min(row, column)
    if first == last:
        return 1.0
    # The probability of each count from that of its neighbour, on a log scale.
    below = np.arange(first, last)
    steps = np.log((row - below) * (column - below)) - np.log((below + 1) * (total - row - column + below + 1))
    logs = np.concatenate(([0.0], np.cumsum(steps)))
    chances = np.exp(logs - logs.max())
    seen = chances[int(a - first)]
    return min(float(chances[chances <= seen * (1 + _MARGIN)].sum() / chances.sum()), 1.0)


def _enumerated(counts: np.ndarray) -> float | None:
    """The test for a table whose rows are fewer than its columns; None above two million tables at once."""
    size = int(counts.sum())
    factorials = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, size + 1)))))
    rest = counts.sum(axis=1)[None, :]
    weight, chance = np.ones(1), np.zeros(1)
    for column in counts.sum(axis=0)[:-1].tolist():
        grown = _with_column(rest, chance, weight, column, factorials)
        if grown is None:
            return None
        rest, chance, weight = grown
    # What is left is the last column.
    chance = chance - factorials[rest].sum(axis=1)
    seen = -float(factorials[counts].sum())
    likely = np.exp(chance - chance.max()) * weight
    return min(float(likely[chance <= seen + math.log1p(_MARGIN)].sum() / likely.sum()), 1.0)


def _with_column(
    rest: np.ndarray, chance: Floats, weight: Floats, people: int, factorials: Floats
) -> tuple[np.ndarray, Floats, Floats] | None:
    """All ways to give one column its ``people`` out of what is left in each row ([states, rows])."""
    left = np.full(len(rest), people)
    for row in range(rest.shape[1]):
        later = rest[:, row + 1 :].sum(axis=1)
        least, most = np.maximum(left - later, 0), np.minimum(left, rest[:, row])
        ways = most - least + 1
        if int(ways.sum()) > _MOST_TABLES:
            return None
        state = np.repeat(np.arange(len(rest)), ways)
        given = np.arange(len(state)) - np.repeat(np.cumsum(ways) - ways, ways) + least[state]
        rest, left, weight = rest[state].copy(), left[state] - given, weight[state]
        rest[:, row] -= given
        chance = chance[state] - factorials[given]
    key = np.column_stack((rest, np.rint(chance * 1e9).astype(np.int64)))
    _, first, group = np.unique(key, axis=0, return_index=True, return_inverse=True)
    return rest[first], chance[first], np.bincount(group.ravel(), weight).astype(np.float64)
