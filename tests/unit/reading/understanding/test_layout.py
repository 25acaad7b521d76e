"""The table is found on the sheet, whatever stands above, between and below it; summaries are refused."""

from __future__ import annotations

import pytest

from cxdesk.reading.grid import Choices
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.role import Role
from tests.unit.reading.understanding.sheets import understood

PEOPLE = [[str(n % 11), ["North", "South"][n % 2], f"Because of reason number {n}"] for n in range(30)]
HEADER = ["How likely are you to recommend us?", "Region", "Why?"]
ROLES = [Role.RECOMMEND, Role.SEGMENT, Role.COMMENT]


@pytest.mark.parametrize(
    ("above", "rows"),
    [
        ([], (0,)),
        ([["Store survey 2025", "", ""]], (1,)),
        ([["Store survey", "", ""], ["Exported on 3 May", "", ""], ["", "", ""]], (3,)),
        ([["Store survey", "Store survey", "Store survey"]], (1,)),
        ([["", "", ""], ["", "", ""]], (2,)),
    ],
)
def test_titles_above_the_headers(above: list[list[str]], rows: tuple[int, ...]) -> None:
    survey = understood([*above, HEADER, *PEOPLE])
    assert survey.receipt.header_rows == rows
    assert survey.respondents == 30
    assert [question.role for question in survey.questions] == ROLES


def test_empty_rows_totals_notes_and_repeated_headers_are_left_out_and_counted() -> None:
    rows = [HEADER, *PEOPLE[:10], ["", "", ""], HEADER, *PEOPLE[10:], ["Total", "154", ""], ["Average", "5.1", ""]]
    survey = understood(rows)
    assert survey.respondents == 30
    assert {note.code: note.count for note in survey.receipt.unused} == {
        "blank_row": 1,
        "repeated_header": 1,
        "total_row": 2,
    }
    assert (survey.receipt.rows, survey.receipt.rows_used) == (34, 30)


def test_a_comment_that_says_total_is_kept() -> None:
    survey = understood([["Comment", "NPS"], *([["good", "9"], ["Total disaster", "1"], ["total", "0"]] * 5)])
    assert survey.respondents == 15


def test_codes_above_the_questions() -> None:
    survey = understood([["Q1", "Q2", "Q3"], HEADER, *PEOPLE])
    assert survey.receipt.header_rows == (0, 1)
    assert [question.text for question in survey.questions] == HEADER
    assert [question.role for question in survey.questions] == ROLES


def test_merged_headers_above_the_rows_of_a_grid() -> None:
    rows: list[list[object]] = [
        ["Region", "Please rate our service", "", ""],
        ["", "Speed", "Price", "Staff"],
    ]
    rows += [["North" if n % 2 else "South", n % 5 + 1, (n + 1) % 5 + 1, (n + 2) % 5 + 1] for n in range(30)]
    survey = understood(rows)
    assert survey.receipt.header_rows == (0, 1)
    assert [(question.group, question.text) for question in survey.questions[1:]] == [
        ("Please rate our service", "Speed"),
        ("Please rate our service", "Price"),
        ("Please rate our service", "Staff"),
    ]
    assert {question.role for question in survey.questions[1:]} == {Role.RATING}


def test_no_header_row() -> None:
    survey = understood([[n % 5 + 1, ["North", "South"][n % 2], f"2025-01-{n % 28 + 1:02d}"] for n in range(40)])
    assert survey.receipt.header_rows == ()
    assert survey.respondents == 40
    assert [question.text for question in survey.questions] == ["Column 1", "Column 2", "Column 3"]


def test_the_person_can_name_the_header_row() -> None:
    survey = understood([["1", "2", "3"], HEADER, *PEOPLE], choices=Choices(header_row=1))
    assert survey.receipt.header_rows == (1,)
    assert [question.role for question in survey.questions] == ROLES


def test_columns_without_header_and_answers_make_no_question() -> None:
    survey = understood([[*HEADER, "", ""], *[[*row, "", ""] for row in PEOPLE]])
    assert len(survey.questions) == 3
    assert len(survey.columns) == 5


SUMMARIES = {
    "surveymonkey": [
        ["Customer survey", ""],
        ["Q1. How likely?", ""],
        ["Answer Choices", "Responses"],
        ["9", "12"],
        ["10", "20"],
        ["Answered", "32"],
        ["Skipped", "0"],
    ],
    "wenjuanxing": [["选项", "小计", "比例"], ["非常满意", "10", "33%"], ["本题有效填写人次", "30", ""]],
    "months": [["Mes", "NPS"], ["Enero", "20"], ["Febrero", "35"], ["Marzo", "75"], ["Abril", "60"]],
    "quarters": [["Quarter", "CSAT"], ["Q1 2024", "82%"], ["Q2 2024", "85%"], ["Q3 2024", "79%"]],
    "regions": [["Region", "Responses", "NPS"], ["North", "120", "31"], ["South", "90", "-4"]],
    "one line": [["NPS Score", "Total Respondents", "Promoter", "Detractor"], ["-35.9", "39", "8", "22"]],
}


@pytest.mark.parametrize("rows", SUMMARIES.values(), ids=SUMMARIES.keys())
def test_results_instead_of_answers_are_refused(rows: list[list[str]]) -> None:
    with pytest.raises(ReadRefused) as refused:
        understood(rows)
    assert refused.value.code == "summary"
    assert "one row per person" in str(refused.value.remedy)


def test_a_small_survey_is_no_summary() -> None:
    rows = [["Date", "NPS"], ["2025-01-01", "9"], ["2025-01-02", "10"], ["2025-01-03", "3"], ["2025-01-04", "7"]]
    assert understood(rows).respondents == 4


def test_headers_without_answers_are_refused() -> None:
    with pytest.raises(ReadRefused) as refused:
        understood([HEADER, ["", "", ""]])
    assert refused.value.code == "only_headers"
