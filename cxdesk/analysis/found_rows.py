"""Which rows is a line of the receipt about? A short list of them: row of the file, column, and what stands there.

Personal columns are never listed, and personal items inside the cells are masked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.checks_values import Check
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.comments.masking import mask
from cxdesk.survey.dataset import Column, Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import MOST_SHOWN, Unused
from cxdesk.survey.role import UNSHOWN, Kind, Role
from cxdesk.text import Format, Label, Text, say, say_n

_LONGEST = 300
_EMPTY = say("(empty)")
_ROW = say("Whole row")
_CELL = say("Cell in the sheet")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row of the list: its number in the file, counted from 1 (None if unknown), and the cell's text."""

    number: int | None
    text: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class FoundRows:
    """Rows that a line of the receipt is about: ``count`` of them, of which ``rows`` are the first."""

    text: Text
    column: Label
    count: int
    rows: tuple[FoundRow, ...]


def unused_key(index: int) -> str:
    """Names a line of the receipt by its position."""
    return f"unused{index}"


def missing_key(question: Question) -> str:
    """Names the line about respondents who did not answer a question."""
    return f"missing_{question.id}"


def has_rows(dataset: Dataset, entry: Unused) -> bool:
    """Whether the rows of a line can be shown."""
    return bool(entry.places) or (bool(entry.cells) and len(dataset.rows_of(entry)) > 0)


def found_rows(dataset: Dataset, key: str, line: Text | None = None) -> FoundRows | None:
    """The rows behind a line of the quality page, by the line's key; None if there are none to show.

    Lines of the receipt are about the whole file, those about empty answers about the rows that are used.
    """
    for index, entry in enumerate(dataset.receipt.unused):
        if unused_key(index) == key:
            return _of_entry(dataset.complete, entry)
    for question in dataset.questions:
        if missing_key(question) == key:
            return _of_missing(dataset, question, line)
    return None


def marked_rows(dataset: Dataset, check: Check) -> FoundRows | None:
    """The rows of the complete survey that a check marks; None if there are none."""
    marked = [way.marked for way in check.ways if way.marked is not None]
    people = np.flatnonzero(marked[0]) if marked else np.zeros(0, dtype=np.intp)
    if not len(people):
        return None
    whole, column = dataset.complete, dataset.complete.columns[check.column]
    private = any(check.column in question.columns for question in whole.with_role(Role.PRIVATE, Role.RESPONDENT))
    rows = _rows(whole, column, people)
    if private:
        rows = tuple(replace(row, text="") for row in rows)
    told = say("{check}: {means}", check=check.name, means=check.means)
    return FoundRows(told, _name(column), len(people), rows)


def rows_table(found: FoundRows) -> Table:
    """The list as a table: it is shown, read out and copied like every other one."""
    filed = any(row.file for row in found.rows)
    columns = (
        TableColumn("row", say("Row in the file")),
        *((TableColumn("file", say("File"), ColumnType.NAME),) if filed else ()),
        TableColumn("column", say("Column"), ColumnType.NAME),
        TableColumn("cell", say("What stands there"), ColumnType.TEXT),
    )
    rows = tuple(
        TableRow(
            f"row{place}",
            (
                Cell(row.number, Format.COUNT),
                *((Cell(row.file),) if filed else ()),
                Cell(found.column),
                Cell(row.text) if row.text else Cell(None, shown=_EMPTY),
            ),
        )
        for place, row in enumerate(found.rows)
    )
    if found.count > len(rows):
        told = say("The first {shown} of {count} rows", shown=len(rows), count=found.count)
    else:
        told = say_n("1 row", "{count} rows", found.count)
    return Table("found_rows", found.text, columns, rows, subtitle=told)


def _of_entry(dataset: Dataset, entry: Unused) -> FoundRows | None:
    if entry.places:
        rows = tuple(FoundRow(place.row + 1, _hidden(place.text)) for place in entry.places)
        return FoundRows(entry.text, _CELL if entry.code == "error_cell" else _ROW, entry.count, rows)
    people = dataset.rows_of(entry)
    if entry.column is None or not len(people):
        return None
    column = dataset.columns[entry.column]
    return FoundRows(entry.text, _name(column), max(entry.count, len(people)), _rows(dataset, column, people))


def _of_missing(dataset: Dataset, question: Question, line: Text | None) -> FoundRows | None:
    codes = dataset.answers[question.id].codes
    if codes is None or question.role in UNSHOWN or question.kind is not Kind.SCORE:
        return None
    people = np.flatnonzero(codes == question.size)
    if not len(people):
        return None
    column = dataset.columns[question.columns[0]]
    text = line or say("No answer to “{question}”", question=question.text)
    return FoundRows(text, question.text, len(people), _rows(dataset, column, people))


def _rows(dataset: Dataset, column: Column, people: NDArray[np.intp]) -> tuple[FoundRow, ...]:
    found = []
    files = _files(dataset)
    for person in people[:MOST_SHOWN].tolist():
        number = None if dataset.rows is None else int(dataset.rows[person]) + 1
        file = next((name for end, name in files if person < end), "")
        found.append(FoundRow(number, _hidden(column.values[int(column.codes[person])]), file))
    return tuple(found)


def _files(dataset: Dataset) -> list[tuple[int, str]]:
    """Where the rows of each file end, if several files were put below each other."""
    if sum(part.respondents > 0 for part in dataset.parts) < 2:
        return []
    ends = np.cumsum([part.respondents for part in dataset.parts]).tolist()
    return [(end, part.name) for end, part in zip(ends, dataset.parts, strict=True)]


def _name(column: Column) -> str:
    return " ".join(part for part in column.header if part)


def _hidden(text: str) -> str:
    """A cell in one line, cut where it is long, without personal items."""
    line = " ".join(mask(text[: 2 * _LONGEST])[0].split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
