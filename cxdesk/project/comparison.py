"""Whom the respondents can be compared with: an earlier wave or file, the period before, or the same one last year."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

import numpy as np

from cxdesk.project.engine import sample_of
from cxdesk.project.workspace import Workspace
from cxdesk.survey.comparison import short_condition, stretch
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.periods import next_start, period_start
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role
from cxdesk.survey.selection import Between, Condition, OneOf, Selection
from cxdesk.text import Text, Unit, say

_MOST_WAVES = 12
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One comparison that can be chosen: its words, and what those looked at and the others answered to a question."""

    words: Text
    now: Condition
    before: Condition


def compared(workspace: Workspace, proposal: Proposal) -> Workspace:
    """The workspace with a comparison; the filters on other questions stay as they are by now."""
    narrowed = workspace.selection.replacing(proposal.now)
    return replace(workspace, selection=narrowed, compare=narrowed.replacing(proposal.before))


def uncompared(workspace: Workspace) -> Workspace:
    """The workspace without its comparison; who is looked at stays as it is."""
    return replace(workspace, compare=None)


def against(workspace: Workspace, condition: Condition) -> Workspace:
    """Compare with those who meet a condition; it takes the place of the one on the same question."""
    return replace(workspace, compare=workspace.selection.replacing(condition))


def common(workspace: Workspace) -> tuple[int, int, int]:
    """How many respondents are looked at, how many they are compared with, and how many stand on both sides."""
    sample = sample_of(replace(workspace, weighting=None))
    before = sample.before
    if before is None:
        return sample.size, 0, 0
    everybody = np.arange(workspace.dataset.respondents)
    return sample.size, before.size, len(np.intersect1d(sample.take(everybody), before.take(everybody)))


def proposals(
    dataset: Dataset, selection: Selection, span: tuple[datetime.date, datetime.date] | None
) -> tuple[Proposal, ...]:
    """The comparisons that a survey offers; ``span`` is the first and last day of its date question, if it has one."""
    found: list[Proposal] = []
    for question in dataset.with_role(Role.WAVE):
        found.extend(_waves(selection, question))
    date = next((question for question in dataset.with_role(Role.DATE) if question.kind is Kind.DATE), None)
    if date is not None and span is not None:
        found.extend(_periods(selection, date, span))
    return tuple(found)


def _waves(selection: Selection, question: Question) -> list[Proposal]:
    """The wave that is looked at, or else the last one, with each other wave; the nearest earlier one first."""
    condition = selection.on(question.id)
    now = question.size - 1
    if isinstance(condition, OneOf) and len(condition.codes) == 1:
        now = condition.codes[0]
    others = [*range(now - 1, -1, -1), *range(now + 1, question.size)][:_MOST_WAVES]
    return [_pair(OneOf(question.id, (now,)), OneOf(question.id, (code,)), question) for code in others]


def _periods(selection: Selection, date: Question, span: tuple[datetime.date, datetime.date]) -> list[Proposal]:
    """The days that are looked at, or else the last month and quarter, with the stretch before and a year before."""
    condition = selection.on(date.id)
    stretches: list[tuple[Between, Between]] = []
    if isinstance(condition, Between):
        for first, last in (_before(condition.first, condition.last), _year_before(condition.first, condition.last)):
            stretches.append((condition, Between(date.id, first, last)))
    else:
        for unit in (Unit.QUARTER, Unit.MONTH, Unit.WEEK):
            first = period_start(span[1], unit)
            now = Between(date.id, first, next_start(first, unit) - _DAY)
            for start, last in (_before(now.first, now.last), _year_before(now.first, now.last)):
                stretches.append((now, Between(date.id, start, last)))
    inside = [(now, before) for now, before in stretches if before.last >= span[0] and before.first < now.first]
    return [_pair(now, before, date) for now, before in dict.fromkeys(inside)]


def _pair(now: Condition, before: Condition, question: Question) -> Proposal:
    words = say(
        "{now} with {before}",
        now=short_condition(now, lambda _id: question),
        before=short_condition(before, lambda _id: question),
    )
    return Proposal(words, now, before)


def _before(first: datetime.date, last: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The stretch that ends the day before: the unit of the calendar before, or as many days."""
    for unit in (Unit.YEAR, Unit.QUARTER, Unit.MONTH, Unit.WEEK):
        if stretch(first, last) == stretch(period_start(first, unit), next_start(first, unit) - _DAY):
            return period_start(first - _DAY, unit), first - _DAY
    return first - (last - first) - _DAY, first - _DAY


def _year_before(first: datetime.date, last: datetime.date) -> tuple[datetime.date, datetime.date]:
    if (last - first).days == 6 and first.weekday() == 0:
        return first - datetime.timedelta(days=364), last - datetime.timedelta(days=364)
    return _earlier(first), _earlier(last + _DAY) - _DAY


def _earlier(day: datetime.date) -> datetime.date:
    leap_day = (day.month, day.day) == (2, 29)
    return datetime.date(day.year - 1, 2, 28) if leap_day else day.replace(year=day.year - 1)
