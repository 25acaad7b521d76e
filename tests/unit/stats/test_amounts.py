"""Means and medians of amounts: against hand calculation, against numpy, and by how often their ranges hold."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cxdesk.stats.amounts import Amounts, mean_gap, mean_range, median_difference, median_interval
from cxdesk.stats.difference import mean_difference
from cxdesk.stats.effective import effective_each
from cxdesk.stats.mean import mean_interval

WAITED = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0, 8.0]


def test_quantiles_are_those_of_type_seven() -> None:
    found = Amounts.of([*WAITED, math.nan])
    assert found.n == 12
    for share in (0.1, 0.25, 0.5, 0.9):
        assert found.quantile(share) == pytest.approx(np.quantile(WAITED, share))
        assert Amounts.of(WAITED, np.full(12, 2.5)).quantile(share) == pytest.approx(np.quantile(WAITED, share))


def test_weights_move_the_median_towards_who_counts_more() -> None:
    light, heavy = Amounts.of([1, 2, 3, 4, 50], [1, 1, 1, 1, 1]), Amounts.of([1, 2, 3, 4, 50], [1, 1, 1, 1, 40])
    assert light.quantile(0.5) == 3
    assert heavy.quantile(0.5) > 40
    assert heavy.above(4) == pytest.approx(40 / 44)
    assert light.above(4) == pytest.approx(1 / 5)


def test_the_range_of_a_median_lies_at_the_places_of_the_sign_test() -> None:
    """Tables of the sign test: 20 people, places 6 and 15; 100 people, places 40 and 61."""
    for people, low, high in ((10, 2, 9), (20, 6, 15), (50, 18, 33), (100, 40, 61)):
        found = median_interval(Amounts.of(np.arange(1, people + 1)))
        assert found is not None
        assert (found.low, found.high) == (low, high)
    assert median_interval(Amounts.of([1, 2, 3])) is None


def test_means_agree_with_those_of_counted_scores() -> None:
    values, counts = np.unique(WAITED, return_counts=True)
    mine, known = mean_range(Amounts.of(WAITED)), mean_interval(values, counts)
    assert mine is not None
    assert known is not None
    assert [mine.low, mine.high] == pytest.approx([known.low, known.high])
    other = [value + 1.5 for value in WAITED[:8]]
    points = np.unique([*WAITED, *other])
    a, b = ([np.count_nonzero(np.array(part) == point) for point in points] for part in (WAITED, other))
    mine_gap, known_gap = mean_gap(Amounts.of(WAITED), Amounts.of(other)), mean_difference(points, a, b)
    assert mine_gap.value == pytest.approx(known_gap.value)
    assert mine_gap.p == pytest.approx(known_gap.p)
    assert mine_gap.low == pytest.approx(known_gap.low)


def test_equal_weights_change_nothing() -> None:
    plain, weighted = Amounts.of(WAITED), Amounts.of(WAITED, np.full(12, 3.0))
    assert weighted.effective() == pytest.approx(12)
    assert weighted.mean == pytest.approx(plain.mean)
    assert weighted.variance == pytest.approx(np.var(WAITED, ddof=1))
    assert median_interval(weighted) == median_interval(plain)
    other = Amounts.of([value * 2 for value in WAITED])
    assert median_difference(weighted, other).p == pytest.approx(median_difference(plain, other).p)


def test_unequal_weights_are_worth_fewer_people() -> None:
    weights = np.where(np.arange(12) < 3, 10.0, 1.0)
    assert Amounts.of(WAITED, weights).effective() < 12


def test_weighted_figures_are_those_of_the_written_out_formulas() -> None:
    random = np.random.default_rng(8)
    values, weights = random.lognormal(0, 1, 200), random.uniform(0.2, 5, 200)
    found, order = Amounts.of(values, weights), np.argsort(values)
    kish = weights.sum() ** 2 / (weights**2).sum()
    reached = np.append(0.0, np.cumsum(weights[order])) / weights.sum()
    for share in (0.02, 0.5, 0.9, 1.0):
        parts = np.diff(np.clip(kish * reached - share * (kish - 1), 0.0, 1.0))
        assert found.quantile(share) == pytest.approx(parts @ values[order])
    for told, effective in ((values, found.effective()), ((values > 1.3).astype(float), found.effective_share(1.3))):
        count = np.ones(200)
        base = effective_each(count[None], weights[None], weights[None] ** 2, told)
        assert effective == pytest.approx(base[0])


def test_nothing_varies_means_no_range_and_no_p() -> None:
    same = Amounts.of([4.0] * 30)
    assert mean_range(same) is None
    assert mean_gap(same, same).p is None
    assert median_difference(same, same).p is None
    nobody = Amounts.of([math.nan])
    assert (nobody.n, nobody.effective()) == (0, 0)
    assert math.isnan(nobody.mean)
    assert math.isnan(nobody.quantile(0.5))


def test_the_heaviest_hundredth_is_at_least_one_person() -> None:
    many, part = Amounts.of([1.0] * 99 + [901.0]).heaviest(0.01)
    assert many == 1
    assert part == pytest.approx(0.901)


@pytest.mark.parametrize("people", [30, 120])
def test_ranges_of_medians_hold_and_false_alarms_are_few(people: int) -> None:
    """Skewed times as service desks have them: lognormal. 600 draws, so three standard errors are 2.7 points."""
    random = np.random.default_rng(3)
    held = alarms = 0
    for _ in range(600):
        a, b = (Amounts.of(random.lognormal(1, 1.2, people)) for _ in range(2))
        found = median_interval(a)
        assert found is not None
        held += found.low <= math.e <= found.high
        p = median_difference(a, b).p
        assert p is not None
        alarms += p <= 0.05
    assert held / 600 >= 0.925
    assert alarms / 600 <= 0.077
