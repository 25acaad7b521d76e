"""Charts as matplotlib figures: one drawing for the screen, for saving as PNG or SVG, and for the report's preview.

No pyplot: a figure is made, drawn on, and thrown away with its canvas. The bundled fonts are registered by file, so
that no character shows as a box and charts look the same on every computer.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.palette import LIGHT, Palette
from cxdesk.render.brush import Brush
from cxdesk.render.drawing import draw_bars, draw_columns, draw_dots, draw_dumbbell, draw_split
from cxdesk.resources import resource
from cxdesk.text import Translator, say

DPI = 100
_PICTURE_DPI = 200


@dataclass(frozen=True, slots=True)
class Look:
    """How charts are drawn: colours, text size relative to 9 points, hatched detractors."""

    palette: Palette = LIGHT
    scale: float = 1.0
    patterns: bool = False


def new_figure(width: float, height: float, look: Look) -> Figure:
    """An empty figure of ``width`` x ``height`` pixels at 100 dots per inch, in the colours of a card."""
    return Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=look.palette.surface)


def draw(figure: Figure, chart: Chart, look: Look, translator: Translator, headroom: float = 0.0) -> None:
    """Draw a chart on an empty or used figure, laid out for the size that the figure has now.

    ``headroom`` points at the top stay free for a title.
    """
    figure.clear()
    figure.set_facecolor(look.palette.surface)
    brush = Brush(figure, look.palette, families(), 9 * look.scale, translator, look.patterns, headroom)
    {
        ChartKind.COLUMNS: draw_columns,
        ChartKind.BARS: draw_bars,
        ChartKind.SPLIT: draw_split,
        ChartKind.DOTS: draw_dots,
        ChartKind.DUMBBELL: draw_dumbbell,
    }[chart.kind](brush, chart)


def picture(chart: Chart, look: Look, translator: Translator, kind: str, width: int = 720, height: int = 440) -> bytes:
    """A chart with its title and base as a finished picture: ``kind`` is "png" (200 dots per inch) or "svg"."""
    figure = new_figure(width, height, look)
    draw(figure, chart, look, translator, headroom=22 * look.scale)
    _add_title(figure, chart, look, translator)
    stream = io.BytesIO()
    if kind == "svg":
        FigureCanvasSVG(figure)
        figure.savefig(stream, format="svg", metadata={"Date": None})
    else:
        FigureCanvasAgg(figure)
        figure.savefig(stream, format="png", dpi=_PICTURE_DPI)
    return stream.getvalue()


def report_picture(chart: Chart, translator: Translator) -> bytes:
    """A chart as it stands in the report, for the preview of a sheet: PNG, light colours."""
    return picture(chart, Look(), translator, "png", 560, 340)


def _add_title(figure: Figure, chart: Chart, look: Look, translator: Translator) -> None:
    title = translator(chart.title)
    if chart.base is not None:
        title = translator(say("{title} (n = {n})", title=chart.title, n=chart.base.n))
    height = float(figure.get_figheight()) * DPI
    figure.text(
        10 / (figure.get_figwidth() * DPI),
        1 - 8 / height,
        title,
        va="top",
        ha="left",
        fontsize=11 * look.scale,
        color=look.palette.text,
        fontfamily=families(),
    )


@cache
def families() -> tuple[str, ...]:
    """Register the bundled fonts once, and return the families to draw with; the second knows most other scripts."""
    for path in sorted(Path(resource("fonts")).glob("*.otf")):
        font_manager.fontManager.addfont(str(path))
    return "CX Desk Sans", "DejaVu Sans"
