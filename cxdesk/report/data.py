"""The Data sheet: one row per respondent who is looked at, as the answers were understood, without personal columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdesk.comments.masking import mask
from cxdesk.report.report import DataColumn
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Column, Words
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role, role_name
from cxdesk.survey.selection import answer_name
from cxdesk.text import Text, say

_LEFT_OUT = frozenset({Role.PRIVATE, Role.IGNORE})


def data_columns(sample: Sample, *, hide_private: bool) -> tuple[DataColumn, ...]:
    """Every question that is used, in file order; a multiple answer has one column per option.

    Personal columns never appear. With ``hide_private`` numbers of respondents do not either, and phone numbers, e-mail
    addresses and the like inside comments are masked.
    """
    left_out = _LEFT_OUT | ({Role.RESPONDENT} if hide_private else frozenset())
    columns: list[DataColumn] = []
    for question in sample.dataset.questions:
        if question.role not in left_out:
            columns.extend(_columns(sample, question, hide_private=hide_private))
    return tuple(columns)


def _columns(sample: Sample, question: Question, *, hide_private: bool) -> list[DataColumn]:
    answers = sample.dataset.answers.get(question.id)
    header: Text | str = question.text
    if question.group:
        header = say("{group}: {topic}", group=question.group, topic=question.text)
    role = role_name(question.role)
    if question.kind is Kind.MULTIPLE and answers is not None and answers.codes is not None:
        ticks = sample.take(answers.codes)
        shown = np.array([0.0, 1.0, np.nan])  # not ticked, ticked, not asked
        return [
            DataColumn(say("{group}: {topic}", group=header, topic=option), role, numbers=shown[ticks[index]])
            for index, option in enumerate(question.options)
        ]
    if answers is not None and answers.numbers is not None:
        numbers = sample.take(answers.numbers)
        if question.amount is not None:
            header, numbers = question.amount.heading(header), question.amount.as_written(numbers)
        return [DataColumn(header, role, numbers=numbers, is_date=question.kind is Kind.DATE)]
    if answers is not None and answers.codes is not None:
        codes = sample.take(answers.codes)
        if question.kind is Kind.SCORE and question.scale is not None:
            return [DataColumn(header, role, numbers=_scores(codes, question.scale.lowest, question.size))]
        names = [str(answer_name(question, code)) for code in range(question.size)]
        return [DataColumn(header, role, codes, Words.of([*names, ""]))]
    return [_text(sample, column, header, role, hide_private=hide_private) for column in _of(sample, question)]


def _of(sample: Sample, question: Question) -> list[Column]:
    wanted = set(question.columns)
    return [column for column in sample.dataset.columns if column.position in wanted]


def _scores(codes: NDArray[np.uint8], lowest: int, size: int) -> NDArray[np.float64]:
    numbers = codes.astype(np.float64) + lowest
    numbers[codes >= size] = np.nan
    return numbers


def _text(sample: Sample, column: Column, header: Text | str, role: Text, *, hide_private: bool) -> DataColumn:
    codes = sample.take(column.codes)
    used, places = np.unique(codes, return_inverse=True)
    texts = [column.values[code] for code in used.tolist()]
    masked = 0
    if hide_private:
        hidden = [mask(text) for text in texts]
        texts = [text for text, _ in hidden]
        masked = int(np.array([count for _, count in hidden], dtype=np.int64)[places].sum())
    return DataColumn(header, role, places.astype(np.uint32), Words.of(texts), masked=masked)
