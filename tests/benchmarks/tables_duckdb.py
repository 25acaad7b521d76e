"""The tables of all pages with DuckDB: one query with grouping sets for each of the three selections."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb
import numpy as np

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

_TICKED = ", ".join(f'count(*) FILTER ("{name}")' for name in TICKS)
_ALONE: tuple[tuple[str, ...], ...] = tuple((name,) for name in (*RATED, *SEGMENTS))
_PAIRS = tuple((by, measure) for measure in MEASURES for by in (*SEGMENTS, MONTH))


def counter(data: Dataset, month: Periods, threads: int) -> Callable[[Sides], Tables]:
    """The survey lies in memory as a table; segments are ENUMs and scores TINYINT."""
    base = duckdb.connect(config={"threads": threads})
    plain = plain_table(data, month)
    base.register("plain", plain)
    base.execute("CREATE TABLE survey AS SELECT * FROM plain")
    base.unregister("plain")
    wide = sizes(data, month)

    def count(sides: Sides) -> Tables:
        found: dict[Key, np.ndarray] = {}
        where = {"all": _where(data, sides.chosen), "now": _where(data, sides.now)}
        where["before"] = _where(data, sides.before)
        for side, kept in where.items():
            pairs = (*_PAIRS, (MONTH,)) if side == "all" else (("channel", "recommend"),)
            tables = _tables(base, (*_ALONE, *pairs), kept, wide)
            found |= {(side, name): tables[name,] for name in (*RATED, *SEGMENTS)}
            if side == "all":
                found |= {pair: tables[pair] for pair in _PAIRS} | {("all", MONTH): tables[MONTH,]}
                found |= _ticks(base, kept, wide["channel"])
            else:
                found[side, "by channel"] = tables["channel", "recommend"]
        store = data.question("store").options[sides.store]
        focus = _tables(base, [(name,) for name in FOCUSED], _and(where["all"], f"store = '{store}'"), wide)
        found |= {("focus", name): focus[name,] for name in FOCUSED}
        both = f"SELECT count(*) FROM survey{where['now']} AND id IN (SELECT id FROM survey{where['before']})"
        found["both", "people"] = np.array(base.execute(both).fetchone())
        return found | _linked(base, _and(where["all"], "complete"))

    return count


def _linked(base: duckdb.DuckDBPyConnection, where: str) -> dict[Key, np.ndarray]:
    """Rows are numbered first, so that only those of the people drawn are read."""
    rows = base.execute(f"SELECT rowid AS row FROM survey{where}").fetchnumpy()["row"]
    picked = rows[drawn(len(rows))]
    base.register("picked", {"place": np.arange(len(picked)), "row": picked})
    names = ", ".join(f'"{name}"' for name in LINKED)
    query = f"SELECT {names} FROM picked JOIN survey ON survey.rowid = picked.row ORDER BY place"
    people = base.execute(query).fetchnumpy().values()
    base.unregister("picked")
    return {("links", "people"): np.array([len(rows)]), ("links", "drawn"): np.column_stack(list(people))}


def _and(where: str, condition: str) -> str:
    return f"{where} AND {condition}" if where else f" WHERE {condition}"


def _tables(
    base: duckdb.DuckDBPyConnection, sets: Sequence[tuple[str, ...]], where: str, wide: dict[str, int]
) -> dict[tuple[str, ...], np.ndarray]:
    names = list(dict.fromkeys(name for each in sets for name in each))
    listed = ", ".join(f'"{name}"' for name in names)
    grouped = ", ".join("(" + ", ".join(f'"{name}"' for name in each) + ")" for each in sets)
    codes = ", ".join(f'enum_code("{name}")::INT' if name in SEGMENTS else f'"{name}"::INT' for name in names)
    query = f"SELECT GROUPING({listed}), count(*), {codes} FROM survey{where} GROUP BY GROUPING SETS ({grouped})"
    columns = [np.ma.filled(column, -1) for column in base.execute(query).fetchnumpy().values()]
    asked, people, *places = columns
    found = {}
    for each in sets:
        absent = sum(1 << (len(names) - 1 - place) for place, name in enumerate(names) if name not in each)
        at = [np.asarray(places[names.index(name)], dtype=np.int64) for name in each]
        rows = (asked == absent) & np.logical_and.reduce([place >= 0 for place in at])
        table = np.zeros(tuple(wide[name] for name in each), dtype=np.int64)
        table[tuple(place[rows] for place in at)] = people[rows]
        found[each] = table
    return found


def _ticks(base: duckdb.DuckDBPyConnection, where: str, channels: int) -> dict[Key, np.ndarray]:
    query = f"SELECT coalesce(enum_code(channel)::INT, -1), {_TICKED} FROM survey{where} GROUP BY channel"
    rows = np.array(base.execute(query).fetchall(), dtype=np.int64)
    table = np.zeros((channels + 1, len(TICKS)), dtype=np.int64)
    table[rows[:, 0]] = rows[:, 1:]  # -1, "no answer", is the last row
    return {("all", "used"): table.sum(axis=0), ("channel", "used"): table[:channels]}


def _where(data: Dataset, selection: Selection) -> str:
    kept = []
    for condition in selection.conditions:
        if isinstance(condition, OneOf):
            options = data.question(condition.question).options
            names = ", ".join(f"'{options[code]}'" for code in condition.codes if code < len(options))
            missing = f' OR "{condition.question}" IS NULL' if len(options) in condition.codes else ""
            kept.append(f'("{condition.question}" IN ({names}){missing})')
        else:
            assert isinstance(condition, Between)
            first, last = days_between(condition)
            kept.append(f"day BETWEEN {first} AND {last}")
    return f" WHERE {' AND '.join(kept)}" if kept else ""
