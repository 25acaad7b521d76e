"""What would be gained at most if everybody unhappy with one thing scored like the others."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.stats.difference import nps_difference
from cxdesk.stats.interval import Difference
from cxdesk.stats.nps import nps_score

People = tuple[float, float, float]
"""Promoters, passives, detractors."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """``share_low`` (0..1) are unhappy; ``low``, ``fine`` and ``everyone`` are NPS in points, NaN without answers.

    ``gap`` is fine minus low; ``gain`` is fine minus everyone: the most that NPS could rise, in points, with the range
    that the gap gives it. Never a promise: association is no cause, and gains of several drivers do not add up.
    """

    share_low: float
    low: float
    fine: float
    everyone: float
    gap: Difference
    gain: Difference


def what_if(low: People, fine: People) -> WhatIf:
    """Compare the people who rated one thing low with the others; METHODS.md 4.

    The gain is share_low times the gap, which is the same as the score of the others minus that of everyone.
    """
    everyone = (low[0] + fine[0], low[1] + fine[1], low[2] + fine[2])
    total = sum(everyone)
    share = sum(low) / total if total else 0.0
    gap = nps_difference(fine, low)
    least, most = (None if end is None else share * end for end in (gap.low, gap.high))
    gain = Difference(nps_score(*fine) - nps_score(*everyone), least, most, gap.p)
    return WhatIf(share, nps_score(*low), nps_score(*fine), nps_score(*everyone), gap, gain)
