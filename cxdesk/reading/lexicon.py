"""The words by which the program understands a table: scales, "no answer", personal data, what a question asks.

All words are resources (``resources/lexicon``); this module only loads them and compares texts with them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from cxdesk.comments.cells import plain, tokens
from cxdesk.resources import resource

__all__ = [
    "Degrees",
    "HanDegrees",
    "Opposites",
    "VerbalScale",
    "archives",
    "asks",
    "degrees",
    "han_degrees",
    "mentions",
    "names",
    "no_answer_numbers",
    "opposites",
    "orders",
    "plain",
    "private_header",
    "surnames",
    "table_words",
    "tokens",
    "verbal_scales",
    "without",
]

_LONG_HEADER = 40
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class VerbalScale:
    """A scale of words, worst (or least) point first; each point lists its wordings in the form of `plain`."""

    measure: str
    points: tuple[frozenset[str], ...]
    low_is_good: bool = False


@dataclass(frozen=True, slots=True)
class Degrees:
    """Degrees that go before a quality ("not at all" ... "extremely"), and what each quality measures."""

    points: tuple[tuple[str, ...], ...]
    qualities: dict[str, str]


@cache
def _load(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(resource("lexicon", f"{name}.json").read_text(encoding="utf-8"))
    return content


@cache
def no_answer_numbers() -> frozenset[int]:
    """Numbers that survey programs write for "no answer" (FORMATS.md 5)."""
    return frozenset(_load("answers")["no_answer_numbers"])


@cache
def _pattern(file: str, topic: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{word})" for word in _load(file)[topic]))


@lru_cache(maxsize=65536)
def asks(topic: str, words: str) -> bool:
    """Whether the words of a question speak of a topic: "recommend", "satisfaction", "comment", "weight", ..."""
    return _pattern("questions", topic).search(plain(words)) is not None


@lru_cache(maxsize=4096)
def mentions(topic: str, words: str) -> int:
    """How often the words of a question speak of a topic."""
    return sum(1 for _ in _pattern("questions", topic).finditer(plain(words)))


@lru_cache(maxsize=4096)
def without(topic: str, words: str) -> str:
    """The words of a question, in the form of `plain`, without those that speak of a topic."""
    return _pattern("questions", topic).sub(" ", plain(words))


@cache
def table_words(name: str) -> frozenset[str]:
    """Words that stand in cells of summaries and totals."""
    return frozenset(plain(word) for word in _load("tables")[name])


def names(topic: str, words: str) -> bool:
    """Whether words name a "period", an "aggregate" or a "score", as tables of results do."""
    return _pattern("tables", topic).search(plain(words)) is not None


def private_header(words: str) -> bool:
    """Whether a header announces personal data."""
    shown = plain(words)
    if len(shown) > _LONG_HEADER:
        # What long questions say in brackets is an instruction: "(list with FULLNAME (ACRONYM), ...)".
        before = ""
        while shown != before:
            before, shown = shown, _BRACKETS.sub(" ", shown)
    if _pattern("private", "unless").search(shown):
        return False
    return _pattern("private", "headers").search(shown) is not None


@cache
def surnames() -> frozenset[str]:
    """The most frequent Chinese family names of one character."""
    return frozenset(_load("private")["surnames"])


@cache
def verbal_scales() -> tuple[VerbalScale, ...]:
    """All scales of words, in the order in which they are tried."""
    return tuple(
        VerbalScale(
            scale["measure"],
            tuple(frozenset(plain(word) for word in point) for point in scale["points"]),
            scale.get("low_is_good", False),
        )
        for scale in _load("scales")["scales"]
    )


@cache
def degrees() -> Degrees:
    """The degrees of one-sided scales."""
    content = _load("scales")["degrees"]
    return Degrees(tuple(tuple(map(plain, point)) for point in content["points"]), content["qualities"])


@dataclass(frozen=True, slots=True)
class HanDegrees:
    """Chinese degrees, least first, the words of the middle point, and what each quality measures and if it is good."""

    points: tuple[tuple[str, ...], ...]
    middle: frozenset[str]
    good: dict[str, str]
    bad: dict[str, str]


@cache
def han_degrees() -> HanDegrees:
    """The degrees that Chinese scales put before a quality or its negation; longer wordings come first."""
    content = _load("scales")["han_degrees"]
    points = tuple(tuple(sorted(point, key=len, reverse=True)) for point in content["points"])
    return HanDegrees(points, frozenset(map(plain, content["middle"])), content["good"], content["bad"])


@cache
def archives() -> tuple[tuple[str, frozenset[str]], ...]:
    """Archives that platforms make: the name of the file with the answers, and the names of those beside it."""
    return tuple(
        (entry["answers"].casefold(), frozenset(name.casefold() for name in entry["beside"]))
        for entry in _load("archives")["archives"]
    )


@dataclass(frozen=True, slots=True)
class Opposites:
    """Degrees before a quality or its opposite, the words between the two, and pairs (worse word -> better word)."""

    strong: frozenset[str]
    mild: frozenset[str]
    middle: frozenset[str]
    pairs: dict[str, str]


@cache
def opposites() -> Opposites:
    """The words of English scales between a quality and its opposite."""
    content = _load("scales")["opposites"]
    strong, mild, middle = (frozenset(content[part]) for part in ("strong", "mild", "middle"))
    return Opposites(strong, mild, middle, content["pairs"])


@cache
def orders() -> tuple[dict[str, int], ...]:
    """Answers with an order that are no scores: word -> position, one mapping per list."""
    return tuple(
        {plain(word): place for place, word in enumerate(words)} for words in _load("scales")["orders"]["lists"]
    )
