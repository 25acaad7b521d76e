"""What must hold for any answers: bounds, symmetry, order, and ranges that agree with their p values."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.stats.difference import mean_difference, nps_difference, proportion_difference
from cxdesk.stats.mean import distribution, distribution_of
from cxdesk.stats.multiple import benjamini_hochberg, bonferroni, holm
from cxdesk.stats.nps import bonett_price, newcombe_wilson, nps_score, rocks, tango, wald
from cxdesk.stats.proportion import wilson

quick = settings(max_examples=60, deadline=None)
people = st.tuples(*[st.integers(0, 400)] * 3).filter(any)
confidences = st.sampled_from([0.8, 0.9, 0.95, 0.99])
scale_counts = st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(any)
p_values = st.lists(st.none() | st.floats(0, 1), max_size=30)
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
