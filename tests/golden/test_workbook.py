"""The inside of a small workbook, part by part, as it was reviewed last.

``pytest tests/golden --accept`` (or CXDESK_ACCEPT=1) writes what is made now in the place of what was accepted; the
difference is then read like any other change.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cxdesk.report.report import SheetKind
from tests.unit.render.excel.opening import made, parts
from tests.unit.render.reports import groups_table, report, section, sheet, summary

ACCEPTED = Path(__file__).parent / "workbook"
LEFT_OUT = ("docProps/app.xml", "xl/theme/")
"""Parts that say nothing about the report."""


def written_out(language: str) -> str:
    """Every part of the workbook, sorted by name, one element per line."""
    content = made(
        report(sheet(summary(), SheetKind.SUMMARY), sheet(section(groups_table())), language=language, author="CX team")
    )
    pieces = []
    for name, text in sorted(parts(content, "").items()):
        if not name.startswith(LEFT_OUT):
            pieces.append(f"===== {name}\n" + text.replace("><", ">\n<").strip() + "\n")
    return "".join(pieces)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_workbook_is_the_one_that_was_accepted(language: str, request: pytest.FixtureRequest) -> None:
    file = ACCEPTED / f"{language}.xml.txt"
    now = written_out(language)
    if request.config.getoption("--accept", default=False) or os.environ.get("CXDESK_ACCEPT"):
        file.write_text(now, "utf-8")
    accepted = file.read_text("utf-8")
    assert now.splitlines() == accepted.splitlines(), "read the difference, then accept it with --accept"
