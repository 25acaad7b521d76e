"""Two exports of the same answers: 问卷星 gives one survey as texts and as code numbers, and people save both.

Put together as two files they would count everybody twice. Instead the texts are used, and the code numbers tell in
which order the questionnaire listed the answers, which the texts alone do not (FORMATS.md 3.11).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.answers import answers_to
from cxdesk.reading.lexicon import plain
from cxdesk.reading.likeness import bare
from cxdesk.reading.numerals import is_bare, score_in
from cxdesk.reading.transport import keyed
from cxdesk.survey.dataset import Column, Dataset, Part
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import Unused
from cxdesk.survey.role import Kind, Role
from cxdesk.text import say

_SAME = 0.95
_HALF = 0.5
_PLATFORM = "wenjuanxing"


@dataclass(frozen=True, slots=True)
class _Codes:
    """A question of the text export, and the code number of each of its options in the other export."""

    question: Question
    numbers: tuple[int, ...]


def same_answers(a: Dataset, b: Dataset) -> bool:
    """Whether two files hold the same answers of the same people, one as texts and one as code numbers.

    Numbers and times of the answers agree in 95 % of the rows, and each text goes with one code number and back.
    """
    if a.receipt.platform != _PLATFORM or b.receipt.platform != _PLATFORM or a.respondents != b.respondents:
        return False
    if not _same_rows(a, b) or _is_coded(a) is _is_coded(b):
        return False
    texts, numbers = (b, a) if _is_coded(a) else (a, b)
    singles = [
        (ours, theirs) for ours in texts.questions for theirs in _asked(numbers, ours) if ours.kind is Kind.CHOICE
    ]
    told = sum(_coded(texts, ours, numbers, theirs) is not None for ours, theirs in singles)
    return bool(singles) and told >= _HALF * len(singles)


def without_doubles(datasets: Sequence[Dataset]) -> tuple[Dataset, ...]:
    """The surveys, with two exports of the same answers counted as one."""
    left = list(datasets)
    kept: list[Dataset] = []
    while left:
        first = left.pop(0)
        double = next((other for other in left if same_answers(first, other)), None)
        if double is not None:
            left.remove(double)
            first = _ordered(double, first) if _is_coded(first) else _ordered(first, double)
        kept.append(first)
    return tuple(kept)


def _ordered(texts: Dataset, numbers: Dataset) -> Dataset:
    """The text export with its options in the order of the questionnaire."""
    questions = []
    answers = dict(texts.answers)
    told = 0
    for question in texts.questions:
        found = _in_order(texts, question, numbers)
        if found != question.options:
            question = replace(question, options=found)  # noqa: PLW2901 - the same question from here on
            answers[question.id] = answers_to(question, texts.columns)
        told += question.kind in {Kind.CHOICE, Kind.MULTIPLE} and len(_asked(numbers, question)) > 0
        questions.append(question)
    note = Unused(
        "same_answers",
        numbers.respondents,
        say(
            "“{numbers}” holds the same answers as “{texts}”, as code numbers. They are counted once, with the texts; "
            "the code numbers gave the answers their order.",
            numbers=numbers.source.name,
            texts=texts.source.name,
        ),
    )
    digest = hashlib.sha256(f"{texts.source.digest} {numbers.source.digest}".encode()).hexdigest()
    files = ((texts, texts.respondents), (numbers, 0))
    return keyed(
        replace(
            texts,
            source=replace(texts.source, digest=digest, size=texts.source.size + numbers.source.size),
            questions=tuple(questions),
            answers=answers,
            receipt=replace(texts.receipt, unused=(note, *texts.receipt.unused)),
            parts=tuple(Part(PurePath(file.source.name).stem, file.source, file.receipt, n) for file, n in files),
        )
    )


def _in_order(texts: Dataset, question: Question, numbers: Dataset) -> tuple[str, ...]:
    """The options as the questionnaire lists them; as they are where the other export does not tell."""
    if question.kind is Kind.CHOICE:
        for other in _asked(numbers, question):
            found = _coded(texts, question, numbers, other)
            if found is not None:
                places = sorted(range(len(question.options)), key=lambda place: found.numbers[place])
                return tuple(question.options[place] for place in places)
    if question.kind is Kind.MULTIPLE:
        own = {plain(option) for option in question.options}
        for other in numbers.questions:
            listed = {plain(option): place for place, option in enumerate(other.options)}
            if other.kind is Kind.MULTIPLE and len(own & set(listed)) > _HALF * len(own | set(listed)):
                return tuple(sorted(question.options, key=lambda option: listed.get(plain(option), len(listed))))
    return question.options


def _same_rows(a: Dataset, b: Dataset) -> bool:
    for role in (Role.RESPONDENT, Role.DATE):
        ours, theirs = a.with_role(role), b.with_role(role)
        if role is Role.RESPONDENT and (not ours or not theirs):
            return False
        if ours and theirs:
            one, other = _cells(a, ours[0]).texts(), _cells(b, theirs[0]).texts()
            same = sum(left == right for left, right in zip(one, other, strict=True))
            if same < _SAME * len(one):
                return False
    return True


def _is_coded(dataset: Dataset) -> bool:
    """Whether most choices of a file are written as numbers."""
    named = [option for question in dataset.questions if question.kind is Kind.CHOICE for option in question.options]
    return sum(map(is_bare, named)) > _HALF * len(named)


def _asked(dataset: Dataset, question: Question) -> tuple[Question, ...]:
    """The questions of the other export with the same words."""
    return tuple(
        other
        for other in dataset.questions
        if bare(other.text) == bare(question.text) and len(other.columns) == 1 and other.kind is not Kind.EMPTY
    )


def _coded(texts: Dataset, question: Question, numbers: Dataset, other: Question) -> _Codes | None:
    """The code number of each option, if every option goes with one number and every number with one option."""
    codes = texts.codes(question.id)
    cells = _cells(numbers, other)
    values = list(cells.values)
    pairs: NDArray[np.int64] = np.zeros((question.size, len(values)), dtype=np.int64)
    answered = codes < question.size
    np.add.at(pairs, (codes[answered].astype(np.int64), cells.codes[answered].astype(np.int64)), 1)
    best = pairs.argmax(axis=1)
    told = pairs.max(axis=1).sum()
    if len(set(best.tolist())) < question.size or told < _SAME * pairs.sum() or not pairs.sum():
        return None
    found = [score_in(values[place]) for place in best.tolist()]
    known = [number[0] for number in found if number is not None]
    return _Codes(question, tuple(known)) if len(known) == len(found) else None


def _cells(dataset: Dataset, question: Question) -> Column:
    return dataset.columns[question.columns[0]]
