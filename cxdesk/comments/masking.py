"""Hides personal data inside free text: phone numbers, addresses, identity numbers, bank cards, plates, coordinates.

Patterns follow RELIABILITY.md 5. Identity numbers are checked by their date and check character (ISO 7064 mod 11-2),
bank cards by Luhn's rule, so that order numbers and amounts stay readable.
"""

from __future__ import annotations

import datetime
import ipaddress
import re
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass

_WIDE = {0xFF10 + digit: ord("0") + digit for digit in range(10)} | {
    0xFF20: ord("@"),
    0xFF0E: ord("."),
    0xFF0D: ord("-"),
    0xFF0B: ord("+"),
}
_LONGEST_ITEM = 400
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class _Kind:
    pattern: re.Pattern[str]
    genuine: Callable[[str], bool]
    first: int
    last: int


def mask(text: str) -> tuple[str, int]:
    """Hide the middle of every personal item: ("call 138****5678", 1). The count says how many were hidden."""
    spans = _spans(text)
    if not spans:
        return text, 0
    shown: list[str] = []
    position = 0
    for start, end, kind in spans:
        shown += [text[position:start], _hidden(text[start:end], kind)]
        position = end
    shown.append(text[position:])
    return "".join(shown), len(spans)


def contains_personal(text: str) -> bool:
    """Whether a text holds at least one personal item."""
    return bool(_spans(text))


def is_personal(text: str) -> bool:
    """Whether a text as a whole is a personal item, as the cells of a phone column are."""
    if len(text) > _LONGEST_ITEM:
        return False
    spans = _spans(text)
    covered = sum(end - start for start, end, _ in spans)
    return bool(spans) and covered >= 0.6 * len(text.strip())


def _hidden(item: str, kind: _Kind) -> str:
    if "@" in item or "\uff20" in item:
        return f"{item[0]}***@***"
    hidden = max(len(item) - kind.first - kind.last, 1)
    return item[: kind.first] + "*" * min(hidden, 12) + item[len(item) - kind.last :]


def _spans(text: str) -> list[tuple[int, int, _Kind]]:
    """Where personal items stand, without overlaps, in order."""
    plain = text.translate(_WIDE)
    if len(plain) < 5 or not _HINT.search(plain):
        return []
    found: list[tuple[int, int, _Kind]] = []
    for kind in _KINDS:
        for match in kind.pattern.finditer(plain):
            start, end = match.span()
            place = bisect(found, start, key=_start)
            free = (place == 0 or found[place - 1][1] <= start) and (place == len(found) or end <= found[place][0])
            if free and kind.genuine(match.group()):
                found.insert(place, (start, end, kind))
    return found


def _start(span: tuple[int, int, _Kind]) -> int:
    return span[0]


def _always(_item: str) -> bool:
    return True


def _is_day(digits: str) -> bool:
    try:
        year = int(digits[:4])
        return 1900 <= year <= 2100 and bool(datetime.date(year, int(digits[4:6]), int(digits[6:8])))
    except ValueError:
        return False


def _is_resident(item: str) -> bool:
    """A mainland identity number of 18 characters: date of birth and mod 11-2 check character."""
    if not _is_day(item[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(item[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == item[17].upper()


def _is_old_resident(item: str) -> bool:
    return _is_day("19" + item[6:12]) and 11 <= int(item[:2]) <= 82


def _is_card(item: str) -> bool:
    """Luhn's rule for 13 to 19 digits."""
    digits = [int(sign) for sign in item if sign.isdigit()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) < 2:
        return False
    doubled = [digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4) for place, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _is_phone(item: str) -> bool:
    return 7 <= sum(sign.isdigit() for sign in item) <= 15


def _is_internet(item: str) -> bool:
    return all(int(part) <= 255 for part in item.split("."))


def _is_long_internet(item: str) -> bool:
    """An address of version 6 with its groups or "::" for the missing ones; times of day are neither."""
    if sum(map(bool, item.split(":"))) < 3 or not re.search(r"[0-9A-Fa-f]{3}", item):
        return False
    try:
        return bool(ipaddress.IPv6Address(item))
    except ValueError:
        return False


def _is_place(item: str) -> bool:
    latitude, longitude = (abs(float(part)) for part in re.split(r"[,，]", item))
    return latitude <= 90 and longitude <= 180


_HINT = re.compile(r"\d{4}|@|\d\.\d+\.\d|\d[- )]\d{3}|[0-9A-Fa-f]{2}[:-][0-9A-Fa-f:]{2}|[\u4e00-\u9fff][A-Z]")
# Bounded as addresses are (RFC 5321), so that a megabyte of letters without an @ is looked at only once.
_ADDRESS = r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,63}"
_KINDS = (
    _Kind(re.compile(_ADDRESS), _always, 1, 0),
    _Kind(re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?![\dXx])"), _is_resident, 3, 2),
    _Kind(re.compile(r"(?<!\d)[1-9]\d{14}(?!\d)"), _is_old_resident, 3, 2),
    _Kind(re.compile(r"(?<![\d.+])(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.])"), _always, 3, 4),
    _Kind(re.compile(r"(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])"), _is_card, 4, 4),
    _Kind(re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"), _is_internet, 3, 0),
    _Kind(re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:])"), _always, 2, 0),
    _Kind(re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])"), _is_long_internet, 4, 0),
    _Kind(re.compile(r"(?<![\d.])-?\d{1,2}\.\d{4,12}\s{0,3}[,，]\s{0,3}-?\d{1,3}\.\d{4,12}(?![\d.])"), _is_place, 2, 0),
    _Kind(re.compile(r"(?<![\w.+])\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d(?:[ -]?\d){6,12}(?!\w)"), _is_phone, 3, 4),
    _Kind(re.compile(r"(?<![\w.])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-.]\d{4}(?!\w)"), _is_phone, 3, 4),
    _Kind(re.compile(r"(?<![\w.])(?:\(0\d{2,3}\)|0\d{2,3}[- ])\d{7,8}(?!\w)"), _is_phone, 3, 4),
    _Kind(
        re.compile(
            r"[\u4eac\u6d25\u6caa\u6e1d\u5180\u8c6b\u4e91\u8fbd\u9ed1\u6e58\u7696\u9c81\u65b0\u82cf\u6d59\u8d63\u9102\u6842\u7518\u664b\u8499\u9655\u5409\u95fd\u8d35\u7ca4\u9752\u85cf\u5ddd\u5b81\u743c][A-Z]"
            r"[\u00b7\u2022 ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
        ),
        _always,
        2,
        1,
    ),
    _Kind(re.compile(r"(?<![A-Za-z0-9])(?:[EG]\d{8}|E[A-Z]\d{7}|[DPS]E\d{7})(?![A-Za-z0-9])"), _always, 2, 2),
)
