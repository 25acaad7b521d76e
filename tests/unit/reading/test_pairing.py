"""Which questions of two files are the same: by their words, if the answers agree, and by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cxdesk.reading.likeness import twins
from cxdesk.reading.pairing import How, PairRefused, pair
from cxdesk.reading.roles import with_role
from cxdesk.reading.together import put_together
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Direction, Scale
from tests.builders import survey
from tests.unit.reading.halves import agrees_with_its_columns, counted
from tests.unit.reading.opening import notes
from tests.unit.reading.understanding.sheets import columns_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("", "How likely are you to recommend us?"), ("", "how likely are you to recommend us ")),
        (("", "3、您对服务满意吗？"), ("", "5.您对服务满意吗?")),
        (("", "Ｏｖｅｒａｌｌ satisfaction"), ("", "Overall satisfaction")),
        (("", "Were you satisfied in 2024?"), ("", "Were you satisfied in 2025?")),
        (("How satisfied are you with", "Speed"), ("how satisfied are you with:", "Speed")),
        (("", "Would you recommend us to others?"), ("", "Would you recommend us to others? 10 - yes, 1 - no")),
        (("", "How satisfied are you with the service?"), ("", "How satisfied are you with our service?")),
    ],
)
def test_a_question_is_found_again_although_it_was_edited(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert [(twin.first, twin.second) for twin in twins([one], [other])] == [(0, 0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("", "Rating 1"), ("", "Rating 2")),
        (("", "Satisfaction with service 1"), ("", "Satisfaction with service 10")),
        (("What did you like about our shop?", "Comments"), ("Would you recommend the product?", "Comments")),
        (("", "Region"), ("", "Age")),
        (("", "地区"), ("", "年龄")),
        (("", ""), ("", "")),
        (("", "How long are you a customer?"), ("", "How often do you buy?")),
    ],
)
def test_different_questions_are_not_taken_for_one(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert twins([one], [other]) == ()


def test_each_question_finds_its_own_among_similar_ones() -> None:
    first = [("", f"How satisfied are you with the {what}?") for what in ("speed", "price", "staff")]
    second = [("", f"How satisfied were you with the {what}?") for what in ("staff", "speed", "price")]
    assert [(twin.first, twin.second) for twin in twins(first, second)] == [(0, 1), (1, 2), (2, 0)]


def test_a_pairing_says_how_it_was_found_and_what_is_left() -> None:
    new = survey(recommend=[9, 3], segment={"Region": "ab", "Plan": "xy"}, comment={"Why?": ["a", "b"]})
    old = survey(recommend=[9, 3], segment={"Region": "bc", "Team": "xy"})
    found = pair(new, old)
    assert {(match.a, match.how) for match in found.pairs} == {("recommend", How.SAME), ("region", How.OPTIONS)}
    assert [question.id for question in found.only_a] == ["plan", "why?"]
    assert [question.id for question in found.only_b] == ["team"]
    assert found.count(How.OPTIONS) == 1


def test_scales_that_differ_are_said_and_not_paired() -> None:
    new = survey(recommend=[9, 3], satisfaction=[9, 1], satisfaction_scale=Scale(0, 10))
    old = survey(recommend=[9, 3], satisfaction=[5, 1])
    found = pair(new, old)
    assert [match.a for match in found.pairs] == ["recommend"]
    (clash,) = found.clashes
    assert str(clash.reason).startswith("The scale is 0–10 in one file and 1–5 in the other")
    with pytest.raises(PairRefused, match="pair"):
        found.with_pair("satisfaction", "satisfaction")
    whole = put_together([old, new])
    assert whole.question("satisfaction").text == "Satisfaction"
    apart = [question for question in whole.questions if question.text.startswith("Satisfaction (")]
    assert len(apart) == 1
    assert apart[0].scale == Scale(1, 5)
    assert "stays apart. The scale is 0–10 in one file and 1–5" in notes(whole)["not_paired"]


def test_a_scale_begins_with_zero_if_people_gave_zero_in_the_other_file() -> None:
    new = survey(recommend=[9, 1, 3], recommend_scale=Scale(1, 10))
    old = survey(recommend=[0, 1, 9])
    assert len(pair(new, old).clashes) == 1  # the person, or the question itself, said that it begins with 1
    unsure = replace(new, questions=tuple(replace(one, sure=Sure.CHECK) for one in new.questions))
    for files in ([old, unsure], [unsure, old]):
        whole = put_together(files, order=[0, 1])
        assert whole.question("recommend").scale == Scale(0, 10)
        assert sorted(whole.codes("recommend").tolist()) == [0, 1, 1, 3, 9, 9]
        assert agrees_with_its_columns(whole) == []


def test_a_scale_that_one_file_leaves_open_is_that_of_the_other_file() -> None:
    """Nobody answered 5 in one file, or 6 stands for "no answer" in it: the other file shows that it goes to 5."""
    words = "How satisfied are you with our service?"
    plain = columns_of({words: [1, 2, 3, 4, 5]}, 60)
    for answers in ([4, 3, 2, 1, 1, 1, 1, 1, 1, 1, 2, 2], [6, 6, 1, 2, 3, 4, 5, 4, 3, 2, 5, 4]):
        doubtful = columns_of({words: answers}, 12)
        (asked,) = doubtful.questions
        assert (asked.sure, asked.scale == plain.questions[0].scale) == (Sure.CHECK, False)
        for files in ([plain, doubtful], [doubtful, plain]):
            whole = put_together(files, order=[0, 1])
            (question,) = [one for one in whole.questions if one.role is Role.SATISFACTION]
            assert question.scale is not None
            assert (question.scale.lowest, question.scale.highest) == (1, 5)
            given = whole.codes(question.id)
            assert int((given < 5).sum()) == 60 + sum(answer < 6 for answer in answers)
            assert agrees_with_its_columns(whole) == []


def test_answers_that_fit_no_other_file_are_said() -> None:
    high, low = Scale(1, 7), Scale(1, 7, direction=Direction.LOW_IS_GOOD)
    newest = survey(effort=[1, 7], effort_scale=high, name="3.csv")
    newest = replace(newest, questions=tuple(replace(one, sure=Sure.GUESS) for one in newest.questions))
    files = [survey(effort=[2, 6], effort_scale=scale, name=f"{n}.csv") for n, scale in enumerate((low, high), start=1)]
    whole = put_together([*files, newest])
    assert whole.codes("effort").tolist() == [7, 7, 1, 5, 0, 6]
    assert (
        notes(whole)["left_out"] == "2 answers to “Effort” in 1 are left out; they do not fit those of the other files"
    )


def test_a_person_can_pair_by_hand_and_take_apart() -> None:
    new = survey(recommend=[9, 3], segment={"Land": "ab", "Plan": "xy"})
    old = survey(recommend=[8, 2], segment={"Country": "ba", "Plan": "xx"})
    found = pair(new, old).with_pair("land", "country").with_pair("plan", None)
    assert {(match.a, match.b, match.how) for match in found.pairs} == {
        ("recommend", "recommend", How.SAME),
        ("land", "country", How.BY_HAND),
    }
    whole = put_together([old, new], [found], order=[0, 1])
    assert counted(whole, whole.question("land")) == [("a", 2), ("b", 2), ("no answer", 0)]
    assert [question.text for question in whole.questions if "Plan" in question.text] == ["Plan", "Plan (survey)"]
    again = found.with_pair("plan", "country")
    assert again.partner("land") is None


def test_the_only_nps_question_of_each_file_is_the_same_whatever_it_is_called() -> None:
    new = survey(recommend=[9, 3] * 10, segment="ab" * 10)
    old = survey(rating={"Empfehlung": [9, 3] * 10}, rating_scale=Scale(0, 10), segment="ab" * 10)
    old = with_role(old, "empfehlung", Role.RECOMMEND)
    assert [(match.a, match.b, match.how) for match in pair(new, old).pairs] == [
        ("recommend", "empfehlung", How.ROLE),
        ("segment", "segment", How.SAME),
    ]


def test_the_reading_of_the_fuller_file_is_used_for_both() -> None:
    new = survey(comment={"Region": ["North", "South"] * 20})
    old = survey(segment={"Region": ["South", "East"] * 20})
    whole = put_together([old, new], order=[0, 1])
    assert whole.question("region").kind is Kind.CHOICE
    assert counted(whole, whole.question("region")) == [("East", 20), ("North", 20), ("South", 40), ("no answer", 0)]


def test_what_is_private_in_one_file_is_private_in_both() -> None:
    new = survey(recommend=[9, 3], comment={"Name": ["Ann", "Bob"]})
    old = survey(recommend=[9, 3], private={"Name": ["Cid", "Dot"]})
    for files in ([old, new], [new, old]):
        assert put_together(files, order=[0, 1]).question("name").role is Role.PRIVATE
