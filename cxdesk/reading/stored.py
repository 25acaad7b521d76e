"""Codes whole columns of stored numbers, moments and texts at once: what a statistics file holds, as cells of a grid.

The texts are those of `cells.show`; this module only makes them for all distinct values of a column together.
"""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdesk.reading.cells import show, trim_all
from cxdesk.survey.dataset import Codes, Words

_SPSS_EPOCH = np.datetime64("1582-10-14", "D")
_DAY = 86_400
_LAST_MOMENT = (np.datetime64("9999-12-31", "D") - _SPSS_EPOCH).astype(np.int64) * _DAY
_SPAN = 4_096
_EXACT = 1e15


def coded_numbers(cells: NDArray[np.float64]) -> tuple[NDArray[np.intp], list[float]]:
    """The distinct numbers of a column, smallest first, and where each cell's stands among them; -1 for NaN."""
    blank = np.isnan(cells)
    filled = cells[~blank]
    if not len(filled):
        return np.full(len(cells), -1, dtype=np.intp), []
    low, high = filled.min(), filled.max()
    codes = np.full(len(cells), -1, dtype=np.intp)
    if high - low < _SPAN and (filled == np.floor(filled)).all():
        # Scores and codes are small whole numbers, which need no sorting.
        places = (filled - low).astype(np.intp)
        used = np.bincount(places) > 0
        codes[~blank] = (np.cumsum(used) - 1)[places]
        return codes, (np.flatnonzero(used) + low).tolist()
    uniques, codes[~blank] = np.unique(filled, return_inverse=True)
    return codes, uniques.tolist()


def number_texts(values: list[float]) -> list[str]:
    """The texts of distinct numbers; quick where they are whole, as identifiers are."""
    numbers = np.array(values, dtype=np.float64)
    if (np.abs(numbers) < _EXACT).all() and (numbers == np.floor(numbers)).all():
        return list(map(str, numbers.astype(np.int64).tolist()))
    return list(map(show, values))


def moment_words(seconds: list[float], *, days: bool) -> Words | None:
    """SPSS moments, counted in seconds from 14 October 1582, as ISO days or moments behind a "" for the empty cell.

    Midnight is a day alone. None if moments are not in order or not apart by a second, or lie beyond the calendar of
    Python; they have to be shown one by one then.
    """
    moments = np.array(seconds, dtype=np.float64)
    moments = np.floor(moments / _DAY) * _DAY if days else np.floor(moments + 0.5)
    if not ((moments >= 0) & (moments <= _LAST_MOMENT)).all() or (np.diff(moments) <= 0).any():
        return None
    day, clock = np.divmod(moments.astype(np.int64), _DAY)
    known, places = np.unique(day, return_inverse=True)
    dates = np.datetime_as_string(_SPSS_EPOCH + known.astype("timedelta64[D]"), unit="D").astype("S10")
    signs = np.empty((len(moments), 19), dtype=np.uint8)
    signs[:, :10] = np.frombuffer(dates.tobytes(), dtype=np.uint8).reshape(-1, 10)[places]
    signs[:, 10:] = np.frombuffer(b" 00:00:00", dtype=np.uint8)
    for place, unit, base in ((11, 3600, 24), (14, 60, 60), (17, 1, 60)):
        tens, ones = np.divmod(clock // unit % base, 10)
        signs[:, place] += tens.astype(np.uint8)
        signs[:, place + 1] += ones.astype(np.uint8)
    lengths = np.where(clock == 0, 10, 19)
    shown = np.arange(19) < lengths[:, None]
    return Words(signs[shown], np.cumsum(np.append(0, lengths), dtype=np.int64))


def coded_texts(cells: list[Any]) -> tuple[NDArray[np.intp], list[Any]]:
    """The distinct values of a column of texts in the order of their appearance; -1 for None and NaN."""
    values = np.empty(len(cells), dtype=object)
    values[:] = cells
    codes, uniques = pd.factorize(values, use_na_sentinel=True)
    return codes, uniques.tolist()


def packed_column(codes: NDArray[np.intp], texts: list[str]) -> tuple[Codes, Words]:
    """The cells of a grid column: trimmed texts, each once, with "" for code 0. -1 among ``codes`` is an empty cell."""
    trimmed = trim_all(texts)
    places = dict.fromkeys(["", *trimmed])
    if len(places) == len(trimmed) + 1:
        lookup = np.append(np.arange(1, len(places)), 0)
    else:
        places = {text: place for place, text in enumerate(places)}
        lookup = np.array([*map(places.__getitem__, trimmed), 0])
    packed = lookup.astype(np.min_scalar_type(max(len(places) - 1, 1))).take(codes, mode="wrap")
    return packed, Words.of(list(places))


def are_dates(values: list[Any]) -> bool:
    """Whether all values that show something are days or moments, and there is at least one."""
    shown = [isinstance(value, datetime.date) for value in values if isinstance(value, datetime.date) or show(value)]
    return bool(shown) and all(shown)
