"""Drivers: what was built into the answers is found, too little is refused, and nothing is called a cause."""

from __future__ import annotations

import numpy as np
import pytest

from cxdesk.analysis.drivers import Drivers, DriversSpec
from cxdesk.analysis.drivers_values import DriversResult
from cxdesk.blocks.chart import Chart
from cxdesk.blocks.note import Empty, Findings, Note
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Table
from cxdesk.job import Unattended
from cxdesk.stats.importance import correlations, relative_weights
from cxdesk.stats.nps import nps_score
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.scale import Direction, Scale
from tests.builders import survey

TOPICS = ("Waiting time", "Staff", "Range", "Parking")


def answers(people: int = 600, seed: int = 5, strong: float = 1.4) -> dict[str, list[int]]:
    """Waiting time is rated low and matters most, Staff is rated high, Parking plays no part."""
    random = np.random.default_rng(seed)
    mood = random.normal(0, 0.6, people)
    levels = dict(zip(TOPICS, (2.6, 4.4, 3.8, 3.2), strict=True))
    rated = {
        topic: np.clip(np.rint(level + mood + random.normal(0, 0.8, people)), 1, 5) for topic, level in levels.items()
    }
    score = (
        2 + strong * rated["Waiting time"] + 0.5 * rated["Staff"] + 0.3 * rated["Range"] + random.normal(0, 1, people)
    )
    found = {topic: column.astype(int).tolist() for topic, column in rated.items()}
    return {"score": np.clip(np.rint(score), 0, 10).astype(int).tolist(), **found}


def made(data: dict[str, list[int]], **more: object) -> Dataset:
    return survey(
        recommend=data["score"],
        rating={topic: data[topic] for topic in TOPICS},
        **more,  # type: ignore[arg-type]
    )


def computed(dataset: Dataset) -> DriversResult:
    return Drivers().compute(Sample(dataset), Rules(), DriversSpec(), Unattended())


def section(dataset: Dataset) -> Section:
    return Drivers().present(DriversSpec(), computed(dataset))


def test_shares_are_those_of_the_relative_weights_and_add_up() -> None:
    data = answers()
    result = computed(made(data))
    found = correlations(data["score"], np.column_stack([data[topic] for topic in TOPICS]))
    assert found is not None
    weights = relative_weights(found.matrix)
    expected = dict(zip(TOPICS, weights / weights.sum(), strict=True))
    assert {driver.topic.text: driver.share for driver in result.drivers} == pytest.approx(expected)
    assert sum(driver.share for driver in result.drivers) == pytest.approx(1)
    assert result.r2 == pytest.approx(float(weights.sum()))


def test_what_matters_and_is_rated_low_comes_first() -> None:
    result = computed(made(answers()))
    assert [result.look_first(driver) for driver in result.drivers] == [True, False, False, False]
    page = section(made(answers()))
    assert str(page.headline).startswith("“Waiting time” is the first place to look")
    chart = next(block for block in page.blocks() if isinstance(block, Chart))
    assert [spot.name for spot in chart.spots if spot.chosen] == ["Waiting time"]
    assert chart.as_table().cell("waiting time", "x").value == result.drivers[0].score.value


def test_a_link_is_never_called_a_cause() -> None:
    page = section(made(answers()))
    note = next(block for block in page.blocks() if isinstance(block, Note))
    assert str(note.title) == "A link is not proof of cause."


def test_topics_that_cannot_be_ranked_share_a_band() -> None:
    result = computed(made(answers(people=130, strong=0.5)))
    assert result.rough
    assert result.drivers[0].band == result.drivers[1].band == 0
    ranking = next(
        block for block in section(made(answers(people=130, strong=0.5))).blocks() if isinstance(block, Table)
    )
    assert "their order could swap" in str(ranking.legend)


def test_the_gain_is_the_score_of_the_satisfied_minus_everyone() -> None:
    data = answers()
    result = computed(made(data))
    waiting = next(driver for driver in result.drivers if driver.topic.text == "Waiting time")
    assert waiting.gain is not None

    def nps(scores: list[int]) -> float:
        good, bad = sum(score >= 9 for score in scores), sum(score <= 6 for score in scores)
        return nps_score(good, len(scores) - good - bad, bad)

    satisfied = [score for score, stars in zip(data["score"], data["Waiting time"], strict=True) if stars >= 4]
    assert waiting.gain.gain.value == pytest.approx(nps(satisfied) - nps(data["score"]))


def test_a_topic_that_goes_the_other_way_promises_no_gain() -> None:
    data = answers()
    turned = {**data, "Waiting time": [6 - stars for stars in data["Waiting time"]]}
    page = section(made(turned))
    topics = next(block for block in page.blocks() if isinstance(block, Table) and block.key == "drivers")
    place = [column.key for column in topics.columns].index("gain")
    told = {row.key: row.cells[place] for row in topics.rows}
    assert str(told["waiting time"].shown) == "no gain"
    assert told["waiting time"].value is None
    gains = [cell.value for cell in told.values() if isinstance(cell.value, float)]
    assert gains
    assert min(gains) > 0


@pytest.mark.parametrize(
    ("dataset", "title"),
    [
        (survey(recommend=[10, 3] * 80, rating={"Staff": [5, 2] * 80}), "Only 1 rated topic was found."),
        (made(answers(people=60)), "Too few answers for drivers."),
        (survey(segment="ab" * 60), "There is no score to explain."),
        (survey(rating={"A": [1, 2] * 60}), "No rated topics were found."),
        (
            survey(recommend=[10] * 200, rating={topic: [1, 2, 3, 4] * 50 for topic in TOPICS}),
            "The ratings do not vary enough for drivers.",
        ),
    ],
)
def test_too_little_is_refused_with_the_reason(dataset: Dataset, title: str) -> None:
    (empty,) = section(dataset).blocks()
    assert isinstance(empty, Empty)
    assert str(empty.title) == title


def test_people_without_all_ratings_are_counted_and_rare_topics_left_out() -> None:
    data = answers()
    gappy: dict[str, list[int | None]] = {topic: list(data[topic]) for topic in TOPICS}
    gappy["Staff"][:50] = [None] * 50
    gappy["Parking"][:400] = [None] * 400
    dataset = survey(recommend=data["score"], rating=gappy)
    result = computed(dataset)
    assert (result.people, result.lost) == (550, 50)
    assert [question.text for question in result.skipped] == ["Parking"]
    remarks = next(block for block in section(dataset).blocks() if isinstance(block, Findings))
    assert str(remarks.lines[0].lead) == "Parking"


def test_a_reversed_topic_is_pointed_out() -> None:
    data = answers()
    data["Staff"] = [6 - stars for stars in data["Staff"]]
    remarks = next(block for block in section(made(data)).blocks() if isinstance(block, Findings))
    assert str(remarks.lines[0].lead) == "Staff"
    assert "reversed" in str(remarks.lines[0].text)


def test_a_scale_whose_low_end_is_good_is_turned_round() -> None:
    data = answers()
    turned = {topic: [6 - stars for stars in data[topic]] for topic in TOPICS}
    scale = Scale(1, 5, direction=Direction.LOW_IS_GOOD)
    same = computed(survey(recommend=data["score"], rating=turned, rating_scale=scale))
    plain = computed(made(data))
    assert [driver.share for driver in same.drivers] == pytest.approx([driver.share for driver in plain.drivers])
    assert [driver.score.value for driver in same.drivers] == [driver.score.value for driver in plain.drivers]


def test_weights_count() -> None:
    data = answers()
    random = np.random.default_rng(1)
    times = random.integers(1, 4, len(data["score"])).tolist()
    repeated = {
        name: [value for value, n in zip(column, times, strict=True) for _ in range(n)] for name, column in data.items()
    }
    weighted = Tally(made(data), np.array(times, dtype=np.float64)).sample()
    mine = Drivers().compute(weighted, Rules(), DriversSpec(), Unattended())
    other = computed(made(repeated))
    assert [driver.share for driver in mine.drivers] == pytest.approx([driver.share for driver in other.drivers])


def test_all_topics_are_in_the_table_with_their_advice() -> None:
    tables = [block for block in section(made(answers())).blocks() if isinstance(block, Table)]
    table = next(table for table in tables if table.key == "drivers")
    advice = {row.key: str(row.cells[-1].value) for row in table.rows}
    assert advice["waiting time"] == "Look here first"
    assert advice["parking"] == "Lower priority"
