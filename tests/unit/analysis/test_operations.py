"""Operational numbers beside the score: figures against numpy, small groups hidden, nothing claimed too much."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cxdesk.analysis.operations import Operations, OperationsSpec
from cxdesk.analysis.operations_values import OperationsResult
from cxdesk.blocks.note import Empty, Findings, Note
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Mark, Table
from cxdesk.job import Cancelled, Unattended
from cxdesk.stats.difference import proportion_difference
from cxdesk.stats.proportion import wilson
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Text, Translator
from tests.builders import survey
from tests.unit.analysis.operational import COUNT, HOURS, YUAN, with_operations

HOUR = 3600.0


def desk(people: int = 600, seed: int = 3) -> Dataset:
    """A service desk: who waited longer scores lower, the West waits longest, few customers bring much."""
    random = np.random.default_rng(seed)
    regions = random.choice(["North", "East", "West"], people)
    waited = np.exp(random.normal(1.0, 0.8, people)) * np.where(regions == "West", 2.5, 1.0)
    scores = np.clip(np.rint(10 - 0.6 * waited + random.normal(0, 1.5, people)), 0, 10).astype(int)
    revenue = np.exp(random.normal(5 + 0.05 * scores, 1.2))
    churned = random.random(people) < 0.35 - 0.03 * scores
    unknown = random.random(people) < 0.05
    return with_operations(
        survey(recommend=scores.tolist(), segment={"Region": regions.tolist()}),
        {
            "First reply": (HOURS, [None if gone else w * HOUR for w, gone in zip(waited, unknown, strict=True)]),
            "Revenue": (YUAN, revenue.tolist()),
            "Orders": (COUNT, random.poisson(4, people).astype(float).tolist()),
        },
        {"Churned": churned.tolist()},
    )


def computed(dataset: Dataset, spec: OperationsSpec = OperationsSpec(), rules: Rules = Rules()) -> OperationsResult:
    return Operations().compute(Sample(dataset), rules, spec, Unattended())


def page(dataset: Dataset, spec: OperationsSpec = OperationsSpec()) -> Section:
    return Operations().present(spec, computed(dataset, spec))


def table(section: Section, key: str) -> Table:
    return next(block for block in section.blocks() if isinstance(block, Table) and block.key == key)


def numbers(dataset: Dataset, name: str) -> np.ndarray:
    found = dataset.answers[name].numbers
    assert found is not None
    return found


def parts(dataset: Dataset) -> dict[str, np.ndarray]:
    codes = dataset.codes("recommend")
    return {"bad": codes <= 6, "middle": (codes == 7) | (codes == 8), "good": (codes >= 9) & (codes <= 10)}


def test_times_are_medians_tails_and_shares_within_the_limit() -> None:
    dataset = desk()
    facts = computed(dataset, OperationsSpec(limit=str(int(4 * HOUR)))).columns[0]
    assert facts.by_score is not None
    waited = numbers(dataset, "first reply")
    for fact in facts.by_score.groups:
        mine = waited[parts(dataset)[fact.key]]
        mine = mine[~np.isnan(mine)]
        assert fact.base.n == len(mine)
        assert fact.value == pytest.approx(np.median(mine))
        assert fact.tail == pytest.approx(np.quantile(mine, 0.9))
        within = int((mine <= 4 * HOUR).sum())
        assert fact.second == pytest.approx(within / len(mine))
        reach = wilson(within, len(mine))
        assert fact.second_low == pytest.approx(reach.low)
        assert fact.second_high == pytest.approx(reach.high)
        assert fact.low is not None
        assert fact.high is not None
        assert fact.low < np.median(mine) < fact.high
    assert facts.everyone.base.no_answer == int(np.isnan(waited).sum())


def test_who_waited_longer_scores_lower_and_the_page_says_so() -> None:
    facts = computed(desk()).columns[0]
    assert facts.by_score is not None
    marks = {fact.key: fact.mark for fact in facts.by_score.groups}
    assert marks == {"bad": Mark.ABOVE, "middle": Mark.BELOW, "good": Mark.BELOW}
    said = str(page(desk()).headline)
    assert said.startswith("Detractors: median “First reply”")
    assert "hours longer than everyone else" in said


def test_amounts_are_means_with_medians_beside_them() -> None:
    dataset = desk()
    facts = computed(dataset, OperationsSpec(column="revenue", by="region")).columns[0]
    assert facts.by_segment is not None
    codes, revenue = dataset.codes("region"), numbers(dataset, "revenue")
    for fact in facts.by_segment.groups:
        mine = revenue[codes == int(fact.key.removeprefix("group"))]
        assert fact.value == pytest.approx(mine.mean())
        assert fact.second == pytest.approx(np.median(mine))
        assert fact.gap is not None
        rest = revenue[codes != int(fact.key.removeprefix("group"))]
        assert fact.gap.value == pytest.approx(mine.mean() - rest.mean())
        assert fact.gap.low is not None


def test_a_yes_or_no_is_a_share_compared_as_shares_are() -> None:
    dataset = desk()
    facts = computed(dataset, OperationsSpec(column="churned")).columns[0]
    assert facts.by_score is not None
    left = dataset.codes("churned") == 0
    for fact in facts.by_score.groups:
        inside = parts(dataset)[fact.key]
        assert fact.value == pytest.approx(left[inside].mean())
        known = proportion_difference(left[inside].sum(), inside.sum(), left[~inside].sum(), (~inside).sum())
        assert fact.gap is not None
        assert known.p is not None
        assert fact.gap.p == pytest.approx(known.p, abs=1e-9)


def test_worth_is_cut_into_thirds_that_add_up() -> None:
    dataset = desk()
    spec = OperationsSpec(column="revenue")
    grid = computed(dataset, spec).columns[0].grid
    assert grid is not None
    assert [group.score.base.n for group in grid.groups] == [200, 200, 200]
    assert sum(group.part for group in grid.groups) == pytest.approx(1)
    low, high = grid.groups[0].high, grid.groups[2].low
    revenue = numbers(dataset, "revenue")
    assert (low, high) == (np.sort(revenue)[199], np.sort(revenue)[399])
    detractors = parts(dataset)["bad"]
    assert [group.people[0] for group in reversed(grid.groups)] == [
        int((detractors & inside).sum())
        for inside in (revenue > high, (revenue > low) & (revenue <= high), revenue <= low)
    ]
    shown = table(page(dataset, spec), "revenue_worth")
    assert shown.cell("third2", "bad_share").value == pytest.approx(grid.groups[2].people[0] / 600)
    assert str(shown.cell("third0", "name").value).startswith("Low: up to ¥")


def test_equal_amounts_stay_together_and_one_amount_makes_no_thirds() -> None:
    scores = [10, 3, 8] * 40
    mostly_none = with_operations(
        survey(recommend=scores), {"Spent": (YUAN, [0.0] * 70 + [float(n) for n in range(1, 51)])}
    )
    grid = computed(mostly_none).columns[0].grid
    assert grid is not None
    assert [group.score.base.n for group in grid.groups] == [70, 10, 40]
    same = with_operations(survey(recommend=scores), {"Spent": (YUAN, [5.0] * 120)})
    assert computed(same).columns[0].grid is None
    assert "everyone has ¥5.0" in str(page(same).headline)


def test_small_groups_are_hidden_and_cannot_be_worked_out() -> None:
    regions = ["North"] * 60 + ["South"] * 50 + ["Pier"] * 4
    dataset = with_operations(
        survey(recommend=[10, 5, 8] * 38, segment={"Region": regions}),
        {"Spent": (YUAN, [float(n % 17) for n in range(114)])},
    )
    part = computed(dataset).columns[0].by_segment
    assert part is not None
    assert [str(fact.name) for fact in part.groups] == ["North"]
    assert (part.hidden, part.withheld) == (1, 1)
    legend = str(table(page(dataset), "spent_segment").legend)
    assert "1 group under 10 answers is not shown" in legend
    assert "1 larger group is not shown either" in legend


def test_what_the_plan_hides_is_hidden() -> None:
    dataset = desk()
    hidden = Rules(hidden=frozenset({("churned", "region", 0), ("recommend", "revenue thirds", 2)}))
    spec = OperationsSpec(column="churned")
    part = computed(dataset, spec, hidden).columns[0].by_segment
    assert part is not None
    assert [fact.key for fact in part.groups] == ["group1", "group2"]
    grid = computed(dataset, OperationsSpec(column="revenue"), hidden).columns[0].grid
    assert grid is not None
    assert grid.groups[2].score.value is None
    assert grid.groups[2].gap is None


def test_small_bases_are_shown_but_never_compared() -> None:
    regions = ["North"] * 80 + ["South"] * 80 + ["Pier"] * 20
    times = [HOUR * (1 + n % 9) for n in range(160)] + [HOUR * 90] * 10 + [HOUR * 80] * 10
    dataset = with_operations(survey(recommend=[10, 5, 8] * 60, segment={"Region": regions}), {"Reply": (HOURS, times)})
    part = computed(dataset).columns[0].by_segment
    assert part is not None
    pier = part.groups[2]
    assert (pier.mark, pier.second_mark, pier.tail) == (Mark.UNTESTED, Mark.UNTESTED, None)
    assert pier.value == 85 * HOUR


def test_units_and_limits_follow_what_is_usual() -> None:
    quick = with_operations(survey(recommend=[9] * 50), {"Reply": (HOURS, [float(n) for n in range(50)])})
    slow = with_operations(survey(recommend=[9] * 50), {"Reply": (HOURS, [n * 24 * HOUR for n in range(1, 51)])})
    assert str(table(page(quick), "reply_score").columns[2].title) == "Median, seconds"
    shown = table(page(slow), "reply_score")
    assert str(shown.columns[2].title) == "Median, days"
    assert shown.cell("all", "value").value == pytest.approx(25.5)
    assert str(next(column.title for column in shown.columns if column.key == "within")) == "Within 30 days"


def test_times_below_zero_are_left_out_and_told() -> None:
    dataset = with_operations(survey(recommend=[9, 3] * 30), {"Reply": (HOURS, [-60.0, 600.0, 1200.0] * 20)})
    result = computed(dataset)
    assert result.columns[0].everyone.base.n == 40
    remarks = next(block for block in page(dataset).blocks() if isinstance(block, Findings))
    assert "20 times below zero were left out." in str(remarks.lines[0].text)


def test_a_few_large_amounts_are_told() -> None:
    spent = [10.0] * 99 + [9000.0]
    dataset = with_operations(survey(recommend=[9, 3] * 50), {"Spent": (YUAN, spent)})
    remarks = next(block for block in page(dataset).blocks() if isinstance(block, Findings))
    assert "the largest amount is 90% of the sum" in str(remarks.lines[0].text)


def test_weights_count_people_more_or_less() -> None:
    dataset = desk()
    weights = np.where(dataset.codes("region") == 0, 3.0, 1.0)
    sample = Tally(dataset, weights).sample()
    facts = Operations().compute(sample, Rules(), OperationsSpec(column="revenue"), Unattended()).columns[0]
    assert facts.everyone.value == pytest.approx(np.average(numbers(dataset, "revenue"), weights=weights))
    assert facts.everyone.base.effective is not None
    assert facts.everyone.base.effective < 600
    plain = Tally(dataset, np.full(600, 2.0)).sample()
    same = Operations().compute(plain, Rules(), OperationsSpec(), Unattended()).columns[0]
    unweighted = computed(dataset).columns[0]
    assert same.everyone.value == pytest.approx(unweighted.everyone.value)
    assert same.everyone.low == pytest.approx(unweighted.everyone.low)


def test_a_filter_is_named_and_changes_the_numbers() -> None:
    dataset = desk()
    selection = Selection((OneOf("region", (0,)),))
    spec = OperationsSpec()
    result = Operations().compute(Sample(dataset, selection), Rules(), spec, Unattended())
    inside = dataset.codes("region") == 0
    waited = numbers(dataset, "first reply")[inside]
    assert result.columns[0].everyone.value == pytest.approx(np.nanmedian(waited))
    assert str(Operations().present(spec, result).headline).startswith("In Region ")


def test_the_sheet_holds_every_column_the_chosen_one_first() -> None:
    spec = Operations().on_sheet(OperationsSpec(column="churned"))
    result = computed(desk(), spec)
    assert [facts.question.id for facts in result.columns] == ["churned", "first reply", "revenue", "orders"]
    keys = [block.key for block in page(desk(), spec).blocks() if isinstance(block, Table)]
    assert keys[0] == "numbers"
    assert len(set(keys)) == len(keys)


def test_the_limit_is_offered_for_times_only() -> None:
    dataset = desk()
    fields = [option.field for option in Operations().options(dataset, OperationsSpec())]
    assert fields == ["column", "by", "limit"]
    fields = [option.field for option in Operations().options(dataset, OperationsSpec(column="churned"))]
    assert fields == ["column", "by"]


def two_segments() -> Dataset:
    base = desk()
    shifts = ["Day", "Night"] * 300
    regions = base.question("region")
    told = {"Region": [regions.options[code] for code in base.codes("region").tolist()], "Shift": shifts}
    hours = [None if np.isnan(each) else float(each) for each in numbers(base, "first reply")]
    return with_operations(
        survey(recommend=base.codes("recommend").tolist(), segment=told), {"First reply": (HOURS, hours)}
    )


@pytest.mark.parametrize("spec", [OperationsSpec(), OperationsSpec(by="region")])
def test_a_split_that_the_filter_fixed_to_one_answer_gives_way(spec: OperationsSpec) -> None:
    dataset, east = two_segments(), Selection((OneOf("region", (1,)),))
    options = {option.field: option for option in Operations().offered(dataset, spec, east)}
    assert [choice.value for choice in options["by"].choices] == ["shift"]
    found = Operations().compute(Sample(dataset, east), Rules(), spec, Unattended()).columns[0].by_segment
    assert found is not None
    assert str(found.name) == "Shift"
    parted = {parting.key for parting in Operations().shows(Sample(dataset, east), spec, whole=True)}
    assert "region" not in parted
    open_still = Selection((OneOf("region", (0, 1)),))
    offered = {option.field: option for option in Operations().offered(dataset, spec, open_still)}
    assert [choice.value for choice in offered["by"].choices] == ["region", "shift"]


def test_without_another_segment_nothing_is_split() -> None:
    dataset, east = desk(), Selection((OneOf("region", (1,)),))
    assert "by" not in {option.field for option in Operations().offered(dataset, OperationsSpec(), east)}
    found = Operations().compute(Sample(dataset, east), Rules(), OperationsSpec(), Unattended())
    assert found.columns[0].by_segment is None


def test_parts_are_named_so_that_small_ones_can_be_protected() -> None:
    dataset = desk()
    found = Operations().shows(Sample(dataset), OperationsSpec(), whole=True)
    assert {parting.key for parting in found} == {"region", "recommend parts", "revenue thirds", "orders thirds"}
    for parting in found:
        for measure in parting.measures:
            assert parting.counted(measure).people.sum() <= dataset.respondents


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_cause_is_never_claimed(language: str) -> None:
    section = page(desk(), OperationsSpec(every=True))
    note = next(block for block in section.blocks() if isinstance(block, Note))
    assert str(note.title) == "Side by side is not proof of cause."
    said = Translator(language)(section.headline)
    assert not any(word in said for word in ("because", "due to", "导致", "因为", "significant"))


@pytest.mark.parametrize(
    ("dataset", "title"),
    [
        (survey(recommend=[10, 3] * 30), "There are no operational numbers beside the answers."),
        (
            with_operations(survey(recommend=[10, 3] * 3), {"Reply": (HOURS, [60.0] * 6)}),
            "Only 6 people have a number in “Reply”: too few to show.",
        ),
    ],
)
def test_what_is_missing_is_explained(dataset: Dataset, title: str) -> None:
    section = page(dataset)
    empty = next(block for block in section.blocks() if isinstance(block, Empty))
    assert str(empty.title) == title


def test_without_a_score_segments_are_still_compared() -> None:
    dataset = desk()
    without = replace(dataset, questions=tuple(q for q in dataset.questions if q.id != "recommend"))
    result = computed(without)
    assert result.columns[0].by_score is None
    assert result.columns[0].by_segment is not None
    assert isinstance(page(without).headline, Text)


def test_it_can_be_cancelled() -> None:
    class Stop(Unattended):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        Operations().compute(Sample(desk()), Rules(), OperationsSpec(), Stop())
