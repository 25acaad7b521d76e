"""Changing how columns are used keeps every filter that still means the same, and drops those that do not."""

import pytest

from cxdesk.project.columns import answer_ask, use_as, uses_of
from cxdesk.project.workspace import Workspace
from cxdesk.reading.roles import RoleRefused
from cxdesk.survey.role import Role, Sure
from cxdesk.survey.selection import OneOf, Selection
from tests.unit.reading.understanding.sheets import columns_of

SURVEY = columns_of(
    {
        "How likely are you to recommend us? (0-10)": [0, 10, 9, 8, 7, 6, 5],
        "Region": ["North", "South", "East"],
        "Submitted at": ["03/04/2025", "05/06/2025", "07/08/2025", "11/12/2025"],
        "Why?": [f"reason number {number}" for number in range(60)],
    }
)
REGION = OneOf("q2", (0,))


def test_an_ignored_column_takes_its_filter_along() -> None:
    workspace = Workspace(SURVEY, selection=Selection((REGION, OneOf("q1", (9, 10)))))
    changed = use_as(workspace, [SURVEY.question("q2")], Role.IGNORE)
    assert changed.selection.conditions == (OneOf("q1", (9, 10)),)
    assert workspace.selection.conditions[0] == REGION, "the workspace before is what it was"


def test_a_filter_on_another_column_stays() -> None:
    workspace = Workspace(SURVEY, selection=Selection((REGION,)))
    changed = use_as(workspace, [SURVEY.question("q4")], Role.PRIVATE)
    assert changed.selection.conditions == (REGION,)
    assert changed.dataset.question("q4").role is Role.PRIVATE
    assert changed.dataset.question("q4").sure is Sure.SURE


def test_an_earlier_period_goes_with_its_column_and_stays_otherwise() -> None:
    workspace = Workspace(SURVEY, compare=Selection((REGION,)))
    assert use_as(workspace, [SURVEY.question("q4")], Role.PRIVATE).compare == Selection((REGION,))
    assert use_as(workspace, [SURVEY.question("q2")], Role.IGNORE).compare is None


def test_several_columns_change_together_or_not_at_all() -> None:
    workspace = Workspace(SURVEY)
    both = [SURVEY.question("q2"), SURVEY.question("q4")]
    assert {each.role for each in use_as(workspace, both, Role.IGNORE).dataset.questions[1::2]} == {Role.IGNORE}
    with pytest.raises(RoleRefused):
        use_as(workspace, both, Role.RECOMMEND)


def test_the_order_of_day_and_month_is_what_was_answered() -> None:
    asked = SURVEY.question("q3")
    assert asked.ask is not None
    readings = [reading.day_first for reading in asked.ask.readings]
    assert sorted(readings, key=str) == [False, True]
    for number, day_first in enumerate(readings):
        answered = answer_ask(Workspace(SURVEY), [asked], number).dataset.question("q3")
        assert answered.day_first is day_first
        assert answered.sure is Sure.SURE
        assert answered.ask is None


def test_only_what_all_columns_can_be_is_offered() -> None:
    score, words = SURVEY.question("q1"), SURVEY.question("q4")
    assert Role.RECOMMEND in uses_of(SURVEY, [score])
    assert Role.RECOMMEND not in uses_of(SURVEY, [score, words])
    assert Role.IGNORE in uses_of(SURVEY, [score, words])
    assert uses_of(SURVEY, []) == frozenset()
