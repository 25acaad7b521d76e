"""Which scored questions a page can show, in which order, and what they are called in a list."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.analysis.base import Choice
from cxdesk.analysis.measure import MeasureKind, choice_name, headline_measure
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED, Role, Sure

_ORDER = (Role.RECOMMEND, Role.SATISFACTION, Role.EFFORT, Role.RATING)


def scored_questions(dataset: Dataset) -> tuple[Question, ...]:
    """All questions with a score, the best known measures first."""
    return tuple(sorted(dataset.with_role(*SCORED), key=_rank))


def known_by(dataset: Dataset) -> tuple[Question, ...]:
    """The questions that a survey is known by: the first of NPS (or net score), CSAT and CES, else the first rating.

    A question that may be something else than a score, or have another scale, gives way to one that is sure.
    """
    found: dict[int, Question] = {}
    for question in sorted(scored_questions(dataset), key=_in_doubt):
        found.setdefault(_rank(question), question)
    rating = _ORDER.index(Role.RATING)
    return tuple(found[rank] for rank in sorted(found) if rank != rating or len(found) == 1)


def measures_of(dataset: Dataset) -> tuple[Question, ...]:
    """All questions with a score, the one that the survey is known by first: every page begins with the same one."""
    first = known_by(dataset)[:1]
    return (*first, *(question for question in scored_questions(dataset) if question not in first))


def _in_doubt(question: Question) -> bool:
    if question.sure is Sure.SURE or question.ask is None:
        return False
    readings = question.ask.readings
    return not readings or any(each.role not in SCORED or each.scale != question.scale for each in readings)


def _rank(question: Question) -> int:
    """The place of a question's kind; who would recommend on a short scale stands where NPS would."""
    recommended = question.role is Role.RATING and question.recommends and not question.group
    if recommended and headline_measure(question, Rules()).kind is MeasureKind.NET:
        return _ORDER.index(Role.RECOMMEND)
    return _ORDER.index(question.role)


def chosen_question(questions: Sequence[Question], id: str) -> Question | None:
    """The question that an option names, or else the first; None if there is none at all."""
    return next((question for question in questions if question.id == id), questions[0] if questions else None)


def measure_choices(questions: Sequence[Question]) -> tuple[Choice, ...]:
    """The first question of a role is known by its short name, further ones by their own words."""
    first = {question.role: question.id for question in reversed(questions)}
    return tuple(
        Choice(question.id, choice_name(question) if first[question.role] == question.id else question.text)
        for question in questions
    )
