"""What a file may cost: the caps that keep a strange file from eating the computer, and the refusal of each.

Every reader asks these guards before it believes what a file says about itself. A reader also announces the library
that it is about to trust with the file, so that the window's process knows which one died or fell silent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable
from xml.parsers import expat

from cxdesk.job import Job
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.receipt import Unused
from cxdesk.text import Number, say

MEGABYTE = 1 << 20
PATIENCE = 7.0
"""Seconds of silence after which a reader counts as stuck; honest files of ordinary size answer much sooner.

Two readers of a chain that both get stuck must still be answered within 20 seconds.
"""
UNDERSTANDING = "understanding"
"""The step after the last reader: our own code, which has no substitute and may therefore take longer."""
LAST_PATIENCE = 15.0
_SLOWEST = 6 * MEGABYTE
"""Bytes of unpacked content per second that the slowest native reader still manages on an old computer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The caps (RELIABILITY.md 3.5), all counted before memory is spent."""

    file_bytes: int = 2 << 30
    unpacked_bytes: int = 1 << 30
    part_bytes: int = 4 << 30
    parts: int = 10_000
    ratio: int = 200
    ratio_from: int = 64 * MEGABYTE
    sheet_rows: int = 1_048_576
    text_rows: int = 5_000_000
    columns: int = 16_384
    usual_columns: int = 2_000
    cells: int = 100_000_000
    field: int = MEGABYTE
    line: int = 16 * MEGABYTE


LIMITS = Limits()


@runtime_checkable
class Announcing(Protocol):
    """A job that wants to know which link of a chain of readers is at work."""

    def announce(self, link: str, patience: float) -> None:
        """Learn that ``link`` starts now and may be silent for ``patience`` seconds."""


def announce(job: Job, link: str, unpacked: int = 0, patience: float = PATIENCE) -> None:
    """Tell the job, if it wants to know, that ``link`` now gets ``unpacked`` bytes of content to read."""
    if isinstance(job, Announcing):
        job.announce(link, patience + unpacked / _SLOWEST)
    job.check()


def check_size(size: int, limits: Limits) -> None:
    """Refuse a file that is larger than any survey export."""
    if size > limits.file_bytes:
        raise ReadRefused(
            "too_big",
            say("The file is larger than {count} MB, more than this program reads.", count=limits.file_bytes >> 20),
            say("Export fewer columns or a shorter period and open that file."),
        )


def check_rows(rows: int, cap: int) -> None:
    """Refuse more rows than the cap."""
    if rows > cap:
        raise ReadRefused(
            "too_many_rows",
            say("The file has more than {count} rows, more than this program reads.", count=Number(cap)),
            say("Export a shorter period, or split the file, and open the parts one by one."),
        )


def check_columns(columns: int, limits: Limits) -> None:
    """Refuse more columns than a spreadsheet can hold."""
    if columns > limits.columns:
        raise ReadRefused(
            "too_many_columns",
            say(
                "The file has {count} columns. A survey export has far fewer; this is probably another kind of file.",
                count=Number(columns),
            ),
            say("Check that this is the export of the answers, with one row per person."),
        )


def many_columns(columns: int) -> Unused:
    """The line of the receipt for a file with more columns than surveys have."""
    words = say("The file has {count} columns; check that it is the export of the answers", count=Number(columns))
    return Unused("many_columns", columns, words)


def check_cells(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a table whose bounding box holds too many cells."""
    if rows * columns > limits.cells:
        raise ReadRefused(
            "too_many_cells",
            say(
                "The table is too large: {rows} rows and {columns} columns.",
                rows=Number(rows),
                columns=Number(columns),
            ),
            say("Export fewer columns or a shorter period and open that file."),
        )


def check_stray(rows: int, columns: int, cell: str, limits: Limits) -> None:
    """Refuse a sheet that a single cell far away, such as "XFD1048576", makes too large."""
    if rows * columns > limits.cells:
        raise ReadRefused(
            "stray_cell",
            say("A single cell far away from the table, {cell}, makes the sheet too large to read.", cell=cell),
            say("Delete what stands in that cell, save, and open the file again."),
        )


def long_cell(limits: Limits) -> ReadRefused:
    """The refusal of a cell with more text than anybody writes."""
    return ReadRefused(
        "long_cell",
        say("A single cell of the file holds more than {count} MB of text.", count=Number(limits.field / MEGABYTE)),
        say("Export the answers again. If it happens again, save the file as .xlsx in Excel and open that."),
    )


def damaged() -> ReadRefused:
    """The refusal of a file whose content is broken or cut off."""
    return ReadRefused(
        "damaged",
        say("The file is damaged or was not saved completely, so its answers cannot be read."),
        say("Download or export it again. If Excel can open it, save it there as a new .xlsx file and open that."),
    )


def out_of_memory() -> ReadRefused:
    """The refusal of a file that needs more memory than the reader may take."""
    return ReadRefused(
        "out_of_memory",
        say("The file needs more memory than this computer can spare for it."),
        say("Export fewer columns or a shorter period, or save it as CSV, and open that file."),
    )


def password() -> ReadRefused:
    """The refusal of a file that is locked with a password."""
    return ReadRefused(
        "password",
        say("The file is protected with a password."),
        say("Remove the password in Excel, save, and drop it here again."),
    )


def unsafe() -> ReadRefused:
    """The refusal of an office file with a document type declaration, which honest programs never write."""
    return ReadRefused(
        "unsafe",
        say("The file holds instructions that a spreadsheet should not have. Reading on could harm this computer."),
        say("Ask where the file comes from, or export the answers again from the survey tool."),
    )


def guarded_parser(
    start: Callable[[str, dict[str, str]], None], end: Callable[[str], None], characters: Callable[[str], None]
) -> expat.XMLParserType:
    """A parser that tells of elements by namespace and name, and refuses a document type: its entities may explode."""

    def refuse(*_: object) -> None:
        raise unsafe()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse
    return parser


def nothing_inside() -> ReadRefused:
    """The refusal of a file without a single filled cell."""
    return ReadRefused(
        "empty",
        say("There is nothing in the file."),
        say("Export the answers again and check that the survey has any."),
    )


def only_headers() -> ReadRefused:
    """The refusal of a file with one row: column names and no answers."""
    return ReadRefused(
        "only_headers",
        say("The file has only one row: column names, but no answers below them."),
        say("Check that the survey has answers and that no filter was set when it was exported."),
    )
