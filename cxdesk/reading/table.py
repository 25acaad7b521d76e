"""Cuts the columns of the answers out of the sheet: without titles, headers, empty rows and totals, coded compactly."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.grid import Grid, GridColumn
from cxdesk.reading.layout import Layout
from cxdesk.survey.dataset import Column, Words

_FEW_RUNS = 64


def cut_columns(grid: Grid, layout: Layout) -> list[Column]:
    """The columns of the table; their cell texts are those that occur in the rows of answers."""
    everything = len(layout.rows) == grid.rows
    return [_cut(grid, layout, place, column, everything) for place, column in enumerate(grid.columns)]


def headers_of(grid: Grid, layout: Layout, place: int) -> tuple[str, ...]:
    """The header texts of a column: its rows of headers, or name and label from a code book, or "Column 1"."""
    column = grid.columns[place]
    if grid.coded:
        return (column.name, column.label) if column.label else (column.name,)
    if not layout.header_rows:
        return (f"Column {place + 1}",) if column.codes.any() else ("",)
    return tuple(grid.cell(row, place) for row in layout.header_rows)


def _cut(grid: Grid, layout: Layout, place: int, column: GridColumn, everything: bool) -> Column:
    codes = column.codes if everything else column.codes[layout.rows]
    used = np.bincount(codes, minlength=len(column.values)) > 0
    used[0] = True
    values = column.values
    if not used.all():
        values = chosen(values, used)
        codes = (np.cumsum(used, dtype=np.int64) - 1).astype(_narrow(len(values))).take(codes)
    return Column(
        place,
        headers_of(grid, layout, place),
        codes.astype(_narrow(len(values)), copy=False),
        values,
        column.labels,
        column.missing,
    )


def chosen(words: Words, keep: NDArray[np.bool_]) -> Words:
    """Some of many strings, without decoding them."""
    starts = np.concatenate([[0], words.ends[:-1]])
    lengths = words.ends - starts
    first, after = np.flatnonzero(np.diff(keep, prepend=False, append=False)).reshape(-1, 2).T
    if len(first) <= _FEW_RUNS:  # often nothing but the header is left out
        runs = [words.data[starts[one] : words.ends[other - 1]] for one, other in zip(first, after, strict=True)]
        data = np.concatenate([words.data[:0], *runs])
    else:
        data = words.data[np.repeat(keep, lengths)]
    return Words(data, np.cumsum(lengths[keep], dtype=np.int64))


def _narrow(distinct: int) -> Any:
    return np.uint8 if distinct <= 256 else np.uint16 if distinct <= 65536 else np.uint32
