"""Counts the cells of an .xlsx sheet that hold nothing but blanks.

Libraries hand them over as empty, so they have to be known before two counts of filled cells can be compared. That is
only done where the quick counts differ.
"""

from __future__ import annotations

import html
import re

from cxdesk.job import Job
from cxdesk.reading.archive import Parts
from cxdesk.reading.cells import trim
from cxdesk.reading.origin import Origin
from cxdesk.reading.sheet_xml import SheetPart, windows
from cxdesk.text import say

_SHARED_ITEM = re.compile(rb"<(?:\w{1,20}:)?si\b[^<>]*?(?:/>|>(.*?)</(?:\w{1,20}:)?si>)", re.DOTALL)
_CELL = re.compile(rb"<(?:\w{1,20}:)?c\b([^<>]*)(?<!/)>(.*?)</(?:\w{1,20}:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w{1,20}:)?v\b[^<>]*>([^<]*)</")
_INLINE = re.compile(rb"<(?:\w{1,20}:)?is\b")
_PHONETIC = re.compile(rb"<(?:\w{1,20}:)?rPh\b.*?</(?:\w{1,20}:)?rPh>", re.DOTALL)
_PIECE = re.compile(rb"<(?:\w{1,20}:)?t\b[^<>]*>([^<]*)</")
_POSITION = re.compile(rb"\s*\d{1,9}\s*")
_SHORT_TEXT = 1_000


def count_blank(origin: Origin, parts: Parts, sheet: SheetPart, job: Job) -> int:
    """How many cells of a sheet hold a text of blanks only; `scan_sheet` counts them among the filled ones."""
    shared = next((name for name in parts.sizes if name.lower().endswith("sharedstrings.xml")), None)
    blank: set[int] = set()
    if shared is not None:
        position = 0
        for text in windows(origin, shared, job, b"si"):
            # Without an end every beginning would be searched to the end of the text.
            for item in _SHARED_ITEM.findall(text) if text.rstrip().endswith(b"si>") else ():
                if not _plain(item):
                    blank.add(position)
                position += 1
    count = 0
    for text in windows(origin, sheet.part, job):
        for attributes, content in _CELL.findall(text) if text.rstrip().endswith(b"c>") else ():
            if b'"s"' in attributes or b"'s'" in attributes:
                number = _VALUE.search(content)
                count += bool(number and _POSITION.fullmatch(number[1]) and int(number[1]) in blank)
            elif (value := _VALUE.search(content)) is not None:
                count += not trim(html.unescape(value[1].decode("utf-8", "replace")))
            elif _INLINE.search(content):
                count += not _plain(content)
        job.progress(say("Looking through the sheet"), 0, 0)
    return count


def _plain(content: bytes) -> str:
    """A shared or inline text, trimmed and without its phonetic reading; long ones are not looked into."""
    if len(content) > _SHORT_TEXT:
        return "long"
    parts = _PIECE.findall(_PHONETIC.sub(b"", content))
    return trim(html.unescape(b"".join(parts).decode("utf-8", "replace")))
