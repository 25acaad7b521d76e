"""What a question itself says about its scale: the range, and the words at its ends."""

from __future__ import annotations

import re
import unicodedata

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


def range_in(words: str) -> tuple[int, int] | None:
    """The range that a question states: "on a scale of 0-10", "(1到5分)", "10 - strongly agree, 1 - ..."."""
    shown = unicodedata.normalize("NFKC", words)
    for pattern in _IN_WORDS:
        for low, high in pattern.findall(shown):
            pair = sorted((int(low), int(high)))
            if pair[0] in (-5, -3, -2, -1, 0, 1) and 3 <= pair[1] <= 11 and pair[1] - pair[0] >= 2:
                return pair[0], pair[1]
    ends = ends_in(shown)
    return (min(ends), max(ends)) if len(ends) >= 2 and max(ends) - min(ends) >= 2 else None


def ends_in(words: str) -> dict[int, str]:
    """The words that a question gives to single points: {10: "strongly agree", 1: "strongly disagree"}."""
    found = {int(number): label.strip() for number, label in _NAMED_END.findall(words)}
    return {number: label for number, label in found.items() if number <= 11 and any(sign.isalpha() for sign in label)}
