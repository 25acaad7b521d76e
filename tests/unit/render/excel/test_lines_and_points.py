"""Native charts over periods, of topics in a plane, and of before and now: what they read, and how they are drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from cxdesk.blocks.chart import Chart
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.model import SheetModel
from cxdesk.render.preview import SheetPages
from cxdesk.survey.base import Base, BaseLevel
from cxdesk.text import Format, Translator, say
from tests.unit.render.excel.opening import made, opened, parts
from tests.unit.render.excel.period_tables import periods_table, topics_table
from tests.unit.render.period_charts import CROWD, EVERY, LINE, LINES, NOW, PLANE, SCORES, SMALL, WEEKS
from tests.unit.render.reports import report, section, sheet

ENGLISH = Translator("en")


def model_of(*blocks: Chart | Table, paper: str = "A4") -> SheetModel:
    (found,) = layout(report(sheet(section(*blocks)), paper=paper), ENGLISH).sheets
    return found


def chart_xml(*blocks: Chart | Table) -> list[str]:
    found = parts(made(report(sheet(section(*blocks)))), "xl/charts/chart")
    return [text for _, text in sorted(found.items())]


def series_of(text: str) -> list[str]:
    return re.findall(r"<c:ser>.*?</c:ser>", text)


def numbers(text: str, tag: str) -> list[float]:
    part = re.search(rf"<c:{tag}>.*?</c:{tag}>", text)
    return [] if part is None else [float(value) for value in re.findall(r"<c:v>([^<]*)</c:v>", part[0])]


@pytest.mark.parametrize("name", EVERY)
def test_every_series_of_every_chart_carries_its_numbers(name: str) -> None:
    (text,) = chart_xml(EVERY[name])
    found = series_of(text)
    assert found
    for one in found:
        assert one.count("<c:numRef>") == one.count("<c:numCache>") > 0
        assert one.count("<c:strRef>") == one.count("<c:strCache>")
    assert '<c:smooth val="1"/>' not in text


def test_a_line_reads_the_table_of_periods_with_its_range_and_target() -> None:
    found = model_of(LINE, periods_table())
    (chart,) = found.charts
    assert [reads.name for reads in chart.ranges] == ["NPS", "Low", "High", "Target"]
    table_columns = {(cell.row, cell.column): cell.value for cell in found.cells}
    for reads, values in zip(chart.ranges, (SCORES, [v - 5 for v in SCORES], [v + 5 for v in SCORES]), strict=False):
        rows = range(reads.first, reads.last + 1)
        assert [table_columns[row, reads.values] for row in rows] == pytest.approx(list(values))
        assert reads.values < found.last_column
    target = chart.ranges[3]
    assert [table_columns[row, target.values] for row in range(target.first, target.last + 1)] == [30.0] * 9
    assert target.values > found.last_column


def test_the_ends_of_the_range_and_the_target_are_dashed_without_marks() -> None:
    (text,) = chart_xml(LINE)
    line, low, high, target = series_of(text)
    assert "<a:prstDash" not in line
    assert '<c:symbol val="circle"/>' in line
    for dashed in (low, high, target):
        assert "<a:prstDash" in dashed
        assert '<c:symbol val="none"/>' in dashed
    assert numbers(target, "val") == [30.0] * 9


def test_points_on_few_answers_are_rings_that_no_line_joins() -> None:
    (text,) = chart_xml(replace(WEEKS, series=(replace(WEEKS.series[0], name="NPS"),)))
    joined, rings, *_ = series_of(text)
    assert "NPS, few answers" in rings
    assert "<a:ln><a:noFill/></a:ln>" in re.sub(r'<a:ln w="\d+">', "<a:ln>", rings.partition("<c:marker>")[0])
    hollow = [value for value, small in zip(WEEKS.series[0].values, WEEKS.series[0].hollow, strict=True) if small]
    assert numbers(rings, "val") == pytest.approx(hollow)
    assert len(numbers(joined, "val")) == 60 - len(hollow) - 1


def test_lines_of_groups_differ_in_more_than_colour() -> None:
    (text,) = chart_xml(replace(LINES, target=None))
    symbols = [re.search(r'<c:symbol val="(\w+)"/>', one) for one in series_of(text)]
    drawn = [found[1] for found in symbols if found is not None and found[1] != "none"]
    assert drawn[:4] == ["circle", "diamond", "square", "triangle"]
    assert "<c:legend>" in text


def test_the_change_between_periods_is_a_live_formula_with_its_result() -> None:
    content = made(report(sheet(section(LINE, periods_table()))))
    formulas, results = opened(content)["Segments"], opened(content, results=True)["Segments"]
    cell = next(cell for row in formulas.iter_rows() for cell in row if str(cell.value).startswith("=D6-D5"))
    assert results[cell.coordinate].value == pytest.approx(SCORES[1] - SCORES[0])


def test_each_topic_is_a_series_with_its_name_and_both_ranges() -> None:
    (text,) = chart_xml(PLANE, topics_table())
    level, upright, *points = series_of(text)
    assert len(points) == len(PLANE.spots)
    assert "Average" in level
    assert numbers(level, "yVal") == [0.143, 0.143]
    assert numbers(upright, "xVal") == [0.72, 0.72]
    for spot, point in zip(PLANE.spots, points, strict=True):
        assert numbers(point, "xVal") == pytest.approx([spot.x])
        assert numbers(point, "yVal") == pytest.approx([spot.y])
        assert '<c:showSerName val="1"/>' in point
        assert ENGLISH(spot.name).replace("&", "&amp;") in point
        assert point.count("<c:errBars>") == 2
        assert f'<c:symbol val="{"diamond" if spot.chosen else "circle"}"/>' in point
    assert "Satisfied with this topic →" in text
    assert "Strength of link with the score →" in text


def test_the_lengths_of_ranges_are_formulas_over_the_table() -> None:
    found = model_of(PLANE, topics_table())
    (chart,) = found.charts
    cells = {(cell.row, cell.column): cell for cell in found.cells}
    for spot, reads in zip(PLANE.spots, chart.ranges[2:], strict=True):
        lengths = [cells[reads.first, column] for column in (reads.left, reads.right, reads.minus, reads.plus)]
        assert spot.x_low is not None
        assert lengths[0].value == pytest.approx(spot.x - spot.x_low)
        assert all(cell.formula.startswith("=") for cell in lengths)
        assert all(cell.column >= found.last_column for cell in lengths)


def test_a_plane_without_a_table_gets_one() -> None:
    found = model_of(PLANE)
    shown = {cell.value for cell in found.cells}
    assert {"Topic", "Staff helpfulness", 0.88, 0.27} <= shown
    assert len(found.charts) == 1


def test_names_in_a_crowd_stand_on_different_sides() -> None:
    (text,) = chart_xml(CROWD)
    # To the right of the point is where programs put a name unless told otherwise.
    sides = [re.search(r'<c:dLblPos val="(\w)"/>', one) for one in series_of(text)[2:]]
    assert len({"r" if side is None else side[1] for side in sides}) > 1


def test_before_is_hollow_and_now_keeps_its_colours() -> None:
    (text,) = chart_xml(NOW)
    before, now = series_of(text)
    fills = re.findall(r'<c:dPt>.*?<a:srgbClr val="(\w+)"/>', before)
    assert set(fills) == {"FFFFFF"}
    colours = re.findall(r'<c:dPt>.*?<a:solidFill><a:srgbClr val="(\w+)"/>', now)
    assert len(set(colours)) == 3
    assert "FFFFFF" not in colours


def test_a_small_line_is_a_chart_like_any_other() -> None:
    assert [reads.name for reads in model_of(SMALL).charts[0].ranges] == ["NPS", "Low", "High"]


def test_a_table_whose_numbers_stand_in_a_larger_one_is_left_out_but_not_its_words() -> None:
    extra = TableColumn("advice", say("Suggestion"), ColumnType.TEXT)
    large = topics_table(extra)
    short = Table(
        "ranking",
        say("Ranking"),
        (large.columns[0], large.columns[1]),
        tuple(TableRow(row.key, row.cells[:2]) for row in large.rows),
        say("The first two could swap."),
    )
    shown = [cell.value for cell in model_of(short, large).cells]
    assert shown.count("Parking") == 1
    assert "The first two could swap." in shown
    other = replace(short, rows=(replace(short.rows[0], cells=(Cell("Parking"), Cell(0.5, Format.PERCENT))),))
    assert [cell.value for cell in model_of(other, large).cells].count("Parking") == 2


def test_bars_that_no_column_holds_read_a_grey_column_with_formulas() -> None:
    columns = (
        TableColumn("name", say("Measure"), ColumnType.NAME),
        TableColumn("change", say("Change"), ColumnType.GAP),
        TableColumn("dots", say("Change with range"), ColumnType.DOTS, reference=0.0),
    )
    rows = (
        TableRow("a", (Cell("NPS"), Cell(8.0, Format.SCORE), Cell(8.0, Format.SCORE, low=1.0, high=15.0))),
        TableRow("b", (Cell("Ease"), Cell(0.1, Format.MEAN_GAP), Cell(None, Format.SCORE))),
        TableRow("c", (Cell("Staff"), Cell(0.02, Format.PERCENT_GAP), Cell(2.0, Format.SCORE, low=-2.0, high=6.0))),
    )
    found = model_of(Table("changes", say("Q3 compared with Q2"), columns, rows))
    (chart,) = found.charts
    assert chart.title == "Q3 compared with Q2: Change, line = range"
    cells = {(cell.row, cell.column): cell for cell in found.cells}
    (reads,) = chart.ranges
    assert reads.values >= found.last_column
    shown = [cells.get((row, reads.values)) for row in range(reads.first, reads.last + 1)]
    assert [None if cell is None else cell.value for cell in shown] == [8.0, None, 2.0]
    assert all(cell is None or cell.formula for cell in shown)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("rows", [3, 9, 14, 20, 31, 47, 60])
def test_no_page_ends_inside_a_chart(rows: int, paper: str) -> None:
    table = periods_table()
    names = [f"2024-W{number:02d}" for number in range(rows)]
    values = tuple(float(number % 7) for number in range(rows))
    line = replace(LINE.series[0], values=values, low=(), high=())
    chart = replace(LINE, categories=tuple(names), sizes=(), shade=None, series=(line,))
    filled = tuple(
        TableRow(name, (Cell(name), Cell(90, Format.COUNT), Cell(value, Format.SCORE), Cell(None), Cell(None)))
        for name, value in zip(names, values, strict=True)
    )
    found = model_of(chart, replace(table, rows=filled), PLANE, paper=paper)
    pages = SheetPages(found, paper)
    for number in range(len(found.charts)):
        on = [page for page in range(pages.count) if number in [place for _, place in pages.page(page).charts]]
        assert len(on) == 1, (rows, paper, on)


@pytest.mark.parametrize("rows", [5, 12, 25, 40])
def test_no_page_ends_inside_the_chart_of_a_single_table(rows: int) -> None:
    names = [f"2024-W{number:02d}" for number in range(rows)]
    filled = tuple(
        TableRow(name, (Cell(name), Cell(90, Format.COUNT), Cell(1.0 * place), Cell(None), Cell(None)))
        for place, name in enumerate(names)
    )
    values = tuple(float(place) for place in range(rows))
    line = replace(LINE.series[0], values=values, low=(), high=())
    chart = replace(LINE, categories=tuple(names), sizes=(), shade=None, series=(line,))
    found = model_of(chart, replace(periods_table(), rows=filled))
    pages = SheetPages(found, "A4")
    assert found.repeat is not None
    assert sum(bool(pages.page(page).charts) for page in range(pages.count)) == 1


def test_charts_stand_below_each_other_and_inside_the_printed_page() -> None:
    found = model_of(LINE, periods_table(), PLANE, topics_table(), NOW)
    assert all(chart.column + chart.columns <= found.last_column for chart in found.charts)
    spans = sorted((chart.row, chart.row + chart.rows, chart.column) for chart in found.charts)
    assert all(first[1] <= second[0] or first[2] != second[2] for first, second in pairwise(spans))
    assert all(digits > 0 for digits in found.widths)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_chart_speaks_in_the_language_of_the_report(language: str) -> None:
    translator = Translator(language)
    (found,) = layout(report(sheet(section(PLANE, LINE)), language=language), translator).sheets
    titles = [reads.name for chart in found.charts for reads in chart.ranges]
    assert translator(say("Average")) in titles
    assert translator(say("Low")) in titles
    plane = next(chart for chart in found.charts if chart.chart.plane is not None)
    assert plane.axes[0] == translator(say("Satisfied with this topic"))


def test_a_chart_of_groups_names_its_base() -> None:
    columns = (
        TableColumn("name", say("Region"), ColumnType.NAME),
        TableColumn("score", say("NPS")),
        TableColumn("dots", say("NPS"), ColumnType.DOTS),
    )
    rows = (
        TableRow("all", (Cell("All"), Cell(31.0, Format.SCORE, Base(961)), _dot(31.0)), total=True),
        TableRow("a", (Cell("North"), Cell(40.0, Format.SCORE, Base(931)), _dot(40.0))),
        TableRow("b", (Cell("Kiosk"), Cell(4.0, Format.SCORE, Base(30)), _dot(4.0)), BaseLevel.SMALL),
    )
    (chart,) = model_of(Table("groups", say("NPS by Region"), columns, rows)).charts
    assert chart.title == "NPS by Region: NPS, line = range (n = 961)"


def _dot(value: float) -> Cell:
    return Cell(value, Format.SCORE, low=value - 5, high=value + 5)
