"""Differences in NPS that are told: an exact test where an end of the scale is rare, against counting everything."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from cxdesk.stats.difference import net_difference, net_difference_each, nps_difference, nps_difference_each
from cxdesk.stats.exact import net_exact_each
from cxdesk.stats.paired import paired_share_p

People = tuple[int, int, int]


def by_counting(a: People, b: People) -> float:
    """The share of all ways to deal the same people to the two groups with a difference at least as large."""
    n, m = sum(a), sum(b)
    promoters, passives, detractors = (here + there for here, there in zip(a, b, strict=True))

    def apart(net: int) -> Fraction:
        return abs(Fraction(net, n) - Fraction(promoters - detractors - net, m))

    ways = 0
    for p in range(min(promoters, n) + 1):
        for d in range(min(detractors, n - p) + 1):
            if n - p - d <= passives and apart(p - d) >= apart(a[0] - a[2]):
                ways += math.comb(promoters, p) * math.comb(passives, n - p - d) * math.comb(detractors, d)
    return float(Fraction(ways, math.comb(n + m, n)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((24, 2, 4), (900, 80, 20)),
        ((4, 2, 24), (20, 80, 900)),
        ((75, 12, 13), (900, 80, 20)),
        ((30, 0, 0), (40, 9, 3)),
        ((0, 0, 5), (40, 0, 0)),
        ((12, 30, 2), (3, 40, 9)),
        ((60, 40, 10), (3, 3, 9)),
        ((7, 0, 3), (0, 9, 0)),
        ((1, 0, 0), (0, 0, 1)),
    ],
)
def test_the_exact_test_counts_every_way_to_deal_the_people(a: People, b: People) -> None:
    found = net_exact_each(np.array([a, b]).T, np.array([b, a]).T)
    assert found.tolist() == pytest.approx([by_counting(a, b)] * 2, abs=1e-12, rel=1e-9)


def test_random_pairs_agree_with_counting() -> None:
    random = np.random.default_rng(11)
    for _ in range(60):
        a, b = (tuple(random.integers(0, most, 3).tolist()) for most in (14, 40))
        if sum(a) and sum(b):
            found = net_exact_each(np.array([a]).T, np.array([b]).T)[0]
            assert found == pytest.approx(by_counting(a, b), abs=1e-12)


def test_where_nothing_can_differ_nothing_does() -> None:
    assert net_exact_each([[5], [0], [0]], [[9], [0], [0]]).tolist() == [1.0]
    assert net_exact_each([[0], [0], [0]], [[9], [1], [4]]).tolist() == [1.0]
    assert len(net_exact_each(np.zeros((3, 0)), np.zeros((3, 0)))) == 0
    with pytest.raises(ValueError, match="whole people"):
        net_exact_each([[5.5], [0.0], [0.0]], [[9.0], [0.0], [0.0]])


def test_a_million_others_make_no_difference_to_the_work() -> None:
    # Beside so many others, 30 people are as good as drawn one by one: 4 detractors, 26 others of whom one is passive.
    found = net_exact_each([[25], [1], [4]], [[900_000], [80_000], [20_000]])[0]
    nets = sum(
        math.comb(30, p) * math.comb(30 - p, d) * 0.9**p * 0.08 ** (30 - p - d) * 0.02**d
        for p in range(31)
        for d in range(31 - p)
        if abs(p - d - 26.4) >= 5.4 - 1e-9
    )
    assert found == pytest.approx(nets, rel=1e-3)


def test_four_detractors_of_thirty_are_no_proof() -> None:
    a, b = (23, 3, 4), (90_000, 8_000, 2_000)
    plain, told = nps_difference(a, b), net_difference(a, b)
    assert plain.p is not None
    assert told.p is not None
    assert told.p == pytest.approx(float(net_exact_each(np.array([a]).T, np.array([b]).T)[0]))
    assert told.p > 4 * plain.p
    assert (told.value, told.low, told.high) == (plain.value, plain.low, plain.high)


def test_where_both_ends_are_common_nothing_changes() -> None:
    a, b = (150, 90, 60), (1_100, 700, 600)
    assert net_difference(a, b) == nps_difference(a, b)
    assert net_difference((0, 0, 0), b).p is None
    weighted = net_difference((22.8, 3.3, 4.1), (90_000.2, 8_000.4, 1_999.9))
    assert weighted.p == pytest.approx(net_difference((23, 3, 4), (90_000, 8_000, 2_000)).p, rel=1e-6)


def test_the_p_that_is_told_is_never_smaller_and_arrays_equal_single_calls() -> None:
    random = np.random.default_rng(2)
    a, b = random.multinomial(40, (0.8, 0.15, 0.05), 200).T, random.multinomial(4_000, (0.9, 0.08, 0.02), 200).T
    plain, told = nps_difference_each(a, b), net_difference_each(a, b)
    assert (told.p >= plain.p).all()
    assert (told.p > plain.p).any()
    for place in (0, 50, 199):
        single = net_difference(tuple(a[:, place].tolist()), tuple(b[:, place].tolist()))
        assert told[place].p == pytest.approx(single.p, rel=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "p"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 2 / 32), (10, 0, 2 / 1024), (7, 7, 1.0), (1, 8, 20 / 512)],
)
def test_the_same_people_are_compared_by_those_who_said_just_one_thing(first: int, second: int, p: float) -> None:
    assert paired_share_p(first, second) == pytest.approx(p)
    assert paired_share_p(second, first) == pytest.approx(p)


def test_many_people_are_compared_as_exactly_as_few() -> None:
    tail = sum(math.comb(2_000, k) for k in range(951))
    assert paired_share_p(1_050, 950) == pytest.approx(float(Fraction(2 * tail, 2**2_000)), rel=1e-9)
    assert 0 <= paired_share_p(600_000, 400_000) < 1e-300
