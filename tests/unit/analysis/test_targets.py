"""Met, missed, too close to call: by the range, not by the score; shown on every page that has the measure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cxdesk.analysis.base import Analysis
from cxdesk.analysis.measure import Score, headline_measure
from cxdesk.analysis.overview import Overview
from cxdesk.analysis.segments import Segments
from cxdesk.analysis.targets import Verdict, target_of, target_of_sample, target_text, targets_items, verdict
from cxdesk.analysis.trend import Trend
from cxdesk.blocks.chart import Chart
from cxdesk.blocks.figure import Figure
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Table
from cxdesk.job import Unattended
from cxdesk.survey.base import Base, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.scale import Direction, Scale
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.survey.target import Target
from cxdesk.text import Translator
from tests.builders import survey

SHOPS = survey(
    recommend=[10, 9, 3, 8] * 60,
    satisfaction=[5, 4, 2, 4] * 60,
    effort=[1, 2, 3, 4] * 60,
    rating={"Staff": [5, 4, 4, 4] * 60},
    segment={"Region": ["North", "South"] * 120},
    date=["2025-07-01", "2025-08-30", "2025-09-30"] * 80,
    effort_scale=Scale(1, 7, direction=Direction.LOW_IS_GOOD),
)
NPS = headline_measure(SHOPS.question("recommend"), Rules())
EFFORT = headline_measure(SHOPS.question("effort"), Rules())


def score(low: float | None, high: float | None) -> Score:
    return Score(40, low, high, Base(100), 20, 20, 60)


def page(analysis: Analysis[Any, Any], *targets: Target, selection: Selection = Selection()) -> Section:
    rules, spec = Rules(targets=targets), analysis.default(SHOPS)
    return analysis.present(spec, analysis.compute(Sample(SHOPS, selection), rules, spec, Unattended()))


def table(section: Section, key: str) -> Table:
    return next(block for block in section.blocks() if isinstance(block, Table) and block.key == key)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (33, 47, Verdict.OPEN),
        (40, 47, Verdict.MET),
        (39.999, 47, Verdict.OPEN),
        (20, 40, Verdict.OPEN),
        (20, 39.999, Verdict.MISSED),
        (None, None, Verdict.UNKNOWN),
    ],
)
def test_the_range_decides(low: float | None, high: float | None, expected: Verdict) -> None:
    assert verdict(NPS, score(low, high), Target("nps", 40)) is expected


def test_where_low_is_good_the_reading_is_turned_round() -> None:
    assert verdict(EFFORT, score(2.1, 2.5), Target("ces", 3)) is Verdict.MET
    assert verdict(EFFORT, score(3.1, 3.5), Target("ces", 3)) is Verdict.MISSED
    assert verdict(EFFORT, score(2.9, 3.0), Target("ces", 3)) is Verdict.MET
    assert verdict(EFFORT, score(2.9, 3.1), Target("ces", 3)) is Verdict.OPEN


def test_the_words_of_the_question_go_before_the_name_of_the_measure() -> None:
    rules = Rules(targets=(Target("nps", 40), Target("RECOMMEND", 50), Target("nps", 60, "Region", "north")))
    assert target_of(NPS, rules) == rules.targets[1]
    assert target_of(NPS, rules, SHOPS.question("region"), 0) == rules.targets[2]
    assert target_of(NPS, rules, SHOPS.question("region"), 1) is None
    assert target_of(EFFORT, rules) is None


def test_a_filter_of_one_group_has_the_target_of_the_group() -> None:
    rules = Rules(targets=(Target("nps", 40), Target("nps", 60, "Region", "North")))
    for codes, expected in (((0,), 60), ((1,), None), ((0, 1), None)):
        found = target_of_sample(NPS, Sample(SHOPS, Selection((OneOf("region", codes),))), rules)
        assert (None if found is None else found.value) == expected
    everybody = target_of_sample(NPS, Sample(SHOPS), rules)
    assert everybody is not None
    assert everybody.value == 40


def test_the_card_says_target_and_verdict() -> None:
    assert str(target_text(NPS, score(33, 47), Target("nps", 40))) == "Target +40: too close to call (+33 to +47)"
    assert str(target_text(NPS, score(None, None), Target("nps", 40))) == "Target +40: too few answers to tell"
    said = Translator("zh_CN")(target_text(NPS, score(33, 47), Target("nps", 40)))
    assert said == "目标 +40：尚无法判断（+33 至 +47）"
    section = page(Overview(), Target("nps", -50), Target("csat", 0.95), Target("ces", 3))
    cards = {
        block.key: [str(each) for each in block.captions] for block in section.blocks() if isinstance(block, Figure)
    }
    assert any(each.startswith("Target −50: met (") for each in cards["recommend"])
    assert any(each.startswith("Target 95%: missed (") for each in cards["satisfaction"])
    assert any(each.startswith("Target 3.0: met (") for each in cards["effort"])


def test_segments_have_the_columns_only_where_the_split_has_targets() -> None:
    plain = table(page(Segments(), Target("nps", 10)), "groups")
    assert "target" not in [column.key for column in plain.columns]
    split = table(page(Segments(), Target("nps", 10), Target("nps", 99, "Region", "North")), "groups")
    assert [split.cell(row, "target").value for row in ("all", "group0", "group1")] == [10, 99, None]
    assert [str(split.cell(row, "verdict").value) for row in ("all", "group0", "group1")] == ["met", "missed", ""]


def test_a_trend_draws_the_line_and_judges_every_period() -> None:
    section = page(Trend(), Target("nps", 90))
    chart = next(block for block in section.blocks() if isinstance(block, Chart))
    assert chart.target == 90
    periods = table(section, "periods")
    assert {str(periods.cell(row.key, "verdict").value) for row in periods.rows} == {"missed"}
    none = page(Trend())
    assert next(block for block in none.blocks() if isinstance(block, Chart)).target is None
    assert "target" not in [column.key for column in table(none, "periods").columns]


def test_the_notes_list_all_targets() -> None:
    rules = Rules(targets=(Target("nps", 40), Target("Staff", 0.8, "Region", "North")))
    ((title, words),) = targets_items(SHOPS, rules)
    assert str(title) == "Targets"
    assert str(words).endswith("NPS +40, Staff for Region North 80%")
    assert targets_items(SHOPS, Rules()) == []


def test_a_target_of_another_survey_changes_nothing() -> None:
    other: Dataset = replace(SHOPS, key="other")
    rules = Rules(targets=(Target("Parking", 0.8),))
    spec = Overview().default(other)
    cards = Overview().present(spec, Overview().compute(Sample(other), rules, spec, Unattended())).blocks()
    assert not [each for card in cards if isinstance(card, Figure) for each in card.captions if "Target" in str(each)]
