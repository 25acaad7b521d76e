"""What the product answers for figures printed on pages and in papers: each case is known by what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cxdesk.analysis.measure import MeasureKind, headline_measure, measure
from cxdesk.stats.crosstab import association
from cxdesk.stats.difference import proportion_difference
from cxdesk.stats.multiple import benjamini_hochberg, bonferroni
from cxdesk.stats.nps import nps_score
from cxdesk.stats.proportion import wilson
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.scale import Scale
from tests.builders import survey
from tests.oracles.drivers import ANSWERS as DRIVERS
from tests.oracles.given import Given, numbers, pair, rows, words
from tests.oracles.periods import level_change, mix_rate

Find = Callable[[str, str], Given]
"""The input of a case of another area, by area and id."""

DATA = {"mtcars": ("key_drivers", "mtcars_rwa_readme"), "Nile 1871-1970": ("changepoint", "nile")}
"""Data sets of R that other reference cases hold."""


def published(given: Given, find: Find) -> dict[str, Any]:
    for keys, answer in BY_KEYS.items():
        if set(keys) == set(given):
            return answer(given)
    return _elsewhere(given, find)


def _elsewhere(given: Given, find: Find) -> dict[str, Any]:
    area, case = DATA[given["dataset"]] if "dataset" in given else given["see"].split("/")
    other = find(area, case)
    if area == "key_drivers":
        found = DRIVERS[area](other)
        return {"r2": found["r2"], "pct": list(found["relative_weight_pct"].values())}
    if area == "changepoint":
        return level_change(other)
    if area == "mix_rate":
        parts = mix_rate(other)
        return {"total": parts["total_change"], "age": parts["mix_effect"], "rate": parts["rate_effect"]}
    raise ValueError(f"no published figure is known for {area}")


def _responses(given: Given) -> dict[str, Any]:
    scores = words(given["responses"])
    scale = Scale(1, 5) if max(scores) <= 5 else Scale(0, 10)
    sample = Sample(survey(recommend=scores, recommend_scale=scale))
    rule = headline_measure(sample.dataset.question("recommend"), Rules())
    standard = rule.kind is MeasureKind.NPS
    if standard:
        return {"nps": measure(rule, sample.counts("recommend"), Rules()).value, "standard": True}
    counts = np.bincount(scores, minlength=6)
    return {"nps_like": nps_score(counts[5], counts[4], counts[1:4].sum()), "standard": False}


def _shares(given: Given) -> dict[str, Any]:
    return {"nps": nps_score(given["promoter_pct"], given["passive_pct"], given["detractor_pct"])}


def _people(given: Given) -> dict[str, Any]:
    return {"nps": nps_score(given["promoters"], given["passives"], given["detractors"])}


def _effort(given: Given) -> dict[str, Any]:
    low, middle, high = given["disagree_1_2"], given["neutral_3"], given["agree_4_5"]
    sample = Sample(survey(effort=[1] * low + [3] * middle + [5] * high, effort_scale=Scale(1, 5)))
    counts = sample.counts("effort")
    return {"ces": 100 * float(counts[3:5].sum()) / float(counts[:5].sum())}


def _rejected(given: Given) -> dict[str, Any]:
    p = numbers(given["p"]).tolist()
    found = {"rejected": benjamini_hochberg(p), "bonferroni_rejected": bonferroni(p)}
    return {key: sum(value is not None and value <= 0.05 for value in raised) for key, raised in found.items()}


def _share(given: Given) -> dict[str, Any]:
    return {"ci": pair(wilson(given["x"], given["n"]))}


def _share_gap(given: Given) -> dict[str, Any]:
    found = proportion_difference(given["x1"], given["n1"], given["x2"], given["n2"])
    return {"ci": [found.low, found.high]}


def _table(given: Given) -> dict[str, Any]:
    found = association(rows(given["table"]))
    return {"chisq": found.statistic, "adj": found.residuals.tolist()}


BY_KEYS: Mapping[tuple[str, ...], Callable[[Given], dict[str, Any]]] = {
    ("responses",): _responses,
    ("promoter_pct", "passive_pct", "detractor_pct"): _shares,
    ("promoters", "passives", "detractors"): _people,
    ("disagree_1_2", "neutral_3", "agree_4_5"): _effort,
    ("p",): _rejected,
    ("x", "n"): _share,
    ("x1", "n1", "x2", "n2"): _share_gap,
    ("table",): _table,
}
