"""Which questions of two lists are the same, judged by their words alone: for files of several years and for layouts.

Words are compared without case, width, punctuation, the platform's numbering and years, because surveys are copied from
year to year and edited a little. Likeness is the share of pairs of neighbouring letters that two texts have in common
(Dice 1945), which works without knowing where Chinese words end.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.header import without_number
from cxdesk.reading.lexicon import plain

Words = tuple[str, str]
"""The group (stem of a grid, or "") and the text of a question."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)\s*年?")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_ALIKE = 0.75
_GROUP_ALIKE = 0.6
_SHORTEST_BEGINNING = 10
_LARGEST_REST = 2


@dataclass(frozen=True, slots=True)
class Twin:
    """Two questions that mean the same: their places in both lists, and whether their words are the same too."""

    first: int
    second: int
    same: bool


def bare(text: str) -> str:
    """The letters and digits that tell a question from others: "3、您对2025年的服务满意吗？" -> "您对的服务满意吗"."""
    shown = _YEAR.sub(" ", plain(without_number(text)))
    return _NOT_A_LETTER.sub("", shown) or _NOT_A_LETTER.sub("", plain(text)) or plain(text)


def twins(
    first: Sequence[Words], second: Sequence[Words], fits: Callable[[int, int], bool] = lambda _a, _b: True
) -> tuple[Twin, ...]:
    """Pair the questions of two lists, in the order of the first; each is in one pair at most.

    The same words in the same group come first, then the same words where they stand once on each side, then similar
    words that no other question is as similar to; ``fits`` may refuse the latter, by places. Texts without a letter
    are never paired by likeness.
    """
    left = [(bare(group) if group else "", bare(text)) for group, text in first]
    right = [(bare(group) if group else "", bare(text)) for group, text in second]
    found: dict[int, tuple[int, bool]] = {}
    for key in (lambda words: words, lambda words: words[1]):
        _exact(left, right, found, key)
    _similar(left, right, found, fits)
    return tuple(Twin(place, found[place][0], found[place][1]) for place in sorted(found))


def _exact(
    left: Sequence[Words], right: Sequence[Words], found: dict[int, tuple[int, bool]], key: Callable[[Words], object]
) -> None:
    """Pair what has the same key: several on each side only if they are as many, in their order."""
    taken = {place for place, _ in found.values()}
    ours, theirs = defaultdict(list), defaultdict(list)
    for place, words in enumerate(left):
        if place not in found and words[1]:
            ours[key(words)].append(place)
    for place, words in enumerate(right):
        if place not in taken and words[1]:
            theirs[key(words)].append(place)
    for shared in ours.keys() & theirs.keys():
        if len(ours[shared]) != len(theirs[shared]):
            continue
        pairs = list(zip(ours[shared], theirs[shared], strict=True))
        if len(pairs) > 1 and any(left[a][0] != right[b][0] for a, b in pairs):
            continue
        for a, b in pairs:
            # "Comments" below one question is not "Comments" below another.
            if not left[a][0] or not right[b][0] or _dice(left[a][0], right[b][0]) >= _GROUP_ALIKE:
                found[a] = (b, True)


def _similar(
    left: Sequence[Words],
    right: Sequence[Words],
    found: dict[int, tuple[int, bool]],
    fits: Callable[[int, int], bool],
) -> None:
    taken = {place for place, _ in found.values()}
    ours = [place for place in range(len(left)) if place not in found and left[place][1]]
    theirs = [place for place in range(len(right)) if place not in taken and right[place][1]]
    if not ours or not theirs:
        return
    likeness = _table([left[place][1] for place in ours], [right[place][1] for place in theirs])
    for row, a in enumerate(ours):
        for column in np.flatnonzero(likeness[row] >= _ALIKE).tolist():
            b = theirs[column]
            if not _groups_agree(left[a], right[b]) or not fits(a, b):
                likeness[row, column] = 0
    while True:
        row, column = divmod(int(likeness.argmax()), len(theirs))
        best = float(likeness[row, column])
        if best < _ALIKE:
            return
        # Two candidates that are equally near leave no honest choice.
        if (likeness[row] == best).sum() == 1 and (likeness[:, column] == best).sum() == 1:
            found[ours[row]] = (theirs[column], False)
        likeness[row], likeness[:, column] = 0, 0


def _groups_agree(one: Words, other: Words) -> bool:
    if not one[0] or not other[0]:
        return one[0] == other[0]
    return _dice(one[0], other[0]) >= _GROUP_ALIKE


def _table(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
    """How alike each text of one list is to each of the other: float64 [left, right], 0 to 1."""
    letters: dict[str, int] = {}
    sets = [_pairs(text) for text in (*left, *right)]
    for pairs in sets:
        for pair in pairs:
            letters.setdefault(pair, len(letters))
    counts = np.zeros((len(sets), max(len(letters), 1)), dtype=np.float32)
    for row, pairs in enumerate(sets):
        for pair, count in pairs.items():
            counts[row, letters[pair]] = count
    ours, theirs = counts[: len(left)], counts[len(left) :]
    common = np.stack([np.minimum(row, theirs).sum(axis=1) for row in ours])
    total = ours.sum(axis=1)[:, None] + theirs.sum(axis=1)[None, :]
    likeness: NDArray[np.float64] = (2 * common / np.maximum(total, 1)).astype(np.float64)
    digits = [_DIGITS.findall(text) for text in (*left, *right)]
    for row, one in enumerate(left):
        for column, other in enumerate(right):
            if _begins(one, other):
                shorter, longer = sorted((len(one), len(other)))
                likeness[row, column] = max(likeness[row, column], _ALIKE + (1 - _ALIKE) * shorter / longer)
            elif digits[row] != digits[len(left) + column]:
                likeness[row, column] = 0  # "Rating 1" and "Rating 2" are two questions
    return likeness


def _begins(one: str, other: str) -> bool:
    """Whether one text is the other with something behind it, such as the words of a scale."""
    shorter, longer = sorted((one, other), key=len)
    return (
        len(shorter) >= _SHORTEST_BEGINNING
        and longer.startswith(shorter)
        and len(longer) <= _LARGEST_REST * len(shorter)
        and not (shorter[-1].isdigit() and longer[len(shorter) :][:1].isdigit())
    )


def _pairs(text: str) -> Counter[str]:
    return Counter(text[place : place + 2] for place in range(max(len(text) - 1, 1)))


def _dice(one: str, other: str) -> float:
    first, second = _pairs(one), _pairs(other)
    return 2 * (first & second).total() / max(first.total() + second.total(), 1)
