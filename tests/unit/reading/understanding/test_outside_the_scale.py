"""Numbers beside a scale - 6, 8, 9, 11, 7.5 - never make another scale of it in silence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cxdesk.reading import roles
from cxdesk.reading.roles import RoleRefused
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role, Sure
from tests.unit.reading.understanding.sheets import columns_of, only, scores, understood

SATISFIED = "How satisfied are you with our service?"
RECOMMEND = "How likely is it that you would recommend us to a friend?"
FIVE = [1] * 10 + [2] * 16 + [3] * 30 + [4] * 80 + [5] * 64
SEVEN = [1] * 6 + [2] * 10 + [3] * 14 + [4] * 24 + [5] * 40 + [6] * 60 + [7] * 46


def read(header: str, answers: Sequence[object]) -> tuple[Dataset, Question]:
    survey = columns_of({header: answers, "Region": ["North", "South"]}, len(answers))
    return survey, survey.questions[0]


def ends(question: Question) -> tuple[int, int]:
    assert question.scale is not None
    return question.scale.lowest, question.scale.highest


def offered(question: Question) -> set[tuple[int, int]]:
    """The ends of all scales that the person can choose from."""
    assert question.ask is not None
    return {(each.scale.lowest, each.scale.highest) for each in question.ask.readings if each.scale is not None}


@pytest.mark.parametrize(
    ("scores_", "codes", "top"),
    [
        (FIVE, [9], 5),
        (FIVE, [9] * 11, 5),
        (FIVE, [9] * 40, 5),
        (FIVE, [8] * 6 + [9] * 9, 5),
        (SEVEN, [9] * 12, 7),
        (FIVE[:180] + [5] * 20, [98] * 5 + [99] * 12, 5),
    ],
)
def test_codes_behind_empty_points_are_no_answers(scores_: list[int], codes: list[int], top: int) -> None:
    survey, question = read(SATISFIED, [*scores_, *codes])
    assert (ends(question), question.sure) == ((1, top), Sure.SURE)
    assert question.scale is not None
    assert set(question.scale.no_answer) == {str(code) for code in codes}
    assert scores(survey, "q1")[-len(codes) :] == [None] * len(codes)
    assert [(note.code, note.count, note.column) for note in survey.receipt.unused] == [("no_answer", len(codes), 0)]


@pytest.mark.parametrize("header", ["您对服务的总体满意度", "Overall satisfaction", "请为我们的服务打分"])
def test_codes_in_any_language(header: str) -> None:
    assert ends(read(header, [*FIVE, 9, 9, 9])[1]) == (1, 5)


@pytest.mark.parametrize(
    ("answers", "first", "second"),
    [
        ([*FIVE, *[6] * 8], (1, 5), (1, 6)),
        ([*FIVE, *[6] * 50], (1, 6), (1, 5)),
        ([*SEVEN, *[8] * 10], (1, 7), (1, 10)),
        ([*FIVE, *[7] * 5], (1, 5), (1, 7)),
        ([*FIVE, 10], (1, 5), (1, 10)),
        ([5, 4, 4, 3, 5, 4, 2, 5, 3, 4, 4, 9], (1, 5), (1, 10)),
        ([1, 1, 1, 1, 2, 2, 2, 3, 3, 2, 1, 4], (1, 4), (1, 5)),
    ],
)
def test_what_the_numbers_alone_do_not_tell_is_asked(
    answers: list[int], first: tuple[int, int], second: tuple[int, int]
) -> None:
    survey, question = read(SATISFIED, answers)
    assert (question.role, question.sure, ends(question)) == (Role.SATISFACTION, Sure.CHECK, first)
    assert question.ask is not None
    assert question.ask.needed
    assert offered(question) == {first, second}
    other = next(reading for reading in question.ask.readings if reading.scale and ends_of(reading.scale) == second)
    chosen = roles.with_reading(survey, "q1", other).question("q1")
    assert (ends(chosen), chosen.sure) == (second, Sure.SURE)


def ends_of(scale: object) -> tuple[int, int]:
    return scale.lowest, scale.highest  # type: ignore[attr-defined]


def test_two_doubts_are_asked_together() -> None:
    """Which end is easy, and whether 8 belongs to the scale: each answer says both, with the right number."""
    _, question = read("How easy was it to resolve your issue?", [*SEVEN, *[8] * 10])
    assert question.ask is not None
    assert {str(reading.words) for reading in question.ask.readings} == {
        "7 means “very easy” (higher is better) (1–7, without 8)",
        "7 means “very hard” (lower is better) (1–7, without 8)",
        "10 means “very easy” (higher is better) (1–10)",
        "10 means “very hard” (lower is better) (1–10)",
    }


@pytest.mark.parametrize(
    ("answers", "range_"),
    [
        ([10, 9, 9, 8, 7, 10, 5, 9, 3, 10, 8, 8] * 3, (1, 10)),
        ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1] * 20, (1, 10)),
        ([7, 6, 6, 5, 7, 4, 3, 2, 1, 6, 7] * 10, (1, 7)),
        ([6, 5, 4, 3, 2, 1] * 30, (1, 6)),
        (FIVE, (1, 5)),
    ],
)
def test_real_scales_keep_their_points_without_a_question(answers: list[int], range_: tuple[int, int]) -> None:
    question = read(SATISFIED, answers)[1]
    assert (ends(question), question.sure) == (range_, Sure.SURE)


def test_a_stated_range_leaves_no_doubt() -> None:
    for code in (6, 8, 9):
        _, question = read("Overall satisfaction (1-5)", [*FIVE, *[code] * 30])
        assert (ends(question), question.sure) == ((1, 5), Sure.SURE)
    labelled = ["1 - Very dissatisfied", "2", "3", "4", "4", "5 - Very satisfied"] * 20
    _, question = read(SATISFIED, [*labelled, *["6"] * 12])
    assert (ends(question), question.sure) == ((1, 5), Sure.SURE)


def test_options_that_are_counted_from_1_are_no_stated_range() -> None:
    """A 0-5 question that an export writes as 1-6 must not lose its best answers."""
    _, question = read("Please rate the food from 0-5", [1, 2, 3, 4, 5, 6] * 20)
    assert question.scale is not None
    assert question.scale.highest == 6


def test_an_eleven_beside_0_to_10_is_no_answer() -> None:
    survey, question = read(RECOMMEND, [*range(11), 9, 10, 10, 8, 7] * 10 + [11] * 20)
    assert (question.role, ends(question), question.sure) == (Role.RECOMMEND, (0, 10), Sure.SURE)
    assert scores(survey, "q1")[-20:] == [None] * 20


def test_a_row_of_a_grid_has_the_scale_of_its_grid() -> None:
    rows = ["Speed", "Price", "Staff"]
    header = [f"Please rate - {row}" for row in rows]
    body = [[FIVE[place], FIVE[-place], FIVE[place * 7 % 200]] for place in range(200)]
    body[3][1] = 9
    survey = understood([header, *body])
    assert {ends(question) for question in survey.questions} == {(1, 5)}
    assert {question.sure for question in survey.questions} == {Sure.SURE}
    # The other rows reach 10, so the few low answers of one row do not make it shorter.
    wide = [[place % 10 + 1, 10 - place % 10, 9 if place == 3 else place % 5 + 1] for place in range(200)]
    survey = understood([header, *wide])
    assert {ends(question) for question in survey.questions} == {(1, 10)}


def test_words_beside_a_number_that_is_a_top_already() -> None:
    cells = ["５分", "4分", "３", "非常满意", "2", "4分", "3"] * 20
    survey, question = read("满意度", cells)
    assert (question.sure, ends(question)) == (Sure.CHECK, (1, 5))
    assert offered(question) == {(1, 5), (1, 7)}
    assert question.ask is not None
    assert question.ask.needed
    assert scores(survey, "q1")[:4] == [5, 4, 3, 5]


def test_words_that_another_cell_explains_leave_no_doubt() -> None:
    cells = ["5 - Very satisfied", "Very satisfied", "4", "3", "2", "1 - Very dissatisfied"] * 20
    survey, question = read(SATISFIED, cells)
    assert (question.sure, ends(question)) == (Sure.SURE, (1, 5))
    assert scores(survey, "q1")[:3] == [5, 5, 4]


@pytest.mark.parametrize("halves", [10, 20, 40])
def test_answers_between_two_points_are_asked_and_left_out(halves: int) -> None:
    answers = [*[9, 10, 8, 7, 10, 6, 3, 0, 9, 10] * 18, *["7.5"] * halves]
    survey, question = read(RECOMMEND, answers)
    assert (question.role, question.sure, ends(question)) == (Role.RECOMMEND, Sure.CHECK, (0, 10))
    assert question.ask is not None
    assert question.ask.needed
    assert [reading.role for reading in question.ask.readings] == [Role.RECOMMEND, Role.IGNORE]
    assert scores(survey, "q1")[-halves:] == [None] * halves
    assert [(note.code, note.count, note.cells) for note in survey.receipt.unused] == [("off_scale", halves, ("7.5",))]


def test_many_answers_between_two_points_are_not_used_unasked() -> None:
    survey, question = read("Overall satisfaction (1-5)", ["3.5", "4", "5", "2.5", "4"] * 30)
    assert (question.role, question.sure) == (Role.IGNORE, Sure.CHECK)
    assert question.ask is not None
    assert question.ask.needed
    chosen = roles.with_role(survey, "q1", Role.SATISFACTION)
    assert scores(chosen, "q1")[:5] == [None, 4, 5, None, 4]


def test_a_person_can_say_that_numbers_with_halves_are_scores() -> None:
    survey, question = read("Column A", ["9", "10", "8.5", "7", "3", "6.5", "10"] * 20)
    assert question.role is Role.IGNORE
    chosen = roles.with_role(survey, "q1", Role.RECOMMEND)
    assert scores(chosen, "q1")[:4] == [9, 10, None, 7]
    with pytest.raises(RoleRefused):
        roles.with_role(read("Amount", ["9.5", "120.25", "87.1", "3.75"] * 20)[0], "q1", Role.RECOMMEND)


def test_means_are_no_scores() -> None:
    question = only("Average satisfaction", ["3.27", "4.11", "4.52", "3.98", "5", "2.75"])
    assert (question.role, question.scale) == (Role.IGNORE, None)
