"""Groups that have a name are packed with questions once; they are counted as if they were counted anew."""

import numpy as np
import pytest

from cxdesk.survey.counted import Counted
from cxdesk.survey.counting import Tally
from cxdesk.survey.dataset import Codes, Dataset
from cxdesk.survey.selection import OneOf, Selection
from tests.builders import big_survey

SIZE = 24
SELECTIONS = {
    "everybody": Selection(),
    "most": Selection((OneOf("region", (0, 1, 2, 3, 5, 6, 7, 8)),)),
    "few": Selection((OneOf("plan", (1, 5)), OneOf("channel", (0, 3)))),
    "nobody": Selection((OneOf("plan", ()),)),
}


@pytest.fixture(scope="module")
def data() -> Dataset:
    return big_survey(4_000)


@pytest.fixture(params=[False, True], ids=["unweighted", "weighted"])
def tally(request: pytest.FixtureRequest, data: Dataset) -> Tally:
    return Tally(data, data.answers["weight"].numbers if request.param else None)


@pytest.fixture(scope="module")
def groups(data: Dataset) -> Codes:
    return np.random.default_rng(3).integers(0, SIZE + 1, data.respondents).astype(np.uint8)


def same(one: Counted, other: Counted) -> None:
    for name in ("people", "weight", "square"):
        first, second = getattr(one, name), getattr(other, name)
        assert (first is None) == (second is None)
        if first is not None:
            assert first.shape == second.shape
            np.testing.assert_allclose(first, second, rtol=1e-12, atol=1e-9)


@pytest.mark.parametrize("kept", SELECTIONS)
def test_named_groups_are_counted_like_any_others(tally: Tally, groups: Codes, kept: str) -> None:
    sample, fresh = (tally.sample(SELECTIONS[kept]) for _ in range(2))
    assert fresh.sizes(groups, SIZE, "some").tolist() == sample.sizes(groups, SIZE).tolist()
    for question in ("recommend", "effort", "rating 7", "store"):
        same(sample.within(question, groups, SIZE, "some"), sample.within(question, groups, SIZE))
    same(sample.ticks_within("used", groups, SIZE, "some"), sample.ticks_within("used", groups, SIZE))
    for options in ((1,), (0, 2, 4)):
        same(sample.any_within("used", options, groups, SIZE, "some"), sample.any_within("used", options, groups, SIZE))
    assert sample.sizes(groups, SIZE, "some").tolist() == sample.sizes(groups, SIZE).tolist()


def test_two_names_are_two_groups(data: Dataset, groups: Codes) -> None:
    sample = Tally(data).sample()
    other = (groups + 1) % (SIZE + 1)
    one = sample.within("recommend", groups, SIZE, "one").people
    two = sample.within("recommend", other, SIZE, "two").people
    assert one[:-1].tolist() == two[1:].tolist()


def test_named_groups_within_are_those_of_a_filter(data: Dataset, groups: Codes) -> None:
    kept = Tally(data).sample(SELECTIONS["most"])
    counted = kept.within("satisfaction", groups, SIZE, "some").people
    rows = kept.rows
    assert rows is not None
    for group in (0, 11, SIZE - 1):
        inside = data.codes("satisfaction")[rows][groups[rows] == group]
        assert counted[group].tolist() == np.bincount(inside, minlength=6).tolist()
