"""The periods of a survey: which question tells the time, and which stretch of the calendar suits its answers."""

from __future__ import annotations

from functools import partial

import numpy as np

from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Codes, Dataset
from cxdesk.survey.parting import Parting
from cxdesk.survey.periods import Periods, calendar, waves
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role
from cxdesk.text import Text, Unit, say

WAVES = "wave"
UNITS: tuple[tuple[Unit, Text], ...] = (
    (Unit.DAY, say("Day")),
    (Unit.WEEK, say("Week")),
    (Unit.MONTH, say("Month")),
    (Unit.QUARTER, say("Quarter")),
    (Unit.YEAR, say("Year")),
)

_ENOUGH = 100
_MOST_PERIODS = 60


def wave_question(dataset: Dataset) -> Question | None:
    """The question that names the waves, if the survey has one with at least two."""
    return next((question for question in dataset.with_role(Role.WAVE) if question.size >= 2), None)


def date_question(dataset: Dataset) -> Question | None:
    """The question that tells the day of each answer."""
    return next((question for question in dataset.with_role(Role.DATE) if question.kind is Kind.DATE), None)


def through_time(sample: Sample) -> Sample:
    """The same respondents without the conditions on the time itself: a trend shows what lies around them."""
    times = [question.id for question in sample.dataset.with_role(Role.WAVE, Role.DATE)]
    return sample.without(*times)


def offered(dataset: Dataset) -> tuple[tuple[str, Text], ...]:
    """The periods that a survey can be cut into: its waves, and the stretches of the calendar, two to 60 of them."""
    found: list[tuple[str, Text]] = []
    if wave_question(dataset) is not None:
        found.append((WAVES, say("Wave")))
    days = _days(dataset)
    if days is not None:
        span = float(np.nanmax(days)) - float(np.nanmin(days)) + 1
        for unit, name in UNITS:
            if span > _LENGTH[unit] and span / _LENGTH[unit] <= _MOST_PERIODS:
                found.append((unit.value, name))
    return tuple(found)


def offered_to(sample: Sample) -> tuple[tuple[str, Text], ...]:
    """The same, found once for all samples of the survey."""
    return sample.shared(("offered",), lambda: offered(sample.dataset))


def default_period(sample: Sample) -> str:
    """The waves, or else the shortest period whose median has 100 answers or more; with few answers, the longest.

    "" if the survey has no periods. A period with a single one of its kind is only taken if there is no other.
    """
    choices = [value for value, _ in offered_to(sample)]
    if not choices or choices[0] == WAVES:
        return choices[0] if choices else ""
    last = choices[0]
    for value in choices:
        periods = periods_of(sample, value)
        sizes = sample.sizes(periods.codes, periods.size, periods.known_by)
        if np.count_nonzero(sizes) < 2 and value != choices[0]:
            break
        last = value
        if np.median(sizes) >= _ENOUGH:
            break
    return last


def periods_of(sample: Sample, value: str) -> Periods:
    """The periods of a kind of ``offered``, the same for all samples. Raises `KeyError` if there are none."""
    return sample.shared(("periods", value), lambda: _periods(sample.dataset, value))


def period_partings(whole: Sample, value: str, measures: tuple[str, ...], window: int = 1) -> tuple[Parting, ...]:
    """The periods of a kind ("" finds one) as parts of the respondents; with a window, of each run of periods.

    Runs overlap, so there is one parting for every ``window``-th of them.
    """
    value = value or default_period(whole)
    if not value:
        return ()
    periods = periods_of(whole, value)
    if window == 1:
        places = tuple(range(periods.size))
        return (Parting(periods.known_by, whole, lambda: periods.codes, places, measures, name=periods.known_by),)
    return tuple(
        Parting(pooled_key(periods, window), whole, partial(_run_codes, periods, ends), ends, measures)
        for first in range(window - 1, min(2 * window - 1, periods.size))
        for ends in [tuple(range(first, periods.size, window))]
    )


def pooled_key(periods: Periods, window: int) -> str:
    """What runs of periods are known by; a run of one is the period itself."""
    return periods.known_by if window == 1 else f"{window} {periods.known_by}"


def _run_codes(periods: Periods, ends: tuple[int, ...]) -> Codes:
    """The run that each respondent belongs to, by the places where runs end; the number of runs for none."""
    width = ends[1] - ends[0] if len(ends) > 1 else ends[0] + 1
    run_of = np.full(periods.size + 1, len(ends), dtype=np.uint16)
    for number, end in enumerate(ends):
        run_of[max(0, end - width + 1) : end + 1] = number
    return np.asarray(run_of.take(periods.codes))


def _periods(dataset: Dataset, value: str) -> Periods:
    if value == WAVES:
        question = wave_question(dataset)
        if question is None:
            raise KeyError(value)
        return waves(question, dataset.codes(question.id))
    days = _days(dataset)
    if days is None:
        raise KeyError(value)
    return calendar(days, Unit(value))


def _days(dataset: Dataset) -> np.ndarray | None:
    question = date_question(dataset)
    days = None if question is None else dataset.answers[question.id].numbers
    return None if days is None or bool(np.isnan(days).all()) else days


_LENGTH = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30, Unit.QUARTER: 91, Unit.YEAR: 365}
