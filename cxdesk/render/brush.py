"""What charts are drawn with: words, bars, lines and marks at places counted in pixels from the top left corner.

Everything is an artist of the figure itself; axes would cost more than the rest of a small chart. The drawing is laid
out by measuring words (typesetter.py), which is exact, and quicker than matplotlib's own search for a layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, Polygon, Rectangle
from matplotlib.text import Text as Words
from matplotlib.transforms import Affine2D, Transform

from cxdesk.blocks.palette import Palette, Tone
from cxdesk.render.typesetter import DPI, Typesetter, readable
from cxdesk.text import Label, Translator

_POINTS = 72 / DPI

SIGNS = {Tone.DETRACTOR: "▼ {}", Tone.PROMOTER: "▲ {}"}
"""The sign that goes with a colour, so that nothing depends on colour alone (UX.md 5)."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; ``top`` is smaller than ``bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return max(0.0, self.right - self.left)

    @property
    def height(self) -> float:
        """From top to bottom."""
        return max(0.0, self.bottom - self.top)

    def shrunk(self, left: float = 0.0, top: float = 0.0, right: float = 0.0, bottom: float = 0.0) -> Box:
        """The box without margins."""
        return Box(self.left + left, self.top + top, self.right - right, self.bottom - bottom)


@dataclass(frozen=True, slots=True, eq=False)
class Brush:
    """Draws into ``box`` of a figure; later things cover earlier ones."""

    figure: Figure
    place: Transform
    box: Box
    palette: Palette
    setter: Typesetter
    translator: Translator
    hatched: bool = False

    @staticmethod
    def on(figure: Figure, palette: Palette, scale: float, translator: Translator, *, hatched: bool) -> Brush:
        """A brush for a figure that is empty and keeps its size."""
        width, height = float(figure.get_figwidth()) * DPI, float(figure.get_figheight()) * DPI
        place = Affine2D().scale(1 / width, -1 / height).translate(0, 1) + figure.transFigure
        return Brush(figure, place, Box(0, 0, width, height), palette, Typesetter(scale), translator, hatched)

    def within(self, box: Box) -> Brush:
        """The same brush for a part of the figure."""
        return replace(self, box=box)

    def px(self, size: float) -> float:
        """A length at the chosen text size."""
        return size * self.setter.scale

    def name(self, label: Label) -> str:
        """A name in the language of the chart, without signs that no font has."""
        return readable(self.translator(label))

    def text(
        self, x: float, y: float, words: str, color: str, *, side: str = "center", bold: bool = False, size: float = 1.0
    ) -> None:
        """One line whose middle is at height ``y``; ``side`` says which part of it stands at ``x``."""
        made = Words(x, y, words, color=color, ha=side, va="center_baseline", parse_math=False)
        made.set_fontproperties(self.setter.font(words, bold=bold, size=size))
        self._add(made)

    def paragraph(self, x: float, y: float, lines: list[str], color: str, *, side: str = "center") -> None:
        """Several lines around the height ``y``."""
        first = y - (len(lines) - 1) * self.setter.line / 2
        for number, line in enumerate(lines):
            self.text(x, first + number * self.setter.line, line, color, side=side)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        color: str,
        thick: float = 1.0,
        *,
        dashed: bool = False,
    ) -> None:
        """A straight line, ``thick`` pixels wide."""
        across, down = (start[0], end[0]), (start[1], end[1])
        made = Line2D(across, down, color=color, linewidth=thick * _POINTS, solid_capstyle="butt")
        if dashed:
            made.set_dashes((4, 3))
        made.set_snap(True)
        self._add(made)

    def path(
        self, points: Sequence[tuple[float, float]], color: str, thick: float, dashes: tuple[float, ...] = ()
    ) -> None:
        """A line through several places; ``dashes`` are drawn and left out lengths relative to its thickness."""
        across, down = [x for x, _ in points], [y for _, y in points]
        made = Line2D(across, down, color=color, linewidth=thick * _POINTS, solid_joinstyle="round")
        if dashes:
            made.set_dashes(dashes)
        self._add(made)

    def area(self, corners: Sequence[tuple[float, float]], color: str) -> None:
        """A tinted area, such as the range around a line; what lies behind it stays visible."""
        self._add(Polygon(corners, closed=True, facecolor=color, alpha=0.18, linewidth=0))

    def bar(self, box: Box, tone: Tone) -> None:
        """An area with a meaning: passives are outlined, detractors hatched if that was asked for."""
        if box.width <= 0 or box.height <= 0:
            return
        passive = tone is Tone.PASSIVE
        made = Rectangle((box.left, box.top), box.width, box.height, facecolor=self.fill(tone), linewidth=0)
        if passive:
            made.set(edgecolor=self.palette.passive_outline, linewidth=0.8)
        elif tone is Tone.DETRACTOR and self.hatched:
            made.set(edgecolor=self.palette.surface, hatch="////")
        made.set_snap(True)
        self._add(made)

    def plain(self, box: Box, color: str) -> None:
        """An area in one colour, for what stands behind a label."""
        self._add(Rectangle((box.left, box.top), box.width, box.height, facecolor=color, linewidth=0))

    def fill(self, tone: Tone) -> str:
        """The colour of an area."""
        return self.palette.fill(tone)

    def dot(self, x: float, y: float, color: str, *, hollow: bool = False, size: float = 10.0) -> None:
        """A round mark; hollow ones show what is behind the card."""
        across = self.px(size)
        inside = self.palette.surface if hollow else color
        edge, thick = (color, 1.8) if hollow else (self.palette.surface, 1.2)
        self._add(Ellipse((x, y), across, across, facecolor=inside, edgecolor=edge, linewidth=thick * _POINTS))

    def diamond(self, x: float, y: float, color: str, *, size: float = 13.0) -> None:
        """A mark that stands out by its shape, too."""
        half = self.px(size) / 2
        self._cornered([(x - half, y), (x, y - half), (x + half, y), (x, y + half)], color)

    def mark(self, number: int, x: float, y: float, color: str, *, size: float = 8.0) -> None:
        """The mark of the first, second, third or fourth of several lines: circle, diamond, square, triangle."""
        half = self.px(size) * 0.48
        match number % 4:
            case 0:
                self.dot(x, y, color, size=size)
            case 1:
                self.diamond(x, y, color, size=size * 1.35)
            case 2:
                self._cornered(
                    [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)], color
                )
            case _:
                low = y + half * 0.9
                self._cornered([(x, y - half * 1.2), (x + half * 1.2, low), (x - half * 1.2, low)], color)

    def _cornered(self, corners: list[tuple[float, float]], color: str) -> None:
        edge = self.palette.surface
        self._add(Polygon(corners, closed=True, facecolor=color, edgecolor=edge, linewidth=0.8))

    def arrow(self, x: float, y: float, color: str, *, left: bool) -> None:
        """The tip of an arrow at a place, pointing to the left or to the right."""
        back = x + self.px(7) if left else x - self.px(7)
        half = self.px(3.5)
        self._add(Polygon([(x, y), (back, y - half), (back, y + half)], closed=True, facecolor=color, linewidth=0))

    def whisker(self, low: float, high: float, y: float, color: str, thick: float = 1.6) -> None:
        """A range with its ends."""
        cap = self.px(5)
        self.line((low, y), (high, y), color, thick)
        self.line((low, y - cap), (low, y + cap), color, thick)
        self.line((high, y - cap), (high, y + cap), color, thick)

    def _add(self, artist: Artist) -> None:
        artist.set_zorder(1)
        artist.set_transform(self.place)
        self.figure.add_artist(artist)
