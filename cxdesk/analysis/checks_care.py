"""Did somebody answer with care? No score at all, far too fast, the same answer everywhere, half empty, gibberish.

Fast people and those who answer alike everywhere may be genuine, so nobody is left out for that unasked (METHODS.md 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.checks_values import KEEP, Check, Mask, Way, nobody
from cxdesk.analysis.durations import duration_text, durations, usable
from cxdesk.stats.quality import same_everywhere, too_fast, too_fast_on_pages
from cxdesk.survey.dataset import Dataset, Words
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED, Kind, Role
from cxdesk.text import say, say_n

LEAVE_OUT, HALF, THIRD = "leave_out", "half", "third"

_MOST_EMPTY = 0.2
"""Where more rows than this have no score, the questions were probably not meant for everybody."""

_FEW = 5
_GRID = 5
_PART = 100_000
_LEAST_ASKED = 4
_ANSWERED = 0.5
_ASKED = SCORED | {Role.SEGMENT, Role.MULTIPLE}
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
_ROWS_OF_KEYS = tuple(row for keys in _KEYS for row in (keys, keys[::-1]))
_SHORTEST_RUN = 4
_LONGEST_RUN = 60
_RUN_SHARE = 0.75
_ANY_RUN = re.compile(
    "|".join(row[at : at + _SHORTEST_RUN] for row in _ROWS_OF_KEYS for at in range(len(row) - _SHORTEST_RUN + 1))
)
"""Most comments hold no run at all; that is seen at once."""

_REPEATED = re.compile(r"^(.+?)\1+$")
_FEW_BYTES = 12
_SAME_SIGN = 4
_SAME_HAN = 6
_HAN = re.compile("[\u3040-\u9fff\uac00-\ud7af]")


def no_score(dataset: Dataset) -> Check | None:
    """Rows without an answer to any scored question; None if the survey has none."""
    asked = dataset.with_role(*SCORED)
    if not asked:
        return None
    marked = np.ones(dataset.respondents, dtype=np.bool_)
    for question in asked:
        marked &= dataset.codes(question.id) >= question.size
    many = np.count_nonzero(marked) > max(_FEW, _MOST_EMPTY * dataset.respondents)
    return Check(
        "no_score",
        say("No score given"),
        say("no score given"),
        say("None of the scored questions was answered. That many rows were probably not meant to answer them.")
        if many
        else say("None of the scored questions was answered."),
        _out_or_in(marked),
        KEEP if many else LEAVE_OUT,
        asked[0].columns[0],
    )


def fast(dataset: Dataset) -> Check | None:
    """People who were much faster than usual, by their pages or in total; None if too few have a time."""
    found = durations(dataset)
    if found is None:
        return None
    name, short = say("Very fast answers"), say("very fast answers")
    if found.of_pages:
        marked = too_fast_on_pages(found.seconds)
        means = say("At least twice as fast as usual, averaged over the pages. Some people simply read fast.")
        return Check("fast", name, short, means, _out_or_in(marked), KEEP, found.column)
    total = usable(found)
    half, third = too_fast(total), too_fast(total, 1 / 3)
    means = say(
        "Under {limit}, half of the usual {usual}. Some people simply read fast.",
        limit=duration_text(half.usual / 2),
        usual=duration_text(half.usual),
    )
    ways = (
        Way(HALF, say("Leave out under half"), half.fast),
        Way(THIRD, say("Leave out under a third"), third.fast),
        Way(KEEP, say("Keep")),
    )
    return Check("fast", name, short, means, ways, KEEP, found.column)


def same_answers(dataset: Dataset) -> Iterator[Check]:
    """People who gave one answer to a whole grid, one check per grid of five questions or more."""
    for grid in grids(dataset):
        marked = nobody(dataset)
        for start in range(0, dataset.respondents, _PART):
            rows = slice(start, start + _PART)
            answers = np.stack([dataset.codes(question.id)[rows] for question in grid], axis=1).astype(np.float64)
            answers[answers >= grid[0].size] = np.nan
            marked[rows] = same_everywhere(answers, _GRID)
        yield Check(
            f"same_answer_{grid[0].id}",
            say("Same answer everywhere"),
            say("same answer everywhere"),
            say(
                "All {count} topics of “{grid}” with one value. Could be genuine.",
                count=len(grid),
                grid=grid[0].group,
            ),
            _out_or_in(marked),
            KEEP,
            grid[0].columns[0],
        )


def incomplete(dataset: Dataset, among: Mask) -> Check | None:
    """Rows with fewer than half of the questions that most people answered; None with fewer than four of those."""
    answered = [
        given
        for question in dataset.questions
        if question.role in _ASKED and not question.of_platform
        for given in [dataset.answers[question.id].given()]
        if given is not None and np.count_nonzero(given) >= _ANSWERED * dataset.respondents
    ]
    if len(answered) < _LEAST_ASKED:
        return None
    number = np.zeros(dataset.respondents, dtype=np.uint16)
    for given in answered:
        number += given
    marked = among & (number < _ANSWERED * len(answered))
    silent = no_score(dataset)
    if silent is not None and silent.ways[0].marked is not None:
        marked &= ~silent.ways[0].marked
    return Check(
        "incomplete",
        say("Incomplete answers"),
        say("incomplete answers"),
        say("Fewer than half of the {count} questions that most people answered.", count=len(answered)),
        _out_or_in(marked),
        KEEP,
        _first_column(dataset),
    )


def nonsense(dataset: Dataset) -> Check | None:
    """People whose comment is one sign repeated or a run of keys; None if the survey has no comments."""
    asked = dataset.with_role(Role.COMMENT)
    if not asked:
        return None
    marked, shown = nobody(dataset), asked[0].columns[0]
    for place in (place for question in asked for place in question.columns):
        column = dataset.columns[place]
        possible = _may_be_gibberish(column.values)
        empty = np.zeros(len(column.values), dtype=np.bool_)
        empty[possible] = list(map(is_gibberish, column.values.some(possible)))
        found = empty[column.codes]
        if found.any() and not marked.any():
            shown = place
        marked |= found
    count = int(np.count_nonzero(marked))
    return Check(
        "nonsense",
        say("Comments without sense"),
        say_n("comment without sense", "comments without sense", count),
        say("One sign repeated, or a row of keys. The scores may still be meant."),
        _out_or_in(marked),
        KEEP,
        shown,
    )


def _may_be_gibberish(texts: Words) -> NDArray[np.intp]:
    """The positions of texts that are worth a look; of thousands of Chinese comments hardly any is.

    One sign repeated has few different bytes, spaces included; a run of keys is short and plain ASCII.
    """
    starts = np.concatenate(([0], texts.ends[:-1]))
    filled = np.flatnonzero(texts.ends > starts)
    if not len(filled):
        return filled
    begins = starts[filled]
    highest = np.maximum.reduceat(texts.data, begins)
    bits = np.left_shift(np.uint64(1), (texts.data & 63).astype(np.uint64))
    few = np.bitwise_count(np.bitwise_or.reduceat(bits, begins)) <= _FEW_BYTES
    short = texts.ends[filled] - begins <= _LONGEST_RUN
    return filled[few | (short & (highest < 128))]


def is_gibberish(text: str) -> bool:
    """Whether a comment is one sign repeated ("aaaa", "。。。。") or a run of keys ("asdfgh", "qweqwe", "123456").

    A Han character needs six in a row: 哈哈哈 and 好好好 are meant.
    """
    if len(text) > _LONGEST_RUN and len(set(text)) > 3:
        return False
    plain = "".join(text.casefold().split())
    if len(set(plain)) == 1:
        return len(plain) >= (_SAME_HAN if _HAN.match(plain) else _SAME_SIGN)
    if len(plain) < _SHORTEST_RUN or not plain.isascii() or not plain.isalnum():
        return False
    once = _REPEATED.match(plain)
    if once is not None and len(once[1]) >= 3 and any(once[1] in row for row in _ROWS_OF_KEYS):
        return True
    return _ANY_RUN.search(plain) is not None and _in_runs(plain) >= _RUN_SHARE * len(plain)


def grids(dataset: Dataset) -> tuple[tuple[Question, ...], ...]:
    """The grids of a survey: five scored questions or more with the same words above them and the same points.

    Their scales may differ in the words that mean "no answer" and in which end is good: a topic that not everybody was
    asked about, or one asked the other way round, is part of the grid like the others.
    """
    found: dict[tuple[object, ...], list[Question]] = {}
    for question in dataset.with_role(*SCORED):
        scale = question.scale
        if question.group and question.kind is Kind.SCORE and scale is not None:
            found.setdefault((question.group, scale.lowest, scale.highest), []).append(question)
    return tuple(tuple(grid) for grid in found.values() if len(grid) >= _GRID)


def _out_or_in(marked: Mask) -> tuple[Way, ...]:
    """Leave the marked rows out, or keep them."""
    return (Way(LEAVE_OUT, say("Leave out"), marked), Way(KEEP, say("Keep")))


def _in_runs(word: str) -> int:
    """How many letters stand in runs of four neighbouring keys or more."""
    covered = place = 0
    while place < len(word):
        end = place + 1
        while end < len(word) and any(word[place : end + 1] in row for row in _ROWS_OF_KEYS):
            end += 1
        if end - place >= _SHORTEST_RUN:
            covered += end - place
        place = end
    return covered


def _first_column(dataset: Dataset) -> int:
    """The column that a list of marked people shows: their comment, else their first score, else the first column."""
    shown: Sequence[Question] = (*dataset.with_role(Role.COMMENT), *dataset.with_role(*SCORED))
    return shown[0].columns[0] if shown else 0
