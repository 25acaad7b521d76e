"""Exact tests: for so few people that chi-square, or the range of a difference in NPS, would be wrong.

Everything that could have come out with the same people in all is weighed by its chance; nothing is drawn at random.
In Fisher's test "as unlikely as what was seen, or more" leaves a margin of 1e-7 for rounding, like R's fisher.test.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

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


def net_exact_each(a: ArrayLike, b: ArrayLike) -> Floats:
    """Two-sided p of "both groups have the same NPS" for pairs of groups; ``a`` and ``b`` are [3, pairs].

    Each column holds promoters, passives, detractors: whole people; fractions raise `ValueError`. All those people are
    dealt to two groups of these sizes in every possible way (a multivariate hypergeometric distribution); p is the
    chance of a difference in NPS at least as large as what was seen, in either direction. It is 1 where one group is
    empty or everybody gave the same. Exact to 1e-12; the work grows with the square root of the smaller group.
    Source: the exact permutation test for ordered answers (Mehta, Patel and Senchaudhuri 1992), with scores -1, 0, +1.
    """
    groups = np.stack(np.broadcast_arrays(floats(a), floats(b)))
    if not np.array_equal(groups, np.rint(groups)):
        raise ValueError("the exact test counts whole people")
    pairs = groups.astype(np.int64).transpose(2, 0, 1).tolist()
    return np.array([_net_exact(here, there) for here, there in pairs], dtype=np.float64)


def _net_exact(a: list[int], b: list[int]) -> float:
    small, large = (a, b) if sum(a) <= sum(b) else (b, a)
    size, total = sum(small), sum(small) + sum(large)
    # The rarer end of the scale first: it has few possible counts, and what it leaves is spread over the other end.
    rare, common = sorted((0, 2), key=lambda end: small[end] + large[end])
    of_rare, of_common = small[rare] + large[rare], small[common] + large[common]
    first = _likely(size, of_rare, total)
    least, most = (_likely(size - count, of_common, total - of_rare) for count in (first[-1], first[0]))
    second = np.arange(least[0], most[-1] + 1)
    chances = _dealt(np.array([size]), of_rare, total, first).T
    chances = chances * _dealt(size - first, of_common, total - of_rare, second)
    # The distance from no difference, times the people in all: whole numbers, so that equal distances are equal.
    middle = size * (of_common - of_rare)
    distances = np.abs(total * (second[None, :] - first[:, None]) - middle)
    seen = abs(total * (small[common] - small[rare]) - middle)
    return min(float(chances[distances >= seen].sum()), 1.0)


def _likely(drawn: int, marked: int, total: int) -> NDArray[np.int64]:
    """The counts of ``marked`` people among ``drawn`` out of ``total`` that are not next to impossible (1e-20)."""
    share = marked / total if total else 0.0
    mean = drawn * share
    # Ten standard deviations of a binomial count and 40 more, by Bernstein's inequality; this count varies less.
    reach = 10 * math.sqrt(mean * (1 - share)) + 40
    first, last = max(0, drawn + marked - total), min(drawn, marked)
    return np.arange(max(first, math.floor(mean - reach)), min(last, math.ceil(mean + reach)) + 1)


def _dealt(drawn: NDArray[np.int64], marked: int, total: int, counts: NDArray[np.int64]) -> Floats:
    """The chance of each count of ``marked`` people among ``drawn`` [rows] out of ``total``: [rows, counts]."""
    first, last = np.maximum(0, drawn + marked - total)[:, None], np.minimum(drawn, marked)[:, None]
    possible = (first <= counts) & (counts <= last)
    # Each from its neighbour, on a log scale.
    below, rows = counts[:-1].astype(np.float64), drawn[:, None].astype(np.float64)
    up, down = (marked - below) * (rows - below), (below + 1) * (total - marked - rows + below + 1)
    both = possible[:, :-1] & possible[:, 1:]
    steps = np.divide(up, down, out=np.ones_like(up), where=both)
    logs = np.concatenate((np.zeros((len(drawn), 1)), np.cumsum(np.log(steps), axis=1)), axis=1)
    logs = np.where(possible, logs, -np.inf)
    chances = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))


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
