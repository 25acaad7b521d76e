"""Lays out a result sheet: the answer on top, tables with their charts below it, notes in small print."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.note import Empty, Findings, Note, NoteLevel
from cxdesk.blocks.quote import Quotes
from cxdesk.blocks.section import Block
from cxdesk.render.excel import styles
from cxdesk.render.excel.cells import LEFT, Canvas, heading_block
from cxdesk.render.excel.measure import width
from cxdesk.render.excel.model import SheetModel
from cxdesk.render.excel.paging import PLAIN_ROW, Page
from cxdesk.render.excel.parts import Part, parts_of
from cxdesk.render.excel.plots import Plot, complete, find_ranges, placed, small_print
from cxdesk.render.excel.quotes import QuotesPlace, listing_of, place_quotes, widen_for_quotes
from cxdesk.render.excel.tables import TablePlace, drawn_columns, numeric_columns, place_table, table_points, widen_for
from cxdesk.report.report import Sheet
from cxdesk.text import Text, Translator, say

PAGE_ROOM = 132.0
"""The width of a landscape page in digits: sheets are at least this wide, so that they print at full size."""

_HEIGHTS = {ChartKind.COLUMNS: 14, ChartKind.LINE: 15, ChartKind.PLANE: 18}
"""The height in rows of charts that do not grow with their categories."""

_LEAST_ROWS, _SMALLEST = 8, 0.62
"""Charts lose at most this much of their height so that they stay on the page of their table."""

_SHORT_NAME = 30.0
"""Longer names beside bars take two lines, for which charts need all their height."""

_ROW = 19.0
_HEADING = 24.0

_AROUND_BARS, _BAR = 45.0, 17.0
_LEAST_BESIDE = 138.0
"""The height in points of charts beside their table: around the bars, for a bar, and of the smallest."""

_LIST_BEGINS = 180.0
"""A long list begins on a page with room for its headings and some of its rows, in points."""

_HARDLY_USED = 0.4
"""A page with less than this on it is no page to turn: a long table begins below what stands there."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A finished sheet and where its tables stand, by the key of the table."""

    sheet: SheetModel
    places: dict[str, TablePlace]


def result_sheet(
    sheet: Sheet, tab: str, back: tuple[Text, str] | None, translator: Translator, paper: str = "A4"
) -> LaidOut:
    """Lay out a section of tables and charts. ``back`` is the words and the target of the link to the first sheet."""
    canvas = Canvas(sheet.key, tab)
    section = sheet.section
    parts = parts_of(section.blocks(), translator)
    numbers = set().union(*(numeric_columns(part.flat) for part in parts))
    for part in parts:
        widen_for(canvas, part.flat, shared=numbers)
    quotes = next((block for block in section.blocks() if isinstance(block, Quotes)), None)
    listing = None if quotes is None else listing_of(quotes, translator)
    if listing is not None:
        widen_for_quotes(canvas, listing, translator)
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
    page = Page.of(canvas, end, paper)
    alone = len(parts) == 1
    for number, part in enumerate(parts):
        if number:
            _break_before(canvas, row, part, page)
        row, place = _part(canvas, part, row, page, translator, alone=alone)
        places[part.table.key] = place
    last = places[parts[-1].table.key] if parts and not parts[-1].charts and not canvas.breaks else None
    if listing is not None and page.used(canvas, row) + _LIST_BEGINS > page.points:
        canvas.breaks.append(row)
    listed = None if listing is None else place_quotes(canvas, listing, row, translator)
    first = places[parts[0].table.key] if parts else None
    single = alone and first is not None and row > start and listed is None
    freeze = (first.first, LEFT + 1) if single and first is not None else (start, 0)
    model = canvas.model(
        last_row=row if listed is None else listed.next_row,
        last_column=end if listed is None else max(end, listed.autofilter[3] + 1),
        freeze=freeze,
        repeat=(0, first.header) if single and first is not None else _headings(last, canvas, page),
    )
    return LaidOut(model if listed is None else _with_list(model, listed), places)


def _with_list(model: SheetModel, listed: QuotesPlace) -> SheetModel:
    """The sheet with its list of comments; its headings are repeated on every printed page."""
    header = listed.autofilter[0]
    return replace(model, data=listed.block, autofilter=listed.autofilter, repeat=(header, header))


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
    canvas: Canvas, part: Part, row: int, page: Page, translator: Translator, *, alone: bool
) -> tuple[int, TablePlace]:
    """Write a table with its title, small print and charts; return the next free row and where the table stands."""
    table, end = part.table, page.end
    room = canvas.room(LEFT, end)
    if not alone:
        heading = row
        row = canvas.lines(row, translator(table.title), styles.PLAIN_HEADING, room)
        canvas.height(heading, _HEADING)
    behind_at = end + 1
    place = place_table(canvas, part.flat, row, behind_at)
    below = place.last + 1
    beside_at = place.end
    for small in (table.subtitle, table.legend, *part.remarks):
        if small is not None and not (part.beside and small is table.subtitle):
            below = canvas.lines(below, translator(small), styles.NOTE, room)
    helpers_at = place.behind_end + (1 if place.behind_end > behind_at else 0)
    plots = []
    for chart in part.charts:
        found = find_ranges(chart, [place], translator)
        if found is not None:
            plot, helpers_at = complete(found[1], canvas, place, translator, helpers_at)
            plots.append(plot)
    if part.beside and plots and end - beside_at >= 2:
        most = page.points - _HEADING - PLAIN_ROW * (_small_print(part) + 1)
        rows = _rows_reaching(canvas, place.header, _points_beside(part, canvas), most)
        canvas.charts.append(placed(canvas, plots[0], translator, place.header, beside_at, rows, end - beside_at))
        below = max(below, place.header + rows)
        return _chart_notes(canvas, plots[0].chart, below, room, translator) + 1, place
    if alone:
        page = replace(page, repeated=place.header + 1)
    for start in range(0, len(plots), 2):
        below = _beside_each_other(canvas, plots[start : start + 2], below + 1, page, translator)
    return below + 1, place


def _beside_each_other(canvas: Canvas, plots: list[Plot], row: int, page: Page, translator: Translator) -> int:
    """Place one or two charts in a row; return the next free row."""
    # After the small print comes an empty row, which would make a page of its own.
    small = 1 + sum(len(small_print(plot.chart)) for plot in plots)
    rows = max(_rows_for(plot.chart) for plot in plots)
    names = [translator(name) for plot in plots for name in plot.chart.categories]
    least = rows if max(map(width, names), default=0) > _SHORT_NAME else max(_LEAST_ROWS, rows * _SMALLEST)
    rows = _rows_that_fit(canvas, row, rows, least, small, page)
    end = page.end
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
    for small in (*small_print(chart), *(event.name for event in chart.events)):
        row = canvas.lines(row, translator(small), styles.NOTE, room)
    return row


def _rows_for(chart: Chart) -> int:
    """The height of a chart in rows."""
    if chart.kind in _HEIGHTS:
        return _HEIGHTS[chart.kind]
    bars = len(chart.categories) * (len(chart.series) if chart.kind is ChartKind.DUMBBELL else 1)
    return min(max(8, round(4 + bars * 1.4)), 46)


def _points_beside(part: Part, canvas: Canvas) -> float:
    """The height in points of a chart that stands beside its table: that of the table, so that it ends with it."""
    chart = part.charts[0]
    bars = len(chart.categories) * len(chart.series)
    needed = _AROUND_BARS + _BAR * bars if chart.kind is not ChartKind.COLUMNS else 0.0
    return max(table_points(canvas, part.flat), needed, _LEAST_BESIDE)


def _rows_reaching(canvas: Canvas, row: int, points: float, most: float) -> int:
    """How many rows from ``row`` on are as high as ``points``, but not higher than ``most``."""
    end, reached = row, 0.0
    while reached < points and reached + canvas.heights.get(end, PLAIN_ROW) <= most:
        reached += canvas.heights.get(end, PLAIN_ROW)
        end += 1
    return max(end - row, 1)


def _headings(last: TablePlace | None, canvas: Canvas, page: Page) -> tuple[int, int] | None:
    """The headings of a table that begins on the first page and fills all later ones, to be repeated there."""
    if last is None or page.since_break(canvas, last.last + 1) <= page.points:
        return None
    return last.header, last.header


def _break_before(canvas: Canvas, row: int, part: Part, page: Page) -> None:
    """Start a new printed page before a part that would not fit below what stands on this one.

    A table without charts begins on a page that is hardly used, wherever it ends.
    """
    # Counted from the last wanted break on: programs end a page of their own accord at different rows.
    used = page.since_break(canvas, row)
    if used + _height(part, canvas) > page.points and (part.charts or used > _HARDLY_USED * page.points):
        canvas.breaks.append(row)


def _rows_that_fit(canvas: Canvas, row: int, rows: int, least: float, small: int, page: Page) -> int:
    """How many of the wanted rows charts get: fewer to stay on this page, or all of them on the next one.

    ``least`` is how few still are legible, ``small`` is how many lines of small print follow them.
    """
    if page.since_break(canvas, row) > page.points:
        # A table of several pages: programs end them at different rows, one of which may be inside the charts.
        canvas.breaks.append(row)
        return rows
    used = page.used(canvas, row)
    free = int((page.points - used - PLAIN_ROW * small) / _ROW)
    if free >= rows:
        return rows
    if free >= least:
        return free
    canvas.breaks.append(row)
    return rows


def _height(part: Part, canvas: Canvas) -> float:
    """The height of a part in points: title, table, small print, charts."""
    points = _HEADING + PLAIN_ROW * (_small_print(part) + 1)
    if part.beside and part.charts:
        return points + _points_beside(part, canvas)
    points += table_points(canvas, part.flat)
    for start in range(0, len(part.charts), 2):
        points += PLAIN_ROW + _ROW * max(_rows_for(chart) for chart in part.charts[start : start + 2])
    return points


def _small_print(part: Part) -> int:
    """How many pieces of small print stand below a part."""
    below = [len(small_print(chart)) for chart in part.charts]
    return sum(text is not None for text in (part.table.legend, *part.remarks)) + sum(below)
