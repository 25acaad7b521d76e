"""A survey as it travels between processes, and the key of its content.

Apart from understanding, so that a window which only shows what another process has read need not import it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from cxdesk.reading.answers import answers_of
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question


def packed(dataset: Dataset) -> Dataset:
    """The survey without its answers, which `restore` can rebuild: half the bytes to carry."""
    return replace(dataset, answers={})


def restore(dataset: Dataset) -> Dataset:
    """Put the answers back after a journey between processes; pure numpy on codes that are already there."""
    if dataset.answers or not dataset.questions:
        return dataset
    return replace(dataset, answers=answers_of(dataset.questions, dataset.columns))


def keyed(dataset: Dataset) -> Dataset:
    """Give a survey the key of its content: the file, how it was read, and what each question is used for."""
    receipt = dataset.receipt
    content = repr(
        (
            dataset.source.digest,
            receipt.sheet,
            receipt.encoding,
            receipt.delimiter,
            receipt.header_rows,
            [(q.id, q.role, q.kind, q.scale, q.options, q.day_first, *_measured(q)) for q in dataset.questions],
        )
    )
    return replace(dataset, key=hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:20])


def _measured(question: Question) -> tuple[str, ...]:
    """What an operational number measures; nothing for other questions."""
    amount = question.amount
    return () if amount is None else (amount.kind.value, amount.unit.value, amount.sign)
