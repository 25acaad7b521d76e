"""Scales of words: "very satisfied" ... "very dissatisfied", in many languages, and which end of them is good."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from cxdesk.reading.lexicon import VerbalScale, degrees, han_degrees, opposites, plain, verbal_scales
from cxdesk.reading.numerals import score_in

# Options that are numbered by letters: "A、非常满意".
_ENUMERATOR = re.compile(r"^[A-Ga-g]\s*[.、．)）:：]\s*(?=\S)")
_POINTS_BEHIND = re.compile(r"^(\D{1,12}?)\s*(\d{1,2})\s*分$")
_AMOUNTS = frozenset({"degree", "level"})
"""Scales that only say how much: which end is good depends on what was asked."""
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
    if not texts:
        return None
    found = [match for scale in verbal_scales() if (match := _fit(texts, scale)) is not None]
    found += [match for match in (_degrees(texts), _opposed(texts), _han(texts)) if match is not None]
    return max(found, key=lambda match: match.seen / match.size, default=None)


def tightened(found: Match) -> Match:
    """The scale without points that nobody used although many answered: both ends, or the middle.

    "Better", "the same", "worse" are three points and not the inner ones of five.
    """
    used = sorted({point for _, point in found.points})
    last = found.size - 1
    inner = used == list(range(1, last)) and len(used) >= 3
    no_middle = found.size % 2 == 1 and used == [point for point in range(found.size) if point != last // 2]
    if not inner and not (no_middle and len(used) >= 4):
        return found
    places = {point: place for place, point in enumerate(used)}
    points = tuple((text, places[point]) for text, point in found.points)
    return replace(found, size=len(used), points=points)


def with_middle(found: Match) -> Match:
    """The same scale with a middle point that nobody used: among few answers that is likelier than a scale without."""
    if found.size % 2:
        return found
    texts = [text for text, _ in found.points]
    wider = (_fit(texts, scale) for scale in verbal_scales() if len(scale.points) == found.size + 1)
    same = (match for match in wider if match is not None and match.measure == found.measure)
    return next((match for match in same if found.size // 2 not in {point for _, point in match.points}), found)


def polarity(text: str) -> int:
    """Whether words stand at the good end (+1) or the bad end (-1) of some scale; 0 if neither or unknown."""
    shown = _bare(text)
    ends = _ends().get(shown)
    if ends is not None:
        return ends
    han = _han_degree(shown)
    if han is not None and han[0] in (0, len(han_degrees().points) - 1):
        good = 1 if han[0] else -1
        return good if han[1] in han_degrees().good else -good if han[1] in han_degrees().bad else 0
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
    behind = _POINTS_BEHIND.match(text.strip())
    if behind is not None and _bare(behind[1]) in _known():
        return int(behind[2]), behind[1].strip()
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
        if len(scale.points) >= 4 and scale.measure not in _AMOUNTS:
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
    found = [
        (len(word), place)
        for place, words in enumerate(degrees().points)
        for word in words
        if shown.startswith(word + " ")
    ]
    if not found:
        return None
    length, place = max(found)
    return place, shown[length + 1 :]


def _opposed(texts: Sequence[str]) -> Match | None:
    """Recognise "very clear", "clear", "neutral", "unclear", "very unclear": a quality and its opposite in degrees."""
    points: list[tuple[str, int]] = []
    found: list[tuple[str, str, bool]] = []
    for text in texts:
        shown = _bare(text)
        if shown in opposites().middle or shown.startswith("neither "):
            points.append((text, 2))
            continue
        degree, _, rest = shown.partition(" ")
        strong, mild = degree in opposites().strong, degree in opposites().mild
        found.append((text, rest if strong or mild else shown, strong))
    words = {word for _, word, _ in found}
    better = next((word for word in words if words - {word} and all(_opposite(o, word) for o in words - {word})), None)
    if len(words) != 2 or better is None or len(texts) < 4:
        return None
    for text, word, strong in found:
        points.append((text, (4 if strong else 3) if word == better else (0 if strong else 1)))
    measure = degrees().qualities.get(better, "quality")
    return Match(measure, 5, tuple(points)) if _separate(points) and measure not in _NO_VALUE else None


def _opposite(worse: str, better: str) -> bool:
    if opposites().pairs.get(worse) == better:
        return True
    return any(worse == f"{prefix}{better}" for prefix in ("un", "in", "im", "ir", "il", "dis", "not ", "un-", "dis-"))


def _han(texts: Sequence[str]) -> Match | None:
    """Recognise 非常不信任 ... 非常信任 with any quality: degrees before one and the same word, and its negation.

    What the quality measures is "degree" if nobody wrote down whether more of it is good.
    """
    degrees_, points, qualities = han_degrees(), [], set()
    for text in texts:
        shown = _bare(text)
        if shown in degrees_.middle:
            points.append((text, len(degrees_.points) // 2))
            continue
        degree = _han_degree(shown)
        if degree is None:
            return None
        points.append((text, degree[0]))
        qualities.add(degree[1])
    middle = len(degrees_.points) // 2
    both = {point < middle for _, point in points if point != middle}
    if len(qualities) != 1 or len(both) != 2 or not _separate(points):
        return None
    quality = qualities.pop()
    measure = degrees_.good.get(quality) or degrees_.bad.get(quality) or "degree"
    return Match(measure, len(degrees_.points), tuple(points), quality in degrees_.bad)


@lru_cache(maxsize=4096)
def _han_degree(shown: str) -> tuple[int, str] | None:
    """Take 不太信任 apart: (1, "信任"). A bare quality stands where "rather" does."""
    if not 1 <= len(shown) <= 8 or not all("\u4e00" <= sign <= "\u9fff" for sign in shown):
        return None
    points = han_degrees().points
    found = [
        (len(word), place)
        for place, words in enumerate(points)
        for word in words
        if shown.startswith(word) and len(shown) > len(word)
    ]
    if not found:
        return points.index(next(words for words in points if "比较" in words)), shown
    length, place = max(found)
    return place, shown[length:]


def _bare(text: str) -> str:
    """A wording without the letter that numbers it, in the form in which words are compared."""
    return plain(_ENUMERATOR.sub("", text))


def _separate(points: Iterable[tuple[str, int]]) -> bool:
    """Whether no two different wordings share a point; the same words in other letters may."""
    first: dict[int, str] = {}
    return all(first.setdefault(point, _bare(text)) == _bare(text) for text, point in points)
