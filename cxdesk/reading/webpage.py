"""Reads web pages that survey tools save under the name .xls: the largest table on the page."""

from __future__ import annotations

import email
import re

from cxdesk.job import Job
from cxdesk.reading.cells import Cells
from cxdesk.reading.encoding import find_encoding
from cxdesk.reading.grid import Choices, Grid
from cxdesk.reading.guards import Limits, announce, check_cells, check_columns, damaged
from cxdesk.reading.markup import Piece, pieces
from cxdesk.reading.origin import Origin, from_memory
from cxdesk.reading.problem import ReadRefused
from cxdesk.text import say

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_ACROSS = re.compile(r"\bcolspan\s{0,9}=\s{0,9}[\"']?(\d{1,8})(?!\d)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_AROUND_BREAKS = re.compile(r" ?\n ?")
_STEP = 10_000


def is_webpage(head: bytes) -> bool:
    """Whether a file starts like a web page."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")) or (
        start.startswith((b"<?xml", b"<!--")) and (b"<html" in start or b"<table" in start)
    )


def read_webpage(origin: Origin, choices: Choices, job: Job, skip: frozenset[str], limits: Limits) -> Grid:
    """Read the largest table of a web page. Raises `ReadRefused` if there is none."""
    if "webpage" in skip:
        raise damaged()
    announce(job, "webpage", origin.size * 20)
    declared = _CHARSET.search(origin.head(4096))
    encoding = find_encoding(origin, choices.encoding or (declared[1].decode("ascii") if declared else None), job)
    text = origin.all()[encoding.skip :].decode(encoding.codec, "replace")
    return _grid(_tables(text, job, limits), "html", origin.name, encoding.name, limits)


def is_web_archive(head: bytes) -> bool:
    """Whether a file starts like a web page that was saved with all its parts (.mht)."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048].lower()
    return start.startswith((b"mime-version:", b"from: <saved by")) and b"multipart/related" in start


def read_web_archive(origin: Origin, choices: Choices, job: Job, skip: frozenset[str], limits: Limits) -> Grid:
    """Read the largest table of all pages in the archive. Raises `ReadRefused` if there is none."""
    if "web-archive" in skip:
        raise damaged()
    announce(job, "web-archive", origin.size * 20)
    tables: list[list[list[str]]] = []
    encoding = ""
    for part in email.message_from_bytes(origin.all()).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() != "text/html" or not isinstance(content, bytes):
            continue
        declared = _CHARSET.search(content[:4096])
        named = part.get_content_charset() or (declared[1].decode("ascii") if declared else None)
        page = from_memory(origin.name, content)
        found = find_encoding(page, choices.encoding or named, job)
        encoding = encoding or found.name
        tables += _tables(content[found.skip :].decode(found.codec, "replace"), job, limits)
    return _grid(tables, "mht", origin.name, encoding or None, limits)


def _tables(text: str, job: Job, limits: Limits) -> list[list[list[str]]]:
    tables = _Tables(limits)
    read = 0
    for number, piece in enumerate(pieces(text)):
        tables.take(piece)
        read += len(piece.text)
        if number % _STEP == 0:
            job.progress(say("Opening the file"), read * 100 // len(text), 100)
            job.check()
    tables.end()
    return tables.found


def _grid(tables: list[list[list[str]]], container: str, name: str, encoding: str | None, limits: Limits) -> Grid:
    if not tables:
        raise ReadRefused(
            "no_table",
            say("This is a web page without a table, not a survey export."),
            say("Open the survey tool's export of the answers: an Excel, CSV or SPSS file with one row per person."),
        )
    cells = Cells(limits.sheet_rows, limits)
    cells.add_rows(max(tables, key=lambda table: sum(map(len, table))))
    columns, count = cells.finish(decimal_comma=True)
    return Grid(columns, count, container=container, name=name, encoding=encoding)


class _Tables:
    """Collects the cells of all tables of a page; cells over several columns are repeated."""

    def __init__(self, limits: Limits) -> None:
        self.found: list[list[list[str]]] = []
        self._limits = limits
        self._open: list[list[list[str]]] = []
        self._text: list[str] | None = None
        self._across = 1
        self._cells = 0

    def take(self, piece: Piece) -> None:
        """Take in the next tag or text."""
        match piece.name:
            case "":
                if self._text is not None:
                    self._text.append(_SPACES.sub(" ", piece.text))
            case "table":
                self.end()
                self._open.append([])
                self.found.append(self._open[-1])
            case "/table":
                self.end()
                if self._open:
                    self._open.pop()
            case "tr":
                self.end()
                if self._open:
                    self._open[-1].append([])
            case "td" | "th":
                self.end()
                self._begin(piece.text)
            case "/td" | "/th" | "/tr":
                self.end()
            case "br" | "br/" | "p":
                if self._text:
                    self._text.append("\n")

    def end(self) -> None:
        """End the cell that is open."""
        if self._text is not None and self._open and self._open[-1]:
            text = _AROUND_BREAKS.sub("\n", "".join(self._text))
            row = self._open[-1][-1]
            check_columns(len(row) + self._across, self._limits)
            self._cells += self._across
            check_cells(self._cells, 1, self._limits)
            row.extend([text] * self._across)
        self._text = None

    def _begin(self, attributes: str) -> None:
        if not self._open:
            return
        if not self._open[-1]:
            self._open[-1].append([])
        across = _ACROSS.search(attributes)
        self._across = max(int(across[1]), 1) if across else 1
        self._text = []
