"""Reports pass Microsoft's own validator, where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.render.excel.opening import made
from tests.unit.render.excel.test_workbook import PAYLOADS, words_table
from tests.unit.render.reports import data_columns, data_sheet, full_report, report, section, sheet
from tests.validate.validator import errors_of, find_validator

VALIDATOR = find_validator()
pytestmark = pytest.mark.skipif(VALIDATOR is None, reason="no Open XML validator: name it with CXDESK_VALIDATOR")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_reports_have_no_errors(tmp_path: Path, language: str) -> None:
    file = tmp_path / "report.xlsx"
    file.write_bytes(made(full_report(language)))
    assert errors_of(str(VALIDATOR), file) == []


def test_awkward_words_make_no_errors(tmp_path: Path) -> None:
    file = tmp_path / "words.xlsx"
    words = [*PAYLOADS, "\x00\x07", "x" * 40_000, "a\n" * 400]
    file.write_bytes(made(report(sheet(section(words_table(words))), data_sheet(), data=data_columns(words))))
    assert errors_of(str(VALIDATOR), file) == []


def test_a_damaged_workbook_has_errors(tmp_path: Path) -> None:
    file = tmp_path / "damaged.xlsx"
    file.write_bytes(made(full_report())[:-100])
    assert errors_of(str(VALIDATOR), file)
