"""Weighted figures: against people who are simply repeated, against hand-made cases, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from cxdesk.analysis.groups import split
from cxdesk.analysis.measure import headline_measure, mean_measure, measure, share_measure
from cxdesk.analysis.scores import Scores, ScoresSpec
from cxdesk.analysis.weights import WeightsRefused, weights_of
from cxdesk.job import Unattended
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.survey.weighting import Weighting
from tests.builders import survey

RULES = Rules()
RANDOM = np.random.default_rng(7)
PEOPLE = 400
SCORES = RANDOM.integers(0, 11, PEOPLE).tolist()
STARS = [None if star == 0 else star for star in RANDOM.integers(0, 6, PEOPLE).tolist()]
REGIONS = [["North", "South", "East", None][place] for place in RANDOM.integers(0, 4, PEOPLE)]
TIMES = RANDOM.integers(0, 4, PEOPLE).tolist()
USED = [[["App"], ["Shop", "App"], [], None][place] for place in RANDOM.integers(0, 4, PEOPLE)]


def asked(rows: list[int]) -> Dataset:
    return survey(
        recommend=[SCORES[row] for row in rows],
        satisfaction=[STARS[row] for row in rows],
        segment={"Region": [REGIONS[row] for row in rows]},
        multiple={"Used": [USED[row] for row in rows]},
        weight=[float(TIMES[row]) for row in rows],
        options={"Region": ["North", "South", "East"], "Used": ["App", "Shop"]},
    )


ONCE = asked(list(range(PEOPLE)))
REPEATED = asked([row for row in range(PEOPLE) for _ in range(TIMES[row])])
SELECTIONS = [Selection(), Selection((OneOf("region", (0, 2)),))]


def weighted(dataset: Dataset, selection: Selection = Selection()) -> Sample:
    return Tally(dataset, weights_of(dataset, Weighting("weight"))).sample(selection)


@pytest.mark.parametrize("selection", SELECTIONS, ids=["all", "filtered"])
def test_a_weight_of_three_counts_like_three_people(selection: Selection) -> None:
    sample, whole = weighted(ONCE, selection), Sample(REPEATED, selection)
    times = float(np.mean([time for time in TIMES if time]))
    for question in ("recommend", "satisfaction"):
        assert sample.answers(question).amount * times == pytest.approx(whole.counts(question))
        assert sample.table(question, "region").amount * times == pytest.approx(whole.joint(question, "region"))
    assert sample.ticks("used").amount * times == pytest.approx(whole.ticked("used"))


def test_who_carries_no_weight_is_left_out() -> None:
    sample = weighted(ONCE)
    assert sample.size == sum(time > 0 for time in TIMES)
    assert sample.counts("recommend").sum() == sample.size
    assert sample.weights is not None
    assert sample.weights.mean() == pytest.approx(1)


@pytest.mark.parametrize("make", [headline_measure, share_measure, mean_measure])
def test_weighted_values_equal_those_of_repeated_people_but_promise_less(make: object) -> None:
    rule = make(ONCE.question("recommend"), RULES)  # type: ignore[operator]
    mine = measure(rule, weighted(ONCE).answers("recommend"), RULES)
    other = measure(rule, Sample(REPEATED).counts("recommend"), RULES)
    assert mine.value == pytest.approx(other.value)
    assert mine.good / mine.whole == pytest.approx(other.good / other.whole)
    assert mine.base.effective is not None
    assert mine.base.effective < mine.base.n < other.base.n
    assert mine.low is not None
    assert other.low is not None
    assert mine.low < other.low


def test_equal_weights_change_nothing() -> None:
    even = survey(recommend=SCORES, segment={"Region": REGIONS}, weight=[2.0] * PEOPLE)
    rule = headline_measure(even.question("recommend"), RULES)
    plain, same = Sample(even), weighted(even)
    mine, other = measure(rule, same.answers("recommend"), RULES), measure(rule, plain.counts("recommend"), RULES)
    assert (mine.value, mine.low, mine.high) == pytest.approx((other.value, other.low, other.high))
    assert mine.base.effective == pytest.approx(mine.base.n)
    ours, theirs = (split(one, even.question("region"), rule, RULES) for one in (same, plain))
    for group, twin in zip(ours.groups, theirs.groups, strict=True):
        assert group.gap is not None
        assert twin.gap is not None
        assert (group.gap.value, group.gap.p) == pytest.approx((twin.gap.value, twin.gap.p))


def test_base_rules_look_at_the_effective_base() -> None:
    lopsided = survey(recommend=[10, 0] * 30, weight=[100.0] * 2 + [0.01] * 58)
    rule = headline_measure(lopsided.question("recommend"), RULES)
    score = measure(rule, weighted(lopsided).answers("recommend"), RULES)
    assert score.base.n == 60
    assert score.base.size < RULES.hide_below
    assert score.value is None


def test_charts_of_weighted_answers_show_weighted_shares() -> None:
    result = Scores().compute(weighted(ONCE), RULES, ScoresSpec(), Unattended())
    used = next(found for found in result.chosen if found.multiple)
    assert used.base.weighted is not None
    plain = Sample(REPEATED).ticked("used")
    expected = plain[:, 1] / (plain[:, 0] + plain[:, 1])
    assert np.array(used.counts) / used.base.weighted == pytest.approx(expected)


@pytest.mark.parametrize(
    ("weights", "words"),
    [([1.0, None, -1.0], "2 respondents"), ([0.0, 0.0, 0.0], "All weights are 0"), ([1.0, 2.0, None], "row 3")],
)
def test_unusable_weights_stop_everything_and_say_where(weights: list[float | None], words: str) -> None:
    with pytest.raises(WeightsRefused) as refused:
        weights_of(survey(recommend=[1, 2, 3], weight=weights), Weighting("weight"))
    assert words in str(refused.value.reason)
