"""The tables of all pages with pandas: filter, then one `value_counts` or `groupby` for each table."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.periods import Periods
from cxdesk.survey.selection import Between, OneOf, Selection
from tests.benchmarks.tables import MEASURES, MONTH, RATED, SEGMENTS, TICKS, Key, Tables, plain_table, sizes

NAME = "pandas"


def counter(data: Dataset, month: Periods) -> Callable[[Selection, Selection, Selection], Tables]:
    """Scores become floats with NaN, which pandas groups faster than its nullable whole numbers."""
    frame = plain_table(data, month).astype(dict.fromkeys(RATED, "float32"))
    wide = sizes(data) | {MONTH: month.size}

    def count(selection: Selection, now: Selection, before: Selection) -> Tables:
        kept = _filtered(frame, data, selection)
        found: dict[Key, np.ndarray] = {("all", name): _answers(kept[name], wide[name]) for name in (*RATED, *SEGMENTS)}
        for measure in MEASURES:
            for name in (*SEGMENTS, MONTH):
                found[name, measure] = _table(kept, name, measure, wide)
        found["all", "used"] = kept[list(TICKS)].sum().to_numpy()
        found["channel", "used"] = kept.groupby("channel", observed=False)[list(TICKS)].sum().to_numpy()
        for side, chosen in (("now", now), ("before", before)):
            part = _filtered(frame, data, chosen)
            found |= {(side, name): _answers(part[name], wide[name]) for name in (*RATED, *SEGMENTS)}
            found[side, "by channel"] = _table(part, "channel", "recommend", wide)
        return found

    return count


def _answers(column: pd.Series, size: int) -> np.ndarray:
    counts = column.value_counts(sort=False)
    wanted = column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else np.arange(size)
    return counts.reindex(wanted, fill_value=0).to_numpy()


def _table(kept: pd.DataFrame, by: str, measure: str, wide: dict[str, int]) -> np.ndarray:
    counts = kept.groupby([by, measure], observed=True).size().unstack(fill_value=0)
    rows = kept[by].cat.categories if by != MONTH else np.arange(wide[MONTH])
    return counts.reindex(index=rows, columns=np.arange(wide[measure]), fill_value=0).to_numpy()


def _filtered(frame: pd.DataFrame, data: Dataset, selection: Selection) -> pd.DataFrame:
    for condition in selection.conditions:
        if isinstance(condition, OneOf):
            options = data.question(condition.question).options
            keep = frame[condition.question].isin([options[code] for code in condition.codes if code < len(options)])
            if len(options) in condition.codes:
                keep |= frame[condition.question].isna()
        else:
            assert isinstance(condition, Between)
            keep = frame["day"].between(*days_between(condition))
        frame = frame[keep]
    return frame


def days_between(condition: Between) -> tuple[int, int]:
    """First and last day of a stretch, counted from 1970-01-01."""
    first, last = (np.datetime64(day, "D").astype(np.int64) for day in (condition.first, condition.last))
    return int(first), int(last)
