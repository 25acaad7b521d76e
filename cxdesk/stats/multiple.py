"""Many comparisons at once: p values raised so that chance alone seldom makes one look clear (METHODS.md 1.7).

None and NaN mean "not compared": they stay None and do not count. Same results as p.adjust in R.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from cxdesk.stats.interval import Floats

P = Sequence[float | None]
"""Raw p values, None or NaN where nothing was compared."""


def holm(p: P) -> list[float | None]:
    """Keep the chance of even one false mark at the level. Source: Holm 1979."""

    def raised(ordered: Floats) -> Floats:
        return np.maximum.accumulate(ordered * np.arange(len(ordered), 0, -1))

    return _adjusted(p, raised)


def benjamini_hochberg(p: P) -> list[float | None]:
    """Keep the expected share of false marks at the level. Source: Benjamini and Hochberg 1995."""

    def raised(ordered: Floats) -> Floats:
        by_rank = ordered * len(ordered) / np.arange(1, len(ordered) + 1)
        return np.minimum.accumulate(by_rank[::-1])[::-1]

    return _adjusted(p, raised)


def bonferroni(p: P) -> list[float | None]:
    """Multiply by the number of comparisons: simple and strict."""

    def raised(ordered: Floats) -> Floats:
        return ordered * len(ordered)

    return _adjusted(p, raised)


def _adjusted(p: P, raised: Callable[[Floats], Floats]) -> list[float | None]:
    known = [index for index, value in enumerate(p) if value is not None and not math.isnan(value)]
    raw = np.array([p[index] for index in known], dtype=np.float64)
    order = np.argsort(raw, kind="stable")
    found = np.minimum(raised(raw[order]), 1.0)
    result: list[float | None] = [None] * len(p)
    for place, value in zip(order.tolist(), found.tolist(), strict=True):
        result[known[place]] = value
    return result
