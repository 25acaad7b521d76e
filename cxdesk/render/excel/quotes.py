"""The comments at the end of a result sheet: one row each with an autofilter, kept as arrays until they are written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.blocks.quote import Quotes
from cxdesk.render.excel import styles, words
from cxdesk.render.excel.cells import LEFT, Canvas
from cxdesk.render.excel.measure import heading_width, lines_of, row_height, width
from cxdesk.render.excel.model import DataBlock
from cxdesk.render.quotes import quote_columns, sheet_places
from cxdesk.report.report import DataColumn
from cxdesk.text import Text, Translator, say, say_n

COMMENT_ROOM = 62.0
"""The width of the comments in digits; longer ones go on in further lines."""

_HEADER = 30.0
_MOST_WIDTH = 24.0
_MOST_ROWS = 100_000
_MOST_LINES = 28
"""More lines than these do not fit: a row of Excel is at most 409 points high."""


@dataclass(frozen=True, slots=True)
class QuotesPlace:
    """Where the comments stand: the block of rows, its filter (first row, column, last row, column), the next row."""

    block: DataBlock
    autofilter: tuple[int, int, int, int]
    next_row: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The comments of a sheet before they have a place: title and note of the list, its columns with all rows."""

    title: Text
    note: Text
    columns: tuple[DataColumn, ...]
    rows: int


def listing_of(quotes: Quotes, translator: Translator) -> Listing | None:
    """What the list of comments will hold; None without any comment to show."""
    places = sheet_places(quotes)
    if not len(places):
        return None
    title = say("Chosen comments") if quotes.sheet == "chosen" else say("All comments")
    note = quotes.note
    if len(places) > _MOST_ROWS:
        newest = say_n(
            "The newest comment of {all}.", "The newest {count} comments of {all}.", _MOST_ROWS, all=len(places)
        )
        note = say("{first} {second}", first=newest, second=note)
        places = places[:_MOST_ROWS]
    return Listing(title, note, quote_columns(quotes, places, translator), len(places))


def widen_for_quotes(canvas: Canvas, listing: Listing, translator: Translator) -> None:
    """Make the columns wide enough for the list, whose first one also holds the names in the tables above."""
    for position, column in enumerate(listing.columns):
        canvas.widen(LEFT + position, _width(column, translator(column.header), first=position == 0))


def place_quotes(canvas: Canvas, listing: Listing, row: int, translator: Translator) -> QuotesPlace:
    """Write title, note and header row; the rows themselves are a block."""
    room = max(COMMENT_ROOM, canvas.room(LEFT, len(canvas.widths)))
    canvas.height(row, 24)
    row = canvas.lines(row, translator(listing.title), styles.PLAIN_HEADING, room)
    row = canvas.lines(row, translator(listing.note), styles.NOTE, room)
    lines = 1
    for position, column in enumerate(listing.columns):
        heading = translator(column.header)
        style = styles.HEADER if column.numbers is None else styles.HEADER_RIGHT
        canvas.put(row, LEFT + position, heading, style)
        lines = max(lines, lines_of(heading, canvas.widths[LEFT + position] - 1.5, style.size, bold=True))
    canvas.height(row, row_height(lines, styles.HEADER.size, _HEADER))
    end = row + 1 + listing.rows
    block = DataBlock(row + 1, LEFT, listing.columns, 0, listing.rows, _heights(listing.columns, canvas))
    return QuotesPlace(block, (row, LEFT, end - 1, LEFT + len(listing.columns) - 1), end)


def _heights(columns: tuple[DataColumn, ...], canvas: Canvas) -> NDArray[np.float32]:
    """The height of each row in points: no program finds it out by itself when it opens the file."""
    lines = np.ones(len(columns[0].codes) if columns[0].codes is not None else 0, dtype=np.int64)
    for position, column in enumerate(columns):
        if column.codes is None or column.values is None:
            continue
        room = canvas.widths[LEFT + position] - 2
        needed = [min(lines_of(words.clean(value), room), _MOST_LINES) for value in column.values]
        lines = np.maximum(lines, np.array(needed, dtype=np.int64)[column.codes])
    by_lines = np.array([row_height(number) for number in range(_MOST_LINES + 1)], dtype=np.float32)
    return by_lines[lines]


def _width(column: DataColumn, heading: str, *, first: bool) -> float:
    if first:
        return COMMENT_ROOM
    longest = max((width(part, 9.5, bold=True) for part in heading.split()), default=8) + 3
    values = [] if column.values is None else [width(words.clean(value)) for value in list(column.values)[:200]]
    least = max(11.0 if column.is_date else 8.0, min(longest, 20), min(max(values, default=0) + 2, _MOST_WIDTH))
    return heading_width(heading, least, _MOST_WIDTH, styles.HEADER.size)
