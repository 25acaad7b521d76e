"""A report laid out as a workbook: where its cells, formulas, charts, names and links stand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from cxdesk.blocks.chart import ChartKind
from cxdesk.blocks.palette import LIGHT
from cxdesk.blocks.table import Cell, ColumnType, Table, TableColumn, TableRow
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.measure import lines_of, row_height
from cxdesk.render.excel.model import Placed, SheetModel, WorkbookModel
from cxdesk.report.report import DefinedName, SheetKind
from cxdesk.text import Format, Translator, say
from tests.unit.render.reports import (
    answers_chart,
    data_columns,
    data_sheet,
    full_report,
    groups_table,
    pair_chart,
    report,
    section,
    sheet,
    summary,
)

ENGLISH = Translator("en")


def model(*sheets: object, **more: object) -> WorkbookModel:
    return layout(report(*sheets, **more), ENGLISH)  # type: ignore[arg-type]


def at(found: SheetModel, row: int, column: int) -> Placed | None:
    return next((cell for cell in found.cells if (cell.row, cell.column) == (row, column)), None)


def where(found: SheetModel, value: object) -> tuple[int, int]:
    return next((cell.row, cell.column) for cell in found.cells if cell.value == value)


def segments() -> SheetModel:
    return model(sheet(summary(), SheetKind.SUMMARY), sheet(section(groups_table()))).sheets[1]


def test_a_result_sheet_starts_with_the_answer_and_freezes_below_its_header() -> None:
    found = segments()
    assert [at(found, row, 1).value for row in range(3)] == ["West stands out", "NPS by Region", "← Back to Summary"]  # type: ignore[union-attr]
    assert at(found, 2, 1).link == "Summary!A1"  # type: ignore[union-attr]
    assert at(found, 3, 1).value == "Region"  # type: ignore[union-attr]
    assert found.freeze == (4, 2)
    assert found.repeat == (0, 3)
    assert found.widths[0] == 2


def test_a_long_table_begins_below_the_little_that_stands_on_the_first_page() -> None:
    columns = (TableColumn("name", "Region", ColumnType.NAME), TableColumn("n", say("n")))

    def listed(key: str, size: int) -> Table:
        rows = (TableRow(f"row{n}", (Cell("West"), Cell(n, Format.COUNT))) for n in range(size))
        return Table(key, say("Regions"), columns, tuple(rows))

    found = model(sheet(section(listed("few", 3), listed("many", 80)))).sheets[0]
    assert found.breaks == ()
    headings = [cell.row for cell in found.cells if cell.value == "Region"]
    assert found.repeat == (headings[-1], headings[-1]), "its headings stand on every page that it goes on"
    behind = model(sheet(section(listed("many", 80), listed("few", 3)))).sheets[0]
    assert len(behind.breaks) == 1
    assert behind.repeat is None
    whole = model(sheet(section(listed("few", 3), listed("more", 5)))).sheets[0]
    assert (whole.breaks, whole.repeat) == ((), None)


def test_ranges_become_two_columns_and_split_bars_one_per_part() -> None:
    headings = [cell.value for cell in segments().cells if cell.row == 3]
    drawn = ["Region", "n", "NPS", "Low", "High", "vs others", "Reading", "Detractors", "Passives", "Promoters"]
    assert headings[: len(drawn)] == drawn


def test_counts_stand_behind_the_printed_page_in_grey() -> None:
    found = segments()
    behind = [cell for cell in found.cells if cell.row == 3 and cell.column >= found.last_column]
    assert {cell.value for cell in behind} >= {"Detractors", "Promoters"}
    assert all(cell.style.color == LIGHT.muted and not cell.style.fill for cell in behind)


def test_readings_are_words_in_the_colour_of_their_side() -> None:
    found = segments()
    looks = {cell.value: cell.style for cell in found.cells}
    assert looks["▲ clearly above"].color == LIGHT.promoter_text
    assert looks["▼ clearly below"].color == LIGHT.detractor_text
    assert looks["could be chance"].color == LIGHT.muted
    assert "too few to compare" in looks


def test_small_bases_are_amber_and_starred_and_still_numbers() -> None:
    found = segments()
    row = where(found, "Airport")[0]
    count = at(found, row, 2)
    assert count is not None
    assert count.value == 24
    assert count.shown == "24**"
    assert count.style.fill == LIGHT.warn_bg
    large = at(found, where(found, "North")[0], 2)
    assert large is not None
    assert not large.style.fill


def test_every_derived_number_is_a_formula_with_its_result() -> None:
    formulas = [cell for cell in segments().cells if cell.formula]
    # Per group: NPS, two shares, two gaps; without gaps for the total and the untested group; the sum of all.
    assert len([cell for cell in formulas if "SUM" in cell.formula]) == 1
    assert len([cell for cell in formulas if cell.formula.startswith("=100*(")]) >= 6 + 4 + 4
    assert all(isinstance(cell.value, int | float) and math.isfinite(cell.value) for cell in formulas)


def test_a_number_that_its_counts_do_not_give_is_not_a_formula() -> None:
    table = groups_table()
    first = table.rows[0]
    wrong = first.cells[2].__class__(99.0, first.cells[2].format, derivation=first.cells[2].derivation)
    cells = (*first.cells[:2], wrong, *first.cells[3:])
    changed = table.__class__(
        table.key, table.title, table.columns, (first.__class__(first.key, cells), *table.rows[1:])
    )
    found = model(sheet(section(changed))).sheets[0]
    cell = next(cell for cell in found.cells if cell.value == 99.0)
    assert not cell.formula


def test_tables_of_groups_get_bars_with_ranges_and_stacked_bars() -> None:
    found = segments()
    kinds = [chart.chart.kind for chart in found.charts]
    assert kinds == [ChartKind.DOTS, ChartKind.SPLIT]
    dots, split = found.charts
    assert dots.row == split.row > 9
    assert dots.column + dots.columns <= split.column
    reads = dots.ranges[0]
    assert (reads.first, reads.last) == (4, 9)
    low = at(found, reads.first, reads.minus)
    assert low is not None
    assert low.value == pytest.approx(7.25)
    assert low.formula.startswith("=")
    assert len(split.ranges) == 3


def test_a_chart_without_a_table_gets_one_beside_it() -> None:
    found = model(sheet(section(answers_chart()))).sheets[0]
    chart = found.charts[0]
    numbers = chart.ranges[0]
    placed = [at(found, row, numbers.values) for row in range(numbers.first, numbers.last + 1)]
    assert [each and each.value for each in placed] == pytest.approx(answers_chart().series[0].values)
    assert chart.column > chart.ranges[0].values
    assert chart.title == "All answers, 0 to 10 (n = 2,846)"
    assert "Most frequent: 10" in chart.alt


def test_charts_never_cover_cells_or_each_other() -> None:
    made = layout(full_report(), ENGLISH)
    for found in made.sheets:
        taken: set[tuple[int, int]] = set()
        for chart in found.charts:
            area = {
                (r, c)
                for r in range(chart.row, chart.row + chart.rows)
                for c in range(chart.column, chart.column + chart.columns)
            }
            assert not area & taken, found.name
            taken |= area
        covered = {
            (cell.row, cell.column) for cell in found.cells if cell.value is not None and cell.columns == 1
        } & taken
        assert not covered, (found.name, covered)


def test_the_summary_is_one_portrait_page_with_links_to_sheets_that_exist() -> None:
    found = model(sheet(summary(), SheetKind.SUMMARY), sheet(section(groups_table()))).sheets[0]
    assert not found.landscape
    assert found.one_page_tall
    links = [cell.link for cell in found.cells if cell.link]
    assert links == ["Segments!A1"]
    tiles = {cell.shown: cell for cell in found.cells}
    assert tiles["+31"].value == 31.2
    assert tiles["5.4 of 7"].value == 5.44
    assert '" of 7"' in tiles["5.4 of 7"].style.number_format
    assert tiles["Small sample"].style.color == LIGHT.warn_text
    assert found.charts[0].ranges[0].values >= found.last_column


def test_only_the_summary_merges_cells() -> None:
    for found in layout(full_report(), ENGLISH).sheets[1:]:
        assert all(cell.rows == cell.columns == 1 for cell in found.cells)


def test_names_point_at_cells_and_missing_ones_are_left_out() -> None:
    names = dict(layout(full_report(), ENGLISH).names)
    assert names["cx_NPS"] == "'Segments'!$D$5"
    assert names["cx_NPS_low"] == "'Segments'!$E$5"
    assert names["cx_NPS_by_Region"].startswith("'Segments'!$B$4:$")
    assert "cx_nowhere" not in names


def test_names_that_excel_refuses_are_mended_and_unique() -> None:
    wanted = (
        DefinedName("cx NPS", "result", "groups", "all", "n"),
        DefinedName("CX_nps", "result", "groups", "all", "n"),
    )
    names = model(sheet(section(groups_table())), names=wanted).names
    assert [name for name, _ in names] == ["cx_NPS"]


def test_long_words_never_hide_behind_the_page() -> None:
    headline = "Among North and East and all the others: " * 8
    found = model(sheet(section(groups_table(), headline=headline))).sheets[0]
    header = where(found, "Region")[0]
    assert header > 3
    assert found.freeze == (header + 1, 2)
    whole = " ".join(str(cell.value) for cell in found.cells if cell.row < header - 2)
    assert " ".join(whole.split()) == " ".join(headline.split())


def test_chinese_uses_its_own_font_and_words() -> None:
    chinese = layout(full_report("zh_CN"), Translator("zh_CN"))
    assert chinese.font == "微软雅黑"
    shown = {cell.value for found in chinese.sheets for cell in found.cells}
    assert {"▲ 明显高于", "下限", "上限", "主要发现"} <= shown
    assert not any(cell.style.italic for found in chinese.sheets for cell in found.cells)


def test_the_data_sheet_keeps_its_rows_as_arrays() -> None:
    found = model(data_sheet(), data=data_columns(["a", "=b", ""])).sheets[0]
    assert found.data is not None
    assert found.data.row == 4 + 1
    assert found.autofilter == (4, 1, 7, 5)
    assert len(found.cells) < 20


def test_the_data_sheet_shows_a_long_question_whole() -> None:
    question = "How much do you agree with the following: it was easy to get everything done that I had come for today?"
    found = model(data_sheet(), data=(replace(data_columns(["a"])[1], header=question),)).sheets[0]
    row, column = where(found, question)
    lines = lines_of(question, found.widths[column] - 1, 9.5, bold=True)
    assert found.heights[row] >= row_height(lines, 9.5)
    assert found.widths[column] <= 30


def test_a_data_sheet_too_wide_for_excel_goes_on_on_a_next_one() -> None:
    columns = data_columns(["a"])[1:2] * 16_390
    sheets = model(data_sheet(), data=columns).sheets
    assert [found.name for found in sheets] == ["Data", "Data (2)"]
    assert [len(found.data.columns) for found in sheets if found.data] == [16_383, 7]


def test_the_same_report_is_always_laid_out_alike() -> None:
    one, two = (layout(full_report(), ENGLISH) for _ in range(2))
    assert [found.cells for found in one.sheets[:4]] == [found.cells for found in two.sheets[:4]]


def test_pairs_of_bars_keep_their_names() -> None:
    chart = model(sheet(section(pair_chart()))).sheets[0].charts[0]
    assert [reads.name for reads in chart.ranges] == ["West", "Everyone else"]


def test_a_report_without_tables_still_says_something() -> None:
    found = model(sheet(section(headline=say("No question can be shown.")))).sheets[0]
    assert at(found, 0, 1).value == "No question can be shown."  # type: ignore[union-attr]
    assert found.last_column > 1
