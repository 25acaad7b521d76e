"""The pages of a sheet: paper, scale, breaks, repeated headings, and a Data sheet of any length."""

import pytest

from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.section import Section
from cxdesk.render.excel.data import data_sheets
from cxdesk.render.excel.measure import column_pixels
from cxdesk.render.excel.model import Placed, PlacedChart, SheetModel
from cxdesk.render.preview import SheetPages
from cxdesk.report.data import data_columns
from cxdesk.report.report import Sheet, SheetKind
from cxdesk.survey.counting import Sample
from cxdesk.text import Format, Translator, say
from tests.builders import survey

CHART = Chart("c", say("Data"), ChartKind.BARS, ("a",), (Series("s", (1.0,)),), Format.COUNT, say("Data"))


def sheet(rows: int, *, widths: tuple[float, ...] = (2, 20, 10), **more: object) -> SheetModel:
    cells = tuple(Placed(row, 1, f"row {row}") for row in range(rows))
    made: dict[str, object] = {"widths": widths, "last_row": rows, "last_column": len(widths), **more}
    return SheetModel("s", "S", cells, **made)  # type: ignore[arg-type]


def rows_on(pages: SheetPages, number: int) -> list[int]:
    return [placed.row for _, placed in pages.page(number).cells]


def test_a_short_sheet_is_one_page_at_its_own_size() -> None:
    pages = SheetPages(sheet(10), "A4")
    page = pages.page(0)
    assert (pages.count, page.scale) == (1, 1.0)
    assert (page.width, page.height) == (1123, 794)
    box = page.cells[0][0]
    assert (box.x, box.width, box.height) == (column_pixels(2), column_pixels(20), 20)


def test_a_wide_sheet_is_made_to_fit_the_width() -> None:
    page = SheetPages(sheet(10, widths=(2, 200, 100)), "A4").page(0)
    total = sum(column_pixels(width) for width in (2, 200, 100))
    assert page.scale == pytest.approx((1123 - 96) / total)
    assert page.left == pytest.approx(48)


def test_letter_is_another_paper() -> None:
    page = SheetPages(sheet(10, landscape=False), "Letter").page(0)
    assert (page.width, page.height) == (816, 1056)


def test_every_row_is_on_one_page_and_none_is_lost() -> None:
    pages = SheetPages(sheet(100), "A4")
    assert pages.count > 1
    assert [row for number in range(pages.count) for row in rows_on(pages, number)] == list(range(100))
    for number in range(pages.count):
        page = pages.page(number)
        assert all(box.y >= 0 and box.y + box.height <= 794 - 53 - 67 + 0.5 for box, _ in page.cells)


def test_wanted_breaks_are_kept() -> None:
    pages = SheetPages(sheet(20, breaks=(5, 12)), "A4")
    assert [rows_on(pages, number)[0] for number in range(pages.count)] == [0, 5, 12]


def test_headings_are_repeated_on_later_pages() -> None:
    pages = SheetPages(sheet(100, repeat=(3, 3)), "A4")
    second = pages.page(1)
    assert second.cells[0][1].row == 3
    assert second.cells[0][0].y == 0
    assert second.cells[1][0].y == second.cells[0][0].height


def test_the_summary_is_one_page_however_long() -> None:
    pages = SheetPages(sheet(90, landscape=False, one_page_tall=True), "A4")
    page = pages.page(0)
    assert pages.count == 1
    assert page.scale < 1
    last = page.cells[-1][0]
    assert (last.y + last.height) * page.scale <= 1123 - 53 - 67 + 0.5


def test_what_only_charts_need_is_not_printed() -> None:
    helper = Placed(0, 5, 42)
    made = sheet(3)
    beyond = SheetModel("s", "S", (*made.cells, helper), widths=made.widths, last_row=3, last_column=3)
    assert helper not in [placed for _, placed in SheetPages(beyond, "A4").page(0).cells]


def test_a_chart_across_a_break_is_on_both_pages() -> None:
    chart = PlacedChart(3, 1, 6, 2, CHART, "S", ())
    pages = SheetPages(sheet(20, charts=(chart,), breaks=(5,)), "A4")
    assert [[place for _, place in pages.page(number).charts] for number in (0, 1)] == [[0], [0]]
    above, below = pages.page(0).charts[0][0], pages.page(1).charts[0][0]
    assert above.y + above.height > pages.page(0).room
    assert below.y == -2 * 20


def test_a_data_sheet_of_many_rows_is_laid_out_page_by_page() -> None:
    dataset = survey(recommend=[number % 11 for number in range(50_000)])
    columns = data_columns(Sample(dataset), hide_private=True)
    section = Section("data", say("Data"), say("Data"), say("one row per response"), ())
    data = Sheet("data", say("Data"), SheetKind.DATA, section)
    made = data_sheets(data, ["Data"], columns, None, Translator("en"))[0]
    pages = SheetPages(made, "A4")
    assert pages.count > 500
    last = pages.page(pages.count - 1)
    assert max(placed.row for _, placed in last.cells) == made.last_row - 1
