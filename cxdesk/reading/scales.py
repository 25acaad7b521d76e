"""Finds the scale behind a column's answers: numbers, numbers with words, words, stars, a mixture (FORMATS.md 6)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cxdesk.reading import verbal
from cxdesk.reading.lexicon import asks, no_answer_numbers, plain, tokens
from cxdesk.reading.profile import Answer, Profile
from cxdesk.reading.verbal import score_and_words
from cxdesk.survey.scale import Direction, Scale

_RANGES = ((1, 3), (1, 4), (1, 5), (0, 4), (0, 5), (1, 6), (1, 7), (0, 6), (0, 7), (1, 10), (0, 10))
_IN_WORDS = (
    re.compile(
        r"(?<![\d.])(-?\d{1,2})\s*(?:-|–|—|~|～|to|through|bis|à|a|al|au|到|至|und|and|から)\s*(\d{1,2})(?![\d.]|\s*(?:%|year|month|day|hour|min|岁|年|天|次|元))",
        re.I,
    ),
    re.compile(r"(?<![\d.])(-?\d{1,2})\s*(?:分|点|점)\s*(?:-|–|—|~|～|到|至)\s*(\d{1,2})\s*(?:分|点|점)"),
)
_NAMED_END = re.compile(
    r"(?<![\d.])(-?\d{1,2})\s*(?:分)?\s*(?:-|–|—|=|:|：|\(|（|is|means|being|为|代表|表示|bedeutet|signifie|significa|es|est)\s*([^\d,;，；。()（）]{2,40})",
    re.I,
)
_UNIT_SIGNS = frozenset("分星★⭐✭☆")
_TOLERANCE = 0.03
_FEW_ZEROS = 0.06
_SHORT = 7
_FEW = 30


@dataclass(frozen=True, slots=True)
class Found:
    """A scale that fits a column.

    ``basis``: "numbers", "labels" (numbers with words), "words", "ends" (numbers between two words), "shifted" (list
    positions 1 to 11 of a 0-10 question). ``measure`` names what the words measure, or is "". ``named`` is true if the
    file itself states the range, ``worded`` if words tell which end is good. ``off`` counts answers outside the scale,
    ``no_answer`` those that stand for "no answer". ``ends`` are the
    words that the question itself gives to the lowest and the highest number.
    """

    scale: Scale
    basis: str
    measure: str = ""
    named: bool = False
    worded: bool = False
    seen: int = 0
    off: int = 0
    no_answer: int = 0
    values: tuple[int, ...] = ()
    ends: tuple[str, str] = ("", "")


def find_scale(
    profile: Profile, words: str, siblings: Iterable[int] = (), sibling_words: Sequence[str] = ()
) -> Found | None:
    """Read a column's answers as scores. ``words`` is what was asked, ``siblings`` the numbers of the same grid.

    ``sibling_words`` are words on the same scale that this column lacks.

    None if the answers are no scale. The shares here are of people, so one odd entry does not spoil a column.
    """
    if profile.distinct > 80 or not profile.answers:
        return None
    spoken, silent = _without_no_answer(profile.answers)
    total = sum(answer.count for answer in spoken)
    if not total:
        return None
    numbers = [(answer, found) for answer in spoken if (found := score_and_words(answer.words)) is not None]
    others = [answer for answer in spoken if score_and_words(answer.words) is None]
    if not numbers:
        return _from_words(others, total, silent, sibling_words) or _from_concerned(others, silent)
    other_share = sum(answer.count for answer in others) / total
    if others and len(others) <= 2 and all(verbal.polarity(answer.words) for answer in others):
        return _from_ends(numbers, others, words, silent, siblings)
    if other_share > 0.02 + _TOLERANCE * (len(others) == 1):
        return None
    if any(label for _, (_, label) in numbers):
        return _from_labels(numbers, words, silent, sum(answer.count for answer in others))
    return _from_numbers(numbers, words, silent, sum(answer.count for answer in others), siblings)


def range_in(words: str) -> tuple[int, int] | None:
    """The range that a question states: "on a scale of 0-10", "(1到5分)", "10 - strongly agree, 1 - ..."."""
    shown = unicodedata.normalize("NFKC", words)
    for pattern in _IN_WORDS:
        for low, high in pattern.findall(shown):
            pair = sorted((int(low), int(high)))
            if pair[0] in (-5, -3, -2, -1, 0, 1) and 3 <= pair[1] <= 11 and pair[1] - pair[0] >= 2:
                return pair[0], pair[1]
    ends = _ends_in(shown)
    return (min(ends), max(ends)) if len(ends) >= 2 and max(ends) - min(ends) >= 2 else None


def _ends_in(words: str) -> dict[int, str]:
    """The words that a question gives to single points: {10: "strongly agree", 1: "strongly disagree"}."""
    found = {int(number): label.strip() for number, label in _NAMED_END.findall(words)}
    return {number: label for number, label in found.items() if number <= 11 and any(sign.isalpha() for sign in label)}


def _without_no_answer(answers: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """Separate the answers from tokens and from numbers that lie far outside the others (99 in a 1-5 column)."""
    silent = [answer for answer in answers if plain(answer.words) in tokens("no_answer")]
    spoken = [answer for answer in answers if plain(answer.words) not in tokens("no_answer")]
    numbers = {answer.cell: found[0] for answer in spoken if (found := score_and_words(answer.words)) is not None}
    coded = {answer.cell: found[0] for answer in spoken if (found := score_and_words(answer.cell)) is not None}
    rest = [value for value in numbers.values() if value not in no_answer_numbers()]
    everything = set(coded.values()) | set(numbers.values())
    far: set[str] = set()
    for cell, value in (coded | numbers).items():
        if value in no_answer_numbers() and rest and _is_far(value, rest, everything):
            far.add(cell)
    silent += [answer for answer in spoken if answer.cell in far]
    return [answer for answer in spoken if answer.cell not in far], silent


def _is_far(value: int, rest: Sequence[int], everything: set[int]) -> bool:
    if value < 0:
        # -2 to 2 together are a scale of their own.
        return min(rest) >= 0 and not (0 in rest and 0 < max(rest) == -min(everything) <= 5)
    return max(rest) <= 11


def _from_concerned(answers: Sequence[Answer], silent: Sequence[Answer]) -> Found | None:
    """A scale of words beside one or two answers like "I have never used it", which are none."""
    apart = [answer for answer in answers if asks("not_concerned", answer.words)]
    rest = [answer for answer in answers if answer not in apart]
    if not 1 <= len(apart) <= 2 or len(rest) < 3:
        return None
    return _from_words(rest, sum(answer.count for answer in rest), [*silent, *apart])


def _from_words(
    answers: Sequence[Answer], total: int, silent: Sequence[Answer], siblings: Sequence[str] = ()
) -> Found | None:
    best: verbal.Match | None = None
    kept = total
    ranked = sorted(answers, key=lambda answer: -answer.count)
    for left_out in range(min(2, len(ranked)) + 1):
        rest = ranked[: len(ranked) - left_out]
        best = verbal.match([*(answer.words for answer in rest), *siblings])
        if best is not None:
            kept = sum(answer.count for answer in rest)
            break
    if best is None or best.seen < (3 if total >= 10 else 2) or kept < total * (1 - _TOLERANCE):
        return None
    if kept >= _FEW:
        best = verbal.tightened(best)
    elif all(answer.cell == answer.words for answer in answers):
        # A code book would list the middle.
        best = verbal.with_middle(best)
    names = [""] * best.size
    for text, point in best.points:
        names[point] = names[point] or " ".join(text.split())
    direction = Direction.LOW_IS_GOOD if best.low_is_good else Direction.HIGH_IS_GOOD
    # A label alone may not reach every spelling, so further spellings of a point are written down.
    places = dict(best.points)
    codes = tuple(
        (answer.cell, places[answer.words] + 1)
        for answer in answers
        if answer.words in places and plain(answer.cell) != plain(names[places[answer.words]])
    )
    scale = Scale(1, best.size, tuple(names), direction, _texts(silent), codes)
    return Found(scale, "words", best.measure, True, True, best.seen, total - kept, _count(silent))


def _from_labels(
    numbers: Sequence[tuple[Answer, tuple[int, str]]], words: str, silent: Sequence[Answer], lost: int
) -> Found | None:
    """Numbers that carry words, on all points or on the ends."""
    labels = {value: label for _, (value, label) in numbers if label}
    values = [value for _, (value, _) in numbers]
    ordered = [label for _, label in sorted(labels.items())]
    judged = [verbal.polarity(label) for label in (ordered[0], ordered[-1])]
    read = verbal.match(ordered)
    named = len(labels) == len(set(values)) == len(set(labels.values()))
    if read is None and not any(judged) and named and range_in(words) is None:
        return None
    found = _from_numbers(numbers, words, silent, lost, labels)
    if found is None:
        return None
    scale = found.scale
    names = tuple(labels.get(point, "") for point in range(scale.lowest, scale.highest + 1))
    direction, worded = scale.direction, found.worded
    if len(ordered) > 1 and judged[0] != judged[1]:
        low_is_good = judged[0] > judged[1]
        direction, worded = (Direction.LOW_IS_GOOD if low_is_good else Direction.HIGH_IS_GOOD), True
    elif len(ordered) == 1 and judged[0]:
        at_top = max(labels) > (scale.lowest + scale.highest) / 2
        direction, worded = (Direction.HIGH_IS_GOOD if (judged[0] > 0) == at_top else Direction.LOW_IS_GOOD), True
    measure = read.measure if read is not None else verbal.measure_of(ordered[-1]) or verbal.measure_of(ordered[0])
    if read is None and measure == "difficulty":
        direction, worded = Direction.LOW_IS_GOOD, True
    scale = replace(scale, labels=names if any(names) else (), direction=direction)
    return replace(found, scale=scale, basis="labels", measure=measure, worded=worded)


def _from_ends(
    numbers: Sequence[tuple[Answer, tuple[int, str]]],
    others: Sequence[Answer],
    words: str,
    silent: Sequence[Answer],
    siblings: Iterable[int],
) -> Found | None:
    """Numbers whose top or bottom the survey program replaced with words (FORMATS.md 6.4)."""
    judged = {answer.words: verbal.polarity(answer.words) for answer in others}
    if len(judged) == 2 and sum(judged.values()) != 0:
        return None
    values = sorted({value for _, (value, _) in numbers} | set(siblings))
    if not values or values[0] < 0 or values[-1] > 10:
        return None
    stated = range_in(words)
    high = stated[1] if stated else _next_end(values[-1], 1 in judged.values())
    low = stated[0] if stated else _low_end(values[0], high, -1 in judged.values())
    if low > values[0] or high < values[-1] or high - low < 2:
        return None
    named = _ends_in(unicodedata.normalize("NFKC", words))
    flipped = verbal.polarity(named.get(high, "")) < 0 or verbal.polarity(named.get(low, "")) > 0
    labels = [""] * (high - low + 1)
    for text, value in judged.items():
        labels[-1 if (value > 0) != flipped else 0] = text
    direction = Direction.LOW_IS_GOOD if flipped else Direction.HIGH_IS_GOOD
    scale = Scale(low, high, tuple(labels), direction, _texts(silent))
    measure = verbal.measure_of(others[0].words)
    seen = len({value for _, (value, _) in numbers}) + len(others)
    certain = stated is not None or (values[0] in (0, 1, 2) and values[-1] in (4, 6, 9, 10))
    return Found(scale, "ends", measure, certain, True, seen, 0, _count(silent), tuple(values))


def _next_end(highest: int, word_is_top: bool) -> int:
    """The top of a scale whose highest number is known: words stand above it, and tops are 5, 7 or 10."""
    return next(top for top in (3, 4, 5, 6, 7, 10, 11) if top >= highest + word_is_top and top in (5, 7, 10, 11))


def _low_end(lowest: int, high: int, word_is_bottom: bool) -> int:
    if lowest == 0:
        return 0
    return 0 if lowest == 1 and word_is_bottom and high == 10 else 1


def _from_numbers(
    numbers: Sequence[tuple[Answer, tuple[int, str]]],
    words: str,
    silent: Sequence[Answer],
    lost: int,
    siblings: Iterable[int],
) -> Found | None:
    counts: dict[int, int] = {}
    for answer, (value, _) in numbers:
        counts[value] = counts.get(value, 0) + answer.count
    total = sum(counts.values()) + lost
    known = set(counts) | set(siblings)
    stated = range_in(words)
    low, high = _range(counts, known, stated, total)
    if low == 1 and 0 in counts and high <= _SHORT and counts[0] <= total * _FEW_ZEROS:
        # A rare 0 beside 1-5 is what programs write for "not applicable".
        total -= counts.pop(0)
        silent = [*silent, *(answer for answer, (value, _) in numbers if value == 0)]
    inside = {value: count for value, count in counts.items() if low <= value <= high}
    off = total - sum(inside.values())
    if high - low < 2 or high > 11 or off > max(total * _TOLERANCE, 1 if total >= 10 else 0) or not inside:
        return None
    codes: tuple[tuple[str, int], ...] = ()
    basis = "numbers"
    if high == 11:
        if low < 1 or len(inside) < 3:
            return None
        basis, low, high = "shifted", 0, 10
        codes = tuple((answer.cell, value - 1) for answer, (value, _) in numbers if 1 <= value <= 11)
    elif any(answer.cell != answer.words for answer, _ in numbers):
        codes = tuple((answer.cell, value) for answer, (value, _) in numbers if answer.cell != answer.words)
    named = _ends_in(unicodedata.normalize("NFKC", words)) if stated else {}
    judged = verbal.polarity(named.get(low, "")), verbal.polarity(named.get(high, ""))
    direction = Direction.LOW_IS_GOOD if judged[0] > judged[1] else Direction.HIGH_IS_GOOD
    labels = tuple(named.get(point, "") for point in range(low, high + 1)) if judged != (0, 0) else ()
    scale = Scale(low, high, labels, direction, _texts(silent), codes)
    measure = verbal.measure_of(named.get(high, "")) if named else ""
    return Found(
        scale,
        basis,
        measure,
        stated == (low, high) or any(_UNIT_SIGNS & set(answer.words) for answer, _ in numbers),
        judged[0] != judged[1],
        len(inside),
        off,
        _count(silent),
        tuple(inside),
        (named.get(low, ""), named.get(high, "")),
    )


def _range(counts: dict[int, int], known: set[int], stated: tuple[int, int] | None, total: int) -> tuple[int, int]:
    """The ends of the scale: what the question states if the answers fit it, else the tightest usual range."""

    def outside(low: int, high: int) -> int:
        return sum(count for value, count in counts.items() if not low <= value <= high)

    if stated is not None and outside(*stated) <= total * _TOLERANCE:
        return stated
    lowest, highest = min(known), max(known)
    if lowest < 0:
        return (lowest, highest) if lowest == -highest and highest <= 5 else (0, 0)
    if highest == 11 and lowest >= 1 and total >= 10 and outside(1, 10) > total * _TOLERANCE:
        return 1, 11
    if 0 in counts and highest >= 3 and counts[0] <= total * _FEW_ZEROS and highest <= _SHORT:
        lowest = min((value for value in known if value > 0), default=0)
    if highest == 4 and lowest > 1:
        highest = 5
    if len(known) < 3 and highest < 3:
        return lowest, highest
    for low, high in _RANGES:
        if low <= lowest and highest <= high:
            return low, high
    tight = [(low, high) for low, high in _RANGES if outside(low, high) <= total * _TOLERANCE]
    return tight[0] if tight and total >= _FEW else (lowest, highest)


def _texts(silent: Sequence[Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer.cell for answer in silent))


def _count(silent: Sequence[Answer]) -> int:
    return sum(answer.count for answer in silent)


def numbers_of(profile: Profile) -> tuple[int, ...]:
    """The scores that occur in a column of a grid, for the range of its neighbours; () if it holds other things."""
    if profile.distinct > 40:
        return ()
    spoken, _ = _without_no_answer(profile.answers)
    found = [score_and_words(answer.words) for answer in spoken]
    values = {value[0] for value in found if value is not None}
    texts = sum(value is None for value in found)
    return tuple(sorted(values)) if values and texts <= 2 and min(values) >= 0 and max(values) <= 10 else ()


def end_words(profile: Profile) -> frozenset[str]:
    """The words that stand in place of the ends of a scale of numbers, to recognise questions with the same scale."""
    if profile.distinct > 40:
        return frozenset()
    spoken, _ = _without_no_answer(profile.answers)
    texts = [answer.words for answer in spoken if score_and_words(answer.words) is None]
    if not 1 <= len(texts) <= 2 or len(texts) == len(spoken) or not all(verbal.polarity(text) for text in texts):
        return frozenset()
    return frozenset({verbal.measure_of(text) for text in texts})
