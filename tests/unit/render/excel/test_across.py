"""Charts of the columns of a table in a workbook: which cells they read, and what arrows and words become in files."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import LIGHT, Tone
from cxdesk.blocks.table import Cell, ColumnType, Mark, Table, TableColumn, TableRow
from cxdesk.render.clipboard import table_to_clipboard
from cxdesk.render.csv import table_to_csv
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.model import Placed, SeriesRange, SheetModel
from cxdesk.render.flat import flatten
from cxdesk.text import Format, Translator, say
from tests.unit.render.excel.opening import made, opened, parts
from tests.unit.render.reports import report, section, sheet

ENGLISH = Translator("en")
NAMES = ("Total", "North", "West")
TOP, LOW = (0.6, 0.75, 0.45), (0.25, 0.15, 0.35)
MIDDLE = tuple(1 - top - low for top, low in zip(TOP, LOW, strict=True))
MARKS = (None, Mark.ABOVE, Mark.BELOW)
SIGNS = {None: "", Mark.ABOVE: "▲", Mark.BELOW: "▼"}


def row(key: str, name: str, values: tuple[float, ...], words: str = "") -> TableRow:
    cells = tuple(
        Cell(value, Format.PERCENT, mark=mark, letters=SIGNS[mark]) for value, mark in zip(values, MARKS, strict=True)
    )
    return TableRow(key, (Cell(name), *cells, Cell(words)), indent=1)


TABLE = Table(
    "crosstab",
    say("Answers"),
    (
        TableColumn("name", say("Answer"), ColumnType.NAME),
        *(TableColumn(name.lower(), name, group="Region" if name != "Total" else "") for name in NAMES),
        TableColumn("words", say("In words"), ColumnType.TEXT),
    ),
    (row("top", "Best scores", TOP, "North than West"), row("low", "Worst scores", LOW)),
)
SPLIT = Chart(
    "crosstab.chart",
    say("Answers by Region"),
    ChartKind.SPLIT,
    tuple(say("{title} (n = {n})", title=name, n=90) for name in NAMES),
    (
        Series("Worst scores", LOW, (Tone.DETRACTOR,)),
        Series("In between", MIDDLE, (Tone.PASSIVE,)),
        Series("Best scores", TOP, (Tone.PROMOTER,)),
    ),
    Format.PERCENT,
    say("Best scores"),
)
DOTS = Chart(
    "crosstab.chart",
    say("Best scores by Region"),
    ChartKind.DOTS,
    NAMES,
    (Series("Best scores", TOP, low=(0.55, 0.7, 0.4), high=(0.65, 0.8, 0.5)),),
    Format.PERCENT,
    say("Best scores"),
)


def laid_out(chart: Chart) -> SheetModel:
    return layout(report(sheet(section(TABLE, chart))), ENGLISH).sheets[0]


def read(found: SheetModel, column: int, reads: SeriesRange) -> list[Placed]:
    at = {(cell.row, cell.column): cell for cell in found.cells}
    return [at[each, column] for each in range(reads.first, reads.last + 1)]


def test_the_chart_needs_no_second_table_and_the_header_stays_frozen() -> None:
    found = laid_out(SPLIT)
    assert len(found.charts) == 1
    header = next(cell for cell in found.cells if cell.value == "Answer")
    assert found.freeze == (header.row + 1, 2)
    assert sum(cell.value == "Best scores" for cell in found.cells) == 2  # in the table and over the grey numbers


def test_bars_read_formulas_over_the_cells_of_the_table() -> None:
    found = laid_out(SPLIT)
    (chart,) = found.charts
    assert [reads.name for reads in chart.ranges] == ["Worst scores", "In between", "Best scores"]
    for reads, values, linked in zip(chart.ranges, (LOW, MIDDLE, TOP), (True, False, True), strict=True):
        cells = read(found, reads.values, reads)
        assert [cell.value for cell in cells] == pytest.approx(list(values))
        assert all(bool(cell.formula) == linked for cell in cells)
        assert all(cell.column >= found.last_column for cell in cells)
        assert [cell.value for cell in read(found, reads.categories, reads)] == [f"{name} (n = 90)" for name in NAMES]
    at = {(cell.row, cell.column): cell.value for cell in found.cells}
    top = next(cell for cell in found.cells if cell.value == "Best scores")
    written = read(found, chart.ranges[2].values, chart.ranges[2])
    assert [cell.formula.lstrip("=") for cell in written] == [
        f"{'ABCDEFGHIJ'[column]}{top.row + 1}" for column in range(10) if isinstance(at.get((top.row, column)), float)
    ][:3]


def test_ranges_are_lengths_beside_their_values() -> None:
    found = laid_out(DOTS)
    (reads,) = found.charts[0].ranges
    assert [cell.value for cell in read(found, reads.minus, reads)] == pytest.approx([0.05] * 3)
    assert [cell.value for cell in read(found, reads.plus, reads)] == pytest.approx([0.05] * 3)


@pytest.mark.parametrize("chart", [SPLIT, DOTS])
def test_the_file_has_the_chart_with_its_numbers_in_it(chart: Chart) -> None:
    content = made(report(sheet(section(TABLE, chart))))
    (native,) = parts(content, "xl/charts/chart").values()
    assert native.count("<c:ser>") == len(chart.series)
    assert "<c:v>0.75</c:v>" in native


def test_two_tables_have_each_their_own_chart_below() -> None:
    other = replace(TABLE, key="crosstab1", title=say("Others"))
    model = layout(report(sheet(section(TABLE, SPLIT, other, replace(DOTS, key="crosstab1.chart")))), ENGLISH).sheets[0]
    first, second = model.charts
    title = next(cell.row for cell in model.cells if cell.value == "Others")
    assert first.row + first.rows <= title < second.row


def test_arrows_have_a_column_of_their_own_behind_numbers_that_stay_numbers() -> None:
    flat = flatten(TABLE, ENGLISH)
    signs = [place for place, column in enumerate(flat.columns) if column.part == "letters"]
    assert [flat.columns[place - 1].title for place in signs] == ["North", "West"]
    assert [flat.rows[0].cells[place].value for place in signs] == ["▲", "▼"]
    assert [flat.rows[0].cells[place - 1].value for place in signs] == [0.75, 0.45]


def test_csv_and_clipboard_hold_arrows_and_words() -> None:
    head, top, _ = csv.reader(io.StringIO(table_to_csv(TABLE, ENGLISH)))
    told = dict(zip(head, top, strict=True))
    assert told["Region: North, against everyone else"] == "▲"
    assert told["Region: West, against everyone else"] == "▼"
    assert told["In words"] == "North than West"
    text, html = table_to_clipboard(TABLE, ENGLISH)
    assert text.split("\r\n")[2].split("\t")[2:6] == ["0.75", "▲", "0.45", "▼"]
    assert "North than West" in html


def test_the_workbook_holds_arrows_in_their_colours_and_words() -> None:
    found = laid_out(SPLIT)
    signs = {cell.value: cell.style.color for cell in found.cells if cell.value in {"▲", "▼"}}
    assert signs == {"▲": LIGHT.promoter_text, "▼": LIGHT.detractor_text}
    written = opened(made(report(sheet(section(TABLE, SPLIT))))).worksheets[0]
    top = next(line for line in written.iter_rows(values_only=True) if "Best scores" in line and "▲" in line)
    place = top.index(0.75)
    assert top[place : place + 4] == (0.75, "▲", 0.45, "▼")
    assert "North than West" in top
