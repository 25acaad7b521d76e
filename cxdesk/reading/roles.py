"""Changes what a question is used for, when a person knows better than the program.

Nothing is read from the file again: the distinct texts of the question's columns are looked at under the new role, and
only this question's answers are rebuilt.
"""

from __future__ import annotations

import math
from dataclasses import replace

from cxdesk.reading.answers import answers_to
from cxdesk.reading.dated import date_question
from cxdesk.reading.dates import order_of
from cxdesk.reading.found import Found
from cxdesk.reading.grouping import EXCLUSIVE, SINGLE, TICKS, Draft
from cxdesk.reading.notes import with_notes
from cxdesk.reading.numerals import number_in
from cxdesk.reading.operational import measured
from cxdesk.reading.profile import profile_of
from cxdesk.reading.shape import Material, multiple_options, number_share, options_of, question, scale_of
from cxdesk.reading.transport import keyed
from cxdesk.reading.verdict import saw_range
from cxdesk.reading.waves import MOST_WAVES, in_order
from cxdesk.reading.wording import is_ten
from cxdesk.survey.amount import Amount
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question, Reading
from cxdesk.survey.role import SCORED, Kind, Role, Sure
from cxdesk.survey.scale import Scale
from cxdesk.text import Number, Text, say, say_n

_MOST_CHOICES = 2000


class RoleRefused(Exception):
    """A question cannot play the role: ``reason`` says why, in words."""

    def __init__(self, reason: Text) -> None:
        """Keep the words; the message of the exception holds no data."""
        super().__init__("role")
        self.reason = reason


def with_role(
    dataset: Dataset,
    question_id: str,
    role: Role,
    scale: Scale | None = None,
    day_first: bool | None = None,
    amount: Amount | None = None,
) -> Dataset:
    """The survey with another role for one question. The choice is the person's, so it is sure from then on.

    ``scale`` states how scores are to be read; without it the scale is found again. ``day_first`` states the order of
    day and month of a date, ``amount`` what an operational number measures. Raises `RoleRefused` if the column cannot
    play the role, and `KeyError`.
    """
    old = dataset.question(question_id)
    new = _recast(_material(dataset, old), role, scale, day_first, amount, old)
    chosen = replace(new, id=old.id, text=old.text, group=old.group, sure=Sure.SURE, why=say("Chosen by you"), ask=None)
    questions = tuple(chosen if question.id == question_id else question for question in dataset.questions)
    answers = {**dataset.answers, question_id: answers_to(chosen, dataset.columns)}
    return keyed(with_notes(replace(dataset, questions=questions, answers=answers), question_id))


def with_reading(dataset: Dataset, question_id: str, reading: Reading) -> Dataset:
    """The survey after a person answered the one question that was asked about a column."""
    return with_role(dataset, question_id, reading.role, reading.scale, reading.day_first, reading.amount)


def allowed(dataset: Dataset, question_id: str) -> tuple[Role, ...]:
    """The roles that a question can play, in the order of the list that people choose from."""
    old = dataset.question(question_id)
    material = _material(dataset, old)
    possible = []
    for role in Role:
        try:
            _recast(material, role, None, None, None, old)
        except RoleRefused:
            continue
        possible.append(role)
    return tuple(possible)


def _material(dataset: Dataset, old: Question) -> Material:
    profiles = tuple(profile_of(dataset.columns[place]) for place in old.columns)
    if len(old.columns) == 1:
        shape = SINGLE
        options: tuple[str, ...] = ()
    else:
        shape = TICKS if old.kind is Kind.MULTIPLE else EXCLUSIVE
        options = old.options or tuple(_last(profile.column.header) for profile in profiles)
    draft = Draft(old.columns, old.text, old.group, shape, options)
    header = profiles[0].column.header
    return Material(draft, profiles, header[0] if len(header) > 1 else "")


def _last(header: tuple[str, ...]) -> str:
    return header[-1].lstrip("- ").strip() if header else ""


def _recast(
    material: Material,
    role: Role,
    scale: Scale | None,
    day_first: bool | None,
    amount: Amount | None,
    old: Question,
) -> Question:
    single = material.draft.shape == SINGLE
    if role in SCORED:
        return _as_score(material, role, scale, old)
    match role:
        case Role.SEGMENT:
            return _as_segment(material)
        case Role.WAVE:
            return _as_wave(material)
        case Role.MULTIPLE:
            return _as_multiple(material)
        case Role.DATE if single:
            return _as_date(material, day_first)
        case Role.WEIGHT if single:
            return _as_weight(material)
        case Role.OPERATION if single:
            return _as_operation(material, amount)
        case Role.COMMENT | Role.RESPONDENT | Role.PRIVATE if single:
            return question(material, Kind.TEXT, role)
        case Role.PRIVATE | Role.IGNORE:
            if old.kind in (Kind.CHOICE, Kind.MULTIPLE, Kind.SCORE) and role is Role.IGNORE:
                return replace(old, role=role)
            return question(material, Kind.TEXT if material.profile.filled else Kind.EMPTY, role)
        case _:
            raise RoleRefused(say("Only a single column can be used like that; this question has several."))


def _as_score(material: Material, role: Role, scale: Scale | None, old: Question) -> Question:
    if material.draft.shape == TICKS:
        raise RoleRefused(say("People could tick several answers here, so there is no score."))
    found = scale_of(material) or scale_of(material, chosen=True)
    if scale is None and old.scale is not None and (found is None or role is not Role.RECOMMEND or is_ten(old.scale)):
        scale = old.scale
    if scale is None:
        scale = _usable(found, role).scale
    if role is Role.RECOMMEND and not is_ten(scale):
        raise RoleRefused(
            say("NPS needs answers from 0 to 10; this question is answered from {range}.", range=saw_range(scale))
        )
    recast = replace(question(material, Kind.SCORE, role), scale=scale)
    columns = [profile.column for profile in material.profiles]
    shifted = replace(recast, columns=tuple(range(len(columns))))
    codes = answers_to(shifted, columns).codes
    if codes is None or not (codes < scale.size).any():
        raise RoleRefused(say("None of the answers lies on the scale from {range}.", range=saw_range(scale)))
    return recast


def _usable(found: Found | None, role: Role) -> Found:
    if found is None:
        raise RoleRefused(say("The answers are no scores: neither whole numbers on a scale nor words that form one."))
    scale = found.scale
    rival = found.rival.scale if found.rival is not None else None
    if role is Role.RECOMMEND and rival is not None and is_ten(rival):
        return replace(found, scale=replace(rival, lowest=0, labels=()))
    if role is Role.RECOMMEND and found.basis == "numbers" and not is_ten(scale) and scale.highest in (8, 9):
        return replace(found, scale=replace(scale, lowest=0, highest=10, labels=()))
    return found


def _as_segment(material: Material) -> Question:
    if material.draft.shape == TICKS:
        raise RoleRefused(say("People could tick several answers here, so they do not form groups."))
    profile = material.profile
    if material.draft.shape == SINGLE and profile.distinct > min(_MOST_CHOICES, len(profile.answers)):
        raise RoleRefused(say("There are too many different answers to form groups."))
    options = options_of(material)
    if not options:
        raise RoleRefused(say("There are no answers in this column."))
    why = say_n("1 value", "{count} different values", len(options))
    return replace(question(material, Kind.CHOICE, Role.SEGMENT, why=why), options=options)


def _as_wave(material: Material) -> Question:
    groups = _as_segment(material)
    if len(groups.options) > MOST_WAVES:
        raise RoleRefused(
            say("There are too many different answers for waves; {most} are possible.", most=Number(MOST_WAVES))
        )
    if material.draft.shape != SINGLE:
        return replace(groups, role=Role.WAVE)
    return replace(groups, role=Role.WAVE, options=in_order(groups.options))


def _as_multiple(material: Material) -> Question:
    options = multiple_options(material)
    if len(options) < 2 or material.draft.shape == EXCLUSIVE:
        raise RoleRefused(say("The cells hold one answer each; no sign between several answers was found."))
    return replace(question(material, Kind.MULTIPLE, Role.MULTIPLE), options=options)


def _as_date(material: Material, day_first: bool | None) -> Question:
    cells = [answer.cell for answer in material.profile.spoken[:500]]
    order = order_of(cells, bare_numbers=True)
    if order is None:
        raise RoleRefused(say("The answers could not be read as dates."))
    return replace(date_question(material, order), day_first=order.day_first if day_first is None else day_first)


def _as_operation(material: Material, amount: Amount | None) -> Question:
    found = measured(material, amount)
    if found is None:
        raise RoleRefused(say("An operational number must be a number, a time, or a yes or no for each person."))
    return found


def _as_weight(material: Material) -> Question:
    profile = material.profile
    values = [number_in(answer.cell) for answer in profile.spoken]
    if number_share(profile) < 0.95 or not values:
        raise RoleRefused(say("A weight must be a number for each person."))
    if min(value for value in values if not math.isnan(value)) < 0:
        raise RoleRefused(say("A weight cannot be below zero."))
    return question(material, Kind.NUMBER, Role.WEIGHT)
