"""The normal, t and chi-square curves against closed forms and printed tables."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from cxdesk.stats.chi_square import chi_square_tail
from cxdesk.stats.normal import critical, two_sided, two_sided_each
from cxdesk.stats.student import t_critical, t_two_sided

T = np.array([1e-6, 0.1, 0.5, 1.0, 1.8, 2.5, 4.0, 12.0, 300.0])
CLOSED_FORMS: dict[int, Callable[[float], float]] = {
    1: lambda t: 2 / math.pi * math.atan(1 / t),
    2: lambda t: 1 - t / math.sqrt(2 + t * t),
    3: lambda t: 2 / math.pi * (math.atan(math.sqrt(3) / t) - math.sqrt(3) * t / (3 + t * t)),
    4: lambda t: 1 - t * (t * t + 6) / (t * t + 4) ** 1.5,
}


@pytest.mark.parametrize(
    ("confidence", "z"), [(0.8, 1.2815515655446004), (0.95, 1.959963984540054), (0.99, 2.5758293035489004)]
)
def test_normal_quantiles(confidence: float, z: float) -> None:
    assert critical(confidence) == pytest.approx(z, rel=1e-14)
    assert two_sided(-z) == pytest.approx(1 - confidence, rel=1e-13)
    assert two_sided_each(np.array([z, math.nan])).tolist() == pytest.approx([1 - confidence, math.nan], nan_ok=True)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 1.5, -0.1])
def test_a_confidence_outside_0_to_1_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        critical(confidence)


@pytest.mark.parametrize("df", CLOSED_FORMS)
def test_t_tails_equal_their_closed_forms(df: int) -> None:
    # The closed forms lose digits to cancellation far out; they are good to 1e-12 in absolute terms.
    expected = [CLOSED_FORMS[df](t) for t in T.tolist()]
    assert t_two_sided(-T, np.full(len(T), df)).tolist() == pytest.approx(expected, rel=1e-9, abs=1e-13)


@pytest.mark.parametrize(
    ("confidence", "df", "t"),
    [
        (0.95, 1, 12.706204736174698),
        (0.95, 10, 2.2281388519649385),
        (0.95, 29, 2.045229642132703),
        (0.95, 120, 1.9799304050824402),
        (0.99, 5, 4.032142983557536),
        (0.99, 1, 63.65674116287399),
        (0.90, 1000, 1.6463788172854639),
        (0.95, 1e12, 1.959963984540054),
    ],
)
def test_t_quantiles_equal_printed_tables(confidence: float, df: float, t: float) -> None:
    assert t_critical(confidence, np.array([df]))[0] == pytest.approx(t, rel=2e-11)


def test_t_quantile_and_tail_are_inverse_over_all_sizes() -> None:
    df = np.array([1.0, 1.3, 2, 3.7, 12, 55.5, 150, 199.9, 200, 640, 9_000, 4e5, 2e7, 3e9, 1e12])
    for confidence in (0.8, 0.9, 0.95, 0.99):
        tails = t_two_sided(t_critical(confidence, df), df)
        assert tails.tolist() == pytest.approx([1 - confidence] * len(df), rel=1e-9)


def test_t_is_unknown_where_the_degrees_of_freedom_are() -> None:
    assert np.isnan(t_critical(0.95, np.array([math.nan, 5.0]))).tolist() == [True, False]
    assert np.isnan(t_two_sided(np.array([1.0, math.nan, 1.0]), np.array([math.nan, 5.0, 5.0]))).tolist() == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("x", [1e-8, 0.3, 1.0, 3.0, 7.9, 25.0, 300.0])
def test_chi_square_tails_equal_their_closed_forms(x: float) -> None:
    one = math.erfc(math.sqrt(x / 2))
    assert chi_square_tail(x, 1) == pytest.approx(one, rel=1e-12)
    assert chi_square_tail(x, 2) == pytest.approx(math.exp(-x / 2), rel=1e-12)
    assert chi_square_tail(x, 3) == pytest.approx(one + math.sqrt(2 * x / math.pi) * math.exp(-x / 2), rel=1e-12)
    assert chi_square_tail(x, 4) == pytest.approx(math.exp(-x / 2) * (1 + x / 2), rel=1e-12)


def test_chi_square_tail_in_printed_tables_and_at_its_ends() -> None:
    assert chi_square_tail(7.814727903251179, 3) == pytest.approx(0.05, rel=1e-12)
    assert chi_square_tail(341.395, 299) == pytest.approx(0.0461, abs=5e-4)
    assert chi_square_tail(0, 5) == 1
    with pytest.raises(ValueError, match="degree of freedom"):
        chi_square_tail(1, 0)
