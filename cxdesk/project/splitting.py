"""Makes one report per group in one go: in order, with progress, so that stopping or an error loses nothing.

The contents workbook is written first, so that whoever opens the folder sees what is coming, and again at the end if
something went differently. Reports that an earlier run left and that would be the same are kept.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from cxdesk import __version__
from cxdesk.job import Job
from cxdesk.project.engine import tally_of
from cxdesk.project.refusal import words_of
from cxdesk.project.series_files import (
    Entry,
    checksum,
    file_names,
    known_files,
    list_path,
    making,
    remember,
    still_holds,
)
from cxdesk.project.workspace import Workspace
from cxdesk.render.excel.save import Written
from cxdesk.report.build import build_report
from cxdesk.report.report import Report, ReportOptions
from cxdesk.report.splitting import Part, Series, contents_report, narrowed, series_of, standing
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.selection import Selection
from cxdesk.text import Label, Text, Translator, say

_WRITE = "cxdesk.render.excel.workbook:write_report"


class Writer(Protocol):
    """Who writes workbooks: the worker process."""

    def call(self, function: str, arguments: tuple[object, ...], job: Job) -> Written:
        """See `project.process.Worker.call`."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A report that could not be saved, and what to do."""

    name: Label
    reason: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class Finished:
    """What a run left: the folder, the contents workbook, how many reports were made or kept, and what is missing.

    ``without`` counts the groups that get no report because they are small.
    """

    folder: str
    contents: str
    made: int
    kept: int
    without: int
    failed: tuple[Failed, ...] = ()

    @property
    def reports(self) -> int:
        """How many reports are there now."""
        return self.made + self.kept


@dataclass(frozen=True, slots=True)
class SplitOrder:
    """What to make: ``by`` is the id of a segment question, ``folder`` where the reports go."""

    by: str
    folder: str
    options: ReportOptions
    language: str
    made: datetime.datetime


def write_series(workspace: Workspace, order: SplitOrder, writer: Writer, job: Job) -> Finished:
    """Write a report for each group that is large enough, and the contents workbook over all.

    Raises `Cancelled` if the job says so, `WeightsRefused`, and whatever keeps the contents workbook from being saved;
    an error of one report is told in the result and does not stop the others.
    """
    return _Run(workspace, order, writer, job).run()


class _Run:
    """One run over all groups."""

    def __init__(self, workspace: Workspace, order: SplitOrder, writer: Writer, job: Job) -> None:
        self._workspace, self._order, self._writer, self._job = workspace, order, writer, job
        self._translator = Translator(order.language)
        self._folder = Path(order.folder)
        self._tally: Tally = tally_of(workspace)
        before = None if workspace.compare is None else self._tally.sample(workspace.compare)
        self._by = workspace.dataset.question(order.by)
        whole = self._tally.sample(workspace.selection, before)
        self._series: Series = series_of(whole, self._by, workspace.rules)
        self._title = order.options.title or Path(workspace.dataset.source.name).stem
        self._list = list_path(self._folder, self._translator)
        self._known = known_files(self._list)
        self._files: dict[int, str] = {}
        self._failed: dict[int, Failed] = {}

    def run(self) -> Finished:
        order, parts = self._order, self._series.reported
        contents, *names = self._names(parts)
        planned = {part.code: name for part, name in zip(parts, names, strict=True)}
        contents = self._write_contents(contents, planned)
        made = kept = 0
        for number, part in enumerate(parts):
            self._job.progress(
                say("Report {number} of {count}", number=number + 1, count=len(parts)), number, len(parts)
            )
            self._job.check()
            made_from = making(self._workspace, order.options, order.language, order.by, part.code, str(part.name))
            name = planned[part.code]
            if still_holds(self._folder, name, self._known.get(name), made_from):
                self._files[part.code] = name
                kept += 1
            elif self._write_part(part, name, made_from):
                made += 1
        if self._files != planned:
            contents = self._write_contents(Path(contents).name, self._files)
        without = len(self._series.parts) - len(parts)
        return Finished(str(self._folder), contents, made, kept, without, tuple(self._failed.values()))

    def _names(self, parts: tuple[Part, ...]) -> list[str]:
        """The names of the contents workbook, which sorts first, and of all reports; nobody else's file is replaced."""
        first = self._translator(say("00 Contents"))
        there = (path.name for path in self._folder.glob("*.xlsx")) if self._folder.is_dir() else ()
        foreign = [name for name in there if name not in self._known]
        return file_names([first, *(self._translator(part.name) for part in parts)], foreign)

    def _write_part(self, part: Part, name: str, made_from: str) -> bool:
        """Write the report of one group; an error is kept, and False returned."""
        try:
            written = self._write(self._report(part), name)
        except Exception as problem:
            # The other groups get their reports, whatever the disk or the worker process says to this one.
            words = words_of(problem)
            if words is None:
                if not isinstance(problem, OSError | ValueError | ArithmeticError | LookupError):
                    raise
                words = (
                    say("This report could not be made ({kind}).", kind=type(problem).__name__),
                    say("The other reports are complete. Try again, or save a report of this group alone."),
                )
            self._failed[part.code] = Failed(part.name, *words)
            return False
        self._files[part.code] = written
        self._remember(written, made_from)
        return True

    def _report(self, part: Part) -> Report:
        workspace, order = self._workspace, self._order
        own = narrowed(workspace.selection, self._by, part)
        sample = self._tally.sample(own, self._compared(part))
        options = replace(
            order.options,
            title=self._translator(say("{title} – {group}", title=self._title, group=part.name)),
        )
        specs = dict(workspace.specs)
        return build_report(
            sample,
            workspace.rules,
            specs,
            options,
            order.language,
            order.made,
            __version__,
            _Quiet(self._job),
            standing(self._series, part),
        )

    def _compared(self, part: Part) -> Sample | None:
        """The same group on the other side; nobody if it is the groups themselves that are compared."""
        compare: Selection | None = self._workspace.compare
        if compare is None or compare.on(self._by.id) is not None:
            return None
        return self._tally.sample(narrowed(compare, self._by, part))

    def _write_contents(self, name: str, files: dict[int, str]) -> str:
        failed = {code: each.reason for code, each in self._failed.items()}
        order = self._order
        title = self._translator(say("{title} – by {segment}", title=self._title, segment=self._by.text))
        report = contents_report(self._series, files, failed, order.options, title, order.language, order.made)
        written = self._write(report, name)
        self._remember(written, "")
        return str(self._folder / written)

    def _write(self, report: Report, name: str) -> str:
        """Write a workbook and return the name that it got."""
        written = self._writer.call(_WRITE, (report, str(self._folder / name)), _Quiet(self._job))
        return Path(written.path).name

    def _remember(self, name: str, made_from: str) -> None:
        self._known[name] = Entry(made_from, checksum(self._folder / name))
        remember(self._list, self._known)


class _Quiet:
    """A job inside a job: it can be stopped, but how far one report is does not matter among many."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def progress(self, step: Text, done: int, total: int) -> None:  # noqa: ARG002 - only the run itself reports
        """Say nothing, but stop if asked to."""
        self._job.check()

    def check(self) -> None:
        """Stop if asked to."""
        self._job.check()
