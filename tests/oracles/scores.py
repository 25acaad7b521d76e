"""What the product answers for scores, ranges and differences."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from cxdesk.analysis.measure import headline_measure, measure
from cxdesk.stats.difference import mean_difference, nps_any_difference, nps_difference, proportion_difference
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
from cxdesk.stats.paired import nps_paired
from cxdesk.stats.proportion import box_counts, wilson
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from tests.builders import survey
from tests.oracles.given import Answer, Given, numbers, pair, rows, words


def _people(given: Given) -> tuple[float, float, float]:
    return given["promoters"], given["passives"], given["detractors"]


def _nps_point(given: Given) -> dict[str, Any]:
    usable = [score if isinstance(score, int) and 0 <= score <= 10 else None for score in words(given["responses"])]
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
    score = pair(tango(*people, confidence))
    return {
        "adjwald2_bonett_price": pair(bonett_price(*people, confidence)),
        "mover_wilson_newcombe": pair(newcombe_wilson(*people, confidence)),
        "adjwald3_rocks_untruncated": pair(rocks(*people, confidence)),
        "wald": pair(wald(*people, confidence)),
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
    detractors, passives, promoters = rows(given["rows_segments_cols_det_pas_pro"]).T
    found = nps_any_difference(promoters, passives, detractors)
    scores = nps_score_each(promoters, passives, detractors).tolist()
    return {"rmeans_Q": found.statistic, "df": found.df, "p": found.p, "nps": scores}


def _proportion_ci(given: Given) -> dict[str, Any]:
    x, n = given["x"], given["n"]
    return {"p": x / n, "wilson": pair(wilson(x, n, given.get("conf", 0.95)))}


def _prop_diff(given: Given) -> dict[str, Any]:
    found = proportion_difference(given["x1"], given["n1"], given["x2"], given["n2"], given.get("conf", 0.95))
    return {"diff": found.value, "ci": [found.low, found.high]}


def _counts(values: list[Any], points: int) -> np.ndarray:
    return np.array([values.count(point) for point in range(1, points + 1)])


def _ces(given: Given) -> dict[str, Any]:
    values = words(given["values"])
    low, middle, high = (int(part) for part in box_counts(_counts(values, 7), 3))
    found = distribution_of(values, given.get("conf", 0.95))
    return {
        "n": found.n,
        "mean": found.mean,
        "t_ci": pair(found.interval),
        "agree_share": high / len(values),
        "agree_wilson": pair(wilson(high, len(values), given.get("conf", 0.95))),
        "net": nps_score(high, middle, low),
        "net_score_tango": pair(tango(high, middle, low, given.get("conf", 0.95))),
    }


def _mean_distribution(given: Given) -> dict[str, Any]:
    found = distribution_of(numbers(given["values"]), given.get("conf", 0.95))
    bottom, _, top = box_counts(_counts(words(given["values"]), 5), 2)
    return {
        "n": found.n,
        "mean": found.mean,
        "sd": found.sd,
        "se": None if found.sd is None else found.sd / math.sqrt(found.n),
        "t_ci": pair(found.interval),
        "median": found.median,
        "q25": found.quartiles and found.quartiles[0],
        "q75": found.quartiles and found.quartiles[1],
        "top2_share": top / found.n,
        "bottom2_share": bottom / found.n,
        "skew_type1": found.skew,
        "kurtosi_type1": found.kurtosis,
    }


def _multiplicity(given: Given) -> dict[str, Any]:
    p = words(given["p"])
    found = {"holm": holm(p), "BH": benjamini_hochberg(p), "bonferroni": bonferroni(p)}
    clear = {name: sum(p is not None and p <= 0.05 for p in adjusted) for name, adjusted in found.items()}
    return {**found, "n_reject_05": clear}


def _sample_size(given: Given) -> dict[str, Any]:
    p, d, confidence = given["p"], given["d"], given.get("conf", 0.95)
    variance = nps_variance(p, 1 - p - d, d)
    population = given.get("population") or 0
    return {"variance": variance, "n": answers_for_range(given["margin_points"], variance, confidence, population)}


def _nps_paired(given: Given) -> dict[str, Any]:
    if given["scores"] != [-1, 0, 1]:
        raise ValueError("the product scores people with -1, 0 and +1 only")
    found = nps_paired(given["table_rows_wave1"], given.get("conf", 0.95))
    return {"estimate": found.value, "score_p": found.p, "score_ci": [found.low, found.high]}


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
    "nps_paired": _nps_paired,
}
