"""Which comparisons a survey offers, and what choosing one makes of the workspace."""

from __future__ import annotations

import datetime
from dataclasses import replace

from cxdesk.project.comparison import against, common, compared, proposals, uncompared
from cxdesk.project.workspace import Workspace
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.survey.selection import Between, OneOf, Selection
from tests.builders import survey

D = datetime.date


def waved() -> Dataset:
    data = survey(
        recommend=[10, 3, 8] * 20, segment={"Wave": ["W1"] * 20 + ["W2"] * 20 + ["W3"] * 20, "Shop": "ab" * 30}
    )
    return replace(
        data, questions=tuple(replace(each, role=Role.WAVE) if each.id == "wave" else each for each in data.questions)
    )


def dated() -> Dataset:
    return survey(
        recommend=[10, 3] * 200, date=[D(2025, 1, 1) + datetime.timedelta(days=place) for place in range(400)]
    )


def words(data: Dataset, selection: Selection, span: tuple[D, D] | None = None) -> list[str]:
    return [str(proposal.words) for proposal in proposals(data, selection, span)]


def test_the_last_wave_is_compared_with_each_other_one() -> None:
    assert words(waved(), Selection()) == ["W3 with W2", "W3 with W1"]


def test_a_chosen_wave_keeps_its_place() -> None:
    assert words(waved(), Selection((OneOf("wave", (1,)),))) == ["W2 with W1", "W2 with W3"]


def test_the_last_periods_are_offered_with_those_before_and_a_year_before() -> None:
    found = words(dated(), Selection(), (D(2025, 1, 1), D(2026, 2, 4)))
    assert found[:4] == [
        "Q1 2026 with Q4 2025",
        "Q1 2026 with Q1 2025",
        "Feb 2026 with Jan 2026",
        "Feb 2026 with Feb 2025",
    ]


def test_a_filter_on_days_is_compared_with_as_many_days_before() -> None:
    days = Selection((Between("date", D(2025, 7, 1), D(2025, 9, 30)),))
    assert words(dated(), days, (D(2025, 1, 1), D(2026, 2, 4))) == ["Q3 2025 with Q2 2025"]
    odd = Selection((Between("date", D(2025, 7, 2), D(2025, 7, 11)),))
    assert words(dated(), odd, (D(2025, 1, 1), D(2026, 2, 4))) == ["2–11 Jul 2025 with 22 Jun – 1 Jul 2025"]


def test_a_survey_without_time_offers_nothing_by_itself() -> None:
    assert words(survey(recommend=[1, 2], segment="ab"), Selection()) == []


def test_choosing_sets_both_sides_and_stopping_keeps_the_filter() -> None:
    data = waved()
    workspace = compared(Workspace(data), proposals(data, Selection(), None)[0])
    assert workspace.selection == Selection((OneOf("wave", (2,)),))
    assert workspace.compare == Selection((OneOf("wave", (1,)),))
    assert common(workspace) == (20, 20, 0)
    assert uncompared(workspace).compare is None
    assert uncompared(workspace).selection == workspace.selection


def test_another_group_takes_the_place_of_the_filter_on_its_question() -> None:
    data = waved()
    workspace = against(Workspace(data, Selection((OneOf("shop", (0,)),))), OneOf("shop", (1,)))
    assert common(workspace) == (30, 30, 0)
    everybody = against(Workspace(data), OneOf("shop", (1,)))
    assert common(everybody) == (60, 30, 30)
