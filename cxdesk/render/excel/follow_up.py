"""Writes the follow-up list as a workbook to work in: lists to choose from, colours for what is overdue or done.

Runs in the worker process. The file is read back before it is put in place; every text is written as text.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from openpyxl import load_workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cxdesk.blocks.palette import LIGHT
from cxdesk.job import Job
from cxdesk.render.excel import styles, words
from cxdesk.render.excel.problem import not_as_meant
from cxdesk.render.excel.save import Written, save
from cxdesk.report.follow_up import FollowUpList, Part
from cxdesk.text import say

LIST = say("follow-up list")

_WIDTHS = {Part.SCORE: 8, Part.LONG: 46, Part.DAY: 12, Part.OWNER: 16, Part.DUE: 12, Part.STATUS: 16, Part.REF: 20}
_OTHER_WIDTH = 18
_TITLE_HEIGHT, _HEAD_HEIGHT = 24, 18
_MOST_OFFERED = 255
"""What Excel holds of a list that is written into the rule itself, in signs."""

_ROWS_AT_ONCE = 500


def write_follow_up(found: FollowUpList, target: str, job: Job) -> Written:
    """Save a list to ``target`` and return where it is.

    Raises `SaveRefused` with words for the person, and `Cancelled`; an older file is whole in every case.
    """
    content = follow_up_content(found, job)
    job.check()
    if not _reads_back(content, found):
        raise not_as_meant()
    return save(target, content, LIST)


def follow_up_content(found: FollowUpList, job: Job) -> bytes:
    """The list as the bytes of an XLSX file. Raises `Cancelled`."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Workbook(buffer, options)
    sheet = workbook.add_worksheet(found.tab)
    font = {"font_name": styles.FONTS.get(found.language, styles.FONTS["en"]), "font_size": 10, "valign": "top"}
    _write_head(workbook, sheet, found, font)
    _write_rows(workbook, sheet, found, font, job)
    first = _first_row(found)
    last = first + len(found.rows) - 1
    _offer_choices(sheet, found, first, last)
    _colour(workbook, sheet, found, first, last)
    for number, part in enumerate(found.parts):
        sheet.set_column(number, number, _WIDTHS.get(Part(part), _OTHER_WIDTH))
    sheet.freeze_panes(first, 1)
    sheet.autofilter(first - 1, 0, last, len(found.parts) - 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first - 1)
    sheet.set_footer(f"&L{words.clean(found.title).replace('&', '&&')[:80]}&R&P / &N")
    workbook.set_properties({"title": words.clean(found.title), "created": found.made})
    workbook.close()
    return buffer.getvalue()


def _first_row(found: FollowUpList) -> int:
    """The row of the first person, counted from 0: below the title, the lines, a gap and the headings."""
    return len(found.lines) + 3


def _write_head(workbook: Workbook, sheet: Worksheet, found: FollowUpList, font: dict[str, Any]) -> None:
    title = workbook.add_format({**font, "bold": True, "font_size": 15, "font_color": LIGHT.accent})
    line = workbook.add_format({**font, "font_size": 9.5, "font_color": LIGHT.muted})
    head = workbook.add_format(
        {**font, "bold": True, "font_color": LIGHT.on_accent, "bg_color": LIGHT.accent, "text_wrap": True}
    )
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.set_row(_first_row(found) - 1, _HEAD_HEIGHT)
    sheet.write_string(0, 0, words.clean(found.title), title)
    for number, text in enumerate(found.lines, start=1):
        sheet.write_string(number, 0, words.clean(text), line)
    for number, name in enumerate(found.headings):
        sheet.write_string(_first_row(found) - 1, number, words.clean(name), head)


def _write_rows(workbook: Workbook, sheet: Worksheet, found: FollowUpList, font: dict[str, Any], job: Job) -> None:
    edge = {"bottom": 4, "bottom_color": styles.HAIRLINE}
    plain = workbook.add_format({**font, **edge, "num_format": "@", "quote_prefix": True})
    long = workbook.add_format({**font, **edge, "num_format": "@", "quote_prefix": True, "text_wrap": True})
    score = workbook.add_format({**font, **edge, "bold": True, "align": "left"})
    day = workbook.add_format({**font, **edge, "num_format": "yyyy-mm-dd", "align": "left"})
    small = workbook.add_format({**font, **edge, "num_format": "@", "font_size": 8, "font_color": LIGHT.muted})
    looks = {Part.LONG: long, Part.REF: small}
    parts = [Part(part) for part in found.parts]
    start = _first_row(found)
    for number, row in enumerate(found.rows):
        if number % _ROWS_AT_ONCE == 0:
            job.check()
            job.progress(say("Writing the list"), number, len(found.rows))
        for column, (part, value) in enumerate(zip(parts, row, strict=True)):
            place = (start + number, column)
            if part is Part.SCORE:
                sheet.write_number(*place, int(value), score)
            elif part in {Part.DAY, Part.DUE}:
                if value:
                    sheet.write_datetime(*place, datetime.datetime.fromisoformat(str(value)), day)
                else:
                    sheet.write_blank(*place, None, day)
            else:
                sheet.write_string(*place, words.clean(str(value)), looks.get(part, plain))


def _offer_choices(sheet: Worksheet, found: FollowUpList, first: int, last: int) -> None:
    status = found.parts.index(Part.STATUS)
    sheet.data_validation(first, status, last, status, {"validate": "list", "source": list(found.statuses)})
    owners = [owner for owner in found.owners if "," not in owner]
    while len(",".join(owners)) > _MOST_OFFERED:
        owners.pop()
    if owners:
        owner = found.parts.index(Part.OWNER)
        # Other names may be typed as well.
        rule = {"validate": "list", "source": owners, "show_error": False}
        sheet.data_validation(first, owner, last, owner, rule)


def _colour(workbook: Workbook, sheet: Worksheet, found: FollowUpList, first: int, last: int) -> None:
    """What is overdue stands out, what is done steps back; both follow what is chosen, without a macro."""
    status, due = (xl_col_to_name(found.parts.index(part)) for part in (Part.STATUS, Part.DUE))
    late = workbook.add_format({"bg_color": LIGHT.warn_bg, "font_color": LIGHT.warn_text})
    done = workbook.add_format({"font_color": LIGHT.muted})
    whole = (first, 0, last, len(found.parts) - 1)
    row = first + 1
    still = ",".join(f'${status}{row}="{word}"' for word in found.open)
    finished = ",".join(f'${status}{row}="{word}"' for word in found.done)
    overdue = f'=AND(${due}{row}<>"",${due}{row}<TODAY(),OR({still}))'
    column = found.parts.index(Part.DUE)
    sheet.conditional_format(first, column, last, column, {"type": "formula", "criteria": overdue, "format": late})
    sheet.conditional_format(*whole, {"type": "formula", "criteria": f"=OR({finished})", "format": done})


def _reads_back(content: bytes, found: FollowUpList) -> bool:
    """Whether every person and status stands in the file as it was meant."""
    sheet = load_workbook(io.BytesIO(content), read_only=True)[found.tab]
    status, ref = found.parts.index(Part.STATUS), found.parts.index(Part.REF)
    start = _first_row(found)
    rows = sheet.iter_rows(min_row=start + 1, max_row=start + len(found.rows), values_only=True)
    read = [(row[status], row[ref]) for row in rows]
    return read == [(row[status], row[ref]) for row in found.rows]
