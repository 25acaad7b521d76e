"""Whose value is the smallest, the next, and so on: a column is put in order once for all pages, filters and groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdesk.stats.interval import Floats
from cxdesk.survey.counting import Sample


def ascending(sample: Sample, question: str, numbers: Floats) -> NDArray[np.intp]:
    """Places among the people looked at, [those with a value], by their value; equal values stay in the rows' order.

    ``numbers`` are the column's values of all respondents of the survey, NaN where there is none.
    """

    def make() -> NDArray[np.intp]:
        known = np.flatnonzero(~np.isnan(numbers))
        return known[np.argsort(numbers[known], kind="stable")]

    order, rows = sample.shared(("ascending", question), make), sample.rows
    if rows is None:
        return order
    place = np.full(len(numbers), -1, dtype=np.intp)
    place[rows] = np.arange(len(rows))
    found = place[order]
    return found[found >= 0]
