"""What was typed on the command line, turned into roles and filters."""

from __future__ import annotations

import datetime

from cxdesk.reading.roles import RoleRefused, with_role
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role
from cxdesk.survey.selection import Between, Mentions, OneOf, Selection, answer_name
from cxdesk.text import Listed, Text, say


class RequestError(Exception):
    """The request does not fit the survey; ``reason`` says why."""

    def __init__(self, reason: Text) -> None:
        """Keep the words; they are translated where they are shown."""
        super().__init__(reason.msgid)
        self.reason = reason


def apply_roles(dataset: Dataset, requests: list[str]) -> Dataset:
    """Give columns the roles that were asked for: ``"COLUMN=recommend"``, a column by header or 0-based position.

    Raises `RequestError` for an unknown column or role, and for a column that cannot play the role.
    """
    for request in requests:
        column, equals, word = request.rpartition("=")
        if not equals or word not in set(Role):
            raise RequestError(
                say("“{request}” is not COLUMN=ROLE; roles are {roles}.", request=request, roles=Listed(tuple(Role)))
            )
        question = find_question(dataset, column)
        try:
            dataset = with_role(dataset, question.id, Role(word))
        except RoleRefused as refused:
            raise RequestError(refused.reason) from refused
    return dataset


def find_question(dataset: Dataset, name: str) -> Question:
    """The question that a column belongs to, by the question's words, a header, or the column's 0-based position.

    Raises `RequestError` if there is none.
    """
    name = name.strip()
    for question in dataset.questions:
        if name in {question.text, question.id}:
            return question
    position = next((c.position for c in dataset.columns if name in (*c.header, " ".join(c.header).strip())), None)
    if position is None and name.isdecimal():
        position = int(name)
    for question in dataset.questions:
        if position is not None and position in question.columns:
            return question
    raise RequestError(say("There is no column “{name}” in this file.", name=name))


def selection_of(dataset: Dataset, requests: list[str]) -> Selection:
    """Turn ``"Region=West,North"``, ``"Date=2025-07-01..2025-09-30"`` and ``"Comment=slow"`` into a selection.

    Raises `RequestError` for unknown columns and values.
    """
    selection = Selection()
    for request in requests:
        column, equals, value = request.partition("=")
        if not equals or not value:
            raise RequestError(say("“{request}” is not COLUMN=VALUE.", request=request))
        question = find_question(dataset, column)
        if question.kind is Kind.DATE:
            selection = selection.replacing(_between(question, value))
        elif question.kind is Kind.TEXT:
            selection = selection.replacing(Mentions(question.id, value))
        else:
            selection = selection.replacing(OneOf(question.id, _codes(question, value)))
    return selection


def _between(question: Question, value: str) -> Between:
    first, _, last = value.partition("..")
    try:
        return Between(question.id, datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first))
    except ValueError as wrong:
        raise RequestError(say("“{value}” is not a range of days like 2025-07-01..2025-09-30.", value=value)) from wrong


def _codes(question: Question, value: str) -> tuple[int, ...]:
    names = [str(answer_name(question, code)) for code in range(question.size)]
    if value in names:
        return (names.index(value),)
    codes = []
    for part in value.split(","):
        if part.strip() not in names:
            raise RequestError(say("“{question}” has no answer “{value}”.", question=question.text, value=part.strip()))
        codes.append(names.index(part.strip()))
    return tuple(codes)
