"""What people answered becomes the score they meant, whatever the survey program wrote into the cells."""

from __future__ import annotations

import pytest

from cxdesk.reading.numerals import number_in, score_in
from cxdesk.reading.stated import range_in
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Direction
from tests.unit.reading.understanding.sheets import columns_of, only, scores, understood


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        ("7", 7),
        ("7.0", 7),
        ("１０", 10),
        ("5分", 5),
        ("★★★★", 4),
        ("★★★☆☆", 3),
        ("10 - Extremely likely", 10),
        ("0 = not at all likely", 0),
        ("1: not challenging at all", 1),
        ("5分 非常满意", 5),
        ("1：非常不满意", 1),
        ("非常满意(5)", 5),
        ("Keine Kenntnisse - 0", 0),
        ("\ufeff1 (None at all)", 1),
        ("4/5", 4),
        ("18-24", None),
        ("5-9 years", None),
        ("UTC-5", None),
        ("10.001 - 20.000 km", None),
        ("1-49", None),
        ("2.5", None),
        ("", None),
        ("Version 2", None),
        ("10分钟以上", None),
    ],
)
def test_score_in_a_cell(cell: str, score: int | None) -> None:
    found = score_in(cell)
    assert (found[0] if found else None) == score


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234.5", 1234.5),
        ("0,92", 0.92),
        ("$20", 20),
        ("38秒", 38),
        ("1分20秒", 80),
        ("00:01:30", 90),
        ("12 000", 12000),
    ],
)
def test_number_in_a_cell(cell: str, number: float) -> None:
    assert number_in(cell) == pytest.approx(number)


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("On a scale of 0-10, how would you rate us?", (0, 10)),
        ("您有多大可能推荐我们？（0到10分）", (0, 10)),
        ("满意度（1～5分）", (1, 5)),
        ("1分-7分", (1, 7)),
        ("on a scale of 1 to 5", (1, 5)),
        ("10 - strongly agree, 1 - strongly disagree.", (1, 10)),
        ("Auf einer Skala von 0 bis 10", (0, 10)),
        ("In the last 3-6 months", None),
        ("children aged 5 to 10 years", None),
        ("How satisfied are you?", None),
    ],
)
def test_range_that_a_question_states(words: str, stated: tuple[int, int] | None) -> None:
    assert range_in(words) == stated


@pytest.mark.parametrize(
    "words",
    [
        ("Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"),
        ("非常不满意", "不满意", "一般", "满意", "非常满意"),
        ("很不同意", "不同意", "中立", "同意", "很同意"),
        ("sehr unzufrieden", "eher unzufrieden", "teils/teils", "eher zufrieden", "sehr zufrieden"),
        ("muy insatisfecho", "insatisfecho", "neutral", "satisfecho", "muy satisfecho"),
        ("Tout à fait en désaccord", "Plutôt en désaccord", "Neutre", "Plutôt en accord", "Tout à fait en accord"),
        ("とても不満", "不満", "どちらでもない", "満足", "とても満足"),
        ("매우 불만족", "불만족", "보통", "만족", "매우 만족"),
        ("Not at all helpful", "Slightly helpful", "Somewhat helpful", "Very helpful", "Extremely helpful"),
        ("Poor", "Fair", "Good", "Very good", "Excellent"),
        ("muito insatisfeito", "insatisfeito", "neutro", "satisfeito", "muito satisfeito"),
    ],
)
def test_words_become_a_scale_by_their_meaning_not_their_order(words: tuple[str, ...]) -> None:
    mixed = [words[place] for place in (3, 0, 4, 2, 1)]
    survey = columns_of({"How was it?": mixed}, 50)
    question = survey.questions[0]
    assert question.kind is Kind.SCORE
    assert question.scale is not None
    assert question.scale.labels == words
    assert question.scale.direction is Direction.HIGH_IS_GOOD
    assert scores(survey, question.id)[:5] == [4, 1, 5, 3, 2]


def test_options_numbered_by_letters() -> None:
    survey = columns_of({"总体满意度": ["A、非常满意", "B、满意", "C、一般", "D、不满意", "E、非常不满意"]})
    assert scores(survey, "q1")[:5] == [5, 4, 3, 2, 1]


def test_seven_points_of_words() -> None:
    words = [
        "Strongly disagree",
        "Disagree",
        "Somewhat disagree",
        "Neutral",
        "Somewhat agree",
        "Agree",
        "Strongly agree",
    ]
    question = only("The staff was kind", words)
    assert question.scale is not None
    assert question.scale.labels == tuple(words)


def test_two_words_are_no_scale() -> None:
    assert only("Satisfaction", ["satisfied", "neutral or dissatisfied"]).role is Role.SEGMENT


def test_answers_without_opinion_are_no_scores() -> None:
    survey = columns_of(
        {"Satisfaction": ["满意", "非常满意", "一般", "不清楚", "非常不满意", "不满意", "(空)", "N/A"]}, 80
    )
    found = scores(survey, "q1")
    assert found[:8] == [4, 5, 3, None, 1, 2, None, None]
    notes = {note.code: note.count for note in survey.receipt.unused}
    assert notes == {"no_answer": 30}


@pytest.mark.parametrize("code", ["99", "98", "-99", "-1", "999"])
def test_codes_far_from_the_scale_are_no_answers(code: str) -> None:
    survey = columns_of({"How satisfied are you?": ["1", "2", "3", "4", "5", code]})
    assert scores(survey, "q1")[:6] == [1, 2, 3, 4, 5, None]
    assert survey.questions[0].scale.no_answer == (code,)  # type: ignore[union-attr]


def test_a_stray_zero_is_counted_and_left_out() -> None:
    survey = columns_of({"Please rate the food": [1, 2, 3, 4, 5] * 20 + [0]}, 101)
    question = survey.questions[0]
    assert question.scale is not None
    assert (question.scale.lowest, question.scale.highest) == (1, 5)
    assert [(note.code, note.count, note.column) for note in survey.receipt.unused] == [("no_answer", 1, 0)]


def test_words_in_place_of_both_ends() -> None:
    answers = ["Strongly agree", "9", "8", "7", "5", "2", "Strongly disagree"]
    survey = columns_of({"Would you recommend us?": answers})
    assert scores(survey, "q1")[:7] == [10, 9, 8, 7, 5, 2, 1]


def test_the_ends_of_one_question_help_the_other() -> None:
    rows = [["Recommend us?", "Response quick?"]]
    rows += [["Strongly agree", "Strongly agree"], ["9", "7"], ["8", "8"], ["7", "3"], ["Strongly disagree", "2"]] * 9
    survey = understood(rows)
    assert scores(survey, "q1")[4] == 1


def test_words_in_the_question_name_the_ends() -> None:
    question = only("Do you like it? 10 - strongly agree, 1 - strongly disagree.", [10, 9, 8, 4, 2])
    assert question.scale is not None
    assert (question.scale.lowest, question.scale.highest) == (1, 10)
    assert question.scale.label(10) == "strongly agree"


@pytest.mark.parametrize(
    "answers",
    [
        ["1 - Very satisfied", "2 - Satisfied", "3 - Neutral", "4 - Dissatisfied", "5 - Very dissatisfied"],
        ["非常满意(1)", "满意(2)", "一般(3)", "不满意(4)", "非常不满意(5)"],
    ],
)
def test_a_scale_whose_low_end_is_good_says_so(answers: list[str]) -> None:
    question = only("总体满意度", answers)
    assert question.role is Role.SATISFACTION
    assert question.scale is not None
    assert question.scale.direction is Direction.LOW_IS_GOOD
    assert question.ask is None


def test_code_book_sorted_by_the_alphabet_is_ordered_by_meaning() -> None:
    from dataclasses import replace

    from cxdesk.job import Unattended
    from cxdesk.reading.grid import Choices
    from cxdesk.reading.understand import understand
    from tests.unit.reading.understanding.sheets import SOURCE, grid_of

    grid = grid_of([["1"], ["2"], ["3"], ["4"]] * 5)
    labels = (
        ("1", "Plutôt en accord"),
        ("2", "Plutôt en désaccord"),
        ("3", "Tout à fait en accord"),
        ("4", "Tout à fait en désaccord"),
    )
    column = replace(grid.columns[0], name="v1", label="Le service est bon", labels=labels)
    survey = understand(replace(grid, columns=(column,), coded=True, container="sav"), SOURCE, Choices(), Unattended())
    assert scores(survey, "q1")[:4] == [3, 2, 4, 1]


@pytest.mark.parametrize(
    "words",
    [
        ("非常不信任", "不太信任", "一般", "比较信任", "非常信任"),
        ("很不满", "不满", "还行", "满意", "很满意"),
        ("差", "中", "良", "优"),
        ("不及格", "及格", "良好", "优秀"),
        ("不满意", "基本满意", "满意"),
        ("Worse", "About the same", "Better"),
        ("Inadequate", "Requires improvement", "Good", "Outstanding"),
        ("nicht zufrieden", "weniger zufrieden", "zufrieden", "sehr zufrieden"),
        ("Mauvais", "Moyen", "Bien", "Très bien"),
        ("不満", "やや不満", "どちらともいえない", "やや満足", "満足"),
        ("😡", "🙁", "😐", "🙂", "😍"),
    ],
)
def test_further_scales_have_exactly_their_points(words: tuple[str, ...]) -> None:
    survey = columns_of({"How was it?": words[::-1]}, 20 * len(words))
    question = survey.questions[0]
    assert question.scale is not None
    assert (question.scale.size, question.scale.labels) == (len(words), words)
    assert scores(survey, "q1")[: len(words)] == list(range(len(words), 0, -1))


@pytest.mark.parametrize(
    ("words", "role"),
    [
        (("Somewhat", "Very", "Neutral", "Not at all", "Somewhat not", "I have not attended a meeting"), Role.RATING),
        (
            ("Very helpful", "Extremely helpful", "Somewhat helpful", "I have never asked", "Not so helpful"),
            Role.RATING,
        ),
        (("非常满意", "满意", "一般", "不满意", "没有使用过"), Role.SATISFACTION),
    ],
)
def test_answers_of_people_who_were_not_concerned_are_no_scores(words: tuple[str, ...], role: Role) -> None:
    survey = columns_of({"How helpful was it?": words})
    question = survey.questions[0]
    assert (question.role, question.kind) == (role, Kind.SCORE)
    assert scores(survey, "q1")[: len(words)].count(None) == 1


def test_degrees_are_a_scale_only_where_an_opinion_is_asked_for() -> None:
    degrees = ["A lot", "A little", "Not at all"]
    assert only("How helpful was it?", degrees).kind is Kind.SCORE
    question = only("How much do you identify as a Southerner?", degrees)
    assert (question.role, question.options) == (Role.SEGMENT, ("Not at all", "A little", "A lot"))


def test_words_of_a_rating_that_nobody_knows_are_not_certain() -> None:
    question = only("How would you rate the food?", ["Horrendous", "Just about edible", "Yum!", "Give them a star"])
    assert (question.role, question.kind) == (Role.SEGMENT, Kind.CHOICE)
    assert question.sure is Sure.CHECK
    assert only("How would you rate your experience?", ["Beginner", "Intermediate", "Expert"]).sure is Sure.SURE


def test_rows_of_one_grid_keep_one_scale() -> None:
    full = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]
    survey = columns_of({"Speed is good": full, "Price is fair": ["Disagree", "Neutral", "Agree"]})
    second = survey.questions[1]
    assert second.scale is not None
    assert second.scale.labels == tuple(full)
    assert scores(survey, "q2")[:3] == [2, 3, 4]


def test_a_code_book_in_the_order_of_the_alphabet_is_shown_in_its_own_order() -> None:
    from dataclasses import replace

    from cxdesk.job import Unattended
    from cxdesk.reading.grid import Choices
    from cxdesk.reading.understand import understand
    from tests.unit.reading.understanding.sheets import SOURCE, grid_of

    grid = grid_of([["1"], ["2"], ["3"]] * 5)
    labels = (("1", "high"), ("2", "low"), ("3", "medium"))
    column = replace(grid.columns[0], name="v1", label="Level", labels=labels)
    survey = understand(replace(grid, columns=(column,), coded=True, container="sav"), SOURCE, Choices(), Unattended())
    assert survey.questions[0].options == ("low", "medium", "high")
