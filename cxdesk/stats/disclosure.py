"""What can be worked out from published totals: the exact test behind the hiding of small groups.

Everything published about a group of people is a sum over them: how many of them are promoters, what their scores add
up to. Of a hidden group the same sum can be worked out if, and only if, the group is a linear combination of published
ones: its indicator (one 0 or 1 per person) lies in the span of theirs. Source: the audit of statistical disclosure
control, as in CRAN rmoriedata::cellsupp; RELIABILITY.md 5.

The test needs nothing but how many people each two groups have in common (the Gram matrix of the indicators), and is
made with whole numbers modulo a prime, so that no rounding can turn "cannot be worked out" into "nearly".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Common = NDArray[np.int64]
"""[groups, groups]: how many people two groups have in common."""

_PRIME = (1 << 31) - 1
"""Products of two remainders fit into 64 bits; a wrong answer by accident has a chance of about 1 in 10^9."""

_NOTHING = 1e-7


def computable(common: Common, published: Sequence[int], wanted: Sequence[int]) -> NDArray[np.bool_]:
    """Which of the ``wanted`` groups are linear combinations of the ``published`` ones: bool [wanted].

    ``common`` holds all of them, and may hold sums and differences of groups. Gaussian elimination of the published
    ones, those with few neighbours first; what is left of a wanted group's own entry is 0 if nothing of it is unknown.
    """
    if not len(wanted):
        return np.zeros(0, dtype=np.bool_)
    neighbours = np.count_nonzero(common, axis=1)
    first = sorted(published, key=lambda place: int(neighbours[place]))
    order = [*first, *wanted]
    rest = common[np.ix_(order, order)] % _PRIME
    for place in range(len(first)):
        pivot = int(rest[place, place])
        if not pivot:
            continue
        touched = place + 1 + np.flatnonzero(rest[place, place + 1 :])
        if len(touched):
            row = rest[place, touched]
            factor = row * pow(pivot, -1, _PRIME) % _PRIME
            block = np.ix_(touched, touched)
            rest[block] = (rest[block] - factor[:, None] * row[None, :]) % _PRIME
    return np.asarray(np.diagonal(rest)[len(first) :] == 0)


def used_for(common: Common, published: Sequence[int], wanted: Sequence[int]) -> list[list[int]]:
    """For each ``wanted`` group that can be worked out, the ``published`` groups that do it.

    From the shortest of all combinations (least squares): it uses every group of every way that there is. Only good
    for choosing what else to hide; whether that was enough is for `computable` to say.
    """
    known = common[np.ix_(published, published)].astype(np.float64)
    right = common[np.ix_(published, wanted)].astype(np.float64)
    found, *_ = np.linalg.lstsq(known, right, rcond=1e-11)
    found = np.abs(found)
    least = _NOTHING * np.maximum(found.max(axis=0, initial=0.0), 1e-300)
    return [
        [published[row] for row in np.flatnonzero(column > low).tolist()]
        for column, low in zip(found.T, least, strict=True)
    ]
