"""Shares, such as "satisfied: 82%": their ranges, and counts at the ends of a scale. Shares are 0..1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxdesk.stats.interval import Floats, Interval, Intervals, floats, ratio
from cxdesk.stats.normal import critical

Reach = Callable[[Floats], Floats]
"""How far a range extends to one side, for a number of standard errors."""


def wilson(part: float, whole: float, confidence: float = 0.95) -> Interval:
    """The Wilson score interval for ``part`` of ``whole`` people, as shares; NaN if ``whole`` is 0.

    Source: Wilson 1927; Newcombe 1998, method 3. Counts may be fractions (weighted: share times effective base).
    """
    return wilson_each(part, whole, confidence)[0]


def wilson_each(part: ArrayLike, whole: ArrayLike, confidence: float = 0.95) -> Intervals:
    """`wilson` for arrays of counts."""
    n = floats(whole)
    share = ratio(floats(part), n)
    down, up = wilson_reach(share, n, np.array([-1.0, 1.0]).reshape(2, *[1] * share.ndim))(floats(critical(confidence)))
    return Intervals(share - down, share + up)


def wilson_reach(share: Floats, n: Floats, side: Floats) -> Reach:
    """How far the Wilson range extends from shares among ``n`` people, below (``side`` -1) or above (+1) them.

    The result takes a number of standard errors; all shapes as numpy broadcasts them. NaN where the share is NaN.
    """
    each, spread, skew = 1 / np.maximum(n, 1e-300), share - share * share, side * (0.5 - share)
    # The limits of 0 of n and n of n are exactly 0 and 1; rounding must not push them past the share.
    room = np.where(side > 0, 1 - share, share)

    def reach(z: Floats) -> Floats:
        square = z * z * each
        half = np.sqrt(square * (spread + 0.25 * square))
        return np.asarray(np.minimum(np.maximum((half + skew * square) / (1 + square), 0.0), room))

    return reach


def box_counts(counts: NDArray[Any], points: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """People at the lowest ``points``, in between, and at the highest ``points`` of a scale (top-2 box: 2).

    ``counts`` is [..., scale points] from the lowest up, without "no answer"; the results are [...]. Boxes that would
    overlap raise `ValueError`.
    """
    size = counts.shape[-1]
    if points < 1 or 2 * points > size:
        raise ValueError("the boxes at both ends must fit on the scale")
    bottom, top = counts[..., :points].sum(axis=-1), counts[..., size - points :].sum(axis=-1)
    return bottom, counts.sum(axis=-1) - bottom - top, top
