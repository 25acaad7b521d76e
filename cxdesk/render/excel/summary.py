"""Lays out the first sheet: one A4 page that a manager can read in a mail preview.

Title band, the answer in a sentence, up to four key numbers, what we found with links, up to four charts, how to read.
Charts are as high as they need: a page that is not full ends early.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.figure import Figure, Mix
from cxdesk.blocks.note import Empty, Findings, Note, NoteLevel
from cxdesk.blocks.palette import LIGHT
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Cell, Mark, Table
from cxdesk.render.excel import styles
from cxdesk.render.excel.cells import LEFT, Canvas
from cxdesk.render.excel.formats import number_format, with_suffix
from cxdesk.render.excel.from_tables import mix_chart, mix_table, table_charts
from cxdesk.render.excel.measure import lines_of, row_height, width
from cxdesk.render.excel.model import Style
from cxdesk.render.excel.plots import Plot, complete, find_ranges, placed, small_print
from cxdesk.render.excel.result import LaidOut
from cxdesk.render.excel.tables import TablePlace, place_table, widen_for
from cxdesk.render.flat import flatten
from cxdesk.report.report import Report, Sheet
from cxdesk.text import Text, Translator, say

COLUMNS = 12
_WIDTH = 9.2
_END = LEFT + COLUMNS
_NUMBERS_AT = _END + 2
_MOST_TILES = 4
_MOST_CHARTS = 4
_PAGE_POINTS = 840.0
"""What the page holds above the notes at the scale that its width needs."""
_LEAST_CHART_POINTS = 264.0
_MOST_CHART_POINTS = 440.0
_UPRIGHT_POINTS = 308.0
"""The height of charts that do not grow with their categories."""

_AROUND_BARS, _BAR_POINTS = 74.0, 40.0
_CHART_ROW = 22.0


def summary_sheet(report: Report, sheet: Sheet, tab: str, tabs: Mapping[str, str], translator: Translator) -> LaidOut:
    """Lay out the summary. ``tabs`` are the tab names by sheet key, the targets of the links."""
    canvas = Canvas(sheet.key, tab)
    for column in range(COLUMNS):
        canvas.widen(LEFT + column, _WIDTH)
    canvas.widen(_END, canvas.widths[0])
    section = sheet.section
    row = _band(canvas, report, translator)
    row = _headline(canvas, section, row, translator)
    row = _notices(canvas, section, row, translator)
    row = _tiles(canvas, section, row, translator)
    row = _findings(canvas, section, row, tabs, translator)
    row, places = _charts(canvas, section, row, translator)
    row = _how_to_read(canvas, section, row, translator)
    model = canvas.model(last_row=row, last_column=_END + 1, landscape=False, one_page_tall=True)
    return LaidOut(model, places)


def _wide(
    canvas: Canvas, row: int, text: str, style: Style, least: float = 19, *, first: int = LEFT, last: int = _END
) -> None:
    """A merged line of wrapped text with the height it needs."""
    room = canvas.room(first, last) - 1
    canvas.put(row, first, text, style, columns=last - first)
    canvas.height(row, row_height(lines_of(text, room, style.size, bold=style.bold), style.size, least))


def _band(canvas: Canvas, report: Report, translator: Translator) -> int:
    title_size = 20 if lines_of(report.title, canvas.room(LEFT, _END) - 1, 20, bold=True) == 1 else 15
    texts = {
        1: (report.title, replace(styles.BAND_TITLE, size=title_size)),
        2: (translator(report.band), styles.BAND_LINE),
    }
    for row, points in enumerate((10, 32, 24)):
        canvas.height(row, points)
        canvas.put(row, 0, None, styles.BAND)
        canvas.put(row, _END, None, styles.BAND)
        if row not in texts:
            canvas.put(row, LEFT, None, styles.BAND, columns=COLUMNS)
            continue
        text, style = texts[row]
        canvas.put(row, LEFT, text, style, columns=COLUMNS)
    canvas.height(3, 8)
    return 4


def _headline(canvas: Canvas, section: Section, row: int, translator: Translator) -> int:
    _wide(canvas, row, translator(section.headline), styles.SUMMARY_HEADLINE, 46)
    base = translator(section.base_line)
    if base:
        _wide(canvas, row + 1, base, styles.CAPTION, 16)
        row += 1
    canvas.height(row + 1, 6)
    return row + 2


def _notices(canvas: Canvas, section: Section, row: int, translator: Translator) -> int:
    for block in section.blocks():
        if not isinstance(block, Note | Empty):
            continue
        warns = isinstance(block, Note) and block.level is NoteLevel.WARN
        style = styles.WARNING if warns else styles.INFORMATION
        for text, look in ((block.title, replace(style, bold=True)), (block.text, style)):
            words = translator(text)
            if words:
                _wide(canvas, row, words, look, 16)
                row += 1
        canvas.height(row, 6)
        row += 1
    return row


def _tiles(canvas: Canvas, section: Section, row: int, translator: Translator) -> int:
    figures = [block for block in section.blocks() if isinstance(block, Figure)][:_MOST_TILES]
    if not figures:
        return row
    span = COLUMNS // len(figures)
    captions = [_captions(figure) for figure in figures]
    depth = max(len(lines) for lines in captions)
    for number, (figure, lines) in enumerate(zip(figures, captions, strict=True)):
        left = LEFT + number * span
        canvas.put(row, left, translator(figure.title), _edged(styles.TILE_TITLE), columns=span)
        _tile_value(canvas, figure, row + 1, left, span, translator)
        for offset in range(depth):
            text, style = lines[offset] if offset < len(lines) else (None, styles.TILE_CAPTION)
            words = None if text is None else translator(text)
            canvas.put(row + 2 + offset, left, words, _edged(style), columns=span)
    room = canvas.room(LEFT, LEFT + span) - 3
    title_lines = max(lines_of(translator(figure.title), room, 9.5, bold=True) for figure in figures)
    heights = [_caption_height(captions, offset, room, translator) for offset in range(depth)]
    for offset, points in enumerate((row_height(title_lines, 9.5), 34, *heights)):
        canvas.height(row + offset, points)
    canvas.height(row + 2 + depth, 8)
    return row + 3 + depth


def _edged(style: Style) -> Style:
    """The look of a tile's cell: with the navy edge of the tile on its left."""
    return replace(style, indent=1, left=LIGHT.accent, left_thick=True)


def _captions(figure: Figure) -> list[tuple[Text, Style]]:
    """What stands below the number: a warning, the change, then range, rule and n."""
    chip = [(figure.chip, styles.TILE_CHIP)] if figure.chip is not None else []
    change = [] if figure.change_text is None else [_change(figure.change, figure.change_text)]
    return [*chip, *change, *((caption, styles.TILE_CAPTION) for caption in figure.captions)]


def _caption_height(
    captions: list[list[tuple[Text, Style]]], offset: int, room: float, translator: Translator
) -> float:
    """The height of one line of captions over all tiles; long ones wrap."""
    found = [lines[offset] for lines in captions if offset < len(lines)]
    most = max(lines_of(translator(text), room, style.size, bold=style.bold) for text, style in found)
    return row_height(most, styles.TILE_CAPTION.size, 16)


def _change(cell: Cell | None, text: Text) -> tuple[Text, Style]:
    """The change in words; only a clear one is coloured and has a sign."""
    match None if cell is None else cell.mark:
        case Mark.ABOVE:
            return say("▲ {change}", change=text), replace(styles.TILE_CHANGE, color=LIGHT.promoter_text)
        case Mark.BELOW:
            return say("▼ {change}", change=text), replace(styles.TILE_CHANGE, color=LIGHT.detractor_text)
        case _:
            return text, styles.TILE_CAPTION


def _tile_value(canvas: Canvas, figure: Figure, row: int, left: int, span: int, translator: Translator) -> None:
    style = _edged(styles.TILE_VALUE)
    cell = figure.cell
    if cell.shown is not None or not isinstance(cell.value, int | float) or cell.format is None:
        words = translator(cell.shown) if cell.shown is not None else "–" if cell.value is None else ""
        if not words and not isinstance(cell.value, int | float) and cell.value is not None:
            words = translator(cell.value)
        canvas.put(row, left, words, replace(style, size=14), columns=span)
        return
    form = number_format(cell.format, cell.value).replace("_)", "")
    shown = translator.number(cell.value, cell.format)
    if figure.suffix is not None:
        form = with_suffix(form, translator(figure.suffix))
        shown = translator(say("{number} {unit}", number=shown, unit=figure.suffix))
    canvas.put(row, left, cell.value, replace(style, number_format=form), columns=span, shown=shown)


def _findings(canvas: Canvas, section: Section, row: int, tabs: Mapping[str, str], translator: Translator) -> int:
    cards = [block for block in section.blocks() if isinstance(block, Findings)]
    if not cards:
        return row
    _heading(canvas, row, say("What we found"), translator)
    row += 1
    lines = [finding for card in cards for finding in card.lines]
    if not lines:
        _wide(canvas, row, translator(cards[0].nothing), styles.FINDING, 28)
        row += 1
    texts = [translator(say("{lead} {text}", lead=finding.lead, text=finding.text)) for finding in lines]
    linked = any(finding.link in tabs for finding in lines)
    links_at = _links_at(canvas, texts) if linked else _END
    for number, (finding, words) in enumerate(zip(lines, texts, strict=True), start=1):
        canvas.put(row, LEFT, number, styles.FINDING_NUMBER)
        _wide(canvas, row, words, styles.FINDING, 30, first=LEFT + 1, last=links_at)
        if linked:
            tab = tabs.get(finding.link)
            shown = None if tab is None else translator(say("{sheet} →", sheet=tab))
            link = "" if tab is None else f"{tab}!A1"
            canvas.put(row, links_at, shown, styles.FINDING_LINK, link=link, columns=_END - links_at)
        row += 1
    canvas.height(row, 8)
    return row + 1


def _links_at(canvas: Canvas, texts: Sequence[str]) -> int:
    """The column of the links: right behind findings of one line each, else at the right edge."""
    widest = max((width(text, styles.FINDING.size) for text in texts), default=0.0)
    last = _END - 2
    fitting = (at for at in range(LEFT + COLUMNS // 2, last) if canvas.room(LEFT + 1, at) - 1 >= widest)
    return next(fitting, last)


def _heading(canvas: Canvas, row: int, text: Text, translator: Translator) -> None:
    canvas.put(row, LEFT, translator(text), styles.HEADING, columns=COLUMNS)
    canvas.height(row, 22)


def _charts(canvas: Canvas, section: Section, row: int, translator: Translator) -> tuple[int, dict[str, TablePlace]]:
    """A bar across the page, then charts in rows of two; their numbers stand right of the printed page."""
    places: dict[str, TablePlace] = {}
    plots: list[Plot] = []
    at = row
    helpers = _NUMBERS_AT
    for table, charts in _sources(section):
        flat = flatten(table, translator, behind=True)
        helpers = max(helpers, _NUMBERS_AT + len(flat.columns) + 1)
        place, at = _numbers(canvas, table, at, translator)
        places[table.key] = place
        for chart in charts:
            found = find_ranges(chart, list(places.values()), translator)
            if found is not None and len(plots) < _MOST_CHARTS:
                plots.append(complete(found[1], canvas, found[0], translator, place.behind_end + 1)[0])
    if not plots:
        return row, places
    _heading(canvas, row, say("The picture"), translator)
    row += 1
    strips = [plot for plot in plots if _is_strip(plot.chart)]
    others = [plot for plot in plots if not _is_strip(plot.chart)]
    for plot in strips:
        row = _row_of_charts(canvas, [plot], row, _MOST_CHART_POINTS, translator)
    count = -(-len(others) // 2)
    used = sum(canvas.heights.get(index, 15.0) for index in range(row))
    free = min(max(_PAGE_POINTS - used, _LEAST_CHART_POINTS), _MOST_CHART_POINTS) - _CHART_ROW * (count - 1)
    for start in range(0, len(others), 2):
        row = _row_of_charts(canvas, others[start : start + 2], row, free / count, translator)
    return row, places


def _row_of_charts(canvas: Canvas, plots: Sequence[Plot], row: int, most: float, translator: Translator) -> int:
    """One or two charts beside each other, as high as they need but at most ``most`` points; the next free row."""
    rows = round(min(most, max(_points_for(plot.chart) for plot in plots)) / _CHART_ROW)
    middle = LEFT + COLUMNS // 2 if len(plots) == 2 else _END
    for plot, (left, right) in zip(plots, ((LEFT, middle), (middle, _END)), strict=False):
        canvas.charts.append(placed(canvas, plot, translator, row, left, rows, right - left))
        _caption(canvas, plot.chart, row + rows, left, right, translator)
    for offset in range(rows):
        canvas.height(row + offset, _CHART_ROW)
    return row + rows + 1


def _is_strip(chart: Chart) -> bool:
    """Whether a chart is one bar of 100 %, or two beside each other: across the page they are read best."""
    return chart.kind is ChartKind.SPLIT and len(chart.categories) <= 2


def _points_for(chart: Chart) -> float:
    """The height that a chart needs: bars as thick as two lines of text, room for title, legend and axis."""
    if chart.kind in {ChartKind.COLUMNS, ChartKind.LINE, ChartKind.PLANE}:
        return _UPRIGHT_POINTS
    bars = len(chart.categories) * (len(chart.series) if chart.kind is ChartKind.DUMBBELL else 1)
    return _AROUND_BARS + _BAR_POINTS * bars


def _sources(section: Section) -> Sequence[tuple[Table, list[Chart]]]:
    """The tables whose numbers the charts of the page show, with the charts."""
    sources: list[tuple[Table, list[Chart]]] = []
    for block in section.blocks():
        if isinstance(block, Mix):
            sources.append((mix_table(block), [mix_chart(block)]))
        elif isinstance(block, Chart):
            sources.append((block.as_table(), [block]))
        elif isinstance(block, Table) and block.rows:
            sources.append((block, table_charts(block)[:1]))
    return sources


def _numbers(canvas: Canvas, table: Table, row: int, translator: Translator) -> tuple[TablePlace, int]:
    flat = flatten(table, translator, behind=True)
    canvas.put(row, _NUMBERS_AT, translator(table.title), styles.CAPTION_TITLE)
    widen_for(canvas, flat, _NUMBERS_AT)
    drawn = sum(not column.behind for column in flat.columns)
    place = place_table(canvas, flat, row + 1, _NUMBERS_AT + drawn, _NUMBERS_AT, size_rows=False)
    return place, place.last + 2


def _caption(canvas: Canvas, chart: Chart, row: int, left: int, right: int, translator: Translator) -> None:
    lines = [translator(text) for text in small_print(chart)]
    _wide(canvas, row, "\n".join(lines), styles.CAPTION, 16, first=left, last=right)


def _how_to_read(canvas: Canvas, section: Section, row: int, translator: Translator) -> int:
    if not section.notes:
        return row
    for item, detail in section.notes:
        _wide(canvas, row, translator(item), styles.CAPTION_TITLE, 20)
        _wide(canvas, row + 1, translator(detail), styles.CAPTION, 15)
        row += 2
    return row
