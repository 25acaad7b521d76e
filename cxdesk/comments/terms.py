"""Counts people per term: how many of a group wrote a word, however often each of them wrote it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.comments.segment import Terms

Counts = NDArray[np.int64]


def people_per_text(codes: NDArray[Any], texts: int) -> Counts:
    """How many people wrote each text, int64 [texts]; ``codes`` is the text of each of them."""
    return np.bincount(codes, minlength=texts).astype(np.int64, copy=False)


def people_per_term(terms: Terms, people: Counts) -> Counts:
    """How many people wrote each term, int64 [vocabulary], from how many wrote each text."""
    sizes = np.diff(terms.ends, prepend=0)
    counts = np.bincount(terms.ids, np.repeat(people, sizes).astype(np.float64), minlength=len(terms.vocabulary))
    return np.rint(counts).astype(np.int64)


def texts_with(terms: Terms, term: int) -> NDArray[np.intp]:
    """The texts that hold a term."""
    return np.searchsorted(terms.ends, np.flatnonzero(terms.ids == term), side="right")


def redundant(terms: Terms, people: Counts, chosen: list[int], vocabulary: list[str]) -> set[int]:
    """Those of the chosen terms that say nothing beside another one, since nearly the same people wrote both.

    A word gives way to a longer term that holds it ("customer" to "customer service", "程序" to "小程序"), and of pairs
    that overlap ("remote session", "session fixed", "fixed everything") the first of the most frequent stays.
    ``people`` is [texts]; ``vocabulary`` names the chosen terms.
    """
    counts = people_per_term(terms, people)
    numbers = dict(zip(vocabulary, chosen, strict=True))
    wrote: dict[int, NDArray[np.intp]] = {}

    def together(one: int, other: int) -> int:
        for term in (one, other):
            if term not in wrote:
                wrote[term] = texts_with(terms, term)
        return int(people[np.intersect1d(wrote[one], wrote[other], assume_unique=True)].sum())

    def gives_way(name: str, other: str) -> bool:
        term, beside = numbers[name], numbers[other]
        needed = _NEARLY * counts[term]
        return bool(counts[beside] >= needed) and together(term, beside) >= needed

    longer: dict[str, list[str]] = {}
    for name in vocabulary:
        for part in _parts(name):
            if part in numbers:
                longer.setdefault(part, []).append(name)
    found: set[int] = set()
    pairs: dict[str, list[str]] = {}
    for name in sorted(vocabulary, key=lambda each: (-counts[numbers[each]], numbers[each])):
        words = name.split(" ")
        earlier = [pair for word in words for pair in pairs.get(word, ())] if len(words) > 1 else []
        if any(gives_way(name, other) for other in (*longer.get(name, ()), *earlier)):
            found.add(numbers[name])
        for word in words if len(words) > 1 else ():
            pairs.setdefault(word, []).append(name)
    return found


def _parts(name: str) -> set[str]:
    """The shorter terms that a term may hold: whole words, or any piece of a Chinese one."""
    if name.isascii():
        return set(name.split(" ")) - {name}
    ends = range(1, len(name) + 1)
    return {name[start:end] for end in ends for start in range(end)} - {name}


_NEARLY = 0.9
