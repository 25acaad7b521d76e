"""The tables of all pages with polars: lazy queries for all tables, collected together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

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
from tests.benchmarks.tables_pandas import days_between


def counter(data: Dataset, month: Periods) -> Callable[[Sides], Tables]:
    """Segments are enums. The kept rows are made once per selection, then all tables are counted from them."""
    plain = plain_table(data, month)
    frame = pl.DataFrame(
        {name: plain[name].to_numpy() for name in (MONTH, "day", "id", "complete", *TICKS)}
    ).with_columns(
        *(_coded(name, plain[name].fillna(-1).to_numpy(dtype=np.int8)) for name in RATED),
        *(_enum(_coded(name, plain[name].cat.codes.to_numpy()), data.question(name).options) for name in SEGMENTS),
    )
    wide = sizes(data, month)

    def count(sides: Sides) -> Tables:
        chosen = {"all": sides.chosen, "now": sides.now, "before": sides.before}
        kept = dict(zip(chosen, pl.collect_all([_filtered(frame.lazy(), data, each) for each in chosen.values()])))  # noqa: B905
        queries: dict[Key, pl.LazyFrame] = {}
        for side, part in kept.items():
            queries |= {(side, name): part.lazy().group_by(name).len() for name in (*RATED, *SEGMENTS)}
        rows = kept["all"].lazy()
        queries["all", MONTH] = rows.group_by(MONTH).len()
        for measure in MEASURES:
            queries |= {(name, measure): rows.group_by(name, measure).len() for name in (*SEGMENTS, MONTH)}
        queries["all", "used"] = rows.select(pl.col(TICKS).sum())
        queries["channel", "used"] = rows.group_by("channel").agg(pl.col(TICKS).sum())
        for side in ("now", "before"):
            queries[side, "by channel"] = kept[side].lazy().group_by("channel", "recommend").len()
        queries["both", "people"] = kept["now"].lazy().select(pl.col("id").is_in(kept["before"]["id"].implode()).sum())
        focus = rows.filter(pl.col("store") == data.question("store").options[sides.store])
        queries |= {("focus", name): focus.group_by(name).len() for name in FOCUSED}
        queries["links", "complete"] = rows.select(pl.col("complete").arg_true())
        found = dict(zip(queries, pl.collect_all(list(queries.values())), strict=True))
        complete = found.pop(("links", "complete")).to_series()
        people = kept["all"].select(LINKED)[complete.gather(drawn(len(complete)))]
        linked = {("links", "people"): np.array([len(complete)]), ("links", "drawn"): people.to_numpy()}
        return {key: _dense(key, table, wide) for key, table in found.items()} | linked

    return count


def _coded(name: str, codes: np.ndarray) -> pl.Series:
    return pl.Series(name, codes).replace(-1, None)


def _enum(codes: pl.Series, options: tuple[str, ...]) -> pl.Series:
    return codes.cast(pl.UInt8 if len(options) < 256 else pl.UInt16).cat.to(pl.Enum(options))


def _dense(key: Key, table: pl.DataFrame, wide: dict[str, int]) -> np.ndarray:
    """Counts as a table with a place for every answer; people without one are left out."""
    if key in {("all", "used"), ("both", "people")}:
        return np.asarray(table.to_numpy()[0], dtype=np.int64)
    by = table.columns[:-1] if "len" in table.columns else ["channel"]
    table = table.drop_nulls(by)
    places = tuple(table[name].to_physical().to_numpy().astype(np.int64) for name in by)
    if key == ("channel", "used"):
        dense = np.zeros((wide["channel"], len(TICKS)), dtype=np.int64)
        dense[places[0]] = table.select(TICKS).to_numpy()
        return dense
    dense = np.zeros(tuple(wide[name] for name in by), dtype=np.int64)
    dense[places] = table["len"].to_numpy()
    return dense


def _filtered(rows: pl.LazyFrame, data: Dataset, selection: Selection) -> pl.LazyFrame:
    for condition in selection.conditions:
        if isinstance(condition, OneOf):
            options = data.question(condition.question).options
            column = pl.col(condition.question)
            keep = column.is_in(pl.Series([options[code] for code in condition.codes if code < len(options)],
                                          dtype=pl.Enum(options)).implode())  # fmt: skip
            rows = rows.filter(keep | column.is_null() if len(options) in condition.codes else keep)
        else:
            assert isinstance(condition, Between)
            rows = rows.filter(pl.col("day").is_between(*days_between(condition)))
    return rows
