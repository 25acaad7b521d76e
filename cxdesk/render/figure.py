"""Charts as matplotlib figures: one drawing for the screen, for saving as PNG or SVG, and for the report's preview.

No pyplot: a figure is made, drawn on, and thrown away with its canvas. The bundled fonts are registered by file, so
that no character shows as a box and charts look the same on every computer.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import LIGHT, Palette
from cxdesk.render.bridge import draw_bridge
from cxdesk.render.brush import Box, Brush
from cxdesk.render.columns import draw_columns, fit_columns
from cxdesk.render.lines import draw_lines
from cxdesk.render.plane import draw_plane
from cxdesk.render.rows import draw_bars, draw_dots, draw_dumbbell, draw_split
from cxdesk.render.typesetter import DPI
from cxdesk.text import Format, Translator, say

_PICTURE_DPI = 200
_MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class Look:
    """How charts are drawn: colours, text size relative to 9 points, hatched detractors."""

    palette: Palette = LIGHT
    scale: float = 1.0
    patterns: bool = False


def new_figure(width: float, height: float, look: Look) -> Figure:
    """An empty figure of ``width`` x ``height`` pixels at 100 dots per inch, in the colours of a card."""
    return Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=look.palette.surface)


def draw(figure: Figure, chart: Chart, look: Look, translator: Translator) -> tuple[Box, ...]:
    """Draw a chart on an empty or used figure, laid out for the size that the figure has now.

    Returns the place of each category in pixels from the top left corner, for the focus ring and for tooltips. They
    are fewer than the categories where not all of them find room.
    """
    figure.clear()
    figure.set_facecolor(look.palette.surface)
    return _draw(Brush.on(figure, look.palette, look.scale, translator, hatched=look.patterns), chart)


def picture(
    chart: Chart,
    look: Look,
    translator: Translator,
    kind: str,
    width: int = 720,
    height: int = 0,
    dpi: int = _PICTURE_DPI,
) -> bytes:
    """A chart with its title, base and note as a finished picture.

    ``kind`` is "png" or "svg"; ``height`` 0 is as high as the chart needs; ``dpi`` is how finely a PNG is drawn.
    """
    figure = new_figure(width, height or _height(chart), look)
    brush = Brush.on(figure, look.palette, look.scale, translator, hatched=look.patterns)
    top, bottom = _draw_words(brush, chart)
    whole = brush.box
    _draw(brush.within(Box(_MARGIN, top, whole.right - _MARGIN, whole.bottom - bottom)), chart)
    stream = io.BytesIO()
    if kind == "svg":
        FigureCanvasSVG(figure)
        with rc_context({"svg.hashsalt": "cxdesk"}):
            figure.savefig(stream, format="svg", metadata={"Date": None})
    else:
        FigureCanvasAgg(figure)
        figure.savefig(stream, format="png", dpi=dpi)
    return stream.getvalue()


def warm_up() -> None:
    """Draw a small chart for nobody, so that fonts are measured and loaded before a page waits for its first chart.

    Like all drawing, on the window's thread only: the fonts are not made for two threads.
    """
    signs = "0123456789+−%.·" + "".join(chr(letter) for letter in range(ord("A"), ord("z")))
    series = Series(signs, (1.0, 2.0))
    chart = Chart("warm", say("n"), ChartKind.COLUMNS, (signs[:15], signs[15:]), (series,), Format.SCORE, say("n"))
    figure = new_figure(400, 300, Look())
    draw(figure, chart, Look(), Translator("en"))
    FigureCanvasAgg(figure).draw()


def _draw(brush: Brush, chart: Chart) -> tuple[Box, ...]:
    match chart.kind:
        case ChartKind.COLUMNS:
            # Answers with long names are easier to read beside bars than torn into pieces below columns.
            return draw_columns(brush, chart) if fit_columns(brush, chart) else draw_bars(brush, chart)
        case ChartKind.BARS:
            return draw_bars(brush, chart)
        case ChartKind.SPLIT:
            return draw_split(brush, chart)
        case ChartKind.DOTS:
            return draw_dots(brush, chart)
        case ChartKind.DUMBBELL:
            return draw_dumbbell(brush, chart)
        case ChartKind.LINE:
            return draw_lines(brush, chart)
        case ChartKind.PLANE:
            return draw_plane(brush, chart)
        case ChartKind.BRIDGE:
            return draw_bridge(brush, chart)


def _height(chart: Chart) -> int:
    """A height at which the rows of a chart stand neither crowded nor lost."""
    if chart.kind is ChartKind.PLANE:
        return 560
    return 420 if chart.kind in {ChartKind.COLUMNS, ChartKind.LINE} else max(240, 130 + 38 * len(chart.categories))


def _draw_words(brush: Brush, chart: Chart) -> tuple[float, float]:
    """Title, base and subtitle at the top, the note at the bottom; returns the height that each takes."""
    setter, palette, box = brush.setter, brush.palette, brush.box
    width = box.width - 4 * _MARGIN
    title = chart.title
    if chart.base is not None:
        title = say("{title} (n = {n})", title=chart.title, n=chart.base.n)
    y = _MARGIN + setter.line * 0.6
    for line in setter.lines(brush.name(title), width, 2, bold=True, size=1.1):
        brush.text(2 * _MARGIN, y, line, palette.text, side="left", bold=True, size=1.1)
        y += setter.line * 1.1
    for line in [] if chart.subtitle is None else setter.lines(brush.name(chart.subtitle), width, 2):
        brush.text(2 * _MARGIN, y, line, palette.muted, side="left")
        y += setter.line
    notes = [] if chart.note is None else setter.lines(brush.name(chart.note), width, 2)
    for number, line in enumerate(notes):
        below = box.bottom - _MARGIN - setter.line * (len(notes) - number - 0.5)
        brush.text(2 * _MARGIN, below, line, palette.muted, side="left")
    return y + 4, _MARGIN + setter.line * len(notes)
