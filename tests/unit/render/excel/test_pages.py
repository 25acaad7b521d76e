"""Printed pages as a careful reader wants them: bars of a fitting size, nothing cut, no page for an empty row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.note import Finding, Findings, Note, NoteLevel
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.measure import heading_width, lines_of
from cxdesk.render.excel.model import PlacedChart, SheetModel
from cxdesk.render.excel.room import title_that_fits
from cxdesk.render.preview import SheetPages
from cxdesk.report.report import SheetKind
from cxdesk.text import Format, Label, Text, Translator, say
from tests.unit.render.reports import groups_table, report, section, sheet, summary
from tests.unit.render.test_quotes import LONG, quotes

ENGLISH, CHINESE = Translator("en"), Translator("zh_CN")
QUESTION = "How likely are you to recommend the programme that you took part in this year to your colleagues at work?"


def laid_out(*blocks: object, kind: SheetKind = SheetKind.RESULT) -> SheetModel:
    content = section(*blocks) if kind is SheetKind.RESULT else summary(*blocks)  # type: ignore[arg-type]
    return layout(report(sheet(content, kind), sheet(section(groups_table()))), ENGLISH).sheets[0]


def points(found: SheetModel, chart: PlacedChart) -> float:
    return sum(found.heights.get(row, 15.0) for row in range(chart.row, chart.row + chart.rows))


def bars(count: int, name: str = "Answer", kind: ChartKind = ChartKind.BARS, series: int = 1) -> Chart:
    numbers = tuple(Series(f"group {each}", tuple(float(n) for n in range(1, count + 1))) for each in range(series))
    names = tuple(f"{name} {number}" for number in range(count))
    return Chart(f"bars{count}{name[:1]}", say("Answers"), kind, names, numbers, Format.COUNT, Text(""))


def test_one_bar_of_100_percent_runs_across_the_summary_and_groups_stand_below_it() -> None:
    found = laid_out(groups_table(), kind=SheetKind.SUMMARY)
    who, groups = found.charts
    assert who.chart.kind is ChartKind.SPLIT
    assert who.columns == groups.columns == 12
    assert points(found, who) < 130 < points(found, groups)
    assert who.row + who.rows < groups.row


def test_the_bars_of_a_chart_are_no_thicker_because_there_are_few() -> None:
    heights = []
    for count in (2, 4, 6):
        found = laid_out(bars(count), kind=SheetKind.SUMMARY)
        heights.append(points(found, found.charts[-1]))
    assert heights == sorted(heights)
    assert heights[0] < 0.6 * heights[-1]


def test_links_stand_behind_short_findings_and_at_the_edge_behind_long_ones() -> None:
    def at(text: str) -> int:
        block = Findings("found", say("Found"), (Finding(text, say("(n = 402)."), "", "result"),), say("Nothing."))
        content = section(block, key="overview")
        made = layout(report(sheet(content, SheetKind.SUMMARY), sheet(section(groups_table()))), ENGLISH)
        return next(cell.column for cell in made.sheets[0].cells if cell.link)

    assert at("West is below") == 7
    assert at("West is below everyone else, " * 6) == 11


def test_title_and_text_of_a_warning_are_lines_of_their_own() -> None:
    found = laid_out(Note(NoteLevel.WARN, say("First impression"), say("Few answers.")), kind=SheetKind.SUMMARY)
    rows = {cell.value: cell for cell in found.cells if cell.value in {"First impression", "Few answers."}}
    assert rows["First impression"].row + 1 == rows["Few answers."].row
    assert rows["First impression"].style.bold
    assert not rows["Few answers."].style.bold


def test_outlined_marks_are_explained_where_there_are_some() -> None:
    words = "Outlined marks stand on fewer than 100 answers: read with care."
    table = groups_table()
    assert any(cell.value == words for cell in laid_out(table).cells)
    large = replace(table, rows=table.rows[:4])
    assert not any(cell.value == words for cell in laid_out(large).cells)


def test_a_chart_beside_its_table_ends_with_it() -> None:
    columns = (TableColumn("name", "Answer", ColumnType.NAME), TableColumn("n", say("Answers")))
    chart = bars(10)
    rows = tuple(TableRow(f"row{n}", (Cell(f"Answer {n}"), Cell(float(n + 1), Format.COUNT))) for n in range(10))
    found = laid_out(Table("t", say("Answers"), columns, rows), chart)
    placed = found.charts[0]
    last = max(cell.row for cell in found.cells if str(cell.value).startswith("Answer 9"))
    assert placed.row + placed.rows == last + 1


@pytest.mark.parametrize("count", [3, 9, 14])
def test_no_chart_of_long_names_is_taller_than_a_page(count: int) -> None:
    found = laid_out(bars(2), bars(count, QUESTION, ChartKind.DUMBBELL, 2), bars(4))
    pages = SheetPages(found, "A4")
    shown = [place for number in range(pages.count) for _, place in pages.page(number).charts]
    assert shown == sorted(set(shown)), "a chart that stands on two pages is cut"


@pytest.mark.parametrize("count", range(6, 30, 3))
def test_no_page_is_empty(count: int) -> None:
    table = groups_table()
    rows = (*table.rows, *(replace(table.rows[1], key=f"more{n}") for n in range(count)))
    found = laid_out(replace(table, rows=rows), bars(5), bars(7))
    pages = SheetPages(found, "A4")
    for number in range(pages.count):
        page = pages.page(number)
        assert page.cells or page.charts, f"page {number + 1} of {pages.count}"


def test_long_headings_above_numbers_take_few_lines() -> None:
    words = "One or more people encouraged me to learn it"
    width = heading_width(words, 9.5, 18, 9.5)
    assert lines_of(words, width - 1.5, 9.5, bold=True) <= 3
    assert heading_width("n", 9.5, 18, 9.5) == 9.5
    assert heading_width(QUESTION, 9.5, 18, 9.5) == 18


def test_text_below_numbers_of_another_table_takes_lines_instead_of_width() -> None:
    name = TableColumn("name", "Name", ColumnType.NAME)
    numbers = Table("n", say("N"), (name, TableColumn("n", say("n"))), (TableRow("a", (Cell("a"), Cell(1.0))),))
    said = Table("t", say("T"), (name, TableColumn("w", "Words", ColumnType.TEXT)), ())
    said = replace(said, rows=(TableRow("a", (Cell("a"), Cell(QUESTION))),))
    assert laid_out(said).widths[2] > 60
    assert laid_out(numbers, said).widths[2] == 30
    assert [cell.style.wrap for cell in laid_out(numbers, said).cells if cell.value == QUESTION] == [True]


@pytest.mark.parametrize("translator", [ENGLISH, CHINESE], ids=lambda each: each.language)
def test_a_title_loses_words_of_its_question_and_never_what_it_measures(translator: Translator) -> None:
    title = say("{measure} by {segment}", measure=say("NPS"), segment=QUESTION * 2)
    shown: list[Label] = []

    def show(part: Label) -> str:
        shown.append(part)
        return translator(part)

    words = title_that_fits(title, show, 60)
    assert "NPS" in words
    assert "…" in words
    assert len(words) < len(translator(title))
    assert title_that_fits(say("NPS"), show, 60) == translator(say("NPS"))


def test_the_preview_knows_the_heights_of_a_long_list_and_repeats_headings_only_after_them() -> None:
    table = groups_table()
    more = tuple(replace(row, key=f"{row.key}{again}") for again in range(4) for row in table.rows)
    found = laid_out(replace(table, rows=more), quotes())
    assert found.data is not None
    assert found.data.heights is not None
    assert found.repeat is not None
    pages = SheetPages(found, "A4")
    boxes = [(box, cell) for n in range(pages.count) for box, cell in pages.page(n).cells if cell.row >= found.data.row]
    long = [box.height for box, cell in boxes if cell.value == LONG.strip() or cell.value == LONG]
    short = [box.height for box, cell in boxes if cell.value == "slow tills"]
    assert min(long) > 4 * max(short)
    assert np.isclose(max(long), int(float(found.data.heights.max()) * 4 / 3 + 0.5))
    header = found.repeat[0]
    with_heading = [any(cell.row == header for _, cell in pages.page(n).cells) for n in range(pages.count)]
    first = with_heading.index(True)
    assert all(with_heading[first:])
    assert pages.page(first).cells
    lines = [cell for _, cell in boxes if cell.value is None and cell.style.bottom]
    assert lines, "the line below a row also runs below its empty cells"
