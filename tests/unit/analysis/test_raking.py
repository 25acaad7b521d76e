"""Own target shares: weights as R's survey and anesrake give them, what cannot be met is refused by name."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cxdesk.analysis.weights import (
    WeightsRefused,
    WeightsReport,
    cautions,
    weighting_name,
    weights_of,
    weights_report,
)
from cxdesk.survey.counting import Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.weighting import Margin, Weighting
from tests import oracles
from tests.builders import survey

VALUES = Path(oracles.__file__).parent / "values"
AGES = ("18-34", "35-54", "55+")


def reference(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((VALUES / f"{name}.json").read_text(encoding="utf-8"))["cases"][0]
    return found


def asked(case: dict[str, Any]) -> tuple[Dataset, Weighting]:
    """The respondents and targets of a reference case, as the product sees them."""
    given = case["input"]
    names = list(given["targets"])
    options = {name: list(shares) for name, shares in given["targets"].items()}
    dataset = survey(recommend=[9] * len(given[names[0]]), segment={n: given[n] for n in names}, options=options)
    margins = tuple(Margin(name, tuple(given["targets"][name].values())) for name in names)
    return dataset, Weighting(margins=margins, cap=given.get("cap", 0))


def shops(people: tuple[int, ...] = (300, 400, 300), missing: int = 0) -> Dataset:
    age: list[str | None] = [name for name, count in zip(AGES, people, strict=True) for _ in range(count)]
    age += [None] * missing
    return survey(
        recommend=[index % 11 for index in range(len(age))],
        segment={"Age": age, "Region": [["N", "S"][index % 2] for index in range(len(age))]},
        options={"Age": AGES, "Region": ["N", "S"]},
    )


def report(dataset: Dataset, weighting: Weighting) -> WeightsReport:
    return weights_report(Tally(dataset, weights_of(dataset, weighting), weighting).sample(), weighting)


def by_age(*targets: float, cap: float = 5) -> Weighting:
    return Weighting(margins=(Margin("age", targets),), cap=cap)


def test_weights_are_those_of_survey_rake() -> None:
    case = reference("raking")
    weights = weights_of(*asked(case))
    expected = case["expected"]
    assert weights == pytest.approx(expected["weights"], abs=1e-6)
    told = report(*asked(case))
    assert (told.deff, told.effective) == pytest.approx((expected["deff_kish"], expected["n_eff"]), rel=1e-6)
    assert told.largest == pytest.approx(expected["max"], abs=1e-6)


def test_capped_weights_are_those_of_anesrake() -> None:
    case = reference("raking_capped")
    assert weights_of(*asked(case)) == pytest.approx(case["expected"]["weights"], abs=2e-4)


def test_the_report_says_what_was_achieved() -> None:
    told = report(shops(missing=100), by_age(0.2, 0.2, 0.6))
    (margin,) = told.margins
    assert margin.people == (300, 400, 300)
    assert margin.before == pytest.approx((0.3, 0.4, 0.3))
    assert margin.achieved == pytest.approx((0.2, 0.2, 0.6))
    assert margin.missing == 100
    assert margin.met
    # Who did not say their age keeps weight 1.
    assert weights_of(shops(missing=100), by_age(0.2, 0.2, 0.6))[-100:] == pytest.approx(np.ones(100))


def test_targets_half_a_point_off_are_met_in_proportion() -> None:
    told = report(shops(), by_age(0.201, 0.2, 0.6))
    assert told.margins[0].achieved == pytest.approx(np.array((0.201, 0.2, 0.6)) / 1.001)


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        ((0.5, 0.5, 0.0), "“55+” (Age) has no target, but 300 people answered so. Give it a share."),
        ((0.2, 0.2, 0.7), "The targets of “Age” add up to 110%, not 100%."),
        ((0.2, 0.2), "The targets were made for other columns."),
        ((0.7, -0.2, 0.5), "The targets of “Age” must be shares from 0% up."),
        ((float("nan"), 0.5, 0.5), "The targets of “Age” must be shares from 0% up."),
    ],
)
def test_what_cannot_be_met_is_refused_by_name(targets: tuple[float, ...], words: str) -> None:
    with pytest.raises(WeightsRefused) as refused:
        weights_of(shops(), by_age(*targets))
    assert str(refused.value.reason).startswith(words)


def test_a_target_without_respondents_is_refused_by_name() -> None:
    with pytest.raises(WeightsRefused) as refused:
        weights_of(shops((500, 500, 0)), by_age(0.4, 0.4, 0.2))
    assert str(refused.value.reason).startswith("“55+” (Age) has a target, but nobody answered so")


def test_columns_that_are_gone_and_no_columns_at_all_are_refused() -> None:
    for weighting in (Weighting(margins=(Margin("gone", (0.5, 0.5)),)), Weighting(), Weighting("gone")):
        with pytest.raises(WeightsRefused):
            weights_of(shops(), weighting)


def test_safe_weights_have_no_cautions() -> None:
    assert cautions(report(shops(), by_age(0.3, 0.4, 0.3))) == ()


def test_small_groups_and_large_weights_are_named() -> None:
    told = [str(each) for each in cautions(report(shops((12, 500, 488)), by_age(0.05, 0.5, 0.45)))]
    assert told[0].startswith("Only 12 people answered “18-34” (Age).")
    assert told[1].startswith("The largest weight is 4.2:")


def test_a_cap_that_binds_is_told_with_what_it_cost() -> None:
    told = report(shops((50, 500, 450)), by_age(0.4, 0.3, 0.3, cap=3))
    assert told.capped
    assert told.largest == pytest.approx(3)
    assert told.margins[0].achieved[0] < 0.4
    assert any("No weight may pass 3" in str(each) for each in cautions(told))


def test_lost_precision_is_told() -> None:
    told = report(shops((30, 500, 470)), by_age(0.6, 0.2, 0.2, cap=0))
    assert told.deff > 2
    assert str(cautions(told)[0]).startswith("The weights cost more than half of the precision: 1,000 answers")


def test_targets_that_contradict_each_other_are_told() -> None:
    dataset = survey(recommend=[9] * 100, segment={"A": ["x"] * 50 + ["y"] * 50, "B": ["p"] * 50 + ["q"] * 50})
    weighting = Weighting(margins=(Margin("a", (0.2, 0.8)), Margin("b", (0.8, 0.2))), cap=0)
    assert any("contradict" in str(each) for each in cautions(report(dataset, weighting)))


def test_the_name_lists_columns() -> None:
    weighting = Weighting(margins=(Margin("age", (0.2, 0.2, 0.6)), Margin("region", (0.5, 0.5))))
    assert str(weighting_name(shops(), weighting)) == "Weighted: Age, Region"


def test_other_targets_are_other_weights() -> None:
    one = by_age(0.2, 0.2, 0.6)
    assert one != replace(one, cap=3.0)
    assert hash(one) == hash(by_age(0.2, 0.2, 0.6))
