"""Tables: association, the exact test, columns with letters, several answers, and scales of items."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from cxdesk.stats.columns import column_pairs
from cxdesk.stats.crosstab import association, rao_scott
from cxdesk.stats.difference import mean_any_difference
from cxdesk.stats.exact import fisher, fisher_each
from cxdesk.stats.f_distribution import f_quantile, f_tail
from cxdesk.stats.multiple import adjusted_rows, benjamini_hochberg, bonferroni, holm
from cxdesk.stats.reliability import cronbach_alpha
from cxdesk.stats.several import any_of, ticks
from cxdesk.stats.student import t_two_sided


@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[5, 9]], [[5, 0], [9, 0]], [[3, 0, 4]]])
def test_a_table_with_one_answer_has_no_test(table: list[list[int]]) -> None:
    found = association(table)
    assert (found.df, found.p, found.strength) == (0, None, None)
    assert np.isnan(found.residuals).all()


def test_empty_rows_and_columns_do_not_count() -> None:
    full = association([[12, 5], [8, 20]])
    padded = association([[12, 0, 5], [0, 0, 0], [8, 0, 20]])
    assert (padded.df, padded.p, padded.strength) == (full.df, full.p, full.strength)
    assert math.isnan(padded.residuals[0, 1])
    assert padded.least_expected == full.least_expected


def test_residuals_are_the_z_of_a_column_against_all_others() -> None:
    table = np.array([[30, 18, 25], [20, 32, 45]])
    n = table.sum(axis=0)
    others = table[0].sum() - table[0, 1], n.sum() - n[1]
    pooled = table[0].sum() / n.sum()
    error = math.sqrt(pooled * (1 - pooled) * (1 / n[1] + 1 / others[1]))
    z = (table[0, 1] / n[1] - others[0] / others[1]) / error
    assert association(table).residuals[0, 1] == pytest.approx(z)


def test_sparse_tables_are_named() -> None:
    assert association([[1, 2], [2, 40]]).sparse
    assert not association([[20, 22], [25, 40]]).sparse


def test_weights_of_one_make_the_weighted_test_nearly_the_plain_one() -> None:
    table = np.array([[200.0, 150.0, 90.0], [180.0, 170.0, 140.0]])
    plain, weighted = association(table), rao_scott(table, table, table)
    assert weighted.p == pytest.approx(plain.p, rel=0.05)
    assert rao_scott(table, 3 * table, 9 * table).statistic == pytest.approx(weighted.statistic)
    assert rao_scott([[5, 9]], [[5, 9]], [[5, 9]]).p is None


def slow_fisher(table: np.ndarray) -> float:
    """Every table with the same margins, one by one."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    spaces = [range(int(min(rows[i], columns[j])) + 1) for i in range(len(rows) - 1) for j in range(len(columns) - 1)]
    logs = []
    for inner in product(*spaces):
        found = np.zeros(table.shape, dtype=int)
        found[:-1, :-1] = np.reshape(inner, (len(rows) - 1, -1))
        found[:-1, -1] = rows[:-1] - found[:-1, :-1].sum(axis=1)
        found[-1] = columns - found[:-1].sum(axis=0)
        if (found >= 0).all():
            logs.append((-sum(math.lgamma(k + 1) for k in found.ravel()), (found == table).all()))
    chances = np.exp([log for log, _ in logs])
    seen = chances[next(i for i, (_, same) in enumerate(logs) if same)]
    return float(chances[chances <= seen * (1 + 1e-7)].sum() / chances.sum())


@pytest.mark.parametrize(
    "table",
    [
        [[3, 1], [1, 3]],
        [[0, 6], [5, 2]],
        [[1, 0, 3], [2, 5, 0], [0, 1, 1]],
        [[2, 4, 1, 0], [3, 0, 2, 2]],
        [[1, 2], [3, 0], [0, 4]],
    ],
)
def test_the_exact_test_equals_the_sum_over_all_tables(table: list[list[int]]) -> None:
    assert fisher(table) == pytest.approx(slow_fisher(np.array(table)), rel=1e-9)


def test_the_exact_test_at_its_edges() -> None:
    assert fisher([[4, 0], [7, 0]]) == 1
    assert fisher_each([0, 5, 3], [0, 5, 1], [4, 0, 1], [3, 0, 3]).tolist() == pytest.approx([1, 1, 0.485714285714])
    assert fisher(np.full((6, 9), 40)) is None
    with pytest.raises(ValueError, match="whole people"):
        fisher([[1.5, 2.0], [3.0, 4.0]])
    with pytest.raises(ValueError, match="whole people"):
        fisher_each([1.5], [2], [3], [4])


def test_a_huge_two_by_two_table_is_exact_too() -> None:
    table = [[50_000, 450_000], [51_000, 449_000]]
    assert fisher(table) == pytest.approx(association(table).p, rel=0.02)


def test_letters_stand_in_the_higher_column() -> None:
    found = column_pairs([[60, 30, 31], [40, 70, 69]])
    higher = found.higher(found.adjusted("holm"))
    assert higher[0].tolist() == [[False, True, True], [False, False, False], [False, False, False]]
    assert higher[1, 1].tolist() == [True, False, False]


def test_small_columns_and_small_cells_are_not_tested_like_others() -> None:
    table = [[8, 1, 40], [12, 19, 60]]
    plain, exact, left = (column_pairs(table, few=few) for few in ("test", "exact", "leave"))
    assert exact.p[0, 0] == pytest.approx(fisher([[8, 1], [12, 19]]))
    assert exact.p[0, 0] != plain.p[0, 0]
    assert exact.p[0, 1] == plain.p[0, 1]
    assert np.isnan(left.p[0, 0])
    assert not np.isnan(left.p[0, 1])
    assert np.isnan(column_pairs(table, least_base=30).p).all()


def test_several_answers_are_compared_by_people_not_by_ticks() -> None:
    # 80 of 100 and 40 of 100 ticked "price"; each person may tick more.
    found = column_pairs([[80, 40], [90, 30]], bases=[100, 100])
    assert found.shares[0].tolist() == [0.8, 0.4]
    assert found.higher(found.p)[0, 0, 1]


def test_rows_are_adjusted_like_lists() -> None:
    p = np.array([[0.01, math.nan, 0.04, 0.03], [0.5, 0.001, 0.02, 0.2], [math.nan] * 4])
    for rule, single in (("holm", holm), ("benjamini_hochberg", benjamini_hochberg), ("bonferroni", bonferroni)):
        found = adjusted_rows(p, rule)  # type: ignore[arg-type]
        for ours, row in zip(found.tolist(), p.tolist(), strict=True):
            theirs = [math.nan if value is None else value for value in single(row)]
            assert ours == pytest.approx(theirs, nan_ok=True)
    assert adjusted_rows(p, "none") == pytest.approx(p, nan_ok=True)


def test_two_means_compared_by_f_and_by_t_agree() -> None:
    counts = np.array([[3, 5, 9, 20, 30], [10, 12, 8, 9, 4]])
    found = mean_any_difference([1, 2, 3, 4, 5], counts)
    t = t_two_sided(np.array([math.sqrt(found.statistic)]), np.array([found.df_error]))
    assert found.p == pytest.approx(float(t[0]))
    assert mean_any_difference([1, 2], [[5, 0], [3, 4]]).p is None
    assert mean_any_difference([1, 2], [[1, 0], [3, 4]]).p is None


@pytest.mark.parametrize("df_error", [1.0, 4.0, 37.5, 900.0])
def test_f_with_two_degrees_of_freedom_has_a_closed_form(df_error: float) -> None:
    for value in (1e-6, 0.3, 1.0, 4.0, 50.0):
        assert f_tail(value, 2, df_error) == pytest.approx((1 + 2 * value / df_error) ** (-df_error / 2), rel=1e-11)
    for share in (0.025, 0.5, 0.975):
        assert 1 - f_tail(f_quantile(share, 3.7, df_error), 3.7, df_error) == pytest.approx(share, rel=1e-9)
    assert f_tail(0, 2, df_error) == 1
    with pytest.raises(ValueError, match="between 0 and 1"):
        f_quantile(1.0, 2, df_error)


def test_printed_f_quantiles() -> None:
    assert f_quantile(0.95, 3, 10) == pytest.approx(3.7083, abs=5e-5)
    assert f_quantile(0.975, 5, 20) == pytest.approx(3.2891, abs=5e-5)


def test_ticks_per_person_and_per_tick() -> None:
    table = np.array([[1, 1, 0], [0, 1, 0], [0, 0, 0], [math.nan, math.nan, math.nan]])
    found = ticks(table)
    assert (found.base, found.total, found.counts.tolist()) == (2, 3, [1, 2, 0])
    assert found.of_people.tolist() == [0.5, 1, 0]
    assert found.of_ticks.sum() == pytest.approx(1)
    assert ticks(table[:3], everyone=True).base == 3
    assert ticks(table, weights=[2, 1, 1, 1]).base == 3
    assert any_of(table, [0, 1]) == 2
    assert any_of(table, [0], weights=[2, 1, 1, 1]) == 2
    assert math.isnan(ticks(np.zeros((2, 2))).of_people[0])


def test_alpha_knows_reversed_and_useless_items() -> None:
    random = np.random.default_rng(2)
    mood = random.normal(0, 1, (200, 1))
    items = mood + random.normal(0, 0.7, (200, 4))
    items[:, 3] *= -1
    found = cronbach_alpha(items)
    assert found is not None
    assert found.with_rest[3] < 0
    assert found.without[3] > found.alpha
    assert found.interval.low < found.alpha < found.interval.high
    assert cronbach_alpha(items[:, :2]) is None
    assert cronbach_alpha(np.column_stack((items, np.ones(200)))) is None
    gaps = items.copy()
    gaps[0, 0] = math.nan
    assert (cronbach_alpha(gaps) or found).n == 199
