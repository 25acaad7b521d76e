"""What was read and what was not used."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.analysis.found_rows import found_rows, has_rows, rows_table
from cxdesk.analysis.quality import Quality
from cxdesk.blocks.note import Note
from cxdesk.blocks.table import Table
from cxdesk.survey.receipt import MOST_SHOWN, Place, Unused
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Translator, say
from tests.builders import survey
from tests.unit.analysis.presenting import presented

ENGLISH = Translator("en")


def test_rows_left_out_are_counted_and_explained() -> None:
    dataset = survey(recommend=[10, None, 3], private={"Phone": ["1", "2", "3"]})
    blank = Unused("blank_row", 2, say("Empty rows"))
    receipt = replace(dataset.receipt, rows=5, rows_used=3, unused=(blank,))
    section = presented(Quality(), replace(dataset, receipt=receipt))
    assert ENGLISH(section.headline) == "3 of 5 rows are used."
    table = next(block for block in section.blocks() if isinstance(block, Table))
    told = [
        [ENGLISH(cell.value) if not isinstance(cell.value, int | None) else cell.value for cell in row.cells]  # type: ignore[arg-type]
        for row in table.rows
    ]
    assert told == [
        ["Whole file", 2, "Empty rows", None],
        ["Recommend", 1, "Empty in 33% of rows; these people do not count in this question.", "Show rows"],
        ["Phone", None, "Personal data: kept out of every page and report.", None],
    ]


def test_the_receipt_covers_the_whole_file_whatever_the_filter() -> None:
    dataset = survey(recommend=[10, None, 3] * 10, segment={"Region": ["a", "b", "b"] * 10})
    whole = presented(Quality(), dataset)
    filtered = presented(Quality(), dataset, selection=Selection((OneOf("region", (0,)),)))
    assert whole.rows == filtered.rows
    assert "whole file, also what the filter (Region: a) leaves out" in ENGLISH(filtered.base_line)


def test_a_file_that_is_used_completely_says_so() -> None:
    section = presented(Quality(), survey(recommend=[10, 9]))
    assert ENGLISH(section.headline) == "All 2 rows of the file are used."


def test_two_counts_that_disagree_are_a_warning_above_everything() -> None:
    dataset = survey(recommend=[10, 9])
    receipt = replace(dataset.receipt, unused=(Unused("readers_disagree", 6, say("Two counts disagree")),))
    first = presented(Quality(), replace(dataset, receipt=receipt)).blocks()[0]
    assert isinstance(first, Note)
    assert ENGLISH(first.text) == "Two counts disagree"


def test_people_without_a_score_can_be_looked_at() -> None:
    dataset = survey(recommend=[10, None, 3, None])
    found = found_rows(dataset, "missing_recommend")
    assert found is not None
    assert found.count == 2
    table = rows_table(found)
    assert [ENGLISH(cell.shown) for row in table.rows for cell in row.cells if cell.shown] == ["(empty)", "(empty)"]


def test_rows_of_personal_columns_are_never_found() -> None:
    dataset = survey(recommend=[10, 9], private={"Phone": ["13800000000", "1"]})
    entry = Unused("private_column", 2, say("Personal"), 1, cells=("13800000000", "1"))
    told = replace(dataset, receipt=replace(dataset.receipt, unused=(entry,)))
    assert not has_rows(told, entry)
    assert found_rows(told, "unused0") is None


def test_the_list_is_short_but_the_count_is_true() -> None:
    dataset = survey(recommend=[None, 10] * 300)
    found = found_rows(dataset, "missing_recommend")
    assert found is not None
    assert (found.count, len(found.rows)) == (300, MOST_SHOWN)
    assert ENGLISH(rows_table(found).subtitle or "") == "The first 200 of 300 rows"


def test_rows_that_hold_no_answers_are_shown_with_their_place() -> None:
    entry = Unused("total_row", 1, say("Totals"), places=(Place(41, "Total · 13812345678"),))
    dataset = survey(recommend=[10, 9])
    found = found_rows(replace(dataset, receipt=replace(dataset.receipt, unused=(entry,))), "unused0")
    assert found is not None
    assert [(row.number, row.text) for row in found.rows] == [(42, "Total · 138****5678")]
