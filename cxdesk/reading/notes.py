"""Writes down what the results do not use, column by column, for the receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from cxdesk.reading.answers import score_of
from cxdesk.reading.lexicon import plain
from cxdesk.reading.profile import Profile, shortened
from cxdesk.survey.dataset import Answers
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import Unused
from cxdesk.survey.role import Kind, Role
from cxdesk.text import Listed, Text, say_n

_SHOWN = 3


def notes_on(questions: Iterable[Question], profiles: Sequence[Profile], answers: dict[str, Answers]) -> list[Unused]:
    """Everything in the columns that is not counted, and why."""
    noted: list[Unused] = []
    for question in questions:
        place = question.columns[0]
        profile = profiles[place]
        if question.role is Role.PRIVATE:
            noted.append(Unused("private_column", profile.filled, _private(profile.filled), place))
        elif question.kind is Kind.SCORE and len(question.columns) == 1:
            noted += _off(question, profile, place)
        elif question.kind is Kind.CHOICE and len(question.columns) == 1:
            noted += _silent(question, profile, place)
        elif question.kind is Kind.DATE:
            noted += _unread(question, profile, answers[question.id], place)
    renamed = _renamed(questions)
    if renamed:
        text = say_n(
            "1 question has the same words as another; it got a number behind its name",
            "{count} questions have the same words as others; they got a number behind their names",
            renamed,
        )
        noted.append(Unused("renamed_header", renamed, text))
    return noted


def _off(question: Question, profile: Profile, place: int) -> list[Unused]:
    """Tokens for "no answer", and answers that are not on the scale."""
    if question.scale is None:
        return []
    silent: Counter[str] = Counter()
    off: Counter[str] = Counter()
    for answer in profile.answers:
        if score_of(answer.cell, answer.words, question.scale) is None:
            known = answer.cell in question.scale.no_answer
            (silent if known else off)[shortened(answer.words, 30)] += answer.count
    found = []
    if silent:
        count = silent.total()
        text = say_n(
            "1 cell means “no answer”: {cells}", "{count} cells mean “no answer”: {cells}", count, cells=_cells(silent)
        )
        found.append(Unused("no_answer", count, text, place))
    if off:
        count = off.total()
        text = say_n(
            "1 answer is not on the scale: {cells}",
            "{count} answers are not on the scale: {cells}",
            count,
            cells=_cells(off),
        )
        found.append(Unused("off_scale", count, text, place))
    return found


def _silent(question: Question, profile: Profile, place: int) -> list[Unused]:
    known = {plain(option) for option in question.options}
    silent: Counter[str] = Counter()
    for answer in profile.answers:
        if plain(" ".join(answer.words.split())) not in known:
            silent[shortened(answer.words, 30)] += answer.count
    if not silent:
        return []
    count = silent.total()
    text = say_n(
        "1 cell means “no answer”: {cells}", "{count} cells mean “no answer”: {cells}", count, cells=_cells(silent)
    )
    return [Unused("no_answer", count, text, place)]


def _unread(question: Question, profile: Profile, answers: Answers, place: int) -> list[Unused]:
    if answers.numbers is None or question.role is Role.IGNORE:
        return []
    count = profile.filled - int(np.count_nonzero(~np.isnan(answers.numbers)))
    if count <= 0:
        return []
    text = say_n("1 cell could not be read as a date", "{count} cells could not be read as dates", count)
    return [Unused("not_readable_date", count, text, place)]


def _private(count: int) -> Text:
    return say_n("1 cell with personal data is not used", "{count} cells with personal data are not used", count)


def _cells(counts: Counter[str]) -> Listed:
    return Listed(tuple(cell for cell, _ in counts.most_common(_SHOWN)))


def _renamed(questions: Iterable[Question]) -> int:
    seen = [(question.group, question.text) for question in questions if question.role is not Role.IGNORE]
    known = set(seen)
    return sum(
        text.endswith(")") and (group, text.rpartition(" (")[0]) in known and text.rpartition(" (")[2][:-1].isdigit()
        for group, text in seen
    )
