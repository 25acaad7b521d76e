"""Words before they have a language, and the Translator that gives them one.

Everything that the product says is a `Text`: an English message, its parameters and, if it counts something, a plural.
It is translated when it is rendered, so a Chinese report can come from an English screen. What people wrote in their
survey stays an ordinary ``str`` and is never translated.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Union

import polib

from cxdesk.resources import resource

MINUS = "\N{MINUS SIGN}"
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}


class Format(StrEnum):
    """How a number is shown. The same name decides the look on screen, in a sentence and in a workbook."""

    COUNT = "count"
    """People or rows: 2,846."""
    SCORE = "score"
    """Points from -100 to +100, always signed: +31, −5, 0."""
    PERCENT = "percent"
    """A share from 0 to 1, shown as a whole percentage: 0.82 is 82%."""
    PERCENT_GAP = "percent_gap"
    """A difference of two shares in percentage points, signed: 0.05 is +5."""
    MEAN = "mean"
    """A mean with one decimal: 5.4."""
    MEAN_GAP = "mean_gap"
    """A difference of two means, signed, one decimal: +0.3."""
    GENERAL = "general"
    """Any number as it is, with at most two decimals: 0.92."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number inside a sentence, with the way it is shown. ``None`` shows as an en dash."""

    value: float | None
    format: Format = Format.COUNT


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day inside a sentence."""

    value: datetime.date


@dataclass(frozen=True, slots=True)
class Period:
    """A range of calendar days inside a sentence, both ends included."""

    first: datetime.date
    last: datetime.date


class Unit(StrEnum):
    """A stretch of the calendar. Weeks begin on Monday and are numbered as in ISO 8601."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """A day, week, month, quarter or year inside a sentence: "Sep 2025"; ``first`` is any day of it."""

    first: datetime.date
    unit: Unit


@dataclass(frozen=True, slots=True)
class Listed:
    """Several parts of a sentence joined by the language's comma: "North, East" or "华北、华东"."""

    parts: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A message in English with named gaps (``{score}``), its parameters, and a plural form if it counts."""

    msgid: str
    params: tuple[tuple[str, Param], ...] = ()
    plural: str = ""
    count: int = 0

    def __str__(self) -> str:
        """Show the English wording; for logs and test failures only."""
        return Translator("en")(self)


Label = Union[str, Text]
"""A name that a person reads: ``str`` comes from the survey and stays as it is, `Text` is translated."""

Param = Union[str, int, Number, Day, Period, Span, Listed, Text]


def say(msgid: str, **params: Param) -> Text:
    """Make a `Text`. ``msgid`` must be a literal: the catalogue test collects it from the source code."""
    return Text(msgid, tuple(params.items()))


def say_n(msgid: str, plural: str, count: int, **params: Param) -> Text:
    """Make a `Text` that counts; ``{count}`` in either form shows the number with thousands separators."""
    return Text(msgid, (("count", Number(count)), *params.items()), plural=plural, count=count)


class Translator:
    """Gives texts, numbers and dates one language: ``Translator("zh_CN")(text)`` returns a plain ``str``."""

    def __init__(self, language: str) -> None:
        """Load the catalogues of ``language``; an unknown language raises `ValueError`."""
        if language not in LANGUAGES:
            raise ValueError(f"no catalogue for {language!r}")
        self.language = language
        self._messages = _catalogue(language)
        self._sets_apart = language.startswith("zh")

    def __call__(self, text: Label) -> str:
        """Translate a `Text` and fill its gaps; a ``str`` is returned unchanged."""
        if isinstance(text, str):
            return text
        pattern = self._pattern(text)
        if not text.params:
            return pattern
        filled = {name: self._fill(value) for name, value in text.params}
        return _set_apart(pattern, filled) if self._sets_apart else pattern.format_map(filled)

    def number(self, value: float | None, format: Format = Format.COUNT) -> str:
        """Show a number the way its format asks for; ``None`` and NaN show as an en dash."""
        return show_number(value, format)

    def day(self, value: datetime.date) -> str:
        """Show a day: 30 Sep 2025, or 2025-09-30 in Chinese."""
        if self.language == "en":
            return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
        return f"{value:%Y-%m-%d}"

    def period(self, first: datetime.date, last: datetime.date) -> str:
        """Show a range of days without repeating what both ends share: 1 Jul – 30 Sep 2025."""
        if first == last:
            return self.day(first)
        if self.language != "en":
            same = first.year == last.year
            return f"{first:%Y-%m-%d} 至 " + (f"{last:%m-%d}" if same else f"{last:%Y-%m-%d}")
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.day(last)}"
        if first.year == last.year:
            return f"{first.day} {_MONTHS[first.month - 1]} – {self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"

    def span(self, first: datetime.date, unit: Unit) -> str:
        """Show a stretch of the calendar: Sep 2025, Q3 2025, week 36 of 2025; 2025年9月, 2025年第3季度 in Chinese."""
        english = self.language == "en"
        year, week, _ = first.isocalendar()
        quarter = (first.month + 2) // 3
        match unit:
            case Unit.DAY:
                return self.day(first)
            case Unit.WEEK:
                return f"Week {week}, {year}" if english else f"{year}年第{week}周"
            case Unit.MONTH:
                return f"{_MONTHS[first.month - 1]} {first.year}" if english else f"{first.year}年{first.month}月"
            case Unit.QUARTER:
                return f"Q{quarter} {first.year}" if english else f"{first.year}年第{quarter}季度"
            case Unit.YEAR:
                return str(first.year) if english else f"{first.year}年"

    def listed(self, parts: Iterable[Label]) -> str:
        """Join names with the language's own comma."""
        return ("、" if self.language.startswith("zh") else ", ").join(self(part) for part in parts)

    def _pattern(self, text: Text) -> str:
        forms = self._messages.get(text.msgid)
        if forms is None:
            return text.plural if text.plural and text.count != 1 else text.msgid
        return forms[-1]

    def _fill(self, value: Param) -> str:
        match value:
            case str():
                return value
            case int():
                return self.number(value)
            case Number():
                return self.number(value.value, value.format)
            case Day():
                return self.day(value.value)
            case Period():
                return self.period(value.first, value.last)
            case Span():
                return self.span(value.first, value.unit)
            case Listed():
                return self.listed(value.parts)
            case _:
                return self(value)


_EDGE = "\ufdd0"
"""Stands for a moment where a gap begins and ends; no text holds this character."""

_HAN, _WESTERN = "[\u3400-\u4dbf\u4e00-\u9fff]", "[0-9A-Za-z\u00c0-\u024f\u0370-\u052f]"
_MEETING = re.compile(f"(?<={_HAN}){_EDGE}+(?={_WESTERN})|(?<={_WESTERN}){_EDGE}+(?={_HAN})")


def _set_apart(pattern: str, filled: dict[str, str]) -> str:
    """Fill gaps with a space between Chinese characters and a Western name or digit: "Chat 最突出", but "华东最突出".

    Chinese sets a small gap there (W3C, Requirements for Chinese Text Layout, on mixing it with Western text), and the
    catalogues do the same around numbers. What stands inside a name is left as its author wrote it.
    """
    words = pattern.format_map({name: f"{_EDGE}{value}{_EDGE}" for name, value in filled.items()})
    return _MEETING.sub(" ", words).replace(_EDGE, "")


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def round_half_away(value: float, digits: int = 0) -> float:
    """Round for display only, half away from zero (METHODS.md 0): 0.5 -> 1, -2.5 -> -3.

    A nudge of one part in 10^12 keeps 100 * 0.145 from being shown as 14.
    """
    scaled = abs(value) * 10**digits
    return math.copysign(math.floor(scaled * (1 + 1e-12) + 0.5) / 10**digits, value)


def show_number(value: float | None, format: Format) -> str:
    """Show a number: true minus sign, thousands separators, never ``-0``; ``None`` and NaN are an en dash."""
    if value is None or math.isnan(value):
        return "–"
    match format:
        case Format.COUNT:
            return _signed(round_half_away(value), "{:,.0f}", plus=False)
        case Format.SCORE:
            return _signed(round_half_away(value), "{:,.0f}", plus=True)
        case Format.PERCENT:
            return _signed(round_half_away(value * 100), "{:,.0f}%", plus=False)
        case Format.PERCENT_GAP:
            return _signed(round_half_away(value * 100), "{:,.0f}", plus=True)
        case Format.MEAN:
            return _signed(round_half_away(value, 1), "{:,.1f}", plus=False)
        case Format.MEAN_GAP:
            return _signed(round_half_away(value, 1), "{:,.1f}", plus=True)
        case Format.GENERAL:
            shown = f"{round_half_away(abs(value), 2):,.2f}".rstrip("0").rstrip(".")
            return (MINUS if value < 0 and shown != "0" else "") + shown


def _signed(value: float, pattern: str, *, plus: bool) -> str:
    shown = pattern.format(abs(value))
    if value == 0:
        return shown
    return (MINUS if value < 0 else "+" if plus else "") + shown


@cache
def _catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """Read every message file of a language: msgid -> its forms. English needs none."""
    if language == "en":
        return {}
    messages: dict[str, tuple[str, ...]] = {}
    for path in sorted(resource("i18n", language).glob("*.po")):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            forms = tuple(entry.msgstr_plural.values()) if entry.msgid_plural else (entry.msgstr,)
            if all(forms):
                messages[entry.msgid] = forms
    return messages
