"""Cells with several answers are taken apart by the right sign, and only if they really hold several answers."""

from __future__ import annotations

import pytest

from cxdesk.survey.role import Kind, Role
from tests.unit.reading.understanding.sheets import columns_of, only, understood


@pytest.mark.parametrize(
    "cells",
    [
        ["运动┋美食┋旅游", "美食", "旅游┋运动", "美食┋旅游"],
        ["Red;Blue;", "Blue;", "Red;Green;", "Green;Blue;"],
        ["Red, Blue", "Blue", "Red, Green", "Green, Blue"],
        ["Red\nBlue", "Blue", "Red\nGreen", "Green\nBlue"],
        ["红、蓝", "蓝", "红、绿", "绿、蓝"],
        ["Red|Blue", "Blue", "Red|Green", "Green|Blue"],
        ["1;2;3;", "2;", "1;3;", "3;2;"],
    ],
)
def test_several_answers_in_a_cell(cells: list[str]) -> None:
    survey = columns_of({"What do you like?": cells}, 40)
    question = survey.questions[0]
    assert (question.kind, question.role) == (Kind.MULTIPLE, Role.MULTIPLE)
    assert len(question.options) == 3
    counts = survey.codes("q1")[:, :4].sum(axis=0).tolist()
    assert counts == [
        len(
            [
                part
                for part in cell.replace("、", ";")
                .replace(", ", ";")
                .replace("|", ";")
                .replace("\n", ";")
                .replace("┋", ";")
                .split(";")
                if part
            ]
        )
        for cell in cells
    ]


def test_commas_inside_an_option_do_not_split_it() -> None:
    long = "中距離 (800m, 1500m)"
    question = only(
        "種目", [f"{long}, 短距離", long, "短距離, 長距離 (5000m, 10000m)", f"{long}, 長距離 (5000m, 10000m)"]
    )
    assert set(question.options) == {long, "短距離", "長距離 (5000m, 10000m)"}


def test_pieces_that_never_part_are_one_option() -> None:
    python = "Using languages like R or Python, or the command line"
    question = only(
        "What do you do?", [f"{python}, Sharing", python, "Sharing, Planning", f"{python}, Planning", "Planning"]
    )
    assert python in question.options


@pytest.mark.parametrize(
    "cells",
    [
        ["Yes, and my needs were met", "No", "Yes, but my needs were not met", "No"],
        [f"It was slow, loud and, on day {n}, closed" for n in range(60)],
        ["1,000", "2,500", "12,000"],
        ["Master’s degree (e.g. MA, MS)", "Doctorate (e.g. PhD, EdD)"],
        ["2025-01-02, 10:00", "2025-01-03, 11:00"],
    ],
)
def test_one_answer_stays_one_answer(cells: list[str]) -> None:
    assert only("What?", cells).kind is not Kind.MULTIPLE


@pytest.mark.parametrize(
    ("yes", "no"),
    [("Yes", "No"), ("1", "0"), ("是", "否"), ("Ja", "Nein"), ("TRUE", "FALSE"), ("x", ""), ("1", ""), ("Y", "")],
)
def test_tick_boxes_in_columns(yes: str, no: str) -> None:
    header = ["Which do you use? [Phone]", "Which do you use? [Tablet]", "Which do you use? [Desktop]"]
    rows = [[yes, no, no], [yes, yes, no], [no, no, yes], ["", "", ""]]
    survey = understood([[*header, "NPS"], *[[*rows[n % 4], "9"] for n in range(40)]])
    question = survey.questions[0]
    assert (question.kind, question.text) == (Kind.MULTIPLE, "Which do you use?")
    assert question.options == ("Phone", "Tablet", "Desktop")
    assert survey.codes("q1")[:, :4].T.tolist() == [[1, 0, 0], [1, 1, 0], [0, 0, 1], [2, 2, 2]]


def test_yes_no_columns_without_a_common_question_stay_apart() -> None:
    survey = columns_of({"Partner": ["Yes", "No"], "Churn": ["No", "Yes"], "PhoneService": ["Yes", "No"]})
    assert [question.role for question in survey.questions] == [Role.SEGMENT, Role.OPERATION, Role.SEGMENT]


def test_columns_named_like_their_only_answer() -> None:
    rows = [["Which one?", "EdX", "Coursera", "Udemy", "Other"]]
    rows += [["a", "EdX", "", "Udemy", ""], ["b", "", "Coursera", "", "Books I found"], ["a", "", "", "", ""]] * 15
    survey = understood(rows)
    question = survey.questions[1]
    assert question.options == ("EdX", "Coursera", "Udemy", "Other")
    assert survey.codes(question.id)[:, :3].T.tolist() == [[1, 0, 1, 0], [0, 1, 0, 1], [2, 2, 2, 2]]


def test_a_grid_of_ratings_is_a_group_of_questions() -> None:
    header = [f"Please rate [{row}]" for row in ("Speed", "Price", "Staff")]
    survey = understood([header, *[[n % 5 + 1, (n + 1) % 5 + 1, (n + 2) % 5 + 1] for n in range(30)]])
    assert [(question.group, question.text, question.role) for question in survey.questions] == [
        ("Please rate", "Speed", Role.RATING),
        ("Please rate", "Price", Role.RATING),
        ("Please rate", "Staff", Role.RATING),
    ]


def test_bands_and_known_words_are_shown_in_their_order() -> None:
    assert only("Age group", ["45-60", "> 60", "18-29", "30-44", "< 18"]).options == (
        "< 18",
        "18-29",
        "30-44",
        "45-60",
        "> 60",
    )
    assert only("月收入", ["5001-8000元", "3000元以下", "8000元以上", "3001-5000元"]).options[0] == "3000元以下"
    assert only("How often?", ["Often", "Never", "Sometimes", "Always"]).options == (
        "Never",
        "Sometimes",
        "Often",
        "Always",
    )


def test_spellings_that_differ_only_in_case_are_one_group() -> None:
    survey = columns_of({"Gender": ["Male", "male", "Female", "MALE "]})
    assert survey.questions[0].options == ("Male", "Female")
    assert survey.codes("q1")[:4].tolist() == [0, 0, 1, 0]


def test_rankings_are_not_counted_as_scores() -> None:
    assert only("请排序", ["A→B→C", "B→A→C", "C→B→A"]).role is Role.IGNORE
