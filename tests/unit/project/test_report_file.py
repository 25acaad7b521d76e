"""Where reports go: a name that every system takes, and never the place of a report that somebody else made."""

from pathlib import Path

import pytest

from cxdesk.project.report_file import free_path, proposed_path, shown_path


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Q3 – report", "Q3 – report.xlsx"),
        ("门店满意度调查_报告", "门店满意度调查_报告.xlsx"),
        ('a/b\\c:d*e?"f<g>h|i', "a-b-c-d-e--f-g-h-i.xlsx"),
        ("tab\there", "tab-here.xlsx"),
        ("ends in stops. . .", "ends in stops.xlsx"),
        ("...", "report.xlsx"),
    ],
)
def test_a_name_that_every_system_takes(name: str, file: str, home: Path) -> None:
    assert proposed_path(name) == home / "Documents" / "CX Desk" / file


def test_what_is_there_is_not_replaced(tmp_path: Path) -> None:
    wanted = tmp_path / "report.xlsx"
    assert free_path(wanted) == wanted
    wanted.write_bytes(b"")
    assert free_path(wanted) == tmp_path / "report (2).xlsx"
    (tmp_path / "report (2).xlsx").write_bytes(b"")
    assert free_path(wanted) == tmp_path / "report (3).xlsx"


def test_a_report_of_this_session_is_replaced(tmp_path: Path) -> None:
    wanted = tmp_path / "report.xlsx"
    wanted.write_bytes(b"")
    assert free_path(wanted, frozenset({str(wanted)})) == wanted


def test_a_place_is_shown_from_the_documents_on(home: Path) -> None:
    assert shown_path(proposed_path("Q3")) == "Documents › CX Desk › Q3.xlsx"
    assert shown_path(Path("/data/reports/Q3.xlsx")).endswith("data › reports › Q3.xlsx")
