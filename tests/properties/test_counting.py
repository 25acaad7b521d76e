"""What must hold for the counts of any survey under any filter."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from tests.builders import survey

quick = settings(max_examples=50, deadline=None)


@st.composite
def surveys(draw: st.DrawFn) -> Dataset:
    n = draw(st.integers(0, 40))

    def column(values: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(st.none() | values, min_size=n, max_size=n))

    return survey(
        recommend=column(st.integers(0, 10)),  # type: ignore[arg-type]
        satisfaction=column(st.integers(1, 5)),  # type: ignore[arg-type]
        segment={"Region": column(st.sampled_from("abc")), "Plan": column(st.sampled_from("wxyz"))},  # type: ignore[dict-item]
        multiple={"Used": column(st.lists(st.sampled_from("pqr"), unique=True))},  # type: ignore[dict-item]
        options={"Region": "abc", "Plan": "wxyz", "Used": "pqr"},
    )


def halves(kept: set[int], size: int) -> tuple[Selection, Selection]:
    rest = set(range(size + 1)) - kept
    return tuple(Selection((OneOf("plan", tuple(sorted(codes))),)) for codes in (kept, rest))  # type: ignore[return-value]


@quick
@given(surveys(), st.sets(st.integers(0, 4)))
def test_a_filter_and_the_rest_add_up_to_everybody(data: Dataset, codes: set[int]) -> None:
    tally = Tally(data)
    kept, rest = (tally.sample(selection) for selection in halves(codes, 4))
    everybody = Sample(data)
    assert kept.size + rest.size == everybody.size == data.respondents
    for question in ("recommend", "satisfaction", "region", "plan"):
        assert (kept.counts(question) + rest.counts(question) == everybody.counts(question)).all()
    joint = [sample.joint("recommend", "region") for sample in (kept, rest, everybody)]
    assert (joint[0] + joint[1] == joint[2]).all()
    assert (kept.ticked("used") + rest.ticked("used") == everybody.ticked("used")).all()
    assert kept.ticked_any("used") + rest.ticked_any("used") == everybody.ticked_any("used")


@quick
@given(surveys(), st.sets(st.integers(0, 4)))
def test_margins_of_a_joint_table_are_the_counts(data: Dataset, codes: set[int]) -> None:
    sample = Sample(data, halves(codes, 4)[0])
    for question in ("recommend", "satisfaction"):
        for by in ("region", "plan"):
            table = sample.joint(question, by)
            assert table.min() >= 0
            assert table.sum() == sample.size
            assert (table.sum(axis=0) == sample.counts(question)).all()
            assert (table.sum(axis=1) == sample.counts(by)).all()
            assert (table == sample.joint(by, question).T).all()


@quick
@given(surveys())
def test_every_row_of_ticks_is_everybody(data: Dataset) -> None:
    sample = Sample(data)
    assert (sample.ticked("used").sum(axis=1) == data.respondents).all()
    assert sample.ticked("used")[:, 1].max() <= sample.ticked_any("used") <= sample.ticked("used")[:, 1].sum()


@quick
@given(surveys(), st.randoms(use_true_random=False))
def test_the_order_of_respondents_does_not_matter(data: Dataset, random) -> None:  # type: ignore[no-untyped-def]
    places = list(range(data.respondents))
    random.shuffle(places)
    recommend, region = (data.columns[data.question(name).columns[0]].texts() for name in ("recommend", "region"))
    shuffled = survey(
        recommend=[int(recommend[place]) if recommend[place] else None for place in places],
        segment={"Region": [region[place] or None for place in places]},
        options={"Region": "abc"},
    )
    assert np.array_equal(Sample(data).joint("recommend", "region"), Sample(shuffled).joint("recommend", "region"))
