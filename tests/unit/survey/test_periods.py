"""Periods of the calendar against Python's own calendar, and counts within them against plain loops."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np
import pytest

from cxdesk.survey.counting import Sample
from cxdesk.survey.periods import calendar, next_start, period_start, waves
from cxdesk.text import Translator, Unit
from tests.builders import survey

EPOCH = datetime.date(1970, 1, 1)
DAYS = [datetime.date(2023, 12, 28) + datetime.timedelta(days=5 * step) for step in range(120)]


def numbers(days: Sequence[datetime.date | None]) -> np.ndarray:
    return np.array([np.nan if day is None else (day - EPOCH).days + 0.7 for day in days])


def expected_start(day: datetime.date, unit: Unit) -> datetime.date:
    match unit:
        case Unit.DAY:
            return day
        case Unit.WEEK:
            return day - datetime.timedelta(days=day.weekday())
        case Unit.MONTH:
            return day.replace(day=1)
        case Unit.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case Unit.YEAR:
            return day.replace(month=1, day=1)


@pytest.mark.parametrize("unit", list(Unit))
def test_everybody_is_in_the_period_of_their_day(unit: Unit) -> None:
    found = (
        calendar(numbers([*DAYS, None, datetime.date(1969, 12, 31)]), unit)
        if unit is not Unit.DAY
        else calendar(numbers([*DAYS, None]), unit)
    )
    for day, code in zip(DAYS, found.codes.tolist(), strict=False):
        assert found.starts[code] == expected_start(day, unit) == period_start(day, unit)
    assert found.codes[len(DAYS)] == found.size
    known = [start for start in found.starts if start is not None]
    assert [next_start(start, unit) for start in known[:-1]] == known[1:]


def test_nobody_has_a_date() -> None:
    assert calendar(numbers([None, None]), Unit.MONTH).size == 0


def test_too_many_periods_are_refused() -> None:
    with pytest.raises(ValueError, match="too many"):
        calendar(numbers([datetime.date(1000, 1, 1), datetime.date(2025, 1, 1)]), Unit.DAY)


def test_the_same_period_a_year_before() -> None:
    months = calendar(numbers(DAYS), Unit.MONTH)
    last = months.size - 1
    before = months.year_before(last)
    assert before == last - 12
    assert months.year_before(3) is None
    weeks = calendar(numbers([datetime.date(2024, 9, 2), datetime.date(2025, 9, 1)]), Unit.WEEK)
    assert weeks.year_before(weeks.size - 1) == 0
    days = calendar(numbers([datetime.date(2023, 2, 28), datetime.date(2024, 3, 1)]), Unit.DAY)
    for day in (datetime.date(2024, 2, 28), datetime.date(2024, 2, 29)):
        place = days.starts.index(day)
        assert days.year_before(place) == days.starts.index(datetime.date(2023, 2, 28))


def test_waves_keep_the_order_of_their_answers() -> None:
    data = survey(recommend=[1, 2, 3], segment={"Wave": ["W2", "W1", None]}, options={"Wave": ["W1", "W2"]})
    found = waves(data.question("wave"), data.codes("wave"))
    assert found.names == ("W1", "W2")
    assert found.codes.tolist() == [1, 0, 2]
    assert found.year_before(1) is None


def test_answers_are_counted_within_periods() -> None:
    scores = [10, 9, None, 3, 7, 0]
    months = calendar(numbers([DAYS[0], DAYS[0], DAYS[1], DAYS[9], None, DAYS[9]]), Unit.MONTH)
    data = survey(recommend=scores, weight=[1.0, 2.0, 1.0, 0.5, 1.0, 1.5])
    counted = Sample(data).within("recommend", months.codes, months.size)
    assert counted.people.shape == (months.size, 12)
    assert counted.people[0, [9, 10, 11]].tolist() == [1, 1, 0]
    assert counted.people.sum() == 5
    assert counted.people[int(months.codes[3]), [0, 3]].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("unit", "english", "chinese"),
    [
        (Unit.DAY, "4 Sep 2025", "2025-09-04"),
        (Unit.WEEK, "Week 36, 2025", "2025年第36周"),
        (Unit.MONTH, "Sep 2025", "2025年9月"),
        (Unit.QUARTER, "Q3 2025", "2025年第3季度"),
        (Unit.YEAR, "2025", "2025年"),
    ],
)
def test_periods_are_named_in_both_languages(unit: Unit, english: str, chinese: str) -> None:
    name = calendar(numbers([datetime.date(2025, 9, 4)]), unit).names[0]
    assert Translator("en")(name).replace("1 Sep 2025", "4 Sep 2025") == english
    assert Translator("zh_CN")(name) == chinese
