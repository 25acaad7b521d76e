"""Other people's readers, which count the cells of a file so that ours can be compared with them.

They run in a process of their own, because each of them hangs, crashes or eats memory on some file. What they count is
what a person would call a filled cell: some text that is not only blanks, a number, a date, a truth value; errors such
as #N/A are counted apart.
"""

from __future__ import annotations

import contextlib
import csv
import importlib
import importlib.util
import io
import json
import multiprocessing
import sys
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxdesk.reading.grid import Grid

_BLANK = "".join(char for char in map(chr, range(0x3001)) if char.isspace()) + "\u180e\u200b\u200c\u200d\u2060\ufeff"
_ERRORS = ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!")
_MEMORY = 4 << 30
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Count:
    """Filled cells of one sheet or file, and error cells among spreadsheets."""

    filled: int
    errors: int = 0


def _filled(value: Any) -> bool:
    if value is None or value != value:
        return False
    return bool(value.strip(_BLANK)) if isinstance(value, str) else True


def _counted(values: Iterable[Any]) -> Count:
    """Count values of a library that hands errors over as their names."""
    found = [value for value in values if _filled(value)]
    errors = sum(isinstance(value, str) and value in _ERRORS for value in found)
    return Count(len(found) - errors, errors)


def count_text(path: str, encoding: str, delimiter: str) -> Count:
    """Separated text, with Python's own parser."""
    csv.field_size_limit(1 << 30)
    with open(path, encoding=encoding, errors="replace", newline="") as stream:  # noqa: PTH123
        text = stream.read().removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    if first.strip('"\r').lower() == f"sep={delimiter}":
        text = rest
    return _counted([cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row])


def count_openpyxl(path: str, sheet: str) -> Count:
    """An .xlsx sheet with openpyxl, which keeps errors apart from texts."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    part = book[sheet]
    part.reset_dimensions()
    cells = [cell for row in part.iter_rows() for cell in row if cell.value is not None]
    errors = sum(cell.data_type == "e" for cell in cells)
    return Count(sum(_filled(cell.value) for cell in cells if cell.data_type != "e"), errors)


def count_xlrd(path: str, sheet: str) -> Count:
    """An .xls sheet with xlrd."""
    import xlrd

    book = xlrd.open_workbook(path, logfile=io.StringIO())
    part = book.sheet_by_name(sheet)
    cells = [cell for number in range(part.nrows) for cell in part.row(number)]
    errors = sum(cell.ctype == xlrd.XL_CELL_ERROR for cell in cells)
    kinds = (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE, xlrd.XL_CELL_BOOLEAN)
    return Count(sum(_filled(cell.value) for cell in cells if cell.ctype in kinds), errors)


def count_pyxlsb(path: str, sheet: str) -> Count:
    """An .xlsb sheet with pyxlsb, where it is installed; it hands errors over as numbers in hexadecimal."""
    pyxlsb: Any = importlib.import_module("pyxlsb")

    with pyxlsb.open_workbook(path) as book, book.get_sheet(sheet) as part:
        values = [cell.v for row in part.rows(sparse=True) for cell in row]
    errors = sum(isinstance(value, str) and value.startswith("0x") and len(value) <= 4 for value in values)
    return Count(sum(map(_filled, values)) - errors, errors)


def count_calamine(path: str, sheet: str) -> Count:
    """An .ods sheet with calamine; its error cells come as empty."""
    import python_calamine

    part = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
    return _counted([cell for row in part.iter_rows() for cell in row])


def count_stata(path: str) -> Count:
    """A .dta file with pandas."""
    import pandas as pd

    data = pd.read_stata(path, convert_categoricals=False, convert_dates=False)
    return _counted([value for name in data.columns for value in data[name].tolist()])


READERS: dict[str, Callable[..., Count]] = {
    "csv": count_text,
    "tsv": count_text,
    "xlsx": count_openpyxl,
    "xls": count_xlrd,
    "ods": count_calamine,
    "dta": count_stata,
}
if importlib.util.find_spec("pyxlsb") is not None:
    READERS["xlsb"] = count_pyxlsb


def _serve(connection: Any) -> None:
    warnings.simplefilter("ignore")
    sys.stdout = io.StringIO()  # some of them print what they think of a file
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with contextlib.suppress(EOFError, OSError):
        while True:
            container, arguments = json.loads(connection.recv_bytes())
            try:
                found = READERS[container](*arguments)
                answer = [found.filled, found.errors]
            except BaseException:  # noqa: BLE001 - Rust code panics with something that is no Exception
                answer = None
            connection.send_bytes(json.dumps(answer).encode())


class Peers:
    """The process with the other readers; it is replaced when a file was too much for it."""

    def __init__(self) -> None:
        self._process: Any = None
        self._connection: Any = None

    def count(self, container: str, *arguments: str) -> Count | None:
        """What the other reader of such files counts; None if there is none, or if it cannot read this file."""
        if container not in READERS:
            return None
        self._start()
        with contextlib.suppress(EOFError, OSError):
            self._connection.send_bytes(json.dumps([container, arguments]).encode())
            if self._connection.poll(_PATIENCE):
                answer = json.loads(self._connection.recv_bytes())
                return Count(*answer) if answer else None
        self.stop()
        return None

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._connection.close()
        self._process = self._connection = None

    def _start(self) -> None:
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._connection, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One file that both read: what we imported, the errors that our receipt counts, and what the other counts."""

    name: str
    ours: Count
    theirs: Count

    @property
    def lost(self) -> int:
        """Filled cells that the other reader saw and that we neither imported nor counted."""
        return max(self.theirs.filled + self.theirs.errors - self.ours.filled - self.ours.errors, 0)


def compare(peers: Peers, path: Path, grid: Grid) -> Comparison | None:
    """Our cells of a file beside another reader's; None if no other reader can read it, or if it was packed."""
    if grid.name != path.name:
        return None
    if grid.container in ("csv", "tsv"):
        arguments: tuple[str, ...] = (grid.encoding or "utf-8", grid.delimiter or ",")
    else:
        arguments = (grid.sheet,) if grid.sheet is not None else ()
    theirs = peers.count(grid.container, str(path), *arguments)
    if theirs is None:
        return None
    noted = {unused.code: 0 for unused in grid.unused}
    for unused in grid.unused:
        noted[unused.code] += unused.count
    ours = Count(grid.filled() - noted.get("merged_cell", 0), noted.get("error_cell", 0))
    return Comparison(path.name, ours, theirs)
