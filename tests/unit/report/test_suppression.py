"""What is hidden beside the small groups, and that every page, sheet and file keeps to it."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from cxdesk.analysis.crosstab import Crosstab
from cxdesk.analysis.crosstab_values import CrosstabSpec
from cxdesk.analysis.segments import Segments
from cxdesk.analysis.trend import Trend, TrendSpec
from cxdesk.blocks.table import Table
from cxdesk.job import Unattended
from cxdesk.project.engine import Engine
from cxdesk.project.workspace import Workspace
from cxdesk.report.build import build_report
from cxdesk.report.report import ReportOptions
from cxdesk.report.suppression import suppressed
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Translator
from tests.builders import survey
from tests.simulations.disclosure import attacked_table, attacked_workbook
from tests.unit.analysis.presenting import presented
from tests.unit.report.test_build import MADE

ENGLISH, CHINESE, JOB = Translator("en"), Translator("zh_CN"), Unattended()


def regions(*sizes: int, unplaced: int = 0) -> Dataset:
    """One region per size, 10 and 3 in turn; some people without a region."""
    names = [name for place, size in enumerate(sizes) for name in [f"Region {place}"] * size]
    return survey(
        recommend=[10, 3] * ((len(names) + unplaced) // 2) + [10] * ((len(names) + unplaced) % 2),
        segment={"Region": [*names, *[None] * unplaced]},
    )


def table_of(section: object, key: str = "groups") -> Table:
    return next(block for block in section.blocks() if isinstance(block, Table) and block.key == key)  # type: ignore[attr-defined]


def hidden_codes(dataset: Dataset, key: str = "region") -> set[int]:
    return {code for _, at, code in suppressed(Sample(dataset), Rules(), {}).hidden if at == key}


@pytest.mark.parametrize(
    ("sizes", "unplaced", "hidden"),
    [
        ((50, 40, 20), 0, set()),
        ((50, 40, 20, 5), 0, {2}),
        ((50, 40, 20, 5, 6), 0, set()),
        ((50, 40, 20, 3, 4), 0, {2}),
        ((50, 40, 20, 5), 30, set()),
        ((50, 40, 20, 5), 2, {2}),
    ],
    ids=["none small", "one small", "two small", "two small, nine together", "others without region", "few without"],
)
def test_the_smallest_other_group_protects_a_small_one(sizes: tuple[int, ...], unplaced: int, hidden: set[int]) -> None:
    assert hidden_codes(regions(*sizes, unplaced=unplaced)) == hidden


def test_a_group_is_hidden_only_for_the_questions_that_few_of_a_small_one_answered() -> None:
    people = 120
    dataset = survey(
        recommend=[10, 3] * 60,
        satisfaction=[5 if place >= 6 else None for place in range(people)],
        segment={"Region": ["a"] * 14 + ["b"] * 50 + ["c"] * 56},
    )
    hidden = suppressed(Sample(dataset), Rules(), {}).hidden
    assert hidden == frozenset({("satisfaction", "region", 1)})


def test_a_shop_cannot_be_worked_out_from_its_region() -> None:
    shops = ["a1"] * 30 + ["a2"] * 5 + ["b1"] * 40 + ["b2"] * 40
    dataset = survey(recommend=([10, 3] * 58)[:115], segment={"Region": [shop[0] for shop in shops], "Shop": shops})
    assert hidden_codes(dataset, "shop") == {0}
    assert hidden_codes(dataset, "region") == set()


def test_the_page_says_in_both_languages_that_a_larger_group_is_hidden() -> None:
    engine, workspace = Engine(), Workspace(regions(50, 40, 20, 5))
    table = table_of(engine.section(workspace, "segments", JOB))
    assert [row.cells[0].value for row in table.rows[1:]] == ["Region 0", "Region 1"]
    assert table.legend is not None
    assert "1 group under 10 answers is not shown" in ENGLISH(table.legend)
    assert "1 larger group is not shown either, so that the small ones cannot be worked out" in ENGLISH(table.legend)
    assert "另有 1 个较大的组也不显示" in CHINESE(table.legend)
    assert engine.known(workspace, "segments") is not None


def test_screen_and_report_hide_the_same() -> None:
    dataset = regions(50, 40, 20, 5)
    screen = table_of(Engine().section(Workspace(dataset), "segments", JOB))
    report = build_report(Sample(dataset), Rules(), {}, ReportOptions(), "en", MADE, "1", JOB)
    sheet = next(sheet for sheet in report.sheets if sheet.key == "segments").section
    assert table_of(sheet, "region_groups").rows == screen.rows


def test_who_asks_for_small_groups_gets_all_of_them() -> None:
    options = ReportOptions(hide_small=False)
    report = build_report(Sample(regions(50, 40, 20, 5)), Rules(), {}, options, "en", MADE, "1", JOB)
    sheet = next(sheet for sheet in report.sheets if sheet.key == "segments").section
    assert len(table_of(sheet, "region_groups").rows) == 5


def test_periods_are_protected_too_and_keep_no_counts_behind() -> None:
    dataset = survey(
        recommend=([10, 3] * 100)[:165],
        date=["2025-07-10"] * 60 + ["2025-08-10"] * 40 + ["2025-09-10"] * 60 + ["2025-10-05"] * 5,
    )
    spec = TrendSpec(period="month")
    rules = suppressed(Sample(dataset), Rules(), {"trend": spec}, "trend")
    assert rules.hidden == frozenset({("recommend", "periods month", 1)})
    section = Trend().present(spec, Trend().compute(Sample(dataset), rules, spec, JOB))
    table = table_of(section, "periods")
    for row in table.rows:
        open_row = row.key not in {"period1", "period3"}
        assert (table.cell(row.key, "score").value is not None) is open_row
        assert (table.cell(row.key, "good").value is not None) is open_row
    told = [ENGLISH(shown) for row in table.rows if (shown := table.cell(row.key, "score").shown) is not None]
    assert told == ["not shown", "too few"]


def test_a_crosstab_turned_round_hides_the_line_of_a_small_group() -> None:
    dataset = regions(50, 40, 20, 5)
    spec = CrosstabSpec(rows=("region",), by="recommend")
    rules = suppressed(Sample(dataset), Rules(), {"crosstab": spec}, "crosstab")
    section = Crosstab().present(spec, Crosstab().compute(Sample(dataset), rules, spec, JOB))
    table = table_of(section, "crosstab")
    shown = {str(row.cells[0].value): [cell.value for cell in row.cells[2:4]] for row in table.rows if not row.head}
    assert None not in shown["Region 0"] + shown["Region 1"]
    assert shown["Region 2"] == [None, None]
    assert shown["Region 3"] == [None, None]


def test_both_sides_of_a_comparison_are_looked_at_together() -> None:
    dataset = survey(
        recommend=([10, 3] * 200)[:330],
        segment={
            "Year": ["2024"] * 150 + ["2025"] * 180,
            "Region": ["a"] * 60 + ["b"] * 60 + ["c"] * 30 + ["a"] * 60 + ["b"] * 114 + ["c"] * 6,
        },
    )
    tally = Tally(dataset)
    sample = tally.sample(Selection((OneOf("year", (1,)),)), tally.sample(Selection((OneOf("year", (0,)),))))
    rules = suppressed(sample, Rules(), {}, "compare")
    assert ("recommend", "region", 0) in rules.hidden
    assert not any(key.endswith(" before") for _, key, _ in rules.hidden)


def test_weighted_groups_of_a_small_effective_base_are_hidden_with_their_counts() -> None:
    dataset = survey(recommend=[10, 3] * 60, segment={"Region": ["a"] * 50 + ["b"] * 50 + ["c"] * 20})
    weights = np.ones(120)
    weights[100] = 200.0
    sample = Tally(dataset, weights).sample()
    hidden = suppressed(sample, Rules(), {}).hidden
    assert ("recommend", "region", 2) in hidden
    assert len({code for _, key, code in hidden if key == "region"}) == 2


def test_a_survey_without_small_groups_is_not_touched_and_costs_next_to_nothing() -> None:
    dataset = regions(*[400] * 5)
    sample, rules = Sample(dataset), Rules()
    assert suppressed(sample, rules, {}) is rules
    started = time.perf_counter()
    for _ in range(20):
        suppressed(sample, rules, {}, "segments")
    assert (time.perf_counter() - started) / 20 < 0.01


def test_direct_use_of_an_analysis_is_as_before() -> None:
    assert len(table_of(presented(Segments(), regions(50, 40, 20, 5))).rows) == 4


def test_stricter_rules_protect_larger_groups() -> None:
    dataset = regions(80, 60, 40, 15)
    assert suppressed(Sample(dataset), Rules(), {}).hidden == frozenset()
    strict = replace(Rules(), hide_below=20)
    assert suppressed(Sample(dataset), strict, {}).hidden == frozenset({("recommend", "region", 2)})


@pytest.mark.parametrize("seed", range(10))
def test_the_attacker_recovers_nothing_from_a_table(seed: int) -> None:
    random = np.random.default_rng(100 + seed)
    assert attacked_table(random, planned=True)[1] == 0


@pytest.mark.parametrize("seed", range(2))
def test_the_attacker_recovers_nothing_from_a_workbook(seed: int) -> None:
    assert attacked_workbook(np.random.default_rng(200 + seed), planned=True)[1] == 0


def test_the_attack_works_where_only_the_small_groups_are_hidden() -> None:
    random = np.random.default_rng(7)
    results = [attacked_table(random, planned=False) for _ in range(10)]
    assert sum(found for _, found in results) > 0
