"""How far a scale of bare numbers reaches, and which numbers beside it stand for "don't know" or "refused".

Programs write 6, 8 or 9 into a question from 1 to 5 where somebody gave no answer. One such cell must not make a scale
of ten points out of five: the empty points between tell, and so do all rows of a grid together. Where the answers allow
both readings, the smaller and the larger scale are kept beside each other, so that the person can be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt

TOLERANCE = 0.03
"""This share of the answers may lie outside a scale that fits all others."""

SHORT = 7
FEW_ZEROS = 0.06
FEW = 30

_RANGES = ((1, 3), (1, 4), (1, 5), (0, 4), (0, 5), (1, 6), (1, 7), (0, 6), (0, 7), (1, 10), (0, 10))
_CODES = frozenset({8, 9})
_BESIDE = frozenset({0, 6, 7, 8, 9, 11})
_HIGHEST = 11
_FOLLOWING = {5: frozenset({6, 8, 9}), 7: frozenset({8, 9})}
"""Numbers right behind a usual top: "not applicable" is often the last option of the list."""

_MOST_APART = 3
_LARGEST_SHARE = 0.4
_CERTAIN = 12.0
_LIKELY = 4.0
_RISES = 0.8
_DROPS = 0.35
_ENOUGH = 5
_UNUSED = {4: 5, 6: 7}
"""Tops that are rarer than the next one: a short column may only lack its highest answer."""

_EXPECTED = 6.0


@dataclass(frozen=True, slots=True)
class Reach:
    """The ends of a scale, and the numbers outside that stand for "no answer" (``apart``).

    ``other`` is the second way to read the same answers where they do not decide; the first is the likelier one.
    """

    low: int
    high: int
    apart: frozenset[int] = frozenset()
    other: Reach | None = None


def reach_of(
    counts: Mapping[int, int], around: Mapping[int, int], stated: tuple[int, int] | None, total: int, ten: bool
) -> Reach:
    """The ends of the scale: what the question states if the answers fit it, else the tightest usual range.

    ``counts`` are the people per number, ``around`` the same for all rows of the grid (0 for points that are only
    named), ``total`` the people in the column, numbers or not. ``ten`` tells that the words ask for a scale up to 10.
    An impossible scale (0, 0) is none.
    """
    if stated is not None:
        # Options counted from 1 move the whole scale: 0-5 is written as 1-6 (`moved`).
        outside = {value: count for value, count in counts.items() if not stated[0] <= value <= stated[1]}
        lost = sum(outside.values())
        if lost <= total * TOLERANCE:
            return Reach(*stated)
        moved = stated[1] + 1 in outside and stated[0] not in counts
        if (
            not moved
            and outside.keys() <= _BESIDE
            and len(counts) - len(outside) >= 3
            and lost <= total * _LARGEST_SHARE
        ):
            return Reach(*stated, apart=frozenset(outside))
    known = dict(around)
    for value, count in counts.items():
        known[value] = max(known.get(value, 0), count)
    plain = Reach(*_usual(counts, known, total))
    found = _apart(known)
    if (plain.low, plain.high) == (1, _HIGHEST) and not ten and _fades(known, 10):
        return Reach(1, 10, frozenset({_HIGHEST}), plain)
    if found is None:
        return plain if ten else _longer(plain, known)
    above, certain, likely = found
    rest = {value: count for value, count in counts.items() if value not in above}
    if not rest:
        return plain
    left = total - sum(count for value, count in counts.items() if value in above)
    low, high = _usual(rest, {value: count for value, count in known.items() if value not in above}, left)
    smaller = Reach(low, high, above & counts.keys())
    if certain:
        return (
            smaller if ten else _longer(smaller, {value: count for value, count in known.items() if value not in above})
        )
    if (ten and high < 10) or (low, high) == (plain.low, plain.high):
        return plain
    if likely:
        return Reach(low, high, smaller.apart, plain)
    return Reach(plain.low, plain.high, other=smaller)


def apart_for_certain(known: Mapping[int, int]) -> frozenset[int]:
    """The numbers at the top that are certainly no points of the scale; empty where they may be."""
    found = _apart(known)
    return found[0] if found is not None and found[1] else frozenset()


def _apart(known: Mapping[int, int]) -> tuple[frozenset[int], bool, bool] | None:
    """Numbers at the top that stand apart from a scale: which, whether that is certain, whether it is likely.

    The more people chose the numbers on both sides of a gap, the more would have chosen those within it, if it were
    part of the scale: the expected number is the width of the gap times the geometric mean of its neighbours.
    """
    values = sorted(value for value in known if 0 < value <= _HIGHEST)
    if 0 in known and values and values[-1] == _HIGHEST:
        # Eleven points from 0 end at 10.
        return frozenset({_HIGHEST}), True, True
    everybody = sum(max(known[value], 0) for value in values)
    best: tuple[float, frozenset[int], int, int] | None = None
    for last, first in pairwise(values):
        above = frozenset(value for value in values if value >= first)
        many = sum(known[value] for value in above)
        below = sum(value <= last for value in values)
        if len(above) > _MOST_APART or many > everybody * _LARGEST_SHARE or below < 3 or (0 in known and last > 5):
            continue
        gap = first - last - 1
        if not _could_end(last, first, above):
            continue
        expected = gap * sqrt(max(known[last], 1) * max(known[first], 1))
        if best is None or expected > best[0]:
            best = expected, above, last, first
    if best is None:
        return None
    expected, above, last, first = best
    if first == last + 1:
        return _behind(known, above, last, first)
    certain = expected >= _CERTAIN and everybody >= FEW and above <= _CODES
    if 10 in above and expected < _CERTAIN and (first - last <= 2 or len(above) > 1):
        return None
    return above, certain, expected >= _LIKELY


def _could_end(last: int, first: int, above: frozenset[int]) -> bool:
    """Whether a scale may end at ``last`` although ``first`` and the numbers behind it were answered."""
    if first == last + 1:
        return above <= _FOLLOWING.get(last, frozenset())
    if first == last + 2:
        return (last, first) in ((5, 7), (6, 8), (7, 9))
    return last >= 3


def _behind(
    known: Mapping[int, int], above: frozenset[int], last: int, first: int
) -> tuple[frozenset[int], bool, bool] | None:
    """A number right behind a usual top: part of the scale only if many gave it and the answers rise up to it.

    Behind 7 the scale would go on to 10, so that an empty 9 or 10 speaks against it. Nobody can be certain of that.
    """
    upwards = [known.get(value, 0) for value in (last - 2, last - 1, last)]
    rising = all(later >= _RISES * earlier for earlier, later in pairwise(upwards))
    if last < SHORT and rising and known[first] >= max(known[last], _ENOUGH):
        return None
    return above, False, _fades(known, last) or (last == SHORT and known[max(above)] >= _ENOUGH)


def _fades(known: Mapping[int, int], last: int) -> bool:
    """Whether hardly anybody gave the number behind ``last``."""
    return known.get(last + 1, 0) < _DROPS * known.get(last, 0)


def _longer(found: Reach, known: Mapping[int, int]) -> Reach:
    """The scale beside the next longer one, if so few people chose its top that nobody chose the one above it."""
    top, before = known.get(found.high, 0), known.get(found.high - 1, 0)
    if found.high not in _UNUSED or top == 0 or top * min(1.0, top / max(before, 1)) >= _EXPECTED:
        return found
    return replace(found, other=Reach(found.low, _UNUSED[found.high], found.apart))


def _usual(counts: Mapping[int, int], known: Mapping[int, int], total: int) -> tuple[int, int]:
    """The tightest usual range that holds all numbers, apart from a few impossible ones."""
    lowest, highest = min(known), max(known)
    if lowest < 0 and lowest == -highest and highest <= 5:
        return lowest, highest
    inside = [value for value in known if 0 <= value <= _HIGHEST]
    if not inside or _outside(counts, 0, _HIGHEST) > max(total * TOLERANCE, 1 if total >= 10 else 0):
        return 0, 0
    lowest, highest = min(inside), max(inside)
    if highest == _HIGHEST:
        if lowest >= 1 and total >= 10 and _outside(counts, 1, 10) > total * TOLERANCE:
            return 1, _HIGHEST
        highest = 10
    if 0 in counts and 3 <= highest <= SHORT and counts[0] <= total * FEW_ZEROS:
        lowest = min((value for value in inside if value > 0), default=0)
    if highest == 4 and lowest > 1:
        highest = 5
    if len(inside) < 3 and highest < 3:
        return lowest, highest
    return next((low, high) for low, high in _RANGES if low <= lowest and highest <= high)


def _outside(counts: Mapping[int, int], low: int, high: int) -> int:
    return sum(count for value, count in counts.items() if not low <= value <= high)


def pooled(columns: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """The people per number over several columns."""
    found: dict[int, int] = {}
    for counts in columns:
        for value, count in counts.items():
            found[value] = found.get(value, 0) + count
    return found
