"""The tables of all pages with pandas: filter, then one `value_counts` or `groupby` for each table.

What an analyst writes works on segments as `read_csv` gives them, as texts; an expert makes categories of them once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.periods import Periods
from cxdesk.survey.selection import Between, OneOf, Selection
from tests.benchmarks.tables import (
    FOCUSED,
    LINKED,
    MEASURES,
    MONTH,
    RATED,
    SEGMENTS,
    TICKS,
    Key,
    Sides,
    Tables,
    drawn,
    plain_table,
    sizes,
)


def counter(data: Dataset, month: Periods, *, tuned: bool) -> Callable[[Sides], Tables]:
    """Scores become floats with NaN, which pandas groups faster than its nullable whole numbers."""
    frame = plain_table(data, month).astype(dict.fromkeys(RATED, "float32"))
    if not tuned:
        frame = frame.astype(dict.fromkeys(SEGMENTS, "str"))
    answers: dict[str, list[Any]] = {name: list(data.question(name).options) for name in SEGMENTS}
    answers |= {name: list(range(size)) for name, size in sizes(data, month).items() if name not in SEGMENTS}

    def count(sides: Sides) -> Tables:
        kept = _filtered(frame, data, sides.chosen)
        everything = (*RATED, *SEGMENTS, MONTH)
        found: dict[Key, np.ndarray] = {("all", name): _answers(kept[name], answers[name]) for name in everything}
        for measure in MEASURES:
            for name in (*SEGMENTS, MONTH):
                found[name, measure] = _table(kept, name, measure, answers)
        found["all", "used"] = kept[list(TICKS)].sum().to_numpy()
        ticked = kept.groupby("channel", observed=True)[list(TICKS)].sum()
        found["channel", "used"] = ticked.reindex(answers["channel"], fill_value=0).to_numpy()
        parts = {"now": _filtered(frame, data, sides.now), "before": _filtered(frame, data, sides.before)}
        for side, part in parts.items():
            found |= {(side, name): _answers(part[name], answers[name]) for name in (*RATED, *SEGMENTS)}
            found[side, "by channel"] = _table(part, "channel", "recommend", answers)
        found["both", "people"] = np.array([parts["now"]["id"].isin(parts["before"]["id"]).sum()])
        focus = kept[kept["store"] == data.question("store").options[sides.store]]
        found |= {("focus", name): _answers(focus[name], answers[name]) for name in FOCUSED}
        complete = np.flatnonzero(kept["complete"])
        found["links", "people"] = np.array([len(complete)])
        found["links", "drawn"] = kept[list(LINKED)].iloc[complete[drawn(len(complete))]].to_numpy()
        return found

    return count


def _answers(column: pd.Series, answers: list[Any]) -> np.ndarray:
    return column.value_counts(sort=False).reindex(answers, fill_value=0).to_numpy()


def _table(kept: pd.DataFrame, by: str, measure: str, answers: Mapping[str, list[Any]]) -> np.ndarray:
    counts = kept.groupby([by, measure], observed=True).size().unstack(fill_value=0)
    return counts.reindex(index=answers[by], columns=answers[measure], fill_value=0).to_numpy()


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
