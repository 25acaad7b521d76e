"""Saves a report as an Excel workbook: lay out, write, read back, and only then put it in place.

Runs in the worker process; the window calls it by name. Everything happens in memory until the workbook is proved, so
that a job that is stopped half way leaves nothing on the disk.
"""

from __future__ import annotations

import io

from cxdesk.job import Job
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.model import WorkbookModel
from cxdesk.render.excel.problem import SaveRefused, not_as_meant
from cxdesk.render.excel.rows import write_file
from cxdesk.render.excel.save import Written, save
from cxdesk.render.excel.verify import Faulty, verify_content
from cxdesk.render.excel.writer import write_sheets
from cxdesk.report.report import Report
from cxdesk.text import Translator, say

__all__ = ["SaveRefused", "Written", "workbook_content", "write_report"]


def write_report(report: Report, target: str, job: Job) -> Written:
    """Save a report to ``target`` (a path ending in .xlsx) and return where it is.

    Raises `SaveRefused` with words for the person if the disk says no or the file does not read back as meant, and
    `Cancelled` if the job says so; the old file is whole in every case.
    """
    job.progress(say("Laying out the report"), 0, 0)
    model = layout(report, Translator(report.language))
    job.check()
    content = workbook_content(model, job)
    job.progress(say("Checking the report"), 0, 0)
    try:
        verify_content(content, model, job)
    except Faulty as problem:
        raise not_as_meant() from problem
    job.check()
    return save(target, content)


def workbook_content(model: WorkbookModel, job: Job) -> bytes:
    """The workbook as the bytes of an XLSX file. Raises `Cancelled` if the job says so."""
    base = write_sheets(model, job)
    buffer = io.BytesIO()
    write_file(base, model, buffer, job)
    return buffer.getvalue()
