"""Each question gets the role that a careful colleague would give it; doubts are asked, not guessed in silence."""

from __future__ import annotations

import pytest

from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Direction
from cxdesk.text import Translator
from tests.unit.reading.understanding.sheets import columns_of, only

ELEVEN = list(range(11))
TEN = list(range(1, 11))


@pytest.mark.parametrize(
    "header",
    [
        "How likely are you to recommend us to a friend?",
        "您有多大可能向朋友推荐我们？",
        "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
        "Recomendaría nuestros servicios",
        "Recommanderiez-vous notre service ?",
        "NPS",
        "nps_score",
        "Q12_NPS",
    ],
)
def test_the_recommend_question(header: str) -> None:
    question = only(header, ELEVEN)
    assert (question.role, question.sure, question.kind) == (Role.RECOMMEND, Sure.SURE, Kind.SCORE)


def test_a_stated_range_counts_even_if_nobody_used_all_of_it() -> None:
    question = only("How likely are you to recommend us (0-10)?", TEN)
    assert question.scale is not None
    assert (question.scale.lowest, question.sure) == (0, Sure.SURE)


def test_nobody_chose_zero() -> None:
    question = only("Would you recommend us?", TEN, 100)
    assert question.scale is not None
    assert (question.role, question.sure, question.scale.lowest) == (Role.RECOMMEND, Sure.CHECK, 1)
    assert question.ask is not None
    assert not question.ask.needed
    assert [reading.scale.lowest for reading in question.ask.readings if reading.scale] == [1, 0]


@pytest.mark.parametrize("answers", [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6, 7], ["Yes", "No"]])
def test_what_is_never_nps(answers: list[object]) -> None:
    assert only("Would you recommend us?", answers).role is not Role.RECOMMEND


def test_groups_of_the_score_are_no_rating() -> None:
    survey = columns_of(
        {"Q5_NPS_GROUP": [1, 2, 3], "Q5 How likely to recommend": ELEVEN, "Group": ["Promoter", "Passive"]}
    )
    assert [question.role for question in survey.questions] == [Role.IGNORE, Role.RECOMMEND, Role.IGNORE]


def test_list_positions_of_an_eleven_point_question_are_asked() -> None:
    own = {
        "序号": range(1, 89),
        "提交答卷时间": ["2025/7/1 9:03:05"],
        "所用时间": ["38秒"],
        "来源": ["微信"],
        "来自IP": ["1.2.3.4"],
    }
    survey = columns_of({**own, "1、您有多大可能推荐我们": range(1, 12)}, 88, "9_按序号_调查_88_88.xlsx")
    question = survey.questions[-1]
    assert question.text == "您有多大可能推荐我们"
    assert question.role is Role.RECOMMEND
    assert question.ask is not None
    assert question.ask.needed
    assert survey.codes(question.id)[:11].tolist() == ELEVEN


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("总体满意度", [1, 2, 3, 4, 5]),
        ("Overall, how satisfied are you?", ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied"]),
        ("CSAT", [1, 2, 3, 4, 5]),
        ("Wie zufrieden sind Sie insgesamt?", [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_satisfaction(header: str, answers: list[object]) -> None:
    question = only(header, answers)
    assert (question.role, question.sure) == (Role.SATISFACTION, Sure.SURE)


def test_points_of_satisfaction_beside_the_overall_one_are_ratings() -> None:
    survey = columns_of(
        {
            "Would you recommend us? (0-10)": ELEVEN,
            "Overall satisfaction": [5, 4, 3, 2, 1],
            "Satisfaction with price": [5, 4, 3, 2, 1],
            "Satisfaction with speed": [5, 4, 3, 2, 1],
        }
    )
    assert [question.role for question in survey.questions[1:]] == [Role.SATISFACTION, Role.RATING, Role.RATING]


@pytest.mark.parametrize(
    ("header", "guess"),
    [
        ("How easy was it to get help?", Direction.HIGH_IS_GOOD),
        ("办理过程是否轻松", Direction.HIGH_IS_GOOD),
        ("How much effort did you have to put forth?", Direction.LOW_IS_GOOD),
        ("您觉得费力吗", Direction.LOW_IS_GOOD),
    ],
)
def test_the_direction_of_effort_is_asked(header: str, guess: Direction) -> None:
    question = only(header, range(1, 8))
    assert (question.role, question.sure) == (Role.EFFORT, Sure.CHECK)
    assert question.ask is not None
    assert question.ask.needed
    assert question.scale is not None
    assert question.scale.direction is guess
    directions = {reading.scale.direction for reading in question.ask.readings if reading.scale}
    assert directions == {Direction.HIGH_IS_GOOD, Direction.LOW_IS_GOOD}


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("How easy was it? (1 = very difficult, 7 = very easy)", list(range(1, 8))),
        ("It was easy to get what I needed", ["Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree"]),
        ("办理是否方便", ["非常方便", "方便", "一般", "不方便", "非常不方便"]),
    ],
)
def test_effort_with_words_needs_no_question(header: str, answers: list[object]) -> None:
    question = only(header, answers)
    assert (question.role, question.sure) == (Role.EFFORT, Sure.SURE)


def test_answers_that_go_with_recommendation_decide_the_guess() -> None:
    effort = [7, 6, 5, 4, 3, 2, 1]
    survey = columns_of({"Recommend us? (0-10)": [0, 2, 4, 5, 7, 9, 10], "How easy was it to reach us?": effort}, 70)
    question = survey.questions[1]
    assert question.scale is not None
    assert question.scale.direction is Direction.LOW_IS_GOOD
    assert question.ask is not None
    assert "Recommend us" in str(question.ask.reason)


def test_satisfaction_that_runs_against_recommendation_is_asked() -> None:
    survey = columns_of({"Recommend us? (0-10)": [0, 2, 4, 7, 10], "How satisfied are you?": [5, 4, 3, 2, 1]}, 70)
    question = survey.questions[1]
    assert question.ask is not None
    assert question.ask.needed


def test_ease_between_other_rated_points_is_one_of_them() -> None:
    points = {name: [1, 2, 3, 4, 5] for name in ("Food and drink", "Ease of booking", "Seats", "Entertainment")}
    assert [question.role for question in columns_of(points).questions] == [Role.RATING] * 4


def test_numbers_that_stand_for_options_leave_the_order_open() -> None:
    rows: dict[str, list[object]] = {
        "StartDate": ["2025-01-01 10:00:00"],
        "EndDate": ["2025-01-01 10:05:00"],
        "Status": [0],
        "Progress": [100],
        "Duration (in seconds)": [300],
        "Finished": [1],
        "RecordedDate": ["2025-01-01 10:05:00"],
        "ResponseId": [f"R_{n}" for n in range(60)],
        "How satisfied are you?": [1, 2, 3, 4, 5],
    }
    question = columns_of(rows).questions[-1]
    assert question.role is Role.SATISFACTION
    assert question.ask is not None
    assert question.ask.needed


def test_a_rating_from_0_to_10_might_be_the_recommend_question() -> None:
    question = only("On a scale of 0-10, how would you rate us?", ELEVEN)
    assert (question.role, question.sure) == (Role.RATING, Sure.CHECK)
    assert question.ask is not None
    assert not question.ask.needed
    assert [reading.role for reading in question.ask.readings] == [Role.RATING, Role.RECOMMEND]


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("Age", range(18, 80)),
        ("How many times did you visit?", range(10)),
        ("sessions", range(11)),
        ("Quarter", [1, 2, 3, 4]),
        ("等待时间", ["5分钟以内", "10分钟", "30分钟以上"]),
        ("Department", ["1. Sales", "2. Marketing", "3. IT", "4. HR"]),
        ("Month", range(1, 13)),
        ("gender", [1, 2]),
        ("amount", [12.5, 99.9, 4.2, 18.1]),
        ("Temperature", range(101)),
    ],
)
def test_what_is_no_score(header: str, answers: list[object]) -> None:
    assert only(header, answers, 120).kind is not Kind.SCORE


@pytest.mark.parametrize(
    ("header", "answers", "role"),
    [
        ("Region", ["North", "South", "East"], Role.SEGMENT),
        ("Age group", ["1", "2", "3"], Role.SEGMENT),
        ("门店", [f"门店{n:03d}" for n in range(300)], Role.SEGMENT),
        ("Customer", ["Yes", "No"], Role.SEGMENT),
        ("Anything else?", [f"The queue was far too long on day {n}" for n in range(3000)], Role.COMMENT),
        ("建议", ["排队时间太长了，希望改进", "", ""], Role.COMMENT),
        ("您的建议", [f"希望第{n}窗口能够快一点" for n in range(3000)], Role.COMMENT),
        ("Ticket", [f"TCK-{n:06d}" for n in range(3000)], Role.RESPONDENT),
        ("Row", range(1, 3001), Role.RESPONDENT),
        ("Constant", ["same"], Role.IGNORE),
    ],
)
def test_other_roles(header: str, answers: list[object], role: Role) -> None:
    assert only(header, answers, 3000).role is role


def test_weights_are_recognised_and_asked() -> None:
    question = only("weight_q3", [0.92, 1.13, 0.88, 1.4, 0.6])
    assert (question.role, question.sure) == (Role.WEIGHT, Sure.CHECK)
    assert only("Body weight", [71.5, 80.2, 65.4]).role is not Role.WEIGHT


def test_unwritten_columns_are_empty_and_say_so() -> None:
    survey = columns_of({"Recommend (0-10)": ELEVEN, "Notes": [""]})
    assert (survey.questions[1].kind, survey.questions[1].role) == (Kind.EMPTY, Role.IGNORE)


def test_the_same_words_twice_stay_two_questions() -> None:
    from tests.unit.reading.understanding.sheets import understood

    survey = understood([["Other", "Other", "Region"], *([["a", "b", "N"], ["b", "c", "S"]] * 20)])
    assert [question.text for question in survey.questions] == ["Other", "Other (2)", "Region"]
    assert "renamed_header" in {note.code for note in survey.receipt.unused}


def test_every_reason_is_said_in_both_languages() -> None:
    survey = columns_of(
        {
            "NPS": ELEVEN,
            "How easy was it?": range(1, 8),
            "Region": ["a", "b"],
            "weight": [0.5, 1.5, 1.2],
            "E-mail": [f"u{n}@example.com" for n in range(60)],
            "When": ["2025-01-02", "2025-03-04"],
            "Tools": ["a;b", "b;c", "a;c", "c"],
        }
    )
    chinese = Translator("zh_CN")
    for question in survey.questions:
        texts = [question.why]
        if question.ask is not None:
            texts += [question.ask.reason, *(reading.words for reading in question.ask.readings)]
        for text in texts:
            assert str(text)
            assert any("\u4e00" <= sign <= "\u9fff" or sign.isdigit() for sign in chinese(text)), text.msgid


@pytest.mark.parametrize(("different", "reason"), [(60, "All values differ"), (56, "Nearly all values differ")])
def test_an_id_is_only_said_to_differ_everywhere_where_it_does(different: int, reason: str) -> None:
    ids = [f"C{number % different:04d}" for number in range(60)]
    survey = columns_of({"Customer ID": ids, "How likely are you to recommend us? (0-10)": range(11)})
    question = survey.questions[0]
    assert question.role is Role.RESPONDENT
    assert str(question.why) == reason
