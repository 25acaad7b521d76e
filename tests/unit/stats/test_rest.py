"""Everybody but one group, told from everybody and the group: the figures of the amounts that are left, copied out."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from cxdesk.stats.amounts import Amounts, mean_gap, median_difference
from cxdesk.stats.rest import Rest, Sums

SHARES = (0.0, 0.1, 0.25, 0.5, 0.9, 1.0)


def close(value: float) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def parted(seed: int, *, weighted: bool, size: int = 400) -> tuple[Amounts, np.ndarray]:
    """Skewed amounts with many ties, and the group of each: two are small, one holds a huge amount."""
    random = np.random.default_rng(seed)
    values = np.rint(np.exp(random.normal(3, 1.5, size))).astype(np.float64)
    codes = random.choice(5, size, p=(0.6, 0.3, 0.06, 0.03, 0.01))
    values[np.flatnonzero(codes == 1)[0]] = 1e9
    weights = np.exp(random.normal(0, 0.7, size)) if weighted else None
    order = np.argsort(values, kind="stable")
    return Amounts(values[order], None if weights is None else weights[order]), codes[order]


def rest_of(whole: Amounts, codes: np.ndarray, code: int, centre: float) -> Rest:
    sums = Sums.of(np.zeros(0), whole.weights if whole.weights is None else np.zeros(0), centre)
    for other in set(codes.tolist()) - {code}:
        part = whole.part(codes == other)
        sums += Sums.of(part.values, part.weights, centre)
    return Rest(whole, whole.part(codes == code), np.flatnonzero(codes == code), sums, centre)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_the_rest_is_worth_what_its_amounts_are(seed: int, *, weighted: bool) -> None:
    whole, codes = parted(seed, weighted=weighted)
    for code in sorted(set(codes.tolist())):
        rest, known = rest_of(whole, codes, code, whole.quantile(0.5)), whole.part(codes != code)
        here = whole.part(codes == code)
        assert rest.n == known.n
        assert rest.total == close(known.total)
        assert rest.mean == close(known.mean)
        assert rest.variance == close(known.variance)
        assert rest.effective() == close(known.effective())
        for limit in (0.0, 5.0, 20.0, 33.3, 1e10):
            assert rest.above(limit) == close(known.above(limit))
            assert rest.effective_share(limit) == close(known.effective_share(limit))
        for share in SHARES:
            assert rest.quantile(share) == close(known.quantile(share))
            place = 1 + share * (known.n - 1)
            assert rest.at(place, known.n) == known.at(place, known.n)
        for found, wanted in (
            (median_difference(here, rest), median_difference(here, known)),
            (mean_gap(here, rest), mean_gap(here, known)),
        ):
            assert found.value == close(wanted.value)
            assert (found.p is None) == (wanted.p is None)
            if found.p is not None and wanted.p is not None:
                assert found.p == close(wanted.p)


@pytest.mark.parametrize("weighted", [False, True])
def test_equal_amounts_have_no_spread(*, weighted: bool) -> None:
    weights = np.linspace(0.3, 2.0, 60) if weighted else None
    whole = Amounts(np.repeat([1.1, 7.3], 30), weights)
    codes = np.repeat([0, 1], 30)
    rest, known = rest_of(whole, codes, 0, 1.1), whole.part(codes == 1)
    assert rest.variance == 0
    assert rest.mean == pytest.approx(7.3)
    assert rest.effective() == pytest.approx(known.effective())


def test_nobody_is_left_of_a_group_that_is_everybody() -> None:
    whole = Amounts(np.arange(5.0))
    rest = rest_of(whole, np.zeros(5, dtype=int), 0, 2.0)
    assert rest.n == 0
    assert all(map(math.isnan, (rest.mean, rest.variance, rest.quantile(0.5), rest.above(1.0))))
    assert rest.effective() == 0


def test_where_everybody_is_within_the_limit_nothing_but_the_weights_costs_precision() -> None:
    random = np.random.default_rng(1)
    for seed in range(50):
        weights = np.random.default_rng(seed).random(200) + 0.01
        amounts = Amounts(np.sort(random.random(200)), weights)
        assert amounts.above(2.0) == 0
        assert amounts.above(-1.0) == 1
        for limit in (2.0, -1.0):
            assert amounts.effective_share(limit) == pytest.approx(amounts.kish)
