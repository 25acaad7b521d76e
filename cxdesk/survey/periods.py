"""Respondents by period: the days, weeks, months, quarters or years of a date question, or the waves of a survey."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.dataset import Codes
from cxdesk.survey.question import Question
from cxdesk.text import Label, Span, Unit, say

_EPOCH = datetime.date(1970, 1, 1)
_MOST_PERIODS = 5000
_DAYS_TO_MONDAY = 3  # 1970-01-01 was a Thursday
_A_YEAR = {Unit.WEEK: 52, Unit.MONTH: 12, Unit.QUARTER: 4, Unit.YEAR: 1}


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """Periods in their order, without gaps in the calendar, and the period of each respondent.

    ``codes`` [respondents] is the position of each respondent's period, or ``size`` if it is not known. ``starts`` are
    the first days; None for waves, whose order is that of the question's answers. ``unit`` is None for waves.
    """

    names: tuple[Label, ...]
    starts: tuple[datetime.date | None, ...]
    codes: Codes
    unit: Unit | None

    @property
    def size(self) -> int:
        """The number of periods."""
        return len(self.names)

    @property
    def known_by(self) -> str:
        """What tells these periods from all other groups of the survey."""
        return "periods" if self.unit is None else f"periods {self.unit.value}"

    def year_before(self, place: int) -> int | None:
        """The same period of the year before, if it is there; waves have none."""
        start = self.starts[place]
        if start is None or self.unit is None:
            return None
        earlier = place - (_A_YEAR[self.unit] if self.unit in _A_YEAR else (start - _year_earlier(start)).days)
        return earlier if earlier >= 0 else None


def waves(question: Question, codes: Codes) -> Periods:
    """The waves of a WAVE question, in the order of its answers."""
    return Periods(tuple(question.options), (None,) * question.size, codes, None)


def calendar(days: NDArray[np.float64], unit: Unit) -> Periods:
    """The periods between the first and the last known day; ``days`` since 1970-01-01, NaN where it is not known.

    Raises `ValueError` if there are more than 5,000 periods, which no chart could show.
    """
    known = ~np.isnan(days)
    if not known.any():
        return Periods((), (), np.zeros(len(days), dtype=np.uint8), unit)
    numbers = np.zeros(len(days), dtype=np.int64)
    numbers[known] = _numbers(np.floor(days[known]).astype(np.int64), unit)
    first, last = int(numbers[known].min()), int(numbers[known].max())
    size = last - first + 1
    if size > _MOST_PERIODS:
        raise ValueError("too many periods")
    codes = np.where(known, numbers - first, size).astype(np.uint8 if size < 256 else np.uint16)
    starts = tuple(_start(number, unit) for number in range(first, last + 1))
    return Periods(tuple(say("{period}", period=Span(start, unit)) for start in starts), starts, codes, unit)


def period_start(day: datetime.date, unit: Unit) -> datetime.date:
    """The first day of the period that a day belongs to."""
    number = _numbers(np.array([(day - _EPOCH).days], dtype=np.int64), unit)
    return _start(int(number[0]), unit)


def next_start(start: datetime.date, unit: Unit) -> datetime.date:
    """The first day of the period that follows the one with this first day."""
    number = _numbers(np.array([(start - _EPOCH).days], dtype=np.int64), unit)
    return _start(int(number[0]) + 1, unit)


def _numbers(days: NDArray[np.int64], unit: Unit) -> NDArray[np.int64]:
    """Periods counted on from the one with 1970-01-01."""
    match unit:
        case Unit.DAY:
            return days
        case Unit.WEEK:
            return (days + _DAYS_TO_MONDAY) // 7
        case _:
            months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
            return months // {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[unit]


def _start(number: int, unit: Unit) -> datetime.date:
    match unit:
        case Unit.DAY:
            return _EPOCH + datetime.timedelta(days=number)
        case Unit.WEEK:
            return _EPOCH + datetime.timedelta(days=7 * number - _DAYS_TO_MONDAY)
        case _:
            months = number * {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[unit]
            return datetime.date(1970 + months // 12, months % 12 + 1, 1)


def _year_earlier(day: datetime.date) -> datetime.date:
    if (day.month, day.day) == (2, 29):
        return datetime.date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)
