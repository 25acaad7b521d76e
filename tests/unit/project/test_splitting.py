"""Many reports in one go: names, what is kept of an earlier run, errors of one file, stopping half way."""

from __future__ import annotations

import datetime
import errno
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cxdesk.job import Cancelled, Job, Unattended
from cxdesk.project.series_files import file_names, known_files, list_path
from cxdesk.project.splitting import Finished, SplitOrder, write_series
from cxdesk.project.splitting_request import incomplete, series_text
from cxdesk.project.workspace import Workspace
from cxdesk.render.excel.problem import refusal
from cxdesk.render.excel.save import Written
from cxdesk.render.excel.workbook import write_report
from cxdesk.report.report import Report, ReportOptions
from cxdesk.survey.base import Rules
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.survey.target import Target
from cxdesk.text import Text, Translator
from tests.builders import survey
from tests.unit.report.test_build import MADE
from tests.unit.report.test_splitting import departments

ENGLISH = Translator("en")
LEFT_OUT = frozenset({"data", "scores", "trend", "compare", "drivers", "crosstab", "quality"})


class Here:
    """Writes workbooks in this process; ``full`` are the names that the disk refuses."""

    def __init__(self, *full: str) -> None:
        self.full = full
        self.written: list[str] = []

    def call(self, function: str, arguments: tuple[object, ...], job: Job) -> Written:
        assert function == "cxdesk.render.excel.workbook:write_report"
        report, target = arguments
        assert isinstance(report, Report)
        assert isinstance(target, str)
        if Path(target).name in self.full:
            raise refusal(OSError(errno.ENOSPC, ""))
        self.written.append(Path(target).name)
        return write_report(report, target, job)


class StopAt(Unattended):
    """Stops when the report of this number begins; keeps the steps."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.steps: list[str] = []

    def progress(self, step: Text, done: int, total: int) -> None:
        self.steps.append(ENGLISH(step))
        if done == self.number:
            raise Cancelled


def run(
    folder: Path, workspace: Workspace | None = None, writer: Here | None = None, job: Job | None = None
) -> Finished:
    options = ReportOptions(left_out=LEFT_OUT)
    made: datetime.datetime = MADE
    order = SplitOrder("department", str(folder), options, "en", made)
    return write_series(workspace or Workspace(departments()), order, writer or Here(), job or Unattended())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.xlsx"))


def test_every_large_group_gets_its_report_and_the_contents_come_first(tmp_path: Path) -> None:
    finished = run(tmp_path / "new" / "folder")
    assert (finished.made, finished.kept, finished.without, finished.failed) == (3, 0, 2, ())
    assert names(tmp_path / "new" / "folder") == ["00 Contents.xlsx", "Ki-osk, 1.xlsx", "North.xlsx", "West.xlsx"]
    assert ENGLISH(series_text(finished)) == "3 reports saved. 2 groups are too small for a report."
    book = openpyxl.load_workbook(tmp_path / "new" / "folder" / "North.xlsx")
    words = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert "pulse – North" in words
    assert any("Department: North" in word for word in words)
    assert any("Clearly above everyone else" in word for word in words)


def test_a_second_run_keeps_what_would_be_the_same(tmp_path: Path) -> None:
    run(tmp_path)
    again = run(tmp_path)
    assert (again.made, again.kept, again.reports) == (0, 3, 3)
    (tmp_path / "North.xlsx").write_bytes(b"edited")
    (tmp_path / "West.xlsx").unlink()
    writer = Here()
    third = run(tmp_path, writer=writer)
    assert (third.made, third.kept) == (2, 1)
    assert writer.written == ["00 Contents.xlsx", "North.xlsx", "West.xlsx"]
    stricter = Workspace(departments(), rules=Rules(targets=(Target("nps", 40.0),)))
    assert run(tmp_path, stricter).made == 3


def test_a_run_that_was_stopped_goes_on(tmp_path: Path) -> None:
    job = StopAt(2)
    with pytest.raises(Cancelled):
        run(tmp_path, job=job)
    assert job.steps == ["Report 1 of 3", "Report 2 of 3", "Report 3 of 3"]
    assert names(tmp_path) == ["00 Contents.xlsx", "North.xlsx", "West.xlsx"]
    finished = run(tmp_path)
    assert (finished.made, finished.kept) == (1, 2)


def test_an_error_of_one_report_does_not_stop_the_others(tmp_path: Path) -> None:
    finished = run(tmp_path, writer=Here("North.xlsx"))
    assert (finished.made, len(finished.failed)) == (2, 1)
    assert names(tmp_path) == ["00 Contents.xlsx", "Ki-osk, 1.xlsx", "West.xlsx"]
    missing = incomplete(finished)
    assert missing is not None
    assert ENGLISH(missing.reason).startswith("1 report is missing: North.")
    contents = openpyxl.load_workbook(tmp_path / "00 Contents.xlsx").worksheets[0]
    words = [str(cell.value) for row in contents.iter_rows() for cell in row if cell.value]
    assert any("disk is full" in word for word in words)
    assert not any("North.xlsx" in word for word in words)


def test_files_of_other_people_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "North.xlsx").write_bytes(b"mine")
    run(tmp_path)
    assert (tmp_path / "North.xlsx").read_bytes() == b"mine"
    assert (tmp_path / "North (2).xlsx").exists()


def test_a_damaged_list_is_as_good_as_none(tmp_path: Path) -> None:
    for content in ("{", "[]", '{"files": 3}', '{"files": {"a": {}}}'):
        (tmp_path / "old.cxlist").write_text(content, "utf-8")
        assert list_path(tmp_path, ENGLISH).name == "old.cxlist"
        assert known_files(tmp_path / "old.cxlist") == {}
    assert "Recommend" not in _list_of(tmp_path)


def _list_of(folder: Path) -> str:
    run(folder)
    (path,) = folder.glob("*.cxlist")
    return path.read_text("utf-8")


def test_the_list_beside_the_reports_says_what_it_is_for(tmp_path: Path) -> None:
    run(tmp_path)
    (english,) = tmp_path.glob("*.cxlist")
    assert english.stem == "For continuing these reports (may be deleted)"
    chinese = SplitOrder("department", str(tmp_path), ReportOptions(left_out=LEFT_OUT), "zh_CN", MADE)
    write_series(Workspace(departments()), chinese, Here(), Unattended())
    assert [path.name for path in tmp_path.glob("*.cxlist")] == [english.name]
    english.unlink()
    write_series(Workspace(departments()), chinese, Here(), Unattended())
    (named,) = tmp_path.glob("*.cxlist")
    assert "可删除" in named.stem


def test_the_contents_say_that_a_report_of_all_is_not_part_of_the_plan(tmp_path: Path) -> None:
    run(tmp_path)
    notes = openpyxl.load_workbook(tmp_path / "00 Contents.xlsx").worksheets[1]
    words = [str(cell.value) for row in notes.iter_rows() for cell in row if cell.value]
    assert any("A report about everybody together is no part of this" in word for word in words)


def test_a_filter_holds_in_every_report(tmp_path: Path) -> None:
    dataset = departments()
    half = survey(
        recommend=[10, 3, 8, 9] * 50,
        segment={"Department": ["a", "b"] * 100, "Channel": ["Web"] * 100 + ["Shop"] * 100},
    )
    run(tmp_path, replace(Workspace(dataset), dataset=half, selection=Selection((OneOf("channel", (0,)),))))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    words = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("50 respondents" in word and "Channel: Web · Department: a" in word for word in words)


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (["A/B", "a-b"], ["A-B.xlsx", "a-b (2).xlsx"]),
        (["CON", "nul.txt", "LPT1"], ["CON-.xlsx", "nul.txt-.xlsx", "LPT1-.xlsx"]),
        (["  ..", "...x. "], ["-.xlsx", "x.xlsx"]),
        (["华东区", "é", "e\u0301"], ["华东区.xlsx", "é.xlsx", "é (2).xlsx"]),
        (["50% #1?", "a\nb"], ["50- -1-.xlsx", "a-b.xlsx"]),
        (["\u202egpj.exe"], ["-gpj.exe.xlsx"]),
        (["x" * 300], ["x" * 80 + ".xlsx"]),
    ],
)
def test_names_that_every_system_accepts(given: list[str], made: list[str]) -> None:
    assert file_names(given) == made
