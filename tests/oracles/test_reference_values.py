"""The product's figures against reference values from R and from published tables.

The folder is ``CXDESK_ORACLES``, by default the values kept beside this file. Each JSON file holds one area:
``{area, cases: [{id, input, expected, abs_tol, source}]}``; NPS is in points, shares are 0..1, null is missing. An area
or a key that nothing here answers fails, unless it is named below as something that the product does not compute.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.oracles import drivers, periods, scores, tables, weights, words_and_care
from tests.oracles.given import Answer, Given
from tests.oracles.published import published

KEPT = Path(__file__).parent / "values"
FOLDER = Path(os.environ.get("CXDESK_ORACLES") or KEPT)

NOT_COMPUTED = {
    "nps_ci": {"adjwald2_agresti_min_truncated"},
    "nps_two_group": {
        *("wald_se", "wald_p", "wald_ci", "mover_tango_ci", "mover_tango_p", "adjwald_half_each"),
        "mh_linear_N_minus_1_p",
    },
    "nps_k_groups": {"chisq_p"},
    "nps_paired": {"wald_p", "wald_ci", "t_p", "t_ci"},
    # Taylor's t test gives up to 24.7 % false alarms; deff of the population takes the weights' sum for its size.
    "nps_weighted": {"A_minus_B.t", "A_minus_B.df", "A_minus_B.p", "deff_srswor_of_sum_w", "svyciprop_promoters"},
    "proportion_ci": {"wald", "jeffreys", "clopper_pearson"},
    "sample_size": {"n_exact"},
    # Weights are taken as fixed; a cap acts inside the loop.
    "raking": {"se_y_raked_design", "survey_trimWeights_strict", "trim_bounds"},
    "raking_capped": {"anesrake_convergence"},
    "column_means": {"pooled_sd_all_groups_p", "anova_F", "anova_p", "kruskal_H", "kruskal_p"},
    "key_drivers": {"car"},
    # Polychoric correlations are unstable in small samples.
    "key_drivers_ordinal": {"polychoric", "polychoric_R", "kendall_tau_b"},
    "careless": {"mahalanobis_D2_rows_without_NA"},
    "keyness": {"G2_rayson_two_term"},
    "published_examples": {"wrong_if_rounded_first"},
}
"""Alternatives in the reference files that the product does not offer; a dot leads into a part."""

TOLERANCES = {
    # Resampling is random; when the cap binds, weights depend on when the loop stops.
    "key_drivers_bootstrap": {"pct_ci": 2.5},
    "raking_capped": {"weights": 5e-3},
}
"""Keys with a tolerance of their own; every other key has that of its case."""

ANSWERS: Mapping[str, Answer] = {
    **scores.ANSWERS,
    **weights.ANSWERS,
    **tables.ANSWERS,
    **drivers.ANSWERS,
    **periods.ANSWERS,
    **words_and_care.ANSWERS,
    "published_examples": lambda given: published(given, _input),
}


def _areas(folder: Path) -> dict[str, list[dict[str, Any]]]:
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return {file["area"]: file["cases"] for file in files}


AREAS = _areas(FOLDER)
CASES = [pytest.param(area, case, id=f"{area}-{case['id']}") for area in sorted(AREAS) for case in AREAS[area]]


def _input(area: str, case: str) -> Given:
    """What another case gives; data sets of R are kept here even if another folder is checked."""
    known = [*AREAS.get(area, ()), *_areas(KEPT).get(area, ())]
    return next(other["input"] for other in known if other["id"] == case)


def _checked(wanted: Mapping[str, Any], left_out: set[str], path: str = "") -> dict[str, Any]:
    """What is to be compared: no alternatives, and no notes, which are words for people."""
    found = {}
    for key, value in wanted.items():
        if path + key in left_out or key == "note":
            continue
        found[key] = _checked(value, left_out, f"{path}{key}.") if isinstance(value, dict) else value
    return found


def _differences(got: Any, wanted: Any, tolerance: float, where: str) -> list[str]:
    if isinstance(wanted, dict):
        unanswered = [f"{where}.{key}: nothing computes it" for key in sorted(set(wanted) - set(got))]
        known = [key for key in wanted if key in got]
        return [*unanswered, *(line for key in known for line in _near(got, wanted, key, tolerance, where))]
    if isinstance(wanted, list) or isinstance(got, list):
        ours, theirs = (_items(values) for values in (got, wanted))
        if len(ours) != len(theirs):
            return [f"{where}: got {got}, wanted {wanted}"]
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [line for i, (a, b) in pairs for line in _differences(a, b, tolerance, f"{where}[{i}]")]
    if wanted is None or got is None or isinstance(wanted, str):
        return [] if wanted == got else [f"{where}: got {got}, wanted {wanted}"]
    near = abs(got - wanted) <= tolerance + 1e-6 * abs(wanted)
    return [] if near else [f"{where}: got {got!r}, wanted {wanted!r}"]


def _near(got: Any, wanted: Any, key: str, tolerance: float, where: str) -> list[str]:
    return _differences(got[key], wanted[key], tolerance, f"{where}.{key}")


def _items(values: Any) -> list[Any]:
    if isinstance(values, np.ndarray):
        values = values.tolist()
    return values if isinstance(values, list) else [values]


@pytest.mark.parametrize(("area", "case"), CASES)
def test_reference_value(area: str, case: dict[str, Any]) -> None:
    assert area in ANSWERS, f"nothing answers the area {area}"
    checked = _checked(case["expected"], NOT_COMPUTED.get(area, set()))
    assert checked, "this case checks nothing"
    got, own = ANSWERS[area](case["input"]), TOLERANCES.get(area, {})
    unanswered = sorted(set(checked) - set(got))
    assert not unanswered, f"nothing computes {unanswered}"
    differences = [
        line
        for key, wanted in checked.items()
        for line in _differences(got[key], wanted, own.get(key, case["abs_tol"]), key)
    ]
    assert not differences, "\n".join(differences)


def test_there_are_reference_values() -> None:
    assert AREAS, f"no reference values in {FOLDER.name}"


def test_every_area_is_kept_with_the_tests() -> None:
    assert set(_areas(KEPT)) == set(ANSWERS)


def test_an_alternative_that_is_left_out_exists() -> None:
    """A name above that no reference file holds any more would hide nothing but itself."""
    for area, names in NOT_COMPUTED.items():
        keys: set[str] = set()
        for case in _areas(KEPT)[area]:
            for key, value in case["expected"].items():
                keys |= {key} | ({f"{key}.{part}" for part in value} if isinstance(value, dict) else set())
        assert names <= keys, sorted(names - keys)
