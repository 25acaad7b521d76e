"""Which scored questions a page can show, in which order, and what they are called in a list."""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.analysis.base import Choice
from cxdesk.analysis.measure import choice_name
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED, Role

_ORDER = (Role.RECOMMEND, Role.SATISFACTION, Role.EFFORT, Role.RATING)


def scored_questions(dataset: Dataset) -> tuple[Question, ...]:
    """All questions with a score, the best known measures first."""
    return tuple(sorted(dataset.with_role(*SCORED), key=lambda question: _ORDER.index(question.role)))


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
