"""Control charts: which periods lie outside what luck of who answered can explain.

The centre is the pooled score of the baseline periods; limits are three standard errors away, wider for small periods.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxdesk.stats.difference import nps_any_difference
from cxdesk.stats.interval import Floats, floats, ratio
from cxdesk.stats.nps import bonett_price_each, nps_score, nps_score_each, nps_variance

_EXTREME = 95.0
_RESTLESS = 2.0
_RUN = 8


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A control chart; arrays are [periods], ``low`` and ``high`` NaN where nobody answered.

    ``outside`` marks periods beyond the limits, ``run`` periods that end eight or more in a row on one side of the
    centre. ``widening`` is what limits were multiplied by because the baseline moved more than luck explains (1: it did
    not).
    """

    centre: float
    low: Floats
    high: Floats
    outside: NDArray[np.bool_]
    run: NDArray[np.bool_]
    widening: float


def nps_chart(
    promoters: ArrayLike,
    passives: ArrayLike,
    detractors: ArrayLike,
    baseline: int | None = None,
    sigmas: float = 3.0,
    widen: bool = True,
) -> Chart:
    """Limits for NPS in points; counts are [periods]. The first ``baseline`` periods make the centre (default: all).

    Centre ± sigmas * sqrt(V / n), cut at ±100. If the baseline's differences exceed chance twice over (Q / (T - 1) >
    2), limits are widened by the root of that (Laney 2002). Beyond ±95 a period counts as outside only if its own range
    leaves the centre out too. Source: Montgomery 1991; METHODS.md 5.
    """
    p, s, d = floats(promoters), floats(passives), floats(detractors)
    n = p + s + d
    base = slice(0, baseline)
    people = float(p[base].sum()), float(s[base].sum()), float(d[base].sum())
    centre, scores = nps_score(*people), nps_score_each(p, s, d)
    found = nps_any_difference(p[base], s[base], d[base])
    restless = found.statistic / found.df if found.df else 0.0
    widening = math.sqrt(restless) if widen and restless > _RESTLESS else 1.0
    half = 100 * sigmas * widening * np.sqrt(ratio(floats(nps_variance(*people)), n))
    low, high = np.maximum(centre - half, -100.0), np.minimum(centre + half, 100.0)
    outside = (scores < low) | (scores > high)
    if abs(centre) > _EXTREME:
        own = bonett_price_each(p, s, d)
        outside &= (own.low > centre) | (own.high < centre)
    return Chart(centre, low, high, outside, _runs(scores - centre), widening)


def share_chart(part: ArrayLike, whole: ArrayLike, baseline: int | None = None, sigmas: float = 3.0) -> Chart:
    """Limits for a share (0..1), cut at 0 and 1: ``part`` of ``whole`` people in each period [periods].

    Source: the p chart (Shewhart; Montgomery 1991), same as qcc of R.
    """
    x, n = floats(part), floats(whole)
    base = slice(0, baseline)
    total = float(n[base].sum())
    centre = float(x[base].sum()) / total if total else math.nan
    half = sigmas * np.sqrt(ratio(floats(centre * (1 - centre)), n))
    low, high = np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)
    shares = ratio(x, n)
    return Chart(centre, low, high, (shares < low) | (shares > high), _runs(shares - centre), 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Smoothed:
    """A smoothed series with its limits; arrays are [periods]."""

    values: Floats
    low: Floats
    high: Floats

    @property
    def outside(self) -> NDArray[np.bool_]:
        """Periods whose smoothed value lies beyond the limits."""
        return np.asarray((self.values < self.low) | (self.values > self.high))


def ewma(series: ArrayLike, centre: float, sd: ArrayLike, share: float = 0.2, sigmas: float = 3.0) -> Smoothed:
    """Smooth a series [periods]: each value counts ``share`` (0..1), all before it the rest.

    ``sd`` is the standard error of one period or of each [periods]; the unit is that of the series. Source: Roberts
    1959 with exact limits; same as ewma of R's qcc for equal periods. Raises `ValueError` for a share outside 0..1.
    """
    if not 0 < share <= 1:
        raise ValueError("a share of smoothing lies between 0 and 1")
    values = floats(series)
    error = np.broadcast_to(floats(sd), values.shape)
    level, variance = centre, 0.0
    smooth, half = np.empty_like(values), np.empty_like(values)
    for period, (value, spread) in enumerate(zip(values.tolist(), error.tolist(), strict=True)):
        level = share * value + (1 - share) * level
        variance = (share * spread) ** 2 + (1 - share) ** 2 * variance
        smooth[period], half[period] = level, sigmas * math.sqrt(variance)
    return Smoothed(smooth, centre - half, centre + half)


def _runs(away: Floats) -> NDArray[np.bool_]:
    """Whether each period is at least the eighth in a row on the same side; a period at the centre ends a run."""
    found = np.zeros(len(away), dtype=np.bool_)
    side, length = 0, 0
    for period, value in enumerate(np.nan_to_num(np.sign(away)).astype(int).tolist()):
        length = length + 1 if value and value == side else int(bool(value))
        side = value
        found[period] = length >= _RUN
    return found
