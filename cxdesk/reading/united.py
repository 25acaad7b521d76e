"""Puts the answers to one question from several files below each other.

What was understood in each file is the truth: the united answers are composed from it, not found anew. The united
columns hold the cells as they were, as long as reading them again gives exactly these answers; where two files write
the same answer differently (separators, code books, the order of day and month), the cells are written alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.answers import score_of
from cxdesk.reading.dates import days_in
from cxdesk.reading.stacking import (
    Share,
    United,
    as_it_was,
    coded_column,
    first_columns,
    header_of,
    narrow,
    option_keys,
    stacked,
)
from cxdesk.reading.united_ticks import united_ticks
from cxdesk.survey.amount import TimeUnit
from cxdesk.survey.dataset import Answers, Codes, Column, Words
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind
from cxdesk.survey.scale import Scale


def united(question: Question, shares: Sequence[Share | None], sizes: Sequence[int]) -> United:
    """Unite what several files have for one question; ``sizes`` are their numbers of respondents, in the same order.

    ``question`` gives the words; kind and ends of the scale are the same in all shares. A file without the question
    leaves "no answer" for its respondents.
    """
    present = [share for share in shares if share is not None]
    match question.kind:
        case Kind.SCORE if question.scale is not None:
            scale = _united_scale(question.scale, present)
            return _scores(replace(question, scale=scale), scale, shares, sizes)
        case Kind.CHOICE:
            return _choices(replace(question, options=united_options(present)), shares, sizes)
        case Kind.MULTIPLE:
            return united_ticks(replace(question, options=united_options(present)), shares, sizes)
        case Kind.DATE:
            return _dates(question, shares, sizes)
        case Kind.NUMBER:
            return _numbers(question, shares, sizes)
        case _:
            return United(question, (stacked(first_columns(shares), sizes),), Answers(0))


def united_options(shares: Sequence[Share]) -> tuple[str, ...]:
    """All options of several files: those of the last first, each further one behind the one it follows in its file."""
    options = list(shares[-1].question.options)
    known = {key: place for place, key in enumerate(option_keys(options))}
    for share in reversed(shares[:-1]):
        before: tuple[str, int] | None = None
        for option, key in zip(share.question.options, option_keys(share.question.options), strict=True):
            if key not in known:
                place = known[before] + 1 if before is not None else 0
                options.insert(place, option)
                known = {key: place for place, key in enumerate(option_keys(options))}
            before = key
    return tuple(options)


def _scores(question: Question, scale: Scale, shares: Sequence[Share | None], sizes: Sequence[int]) -> United:
    codes = np.concatenate([_codes(share, size, scale.size) for share, size in zip(shares, sizes, strict=True)])
    answers = Answers(scale.size, codes=narrow(codes, scale.size + 1))
    as_it_stands = as_it_was(question, shares, sizes, answers)
    if as_it_stands is not None:
        return as_it_stands
    plain_scale = replace(scale, codes=(), no_answer=())

    def written(share: Share, cells: Sequence[str], scores: Sequence[float]) -> list[str]:
        own = dict(share.columns[0].labels) if len(share.columns) == 1 else {}
        result = []
        for cell, score in zip(cells, scores, strict=True):
            if score < scale.size:
                result.append(str(scale.lowest + int(score)))
            else:
                words = own.get(cell, cell)
                result.append(words if score_of(words, words, plain_scale) is None else "")
        return result

    column = _rewritten(shares, sizes, written)
    return United(replace(question, scale=plain_scale), (column,), answers)


def _united_scale(scale: Scale, shares: Sequence[Share]) -> Scale:
    """The scale with the words and signs for "no answer" of all files; the words of the last file count."""
    scales = [share.question.scale for share in shares if share.question.scale is not None]
    labels = scale.labels or next((other.labels for other in reversed(scales) if other.labels), ())
    silent = dict.fromkeys(chain.from_iterable(other.no_answer for other in (scale, *scales)))
    codes = dict(chain.from_iterable(other.codes for other in (*scales, scale)))
    return replace(scale, labels=labels, no_answer=tuple(silent), codes=tuple(codes.items()))


def _choices(question: Question, shares: Sequence[Share | None], sizes: Sequence[int]) -> United:
    size = len(question.options)
    places = {key: place for place, key in enumerate(option_keys(question.options))}
    parts = []
    for share, count in zip(shares, sizes, strict=True):
        codes = _codes(share, count, size)
        if share is not None:
            table = np.array([*(places[key] for key in option_keys(share.question.options)), size], dtype=np.int64)
            own = share.answers.codes
            codes = table[own] if own is not None else codes
        parts.append(codes)
    answers = Answers(size, codes=narrow(np.concatenate(parts), size + 1))
    as_it_stands = as_it_was(question, shares, sizes, answers)
    if as_it_stands is not None:
        return as_it_stands
    options = (*question.options, "")
    column = coded_column(answers.codes, options, header_of(shares, question)) if answers.codes is not None else None
    return United(question, (column,) if column is not None else (), answers)


def _dates(question: Question, shares: Sequence[Share | None], sizes: Sequence[int]) -> United:
    parts = [_own_numbers(share, size) for share, size in zip(shares, sizes, strict=True)]
    answers = Answers(0, numbers=np.concatenate(parts))
    orders = [question.day_first, *(share.question.day_first for share in shares if share is not None)]
    for order in dict.fromkeys(orders):
        as_it_stands = as_it_was(replace(question, day_first=order), shares, sizes, answers)
        if as_it_stands is not None:
            return as_it_stands

    def written(_: Share, cells: Sequence[str], days: Sequence[float]) -> list[str]:
        unread = np.isnan(days_in(Words.of(list(cells)), None))
        return [
            moment(day) if not np.isnan(day) else cell if still else ""
            for cell, day, still in zip(cells, days, unread.tolist(), strict=True)
        ]

    column = _rewritten(shares, sizes, written)
    return United(replace(question, day_first=None), (column,), answers)


def _numbers(question: Question, shares: Sequence[Share | None], sizes: Sequence[int]) -> United:
    parts = [_own_numbers(share, size) for share, size in zip(shares, sizes, strict=True)]
    answers = Answers(0, numbers=np.concatenate(parts))
    as_it_stands = as_it_was(question, shares, sizes, answers)
    if as_it_stands is not None:
        return as_it_stands

    def written(_: Share, __: Sequence[str], numbers: Sequence[float]) -> list[str]:
        return ["" if np.isnan(number) else f"{number:.15g}" for number in numbers]

    # Times are written in the unit in which they are kept.
    amount = None if question.amount is None else replace(question.amount, unit=TimeUnit.SECOND)
    return United(replace(question, amount=amount), (_rewritten(shares, sizes, written),), answers)


def _codes(share: Share | None, count: int, size: int) -> Codes:
    if share is None or share.answers.codes is None:
        return np.full(count, size, dtype=np.int64)
    return share.answers.codes.astype(np.int64)


def _own_numbers(share: Share | None, count: int) -> NDArray[np.float64]:
    if share is None or share.answers.numbers is None:
        return np.full(count, np.nan)
    return share.answers.numbers


def _rewritten(
    shares: Sequence[Share | None],
    sizes: Sequence[int],
    written: Callable[[Share, Sequence[str], Sequence[float]], list[str]],
) -> Column:
    """One column in which every distinct pair of cell and answer of a file is written anew."""
    places: dict[str, int] = {"": 0}
    parts = []
    for share, size in zip(shares, sizes, strict=True):
        if share is None:
            parts.append(np.zeros(size, dtype=np.int64))
            continue
        values = share.answers.codes if share.answers.codes is not None else share.answers.numbers
        cells = share.columns[0].codes if len(share.columns) == 1 else np.zeros(size, dtype=np.int64)
        known, meaning = np.unique(values, return_inverse=True) if values is not None else (np.zeros(1), cells * 0)
        pairs, codes = np.unique(meaning.astype(np.int64) + cells.astype(np.int64) * len(known), return_inverse=True)
        texts = list(share.columns[0].values) if len(share.columns) == 1 else [""]
        anew = written(
            share,
            [texts[place] for place in (pairs // len(known)).tolist()],
            [known[place] for place in (pairs % len(known)).tolist()],
        )
        table = np.array([places.setdefault(text, len(places)) for text in anew], dtype=np.int64)
        parts.append(table[codes])
    header = next(share.columns[0].header for share in reversed(shares) if share is not None)
    return Column(-1, header, narrow(np.concatenate(parts), len(places)), Words.of(list(places)))


def moment(days: float) -> str:
    """Days since 1970-01-01 as "2025-09-14", or with the time to the second if there is one."""
    seconds = np.datetime64(round(days * 86400), "s")
    shown = str(np.datetime_as_string(seconds)).replace("T", " ")
    return shown.removesuffix(" 00:00:00")
