"""What charts are drawn with: axes with margins in points, words in the program's font, names broken into lines."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxdesk.blocks.palette import Palette, Tone
from cxdesk.text import Translator

LETTER = 0.62
"""The width of a Latin letter relative to the text size; a Chinese one is twice as wide or nearly so."""


@dataclass(frozen=True, slots=True, eq=False)
class Brush:
    """Everything that the drawing functions need; ``headroom`` points at the top stay free for a title."""

    figure: Figure
    palette: Palette
    family: tuple[str, ...]
    size: float
    translator: Translator
    hatched: bool = False
    headroom: float = 0.0

    @property
    def width(self) -> float:
        """Width of the figure in points."""
        return float(self.figure.get_figwidth()) * 72

    @property
    def height(self) -> float:
        """Height of the figure in points."""
        return float(self.figure.get_figheight()) * 72

    def axes(self, left: float, bottom: float, right: float, top: float) -> Axes:
        """Axes with margins in points."""
        width = max(0.05, 1 - (left + right) / self.width)
        height = max(0.05, 1 - (bottom + top + self.headroom) / self.height)
        axes: Axes = self.figure.add_axes((left / self.width, bottom / self.height, width, height))
        axes.set_facecolor(self.palette.surface)
        for side in ("top", "right", "left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0, labelsize=self.size, colors=self.palette.text2)
        return axes

    def text(self, axes: Axes, x: float, y: float, words: str, **how: Any) -> None:
        """Write at a place in the axes' own units, in the program's font."""
        how.setdefault("color", self.palette.text2)
        how.setdefault("fontsize", self.size)
        axes.text(x, y, words, fontfamily=self.family, **how)

    def tick_labels(self, axes: Axes, *, across: bool, places: list[float], words: list[str]) -> None:
        """Set tick labels in the program's font."""
        set_ticks = axes.set_xticks if across else axes.set_yticks
        set_ticks(places, words, fontfamily=self.family, fontsize=self.size, color=self.palette.text2)

    def bar(self, tone: Tone) -> dict[str, Any]:
        """The look of a bar: passives are always outlined, detractors hatched on request."""
        look: dict[str, Any] = {"color": self.palette.fill(tone), "linewidth": 0}
        if tone is Tone.PASSIVE:
            look |= {"edgecolor": self.palette.passive_outline, "linewidth": 0.8}
        if tone is Tone.DETRACTOR and self.hatched:
            look |= {"hatch": "////", "edgecolor": self.palette.surface}
        return look

    def letters(self, points: float) -> int:
        """How many Latin letters fit into a width in points."""
        return max(3, int(points / (self.size * LETTER)))


def wrapped(text: str, letters: int, lines: int) -> str:
    """Break a name into at most ``lines`` lines of ``letters`` Latin letters; what is left over ends in an ellipsis."""
    if letters_of(text) <= letters:
        return text
    if letters_of(text) > len(text) * 1.4:
        parts = _cut_han(text, letters)
    else:
        parts = textwrap.wrap(text, max(3, letters), break_long_words=True) or [text]
    if len(parts) > lines:
        parts = parts[:lines]
        while len(parts[-1]) > 1 and letters_of(parts[-1]) >= letters:
            parts[-1] = parts[-1][:-1]
        parts[-1] = parts[-1].rstrip() + "…"
    return "\n".join(parts)


def _cut_han(text: str, letters: int) -> list[str]:
    parts, part = [], ""
    for character in text:
        if part and letters_of(part + character) > letters:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]


def letters_of(text: str) -> int:
    """The width of a text in Latin letters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
