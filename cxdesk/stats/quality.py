"""Signs that somebody did not read the questions: the same answer everywhere, or far too fast.

Signs only mark answers; nothing here removes any. The same answer everywhere may be honest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxdesk.stats.interval import Floats, floats, ratio

_LONGEST_SECONDS = 24 * 3600.0
_CLIP = 3.0
_FAST_INDEX = 2.0
_FEWEST_TIMES = 30


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Equal answers in a row, [people]: the ``longest`` run (0 without answers) and the ``average`` length of runs."""

    longest: NDArray[np.int64]
    average: Floats


def runs(answers: ArrayLike) -> Runs:
    """Runs of equal answers in [people, questions] of one grid; NaN is "no answer", which ends a run.

    In the average a gap counts as a run of one. Source: longstring (Johnson 2005), as in R's careless.
    """
    values = np.atleast_2d(np.asarray(answers, dtype=np.float64))
    people = len(values)
    length = np.zeros(people, dtype=np.int64)
    longest, number = np.zeros(people, dtype=np.int64), np.zeros(people, dtype=np.int64)
    last = np.full(people, math.nan)
    for column in values.T:
        known, same = ~np.isnan(column), column == last
        length = np.where(known, np.where(same, length + 1, 1), 0)
        number += ~same
        longest = np.maximum(longest, length)
        last = column
    return Runs(longest, ratio(np.full(people, float(values.shape[1])), number.astype(np.float64)))


def answer_spread(answers: ArrayLike) -> Floats:
    """The standard deviation (n - 1) of each person's answers in [people, questions]; NaN below two answers.

    Source: intra-individual response variability (Dunn et al. 2018), as irv of R's careless with NaN left out.
    """
    values = np.atleast_2d(np.asarray(answers, dtype=np.float64))
    known = ~np.isnan(values)
    n = known.sum(axis=1).astype(np.float64)
    mean = ratio(np.where(known, values, 0.0).sum(axis=1), n)
    squares = (np.where(known, values - mean[:, None], 0.0) ** 2).sum(axis=1)
    return np.sqrt(ratio(squares, np.where(n > 1, n - 1, 0.0)))


def same_everywhere(answers: ArrayLike, fewest: int = 5) -> NDArray[np.bool_]:
    """[people]: whether somebody gave one answer to everything, at least ``fewest`` questions and without a gap."""
    values = np.atleast_2d(np.asarray(answers, dtype=np.float64))
    if values.shape[1] < fewest:
        return np.zeros(len(values), dtype=np.bool_)
    return np.asarray((values == values[:, :1]).all(axis=1))


def usable_seconds(seconds: ArrayLike) -> Floats:
    """Times with NaN for those that cannot be: 0, negative, or above a day."""
    values = np.asarray(seconds, dtype=np.float64)
    usable = (values > 0) & (values <= _LONGEST_SECONDS)
    return np.where(usable, values, np.nan)


def speed_index(page_seconds: ArrayLike) -> Floats:
    """How many times faster than usual somebody was, [people], from the times of pages [people, pages]; NaN is no time.

    The mean over pages of median / time, each at most 3: 1 is usual, from 2 on is too fast. Source: Leiner 2019. NaN
    without any time.
    """
    times = np.atleast_2d(usable_seconds(page_seconds))
    known = ~np.isnan(times)
    pages = zip(times.T, known.T, strict=True)
    usual = np.array([np.median(page[there]) if there.any() else math.nan for page, there in pages])
    speed = np.where(known, np.minimum(ratio(np.broadcast_to(usual, times.shape), times), _CLIP), 0.0)
    return ratio(speed.sum(axis=1), known.sum(axis=1).astype(np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class Speeders:
    """Who was too fast, [people]; ``usual`` is the median of all times in seconds, NaN without any."""

    usual: float
    fast: NDArray[np.bool_]


def too_fast(seconds: ArrayLike, share: float = 0.5) -> Speeders:
    """People whose total time [people] lies below ``share`` of the median; NaN is no time. METHODS.md 6."""
    times = usable_seconds(floats(seconds))
    known = times[~np.isnan(times)]
    usual = float(np.median(known)) if known.size else math.nan
    return Speeders(usual, np.asarray(times < share * usual))


def too_fast_on_pages(page_seconds: ArrayLike) -> NDArray[np.bool_]:
    """People whose `speed_index` is 2 or more."""
    return np.asarray(speed_index(page_seconds) >= _FAST_INDEX)


def enough_times(seconds: ArrayLike) -> bool:
    """Whether enough people (30) have a usable time to say what is usual."""
    return int(np.count_nonzero(~np.isnan(usable_seconds(seconds)))) >= _FEWEST_TIMES
