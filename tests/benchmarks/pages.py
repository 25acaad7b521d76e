"""All pages after a filter change: the product against pandas, polars and DuckDB that count the same tables.

The product's time is that of `compute` of six pages: Overview, Scores, Segments of 300 stores, Trend, Compare of two
quarters and Crosstab. The peers count every table that these pages stand on, each in its own way and all at once:
answers of every question, three scores by six segments and by month, the topics of the store that stands out, answers
of both quarters and who is in both, several answers by channel, and the answers of the people whose links are looked
at. From the tables on, everybody uses the product's formulas (`worked_out`), so only the way to the tables differs.
What does not depend on the filter is made before the clock for all; who an earlier filter kept is forgotten. Tables are
compared outside the clock.

Not among them: Drivers, which have a benchmark of their own; Operations, for which the survey has no columns; and the
pages about single answers and texts (Comments, Follow-up, Journey, Quality), which are no tables of counts.
"""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cxdesk.analysis.compare import Compare, CompareSpec
from cxdesk.analysis.crosstab import Crosstab
from cxdesk.analysis.crosstab_values import CrosstabSpec
from cxdesk.analysis.groups import split
from cxdesk.analysis.measure import headline_measure
from cxdesk.analysis.overview import Overview, OverviewSpec
from cxdesk.analysis.scores import Scores, ScoresSpec
from cxdesk.analysis.segments import Segments, SegmentsSpec, standing_out
from cxdesk.analysis.trend import Trend, TrendSpec
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.matching import Masks
from cxdesk.survey.periods import Periods, calendar
from cxdesk.survey.selection import Between, OneOf, Selection
from cxdesk.text import Unit
from tests.benchmarks.pages_worked_out import worked_out
from tests.benchmarks.tables import (
    FOCUSED,
    LINKED,
    MEASURES,
    MONTH,
    RATED,
    SEGMENTS,
    Key,
    Sides,
    Tables,
    drawn,
)

NOW = Between("date", datetime.date(2025, 10, 1), datetime.date(2025, 12, 31))
BEFORE = Between("date", datetime.date(2025, 7, 1), datetime.date(2025, 9, 30))
_EARLY = Between("date", datetime.date(2020, 1, 1), datetime.date(2020, 1, 2))


@dataclass(frozen=True, slots=True)
class Rival:
    """Someone who brings all pages up to date, which is timed, and shows the tables behind them.

    ``forget`` is called before the clock starts.
    """

    name: str
    refresh: Callable[[Sides], object]
    tables: Callable[[Sides], Tables]
    forget: Callable[[], None]


def rivals(data: Dataset, threads: int) -> tuple[Rival, ...]:
    """The product first, then its peers; each has loaded the survey in its own way.

    The product and pandas count with one thread, polars and DuckDB with ``threads``. polars reads that once a process.
    """
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    from tests.benchmarks import tables_duckdb, tables_pandas, tables_polars

    tally = Tally(data)
    month = calendar(_days(data), Unit.MONTH)

    def forget() -> None:
        tally.masks = Masks(data)
        # Days as whole numbers do not depend on the filter; the peers' tables hold them too.
        tally.masks.mask(_EARLY)

    product = Rival("CX Desk", lambda sides: _pages(tally, sides), lambda s: _counted(tally, month, s), forget)
    return (
        product,
        _peer("pandas", tables_pandas.counter(data, month, tuned=False), data),
        _peer("pandas, tuned", tables_pandas.counter(data, month, tuned=True), data),
        _peer("polars", tables_polars.counter(data, month), data),
        _peer("DuckDB", tables_duckdb.counter(data, month, threads), data),
    )


def sides_of(data: Dataset, selection: Selection) -> Sides:
    """Who is looked at, both quarters, and the store that stands out."""
    rule = headline_measure(data.question("recommend"), Rules())
    out = standing_out(split(Sample(data, selection), data.question("store"), rule, Rules()))
    if out is None:
        raise SystemExit("no store stands out: take more respondents")
    return Sides(selection, selection.replacing(NOW), selection.replacing(BEFORE), out.code)


def differing(got: Tables, wanted: Tables) -> Key | None:
    """The first table that is not the same."""
    return next((key for key, table in wanted.items() if not np.array_equal(got[key], table)), None)


def timed(rival: Rival, sides: Sides) -> tuple[float, float]:
    """Seconds of one refresh, on the clock and of all processors together."""
    rival.forget()
    wall, processors = time.perf_counter(), time.process_time()
    rival.refresh(sides)
    return time.perf_counter() - wall, time.process_time() - processors


def _peer(name: str, count: Callable[[Sides], Tables], data: Dataset) -> Rival:
    return Rival(name, lambda sides: worked_out(count(sides), data), count, lambda: None)


def _pages(tally: Tally, sides: Sides) -> tuple[object, ...]:
    sample, rules, job = tally.sample(sides.chosen), Rules(), Unattended()
    both = tally.sample(sides.now, tally.sample(sides.before))
    return (
        Overview().compute(sample, rules, OverviewSpec(), job),
        Scores().compute(sample, rules, ScoresSpec(), job),
        Segments().compute(sample, rules, SegmentsSpec("store", "recommend"), job),
        Trend().compute(sample, rules, TrendSpec(), job),
        Compare().compute(both, rules, CompareSpec(), job),
        Crosstab().compute(sample, rules, CrosstabSpec(), job),
    )


def _counted(tally: Tally, month: Periods, sides: Sides) -> Tables:
    """The tables as the product's pages see them, without "no answer"."""
    sample, data = tally.sample(sides.chosen), tally.dataset
    found: dict[Key, np.ndarray] = {("all", name): _answers(sample, name) for name in (*RATED, *SEGMENTS)}
    found["all", MONTH] = sample.sizes(month.codes, month.size, month.known_by)
    for measure in MEASURES:
        for name in SEGMENTS:
            found[name, measure] = sample.joint(measure, name)[:-1, :-1]
        found[MONTH, measure] = sample.within(measure, month.codes, month.size, month.known_by).people[:, :-1]
    every, channel = tuple(range(data.question("used").size)), data.question("channel")
    ticks, ticked = sample.ticked("used"), sample.any_ticked("used", every).people
    found["all", "used"] = np.array([*ticks[:, 1], ticked[1], ticked[:2].sum()])
    groups = (data.codes("channel"), channel.size, "channels")
    apart, together = sample.ticks_within("used", *groups).people, sample.any_within("used", every, *groups).people
    found["channel", "used"] = np.column_stack((apart[:, :, 1], together[:, 1], together[:, :2].sum(axis=1)))
    parts = {"now": tally.sample(sides.now), "before": tally.sample(sides.before)}
    for side, part in parts.items():
        found |= {(side, name): _answers(part, name) for name in (*RATED, *SEGMENTS)}
        found[side, "by channel"] = part.joint("recommend", "channel")[:-1, :-1]
    ids = data.columns[data.question("response id").columns[0]].codes
    found["both", "people"] = np.array([np.isin(parts["now"].take(ids), parts["before"].take(ids)).sum()])
    focus = sample.narrowed(OneOf("store", (sides.store,)))
    found |= {("focus", name): _answers(focus, name) for name in FOCUSED}
    complete = sample.places(np.logical_and.reduce([data.codes(name) != data.question(name).size for name in LINKED]))
    found["links", "people"] = np.array([len(complete)])
    people = complete[drawn(len(complete))]
    found["links", "drawn"] = np.column_stack([data.codes(name).take(people) for name in LINKED])
    return found


def _answers(sample: Sample, name: str) -> np.ndarray:
    return sample.counts(name)[:-1]


def _days(data: Dataset) -> np.ndarray:
    days = data.answers["date"].numbers
    assert days is not None
    return days
