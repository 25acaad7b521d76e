"""Questions with negative words never decide the good end of a scale in silence."""

from __future__ import annotations

import pytest

from cxdesk.survey.role import Role, Sure
from cxdesk.survey.scale import Direction
from tests.unit.reading.understanding.sheets import columns_of, only

AGREE = ["Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree"]
TONGYI = ["非常同意", "同意", "一般", "不同意", "非常不同意"]


@pytest.mark.parametrize(
    ("header", "answers", "low_is_good"),
    [
        ("I was unhappy with the service", AGREE, True),
        ("I was dissatisfied with the staff", AGREE, True),
        ("It was hard to find what I needed", AGREE, True),
        ("The waiting time was too long", AGREE, True),
        ("I would accept another job at the same pay", AGREE, True),
        ("I did not get what I ordered", AGREE, True),
        ("Getting an appointment was not difficult", AGREE, False),
        ("我对服务不满意", TONGYI, True),
        ("这个功能难以使用", TONGYI, True),
        ("等待时间太长", TONGYI, True),
        ("Ich war mit dem Service unzufrieden", ["stimme voll zu", "stimme eher zu", "stimme eher nicht zu"], True),
        ("Estoy insatisfecho con el servicio", ["Totalmente de acuerdo", "De acuerdo", "En desacuerdo"], True),
        ("I was dissatisfied with the staff", [1, 2, 3, 4, 5], True),
        ("How likely are you to cancel your contract?", list(range(11)), True),
        ("How unhappy were you with the room?", [1, 2, 3, 4, 5], True),
        ("It was not easy to reach us", AGREE, True),
    ],
)
def test_negative_wording_is_asked(header: str, answers: list[object], low_is_good: bool) -> None:
    question = only(header, answers)
    assert question.sure is Sure.CHECK
    assert question.scale is not None
    assert question.scale.direction is (Direction.LOW_IS_GOOD if low_is_good else Direction.HIGH_IS_GOOD)
    assert question.ask is not None
    offered = {reading.scale.direction for reading in question.ask.readings if reading.scale}
    assert offered == {Direction.HIGH_IS_GOOD, Direction.LOW_IS_GOOD}


@pytest.mark.parametrize(
    ("header", "answers", "role"),
    [
        ("The staff were friendly", AGREE, Role.RATING),
        ("My problem was solved quickly", AGREE, Role.RATING),
        ("客服很好地解决了我的问题", TONGYI, Role.RATING),
        ("I am satisfied with the service", AGREE, Role.SATISFACTION),
        ("How satisfied or dissatisfied were you?", [1, 2, 3, 4, 5], Role.SATISFACTION),
        ("How satisfied are you? (1 = very dissatisfied, 5 = very satisfied)", [1, 2, 3, 4, 5], Role.SATISFACTION),
        ("How dissatisfied were you?", ["Very dissatisfied", "Dissatisfied", "Satisfied"], Role.SATISFACTION),
        ("您对服务满意还是不满意？", [1, 2, 3, 4, 5], Role.SATISFACTION),
        ("Would you recommend us? 0 means not at all likely, 10 means very likely", list(range(11)), Role.RECOMMEND),
        ("您是否愿意推荐我们（0分表示完全不推荐，10分表示一定推荐）", list(range(11)), Role.RECOMMEND),
        ("Please rate the troubleshooting guide", [1, 2, 3, 4, 5], Role.RATING),
        ("How would you rate our problem solving?", ["Poor", "Fair", "Good", "Excellent"], Role.RATING),
    ],
)
def test_plain_wording_needs_no_question(header: str, answers: list[object], role: Role) -> None:
    question = only(header, answers)
    assert (question.role, question.sure) == (role, Sure.SURE)
    assert question.scale is not None
    assert question.scale.direction is Direction.HIGH_IS_GOOD


def test_a_doubt_about_the_main_scores_must_be_answered() -> None:
    for header in ("I was dissatisfied with the staff", "我对服务不满意"):
        question = only(header, AGREE)
        assert question.role is Role.SATISFACTION
        assert question.ask is not None
        assert question.ask.needed
    against = only("I would not recommend this shop", list(range(11)))
    assert (against.role, against.sure) == (Role.RECOMMEND, Sure.CHECK)
    assert against.ask is not None
    assert against.ask.needed


def test_a_rating_that_runs_against_recommendation_is_asked_in_any_language() -> None:
    survey = columns_of(
        {
            "Recommend us? (0-10)": [0, 2, 4, 5, 7, 9, 10],
            "Hodnocení hluku (1-5)": [5, 5, 4, 3, 2, 1, 1],
            "Hodnocení jídla (1-5)": [1, 1, 2, 3, 4, 5, 5],
        },
        70,
    )
    noise, food = survey.questions[1:]
    assert (food.role, food.sure) == (Role.RATING, Sure.SURE)
    assert (noise.role, noise.sure) == (Role.RATING, Sure.CHECK)
    assert noise.scale is not None
    assert noise.scale.direction is Direction.LOW_IS_GOOD


def test_bare_numbers_from_1_to_6_may_be_school_grades() -> None:
    question = only("Wie zufrieden sind Sie mit der Lieferung?", [1, 2, 3, 4, 5, 6])
    assert (question.role, question.sure) == (Role.SATISFACTION, Sure.CHECK)
    assert question.ask is not None
    assert question.ask.needed
    assert only("How satisfied are you with the delivery?", [1, 2, 3, 4, 5, 6]).sure is Sure.SURE


NAMES = [
    "Problem resolution",
    "Complaint handling",
    "Issue resolution",
    "Finding issues to work on",
    "Not pushy staff",
    "GH tools (not our customized tooling)",
    "没有排队",
    "退货难易",
    "投诉处理",
    "问题解决",
]
SPREAD = [1, 2, 3, 4, 5, 5, 4, 5, 3, 4]


@pytest.mark.parametrize("stem", ["Please rate - {}", "请对以下方面评分—{}", "{}", "Rating: {}"])
def test_the_name_of_a_topic_states_nothing(stem: str) -> None:
    """ "Problem resolution" and "没有排队" are rated like "Price": their words do not turn them around."""
    survey = columns_of({stem.format(name): SPREAD for name in [*NAMES, "Friendliness", "价格"]}, 60)
    for question in survey.questions:
        assert question.role is Role.RATING
        assert question.scale is not None
        assert question.scale.direction is Direction.HIGH_IS_GOOD, question.text


def test_names_in_a_grid_of_ratings_need_no_question() -> None:
    survey = columns_of({f"Please rate - {name}": SPREAD for name in NAMES}, 60)
    assert {question.sure for question in survey.questions} == {Sure.SURE}


def test_a_row_that_only_sounds_bad_is_asked_but_does_not_turn_alone() -> None:
    survey = columns_of({f"Please rate - {name}": SPREAD for name in ("Price", "Staff", "Slow service")}, 60)
    slow = survey.questions[2]
    assert slow.scale is not None
    assert (slow.sure, slow.scale.direction) == (Sure.CHECK, Direction.HIGH_IS_GOOD)


@pytest.mark.parametrize("statement", ["It was hard to reach you", "I had to wait too long", "我等了太久"])
@pytest.mark.parametrize("against", [True, False])
@pytest.mark.parametrize("anchored", [True, False])
def test_the_answers_decide_about_a_negative_statement(statement: str, against: bool, anchored: bool) -> None:
    """Its words make a guess; what goes together with the main score, or with its grid, is the better one."""
    turned = [6 - score for score in SPREAD] if against else SPREAD
    grid = {"Please rate - The staff were friendly": SPREAD, "Please rate - The room was clean": SPREAD}
    main = {"How likely are you to recommend us?": [2 * score for score in SPREAD]} if anchored else {}
    survey = columns_of({**main, **grid, f"Please rate - {statement}": turned}, 60)
    question = survey.questions[-1]
    assert question.scale is not None
    assert question.sure is Sure.CHECK
    assert question.scale.direction is (Direction.LOW_IS_GOOD if against else Direction.HIGH_IS_GOOD)
    assert question.ask is not None
    assert question.ask.readings[0].scale == question.scale


def test_without_correlation_a_negative_statement_is_a_guess_that_is_asked() -> None:
    independent = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    crossed = [1, 5, 1, 5, 1, 5, 1, 5, 1, 5]
    survey = columns_of({"Please rate - Price": independent, "Please rate - I had to wait too long": crossed}, 60)
    question = survey.questions[1]
    assert question.scale is not None
    assert (question.sure, question.scale.direction) == (Sure.CHECK, Direction.LOW_IS_GOOD)


def test_nothing_is_certain_that_runs_against_the_answers() -> None:
    survey = columns_of(
        {
            "How likely are you to recommend us?": [0, 1, 2, 3, 4, 6, 7, 8, 9, 10],
            "Please rate the price": [4, 3, 4, 3, 3, 3, 3, 3, 3, 3],
        },
        100,
    )
    price = survey.questions[1]
    assert price.scale is not None
    assert price.sure is Sure.CHECK
