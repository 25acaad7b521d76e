"""Compares scales with each other: which end is good shows in what goes together, where words do not say it.

People who recommend are satisfied and found things easy. What words or a person's file state is never turned around by
this; it only decides which of two readings is offered first, and asks where a certain one runs against the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cxdesk.reading.answers import answers_to
from cxdesk.reading.stance import direction_ask, facing
from cxdesk.survey.dataset import Answers, Column
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED, Role, Sure
from cxdesk.survey.scale import Direction
from cxdesk.text import Label, say

_ENOUGH = 30
_LINK = 0.15
_AGAINST = -0.2
_PROBABLY_AGAINST = -0.25
_CLEARLY_AGAINST = -0.35
_MATES = 5


@dataclass(frozen=True, slots=True, eq=False)
class _Anchor:
    """The main score, whose good end is known, and everybody's answers to it."""

    question: Question
    answers: Answers


def with_directions(questions: list[Question], columns: Sequence[Column]) -> list[Question]:
    """Compare scales with the main score: people who recommend are satisfied and found things easy.

    Without a main score, rows that their words turn around are compared with the other rows of their grid.
    """
    anchor = next((q for q in questions if q.role is Role.RECOMMEND and q.scale), None)
    asked = [q for q in questions if q.role is Role.SATISFACTION and q.scale and q.sure is Sure.SURE]
    if anchor is None:
        anchor = next((q for q in asked if q.scale and any(q.scale.labels)), asked[0] if asked else None)
    if anchor is None:
        return [_compared_in_grid(question, questions, columns) for question in questions]
    main = _Anchor(anchor, answers_to(anchor, columns))
    return [_compared(question, main, columns) if question.id != anchor.id else question for question in questions]


def _compared(question: Question, anchor: _Anchor, columns: Sequence[Column]) -> Question:
    scale = question.scale
    if question.role is Role.RATING:
        return _rating_compared(question, anchor, columns)
    if scale is None or question.role not in (Role.EFFORT, Role.SATISFACTION):
        return question
    if question.role is Role.EFFORT and question.ask is not None:
        link = _link(question, anchor, columns)
        if link is None or abs(link) < _LINK:
            return question
        return _leaning(question, link > 0, anchor.question.text)
    if question.role is Role.SATISFACTION and not any(scale.labels):
        link = _link(question, anchor, columns)
        if link is None or link > _AGAINST:
            return question
        guess = replace(scale, direction=Direction.LOW_IS_GOOD)
        reason = say(
            "Lower scores go together with higher answers to “{question}”, so {bottom} is probably the good end.",
            question=anchor.question.text,
            bottom=str(scale.lowest),
        )
        return replace(question, scale=guess, sure=Sure.CHECK, ask=direction_ask(Role.SATISFACTION, guess, reason))
    return question


def _rating_compared(question: Question, anchor: _Anchor, columns: Sequence[Column]) -> Question:
    """Ask about a rating that clearly runs against the main score: "the queue was long" is worded the other way."""
    scale = question.scale
    if scale is None:
        return question
    link = _link(question, anchor, columns)
    if _is_open(question):
        told = link is not None and abs(link) >= -_AGAINST
        return _leaning(question, link is not None and link > 0, anchor.question.text) if told else question
    if question.sure is not Sure.SURE:
        return question
    high_is_good = scale.direction is Direction.HIGH_IS_GOOD
    if link is None:
        return question
    along = link if high_is_good else -link
    if along > _PROBABLY_AGAINST:
        return question
    guess = facing(scale, high_is_good) if along <= _CLEARLY_AGAINST else scale
    reason = say(
        "Its answers run against those to “{question}”, so it may be worded negatively.", question=anchor.question.text
    )
    ask = direction_ask(Role.RATING, guess, reason, needed=False)
    return replace(question, scale=guess, sure=Sure.CHECK, ask=ask)


def _compared_in_grid(question: Question, questions: Sequence[Question], columns: Sequence[Column]) -> Question:
    """Compare a row that its words leave open, or turn around, with those rows of its grid that they do not."""
    if question.scale is None or not question.group or not _is_open(question):
        return question
    turned = question.scale.direction is Direction.LOW_IS_GOOD
    mates = [
        mate
        for mate in questions
        if mate.group == question.group and mate.scale and mate.scale.direction is Direction.HIGH_IS_GOOD
        if turned or not _is_open(mate)
    ][:_MATES]
    found = [_link(question, _Anchor(mate, answers_to(mate, columns)), columns) for mate in mates]
    links = [link for link in found if link is not None]
    if not links or abs(sum(links) / len(links)) < _LINK:
        return question
    return _leaning(question, sum(links) > 0, question.group)


def _is_open(question: Question) -> bool:
    """Whether both ends of the scale are offered as the good one."""
    readings = question.ask.readings if question.ask is not None else ()
    return len({reading.scale.direction for reading in readings if reading.scale and reading.role in SCORED}) == 2


def _leaning(question: Question, high_is_good: bool, other: Label) -> Question:
    """An open question with the good end as our guess that goes together with high answers to another question."""
    scale, ask = question.scale, question.ask
    if scale is None or ask is None:
        return question
    if high_is_good:
        reason = say(
            "Higher scores go together with higher answers to “{question}”, so {top} is probably the good end.",
            question=other,
            top=str(scale.highest),
        )
    else:
        reason = say(
            "Lower scores go together with higher answers to “{question}”, so {bottom} is probably the good end.",
            question=other,
            bottom=str(scale.lowest),
        )
    guess = facing(scale, not high_is_good)
    first = [reading for reading in ask.readings if reading.scale == guess]
    same = [reading for reading in ask.readings if reading.scale is not None and reading.scale != guess]
    same.sort(key=lambda reading: reading.scale is not None and reading.scale.direction is not guess.direction)
    rest = [reading for reading in ask.readings if reading.scale is None]
    reason = say("{first} {second}", first=ask.reason, second=reason)
    return replace(question, scale=guess, ask=replace(ask, readings=(*first, *same, *rest), reason=reason))


def _link(question: Question, anchor: _Anchor, columns: Sequence[Column]) -> float | None:
    """The correlation of two scores over everybody who gave both; the anchor counts with its good end up."""
    first, second = answers_to(question, columns), anchor.answers
    if first.codes is None or second.codes is None:
        return None
    wide = second.size + 1
    pairs = np.bincount(first.codes.astype(np.intp) * wide + second.codes, minlength=(first.size + 1) * wide)
    table = pairs.reshape(-1, wide)[: first.size, : second.size].astype(np.float64)
    if table.sum() < _ENOUGH:
        return None
    x, y = np.indices(table.shape).reshape(2, -1)
    spread = np.cov(x, y, aweights=table.reshape(-1), bias=True)
    if spread[0, 0] <= 0 or spread[1, 1] <= 0:
        return None
    link = float(spread[0, 1] / np.sqrt(spread[0, 0] * spread[1, 1]))
    scale = anchor.question.scale
    low_is_good = scale is not None and scale.direction is Direction.LOW_IS_GOOD
    return -link if low_is_good else link
