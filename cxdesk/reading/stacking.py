"""Cells of several files in one column, and when they may stay as they were written.

What was understood in each file is the truth. A united column keeps the cells of the files, as long as reading them
again gives exactly the answers that each file gave by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.answers import answers_to
from cxdesk.reading.lexicon import plain
from cxdesk.survey.dataset import Answers, Codes, Column, Words
from cxdesk.survey.question import Question

_SAME_MOMENT = 1.5e-3 / 86400
"""Two readings of a time may differ by fractions of a second, which some files write and others cut."""


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """What one file has for a question: its reading of it, its columns and answers. None stands for a file without."""

    question: Question
    columns: tuple[Column, ...]
    answers: Answers


@dataclass(frozen=True, slots=True, eq=False)
class United:
    """A question of the whole: its columns hold one cell per respondent of all files; positions are not set yet."""

    question: Question
    columns: tuple[Column, ...]
    answers: Answers


def stacked(columns: Sequence[Column | None], sizes: Sequence[int]) -> Column:
    """Cells of several files in one column; a file without the column leaves empty cells.

    Where a code book gives one value two meanings, the cells hold the meanings instead.
    """
    present = [column for column in columns if column is not None]
    spoken = _books_clash(present)
    places: dict[str, int] = {"": 0}
    parts: list[NDArray[np.int64]] = []
    missing = set(present[0].missing).intersection(*(column.missing for column in present))
    for column, size in zip(columns, sizes, strict=True):
        if column is None:
            parts.append(np.zeros(size, dtype=np.int64))
            continue
        labels = dict(column.labels) if spoken else {}
        # What only this file declares to be no answer may be an answer in another, so its cells become empty.
        empty = set(column.missing) - missing
        cells = ("" if cell in empty else labels.get(cell, cell) for cell in column.values)
        table = np.array([places.setdefault(cell, len(places)) for cell in cells], dtype=np.int64)
        parts.append(table[column.codes])
    labels = {} if spoken else dict(chain.from_iterable(column.labels for column in present))
    return Column(
        -1,
        present[-1].header,
        narrow(np.concatenate(parts), len(places)),
        Words.of(list(places)),
        tuple(labels.items()),
        tuple(sorted(missing)),
    )


def _books_clash(columns: Sequence[Column]) -> bool:
    """Whether a value means different things in the code books, or is explained in one and used bare in another."""
    if not any(column.labels for column in columns):
        return False
    books = [dict(column.labels) for column in columns]
    explained = set(chain.from_iterable(books))
    for column, book in zip(columns, books, strict=True):
        for cell in explained:
            if cell in book and any(other.get(cell, book[cell]) != book[cell] for other in books):
                return True
        if any(cell in explained and cell not in book for cell in column.values):
            return True
    return False


def coded_column(codes: Codes, names: Sequence[str], header: tuple[str, ...]) -> Column:
    """A column that holds the name of each code; "" among the names is an empty cell."""
    places: dict[str, int] = {"": 0}
    table = np.array([places.setdefault(name, len(places)) for name in names], dtype=np.int64)
    return Column(-1, header, narrow(table[codes], len(places)), Words.of(list(places)))


def as_it_was(
    question: Question, shares: Sequence[Share | None], sizes: Sequence[int], answers: Answers
) -> United | None:
    """The cells as they were in the files, if reading them again gives these answers; else None."""
    present = [share for share in shares if share is not None]
    columns: tuple[Column, ...]
    if not all(share.columns for share in present):
        return None
    if all(len(share.columns) == 1 for share in present):
        columns = (stacked(first_columns(shares), sizes),)
    elif all(len(share.columns) == len(share.question.options) for share in present):
        keys = [{key: place for place, key in enumerate(option_keys(share.question.options))} for share in present]
        columns = tuple(stacked(_of_option(key, shares, keys), sizes) for key in option_keys(question.options))
    elif len({len(share.columns) for share in present}) == 1:
        width = len(present[0].columns)
        columns = tuple(
            stacked([None if share is None else share.columns[place] for share in shares], sizes)
            for place in range(width)
        )
    else:
        return None
    again = answers_to(replace(question, columns=tuple(range(len(columns)))), columns)
    return United(question, columns, answers) if same_answers_as(again, answers) else None


def _of_option(
    key: tuple[str, int], shares: Sequence[Share | None], keys: Sequence[dict[tuple[str, int], int]]
) -> list[Column | None]:
    found: list[Column | None] = []
    own = iter(keys)
    for share in shares:
        place = None if share is None else next(own).get(key)
        found.append(None if share is None or place is None else share.columns[place])
    return found


def same_answers_as(one: Answers, other: Answers) -> bool:
    """Whether two answers to a question agree for every respondent; times up to a thousandth of a second."""
    if one.codes is not None and other.codes is not None:
        return one.size == other.size and np.array_equal(one.codes, other.codes)
    if one.numbers is None or other.numbers is None:
        return one.numbers is other.numbers
    return bool(np.allclose(one.numbers, other.numbers, rtol=1e-12, atol=_SAME_MOMENT, equal_nan=True))


def first_columns(shares: Sequence[Share | None]) -> list[Column | None]:
    """The first column of each file's share, which is the only one for most kinds of questions."""
    return [None if share is None else share.columns[0] for share in shares]


def header_of(shares: Sequence[Share | None], question: Question) -> tuple[str, ...]:
    """The headers of a united column: the newest file's, or the words of the question if that file has several."""
    last = next(share for share in reversed(shares) if share is not None)
    return last.columns[0].header if len(last.columns) == 1 else (question.text,)


def option_keys(options: Sequence[str]) -> list[tuple[str, int]]:
    """What an option is known by: its words, and its number among options with the same words."""
    seen: Counter[str] = Counter()
    found = []
    for option in options:
        word = plain(option)
        found.append((word, seen[word]))
        seen[word] += 1
    return found


def narrow(codes: NDArray[np.int64], values: int) -> Codes:
    """Codes 0 to values - 1 in the smallest type."""
    kind = np.uint8 if values <= 256 else np.uint16 if values <= 65536 else np.uint32
    return codes.astype(kind)
