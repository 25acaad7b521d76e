"""What two selections of one survey are called beside each other: "Q3 2025" and "Q2 2025", "North" and "South"."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from cxdesk.survey.periods import next_start, period_start
from cxdesk.survey.question import Question
from cxdesk.survey.selection import Between, Condition, OneOf, Selection, answer_name, describe_condition
from cxdesk.text import Label, Listed, Period, Span, Text, Unit, say

_MOST_NAMES = 3


def compared_names(now: Selection, before: Selection, question: Callable[[str], Question]) -> tuple[Label, Label]:
    """Short names for those looked at and those they are compared with, made of the conditions that differ."""
    shared = set(now.conditions) & set(before.conditions)
    return _name(now, shared, question), _name(before, shared, question)


def _name(selection: Selection, shared: set[Condition], question: Callable[[str], Question]) -> Label:
    own = [condition for condition in selection.conditions if condition not in shared]
    if not own:
        return say("Everybody")
    if len(own) > 1:
        return Selection(tuple(own)).describe(question)
    return short_condition(own[0], question)


def short_condition(condition: Condition, question: Callable[[str], Question]) -> Label:
    """A condition without its question: the answers, or the stretch of the calendar."""
    match condition:
        case OneOf():
            asked = question(condition.question)
            if len(condition.codes) == 1:
                return answer_name(asked, condition.codes[0])
            if len(condition.codes) <= _MOST_NAMES:
                return say("{answers}", answers=Listed(tuple(answer_name(asked, code) for code in condition.codes)))
            return describe_condition(condition, question)
        case Between():
            return stretch(condition.first, condition.last)
        case _:
            return describe_condition(condition, question)


def stretch(first: datetime.date, last: datetime.date) -> Text:
    """A run of days by the name of the year, quarter, month, week or day that it is, or else by its ends."""
    for unit in (Unit.YEAR, Unit.QUARTER, Unit.MONTH, Unit.WEEK, Unit.DAY):
        if period_start(first, unit) == first and next_start(first, unit) - datetime.timedelta(days=1) == last:
            return say("{period}", period=Span(first, unit))
    return say("{period}", period=Period(first, last))
