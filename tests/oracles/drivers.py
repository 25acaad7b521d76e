"""What the product answers for key drivers."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from cxdesk.stats.difference import mean_difference
from cxdesk.stats.importance import (
    Correlations,
    correlations,
    explained,
    regression,
    relative_weights,
    shapley_weights,
)
from cxdesk.stats.interval import Floats
from cxdesk.stats.resampling import resample
from cxdesk.stats.what_if import what_if
from tests.oracles.given import Answer, Given, numbers, words


def _answers(given: Given) -> tuple[Floats, Floats]:
    outcome = numbers(given["data"][given["outcome"]])
    return outcome, np.column_stack([numbers(given["data"][name]) for name in words(given["predictors"])])


def _found(given: Given, **choices: Any) -> Correlations:
    found = correlations(*_answers(given), **choices)
    assert found is not None
    return found


def _key_drivers(given: Given) -> dict[str, Any]:
    found = _found(given)
    names = [words(given["predictors"])[driver] for driver in found.kept.tolist()]
    model, weights, shapley = regression(found), relative_weights(found.matrix), shapley_weights(found.matrix)
    assert shapley is not None

    def named(values: Floats) -> dict[str, float]:
        return dict(zip(names, values.tolist(), strict=True))

    outer = found.matrix[0, 1:]
    return {
        "n": found.n,
        "r2": model.r2,
        "adj_r2": model.adjusted_r2,
        "pearson_with_outcome": named(outer),
        "coef": {"(Intercept)": model.constant} | named(model.slope),
        "se": {"(Intercept)": model.constant_error} | named(model.error),
        "p": {"(Intercept)": model.constant_p} | named(model.p),
        "std_beta": named(model.beta),
        "vif": named(model.inflation),
        "relative_weight_raw": named(weights),
        "relative_weight_pct": named(100 * weights / model.r2),
        "lmg_raw": named(shapley),
        "lmg_pct": named(100 * shapley / model.r2),
        "first": named(model.alone),
        "last": named(model.last),
        "betasq": named(model.beta**2),
        "pratt": named(model.beta * outer),
    }


def _bootstrap(given: Given) -> dict[str, Any]:
    found = resample(*_answers(given), resamples=10_000)
    assert found is not None
    return {
        "raw_ci": np.column_stack((found.low, found.high)).tolist(),
        "pct_ci": (100 * np.column_stack((found.share_low, found.share_high))).tolist(),
    }


def _from_matrix(given: Given) -> dict[str, Any]:
    matrix = np.array(given["R"])
    order = np.array([given["criterion"], *words(given["predictors"])]) - 1
    weights = relative_weights(matrix[np.ix_(order, order)])
    return {"eps": weights.tolist(), "sum_r2": float(weights.sum())}


def _missing(given: Given) -> dict[str, Any]:
    listwise, pairwise = _found(given), _found(given, gaps="pairs")
    return {
        "pairwise_raw": relative_weights(pairwise.matrix).tolist(),
        "pairwise_r2": explained(pairwise.matrix),
        "listwise_raw": relative_weights(listwise.matrix).tolist(),
        "listwise_r2": explained(listwise.matrix),
        "listwise_n": listwise.n,
        "min_pairwise_n": pairwise.least,
    }


def _ordinal(given: Given) -> dict[str, Any]:
    return {
        "pearson": relative_weights(_found(given).matrix).tolist(),
        "spearman": relative_weights(_found(given, ranks=True).matrix).tolist(),
    }


def _property(given: Given) -> dict[str, Any]:
    found, names = _found(given), words(given["predictors"])
    dropped = [name for driver, name in enumerate(names) if driver not in found.kept.tolist()]
    return {
        "r2": explained(found.matrix),
        "relative_weight_raw": relative_weights(found.matrix).tolist(),
        "dropped": dropped[0] if len(dropped) == 1 else dropped,
    }


def _weighted(given: Given) -> dict[str, Any]:
    weight = np.broadcast_to(numbers(given["weights"]), len(_answers(given)[0]))
    matrix = _found(given, weights=weight).matrix
    shapley = shapley_weights(matrix)
    assert shapley is not None
    return {
        "r2": explained(matrix),
        "relative_weight_raw": relative_weights(matrix).tolist(),
        "lmg_raw": shapley.tolist(),
    }


def _penalty(given: Given) -> dict[str, Any]:
    driver, score = numbers(given["driver"]), numbers(given["ltr"])
    known = ~(np.isnan(driver) | np.isnan(score))
    count = partial(_people, score[known])
    low, fine = count(driver[known] <= given["low_max"]), count(driver[known] > given["low_max"])
    found, means = what_if(low, fine), mean_difference([100, 0, -100], fine, low)
    return {
        "share_low": found.share_low,
        "nps_low": found.low,
        "nps_ok": found.fine,
        "nps_all": found.everyone,
        "gap": found.gap.value,
        "potential_gain": found.gain.value,
        "gap_welch_ci": [means.low, means.high],
    }


def _people(score: Floats, chosen: np.ndarray) -> tuple[float, float, float]:
    part = score[chosen]
    promoters, detractors = float((part >= 9).sum()), float((part <= 6).sum())
    return promoters, len(part) - promoters - detractors, detractors


ANSWERS: dict[str, Answer] = {
    "key_drivers": _key_drivers,
    "key_drivers_bootstrap": _bootstrap,
    "key_drivers_cor": _from_matrix,
    "key_drivers_missing": _missing,
    "key_drivers_ordinal": _ordinal,
    "key_drivers_property": _property,
    "key_drivers_weighted": _weighted,
    "driver_penalty": _penalty,
}
