"""Whole exports with known answers, built in code: every question must get its role, its scale and its scores.

Each case is one that a general rule once got wrong, or that would hurt most if it were wrong without a question.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Direction
from tests.unit.reading.understanding.sheets import columns_of, only, scores, understood

PEOPLE = 120
REGIONS = ["North", "South", "East"]
SATISFIED = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"]
ZH_SATISFIED = ["非常不满意", "不满意", "一般", "满意", "非常满意"]


def drawn(lowest: int, highest: int, people: int = PEOPLE) -> list[int]:
    """Scores of people, every point of the scale among them."""
    rest = random.Random(5).choices(range(lowest, highest + 1), k=people - (highest - lowest + 1))
    return [*range(lowest, highest + 1), *rest]


def picked(options: Sequence[str], separator: str, people: int = PEOPLE) -> tuple[list[str], dict[str, int]]:
    """Cells with any number of options, and how often each was picked."""
    chance = random.Random(3)
    rows = [[option for option in options if chance.random() < 0.4] for _ in range(people)]
    return [separator.join(row) for row in rows], dict(Counter(option for row in rows for option in row))


def ticked(survey: Dataset, question: Question) -> dict[str, int]:
    """How often each option of a multiple-answer question was ticked."""
    codes = survey.codes(question.id)
    return {option: int((row == 1).sum()) for option, row in zip(question.options, codes, strict=True)}


def roles(survey: Dataset) -> list[Role]:
    """The roles of all questions in file order."""
    return [question.role for question in survey.questions]


WENJUANXING = {
    "序号": range(1, PEOPLE + 1),
    "提交答卷时间": ["2025/7/1 9:03:05", "2025/7/19 10:00:00"],
    "所用时间": ["38秒", "51秒"],
    "来源": ["微信", "链接"],
    "来自IP": ["1.2.3.4(广东-深圳)"],
}
STORE = [
    "店里很干净，逛起来很舒服。",
    "店员很热情，帮我找到了合适的尺码。",
    "商品齐全，陈列清楚，很好找。",
    "结账很快，体验不错。",
    "(空)",
]
VISITS = ["", "第3次来，", "周一上午去的，", "第7次来，"]


def test_sentences_with_commas_are_comments_and_only_the_platforms_sign_splits() -> None:
    hobbies, counts = picked(["运动", "美食", "旅游"], "┋")
    why = [
        (VISITS[n % 4] + STORE[n % 5] + ["", "买了6件。"][n % 2]) if STORE[n % 5] != "(空)" else "(空)"
        for n in range(PEOPLE)
    ]
    survey = columns_of(
        {**WENJUANXING, "4、爱好": [cell or "(空)" for cell in hobbies], "5、您为什么这样打分？": why}, PEOPLE
    )
    multiple, comment = survey.questions[-2:]
    assert (comment.role, comment.kind) == (Role.COMMENT, Kind.TEXT)
    assert ticked(survey, multiple) == counts
    assert "" in hobbies
    assert {entry.code for entry in survey.receipt.unused if entry.column == multiple.columns[0]} == {"no_answer"}
    assert only("您为什么这样打分？", why, PEOPLE).role is Role.COMMENT


def test_a_platform_that_writes_semicolons_is_not_split_at_commas() -> None:
    chosen, counts = picked(["Fast, and cheap", "Friendly", "Near"], ";")
    own = {
        "ID": range(1, PEOPLE + 1),
        "Start time": ["2025-01-02 10:00"],
        "Completion time": ["2025-01-02 10:05"],
        "Email": ["anonymous"],
        "Name": [""],
    }
    survey = columns_of({**own, "Which?": chosen, "List": ["a, b", "b", "c, a", "c", "b, c"]}, PEOPLE)
    which, listed = survey.questions[-2:]
    assert ticked(survey, which) == counts
    assert listed.kind is not Kind.MULTIPLE


@pytest.mark.parametrize(
    "texts",
    [
        ["The queue was far too long, so I left", "Good prices, good staff", "I came twice, so I left", "Good staff"],
        ["China, Guangdong, Shenzhen", "China, Guangdong, Canton", "China, Beijing, Haidian", "USA, Texas, Austin"] * 3,
        ["Asia/Tokyo", "Asia/Seoul", "Europe/Rome", "Europe/Oslo", "Europe/Bern"],
        ["Sales / EMEA", "Sales / APAC", "IT / EMEA", "IT / APAC"],
        ["服务很好，下次还来", "价格贵，下次还来", "服务很好，就是远", "价格贵，就是远"],
    ],
)
def test_clauses_and_places_are_not_several_answers(texts: list[str]) -> None:
    assert only("Where or what", texts, PEOPLE).kind is not Kind.MULTIPLE


def test_an_option_that_everybody_ticked_first_does_not_hide_the_others() -> None:
    rest, counts = picked(["nbconvert", "JupyterHub", "nbgrader"], ", ")
    cells = [", ".join(part for part in ("Notebook", cell) if part) for cell in rest]
    survey = columns_of({"Which tools do you use?": cells}, PEOPLE)
    assert ticked(survey, survey.questions[0]) == {"Notebook": PEOPLE, **counts}


@pytest.mark.parametrize("separator", [" / ", "/", "；", "|", "\n", "、"])
def test_signs_that_people_type_between_answers(separator: str) -> None:
    cells, counts = picked(["Price", "Quality", "Brand"], separator)
    survey = columns_of({"Region": REGIONS, "What matters?": cells}, PEOPLE)
    assert ticked(survey, survey.questions[1]) == counts


def test_codes_with_spaces_between_them_in_kobo() -> None:
    cells, counts = picked(["email", "phone", "walk_in"], " ")
    own = {"_id": range(1, PEOPLE + 1), "_uuid": [f"u{n:07d}" for n in range(PEOPLE)], "_index": range(1, PEOPLE + 1)}
    survey = columns_of({"channels": cells, "place": ["north east", "north west", "south"], **own}, PEOPLE)
    assert ticked(survey, survey.questions[0]) == counts
    spaced = columns_of({"place": ["very good", "good", "very bad", "bad"]}, PEOPLE)
    assert spaced.questions[0].kind is not Kind.MULTIPLE


def test_the_no_of_an_expanded_single_choice_is_an_answer() -> None:
    head = [["Respondent ID", "Would you come again?", ""], ["", "Yes", "No"]]
    survey = understood([*head, *[[str(n), "Yes" * (n % 3 > 0), "No" * (n % 3 == 0)] for n in range(90)]])
    question = survey.questions[1]
    assert (question.kind, question.options) == (Kind.CHOICE, ("Yes", "No"))
    assert Counter(survey.codes(question.id).tolist()) == {0: 60, 1: 30}


def test_boxes_with_an_x_under_headers_of_their_own_are_one_question() -> None:
    boxes = {name: ["x" if (n >> place) & 1 else "" for n in range(8)] for place, name in enumerate("ABC")}
    survey = columns_of({"Region": REGIONS, **boxes, "NPS": range(11)}, 80)
    assert roles(survey) == [Role.SEGMENT, Role.MULTIPLE, Role.RECOMMEND]
    assert ticked(survey, survey.questions[1]) == {"A": 40, "B": 40, "C": 40}


@pytest.mark.parametrize("header", ["Net Promoter Score", "How likely is it that you would refer us to a colleague?"])
def test_names_of_the_recommend_question(header: str) -> None:
    question = only(header, range(11))
    assert (question.role, question.sure) == (Role.RECOMMEND, Sure.SURE)


def test_scores_named_after_their_groups_stay_scores() -> None:
    cells = [f"{n} - {'Promoter' if n > 8 else 'Passive' if n > 6 else 'Detractor'}" for n in range(11)]
    survey = columns_of({"How likely are you to recommend us?": cells}, 55)
    assert survey.questions[0].role is Role.RECOMMEND
    assert scores(survey, "q1")[:11] == list(range(11))


def test_words_in_place_of_one_end_do_not_tell_where_the_other_end_is() -> None:
    cells = ["Extremely likely" if n == 10 else str(n) for n in (4, 5, 6, 7, 8, 9, 10)]
    question = only("How likely are you to recommend us?", cells)
    assert (question.role, question.sure) == (Role.RECOMMEND, Sure.CHECK)


@pytest.mark.parametrize("name", ["Score", "Points"])
def test_a_single_score_up_to_ten_is_offered_as_nps_and_not_taken(name: str) -> None:
    question = only(name, range(1, 11))
    assert (question.role, question.sure) == (Role.RATING, Sure.CHECK)


@pytest.mark.parametrize(
    ("header", "answers", "direction"),
    [
        ("Satisfaction", [f"{n} {SATISFIED[5 - n]}" for n in range(1, 6)], Direction.LOW_IS_GOOD),
        ("满意度", [f"{n}分 {ZH_SATISFIED[n - 1]}" for n in range(1, 6)], Direction.HIGH_IS_GOOD),
        ("Zufriedenheit (1 = sehr zufrieden, 5 = sehr unzufrieden)", range(1, 6), Direction.LOW_IS_GOOD),
        ("How easy was it?", ["1 - Very easy", 2, 3, 4, "5 - Very difficult"], Direction.LOW_IS_GOOD),
        ("Welche Note geben Sie uns?", ["1 (sehr gut)", "2 (gut)", 3, 4, "5 (mangelhaft)"], Direction.LOW_IS_GOOD),
        ("Rate the food", ["1 - Excellent", 2, 3, 4, "5 - Very poor"], Direction.LOW_IS_GOOD),
    ],
)
def test_words_beside_numbers_decide_the_direction(
    header: str, answers: Sequence[object], direction: Direction
) -> None:
    survey = columns_of({header: answers})
    scale = survey.questions[0].scale
    assert scale is not None
    assert (scale.direction, survey.questions[0].sure) == (direction, Sure.SURE)
    assert scores(survey, "q1")[:5] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("Welche Schulnote geben Sie uns?", range(1, 7)),
        ("The form was difficult to fill in", ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]),
        ("Customer effort score", range(1, 8)),
        ("Rate the waiting time (1 = short, 5 = long)", range(1, 6)),
    ],
)
def test_directions_that_nothing_tells_are_asked(header: str, answers: Sequence[object]) -> None:
    question = only(header, answers)
    assert question.sure is Sure.CHECK
    assert question.ask is not None
    assert {reading.scale.direction for reading in question.ask.readings if reading.scale} == set(Direction)


def test_agreeing_that_something_was_difficult_is_a_bad_answer_unless_denied() -> None:
    words = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]
    bad, good = only("It was difficult to pay", words).scale, only("It was not difficult to pay", words).scale
    assert bad is not None
    assert good is not None
    assert (bad.direction, good.direction) == (Direction.LOW_IS_GOOD, Direction.HIGH_IS_GOOD)


def test_many_zeros_beside_one_to_five_are_asked_about() -> None:
    question = only("Satisfaction with the seat", [0, 1, 2, 3, 4, 5])
    assert question.ask is not None
    assert [reading.scale.lowest for reading in question.ask.readings if reading.scale] == [0, 1]
    survey = columns_of({"Satisfaction with the seat": [*drawn(1, 5, 48), 0, 0]}, 50)
    assert survey.questions[0].sure is Sure.SURE
    assert scores(survey, "q1")[-2:] == [None, None]


@pytest.mark.parametrize(
    "words",
    [
        ["Extremely difficult", "Very difficult", "Difficult", "Neutral", "Easy", "Very easy", "Extremely easy"],
        ["非常费力", "比较费力", "一般", "比较轻松", "非常轻松"],
        ["mangelhaft", "ausreichend", "befriedigend", "gut", "sehr gut"],
        ["Dislike a great deal", "Dislike somewhat", "Neither like nor dislike", "Like somewhat", "Like a great deal"],
        ["Zdecydowanie się nie zgadzam", "Raczej się nie zgadzam", "Nie mam zdania", "Raczej się zgadzam"],
    ],
)
def test_scales_of_words(words: list[str]) -> None:
    survey = columns_of({"How was it?": words})
    assert scores(survey, "q1")[: len(words)] == list(range(1, len(words) + 1))


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Visit date", ["45672", "45690.5", "45844"]),
        ("提交时间", ["45672.375", "45690.5"]),
        ("Datum", ["03.04.2025", "05.06.2025"]),
        ("Submitted", ["Monday, January 05, 2025 at 03:04 PM"]),
    ],
)
def test_dates_that_leave_no_doubt(header: str, cells: list[str]) -> None:
    question = only(header, cells)
    assert (question.role, question.sure) == (Role.DATE, Sure.SURE)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("wechat", [f"wxid_abc{n:06d}" for n in range(40)]),
        ("lat", [f"22.{n:06d}" for n in range(40)]),
        ("Nombre", ["Ana Ruiz", "Luis Gil"]),
        ("Qual seu nome?", ["Bia Lima", "Davi Reis"]),
        ("Votre nom", ["Luc Roux", "Zoé Petit"]),
        ("How to find you", [f"@handle{n}" for n in range(40)]),
        ("设备ID", [f"A{n:015d}" for n in range(40)]),
    ],
)
def test_personal_data_of_many_kinds(header: str, cells: list[str]) -> None:
    assert only(header, cells, 40).role is Role.PRIVATE


@pytest.mark.parametrize("header", ["几口人", "分店编号", "Family size"])
def test_counts_and_codes_are_no_ratings(header: str) -> None:
    survey = columns_of({header: range(1, 6), "NPS": range(11)})
    assert survey.questions[0].role in (Role.SEGMENT, Role.IGNORE)


def test_few_answers_to_why_are_comments_although_they_repeat() -> None:
    texts = ["The staff was very friendly", "It took much too long", "I like the new shop a lot", "", ""]
    assert only("Why did you give us that score?", texts, 15).role is Role.COMMENT
    assert only("Why did you choose us in the first place?", texts, 150).role is Role.SEGMENT


def test_a_grid_of_two_does_not_hide_the_one_satisfaction_question() -> None:
    rows = {f"请评价—{name}": ZH_SATISFIED for name in ("价格", "环境")}
    survey = columns_of({**WENJUANXING, **rows, "您对我们满意吗": ZH_SATISFIED, "NPS": range(11)}, PEOPLE)
    assert roles(survey)[-4:] == [Role.RATING, Role.RATING, Role.SATISFACTION, Role.RECOMMEND]


def test_the_day_of_the_answer_goes_before_the_day_of_the_purchase() -> None:
    days = ["2025-03-01", "2025-03-17"]
    assert roles(columns_of({"Date of purchase": days, "Date of response": days})) == [Role.IGNORE, Role.DATE]


@pytest.mark.parametrize("shown", [True, False])
def test_a_column_that_people_wrote_in_is_no_group(shown: bool) -> None:
    texts = ["Too slow", "Too dear", "Nice", "Fine", ""]
    head = [["Respondent ID", "Your view"], ["", "Open-Ended Response" if shown else "Response"]]
    survey = understood([*head, *[[str(n), texts[n % 5]] for n in range(30)]])
    assert (survey.questions[1].role is Role.SEGMENT) is not shown


def test_ends_that_count_upwards_are_not_asked_about() -> None:
    assert only("Rate the speed (1 = low, 5 = high)", range(1, 6)).sure is Sure.SURE
