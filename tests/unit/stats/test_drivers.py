"""Key drivers: weights add up, copies share alike, resampling is repeatable, honest and small in memory."""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest

from cxdesk.job import Cancelled
from cxdesk.stats.importance import (
    correlations,
    explained,
    mixed_signals,
    regression,
    relative_weights,
    shapley_weights,
)
from cxdesk.stats.resampling import jackknife, resample
from cxdesk.stats.what_if import what_if


def people(count: int, drivers: int = 4, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    mood = random.normal(0, 1, (count, 1))
    ratings = np.clip(np.rint(3 + 0.7 * mood + random.normal(0, 0.7, (count, drivers))), 1, 5)
    pull = np.linspace(1, 0.2, drivers)
    return np.clip(np.rint(6 + (ratings - 3) @ pull + random.normal(0, 1.5, count)), 0, 10), ratings


def test_weights_add_up_to_what_the_model_explains() -> None:
    outcome, ratings = people(300)
    found = correlations(outcome, ratings)
    assert found is not None
    design = np.column_stack((np.ones(300), ratings))
    fitted = design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
    r2 = float(1 - ((outcome - fitted) ** 2).sum() / ((outcome - outcome.mean()) ** 2).sum())
    shapley = shapley_weights(found.matrix)
    assert shapley is not None
    assert explained(found.matrix) == pytest.approx(r2)
    assert shapley.sum() == pytest.approx(r2)
    assert regression(found).r2 == pytest.approx(r2)
    assert np.abs(shapley - relative_weights(found.matrix)).max() < 0.02


def test_drivers_that_do_not_go_together_get_their_own_share() -> None:
    matrix = np.array([[1.0, 0.5, 0.3], [0.5, 1.0, 0.0], [0.3, 0.0, 1.0]])
    assert relative_weights(matrix).tolist() == pytest.approx([0.25, 0.09])


def test_copies_share_alike_and_leave_the_plain_model_without_an_answer() -> None:
    outcome, ratings = people(100, 2)
    found = correlations(outcome, ratings[:, [0, 1, 0]])
    assert found is not None
    weights, model = relative_weights(found.matrix), regression(found)
    assert weights[0] == pytest.approx(weights[2])
    assert np.isnan(model.slope).all()
    assert not mixed_signals(found).any()


def test_what_does_not_vary_is_left_out_or_refused() -> None:
    outcome, ratings = people(60, 3)
    ratings[:, 1] = 4
    found = correlations(outcome, ratings)
    assert found is not None
    assert found.kept.tolist() == [0, 2]
    assert correlations(np.full(60, 9), ratings) is None
    assert correlations(outcome, np.full((60, 2), 3)) is None
    assert correlations([], np.zeros((0, 2))) is None


def test_gaps_cost_people_or_only_pairs() -> None:
    outcome, ratings = people(200, 3)
    ratings[:10, 0], ratings[10:20, 1] = math.nan, math.nan
    complete, pairs = correlations(outcome, ratings), correlations(outcome, ratings, gaps="pairs")
    assert complete is not None
    assert pairs is not None
    assert (complete.n, complete.least, complete.total) == (180, 180, 200)
    assert (pairs.n, pairs.least, pairs.sound) == (180, 180, True)
    ratings[20:120, 2] = math.nan
    thin = correlations(outcome, ratings, gaps="pairs")
    assert thin is not None
    assert not thin.sound


def test_a_sign_that_turns_in_the_model_is_a_mixed_signal() -> None:
    random = np.random.default_rng(8)
    first = random.normal(0, 1, 400)
    second = first + random.normal(0, 0.3, 400)
    found = correlations(2 * first - second + random.normal(0, 0.3, 400), np.column_stack((first, second)))
    assert found is not None
    assert mixed_signals(found).tolist() == [False, True]


def test_resampling_is_repeatable_and_orders_drivers() -> None:
    outcome, ratings = people(500)
    one, again, other = (resample(outcome, ratings, resamples=400, seed=seed) for seed in (1, 1, 2))
    assert one is not None
    assert again is not None
    assert other is not None
    assert one.low.tolist() == again.low.tolist()
    assert one.low.tolist() != other.low.tolist()
    assert one.low == pytest.approx(other.low, abs=0.05)
    assert one.first.sum() == pytest.approx(1)
    assert (one.rank_low <= one.rank_high).all()
    found = correlations(outcome, ratings)
    assert found is not None
    weights = relative_weights(found.matrix)
    assert (one.low < weights).all()
    assert (weights < one.high).all()


def test_drivers_whose_ranges_overlap_share_a_band() -> None:
    random = np.random.default_rng(3)
    ratings = random.normal(0, 1, (600, 3))
    outcome = ratings @ [2.0, 2.0, 0.2] + random.normal(0, 1, 600)
    found = resample(outcome, ratings, resamples=300)
    assert found is not None
    assert found.bands([0.49, 0.5, 0.01]) == [0, 0, 1]


def test_many_people_give_the_same_ranges_by_their_normal_law() -> None:
    outcome, ratings = people(20_000)
    exact = resample(outcome, ratings, resamples=600)
    law = resample(np.append(outcome, outcome[:1]), np.vstack((ratings, ratings[:1])), resamples=600)
    assert exact is not None
    assert law is not None
    assert law.high - law.low == pytest.approx(exact.high - exact.low, rel=0.15)
    assert law.low == pytest.approx(exact.low, abs=0.002)


def test_weights_count_in_resampling() -> None:
    outcome, ratings = people(200)
    plain = resample(outcome, ratings, resamples=200)
    doubled = resample(outcome, ratings, np.full(200, 2.0), resamples=200)
    heavy = resample(outcome, ratings, np.where(outcome > 6, 5.0, 0.2), resamples=200)
    assert plain is not None
    assert doubled is not None
    assert heavy is not None
    assert doubled.low == pytest.approx(plain.low)
    assert np.abs(heavy.low - plain.low).max() > 0.005


@pytest.mark.parametrize("count", [400, 5_013])
def test_leaving_groups_out_tells_the_same_ranges_as_resampling(count: int) -> None:
    outcome, ratings = people(count)
    weights = np.where(np.arange(count) % 3 == 0, 2.0, 0.5)
    for weight in (None, weights):
        quick, thorough = jackknife(outcome, ratings, weight), resample(outcome, ratings, weight)
        found = correlations(outcome, ratings, weight)
        assert quick is not None
        assert thorough is not None
        assert found is not None
        shares = relative_weights(found.matrix)
        assert quick.share == pytest.approx(shares / shares.sum())
        assert quick.correlation == pytest.approx(found.matrix[0, 1:])
        # 50 groups know a standard error to about a tenth.
        assert quick.high - quick.low == pytest.approx(thorough.share_high - thorough.share_low, rel=0.35)


def test_leaving_groups_out_refuses_what_does_not_vary() -> None:
    outcome, ratings = people(200)
    assert jackknife(np.full(200, 9.0), ratings) is None
    assert jackknife(outcome[:40], ratings[:40]) is None
    # Nobody but the first gave this answer, so without the first group nothing varies.
    lonely = np.column_stack((ratings, np.eye(1, 200)[0]))
    assert jackknife(outcome, lonely) is None


def test_resampling_can_be_stopped_and_refuses_what_does_not_vary() -> None:
    outcome, ratings = people(200)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        resample(outcome, ratings, tick=stop)
    assert resample(np.full(50, 9.0), ratings[:50]) is None


@pytest.mark.parametrize("count", [20_000, 60_000])
def test_resampling_stays_below_300_megabytes(count: int) -> None:
    outcome, ratings = people(count, 12)
    tracemalloc.start()
    resample(outcome, ratings, resamples=500)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300_000_000


def test_the_most_that_could_be_gained() -> None:
    found = what_if((10, 20, 40), (60, 30, 10))
    assert found.gain.value == pytest.approx(found.share_low * found.gap.value)
    assert found.gain.value == pytest.approx(found.fine - found.everyone)
    assert found.gain.low is not None
    assert found.gain.high is not None
    assert 0 < found.gain.low < found.gain.value < found.gain.high
    nobody = what_if((0, 0, 0), (60, 30, 10))
    assert nobody.share_low == 0
    assert nobody.gain.value == 0
    assert nobody.gain.p is None
