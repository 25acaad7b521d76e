"""Columns that the company knows and nobody was asked: reply times, revenue, orders, whether a customer left.

A header must speak of such a thing and the cells must hold it; where the unit is not written, the person is asked.
"""

from __future__ import annotations

import math
from dataclasses import replace

from cxdesk.reading.amounts import amount_in, amount_of, spaced
from cxdesk.reading.grouping import SINGLE
from cxdesk.reading.lexicon import asks, plain, tokens
from cxdesk.reading.profile import Answer
from cxdesk.reading.shape import Material, options_of, question
from cxdesk.survey.amount import Amount, AmountKind, TimeUnit
from cxdesk.survey.question import Ask, Question, Reading
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.text import Text, say

_LONGEST = 45
_SHARE = 0.9
_SCALE_TOP = 10
_SIGNS_OF_A_QUESTION = frozenset("?？")


def operation(material: Material) -> Question | None:
    """A column of operational numbers or a yes or no about the customer; None if it is anything else."""
    if material.draft.shape != SINGLE or material.draft.group or material.profile.column.labels:
        return None
    header = spaced(material.draft.text or material.header)
    if not _is_plain_header(header):
        return None
    if asks("operation_outcome", header):
        return outcome(material)
    found = amount_of(header, _cells(material)) if _announced(header) else None
    if found is None or not fits(material, found[0]):
        return None
    amount, written = found
    if not written and _like_a_scale(material):
        return None
    made = replace(question(material, Kind.NUMBER, Role.OPERATION, Sure.SURE, why(amount)), amount=amount)
    if amount.kind is not AmountKind.TIME or written:
        return made
    return replace(made, sure=Sure.CHECK, ask=_unit_ask(amount))


def measured(material: Material, amount: Amount | None) -> Question | None:
    """A column as the operational number that a person says it is; ``amount`` is found in the column if not given."""
    if material.draft.shape != SINGLE:
        return None
    found = outcome(material)
    if found is not None and amount is None:
        return found
    if amount is None:
        read = amount_of(spaced(material.draft.text or material.header), _cells(material))
        amount = Amount(AmountKind.NUMBER) if read is None else read[0]
    if not fits(material, amount):
        return None
    return replace(question(material, Kind.NUMBER, Role.OPERATION, why=why(amount)), amount=amount)


def outcome(material: Material) -> Question | None:
    """A yes or no; the option for "yes" stands first. None if the answers are not two, or neither means yes."""
    options = options_of(material) if len(material.profile.named) <= _SCALE_TOP else ()
    if len(options) != 2:
        return None
    happened = [option for option in options if _is_yes(option)]
    if len(happened) != 1:
        return None
    yes = happened[0]
    ordered = (yes, next(option for option in options if option != yes))
    return replace(
        question(material, Kind.CHOICE, Role.OPERATION, Sure.SURE, say("Yes or no, known about each person")),
        options=ordered,
    )


def fits(material: Material, amount: Amount) -> bool:
    """Whether nearly all answers can be read as such an amount."""
    spoken = material.profile.spoken
    whole = sum(answer.count for answer in spoken)
    return whole > 0 and sum(_read(answer, amount) for answer in spoken) >= _SHARE * whole


def why(amount: Amount) -> Text:
    """What the check page says about an operational number."""
    if amount.kind is AmountKind.TIME:
        return {
            TimeUnit.SECOND: say("A time; bare numbers are seconds"),
            TimeUnit.MINUTE: say("A time; bare numbers are minutes"),
            TimeUnit.HOUR: say("A time; bare numbers are hours"),
            TimeUnit.DAY: say("A time; bare numbers are days"),
        }[amount.unit]
    if amount.kind is AmountKind.MONEY:
        return say("An amount of money in {sign}", sign=amount.sign) if amount.sign else say("An amount of money")
    return say("A number known about each person")


def _read(answer: Answer, amount: Amount) -> int:
    value = amount_in(answer.cell, amount)
    return 0 if math.isnan(value) or (amount.kind is AmountKind.TIME and value < 0) else answer.count


def _cells(material: Material) -> list[str]:
    return [answer.cell for answer in material.profile.spoken[:500]]


def _is_plain_header(header: str) -> bool:
    """Whether a header names a figure instead of asking a person something."""
    if not header or len(header) > _LONGEST or _SIGNS_OF_A_QUESTION & set(header):
        return False
    return not any(asks(topic, header) for topic in ("rate", "satisfaction", "easy", "effort", "to_a_person"))


def _announced(header: str) -> bool:
    return any(asks(topic, header) for topic in ("operation_time", "operation_money", "operation_count"))


def _like_a_scale(material: Material) -> bool:
    """Whether bare numbers could as well be points of a scale: "Waiting time" rated from 1 to 5."""
    cells = [answer.cell.strip() for answer in material.profile.spoken]
    return all(cell.isdigit() and int(cell) <= _SCALE_TOP for cell in cells)


def _is_yes(option: str) -> bool:
    words = plain(option)
    if words in tokens("yes") or words in {"1", "true"}:
        return True
    return words not in tokens("no") and asks("operation_outcome", words) and not asks("negated", words)


def _unit_ask(amount: Amount) -> Ask:
    """Which unit bare numbers count, the guess first."""
    units = sorted(TimeUnit, key=lambda unit: unit is not amount.unit)
    words = {
        TimeUnit.SECOND: say("A time in seconds"),
        TimeUnit.MINUTE: say("A time in minutes"),
        TimeUnit.HOUR: say("A time in hours"),
        TimeUnit.DAY: say("A time in days"),
    }
    readings = [Reading(words[unit], Role.OPERATION, amount=replace(amount, unit=unit)) for unit in units]
    other = Reading(say("Something else, do not use it"), Role.IGNORE)
    return Ask((*readings, other), say("The header speaks of a time, but no unit is written."), needed=False)
