"""The comparison of two sides: every change, the groups, the reasons that add up, the same people twice."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest

from cxdesk.analysis.compare import Compare, CompareSpec
from cxdesk.analysis.compare_values import CompareResult
from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.note import Empty, Findings, Note
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Mark, Table
from cxdesk.job import Unattended
from cxdesk.stats.nps import nps_score
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.survey.selection import Between, OneOf, Selection
from tests.builders import survey

RULES = Rules()
People = dict[str, tuple[int, int, int]]


def two_waves(before: People, now: People, ids: bool = False) -> Dataset:
    """Regions with (promoters, passives, detractors) in two waves."""
    scores: list[int | None] = []
    waves: list[str | None] = []
    regions: list[str | None] = []
    for wave, people in (("W1", before), ("W2", now)):
        for region, counts in people.items():
            for score, count in zip((10, 8, 2), counts, strict=True):
                scores += [score] * count
                waves += [wave] * count
                regions += [region] * count
    names: list[str | None] = []
    for wave in ("W1", "W2"):
        names += [f"person {place}" for place in range(waves.count(wave))]
    data = survey(
        recommend=scores,
        satisfaction=[5 if score == 10 else 3 for score in scores],
        segment={"Wave": waves, "Region": regions},
        respondent=names if ids else None,
        options={"Wave": ["W1", "W2"], "Region": ["North", "South", "East"]},
    )
    waved = tuple(replace(each, role=Role.WAVE) if each.id == "wave" else each for each in data.questions)
    return replace(data, questions=waved)


def compared(data: Dataset, spec: CompareSpec = CompareSpec()) -> CompareResult:
    tally = Tally(data)
    before = tally.sample(Selection((OneOf("wave", (0,)),)))
    return Compare().compute(tally.sample(Selection((OneOf("wave", (1,)),)), before), RULES, spec, Unattended())


def section(data: Dataset) -> Section:
    return Compare().present(CompareSpec(), compared(data))


SAME = {"North": (50, 30, 20), "South": (60, 20, 20)}
BETTER = {"North": (90, 5, 5), "South": (60, 20, 20)}


def test_both_sides_are_named_and_measured() -> None:
    result = compared(two_waves(SAME, BETTER))
    assert (result.before, result.now) == ("W1", "W2")
    shift = result.shifts[0]
    assert shift.before.value is not None
    assert shift.now.value is not None
    assert shift.before.value == pytest.approx(nps_score(110, 50, 40))
    assert shift.now.value == pytest.approx(nps_score(150, 25, 25))
    assert shift.gap is not None
    assert shift.gap.value == pytest.approx(shift.now.value - shift.before.value)
    assert shift.mark is Mark.ABOVE
    assert [each.part for each in result.shifts] == ["", "bad", "good", ""]


def test_a_second_question_of_a_kind_goes_by_its_own_words() -> None:
    data = two_waves(SAME, BETTER)
    twins = replace(
        data,
        questions=tuple(
            replace(
                each, role=Role.RECOMMEND, text="Would you recommend our shop?", scale=data.question("recommend").scale
            )
            if each.id == "satisfaction"
            else each
            for each in data.questions
        ),
    )
    table = next(block for block in section(twins).blocks() if isinstance(block, Table) and block.key == "changes")
    names = [str(row.cells[0].value) for row in table.rows if not row.indent]
    assert names == ["NPS", "Would you recommend our shop?"]


def test_a_clear_change_leads_and_an_unclear_one_is_called_chance() -> None:
    assert str(section(two_waves(SAME, BETTER)).headline) == (
        "NPS is clearly higher: +63, 28 points above W1 (+35). 1 more measure changed clearly."
    )
    calm = section(two_waves(SAME, {"North": (52, 29, 19), "South": (60, 20, 20)}))
    assert str(calm.headline) == "No clear change between W1 and W2; every difference could be chance."


def test_each_group_is_compared_with_itself() -> None:
    result = compared(two_waves(SAME, BETTER))
    assert [(group.name, group.mark) for group in result.groups] == [("North", Mark.ABOVE), ("South", Mark.CHANCE)]


def test_small_groups_are_counted_and_not_shown() -> None:
    small = {**SAME, "East": (5, 0, 0)}
    result = compared(two_waves(small, {**BETTER, "East": (4, 0, 0)}))
    assert [group.name for group in result.groups] == ["North", "South"]
    assert result.hidden == 1


def test_reasons_add_up_to_the_change_exactly() -> None:
    shifted = {"North": (90, 5, 5), "South": (180, 60, 60), "East": (5, 0, 1)}
    data = two_waves(SAME, shifted)
    result = compared(data)
    assert result.reasons is not None
    parts = result.reasons.parts
    assert parts.rate_total + parts.mix_total == pytest.approx(parts.change, abs=1e-9)
    change = result.shifts[0].gap
    assert change is not None
    assert parts.change == pytest.approx(change.value, abs=1e-9)
    tables = [block for block in section(data).blocks() if isinstance(block, Table)]
    reasons = next(table for table in tables if table.key == "reasons")
    both = [row.cells[-1].value for row in reasons.rows if not row.total]
    assert sum(value for value in both if isinstance(value, float)) == pytest.approx(parts.change)


def test_the_steps_lead_from_the_score_before_to_the_score_now() -> None:
    found = section(
        two_waves({"North": (60, 20, 20), "South": (40, 30, 30)}, {"North": (90, 20, 10), "South": (30, 30, 40)})
    )
    (steps,) = (block for block in found.blocks() if isinstance(block, Chart) and block.kind is ChartKind.BRIDGE)
    values = [value or 0.0 for value in steps.series[0].values]
    assert values[0] == pytest.approx(nps_score(100, 50, 50))
    assert values[-1] == pytest.approx(sum(values[:-1]))
    assert [str(name) for name in steps.categories[2:-1]] == ["North", "South"]
    assert values[2] > 0 > values[3]


def test_another_mix_of_people_is_said_above_the_numbers() -> None:
    shifted = section(two_waves(SAME, {"North": (50, 30, 20), "South": (240, 80, 80)}))
    note = next(block for block in shifted.blocks() if isinstance(block, Note))
    assert "went from 50% to" in str(note.text)
    calm = section(two_waves(SAME, BETTER))
    assert not [block for block in calm.blocks() if isinstance(block, Note)]
    alike = next(block for block in calm.blocks() if isinstance(block, Findings))
    assert str(alike.lines[0].lead) == "Similar mix"


def test_the_same_people_are_compared_as_pairs() -> None:
    result = compared(two_waves(SAME, BETTER, ids=True))
    assert result.pairs is not None
    assert result.pairs.people == 200
    assert result.pairs.value == pytest.approx(nps_score(150, 25, 25) - nps_score(110, 50, 40))
    assert compared(two_waves(SAME, BETTER)).pairs is None


def test_questions_of_one_side_are_named() -> None:
    data = survey(
        recommend=[10] * 60 + [0] * 60,
        satisfaction=[None] * 60 + [4] * 60,
        segment={"Wave": ["W1"] * 60 + ["W2"] * 60},
        options={"Wave": ["W1", "W2"]},
    )
    result = compared(data)
    assert [question.id for question in result.only_now] == ["satisfaction"]
    assert [shift.rule.question.id for shift in result.shifts] == ["recommend"] * 3


def test_without_a_comparison_the_page_says_how_to_choose_one() -> None:
    data = two_waves(SAME, BETTER)
    result = Compare().compute(Tally(data).sample(), RULES, CompareSpec(), Unattended())
    (empty,) = Compare().present(CompareSpec(), result).blocks()
    assert isinstance(empty, Empty)
    assert empty.action == "compare_with"


def test_periods_are_called_by_their_names() -> None:
    days = [datetime.date(2025, 4, 1) + datetime.timedelta(days=place) for place in range(180)]
    data = survey(recommend=[10, 8, 3] * 60, date=days)
    tally = Tally(data)
    second = Selection((Between("date", datetime.date(2025, 4, 1), datetime.date(2025, 6, 30)),))
    third = Selection((Between("date", datetime.date(2025, 7, 1), datetime.date(2025, 9, 30)),))
    result = Compare().compute(tally.sample(third, tally.sample(second)), RULES, CompareSpec(), Unattended())
    assert (str(result.before), str(result.now)) == ("Q2 2025", "Q3 2025")


def test_chance_alone_is_rarely_called_clear() -> None:
    random = np.random.default_rng(11)
    clear = 0
    for _ in range(100):
        sides = [
            {region: tuple(random.multinomial(80, (0.5, 0.3, 0.2)).tolist()) for region in ("North", "South")}
            for _ in range(2)
        ]
        clear += "clearly" in str(section(two_waves(*sides)).headline)  # type: ignore[arg-type]
    assert clear <= 10
