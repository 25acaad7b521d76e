"""The tables that all pages together stand on, and the survey as a plain table from which peers count them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxdesk.stats.resampling import SEED
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.periods import Periods
from cxdesk.survey.selection import Selection

SEGMENTS = ("channel", "region", "age", "product", "plan", "store")
MEASURES = ("recommend", "satisfaction", "effort")
TOPICS = tuple(f"rating {number}" for number in range(1, 12))
RATED = (*MEASURES, *TOPICS)
LINKED = ("recommend", *TOPICS)
"""The score, and the topics whose links with it are looked for."""
FOCUSED = RATED[1:]
"""What is compared between the group that stands out and everyone else."""
OPTIONS = tuple(f"used {number}" for number in range(5))
TICKS = (*OPTIONS, "used any", "used asked")
MONTH = "month"
GLANCED = 5_000
"""How many people, drawn among those who rated everything, the links are looked for in."""

Key = tuple[str, str]
Tables = Mapping[Key, np.ndarray]
"""Counts of people, int64. ("all", question), ("now", question) and ("before", question): answers [size]; ("all",
"month"): people [months]. (segment or month, score): [groups, size]. (side, "by channel"): recommendations [channels,
11]. ("all", "used"): people who ticked each option, any option, and who were asked; ("channel", "used"): [channels,
those]. ("focus", score): answers [size] of the group of ``store`` that stands out. ("links", "drawn"): the codes of the
answers of the people drawn [GLANCED, LINKED]; ("links", "people"): among how many. ("both", "people"): how many of now
have an id that somebody before has."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who is looked at, the two quarters that are compared, and the store that stands out among them."""

    chosen: Selection
    now: Selection
    before: Selection
    store: int


def plain_table(data: Dataset, month: Periods) -> pd.DataFrame:
    """One row per respondent: segments as categories, scores as small whole numbers or missing, months and days.

    Scores and months are counted from 0 as the product counts them, so that tables can be compared as they are. What
    does not depend on the filter is made here, before the clock, as the product remembers it: who ticked any option,
    who was asked, who rated every topic, and ids as numbers.
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
    ticked = data.codes("used")
    columns |= {name: codes == 1 for name, codes in zip(OPTIONS, ticked, strict=True)}
    columns["used any"], columns["used asked"] = (ticked == 1).any(axis=0), (ticked != 2).all(axis=0)
    columns["complete"] = np.logical_and.reduce([data.codes(name) != data.question(name).size for name in LINKED])
    columns["id"] = data.columns[data.question("response id").columns[0]].codes.astype(np.int32)
    return pd.DataFrame(columns)


def sizes(data: Dataset, month: Periods) -> dict[str, int]:
    """The number of answers of every segment and score, and of months."""
    return {name: data.question(name).size for name in (*SEGMENTS, *RATED)} | {MONTH: month.size}


def drawn(people: int) -> np.ndarray:
    """Which of the people who rated everything are looked at: positions, the same ones that the product draws."""
    return np.random.default_rng(SEED).choice(people, min(people, GLANCED), replace=False)
