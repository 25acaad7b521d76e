"""What the check page says about a column: people who answered, and how often each answer occurs."""

import datetime

from cxdesk.project.glance import Glance, glance_at, glance_at_grid
from tests.builders import survey

SURVEY = survey(
    recommend=[0, 10, 10, None],
    segment={"Region": ["North", "South", None, "North"]},
    multiple={"Used": [["App"], ["App", "Shop"], [], None]},
    date=[datetime.date(2025, 7, 1), None, None, None],
    comment=["Fine", None, "Slow", None],
    private={"Phone": ["1", "2", "3", None]},
    rating={"Staff": [1, 2, 3, None], "Price": [3, 3, None, None]},
)


def glance(text: str) -> Glance:
    return glance_at(SURVEY, next(each for each in SURVEY.questions if each.text == text))


def test_scores_are_counted_in_the_order_of_their_scale() -> None:
    assert glance("Recommend") == Glance(3, 1, (1, *[0] * 9, 2))


def test_choices_are_counted_by_option() -> None:
    assert glance("Region") == Glance(3, 1, (2, 1))


def test_ticks_are_counted_among_those_who_were_asked() -> None:
    assert glance("Used") == Glance(3, 1, (2, 1))


def test_dates_and_texts_have_people_but_no_counts() -> None:
    assert glance("Date") == Glance(1, 3)
    assert glance("Comment") == Glance(2, 2)


def test_answers_that_are_private_are_not_counted_by_value() -> None:
    assert glance("Phone") == Glance(3, 1)


def test_rows_of_a_grid_add_up() -> None:
    grid = [each for each in SURVEY.questions if each.text in {"Staff", "Price"}]
    assert glance_at_grid(SURVEY, grid) == Glance(5, 3, (1, 1, 3, 0, 0))


def test_rows_on_different_scales_have_no_common_counts() -> None:
    mixed = [each for each in SURVEY.questions if each.text in {"Staff", "Recommend"}]
    assert glance_at_grid(SURVEY, mixed) == Glance(6, 2)
