"""Roles and filters as they are typed: every way to name a column or an answer, and every refusal in words."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from cxdesk.project.request import RequestError, apply_roles, check_enough, find_question, selection_of
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.survey.scale import Scale
from cxdesk.survey.selection import Between, Mentions, OneOf, Selection
from cxdesk.text import LANGUAGES, Translator, say
from tests.builders import survey

WORDS = ("very bad", "bad", "neither, nor", "good", "very good")
SURVEY = survey(
    recommend=[10, 9, 3, 0, None, 7] * 10,
    satisfaction=[5, 4, 2, 1, 3, None] * 10,
    satisfaction_scale=Scale(1, 5, labels=WORDS),
    rating={"Overall (1=bad)": [1, 2, 3, 4, 5, 5] * 10, "7": [0, 10, 5, 5, 5, 5] * 10},
    rating_scale=Scale(0, 10),
    segment={
        "Region": ["West", "North, old", "North", "West", None, "华北"] * 10,
        "Plan": ["a=b", "a,b", "a", "b", "No answer", "c"] * 10,
        "Tier": ["x", "y", "x", "y", "x", "y"] * 10,
        "Store": [f"store {n}" for n in range(60)],
    },
    multiple={"Used": [["App"], ["App", "Web"], [], None, ["Web"], ["App"]] * 10},
    date=["2025-07-01", "2025-07-31 23:10", "2025-09-30", None, "2025-08-01", "2025-08-02"] * 10,
    comment=["slow delivery", "=1+1", None, "great", "SLOW", "发货太慢"] * 10,
    weight=[1, 2, 1, 2, 1, 2] * 10,
)


def people(dataset: Dataset, *requests: str) -> int:
    return Sample(dataset, selection_of(dataset, list(requests))).size


def refusal(dataset: Dataset, *requests: str) -> str:
    with pytest.raises(RequestError) as refused:
        selection_of(dataset, list(requests))
    return Translator("en")(refused.value.reason)


# --- columns --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Recommend", "recommend"),
        ("  Recommend\n", "recommend"),
        ("RECOMMEND", "recommend"),
        ("0", "recommend"),
        ("3", "7"),
        ("7", "7"),
        ("Overall (1=bad)", "overall (1=bad)"),
        ("Used App", "used"),
        ("App", "used"),
        ("9", "used"),
    ],
)
def test_a_column_is_named_by_words_header_or_position(name: str, id: str) -> None:
    assert find_question(SURVEY, name).id == id


def test_capitals_count_where_two_names_differ_in_nothing_else() -> None:
    renamed = tuple(replace(q, text="plan") if q.id == "tier" else q for q in SURVEY.questions)
    dataset = replace(SURVEY, questions=renamed)
    assert find_question(dataset, "Plan").columns == (5,)
    assert find_question(dataset, "plan").columns == (6,)
    with pytest.raises(RequestError) as refused:
        find_question(dataset, "PLAN")
    assert str(refused.value.reason) == "Several columns are called “PLAN”; say which by position: 5, 6."


def test_rows_of_two_grids_are_told_apart_by_their_group() -> None:
    questions = list(SURVEY.questions)
    questions[0] = replace(questions[0], group="Shop", text="Speed")
    questions[1] = replace(questions[1], group="Web", text="Speed")
    dataset = replace(SURVEY, questions=tuple(questions))
    assert find_question(dataset, "Web: Speed").columns == (1,)
    with pytest.raises(RequestError):
        find_question(dataset, "Speed")


@pytest.mark.parametrize("name", ["", " ", "Reg", "99", "-1", "recommend the"])
def test_an_unknown_column_is_refused(name: str) -> None:
    with pytest.raises(RequestError) as refused:
        find_question(SURVEY, name)
    assert str(refused.value.reason) == f"There is no column “{name.strip()}” in this file."


# --- roles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("request_", ["Overall (1=bad)=recommend", "2=Recommend", " overall (1=BAD) = recommend "])
def test_a_role_stands_behind_the_last_equals_sign(request_: str) -> None:
    changed = apply_roles(SURVEY, [request_])
    assert changed.question("overall (1=bad)").role is Role.RECOMMEND
    assert changed.key != SURVEY.key


def test_roles_are_given_in_turn() -> None:
    changed = apply_roles(SURVEY, ["Recommend=ignore", "7=recommend", "Store=private"])
    assert [question.id for question in changed.with_role(Role.RECOMMEND)] == ["7"]
    assert changed.question("store").role is Role.PRIVATE


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ("Recommend", "is not COLUMN=ROLE; roles are recommend, satisfaction"),
        ("Recommend=", "is not COLUMN=ROLE"),
        ("Recommend=nonsense", "is not COLUMN=ROLE"),
        ("Nowhere=segment", "There is no column “Nowhere”"),
        ("Satisfaction=recommend", "“Satisfaction”: NPS needs answers from 0 to 10"),
        ("Comment=recommend", "“Comment”: The answers are no scores"),
        ("Used=recommend", "“Used”: People could tick several answers"),
        ("Recommend=date", "“Recommend”: The answers could not be read as dates."),
    ],
)
def test_a_role_that_cannot_be_played_is_refused(request_: str, words: str) -> None:
    with pytest.raises(RequestError) as refused:
        apply_roles(SURVEY, [request_])
    assert words in Translator("en")(refused.value.reason)
    assert Translator("zh_CN")(refused.value.reason) != Translator("en")(refused.value.reason)


# --- filters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "codes"),
    [
        ("Region=West", (0,)),
        ("Region=West,华北", (0, 3)),
        ("Region=North, old", (1,)),
        ("Region=North, old,West", (1, 0)),
        ("Region=West, North, old ,North", (0, 1, 2)),
        ("Region=west,WEST", (0,)),
        ("Region=no answer", (4,)),
        ("Plan=a=b", (0,)),
        ("Plan=a,b", (1,)),
        ("Plan=b,a", (3, 2)),
        ("Plan=No answer", (4,)),
        ("Recommend=9,10", (9, 10)),
        ("Overall (1=bad)=2", (2,)),
        ("Satisfaction=very good,neither, nor,1", (4, 2, 0)),
        ("Used=Web,App", (1, 0)),
    ],
)
def test_answers_may_hold_commas_and_equals_signs(request_: str, codes: tuple[int, ...]) -> None:
    (condition,) = selection_of(SURVEY, [request_]).conditions
    assert isinstance(condition, OneOf)
    assert condition.codes == codes


def test_no_answer_can_be_said_in_every_language() -> None:
    for language in LANGUAGES:
        words = Translator(language)(say("no answer"))
        assert selection_of(SURVEY, [f"Region={words}"]).conditions == (OneOf("region", (4,)),)


def test_days_and_words() -> None:
    july = Between("date", datetime.date(2025, 7, 1), datetime.date(2025, 7, 31))
    assert selection_of(SURVEY, ["Date=2025-07-01..2025-07-31"]).conditions == (july,)
    assert people(SURVEY, "Date=2025-07-01..2025-07-31") == 20
    assert people(SURVEY, "Date=2025-07-31") == 10
    assert selection_of(SURVEY, ["Comment==1+1"]).conditions == (Mentions("comment", "=1+1"),)
    assert people(SURVEY, "Comment=slow") == 20
    assert people(SURVEY, "Comment=发货") == 10


def test_filters_on_several_columns_all_hold() -> None:
    assert people(SURVEY) == 60
    assert people(SURVEY, "Region=West") == 20
    assert people(SURVEY, "Region=West", "Recommend=10") == 10


@pytest.mark.parametrize(
    ("requests", "words"),
    [
        (["Region"], "“Region” is not COLUMN=VALUE."),
        (["Region="], "“Region=” is not COLUMN=VALUE."),
        (["=West"], "There is no column “”"),
        (["Regio=West"], "There is no column “Regio”"),
        (["Region=East"], "“Region” has no answer “East”. Its answers are West, North, old, North, 华北."),
        (["Region=West,"], "“Region” has no answer “”."),
        (["Recommend=11"], "“Recommend” has no answer “11”. Its answers are 0, 1, 2, 3, 4, 5, 6, 7 and others."),
        (["Date=July"], "“July” is not a range of days"),
        (["Date=2025-07-31..2025-07-01"], "is not a range of days"),
        (["Date=2025-07-01.."], "is not a range of days"),
        (["Date=2025-02-30"], "is not a range of days"),
        (["Weight=1"], "“Weight” cannot be a filter"),
        (["Region=West", "region=North"], "is the second filter on this column"),
    ],
)
def test_a_filter_that_does_not_fit_is_refused(requests: list[str], words: str) -> None:
    assert words in refusal(SURVEY, *requests)


def test_a_filter_must_leave_enough_people() -> None:
    rules = Rules()
    check_enough(SURVEY, Selection(), rules)
    check_enough(SURVEY, selection_of(SURVEY, ["Recommend=10"]), rules)
    for filters, words in (
        (["Recommend=10", "Region=North"], "The filter leaves nobody."),
        (["Store=store 1"], "The filter leaves 1 respondent; scores are shown from 10 on."),
        (["Store=store 1,store 2"], "The filter leaves 2 respondents;"),
    ):
        with pytest.raises(RequestError) as refused:
            check_enough(SURVEY, selection_of(SURVEY, filters), rules)
        assert words in str(refused.value.reason)


def test_a_small_survey_without_a_filter_is_no_mistake() -> None:
    check_enough(survey(recommend=[10, 9, 3]), Selection(), Rules())
