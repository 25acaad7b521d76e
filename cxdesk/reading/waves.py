"""Recognises the column that says in which round of a repeated survey people answered, and puts the rounds in order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cxdesk.reading.dates import month_in
from cxdesk.reading.lexicon import asks, plain
from cxdesk.reading.profile import Profile
from cxdesk.reading.shape import Material

MOST_WAVES = 60
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NUMBER = re.compile(r"\d+")
_HAN = {sign: str(number) for number, sign in enumerate("一二三四五六七八九", 1)}
_HAN_NUMBER = re.compile(r"(?<=第)[一二三四五六七八九十]{1,3}|[一二三四五六七八九十]{1,3}(?=月|季|期|轮|波)")
_SECOND_HALF = re.compile(r"\b(?:h2|second half|autumn|fall|herbst|otoño|automne)\b|下半年|秋", re.I)
_FIRST_HALF = re.compile(r"\b(?:h1|first half|spring|frühjahr|frühling|primavera|printemps)\b|上半年|春", re.I)


def is_wave(material: Material) -> bool:
    """Whether the header names a wave and the answers are a short list that comes back."""
    told = any(asks("wave", part) for part in (material.draft.text, material.header) if part)
    return told and short_enough(material.profile)


def short_enough(profile: Profile) -> bool:
    """Whether there are two to sixty different answers: a wave has many people."""
    distinct = len({plain(answer.words) for answer in profile.named})
    return profile.distinct <= len(profile.answers) and 2 <= distinct <= MOST_WAVES


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """The names of waves from the first to the last: by year, then by month, half or number, else as they come."""
    return tuple(sorted(names, key=_when))


def _when(name: str) -> tuple[float, ...]:
    shown = _HAN_NUMBER.sub(lambda found: _number(found[0]), plain(name))
    year = _YEAR.search(shown)
    rest = shown.replace(year[0], " ", 1) if year else shown
    part = 0.0
    month = month_in(rest)
    if month:
        part = float(month)
    elif _FIRST_HALF.search(rest):
        part = 1.0
    elif _SECOND_HALF.search(rest):
        part = 2.0
    numbers = [float(number) for number in _NUMBER.findall(rest)]
    if not month and part and numbers:
        numbers = []
    return (float(year[1]) if year else 0.0, part, *numbers)


def _number(han: str) -> str:
    """Read 一 to 九十九."""
    tens, ten, ones = han.partition("十")
    if not ten:
        return _HAN.get(tens, "0")
    return str(int(_HAN.get(tens, "1")) * 10 + int(_HAN.get(ones, "0")))
