"""Figures worked out in sentences: the sentences hold the numbers that the pages show."""

from __future__ import annotations

import numpy as np

from cxdesk.analysis.explained import Explanation, explained
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from tests.builders import survey


def told(dataset: Dataset, sample: Sample | None = None) -> dict[str, str]:
    found: tuple[Explanation, ...] = explained(sample or Sample(dataset), Rules(), Unattended())
    return {each.key: " ".join(str(line) for line in each.lines) for each in found}


def test_a_score_is_worked_out_from_its_counts() -> None:
    # METHODS.md 8: 50 promoters, 30 passives and 20 detractors are +30, from +14 to +45.
    words = told(survey(recommend=[10] * 50 + [8] * 30 + [3] * 20 + [None] * 3))
    assert "50 of 100 answers are 9–10 (50%), and 20 are 0–6 (20%)." in words["nps"]
    assert "50% minus 20% gives +30" in words["nps"]
    assert "3 people gave no usable answer" in words["nps"]
    assert "anywhere from +14 to +45" in words["range"]
    assert "(400)" in words["range"]


def test_a_mean_and_a_share_are_worked_out() -> None:
    words = told(survey(satisfaction=[5, 4, 3, 2] * 30, effort=[7, 4] * 60))
    assert "60 of 120 answers are 4–5: that is 50%." in words["top"]
    assert "all 120 answers add up to 660; divided by 120 that is 5.5" in words["mean"]


def test_a_difference_names_both_sides_and_the_number_of_comparisons() -> None:
    people = survey(recommend=[10] * 60 + [0] * 60, segment={"Region": ["North"] * 60 + ["South"] * 60})
    words = told(people)["difference"]
    assert "North (Region) is at +100 (n = 60)" in words
    assert "the difference is +200" in words
    assert "2 comparisons" in words
    assert words.endswith("▲.")


def test_an_even_survey_has_no_mark() -> None:
    people = survey(recommend=[10, 0] * 60, segment={"Region": ["North", "North", "South", "South"] * 30})
    assert told(people)["difference"].endswith("could be chance: no mark.")


def test_weights_say_what_they_cost() -> None:
    dataset = survey(recommend=[10] * 100 + [0] * 100)
    weights = np.array([1.9] * 100 + [0.1] * 100)
    words = told(dataset, Tally(dataset, weights).sample())
    assert "People count here with their weights." in words["nps"]
    assert "the 200 answers are worth as much as" in words["weight"]


def test_without_a_score_nothing_is_explained() -> None:
    assert told(survey(segment="ab" * 30)) == {}
