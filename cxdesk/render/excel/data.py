"""Lays out the Data sheet: one row per respondent, kept as arrays until it is written (a survey may have a million)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cxdesk.render.excel import styles, words
from cxdesk.render.excel.cells import LEFT, Canvas, heading_block
from cxdesk.render.excel.formats import ANY, DAY, LEFT_TEXT, MOMENT, TEXT, WHOLE
from cxdesk.render.excel.measure import lines_of, row_height, width
from cxdesk.render.excel.model import DataBlock, Placed, SheetModel, Style, Value
from cxdesk.report.report import DataColumn, Sheet
from cxdesk.text import Text, Translator

PLAIN = Style(color=styles.BODY.color, valign="vcenter", number_format=LEFT_TEXT)
QUOTED = replace(PLAIN, number_format=TEXT, quote=True)
NUMBER = replace(PLAIN, align="right", number_format=ANY)
DATE = replace(PLAIN, number_format=DAY)
TIME = replace(PLAIN, number_format=MOMENT)
LISTED = replace(styles.WRAPPED, valign="vcenter")
LISTED_QUOTED = replace(LISTED, number_format=TEXT, quote=True)
LISTED_NUMBER = replace(styles.BODY, align="right", number_format=WHOLE)
LISTED_DATE = replace(styles.BODY, align="right", number_format=DAY)

EXCEL_EPOCH = 25_569
"""Days from Excel's day 0 to 1970-01-01."""

_FIRST_DAY, _LAST_DAY = 61 - EXCEL_EPOCH, 2_958_465 - EXCEL_EPOCH
"""The days that Excel and the calendar agree about: 1900-03-01 to 9999-12-31."""

EPOCH = datetime.datetime(1970, 1, 1)  # noqa: DTZ001
_ROOM = 120.0
_MOST_LINES = 4
"""Lines of a header, as long as its column need not become wider than ``_WIDEST`` for that."""

_WIDEST = 30.0


def data_sheets(
    sheet: Sheet,
    tabs: Sequence[str],
    columns: Sequence[DataColumn],
    back: tuple[Text, str] | None,
    translator: Translator,
) -> list[SheetModel]:
    """The Data sheet, continued on further sheets where Excel's rows or columns end; one tab name for each."""
    parts = data_parts(columns)
    return [
        _sheet(sheet, tab, columns[left:right], (first, last), back, translator, number)
        for number, (tab, (left, right, first, last)) in enumerate(zip(tabs, parts, strict=True))
    ]


def data_parts(columns: Sequence[DataColumn]) -> list[tuple[int, int, int, int]]:
    """Which columns and respondents go on which sheet: (first column, end, first respondent, end)."""
    people = respondents(columns)
    most_rows, most_columns = words.MAX_ROWS - 8, words.MAX_COLUMNS - LEFT
    return [
        (left, min(left + most_columns, len(columns)), first, min(first + most_rows, people))
        for left in range(0, max(len(columns), 1), most_columns)
        for first in range(0, max(people, 1), most_rows)
    ]


def respondents(columns: Sequence[DataColumn]) -> int:
    """How many respondents the columns hold."""
    for column in columns:
        if column.codes is not None:
            return len(column.codes)
        if column.numbers is not None:
            return len(column.numbers)
    return 0


def data_cells(block: DataBlock, first: int, count: int, *, blanks: bool = False) -> tuple[Placed, ...]:
    """Some rows of a block as cells, for previews and checks; ``first`` counts from the block's first respondent.

    ``blanks`` gives the empty cells of lists as well, which have lines below them.
    """
    last = min(block.first + first + count, block.last)
    start = block.first + first
    cells = []
    for number, column in enumerate(block.columns):
        looks = column_styles(column)
        for offset, value in enumerate(column_values(column, start, last)):
            if value is not None or (blanks and column.listed):
                at = block.row + first + offset
                style = quoted(column) if isinstance(value, str) and words.looks_like_formula(value) else looks
                cells.append(Placed(at, block.column + number, value, style, shown=_shown(value, style)))
    return tuple(cells)


def column_values(column: DataColumn, first: int, last: int) -> list[Value]:
    """What the cells of some respondents hold: text, number, or serial day number (None = empty)."""
    if column.codes is not None and column.values is not None:
        distinct, inverse = np.unique(column.codes[first:last], return_inverse=True)
        texts: list[Value] = [words.clean(column.values[code]) or None for code in distinct.tolist()]
        return [texts[position] for position in inverse.tolist()]
    if column.numbers is None:
        return [None] * (last - first)
    return [cell_number(value, is_date=column.is_date) for value in column.numbers[first:last].tolist()]


def cell_number(value: float, *, is_date: bool) -> Value:
    """A number as its cell holds it; days become Excel's serial numbers, or text outside Excel's calendar."""
    if not math.isfinite(value):
        return None
    if not is_date:
        return int(value) if value == int(value) and abs(value) < 1e15 else value
    if _FIRST_DAY <= value < _LAST_DAY + 1:
        return value + EXCEL_EPOCH
    try:
        return (EPOCH + datetime.timedelta(days=value)).isoformat(sep=" ", timespec="minutes")
    except OverflowError:
        return None


def column_styles(column: DataColumn) -> Style:
    """The look of a column's cells."""
    if column.listed:
        return LISTED if column.numbers is None else LISTED_DATE if column.is_date else LISTED_NUMBER
    if column.numbers is None:
        return PLAIN
    if not column.is_date:
        return NUMBER
    known = column.numbers[~np.isnan(column.numbers)]
    return TIME if np.any(known != np.floor(known)) else DATE


def quoted(column: DataColumn) -> Style:
    """The look of a text of a column that a program might take for a formula."""
    return LISTED_QUOTED if column.listed else QUOTED


def _sheet(
    sheet: Sheet,
    tab: str,
    columns: Sequence[DataColumn],
    people: tuple[int, int],
    back: tuple[Text, str] | None,
    translator: Translator,
    number: int,
) -> SheetModel:
    canvas = Canvas(sheet.key if number == 0 else f"{sheet.key}.{number + 1}", tab)
    link = None if back is None else (translator(back[0]), back[1])
    for position, column in enumerate(columns):
        canvas.widen(LEFT + position, _column_width(column, translator))
    row = heading_block(canvas, translator(sheet.section.headline), translator(sheet.section.base_line), link, _ROOM)
    for position, column in enumerate(columns):
        name, room = translator(column.header), _column_width(column, translator)
        right = column.numbers is not None and not column.is_date
        canvas.put(row, LEFT + position, translator(column.role), styles.BEHIND_RIGHT if right else styles.BEHIND_NAME)
        canvas.put(row + 1, LEFT + position, name, styles.HEADER_RIGHT if right else styles.HEADER)
        canvas.height(row + 1, row_height(_header_lines(name, room), styles.HEADER.size, 44))
    canvas.height(row, 14)
    first, last = people
    end = LEFT + len(columns)
    model = canvas.model(
        last_row=row + 2 + last - first, last_column=max(end, LEFT + 1), freeze=(row + 2, 0), repeat=(row + 1, row + 1)
    )
    if not columns:
        return model
    return replace(
        model,
        autofilter=(row + 1, LEFT, row + 1 + last - first, end - 1),
        data=DataBlock(row + 2, LEFT, tuple(columns), first, last),
    )


def _column_width(column: DataColumn, translator: Translator) -> float:
    longest = max((width(part, 9.5, bold=True) for part in translator(column.header).split()), default=8)
    sample = [
        str(value) for value in column_values(column, 0, min(60, respondents([column]))) if isinstance(value, str)
    ]
    widest = max((width(text) for text in sample), default=0)
    least = max(16 if column.is_date else 10, min(longest + 2, 26), min(widest + 2, 40))
    name = translator(column.header)
    while least < _WIDEST and _header_lines(name, least) > _MOST_LINES:
        least += 2
    return least


def _header_lines(name: str, room: float) -> int:
    """How many lines a header takes; beside the words there is the button of the filter."""
    return lines_of(name, room - 3, styles.HEADER.size, bold=True)


def _shown(value: Value, style: Style) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and style.number_format in {DAY, MOMENT}:
        moment = EPOCH + datetime.timedelta(days=value - EXCEL_EPOCH)
        return moment.strftime("%Y-%m-%d" if style.number_format == DAY else "%Y-%m-%d %H:%M")
    return str(value)
