"""What the product answers for tables: two questions crossed, columns compared, several answers, scales of items."""

from __future__ import annotations

from typing import Any

import numpy as np

from cxdesk.stats.columns import ColumnPairs, column_pairs
from cxdesk.stats.crosstab import association
from cxdesk.stats.difference import mean_any_difference, mean_difference_each
from cxdesk.stats.exact import fisher
from cxdesk.stats.interval import Floats
from cxdesk.stats.mean import mean_and_variance
from cxdesk.stats.multiple import adjusted_rows
from cxdesk.stats.reliability import cronbach_alpha
from cxdesk.stats.several import any_of, ticks
from tests.oracles.given import Answer, Given, nulls, numbers, pair, rows, words


def _crosstab(given: Given) -> dict[str, Any]:
    found = association(rows(given["table"]))
    return {
        "chisq": found.statistic,
        "df": found.df,
        "p": found.p,
        "lr_G2": found.likelihood,
        "lr_p": found.likelihood_p,
        "cramers_v": found.strength,
        "expected": found.expected.tolist(),
        "adjusted_residuals": nulls(found.residuals),
        "pct_expected_lt5": 100 * found.sparse_share,
        "min_expected": found.least_expected,
    }


def _fisher(given: Given) -> dict[str, Any]:
    return {"p": fisher(rows(given["table"]))}


def _column_proportions(given: Given) -> dict[str, Any]:
    found = column_pairs(rows(given["table"]), few="test")
    names = words(given["column_letters"])
    raised = {
        "letters_unadjusted": found.p,
        "letters_bonferroni": found.adjusted_as_spss(),
        "letters_BH_within_row": found.adjusted("benjamini_hochberg"),
    }
    higher = {key: found.higher(p) for key, p in raised.items()}
    described = [
        {
            "p_unadjusted": _upper(found, found.p[row]),
            "z": _upper(found, found.z[row]),
            "p_bonferroni_all_pairs": _upper(found, found.adjusted_as_spss()[row]),
            "p_bonferroni_tested_pairs": _upper(found, found.adjusted("bonferroni")[row]),
            **{key: [_letters(clear, names) for clear in marks[row]] for key, marks in higher.items()},
        }
        for row in range(len(found.shares))
    ]
    return {"column_pct": nulls(100 * found.shares), "rows": described}


def _letters(lower: np.ndarray, names: list[str]) -> str:
    return " ".join(name for name, clear in zip(names, lower.tolist(), strict=True) if clear)


def _upper(found: ColumnPairs, values: Floats) -> Any:
    square = np.full((found.shares.shape[1],) * 2, np.nan)
    square[found.first, found.second] = values
    return nulls(square)


def _column_means(given: Given) -> dict[str, Any]:
    groups = [numbers(group) for group in given["groups"]]
    points = np.unique(np.concatenate(groups))
    counts = np.array([[np.count_nonzero(group == point) for point in points] for group in groups])
    _, means, variances = mean_and_variance(points, counts.astype(np.float64))
    second, first = np.tril_indices(len(groups), -1)
    p = mean_difference_each(points, counts[first], counts[second]).p
    overall = mean_any_difference(points, counts)

    def lower(values: Floats) -> Any:
        square = np.full((len(groups), len(groups)), np.nan)
        square[second, first] = values
        return nulls(square[1:, :-1])

    return {
        "means": means.tolist(),
        "sds": np.sqrt(variances).tolist(),
        "welch_p": lower(p),
        "welch_holm": lower(adjusted_rows(p[None, :], "holm")[0]),
        "welch_anova_F": overall.statistic,
        "welch_anova_p": overall.p,
    }


def _multiple_response(given: Given) -> dict[str, Any]:
    names = list(given["columns"])
    table = np.column_stack([numbers(column) for column in given["columns"].values()])
    group = np.array(words(given["group"]))
    found = ticks(table)

    def named(values: Floats) -> dict[str, float]:
        return dict(zip(names, values.tolist(), strict=True))

    by = {name: ticks(table[group == name]) for name in dict.fromkeys(group.tolist())}
    return {
        "cases_base": found.base,
        "total_responses": found.total,
        "counts": named(found.counts),
        "pct_of_cases": named(100 * found.of_people),
        "pct_of_responses": named(100 * found.of_ticks),
        "by_group": {
            name: {"base": part.base, "pct_of_cases": named(100 * part.of_people)} for name, part in by.items()
        },
        "net_1_or_2_pct_cases": 100 * any_of(table, [0, 1]) / found.base,
    }


def _cronbach(given: Given) -> dict[str, Any]:
    found = cronbach_alpha(np.column_stack([numbers(item) for item in given.values()]))
    assert found is not None
    return {
        "raw_alpha": found.alpha,
        "std_alpha": found.standardised,
        "average_r": found.average,
        "alpha_if_dropped": dict(zip(given, found.without.tolist(), strict=True)),
        "item_rest_r": dict(zip(given, found.with_rest.tolist(), strict=True)),
        "feldt_ci": pair(found.interval),
    }


ANSWERS: dict[str, Answer] = {
    "crosstab": _crosstab,
    "fisher": _fisher,
    "column_proportions": _column_proportions,
    "column_means": _column_means,
    "multiple_response": _multiple_response,
    "cronbach_alpha": _cronbach,
}
