"""Numbers inside cells: a score with its words ("10 - Extremely likely"), stars, a duration, an amount of money."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

_WHOLE = re.compile(r"^[-\u2212]?\d{1,5}(?:[.,]0+)?$")
_UNIT = re.compile(
    r"^([-\u2212]?\d{1,5})(?:\.0+)?\s*"
    r"(?:分|星|颗星|★|⭐|点|점|points?|pts?\.?|stars?|punkte?|puntos?|pontos?|%|/\s*\d{1,3}|out of \d{1,3})$",
    re.I,
)
_LEADING = re.compile(
    r"^([-\u2212]?\d{1,2})\s*(?:[-–—:：=.、)）]|[(（]|分(?!钟)\s*[-–—:：=.、(（]?)\s*([^\d\s].*)$", re.S
)
_TRAILING = re.compile(
    r"^([^\d]*[^\d\s(（:：=–-])(?:\s*[(（:：=]|\s+[-–—]|(?<=[\u4e00-\u9fff])[-–—])\s*([-\u2212]?\d{1,2})\s*分?\s*[)）]?$",
    re.S,
)
_NUMBER = re.compile(
    r"^[-+\u2212]?(?:\d+(?:[.,]\d+)?|\d{1,3}(?:[, \u00a0']\d{3})+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?$", re.I
)
_MONEY = re.compile(
    r"^(?:[$€£¥￥]|USD|EUR|RMB|CNY)?\s*([-+\u2212]?[\d., ']+)\s*(?:[$€£¥￥%]|元|万元|USD|EUR|RMB|CNY)?$"
)
_DURATION = re.compile(
    r"^(?:(\d{1,9})\s*(?:小时|时|hours?|hrs?|h))?\s*(?:(\d{1,9})\s*(?:分钟|分|minutes?|mins?|m))?"
    r"\s*(?:(\d{1,9}(?:\.\d+)?)\s*(?:秒钟|秒|seconds?|secs?|s))?$",
    re.I,
)
_CLOCK = re.compile(r"^(?:(\d{1,9}) days? )?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$")
_STARS = frozenset("★⭐✭✩🌟")
_EMPTY_STARS = frozenset("☆ \ufe0f")


@lru_cache(maxsize=65536)
def score_in(text: str) -> tuple[int, str] | None:
    """The whole number in a cell that says a score, and the words beside it: "0 = never" -> (0, "never").

    Two numbers ("18-24", "5-9 years") are a range and no score. Follows FORMATS.md 6.1 to 6.3.
    """
    shown = unicodedata.normalize("NFKC", text).replace("\ufeff", "").replace("\u200b", "").strip()
    if _WHOLE.match(shown):
        return int(float(_minus(shown).replace(",", "."))), ""
    if shown and set(shown) <= _STARS | _EMPTY_STARS:
        stars = sum(sign in _STARS for sign in shown)
        return (stars, "") if stars else None
    unit = _UNIT.match(shown)
    if unit:
        return int(_minus(unit[1])), ""
    leading = _LEADING.match(shown)
    if leading and any(sign.isalpha() for sign in leading[2]):
        return int(_minus(leading[1])), leading[2].strip(" )）")
    trailing = _TRAILING.match(shown)
    if trailing and any(sign.isalpha() for sign in trailing[1]):
        return int(_minus(trailing[2])), trailing[1].strip()
    return None


def is_bare(text: str) -> bool:
    """Whether a cell holds a whole number (or stars, "5分") and nothing else."""
    found = score_in(text)
    return found is not None and not found[1]


@lru_cache(maxsize=65536)
def number_in(text: str) -> float:
    """The number in a cell: "1,234.5", "0.92", "$20", "38秒" (seconds), "1分20秒"; NaN if there is none."""
    shown = unicodedata.normalize("NFKC", text).strip()
    if _NUMBER.match(shown):
        return _value(shown)
    duration = _DURATION.match(shown) if shown else None
    if duration and any(duration.groups()):
        hours, minutes, seconds = (float(part or 0) for part in duration.groups())
        return hours * 3600 + minutes * 60 + seconds
    clock = _CLOCK.match(shown)
    if clock:
        days, hours, minutes, seconds = (float(part or 0) for part in clock.groups())
        return days * 86400 + hours * 3600 + minutes * 60 + seconds
    money = _MONEY.match(shown)
    return _value(money[1].strip()) if money and _NUMBER.match(money[1].strip()) else math.nan


def is_number(text: str) -> bool:
    """Whether a cell holds a number as `number_in` reads it."""
    return not math.isnan(number_in(text))


def _value(shown: str) -> float:
    digits = _minus(shown).replace(" ", "").replace("\u00a0", "").replace("'", "")
    if "," in digits:
        whole, _, rest = digits.rpartition(",")
        digits = digits.replace(",", "") if "." in digits or len(rest) == 3 else f"{whole}.{rest}"
    value = float(digits)
    return value if math.isfinite(value) else math.nan  # four hundred digits are no number that anybody answered


def _minus(shown: str) -> str:
    return shown.replace("\u2212", "-")
