"""What a report is made of, before it is a workbook."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np

from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.figure import Mix
from cxdesk.blocks.table import Table
from cxdesk.job import Unattended
from cxdesk.report.build import SHEETS, build_report
from cxdesk.report.report import Report, ReportOptions, SheetKind
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Translator
from tests.builders import survey

ENGLISH = Translator("en")
MADE = datetime.datetime.fromisoformat("2025-10-05T09:14")


def shops(name: str = "shops.csv") -> Dataset:
    return survey(
        recommend=[10, 9, 3, 8, None] * 40,
        satisfaction=[5, 4, 2, 4, 3] * 40,
        rating={"Waiting": [5, 1, 2, 4, 3] * 40},
        segment={"Region": ["North", "South"] * 100, "Shop": ["a", "b", "c", "a"] * 50},
        multiple={"Used": [["App"], ["App", "Web"], [], None] * 50},
        comment=["call 13812345678", None, "good", None] * 50,
        private={"Phone": [f"1390000{index:04}" for index in range(200)]},
        date=["2025-07-01", "2025-09-30"] * 100,
        name=name,
    )


def undated() -> Dataset:
    """A survey without the days of its answers and without rated topics."""
    return survey(recommend=[10, 9, 3, 8, None] * 40, segment={"Region": ["North", "South"] * 100})


def report(dataset: Dataset, options: ReportOptions = ReportOptions(), selection: Selection = Selection()) -> Report:
    return build_report(Sample(dataset, selection), Rules(), {}, options, "en", MADE, "1.0", Unattended())


def test_the_sheets_are_the_wanted_ones_in_order() -> None:
    made = report(shops())
    wanted = ["overview", "scores", "segments", "trend", "comments", "follow_up", "quality", "notes"]
    assert [sheet.key for sheet in made.sheets] == wanted
    assert made.sheets[0].kind is SheetKind.SUMMARY
    assert made.title == "shops"
    short = report(
        shops(), ReportOptions(left_out=frozenset({"data", "segments", "trend", "comments", "follow_up", "quality"}))
    )
    assert [sheet.key for sheet in short.sheets] == ["overview", "scores", "notes"]
    assert not [name for name in short.names if name.sheet == "segments"]


def test_a_sheet_that_would_only_say_why_it_is_empty_is_left_out_with_its_reason() -> None:
    made = report(undated())
    assert "trend" not in [sheet.key for sheet in made.sheets]
    reasons = {key: ENGLISH(reason) for key, reason in made.absent}
    assert reasons["trend"] == "This file does not say when people answered."
    assert reasons["compare"] == "Nothing to compare with yet."
    assert "drivers" in reasons
    assert not {"overview", "scores", "segments", "quality", "notes", "data"} & set(reasons)
    assert "trend" not in dict(report(shops()).absent)


def test_a_report_of_nothing_but_empty_sheets_still_has_its_summary() -> None:
    every = frozenset(key for key, _, _ in SHEETS)
    made = report(undated(), ReportOptions(left_out=every - {"trend"}))
    assert [sheet.key for sheet in made.sheets] == ["overview"]


def test_the_summary_shows_who_recommends_and_the_groups_of_the_first_split() -> None:
    first = report(shops()).sheets[0].section
    pictures = [block for block in first.blocks() if isinstance(block, Mix | Chart | Table)]
    assert isinstance(pictures[0], Mix)
    assert len(pictures) == 2
    assert "Region" in str(pictures[1].title)


def test_without_nps_the_summary_shows_the_groups_once_and_the_answers_beside_them() -> None:
    rated = survey(rating={"Position": [5, 2, 4, 3] * 60}, segment={"Degree": ["Doctor", "Master"] * 120})
    pictures = [block for block in report(rated).sheets[0].section.blocks() if isinstance(block, Chart | Table)]
    assert [each.kind for each in pictures if isinstance(each, Chart)] == [ChartKind.DOTS, ChartKind.COLUMNS]
    assert len(pictures) == 2


def test_a_survey_without_scores_shows_its_first_questions() -> None:
    plain = survey(segment={"Region": ["North", "South"] * 60, "Plan": ["Gold", "Silver", "Basic"] * 40})
    first = report(plain).sheets[0].section
    assert [str(block.title) for block in first.blocks() if isinstance(block, Chart)] == ["Region", "Plan"]
    assert first.notes == ()
    without = report(plain, ReportOptions(left_out=frozenset({"scores"}))).sheets[0].section
    assert not any(isinstance(block, Chart) for block in without.blocks())


def test_a_split_that_leaves_one_group_to_show_is_left_out_unless_it_is_the_first() -> None:
    shown = survey(
        recommend=[10, 9, 3, 8] * 40,
        segment={"Region": ["North", "South"] * 80, "Tariff": ["Old"] * 130 + ["New"] * 6 + ["None"] * 24},
    )
    segments = next(sheet for sheet in report(shown).sheets if sheet.key == "segments")
    tables = {block.key: block for block in segments.section.blocks() if isinstance(block, Table)}
    for key, table in tables.items():
        assert key == next(iter(tables)) or sum(not row.total for row in table.rows) > 1
    assert "tariff_groups" not in tables


def test_every_split_has_a_table_of_its_own() -> None:
    segments = next(sheet for sheet in report(shops()).sheets if sheet.key == "segments")
    keys = [block.key for block in segments.section.blocks() if isinstance(block, Table)]
    assert keys == ["region_groups", "shop_groups"]


def test_whoever_looks_at_one_group_only_is_not_told_how_it_compares_with_itself() -> None:
    north = Selection((OneOf("region", (0,)),))
    made = report(shops(), selection=north)
    segments = next(sheet for sheet in made.sheets if sheet.key == "segments")
    keys = [block.key for block in segments.section.blocks() if isinstance(block, Table)]
    assert keys == ["shop_groups"]
    assert "Shop" in ENGLISH(segments.section.base_line)
    only = report(undated(), selection=north)
    segments = next(sheet for sheet in only.sheets if sheet.key == "segments")
    assert [block.key for block in segments.section.blocks() if isinstance(block, Table)] == ["region_groups"]


def test_a_filter_and_the_author_are_printed() -> None:
    filtered = report(shops(), replace(ReportOptions(), author="CX team"), Selection((OneOf("region", (0,)),)))
    band = ENGLISH(filtered.band)
    assert "Region: North" in band
    assert "100 respondents" in band
    assert "Prepared by CX team, 5 Oct 2025" in band
    for sheet in filtered.sheets[:3]:
        assert "In Region North: " in ENGLISH(sheet.section.headline)


def test_names_point_at_cells_that_exist() -> None:
    made = report(shops())
    assert {"cx_NPS", "cx_NPS_low", "cx_NPS_high", "cx_NPS_n", "cx_CSAT", "cx_nps_by_Region"} - {
        name.name for name in made.names
    } == {"cx_nps_by_Region"}
    tables = {
        (sheet.key, block.key): block
        for sheet in made.sheets
        for block in sheet.section.blocks()
        if isinstance(block, Table)
    }
    for name in made.names:
        table = tables[name.sheet, name.table]
        if name.row:
            assert table.cell(name.row, name.column) is not None


def test_the_data_sheet_never_holds_personal_columns_and_masks_comments() -> None:
    made = report(shops(), ReportOptions(left_out=frozenset()))
    headers = [column.header if isinstance(column.header, str) else ENGLISH(column.header) for column in made.data]
    assert "Phone" not in headers
    assert {"Recommend", "Used: App", "Comment"} <= set(headers)
    comments = made.data[headers.index("Comment")]
    assert comments.values is not None
    assert "call 138****5678" in list(comments.values)
    unmasked = report(shops(), ReportOptions(left_out=frozenset(), hide_private=False))
    assert "call 13812345678" in list(unmasked.data[headers.index("Comment")].values or ())


def test_small_groups_are_noted_once_with_what_the_data_sheet_means_for_them() -> None:
    for left_out, rows in ((frozenset({"data"}), False), (frozenset(), True)):
        notes = report(shops(), ReportOptions(left_out=left_out)).sheets
        (table,) = (block for each in notes if each.key == "notes" for block in each.section.blocks())
        assert isinstance(table, Table)
        told = [row.cells[1].value for row in table.rows if str(row.cells[0].value) == "Small groups"]
        assert len(told) == 1
        assert ("The Data sheet holds every row." in str(told[0])) is rows


def test_ticks_on_the_data_sheet_are_numbers() -> None:
    made = report(shops(), ReportOptions(left_out=frozenset()))
    used = {ENGLISH(column.header): column for column in made.data if "Used" in ENGLISH(column.header)}
    assert list(used) == ["Used: App", "Used: Web"]
    for name, first in (("Used: App", [1, 1, 0, np.nan]), ("Used: Web", [0, 1, 0, np.nan])):
        assert used[name].codes is None
        np.testing.assert_array_equal(used[name].numbers, first * 50)


def test_a_formula_like_title_is_only_a_title() -> None:
    assert report(shops("=1+1.csv")).title == "=1+1"
