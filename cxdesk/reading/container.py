"""Opens a file of any kind that people keep survey answers in, and hands over its cells.

What a file is, is decided by its content, never by its name. The file is opened read-only and never locked, because
people keep it open in their spreadsheet; if it changes meanwhile, that is said.
"""

from __future__ import annotations

from dataclasses import replace

from cxdesk.job import Job
from cxdesk.reading import archive, excel, foreign, opendocument, spreadsheet_xml, webpage
from cxdesk.reading.csv import read_text
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.guards import LIMITS, Limits, many_columns, nothing_inside, only_headers
from cxdesk.reading.origin import Origin, changed_meanwhile, check_still_there, from_disk, snapshot, source, unreadable
from cxdesk.reading.problem import ReadRefused
from cxdesk.reading.statistics_files import statistics_kind
from cxdesk.survey.dataset import Source


def read_grid(
    path: str, choices: Choices, job: Job, skip: frozenset[str] = frozenset(), limits: Limits = LIMITS
) -> Grid:
    """Read the sheet that holds the answers.

    ``skip`` names links of the reader chains that died on this file before (`guards.announce`). Raises `ReadRefused`
    if nothing honest can be shown, and `Cancelled` if the job is cancelled.
    """
    return read_with_source(path, choices, job, skip, limits)[0]


def read_with_source(
    path: str, choices: Choices, job: Job, skip: frozenset[str] = frozenset(), limits: Limits = LIMITS
) -> tuple[Grid, Source]:
    """The same, with what the file was: its name, folder, size and SHA-256."""
    origin = from_disk(path)
    before = snapshot(path, job, limits)
    try:
        grid = read_origin(origin, choices, job, skip, limits)
    except OSError as problem:
        raise unreadable(problem) from None
    except ReadRefused:
        check_still_there(path, before)  # a file that is being rewritten looks damaged
        raise
    if snapshot(path, job, limits) != before:
        raise changed_meanwhile()
    if not grid.columns:
        raise nothing_inside()
    if grid.rows == 1 and not grid.coded:
        raise only_headers()
    if len(grid.columns) > limits.usual_columns:
        grid = replace(grid, unused=(*grid.unused, many_columns(len(grid.columns))))
    return grid, source(path, before, choices.member)


def read_origin(
    origin: Origin, choices: Choices, job: Job, skip: frozenset[str], limits: Limits, *, packed: bool = False
) -> Grid:
    """Read bytes of unknown kind; ``packed`` says that they came out of an archive, which may not hold another."""
    head = origin.head(4096)
    if head.startswith(b"PK"):
        parts = archive.list_parts(origin, limits)
        if archive.is_workbook(parts):
            return excel.read_xlsx(origin, parts, choices, job, skip, limits)
        if archive.is_binary_workbook(parts):
            return excel.read_xlsb(origin, parts, choices, job, skip, limits)
        if archive.is_open_document(parts):
            return opendocument.read_ods(origin, parts, choices, job, skip, limits)
        inner = archive.only_file(origin, parts, job, limits, packed=packed, member=choices.member)
        return read_origin(inner, choices, job, skip, limits, packed=True)
    if head.startswith(b"\x1f\x8b"):
        inner = archive.unpack_gzip(origin, job, limits, packed=packed)
        return read_origin(inner, choices, job, skip, limits, packed=True)
    if excel.is_old_workbook(head):
        return excel.read_xls(origin, choices, job, skip, limits)
    if statistics_kind(head) is not None:
        from cxdesk.reading.spss import read_statistics  # noqa: PLC0415 - its libraries take longer than most files

        return read_statistics(origin, job, skip, limits)
    if spreadsheet_xml.is_spreadsheet_xml(head):
        return spreadsheet_xml.read_spreadsheet_xml(origin, choices, job, skip, limits)
    if webpage.is_web_archive(head):
        return webpage.read_web_archive(origin, choices, job, skip, limits)
    foreign.refuse_foreign(origin, head)
    if webpage.is_webpage(head):
        return webpage.read_webpage(origin, choices, job, skip, limits)
    return read_text(origin, choices, job, skip, limits)
