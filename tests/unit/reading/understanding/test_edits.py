"""A person may know better: roles change without reading the file again, and impossible wishes are refused in words."""

from __future__ import annotations

import numpy as np
import pytest

from cxdesk.reading import roles
from cxdesk.reading.transport import packed, restore
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Direction, Scale
from cxdesk.wire import decode, encode
from tests.unit.reading.understanding.sheets import columns_of, scores


@pytest.fixture
def survey() -> Dataset:
    return columns_of(
        {
            "On a scale of 0-10, how would you rate us?": range(11),
            "How satisfied are you?": [1, 2, 3, 4, 5],
            "Region": ["North", "South", "East"],
            "Why?": [f"Because of the long queue number {n}" for n in range(60)],
            "Visit date": ["03/04/2025", "05/06/2025"],
            "How easy was it?": range(1, 8),
            "Tools": ["a;b", "b;c", "a;c", "c"],
        }
    )


def test_a_new_role_changes_key_and_answers_and_is_sure(survey: Dataset) -> None:
    changed = roles.with_role(survey, "q1", Role.RECOMMEND)
    question = changed.question("q1")
    assert (question.role, question.sure, question.ask) == (Role.RECOMMEND, Sure.SURE, None)
    assert str(question.why) == "Chosen by you"
    assert changed.key != survey.key
    assert survey.question("q1").role is Role.RATING
    assert roles.with_role(changed, "q1", Role.RATING, Scale(0, 10)).question("q1").role is Role.RATING


def test_the_same_edits_in_another_order_give_the_same_key(survey: Dataset) -> None:
    one = roles.with_role(roles.with_role(survey, "q1", Role.RECOMMEND), "q3", Role.IGNORE)
    other = roles.with_role(roles.with_role(survey, "q3", Role.IGNORE), "q1", Role.RECOMMEND)
    assert one.key == other.key


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("q2", Role.RECOMMEND),
        ("q3", Role.RECOMMEND),
        ("q4", Role.RECOMMEND),
        ("q4", Role.SATISFACTION),
        ("q7", Role.EFFORT),
        ("q4", Role.DATE),
        ("q4", Role.WEIGHT),
        ("q3", Role.MULTIPLE),
    ],
)
def test_impossible_roles_are_refused_in_words(survey: Dataset, question: str, role: Role) -> None:
    with pytest.raises(roles.RoleRefused) as refused:
        roles.with_role(survey, question, role)
    assert str(refused.value.reason)
    assert role not in roles.allowed(survey, question)


def test_allowed_roles_can_all_be_played(survey: Dataset) -> None:
    for question in survey.questions:
        possible = roles.allowed(survey, question.id)
        assert question.role in possible
        for role in possible:
            assert roles.with_role(survey, question.id, role).question(question.id).role is role


def test_a_1_to_10_question_may_be_used_for_nps() -> None:
    survey = columns_of({"Please rate us on a scale of 1 to 10": range(1, 11)})
    question = roles.with_role(survey, "q1", Role.RECOMMEND).question("q1")
    assert question.scale is not None
    assert (question.scale.lowest, question.scale.highest) == (1, 10)


def test_the_answer_to_the_question_about_direction_is_kept(survey: Dataset) -> None:
    ask = survey.question("q6").ask
    assert ask is not None
    low = next(
        reading for reading in ask.readings if reading.scale and reading.scale.direction is Direction.LOW_IS_GOOD
    )
    question = roles.with_reading(survey, "q6", low).question("q6")
    assert question.scale is not None
    assert (question.scale.direction, question.sure) == (Direction.LOW_IS_GOOD, Sure.SURE)


def test_the_answer_to_the_question_about_dates_is_kept(survey: Dataset) -> None:
    ask = survey.question("q5").ask
    assert ask is not None
    first, second = (roles.with_reading(survey, "q5", reading).answers["q5"].numbers for reading in ask.readings)
    assert first is not None
    assert second is not None
    assert not np.array_equal(first, second)


def test_scores_can_become_groups_and_groups_multiple_answers(survey: Dataset) -> None:
    grouped = roles.with_role(survey, "q2", Role.SEGMENT)
    assert grouped.question("q2").options == ("1", "2", "3", "4", "5")
    assert grouped.question("q2").kind is Kind.CHOICE
    whole = roles.with_role(survey, "q7", Role.SEGMENT)
    assert roles.with_role(whole, "q7", Role.MULTIPLE).question("q7").options == survey.question("q7").options


def test_a_scale_chosen_by_the_person_is_used(survey: Dataset) -> None:
    flipped = roles.with_role(
        survey, "q2", Role.SATISFACTION, Scale(1, 5, direction=Direction.LOW_IS_GOOD, no_answer=("1",))
    )
    assert scores(flipped, "q2")[:5] == [None, 2, 3, 4, 5]


def test_answers_come_back_after_a_journey(survey: Dataset) -> None:
    arrived = restore(decode(encode(packed(survey))))
    assert arrived.key == survey.key
    assert arrived.questions == survey.questions
    for question in survey.questions:
        before, after = survey.answers[question.id], arrived.answers[question.id]
        assert before.size == after.size
        for one, other in ((before.codes, after.codes), (before.numbers, after.numbers)):
            assert (one is None) == (other is None)
            if one is not None and other is not None:
                np.testing.assert_array_equal(one, other)
