"""How long did each person take to answer? Found in the columns that platforms add, in whatever way they write times.

Total times may be seconds, milliseconds, `2分35秒`, `00:02:35` or "3 min 20 s"; else the days on which somebody began
and ended tell; page times come one column per page. Which headers mean what is a resource.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cxdesk.resources import resource
from cxdesk.stats.quality import enough_times, usable_seconds
from cxdesk.survey.dataset import Column, Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind
from cxdesk.text import Text, say, say_n

_READABLE = 0.9
_SAMPLE = 2000
_LONG_MEDIAN = 20_000.0
"""Bare numbers whose median is above this (five and a half hours) are milliseconds."""

_DAY = 86400.0
_BRACKETS = re.compile(r"[(\[{（【][^)\]}）】]*[)\]}）】]")
_BARE = re.compile(r"^\d+(?:[.,]\d+)?$")
_CLOCK = re.compile(r"^(?:(\d+):)?(\d{1,3}):(\d{1,2}(?:[.,]\d+)?)$")
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\d\s.,:]+)")


@dataclass(frozen=True, slots=True, eq=False)
class Durations:
    """Seconds per respondent, NaN where unknown: float64 [respondents], or [respondents, pages] for page times.

    ``column`` is the one that shows them in a list, ``of_pages`` says that they are times of single pages.
    """

    seconds: NDArray[np.float64]
    column: int
    of_pages: bool = False


def durations(dataset: Dataset) -> Durations | None:
    """How long people took: by page where that is known, else in total; None if fewer than 30 have a time."""
    found = _of_pages(dataset) or _total(dataset) or _from_days(dataset)
    if found is None:
        return None
    total = np.nansum(found.seconds, axis=1) if found.of_pages else found.seconds
    return found if enough_times(total) else None


def usable(found: Durations) -> NDArray[np.float64]:
    """The total times that can be, in seconds; NaN for others."""
    return usable_seconds(np.nansum(found.seconds, axis=1) if found.of_pages else found.seconds)


def order_column(dataset: Dataset) -> Column | None:
    """The column that says in which order somebody saw the questions, if the file has one."""
    words = frozenset(_words()["order"])
    return next((column for column in dataset.columns if _named(column) & words), None)


def seconds_in(text: str, unit: float | None = 1.0) -> float:
    """The seconds that a cell speaks of, NaN if it is no stretch of time; bare numbers count ``unit`` seconds."""
    cell = unicodedata.normalize("NFKC", text).strip().casefold()
    if _BARE.match(cell):
        return float(cell.replace(",", ".")) * (1.0 if unit is None else unit)
    clock = _CLOCK.match(cell)
    if clock is not None:
        hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds
    parts = _PART.findall(cell)
    rest = _PART.sub("", cell).strip(" ,.")
    if not parts or rest or any(word.rstrip(".") not in _units() for _, word in parts):
        return float("nan")
    return sum(float(number.replace(",", ".")) * _units()[word.rstrip(".")] for number, word in parts)


def duration_text(seconds: float) -> Text:
    """A stretch of time in words: "2 min 40 s"."""
    whole = round(seconds)
    if whole < 60:
        return say_n("1 s", "{count} s", whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return say("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    return say("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def _of_pages(dataset: Dataset) -> Durations | None:
    for begin, end in _pages():
        pages = [column for column in dataset.columns if any(_fits(name, begin, end) for name in _named(column))]
        times = [found for found in (_seconds(column) for column in pages) if found is not None]
        if len(times) >= 2:
            return Durations(np.stack(times, axis=1), pages[0].position, of_pages=True)
    return None


def _fits(name: str, begin: str, end: str) -> bool:
    return name.startswith(begin) and name.endswith(end)


def _total(dataset: Dataset) -> Durations | None:
    words = frozenset(_words()["total"])
    days = {place for question in dataset.questions if question.kind is Kind.DATE for place in question.columns}
    for column in dataset.columns:
        if column.position not in days and _named(column) & words:
            seconds = _seconds(column)
            if seconds is not None:
                return Durations(seconds, column.position)
    return None


def _from_days(dataset: Dataset) -> Durations | None:
    days = [question for question in dataset.questions if question.kind is Kind.DATE]
    start = next((each for each in days if _says(dataset, each, "starts")), None)
    end = next((each for each in days if each is not start and _says(dataset, each, "ends")), None)
    if start is None or end is None:
        return None
    first, last = dataset.answers[start.id].numbers, dataset.answers[end.id].numbers
    if first is None or last is None or not np.any(np.mod(first[~np.isnan(first)], 1)):
        return None
    return Durations((last - first) * _DAY, end.columns[0])


def _says(dataset: Dataset, question: Question, kind: str) -> bool:
    """Whether the header of a day holds one of the words: as a word of its own, or anywhere in Chinese."""
    for name in _named(dataset.columns[question.columns[0]]):
        spoken = set(re.split(r"[^\w]+|_", name)) | set(re.findall(r"start|end", name))
        if any(word in spoken if word.isascii() else word in name for word in _words()[kind]):
            return True
    return False


def _seconds(column: Column) -> NDArray[np.float64] | None:
    """The seconds in a column; None if its cells are no stretches of time."""
    some = [text for text in column.values[1:_SAMPLE] if text]
    if not some or sum(seconds_in(text) == seconds_in(text) for text in some) < _READABLE * len(some):
        return None
    unit = _unit(column, some)
    known = np.fromiter((seconds_in(text, unit) for text in column.values), np.float64, count=len(column.values))
    return known[column.codes]


def _unit(column: Column, some: Sequence[str]) -> float:
    """What a bare number counts: the header says so, or its size does."""
    header = " ".join(column.header).casefold()
    if any(word in header for word in _words()["milliseconds"]):
        return 0.001
    if any(word in header for word in _words()["minutes"]):
        return 60.0
    bare = [seconds_in(text) for text in some if _BARE.match(text.strip())]
    return 0.001 if bare and float(np.median(bare)) > _LONG_MEDIAN else 1.0


def _named(column: Column) -> frozenset[str]:
    """What a column is called, each of its headers by itself, as headers are compared."""
    names = (" ".join(_BRACKETS.sub(" ", part.casefold()).split()).strip(" :：?？.") for part in column.header)
    return frozenset(name for name in names if name)


def _words() -> dict[str, list[str]]:
    return _lexicon()[0]


def _pages() -> tuple[tuple[str, str], ...]:
    """How headers of page times begin and end."""
    return tuple((begin, end) for begin, end, *_ in map(list, _words()["pages"]))


def _units() -> dict[str, float]:
    """The seconds of each word behind a number."""
    return _lexicon()[1]


@cache
def _lexicon() -> tuple[dict[str, list[str]], dict[str, float]]:
    found = json.loads(resource("lexicon", "answering_times.json").read_text(encoding="utf-8"))
    units = {word: float(seconds) for seconds, words in found.pop("units").items() for word in words}
    return found, units
