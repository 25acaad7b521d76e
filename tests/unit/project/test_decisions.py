"""Rows that are left out, on every page; nothing is lost, and every change of the survey applies decisions again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cxdesk.project.carry import carried
from cxdesk.project.columns import use_as
from cxdesk.project.decisions import DecisionRefused, applied, check_of, complete, decide, keeping_all, left_out_json
from cxdesk.project.history import History
from cxdesk.project.invited_typed import invited_groups, invited_number
from cxdesk.project.several import Plan, Way, combine
from cxdesk.project.workspace import Workspace
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.text import Translator, say
from tests.builders import survey

ENGLISH = Translator("en")


def shop() -> Dataset:
    """Fifty answers, one of them sent twice, and one row without a score."""
    return survey(
        recommend=[*[9] * 30, *[3] * 20, 3, None],
        segment={"Region": [*"ab" * 25, "a", "b"]},
        multiple={"Used": [["App"], ["Shop"]] * 26},
        date=[f"2025-07-{1 + row % 28:02d}" for row in range(52)],
        comment=[f"comment {row}" for row in range(52)],
        respondent=[*[f"p{row}" for row in range(50)], "p0", "p99"],
    )


def test_what_is_left_out_unasked_is_gone_from_every_column() -> None:
    used = applied(Workspace(shop())).dataset
    assert used.respondents == 50
    assert {len(column.codes) for column in used.columns} == {50}
    assert used.codes("used").shape == (2, 50)
    assert len(used.answers["date"].numbers if used.answers["date"].numbers is not None else ()) == 50
    assert used.whole is not None
    assert used.whole.respondents == 52
    assert used.key != used.whole.key
    assert used.receipt == used.whole.receipt


def test_a_survey_without_doubtful_rows_is_the_same_object() -> None:
    dataset = survey(recommend=[9, 8, 7], respondent=["a", "b", "c"])
    assert applied(Workspace(dataset)).dataset is dataset


def test_decisions_are_undone_step_by_step() -> None:
    workspace = applied(Workspace(shop()))
    kept = decide(workspace, "same_id", "keep")
    assert kept.dataset.respondents == 51
    assert kept.decisions == (("same_id", "keep"),)
    history = History(workspace).edit(say("Keep"), kept)
    assert history.undo().now.dataset.respondents == 50


def test_confirming_keeps_the_survey_so_that_nothing_is_counted_again() -> None:
    workspace = applied(Workspace(shop()))
    confirmed = decide(workspace, "same_id", "first")
    assert confirmed.dataset is workspace.dataset
    assert confirmed.decisions == (("same_id", "first"),)


def test_a_decision_that_leaves_hardly_anybody_is_refused() -> None:
    grid = {f"R{number}": [4] * 12 for number in range(5)}
    dataset = survey(rating=grid)
    alike = replace(dataset, questions=tuple(replace(each, group="Rate us") for each in dataset.questions))
    with pytest.raises(DecisionRefused) as refused:
        decide(applied(Workspace(alike)), "same_answer_r0", "leave_out")
    assert "Nothing was changed." in ENGLISH(refused.value.reason)


def test_a_role_given_to_a_column_changes_the_complete_survey() -> None:
    workspace = applied(Workspace(shop()))
    other = use_as(workspace, [workspace.dataset.question("respondent")], Role.IGNORE)
    assert other.dataset.complete.question("respondent").role is Role.IGNORE
    assert other.dataset.respondents == 51
    again = use_as(other, [other.dataset.question("respondent")], Role.RESPONDENT)
    assert again.dataset.respondents == 50


def test_what_did_not_change_is_not_copied_again() -> None:
    workspace = applied(Workspace(shop()))
    other = use_as(workspace, [workspace.dataset.question("region")], Role.IGNORE)
    same = [new is old for new, old in zip(other.dataset.columns, workspace.dataset.columns, strict=True)]
    assert all(same)
    assert other.dataset.answers["recommend"] is workspace.dataset.answers["recommend"]


def test_reading_the_file_again_keeps_decisions() -> None:
    before = decide(applied(Workspace(shop())), "same_id", "newest")
    again = carried(before, applied(Workspace(shop())))
    assert again.decisions == (("same_id", "newest"),)
    assert again.dataset.respondents == 50
    days = again.dataset.columns[-1].texts()
    assert days.count("p0") == 1
    assert again.dataset.question("recommend") == before.dataset.question("recommend")
    assert again.dataset.key == before.dataset.key


def test_the_same_people_in_two_files_are_no_duplicates() -> None:
    first = survey(recommend=[9, 8, 7] * 10, respondent=list(map(str, range(30))), name="June.csv", key="june")
    second = survey(recommend=[9, 9, 7] * 10, respondent=list(map(str, range(30))), name="July.csv", key="july")
    both = applied(combine((first, second), Plan(Way.TOGETHER)))
    assert both.dataset.respondents == 60
    doubled = survey(recommend=[9, 9, 7] * 10, respondent=[*map(str, range(29)), "0"], name="July.csv", key="july")
    one = applied(combine((first, doubled), Plan(Way.TOGETHER)))
    assert one.dataset.respondents == 59
    assert [part.respondents for part in one.dataset.parts] == [30, 29]
    assert [part.respondents for part in complete(one).dataset.parts] == [30, 30]


def test_all_rows_can_be_kept_on_purpose() -> None:
    workspace = keeping_all(Workspace(shop()))
    assert workspace.dataset.respondents == 52
    assert left_out_json(workspace, ENGLISH) == []


def test_the_terminal_is_told_what_was_left_out_and_that_nobody_decided() -> None:
    assert left_out_json(applied(Workspace(shop())), ENGLISH) == [
        {"check": "no_score", "reason": "No score given (Leave out)", "rows": 1, "decided": False},
        {"check": "same_id", "reason": "Duplicate respondent IDs (Leave out, keep first)", "rows": 1, "decided": False},
    ]


def test_a_check_speaks_of_the_complete_survey() -> None:
    found = check_of(applied(Workspace(shop())), "same_id")
    assert found is not None
    marked = found.ways[0].marked
    assert marked is not None
    assert np.flatnonzero(marked).tolist() == [50]


@pytest.mark.parametrize(("text", "number"), [("1,200", 1200), ("", 0), ("850", 850), ("many", None), ("-3", None)])
def test_numbers_of_invited_people(text: str, number: int | None) -> None:
    assert invited_number(text) == number


def test_pasted_groups_find_their_column() -> None:
    dataset = shop()
    found = invited_groups(dataset, "Region\tInvited\nB\t400\na\t1,600\n")
    assert found.invited is not None
    assert (found.invited.question, found.invited.numbers) == ("region", (1600, 400))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\tmany\nb\t3", "Paste two columns"),
        ("a\t5\nb\tfew", "“few” is no number of people."),
        ("x\t5\ny\t3", "No column has these groups."),
        ("a\t5\nc\t3", "“Region” has no group c."),
    ],
)
def test_pasted_groups_that_do_not_fit_are_refused_in_words(text: str, reason: str) -> None:
    found = invited_groups(shop(), text)
    assert found.invited is None
    assert found.problem is not None
    assert ENGLISH(found.problem).startswith(reason)
