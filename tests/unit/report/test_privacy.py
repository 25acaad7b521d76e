"""A report says what it keeps out: personal columns, and personal items that were masked inside comments."""

from __future__ import annotations

import datetime

import pytest

from cxdesk.blocks.table import Table
from cxdesk.job import Unattended
from cxdesk.report.build import build_report
from cxdesk.report.privacy import masked_items
from cxdesk.report.report import Report, ReportOptions
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.text import Translator
from tests.builders import survey


def made(*, hide: bool, data: bool) -> Report:
    people = survey(
        recommend=[10, 9, 3] * 20,
        comment=["call 13812345678 or mail a@example.com", "fine", None] * 20,
        private={"Phone": ["13800000000"] * 60, "Name": ["Wang"] * 60},
    )
    options = ReportOptions(frozenset() if data else frozenset({"data"}), hide_private=hide)
    day = datetime.datetime(2025, 11, 22, 9, 0)  # noqa: DTZ001 - reports carry local time
    return build_report(Sample(people), Rules(), {}, options, "en", day, "1", Unattended())


def notes(report: Report) -> list[str]:
    sheet = next(sheet for sheet in report.sheets if sheet.key == "notes")
    table = next(block for block in sheet.section.blocks() if isinstance(block, Table))
    english = Translator("en")
    return [english(row.cells[1].value) for row in table.rows if english(row.cells[0].value) == "Personal data"]  # type: ignore[arg-type]


@pytest.mark.parametrize(("hide", "data", "masked"), [(True, True, 40), (False, True, 0), (True, False, 0)])
def test_columns_and_masked_items_are_counted(hide: bool, data: bool, masked: int) -> None:
    report = made(hide=hide, data=data)
    assert masked_items(report.data) == masked
    told = ["2 columns with personal data are kept out of this report."]
    if masked:
        told.append("40 phone numbers, addresses and other personal items inside comments are masked.")
    assert notes(report) == told
