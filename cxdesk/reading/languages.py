"""How likely it is that somebody wrote a text, by its letters: what bytes would say in one encoding or in another.

Each language is a list of its letters in the order of their frequency (``resources/lexicon/letters.json``); a letter's
share falls as in Zipf's law. A text is as likely as the product of its letters' shares in the language that fits best.
Bytes read in a wrong encoding give rare characters, mixed alphabets, or capitals and signs in the middle of words.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from cxdesk.resources import resource

_ASCII = -3.3
"""The logarithm of an ASCII character's share; it only matters where a wrong encoding swallows one."""
_MARK = -8.0
_RARE = -11.5
_STRANGE = -15.0
_IMPOSSIBLE = -22.0
_MISPLACED = -4.0
_CAPITAL = math.log(0.1)
_MARKS = frozenset("’‘“”„–—…«»°€£§•©®™½²\u00a0")
_LAST_LATIN = "\u024f"
_INSIDE_WORDS = frozenset("’‘·-‐–\u00ad")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_FREQUENT = 0.62
"""The share of the listed characters among all East Asian ones; the rest is shared out by `_REST`."""
_REST: dict[str, tuple[str, tuple[tuple[int, int, float, int], ...]]] = {
    "zh-Hans": ("gb2312", ((0xB0, 0xD7, 0.26, 3400), (0xD8, 0xF7, 0.01, 3008), (0xA1, 0xA3, 0.1, 60))),
    "zh-Hant": ("big5", ((0xA4, 0xC6, 0.26, 5000), (0xC9, 0xF9, 0.01, 7600), (0xA1, 0xA3, 0.1, 60))),
    "ja": ("cp932", ((0x88, 0x97, 0.22, 2700), (0x98, 0xEA, 0.01, 3400), (0x81, 0x83, 0.12, 60))),
    "ko": ("euc_kr", ((0xB0, 0xC8, 0.34, 2100), (0xCA, 0xFD, 0.001, 4888), (0xA1, 0xA3, 0.02, 60))),
}
"""Per language a national codec whose first byte sorts characters: from, to, share of all, number of characters."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language: the logarithm of each of its letters' shares, and what an ASCII letter costs beside them."""

    key: str
    letters: dict[str, float]
    ascii_letter: float

    def of(self, char: str) -> float:
        """The logarithm of the share of one character beyond ASCII."""
        found = self.letters.get(char)
        if found is not None:
            return found
        if char in _MARKS:
            return _MARK
        small = self.letters.get(char.lower())
        if small is not None:
            return small + _CAPITAL
        if self.key in _REST:
            return _rest(self.key, char)
        return _unusual(char)


def likelihood(text: str, *, wide: bool) -> float:
    """The logarithm of how likely a text is in the language that fits it best; more is better, 0 for no text.

    ``wide`` says that it was read as an East Asian encoding, where signs stand between letters without spaces.
    """
    counts = Counter(text)
    beyond = [(char, count) for char, count in counts.items() if not char.isascii()]
    letters = sum(count for char, count in counts.items() if char.isascii() and char.isalpha())
    plain = len(text) - sum(count for _, count in beyond)
    best = max(
        sum(count * language.of(char) for char, count in beyond) + letters * language.ascii_letter
        for language in languages()
    )
    return plain * _ASCII + best + (0.0 if wide else _MISPLACED * _misplaced(text))


def usual_share(text: str) -> float:
    """The share of the characters beyond ASCII that are usual in the language that fits best; 1.0 if there are none."""
    beyond = {char: count for char, count in Counter(text).items() if not char.isascii()}
    if not beyond:
        return 1.0
    most = max(sum(count for char, count in beyond.items() if language.of(char) > _RARE) for language in languages())
    return most / sum(beyond.values())


@cache
def languages() -> tuple[Language, ...]:
    """All languages of the list."""
    content = json.loads(resource("lexicon", "letters.json").read_text(encoding="utf-8"))
    latin = (
        Language(key, _shares(entry["letters"], entry["share"]), math.log1p(-entry["share"]))
        for key, entry in content["latin"].items()
    )
    alphabets = (Language(key, _shares(letters, 0.97), -0.05) for key, letters in content["alphabets"].items())
    characters = (Language(key, _shares(letters, _FREQUENT), -0.05) for key, letters in content["characters"].items())
    return (*latin, *alphabets, *characters)


def _shares(letters: Iterable[str], share: float) -> dict[str, float]:
    weights = {letter: 1 / (rank + 3) for rank, letter in enumerate(letters)}
    total = sum(weights.values())
    return {letter: math.log(share * weight / total) for letter, weight in weights.items()}


@lru_cache(maxsize=65536)
def _rest(key: str, char: str) -> float:
    codec, classes = _REST[key]
    try:
        lead = char.encode(codec)[0]
    except UnicodeEncodeError:
        return _unusual(char)
    for first, last, share, size in classes:
        if first <= lead <= last:
            return math.log(share / size)
    return _unusual(char)


@lru_cache(maxsize=65536)
def _unusual(char: str) -> float:
    if char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs"):
        return _IMPOSSIBLE
    return _RARE if char <= _LAST_LATIN and char.isalpha() else _STRANGE


def _misplaced(text: str) -> int:
    """How many characters stand where nobody writes them: capitals, signs or another alphabet inside words."""
    found = 0
    for match in _BEYOND.finditer(text):
        char, before, after = match[0], text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if char.isalpha():
            found += char.isupper() and before.islower()
            if char > _LAST_LATIN:
                found += (before.isascii() and before.isalpha()) + (after.isascii() and after.isalpha())
        else:
            found += before.isalpha() and after.isalpha() and char not in _INSIDE_WORDS
    return found
