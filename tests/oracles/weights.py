"""What the product answers for weighted surveys and for weights that meet targets."""

from __future__ import annotations

from typing import Any

import numpy as np

from cxdesk.stats.change import combined_error
from cxdesk.stats.crosstab import rao_scott
from cxdesk.stats.effective import (
    effective_counts,
    effective_each,
    kish_each,
    taylor_each,
    taylor_error_each,
    weighted_mean_each,
    weighted_sd_each,
)
from cxdesk.stats.importance import correlations
from cxdesk.stats.interval import Floats
from cxdesk.stats.normal import critical
from cxdesk.stats.nps import bonett_price, nps_score, nps_variance, tango
from cxdesk.stats.student import t_critical
from cxdesk.stats.weighting import Margin, rake
from tests.oracles.given import Answer, Given, numbers, pair, words

NET = np.array([-1.0, 0.0, 1.0])


class Sums:
    """Sums over people per group and answer, [groups, answers]: what weighted formulas stand on."""

    def __init__(self, answer: np.ndarray, weight: Floats, size: int, group: np.ndarray | None = None) -> None:
        groups = np.zeros(len(answer), dtype=np.int64) if group is None else group
        shape = int(groups.max(initial=0)) + 1, size
        place = groups * size + answer
        self.people, self.weight, self.square = (
            np.bincount(place, part, shape[0] * size).reshape(shape) for part in (weight**0, weight, weight**2)
        )

    def mean(self, values: Any) -> float:
        return float(weighted_mean_each(self.weight, values)[0])

    def error(self, values: Any) -> float:
        return float(taylor_error_each(self.people, self.weight, self.square, values)[0])


def _nps_weighted(given: Given) -> dict[str, Any]:
    score, weight, csat = numbers(given["score"]), numbers(given["w"]), numbers(given["csat"]).astype(np.int64)
    third = np.where(score >= 9, 2, np.where(score >= 7, 1, 0))
    every, n = Sums(third, weight, 3), len(score)
    detractors, _, promoters = (every.weight[0] / every.weight[0].sum()).tolist()
    error = 100 * every.error(NET)
    kish = float(kish_each(every.weight, every.square)[0])
    taylor = float(taylor_each(every.people, every.weight, every.square, NET)[0])
    base = effective_each(every.people, every.weight, every.square, NET)
    worth = tuple(effective_counts(every.weight, base)[0, ::-1].tolist())
    value, half_z = 100 * every.mean(NET), critical(0.95) * error
    half_t = float(t_critical(0.95, np.array([n - 1.0]))[0]) * error
    names, segment = np.unique(words(given["seg"]), return_inverse=True)
    by = Sums(third, weight, 3, segment)
    scores = (100 * weighted_mean_each(by.weight, NET)).tolist()
    ratings = Sums(csat - 1, weight, 5)
    overall = rao_scott(by.people, by.weight, by.square)
    return {
        "n": n,
        "nps": value,
        "promoter_share": promoters,
        "detractor_share": detractors,
        "taylor_se_points": error,
        "taylor_ci_z": [value - half_z, value + half_z],
        "taylor_ci_t_df_n_minus_1": [value - half_t, value + half_t],
        "unweighted_nps": nps_score(*every.people[0, ::-1].tolist()),
        "kish_n": kish,
        "kish_deff": n / kish,
        "deff_srswr": n / taylor,
        "trinomial_variance": nps_variance(*worth),
        "n_taylor": taylor,
        "n_star": float(base[0]),
        "bonett_price_ci_at_n_star": pair(bonett_price(*worth)),
        "score_ci_at_n_star": pair(tango(*worth)),
        "by_segment": {
            "seg": names.tolist(),
            "nps": scores,
            "se_points": (100 * taylor_error_each(by.people, by.weight, by.square, NET, among=n)).tolist(),
        },
        "A_minus_B": {"diff": scores[0] - scores[1]},
        "csat_top2_share": ratings.mean([0, 0, 0, 1, 1]),
        "csat_top2_se": ratings.error([0, 0, 0, 1, 1]),
        "csat_mean": ratings.mean(range(1, 6)),
        "csat_mean_se": ratings.error(range(1, 6)),
        "rao_scott_F_3cat_by_seg": {
            "F": overall.statistic,
            "ndf": overall.df,
            "ddf": overall.df_error,
            "p": overall.p,
        },
    }


def _weighted_basics(given: Given) -> dict[str, Any]:
    x, y, weight = (numbers(given[key]) for key in "xyw")
    points, answer = np.unique(x, return_inverse=True)
    names, group = np.unique(words(given["g"]), return_inverse=True)
    every = Sums(answer, weight, len(points))
    together = correlations(y, x[:, None], weight)
    by = weighted_mean_each(Sums(answer, weight, len(points), group).weight, points)
    labels = (f"{point:g}" for point in points.tolist())
    return {
        "mean_x": every.mean(points),
        "sd_x_svy": float(weighted_sd_each(every.people, every.weight, points)[0]),
        "cor_xy": None if together is None else together.matrix[0, 1],
        "shares_x": dict(zip(labels, (every.weight[0] / every.weight.sum()).tolist(), strict=True)),
        "mean_x_by_g": dict(zip(names.tolist(), by.tolist(), strict=True)),
        "se_mean_x": every.error(points),
    }


STRATA = {
    "survey::api apistrat (200 schools)": {
        "population": [4421.0, 755.0, 1018.0],
        "asked": [100.0, 50.0, 50.0],
        "mean": [674.43, 625.82, 636.60],
        "domain_error": [12.49343, 15.34078, 16.50239],
    }
}
"""Published sizes, means and standard errors (svyby without strata) of elementary, high and middle schools."""


def _survey_published(given: Given) -> dict[str, Any]:
    """A sample with the published means and spreads: in each stratum one half lies above the mean, one half below."""
    strata = {key: np.array(values) for key, values in STRATA[given["dataset"]].items()}
    asked, population = strata["asked"], strata["population"]
    everyone = asked.sum()
    spread = strata["domain_error"] * np.sqrt(asked * (everyone - 1) / everyone)
    points = np.concatenate((strata["mean"] - spread, strata["mean"] + spread))
    people = np.tile(np.diag(asked / 2), 2)
    weight = (population / asked)[:, None]
    error = taylor_error_each(people, people * weight, people * weight**2, points)
    shares = population / population.sum()
    return {
        "mean": float(weighted_mean_each((people * weight).sum(axis=0)[None, :], points)[0]),
        "se": combined_error(shares, error * np.sqrt(1 - asked / population)),
    }


def _margins(given: Given) -> list[Margin]:
    margins = []
    for name, targets in given["targets"].items():
        place = {category: code for code, category in enumerate(targets)}
        codes = np.array([place.get(word, -1) if word is None else place[word] for word in words(given[name])])
        margins.append(Margin(codes, tuple(targets.values())))
    return margins


def _raking(given: Given) -> dict[str, Any]:
    base = numbers(given["base"]) if "base" in given else None
    found = rake(_margins(given), base, given.get("cap"))
    weight = found.weights
    effective = float(kish_each(weight, weight**2)[()])
    answers = {
        "weights": weight.tolist(),
        "deff_kish": len(weight) / effective,
        "n_eff": effective,
        "min": float(weight.min()),
        "max": float(weight.max()),
        "achieved_margins": {
            name: dict(zip(targets, shares.tolist(), strict=True))
            for (name, targets), shares in zip(given["targets"].items(), found.achieved, strict=True)
        },
    }
    if "y" in given:
        points, answer = np.unique(numbers(given["y"]), return_inverse=True)
        every = Sums(answer, weight, len(points))
        answers |= {"weighted_mean_y": every.mean(points), "se_y_fixed_weights": every.error(points)}
    return answers


ANSWERS: dict[str, Answer] = {
    "nps_weighted": _nps_weighted,
    "weighted_basics": _weighted_basics,
    "survey_published": _survey_published,
    "raking": _raking,
    "raking_capped": _raking,
}
