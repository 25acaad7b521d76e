"""Reports for tests, made by hand from blocks: one table of groups, key numbers, findings, notes, answers."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.figure import Figure, Mix, MixPart
from cxdesk.blocks.note import Finding, Findings
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.section import Block, Row, Section
from cxdesk.blocks.table import (
    Cell,
    ColumnType,
    Mark,
    Net,
    NetGap,
    Share,
    ShareGap,
    Sum,
    Table,
    TableColumn,
    TableRow,
)
from cxdesk.report.report import DataColumn, DefinedName, Report, Sheet, SheetKind
from cxdesk.survey.base import Base, BaseLevel
from cxdesk.survey.dataset import Words
from cxdesk.text import Format, Text, say

MADE = datetime.datetime(2025, 10, 5, 9, 30)  # noqa: DTZ001
GROUPS: tuple[tuple[str, int, int, int, Mark | None, BaseLevel], ...] = (
    ("North", 122, 244, 446, Mark.ABOVE, BaseLevel.PLAIN),
    ("West", 117, 121, 164, Mark.BELOW, BaseLevel.PLAIN),
    ("East", 154, 290, 462, Mark.CHANCE, BaseLevel.PLAIN),
    ("Online kiosk", 13, 21, 28, Mark.CHANCE, BaseLevel.SMALL),
    ("Airport", 7, 8, 9, Mark.UNTESTED, BaseLevel.UNTESTED),
)


def section(*blocks: Block, key: str = "result", headline: str | Text = "West stands out", **more: object) -> Section:
    """A section with one block per row."""
    words = headline if isinstance(headline, Text) else say("{words}", words=headline)
    rows = tuple(Row((block,)) for block in blocks)
    return Section(key, say("Segments"), words, say("NPS by Region"), rows, **more)  # type: ignore[arg-type]


def sheet(content: Section, kind: SheetKind = SheetKind.RESULT, name: str | None = None, key: str = "") -> Sheet:
    """A sheet around a section."""
    words = {SheetKind.SUMMARY: "Summary", SheetKind.NOTES: "Notes", SheetKind.DATA: "Data"}.get(kind, "Segments")
    return Sheet(key or content.key, say("{name}", name=name or words), kind, content)


def report(*sheets: Sheet, language: str = "en", **more: object) -> Report:
    """A report with these sheets."""
    values: dict[str, object] = {"names": (), "data": (), "author": "", "paper": "A4", "title": "Store survey"} | more
    return Report(
        str(values["title"]),
        say("1 Jul – 30 Sep 2025"),
        str(values["author"]),
        language,
        str(values["paper"]),
        MADE,
        sheets,
        values["names"],  # type: ignore[arg-type]
        values["data"],  # type: ignore[arg-type]
    )


def groups_table(key: str = "groups") -> Table:
    """NPS by region as the Segments page shows it, with every type of column."""
    columns = (
        TableColumn("name", "Region", ColumnType.NAME),
        TableColumn("n", say("n")),
        TableColumn("score", say("NPS")),
        TableColumn("range", say("95% range"), ColumnType.RANGE),
        TableColumn("dots", say("NPS"), ColumnType.DOTS, reference=31.0),
        TableColumn("gap", say("vs others"), ColumnType.GAP),
        TableColumn("split", say("Who recommends"), ColumnType.SPLIT, _PARTS),
        TableColumn("share", say("Promoters vs others"), ColumnType.GAP),
        TableColumn("bad", say("Detractors"), ColumnType.COUNT_BEHIND),
        TableColumn("good", say("Promoters"), ColumnType.COUNT_BEHIND),
    )
    bad, middle, good = (sum(counts) for counts in zip(*(group[1:4] for group in GROUPS), strict=True))
    totals = (bad, middle, good)
    rows = [_row("all", "All", bad, middle, good, None, BaseLevel.PLAIN, totals)]
    rows += [_row(name.lower(), name, b, m, g, mark, level, totals) for name, b, m, g, mark, level in GROUPS]
    return Table(key, say("NPS by Region"), columns, tuple(rows), say("* base under 100, read with care"))


_PARTS = ((say("Detractors"), Tone.DETRACTOR), (say("Passives"), Tone.PASSIVE), (say("Promoters"), Tone.PROMOTER))


def _row(
    key: str, name: str, bad: int, middle: int, good: int, mark: Mark | None, level: BaseLevel, totals: Sequence[int]
) -> TableRow:
    n = bad + middle + good
    score = 100 * (good - bad) / n
    all_n = sum(totals)
    gap = points = None
    if mark is not None:
        gap = score - 100 * ((totals[2] - good) - (totals[0] - bad)) / (all_n - n)
        points = good / n - (totals[2] - good) / (all_n - n)
    untested = mark is Mark.UNTESTED
    sums = tuple((group[0].lower(), "n") for group in GROUPS)
    cells = (
        Cell(say("All") if key == "all" else name),
        Cell(n, Format.COUNT, Base(n), derivation=Sum(sums) if key == "all" else None),
        Cell(score, Format.SCORE, derivation=Net(("", "good"), ("", "bad"), ("", "n"))),
        Cell(None, Format.SCORE, low=score - 7.25, high=score + 6.5),
        Cell(score, Format.SCORE, low=score - 7.25, high=score + 6.5),
        Cell(
            None if untested else gap,
            Format.SCORE,
            mark=mark,
            derivation=NetGap(("", "good"), ("", "bad"), ("", "n"), ("all", "good"), ("all", "bad"), ("all", "n")),
        ),
        Cell(
            None,
            parts=(
                Cell(bad / n, Format.PERCENT, derivation=Share(("", "bad"), ("", "n"))),
                Cell(middle / n, Format.PERCENT),
                Cell(good / n, Format.PERCENT, derivation=Share(("", "good"), ("", "n"))),
            ),
        ),
        Cell(
            None if untested else points,
            Format.PERCENT_GAP,
            mark=mark,
            derivation=ShareGap(("", "good"), ("", "n"), ("all", "good"), ("all", "n")),
        ),
        Cell(bad, Format.COUNT),
        Cell(good, Format.COUNT),
    )
    return TableRow(key, cells, level, total=key == "all")


def answers_chart() -> Chart:
    """A column chart whose numbers stand in no table."""
    counts = (62, 18, 25, 41, 48, 149, 175, 389, 539, 556, 844)
    n = sum(counts)
    tones = (Tone.DETRACTOR,) * 7 + (Tone.PASSIVE,) * 2 + (Tone.PROMOTER,) * 2
    shares = tuple(count / n for count in counts)
    return Chart(
        "answers",
        say("All answers, 0 to 10"),
        ChartKind.COLUMNS,
        tuple(str(score) for score in range(11)),
        (Series(say("Share"), shares, tones),),
        Format.PERCENT,
        say("Most frequent: 10"),
        Base(n),
    )


def pair_chart() -> Chart:
    """Two bars for each topic."""
    here = Series("West", (0.61, 0.88, None), (Tone.ACCENT,))
    there = Series(say("Everyone else"), (0.72, 0.86, 0.5), (Tone.FAINT,))
    topics = ("Waiting time", "nan", "2024")
    return Chart("pair", say("West and others"), ChartKind.DUMBBELL, topics, (here, there), Format.PERCENT, Text(""))


def summary(*extra: Block, links: str = "result") -> Section:
    """A first sheet with tiles, findings, a mix and how to read it."""
    figures = (
        Figure("nps", say("NPS"), Cell(31.2, Format.SCORE), (say("95% range +28 to +34"), say("n = 2,846"))),
        Figure("ces", say("Ease (CES)"), Cell(5.44, Format.MEAN), (say("n = 2,655"),), suffix=say("of 7")),
        Figure("csat", say("Satisfied"), Cell(0.82, Format.PERCENT), (), chip=say("Small sample")),
    )
    bad, middle, good = (
        MixPart(name, count, Cell(None)) for (name, _), count in zip(_PARTS, (413, 684, 1109), strict=True)
    )
    mix = Mix("mix", say("Who recommends us"), bad, middle, good, n=2206)
    lines = (
        Finding("West", say("scores 22 points below the others (n = 402)."), "below", links, say("See Segments")),
        Finding(say("41 responses"), say("without a usable answer."), "warn", "elsewhere"),
    )
    findings = Findings("found", say("What we found"), lines, say("Nothing stands out."))
    notes = ((say("How to read"), say("n = number of answers.")),)
    return section(*figures, findings, mix, *extra, key="overview", headline="NPS is +31.", notes=notes)


def data_columns(texts: Sequence[str]) -> tuple[DataColumn, ...]:
    """A column of texts, one of scores with a gap, one of days and one of moments."""
    count = len(texts)
    distinct = ["", *dict.fromkeys(texts)]
    codes = np.array([distinct.index(text) for text in texts], dtype=np.uint16)
    scores = np.arange(count, dtype=np.float64) % 11
    scores[1::5] = np.nan
    days = 20_361.0 + np.arange(count, dtype=np.float64)
    return (
        DataColumn("Comment", say("Comment"), codes, Words.of(distinct)),
        DataColumn("Score", say("NPS score"), numbers=scores),
        DataColumn("Day", say("Date"), numbers=days, is_date=True),
        DataColumn("Moment", say("Date"), numbers=days + 0.75, is_date=True),
        DataColumn("Weight", say("Weight"), numbers=np.linspace(0.1, 2.3, count)),
    )


def data_sheet() -> Sheet:
    """The Data sheet."""
    content = Section("data", say("Data"), say("Every answer"), say("one row per response"), ())
    return sheet(content, SheetKind.DATA)


def full_report(language: str = "en", **more: object) -> Report:
    """Summary, Segments, Scores, Notes and Data."""
    names = (
        DefinedName("cx_NPS", "result", "groups", "all", "score"),
        DefinedName("cx_NPS_low", "result", "groups", "all", "score", "low"),
        DefinedName("cx_NPS_by_Region", "result", "groups"),
        DefinedName("cx_nowhere", "missing", "groups"),
    )
    notes = section(key="notes", headline="Notes", notes=((say("Filters"), say("none")),) * 3)
    texts = [f"answer {number}" for number in range(7)] + ["=1+1", "", "-5", "+49 30 1234"]
    return report(
        sheet(summary(), SheetKind.SUMMARY),
        sheet(section(groups_table())),
        sheet(section(groups_table("again"), answers_chart(), pair_chart(), key="scores"), name="Scores"),
        sheet(notes, SheetKind.NOTES),
        data_sheet(),
        language=language,
        names=names,
        data=data_columns(texts),
        **more,
    )
