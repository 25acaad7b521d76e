"""Who gets a report of their own, what it says on top, and the contents workbook over all."""

from __future__ import annotations

import io

import openpyxl
import pytest

from cxdesk.blocks.table import Table
from cxdesk.job import Unattended
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.verify import verify_content
from cxdesk.render.excel.workbook import workbook_content
from cxdesk.report.report import Report, ReportOptions
from cxdesk.report.splitting import Fate, Series, contents_report, series_of, splitting_questions, standing
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.target import Target
from cxdesk.text import Translator, say
from tests.builders import survey
from tests.unit.report.test_build import MADE

ENGLISH, CHINESE, JOB = Translator("en"), Translator("zh_CN"), Unattended()
SIZES = {"North": (120, 20, 60), "West": (20, 20, 80), 'Ki"osk, 1': (10, 5, 10), "Pier": (10, 0, 10), "Tiny": (2, 1, 2)}


def departments() -> Dataset:
    scores: list[int | None] = []
    names: list[str | None] = []
    for name, (high, middle, low) in SIZES.items():
        scores += [10] * high + [8] * middle + [3] * low
        names += [name] * (high + middle + low)
    satisfied = [5 if place % 3 else 2 for place in range(len(scores))]
    return survey(recommend=scores, satisfaction=satisfied, segment={"Department": names}, name="pulse.csv")


def series(*targets: Target) -> Series:
    dataset = departments()
    return series_of(Sample(dataset), dataset.question("department"), Rules(targets=targets))


def contents(made: Series, language: str = "en") -> Report:
    files = {part.code: f"{number}.xlsx" for number, part in enumerate(made.reported)}
    return contents_report(made, files, {}, ReportOptions(), "Pulse", language, MADE)


def tables(report: Report) -> dict[str, Table]:
    return {block.key: block for block in report.sheets[0].section.blocks() if isinstance(block, Table)}


def test_a_small_group_gets_no_report_and_neither_does_the_one_that_would_give_it_away() -> None:
    fates = {str(part.name): part.fate for part in series().parts}
    assert fates == {
        "North": Fate.REPORT,
        "West": Fate.REPORT,
        'Ki"osk, 1': Fate.REPORT,
        "Pier": Fate.WITHHELD,
        "Tiny": Fate.SMALL,
    }


def test_the_contents_name_every_group_and_give_small_ones_no_score() -> None:
    found = tables(contents(series()))
    reports, missing = found["reports"], found["missing"]
    assert [row.key for row in reports.rows] == ["all", "group0", "group1", "group2"]
    assert reports.cell("group0", "score").value == pytest.approx(30)
    assert reports.cell("group0", "file").value == "0.xlsx"
    assert reports.cell("all", "beside0").value is None
    told = {str(row.cells[0].value): (row.cells[1].value, ENGLISH(row.cells[2].value)) for row in missing.rows}  # type: ignore[arg-type]
    assert told == {
        "Pier": (20, "A group under 10 answers could be worked out from it."),
        "Tiny": (5, "Fewer than 10 answers."),
    }


def test_targets_and_the_distance_from_them() -> None:
    found = tables(contents(series(Target("nps", 40.0, "Department", "North"))))["reports"]
    assert found.cell("group0", "target").value == 40
    assert found.cell("group0", "away").value == pytest.approx(-10)
    assert found.cell("group1", "target").value is None
    assert "target" not in [column.key for column in tables(contents(series()))["reports"].columns]


def test_a_report_says_on_top_whose_it_is_and_where_the_group_stands() -> None:
    made = series(Target("nps", 40.0, "Department", "North"))
    note = standing(made, made.reported[0])
    assert note is not None
    assert ENGLISH(note.title) == "North and everyone else (Department)."
    assert ENGLISH(note.text).startswith("NPS +30 (n = 200). Clearly above everyone else, by ")
    assert ENGLISH(note.text).endswith("10 points below the target of +40: too close to call.")
    assert "比目标 +40 低 10 分" in CHINESE(note.text)


def test_a_difference_that_rounds_to_nothing_is_not_told_as_zero_points() -> None:
    alike = survey(recommend=[10, 8, 3, 9] * 50, segment={"Team": (["A"] * 4 + ["B"] * 4) * 25})
    made = series_of(Sample(alike), alike.question("team"), Rules())
    note = standing(made, made.reported[0])
    assert note is not None
    assert ENGLISH(note.text) == "NPS +25 (n = 100). Practically the same as everyone else."
    assert CHINESE(note.text) == "NPS +25（n = 100）。与其他人几乎相同。"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_names_in_the_contents_open_their_files(language: str) -> None:
    model = layout(contents(series(), language), Translator(language))
    content = workbook_content(model, JOB)
    verify_content(content, model, JOB)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=HYPERLINK")]
    assert '=HYPERLINK("0.xlsx","North")' in formulas
    assert '=HYPERLINK("2.xlsx","Ki""osk, 1")' in formulas
    assert len(formulas) == 6
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    assert "North" in [cell.value for row in shown.iter_rows() for cell in row]


def test_a_report_that_failed_is_among_the_missing_with_its_reason() -> None:
    made = series()
    report = contents_report(made, {0: "North.xlsx"}, {1: say("No room.")}, ReportOptions(), "Pulse", "en", MADE)
    missing = {str(row.cells[0].value): row.cells[2].value for row in tables(report)["missing"].rows}
    assert ENGLISH(missing["West"]) == "No room."  # type: ignore[arg-type]
    assert ENGLISH(report.sheets[0].section.headline) == "1 report by “Department”. 4 groups have none."


def test_only_segments_part_reports_and_only_where_there_is_a_score() -> None:
    assert [question.id for question in splitting_questions(departments())] == ["department"]
    assert splitting_questions(survey(segment="aabb")) == ()
    dataset = survey(segment="aabb")
    with pytest.raises(ValueError, match="scored"):
        series_of(Sample(dataset), dataset.question("segment"), Rules())
