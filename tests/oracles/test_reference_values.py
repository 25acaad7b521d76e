"""The product's figures against reference values from R and from published tables.

The folder is ``CXDESK_ORACLES``, by default the values kept beside this file. Each JSON file holds one area:
``{area, cases: [{id, input, expected, abs_tol, source}]}``; NPS is in points, shares are 0..1, null is missing. An area
or a key that nothing here answers fails, unless it is named below as something that the product does not compute.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cxdesk.analysis.measure import headline_measure, measure
from cxdesk.stats.difference import mean_difference, nps_any_difference, nps_difference, proportion_difference
from cxdesk.stats.interval import Interval
from cxdesk.stats.mean import distribution_of
from cxdesk.stats.multiple import benjamini_hochberg, bonferroni, holm
from cxdesk.stats.nps import (
    answers_for_range,
    bonett_price,
    newcombe_wilson,
    nps_error,
    nps_score,
    nps_score_each,
    nps_variance,
    rocks,
    tango,
    wald,
)
from cxdesk.stats.proportion import box_counts, wilson
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from tests.builders import survey

FOLDER = Path(os.environ.get("CXDESK_ORACLES") or Path(__file__).parent / "values")

Given = Mapping[str, Any]
Answer = Callable[[Given], dict[str, Any]]

NOT_COMPUTED = {
    "nps_ci": {"adjwald2_agresti_min_truncated"},
    "nps_two_group": {
        *("wald_se", "wald_p", "wald_ci", "mover_tango_ci", "mover_tango_p", "adjwald_half_each"),
        "mh_linear_N_minus_1_p",
    },
    "nps_k_groups": {"chisq_p"},
    "proportion_ci": {"wald", "jeffreys", "clopper_pearson"},
    "sample_size": {"n_exact"},
}
"""Alternatives in the reference files that the product does not offer."""

NOT_IN_THIS_VERSION = {
    *("careless", "changepoint", "column_means", "column_proportions", "cronbach_alpha", "crosstab", "driver_penalty"),
    *("ewma", "fisher", "key_drivers", "key_drivers_bootstrap", "key_drivers_cor", "key_drivers_missing"),
    *("key_drivers_ordinal", "key_drivers_property", "key_drivers_weighted", "keyness", "log_odds", "mix_rate"),
    *("multiple_response", "nps_paired", "nps_weighted", "p_chart", "published_examples", "raking", "raking_capped"),
    *("speeding", "survey_published", "trend", "trend_prop", "weighted_basics"),
}
"""Areas whose formulas belong to pages that the product does not have."""


def _pair(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def _people(given: Given) -> tuple[float, float, float]:
    return given["promoters"], given["passives"], given["detractors"]


def _nps_point(given: Given) -> dict[str, Any]:
    usable = [score if isinstance(score, int) and 0 <= score <= 10 else None for score in given["responses"]]
    sample = Sample(survey(recommend=usable))
    rule = headline_measure(sample.dataset.question("recommend"), Rules())
    score = measure(rule, sample.counts("recommend"), Rules())
    people = {"promoters": score.good, "passives": score.middle, "detractors": score.bad}
    return {"n": score.base.n, **people, **_nps_counts(people)}


def _nps_counts(given: Given) -> dict[str, Any]:
    people = _people(given)
    return {"nps": nps_score(*people), "variance": nps_variance(*people), "se_points": nps_error(*people)}


def _nps_ci(given: Given) -> dict[str, Any]:
    people, confidence = _people(given), given.get("conf", 0.95)
    score = _pair(tango(*people, confidence))
    return {
        "adjwald2_bonett_price": _pair(bonett_price(*people, confidence)),
        "mover_wilson_newcombe": _pair(newcombe_wilson(*people, confidence)),
        "adjwald3_rocks_untruncated": _pair(rocks(*people, confidence)),
        "wald": _pair(wald(*people, confidence)),
        "score_tango": score,
        "score_tango_contingencytables": score,
    }


def _nps_two_group(given: Given) -> dict[str, Any]:
    a, b, confidence = _people(given["A"]), _people(given["B"]), given.get("conf", 0.95)
    found = nps_difference(a, b, confidence)
    means = mean_difference([100, 0, -100], a, b, confidence)
    return {
        "diff": found.value,
        "mover_newcombe_wilson_ci": None if found.p is None else [found.low, found.high],
        "mover_newcombe_wilson_p": found.p,
        "welch_ci": None if means.p is None else [means.low, means.high],
        "welch_p": means.p,
    }


def _nps_k_groups(given: Given) -> dict[str, Any]:
    detractors, passives, promoters = np.transpose(given["rows_segments_cols_det_pas_pro"])
    found = nps_any_difference(promoters, passives, detractors)
    scores = nps_score_each(promoters, passives, detractors).tolist()
    return {"rmeans_Q": found.statistic, "df": found.df, "p": found.p, "nps": scores}


def _proportion_ci(given: Given) -> dict[str, Any]:
    x, n = given["x"], given["n"]
    return {"p": x / n, "wilson": _pair(wilson(x, n, given.get("conf", 0.95)))}


def _prop_diff(given: Given) -> dict[str, Any]:
    found = proportion_difference(given["x1"], given["n1"], given["x2"], given["n2"], given.get("conf", 0.95))
    return {"diff": found.value, "ci": [found.low, found.high]}


def _counts(values: list[Any], points: int) -> np.ndarray:
    return np.array([values.count(point) for point in range(1, points + 1)])


def _ces(given: Given) -> dict[str, Any]:
    values = given["values"]
    low, middle, high = (int(part) for part in box_counts(_counts(values, 7), 3))
    found = distribution_of(values, given.get("conf", 0.95))
    return {
        "n": found.n,
        "mean": found.mean,
        "t_ci": _pair(found.interval),
        "agree_share": high / len(values),
        "agree_wilson": _pair(wilson(high, len(values), given.get("conf", 0.95))),
        "net": nps_score(high, middle, low),
        "net_score_tango": _pair(tango(high, middle, low, given.get("conf", 0.95))),
    }


def _mean_distribution(given: Given) -> dict[str, Any]:
    found = distribution_of(given["values"], given.get("conf", 0.95))
    bottom, _, top = box_counts(_counts(given["values"], 5), 2)
    return {
        "n": found.n,
        "mean": found.mean,
        "sd": found.sd,
        "se": None if found.sd is None else found.sd / math.sqrt(found.n),
        "t_ci": _pair(found.interval),
        "median": found.median,
        "q25": found.quartiles and found.quartiles[0],
        "q75": found.quartiles and found.quartiles[1],
        "top2_share": top / found.n,
        "bottom2_share": bottom / found.n,
        "skew_type1": found.skew,
        "kurtosi_type1": found.kurtosis,
    }


def _multiplicity(given: Given) -> dict[str, Any]:
    found = {"holm": holm(given["p"]), "BH": benjamini_hochberg(given["p"]), "bonferroni": bonferroni(given["p"])}
    clear = {name: sum(p is not None and p <= 0.05 for p in adjusted) for name, adjusted in found.items()}
    return {**found, "n_reject_05": clear}


def _sample_size(given: Given) -> dict[str, Any]:
    p, d, confidence = given["p"], given["d"], given.get("conf", 0.95)
    variance = nps_variance(p, 1 - p - d, d)
    population = given.get("population") or 0
    return {"variance": variance, "n": answers_for_range(given["margin_points"], variance, confidence, population)}


ANSWERS: dict[str, Answer] = {
    "nps_point": _nps_point,
    "nps_counts": _nps_counts,
    "nps_ci": _nps_ci,
    "nps_ci_property": _nps_ci,
    "nps_two_group": _nps_two_group,
    "nps_k_groups": _nps_k_groups,
    "proportion_ci": _proportion_ci,
    "prop_diff_newcombe": _prop_diff,
    "ces": _ces,
    "mean_distribution": _mean_distribution,
    "multiplicity": _multiplicity,
    "sample_size": _sample_size,
}


def _areas() -> dict[str, list[dict[str, Any]]]:
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    return {file["area"]: file["cases"] for file in files}


AREAS = _areas()
CASES = [
    pytest.param(area, case, id=f"{area}-{case['id']}") for area in sorted(ANSWERS) for case in AREAS.get(area, ())
]


def _differences(got: Any, wanted: Any, tolerance: float, where: str) -> list[str]:
    if isinstance(wanted, dict):
        return [line for key in wanted for line in _differences(got[key], wanted[key], tolerance, f"{where}.{key}")]
    if wanted is None or got is None:
        return [] if wanted is got else [f"{where}: got {got}, wanted {wanted}"]
    if isinstance(wanted, list) or isinstance(got, list):
        ours, theirs = (
            list(np.atleast_1d(np.asarray(got, dtype=object))),
            list(np.atleast_1d(np.asarray(wanted, object))),
        )
        if len(ours) != len(theirs):
            return [f"{where}: got {got}, wanted {wanted}"]
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [line for i, (a, b) in pairs for line in _differences(a, b, tolerance, f"{where}[{i}]")]
    near = abs(got - wanted) <= tolerance + 1e-6 * abs(wanted)
    return [] if near else [f"{where}: got {got!r}, wanted {wanted!r}"]


@pytest.mark.parametrize(("area", "case"), CASES)
def test_reference_value(area: str, case: dict[str, Any]) -> None:
    got = ANSWERS[area](case["input"])
    checked = {key: value for key, value in case["expected"].items() if key not in NOT_COMPUTED.get(area, set())}
    unanswered = sorted(set(checked) - set(got))
    assert not unanswered, f"nothing computes {unanswered}"
    assert checked, "this case checks nothing"
    differences = [line for key in checked for line in _differences(got[key], checked[key], case["abs_tol"], key)]
    assert not differences, "\n".join(differences)


def test_every_area_is_answered_or_named() -> None:
    assert AREAS, f"no reference values in {FOLDER.name}"
    unknown = sorted(set(AREAS) - set(ANSWERS) - NOT_IN_THIS_VERSION)
    assert not unknown, f"areas that nothing answers: {unknown}"
