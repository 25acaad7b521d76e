"""The table of groups: marks, small bases, what a chosen row opens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cxdesk.analysis.segments import Segments, SegmentsSpec
from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.note import Empty
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Mark, NetGap, Table
from cxdesk.survey.base import BaseLevel
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Text, Translator
from tests.builders import survey
from tests.unit.analysis.presenting import presented

ENGLISH = Translator("en")


def regions() -> Dataset:
    """North 200 (+40), West 120 (-25), Kiosk 40 (+25), Airport 20 (0), Tiny 6; two answered no region."""
    sizes = {
        "North": (40, 40, 120),
        "West": (60, 30, 30),
        "Kiosk": (10, 10, 20),
        "Airport": (8, 4, 8),
        "Tiny": (2, 2, 2),
    }
    scores: list[int | None] = []
    names: list[str | None] = []
    waiting: list[int | None] = []
    for name, (low, middle, high) in sizes.items():
        n = low + middle + high
        scores += [3] * low + [8] * middle + [10] * high
        names += [name] * n
        waiting += [2 if name == "West" and index % 2 else 4 for index in range(n)]
    scores += [10, 10]
    names += [None, None]
    waiting += [4, 4]
    return survey(recommend=scores, rating={"Waiting": waiting}, segment={"Region": names})


def table_of(section: Section) -> Table:
    return next(block for block in section.blocks() if isinstance(block, Table))


def test_groups_are_marked_only_where_the_difference_is_clear() -> None:
    table = table_of(presented(Segments(), regions()))
    names = [row.cells[0].value for row in table.rows]
    assert [ENGLISH(name) if isinstance(name, Text) else name for name in names] == [
        "All",
        "North",
        "West",
        "Kiosk",
        "Airport",
    ]
    marks = {row.cells[0].value: table.cell(row.key, "gap").mark for row in table.rows[1:]}
    assert marks == {"North": Mark.ABOVE, "West": Mark.BELOW, "Kiosk": Mark.CHANCE, "Airport": Mark.UNTESTED}


def test_small_bases_are_shown_marked_or_hidden() -> None:
    table = table_of(presented(Segments(), regions()))
    levels = {row.cells[0].value: row.level for row in table.rows[1:]}
    assert levels["Kiosk"] is BaseLevel.SMALL
    assert levels["Airport"] is BaseLevel.UNTESTED
    assert "Tiny" not in levels
    assert table.legend is not None
    legend = ENGLISH(table.legend)
    assert "1 group under 10 answers is not shown" in legend
    assert "2 respondents without an answer to “Region” count in All" in legend
    assert "marks allow for 3 comparisons" in legend


def test_the_page_opens_on_groups_that_can_be_compared() -> None:
    people = 120
    dataset = survey(
        recommend=[10, 3] * (people // 2),
        segment={
            "Name of the shop": [f"Shop {number}" for number in range(people)],
            "Region": ["North", "South", "West"] * (people // 3),
        },
    )
    assert Segments().default(dataset).by == "region"
    table = table_of(presented(Segments(), dataset))
    assert [row.cells[0].value for row in table.rows[1:]] == ["North", "South", "West"]


def test_small_groups_can_be_listed_with_counts_but_never_with_a_score() -> None:
    table = table_of(presented(Segments(), regions(), SegmentsSpec(small=True)))
    tiny = next(row for row in table.rows if row.cells[0].value == "Tiny")
    assert table.cell(tiny.key, "n").value == 6
    assert table.cell(tiny.key, "score").value is None
    assert table.cell(tiny.key, "range").low is None


def test_everyone_else_is_the_total_without_the_group() -> None:
    table = table_of(presented(Segments(), regions()))
    west = next(row.key for row in table.rows if row.cells[0].value == "West")
    cell = table.cell(west, "gap")
    # Everyone else: 40+10+8+2 low, 120+20+8+2+2 high of 200+40+20+6+2.
    others = 100 * ((152 - 60) / 268)
    assert cell.value == pytest.approx(-25 - others)
    assert isinstance(cell.derivation, NetGap)


def test_the_headline_names_the_group_that_stands_out() -> None:
    section = presented(Segments(), regions())
    assert ENGLISH(section.headline) == "West stands out: −25 (n = 120), which is 59 points below everyone else."


def test_the_page_does_not_open_on_groups_of_which_one_was_asked() -> None:
    """Only who has seen the film rates it; people who have not are many, but have no score."""
    seen, fan = ["yes"] * 100 + ["no"] * 100, ["fan", "none"] * 100
    dataset = survey(rating={"Han": [5, 4] * 50 + [None] * 100}, segment={"Seen": seen, "Fan": fan})
    assert Segments().default(dataset).by == "fan"


def test_a_chosen_row_opens_where_the_group_differs() -> None:
    dataset = regions()
    section = presented(Segments(), dataset, SegmentsSpec(focus="group1"))
    chart = next(block for block in section.blocks() if isinstance(block, Chart))
    assert chart.kind is ChartKind.DUMBBELL
    assert chart.categories == ("Waiting",)
    assert [series.values[0] for series in chart.series] == [0.5, 1.0]
    assert ENGLISH(chart.title) == "West and everyone else: share satisfied"
    assert table_of(section).selected == "group1"


def test_the_topics_of_a_group_are_drawn_with_the_people_who_rated_them() -> None:
    waiting: list[int | None] = [5] * 90 + [None] * 30
    dataset = survey(
        recommend=[9] * 110 + [None] * 10, rating={"Waiting": waiting, "Staff": [4] * 120}, segment="ab" * 60
    )
    topics = presented(Segments(), dataset, SegmentsSpec(focus="group0"))
    chart = next(block for block in topics.blocks() if isinstance(block, Chart))
    assert ENGLISH(chart.subtitle or "").startswith("n = 45 to 60 and 45 to 60 ·")
    alone = presented(
        Segments(),
        survey(recommend=[9] * 110 + [None] * 10, rating={"Staff": [4] * 120}, segment="ab" * 60),
        SegmentsSpec(focus="group0"),
    )
    chart = next(block for block in alone.blocks() if isinstance(block, Chart))
    assert ENGLISH(chart.subtitle or "").startswith("n = 60 and 60 ·")
    assert chart.base is not None
    assert chart.base.n == 60


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("high", ["North", "Kiosk", "Airport", "West"]),
        ("low", ["West", "Airport", "Kiosk", "North"]),
        ("large", ["North", "West", "Kiosk", "Airport"]),
    ],
)
def test_groups_can_be_sorted_and_the_total_stays_first(order: str, expected: list[str]) -> None:
    table = table_of(presented(Segments(), regions(), SegmentsSpec(order=order)))
    assert table.rows[0].total
    assert [row.cells[0].value for row in table.rows[1:]] == expected


def test_no_difference_is_said_plainly() -> None:
    dataset = survey(recommend=[10, 3] * 100, segment={"Region": ["a", "a", "b", "b"] * 50})
    section = presented(Segments(), dataset)
    assert ENGLISH(section.headline) == "No clear difference between the groups of “Region”."


def test_groups_too_small_to_compare() -> None:
    dataset = survey(recommend=[10, 3] * 12, segment={"Region": ["a", "b"] * 12})
    section = presented(Segments(), dataset)
    assert ENGLISH(section.headline) == "The groups of “Region” are too small to compare."


def test_a_group_that_is_looked_at_alone_is_not_called_too_small() -> None:
    dataset = survey(recommend=[10, 3] * 200, segment={"Region": ["a", "b"] * 200})
    section = presented(Segments(), dataset, selection=Selection((OneOf("region", (0,)),)))
    assert ENGLISH(section.headline).endswith(
        "Everyone with a score is in “a”: there is no other group to compare it with."
    )
    table = table_of(section)
    place = [column.key for column in table.columns].index("gap")
    assert [row.cells[place].shown for row in table.rows] == [None, None]


def test_a_split_that_the_filter_leaves_one_group_of_is_not_offered() -> None:
    dataset = survey(
        recommend=[10, 3] * 200, segment={"Region": ["a", "b"] * 200, "Channel": ["x", "x", "y", "y"] * 100}
    )
    only = Selection((OneOf("region", (0,)),))
    spec = Segments().default(dataset)
    assert spec.by == "region"
    (by,) = [option for option in Segments().offered(dataset, spec, only) if option.field == "by"]
    assert [choice.value for choice in by.choices] == ["channel"]
    assert "NPS by Channel" in ENGLISH(presented(Segments(), dataset, spec, selection=only).base_line)
    chosen = replace(spec, focus="group1")
    assert table_of(presented(Segments(), dataset, chosen)).selected == "group1"
    assert not table_of(presented(Segments(), dataset, chosen, selection=only)).selected


def test_without_segments_or_scores_the_page_explains_itself() -> None:
    no_segment = presented(Segments(), survey(recommend=[10] * 20))
    no_score = presented(Segments(), survey(segment="aabb"))
    for section in (no_segment, no_score):
        assert [type(block) for block in section.blocks()] == [Empty]
    assert ENGLISH(no_segment.headline) == "There is no column to split by."
    assert ENGLISH(no_score.headline) == "There is no score to compare."
