"""What reference cases give: lists that may be single numbers, rows that may be single rows, null for missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cxdesk.stats.interval import Floats, Interval

Given = Mapping[str, Any]
Answer = Callable[[Given], dict[str, Any]]


def pair(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def numbers(values: Any) -> Floats:
    """[n] floats, NaN for null; a single value is a list of one."""
    return np.atleast_1d(np.array(values, dtype=np.float64))


def rows(values: Any) -> Floats:
    """[rows, columns] floats, NaN for null; a single row is a table of one."""
    return np.atleast_2d(np.array(values, dtype=np.float64))


def words(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]


def nulls(values: Any) -> Any:
    """Nested lists with None for NaN, as the files write it."""
    if isinstance(values, np.ndarray):
        return nulls(values.tolist())
    if isinstance(values, list):
        return [nulls(value) for value in values]
    return None if isinstance(values, float) and np.isnan(values) else values
