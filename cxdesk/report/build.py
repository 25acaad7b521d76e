"""Puts a report together: which sheets it has, in which order, and what is printed around them.

Nobody is asked anything here: every choice is in `ReportOptions`, so the window, the terminal and the tests make the
same report from the same survey.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cxdesk.analysis import ANALYSES, analysis
from cxdesk.analysis.groups import splits_offered
from cxdesk.analysis.segments import SegmentsSpec
from cxdesk.analysis.wording import joined, period_text
from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.figure import Figure, Mix
from cxdesk.blocks.note import Empty, Finding, Findings, Note
from cxdesk.blocks.section import Row, Section
from cxdesk.blocks.table import ColumnType, Table
from cxdesk.job import Job
from cxdesk.report.data import data_columns
from cxdesk.report.names import defined_names
from cxdesk.report.notes import notes_section
from cxdesk.report.report import Report, ReportOptions, Sheet, SheetKind
from cxdesk.report.suppression import suppressed
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.text import Day, Text, say, say_n

SHEETS: tuple[tuple[str, Text, Text], ...] = (
    ("overview", say("Summary"), say("headline, key figures, 2 charts")),
    *((found.key, found.title, found.sheet) for found in ANALYSES if found.key != "overview"),
    ("notes", say("Notes"), say("methods, definitions, settings")),
    ("data", say("Data"), say("one row per response; off by default")),
)
"""Every sheet that a report can have: key, name on the tab, what it holds."""

_MOST_SPLITS = 8
_MOST_GROUPS = 14
_FIRST_QUESTIONS, _MOST_ANSWERS = 4, 10
"""What the summary of a survey without scores shows: the first questions with up to this many answers each."""


def build_report(
    sample: Sample,
    rules: Rules,
    specs: Mapping[str, Any],
    options: ReportOptions,
    language: str,
    made: datetime.datetime,
    version: str,
    job: Job,
    note: Note | None = None,
) -> Report:
    """Compute every wanted sheet for the respondents in ``sample``. ``specs`` are the options of analyses by key.

    ``language`` must not be ""; ``note`` stands on top of the summary. Raises `Cancelled` if the job says so.
    """
    dataset = sample.dataset
    rules = suppressed(sample, rules, specs) if options.hide_small else rules
    job.check()
    sections: dict[str, Section] = {}
    for found in ANALYSES:
        job.progress(say("Calculating"), len(sections), len(ANALYSES))
        job.check()
        spec = found.on_sheet(specs.get(found.key, found.default(dataset)))
        if found.key == "segments":
            sections[found.key] = _segments(sample, rules, specs.get(found.key), job, small=not options.hide_small)
        elif spec is not None:
            sections[found.key] = found.present(spec, found.compute(sample, rules, spec, job))
    absent = _absent(sections)
    wanted = [(key, name) for key, name, _ in SHEETS if key not in absent and key not in options.left_out]
    # A report has at least one sheet, also where all those that were chosen have nothing to show.
    wanted = wanted or [(key, name) for key, name, _ in SHEETS[:1]]
    present = {key for key, _ in wanted}
    data = data_columns(sample, hide_private=options.hide_private) if "data" in present else ()
    sections["notes"] = notes_section(sample, rules, tuple(sections.values()), version, data)
    answers = sections["scores"] if "scores" in present else None
    sections["overview"] = _summary(sections["overview"], sections["segments"], answers, present, note)
    sheets = tuple(
        Sheet(key, name, _KINDS.get(key, SheetKind.RESULT), sections.get(key, _data_section())) for key, name in wanted
    )
    return Report(
        options.title or _plain_name(dataset.source.name),
        _band(sample, options.author, made),
        options.author,
        language,
        options.paper,
        made,
        sheets,
        tuple(name for name in defined_names(dataset, sections) if name.sheet in present),
        data,
        tuple(absent.items()),
    )


def page_report(
    sample: Sample, section: Section, options: ReportOptions, language: str, made: datetime.datetime
) -> Report:
    """A report of one page as it is shown, without anything around it."""
    sheet = Sheet(section.key, section.title, SheetKind.RESULT, section)
    title = options.title or _plain_name(sample.dataset.source.name)
    band = _band(sample, options.author, made)
    return Report(title, band, options.author, language, options.paper, made, (sheet,))


def _absent(sections: Mapping[str, Section]) -> dict[str, Text]:
    """Sheets that would say nothing but why they are empty, with that reason: a manager is spared them."""
    absent: dict[str, Text] = {}
    for key, _, _ in SHEETS:
        if key in _ALWAYS:
            continue
        section = sections.get(key)
        if section is None:
            absent[key] = analysis(key).unwanted
        elif all(isinstance(block, Empty) for block in section.blocks()):
            absent[key] = section.headline
    return absent


_ALWAYS = frozenset({"overview", "notes", "data"})
"""Sheets with something to say about every file."""

_KINDS = {"overview": SheetKind.SUMMARY, "notes": SheetKind.NOTES, "data": SheetKind.DATA}


def _segments(sample: Sample, rules: Rules, chosen: SegmentsSpec | None, job: Job, *, small: bool) -> Section:
    """One table per split, the chosen split first."""
    segments = analysis("segments")
    spec = chosen if chosen is not None else segments.default(sample.dataset)
    by = list(splits_offered(sample.dataset, sample.selection))
    by.sort(key=lambda question: question.id != spec.by)
    if not by:
        return segments.present(spec, segments.compute(sample, rules, spec, job))
    found: list[Section] = []
    for question in by[:_MOST_SPLITS]:
        job.check()
        one = replace(spec, by=question.id, focus="", small=small)
        found.append(segments.present(one, segments.compute(sample, rules, one, job)))
    rows: list[Row] = []
    for question, section in zip(by, found, strict=False):
        if section is not found[0] and not _has_groups(section):
            continue
        for block in section.blocks():
            if isinstance(block, Empty):
                continue
            key = f"{question.id}_{block.key}" if isinstance(block, Table | Chart) else ""
            rows.append(Row((replace(block, key=key) if isinstance(block, Table | Chart) else block,)))
    first = found[0]
    return replace(first, rows=tuple(rows) or first.rows)


def _has_groups(section: Section) -> bool:
    """Whether a split leaves groups to compare: where small ones are hidden, one may stand alone, or none."""
    tables = [block for block in section.blocks() if isinstance(block, Table) and _is_of_groups(block)]
    return any(sum(not row.total for row in table.rows) > 1 for table in tables)


def _summary(
    overview: Section, segments: Section, answers: Section | None, present: set[str], note: Note | None
) -> Section:
    """The first sheet: tiles, findings with links to sheets that are there, and two charts.

    Who recommends, and the groups of the first split; without groups, what else the page shows. A survey without any
    score shows the answers to its first questions.
    """
    figures = [block for block in overview.blocks() if isinstance(block, Figure)]
    mixes = [block for block in overview.blocks() if isinstance(block, Mix)]
    charts = [block for block in overview.blocks() if isinstance(block, Chart)]
    notes = [block for block in overview.blocks() if isinstance(block, Note | Empty)]
    found = next((block for block in overview.blocks() if isinstance(block, Findings)), None)
    rows = [Row((each,)) for each in ([] if note is None else [note]) + notes]
    if figures:
        rows.append(Row(tuple(figures[:4])))
    if found is not None:
        lines = tuple(_linked(line, present) for line in found.lines)
        rows.append(Row((replace(found, title=say("What we found"), lines=lines),)))
    pictures: list[Mix | Chart | Table] = [*mixes[:1], *[chart for chart in charts if chart.kind is ChartKind.DOTS]]
    if not any(chart.kind is ChartKind.DOTS for chart in charts):
        pictures += [block for block in segments.blocks() if isinstance(block, Table) and _has_few_groups(block)][:1]
    if len(pictures) < 2:
        pictures += [chart for chart in charts if chart.kind is ChartKind.LINE]
    if len(pictures) < 2:
        pictures += [chart for chart in charts if chart.kind not in {ChartKind.DOTS, ChartKind.LINE}]
    pictures = pictures[:2]
    if not figures and not pictures and answers is not None:
        charts = [block for block in answers.blocks() if isinstance(block, Chart)]
        pictures += [chart for chart in charts if len(chart.categories) <= _MOST_ANSWERS][:_FIRST_QUESTIONS]
    if pictures:
        rows.append(Row(tuple(pictures)))
    rule = [detail for _, detail in overview.notes[:1]]
    how = say(
        "The range shows how much luck of who answered could move the score. ▲ ▼ mark differences larger than chance "
        "would usually explain. n = number of answers."
    )
    text = joined([*rule, how])
    # Without a score there is no range and no mark to explain.
    return replace(overview, rows=tuple(rows), notes=((say("How to read"), text),) if figures else ())


def _has_few_groups(table: Table) -> bool:
    """Whether a table of groups makes a chart that still reads well on half a page."""
    return len(table.rows) <= _MOST_GROUPS and _is_of_groups(table)


def _is_of_groups(table: Table) -> bool:
    return any(column.type is ColumnType.DOTS for column in table.columns)


def _linked(line: Finding, present: set[str]) -> Finding:
    return line if line.link in present else replace(line, link="", link_text=None)


def _band(sample: Sample, author: str, made: datetime.datetime) -> Text:
    parts = []
    period = period_text(sample)
    if period is not None:
        parts.append(period)
    parts.append(say_n("1 respondent", "{count} respondents", sample.size))
    if sample.selection.conditions:
        parts.append(sample.selection.describe(sample.dataset.question))
    parts.append(_prepared(author, made.date()))
    return joined(parts)


def _prepared(author: str, day: datetime.date) -> Text:
    if author:
        return say("Prepared by {author}, {day}", author=author, day=Day(day))
    return say("Prepared {day}", day=Day(day))


def _plain_name(name: str) -> str:
    stem, dot, _ = name.rpartition(".")
    return stem if dot and stem else name


def _data_section() -> Section:
    return Section("data", say("Data"), say("Data"), say("one row per response"), ())
