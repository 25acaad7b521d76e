"""Which respondents are looked at: the filter that is printed on every page and sheet."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from cxdesk.survey.question import Question
from cxdesk.text import Label, Listed, Period, Text, say


@dataclass(frozen=True, slots=True)
class OneOf:
    """Keep those whose answer is one of these codes. For MULTIPLE: who ticked any of these options.

    The code ``question.size`` stands for "no answer".
    """

    question: str
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Keep those whose date lies in this range of days, both ends included."""

    question: str
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True)
class Mentions:
    """Keep those whose text answer holds these words, letters compared without case and width."""

    question: str
    words: str


Condition = OneOf | Between | Mentions


@dataclass(frozen=True, slots=True)
class Selection:
    """Conditions that all have to hold; none means everybody. At most one condition per question."""

    conditions: tuple[Condition, ...] = ()

    def on(self, question: str) -> Condition | None:
        """The condition on a question, if there is one."""
        return next((condition for condition in self.conditions if condition.question == question), None)

    def replacing(self, condition: Condition) -> Selection:
        """This selection with a condition added, or put in the place of the one on the same question."""
        if self.on(condition.question) is None:
            return Selection((*self.conditions, condition))
        return Selection(tuple(condition if old.question == condition.question else old for old in self.conditions))

    def without(self, question: str) -> Selection:
        """This selection without its condition on a question."""
        return Selection(tuple(old for old in self.conditions if old.question != question))

    def describe(self, question: Callable[[str], Question]) -> Text:
        """Say in words who is looked at: "Region: North, East · Date: 1 Jul – 30 Sep 2025", or "all respondents"."""
        if not self.conditions:
            return say("all respondents")
        described = describe_condition(self.conditions[0], question)
        for condition in self.conditions[1:]:
            described = say("{first} · {second}", first=described, second=describe_condition(condition, question))
        return described


def describe_condition(condition: Condition, question: Callable[[str], Question]) -> Text:
    """Say one condition in words, as its chip and every printed filter show it."""
    asked = question(condition.question)
    match condition:
        case OneOf():
            return say("{question}: {values}", question=asked.text, values=Listed(_names(asked, condition.codes)))
        case Between():
            return say("{question}: {values}", question=asked.text, values=Period(condition.first, condition.last))
        case Mentions():
            return say("{question} mentions “{words}”", question=asked.text, words=condition.words)


def answer_name(question: Question, code: int) -> Label:
    """The name of an answer code: the option, the score with its label, or "no answer"."""
    if code >= question.size:
        return say("no answer")
    if question.scale is None:
        return question.options[code]
    return str(question.scale.lowest + code)


def _names(question: Question, codes: tuple[int, ...]) -> tuple[Label, ...]:
    return tuple(answer_name(question, code) for code in codes)
