"""Why a score moved between two periods: other people answered (mix), or the same kinds of people scored differently.

The second part is called rate. Both parts add up to the change exactly, also for kinds of people that are new or have
vanished.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cxdesk.stats.interval import Floats, floats
from cxdesk.stats.normal import critical
from cxdesk.stats.nps import nps_error_each, nps_score_each


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A change taken apart; arrays are [segments], everything in the unit of the scores.

    ``before`` and ``after`` are the scores of everyone. ``rate`` is what a segment's own score did, ``mix`` what its
    share did: growth of a segment below average is negative. ``mix_plain`` is the same without taking the average off;
    only its total means anything. ``low`` and ``high`` are the range of the rate total, None if errors were not given.
    """

    before: float
    after: float
    rate: Floats
    mix: Floats
    mix_plain: Floats
    low: float | None
    high: float | None

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before

    @property
    def rate_total(self) -> float:
        """The part of the change from other scores within segments."""
        return float(self.rate.sum())

    @property
    def mix_total(self) -> float:
        """The part of the change from other shares of segments."""
        return float(self.mix.sum())


def mix_and_rate(
    size_before: ArrayLike,
    score_before: ArrayLike,
    size_after: ArrayLike,
    score_after: ArrayLike,
    error_before: ArrayLike | None = None,
    error_after: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Parts:
    """Take a change apart by segments; all arrays are [segments], sizes are people or shares, errors standard errors.

    rate = (s1 - s0) (w0 + w1) / 2 and mix = (w1 - w0) ((s0 + s1) / 2 - M), with shares w, scores s and M the average of
    both overall scores. A segment of size 0 has no score then: all it adds or takes away is mix. Source: Kitagawa 1955;
    Das Gupta 1993. Raises `ValueError` if a period has nobody.
    """
    size0, size1 = floats(size_before), floats(size_after)
    if not size0.sum() or not size1.sum():
        raise ValueError("both periods need people")
    there0, there1 = size0 > 0, size1 > 0
    score0, score1 = np.where(there0, floats(score_before), 0.0), np.where(there1, floats(score_after), 0.0)
    w0, w1 = size0 / size0.sum(), size1 / size1.sum()
    before, after = float(w0 @ score0), float(w1 @ score1)
    both = there0 & there1
    rate = np.where(both, (score1 - score0) * (w0 + w1) / 2, 0.0)
    # What a segment scored on average over both periods, or in the one period it was there.
    typical = np.where(both, (score0 + score1) / 2, score0 + score1)
    plain = (w1 - w0) * typical
    mix = plain - (w1 - w0) * (before + after) / 2
    low = high = None
    if error_before is not None and error_after is not None:
        errors = np.where(both, np.hypot(floats(error_before), floats(error_after)), 0.0)
        half = critical(confidence) * combined_error((w0 + w1) / 2, errors)
        low, high = float(rate.sum()) - half, float(rate.sum()) + half
    return Parts(before, after, rate, mix, plain, low, high)


def combined_error(shares: ArrayLike, errors: ArrayLike) -> float:
    """The standard error of a score put together from groups of different people; both are [groups].

    Source: the variance of a stratified mean, the sum of (share * error)² (Cochran 1977, 5.4).
    """
    return float(np.sqrt(((floats(shares) * floats(errors)) ** 2).sum()))


def nps_mix_and_rate(before: ArrayLike, after: ArrayLike, confidence: float = 0.95) -> Parts:
    """`mix_and_rate` of NPS in points; both arguments are [3, segments]: promoters, passives, detractors."""
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    score0, score1 = nps_score_each(*first), nps_score_each(*second)
    error0, error1 = nps_error_each(*first), nps_error_each(*second)
    return mix_and_rate(first.sum(axis=0), score0, second.sum(axis=0), score1, error0, error1, confidence)
