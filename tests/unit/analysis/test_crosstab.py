"""Crosstabs: counts, shares, nets, letters and links, against other ways to compute them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cxdesk.analysis.crosstab import MOST_COLUMNS, Crosstab, crosstab_name
from cxdesk.analysis.crosstab_values import (
    ARROWS,
    BONFERRONI,
    COUNT,
    NOTHING,
    POINTS,
    ROW_SHARE,
    SHARE,
    WORDS,
    Block,
    Crosstable,
    CrosstabSpec,
    Line,
    OwnNet,
)
from cxdesk.analysis.measure import headline_measure, mean_measure, scores
from cxdesk.blocks.note import Empty
from cxdesk.blocks.table import Mark, Table
from cxdesk.job import Unattended
from cxdesk.stats.columns import column_pairs
from cxdesk.stats.crosstab import association, rao_scott
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from tests.builders import survey

RULES = Rules()
TOOLS = ("App", "Shop", "Phone", "Web")
REGIONS = ("North", "South", "East", "West")
CHANNELS = ("Store", "Online", "Partner")


class People:
    """A survey and the same answers as a data frame."""

    def __init__(self, n: int = 900, seed: int = 5) -> None:
        random = np.random.default_rng(seed)
        region = random.choice(5, n, p=[0.3, 0.3, 0.2, 0.15, 0.05])
        channel = np.where(random.random(n) < 0.25 + 0.15 * (region % 4), random.integers(0, 3, n), region % 3)
        recommend = np.clip(random.normal(7.4 - 0.7 * (region == 1), 2.2, n).round(), 0, 10)
        recommend[random.random(n) < 0.04] = np.nan
        satisfaction = np.clip(random.normal(3.9 - 0.4 * (channel == 1), 1, n).round(), 1, 5)
        ticks = random.random((n, 4)) < np.array([0.6, 0.4, 0.25, 0.1]) + 0.15 * (region[:, None] == 0)
        asked = random.random(n) > 0.1
        self.frame = pd.DataFrame(
            {
                "region": [REGIONS[code] if code < 4 else None for code in region],
                "channel": [CHANNELS[code] for code in channel],
                "recommend": recommend,
                "satisfaction": satisfaction,
                "asked": asked,
                **{tool: ticks[:, place] & asked for place, tool in enumerate(TOOLS)},
            }
        )
        self.weights = random.gamma(3, 1 / 3, n)
        self.dataset = survey(
            recommend=[None if np.isnan(score) else int(score) for score in recommend],
            satisfaction=[int(score) for score in satisfaction],
            segment={
                "Region": [REGIONS[code] if code < 4 else None for code in region],
                "Channel": list(self.frame["channel"]),
            },
            multiple={
                "Used": [
                    [tool for place, tool in enumerate(TOOLS) if row[place]] if known else None
                    for row, known in zip(ticks.tolist(), asked.tolist(), strict=True)
                ]
            },
            options={"Region": REGIONS, "Channel": CHANNELS, "Used": TOOLS},
        )


@pytest.fixture(scope="module")
def people() -> People:
    return People()


def table_of(
    dataset: Dataset, spec: CrosstabSpec, selection: Selection = Selection(), weights: np.ndarray | None = None
) -> Crosstable:
    sample = Tally(dataset, weights).sample(selection)
    return Crosstab().compute(sample, RULES, spec, Unattended()).tables[0]


def lines(block: Block) -> dict[str, Line]:
    return {line.key: line for line in block.lines}


def shown(dataset: Dataset, spec: CrosstabSpec) -> Table:
    result = Crosstab().compute(Sample(dataset), RULES, spec, Unattended())
    return next(block for block in Crosstab().present(spec, result).blocks() if isinstance(block, Table))


def letters(table: Crosstable, line: Line) -> list[str]:
    return ["".join(table.heads[place].letter for place in cell.higher) for cell in line.cells]


def expected_letters(counts: np.ndarray, bases: np.ndarray, names: list[str], spss: bool = False) -> list[list[str]]:
    pairs = column_pairs(counts, bases, RULES.test_from)
    clear = pairs.higher(pairs.adjusted_as_spss() if spss else pairs.adjusted("holm"))
    return [["".join(names[other] for other in np.flatnonzero(column)) for column in row] for row in clear]


def test_counts_and_shares_are_those_of_pandas(people: People) -> None:
    table = table_of(people.dataset, CrosstabSpec(rows=("channel",), by="region"))
    counts = pd.crosstab(people.frame["channel"], people.frame["region"]).loc[list(CHANNELS), list(REGIONS)]
    whole = people.frame["channel"].value_counts()
    (block,) = table.blocks
    assert [str(head.name) for head in table.heads] == ["Total", *REGIONS]
    assert [base.n for base in block.bases] == [len(people.frame), *counts.sum()]
    for place, channel in enumerate(CHANNELS):
        cells = block.lines[place].cells
        assert [cell.count for cell in cells] == [whole[channel], *counts.loc[channel]]
        assert [cell.share for cell in cells[1:]] == pytest.approx(list(counts.loc[channel] / counts.sum()))
        assert [cell.row_share for cell in cells[1:]] == pytest.approx(list(counts.loc[channel] / whole[channel]))


def test_weighted_shares_are_those_of_pandas(people: People) -> None:
    frame = people.frame.assign(w=people.weights)
    sums = frame.pivot_table("w", "channel", "region", "sum").loc[list(CHANNELS), list(REGIONS)]
    table = table_of(people.dataset, CrosstabSpec(rows=("channel", "used"), by="region"), weights=people.weights)
    for place, channel in enumerate(CHANNELS):
        cells = table.blocks[0].lines[place].cells[1:]
        assert [cell.share for cell in cells] == pytest.approx(list(sums.loc[channel] / sums.sum()))
    ticked = frame[frame[list(TOOLS)].any(axis=1)]
    whole = ticked.groupby("region")["w"].sum()
    for place, tool in enumerate(TOOLS):
        of_tool = ticked[ticked[tool]].groupby("region")["w"].sum()
        cells = table.blocks[1].lines[place].cells[1:]
        assert [cell.share for cell in cells] == pytest.approx([of_tool[name] / whole[name] for name in REGIONS])
    north = frame[frame["region"] == "North"]["w"]
    base = table.blocks[0].bases[1]
    assert base.effective == pytest.approx(north.sum() ** 2 / (north**2).sum())
    assert base.n == (frame["region"] == "North").sum()


def test_a_filter_is_obeyed(people: People) -> None:
    only = people.frame[people.frame["channel"] == "Online"]
    table = table_of(people.dataset, CrosstabSpec(rows=("used",), by="region"), Selection((OneOf("channel", (1,)),)))
    ticked = only[only[list(TOOLS)].any(axis=1)]
    assert [base.n for base in table.blocks[0].bases] == [
        len(ticked),
        *(int((ticked["region"] == name).sum()) for name in REGIONS),
    ]
    assert table.blocks[0].lines[1].cells[0].count == ticked["Shop"].sum()


@pytest.mark.parametrize("compare", ["letters", BONFERRONI])
def test_letters_are_those_of_column_proportions(people: People, compare: str) -> None:
    table = table_of(people.dataset, CrosstabSpec(rows=("channel",), by="region", compare=compare))
    counts = pd.crosstab(people.frame["channel"], people.frame["region"]).loc[list(CHANNELS), list(REGIONS)].to_numpy()
    expected = expected_letters(counts, counts.sum(axis=0), ["A", "B", "C", "D"], spss=compare == BONFERRONI)
    found = [letters(table, line)[1:] for line in table.blocks[0].lines]
    assert found == expected
    assert any(any(row) for row in found)


def test_scores_are_those_of_the_other_pages(people: People) -> None:
    sample = Sample(people.dataset)
    table = table_of(people.dataset, CrosstabSpec(rows=("recommend", "satisfaction"), by="region"))
    for block, rule in (
        (table.blocks[0], headline_measure(people.dataset.question("recommend"), RULES)),
        (table.blocks[1], mean_measure(people.dataset.question("satisfaction"), RULES)),
    ):
        groups = sample.table(block.question.id, "region")
        expected = [score.value for score in scores(rule, groups[:4], RULES)]
        assert [cell.value for cell in lines(block)["score"].cells[1:]] == pytest.approx(expected)


def test_the_ends_of_a_scale_count_people(people: People) -> None:
    table = table_of(people.dataset, CrosstabSpec(rows=("recommend",), by="region", show=(SHARE, "ends", POINTS)))
    found = lines(table.blocks[0])
    answered = people.frame["recommend"].notna().sum()
    assert found["good"].cells[0].share == pytest.approx((people.frame["recommend"] >= 9).sum() / answered)
    assert found["bad"].cells[0].count == (people.frame["recommend"] <= 6).sum()
    assert sum(found[f"answer{code}"].cells[0].count or 0 for code in range(11)) == answered


def test_own_nets_count_each_person_once(people: People) -> None:
    nets = (OwnNet("used", "Digital", (0, 3)), OwnNet("channel", "Remote", (1, 2)), OwnNet("used", "Gone", (9,)))
    table = table_of(people.dataset, CrosstabSpec(rows=("used", "channel"), by="region", nets=nets))
    digital, remote = lines(table.blocks[0])["net0"], lines(table.blocks[1])["net1"]
    either = people.frame["App"] | people.frame["Web"]
    assert digital.cells[0].count == either.sum()
    assert digital.cells[1].count == (either & (people.frame["region"] == "North")).sum()
    assert remote.cells[0].count == people.frame["channel"].isin(["Online", "Partner"]).sum()
    assert "net2" not in lines(table.blocks[0])


def test_the_base_of_several_answers_can_be_everybody_asked(people: People) -> None:
    asked = table_of(people.dataset, CrosstabSpec(rows=("used",), by="region", base="asked")).blocks[0]
    answered = table_of(people.dataset, CrosstabSpec(rows=("used",), by="region")).blocks[0]
    assert asked.bases[0].n == people.frame["asked"].sum()
    assert answered.bases[0].n == people.frame[list(TOOLS)].any(axis=1).sum()
    assert asked.lines[0].cells[2].count == answered.lines[0].cells[2].count


def test_columns_inside_columns(people: People) -> None:
    table = table_of(people.dataset, CrosstabSpec(rows=("satisfaction",), by="region", inside="channel"))
    frame = people.frame
    pairs = [(r, c) for r in REGIONS for c in CHANNELS if ((frame["region"] == r) & (frame["channel"] == c)).any()]
    assert [(str(head.group), str(head.name)) for head in table.heads[1:]] == pairs
    people_in = [int(((frame["region"] == r) & (frame["channel"] == c)).sum()) for r, c in pairs]
    assert [base.n for base in table.blocks[0].bases[1:]] == people_in
    for line in table.blocks[0].lines:
        for place, cell in enumerate(line.cells):
            assert all(table.heads[other].group == table.heads[place].group for other in cell.higher)


@pytest.mark.parametrize("spec", [CrosstabSpec(by="used"), CrosstabSpec(by="region", inside="used")])
def test_columns_that_share_people_are_never_compared(people: People, spec: CrosstabSpec) -> None:
    table = table_of(people.dataset, replace(spec, rows=("satisfaction", "channel")))
    assert table.overlapping
    assert not any(cell.higher for block in table.blocks for line in block.lines for cell in line.cells)
    assert all(head.letter == "" for head in table.heads)
    assert "share people" in str(shown(people.dataset, replace(spec, rows=("channel",))).legend)


def test_several_answers_as_columns_hold_those_who_ticked(people: People) -> None:
    table = table_of(people.dataset, CrosstabSpec(rows=("channel", "used"), by="used"))
    assert [base.n for base in table.blocks[0].bases[1:]] == [int(people.frame[tool].sum()) for tool in TOOLS]
    both = people.frame["App"] & people.frame["Shop"]
    assert table.blocks[1].lines[0].cells[2].count == both.sum()


def test_letters_inside_several_answers_compare_different_people(people: People) -> None:
    table = table_of(people.dataset, CrosstabSpec(rows=("satisfaction",), by="used", inside="channel"))
    assert not table.overlapping
    frame = people.frame
    assert table.blocks[0].bases[1].n == (frame["App"] & (frame["channel"] == "Store")).sum()


def test_a_long_scale_in_the_columns_is_shown_by_its_ends(people: People) -> None:
    table = table_of(people.dataset, CrosstabSpec(rows=("channel",), by="recommend"))
    assert [str(head.name) for head in table.heads[1:]] == ["Detractors (0–6)", "Passives", "Promoters (9–10)"]
    assert table.blocks[0].bases[3].n == (people.frame["recommend"] >= 9).sum()


def test_arrows_are_the_residuals_of_the_table() -> None:
    dataset = survey(
        segment={
            "Region": ["N"] * 300 + ["S"] * 300 + ["E"] * 300,
            "Channel": (["a"] * 200 + ["b"] * 100) * 1 + (["a"] * 150 + ["b"] * 150) + (["a"] * 100 + ["b"] * 200),
        }
    )
    table = table_of(dataset, CrosstabSpec(rows=("channel",), by="region", compare=ARROWS))
    counts = np.array([[200, 150, 100], [100, 150, 200]])
    residuals = association(counts).residuals
    marks = [[cell.mark for cell in line.cells[1:]] for line in table.blocks[0].lines]
    assert marks == [[Mark.ABOVE, None, Mark.BELOW], [Mark.BELOW, None, Mark.ABOVE]]
    assert np.sign(residuals[0]).tolist() == [1, 0, -1]


def test_links_are_those_of_chi_square(people: People) -> None:
    counts = pd.crosstab(people.frame["channel"], people.frame["region"]).loc[list(CHANNELS), list(REGIONS)]
    expected = association(counts.to_numpy())
    pair = table_of(people.dataset, CrosstabSpec(rows=("channel",), by="region")).blocks[0].together
    assert pair is not None
    assert pair.strength == pytest.approx(expected.strength)
    assert pair.p == pytest.approx(expected.p)
    weighted = table_of(people.dataset, CrosstabSpec(rows=("channel",), by="region"), weights=people.weights)
    frame = people.frame.assign(w=people.weights, w2=people.weights**2)
    sums = [
        frame.pivot_table(name, "channel", "region", "sum").loc[list(CHANNELS), list(REGIONS)] for name in ("w", "w2")
    ]
    found = weighted.blocks[0].together
    assert found is not None
    assert found.p == pytest.approx(rao_scott(counts.to_numpy(), sums[0].to_numpy(), sums[1].to_numpy()).p)


def test_small_columns_are_hidden_marked_and_never_compared() -> None:
    regions = ["A"] * 200 + ["B"] * 60 + ["C"] * 20 + ["D"] * 5
    answers = [5] * 20 + [1] * 180 + [5] * 54 + [1] * 6 + [5] * 20 + [5] * 5
    spec = CrosstabSpec(rows=("satisfaction",), by="region")
    dataset = survey(satisfaction=answers, segment={"Region": regions})
    table = table_of(dataset, spec)
    assert [head.level for head in table.heads] == [
        BaseLevel.PLAIN,
        BaseLevel.PLAIN,
        BaseLevel.SMALL,
        BaseLevel.UNTESTED,
        BaseLevel.HIDDEN,
    ]
    good = lines(table.blocks[0])["good"]
    assert letters(table, good) == ["", "", "A", "", ""]
    assert good.cells[4].share is None
    drawn = shown(dataset, spec)
    assert str(drawn.cell("q0:good", "c3").shown) == "n < 10"
    assert drawn.cell("q0:good", "c2").value == 1
    assert drawn.cell("q0:good", "c1").letters == "A"


def test_words_name_the_columns_and_the_link(people: People) -> None:
    drawn = shown(people.dataset, CrosstabSpec(rows=("satisfaction",), by="channel", compare=WORDS))
    told = {row.key: str(drawn.cell(row.key, "words").value) for row in drawn.rows}
    assert "Store than Online" in told["q0:score"]
    assert "linked" in told["q0"]
    assert all(column.letter == "" for column in drawn.columns)


def test_each_number_is_a_line_of_its_own(people: People) -> None:
    drawn = shown(people.dataset, CrosstabSpec(rows=("channel",), by="region", show=(SHARE, ROW_SHARE, COUNT)))
    assert [row.key for row in drawn.rows[:4]] == ["q0", "q0:answer0", "q0:answer0:row", "q0:answer0:count"]
    assert [row.indent for row in drawn.rows[:4]] == [0, 1, 2, 2]


def test_the_largest_answers_come_first_if_wanted(people: People) -> None:
    block = table_of(people.dataset, CrosstabSpec(rows=("used",), by="region", order="total")).blocks[0]
    counts = [line.cells[0].count or 0 for line in block.lines]
    assert counts == sorted(counts, reverse=True)


def test_of_too_many_columns_the_largest_stay() -> None:
    names = [f"City {number:02}" for number in range(60) for _ in range(10 + number)]
    table = table_of(survey(satisfaction=[4] * len(names), segment={"City": names}), CrosstabSpec(by="city"))
    assert len(table.heads) == 1 + MOST_COLUMNS
    assert table.unseen == 20
    assert str(table.heads[1].name) == "City 20"
    assert table.blocks[0].bases[1].n == 30


def test_without_a_choice_the_scores_are_crossed_with_the_first_segment(people: People) -> None:
    table = table_of(people.dataset, CrosstabSpec())
    assert [block.question.id for block in table.blocks] == ["recommend", "satisfaction", "used"]
    assert table.by is not None
    assert table.by.id == "region"


def test_questions_that_are_gone_are_forgotten(people: People) -> None:
    spec = CrosstabSpec(rows=("gone", "channel"), by="nowhere", inside="nothing")
    table = table_of(people.dataset, spec)
    assert [block.question.id for block in table.blocks] == ["channel"]
    assert table.inside is None


def test_the_total_can_stand_alone(people: People) -> None:
    table = table_of(people.dataset, CrosstabSpec(by="-"))
    assert [head.key for head in table.heads] == ["total"]
    section = Crosstab().present(
        CrosstabSpec(), Crosstab().compute(Sample(people.dataset), RULES, CrosstabSpec(by="-"), Unattended())
    )
    assert str(section.headline) == "3 questions among all respondents."


def test_a_survey_of_texts_says_what_is_missing() -> None:
    dataset = survey(comment=["fine", "good"])
    result = Crosstab().compute(Sample(dataset), RULES, CrosstabSpec(), Unattended())
    section = Crosstab().present(CrosstabSpec(), result)
    assert isinstance(section.blocks()[0], Empty)
    assert Crosstab().options(dataset, CrosstabSpec()) == ()


def test_only_kept_tables_make_a_sheet(people: People) -> None:
    crosstab = Crosstab()
    assert crosstab.on_sheet(CrosstabSpec()) is None
    kept = (CrosstabSpec(rows=("channel",)), CrosstabSpec(rows=("used",), compare=NOTHING))
    sheet = crosstab.on_sheet(CrosstabSpec(rows=("recommend",), kept=kept))
    assert sheet is not None
    result = crosstab.compute(Sample(people.dataset), RULES, sheet, Unattended())
    assert [table.blocks[0].question.id for table in result.tables] == ["channel", "used"]
    section = crosstab.present(sheet, result)
    keys = [block.key for block in section.blocks() if isinstance(block, Table)]
    assert len(keys) == len(set(keys))
    assert str(section.headline) == "2 tables kept for the report."
    assert str(crosstab_name(people.dataset, kept[0])) == "Channel by Region"


def test_simulated_surveys_without_differences_seldom_show_letters() -> None:
    random = np.random.default_rng(11)
    false = 0
    for _ in range(100):
        dataset = survey(
            segment={
                "Region": [REGIONS[code] for code in random.integers(0, 4, 400)],
                "Channel": [CHANNELS[code] for code in random.integers(0, 3, 400)],
            }
        )
        table = table_of(dataset, CrosstabSpec(rows=("channel",), by="region"))
        false += any(table.blocks[0].lines[0].cells[place].higher for place in range(1, 5))
    assert false <= 12
