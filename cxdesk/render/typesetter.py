"""Words in charts: which font has their letters, how wide they are, and where they may be broken into lines.

Everything is measured before it is drawn, so that nothing in a chart overlaps and nothing is cut off.
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from matplotlib import font_manager, get_data_path
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from cxdesk.resources import resource

DPI = 100
"""Pixels of a chart per inch; nine-point text is 12.5 pixels high."""

BODY = 12.5
LINE = 1.32
"""Distance of two lines of text, relative to the text size."""

_POINTS = 72 / DPI
_EM = 100
_FAMILIES = ("CX Desk Sans", "DejaVu Sans")
_NOT_FIRST = frozenset("，。、；：！？）】》”’…,.;:!?)]}%")
"""Signs that never stand at the start of a line."""

_LATIN_SIGNS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})
"""The bundled font draws these as wide as a Chinese character, which tears words of other languages apart."""

_APOSTROPHE = re.compile(r"(?<=[A-Za-zÀ-ɏ])’(?=[A-Za-zÀ-ɏ])")


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Measures and breaks words at one text size; ``scale`` 1.0 is nine points."""

    scale: float = 1.0

    @property
    def size(self) -> float:
        """Height of the text in pixels."""
        return BODY * self.scale

    @property
    def line(self) -> float:
        """Height of a line in pixels."""
        return self.size * LINE

    def font(self, words: str, *, bold: bool = False, size: float = 1.0) -> FontProperties:
        """The font for these words; rare Chinese characters have no bold face and are written in the plain one."""
        weight = "bold" if bold and not _lacks_bold(words) else "normal"
        # Each family that is named is searched for, for every text of a chart.
        families = _families() if any(ord(sign) not in _letters("Regular") for sign in words) else _families()[:1]
        return FontProperties(family=families, size=self.size * size * _POINTS, weight=weight)

    def width(self, words: str, *, bold: bool = False, size: float = 1.0) -> float:
        """The width of one line in pixels, at least as wide as it is drawn.

        On screen a letter takes whole pixels, which makes a long line at a small size some letters wider; in a picture
        with many pixels it does not.
        """
        face = "Bold" if bold and not _lacks_bold(words) else "Regular"
        high = self.size * size
        return max(high * sum(_advance(sign, face) for sign in words), sum(_pixels(sign, face, high) for sign in words))

    def fitted(self, words: str, width: float, *, bold: bool = False, size: float = 1.0) -> str:
        """One line that is not wider than ``width``; what is left over becomes an ellipsis."""
        if self.width(words, bold=bold, size=size) <= width:
            return words
        end = "…" if _is_chinese(words) else "..."
        shortest, longest = 0, len(words)
        while shortest < longest:
            middle = (shortest + longest + 1) // 2
            fits = self.width(words[:middle].rstrip() + end, bold=bold, size=size) <= width
            shortest, longest = (middle, longest) if fits else (shortest, middle - 1)
        space = words.rfind(" ", shortest * 2 // 3, shortest)
        return words[: space if space > 0 else shortest].rstrip(" ,;:，、") + end

    def lines(self, words: str, width: float, most: int, *, bold: bool = False, size: float = 1.0) -> list[str]:
        """Words broken into at most ``most`` lines: at spaces, between Chinese characters, in too long words."""
        found: list[str] = []
        rest = words
        while rest and len(found) < most - 1 and self.width(rest, bold=bold, size=size) > width:
            cut = self._break(rest, width, bold=bold, size=size)
            found.append(rest[:cut].rstrip())
            rest = rest[cut:].lstrip()
        return [*found, self.fitted(rest, width, bold=bold, size=size)] if rest or not found else found

    def breaks_words(self, words: str, width: float) -> bool:
        """Whether a single word is wider than ``width``, so that it would be torn apart."""
        parts = [""]
        for before, after in pairwise(f" {words}"):
            if _may_break(before, after):
                parts.append("")
            parts[-1] += after
        return any(self.width(part.strip()) > width for part in parts)

    def _break(self, words: str, width: float, *, bold: bool, size: float) -> int:
        """Where the first line ends."""
        places = [place for place in range(1, len(words)) if _may_break(words[place - 1], words[place])]
        fitting = [place for place in places if self.width(words[:place].rstrip(), bold=bold, size=size) <= width]
        if fitting:
            return fitting[-1]
        letters = (place for place in range(1, len(words)) if self.width(words[:place], bold=bold, size=size) > width)
        return max(1, next(letters, len(words)) - 1)


def readable(words: str) -> str:
    """Words with only the signs that our fonts know: emoji are left out, letters of other scripts become "…"."""
    known = _readable_letters()
    kept: list[str] = []
    for sign in " ".join(words.split()):
        if ord(sign) in known:
            kept.append(sign)
        elif unicodedata.category(sign).startswith(("L", "N")) and kept[-1:] != ["…"]:
            kept.append("…")
    return _suited("".join(kept).strip() or ("…" if words.strip() else ""))


def _suited(words: str) -> str:
    """Quotes, apostrophes and ellipses as the language of the words has them."""
    return _APOSTROPHE.sub("'", words) if _is_chinese(words) else words.translate(_LATIN_SIGNS)


def _is_chinese(words: str) -> bool:
    return any(unicodedata.east_asian_width(sign) in "WF" for sign in words)


def _may_break(before: str, after: str) -> bool:
    if before == " " or before in "-/–":
        return True
    if after in _NOT_FIRST or before in "（《“‘([":
        return False
    return unicodedata.east_asian_width(before) in "WF" or unicodedata.east_asian_width(after) in "WF"


@cache
def _families() -> list[str]:
    """Register the bundled fonts once; the second family knows most other scripts."""
    for path in sorted(Path(resource("fonts")).glob("*.otf")):
        font_manager.fontManager.addfont(str(path))
    # WORKAROUND: while this variable is set, matplotlib 3.11 also ignores fonts that were added by hand. It is set
    # so that the first import does not search the whole computer for fonts, and that has happened by now.
    os.environ.pop("MPL_IGNORE_SYSTEM_FONTS", None)
    return list(_FAMILIES)


def _lacks_bold(words: str) -> bool:
    return any(ord(sign) not in _letters("Bold") and ord(sign) in _letters("Regular") for sign in words)


@cache
def _advance(sign: str, face: str) -> float:
    """The width of one character relative to the text size. Setting whole lines to measure them is 50 times slower."""
    font = _face(_known(sign, face))
    font.set_size(_EM, 72)
    return float(font.load_char(ord(sign), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / _EM


@cache
def _pixels(sign: str, face: str, high: float) -> float:
    """The width in pixels of one character that is drawn on a screen ``high`` pixels high."""
    font = _face(_known(sign, face))
    font.set_size(high, 72)
    return float(font.load_char(ord(sign), flags=LoadFlags.DEFAULT).horiAdvance) / 64


def _known(sign: str, face: str) -> str:
    """The face that has a character."""
    return next((name for name in (face, "Regular", "DejaVu") if ord(sign) in _letters(name)), face)


@cache
def _letters(name: str) -> frozenset[int]:
    """The characters of a face."""
    return frozenset(_face(name).get_charmap())


@cache
def _readable_letters() -> frozenset[int]:
    return _letters("Regular") | _letters("DejaVu")


@cache
def _face(name: str) -> FT2Font:
    """A bundled face, or the family that stands in for other scripts."""
    if name == "DejaVu":
        return FT2Font(str(Path(get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")))
    return FT2Font(str(resource("fonts", f"CXDeskSans-{name}.otf")))
