"""The trend page: periods, changes, directions, lines of groups, and what is never claimed."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest

from cxdesk.analysis.trend import Trend, TrendSpec
from cxdesk.analysis.trend_values import TrendResult
from cxdesk.blocks.chart import Chart
from cxdesk.blocks.note import Empty
from cxdesk.blocks.table import Mark, Table
from cxdesk.job import Unattended
from cxdesk.stats.nps import nps_score
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.survey.selection import Between, OneOf, Selection
from tests.builders import survey

RULES = Rules()


def monthly(shares: list[tuple[int, int, int]], first: int = 1, regions: bool = False) -> Dataset:
    """One month per entry: (promoters, passives, detractors)."""
    scores: list[int | None] = []
    days: list[datetime.date | None] = []
    for number, (promoters, passives, detractors) in enumerate(shares):
        month = first - 1 + number
        day = datetime.date(2024 + month // 12, month % 12 + 1, 10)
        people = [10] * promoters + [8] * passives + [3] * detractors
        scores += people
        days += [day] * len(people)
    names = [("North", "South")[place % 2] for place in range(len(scores))] if regions else None
    return survey(recommend=scores, date=days, segment=None if names is None else {"Region": names})


def computed(dataset: Dataset, spec: TrendSpec = TrendSpec(), selection: Selection = Selection()) -> TrendResult:
    return Trend().compute(Sample(dataset, selection), RULES, spec, Unattended())


def headline(dataset: Dataset, spec: TrendSpec = TrendSpec()) -> str:
    return str(Trend().present(spec, computed(dataset, spec)).headline)


EVEN = (50, 30, 20)
BETTER = (85, 10, 5)


def test_each_month_has_its_score_and_its_people() -> None:
    result = computed(monthly([EVEN, BETTER, (10, 50, 60)]))
    assert [str(point.name) for point in result.points] == ["Jan 2024", "Feb 2024", "Mar 2024"]
    assert [point.score.value for point in result.points] == [
        pytest.approx(nps_score(*people)) for people in (EVEN, BETTER, (10, 50, 60))
    ]
    assert [point.score.base.n for point in result.points] == [100, 100, 120]


def test_a_clear_step_is_marked_and_named() -> None:
    data = monthly([EVEN, EVEN, BETTER])
    result = computed(data)
    assert [point.from_before.mark for point in result.points] == [Mark.UNTESTED, Mark.CHANCE, Mark.ABOVE]
    assert headline(data) == "NPS in Mar 2024 (+80) is clearly above Feb 2024 (+30), the period before."
    table = next(block for block in Trend().present(TrendSpec(), result).blocks() if isinstance(block, Table))
    assert table.cell("period2", "before").value == pytest.approx(50)


def test_an_earlier_clear_step_is_not_forgotten() -> None:
    assert headline(monthly([EVEN, BETTER, BETTER])) == (
        "NPS in Feb 2024 (+80) is clearly above Jan 2024 (+30), the period before. In Mar 2024 it is +80."
    )


def test_steps_that_could_be_chance_are_called_so() -> None:
    assert headline(monthly([EVEN, (52, 30, 18), EVEN])) == (
        "NPS in Mar 2024 is +30; the changes between periods could be chance."
    )


def test_many_small_steps_up_are_a_direction() -> None:
    shares = [(40 + 4 * step, 30, 30 - 4 * step) for step in range(7)]
    assert headline(monthly(shares)) == "NPS has been rising since Jan 2024; in Jul 2024 it is +58."


def test_small_periods_are_hollow_and_never_compared() -> None:
    result = computed(monthly([EVEN, (20, 0, 0), EVEN, (0, 0, 9)]), TrendSpec(period="month"))
    assert [point.from_before.mark for point in result.points] == [Mark.UNTESTED] * 4
    chart = next(block for block in Trend().present(TrendSpec(), result).blocks() if isinstance(block, Chart))
    assert chart.series[0].hollow == (False, True, False, True)
    assert chart.series[0].values[3] is None
    assert chart.sizes == (100, 20, 100, 9)


def test_an_untested_last_period_is_called_too_small_and_not_unchanged() -> None:
    assert headline(monthly([EVEN, EVEN, (18, 4, 2)])) == (
        "NPS in Mar 2024 is about +67: 24 answers are too few to compare."
    )


def test_last_year_is_compared_too() -> None:
    result = computed(monthly([EVEN] * 12 + [BETTER]), TrendSpec(period="month"))
    last = result.points[-1]
    assert last.from_year.mark is Mark.ABOVE
    assert last.from_year.other == 0


def test_the_shortest_period_with_a_hundred_answers_is_taken() -> None:
    assert computed(monthly([EVEN] * 4)).period == "month"
    assert computed(monthly([(20, 10, 10)] * 9)).period == "quarter"
    assert computed(monthly([EVEN] * 4), TrendSpec(period="quarter")).period == "quarter"


def test_pooled_points_hold_the_people_of_three_months() -> None:
    result = computed(monthly([EVEN, BETTER, (10, 50, 60), EVEN]), TrendSpec(period="month", pooled="3"))
    assert [point.score.base.n for point in result.points] == [320, 320]
    assert result.points[0].score.value == pytest.approx(nps_score(145, 90, 85))
    assert result.comparisons == 0


def test_a_change_of_level_needs_twelve_periods_and_is_only_possible() -> None:
    data = monthly([(50, 30, 20), (52, 28, 20), (48, 32, 20)] * 2 + [(70, 20, 10), (72, 18, 10), (69, 21, 10)] * 2)
    result = computed(data, TrendSpec(period="month"))
    assert result.steps.shift == 5
    chart = next(block for block in Trend().present(TrendSpec(), result).blocks() if isinstance(block, Chart))
    assert str(chart.events[0].name) == "possible change after Jun 2024"


def test_control_limits_name_the_period_beyond_them() -> None:
    data = monthly([EVEN] * 9 + [BETTER])
    result = computed(data, TrendSpec(period="month", limits="on"))
    assert result.steps.outside == (9,)
    assert len(result.steps.low) == 10


def test_lines_of_groups_are_shown_and_not_compared() -> None:
    data = monthly([EVEN, BETTER, EVEN], regions=True)
    result = computed(data, TrendSpec(lines="region"))
    assert [str(line.name) for line in result.lines] == ["North", "South"]
    for place in range(3):
        whole = sum(line.scores[place].base.n for line in result.lines)
        assert whole == result.points[place].score.base.n


def test_a_filter_on_the_time_shades_instead_of_cutting() -> None:
    data = monthly([EVEN, BETTER, EVEN, EVEN])
    days = Between("date", datetime.date(2024, 2, 1), datetime.date(2024, 3, 31))
    result = computed(data, TrendSpec(), Selection((days,)))
    assert len(result.points) == 4
    assert result.looked_at == (1, 2)
    narrowed = computed(monthly([EVEN, BETTER], regions=True), TrendSpec(), Selection((OneOf("region", (0,)),)))
    assert narrowed.looked_at is None
    assert [point.score.base.n for point in narrowed.points] == [50, 50]


def test_waves_come_before_the_calendar() -> None:
    data = survey(
        recommend=[10] * 60 + [0] * 60,
        segment={"Wave": ["W1"] * 60 + ["W2"] * 60},
        date=[datetime.date(2025, 1, 1 + place % 28) for place in range(120)],
    )
    waved = tuple(replace(each, role=Role.WAVE) if each.id == "wave" else each for each in data.questions)
    result = computed(replace(data, questions=waved))
    assert result.period == "wave"
    assert [point.name for point in result.points] == ["W1", "W2"]
    assert result.points[1].from_before.mark is Mark.BELOW


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (survey(segment="ab" * 20, date=[datetime.date(2025, 1, 1)] * 40), "There is no score to follow."),
        (survey(recommend=[10, 3] * 20), "This file does not say when people answered."),
        (survey(recommend=[10, 3] * 20, date=[datetime.date(2025, 1, 1)] * 40), "This file does not say when people"),
        (
            survey(recommend=[10, 3] * 4, date=[datetime.date(2025, month, 1) for month in range(1, 9)]),
            "No trend yet. There are too few answers",
        ),
    ],
)
def test_a_page_without_a_trend_says_why(data: Dataset, title: str) -> None:
    section = Trend().present(TrendSpec(), computed(data))
    (empty,) = section.blocks()
    assert isinstance(empty, Empty)
    assert str(empty.title).startswith(title)


def test_no_direction_without_a_difference() -> None:
    """Under pure chance a headline with "clearly" or a direction is rare."""
    random = np.random.default_rng(3)
    told = 0
    for _ in range(60):
        shares = [tuple(random.multinomial(150, (0.5, 0.3, 0.2)).tolist()) for _ in range(6)]
        words = headline(monthly(shares))
        told += "clearly" in words or "rising" in words or "falling" in words
    assert told <= 8


def test_a_longer_period_is_only_proposed_where_there_is_one() -> None:
    few = (2, 1, 1)
    months = monthly([few] * 2)
    longest, longer = _advice(months, TrendSpec(period="month")), _advice(months, TrendSpec(period="week"))
    assert "Add an earlier file" in str(longest.text)
    assert (longest.action, str(longest.action_text)) == ("compare_with", "Compare with…")
    assert "Choose a longer period" in str(longer.text)
    assert longer.action == ""


def _advice(dataset: Dataset, spec: TrendSpec) -> Empty:
    (empty,) = Trend().present(spec, computed(dataset, spec)).blocks()
    assert isinstance(empty, Empty)
    return empty
