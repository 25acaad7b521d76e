"""Which tables a result sheet gets, in which order, and which charts belong to each.

A chart stands with the table that holds its numbers; without one it gets a table of its own beside it. A table whose
every number stands in a larger one of the same page is left out: on paper nobody needs both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.figure import Figure, Mix
from cxdesk.blocks.section import Block
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.render.excel.from_tables import mix_chart, mix_table, table_charts
from cxdesk.render.excel.plots import holds
from cxdesk.render.excel.tables import TablePlace, drawn_columns
from cxdesk.render.flat import FlatTable, flatten
from cxdesk.text import Label, Text, Translator, say

_SLIM = 4
"""Tables of up to this many columns leave room for their chart beside them."""

_NUMBERS = frozenset({ColumnType.NUMBER, ColumnType.RANGE, ColumnType.GAP})


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the sheet with the charts that stand below it (or beside it, if it was made for one chart).

    ``remarks`` is the small print of tables that this one repeats and that were left out.
    """

    table: Table
    flat: FlatTable
    charts: tuple[Chart, ...]
    beside: bool = False
    remarks: tuple[Text, ...] = ()


def parts_of(blocks: Sequence[Block], translator: Translator) -> list[Part]:
    """The tables of the sheet with their charts."""
    figures = [block for block in blocks if isinstance(block, Figure)]
    homes: list[_Home] = [_Home(_figures_table(figures), [])] if figures else []
    tables = [block for block in blocks if isinstance(block, Table) and block.rows]
    larger = {table.key: _larger(table, tables) for table in tables}
    for block in blocks:
        if isinstance(block, Table) and block.rows and larger[block.key] is None:
            homes.append(_Home(block, table_charts(block), remarks=_remarks(block, tables, larger)))
        elif isinstance(block, Mix):
            homes.append(_Home(mix_table(block), [mix_chart(block)]))
    for chart in (block for block in blocks if isinstance(block, Chart)):
        # Of several tables with its numbers, the one that the chart is named after.
        near = sorted(homes, key=lambda one: not chart.key.startswith(f"{one.table.key}_"))
        home = next((one for one in near if not one.own and _holds(one.table, chart, translator)), None)
        if home is None:
            homes.append(_Home(chart.as_table(), [chart], own=True))
        elif not any(other.kind is chart.kind and _same_numbers(other, chart) for other in home.charts):
            home.charts.append(chart)
    return [_made(home, translator) for home in homes]


@dataclass(slots=True)
class _Home:
    """A table while its charts are gathered; ``own`` if it was made from a chart."""

    table: Table
    charts: list[Chart]
    own: bool = False
    remarks: tuple[Text, ...] = ()


def _made(home: _Home, translator: Translator) -> Part:
    flat = flatten(home.table, translator, behind=True)
    charts = tuple(home.charts)
    slim = drawn_columns(flat) <= _SLIM and len(charts) == 1 and charts[0].kind in {ChartKind.COLUMNS, ChartKind.BARS}
    return Part(home.table, flat, charts, home.own or slim, home.remarks)


def _larger(table: Table, tables: Sequence[Table]) -> str | None:
    """The key of a wider table with the same rows and all numbers of this one."""
    keys = [row.key for row in table.rows]
    for other in tables:
        if len(other.columns) <= len(table.columns) or [row.key for row in other.rows] != keys:
            continue
        pairs = zip(table.rows, other.rows, strict=True)
        wanted = [(_numbers(table, row), _numbers(other, there)) for row, there in pairs]
        if any(own for own, _ in wanted) and all(own <= there for own, there in wanted):
            return other.key
    return None


def _numbers(table: Table, row: TableRow) -> set[object]:
    """What the number columns of a row say."""
    cells = (cell for column, cell in zip(table.columns, row.cells, strict=True) if column.type in _NUMBERS)
    return {(cell.value, cell.low, cell.high, cell.format) for cell in cells}


def _remarks(table: Table, tables: Sequence[Table], larger: dict[str, str | None]) -> tuple[Text, ...]:
    small = (other.legend for other in tables if larger[other.key] == table.key)
    return tuple(text for text in small if text is not None)


def _holds(table: Table, chart: Chart, translator: Translator) -> bool:
    flat = flatten(table, translator, behind=True)
    place = TablePlace(flat, 0, tuple(range(len(flat.columns))), len(flat.columns), len(flat.columns))
    return holds(place, chart, translator)


def _same_numbers(one: Chart, other: Chart) -> bool:
    return [series.values for series in one.series] == [series.values for series in other.series]


def _figures_table(figures: Sequence[Figure]) -> Table:
    """The key numbers of a page as a table: measure, value, range, what stands below the number."""
    columns: list[TableColumn] = [
        TableColumn("measure", say("Measure"), ColumnType.NAME),
        TableColumn("value", say("Value")),
        TableColumn("range", say("Range"), ColumnType.RANGE),
        TableColumn("change", say("Change"), ColumnType.GAP),
        TableColumn("note", say("Note"), ColumnType.TEXT),
    ]
    rows = []
    for figure in figures:
        notes: Label = ""
        for caption in (*((figure.chip,) if figure.chip else ()), *figure.captions):
            notes = caption if notes == "" else say("{first} · {second}", first=notes, second=caption)
        ends = Cell(None, figure.cell.format, low=figure.cell.low, high=figure.cell.high)
        rows.append(
            TableRow(figure.key, (Cell(figure.title), figure.cell, ends, figure.change or Cell(None), Cell(notes)))
        )
    used = [
        True,
        True,
        any(cells[2].low is not None for cells in _cells(rows)),
        any(figure.change is not None for figure in figures),
        any(cells[4].value for cells in _cells(rows)),
    ]
    kept = [index for index, wanted in enumerate(used) if wanted]
    return Table(
        "figures",
        say("Key numbers"),
        tuple(columns[index] for index in kept),
        tuple(replace(row, cells=tuple(row.cells[index] for index in kept)) for row in rows),
    )


def _cells(rows: list[TableRow]) -> list[tuple[Cell, ...]]:
    return [row.cells for row in rows]
