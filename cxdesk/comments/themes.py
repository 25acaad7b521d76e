"""Finds the themes of comments: which of a person's word lists a text speaks of, and where it does so.

Texts and words are compared folded (`Folding`): "Ａｐｐ", "APP" and "app" are one word, and so are 排隊 and 排队.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cxdesk.comments.folding import Folding
from cxdesk.comments.lexicon import negators, no_negators, starter_themes
from cxdesk.survey.theme import Theme

_WINDOW, _WINDOW_WORDS = 3, 2
"""A denial reaches over so many Chinese characters, or words of other scripts."""

_LATIN = re.compile(r"[a-z0-9\u00df-\u024f]")
_EDGE = "a-z0-9\u00df-\u024f"
_PHRASE_ENDS = re.compile(r"[.,;:!?。，；：！？、\n]")
_GAP = r"[^.,;:!?。，；：！？、\n]{0,6}?"
"""What an asterisk inside a word stands for: a few characters of the same phrase."""

_OFTEN, _BOTH = 0.5, 0.1
_EVERY = 2_000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Matcher:
    """One theme, ready to be looked for. ``unlike`` are longer words that only look like an included one.

    ``never`` is what keeps the whole text from having the theme.
    """

    include: re.Pattern[str] | None
    unlike: re.Pattern[str] | None
    never: re.Pattern[str] | None
    denied_out: bool

    def has(self, folded: str) -> bool:
        """Whether a folded text has the theme."""
        if self.include is None or (self.never is not None and self.never.search(folded)):
            return False
        if self.unlike is None and not self.denied_out:
            return self.include.search(folded) is not None
        return next(self._found(folded), None) is not None

    def spans(self, folded: str) -> list[Span]:
        """Where a folded text speaks of the theme, in order and without overlaps; [] if it does not have it."""
        if self.never is not None and self.never.search(folded):
            return []
        return list(self._found(folded))

    def _found(self, folded: str) -> Iterator[Span]:
        if self.include is None:
            return
        blocked = [] if self.unlike is None else [found.span() for found in self.unlike.finditer(folded)]
        for found in self.include.finditer(folded):
            start, end = found.span()
            if any(first <= start < last for first, last in blocked):
                continue
            if not (self.denied_out and is_denied(folded, start)):
                yield start, end


def matcher(theme: Theme) -> Matcher:
    """Prepare a theme. Words that are empty are left out."""
    return _matcher(theme)


def theme_codes(folded: Sequence[str], themes: Sequence[Theme], check: Callable[[], None]) -> NDArray[np.bool_]:
    """Which theme each folded text has: bool [themes, texts]. ``check`` is called now and then and may raise."""
    found = np.zeros((len(themes), len(folded)), dtype=np.bool_)
    for number, theme in enumerate(themes):
        has = matcher(theme).has
        for first in range(0, len(folded), _EVERY):
            check()
            part = folded[first : first + _EVERY]
            found[number, first : first + len(part)] = np.fromiter(map(has, part), dtype=np.bool_, count=len(part))
    return found


def first_themes(han: NDArray[np.bool_], latin: NDArray[np.bool_], said: NDArray[np.bool_]) -> tuple[Theme, ...]:
    """The themes to start with for texts in these scripts, [texts]: the list of their language, or both together."""
    texts = max(1, int(np.count_nonzero(said)))
    chinese = np.count_nonzero(han & said) / texts
    other = np.count_nonzero(latin & ~han & said) / texts
    # Half of the comments: a Chinese survey often has a few in English, and many that hold an English name.
    return starter_themes("zh" if chinese >= _OFTEN or chinese > other else "en", both=min(chinese, other) >= _BOTH)


def is_denied(folded: str, start: int) -> bool:
    """Whether what begins at ``start`` is denied shortly before: within 3 Chinese characters or 2 words."""
    before = _PHRASE_ENDS.split(folded[max(0, start - 40) : start])[-1]
    for harmless in no_negators():
        before = before.replace(harmless, " " * len(harmless))
    words = before.split()[-_WINDOW_WORDS:]
    if any(word in negators("en") for word in words):
        return True
    near = before[-_WINDOW:]
    return any(word in near for word in negators("zh"))


def tidy_words(words: Iterable[str], fold: Folding) -> tuple[str, ...]:
    """Words as a list keeps them: folded, without empty ones, each once, in their order."""
    plain = (" ".join(fold(word).split()).lstrip("* ") for word in words)
    return tuple(dict.fromkeys(filter(None, plain)))


@lru_cache(maxsize=256)
def _matcher(theme: Theme) -> Matcher:
    fold = Folding()
    include, exclude = tidy_words(theme.include, fold), tidy_words(theme.exclude, fold)
    words = _pattern(include)
    unlike = tuple(word for word in exclude if words is not None and words.search(word.rstrip("*")))
    never = tuple(word for word in exclude if word not in unlike)
    return Matcher(words, _pattern(unlike), _pattern(never), theme.denied_out)


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """One expression for any of the words, the longest first.

    Words that begin alike stand together: what cannot begin here is then passed over at once.
    """
    beginning: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        beginning.setdefault(word[0], []).append(_ending(word))
    parts = [f"{_start(first)}(?:{'|'.join(endings)})" for first, endings in beginning.items()]
    return re.compile("|".join(parts)) if parts else None


def _start(first: str) -> str:
    # The edge is looked for behind the first letter: expressions that begin with a letter are found many times quicker.
    return f"{first}(?<![{_EDGE}].)" if _LATIN.match(first) else re.escape(first)


def _ending(word: str) -> str:
    bare = word.rstrip("*")
    rest = _GAP.join(_spaced(part) for part in re.split(r"\*+", bare[1:]))
    if word != bare:
        return f"{rest}[{_EDGE}'-]*"
    return f"{rest}(?![{_EDGE}])" if _LATIN.match(bare[-1]) else rest


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(part) for part in words.split(" "))
