"""Reads web pages that survey tools save under the name .xls: the largest table on the page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from cxdesk.job import Job
from cxdesk.reading.cells import Cells
from cxdesk.reading.encoding import find_encoding
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.guards import MEGABYTE, Limits, announce
from cxdesk.reading.origin import Origin
from cxdesk.reading.problem import ReadRefused
from cxdesk.text import say

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_STEP = 64 * 1024


def is_webpage(head: bytes) -> bool:
    """Whether a file starts like a web page."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")) or (
        start.startswith((b"<?xml", b"<!--")) and (b"<html" in start or b"<table" in start)
    )


def read_webpage(origin: Origin, choices: Choices, job: Job, limits: Limits) -> Grid:
    """Read the largest table of a web page. Raises `ReadRefused` if there is none."""
    announce(job, "webpage", origin.size * 20)
    declared = _CHARSET.search(origin.head(4096))
    encoding = find_encoding(origin, choices.encoding or (declared[1].decode("ascii") if declared else None), job)
    text = origin.all()[encoding.skip :].decode(encoding.codec, "replace")
    parser = _Tables(limits)
    for start in range(0, len(text), _STEP):
        parser.feed(text[start : start + _STEP])
        job.progress(say("Opening the file"), start * 100 // len(text), 100)
        job.check()
    parser.close()
    if not parser.tables:
        raise ReadRefused(
            "no_table",
            say("This is a web page without a table, not a survey export."),
            say("Open the survey tool's export of the answers: an Excel, CSV or SPSS file with one row per person."),
        )
    rows = max(parser.tables, key=lambda table: sum(map(len, table)))
    cells = Cells(limits.sheet_rows, limits)
    cells.add_rows(rows)
    columns, count = cells.finish(decimal_comma=True)
    return Grid(columns, count, container="html", name=origin.name, encoding=encoding.name)


class _Tables(HTMLParser):
    """Collects the cells of all tables of a page; merged cells are repeated."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._limits = limits
        self._open: list[list[list[str]]] = []
        self._text: list[str] | None = None
        self._across = 1
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append([])
            self.tables.append(self._open[-1])
        elif tag in ("script", "style"):
            self._hidden += 1
        elif not self._open:
            return
        elif tag == "tr":
            self._finish_cell()
            self._open[-1].append([])
        elif tag in ("td", "th"):
            self._finish_cell()
            if not self._open[-1]:
                self._open[-1].append([])
            across = dict(attrs).get("colspan") or ""
            self._across = min(int(across), self._limits.columns) if across.isdecimal() else 1
            self._text = []
        elif tag in ("br", "p") and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._finish_cell()
        if tag == "table" and self._open:
            self._open.pop()
        elif tag in ("script", "style") and self._hidden:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._hidden and sum(map(len, self._text[-1:])) < MEGABYTE:
            self._text.append(re.sub(r"\s+", " ", data))

    def _finish_cell(self) -> None:
        if self._text is not None and self._open:
            text = re.sub(r" *\n *", "\n", "".join(self._text))
            self._open[-1][-1].extend([text] * max(self._across, 1))
        self._text = None
