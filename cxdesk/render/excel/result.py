"""Lays out a result sheet: the answer on top, tables with their charts below it, notes in small print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.figure import Figure, Mix
from cxdesk.blocks.note import Empty, Findings, Note, NoteLevel
from cxdesk.blocks.section import Block
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.render.excel import styles
from cxdesk.render.excel.cells import LEFT, Canvas, heading_block
from cxdesk.render.excel.measure import column_pixels
from cxdesk.render.excel.model import SheetModel
from cxdesk.render.excel.plots import (
    Plot,
    find_ranges,
    mix_chart,
    mix_table,
    placed,
    table_charts,
    with_range,
)
from cxdesk.render.excel.tables import HEADER_HEIGHT, TablePlace, drawn_columns, place_table, widen_for
from cxdesk.render.flat import FlatTable, flatten
from cxdesk.report.report import Sheet
from cxdesk.text import Label, Text, Translator, say

PAGE_ROOM = 132.0
"""The width of a landscape page in digits: sheets are at least this wide, so that they print at full size."""

_PAGE_WIDTH, _PAGE_HEIGHT = 715.0, 495.0
"""What A4 and Letter, lying, both hold between the margins, in points."""

_ROW = 19.0
_PLAIN_ROW = 15.0
_SLIM = 4
"""Tables of up to this many columns leave room for their chart beside them."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A finished sheet and where its tables stand, by the key of the table."""

    sheet: SheetModel
    places: dict[str, TablePlace]


@dataclass(frozen=True, slots=True)
class _Part:
    """One table of the sheet with the charts that stand below it (or beside it, if it was made for one chart)."""

    table: Table
    flat: FlatTable
    charts: tuple[Chart, ...]
    beside: bool = False


def result_sheet(sheet: Sheet, tab: str, back: tuple[Text, str] | None, translator: Translator) -> LaidOut:
    """Lay out a section of tables and charts. ``back`` is the words and the target of the link to the first sheet."""
    canvas = Canvas(sheet.key, tab)
    section = sheet.section
    parts = _parts(section.blocks(), translator)
    for part in parts:
        widen_for(canvas, part.flat)
    end = max([LEFT + drawn_columns(part.flat) for part in parts], default=LEFT + 1)
    while canvas.room(LEFT, end) < PAGE_ROOM:
        canvas.widen(end, min(11.0, max(2.0, PAGE_ROOM - canvas.room(LEFT, end))))
        end += 1
    room = canvas.room(LEFT, end)
    link = None if back is None else (translator(back[0]), back[1])
    row = heading_block(canvas, translator(section.headline), translator(section.base_line), link, room)
    start = row
    places: dict[str, TablePlace] = {}
    for block in section.blocks():
        row = _words(canvas, block, row, end, translator)
    alone = len(parts) == 1
    for number, part in enumerate(parts):
        if number:
            _break_before(canvas, row, part, end)
        row, place = _part(canvas, part, row, end, translator, titled=not alone)
        places[part.table.key] = place
    first = places[parts[0].table.key] if parts else None
    single = alone and first is not None and row > start
    freeze = (first.first, LEFT + 1) if single and first is not None else (start, 0)
    model = canvas.model(
        last_row=row,
        last_column=end,
        freeze=freeze,
        repeat=(0, first.header) if single and first is not None else None,
    )
    return LaidOut(model, places)


def _parts(blocks: Sequence[Block], translator: Translator) -> list[_Part]:
    """Which tables the sheet gets, in order, and which charts belong to each."""
    figures = [block for block in blocks if isinstance(block, Figure)]
    tables: list[Table] = [_figures_table(figures)] if figures else []
    loose: list[Chart] = []
    order: list[tuple[Table, list[Chart], bool]] = [(table, [], False) for table in tables]
    for block in blocks:
        if isinstance(block, Table) and block.rows:
            order.append((block, table_charts(block), False))
        elif isinstance(block, Mix):
            order.append((mix_table(block), [mix_chart(block)], False))
        elif isinstance(block, Chart):
            loose.append(block)
    for chart in loose:
        home = next((item for item in order if not item[2] and _holds(item[0], chart, translator)), None)
        if home is None:
            order.append((chart.as_table(), [chart], True))
        elif not any(other.kind is chart.kind and _same_numbers(other, chart) for other in home[1]):
            home[1].append(chart)
    return [_made(table, charts, own=own, translator=translator) for table, charts, own in order]


def _made(table: Table, charts: list[Chart], *, own: bool, translator: Translator) -> _Part:
    flat = flatten(table, translator, behind=True)
    slim = drawn_columns(flat) <= _SLIM and len(charts) == 1 and charts[0].kind in {ChartKind.COLUMNS, ChartKind.BARS}
    return _Part(table, flat, tuple(charts), own or slim)


def _holds(table: Table, chart: Chart, translator: Translator) -> bool:
    flat = flatten(table, translator, behind=True)
    place = TablePlace(flat, 0, tuple(range(len(flat.columns))), len(flat.columns), len(flat.columns))
    return find_ranges(chart, [place], translator) is not None


def _same_numbers(one: Chart, other: Chart) -> bool:
    return [series.values for series in one.series] == [series.values for series in other.series]


def _figures_table(figures: Sequence[Figure]) -> Table:
    """The key numbers of a page as a table: measure, value, range, what stands below the number."""
    columns: list[TableColumn] = [
        TableColumn("measure", say("Measure"), ColumnType.NAME),
        TableColumn("value", say("Value")),
        TableColumn("range", say("Range"), ColumnType.RANGE),
        TableColumn("note", say("Note"), ColumnType.TEXT),
    ]
    rows = []
    for figure in figures:
        notes: Label = ""
        for caption in (*((figure.chip,) if figure.chip else ()), *figure.captions):
            notes = caption if notes == "" else say("{first} · {second}", first=notes, second=caption)
        low, high = figure.cell.low, figure.cell.high
        cells = (Cell(figure.title), figure.cell, Cell(None, figure.cell.format, low=low, high=high), Cell(notes))
        rows.append(TableRow(figure.key, cells))
    used = [True, True, any(cells[2].low is not None for cells in _cells(rows)), any(c[3].value for c in _cells(rows))]
    kept = [index for index, wanted in enumerate(used) if wanted]
    return Table(
        "figures",
        say("Key numbers"),
        tuple(columns[index] for index in kept),
        tuple(replace(row, cells=tuple(row.cells[index] for index in kept)) for row in rows),
    )


def _cells(rows: list[TableRow]) -> list[tuple[Cell, ...]]:
    return [row.cells for row in rows]


def _words(canvas: Canvas, block: Block, row: int, end: int, translator: Translator) -> int:
    """Write notices, findings and empty states; return the next free row."""
    room = canvas.room(LEFT, end)
    match block:
        case Note(level, title, text):
            style = styles.WARNING_LINE if level is NoteLevel.WARN else styles.INFORMATION_LINE
            row = canvas.lines(row, translator(title), replace(style, bold=True), room)
            return canvas.lines(row, translator(text), style, room) + 1
        case Empty(title, text):
            row = canvas.lines(row, translator(title), styles.PLAIN_HEADING, room)
            return canvas.lines(row, translator(text), styles.BASE_LINE, room) + 1
        case Findings():
            for finding in block.lines:
                line = translator(say("{lead} {text}", lead=finding.lead, text=finding.text))
                row = canvas.lines(row, line, styles.BASE_LINE, room)
            if not block.lines:
                row = canvas.lines(row, translator(block.nothing), styles.BASE_LINE, room)
            return row + 1
        case _:
            return row


def _part(
    canvas: Canvas, part: _Part, row: int, end: int, translator: Translator, *, titled: bool
) -> tuple[int, TablePlace]:
    """Write a table with its title, small print and charts; return the next free row and where the table stands."""
    table = part.table
    if titled:
        room = canvas.room(LEFT, end)
        heading = row
        row = canvas.lines(row, translator(table.title), styles.PLAIN_HEADING, room)
        canvas.height(heading, 24)
    behind_at = end + 1
    place = place_table(canvas, part.flat, row, behind_at)
    below = place.last + 1
    room = canvas.room(LEFT, end)
    beside_at = place.end
    for small in (table.subtitle, table.legend):
        if small is not None and not (part.beside and small is table.subtitle):
            below = canvas.lines(below, translator(small), styles.NOTE, room)
    helpers_at = place.behind_end + (1 if place.behind_end > behind_at else 0)
    plots = []
    for chart in part.charts:
        found = find_ranges(chart, [place], translator)
        if found is not None:
            plots.append(with_range(found[1], canvas, place, translator, helpers_at))
            helpers_at += 2 * sum(bool(series.low) for series in chart.series)
    if part.beside and plots and end - beside_at >= 2:
        rows = _rows_beside(part)
        canvas.charts.append(placed(canvas, plots[0], translator, place.header, beside_at, rows, end - beside_at))
        below = max(below, place.header + rows)
        return _chart_notes(canvas, plots[0].chart, below, room, translator) + 1, place
    for start in range(0, len(plots), 2):
        below = _beside_each_other(canvas, plots[start : start + 2], below + 1, end, translator)
    return below + 1, place


def _beside_each_other(canvas: Canvas, plots: list[Plot], row: int, end: int, translator: Translator) -> int:
    """Place one or two charts in a row; return the next free row."""
    rows = max(_rows_for(plot.chart) for plot in plots)
    middle = canvas.column_at(canvas.room(LEFT, end) / 2, LEFT, end) if len(plots) == 2 else end
    bounds = [(LEFT, middle), (middle, end)]
    for plot, (left, right) in zip(plots, bounds, strict=False):
        canvas.charts.append(placed(canvas, plot, translator, row, left, rows, right - left))
    for offset in range(rows):
        canvas.height(row + offset, _ROW)
    row += rows
    for plot in plots:
        row = _chart_notes(canvas, plot.chart, row, canvas.room(LEFT, end), translator)
    return row


def _chart_notes(canvas: Canvas, chart: Chart, row: int, room: float, translator: Translator) -> int:
    for small in (chart.subtitle, chart.note):
        if small is not None:
            row = canvas.lines(row, translator(small), styles.NOTE, room)
    return row


def _rows_for(chart: Chart) -> int:
    """The height of a chart in rows."""
    if chart.kind is ChartKind.COLUMNS:
        return 14
    bars = len(chart.categories) * (len(chart.series) if chart.kind is ChartKind.DUMBBELL else 1)
    return min(max(8, round(4 + bars * 1.4)), 46)


def _rows_beside(part: _Part) -> int:
    """The height in rows of a chart that stands beside its table, header included."""
    bars = _rows_for(part.charts[0]) if part.charts[0].kind is not ChartKind.COLUMNS else 0
    return max(len(part.flat.rows) + 1, bars, 10)


def _break_before(canvas: Canvas, row: int, part: _Part, end: int) -> None:
    """Start a new printed page before a part that would not fit below what stands on this one."""
    since = canvas.breaks[-1] if canvas.breaks else 0
    used = sum(canvas.heights.get(index, _PLAIN_ROW) for index in range(since, row))
    if used + _height(part) > _page_points(canvas, end):
        canvas.breaks.append(row)


def _height(part: _Part) -> float:
    """The height of a part in points: title, header, rows, small print, charts."""
    small = 13.0 * sum(text is not None for text in (part.table.legend, *(chart.note for chart in part.charts)))
    points = 24 + HEADER_HEIGHT + _ROW * len(part.flat.rows) + small
    if part.beside:
        return points + _PLAIN_ROW * (_rows_beside(part) - 1 - len(part.flat.rows))
    for start in range(0, len(part.charts), 2):
        points += _PLAIN_ROW + _ROW * max(_rows_for(chart) for chart in part.charts[start : start + 2])
    return points


def _page_points(canvas: Canvas, end: int) -> float:
    """How many points of rows a landscape page holds once the sheet is scaled to its width."""
    sheet = 0.75 * sum(column_pixels(digits) for digits in canvas.widths[:end])
    return _PAGE_HEIGHT * max(sheet / _PAGE_WIDTH, 1.0)
