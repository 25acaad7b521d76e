"""Date columns: the question they make, the days they span, and the doubt about the order of day and month."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np

from cxdesk.reading.dates import Order, days_in, days_of, order_of
from cxdesk.reading.lexicon import asks
from cxdesk.reading.profile import Profile
from cxdesk.reading.shape import Material, question
from cxdesk.survey.question import Ask, Question, Reading
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.text import Day, Period, Text, say

_EPOCH = datetime.date(1970, 1, 1)
_MANY = 20_000


def dated(material: Material) -> Question | None:
    """A question that asks for a day, or holds the day of the answer; None if the cells are no dates."""
    header = f"{material.draft.text} {material.header}"
    hinted = material.dated or (asks("date", header) and not asks("duration", header))
    spoken = material.profile.spoken
    order = order_of((answer.cell for answer in spoken), hinted, (answer.count for answer in spoken))
    if order is None:
        return None
    if material.profile.distinct == 1 and material.profile.spoken[0].cell.startswith("1980-01-01"):
        return question(
            material, Kind.TEXT, Role.IGNORE, Sure.SURE, say("The same day everywhere: the survey is anonymous")
        )
    return date_question(material, order)


def date_question(material: Material, order: Order) -> Question:
    """A date question, with the order of day and month asked for where the texts leave it open."""
    day_first = order.day_first
    if material.month_first and not order.certain:
        order = replace(order, certain=True, day_first=False)
        day_first = False
    base = question(material, Kind.DATE, Role.DATE)
    if material.dated or order.certain:
        return replace(base, why=_period(material.profile, day_first), day_first=day_first)
    readings = []
    for first in (bool(day_first), not day_first):
        days = days_of([order.example], first)
        shown = _EPOCH + datetime.timedelta(days=int(days[0]))
        words = say("“{text}” is {day}", text=order.example, day=Day(shown))
        readings.append(Reading(words, Role.DATE, day_first=first))
    ask = Ask(tuple(readings), say("Both orders of day and month are possible in this column."))
    return replace(base, sure=Sure.CHECK, why=say("Dates: which number is the day?"), ask=ask, day_first=day_first)


def _period(profile: Profile, day_first: bool | None) -> Text:
    sampled = profile.distinct > len(profile.answers)
    if sampled and profile.distinct <= _MANY:
        days, sampled = days_in(profile.column.values, day_first), False
    else:
        days = days_of([answer.cell for answer in profile.spoken], day_first)
    days = days[~np.isnan(days)]
    if not len(days):
        return say("Dates")
    first, last = (_EPOCH + datetime.timedelta(days=int(np.floor(edge))) for edge in (days.min(), days.max()))
    if sampled:
        return say("Dates, for example {day}", day=Day(first))
    return say("{period}", period=Period(first, last))
