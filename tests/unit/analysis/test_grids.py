"""Cronbach's alpha of grids: R's numbers, words for them, and the question that goes the other way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cxdesk.analysis.grids import grids, grids_table
from cxdesk.analysis.scores import Scores
from cxdesk.blocks.table import Table
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.scale import Direction, Scale
from tests.builders import survey
from tests.unit.analysis.presenting import presented
from tests.unit.analysis.test_raking import reference

JOB = Unattended()


def grid(rating: dict[str, list[int]], scale: Scale = Scale(1, 5)) -> Dataset:
    dataset = survey(rating=rating, rating_scale=scale)
    return replace(dataset, questions=tuple(replace(each, group="Rate our shop") for each in dataset.questions))


def only_row(dataset: Dataset) -> list[str]:
    table = grids_table(grids(Sample(dataset), Rules(), JOB), Rules(), weighted=False)
    return [str(cell.value) for cell in table.rows[0].cells]


def test_the_numbers_are_those_of_psych() -> None:
    case = reference("cronbach_alpha")
    (found,) = grids(Sample(grid(case["input"], Scale(0, 100))), Rules(), JOB)
    assert found.found is not None
    expected = case["expected"]
    assert found.found.alpha == pytest.approx(expected["raw_alpha"])
    assert (found.found.interval.low, found.found.interval.high) == pytest.approx(tuple(expected["feldt_ci"]))
    assert found.reversed == ()
    row = only_row(grid(case["input"], Scale(0, 100)))
    assert row[:3] == ["Rate our shop", "7", "30"]
    assert row[5] == "Good: these questions measure one thing."


def test_the_question_that_goes_against_the_others_is_named() -> None:
    level = [1, 2, 3, 4, 5] * 20
    ups = {"Clean": level, "Fast": [min(5, each + (n % 3 == 0)) for n, each in enumerate(level)], "Kind": level}
    dataset = grid({**ups, "Rude": [6 - each for each in level]})
    (found,) = grids(Sample(dataset), Rules(), JOB)
    assert [each.text for each in found.reversed] == ["Rude"]
    assert only_row(dataset)[6] == "Rude"
    turned = tuple(
        replace(each, scale=Scale(1, 5, direction=Direction.LOW_IS_GOOD)) if each.id == "rude" else each
        for each in dataset.questions
    )
    (settled,) = grids(Sample(replace(dataset, questions=turned)), Rules(), JOB)
    assert settled.reversed == ()
    assert settled.found is not None
    assert settled.found.alpha > 0.95


def test_unrelated_questions_are_weak_and_repeated_ones_are_called_so() -> None:
    apart = {"a": [1, 1, 5, 5] * 20, "b": [1, 5, 1, 5] * 20, "c": [1, 5, 5, 1] * 20}
    assert only_row(grid(apart))[5].startswith("Weak")
    same = {name: [1, 2, 3, 4, 5] * 10 for name in "abc"}
    assert only_row(grid(same))[5].startswith("So alike")


def test_two_questions_are_no_grid_and_few_people_have_no_alpha() -> None:
    assert grids(Sample(grid({"a": [1, 2], "b": [2, 1]})), Rules(), JOB) == ()
    assert only_row(grid({"a": [1, 2, 3], "b": [2, 3, 4], "c": [1, 3, 4]}))[3:6] == ["None", "None", "too few"]


def test_the_scores_page_has_the_table_only_where_there_is_a_grid() -> None:
    with_grid = presented(Scores(), grid({name: [1, 2, 3, 4, 5] * 10 for name in "abc"}))
    without = presented(Scores(), survey(rating={name: [1, 2, 3, 4, 5] * 10 for name in "abc"}))
    keys = [[block.key for block in page.blocks() if isinstance(block, Table)] for page in (with_grid, without)]
    assert "grids" in keys[0]
    assert "grids" not in keys[1]
