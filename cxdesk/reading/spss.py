"""Reads SPSS and Stata files, with their code books: question texts, answer labels, and codes that mean "no answer"."""

from __future__ import annotations

import contextlib
import datetime
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyreadstat
from numpy.typing import NDArray

from cxdesk.job import Job
from cxdesk.reading.cells import show, trim
from cxdesk.reading.grid import Grid, GridColumn
from cxdesk.reading.guards import (
    MEGABYTE,
    Limits,
    announce,
    check_cells,
    check_columns,
    check_rows,
    damaged,
    nothing_inside,
)
from cxdesk.reading.origin import Origin
from cxdesk.reading.problem import ReadRefused
from cxdesk.reading.sav_cases import Coded, Unusual, decode_cases
from cxdesk.reading.statistics_files import statistics_kind
from cxdesk.reading.stored import are_dates, coded_numbers, coded_texts, moment_words, number_texts, packed_column
from cxdesk.survey.dataset import Codes, Words
from cxdesk.text import say

_MANY = 5_000
_COMPARED = 64
_IN_MEMORY = 128 * MEGABYTE
_SPSS_EPOCH = datetime.datetime(1582, 10, 14)  # noqa: DTZ001 - surveys carry local times without a zone
_SPSS_DAYS = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR")
_SPSS_MOMENTS = ("DATETIME", "YMDHMS")
_SPSS_TIMES = ("TIME", "DTIME", "MTIME")


def read_statistics(origin: Origin, job: Job, skip: frozenset[str], limits: Limits) -> Grid:
    """Read a .sav, .zsav, .por or .dta file. Raises `ReadRefused` if it is damaged or too large."""
    container = statistics_kind(origin.head(4096)) or "sav"
    if "pyreadstat" in skip:
        raise damaged()
    announce(job, "pyreadstat", origin.size * 4)
    outline: Any = None
    try:
        if container != "por":
            with origin.open() as stream:
                outline = _READERS[container](stream, metadataonly=True)[1]
            check_columns(int(outline.number_columns or 0), limits)
            check_rows(int(outline.number_rows or 0), limits.text_rows)
            check_cells(int(outline.number_rows or 0), int(outline.number_columns or 0), limits)
        job.progress(say("Opening the file"), 0, 0)
        job.check()
        coded, meta = _all_coded(origin, container, outline, job)
    except ReadRefused:
        raise
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError, LookupError, TypeError):
        raise damaged() from None
    names = list(meta.column_names)
    rows = max((len(codes) for codes, _ in coded), default=0)
    if not rows:
        raise nothing_inside()
    columns = []
    for position, name in enumerate(names):
        columns.append(_column(name, *coded[position], meta, container))
        job.progress(say("Reading the columns"), position + 1, len(names))
        job.check()
    return Grid(
        tuple(columns),
        rows,
        container=container,
        name=origin.name,
        encoding=meta.file_encoding or None,
        coded=True,
        sets=_sets(meta),
    )


_READERS: dict[str, Any] = {
    "sav": pyreadstat.read_sav,
    "zsav": pyreadstat.read_sav,
    "por": pyreadstat.read_por,
    "dta": pyreadstat.read_dta,
}


def _all_coded(origin: Origin, container: str, outline: Any, job: Job) -> tuple[list[Coded], Any]:
    """All columns, coded, and what pyreadstat says about the file."""
    rows = int(outline.number_rows or 0) if container == "sav" else 0
    if rows >= _MANY and origin.size <= _IN_MEMORY:
        with contextlib.suppress(Unusual):
            return _decoded(origin, rows, job)
    with origin.open() as stream:
        data, meta = _read(container, stream)
    return [_coded(data[name], _is_text(name, meta)) for name in meta.column_names], meta


def _decoded(origin: Origin, rows: int, job: Job) -> tuple[list[Coded], Any]:
    """The columns of a large .sav file. Raises `Unusual` if pyreadstat sees other cells in its first rows."""
    with origin.open() as stream:
        data, meta = _read("sav", stream, row_limit=_COMPARED)
    names = list(meta.column_names)
    columns = list(decode_cases(origin.all(), rows, len(names), meta.file_encoding or "", job))
    for name, (codes, values) in zip(names, columns, strict=True):
        expected, known = _coded(data[name], _is_text(name, meta))
        seen = [str(values[code]).rstrip(" ") if code >= 0 else "" for code in codes[:_COMPARED].tolist()]
        if seen != [str(known[code]).rstrip(" ") if code >= 0 else "" for code in expected.tolist()]:
            raise Unusual
    return columns, meta


def _is_text(name: str, meta: Any) -> bool:
    return bool(meta.readstat_variable_types.get(name) == "string")


def _read(container: str, stream: Any, row_limit: int = 0) -> tuple[dict[str, Sequence[Any]], Any]:
    options: dict[str, Any] = {"output_format": "dict", "row_limit": row_limit}
    if container != "por":
        options["user_missing"] = True
    if container != "dta":
        # SPSS allows moments that Python cannot hold; the seconds are turned into dates below.
        options["disable_datetime_conversion"] = True
    found: tuple[dict[str, Sequence[Any]], Any] = _READERS[container](stream, **options)
    return found


def _column(name: str, codes: NDArray[np.intp], values: list[Any], meta: Any, container: str) -> GridColumn:
    shape = str(meta.original_variable_types.get(name, "")).rstrip("0123456789.").upper()
    packed, words, dates = _shown(codes, values, shape, container)
    labels = tuple(
        (trim(show(stored)), trim(str(words))) for stored, words in meta.variable_value_labels.get(name, {}).items()
    )
    return GridColumn(
        packed,
        words,
        dates=dates,
        name=name or "",  # None in files whose dictionary is broken
        label=trim(meta.column_names_to_labels.get(name) or ""),
        labels=labels,
        missing=_missing(name, [] if dates or shape in _SPSS_TIMES else values, meta),
    )


def _coded(cells: Sequence[Any], texts: bool) -> Coded:
    """Where each cell's value stands among the distinct ones, and these; -1 for an empty cell."""
    if not texts:
        with contextlib.suppress(TypeError, ValueError):  # dates, and letters for kinds of missing answers
            return coded_numbers(np.array(cells, dtype=np.float64))
    return coded_texts(list(cells))


def _shown(codes: NDArray[np.intp], values: list[Any], shape: str, container: str) -> tuple[Codes, Words, bool]:
    """The cells and their texts, "" first, and whether all of them are dates; -1 among ``codes`` is an empty cell."""
    kinds = set(map(type, values))
    if kinds == {float} and container != "dta" and shape not in _SPSS_TIMES:
        if shape not in (*_SPSS_DAYS, *_SPSS_MOMENTS):
            return *packed_column(codes, number_texts(values)), False
        words = moment_words(values, days=shape in _SPSS_DAYS)
        if words is not None:
            return (codes + 1).astype(np.min_scalar_type(len(values))), words, True
    if kinds == {str}:
        return *packed_column(codes, values), False
    values = [_moment(value, shape, container) for value in values]
    return *packed_column(codes, [show(value) for value in values]), are_dates(values)


def _moment(value: Any, shape: str, container: str) -> Any:
    """A stored number as the date or time that its format says; other values unchanged."""
    if container == "dta" or not isinstance(value, float) or math.isnan(value):
        return value
    try:
        if shape in _SPSS_DAYS:
            return (_SPSS_EPOCH + datetime.timedelta(seconds=value)).date()
        if shape in _SPSS_MOMENTS:
            return _SPSS_EPOCH + datetime.timedelta(seconds=value)
        if shape in _SPSS_TIMES:
            return datetime.timedelta(seconds=value)
    except (OverflowError, ValueError):
        return value
    return value


def _missing(name: str, values: list[Any], meta: Any) -> tuple[str, ...]:
    """The stored values that the file declares to be no answer, those first that occur in it."""
    declared: list[str] = []
    for span in (meta.missing_ranges or {}).get(name, ()):
        low, high = span["lo"], span["hi"]
        for value in values:
            try:
                if low <= value <= high:
                    declared.append(trim(show(value)))
            except TypeError:
                continue
        if low == high:
            declared.append(trim(show(low)))
    for letter in (meta.missing_user_values or {}).get(name, ()):
        declared.append(trim(show(letter)))
    return tuple(text for text in dict.fromkeys(declared) if text)


def _sets(meta: Any) -> tuple[tuple[str, str, tuple[str, ...], str], ...]:
    return tuple(
        (
            name,
            trim(str(found.get("label") or "")),
            tuple(str(member) for member in found.get("variable_list", ())),
            show(found.get("counted_value")) if found.get("is_dichotomy") else "",
        )
        for name, found in (meta.mr_sets or {}).items()
    )
