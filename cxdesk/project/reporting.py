"""Makes the report of a workspace, and lays it out for the preview without writing it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from cxdesk import __version__
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.project.engine import sample_of
from cxdesk.project.workspace import Workspace
from cxdesk.render.excel.model import WorkbookModel
from cxdesk.report.build import SHEETS, build_report, page_report
from cxdesk.report.report import Report, ReportOptions
from cxdesk.text import Translator


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A report with the model of its workbook."""

    report: Report
    model: WorkbookModel


def report_of(workspace: Workspace, options: ReportOptions, language: str, made: datetime.datetime, job: Job) -> Report:
    """Compute the report with these options in a language. Raises `Cancelled` if the job says so."""
    return build_report(
        sample_of(workspace),
        workspace.rules,
        dict(workspace.specs),
        options,
        language,
        made,
        __version__,
        job,
    )


def prepare(workspace: Workspace, options: ReportOptions, language: str, made: datetime.datetime, job: Job) -> Prepared:
    """Compute the report and lay it out. Raises `Cancelled` if the job says so."""
    # The layout brings the spreadsheet writer along, which the start of the program does not wait for.
    from cxdesk.render.excel.layout import layout  # noqa: PLC0415

    report = report_of(workspace, options, language, made, job)
    job.check()
    return Prepared(report, layout(report, Translator(report.language)))


def prepare_page(workspace: Workspace, section: Section, language: str, made: datetime.datetime, job: Job) -> Prepared:
    """Lay out one page as it is shown, as a sheet by itself; the first page as the first sheet of a report.

    Raises `Cancelled` if the job says so.
    """
    from cxdesk.render.excel.layout import layout  # noqa: PLC0415

    options = replace(workspace.report, language=language)
    if section.key == "overview":
        others = frozenset(name for name, _, _ in SHEETS if name != section.key)
        return prepare(workspace, replace(options, left_out=others), language, made, job)
    report = page_report(sample_of(workspace), section, options, language, made)
    return Prepared(report, layout(report, Translator(language)))
