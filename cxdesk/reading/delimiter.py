"""Finds out which character separates the columns of a text file, from whole records and never from single lines."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

_CANDIDATES = (",", ";", "\t", "|")
_RECORDS = 200


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the columns are separated. ``preface`` is the number of characters of a ``sep=`` line to skip."""

    delimiter: str
    preface: int = 0


def find_dialect(sample: str, chosen: str | None, *, whole: bool) -> Dialect:
    """The separator of a text whose beginning is ``sample``; ``whole`` says that the sample is the whole text."""
    preface, declared = _sep_line(sample)
    if chosen:
        return Dialect(chosen, preface)
    if declared:
        return Dialect(declared, preface)
    scores = [(_score(sample, candidate, whole=whole), candidate) for candidate in _CANDIDATES]
    best, delimiter = max(scores, key=lambda pair: pair[0])
    return Dialect(delimiter if best > 0 else ",", preface)


def _sep_line(sample: str) -> tuple[int, str]:
    """The length of Excel's first line ``sep=;`` and its separator, or (0, "")."""
    line = sample[:16].split("\n", 1)[0]
    bare = line.rstrip("\r").strip('"')
    if len(bare) == 5 and bare.lower().startswith("sep=") and "\n" in sample[:16]:
        return len(line) + 1, bare[4]
    return 0, ""


def _score(sample: str, delimiter: str, *, whole: bool) -> float:
    """How well a separator explains the sample: the share of records of the usual width, more for more columns."""
    widths = _widths(sample, delimiter, whole=whole)
    if not widths:
        return 0.0
    usual = Counter(width for width in widths if width > 1)
    if not usual:
        return 0.0
    width, count = max(usual.items(), key=lambda pair: (pair[1], pair[0]))
    share = count / len(widths)
    # Survey tools cut empty cells at the end of a row: shorter records speak against a separator only a little.
    shorter = sum(1 < other < width for other in widths) / len(widths)
    touching = sample.count(f'"{delimiter}') + sample.count(f'{delimiter}"')
    quoted = 0.25 * min(touching / (2 * len(widths)), 1.0)
    headed = 0.25 if widths[0] == width else 0.0
    return (share + 0.5 * shorter) ** 2 * (1 + headed + quoted) * (1 + 0.02 * min(width, 10))


def _widths(sample: str, delimiter: str, *, whole: bool) -> list[int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths: list[int] = []
    try:
        for record in reader:
            if any(record):
                widths.append(len(record))
            if len(widths) > _RECORDS:
                break
    except csv.Error:
        return widths
    if not whole and 1 < len(widths) <= _RECORDS:
        widths.pop()  # the sample ends inside this record
    return widths
