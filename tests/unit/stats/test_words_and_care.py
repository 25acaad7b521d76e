"""Words one group uses more, and answers given without reading."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cxdesk.stats.exact import fisher
from cxdesk.stats.keyness import compare_terms, log_odds, pooled_prior
from cxdesk.stats.quality import (
    answer_spread,
    enough_times,
    runs,
    same_everywhere,
    speed_index,
    too_fast,
    too_fast_on_pages,
    usable_seconds,
)


def test_rare_terms_get_the_exact_test() -> None:
    found = compare_terms([30, 3, 0, 50], [10, 0, 0, 80], 50, 80)
    assert found.p[1] == fisher([[3, 47], [0, 80]])
    assert found.p[0] != fisher([[30, 20], [10, 70]])
    assert np.isnan(found.p[[2, 3]]).all()
    assert found.clear().tolist() == [True, False, False, False]
    assert compare_terms([30], [10], 50, 80, exact="always").p[0] == pytest.approx(fisher([[30, 20], [10, 70]]))


def test_clear_terms_allow_for_the_whole_list() -> None:
    alone = compare_terms([16], [5], 100, 100)
    among = compare_terms([16, *[10] * 40], [5, *[10] * 40], 100, 100)
    assert alone.clear()[0]
    assert not among.clear()[0]


def test_log_odds_mirror_and_shrink() -> None:
    a, b = [12, 3, 0], [2, 3, 5]
    here, there = log_odds(a, b, 0.5), log_odds(b, a, 0.5)
    assert here.z == pytest.approx(-there.z)
    assert here.z[0] > 0 > here.z[2]
    strong = log_odds(a, b, pooled_prior(a, b, 500))
    assert np.abs(strong.difference).max() < np.abs(here.difference).max()
    assert pooled_prior([0], [0]).tolist() == pytest.approx([math.nan], nan_ok=True)


def test_runs_and_gaps() -> None:
    found = runs(np.array([[4, 4, 4, 4], [1, 1, math.nan, 1], [math.nan] * 4]))
    assert found.longest.tolist() == [4, 2, 0]
    assert found.average.tolist() == pytest.approx([4, 4 / 3, 1])
    spread = answer_spread(np.array([[4, 4, 4], [1, 5, math.nan], [3, math.nan, math.nan]]))
    assert spread.tolist() == pytest.approx([0, math.sqrt(8), math.nan], nan_ok=True)


def test_the_same_answer_everywhere_needs_five_questions_and_no_gap() -> None:
    answers = np.array([[3, 3, 3, 3, 3], [3, 3, 3, 3, 4], [3, 3, 3, 3, math.nan]])
    assert same_everywhere(answers).tolist() == [True, False, False]
    assert not same_everywhere([[3.0] * 4]).any()


def test_impossible_times_do_not_count() -> None:
    assert np.isnan(usable_seconds([0, -5, 90_000, math.nan])).all()
    found = too_fast([100, 120, 40, 0, math.nan, 110])
    assert found.usual == 105
    assert found.fast.tolist() == [False, False, True, False, False, False]
    assert too_fast([100, 120, 40], 1 / 3).fast.tolist() == [False, False, False]
    assert math.isnan(too_fast([0]).usual)
    assert not enough_times(np.ones(29))
    assert enough_times(np.ones(30))


def test_the_speed_index_is_cut_at_three() -> None:
    times = np.array([[10, 10], [10, 10], [1, 10], [math.nan, 10], [math.nan, math.nan]])
    assert speed_index(times).tolist() == pytest.approx([1, 1, 2, 1, math.nan], nan_ok=True)
    assert too_fast_on_pages(times).tolist() == [False, False, True, False, False]
