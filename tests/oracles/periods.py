"""What the product answers for trends, control charts, and why a score moved."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from cxdesk.stats.change import mix_and_rate
from cxdesk.stats.control import ewma, nps_chart, share_chart
from cxdesk.stats.difference import nps_any_difference
from cxdesk.stats.nps import nps_score_each
from cxdesk.stats.trend import level_shift, nps_line, pooled, share_line
from tests.oracles.given import Answer, Given, nulls, numbers, rows


def _trend(given: Given) -> dict[str, Any]:
    waves = rows(given["waves_det_pas_pro"])
    promoters, passives, detractors = people = waves.T[::-1]
    line, overall, shares = nps_line(*people), nps_any_difference(*people), share_line(people[0], waves.sum(axis=1))
    chart = nps_chart(promoters, passives, detractors, widen=False)
    return {
        "nps": nps_score_each(*people).tolist(),
        "linear_by_linear_Z": line.z,
        "linear_p": line.p,
        "slope_points_per_wave": line.slope.value,
        "slope_ci": [line.slope.low, line.slope.high],
        "heterogeneity_Q": overall.statistic,
        "heterogeneity_p": overall.p,
        "promoter_prop_trend_chisq": shares.statistic,
        "promoter_prop_trend_p": shares.p,
        "chart_centre": chart.centre,
        "chart_lcl": nulls(chart.low),
        "chart_ucl": nulls(chart.high),
        "rolling3_pooled": nps_score_each(*(pooled(part, 3) for part in people)).tolist(),
    }


def _trend_share(given: Given) -> dict[str, Any]:
    found = share_line(numbers(given["x"]), numbers(given["n"]))
    return {"chisq": found.statistic, "p": found.p}


def level_change(given: Given) -> dict[str, Any]:
    found = level_shift(numbers(given["series"]))
    assert found is not None
    return {
        "break_after_index": found.after,
        "break_year": given["start_year"] + found.after - 1,
        "mean_before": found.before_mean,
        "mean_after": found.after_mean,
        "supF": found.statistic,
    }


def _share_chart(given: Given) -> dict[str, Any]:
    found = share_chart(numbers(given["x"]), numbers(given["n"]))
    return {
        "center": found.centre,
        "lcl": _one_if_same(found.low),
        "ucl": _one_if_same(found.high),
        "beyond_limits": (np.flatnonzero(found.outside) + 1).tolist(),
    }


def _one_if_same(limits: np.ndarray) -> Any:
    """Periods of one size have one limit, which the files write once."""
    return float(limits[0]) if np.ptp(limits) == 0 else limits.tolist()


def _ewma(given: Given) -> dict[str, Any]:
    found = ewma(numbers(given["y"]), given["center"], given["sd"], given["lambda"], given["nsigmas"])
    return {"ewma": found.values.tolist(), "lcl": found.low.tolist(), "ucl": found.high.tolist()}


def mix_rate(given: Given) -> dict[str, Any]:
    before, after = ((numbers(given[f"size_{when}"]), numbers(given[f"score_{when}"])) for when in ("before", "after"))
    found = mix_and_rate(*before, *after)
    change = found.change or math.nan
    return {
        "overall_before": found.before,
        "overall_after": found.after,
        "total_change": found.change,
        "mix_effect": found.mix_total,
        "rate_effect": found.rate_total,
        # The reference prints percentages with two decimals.
        "mix_pct": round(100 * found.mix_total / change, 2),
        "rate_pct": round(100 * found.rate_total / change, 2),
        "per_segment_rate": found.rate.tolist(),
        "per_segment_mix_raw": found.mix_plain.tolist(),
        "per_segment_mix_centred": found.mix.tolist(),
    }


ANSWERS: dict[str, Answer] = {
    "trend": _trend,
    "trend_prop": _trend_share,
    "changepoint": level_change,
    "p_chart": _share_chart,
    "ewma": _ewma,
    "mix_rate": mix_rate,
}
