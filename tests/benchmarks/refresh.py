"""One filter change on a million answers: the product's pages against pandas scripts that compute the same numbers.

Every script gives each group's NPS with range and p against everyone else, and its share satisfied with range, for six
segments; and NPS, CSAT and CES of everyone with their ranges. The product's time is that of two pages: Overview, which
measures and tests NPS, CSAT and CES in all six segments, and Segments of the one with 300 stores. The scripts use the
product's formulas on arrays, so only the way to the numbers differs; the numbers are compared outside the clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxdesk.analysis.groups import split
from cxdesk.analysis.overview import Overview, OverviewSpec
from cxdesk.analysis.segments import Segments, SegmentsSpec
from cxdesk.job import Unattended
from cxdesk.stats.difference import net_difference_each
from cxdesk.stats.mean import mean_interval_each
from cxdesk.stats.nps import bonett_price_each, nps_score_each
from cxdesk.stats.proportion import wilson_each
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection

SEGMENTS = ("channel", "region", "age", "product", "plan", "store")
MEASURES = ("recommend", "satisfaction", "effort")

Numbers = dict[str, np.ndarray]
"""Per segment [groups, 8]: n, NPS, low, high, p, share satisfied, low, high. "everyone" is [3, 3]: value, low, high."""

FILTERS = {
    "one region off": (OneOf("region", (0, 1, 2, 3, 5, 6, 7, 8)),),
    "one store off": (OneOf("store", tuple(code for code in range(301) if code != 12)),),
    "four regions, two channels": (OneOf("region", (0, 2, 4, 6)), OneOf("channel", (0, 1))),
    "three plans": (OneOf("plan", (1, 5, 9)),),
}


@dataclass(frozen=True, slots=True)
class Contender:
    """Someone who refreshes everything after a filter change, which is timed, and shows the numbers."""

    name: str
    refresh: Callable[[Selection], object]
    numbers: Callable[[Selection], Numbers]


def contenders(data: Dataset) -> tuple[Contender, ...]:
    """The product first, then its peers; each has loaded the survey in its own way and has seen it once unfiltered."""
    frame = _frame(data)
    ready = frame.astype(dict.fromkeys(SEGMENTS, "category"))
    ready["promoter"], ready["detractor"] = ready["recommend"] >= 9, ready["recommend"] <= 6
    ready["satisfied"], ready["rated"] = ready["satisfaction"] >= 4, ready["satisfaction"].notna()
    ready["answered"] = ready["recommend"].notna()
    tally = Tally(data)

    def script(selection: Selection) -> Numbers:
        return _script(frame, data, selection)

    def tuned(selection: Selection) -> Numbers:
        return _tuned(ready, data, selection)

    return (
        Contender("CX Desk", lambda selection: _pages(tally, selection), lambda selection: _product(tally, selection)),
        Contender("pandas", script, script),
        Contender("pandas, tuned", tuned, tuned),
    )


def _pages(tally: Tally, selection: Selection) -> object:
    sample, rules, job = tally.sample(selection), Rules(), Unattended()
    overview = Overview().compute(sample, rules, OverviewSpec(), job)
    return overview, Segments().compute(sample, rules, SegmentsSpec("store", "recommend"), job)


def _product(tally: Tally, selection: Selection) -> Numbers:
    sample, rules = tally.sample(selection), Rules()
    overview = Overview().compute(sample, rules, OverviewSpec(), Unattended())
    found: Numbers = {"everyone": np.array([[m.score.value, m.score.low, m.score.high] for m in overview.measures])}
    by = tuple(tally.dataset.question(name) for name in SEGMENTS)
    nps, csat = ([split(sample, each, m.rule, rules) for each in by] for m in overview.measures[:2])
    for name, recommended, satisfied in zip(SEGMENTS, nps, csat, strict=True):
        rows = [
            (
                a.score.base.n,
                a.score.value,
                a.score.low,
                a.score.high,
                a.gap.p,
                b.score.value,
                b.score.low,
                b.score.high,
            )
            for a, b in zip(recommended.groups, satisfied.groups, strict=True)
            if a.gap is not None
        ]
        found[name] = np.array(rows, dtype=np.float64)
    return found


def _script(frame: pd.DataFrame, data: Dataset, selection: Selection) -> Numbers:
    """What an analyst writes: texts as read, one groupby for each segment and measure."""
    kept = _filtered(frame, data, selection)
    found = {"everyone": _everyone(kept)}
    for by in SEGMENTS:
        scores = kept.groupby([by, "recommend"]).size().unstack(fill_value=0)
        ratings = kept.groupby([by, "satisfaction"]).size().unstack(fill_value=0)
        people = np.array(
            [scores.loc[:, 9:].sum(axis=1), scores.loc[:, 7:8].sum(axis=1), scores.loc[:, :6].sum(axis=1)]
        )
        found[by] = _rows(people, kept, ratings.loc[:, 4:].sum(axis=1), ratings.sum(axis=1))
    return found


def _tuned(ready: pd.DataFrame, data: Dataset, selection: Selection) -> Numbers:
    """What an expert writes: categories, yes-or-no columns made once, one groupby for each segment."""
    kept = _filtered(ready, data, selection)
    found = {"everyone": _everyone(kept)}
    for by in SEGMENTS:
        sums = kept.groupby(by, observed=True)[["promoter", "detractor", "answered", "satisfied", "rated"]].sum()
        passives = sums["answered"] - sums["promoter"] - sums["detractor"]
        found[by] = _rows(
            np.array([sums["promoter"], passives, sums["detractor"]]), kept, sums["satisfied"], sums["rated"]
        )
    return found


def _rows(people: np.ndarray, kept: pd.DataFrame, satisfied: pd.Series, rated: pd.Series) -> np.ndarray:
    everyone = np.array(_thirds(kept["recommend"]))[:, None]
    ranges, shares = bonett_price_each(*people), wilson_each(satisfied, rated)
    gaps = net_difference_each(people, everyone - people)
    columns = (people.sum(axis=0), nps_score_each(*people), ranges.low, ranges.high, gaps.p)
    return np.column_stack((*columns, satisfied / rated, shares.low, shares.high))


def _everyone(kept: pd.DataFrame) -> np.ndarray:
    people = _thirds(kept["recommend"])
    nps = bonett_price_each(*people)
    rated, satisfied = kept["satisfaction"].count(), (kept["satisfaction"] >= 4).sum()
    share = wilson_each(satisfied, rated)
    effort = kept["effort"].value_counts().sort_index()
    mean = mean_interval_each(effort.index, effort.to_numpy()[None, :])
    return np.array(
        [
            [nps_score_each(*people)[0], nps.low[0], nps.high[0]],
            [satisfied / rated, share.low[0], share.high[0]],
            [kept["effort"].mean(), mean.low[0], mean.high[0]],
        ]
    )


def _thirds(scores: pd.Series) -> tuple[int, int, int]:
    promoters, detractors = int((scores >= 9).sum()), int((scores <= 6).sum())
    return promoters, int(scores.count()) - promoters - detractors, detractors


def _filtered(frame: pd.DataFrame, data: Dataset, selection: Selection) -> pd.DataFrame:
    for condition in selection.conditions:
        assert isinstance(condition, OneOf)
        options = data.question(condition.question).options
        wanted = [options[code] for code in condition.codes if code < len(options)]
        keep = frame[condition.question].isin(wanted)
        frame = frame[keep | frame[condition.question].isna() if len(options) in condition.codes else keep]
    return frame


def _frame(data: Dataset) -> pd.DataFrame:
    """The survey as ``read_csv`` gives it: scores as floats, segments as texts, NaN for "no answer"."""
    columns: dict[str, object] = {}
    for name in SEGMENTS:
        codes, options = data.codes(name).astype(np.int64), data.question(name).options
        coded = pd.Categorical.from_codes(np.where(codes == len(options), -1, codes), pd.Index(options))
        columns[name] = pd.Series(coded).astype("str")
    for name in MEASURES:
        question = data.question(name)
        assert question.scale is not None
        scores = data.codes(name).astype(np.float64) + question.scale.lowest
        columns[name] = np.where(data.codes(name) == question.size, np.nan, scores)
    return pd.DataFrame(columns)
