"""The tables of all pages with DuckDB: one query with grouping sets for each of the three selections."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb
import numpy as np

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.periods import Periods
from cxdesk.survey.selection import Between, OneOf, Selection
from tests.benchmarks.tables import MEASURES, MONTH, RATED, SEGMENTS, TICKS, Key, Tables, plain_table, sizes
from tests.benchmarks.tables_pandas import days_between

NAME = "DuckDB"
_TICKED = ", ".join(f'count(*) FILTER ("{name}")' for name in TICKS)
_ALONE: tuple[tuple[str, ...], ...] = tuple((name,) for name in (*RATED, *SEGMENTS))
_PAIRS = tuple((by, measure) for measure in MEASURES for by in (*SEGMENTS, MONTH))


def counter(data: Dataset, month: Periods) -> Callable[[Selection, Selection, Selection], Tables]:
    """The survey lies in memory as a table; segments are ENUMs and scores TINYINT."""
    base = duckdb.connect()
    plain = plain_table(data, month)
    base.register("plain", plain)
    base.execute("CREATE TABLE survey AS SELECT * FROM plain")
    base.unregister("plain")
    wide = sizes(data) | {MONTH: month.size}

    def count(selection: Selection, now: Selection, before: Selection) -> Tables:
        found: dict[Key, np.ndarray] = {}
        sides = {"all": (selection, _PAIRS), "now": (now, (("channel", "recommend"),))}
        sides["before"] = (before, (("channel", "recommend"),))
        for side, (chosen, pairs) in sides.items():
            where = _where(data, chosen)
            tables = _tables(base, (*_ALONE, *pairs), where, wide)
            found |= {(side, name): tables[name,] for name in (*RATED, *SEGMENTS)}
            if side == "all":
                found |= {pair: tables[pair] for pair in pairs}
                found |= _ticks(base, where, wide["channel"])
            else:
                found[side, "by channel"] = tables["channel", "recommend"]
        return found

    return count


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
