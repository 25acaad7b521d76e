"""Looks at all questions together: one date, one respondent number, which satisfaction question is the main one.

Doubts that only show between questions are raised here: a rating up to 10 that might be the recommend question although
its words do not say so, and a scale that runs against the others (`directions`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from cxdesk.reading.directions import with_directions
from cxdesk.reading.lexicon import asks, plain
from cxdesk.reading.wording import is_ten
from cxdesk.survey.dataset import Column
from cxdesk.survey.question import Ask, Question, Reading
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Scale
from cxdesk.text import say

_GRID = 3


def settle(questions: Sequence[Question], columns: Sequence[Column], own: Sequence[bool]) -> tuple[Question, ...]:
    """Settle what can only be decided between questions. ``own`` marks the platform's own columns."""
    settled = _one_date(list(questions), columns, own)
    settled = _one_respondent(settled, own)
    settled = _main_satisfaction(settled)
    settled = _possible_recommend(settled)
    settled = _shared_scales(settled)
    settled = with_directions(settled, columns)
    return tuple(_named_apart(settled))


def _one_date(questions: list[Question], columns: Sequence[Column], own: Sequence[bool]) -> list[Question]:
    """The day of the answer: the platform's own column, else submission or end; never the start if there is another."""
    dates = [question for question in questions if question.role is Role.DATE]
    if not dates:
        return questions

    def rank(question: Question) -> tuple[bool, bool, bool]:
        header = " ".join(columns[question.columns[0]].header)
        return (not own[question.columns[0]], not asks("date_end", header), asks("date_start", header))

    best = min(dates, key=rank)
    used = _day_of_answer(best) if rank(best)[2] and rank(best)[0] else best
    why = say("Another date; “{question}” is used", question=best.text)
    chosen = []
    for question in questions:
        if question.id == best.id:
            chosen.append(used)
        elif question.role is Role.DATE:
            chosen.append(replace(question, role=Role.IGNORE, why=why, ask=None, sure=Sure.SURE))
        else:
            chosen.append(question)
    return chosen


def _day_of_answer(question: Question) -> Question:
    """Ask about a date that the header calls the day of something else: an order, a birthday, a last visit."""
    if question.ask is not None:
        return question
    ask = Ask(
        (
            Reading(say("The day of the answer"), Role.DATE, day_first=question.day_first),
            Reading(say("The day of something else, do not use it"), Role.IGNORE),
        ),
        say("The header speaks of another day than the day of the answer."),
        needed=False,
    )
    return replace(question, sure=Sure.CHECK, ask=ask)


def _one_respondent(questions: list[Question], own: Sequence[bool]) -> list[Question]:
    numbers = [question for question in questions if question.role is Role.RESPONDENT]
    if len(numbers) < 2:
        return questions

    def rank(question: Question) -> tuple[bool, bool]:
        return not own[question.columns[0]], not (question.text and asks("respondent", question.text))

    best = min(numbers, key=rank)
    why = say("Another number for each answer; “{question}” is used", question=best.text or best.id)
    return [
        replace(question, role=Role.IGNORE, why=why)
        if question.role is Role.RESPONDENT and question.id != best.id
        else question
        for question in questions
    ]


def _main_satisfaction(questions: list[Question]) -> list[Question]:
    """If one question asks for satisfaction overall, those about single points are rated topics."""
    asked = [question for question in questions if question.role is Role.SATISFACTION]
    if len(asked) < 2:
        return questions
    rows = Counter(question.group for question in questions if question.group and question.kind is Kind.SCORE)
    overall = {
        question.id for question in asked if asks("overall", question.text) and _is_plain_overall(question, rows)
    }
    ungrouped = {question.id for question in asked if not question.group}
    alone = ungrouped or {question.id for question in asked if rows[question.group] < _GRID}
    recommend = any(question.role is Role.RECOMMEND for question in questions)
    if recommend and len(alone) >= _GRID:
        alone = set()
    kept = overall or alone or (set() if recommend else {question.id for question in asked})
    why = say("One point of satisfaction among several")
    return [
        replace(question, role=Role.RATING, why=why, ask=_retold(question.ask))
        if question.role is Role.SATISFACTION and question.id not in kept
        else question
        for question in questions
    ]


def _is_plain_overall(question: Question, rows: Counter[str]) -> bool:
    return rows[question.group] < _GRID or not asks("overall", question.group)


def _retold(ask: Ask | None) -> Ask | None:
    if ask is None:
        return None
    return replace(ask, readings=tuple(replace(reading, role=Role.RATING) for reading in ask.readings), needed=False)


def _possible_recommend(questions: list[Question]) -> list[Question]:
    """Without a recommend question, ask once whether the first rating up to 10 is the one that NPS is counted on."""
    if any(question.role is Role.RECOMMEND for question in questions):
        return questions
    for place, question in enumerate(questions):
        scale = question.scale
        if question.role is not Role.RATING or question.group or scale is None or not is_ten(scale):
            continue
        recommend = Reading(say("The question that NPS is counted on"), Role.RECOMMEND, scale)
        if question.ask is not None:
            first, *others = question.ask.readings
            ask = replace(question.ask, readings=(first, recommend, *others))
        else:
            ask = Ask(
                (Reading(say("A rating of its own"), Role.RATING, scale), recommend),
                say("It is asked up to 10 like NPS, but its words do not ask whether people would recommend you."),
                needed=False,
            )
        questions = list(questions)
        questions[place] = replace(question, sure=Sure.CHECK, ask=ask)
        break
    return questions


def _shared_scales(questions: list[Question]) -> list[Question]:
    """Give a question the longer scale of another with the same words: nobody needs to have used all of its points."""
    scales = list(
        dict.fromkeys(question.scale for question in questions if question.scale and any(question.scale.labels))
    )
    longest = sorted(scales, key=lambda scale: -scale.size)
    return [_on_longer_scale(question, longest) for question in questions]


def _on_longer_scale(question: Question, longest: Sequence[Scale]) -> Question:
    scale = question.scale
    if scale is None or not any(scale.labels) or scale.lowest != 1:
        return question
    words = [plain(label) for label in scale.labels]
    for longer in longest:
        if longer.size <= scale.size or longer.lowest != 1 or longer.direction is not scale.direction:
            continue
        places = {plain(label): place for place, label in enumerate(longer.labels) if label}
        if all(words) and all(word in places for word in words):
            codes = tuple((cell, places[words[score - 1]] + 1) for cell, score in scale.codes)
            return _with_scale(question, replace(longer, no_answer=scale.no_answer, codes=codes))
    return question


def _with_scale(question: Question, scale: Scale) -> Question:
    """The question on another scale, its readings included; each keeps its own direction."""
    ask = question.ask
    if ask is not None:
        readings = (
            replace(reading, scale=replace(scale, direction=reading.scale.direction)) if reading.scale else reading
            for reading in ask.readings
        )
        ask = replace(ask, readings=tuple(readings))
    return replace(question, scale=scale, ask=ask)


def _named_apart(questions: Sequence[Question]) -> list[Question]:
    """Questions with the same words get a number behind them, so that people can tell them apart.

    Those that are used are numbered first, so that they keep their words beside a copy that is not used.
    """
    seen: Counter[tuple[str, str]] = Counter()
    numbers: dict[str, int] = {}
    for question in sorted(questions, key=lambda question: question.role is Role.IGNORE):
        seen[question.group, question.text] += 1
        numbers[question.id] = seen[question.group, question.text]
    return [
        replace(question, text=f"{question.text} ({numbers[question.id]})")
        if numbers[question.id] > 1 and question.text
        else question
        for question in questions
    ]
