"""What the tests of charts share: a chart drawn as in the window, the words on it, and whether they can be read."""

from __future__ import annotations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text as Words

from cxdesk.blocks.chart import Chart
from cxdesk.render.figure import Look, draw, new_figure
from cxdesk.text import Translator


def figure(
    chart: Chart, size: tuple[int, int], look: Look | None = None, translator: Translator | None = None
) -> Figure:
    """A chart of a size in pixels; in English if nothing else is said."""
    made = new_figure(*size, look or Look())
    draw(made, chart, look or Look(), translator or Translator("en"))
    FigureCanvasAgg(made)
    made.draw_without_rendering()
    return made


def words_of(made: Figure) -> list[Words]:
    return [each for each in made.findobj(Words) if each.get_text()]


def texts(made: Figure) -> list[str]:
    return [each.get_text() for each in words_of(made)]


def check_words(made: Figure, size: tuple[int, int]) -> None:
    """There are words, all of them inside, and none over another."""
    boxes = [(each.get_text(), each.get_window_extent()) for each in words_of(made)]
    assert boxes
    for text, box in boxes:
        assert (box.x0 >= -2, box.x1 <= size[0] + 2, box.y0 >= -3, box.y1 <= size[1] + 3) == (True,) * 4, text
    for place, (text, box) in enumerate(boxes):
        for other, beside in boxes[place + 1 :]:
            across = min(box.x1, beside.x1) - max(box.x0, beside.x0)
            down = min(box.y1, beside.y1) - max(box.y0, beside.y0)
            assert across < 2 or down < 3, (text, other)
