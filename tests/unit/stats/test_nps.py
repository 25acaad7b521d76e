"""NPS, its ranges and sample sizes: METHODS' published figures, the edges, and exact coverage."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from cxdesk.stats.difference import nps_any_difference, nps_difference, nps_difference_each
from cxdesk.stats.nps import (
    answers_for_range,
    answers_to_detect,
    bonett_price,
    bonett_price_each,
    newcombe_wilson,
    nps_error,
    nps_score,
    nps_score_each,
    nps_variance,
    required_answers,
    rocks,
    tango,
    wald,
)

METHODS = (bonett_price, tango, newcombe_wilson, rocks, wald)


def every_sample(n: int) -> np.ndarray:
    """[3, samples]: promoters, passives and detractors of every possible sample of n."""
    return np.array([(p, n - p - d, d) for p, d in product(range(n + 1), repeat=2) if p + d <= n]).T


def chances(samples: np.ndarray, population: tuple[float, float, float]) -> np.ndarray:
    n = int(samples[:, 0].sum())
    logs = [math.lgamma(n + 1) - sum(math.lgamma(k + 1) for k in sample) for sample in samples.T.tolist()]
    return np.asarray(np.exp(np.array(logs) + samples.T @ np.log(population)))


def test_the_score_is_computed_from_counts_not_from_rounded_shares() -> None:
    assert nps_score(120, 45, 30) == pytest.approx(46.153846153846, rel=1e-12)


@pytest.mark.parametrize(
    ("people", "low", "high"),
    [((10, 0, 0), 52, 100), ((0, 4, 0), -46, 46), ((1, 0, 0), -73, 100), ((50, 30, 20), 14, 45)],
)
def test_the_usual_range_at_its_edges(people: tuple[int, int, int], low: int, high: int) -> None:
    found = bonett_price(*people)
    assert (round(found.low), round(found.high)) == (low, high)


@pytest.mark.parametrize("method", METHODS)
def test_without_answers_there_is_no_range_and_no_score(method) -> None:  # type: ignore[no-untyped-def]
    assert math.isnan(method(0, 0, 0).low)
    assert math.isnan(method(0, 0, 0).high)
    assert math.isnan(nps_score(0, 0, 0))
    assert math.isnan(nps_variance(0, 0, 0))
    assert math.isnan(nps_error(0, 0, 0))


@pytest.mark.parametrize(
    ("n", "population", "usual", "textbook"),
    [
        (10, (0.85, 0.10, 0.05), 99, 80),
        (30, (0.85, 0.10, 0.05), 98, 90),
        (30, (0.96, 0.03, 0.01), 99, 71),
        (30, (0.03, 0.09, 0.88), 99, 91),
    ],
)
def test_the_usual_range_keeps_its_promise_where_the_textbook_does_not(
    n: int, population: tuple[float, float, float], usual: int, textbook: int
) -> None:
    samples = every_sample(n)
    chance = chances(samples, population)
    truth = 100 * (population[0] - population[2])
    ours = bonett_price_each(*samples)
    plain = [wald(*sample) for sample in samples.T.tolist()]
    covered = (ours.low <= truth) & (truth <= ours.high)
    covered_plainly = np.array([found.low <= truth <= found.high for found in plain])
    assert round(100 * float(chance[covered].sum())) == usual
    assert round(100 * float(chance[covered_plainly].sum())) <= textbook


@pytest.mark.parametrize(("sizes", "worst"), [((20, 20), 0.056), ((10, 40), 0.077)])
def test_equal_groups_are_seldom_called_different(sizes: tuple[int, int], worst: float) -> None:
    first, second = every_sample(sizes[0]), every_sample(sizes[1])
    for population in ((0.5, 0.3, 0.2), (0.85, 0.10, 0.05)):
        joint = np.outer(chances(first, population), chances(second, population))
        likely = np.argwhere(joint > 1e-7).T
        found = nps_difference_each(first[:, likely[0]], second[:, likely[1]])
        alarms = float(joint[likely[0], likely[1]][found.p <= 0.05].sum())
        assert alarms <= worst


def test_a_difference_without_answers_or_without_a_gap() -> None:
    nobody = nps_difference((0, 0, 0), (5, 5, 5))
    assert (nobody.low, nobody.high, nobody.p) == (None, None, None)
    assert math.isnan(nobody.value)
    same = nps_difference((40, 30, 30), (4, 3, 3))
    assert (same.value, same.p) == (0, 1)
    apart = nps_difference((5000, 0, 0), (0, 0, 5000))
    assert apart.value == 200
    assert apart.p == pytest.approx(0, abs=1e-300)
    assert apart.high is not None
    assert apart.high <= 200


def test_many_differences_equal_single_ones() -> None:
    first = np.array([[40, 0, 12, 900], [30, 0, 3, 5], [10, 0, 9, 2]])
    second = np.array([[10, 10, 0, 800], [30, 20, 40, 90], [20, 5, 0, 20]])
    found = nps_difference_each(first, second)
    for place in (0, 2, 3):
        single = nps_difference(tuple(first[:, place].tolist()), tuple(second[:, place].tolist()))
        got = found[place]
        assert (got.low, got.high, got.p) == pytest.approx((single.low, single.high, single.p), rel=1e-12)


def test_a_pair_without_answers_leaves_the_others_alone() -> None:
    found = nps_difference_each([[40, 0], [30, 0], [10, 0]], [[10, 10], [30, 20], [20, 5]])
    assert found[1].p is None
    assert repr(found[0]) == repr(nps_difference((40, 30, 10), (10, 30, 20)))


def test_groups_without_answers_do_not_count_in_the_overall_test() -> None:
    found = nps_any_difference([50, 35, 0], [30, 35, 0], [20, 30, 0])
    assert (found.df, found.p) == (1, nps_any_difference([50, 35], [30, 35], [20, 30]).p)
    assert nps_any_difference([5], [5], [5]).p is None
    assert nps_any_difference([5, 9], [0, 0], [0, 0]).p is None
    assert nps_any_difference([], [], []).p is None


def test_scores_and_ranges_of_many_groups() -> None:
    assert nps_score_each([3, 0], [1, 0], [0, 0]).tolist() == pytest.approx([75, math.nan], nan_ok=True)
    ranges = bonett_price_each([10, 0], [0, 4], [0, 0])
    assert ranges[0] == bonett_price(10, 0, 0)
    assert ranges[1] == bonett_price(0, 4, 0)


@pytest.mark.parametrize(("half_width", "variance", "n"), [(5, 0.61, 938), (10, 0.61, 235), (5, 1, 1537), (10, 1, 385)])
def test_answers_for_a_range(half_width: float, variance: float, n: int) -> None:
    assert answers_for_range(half_width, variance) == n


@pytest.mark.parametrize(("change", "n"), [(5, 3831), (10, 958), (20, 240)])
def test_answers_to_detect_a_change(change: float, n: int) -> None:
    assert answers_to_detect(change, 0.61) == n


def test_a_small_survey_is_planned_for_the_worst_case() -> None:
    assert required_answers(10, 0.95, 25, 15, 9) == 385
    assert required_answers(10, 0.95, 50, 30, 20) == 235
    assert required_answers(10, 0.95, 80, 0, 0) == 1
