"""Weights while they are chosen: what was typed is kept, scaled, and becomes weights only when it is whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cxdesk.project.weights_draft import OFF, OWN, WeightsDraft, respondents_shares
from cxdesk.project.workspace import Workspace
from cxdesk.survey.weighting import Margin, Weighting
from tests.builders import survey

SHOPS = survey(
    recommend=[10] * 8, segment={"Age": ["old", "new", "new", "new"] * 2, "Region": ["N", "S", "N", None] * 2}
)


def test_columns_are_used_in_the_order_of_the_file_and_remember_their_targets() -> None:
    draft = WeightsDraft(OWN).using(SHOPS, "region", used=True).using(SHOPS, "age", used=True)
    assert draft.used == ("age", "region")
    draft = draft.typed("age", (25.0, 75.0)).using(SHOPS, "age", used=False)
    assert draft.used == ("region",)
    assert draft.using(SHOPS, "age", used=True).targets["age"] == (25.0, 75.0)


def test_shares_of_respondents_leave_out_who_did_not_answer() -> None:
    assert respondents_shares(SHOPS, "region") == pytest.approx((2 / 3, 1 / 3))
    filled = WeightsDraft(OWN).using(SHOPS, "age", used=True).filled(SHOPS)
    assert filled.targets["age"] == (25.0, 75.0)
    assert filled.is_whole


def test_counts_are_scaled() -> None:
    draft = WeightsDraft(OWN).using(SHOPS, "age", used=True).typed("age", (400.0, 600.0))
    assert not draft.is_whole
    assert draft.scaled().targets["age"] == pytest.approx((40, 60))
    assert draft.scaled().is_whole


def test_the_three_ways_become_weights() -> None:
    assert WeightsDraft(OFF).weighting is None
    assert WeightsDraft("weight").weighting == Weighting("weight")
    own = WeightsDraft(OWN, cap=3.0).using(SHOPS, "age", used=True).typed("age", (40.0, 60.0))
    assert own.weighting == Weighting(margins=(Margin("age", (0.4, 0.6)),), cap=3.0)


@pytest.mark.parametrize(
    "weighting", [None, Weighting("weight"), Weighting(margins=(Margin("age", (0.4, 0.6)),), cap=3.0)]
)
def test_a_draft_begins_with_the_weights_of_the_survey(weighting: Weighting | None) -> None:
    workspace = replace(Workspace(SHOPS), weighting=weighting)
    assert WeightsDraft().of(workspace).weighting == weighting
