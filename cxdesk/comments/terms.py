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
    """Those of the chosen terms that are hardly ever written but as part of another chosen one.

    "customer" says nothing beside "customer service" if nearly everybody who wrote it wrote both.
    ``people`` is [texts]; ``vocabulary`` names the chosen terms.
    """
    counts = people_per_term(terms, people)
    names = dict(zip(vocabulary, chosen, strict=True))
    found: set[int] = set()
    for name, pair in names.items():
        for part in name.split(" ") if " " in name else ():
            single = names.get(part)
            if single is not None and counts[pair] >= _NEARLY * counts[single]:
                found.add(single)
    return found


_NEARLY = 0.9
