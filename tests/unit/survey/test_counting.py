"""Counts against plain Python loops over the answers, for every kind of question, condition and sample size."""

from __future__ import annotations

import datetime
import threading
from collections import Counter

import numpy as np
import pytest

from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import Between, Condition, Mentions, OneOf, Selection
from tests.builders import big_survey, survey

REGIONS = ["North", "East", "South"]


def random_survey(respondents: int, seed: int = 1) -> Dataset:
    random = np.random.default_rng(seed)

    def scores(low: int, high: int) -> list[int | None]:
        drawn = random.integers(low - 1, high + 1, respondents).tolist()
        return [None if score < low else score for score in drawn]

    words = ["Slow delivery", "ＳＬＯＷ", "发货太慢", "", "Great staff"]
    return survey(
        recommend=scores(0, 10),
        satisfaction=scores(1, 5),
        effort=scores(1, 7),
        rating={"Speed": scores(1, 5), "Price": scores(1, 5)},
        segment={
            "Region": [[*REGIONS, None][i] for i in random.integers(0, 4, respondents)],
            "Store": [f"Store {i}" for i in random.integers(0, 60, respondents)],
            "Age": [f"Age {i}" for i in random.integers(0, 6, respondents)],
        },
        multiple={
            "Used": [
                None if draw == 0 else [name for bit, name in enumerate("abcdefghijkl") if draw >> bit & 1]
                for draw in random.integers(0, 1 << 12, respondents).tolist()
            ]
        },
        date=[
            None if day == 0 else f"2025-{1 + day % 12:02d}-{1 + day % 28:02d}T{day % 24:02d}:30"
            for day in random.integers(0, 400, respondents).tolist()
        ],
        comment=[words[i] for i in random.integers(0, 5, respondents)],
        options={
            "Region": REGIONS,
            "Store": [f"Store {i}" for i in range(60)],
            "Age": [f"Age {i}" for i in range(6)],
            "Used": list("abcdefghijkl"),
        },
    )


SELECTIONS: dict[str, tuple[Condition, ...]] = {
    "everybody": (),
    "some": (OneOf("region", (0, 2)),),
    "most": (OneOf("store", tuple(range(50))),),
    "no answer": (OneOf("region", (3,)),),
    "detractors": (OneOf("recommend", tuple(range(7))),),
    "nobody": (OneOf("region", ()),),
    "ticked": (OneOf("used", (1, 4)),),
    "not asked": (OneOf("used", (12,)),),
    "spring": (Between("date", datetime.date(2025, 3, 1), datetime.date(2025, 5, 31)),),
    "slow": (Mentions("comment", "slow"),),
    "all": (
        OneOf("region", (0, 1)),
        OneOf("used", (0, 2, 12)),
        Between("date", datetime.date(2025, 2, 1), datetime.date(2025, 11, 30)),
        Mentions("comment", "慢"),
    ),
}


def keeps(data: Dataset, condition: Condition, row: int) -> bool:
    """The meaning of a condition, one respondent at a time."""
    question, answers = data.question(condition.question), data.answers[condition.question]
    match condition:
        case OneOf() if answers.codes is not None and answers.codes.ndim == 2:
            ticks = answers.codes[:, row].tolist()
            unasked = all(tick == 2 for tick in ticks)
            return any(ticks[code] == 1 if code < len(ticks) else unasked for code in condition.codes)
        case OneOf():
            return int(data.codes(question.id)[row]) in condition.codes
        case Between():
            assert answers.numbers is not None
            if np.isnan(answers.numbers[row]):
                return False
            day = datetime.date(1970, 1, 1) + datetime.timedelta(days=int(answers.numbers[row]))
            return condition.first <= day <= condition.last
        case Mentions():
            text = data.columns[question.columns[0]].texts()[row]
            return condition.words in text.replace("ＳＬＯＷ", "slow").lower()


@pytest.mark.parametrize("respondents", [0, 1, 40, 3000])
@pytest.mark.parametrize("name", SELECTIONS)
def test_counts_equal_a_plain_loop(respondents: int, name: str) -> None:
    data = random_survey(respondents)
    selection = Selection(SELECTIONS[name])
    sample = Sample(data, selection)
    rows = [row for row in range(respondents) if all(keeps(data, each, row) for each in selection.conditions)]
    assert sample.size == len(rows)
    assert rows == (list(range(respondents)) if sample.rows is None else sample.rows.tolist())
    assert (sample.rows is None) == (len(rows) == respondents)
    coded = ["recommend", "satisfaction", "effort", "speed", "price", "region", "store", "age"]
    codes = {asked: data.codes(asked).tolist() for asked in coded}
    for asked in coded:
        found = Counter(codes[asked][row] for row in rows)
        assert sample.counts(asked).tolist() == [found[code] for code in range(data.question(asked).size + 1)]
    for asked, by in [
        ("recommend", "store"),
        ("price", "region"),
        ("effort", "age"),
        ("age", "region"),
        ("speed", "speed"),
    ]:
        pairs = Counter((codes[by][row], codes[asked][row]) for row in rows)
        height, width = data.question(by).size + 1, data.question(asked).size + 1
        assert sample.joint(asked, by).tolist() == [[pairs[r, c] for c in range(width)] for r in range(height)]
    ticks = data.codes("used")[:, rows]
    assert sample.ticked("used").tolist() == [[int((row == code).sum()) for code in range(3)] for row in ticks]
    assert sample.ticked_any("used") == int((ticks == 1).any(axis=0).sum())
    numbers = data.answers["date"].numbers
    assert numbers is not None
    known = numbers[rows][~np.isnan(numbers[rows])]
    expected = (float(int(known.min())), float(int(known.max())), len(known)) if len(known) else None
    assert sample.dates("date") == expected
    assert sample.take(numbers).tolist() == pytest.approx(numbers[rows].tolist(), nan_ok=True)
    assert sample.take(data.codes("used")).tolist() == ticks.tolist()


def test_samples_of_one_tally_agree_with_samples_of_their_own() -> None:
    data = random_survey(2000)
    tally = Tally(data)
    for conditions in [*SELECTIONS.values(), *SELECTIONS.values()]:
        shared, own = tally.sample(Selection(conditions)), Sample(data, Selection(conditions))
        assert shared.joint("recommend", "store").tolist() == own.joint("recommend", "store").tolist()
        assert shared.counts("effort").tolist() == own.counts("effort").tolist()


def test_a_filter_and_its_opposite_add_up_to_everybody() -> None:
    data = big_survey(20_000)
    tally = Tally(data)
    everybody = tally.sample()
    kept = tally.sample(Selection((OneOf("plan", (0, 1, 2, 3, 4, 5, 6, 7)),)))
    rest = tally.sample(Selection((OneOf("plan", tuple(range(8, 41))),)))
    assert 0 < kept.size < data.respondents
    for measure in ("recommend", "satisfaction", "effort", "rating 11"):
        assert (kept.counts(measure) + rest.counts(measure) == everybody.counts(measure)).all()
        for by in ("store", "region", "plan"):
            assert (kept.joint(measure, by) + rest.joint(measure, by) == everybody.joint(measure, by)).all()
    assert (kept.ticked("used") + rest.ticked("used") == everybody.ticked("used")).all()
    assert kept.ticked_any("used") + rest.ticked_any("used") == everybody.ticked_any("used")


@pytest.mark.parametrize("options", [(2,), (0, 3), (0, 1, 2, 3, 4)])
@pytest.mark.parametrize("data", [big_survey(3_000), random_survey(3_000)], ids=["in one pack", "in several"])
def test_who_ticked_any_option_counts_once(data: Dataset, options: tuple[int, ...]) -> None:
    channel = data.codes("channel" if "channel" in data.answers else "region")
    size = int(channel.max())
    for conditions in ((), (OneOf("used", (1,)),), (OneOf("satisfaction", (4,)),)):
        sample = Tally(data).sample(Selection(conditions))
        ticks, groups = sample.take(data.codes("used")), sample.take(channel)
        state = np.where((ticks == 2).all(axis=0), 2, (ticks[list(options)] == 1).any(axis=0))
        assert sample.any_ticked("used", options).people.tolist() == np.bincount(state, minlength=3).tolist()
        expected = [np.bincount(state[groups == group], minlength=3).tolist() for group in range(size)]
        assert sample.any_within("used", options, channel, size, "channels").people.tolist() == expected


def test_few_people_are_counted_without_the_tables_of_everybody() -> None:
    data = big_survey(30_000)
    weights = data.answers["weight"].numbers
    sample = Tally(data, weights).sample(Selection((OneOf("store", (250, 299)), OneOf("channel", (0,)))))
    assert weights is not None
    assert sample.rows is not None
    assert 0 < sample.size < 100
    scores, plans = (data.codes(name).take(sample.rows) for name in ("rating 3", "plan"))
    expected = np.zeros((41, 6))
    np.add.at(expected, (plans, scores), weights.take(sample.rows))
    table, answers = sample.table("rating 3", "plan"), sample.answers("rating 3")
    assert table.people.tolist() == [np.bincount(scores[plans == plan], minlength=6).tolist() for plan in range(41)]
    assert table.amount == pytest.approx(expected)
    assert answers.amount == pytest.approx(expected.sum(axis=0))
    assert answers.people.tolist() == table.people.sum(axis=0).tolist()


@pytest.mark.parametrize("name", SELECTIONS)
def test_places_are_those_of_the_kept_in_a_mask(name: str) -> None:
    data = random_survey(3_000)
    sample = Sample(data, Selection(SELECTIONS[name]))
    mask = data.codes("effort") != data.question("effort").size
    kept = np.zeros(data.respondents, dtype=np.bool_)
    kept[slice(None) if sample.rows is None else sample.rows] = True
    assert sample.places(mask).tolist() == np.flatnonzero(kept & mask).tolist()


def test_groups_are_sized_from_what_was_counted_already() -> None:
    data = big_survey(3_000)
    sample = Tally(data).sample(Selection((OneOf("plan", (1, 5)),)))
    groups = data.codes("age")
    alone = sample.sizes(groups, 6, "ages").tolist()
    fresh = Tally(data).sample(Selection((OneOf("plan", (1, 5)),)))
    fresh.within("recommend", groups, 6, "ages")
    assert fresh.sizes(groups, 6, "ages").tolist() == alone == sample.counts("age")[:6].tolist()


def test_what_several_pages_show_is_made_once_for_each_sample() -> None:
    tally = Tally(random_survey(40))
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    sample, other = tally.sample(), tally.sample()
    assert [sample.once(("line", 1), make), sample.once(("line", 1), make), sample.once(("line", 2), make)] == [1, 1, 2]
    assert other.once(("line", 1), make) == 3


def test_many_questions_share_few_passes_over_the_rows() -> None:
    data = big_survey(100_000)
    packs = Tally(data).plan.packs
    assert len(packs) < 25
    assert all(pack.cells <= 65_536 for pack in packs)


def test_a_segment_with_very_many_options_is_counted_exactly() -> None:
    data = survey(recommend=[i % 11 for i in range(70_000)], segment={"Shop": [f"{i}" for i in range(70_000)]})
    table = Sample(data).joint("recommend", "shop")
    assert table.shape == (70_001, 12)
    assert table.sum() == 70_000
    assert table[12_345, 12_345 % 11] == 1


def test_counts_cannot_be_changed_by_their_readers() -> None:
    sample = Sample(random_survey(50))
    for counts in (sample.counts("recommend"), sample.joint("recommend", "region"), sample.ticked("used")):
        with pytest.raises(ValueError, match="read-only"):
            counts[0] = 1


def test_search_ignores_case_and_width_and_counts_people_not_texts() -> None:
    data = survey(comment=["ＳＬＯＷ app", "slow APP", "Straße", None, "slow APP", "fast"])
    tally = Tally(data)
    assert tally.sample(Selection((Mentions("comment", "Slow App"),))).size == 3
    assert tally.sample(Selection((Mentions("comment", "STRASSE"),))).size == 1
    assert tally.sample(Selection((Mentions("comment", "never said"),))).size == 0
    assert tally.sample(Selection((Mentions("comment", "  "),))).size == 6


def test_the_last_day_of_a_period_counts_until_midnight() -> None:
    data = survey(date=["2025-01-31T23:59:59", "2025-02-01", "2025-01-01T00:00", "2024-12-31T23:59", None])
    january = Selection((Between("date", datetime.date(2025, 1, 1), datetime.date(2025, 1, 31)),))
    assert Sample(data, january).rows is not None
    assert Sample(data, january).take(np.arange(5)).tolist() == [0, 2]


def test_codes_that_a_question_does_not_have_keep_nobody() -> None:
    data = survey(segment="aab")
    assert Sample(data, Selection((OneOf("segment", (7, -1)),))).size == 0
    assert Sample(data, Selection((OneOf("segment", (1, 7)),))).size == 1


@pytest.mark.parametrize(
    "ask",
    [
        lambda sample: sample.counts("used"),
        lambda sample: sample.counts("date"),
        lambda sample: sample.counts("nothing"),
        lambda sample: sample.joint("recommend", "used"),
        lambda sample: sample.ticked("recommend"),
        lambda sample: sample.ticked_any("recommend"),
        lambda sample: sample.dates("recommend"),
        lambda sample: Sample(sample.dataset, Selection((OneOf("nothing", (1,)),))).size,
        lambda sample: Sample(sample.dataset, Selection((OneOf("date", (1,)),))).size,
        lambda sample: (
            Sample(
                sample.dataset, Selection((Between("region", datetime.date(2025, 1, 1), datetime.date(2025, 1, 2)),))
            ).size
        ),
    ],
)
def test_asking_for_what_a_question_does_not_have_raises_key_error(ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(KeyError):
        ask(Sample(random_survey(20)))


def test_two_threads_may_count_different_samples_of_one_tally() -> None:
    data = big_survey(30_000)
    tally = Tally(data)
    wanted = Sample(data, Selection((OneOf("region", (0,)),))).joint("recommend", "store").tolist()
    found: list[list[list[int]]] = []

    def count() -> None:
        for store in range(30):
            tally.sample(Selection((OneOf("store", (store,)),))).joint("effort", "plan")
        found.append(tally.sample(Selection((OneOf("region", (0,)),))).joint("recommend", "store").tolist())

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 3


def test_a_tally_of_another_survey_is_refused() -> None:
    with pytest.raises(ValueError, match="another dataset"):
        Sample(survey(segment="ab"), Selection(), Tally(survey(segment="ab")))
