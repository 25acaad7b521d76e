"""Finds the scale behind a column's answers: numbers, numbers with words, words, stars, a mixture (FORMATS.md 6)."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cxdesk.reading import verbal
from cxdesk.reading.ends import from_ends
from cxdesk.reading.found import Found, Rival, count_of, texts_of
from cxdesk.reading.lexicon import asks, no_answer_numbers, plain, tokens
from cxdesk.reading.numerals import number_in
from cxdesk.reading.profile import Answer, Profile
from cxdesk.reading.reach import FEW, FEW_ZEROS, SHORT, TOLERANCE, Reach, reach_of
from cxdesk.reading.stated import ends_in, range_in
from cxdesk.reading.verbal import score_and_words
from cxdesk.survey.scale import Direction, Scale

_UNIT_SIGNS = frozenset("分星★⭐✭☆")
_TEN = 10
_LARGEST = 11
_STRAY_WORDS = 0.02
_BETWEEN = 0.5
_ASKS_FOR_POINTS = ("recommend", "recommend_short", "satisfaction", "easy", "effort", "rate", "grade")


def find_scale(
    profile: Profile,
    words: str,
    siblings: Mapping[int, int] | None = None,
    sibling_words: Sequence[str] = (),
    *,
    chosen: bool = False,
    ten: bool = False,
) -> Found | None:
    """Read a column's answers as scores. ``words`` is what was asked, ``siblings`` the people per number in its grid.

    ``sibling_words`` are words on the same scale that this column lacks; ``chosen`` tells that a person says that the
    column holds scores, ``ten`` that they go to 10 whatever the words are.

    None if the answers are no scale. The shares here are of people, so one odd entry does not spoil a column.
    """
    if profile.distinct > 80 or not profile.answers:
        return None
    spoken, silent = _without_no_answer(profile.answers)
    total = sum(answer.count for answer in spoken)
    if not total:
        return None
    ten = ten or asks("recommend", words) or asks("recommend_short", words)
    halves = _halves(spoken, words, total, chosen)
    if halves:
        rest = [answer for answer in spoken if answer not in halves]
        found = _read(rest, silent, words, siblings or {}, sibling_words, ten)
        return _with_halves(found, halves) if found is not None else None
    return _read(spoken, silent, words, siblings or {}, sibling_words, ten)


def _read(
    spoken: Sequence[Answer],
    silent: Sequence[Answer],
    words: str,
    siblings: Mapping[int, int],
    sibling_words: Sequence[str],
    ten: bool,
) -> Found | None:
    total = sum(answer.count for answer in spoken)
    numbers = [(answer, found) for answer in spoken if (found := score_and_words(answer.words)) is not None]
    others = [answer for answer in spoken if score_and_words(answer.words) is None]
    if not numbers:
        return _from_words(others, total, silent, sibling_words) or _from_concerned(others, silent)
    other_share = sum(answer.count for answer in others) / total
    if others and len(others) <= 2 and all(verbal.polarity(answer.words) for answer in others):
        return from_ends(numbers, others, words, silent, siblings)
    if other_share > _STRAY_WORDS + TOLERANCE * (len(others) == 1):
        return None
    if any(label for _, (_, label) in numbers):
        return _from_labels(numbers, words, silent, sum(answer.count for answer in others), ten)
    return _from_numbers(numbers, words, silent, sum(answer.count for answer in others), siblings, ten)


def _halves(spoken: Sequence[Answer], words: str, total: int, chosen: bool) -> list[Answer]:
    """Answers between two points ("7.5") to a question that asks for points; [] if they are few enough to be slips.

    Where most answers are no whole numbers the column holds measurements or means.
    """
    found = [answer for answer in spoken if _is_half(answer.words)]
    share = sum(answer.count for answer in found) / total
    if chosen and len(found) < len(spoken):
        return found
    if not found or share > _BETWEEN or share * total <= max(total * TOLERANCE, 1 if total >= 10 else 0):
        return []
    return found if range_in(words) is not None or any(asks(topic, words) for topic in _ASKS_FOR_POINTS) else []


def _is_half(text: str) -> bool:
    value = number_in(text) if text[:1].isdigit() and text[-1:].isdigit() else math.nan
    return 0 < value < _LARGEST and value != int(value)


def _with_halves(found: Found, halves: Sequence[Answer]) -> Found | None:
    """The scale of the whole numbers, if the others lie on it."""
    values = [number_in(answer.words) for answer in halves]
    if found.basis != "numbers" or min(values) < found.scale.lowest or max(values) > found.scale.highest:
        return None
    cells = tuple(answer.cell for answer in halves)
    return replace(found, between=cells, halves=sum(answer.count for answer in halves))


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
    if best is None or best.seen < (3 if total >= 10 else 2) or kept < total * (1 - TOLERANCE):
        return None
    if kept >= FEW:
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
    scale = Scale(1, best.size, tuple(names), direction, texts_of(silent), codes)
    return Found(scale, "words", best.measure, True, True, best.seen, total - kept, count_of(silent))


def _from_labels(
    numbers: Sequence[tuple[Answer, tuple[int, str]]], words: str, silent: Sequence[Answer], lost: int, ten: bool
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
    found = _from_numbers(numbers, words, silent, lost, dict.fromkeys(labels, 0), ten, _between_labels(labels))
    if found is None:
        return None
    scale = found.scale
    names = _names(labels, scale)
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
    scale = replace(scale, labels=names, direction=direction)
    rival = found.rival
    if rival is not None:
        named_too = _names(labels, rival.scale)
        rival = replace(rival, scale=replace(rival.scale, labels=named_too, direction=direction))
    return replace(found, scale=scale, basis="labels", measure=measure, worded=worded, rival=rival)


def _names(labels: Mapping[int, str], scale: Scale) -> tuple[str, ...]:
    names = tuple(labels.get(point, "") for point in range(scale.lowest, scale.highest + 1))
    return names if any(names) else ()


def _between_labels(labels: Mapping[int, str]) -> tuple[int, int] | None:
    """The ends of a scale whose lowest and highest words stand at opposite ends: "1 very bad" and "5 very good"."""
    low, high = min(labels), max(labels)
    opposed = verbal.polarity(labels[low]) * verbal.polarity(labels[high]) < 0
    return (low, high) if opposed and high - low >= 2 else None


def _from_numbers(
    numbers: Sequence[tuple[Answer, tuple[int, str]]],
    words: str,
    silent: Sequence[Answer],
    lost: int,
    siblings: Mapping[int, int],
    ten: bool,
    labelled: tuple[int, int] | None = None,
) -> Found | None:
    counts: dict[int, int] = {}
    for answer, (value, _) in numbers:
        counts[value] = counts.get(value, 0) + answer.count
    everybody = dict(counts)
    total = sum(counts.values()) + lost
    stated = range_in(words) or labelled
    reach = reach_of(counts, siblings, stated, total, ten)
    low, high = reach.low, reach.high
    spoken = silent
    if reach.apart:
        total -= sum(counts.pop(value) for value in reach.apart)
        silent = [*silent, *(answer for answer, (value, _) in numbers if value in reach.apart)]
    if low == 1 and 0 in counts and high <= SHORT and counts[0] <= total * FEW_ZEROS:
        # A rare 0 beside 1-5 is what programs write for "not applicable".
        total -= counts.pop(0)
        silent = [*silent, *(answer for answer, (value, _) in numbers if value == 0)]
    inside = {value: count for value, count in counts.items() if low <= value <= high}
    off = total - sum(inside.values())
    if high - low < 2 or high > 11 or off > max(total * TOLERANCE, 1 if total >= 10 else 0) or not inside:
        return None
    codes: tuple[tuple[str, int], ...] = ()
    basis = "numbers"
    if high == 11:
        if low < 1 or len(inside) < 3:
            return None
        basis, low, high = "shifted", 0, 10
        codes = tuple((answer.cell, value - 1) for answer, (value, _) in numbers if 1 <= value <= 11)
    else:
        codes = tuple(
            (answer.cell, value)
            for answer, (value, _) in numbers
            if answer.cell != answer.words and low <= value <= high
        )
    named = ends_in(unicodedata.normalize("NFKC", words)) if stated else {}
    judged = verbal.polarity(named.get(low, "")), verbal.polarity(named.get(high, ""))
    direction = Direction.LOW_IS_GOOD if judged[0] > judged[1] else Direction.HIGH_IS_GOOD
    labels = tuple(named.get(point, "") for point in range(low, high + 1)) if judged != (0, 0) else ()
    scale = Scale(low, high, labels, direction, texts_of(silent), codes)
    measure = verbal.measure_of(named.get(high, "")) if named else ""
    return Found(
        scale,
        basis,
        measure,
        stated == (low, high) or any(_UNIT_SIGNS & set(answer.words) for answer, _ in numbers),
        judged[0] != judged[1],
        len(inside),
        off,
        count_of(silent),
        tuple(inside),
        (named.get(low, ""), named.get(high, "")),
        rival=_rival(reach, numbers, spoken, everybody) if basis == "numbers" else None,
    )


def _rival(
    reach: Reach,
    numbers: Sequence[tuple[Answer, tuple[int, str]]],
    silent: Sequence[Answer],
    counts: Mapping[int, int],
) -> Rival | None:
    """The second scale that the numbers allow; it matters only if somebody here gave one of the numbers in doubt."""
    other = reach.other
    if other is None or other.high - other.low < 2:
        return None
    doubtful = reach.apart ^ other.apart
    if not doubtful and max(counts) < reach.high:
        return None
    gone = [answer for answer, (value, _) in numbers if value in other.apart]
    codes = tuple(
        (answer.cell, value)
        for answer, (value, _) in numbers
        if answer.cell != answer.words and other.low <= value <= other.high and value not in other.apart
    )
    scale = Scale(other.low, other.high, (), Direction.HIGH_IS_GOOD, texts_of([*silent, *gone]), codes)
    rest = [value for value in counts if value not in doubtful]
    count = sum(counts[value] for value in doubtful)
    return Rival(scale, tuple(sorted(doubtful)), count, sum(counts.values()) - count, min(rest), max(rest))


def counts_of(profile: Profile) -> dict[int, int]:
    """The people per score in a column of a grid, for the range of its neighbours; {} if it holds other things."""
    if profile.distinct > 40:
        return {}
    spoken, _ = _without_no_answer(profile.answers)
    counts: dict[int, int] = {}
    texts = 0
    for answer in spoken:
        found = score_and_words(answer.words)
        if found is None:
            texts += 1
        else:
            counts[found[0]] = counts.get(found[0], 0) + answer.count
    return counts if counts and texts <= 2 and min(counts) >= 0 and max(counts) <= _LARGEST else {}


def top_of(profile: Profile) -> int:
    """The highest point of the scale that a column's numbers form by themselves; 0 if they form none."""
    counts = counts_of(profile)
    return reach_of(counts, {}, None, sum(counts.values()), False).high if counts else 0


def end_words(profile: Profile) -> frozenset[str]:
    """The words that stand in place of the ends of a scale of numbers, to recognise questions with the same scale."""
    if profile.distinct > 40:
        return frozenset()
    spoken, _ = _without_no_answer(profile.answers)
    texts = [answer.words for answer in spoken if score_and_words(answer.words) is None]
    if not 1 <= len(texts) <= 2 or len(texts) == len(spoken) or not all(verbal.polarity(text) for text in texts):
        return frozenset()
    return frozenset({verbal.measure_of(text) for text in texts})
