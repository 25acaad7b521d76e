"""Reads SPSS and Stata files, with their code books: question texts, answer labels, and codes that mean "no answer"."""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
from numpy.typing import NDArray

from cxdesk.job import Job
from cxdesk.reading.cells import show, trim
from cxdesk.reading.grid import Grid, GridColumn
from cxdesk.reading.guards import Limits, announce, check_cells, check_columns, check_rows, damaged, nothing_inside
from cxdesk.reading.origin import Origin
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.dataset import Words
from cxdesk.text import say

_SPSS_EPOCH = datetime.datetime(1582, 10, 14)  # noqa: DTZ001 - surveys carry local times without a zone
_SPSS_DAYS = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR")
_SPSS_MOMENTS = ("DATETIME", "YMDHMS")
_SPSS_TIMES = ("TIME", "DTIME", "MTIME")


def is_statistics(head: bytes) -> bool:
    """Whether the bytes start an SPSS or Stata file."""
    return _container(head) is not None


def _container(head: bytes) -> str | None:
    if head.startswith((b"$FL2", b"$FL3")):
        return "zsav" if head.startswith(b"$FL3") else "sav"
    if head.startswith(b"<stata_dta>") or (
        len(head) > 200 and 0x69 <= head[0] <= 0x73 and head[1] in (1, 2) and head[2] == 1
    ):
        return "dta"
    if b"SPSSPORT" in head[:600].translate(None, b"\r\n"):
        return "por"
    return None


def read_statistics(origin: Origin, job: Job, skip: frozenset[str], limits: Limits) -> Grid:
    """Read a .sav, .zsav, .por or .dta file. Raises `ReadRefused` if it is damaged or too large."""
    container = _container(origin.head(4096)) or "sav"
    if "pyreadstat" in skip:
        raise damaged()
    announce(job, "pyreadstat", origin.size * 4)
    try:
        if container != "por":
            with origin.open() as stream:
                outline = _READERS[container](stream, metadataonly=True)[1]
            check_columns(int(outline.number_columns or 0), limits)
            check_rows(int(outline.number_rows or 0), limits.text_rows)
            check_cells(int(outline.number_rows or 0), int(outline.number_columns or 0), limits)
        job.progress(say("Opening the file"), 0, 0)
        job.check()
        with origin.open() as stream:
            data, meta = _read(container, stream)
    except ReadRefused:
        raise
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError, KeyError, TypeError):
        raise damaged() from None
    names = list(meta.column_names)
    rows = max((len(data[name]) for name in names), default=0)
    if not rows:
        raise nothing_inside()
    columns = []
    for position, name in enumerate(names):
        columns.append(_column(name, data[name], meta, container))
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


def _read(container: str, stream: Any) -> tuple[dict[str, NDArray[Any]], Any]:
    options: dict[str, Any] = {"output_format": "dict"}
    if container != "por":
        options["user_missing"] = True
    if container != "dta":
        # SPSS allows moments that Python cannot hold; the seconds are turned into dates below.
        options["disable_datetime_conversion"] = True
    data, meta = _READERS[container](stream, **options)
    return {name: np.asarray(column) for name, column in data.items()}, meta


def _column(name: str, cells: NDArray[Any], meta: Any, container: str) -> GridColumn:
    if cells.dtype.kind == "f":
        uniques, inverse = np.unique(cells, return_inverse=True)
        values: list[Any] = uniques.tolist()
        codes = inverse.astype(np.int64)
    else:
        codes, found = pd.factorize(cells, use_na_sentinel=True)
        values = list(found)
    shape = str(meta.original_variable_types.get(name, "")).rstrip("0123456789.").upper()
    converted = [_moment(value, shape, container) for value in values]
    texts: dict[str, int] = {"": 0}
    lookup = np.zeros(len(values) + 1, dtype=np.uint32)
    for code, value in enumerate(converted):
        lookup[code] = texts.setdefault(trim(show(value)), len(texts))
    dated = [isinstance(value, datetime.date) for value in converted if show(value)]
    labels = tuple(
        (trim(show(stored)), trim(str(words))) for stored, words in meta.variable_value_labels.get(name, {}).items()
    )
    return GridColumn(
        lookup[codes].astype(np.min_scalar_type(max(len(texts) - 1, 1))),
        Words.of(list(texts)),
        dates=bool(dated) and all(dated),
        name=name,
        label=trim(meta.column_names_to_labels.get(name) or ""),
        labels=labels,
        missing=_missing(name, converted, meta),
    )


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
