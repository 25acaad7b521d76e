"""Tables and answers as comma-separated text that a spreadsheet opens without running anything in it.

Every field is quoted. A text that a spreadsheet would take for a formula gets an apostrophe in front; plain numbers
such as -5 stay numbers. The caller adds the byte order mark that Excel needs to see UTF-8.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Sequence

import numpy as np

from cxdesk.blocks.table import Table
from cxdesk.render.flat import FlatColumn, flatten, lettered_title
from cxdesk.survey.dataset import Answers, Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import UNSHOWN, Kind
from cxdesk.text import Translator, say

_CHUNK = 20_000
_DANGEROUS = tuple("=+-@\t\r\n\0＝＋－＠")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?%?")
_EPOCH = datetime.datetime(1970, 1, 1)  # noqa: DTZ001


def safe_text(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula; plain numbers are left alone."""
    if text.startswith(_DANGEROUS) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def raw_number(value: float) -> str:
    """A number with all its digits and a plain minus sign: 31, -0.125."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def table_to_csv(table: Table, translator: Translator) -> str:
    """A table with its heading row: unrounded numbers, names and readings in the translator's language."""
    flat = flatten(table, translator, behind=True)
    lines = [_line([full_title(column, translator) for column in flat.columns])]
    for row in flat.rows:
        values = [cell.value for cell in row.cells]
        lines.append(_line([raw_number(v) if isinstance(v, float) else v or "" for v in values]))
    return "".join(lines)


def full_title(column: FlatColumn, translator: Translator) -> str:
    """The heading of a column in one line, with the heading over it and its letter: Region: North (A)."""
    title = lettered_title(column, translator)
    return translator(say("{group}: {topic}", group=column.group, topic=title)) if column.group else title


def answers_csv(dataset: Dataset, translator: Translator, *, private: bool = False) -> Iterator[str]:
    """One line per respondent in file order, in pieces of many lines; the first piece is the heading row.

    Answers appear as words where the survey has words for them. A multiple-answer question has one column per option
    with yes, no, or nothing if it was not asked. ``private`` keeps columns that no page shows.
    """
    questions = [question for question in dataset.questions if private or question.role not in UNSHOWN]
    questions = [question for question in questions if question.kind is not Kind.EMPTY]
    yield _line([title for question in questions for title in _titles(question, translator)])
    for start in range(0, dataset.respondents, _CHUNK):
        stop = min(start + _CHUNK, dataset.respondents)
        columns = [column for question in questions for column in _fields(dataset, question, start, stop, translator)]
        if columns:
            yield "".join([",".join(fields) + "\r\n" for fields in zip(*columns, strict=True)])


def _line(fields: Sequence[str]) -> str:
    return ",".join(_quoted(field) for field in fields) + "\r\n"


def _quoted(text: str) -> str:
    clean = safe_text(text).encode("utf-8", "replace").decode("utf-8")
    return '"' + clean.replace('"', '""') + '"'


def _titles(question: Question, translator: Translator) -> list[str]:
    name = question.text
    if question.group:
        name = translator(say("{group}: {topic}", group=question.group, topic=question.text))
    if question.amount is not None:
        return [translator(question.amount.heading(name))]
    if question.kind is not Kind.MULTIPLE:
        return [name]
    return [translator(say("{group}: {topic}", group=name, topic=option)) for option in question.options]


def _fields(
    dataset: Dataset, question: Question, start: int, stop: int, translator: Translator
) -> Iterator[Sequence[str]]:
    """The quoted fields of a question's columns for the respondents from ``start`` to ``stop``."""
    answers = dataset.answers.get(question.id)
    if answers is None or (answers.codes is None and answers.numbers is None):
        column = dataset.columns[question.columns[0]]
        distinct, inverse = np.unique(column.codes[start:stop], return_inverse=True)
        words = [_quoted(column.values[code]) for code in distinct.tolist()]
        yield [words[position] for position in inverse.tolist()]
    elif answers.codes is not None:
        names = [_quoted(name) for name in _names(question, answers, translator)]
        for codes in np.atleast_2d(answers.codes):
            yield [names[code] for code in codes[start:stop].tolist()]
    elif answers.numbers is not None:
        show = _moment if question.kind is Kind.DATE else raw_number
        numbers = answers.numbers[start:stop]
        numbers = numbers if question.amount is None else question.amount.as_written(numbers)
        yield [f'"{show(value)}"' if math.isfinite(value) else '""' for value in numbers.tolist()]


def _names(question: Question, answers: Answers, translator: Translator) -> list[str]:
    """What is written for each answer code; the last one is "no answer"."""
    if question.kind is Kind.MULTIPLE:
        return [translator(say("no")), translator(say("yes")), ""]
    if question.scale is None:
        return [*question.options, ""]
    labels = question.scale.labels
    numbers = [str(question.scale.lowest + code) for code in range(answers.size)]
    return [*(labels if labels and all(labels) else numbers), ""]


def _moment(days: float) -> str:
    """A date as 2025-09-30, with the time if it has one."""
    moment = _EPOCH + datetime.timedelta(seconds=round(days * 86400))
    return moment.strftime("%Y-%m-%d") if days == int(days) else moment.strftime("%Y-%m-%d %H:%M:%S")
