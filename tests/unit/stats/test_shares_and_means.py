"""Shares, means and p values of many comparisons: printed examples, edges, and arrays against single calls."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cxdesk.stats.difference import (
    mean_difference,
    mean_difference_each,
    proportion_difference,
    proportion_difference_each,
    share_difference,
    share_difference_each,
)
from cxdesk.stats.mean import Distribution, distribution, distribution_of, mean_interval, mean_interval_each, quantile
from cxdesk.stats.multiple import benjamini_hochberg, bonferroni, holm
from cxdesk.stats.proportion import box_counts, wilson, wilson_each

POINTS = [1, 2, 3, 4, 5]


def test_wilson_of_none_all_and_nobody() -> None:
    assert wilson(0, 10).low == 0
    assert wilson(0, 10).high == pytest.approx(0.2775, abs=5e-5)
    assert wilson(10, 10).high == 1
    assert math.isnan(wilson(0, 0).low)
    ranges = wilson_each([0, 81, 0], [10, 263, 0])
    assert ranges[1] == wilson(81, 263)
    assert math.isnan(ranges[2].high)


def test_boxes_at_the_ends_of_a_scale() -> None:
    counts = np.array([[1, 2, 3, 4, 5], [0, 0, 0, 0, 9]])
    bottom, middle, top = box_counts(counts, 2)
    assert (bottom.tolist(), middle.tolist(), top.tolist()) == ([3, 0], [3, 0], [9, 9])
    with pytest.raises(ValueError, match="fit"):
        box_counts(counts, 3)


def test_a_difference_of_shares_and_its_p_never_disagree_at_the_border() -> None:
    # Whole numbers just to both sides of the border: at each the range excludes zero exactly when p <= 0.05.
    others = np.arange(20, 80)
    found = proportion_difference_each(others, np.full(60, 100), np.full(60, 50), np.full(60, 100))
    excludes = (found.low > 0) | (found.high < 0)
    assert excludes.tolist() == (found.p < 0.05).tolist()
    assert excludes.any()
    assert not excludes.all()
    assert proportion_difference(0, 0, 3, 10).p is None


def test_one_person_in_a_small_group_makes_no_clear_difference() -> None:
    # R: fisher.test(matrix(c(1, 42, 3, 7645), 2))$p.value is 0.02218.
    assert share_difference(1, 43, 3, 7648).p == pytest.approx(0.02218, abs=5e-6)
    assert share_difference(0, 0, 3, 10).p is None
    enough = share_difference(40, 100, 30, 100)
    assert enough == proportion_difference(40, 100, 30, 100)
    weighted = share_difference(1.2, 43.4, 3.1, 7647.8)
    assert weighted.p == pytest.approx(0.02218, abs=5e-6)


def test_rare_answers_are_hardly_ever_called_clear_after_many_comparisons() -> None:
    # 20,000 comparisons without any difference, at the level that 100 comparisons leave for each: 10 are expected.
    rng = np.random.default_rng(5)
    for share in (0.001, 0.01, 0.05, 0.95):
        ours, others = rng.binomial(40, share, 20_000), rng.binomial(7_000, share, 20_000)
        whole = np.full(20_000, 40), np.full(20_000, 7_000)
        assert np.count_nonzero(share_difference_each(ours, whole[0], others, whole[1]).p < 0.0005) <= 20


def test_the_mean_of_one_answer_or_of_equal_answers_has_no_range() -> None:
    assert mean_interval(POINTS, [0, 0, 1, 0, 0]) is None
    assert mean_interval(POINTS, [0, 0, 7, 0, 0]) is None
    assert mean_interval(POINTS, [0, 0, 0, 0, 0]) is None
    assert distribution(POINTS, [0] * 5) == Distribution(0)
    same = distribution(POINTS, [0, 0, 0, 6, 0])
    assert (same.mean, same.sd, same.interval, same.skew) == (4, 0, None, None)
    assert distribution(POINTS, [0, 0, 0, 1, 0]).sd is None


def test_counts_and_values_describe_the_same_answers() -> None:
    counts = [3, 0, 4, 9, 5]
    values = [point for point, count in zip(POINTS, counts, strict=True) for _ in range(count)]
    assert distribution(POINTS, counts) == distribution_of([*values, math.nan])
    found = distribution(POINTS, counts)
    assert found.mean == pytest.approx(np.mean(values))
    assert found.sd == pytest.approx(np.std(values, ddof=1))
    assert found.median == np.median(values)
    assert found.quartiles == pytest.approx(tuple(np.quantile(values, [0.25, 0.75])))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 1 / 3, 0.5, 0.9, 1.0])
def test_quantiles_are_of_type_7(share: float) -> None:
    values = np.array([1, 1, 2, 4, 4, 4, 7, 9])
    points, counts = np.unique(values, return_counts=True)
    assert quantile(points.astype(float), counts.astype(float), share) == pytest.approx(np.quantile(values, share))


def test_welch_against_numeric_integration() -> None:
    a, b = [3, 2, 2, 1, 0], [0, 1, 2, 2, 4]
    found = mean_difference(POINTS, a, b)
    va, vb = np.var([1, 1, 1, 2, 2, 3, 3, 4], ddof=1) / 8, np.var([2, 3, 3, 4, 4, 5, 5, 5, 5], ddof=1) / 9
    assert found.value == pytest.approx(2.125 - 4)
    assert found.low is not None
    assert found.high is not None
    assert (found.low + found.high) / 2 == pytest.approx(found.value)
    t = found.value / math.sqrt(va + vb)
    df = (va + vb) ** 2 / (va**2 / 7 + vb**2 / 8)
    grid = np.concatenate([np.arange(abs(t), 50, 1e-4), np.geomspace(50, 1e6, 200_000)])
    log_density = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(df * math.pi)
    density = np.exp(log_density - (df + 1) / 2 * np.log1p(grid**2 / df))
    assert found.p == pytest.approx(2 * float(np.trapezoid(density, grid)), rel=1e-6)


def test_means_that_do_not_vary_cannot_be_compared() -> None:
    found = mean_difference_each(
        POINTS,
        [[0, 0, 0, 5, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 0], [1, 1, 1, 1, 1], [0, 0, 0, 5, 0]],
        [[0, 5, 0, 0, 0], [9, 9, 9, 9, 9], [9, 9, 9, 9, 9], [9, 9, 9, 9, 8], [1, 2, 3, 4, 5]],
    )
    assert [found[place].p is None for place in range(5)] == [True, True, True, False, False]
    assert found.value[:2].tolist() == [2, 1]
    single = mean_difference(POINTS, [1, 1, 1, 1, 1], [9, 9, 9, 9, 8])
    assert (found.low[3], found.high[3], found.p[3]) == pytest.approx((single.low, single.high, single.p))


def test_mean_ranges_of_many_groups_equal_single_ones() -> None:
    counts = np.array([[3, 0, 4, 9, 5], [0, 0, 0, 7, 0], [0, 0, 0, 0, 0], [300, 20, 1, 0, 900]])
    ranges = mean_interval_each(POINTS, counts)
    for place in (0, 3):
        single = mean_interval(POINTS, counts[place])
        assert single is not None
        assert (ranges.low[place], ranges.high[place]) == pytest.approx((single.low, single.high))
    assert np.isnan(ranges.low).tolist() == [False, True, True, False]


def test_adjusting_leaves_out_what_was_not_compared() -> None:
    p = [0.01, None, 0.04, math.nan, 0.03]
    assert holm(p) == [pytest.approx(0.03), None, pytest.approx(0.06), None, pytest.approx(0.06)]
    assert benjamini_hochberg(p) == [pytest.approx(0.03), None, pytest.approx(0.04), None, pytest.approx(0.04)]
    assert bonferroni(p) == [pytest.approx(0.03), None, pytest.approx(0.12), None, pytest.approx(0.09)]
    assert [adjust([]) for adjust in (holm, benjamini_hochberg, bonferroni)] == [[], [], []]
    assert holm([None, None]) == [None, None]
