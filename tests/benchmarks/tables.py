"""The tables that all pages together stand on, and the survey as a plain table from which peers count them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.periods import Periods

SEGMENTS = ("channel", "region", "age", "product", "plan", "store")
MEASURES = ("recommend", "satisfaction", "effort")
RATED = ("recommend", "satisfaction", "effort", *(f"rating {number}" for number in range(1, 12)))
TICKS = tuple(f"used {number}" for number in range(5))
MONTH = "month"

Key = tuple[str, str]
Tables = Mapping[Key, np.ndarray]
"""Counts of people, int64. ("all", question), ("now", question) and ("before", question): answers [size]. (segment or
month, score): [groups, size]. (side, "by channel"): recommendations [channels, 11]. ("all", "used"): people who ticked
each option; ("channel", "used"): [channels, options]."""


def plain_table(data: Dataset, month: Periods) -> pd.DataFrame:
    """One row per respondent: segments as categories, scores as small whole numbers or missing, months and days.

    Scores and months are counted from 0 as the product counts them, so that tables can be compared as they are.
    """
    columns: dict[str, object] = {}
    for name in SEGMENTS:
        codes, options = data.codes(name).astype(np.int64), data.question(name).options
        columns[name] = pd.Categorical.from_codes(np.where(codes == len(options), -1, codes), pd.Index(options))
    for name in RATED:
        codes = data.codes(name)
        columns[name] = pd.arrays.IntegerArray(codes.astype(np.int8), codes == data.question(name).size)
    columns[MONTH] = month.codes.astype(np.int8)
    columns["day"] = np.asarray(data.answers["date"].numbers, dtype=np.int32)
    for name, ticks in zip(TICKS, data.codes("used"), strict=True):
        columns[name] = ticks == 1
    return pd.DataFrame(columns)


def sizes(data: Dataset) -> dict[str, int]:
    """The number of answers of every segment and score."""
    return {name: data.question(name).size for name in (*SEGMENTS, *RATED)}
