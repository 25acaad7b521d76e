"""A customer list beside a survey: every respondent stays once, and only counts are told about the keys."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.reading.joined import Match, join, matches, suggest_keys
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Role
from cxdesk.text import Translator
from tests.builders import survey
from tests.unit.reading.halves import agrees_with_its_columns, counted

KEYS = ["C1", "C2", "C3", "C2", None, "C9"]


def answers(keys: list[str | None] = KEYS, **more: object) -> Dataset:
    return survey(
        recommend=[10, 9, 3, 8, 7, 0][: len(keys)],
        respondent=keys,
        date=["2025-07-01"] * len(keys),
        name="answers.csv",
    )


def customers(keys: list[str | None] | None = None) -> Dataset:
    keys = keys or ["c3 ", "Ｃ１", "C2", "C1", "C7"]
    return survey(
        segment={"Region": ["South", "North", "East", "West", "West"][: len(keys)]},
        multiple={"Owns": [["App"], ["Shop"], ["App", "Shop"], ["Shop"], ["App"]][: len(keys)]},
        date={"Customer since": ["2020-01-01"] * len(keys)},
        comment={"Customer": keys},
        name="customers.csv",
    )


def test_the_rows_are_found_by_their_keys() -> None:
    joined = join(answers(), "respondent", customers(), "customer")
    region = next(question for question in joined.questions if question.text == "Region")
    codes = joined.codes(region.id).tolist()
    assert [(*region.options, "nobody")[code] for code in codes] == [
        "North",
        "East",
        "South",
        "East",
        "nobody",
        "nobody",
    ]
    owns = next(question for question in joined.questions if question.text == "Owns")
    assert joined.codes(owns.id).tolist() == [[0, 1, 1, 1, 2, 2], [1, 1, 0, 1, 2, 2]]
    assert joined.respondents == 6
    assert joined.codes("recommend").tolist() == answers().codes("recommend").tolist()
    assert Sample(joined).joint("recommend", region.id).sum() == 6
    assert "Customer" not in [question.text for question in joined.questions]


def test_the_counts_tell_how_the_table_fits() -> None:
    match = matches(answers(), "respondent", customers(), "customer")
    assert match == Match(
        matched=4, unmatched=2, no_key=1, not_in_survey=1, duplicates_survey=1, duplicates_table=1, zeros_ignored=False
    )
    said = [
        Translator("en")(entry.text) for entry in join(answers(), "respondent", customers(), "customer").receipt.unused
    ]
    assert said == [
        "2 respondents are not in “customers.csv” (compared by “Respondent”)",
        "1 row of “customers.csv” belongs to nobody who answered",
        "1 further row of “customers.csv” has a key that was there before; the first row is used",
        "4 cells stand in columns that are not used: Customer since",
    ]
    assert not any(key in line for line in said for key in ("C1", "C2", "C7"))


@pytest.mark.parametrize(
    ("ours", "theirs", "matched", "zeros"),
    [
        (["7", "8", "9"], ["7.0", "8.0", "9.00"], 3, False),
        (["007", "008", "009"], ["7", "8", "9"], 3, True),
        (["7", "8", "9"], ["007", "008", "009"], 3, True),
        (["007", "7", "8"], ["7", "8", "9"], 2, False),
        (["０７", " 8 ", "a@B.com"], ["07", "8", "A@b.com"], 3, False),
        (["7.5", "1", "2"], ["7", "3", "4"], 0, False),
    ],
)
def test_keys_are_compared_with_care(
    ours: list[str | None], theirs: list[str | None], matched: int, zeros: bool
) -> None:
    match = matches(answers(ours), "respondent", customers(theirs), "customer")
    assert (match.matched, match.zeros_ignored) == (matched, zeros)
    notes = [entry.code for entry in join(answers(ours), "respondent", customers(theirs), "customer").receipt.unused]
    assert ("leading_zeros" in notes) is zeros


def test_the_survey_keeps_its_own_date_and_number() -> None:
    joined = join(answers(), "respondent", customers(), "customer")
    assert [question.text for question in joined.with_role(Role.DATE)] == ["Date"]
    since = next(question for question in joined.questions if question.text == "Customer since")
    assert since.role is Role.IGNORE


def test_the_same_words_get_the_name_of_the_table() -> None:
    table = survey(recommend=[1, 2, 3], comment={"Customer": ["C1", "C2", "C3"]}, name="last year.csv")
    joined = join(answers(), "respondent", table, "customer")
    assert {"Recommend", "Recommend (last year)"} <= {question.text for question in joined.questions}
    assert len({question.id for question in joined.questions}) == len(joined.questions)


def test_the_keys_are_found_by_what_they_hold() -> None:
    assert suggest_keys(answers(), customers(["C1", "C2", "C3", "C9", "C8"])) == ("respondent", "customer")
    assert suggest_keys(answers(), customers(["X1", "X2", "X3", "X4", "X5"])) is None
    assert suggest_keys(survey(recommend=[1, 2]), customers()) is None


def test_two_tables_can_be_joined_one_after_the_other() -> None:
    once = join(answers(), "respondent", customers(), "customer")
    table = survey(segment={"Owner": ["Ann", "Bob"]}, comment={"No": ["C1", "C9"]}, name="owners.csv")
    twice = join(once, "respondent", table, "no")
    owner = next(question for question in twice.questions if question.text == "Owner")
    assert counted(twice, owner) == [("Ann", 1), ("Bob", 1), ("no answer", 4)]
    assert [part.name for part in twice.parts] == ["answers", "customers", "owners"]
    assert len({once.key, twice.key, answers().key}) == 3
    assert agrees_with_its_columns(twice) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["1", "2", "3", "4", None]), min_size=1, max_size=6),
    st.lists(st.sampled_from(["1", "2", "3", "5"]), min_size=1, max_size=5),
)
def test_joining_keeps_every_respondent_once(ours: list[str | None], theirs: list[str | None]) -> None:
    before, table = answers(ours), customers(theirs)
    after = join(before, "respondent", table, "customer")
    match = matches(before, "respondent", table, "customer")
    assert after.respondents == before.respondents == match.matched + match.unmatched
    assert all(number >= 0 for number in astuple(match))
    assert match.matched == sum(key is not None and key in theirs for key in ours)
    for question in before.questions:
        if question.id != "respondent":
            np.testing.assert_equal(after.answers[question.id], before.answers[question.id])
    region = next(question for question in after.questions if question.text == "Region")
    first = {key: place for place, key in reversed(list(enumerate(theirs)))}
    named = (*region.options, None)
    wanted = [table.columns[0].texts()[first[key]] if key in first else None for key in ours]
    assert [named[code] for code in after.codes(region.id).tolist()] == wanted
