"""How well personal columns are told from harmless ones, measured on columns whose kind is known."""

from __future__ import annotations

import pytest

from cxdesk.survey.role import Role
from tests.unit.reading.labelled_columns import Labelled, labelled
from tests.unit.reading.understanding.sheets import understood

_RECALL, _PRECISION = 0.99, 0.95


def is_found(column: Labelled) -> bool:
    survey = understood([[column.header], *([cell] for cell in column.cells)])
    return any(question.role is Role.PRIVATE for question in survey.questions)


@pytest.mark.parametrize("seed", [20251122, 7])
def test_personal_columns_are_found_and_harmless_ones_left_alone(seed: int) -> None:
    columns = list(labelled(seed))
    assert len(columns) >= 500
    found = [(column, is_found(column)) for column in columns]
    missed = [f"{column.kind} under “{column.header}”" for column, seen in found if column.personal and not seen]
    wrong = [f"{column.kind} under “{column.header}”" for column, seen in found if seen and not column.personal]
    personal = sum(column.personal for column in columns)
    right = personal - len(missed)
    assert right / personal >= _RECALL, missed
    assert right / (right + len(wrong)) >= _PRECISION, wrong
