"""Weights and targets in the report: people beside weighted counts, live formulas, and notes that tell everything."""

from __future__ import annotations

import datetime

import pytest

from cxdesk.analysis.weights import weights_of
from cxdesk.blocks.table import Table
from cxdesk.job import Unattended
from cxdesk.render.excel.layout import layout
from cxdesk.render.excel.verify import verify_content
from cxdesk.render.excel.workbook import workbook_content
from cxdesk.report.build import build_report
from cxdesk.report.report import Report, ReportOptions
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.survey.target import Target
from cxdesk.survey.weighting import Margin, Weighting
from cxdesk.text import Text, Translator, say
from tests.builders import survey
from tests.unit.render.excel.opening import opened, texts

MADE = datetime.datetime.fromisoformat("2025-10-05T09:14")
SHOPS = survey(
    recommend=[10, 9, 3, 8, 7, 10] * 40,
    satisfaction=[5, 4, 2, 4, 3, 5] * 40,
    segment={"Region": ["North", "South", "South"] * 80, "Kind": ["a", "b"] * 120},
    date=["2025-07-01", "2025-08-30"] * 120,
    weight=[0.5, 1.0, 2.0, 0.5, 1.0, 1.0] * 40,
)
TARGETS = Rules(targets=(Target("nps", 10), Target("nps", 90, "Region", "North")))
OWN = Weighting(margins=(Margin("region", (0.5, 0.5)),))
COLUMN = Weighting("weight")


def sample(weighting: Weighting, selection: Selection = Selection()) -> Sample:
    return Tally(SHOPS, weights_of(SHOPS, weighting), weighting).sample(selection)


def report(of: Sample, language: str = "en") -> Report:
    return build_report(of, TARGETS, {}, ReportOptions(), language, MADE, "1.0", Unattended())


def notes(made: Report) -> dict[str, list[str]]:
    said = Translator(made.language)
    table = next(sheet for sheet in made.sheets if sheet.key == "notes").section.blocks()[0]
    found: dict[str, list[str]] = {}
    assert isinstance(table, Table)
    for item, detail in (row.cells for row in table.rows):
        assert isinstance(item.value, Text)
        assert isinstance(detail.value, Text)
        found.setdefault(said(item.value), []).append(said(detail.value))
    return found


def test_the_notes_tell_targets_cap_and_what_was_achieved() -> None:
    found = notes(report(sample(OWN)))
    assert found["Weighting"][0].startswith("On, by raking, so that Region match own target shares; no weight above 5.")
    assert "240 answers carry the precision of 213" in found["Weighting"][0]
    shares = "“Region”: North 33% (target 50%, weighted 50%), South 67% (target 50%, weighted 50%)"
    assert found["Target shares"] == [shares]
    assert found["Targets"][0].endswith("NPS +10, NPS for Region North +90")


def test_a_filter_changes_the_base_and_not_what_was_weighted() -> None:
    found = notes(report(sample(OWN, Selection((OneOf("kind", (0,)),)))))
    assert "120 answers carry the precision of" in found["Weighting"][0]
    assert found["Target shares"][0].startswith("“Region”: North 33% (target 50%, weighted 50%)")


def test_a_column_of_weights_is_named() -> None:
    assert notes(report(sample(COLUMN)))["Weighting"][0].startswith("On, by the column “Weight”.")
    assert notes(report(Sample(SHOPS)))["Weighting"] == [
        "Off. The file has a weight column (“Weight”) that is not used."
    ]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("weighting", [OWN, COLUMN], ids=["own", "column"])
def test_the_workbook_reads_back_with_people_beside_weighted_counts(weighting: Weighting, language: str) -> None:
    translator = Translator(language)
    model = layout(report(sample(weighting), language), translator)
    content = workbook_content(model, Unattended())
    verify_content(content, model, Unattended())
    book = opened(content)
    for name in (say("Segments"), say("Trend")):
        words = set(map(str, texts(book[translator(name)]).values()))
        for word in ("n", translator(say("Weighted answers")), translator(say("Target"))):
            assert word in words, (name, word)
    assert translator(say("missed")) in set(map(str, texts(book[translator(say("Segments"))]).values()))


def test_the_trend_has_its_target_as_a_line_of_the_sheet() -> None:
    model = layout(report(sample(OWN)), Translator("en"))
    charts = [chart for sheet in model.sheets for chart in sheet.charts if chart.chart.target is not None]
    assert charts
    names = [reads.name for reads in charts[0].ranges]
    assert "Target" in names
