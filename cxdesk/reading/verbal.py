"""Scales of words: "very satisfied" ... "very dissatisfied", in many languages, and which end of them is good."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cxdesk.reading.lexicon import VerbalScale, degrees, plain, verbal_scales
from cxdesk.reading.numerals import score_in

# Options that are numbered by letters: "A、非常满意".
_ENUMERATOR = re.compile(r"^[A-Ga-g]\s*[.、．)）:：]\s*(?=\S)")
_BAD = frozenset({"difficulty", "concern"})
_NO_VALUE = frozenset({"frequency", "familiarity"})


@dataclass(frozen=True, slots=True)
class Match:
    """Words that were recognised as a scale: what it measures, how many points, which point each text stands for."""

    measure: str
    size: int
    points: tuple[tuple[str, int], ...]
    low_is_good: bool = False

    @property
    def seen(self) -> int:
        """How many points of the scale were used."""
        return len({point for _, point in self.points})


def match(texts: Sequence[str]) -> Match | None:
    """Recognise texts as a scale; all of them must fit, each on its own point. None if they do not.

    Of several scales that fit, the one with the largest share of its points in use wins, then the first in the list.
    """
    found = [match for scale in verbal_scales() if (match := _fit(texts, scale)) is not None]
    one_sided = _degrees(texts)
    if one_sided is not None:
        found.append(one_sided)
    return max(found, key=lambda match: match.seen / match.size, default=None)


def polarity(text: str) -> int:
    """Whether words stand at the good end (+1) or the bad end (-1) of some scale; 0 if neither or unknown."""
    shown = _bare(text)
    ends = _ends().get(shown)
    if ends is not None:
        return ends
    degree = _degree(shown)
    if degree is None or degree[0] not in (0, len(degrees().points) - 1):
        return 0
    good = 1 if degree[0] else -1
    return -good if degrees().qualities.get(degree[1]) in _BAD else good


def measure_of(text: str) -> str:
    """What a single wording measures ("ease", "satisfaction"), or ""."""
    shown = _bare(text)
    for scale in verbal_scales():
        if any(shown in point for point in (scale.points[0], scale.points[-1])):
            return scale.measure
    degree = _degree(shown)
    return degrees().qualities.get(degree[1], "") if degree else ""


@lru_cache(maxsize=65536)
def score_and_words(text: str) -> tuple[int, str] | None:
    """A score as `score_in` reads it, and "1 Very satisfied": a number before words that stand on some scale.

    Other words behind a number are a unit: "5 years".
    """
    found = score_in(text)
    if found is not None:
        return found
    number, gap, words = text.strip().partition(" ")
    if not gap or not number.isdecimal() or len(number) > 2 or _bare(words) not in _known():
        return None
    return int(number), words.strip()


@cache
def _known() -> frozenset[str]:
    return frozenset(word for scale in verbal_scales() for point in scale.points for word in point)


@cache
def _ends() -> dict[str, int]:
    ends: dict[str, int] = {}
    for scale in verbal_scales():
        if len(scale.points) >= 4:
            good = -1 if scale.low_is_good else 1
            for words, value in ((scale.points[0], -good), (scale.points[-1], good)):
                for word in words:
                    ends.setdefault(word, value)
    return ends


def _fit(texts: Sequence[str], scale: VerbalScale) -> Match | None:
    points: list[tuple[str, int]] = []
    for text in texts:
        shown = _bare(text)
        point = next((place for place, words in enumerate(scale.points) if shown in words), None)
        if point is None:
            return None
        points.append((text, point))
    if not _separate(points):
        return None
    return Match(scale.measure, len(scale.points), tuple(points), scale.low_is_good)


def _degrees(texts: Sequence[str]) -> Match | None:
    """Recognise "not at all helpful" ... "extremely helpful": degrees before one and the same quality."""
    points: list[tuple[str, int]] = []
    qualities: set[str] = set()
    for text in texts:
        degree = _degree(_bare(text))
        if degree is None:
            return None
        points.append((text, degree[0]))
        qualities.add(degree[1])
    measure = degrees().qualities.get(next(iter(qualities), ""))
    if len(qualities) != 1 or measure is None or measure in _NO_VALUE or not _separate(points):
        return None
    return Match(measure, len(degrees().points), tuple(points), measure in _BAD)


def _degree(shown: str) -> tuple[int, str] | None:
    """Take "very helpful" apart: (3, "helpful")."""
    for place, words in enumerate(degrees().points):
        for word in words:
            if shown.startswith(word + " "):
                return place, shown[len(word) + 1 :]
    return None


def _bare(text: str) -> str:
    """A wording without the letter that numbers it, in the form in which words are compared."""
    return plain(_ENUMERATOR.sub("", text))


def _separate(points: Iterable[tuple[str, int]]) -> bool:
    """Whether no two different wordings share a point; the same words in other letters may."""
    first: dict[int, str] = {}
    return all(first.setdefault(point, _bare(text)) == _bare(text) for text, point in points)
