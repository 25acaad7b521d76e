"""Reads days and times of a column, and finds out which number is the day in 03/04/2025.

The order is decided once per column: a part above 12 settles it, otherwise the person is asked (FORMATS.md 7).
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.dataset import Words

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_NUMERIC = re.compile(r"^(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*[日号]?$")
_COMPACT = re.compile(r"^(19|20)(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_NAMED = re.compile(
    r"^(?:[a-z]{3,9}\.?,?\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([a-zéûä]{3,9})\.?[\s,.-]+(\d{2,4})|([a-zéûä]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}))$",
    re.I,
)
_TIME = re.compile(
    r"^(上午|下午|오전|오후|am|pm)?\s*(\d{1,2})[:时h.](\d{2})(?:[:分.](\d{2})(?:[.,]\d+)?)?\s*秒?\s*(am|pm|a\.m\.|p\.m\.|上午|下午)?(?:\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2}|gmt[+-]\d{1,2}|utc[+-]\d{1,2}|[a-z]{3,4}))?$",
    re.I,
)
_LONGEST_TIME = 60
_KOREAN_HALF = re.compile(r"\s+(오전|오후)\s+")
_AT = re.compile(r"(?:,|\s+(?:at|um|à|a las|às))$", re.I)
_SERIAL = re.compile(r"^[34]\d{4}(?:\.\d+)?$")
_SERIAL_EPOCH = 25569
_SECONDS = re.compile(r"^1\d{9}(?:\d{3})?(?:\.\d+)?$")
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan ene janv gen",
            "feb fév févr fev",
            "mar mär mars maart",
            "apr avr abr",
            "may mai mei mag maggio",
            "jun juin giu",
            "jul juil lug",
            "aug août ago agosto",
            "sep set sept",
            "oct okt out ott",
            "nov",
            "dec dez déc dic",
        ),
        start=1,
    )
    for name in names.split()
}
_WORD = re.compile(r"[a-zéûä]{3,}", re.I)
_SHARE = 0.9
_WORTH_IT = 1000
_ISO = ("dddd-dd-dd", "dddd-dd-dd dd:dd:dd")
_FIRST_YEAR = 1582


@dataclass(frozen=True, slots=True)
class Order:
    """What is known about a column of dates: is the day first (None if the texts leave no choice), and is that certain.

    ``example`` is a text that could be read both ways, "" if there is none.
    """

    day_first: bool | None
    certain: bool
    example: str = ""
    constant: bool = False


def order_of(texts: Iterable[str], bare_numbers: bool = False, counts: Iterable[int] | None = None) -> Order | None:
    """Find out whether texts are dates and in which order they are written; None if fewer than nine in ten are.

    ``counts`` says how often each text occurs; without it each counts once.
    ``bare_numbers`` allows 20250914, seconds since 1970 and the day numbers of spreadsheets (45000 is 15 March 2023),
    which only a header can announce.
    """
    cells = list(texts)
    weights = list(counts) if counts is not None else [1] * len(cells)
    total = read = sum(weights)
    first_big = second_big = 0
    firsts: set[int] = set()
    short_years: set[int] = set()
    seconds: set[int] = set()
    example = ""
    american = False
    dotted = True
    days: set[str] = set()
    for text, count in zip(cells, weights, strict=True):
        day, time = _split(text)
        is_day = _parse_day(day, False, bare_numbers) is not None or _parse_day(day, True, bare_numbers) is not None
        if not is_day or (time and _fraction(time) is None):
            read -= count
            if read < _SHARE * total:
                return None
            continue
        days.add(day)
        american = american or time.casefold().endswith(("am", "pm"))
        parts = _NUMERIC.match(day)
        if parts and len(parts[1]) < 3 and len(parts[3]) in (2, 4):
            first, second = int(parts[1]), int(parts[2])
            first_big += first > 12
            second_big += second > 12
            dotted = dotted and "." in day
            firsts.add(first)
            if len(parts[3]) == 2:
                short_years.add(int(parts[3]))
            seconds.add(second)
            if first <= 12 and second <= 12 and first != second:
                example = example or day
    if not total:
        return None
    constant = len(days) == 1 and total > 1
    if not firsts:
        return Order(None, True, "", constant)
    if short_years and _years_first(firsts, short_years):
        return None
    if first_big and not second_big:
        return Order(True, True, "", constant)
    if second_big and not first_big:
        return Order(False, True, "", constant)
    if not example:
        return Order(False, True, "", constant)
    if dotted:
        # 03.04.2025 is written where the day comes first.
        return Order(True, True, "", constant)
    guess = False if american else len(firsts) > len(seconds)
    return Order(guess, False, example, constant)


def _years_first(firsts: set[int], lasts: set[int]) -> bool:
    """Whether 25/03/14 has its year in front: few first numbers, all of them years, and more last ones than years.

    Such a column is not read as dates, since days and years could not be told apart cell by cell.
    """
    return min(firsts) >= 15 and len(firsts) <= 4 and len(lasts) > len(firsts)


def days_in(words: Words, day_first: bool | None) -> NDArray[np.float64]:
    """Read packed texts as `days_of` does; zero-padded ISO days and times, the usual case, without decoding them."""
    if len(words) < _WORTH_IT:
        return days_of(words, day_first)
    result = np.full(len(words), np.nan)
    lengths = np.diff(words.ends, prepend=0)
    others = lengths > 0
    for shape in _ISO:
        rows = np.flatnonzero(lengths == len(shape))
        signs = words.data[(words.ends[rows] - len(shape))[:, None] + np.arange(len(shape))]
        fits = _fits(signs, shape)
        result[rows[fits]] = _iso_days(signs[fits], shape)
        others[rows[fits]] = False
    rest = np.flatnonzero(others)
    result[rest] = days_of(words.some(rest), day_first)
    return result


def _fits(signs: NDArray[np.uint8], shape: str) -> NDArray[np.bool_]:
    """Which rows of letters have digits and other signs where the shape has them."""
    fits = np.ones(len(signs), dtype=np.bool_)
    for place, sign in enumerate(shape):
        column = signs[:, place]
        fits &= (column >= ord("0")) & (column <= ord("9")) if sign == "d" else column == ord(sign)
    return fits


def _iso_days(signs: NDArray[np.uint8], shape: str) -> NDArray[np.float64]:
    digits = [place for place, sign in enumerate(shape) if sign == "d"]
    values = signs[:, digits].astype(np.int64) - ord("0")
    year = values[:, :4] @ np.array([1000, 100, 10, 1])
    rest = values[:, 4::2] * 10 + values[:, 5::2]
    month, day = rest[:, 0], rest[:, 1]
    months = (year - 1970) * 12 + month - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    following = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    valid = (month >= 1) & (month <= 12) & (day >= 1) & (day <= following - first) & (year >= _FIRST_YEAR)
    result = np.where(valid, first + day - 1.0, np.nan)
    if rest.shape[1] > 2:
        result = result + (rest[:, 2] * 3600 + rest[:, 3] * 60 + rest[:, 4]) / 86400
    return result


def days_of(texts: Iterable[str], day_first: bool | None) -> NDArray[np.float64]:
    """Read texts as days since 1970-01-01 with the time as a fraction; NaN where a text is no date.

    Clock times are taken as written; time zones are not applied. Days and times repeat, so each is read once.
    """
    read_day: Callable[[str], int | None] = cache(lambda day: _parse_day(day, bool(day_first), True))
    read_time = cache(_fraction)
    result: list[float] = []
    for text in texts:
        day, time = _split(text)
        value = read_day(day) if day else None
        if value is None or (not time and (_SECONDS.match(day) or _SERIAL.match(day))):
            result.append(_from_number(text))
            continue
        fraction = read_time(time) if time else 0.0
        result.append(value + (fraction or 0.0))
    return np.array(result, dtype=np.float64)


def _split(text: str) -> tuple[str, str]:
    """Take "11/1/2019 8:51:12" apart. Named months hold spaces, so the time starts at the first colon's number."""
    if "오" in text:
        text = _KOREAN_HALF.sub(r" \1", text)
    head, gap, tail = text.partition(" ")
    if (
        gap
        and head[:1].isdigit()
        and ("/" in head or "-" in head or "." in head or "月" in head)
        and head[-1:].isalnum()
    ):
        return head, tail.strip()
    if not gap:
        head, _, tail = text.partition("T")
        return (head, tail) if tail[:1].isdigit() and head[:1].isdigit() else (text, "")
    colon = text.find(":")
    if colon < 0:
        return text, ""
    start = text.rfind(" ", 0, colon)
    return (text, "") if start < 0 else (_AT.sub("", text[:start].strip()), text[start + 1 :].strip())


def _parse_day(text: str, day_first: bool, bare_numbers: bool) -> int | None:
    numeric = _NUMERIC.match(text)
    if numeric:
        first, second, third = numeric.groups()
        if len(first) == 4:
            return _ordinal(int(first), int(second), int(third))
        if len(first) == 3 or len(third) == 3:
            return None
        year = int(third) + (0 if len(third) == 4 else 2000 if int(third) < 70 else 1900)
        if len(third) == 1:
            return None
        return _ordinal(year, int(second), int(first)) if day_first else _ordinal(year, int(first), int(second))
    named = _NAMED.match(text)
    if named:
        month = _month(named[2] or named[4])
        year_text = named[3] or named[6]
        year = int(year_text) + (2000 if len(year_text) == 2 else 0)
        return _ordinal(year, month, int(named[1] or named[5])) if month else None
    if bare_numbers:
        compact = _COMPACT.match(text)
        if compact:
            return _ordinal(int(compact[1] + compact[2]), int(compact[3]), int(compact[4]))
        if _SECONDS.match(text) or _SERIAL.match(text):
            return math.floor(_from_number(text))
    return None


def month_in(words: str) -> int:
    """The month that stands by its name among words ("Wave March"), 1 to 12; 0 if there is none."""
    return next((month for word in _WORD.findall(words) if (month := _month(word))), 0)


def _month(name: str) -> int:
    short = name.casefold()
    return next((_MONTHS[short[:length]] for length in (5, 4, 3) if short[:length] in _MONTHS), 0)


def _ordinal(year: int, month: int, day: int) -> int | None:
    if not 1 <= month <= 12 or not 1 <= day <= 31 or not _FIRST_YEAR <= year <= 2200:
        return None
    try:
        return datetime.date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None


def _from_number(text: str) -> float:
    """Days since 1970 out of a spreadsheet's day number, or seconds or milliseconds since 1970."""
    if _SERIAL.match(text):
        return float(text) - _SERIAL_EPOCH
    if not _SECONDS.match(text):
        return math.nan
    value = float(text)
    return (value / 1000 if value > 1e11 else value) / 86400


def _fraction(time: str) -> float | None:
    if len(time) > _LONGEST_TIME:
        return None  # hundreds of spaces inside a cell would be divided among the gaps in every possible way
    match = _TIME.match(time)
    if match is None:
        return None
    hour, minute, second = int(match[2]), int(match[3]), int(match[4] or 0)
    half = (match[1] or match[5] or "").casefold().replace(".", "")
    if half in ("pm", "下午", "오후") and hour < 12:
        hour += 12
    if half in ("am", "上午", "오전") and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or second > 60:
        return None
    return (hour * 3600 + minute * 60 + second) / 86400
