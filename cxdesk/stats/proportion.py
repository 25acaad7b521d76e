"""Shares, such as "satisfied: 82%": their ranges, and counts at the ends of a scale. Shares are 0..1."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxdesk.stats.interval import Floats, Interval, Intervals, floats, ratio
from cxdesk.stats.normal import critical


def wilson(part: float, whole: float, confidence: float = 0.95) -> Interval:
    """The Wilson score interval for ``part`` of ``whole`` people, as shares; NaN if ``whole`` is 0.

    Source: Wilson 1927; Newcombe 1998, method 3. Counts may be fractions (weighted: share times effective base).
    """
    return wilson_each(part, whole, confidence)[0]


def wilson_each(part: ArrayLike, whole: ArrayLike, confidence: float = 0.95) -> Intervals:
    """`wilson` for arrays of counts."""
    n = floats(whole)
    return Intervals(*wilson_limits(ratio(floats(part), n), n, floats(critical(confidence))))


def wilson_limits(share: Floats, n: Floats, z: Floats) -> tuple[Floats, Floats]:
    """Both Wilson limits of shares among ``n`` people, for ``z`` standard errors; shapes as numpy broadcasts them.

    NaN where the share is NaN.
    """
    square = z * z / np.maximum(n, 1e-300)
    middle = share + 0.5 * square
    half = np.sqrt(square * (share - share * share + 0.25 * square))
    scale = 1 + square
    # The limits of 0 of n and n of n are exactly 0 and 1; rounding must not push them past the share.
    return np.clip((middle - half) / scale, 0.0, share), np.clip((middle + half) / scale, share, 1.0)


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
