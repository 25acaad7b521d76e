"""Time: lines, pooled periods, level shifts, control charts, the same people twice, and why a score moved."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cxdesk.stats.change import mix_and_rate, nps_mix_and_rate
from cxdesk.stats.control import ewma, nps_chart, share_chart
from cxdesk.stats.nps import nps_error, nps_error_each
from cxdesk.stats.paired import nps_paired, paired_table
from cxdesk.stats.trend import level_shift, nps_line, pooled, share_line


def test_a_flat_series_has_no_line_to_speak_of() -> None:
    flat = nps_line([50] * 6, [30] * 6, [20] * 6)
    assert flat.slope.value == pytest.approx(0, abs=1e-12)
    assert flat.p == pytest.approx(1)
    assert nps_line([5, 9], [0, 0], [0, 0]).p is None
    assert nps_line([0], [0], [0]).p is None
    assert share_line([0, 0], [5, 5]).p is None
    assert share_line([0], [0]).p is None


def test_a_gap_in_time_makes_the_slope_flatter() -> None:
    near, far = (nps_line([50, 60], [30, 30], [20, 10], steps) for steps in ([0, 1], [0, 4]))
    assert near.slope.value == pytest.approx(20)
    assert far.slope.value == pytest.approx(5)
    assert near.p == pytest.approx(far.p)


def test_windows_pool_people() -> None:
    assert pooled([1, 2, 3, 4], 3).tolist() == [6, 9]
    assert pooled([[1, 2, 3], [4, 5, 6]], 2).tolist() == [[3, 5], [9, 11]]
    assert pooled([1, 2], 1).tolist() == [1, 2]
    assert pooled([1, 2], 5).tolist() == []
    with pytest.raises(ValueError, match="at least one"):
        pooled([1], 0)


def test_one_change_of_level_is_found_and_noise_is_not() -> None:
    random = np.random.default_rng(5)
    noise = random.normal(0, 5, 24)
    found = level_shift(noise + np.repeat([30, 15], [10, 14]))
    assert found is not None
    assert found.after == pytest.approx(10, abs=1)
    assert found.p < 0.01
    assert found.before_mean > found.after_mean
    alarms = sum((level_shift(random.normal(0, 5, 16), shuffles=199) or found).p <= 0.05 for _ in range(200))
    assert alarms <= 20
    assert level_shift([5, 5, 5, 5, 5, 5]) is None
    assert level_shift([1, 2, 3, 4, 5]) is None
    exact = level_shift([1, 1, 1, 2, 2, 2])
    assert exact is not None
    assert (exact.after, exact.statistic) == (3, math.inf)


def test_limits_widen_for_small_periods_and_mark_what_is_outside() -> None:
    promoters, passives, detractors = [50, 5, 20, 50], [30, 3, 30, 30], [20, 2, 50, 20]
    chart = nps_chart(promoters, passives, detractors, baseline=2)
    assert chart.centre == pytest.approx(30)
    assert chart.outside.tolist() == [False, False, True, False]
    assert chart.high[1] - chart.low[1] > chart.high[0] - chart.low[0]
    assert chart.high.max() <= 100
    empty = nps_chart([50, 0], [30, 0], [20, 0])
    assert np.isnan(empty.low[1])
    assert not empty.outside[1]


def test_a_restless_baseline_widens_its_limits() -> None:
    promoters = np.array([700, 400, 650, 300, 720, 380])
    quiet, wide = (nps_chart(promoters, [100] * 6, 900 - promoters, widen=widen) for widen in (False, True))
    assert quiet.widening == 1
    assert wide.widening > 2
    assert quiet.outside.any()
    assert not wide.outside.any()


def test_near_the_ceiling_one_detractor_is_no_signal() -> None:
    promoters = np.array([100] * 20 + [28])
    detractors = np.array([0] * 19 + [1, 2])
    chart = nps_chart(promoters, [0] * 21, detractors, baseline=20)
    assert chart.centre > 95
    assert not chart.outside[19]
    assert not share_chart([0, 0], [10, 10]).outside.any()


def test_eight_on_one_side_are_a_run() -> None:
    promoters = [50] * 8 + [52] * 9
    chart = nps_chart(promoters, [50] * 17, [100 - 50 - 0] * 17, baseline=8)
    assert not chart.run[:15].any()
    assert chart.run[15:].all()


def test_smoothing_follows_slowly_and_takes_errors_of_each_period() -> None:
    found = ewma([10, 20], 10, [1, 2], share=0.5)
    assert found.values.tolist() == [10, 15]
    assert (found.high - 10).tolist() == pytest.approx([1.5, 3 * math.sqrt(1 + 0.0625)])
    assert found.outside.tolist() == [False, True]
    with pytest.raises(ValueError, match="between 0 and 1"):
        ewma([1], 1, 1, share=0)


def test_the_same_people_twice() -> None:
    before, after = [0, 1, 2, 2, -1, 0], [2, 1, 2, -1, 0, 1]
    table = paired_table(before, after)
    assert table.tolist() == [[0, 1, 1], [0, 1, 0], [0, 0, 1]]
    found = nps_paired(table.T)
    assert found.value == pytest.approx(75)
    unchanged = nps_paired(np.diag([5, 6, 7]))
    assert (unchanged.value, unchanged.low, unchanged.high, unchanged.p) == (0, 0, 0, 1)
    assert nps_paired(np.zeros((3, 3))).p is None
    with pytest.raises(ValueError, match="three rows"):
        nps_paired([[1, 2], [3, 4]])


@pytest.mark.parametrize(("confidence", "excludes"), [(0.90, True), (0.999, False)])
def test_the_paired_range_agrees_with_its_p(confidence: float, excludes: bool) -> None:
    found = nps_paired([[10, 6, 4], [1, 20, 7], [1, 2, 30]], confidence)
    assert found.p is not None
    assert found.high is not None
    assert (found.high < 0) == (found.p < 1 - confidence) == excludes


def test_a_new_and_a_vanished_segment_are_mix() -> None:
    parts = mix_and_rate([100, 100, 0], [10, 40, math.nan], [100, 0, 100], [20, math.nan, 70])
    middle = (parts.before + parts.after) / 2
    assert parts.change == pytest.approx(20)
    assert parts.rate.tolist() == pytest.approx([5, 0, 0])
    assert parts.mix.tolist() == pytest.approx([0, -0.5 * (40 - middle), 0.5 * (70 - middle)])
    assert parts.mix_total + parts.rate_total == pytest.approx(parts.change)
    assert parts.low is None
    with pytest.raises(ValueError, match="need people"):
        mix_and_rate([0, 0], [1, 2], [1, 2], [1, 2])


def test_growth_of_a_segment_below_average_pulls_down() -> None:
    parts = nps_mix_and_rate([[10, 60], [30, 30], [60, 10]], [[30, 60], [90, 30], [180, 10]])
    assert parts.rate_total == pytest.approx(0)
    assert parts.mix[0] < 0
    assert parts.mix[1] < 0
    assert parts.low is not None
    assert parts.high is not None
    assert parts.low < 0 < parts.high


def test_errors_of_many_groups_equal_single_ones() -> None:
    found = nps_error_each([50, 0, 9], [30, 0, 0], [20, 0, 0])
    assert found.tolist() == pytest.approx([nps_error(50, 30, 20), math.nan, 0], nan_ok=True)
