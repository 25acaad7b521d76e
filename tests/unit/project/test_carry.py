"""A file that is read again keeps what the person chose, as far as it still fits."""

from __future__ import annotations

import datetime

from cxdesk.project.carry import carried
from cxdesk.project.workspace import Workspace
from cxdesk.reading.roles import with_role
from cxdesk.reading.together import put_together
from cxdesk.report.report import ReportOptions
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.survey.selection import Between, Mentions, OneOf, Selection
from cxdesk.survey.source import SOURCE
from cxdesk.survey.weighting import Margin, Weighting
from tests.builders import survey


def stores(regions: str, key: str) -> Dataset:
    return survey(
        recommend=[9] * len(regions),
        segment={"Region": regions, "Team": "x" * len(regions)},
        date=["2025-07-01"] * len(regions),
        comment=["Slow"] * len(regions),
        key=key,
    )


def test_roles_filter_rules_and_report_choices_stay() -> None:
    chosen = with_role(stores("aabb", "old"), "team", Role.IGNORE)
    before = Workspace(
        chosen,
        Selection((OneOf("region", (1,)), Mentions("comment", "slow"))),
        Rules(confidence=0.99),
        report=ReportOptions(title="July"),
    )
    after = carried(before, Workspace(stores("aabbb", "new")))
    assert after.dataset.respondents == 5
    assert after.dataset.question("team").role is Role.IGNORE
    assert after.selection == before.selection
    assert after.rules == before.rules
    assert after.report.title == "July"


def test_answers_are_found_by_their_names() -> None:
    before = Workspace(stores("aabb", "old"), Selection((OneOf("region", (0, 1)),)))
    after = carried(before, Workspace(stores("bbca", "new")))
    assert after.selection == Selection((OneOf("region", (0, 2)),))


def test_an_answer_that_is_gone_is_left_out() -> None:
    before = Workspace(stores("aabb", "old"), Selection((OneOf("region", (0,)),)))
    assert carried(before, Workspace(stores("bbcc", "new"))).selection == Selection()


def test_days_stay_as_they_are() -> None:
    july = Between("date", datetime.date(2025, 7, 1), datetime.date(2025, 7, 31))
    before = Workspace(stores("aabb", "old"), Selection((july,)))
    assert carried(before, Workspace(stores("aab", "new"))).selection.conditions == (july,)


def test_what_the_program_found_itself_is_found_anew() -> None:
    before = Workspace(stores("aabb", "old"))
    fresh = Workspace(with_role(stores("aabb", "new"), "region", Role.IGNORE))
    assert carried(before, fresh).dataset.question("region").role is Role.IGNORE


def test_other_columns_start_afresh() -> None:
    before = Workspace(stores("aabb", "old"), Selection((OneOf("region", (0,)),)), report=ReportOptions(title="July"))
    fresh = Workspace(survey(recommend=[9, 9], segment={"Area": "ab"}))
    assert carried(before, fresh) is fresh


def test_a_filter_on_a_column_with_another_role_is_left_out() -> None:
    before = Workspace(stores("aabb", "old"), Selection((OneOf("region", (0,)),)))
    fresh = Workspace(with_role(stores("aabb", "new"), "region", Role.IGNORE))
    assert carried(before, fresh).selection == Selection()


def test_an_earlier_period_and_weights_stay() -> None:
    files = [stores("aabb", "old"), stores("abab", "new")]
    earlier = Selection((OneOf(SOURCE, (0,)),))
    weighting = Weighting(margins=(Margin("region", (0.5, 0.5)),))
    before = Workspace(put_together(files), Selection((OneOf(SOURCE, (1,)),)), compare=earlier, weighting=weighting)
    after = carried(before, Workspace(put_together(files)))
    assert (after.selection, after.compare, after.weighting) == (before.selection, earlier, weighting)


def test_an_earlier_period_that_is_gone_is_not_everybody() -> None:
    before = Workspace(stores("aabb", "old"), compare=Selection((OneOf("region", (0,)),)))
    assert carried(before, Workspace(stores("bbcc", "new"))).compare is None
    everybody = Workspace(stores("aabb", "old"), compare=Selection())
    assert carried(everybody, Workspace(stores("bbcc", "new"))).compare == Selection()


def test_weights_for_groups_that_are_gone_are_left_out() -> None:
    weighting = Weighting(margins=(Margin("region", (0.5, 0.5)),))
    before = Workspace(stores("aabb", "old"), weighting=weighting)
    assert carried(before, Workspace(stores("bbcc", "new"))).weighting is None
