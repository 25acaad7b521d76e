"""What was typed on the command line, turned into roles and filters; whatever does not fit is refused in words."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from cxdesk.reading.roles import RoleRefused, with_role
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role
from cxdesk.survey.selection import Between, Condition, Mentions, OneOf, Selection, answer_name
from cxdesk.text import LANGUAGES, Listed, Text, Translator, say, say_n

_MOST_NAMED = 8
_CODED = frozenset({Kind.SCORE, Kind.CHOICE, Kind.MULTIPLE})


class RequestError(Exception):
    """The request does not fit the survey; ``reason`` says why and what would fit."""

    def __init__(self, reason: Text) -> None:
        """Keep the words; they are translated where they are shown."""
        super().__init__(reason.msgid)
        self.reason = reason


def apply_roles(dataset: Dataset, requests: list[str]) -> Dataset:
    """Give columns the roles that were asked for: ``"COLUMN=recommend"``, see `find_question`.

    The role stands behind the last equals sign, because headers may hold one. Raises `RequestError` for an unknown
    column or role, and for a column that cannot play the role.
    """
    for request in requests:
        column, equals, word = request.rpartition("=")
        role = word.strip().casefold()
        if not equals or role not in set(Role):
            raise RequestError(
                say("“{request}” is not COLUMN=ROLE; roles are {roles}.", request=request, roles=Listed(tuple(Role)))
            )
        question = find_question(dataset, column)
        try:
            dataset = with_role(dataset, question.id, Role(role))
        except RoleRefused as refused:
            raise RequestError(say("“{question}”: {reason}", question=question.text, reason=refused.reason)) from None
    return dataset


def find_question(dataset: Dataset, name: str) -> Question:
    """The question that a column belongs to: by the question's words, a header, or the column's 0-based position.

    Spaces and line breaks count as one space, and capitals only where two names differ in nothing else. Raises
    `RequestError` if there is none, or if several columns are called like that.
    """
    for same in (_spaced, folded):
        for called in (_texts(dataset), _headers(dataset)):
            wanted = same(name)
            found = [question for question, names in called if wanted and wanted in map(same, names)]
            if len(found) > 1:
                places = Listed(tuple(str(question.columns[0]) for question in found[:_MOST_NAMED]))
                raise RequestError(
                    say(
                        "Several columns are called “{name}”; say which by position: {places}.",
                        name=name,
                        places=places,
                    )
                )
            if found:
                return found[0]
    position = int(name) if name.strip().isdecimal() else -1
    for question in dataset.questions:
        if position in question.columns or question.id == name.strip():
            return question
    raise RequestError(say("There is no column “{name}” in this file.", name=name.strip()))


def selection_of(dataset: Dataset, requests: list[str]) -> Selection:
    """Turn ``"Region=West,North"``, ``"Date=2025-07-01..2025-09-30"`` and ``"Comment=slow"`` into a selection.

    Raises `RequestError` for unknown columns and values, and for two filters on one column.
    """
    selection = Selection()
    for request in requests:
        condition = _condition(dataset, request)
        if selection.on(condition.question) is not None:
            raise RequestError(
                say("“{request}” is the second filter on this column; put all its values into one.", request=request)
            )
        selection = selection.replacing(condition)
    return selection


def check_enough(dataset: Dataset, selection: Selection, rules: Rules) -> None:
    """Refuse a filter that leaves too few people to show anything. Raises `RequestError`."""
    if not selection.conditions:
        return
    size = Sample(dataset, selection).size
    if size == 0:
        raise RequestError(say("The filter leaves nobody. Choose other values."))
    if size < rules.hide_below:
        raise RequestError(
            say_n(
                "The filter leaves 1 respondent; scores are shown from {least} on. Choose a wider filter.",
                "The filter leaves {count} respondents; scores are shown from {least} on. Choose a wider filter.",
                size,
                least=rules.hide_below,
            )
        )


def _condition(dataset: Dataset, request: str) -> Condition:
    question, value = _parted(dataset, request)
    if question.kind is Kind.DATE:
        return _between(question, value)
    if question.kind is Kind.TEXT:
        return Mentions(question.id, value)
    if question.kind in _CODED:
        return OneOf(question.id, _codes(question, value))
    raise RequestError(
        say(
            "“{question}” cannot be a filter; answers to choose from, scores, dates and texts can.",
            question=question.text,
        )
    )


def _parted(dataset: Dataset, request: str) -> tuple[Question, str]:
    """Column and value; headers and values may hold equals signs, so the first split with a known column counts."""
    places = [place for place, sign in enumerate(request) if sign == "="]
    problem = RequestError(say("“{request}” is not COLUMN=VALUE.", request=request))
    for place in places:
        column, value = request[:place], request[place + 1 :].strip()
        if not value:
            continue
        try:
            return find_question(dataset, column), value
        except RequestError as wrong:
            problem = wrong if place == places[0] else problem
    raise problem


def _texts(dataset: Dataset) -> list[tuple[Question, list[str]]]:
    return [(question, [question.text, f"{question.group}: {question.text}"]) for question in dataset.questions]


def _headers(dataset: Dataset) -> list[tuple[Question, list[str]]]:
    headers = {column.position: [*column.header, " ".join(column.header)] for column in dataset.columns}
    return [
        (question, [header for position in question.columns for header in headers.get(position, [])])
        for question in dataset.questions
    ]


def _spaced(name: str) -> str:
    return " ".join(name.split())


def folded(name: str) -> str:
    """A name as it is compared: one space for any, and no capitals."""
    return _spaced(name).casefold()


def _between(question: Question, value: str) -> Between:
    first, dots, last = value.partition("..")
    try:
        days = [datetime.date.fromisoformat(day.strip()) for day in (first, last if dots else first)]
    except ValueError:
        days = []
    if not days or days[0] > days[1]:
        raise RequestError(say("“{value}” is not a range of days like 2025-07-01..2025-09-30.", value=value))
    return Between(question.id, days[0], days[1])


def _codes(question: Question, value: str) -> tuple[int, ...]:
    """The codes of the answers that were named, separated by commas; answers may hold commas themselves."""
    exact, loose = _names(question, _spaced), _names(question, folded)
    parts = value.split(",")
    codes: list[int] = []
    start = 0
    while start < len(parts):
        for end in range(len(parts), start, -1):
            name = ",".join(parts[start:end])
            code = exact.get(_spaced(name), loose.get(folded(name)))
            if code is not None:
                codes.append(code)
                start = end
                break
        else:
            raise _no_answer(question, parts[start].strip())
    return tuple(dict.fromkeys(codes))


def _names(question: Question, same: Callable[[str], str]) -> dict[str, int]:
    """What each answer can be called: its name, the words of its point on the scale; "no answer" in each language."""
    names: dict[str, int] = {}
    for code in range(question.size + 1):
        answer = answer_name(question, code)
        called = [answer] if isinstance(answer, str) else [Translator(language)(answer) for language in LANGUAGES]
        if question.scale is not None and code < question.size:
            called.append(question.scale.label(question.scale.lowest + code))
        for name in called:
            if name:
                names.setdefault(same(name), code)
    return names


def _no_answer(question: Question, value: str) -> RequestError:
    known = tuple(str(answer_name(question, code)) for code in range(min(question.size, _MOST_NAMED)))
    facts = {"question": question.text, "value": value}
    if question.size > _MOST_NAMED:
        return RequestError(
            say(
                "“{question}” has no answer “{value}”. Its answers are {known} and others.",
                known=Listed(known),
                **facts,
            )
        )
    return RequestError(
        say("“{question}” has no answer “{value}”. Its answers are {known}.", known=Listed(known), **facts)
    )
