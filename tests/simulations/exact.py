"""Every possible sample instead of many random ones: coverage of the NPS range, false alarms of the difference test."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from cxdesk.stats.difference import net_difference_each, nps_difference_each
from cxdesk.stats.nps import bonett_price_each
from tests.simulations.verdict import Verdict

ROUNDING = 0.11
"""Published figures have one decimal, and the populations here are not exactly those behind them."""

COVERAGE = {
    10: (89.1, 94.4, 97.5),
    20: (92.8, 94.4, 97.1),
    30: (92.4, 94.5, 96.6),
    50: (93.5, 94.6, 96.4),
    100: (93.8, 94.8, 95.9),
}
"""METHODS.md 1.3 (a): per sample size the lowest coverage, its 5th percentile and its mean, in percent."""

ALARMS = {(10, 10): 7.3, (20, 20): 5.6, (30, 30): 5.5, (10, 40): 7.7, (20, 80): 5.9, (30, 100): 5.5}
"""METHODS.md 1.4: per pair of sizes the highest share of false alarms, in percent."""

LEVEL = 5.0

CLAIMED, REST, MOST_TIMES = 0.0005, 200_000, 1.1
"""What a hundred comparisons leave for each; a rest as good as its population; how many times as often as that."""

EXTREME = {"90/8/2": (0.90, 0.08, 0.02), "2/8/90": (0.02, 0.08, 0.90), "85/10/5": (0.85, 0.10, 0.05)}

PAIRS_AT_ONCE = 200_000


def coverage() -> Iterator[Verdict]:
    """How often the usual range holds the true score, over the whole triangle of populations with its edges."""
    fine = {0.01, 0.02, 0.025, 0.03, 0.04}
    steps = sorted({*(step / 20 for step in range(21)), *fine, *(1 - share for share in fine)})
    populations = np.array([(p, max(1 - p - d, 0), d) for p in steps for d in steps if p + d < 1 + 1e-9])
    truth = 100 * (populations[:, 0] - populations[:, 2])
    for n, (lowest, fifth, mean) in COVERAGE.items():
        samples = every_sample(n)
        found = bonett_price_each(*samples)
        holds = (found.low[:, None] <= truth + 1e-9) & (truth - 1e-9 <= found.high[:, None])
        covered = 100 * (chances(samples, populations) * holds).sum(axis=0)
        got = float(covered.min()), float(np.percentile(covered, 5)), float(covered.mean())
        name = f"NPS range, n = {n}, {len(populations)} populations"
        yield Verdict(f"{name}: lowest", got[0], f"at least {lowest}", got[0] >= lowest - ROUNDING)
        yield Verdict(f"{name}: 5th percentile", got[1], f"at least {fifth}", got[1] >= fifth - ROUNDING)
        yield Verdict(f"{name}: mean", got[2], f"about {mean}", abs(got[2] - mean) <= 2 * ROUNDING)


def alarms() -> Iterator[Verdict]:
    """How often two groups of one population are called different."""
    coarse = [(p / 10, 1 - (p + d) / 10, d / 10) for p in range(11) for d in range(11 - p)]
    named = [(0.85, 0.10, 0.05), (0.96, 0.03, 0.01), (0.99, 0.01, 0.0), (0.03, 0.09, 0.88), (0.45, 0.35, 0.20)]
    populations = np.maximum(np.array([*coarse, *named]), 0.0)
    for (first, second), worst in ALARMS.items():
        a, b = every_sample(first), every_sample(second)
        chance_a, chance_b = chances(a, populations), chances(b, populations)
        found = np.zeros(len(populations))
        step = max(1, PAIRS_AT_ONCE // b.shape[1])
        for start in range(0, a.shape[1], step):
            part = a[:, start : start + step]
            size = part.shape[1]
            pairs = nps_difference_each(np.repeat(part, b.shape[1], axis=1), np.tile(b, size))
            called = (pairs.p <= 0.05).reshape(size, -1)
            found += ((called @ chance_b) * chance_a[start : start + step]).sum(axis=0)
        name = f"difference test, {first} v {second}"
        got = 100 * float(found.mean()), 100 * float(found.max())
        yield Verdict(f"{name}: mean false alarms", got[0], f"at most {LEVEL:g}", got[0] <= LEVEL)
        yield Verdict(f"{name}: most false alarms", got[1], f"at most {worst}", got[1] <= worst + ROUNDING)


def claims() -> Iterator[Verdict]:
    """How many times too often a small group of an extreme population differs from a large rest after adjustment."""
    for n in (30, 50, 100, 200):
        samples = every_sample(n)
        for name, population in EXTREME.items():
            chance = chances(samples, np.array([population]))[:, 0]
            likely = chance > CLAIMED * 1e-6
            rest = REST * np.array(population)[:, None]
            found = net_difference_each(samples[:, likely], np.repeat(rest, np.count_nonzero(likely), axis=1))
            times = float(chance[likely][found.p <= CLAIMED].sum()) / CLAIMED
            told = f"{n} of {name} v the rest: times p <= {CLAIMED}"
            yield Verdict(told, times, f"at most {MOST_TIMES:g}", times <= MOST_TIMES)


def every_sample(n: int) -> np.ndarray:
    """[3, samples]: promoters, passives and detractors of every possible sample of ``n`` people."""
    promoters, detractors = (part.ravel() for part in np.meshgrid(np.arange(n + 1), np.arange(n + 1)))
    possible = promoters + detractors <= n
    promoters, detractors = promoters[possible], detractors[possible]
    return np.array([promoters, n - promoters - detractors, detractors], dtype=np.float64)


def chances(samples: np.ndarray, populations: np.ndarray) -> np.ndarray:
    """[samples, populations]: the multinomial probability of each sample."""
    n = int(samples[:, 0].sum())
    factorials = np.array([math.lgamma(count + 1) for count in range(n + 1)])
    ways = factorials[n] - factorials[samples.astype(np.int64)].sum(axis=0)
    # A share of 0 makes every sample with such a person impossible, and leaves the others alone.
    logs = np.log(np.maximum(populations, 1e-300))
    return np.asarray(np.exp(ways[:, None] + samples.T @ logs.T))
