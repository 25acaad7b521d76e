"""Small valid surveys in every container, from which mutants are made and into which bombs are built."""

from __future__ import annotations

import datetime
import gzip
import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import xlsxwriter

from tests.badinput.binary import Error, Value, placed, xls, xlsb

HEADERS = ("Region", "How likely are you to recommend us?", "Why", "Visited", "Used")
REASONS = ("很好，下次再来", "slow delivery", "", "=1+1", "äöü \u202e right to left", "9")


def table(rows: int = 40) -> list[list[Value | Error]]:
    """Headers and ``rows`` answers, with texts, scores, truth values, blanks and errors."""
    found: list[list[Value | Error]] = [[*HEADERS]]
    for n in range(rows):
        score: Value | Error = Error() if n % 17 == 16 else float(n % 11)
        found.append([("North", "South", "华东")[n % 3], score, REASONS[n % 6] or None, 45_000.0 + n, n % 2 == 0])
    return found


def as_csv() -> bytes:
    lines = [",".join(HEADERS)]
    lines += [
        f'{("North", "华东")[n % 2]},{n % 11},"{REASONS[n % 6]}",2025-09-{n % 28 + 1:02d},TRUE' for n in range(60)
    ]
    return "\r\n".join(lines).encode()


def as_xlsx() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    # The moment of its making would make every file another one.
    book.set_properties({"created": datetime.datetime(2025, 9, 1)})  # noqa: DTZ001
    sheet = book.add_worksheet("Answers")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for y, row in enumerate(table()):
        for x, value in enumerate(row):
            if isinstance(value, Error):
                sheet.write_formula(y, x, "=NA()", None, "#N/A")
            elif x == 3 and y:
                sheet.write_datetime(y, x, datetime.datetime(2025, 9, 1) + datetime.timedelta(days=y), day)  # noqa: DTZ001
            elif value is not None:
                sheet.write(y, x, value)
    sheet.merge_range(43, 0, 45, 0, "merged")
    sheet.set_row(5, None, None, {"hidden": True})
    book.add_worksheet("Notes").write(0, 0, "nothing here")
    book.close()
    return out.getvalue()


def as_xlsm() -> bytes:
    """The same with a part for macros."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "[Content_Types].xml":
                part = part.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            new.writestr(info.filename, part)
        new.writestr("xl/vbaProject.bin", bytes(range(256)) * 8)
    return out.getvalue()


def as_ods() -> bytes:
    def cell(value: Value | Error) -> str:
        match value:
            case None:
                return "<table:table-cell/>"
            case Error():
                number = 'office:value-type="float" office:value="0"'
                return f"<table:table-cell {number}><text:p>#N/A</text:p></table:table-cell>"
            case bool():
                truth = str(value).lower()
                return f'<table:table-cell office:value-type="boolean" office:boolean-value="{truth}"/>'
            case str():
                return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
            case _:
                return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in table())
    return open_document(f'<table:table table:name="Answers">{rows}</table:table>')


def open_document(tables: str, prologue: str = "") -> bytes:
    """An .ods file around these tables."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<office:document-content{names} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": b"<manifest/>",
        }
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def as_html() -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<td>{'' if isinstance(cell, Error) else cell}</td>" for cell in row) + "</tr>"
        for row in table()
    )
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'.encode()


def _statistics(suffix: str, **options: object) -> bytes:
    frame = pd.DataFrame(
        {
            "region": ["North", "South", "", "East" if suffix == "por" else "华东"] * 10,
            "likely": np.where(np.arange(40) % 9 == 8, np.nan, np.arange(40) % 11).astype(float),
            "visited": [datetime.date(2025, 9, 14)] * 39 + [None],
        }
    )
    write: Any = {"por": pyreadstat.write_por, "dta": pyreadstat.write_dta}.get(suffix, pyreadstat.write_sav)
    if suffix in ("sav", "zsav"):
        options["variable_value_labels"] = {"likely": {0: "not at all", 10: "very"}}
        options["missing_ranges"] = {"likely": [9]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"seed.{suffix}"
        write(frame, str(path), **options)
        return path.read_bytes()


SEEDS: dict[str, Callable[[], bytes]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "xlsm": as_xlsm,
    "xlsb": lambda: xlsb(placed(table()), hidden_rows=frozenset({4}), hidden_columns=frozenset({3})),
    "xls": lambda: xls(placed(table())),
    "ods": as_ods,
    "sav": lambda: _statistics("sav"),
    "zsav": lambda: _statistics("zsav", compress=True),
    "por": lambda: _statistics("por"),
    "dta": lambda: _statistics("dta"),
    "gz": lambda: gzip.compress(as_csv(), mtime=0),
    "zip": lambda: zipped({"survey.csv": as_csv()}),
    "html": as_html,
}
"""One maker of a valid file per container, named by the usual ending."""
ZIPPED = frozenset({"xlsx", "xlsm", "xlsb", "ods", "zip"})


def foreign(folder: Path, container: str, largest: int = 60_000) -> list[bytes]:
    """Further small files of that container that other programs wrote, in a fixed order."""
    found = sorted(path for path in folder.rglob(f"*.{container}") if path.stat().st_size <= largest)
    return [path.read_bytes() for path in found[:: max(len(found) // 40, 1)]]
