"""Many comparisons at once: p values raised so that chance alone seldom makes one look clear (METHODS.md 1.7).

None and NaN mean "not compared": they stay None and do not count. Same results as p.adjust in R.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from cxdesk.stats.interval import Floats

P = Sequence[float | None]
"""Raw p values, None or NaN where nothing was compared."""

Rule = Literal["holm", "benjamini_hochberg", "bonferroni", "none"]
"""How p values are raised for the number of comparisons."""


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


def adjusted_rows(p: Floats, rule: Rule) -> Floats:
    """Adjust every row of ``p`` [rows, comparisons] by itself; NaN stays NaN and does not count."""
    order = np.argsort(p, axis=-1, kind="stable")
    # NaN comes last, so the ranks of what is known are those of the whole row.
    ordered = np.take_along_axis(p, order, axis=-1)
    known = np.count_nonzero(~np.isnan(p), axis=-1)[..., None]
    rank = np.arange(1, p.shape[-1] + 1)
    if rule == "holm":
        raised = np.maximum.accumulate(ordered * (known - rank + 1), axis=-1)
    elif rule == "benjamini_hochberg":
        raised = np.fmin.accumulate((ordered * known / rank)[..., ::-1], axis=-1)[..., ::-1]
    else:
        raised = ordered * (known if rule == "bonferroni" else 1)
    found = np.empty_like(p)
    np.put_along_axis(found, order, np.minimum(raised, 1.0), axis=-1)
    return np.where(np.isnan(p), np.nan, found)


def _adjusted(p: P, raised: Callable[[Floats], Floats]) -> list[float | None]:
    known = [index for index, value in enumerate(p) if value is not None and not math.isnan(value)]
    raw = np.array([p[index] for index in known], dtype=np.float64)
    order = np.argsort(raw, kind="stable")
    found = np.minimum(raised(raw[order]), 1.0)
    result: list[float | None] = [None] * len(p)
    for place, value in zip(order.tolist(), found.tolist(), strict=True):
        result[known[place]] = value
    return result
