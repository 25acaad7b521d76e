"""The journey: stages are found by their words, stand in their order, and a low point needs a range of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cxdesk.analysis.journey import Journey, JourneySpec
from cxdesk.analysis.journey_stages import SourceKind, sources
from cxdesk.analysis.journey_values import JourneyResult
from cxdesk.analysis.journey_words import is_channel, is_stage_column, stage_place
from cxdesk.blocks.chart import Chart, ChartKind
from cxdesk.blocks.note import Empty, Note
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Mark, Table
from cxdesk.job import Unattended
from cxdesk.stats.difference import nps_difference
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.scale import Direction, Scale
from cxdesk.survey.selection import OneOf, Selection
from tests.builders import survey

STAGES = {"After-sales service": 3.5, "Ordering": 4.3, "Delivery": 2.6}


def rated(people: int = 400, seed: int = 9, stages: dict[str, float] | None = None) -> Dataset:
    """Three stages in no good order; delivery is far the lowest, and lower still in the app."""
    random = np.random.default_rng(seed)
    channels = random.choice(["App", "Shop"], people)
    mood = random.normal(0, 0.8, people)
    levels = STAGES if stages is None else stages
    ratings = {
        name: np.clip(np.rint(level + mood + random.normal(0, 0.6, people)), 1, 5).astype(int)
        for name, level in levels.items()
    }
    if "Delivery" in ratings:
        ratings["Delivery"] = np.where(channels == "App", np.maximum(ratings["Delivery"] - 1, 1), ratings["Delivery"])
    scores = np.clip(np.rint(7 + 2 * mood + random.normal(0, 1, people)), 0, 10).astype(int)
    return survey(
        recommend=scores.tolist(),
        rating={name: values.tolist() for name, values in ratings.items()},
        segment={"Sales channel": channels.tolist()},
    )


def by_column(people: int = 480, low: int = 5) -> Dataset:
    """A column with the stage of each person; support scores low."""
    stages = ["Delivery", "Support", "Order", "Onboarding"] * (people // 4)
    scores = [[9, 10, 8][n % 3] if stage != "Support" else [low, 9, low][n % 3] for n, stage in enumerate(stages)]
    return survey(recommend=scores, segment={"Touchpoint": stages})


def computed(dataset: Dataset, spec: JourneySpec = JourneySpec(), rules: Rules = Rules()) -> JourneyResult:
    return Journey().compute(Sample(dataset), rules, spec, Unattended())


def page(dataset: Dataset, spec: JourneySpec = JourneySpec()) -> Section:
    return Journey().present(spec, computed(dataset, spec))


def table(section: Section, key: str) -> Table:
    return next(block for block in section.blocks() if isinstance(block, Table) and block.key == key)


@pytest.mark.parametrize(
    ("words", "later"),
    [
        (("售前咨询", "下单", "支付", "配送", "安装", "使用", "客服", "售后", "续费"), True),
        (
            (
                "Awareness",
                "Ordering",
                "Payment",
                "Delivery",
                "Onboarding",
                "Customer service",
                "After-sales",
                "Renewal",
            ),
            True,
        ),
        (("Pre-sales advice", "How satisfied were you with our delivery?", "After-sales service"), True),
    ],
)
def test_words_of_stages_stand_in_the_order_of_a_journey(words: tuple[str, ...], later: bool) -> None:
    places = [stage_place(each) for each in words]
    assert None not in places
    assert places == sorted(set(places), key=lambda place: place or 0)


@pytest.mark.parametrize("words", ["Price", "价格", "Friendly staff", "环境卫生", "Recommend"])
def test_other_topics_are_no_stages(words: str) -> None:
    assert stage_place(words) is None


@pytest.mark.parametrize(
    ("column", "stage", "channel"),
    [
        ("Journey stage", True, False),
        ("touch_point", True, False),
        ("服务环节", True, False),
        ("客户阶段", True, False),
        ("购买渠道", False, True),
        ("Sales channel", False, True),
        ("Region", False, False),
        ("Which stage play did you see?", False, False),
    ],
)
def test_columns_of_stages_and_channels_are_told_by_their_words(column: str, stage: bool, channel: bool) -> None:
    assert (is_stage_column(column), is_channel(column)) == (stage, channel)


def test_questions_named_like_stages_stand_in_the_usual_order() -> None:
    result = computed(rated())
    assert [str(each.stage.name) for each in result.stages] == ["Ordering", "Delivery", "After-sales service"]
    dataset = rated()
    for each in result.stages:
        codes = dataset.codes(each.stage.key)
        assert each.score.value == pytest.approx((codes >= 3).mean())
        assert each.score.base.n == 400


def test_the_low_point_is_named_where_its_range_is_clear() -> None:
    result = computed(rated())
    assert result.low_point is not None
    assert result.low_point.stage.key == "delivery"
    section = page(rated())
    assert str(section.headline).startswith("“Delivery” is the low point of the journey")
    chart = next(block for block in section.blocks() if isinstance(block, Chart))
    assert chart.kind is ChartKind.DOTS
    assert [chart.series[0].tone(place) for place in range(3)].count(Tone.DETRACTOR) == 1


def test_no_low_point_where_ranges_meet_or_bases_are_small() -> None:
    alike = rated(stages={"Ordering": 3.5, "Support": 3.5, "Onboarding": 3.4})
    assert computed(alike).low_point is None
    assert str(page(alike).headline) == "No stage is clearly the low point of the journey."
    tiny = survey(recommend=[9, 3] * 12, rating={"Ordering": [5] * 24, "Delivery": [1, 2] * 12, "Support": [5, 4] * 12})
    assert computed(tiny).low_point is None


def test_a_small_low_point_carries_its_range() -> None:
    assert "from" in str(page(rated(people=60)).headline)


def test_the_mean_of_a_scale_that_runs_the_other_way_has_its_low_point_on_top() -> None:
    effort = Scale(1, 5, direction=Direction.LOW_IS_GOOD)
    rating = {"Ordering": [1, 2] * 60, "Delivery": [4, 5] * 60, "Support": [1, 2, 3] * 40}
    dataset = survey(recommend=[9, 4] * 60, rating=rating, rating_scale=effort)
    for measure in ("share", "mean"):
        found = computed(dataset, JourneySpec(measure=measure)).low_point
        assert found is not None
        assert found.stage.key == "delivery"


def test_a_person_can_move_stages() -> None:
    dataset = rated()
    options = {option.field: option for option in Journey().options(dataset, JourneySpec())}
    moves = [choice for choice in options["order"].choices if str(choice.name).startswith("Move “Delivery”")]
    spec = JourneySpec(order=moves[0].value)
    assert [each.stage.key for each in computed(dataset, spec).stages] == [
        "delivery",
        "ordering",
        "after-sales service",
    ]
    again = {option.field: option for option in Journey().options(dataset, spec)}["order"]
    assert any(choice.value == spec.order for choice in again.choices)
    file = [each.stage.key for each in computed(dataset, JourneySpec(order="file")).stages]
    assert file == ["after-sales service", "ordering", "delivery"]
    assert next(each.stage.key for each in computed(dataset, JourneySpec(order="gone,away")).stages) == "ordering"


def test_a_grid_of_stages_is_found_by_its_rows_or_its_stem() -> None:
    dataset = rated()
    stem = "Please rate each step of your journey with us"
    questions = tuple(
        replace(q, group=stem) if q.id in {"ordering", "delivery", "after-sales service"} else q
        for q in dataset.questions
    )
    found = sources(replace(dataset, questions=questions))
    assert found[0].likely
    assert str(found[0].name) == stem
    topics = survey(recommend=[9] * 30, rating={"Price": [5] * 30, "Staff": [4] * 30})
    grouped = replace(
        topics,
        questions=tuple(
            replace(q, group="Our shop") if q.scale and q.id != "recommend" else q for q in topics.questions
        ),
    )
    assert [source.likely for source in sources(grouped)] == [False]


def test_a_column_of_stages_is_measured_and_compared() -> None:
    result = computed(by_column())
    assert result.source is not None
    assert result.source.kind is SourceKind.COLUMN
    assert [str(each.stage.name) for each in result.stages] == ["Order", "Delivery", "Onboarding", "Support"]
    support = result.stages[-1]
    assert support.mark is Mark.BELOW
    assert result.low_point is support
    assert result.links == ()
    assert support.gap is not None
    assert table(page(by_column()), "stages").cell(support.stage.key, "gap").value == support.gap.value


def test_stages_go_with_the_score_but_are_no_cause() -> None:
    dataset = rated()
    result = computed(dataset)
    scores = dataset.codes("recommend")
    for link in result.links:
        fine = dataset.codes(link.stage.key) >= 3

        def parts(kept: np.ndarray) -> tuple[float, float, float]:
            mine = scores[kept]
            good, bad = int((mine >= 9).sum()), int((mine <= 6).sum())
            return good, len(mine) - good - bad, bad

        known = nps_difference(parts(fine), parts(~fine))
        assert link.gap is not None
        assert link.gap.value == pytest.approx(known.value)
        assert link.gap.p == pytest.approx(known.p, abs=1e-9)
        assert link.mark is Mark.ABOVE
    notes = [block for block in page(dataset).blocks() if isinstance(block, Note)]
    assert [str(note.title) for note in notes] == ["A link is not proof of cause."]


def test_channels_are_compared_and_crossed_with_stages() -> None:
    dataset = rated()
    result = computed(dataset)
    assert result.channel is not None
    assert result.channel.by.id == "sales channel"
    assert result.grid is not None
    names = [str(name) for name in result.grid.names]
    rows = dict(zip((each.stage.key for each in result.stages), result.grid.cells, strict=True))
    app = rows["delivery"][names.index("App")]
    channels = dataset.codes("sales channel")
    place = dataset.question("sales channel").options.index("App")
    assert app.score.value == pytest.approx((dataset.codes("delivery")[channels == place] >= 3).mean())
    assert app.mark is Mark.BELOW
    assert rows["ordering"][names.index("App")].mark is Mark.CHANCE
    shown = table(page(dataset), "channel_stages")
    assert shown.cell("delivery", f"channel{place}").letters == "▼"
    none = computed(dataset, JourneySpec(channel="none"))
    assert none.channel is None
    assert none.grid is None


def test_a_channel_that_the_filter_fixed_gives_way() -> None:
    base = rated()
    told = {
        "Sales channel": [base.question("sales channel").options[c] for c in base.codes("sales channel").tolist()],
        "Region": ["North", "South"] * 200,
        "Purchase channel": ["Web", "Phone"] * 200,
    }
    scored = {name: (base.codes(name.lower()) + 1).tolist() for name in STAGES}
    dataset = survey(recommend=base.codes("recommend").tolist(), rating=scored, segment=told)
    app = Selection((OneOf("sales channel", (0,)),))
    for spec in (JourneySpec(), JourneySpec(channel="sales channel")):
        options = {option.field: option for option in Journey().offered(dataset, spec, app)}
        assert [choice.value for choice in options["channel"].choices] == ["", "region", "none"]
        assert str(options["channel"].choices[0].name) == "Purchase channel"
        found = Journey().compute(Sample(dataset, app), Rules(), spec, Unattended())
        assert found.channel is not None
        assert found.channel.by.id == "purchase channel"
        assert {each.key for each in Journey().shows(Sample(dataset, app), spec, whole=True)} >= {"purchase channel"}
    both = Selection((OneOf("sales channel", (0,)), OneOf("purchase channel", (1,))))
    assert Journey().compute(Sample(dataset, both), Rules(), JourneySpec(), Unattended()).channel is None


def test_a_column_of_stages_that_the_filter_fixed_gives_way() -> None:
    dataset = by_column()
    support = dataset.question("touchpoint").options.index("Support")
    alone = Selection((OneOf("touchpoint", (support,)),))
    for spec in (JourneySpec(), JourneySpec(source="column:touchpoint")):
        assert Journey().offered(dataset, spec, alone) == ()
        assert Journey().shows(Sample(dataset, alone), spec, whole=True) == ()
        found = Journey().compute(Sample(dataset, alone), Rules(), spec, Unattended())
        assert found.source is None
        assert str(Journey().present(spec, found).headline) == "The filter leaves one stage."
    two = Selection((OneOf("touchpoint", (support, (support + 1) % dataset.question("touchpoint").size)),))
    assert Journey().compute(Sample(dataset, two), Rules(), JourneySpec(), Unattended()).source is not None


def test_a_grid_takes_the_place_of_a_column_that_the_filter_fixed() -> None:
    base = rated()
    scored = {name: (base.codes(name.lower()) + 1).tolist() for name in STAGES}
    dataset = survey(
        recommend=base.codes("recommend").tolist(),
        rating=scored,
        segment={"Touchpoint": ["Delivery", "Support"] * (base.respondents // 2)},
    )
    alone = Selection((OneOf("touchpoint", (0,)),))
    spec = JourneySpec(source="column:touchpoint")
    chosen = Journey().compute(Sample(dataset, Selection()), Rules(), spec, Unattended()).source
    assert chosen is not None
    assert chosen.column is not None
    found = Journey().compute(Sample(dataset, alone), Rules(), spec, Unattended()).source
    assert found is not None
    assert found.column is None


def test_small_channels_have_no_number_and_hidden_cells_stay_hidden() -> None:
    base = by_column()
    channels = ["Web" if n % 3 else "Shop" for n in range(480)]
    channels[:12] = ["Kiosk"] * 12
    dataset = survey(
        recommend=base.codes("recommend").tolist(),
        segment={
            "Touchpoint": [base.question("touchpoint").options[c] for c in base.codes("touchpoint").tolist()],
            "Channel": channels,
        },
    )
    grid = computed(dataset).grid
    assert grid is not None
    kiosk = [str(name) for name in grid.names].index("Kiosk")
    assert all(row[kiosk].score.value is None and row[kiosk].gap is None for row in grid.cells)
    size = dataset.question("channel").size
    web = grid.codes[[str(name) for name in grid.names].index("Web")]
    first = computed(dataset).stages[0].stage.code
    hidden = Rules(hidden=frozenset({("recommend", "touchpoint × channel", first * size + web)}))
    cell = computed(dataset, rules=hidden).grid
    assert cell is not None
    assert cell.cells[0][[str(name) for name in cell.names].index("Web")].score.withheld


def test_parts_are_named_so_that_small_ones_can_be_protected() -> None:
    for dataset in (rated(), by_column()):
        for parting in Journey().shows(Sample(dataset), JourneySpec(), whole=True):
            for measure in parting.measures:
                assert len(parting.counted(measure)) == parting.size


def test_weighted_stages_are_weighted() -> None:
    dataset = rated()
    weights = np.where(dataset.codes("sales channel") == 0, 2.0, 0.5)
    result = Journey().compute(Tally(dataset, weights).sample(), Rules(), JourneySpec(), Unattended())
    codes = dataset.codes("ordering")
    assert result.stages[0].score.value == pytest.approx(np.average(codes >= 3, weights=weights))


@pytest.mark.parametrize(
    ("dataset", "spec", "title"),
    [
        (survey(recommend=[9] * 40), JourneySpec(), "This survey has no stages."),
        (survey(recommend=[9] * 40, segment="ab" * 20), JourneySpec(), "No stages were recognised."),
        (survey(segment={"Stage": ["Order", "Delivery"] * 20}), JourneySpec(), "There is no score to compare."),
        (
            survey(recommend=[9, 3] * 4, segment={"Stage": ["Order", "Delivery"] * 4}),
            JourneySpec(),
            "Too few answers for a journey.",
        ),
    ],
)
def test_what_is_missing_is_explained(dataset: Dataset, spec: JourneySpec, title: str) -> None:
    (empty,) = page(dataset, spec).blocks()
    assert isinstance(empty, Empty)
    assert str(empty.title) == title
