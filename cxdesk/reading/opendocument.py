"""Reads OpenDocument spreadsheets (.ods) with our own streaming parser.

The libraries for this format refuse honest files or unpack repeated cells without end; this parser counts repeats
before it believes them, and sees error cells, hidden rows and merged cells on its way.
"""

from __future__ import annotations

import zipfile
import zlib
from xml.parsers import expat

from cxdesk.job import Job
from cxdesk.reading import sheets
from cxdesk.reading.archive import Parts
from cxdesk.reading.chain import first_that_reads
from cxdesk.reading.facts import facts_notes
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.guards import Limits, damaged, nothing_inside, password
from cxdesk.reading.ods_content import Content
from cxdesk.reading.origin import Origin
from cxdesk.reading.sheets import Sheet
from cxdesk.text import say


def read_ods(origin: Origin, parts: Parts, choices: Choices, job: Job, skip: frozenset[str], limits: Limits) -> Grid:
    """Read the sheet with the answers. Raises `ReadRefused` for locked, unsafe, broken or too large files."""
    content = parts.find("content.xml")
    if content is None:
        raise damaged()
    if parts.encrypted or content in parts.encrypted:
        raise password()
    job.progress(say("Opening the file"), 0, 0)
    links = (("ods", lambda: _read(origin, parts, content, choices, job, limits)),)
    return first_that_reads(links, job, skip, parts.sizes[content])


def _read(origin: Origin, parts: Parts, content: str, choices: Choices, job: Job, limits: Limits) -> Grid:
    handler = Content(job, limits)
    try:
        with origin.open() as stream, zipfile.ZipFile(stream) as archive:
            manifest = parts.find("META-INF/manifest.xml")
            if manifest is not None and b"encryption-data" in archive.read(manifest):
                raise password()
            with archive.open(content) as part:
                handler.read(part, parts.sizes[content])
    except (expat.ExpatError, zipfile.BadZipFile, EOFError, RuntimeError, LookupError, NotImplementedError, zlib.error):
        raise damaged() from None
    tables = handler.sheets
    if not tables:
        raise nothing_inside()
    seen = [Sheet(table.name, table.hidden, table.filled, sheets.as_texts(table.first_rows)) for table in tables]
    picked = sheets.choose(sheets.candidates(seen, choices.sheet))
    table = next(table for table in tables if table.name == picked.name)
    columns, rows = table.finish()
    return Grid(
        columns,
        rows,
        container="ods",
        name=origin.name,
        sheet=picked.name,
        sheets=tuple(sheet.name for sheet in seen),
        unused=(*facts_notes(table.facts(), table.merged), *sheets.notes(seen, picked.name)),
    )
