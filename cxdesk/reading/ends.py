"""Scales of numbers whose top or bottom the survey program replaced with words (FORMATS.md 6.4).

"Very satisfied" above 2, 3 and 4 stands for 5. Beside a 5 it is either another way to write it, as in lists that were
put together by hand, or the 7 of a longer scale: that is asked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from cxdesk.reading import verbal
from cxdesk.reading.found import Found, Rival, count_of, texts_of
from cxdesk.reading.lexicon import plain
from cxdesk.reading.profile import Answer
from cxdesk.reading.reach import apart_for_certain
from cxdesk.reading.stated import ends_in, range_in
from cxdesk.survey.scale import Direction, Scale

_TEN = 10
_NEXT = {5: 7, 7: _TEN}


def from_ends(
    numbers: Sequence[tuple[Answer, tuple[int, str]]],
    others: Sequence[Answer],
    words: str,
    silent: Sequence[Answer],
    siblings: Mapping[int, int],
) -> Found | None:
    """Numbers whose top or bottom the survey program replaced with words (FORMATS.md 6.4)."""
    judged = {answer.words: verbal.polarity(answer.words) for answer in others}
    if len(judged) == 2 and sum(judged.values()) != 0:
        return None
    counts: dict[int, int] = {}
    for answer, (value, _) in numbers:
        counts[value] = counts.get(value, 0) + answer.count
    around = {value: max(counts.get(value, 0), siblings.get(value, 0)) for value in {*counts, *siblings}}
    apart = apart_for_certain(around)
    silent = [*silent, *(answer for answer, (value, _) in numbers if value in apart)]
    values = sorted(around.keys() - apart)
    if not values or values[0] < 0 or values[-1] > _TEN:
        return None
    stated = range_in(words)
    top = next((text for text, value in judged.items() if value > 0), "")
    high = stated[1] if stated else _top_end(values[-1], top, numbers)
    low = stated[0] if stated else _low_end(values[0], high, -1 in judged.values())
    if low > values[0] or high < values[-1] or high - low < 2:
        return None
    named = ends_in(unicodedata.normalize("NFKC", words))
    flipped = verbal.polarity(named.get(high, "")) < 0 or verbal.polarity(named.get(low, "")) > 0
    direction = Direction.LOW_IS_GOOD if flipped else Direction.HIGH_IS_GOOD

    def upto(end: int) -> Scale:
        labels = [""] * (end - low + 1)
        for text, value in judged.items():
            labels[-1 if (value > 0) != flipped else 0] = text
        return Scale(low, end, tuple(labels), direction, texts_of(silent))

    rival = None
    if top and not stated and not flipped and high == values[-1] in _NEXT and not _labels_of(numbers, top):
        # Either the word is another way to write the top, or the top itself and one below it was never chosen.
        count = sum(answer.count for answer in others if answer.words == top)
        rival = Rival(upto(_NEXT[high]), (), count, sum(counts.values()), values[0], high, top)
    measure = verbal.measure_of(others[0].words)
    seen = len({value for _, (value, _) in numbers}) + len(others)
    certain = stated is not None or (values[0] in (0, 1, 2) and values[-1] in (4, 6, 9, 10))
    return Found(upto(high), "ends", measure, certain, True, seen, 0, count_of(silent), tuple(values), rival=rival)


def _top_end(highest: int, word: str, numbers: Sequence[tuple[Answer, tuple[int, str]]]) -> int:
    """The top of a scale whose highest number is known; a word stands above it, unless a usual top is taken already."""
    named = _labels_of(numbers, word)
    if named and named[-1] >= highest:
        return named[-1]
    if word and (highest in _NEXT or highest == _TEN):
        return highest
    return next(top for top in (5, 7, _TEN) if top >= highest + bool(word))


def _labels_of(numbers: Sequence[tuple[Answer, tuple[int, str]]], word: str) -> list[int]:
    """The numbers that carry a word in other cells: "5 - very satisfied" beside "very satisfied"."""
    return sorted(value for _, (value, label) in numbers if word and plain(label) == plain(word))


def _low_end(lowest: int, high: int, word_is_bottom: bool) -> int:
    if lowest == 0:
        return 0
    return 0 if lowest == 1 and word_is_bottom and high == 10 else 1
