"""The charts that tables ask for: bars with their range from DOTS columns, 100 % bars from SPLIT columns and mixes."""

from __future__ import annotations

import math

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.figure import Mix
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Cell, ColumnType, Mark, Share, Table, TableColumn, TableRow
from cxdesk.survey.base import BaseLevel
from cxdesk.text import Format, Label, Text, say

MOST_BARS = 40
"""Tables with more rows get no chart: nobody can read one."""


def table_charts(table: Table) -> list[Chart]:
    """The charts that a table's DOTS and SPLIT columns become: bars with their range, and 100 % bars."""
    rows = [row for row in table.rows if row.cells]
    if not 2 <= len(rows) <= MOST_BARS:
        return []
    charts = []
    for index, column in enumerate(table.columns):
        if column.type is ColumnType.DOTS:
            charts.append(_dots(table, index, rows))
        elif column.type is ColumnType.SPLIT:
            charts.append(_split(table, index, rows))
    return [chart for chart in charts if any(value is not None for value in chart.series[0].values)]


def mix_table(mix: Mix) -> Table:
    """The numbers of a Mix as a table: detractors, passives and promoters in one row, and before it those before."""
    parts = (mix.detractors, mix.passives, mix.promoters)
    tones = (Tone.DETRACTOR, Tone.PASSIVE, Tone.PROMOTER)
    keys = ("detractors", "passives", "promoters")
    columns = (
        TableColumn("name", "", ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn(
            "mix", mix.title, ColumnType.SPLIT, tuple((part.name, t) for part, t in zip(parts, tones, strict=True))
        ),
        *(TableColumn(key, part.name, ColumnType.COUNT_BEHIND) for key, part in zip(keys, parts, strict=True)),
    )
    rows = [] if mix.before is None else [_mix_row("before", mix.before, keys)]
    return Table(mix.key, mix.title, columns, (*rows, _mix_row("all", mix, keys)))


def mix_chart(mix: Mix) -> Chart:
    """A Mix as a 100 % bar."""
    table = mix_table(mix)
    return _split(table, 2, list(table.rows))


def _mix_row(key: str, mix: Mix, keys: tuple[str, ...]) -> TableRow:
    parts = (mix.detractors, mix.passives, mix.promoters)
    shares = tuple(
        Cell(part.count / mix.n if mix.n else None, Format.PERCENT, derivation=Share(("", name), ("", "n")))
        for name, part in zip(keys, parts, strict=True)
    )
    cells = (
        Cell(mix.label or say("All")),
        Cell(mix.n, Format.COUNT),
        Cell(None, parts=shares),
        *(Cell(part.count, Format.COUNT) for part in parts),
    )
    return TableRow(key, cells)


def _dots(table: Table, index: int, rows: list[TableRow]) -> Chart:
    column = table.columns[index]
    cells = [row.cells[index] for row in rows]
    values = tuple(_value(cell) for cell in cells)
    series = Series(
        column.title,
        values,
        tuple(_tone(row) for row in rows),
        tuple(cell.low if value is not None else None for cell, value in zip(cells, values, strict=True)),
        tuple(cell.high if value is not None else None for cell, value in zip(cells, values, strict=True)),
        tuple(row.level in _FAINT_LEVELS for row in rows),
    )
    form = next((cell.format for cell in cells if cell.format is not None), Format.GENERAL)
    everyone = next((row for row in rows if row.total), None)
    value = _plain_title(table, index)
    named = isinstance(table.title, Text) and value in (part for _, part in table.title.params)
    return Chart(
        f"{table.key}:{column.key}",
        say("{title}, line = range", title=table.title)
        if named
        else say("{title}: {value}, line = range", title=table.title, value=value),
        ChartKind.DOTS,
        tuple(_name(row) for row in rows),
        (series,),
        form,
        Text(""),
        None if everyone is None else next((cell.base for cell in everyone.cells if cell.base is not None), None),
        # The axis shows where zero is; the line is for a score of everyone.
        reference=column.reference or None,
        span=column.span,
    )


def _plain_title(table: Table, index: int) -> Label:
    """The heading of the plain column that holds the numbers of a DOTS column, as a number with a range is written."""
    values = [_value(row.cells[index]) for row in table.rows]
    for number, column in enumerate(table.columns):
        cells = [row.cells[number] for row in table.rows]
        if column.type in _PLAIN and all(_agrees(cell, value) for cell, value in zip(cells, values, strict=True)):
            return column.title
    return table.columns[index].title


def _agrees(cell: Cell, value: float | None) -> bool:
    """Whether a plain cell holds a value of a DOTS column, in which differences of shares are points."""
    own = _value(cell)
    if value is None or own is None:
        return value is None
    factor = 100.0 if cell.format is Format.PERCENT_GAP else 1.0
    return math.isclose(factor * own, value, rel_tol=1e-9, abs_tol=1e-9)


def _split(table: Table, index: int, rows: list[TableRow]) -> Chart:
    column = table.columns[index]
    series = tuple(
        Series(name, tuple(_part(row.cells[index], number) for row in rows), (tone,))
        for number, (name, tone) in enumerate(column.parts)
    )
    title = column.title if isinstance(column.title, Text) and column.title.msgid else table.title
    key = f"{table.key}:{column.key}"
    return Chart(key, title, ChartKind.SPLIT, tuple(_name(row) for row in rows), series, Format.PERCENT, Text(""))


_PLAIN = frozenset({ColumnType.NUMBER, ColumnType.GAP})
_FAINT_LEVELS = frozenset({BaseLevel.SMALL, BaseLevel.UNTESTED, BaseLevel.HIDDEN})


def _name(row: TableRow) -> str | Text:
    value = row.cells[0].value
    return value if isinstance(value, str | Text) else ""


def _value(cell: Cell) -> float | None:
    return cell.value if isinstance(cell.value, int | float) else None


def _part(cell: Cell, number: int) -> float | None:
    return _value(cell.parts[number]) if number < len(cell.parts) else None


def _tone(row: TableRow) -> Tone:
    if row.total:
        return Tone.ACCENT
    marks = {cell.mark for cell in row.cells}
    if Mark.ABOVE in marks:
        return Tone.PROMOTER
    return Tone.DETRACTOR if Mark.BELOW in marks else Tone.FAINT
