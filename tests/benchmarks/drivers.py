"""Key drivers: 2,000 resamples of 10,000 people and 12 drivers against the matrix products that these need at least.

The products alone give the sums of every resample. The product also has to draw the resamples, make correlations of the
sums, take eigenvalues and order the drivers: all of it may take three times the time of the products.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from cxdesk.stats.resampling import RESAMPLES, resample

PEOPLE, DRIVERS = 10_000, 12
AT_ONCE = 400
MOST = 3.0


def report(rounds: int) -> float:
    """Print both times, medians of ``rounds`` turns, and give their ratio."""
    random = np.random.default_rng(4)
    mood = random.normal(0, 1, (PEOPLE, 1))
    ratings = np.clip(np.rint(3.5 + 0.7 * mood + random.normal(0, 0.8, (PEOPLE, DRIVERS))), 1, 5)
    outcome = np.clip(np.rint(8 + ratings.mean(axis=1) - 3.5 + random.normal(0, 1, PEOPLE)), 0, 10)
    sums = 1 + (DRIVERS + 1) + (DRIVERS + 1) * (DRIVERS + 2) // 2
    counts = random.poisson(1, (AT_ONCE, PEOPLE)).astype(np.float64)
    products = random.normal(0, 1, (PEOPLE, sums))
    whole: list[float] = []
    alone: list[float] = []
    for _ in range(rounds):
        whole.append(_seconds(lambda: resample(outcome, ratings)))
        alone.append(_seconds(lambda: [counts @ products for _ in range(RESAMPLES // AT_ONCE)]))
    ratio = statistics.median(whole) / statistics.median(alone)
    print(f"key drivers, {PEOPLE:,} people, {DRIVERS} drivers, {RESAMPLES:,} resamples, milliseconds")
    print(f"{'all of it':28}{1000 * statistics.median(whole):16.1f}")
    print(f"{'matrix products alone':28}{1000 * statistics.median(alone):16.1f}    {ratio:.1f}x (at most {MOST:g})")
    return ratio


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
