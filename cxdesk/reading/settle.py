"""Looks at all questions together: one date, one respondent number, which satisfaction question is the main one.

Doubts that only show between questions are raised here: a scale that runs against the others, and a rating up to 10
that might be the recommend question although its words do not say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cxdesk.reading.answers import answers_to
from cxdesk.reading.lexicon import asks
from cxdesk.reading.wording import direction_ask, effort_ask, is_ten
from cxdesk.survey.dataset import Column
from cxdesk.survey.question import Ask, Question, Reading
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Direction
from cxdesk.text import say

_ENOUGH = 30
_LINK = 0.15
_AGAINST = -0.2
_GRID = 3


def settle(questions: Sequence[Question], columns: Sequence[Column], own: Sequence[bool]) -> tuple[Question, ...]:
    """Settle what can only be decided between questions. ``own`` marks the platform's own columns."""
    settled = _one_date(list(questions), columns, own)
    settled = _one_respondent(settled, own)
    settled = _main_satisfaction(settled)
    settled = _possible_recommend(settled)
    settled = _directions(settled, columns)
    return tuple(_named_apart(settled))


def _one_date(questions: list[Question], columns: Sequence[Column], own: Sequence[bool]) -> list[Question]:
    """The day of the answer: the platform's own column, else submission or end; never the start if there is another."""
    dates = [question for question in questions if question.role is Role.DATE]
    if len(dates) < 2:
        return questions

    def rank(question: Question) -> tuple[bool, bool, bool]:
        header = " ".join(columns[question.columns[0]].header)
        return (not own[question.columns[0]], not asks("date_end", header), asks("date_start", header))

    best = min(dates, key=rank)
    why = say("Another date; “{question}” is used", question=best.text)
    return [
        replace(question, role=Role.IGNORE, why=why, ask=None, sure=Sure.SURE)
        if question.role is Role.DATE and question.id != best.id
        else question
        for question in questions
    ]


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
        ask = Ask(
            (
                Reading(say("A rating of its own"), Role.RATING, scale),
                Reading(say("The question that NPS is counted on"), Role.RECOMMEND, scale),
            ),
            say("It is asked up to 10 like NPS, but its words do not ask whether people would recommend you."),
            needed=False,
        )
        questions = list(questions)
        questions[place] = replace(question, sure=Sure.CHECK, ask=ask)
        break
    return questions


def _directions(questions: list[Question], columns: Sequence[Column]) -> list[Question]:
    """Compare scales with the main score: people who recommend are satisfied and found things easy."""
    anchor = next((q for q in questions if q.role is Role.RECOMMEND and q.scale), None)
    if anchor is None:
        anchor = next((q for q in questions if q.role is Role.SATISFACTION and q.scale and any(q.scale.labels)), None)
    if anchor is None:
        return questions
    return [_compared(question, anchor, columns) if question.id != anchor.id else question for question in questions]


def _compared(question: Question, anchor: Question, columns: Sequence[Column]) -> Question:
    scale = question.scale
    if scale is None or question.role not in (Role.EFFORT, Role.SATISFACTION):
        return question
    if question.role is Role.EFFORT and question.ask is not None:
        link = _link(question, anchor, columns)
        if link is None or abs(link) < _LINK:
            return question
        guess = replace(scale, direction=Direction.HIGH_IS_GOOD if link > 0 else Direction.LOW_IS_GOOD)
        reason = (
            say(
                "Higher scores go together with higher answers to “{question}”, so {top} is probably the good end.",
                question=anchor.text,
                top=str(scale.highest),
            )
            if link > 0
            else say(
                "Lower scores go together with higher answers to “{question}”, so {bottom} is probably the good end.",
                question=anchor.text,
                bottom=str(scale.lowest),
            )
        )
        return replace(question, scale=guess, ask=effort_ask(guess, reason))
    if question.role is Role.SATISFACTION and not any(scale.labels):
        link = _link(question, anchor, columns)
        if link is None or link > _AGAINST:
            return question
        guess = replace(scale, direction=Direction.LOW_IS_GOOD)
        reason = say(
            "Lower scores go together with higher answers to “{question}”, so {bottom} is probably the good end.",
            question=anchor.text,
            bottom=str(scale.lowest),
        )
        return replace(question, scale=guess, sure=Sure.CHECK, ask=direction_ask(Role.SATISFACTION, guess, reason))
    return question


def _link(question: Question, anchor: Question, columns: Sequence[Column]) -> float | None:
    """The correlation of two scores over everybody who gave both; the anchor counts with its good end up."""
    first, second = answers_to(question, columns), answers_to(anchor, columns)
    if first.codes is None or second.codes is None:
        return None
    both = (first.codes < first.size) & (second.codes < second.size)
    if int(np.count_nonzero(both)) < _ENOUGH:
        return None
    x, y = first.codes[both].astype(np.float64), second.codes[both].astype(np.float64)
    if x.std() == 0 or y.std() == 0:
        return None
    link = float(np.corrcoef(x, y)[0, 1])
    low_is_good = anchor.scale is not None and anchor.scale.direction is Direction.LOW_IS_GOOD
    return -link if low_is_good else link


def _named_apart(questions: Sequence[Question]) -> list[Question]:
    """Questions with the same words get a number behind them, so that people can tell them apart."""
    seen: Counter[tuple[str, str]] = Counter()
    result = []
    for question in questions:
        seen[question.group, question.text] += 1
        number = seen[question.group, question.text]
        result.append(
            replace(question, text=f"{question.text} ({number})") if number > 1 and question.text else question
        )
    return result
