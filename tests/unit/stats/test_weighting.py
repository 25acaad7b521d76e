"""Effective bases, and weights that meet targets: equal weights change nothing, caps hold, mistakes are refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cxdesk.stats.effective import (
    effective_counts,
    effective_each,
    kish_each,
    taylor_each,
    taylor_error_each,
    weighted_mean_each,
    weighted_sd_each,
)
from cxdesk.stats.weighting import Margin, rake

NET = [-1, 0, 1]
PEOPLE = np.array([[20.0, 30.0, 50.0], [0.0, 0.0, 7.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])


def test_equal_weights_are_worth_everybody() -> None:
    weight, square = 2.5 * PEOPLE, 6.25 * PEOPLE
    assert kish_each(weight, square).tolist() == pytest.approx([100, 7, 1, 0])
    assert effective_each(PEOPLE, weight, square, NET).tolist() == pytest.approx([100, 7, 1, 0])
    assert taylor_each(PEOPLE, weight, square, NET)[0] == pytest.approx(100)
    assert effective_counts(weight, [100, 7, 1, 0]).tolist() == pytest.approx(PEOPLE)


def test_the_effective_base_is_never_above_the_people() -> None:
    # Heavy weights where everybody agrees: Taylor alone would promise more than n.
    people = np.array([[10.0, 10.0, 10.0]])
    weight, square = np.array([[1.0, 40.0, 1.0]]), np.array([[0.1, 160.0, 0.1]])
    assert taylor_each(people, weight, square, NET)[0] > 30
    assert effective_each(people, weight, square, NET)[0] <= 30
    assert effective_each(people, weight, square, NET)[0] == pytest.approx(kish_each(weight, square)[0])


def test_means_and_errors_without_weights_are_the_usual_ones() -> None:
    scores = np.repeat([-1.0, 0.0, 1.0], [20, 30, 50])
    assert weighted_mean_each(PEOPLE[:1], NET)[0] == pytest.approx(scores.mean())
    assert weighted_sd_each(PEOPLE[:1], PEOPLE[:1], NET)[0] == pytest.approx(scores.std(ddof=1))
    assert taylor_error_each(PEOPLE[:1], PEOPLE[:1], PEOPLE[:1], NET)[0] == pytest.approx(scores.std(ddof=1) / 10)
    assert math.isnan(taylor_error_each(PEOPLE[2:3], PEOPLE[2:3], PEOPLE[2:3], NET)[0])
    assert math.isnan(weighted_mean_each(PEOPLE[3:], NET)[0])


SEX = np.repeat([0, 1], [60, 40])
AGE = np.tile([0, 1, 2, 2, 2], 20)


def test_raking_meets_all_targets_at_once() -> None:
    found = rake([Margin(SEX, (0.5, 0.5)), Margin(AGE, (0.3, 0.3, 0.4))])
    assert found.settled
    assert not found.capped
    assert found.weights.mean() == pytest.approx(1)
    assert found.achieved[0].tolist() == pytest.approx([0.5, 0.5])
    assert found.achieved[1].tolist() == pytest.approx([0.3, 0.3, 0.4])
    assert found.weights[SEX == 1].sum() == pytest.approx(50)


def test_targets_that_are_met_already_leave_weights_alone() -> None:
    base = np.linspace(0.5, 1.5, 100)
    share = base[SEX == 0].sum() / base.sum()
    assert rake([Margin(SEX, (share, 1 - share))], base).weights == pytest.approx(base)


def test_a_cap_holds_and_says_what_was_missed() -> None:
    few = np.repeat([0, 1], [96, 4])
    found = rake([Margin(few, (0.7, 0.3))], cap=3.0)
    assert found.capped
    assert found.settled
    assert found.weights.max() == pytest.approx(3.0)
    assert found.weights.mean() == pytest.approx(1)
    assert found.achieved[0][1] == pytest.approx(0.12)


def test_people_without_the_category_keep_their_share() -> None:
    unknown = np.repeat([0, 1, -1], [50, 30, 20])
    found = rake([Margin(unknown, (0.5, 0.5))])
    assert found.weights[unknown == -1] == pytest.approx(np.ones(20))
    assert found.achieved[0].tolist() == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("margin", "cap", "message"),
    [
        (Margin(SEX, (1.0,)), None, "no target"),
        (Margin(SEX, (0.5, 0.3, 0.2)), None, "no people"),
        (Margin(SEX, (0.5, 0.6)), None, "add up to 1"),
        (Margin(SEX, (-0.5, 1.5)), None, "add up to 1"),
        (Margin(SEX, (0.5, 0.5)), 1.0, "above the average"),
    ],
)
def test_targets_that_cannot_be_met_are_refused(margin: Margin, cap: float | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rake([margin], cap=cap)


def test_weights_that_are_not_positive_are_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        rake([Margin(SEX, (0.5, 0.5))], np.zeros(100))
    with pytest.raises(ValueError, match="positive"):
        rake([])
