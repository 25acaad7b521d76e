"""Puts the ticks of one multiple-answer question from several files below each other.

A file may hold one column per option, or cells with several options each; both become one question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.answers import answers_to
from cxdesk.reading.choices import Split, split_into, split_table
from cxdesk.reading.grouping import SINGLE, Draft
from cxdesk.reading.lexicon import plain
from cxdesk.reading.profile import profile_of
from cxdesk.reading.shape import Material, split_of
from cxdesk.reading.stacking import (
    Share,
    United,
    as_it_was,
    coded_column,
    first_columns,
    header_of,
    option_keys,
    same_answers_as,
    stacked,
)
from cxdesk.survey.dataset import Answers
from cxdesk.survey.question import Question

_SILENT = 2


def united_ticks(question: Question, shares: Sequence[Share | None], sizes: Sequence[int]) -> United:
    """Ticks of all files; ``question.options`` are the options of all.

    An option that a file with one column per option does not have was not asked there. In one cell with several
    options, an option that nobody chose leaves no trace: it was there, unticked.
    """
    if all(len(share.columns) == 1 for share in shares if share is not None):
        shares = _all_taken_apart(shares)
        again = _taken_apart_again(question, shares, sizes)
        if again is not None:
            return again
    options = option_keys(question.options)
    blocks = []
    for share, count in zip(shares, sizes, strict=True):
        block = np.full((len(options), count), _SILENT, dtype=np.uint8)
        if share is not None and share.answers.codes is not None:
            own = {key: place for place, key in enumerate(option_keys(share.question.options))}
            absent = np.where((share.answers.codes != _SILENT).any(axis=0), 0, _SILENT)
            for row, key in enumerate(options):
                if key in own:
                    block[row] = share.answers.codes[own[key]]
                elif len(share.columns) == 1:
                    block[row] = absent
        blocks.append(block)
    ticks = np.concatenate(blocks, axis=1)
    as_it_stands = as_it_was(question, shares, sizes, Answers(len(options), codes=ticks))
    return as_it_stands if as_it_stands is not None else _in_columns(question, ticks, header_of(shares, question))


def _all_taken_apart(shares: Sequence[Share | None]) -> list[Share | None]:
    """Take apart the cells of a file that has too few to tell that they hold several answers, as another file's are."""
    told = [share for share in shares if share is not None and _has_ticks(share)]
    if not told:
        return list(shares)
    split = split_into(profile_of(told[-1].columns[0]), told[-1].question.options)
    return [
        share if share is None or _has_ticks(share) or split is None else replace(share, answers=_ticks(split, share))
        for share in shares
    ]


def _has_ticks(share: Share) -> bool:
    return share.answers.codes is not None and bool((share.answers.codes != _SILENT).any())


def _ticks(split: Split, share: Share) -> Answers:
    column, options = share.columns[0], share.question.options
    return Answers(len(options), codes=split_table(split, options, column)[:, column.codes])


def _taken_apart_again(question: Question, shares: Sequence[Share | None], sizes: Sequence[int]) -> United | None:
    """Cells with several options each, taken apart once more over all files; None if a file then reads otherwise.

    What one person wrote may look like an option in a small file and not in the whole, or the other way round.
    """
    column = stacked(first_columns(shares), sizes)
    draft = Draft((0,), question.text, question.group, SINGLE, ())
    split = split_of(Material(draft, (profile_of(column),)))
    if split is None:
        return None
    found = {plain(option): option for option in split.options}
    order = [plain(option) for option in question.options if plain(option) in found]
    options = tuple(found[key] for key in dict.fromkeys((*order, *found)))
    ticks = split_table(split, options, column)[:, column.codes]
    places = {plain(option): place for place, option in enumerate(options)}
    for share, part in zip(shares, np.split(ticks, np.cumsum(sizes)[:-1], axis=1), strict=True):
        own = None if share is None else share.answers.codes
        for row, option in zip(own, share.question.options, strict=True) if share and own is not None else ():
            place = places.get(plain(option))
            if place is not None and not np.array_equal(row, part[place]):
                return None
    whole = replace(question, options=options, columns=(0,))
    answers = Answers(len(options), codes=ticks)
    if not same_answers_as(answers_to(whole, (column,)), answers):
        return _in_columns(whole, ticks, column.header)
    return United(whole, (column,), answers)


def _in_columns(question: Question, ticks: NDArray[np.uint8], header: tuple[str, ...]) -> United:
    """One column per option, in words that are read again as these ticks."""
    columns = tuple(
        coded_column(row, ("no", "yes", ""), (*header[:1], option))
        for row, option in zip(ticks, question.options, strict=True)
    )
    return United(question, columns, Answers(len(ticks), codes=ticks))
