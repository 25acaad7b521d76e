"""What was read and what was not used."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.analysis.quality import Quality
from cxdesk.blocks.table import Table
from cxdesk.survey.receipt import Unused
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
        ["Whole file", 2, "Empty rows"],
        ["Recommend", 1, "Empty in 33% of rows; these people do not count in this question."],
        ["Phone", None, "Personal data: kept out of every page and report."],
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
