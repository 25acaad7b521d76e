"""Cuts comments into words, Chinese and English, offline; and prepares them for everything that is done with comments.

Chinese is cut by jieba's dictionary (rjieba) and a list of words that it does not know, other scripts by their spaces.
Terms are words, English pairs of words that follow each other, and a denied word together with what denies it ("not
helpful", "不热情"), which is then no mention of the word alone. Some words tell something only beside another one
("back" in "money back"), some only in a phrase of small words ("on hold"); alone they are no terms. A single Chinese
character is mostly a piece of a word ("店", "多") and counts only if it is listed as one ("慢", "贵"), or denied.

Loading the dictionary holds the program up for half a second, so the window lets the worker process do it
(`Kept.elsewhere`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cxdesk.comments.cells import plain
from cxdesk.comments.folding import Folding, composed
from cxdesk.comments.lexicon import (
    compounds,
    incomplete,
    negators,
    nothing_said,
    phrases,
    single_characters,
    stop_words,
)
from cxdesk.comments.masking import mask
from cxdesk.job import Job
from cxdesk.survey.dataset import Words
from cxdesk.text import say

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_LETTERS = "a-z0-9\u00df-\u024f\u0370-\u052f\u0e00-\u0e7f\u3040-\u30ff\uac00-\ud7af"
_EMOJI = "\u2600-\u27bf\U0001f300-\U0001faff"
_PIECES = re.compile(
    rf"(?P<han>[{_HAN}]+)|(?P<word>[{_LETTERS}]+(?:['-][{_LETTERS}]+)*)|(?P<emoji>[{_EMOJI}])|(?P<end>[^\s{_HAN}])"
)
_IS_HAN, _IS_LATIN, _IS_LETTER = re.compile(f"[{_HAN}]"), re.compile("[a-z]{2}"), re.compile(f"[{_LETTERS}'-]")
_NUMBER = re.compile(
    r"[\d'-]+|[零一二两三四五六七八九十百千万几]+多?(?:块钱|分钟|小时|钟头|星期|个月|点钟|[个元块毛分秒天日周月年次趟家位件份遍回层楼岁点号])?"
)
_MOST_JOINED, _DENIES_OVER = 4, 1
_EVERY = 500
_LONGEST = 40

Cut = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Which terms stand in which text: those of text i are ``ids[ends[i - 1] : ends[i]]``, each once.

    ``vocabulary`` holds the terms; ``ids`` is int32, ``ends`` int64 [texts].
    """

    vocabulary: Words
    ids: NDArray[np.int32]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Texts as they are shown (personal items masked) and compared (`Folding`), with their terms.

    ``said`` is False for texts that say nothing: empty ones, "none", "n/a". ``masked`` counts personal items. ``han``
    and ``latin`` say which scripts a text holds. All [texts].
    """

    shown: Words
    folded: Words
    terms: Terms
    said: NDArray[np.bool_]
    masked: NDArray[np.int32]
    han: NDArray[np.bool_]
    latin: NDArray[np.bool_]


def prepared(texts: Words, job: Job) -> Prepared:
    """Prepare distinct texts. Raises `Cancelled` if the job says so."""
    fold, cut = Folding(), _lazy_cut()
    known: dict[str, int] = {}
    shown: list[str] = []
    folded: list[str] = []
    ids: list[int] = []
    ends: list[int] = []
    masked = np.zeros(len(texts), dtype=np.int32)
    said, han, latin = np.zeros((3, len(texts)), dtype=np.bool_)
    for place, text in enumerate(texts):
        if place % _EVERY == 0:
            job.progress(say("Reading comments"), place, len(texts))
            job.check()
        visible, masked[place] = mask(composed(text))
        plain = fold(visible)
        shown.append(visible)
        folded.append(plain)
        said[place] = says_something(plain)
        if said[place]:
            found = list(terms_of(plain, cut))
            han[place] = _IS_HAN.search(plain) is not None
            latin[place] = _IS_LATIN.search(plain) is not None
            ids.extend(dict.fromkeys(known.setdefault(term, len(known)) for term in found))
        ends.append(len(ids))
    terms = Terms(Words.of(list(known)), np.array(ids, dtype=np.int32), np.array(ends, dtype=np.int64))
    return Prepared(Words.of(shown), Words.of(folded), terms, said, masked, han, latin)


def says_something(folded: str) -> bool:
    """Whether a folded text is more than "none" or a dash."""
    words = plain(folded)
    bare = words.strip(" .!。！~")
    return bool(bare) and words not in nothing_said() and plain(bare) not in nothing_said()


def terms_of(folded: str, cut: Cut) -> Iterator[str]:
    """The terms of a folded text in their order, with repetitions. ``cut`` divides a run of Chinese characters."""
    denied = before = ""
    whole = False
    passed = 0
    for word, joins in _words(folded, cut):
        kind = _kind(word)
        match kind:
            case _Kind.TERM | _Kind.HALF | _Kind.LONE if denied:
                yield _pair(denied, word, joins=joins)
                before = denied = ""
            case _Kind.TERM | _Kind.HALF:
                if kind is _Kind.TERM:
                    yield word
                if before and joins and before != word and (whole or kind is _Kind.TERM):
                    yield _pair(before, word, joins=True)
                before, whole = word if joins else "", kind is _Kind.TERM
            case _Kind.SMALL | _Kind.LONE:
                # Only words side by side make a pair; what denies reaches over one small word: "not very helpful".
                before, passed = "", passed + 1
                denied = denied if passed <= _DENIES_OVER else ""
            case _Kind.DENIES:
                before, denied, passed = "", word, 0
            case _Kind.END:
                before = denied = ""


class _Kind(Enum):
    """What a word does: it is a term, says nothing, denies, or ends the phrase.

    HALF is one only beside a term or denied, LONE only denied.
    """

    TERM = auto()
    HALF = auto()
    LONE = auto()
    SMALL = auto()
    DENIES = auto()
    END = auto()


@lru_cache(maxsize=1 << 16)
def _kind(word: str) -> _Kind:
    if word in negators("en") or word in negators("zh"):
        return _Kind.DENIES
    if word in stop_words():
        return _Kind.SMALL
    if not word or len(word) > _LONGEST or _NUMBER.fullmatch(word):
        return _Kind.END
    if word in incomplete():
        return _Kind.HALF
    return _Kind.LONE if len(word) == 1 and _IS_HAN.match(word) and word not in single_characters() else _Kind.TERM


def _pair(first: str, second: str, *, joins: bool) -> str:
    return f"{first} {second}" if joins else f"{first}{second}"


def _words(folded: str, cut: Cut) -> Iterator[tuple[str, bool]]:
    """Words with whether their script sets spaces; "" where a phrase ends."""
    passed = 0
    for piece in _PIECES.finditer(folded):
        if piece.start() < passed:
            continue
        text = piece.group()
        match piece.lastgroup:
            case "han":
                for word in _joined(cut(text)):
                    yield word, False
            case "word":
                phrase = _phrase(folded, piece.start(), text)
                passed = piece.start() + len(phrase)
                yield phrase, True
            case "emoji":
                yield text, False
            case _:
                yield "", False


def _phrase(folded: str, start: int, word: str) -> str:
    """The longest phrase that begins with a word at ``start``, or the word itself."""
    for phrase in phrases().get(word, ()):
        if folded.startswith(phrase, start) and not _IS_LETTER.match(folded, start + len(phrase)):
            return phrase
    return word


def _joined(words: list[str]) -> Iterator[str]:
    """Words with those put together again that the dictionary does not know as one."""
    place = 0
    while place < len(words):
        ends = range(min(len(words), place + _MOST_JOINED), place + 1, -1)
        end = next((end for end in ends if "".join(words[place:end]) in compounds()), place + 1)
        yield "".join(words[place:end])
        place = end


def _lazy_cut() -> Cut:
    """Cuts with rjieba, whose dictionary is only loaded where there is something Chinese to cut.

    Only words of the dictionary: what its model guesses beside them are mostly pieces of sentences ("要排", "店强").
    """
    loaded: list[Cut] = []

    def cut(text: str) -> list[str]:
        if not loaded:
            import rjieba  # noqa: PLC0415 - half a second that surveys without Chinese are spared

            loaded.append(lambda run: list(rjieba.cut(run, False)))
        return loaded[0](text)

    return cut
