"""The headline of the comments page says no more than the comments hold."""

from __future__ import annotations

import pytest

from cxdesk.analysis.comments import Comments
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.theme import Theme
from cxdesk.text import Translator
from tests.builders import survey

ENGLISH = Translator("en")
RULES = Rules(themes=(Theme("Tills", ("till*",)), Theme("Roof", ("roof",)), Theme("Staff", ("staff",))))


def headline(dataset: Dataset, language: Translator = ENGLISH) -> str:
    page = Comments()
    spec = page.default(dataset)
    return language(page.present(spec, page.compute(Sample(dataset), RULES, spec, Unattended())).headline)


def test_the_theme_mentioned_most_is_not_called_most_of_the_comments() -> None:
    dataset = survey(comment=["the tills"] * 40 + [f"something else {place}" for place in range(400)])
    assert headline(dataset) == "The theme mentioned most is Tills: 40 of 440 comments."


def test_nothing_is_said_about_scores_where_every_theme_is_too_small_to_compare() -> None:
    words = ["the tills"] * 25 + [f"something else {place}" for place in range(75)]
    dataset = survey(recommend=[2] * 25 + [10] * 75, comment=words)
    assert headline(dataset) == "The theme mentioned most is Tills: 25 of 100 comments."


def test_scores_that_do_not_differ_are_said_to_do_so() -> None:
    words = ["the tills", "something else"] * 100
    dataset = survey(recommend=[2, 2, 10, 10] * 50, comment=words)
    assert headline(dataset) == "No theme goes with clearly higher or lower scores."


def test_comments_without_any_theme_are_named_before_scores() -> None:
    dataset = survey(recommend=[2, 10] * 50, comment=[f"answer number {place}" for place in range(100)])
    assert headline(dataset) == "None of the comments speaks of a theme on the list."


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_theme_that_moves_most_is_named_and_not_the_lowest_score_of_a_few(language: str) -> None:
    words = ["the roof"] * 30 + ["the tills"] * 200 + ["kind staff"] * 200 + ["fine"] * 300
    scores = [0] * 30 + [3] * 140 + [8] * 60 + [10] * 190 + [8] * 10 + [9] * 200 + [7] * 100
    said = headline(survey(recommend=scores, comment=words), Translator(language))
    assert "Tills" in said
    assert "Staff" in said
    assert "Roof" not in said
