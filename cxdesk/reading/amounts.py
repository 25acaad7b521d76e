"""Operational numbers inside cells: a time ("2小时15分", "1d 3h", "02:15:00"), an amount of money ("¥1.2万"), a count.

What a column measures, and in which unit, is found out once from its header and its cells; each cell is then read by
that.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from cxdesk.reading.lexicon import asks
from cxdesk.reading.numerals import number_in
from cxdesk.survey.amount import Amount, AmountKind, TimeUnit

_NUMBER = r"\d+(?:[.,]\d+)?"
_PIECE = re.compile(rf"({_NUMBER})\s*([^\d\s.,:]+)\.?\s*(?:,|and|\band\b)?\s*", re.I)
_CLOCK = re.compile(r"^(?:(\d{1,5})\s*(?:d|days?|天|日)?,?\s+)?(\d{1,5}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$", re.I)
_MONEY = re.compile(
    r"^([-\u2212]?)\s*([^\d\s.,()+-]{1,4})?\s*([-\u2212]?)\s*([\d.,' \u00a0]*\d)\s*([kK千万亿]|mn|[mM](?![a-z]))?"
    r"\s*([^\d\s.,()]{1,4})?$"
)
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0'](?=\d{3}(?!\d))")
_TIMES = {"k": 1e3, "千": 1e3, "万": 1e4, "m": 1e6, "mn": 1e6, "亿": 1e8}
_UNITS = {
    word: unit.seconds
    for unit, words in (
        (TimeUnit.SECOND, "s sec secs second seconds 秒 秒钟"),
        (TimeUnit.MINUTE, "m min mins minute minutes 分 分钟"),
        (TimeUnit.HOUR, "h hr hrs hour hours 时 小时 个小时 钟头"),
        (TimeUnit.DAY, "d day days 天 日"),
    )
    for word in words.split()
} | dict.fromkeys(("w", "wk", "week", "weeks", "周", "星期"), 7 * TimeUnit.DAY.seconds)
_SIGNS = {"￥": "¥", "元": "¥", "rmb": "¥", "cny": "¥", "人民币": "¥", "块": "¥", "usd": "$", "eur": "€", "gbp": "£"}
_KNOWN_SIGNS = frozenset("$€£¥₹₩₽฿₫") | {"HK$", "US$", "NT$", "CHF", "JPY", "SGD", "AUD", "CAD", "KRW", "INR", "kr"}
_HEADER_UNITS = tuple((unit, f"unit_{unit.value}") for unit in TimeUnit)
_IN_HEADER = re.compile(r"[$€£¥￥₹₩₽]|\b(?:usd|eur|gbp|rmb|cny|hkd|jpy|chf)\b|人民币|[(（]\s*(万?元)\s*[)）]", re.I)


def amount_in(text: str, amount: Amount | None) -> float:
    """The number in a cell; NaN if there is none. Times are seconds; None reads any number as `number_in` does."""
    if amount is None or amount.kind is AmountKind.NUMBER:
        return number_in(text)
    if amount.kind is AmountKind.MONEY:
        return money_in(text)[0]
    return seconds_in(text, amount.unit)


def bare_worth(amount: Amount | None) -> float:
    """What a bare number in a column stands for: its unit in seconds for times, itself for everything else."""
    return amount.unit.seconds if amount is not None and amount.kind is AmountKind.TIME else 1.0


@lru_cache(maxsize=65536)
def seconds_in(text: str, unit: TimeUnit) -> float:
    """A time in seconds; NaN if there is none. Bare numbers count ``unit``; "2:15" is h:mm, or m:ss for minutes."""
    shown = unicodedata.normalize("NFKC", text).strip()
    clock = _CLOCK.match(shown)
    if clock:
        days, first, second, third = (float(part or 0) for part in clock.groups())
        if clock[4] is None and unit in {TimeUnit.MINUTE, TimeUnit.SECOND} and clock[1] is None:
            return first * 60 + second
        return days * 86400 + first * 3600 + second * 60 + third
    spoken = _spoken(shown.casefold())
    if spoken is not None:
        return spoken
    bare = number_in(shown) if shown[:1].isdigit() or shown[:1] == "." else math.nan
    # A number with a unit that is no unit of time ("5 %") is no time.
    return bare * unit.seconds if not math.isnan(bare) and shown[-1].isdigit() else math.nan


def _spoken(shown: str) -> float | None:
    """A time with its units written behind the numbers; None if anything else stands in the cell."""
    total, place = 0.0, 0
    for piece in _PIECE.finditer(shown):
        worth = _UNITS.get(piece[2])
        if piece.start() != place or worth is None:
            return None
        total += float(piece[1].replace(",", ".")) * worth
        place = piece.end()
    return total if place and place == len(shown) else None


@lru_cache(maxsize=65536)
def money_in(text: str) -> tuple[float, str]:
    """An amount of money and its currency sign ("" if none is written); (NaN, "") if the cell holds no amount."""
    shown = unicodedata.normalize("NFKC", text).strip()
    found = _MONEY.match(shown)
    if not found:
        return number_in(shown), ""
    signs = [sign for word in (found[2], found[6]) if word and (sign := _sign(word))]
    if any(word and not _sign(word) for word in (found[2], found[6])):
        return math.nan, ""
    value = number_in(_THOUSANDS.sub("", found[4]))
    minus = -1.0 if found[1] or found[3] else 1.0
    return minus * value * _TIMES.get((found[5] or "").casefold(), 1.0), signs[0] if signs else ""


def amount_of(header: str, cells: Sequence[str]) -> tuple[Amount, bool] | None:
    """What a column measures by its header and its distinct cells, and whether its unit is written; None if nothing.

    ``header`` has its words apart (`spaced`). A time needs words for a time or cells with units of time.
    """
    spoken = [unicodedata.normalize("NFKC", cell).strip().casefold() for cell in cells]
    written = sum(_spoken(cell) is not None or cell.count(":") == 2 for cell in spoken) >= 0.5 * max(len(cells), 1)
    named = next((unit for unit, topic in _HEADER_UNITS if asks(topic, header)), None)
    if asks("operation_time", header) or (written and bool(cells)):
        return Amount(AmountKind.TIME, named or _likely_unit(cells)), written or named is not None
    signs = [sign for cell in cells if (sign := money_in(cell)[1])]
    if asks("operation_money", header) or len(signs) >= 0.5 * max(len(cells), 1):
        sign = max(set(signs), key=signs.count) if signs else _sign_in_header(header)
        return Amount(AmountKind.MONEY, sign=sign), bool(sign)
    return (Amount(AmountKind.NUMBER), True) if asks("operation_count", header) else None


def spaced(header: str) -> str:
    """A header with its words apart: "first_reply_min" and "FirstReplyMin" are three words."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.sub(r"[_\-./]+", " ", apart).split())


def _likely_unit(cells: Sequence[str]) -> TimeUnit:
    """Which unit bare numbers probably count: large ones seconds, middling ones minutes, small ones hours."""
    bare = (number_in(cell) for cell in cells if cell.strip().replace(".", "").isdigit())
    values = sorted(value for value in bare if not math.isnan(value))
    if not values:
        return TimeUnit.HOUR
    middle = values[len(values) // 2]
    if middle > 600:
        return TimeUnit.SECOND
    return TimeUnit.MINUTE if middle >= 15 else TimeUnit.HOUR


def _sign_in_header(header: str) -> str:
    found = _IN_HEADER.search(header)
    return "" if found is None else _sign(found[1] or found[0]) or "¥"


def _sign(word: str) -> str:
    """The sign of a currency; "" for a word that is none."""
    known = _SIGNS.get(word.casefold())
    if known is not None:
        return known
    return word if word in _KNOWN_SIGNS or word.upper() in _KNOWN_SIGNS else ""
