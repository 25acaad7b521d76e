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
    assert headline(dataset) == "The only theme mentioned is Tills: 40 of 440 comments."


@pytest.mark.parametrize(
    ("tills", "roof", "staff", "said"),
    [
        (60, 30, 20, "The theme mentioned most is Tills: 60 of 400 comments."),
        (60, 55, 20, "Mentioned most: Tills or Roof, with 60 and 55 of 400 comments."),
        (
            60,
            55,
            45,
            "Which theme is mentioned most is too close to call: Tills (60), Roof (55) or 1 more, of 400 comments.",
        ),
        (60, 45, 35, "Mentioned most: Tills or Roof, with 60 and 45 of 400 comments."),
    ],
)
def test_only_a_first_place_that_holds_is_named(tills: int, roof: int, staff: int, said: str) -> None:
    words = ["the tills"] * tills + ["the roof"] * roof + ["kind staff"] * staff
    rest = [f"something else {place}" for place in range(400 - len(words))]
    assert headline(survey(comment=words + rest)) == said


def test_themes_are_compared_by_those_who_mention_just_one() -> None:
    apart = ["the tills"] * 40 + ["the roof"] * 30
    both = ["the tills under the roof"] * 30 + ["the tills"] * 10
    assert headline(survey(comment=apart)).startswith("Mentioned most: Tills or Roof")
    assert headline(survey(comment=both)) == "The theme mentioned most is Tills: 40 of 40 comments."


def test_a_theme_that_may_lead_is_named_although_another_has_more_mentions() -> None:
    # Roof is nearly always mentioned together with tills, so it is clearly second; staff, with fewer, is not.
    words = ["the tills under the roof"] * 50 + ["the tills"] * 9 + ["kind staff"] * 45
    assert headline(survey(comment=words)) == "Mentioned most: Tills or Staff, with 59 and 45 of 104 comments."


def test_the_first_place_is_said_in_chinese() -> None:
    words = ["the tills"] * 60 + ["the roof"] * 55 + ["kind staff"] * 50
    assert headline(survey(comment=words), Translator("zh_CN")) == (
        "哪个主题提到最多还难分先后：165 条评论中，“Tills”60 条，“Roof”55 条，另有 1 个主题接近。"
    )


def test_nothing_is_said_about_scores_where_every_theme_is_too_small_to_compare() -> None:
    words = ["the tills"] * 25 + [f"something else {place}" for place in range(75)]
    dataset = survey(recommend=[2] * 25 + [10] * 75, comment=words)
    assert headline(dataset) == "The only theme mentioned is Tills: 25 of 100 comments."


def test_scores_that_do_not_differ_are_said_to_do_so() -> None:
    words = ["the tills", "something else"] * 100
    dataset = survey(recommend=[2, 2, 10, 10] * 50, comment=words)
    assert headline(dataset) == "No theme goes with clearly higher or lower scores."


def test_comments_without_any_theme_are_named_before_scores() -> None:
    dataset = survey(recommend=[2, 10] * 50, comment=[f"answer number {place}" for place in range(100)])
    assert headline(dataset) == "None of the comments speaks of a theme on the list."


@pytest.mark.parametrize(
    ("coded", "said"),
    [
        (1, "The list of themes does not fit these comments: only 1 of 400 speaks of one."),
        (19, "The list of themes does not fit these comments: only 19 of 400 speak of one."),
        (20, "The only theme mentioned is Tills: 20 of 400 comments."),
    ],
)
def test_a_list_that_hardly_fits_names_no_first_theme(coded: int, said: str) -> None:
    words = ["the tills"] * coded + [f"something else {place}" for place in range(400 - coded)]
    assert headline(survey(comment=words)) == said


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_theme_that_moves_most_is_named_and_not_the_lowest_score_of_a_few(language: str) -> None:
    words = ["the roof"] * 30 + ["the tills"] * 200 + ["kind staff"] * 200 + ["fine"] * 300
    scores = [0] * 30 + [3] * 140 + [8] * 60 + [10] * 190 + [8] * 10 + [9] * 200 + [7] * 100
    said = headline(survey(recommend=scores, comment=words), Translator(language))
    assert "Tills" in said
    assert "Staff" in said
    assert "Roof" not in said
