"""What the receipt says about files that were put together: questions of one file only, and answers that do not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxdesk.reading.pairing import Pairing, answered
from cxdesk.survey.dataset import Column, Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import Unused
from cxdesk.survey.role import Kind, Role
from cxdesk.text import Listed, say, say_n

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A question of one of the files: the file's position, oldest first, and the question's id there."""

    file: int
    id: str


def left_out(file: Dataset, question: str, name: str) -> Unused:
    """Say whose answers do not fit, where more than two files were put together."""
    count = answered(file, file.question(question))
    text = say_n(
        "1 answer to “{question}” in {file} is left out; it does not fit those of the other files",
        "{count} answers to “{question}” in {file} are left out; they do not fit those of the other files",
        count,
        question=file.question(question).text,
        file=name,
    )
    return Unused("left_out", count, text)


def gaps(files: Sequence[Dataset], rows: Sequence[Sequence[Place]], names: Sequence[str]) -> list[Unused]:
    """Say which questions were not asked in every file."""
    found = []
    for file, name in enumerate(names):
        own = {question.id: question.text for question in files[file].questions if question.kind is not Kind.EMPTY}
        alone = [own[row[0].id] for row in rows if len(row) == 1 and row[0].file == file and row[0].id in own]
        if alone:
            shown = Listed(tuple(alone[:_MOST_NAMED] if len(alone) <= _MOST_NAMED else [*alone[:_MOST_NAMED], "…"]))
            text = say_n(
                "1 question is only in {file}; the respondents of the other files have no answer to it: {questions}",
                "{count} questions are only in {file}; the respondents of the other files have no answer to them: "
                "{questions}",
                len(alone),
                file=name,
                questions=shown,
            )
            found.append(Unused("only_in_file", len(alone), text))
    return found


def unpaired(found: Sequence[Pairing], names: Sequence[str]) -> list[Unused]:
    """Say which questions have the same words but answers that cannot be counted together."""
    return [
        Unused(
            "not_paired",
            1,
            say(
                "“{question}” in {file} stays apart. {reason}",
                question=pairing.b.question(clash.b).text,
                file=name,
                reason=clash.reason,
            ),
        )
        for pairing, name in zip(found, names, strict=False)
        for clash in pairing.clashes
    ]


def same_people(files: Sequence[Dataset], questions: Sequence[Question], columns: Sequence[Column]) -> list[Unused]:
    """Say how many answer numbers occur in more than one file; every row is counted all the same."""
    number = next((question for question in questions if question.role is Role.RESPONDENT), None)
    if number is None or not number.columns:
        return []
    codes = columns[number.columns[0]].codes
    ends = np.cumsum([file.respondents for file in files])[:-1]
    each = [np.unique(part[part > 0]) for part in np.split(codes, ends)]
    times = np.bincount(np.concatenate(each), minlength=1)
    count = int((times > 1).sum())
    if not count:
        return []
    text = say_n(
        "1 answer number occurs in more than one file; if the files overlap, people are counted twice",
        "{count} answer numbers occur in more than one file; if the files overlap, people are counted twice",
        count,
    )
    return [Unused("same_respondents", count, text)]
