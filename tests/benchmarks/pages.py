"""All pages after a filter change: the product against pandas, polars and DuckDB that count the same tables.

The product's time is that of `compute` of six pages: Overview, Scores, Segments of 300 stores, Trend, Compare of two
quarters and Crosstab. Drivers have a benchmark of their own. The peers count what these pages count, each in its own
way and all tables at once: answers of every question, three scores by six segments and by month, answers of both
quarters, and four questions by channel. Ranges, tests and their adjustment are made from the tables by the product's
formulas for all, so only the way to the tables differs. The product also finds links, control limits and letters,
which the peers are spared. Tables are compared outside the clock.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from cxdesk.analysis.compare import Compare, CompareSpec
from cxdesk.analysis.crosstab import Crosstab
from cxdesk.analysis.crosstab_values import CrosstabSpec
from cxdesk.analysis.measure import gaps, headline_measure, scores
from cxdesk.analysis.overview import Overview, OverviewSpec
from cxdesk.analysis.scores import Scores, ScoresSpec
from cxdesk.analysis.segments import Segments, SegmentsSpec
from cxdesk.analysis.trend import Trend, TrendSpec
from cxdesk.job import Unattended
from cxdesk.stats.multiple import benjamini_hochberg, holm
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.periods import Periods, calendar
from cxdesk.survey.selection import Between, Selection
from cxdesk.text import Unit
from tests.benchmarks.tables import MEASURES, MONTH, RATED, SEGMENTS, Key, Tables

NOW = Between("date", datetime.date(2025, 10, 1), datetime.date(2025, 12, 31))
BEFORE = Between("date", datetime.date(2025, 7, 1), datetime.date(2025, 9, 30))


@dataclass(frozen=True, slots=True)
class Rival:
    """Someone who brings all pages up to date, which is timed, and shows the tables behind them."""

    name: str
    refresh: Callable[[Selection], object]
    tables: Callable[[Selection], Tables]


def rivals(data: Dataset) -> tuple[Rival, ...]:
    """The product first, then its peers; each has loaded the survey in its own way."""
    from tests.benchmarks import tables_duckdb, tables_pandas, tables_polars

    tally = Tally(data)
    month = calendar(_days(data), Unit.MONTH)
    product = Rival("CX Desk", lambda selection: _pages(tally, selection), lambda s: _counted(tally, month, s))
    peers = (tables_pandas, tables_polars, tables_duckdb)
    return (product, *(_peer(peer.NAME, peer.counter(data, month), data) for peer in peers))


def differing(got: Tables, wanted: Tables) -> Key | None:
    """The first table that is not the same."""
    return next((key for key, table in wanted.items() if not np.array_equal(got[key], table)), None)


def timed(rival: Rival, selection: Selection) -> tuple[float, float]:
    """Seconds of one refresh, on the clock and of all processors together."""
    wall, processors = time.perf_counter(), time.process_time()
    rival.refresh(selection)
    return time.perf_counter() - wall, time.process_time() - processors


def _peer(name: str, count: Callable[[Selection, Selection, Selection], Tables], data: Dataset) -> Rival:
    def tables(selection: Selection) -> Tables:
        return count(selection, selection.replacing(NOW), selection.replacing(BEFORE))

    return Rival(name, lambda selection: _worked_out(tables(selection), data), tables)


def _pages(tally: Tally, selection: Selection) -> object:
    sample, rules, job = tally.sample(selection), Rules(), Unattended()
    both = tally.sample(selection.replacing(NOW), tally.sample(selection.replacing(BEFORE)))
    return (
        Overview().compute(sample, rules, OverviewSpec(), job),
        Scores().compute(sample, rules, ScoresSpec(), job),
        Segments().compute(sample, rules, SegmentsSpec("store", "recommend"), job),
        Trend().compute(sample, rules, TrendSpec(), job),
        Compare().compute(both, rules, CompareSpec(), job),
        Crosstab().compute(sample, rules, CrosstabSpec(), job),
    )


def _counted(tally: Tally, month: Periods, selection: Selection) -> Tables:
    """The tables as the product's pages see them, without "no answer"."""
    sample = tally.sample(selection)
    found: dict[Key, np.ndarray] = {("all", name): _answers(sample, name) for name in (*RATED, *SEGMENTS)}
    for measure in MEASURES:
        for name in SEGMENTS:
            found[name, measure] = sample.joint(measure, name)[:-1, :-1]
        found[MONTH, measure] = sample.within(measure, month.codes, month.size).people[:, :-1]
    found["all", "used"] = sample.ticked("used")[:, 1]
    channel, size = tally.dataset.codes("channel"), tally.dataset.question("channel").size
    found["channel", "used"] = sample.ticks_within("used", channel, size).people[:, :, 1]
    for side, condition in (("now", NOW), ("before", BEFORE)):
        part = tally.sample(selection.replacing(condition))
        found |= {(side, name): _answers(part, name) for name in (*RATED, *SEGMENTS)}
        found[side, "by channel"] = part.joint("recommend", "channel")[:-1, :-1]
    return found


def _answers(sample: Sample, name: str) -> np.ndarray:
    return sample.counts(name)[:-1]


def _worked_out(tables: Mapping[Key, np.ndarray], data: Dataset) -> object:
    """Scores with ranges, and tests with adjusted chances, from the tables: what every page has to do."""
    rules = Rules()
    found: list[object] = []
    chances: list[float | None] = []

    def tested(name: str, groups: np.ndarray, others: np.ndarray) -> list[float | None]:
        rule = headline_measure(data.question(name), rules)
        padded, rest = (np.pad(part, ((0, 0), (0, 1))) for part in (groups, others))
        found.append(scores(rule, padded, rules))
        return [None if gap is None else gap.p for gap in gaps(rule, padded, rest, rules)]

    for name in RATED:
        found.append(holm(tested(name, tables["now", name][None, :], tables["before", name][None, :])))
        rule = headline_measure(data.question(name), rules)
        found.append(scores(rule, np.append(tables["all", name], 0)[None, :], rules))
    for measure in MEASURES:
        everyone = tables["all", measure]
        for segment in SEGMENTS:
            chances += tested(measure, tables[segment, measure], everyone - tables[segment, measure])
        months = tables[MONTH, measure]
        found.append(holm(tested(measure, months[1:], months[:-1])))
    found.append(holm(tested("recommend", tables["now", "by channel"], tables["before", "by channel"])))
    return found, benjamini_hochberg(chances)


def _days(data: Dataset) -> np.ndarray:
    days = data.answers["date"].numbers
    assert days is not None
    return days
