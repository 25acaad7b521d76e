"""Mix and rate add up to the change, whatever segments come and go."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdesk.stats.change import nps_mix_and_rate
from tests.simulations.verdict import Verdict

CASES = 10_000
MOST = 1e-9


def sums() -> Iterator[Verdict]:
    """The largest gap between the change and its parts over random periods, some segments of which are new or gone."""
    random = np.random.default_rng(5)
    worst, gone = 0.0, 0
    for _ in range(CASES):
        segments = int(random.integers(1, 9))
        before, after = (random.integers(0, 300, (3, segments)).astype(np.float64) for _ in range(2))
        before[:, random.random(segments) < 0.2] = 0
        after[:, random.random(segments) < 0.2] = 0
        before[:, 0] += not before.sum()
        after[:, 0] += not after.sum()
        gone += int(((before.sum(axis=0) == 0) != (after.sum(axis=0) == 0)).any())
        found = nps_mix_and_rate(before, after)
        (p0, _, d0), (p1, _, d1) = before.sum(axis=1), after.sum(axis=1)
        change = 100 * ((p1 - d1) / after.sum() - (p0 - d0) / before.sum())
        worst = max(worst, abs(float(change) - found.mix_total - found.rate_total))
    yield Verdict(f"mix + rate - change, points, {CASES:,} cases", worst, f"at most {MOST:g}", worst <= MOST)
    yield Verdict("... of them with new or vanished segments", 100 * gone / CASES, "over 30", gone > 0.3 * CASES)
