"""What follows from published totals, against a rank test with real numbers."""

from __future__ import annotations

import numpy as np
import pytest

from cxdesk.stats.disclosure import computable, used_for


def common(members: np.ndarray) -> np.ndarray:
    return members.astype(np.int64) @ members.T.astype(np.int64)


def test_a_single_hidden_group_is_the_difference_of_the_total_and_the_others() -> None:
    total, north, south, kiosk = np.ones(10), np.arange(10) < 5, (np.arange(10) >= 5) & (np.arange(10) < 8), None
    kiosk = np.arange(10) >= 8
    members = np.array([total, north, south, kiosk]).astype(np.int64)
    assert computable(common(members), [0, 1, 2], [3]).tolist() == [True]
    assert computable(common(members), [0, 1], [2, 3]).tolist() == [False, False]
    assert used_for(common(members), [0, 1, 2], [3]) == [[0, 1, 2]]


def test_two_hidden_cells_of_a_row_are_safe_only_if_their_columns_are_too() -> None:
    rows, columns = np.divmod(np.arange(4), 2)
    cells = np.eye(4, dtype=np.int64)
    margins = np.array([rows == 0, rows == 1, columns == 0, columns == 1]).astype(np.int64)
    members = np.vstack([cells, margins])
    assert computable(common(members), [2, 3, 4, 5, 6, 7], [0, 1]).tolist() == [True, True]
    assert computable(common(members), [4, 5, 6, 7], [0, 1, 2, 3]).tolist() == [False] * 4
    assert computable(common(members), [3, 4, 5, 6, 7], [0]).tolist() == [True]


@pytest.mark.parametrize("seed", range(40))
def test_it_agrees_with_the_rank_of_the_indicators(seed: int) -> None:
    random = np.random.default_rng(seed)
    people, sets = int(random.integers(5, 60)), int(random.integers(3, 25))
    members = (random.random((sets, people)) < random.uniform(0.1, 0.6)).astype(np.int64)
    members[-1] = members[: sets // 2].sum(axis=0) > 0 if seed % 2 else members[-1]
    published = list(range(sets - 2))
    rank = np.linalg.matrix_rank(members[published])
    expected = [bool(np.linalg.matrix_rank(members[[*published, place]]) == rank) for place in (sets - 2, sets - 1)]
    assert computable(common(members), published, [sets - 2, sets - 1]).tolist() == expected


def test_nothing_wanted_and_nothing_published() -> None:
    members = np.eye(3, dtype=np.int64)
    assert computable(common(members), [0, 1], []).tolist() == []
    assert computable(common(members), [], [0, 1]).tolist() == [False, False]
