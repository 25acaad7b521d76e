"""What must hold for any answers: bounds, symmetry, order, and ranges that agree with their p values."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.stats.change import nps_mix_and_rate
from cxdesk.stats.columns import column_pairs
from cxdesk.stats.crosstab import association, rao_scott
from cxdesk.stats.difference import mean_difference, nps_difference, proportion_difference
from cxdesk.stats.effective import effective_each
from cxdesk.stats.exact import fisher
from cxdesk.stats.importance import correlations, relative_weights, shapley_weights
from cxdesk.stats.mean import distribution, distribution_of
from cxdesk.stats.multiple import benjamini_hochberg, bonferroni, holm
from cxdesk.stats.nps import bonett_price, newcombe_wilson, nps_score, rocks, tango, wald
from cxdesk.stats.paired import nps_paired
from cxdesk.stats.proportion import wilson
from cxdesk.stats.weighting import Margin, rake

quick = settings(max_examples=60, deadline=None)
people = st.tuples(*[st.integers(0, 400)] * 3).filter(any)
confidences = st.sampled_from([0.8, 0.9, 0.95, 0.99])
scale_counts = st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(any)
p_values = st.lists(st.none() | st.floats(0, 1), max_size=30)
tables = st.integers(2, 4).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 40), min_size=columns, max_size=columns), min_size=2, max_size=4)
)
seeds = st.integers(0, 2**32 - 1)
POINTS = [1, 2, 3, 4, 5]


@quick
@given(people, confidences)
def test_nps_lies_within_its_bounds_and_its_ranges(group: tuple[int, int, int], confidence: float) -> None:
    score = nps_score(*group)
    assert -100 <= score <= 100
    for method in (bonett_price, tango, newcombe_wilson):
        found = method(*group, confidence)
        assert -100 <= found.low <= score + 1e-9
        assert score - 1e-9 <= found.high <= 100
    assert wald(*group, confidence).low <= score + 1e-9
    # The range of Rocks is centred on a score pulled towards 0, so it is only bound to be in order.
    assert rocks(*group, confidence).low < rocks(*group, confidence).high


@quick
@given(people)
def test_ranges_widen_with_confidence(group: tuple[int, int, int]) -> None:
    for method in (bonett_price, tango, newcombe_wilson, rocks, wald):
        ranges = [method(*group, confidence) for confidence in (0.8, 0.9, 0.95, 0.99)]
        for narrow, wide in pairwise(ranges):
            assert wide.low <= narrow.low + 1e-9
            assert wide.high >= narrow.high - 1e-9


@quick
@given(people, confidences)
def test_swapping_promoters_and_detractors_mirrors_the_range(group: tuple[int, int, int], confidence: float) -> None:
    for method in (bonett_price, tango, newcombe_wilson, rocks, wald):
        one, other = method(*group, confidence), method(*group[::-1], confidence)
        assert (one.low, one.high) == pytest.approx((-other.high, -other.low), abs=1e-7)


@quick
@given(people, people, confidences)
def test_swapping_groups_negates_the_difference(
    a: tuple[int, int, int], b: tuple[int, int, int], confidence: float
) -> None:
    one, other = nps_difference(a, b, confidence), nps_difference(b, a, confidence)
    assert one.value == pytest.approx(-other.value, abs=1e-9)
    assert one.low is not None
    assert other.high is not None
    assert one.low == pytest.approx(-other.high, abs=1e-9)
    assert one.p == pytest.approx(other.p, abs=1e-9)


@quick
@given(people, people, confidences)
def test_a_range_excludes_zero_exactly_when_p_says_so(
    a: tuple[int, int, int], b: tuple[int, int, int], confidence: float
) -> None:
    for found in (
        nps_difference(a, b, confidence),
        proportion_difference(a[0], sum(a), b[0], sum(b), confidence),
        mean_difference([1, 0, -1], a, b, confidence),
    ):
        if found.p is None or found.low is None or found.high is None:
            continue
        assert 0 <= found.p <= 1
        assert found.low <= found.value + 1e-9
        assert found.value <= found.high + 1e-9
        nearest = min(abs(found.low), abs(found.high))
        if nearest > 1e-7:
            assert (found.low > 0 or found.high < 0) == (found.p < 1 - confidence)


@quick
@given(st.integers(0, 300), st.integers(0, 300), confidences)
def test_shares_lie_in_their_range_and_add_up_to_one(part: int, rest: int, confidence: float) -> None:
    if part + rest == 0:
        assert math.isnan(wilson(part, 0, confidence).low)
        return
    here, there = wilson(part, part + rest, confidence), wilson(rest, part + rest, confidence)
    assert 0 <= here.low <= part / (part + rest) <= here.high <= 1
    assert here.low + there.high == pytest.approx(1)


@quick
@given(scale_counts, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(counts: list[int], random) -> None:  # type: ignore[no-untyped-def]
    values = [point for point, count in zip(POINTS, counts, strict=True) for _ in range(count)]
    random.shuffle(values)
    assert distribution_of(values) == distribution(POINTS, counts)


@quick
@given(scale_counts)
def test_another_unit_moves_the_figures_with_it(counts: list[int]) -> None:
    here = distribution(POINTS, counts)
    there = distribution([10 * point + 3 for point in POINTS], counts)
    assert here.mean is not None
    assert there.mean == pytest.approx(10 * here.mean + 3)
    assert (there.interval is None) == (here.interval is None)
    if here.interval is not None and there.interval is not None:
        assert there.interval.low == pytest.approx(10 * here.interval.low + 3)
        assert there.skew == pytest.approx(here.skew, abs=1e-7)
        assert there.kurtosis == pytest.approx(here.kurtosis, abs=1e-6)
        assert here.interval.low <= here.mean <= here.interval.high


@quick
@given(p_values)
def test_adjusting_only_raises_and_keeps_the_order(p: list[float | None]) -> None:
    known = [place for place, value in enumerate(p) if value is not None]
    order = sorted(known, key=lambda place: p[place] or 0.0)
    for adjust in (holm, benjamini_hochberg, bonferroni):
        found = adjust(p)
        assert [value is None for value in found] == [value is None for value in p]
        raised = np.array([found[place] for place in order], dtype=float)
        raw = np.array([p[place] for place in order], dtype=float)
        assert (raised >= raw - 1e-15).all()
        assert (np.diff(raised) >= -1e-15).all()
        assert (raised <= 1).all()
    for place in known:
        rungs = [adjust(p)[place] or 0.0 for adjust in (benjamini_hochberg, holm, bonferroni)]
        assert rungs == sorted(rungs) or rungs == pytest.approx(sorted(rungs))


@quick
@given(tables)
def test_turning_a_table_changes_no_test(table: list[list[int]]) -> None:
    here, there = association(table), association(np.transpose(table))
    assert (here.df, here.p is None) == (there.df, there.p is None)
    assert here.statistic == pytest.approx(there.statistic)
    assert here.residuals == pytest.approx(there.residuals.T, nan_ok=True)
    if here.strength is not None:
        assert 0 <= here.strength <= 1 + 1e-9
    one, other = (rao_scott(part, part, part) for part in (np.array(table), np.transpose(table)))
    assert (one.p is None) == (other.p is None)
    if one.p is not None:
        assert one.p == pytest.approx(other.p, abs=1e-9)


@quick
@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=3))
def test_the_exact_test_is_a_chance_and_does_not_depend_on_order(table: list[list[int]]) -> None:
    p = fisher(table)
    assert p is not None
    assert 0 < p <= 1
    assert fisher([row[::-1] for row in table[::-1]]) == pytest.approx(p)
    assert fisher(np.transpose(table)) == pytest.approx(p)


@quick
@given(tables)
def test_no_two_columns_are_higher_than_each_other(table: list[list[int]]) -> None:
    found = column_pairs(table)
    for p in (found.p, found.adjusted("holm"), found.adjusted_as_spss()):
        higher = found.higher(p)
        assert not (higher & higher.transpose(0, 2, 1)).any()
    assert (found.higher(found.adjusted("holm")) <= found.higher(found.p)).all()


@quick
@given(st.lists(people, min_size=1, max_size=6), st.data())
def test_mix_and_rate_are_the_whole_change(before: list[tuple[int, int, int]], data: st.DataObject) -> None:
    segment = st.tuples(*[st.integers(0, 400)] * 3)
    after = data.draw(st.lists(segment, min_size=len(before), max_size=len(before)).filter(lambda s: any(map(any, s))))
    parts = nps_mix_and_rate(np.transpose(before), np.transpose(after))
    whole = nps_score(*np.sum(after, axis=0).tolist()) - nps_score(*np.sum(before, axis=0).tolist())
    assert parts.mix_total + parts.rate_total == pytest.approx(whole, abs=1e-9)
    assert parts.mix_plain.sum() == pytest.approx(parts.mix_total, abs=1e-9)
    swapped = nps_mix_and_rate(np.transpose(after), np.transpose(before))
    assert swapped.rate == pytest.approx(-parts.rate, abs=1e-9)


@quick
@given(seeds, st.integers(1, 6))
def test_relative_weights_are_shares_of_what_is_explained(seed: int, drivers: int) -> None:
    random = np.random.default_rng(seed)
    ratings = random.integers(1, 6, (60, drivers)) + random.integers(0, 3, (60, 1))
    outcome = ratings.sum(axis=1) + random.integers(0, 9, 60)
    found = correlations(outcome, ratings)
    if found is None:
        return
    weights, shapley = relative_weights(found.matrix), shapley_weights(found.matrix)
    assert shapley is not None
    assert (weights >= -1e-12).all()
    assert weights.sum() <= 1 + 1e-9
    assert weights.sum() == pytest.approx(shapley.sum())
    order = random.permutation(len(weights))
    turned = found.matrix[np.ix_([0, *(order + 1)], [0, *(order + 1)])]
    assert relative_weights(turned) == pytest.approx(weights[order])
    assert relative_weights(np.stack([found.matrix, turned]))[1] == pytest.approx(weights[order])


@quick
@given(seeds, st.sampled_from([None, 2.0, 5.0]))
def test_raked_weights_are_positive_and_one_on_average(seed: int, cap: float | None) -> None:
    random = np.random.default_rng(seed)
    first, second = random.integers(0, 3, 120), random.integers(0, 2, 120)
    wanted = random.dirichlet([5, 5, 5])
    if set(first.tolist()) != {0, 1, 2} or set(second.tolist()) != {0, 1}:
        return
    found = rake([Margin(first, wanted.tolist()), Margin(second, (0.5, 0.5))], random.uniform(0.5, 2, 120), cap)
    assert (found.weights > 0).all()
    assert found.weights.mean() == pytest.approx(1)
    if cap is not None:
        assert found.weights.max() <= cap * (1 + 1e-9)
    if found.settled and not found.capped:
        assert found.achieved[0] == pytest.approx(wanted, abs=1e-6)


@quick
@given(seeds, st.integers(1, 40))
def test_weighted_people_are_worth_no_more_than_they_are(seed: int, n: int) -> None:
    random = np.random.default_rng(seed)
    third, weight = random.integers(0, 3, n), random.lognormal(0, 1, n)
    counted, total, square = (np.bincount(third, part, 3)[None, :] for part in (weight**0, weight, weight**2))
    base = effective_each(counted, total, square, [-1, 0, 1])[0]
    assert 0 < base <= n
    assert effective_each(counted, 7 * total, 49 * square, [-1, 0, 1])[0] == pytest.approx(base)


@quick
@given(st.lists(st.integers(0, 50), min_size=9, max_size=9), confidences)
def test_the_paired_range_excludes_zero_exactly_when_p_says_so(cells: list[int], confidence: float) -> None:
    found = nps_paired(np.reshape(cells, (3, 3)), confidence)
    if found.p is None or found.low is None or found.high is None:
        assert not any(cells)
        return
    assert found.low <= found.value <= found.high
    if min(abs(found.low), abs(found.high)) > 1e-9:
        assert (found.low > 0 or found.high < 0) == (found.p < 1 - confidence)
