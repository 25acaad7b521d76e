"""Dates in every usual form are read alike; where day and month could be swapped, the person is asked."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from cxdesk.reading.dates import days_in, days_of, order_of
from cxdesk.survey.dataset import Words
from cxdesk.survey.role import Role, Sure
from cxdesk.text import Translator
from tests.unit.reading.understanding.sheets import columns_of, only


def day(year: int, month: int, day_: int) -> int:
    return datetime.date(year, month, day_).toordinal() - datetime.date(1970, 1, 1).toordinal()


@pytest.mark.parametrize(
    "text",
    [
        "2025-09-14",
        "2025-09-14 18:00:00",
        "2025-09-14T18:00:00Z",
        "2025-09-14 18:00:00.402",
        "2025/9/14 18:00",
        "2025年9月14日",
        "9/14/2025 6:00:00 PM",
        "14.09.2025 18:00",
        "14.09.25",
        "Sun Sep 14 2025",
        "14 Sep 2025",
        "Sep 14, 2025",
        "14-Sep-2025",
        "2025/09/14 6:00:00 PM GMT+2",
    ],
)
def test_ways_of_writing_one_day(text: str) -> None:
    order = order_of([text])
    assert order is not None
    value = float(days_of([text], order.day_first)[0])
    assert int(value) == day(2025, 9, 14)
    assert value - int(value) in (0, 0.75)


@pytest.mark.parametrize(
    "text", ["hello", "192.168.0.1", "87.0.4280.141", "12", "10:30", "1-49", "2025-13-40", "30/30/2025", "5/5"]
)
def test_what_is_no_date(text: str) -> None:
    assert order_of([text]) is None


def test_a_day_above_twelve_settles_the_order() -> None:
    question = only("Date", ["03/04/2025", "25/04/2025"])
    assert (question.sure, question.day_first) == (Sure.SURE, True)
    question = only("Date", ["03/04/2025", "04/25/2025"])
    assert (question.sure, question.day_first) == (Sure.SURE, False)


def test_an_open_order_is_asked() -> None:
    question = only("Visit date", ["03/04/2025", "05/06/2025"])
    assert (question.role, question.sure) == (Role.DATE, Sure.CHECK)
    assert question.ask is not None
    assert question.ask.needed
    assert {reading.day_first for reading in question.ask.readings} == {True, False}
    assert question.ask.readings[0].day_first == question.day_first


def test_packed_days_are_read_like_single_ones() -> None:
    texts = [
        "",
        *[
            f"20{year:02d}-{month:02d}-{number:02d} 23:59:07"
            for year in (0, 24, 25)
            for month in range(1, 13)
            for number in range(1, 32)
        ],
    ]
    assert len(texts) > 1000
    np.testing.assert_allclose(days_in(Words.of(texts), None), days_of(texts, None), rtol=0, atol=1e-9)


def test_only_one_date_is_the_day_of_the_answer() -> None:
    survey = columns_of(
        {
            "Start time": ["2025-01-02 10:00"],
            "Date of purchase": ["2024-12-01", "2024-12-24"],
            "Submitted": ["2025-01-02 10:05", "2025-01-03 11:00"],
        }
    )
    assert [question.role for question in survey.questions] == [Role.IGNORE, Role.IGNORE, Role.DATE]


def test_bare_numbers_are_dates_only_under_a_date_header() -> None:
    assert only("Response date", ["20250914", "20250915"]).role is Role.DATE
    assert only("Created at", ["1694700000", "1694786400"]).role is Role.DATE
    assert only("Turnover", ["20250914", "20250915"]).role is not Role.DATE


def test_unreadable_cells_are_counted() -> None:
    survey = columns_of({"Date": ["2025-01-02"] * 19 + ["soon"]}, 60)
    assert [(note.code, note.count) for note in survey.receipt.unused] == [("not_readable_date", 3)]


def test_the_fixed_day_of_anonymous_surveys_is_no_date() -> None:
    assert only("submitdate", ["1980-01-01 00:00:00"]).role is Role.IGNORE


def test_many_different_times_still_show_their_first_and_last_day() -> None:
    cells = [f"2025-03-{1 + n // 100:02d} 10:{n // 60 % 60:02d}:{n % 60:02d}" for n in range(3000)]
    question = columns_of({"Submitted": cells}, 3000).questions[0]
    assert Translator("en")(question.why) == "1–30 Mar 2025"


def test_a_year_of_two_digits_in_front_is_never_taken_for_a_day() -> None:
    assert only("日付", ["24/12/01", "24/12/31", "25/01/05", "25/03/17"]).role is not Role.DATE
    question = only("Date", ["24/12/25", "17/11/25", "05/01/25", "30/03/25", "13/02/25"])
    assert (question.role, question.day_first) == (Role.DATE, True)


def test_the_day_of_something_else_is_asked_about() -> None:
    question = only("Sign-up date", ["2024-05-02", "2024-06-30"])
    assert (question.role, question.sure) == (Role.DATE, Sure.CHECK)
    assert question.ask is not None
    assert [reading.role for reading in question.ask.readings] == [Role.DATE, Role.IGNORE]
