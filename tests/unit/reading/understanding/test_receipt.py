"""The receipt is an exact account: every filled cell is used or left out for one reason, and its rows can be found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.reading.problem import ReadRefused
from cxdesk.reading.roles import RoleRefused, with_role
from cxdesk.reading.together import put_together
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import CELL_CODES, MOST_SHOWN
from cxdesk.survey.role import Kind, Role
from tests.unit.reading.understanding.sheets import columns_of, understood

_HEADERS = (
    "How likely are you to recommend us? (0-10)",
    "Overall satisfaction",
    "Region",
    "Submitted at",
    "Phone",
    "Comment",
    "weight",
    "Which of these do you use?",
    "Number",
)
_NUMBERS = ("", "", "0", "3", "5", "7", "9", "10", "11", "99", "-1", "1.25", "13800138000", "2025-07-01", "2025-13-45")
_WORDS = ("n/a", "Don't know", "North", "South", "Very satisfied", "Dissatisfied", "App;Shop", "App", "很好", "#N/A")
_CELLS = st.sampled_from(_NUMBERS + _WORDS)


def is_used(survey: Dataset, question: Question, place: int, person: int) -> bool:
    """Whether a question uses what a person wrote into a column, looked at one cell at a time."""
    answers = survey.answers[question.id]
    if not survey.columns[place].codes[person] or question.role in {Role.PRIVATE, Role.IGNORE}:
        return False
    if answers.numbers is not None:
        return not np.isnan(answers.numbers[person])
    if answers.codes is None:
        return question.kind is not Kind.EMPTY
    if answers.codes.ndim == 1:
        return int(answers.codes[person]) < answers.size
    if len(question.columns) == 1:
        return bool((answers.codes[:, person] < 2).any())
    return int(answers.codes[question.columns.index(place), person]) < 2


def used_cells(survey: Dataset) -> int:
    """How many filled cells some question uses."""
    used = 0
    for place in range(len(survey.columns)):
        owners = [question for question in survey.questions if place in question.columns]
        for person in range(survey.respondents):
            used += any(is_used(survey, question, place, person) for question in owners)
    return used


def filled_cells(survey: Dataset) -> int:
    return sum(bool(text) for column in survey.columns for text in column.texts())


def check(survey: Dataset) -> None:
    receipt = survey.receipt
    assert receipt.cells == filled_cells(survey)
    assert receipt.cells_used == used_cells(survey)
    assert receipt.cells == receipt.cells_used + sum(e.count for e in receipt.unused if e.code in CELL_CODES)
    private = {place for question in survey.with_role(Role.PRIVATE) for place in question.columns}
    for entry in receipt.unused:
        rows = survey.rows_of(entry)
        if entry.column in private:
            assert len(rows) == 0
        elif entry.cells:
            assert len(rows) == entry.count
            column = survey.columns[entry.column or 0]
            assert {column.values[int(column.codes[row])] for row in rows} == set(entry.cells)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    headers = draw(st.lists(st.sampled_from(_HEADERS), min_size=1, max_size=6, unique=True))
    rows = draw(st.integers(3, 25))
    kinds = [draw(st.lists(_CELLS, min_size=1, max_size=5)) for _ in headers]
    cells = [[draw(st.sampled_from(kind)) for kind in kinds] for _ in range(rows)]
    return [headers, *cells]


@settings(max_examples=150, deadline=None)
@given(tables())
def test_cells_read_are_used_or_explained(rows: list[list[str]]) -> None:
    try:
        survey = understood(rows)
    except ReadRefused:
        return
    check(survey)


@settings(max_examples=40, deadline=None)
@given(tables(), st.sampled_from(list(Role)), st.integers(0, 5))
def test_the_account_stays_exact_when_a_role_changes(rows: list[list[str]], role: Role, number: int) -> None:
    try:
        survey = understood(rows)
        question = survey.questions[number % len(survey.questions)]
        survey = with_role(survey, question.id, role)
    except (ReadRefused, RoleRefused):
        return
    check(survey)


def test_rows_left_out_name_their_places_in_the_file() -> None:
    survey = understood(
        [
            ["Number", "NPS", "Region", "Comment"],
            ["1", "9", "North", "fine"],
            ["", "", "", ""],
            ["2", "3", "South", "slow"],
            ["Number", "NPS", "Region", "Comment"],
            ["3", "10", "North", "good"],
            ["Total", "22", "", ""],
        ]
    )
    places = {entry.code: [place.row for place in entry.places] for entry in survey.receipt.unused if entry.places}
    assert places == {"blank_row": [2], "repeated_header": [4], "total_row": [6]}
    assert survey.rows is not None
    assert survey.rows.tolist() == [1, 3, 5]
    total = next(entry for entry in survey.receipt.unused if entry.code == "total_row")
    assert total.places[0].text == "Total · 22"


def test_only_so_many_places_are_named_but_all_are_counted() -> None:
    rows = [["NPS", "Region"], *([str(n % 11), "abc"[n % 3]] if n % 2 else ["", ""] for n in range(1000))]
    entry = next(entry for entry in understood(rows).receipt.unused if entry.code == "blank_row")
    assert entry.count == 499 + 1
    assert len(entry.places) == MOST_SHOWN


def test_codes_that_the_file_declares_are_counted_apart() -> None:
    survey = columns_of({"How likely are you to recommend us? (0-10)": [0, 10, 9, 8, 99], "Region": "ab"})
    column = replace(survey.columns[0], missing=("99",))
    changed = replace(survey, columns=(column, *survey.columns[1:]))
    noted = with_role(changed, survey.questions[0].id, Role.RECOMMEND).receipt
    assert [(entry.code, entry.count) for entry in noted.unused] == [("declared_missing", 12)]
    assert noted.cells_used == noted.cells - 12


def test_a_role_moves_cells_from_one_reason_to_another() -> None:
    survey = columns_of({"NPS": [0, 10, 9, 8], "Comment": ["fine and friendly people", "slow tills again"] * 2})
    comment = next(question for question in survey.questions if question.text == "Comment")
    private = with_role(survey, comment.id, Role.PRIVATE)
    assert {entry.code: entry.count for entry in private.receipt.unused} == {"private_column": 60}
    ignored = with_role(private, comment.id, Role.IGNORE)
    assert {entry.code: entry.count for entry in ignored.receipt.unused} == {"ignored_column": 60}
    assert ignored.receipt.cells_left_out == 60


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_files_put_together_keep_an_exact_account(order: tuple[int, int]) -> None:
    first = columns_of({"NPS": [0, 10, 99, 8], "Region": ["North", "South"]}, name="a.csv")
    second = columns_of({"NPS": [7, "n/a", 3], "Phone": ["13800138000"]}, name="b.csv")
    files = (replace(first, key="a"), replace(second, key="b"))
    whole = put_together([files[place] for place in order])
    receipt = whole.receipt
    source = whole.question("source").columns[0]
    assert receipt.cells == filled_cells(whole) - int(np.count_nonzero(whole.columns[source].codes))
    assert receipt.cells_used + whole.respondents == used_cells(whole)
    assert whole.rows is not None
    assert whole.rows.tolist() == [*range(1, 61), *range(1, 61)]


def test_a_column_that_serves_two_questions_is_counted_once() -> None:
    """SurveyMonkey writes the words of "Other" into a column that is an option of the question as well."""
    rows = [
        ["Respondent ID", "Which do you use?", "", "", "How was it?"],
        ["", "App", "Shop", "Other (please specify)", "Response"],
        *(
            [str(n), "App" if n % 2 else "", "Shop" if n % 3 else "", "By phone" if n % 5 == 0 else "", "fine"]
            for n in range(60)
        ),
    ]
    survey = understood(rows)
    shared = [place for question in survey.questions for place in question.columns]
    assert len(shared) > len(set(shared))
    check(survey)


def test_unused_columns_are_named_where_the_second_header_row_is_empty() -> None:
    header = ["Respondent ID", "Start Date", "End Date", "How likely are you to recommend us? (0-10)", "Your region"]
    below = ["", "", "", "Response", "Response"]
    people = [
        [
            f"31908514{n:02d}",
            f"2025-03-{1 + n % 28:02d} 09:00:00",
            f"2025-03-{1 + n % 28:02d} 09:07:00",
            n % 11,
            "NS"[n % 2],
        ]
        for n in range(60)
    ]
    survey = understood([header, below, *people])
    told = [str(entry.text) for entry in survey.receipt.unused if entry.code == "ignored_column"]
    assert len(told) == 1
    assert told[0].endswith("Start Date")
