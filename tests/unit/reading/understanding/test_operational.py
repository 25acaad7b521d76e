"""Columns that the company knows about its customers: times, money, counts, a yes or no; and what is none of them."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from cxdesk.project.store import recall, remember
from cxdesk.reading.amounts import money_in, seconds_in
from cxdesk.reading.joined import join, suggest_keys
from cxdesk.reading.roles import RoleRefused, allowed, with_reading, with_role
from cxdesk.reading.together import put_together
from cxdesk.survey.amount import Amount, AmountKind, TimeUnit
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Scale
from tests.unit.reading.halves import agrees_with_its_columns
from tests.unit.reading.understanding.sheets import columns_of, only

ELEVEN = list(range(11))


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("2小时15分", 8100),
        ("1天3小时", 97200),
        ("45分钟", 2700),
        ("38秒", 38),
        ("1d 3h", 97200),
        ("2 days, 4 hours", 187200),
        ("1 hour and 5 minutes", 3900),
        ("90 min", 5400),
        ("1.5h", 5400),
        ("1,5 h", 5400),
        ("02:15:00", 8100),
        ("26:30:00", 95400),
        ("1 day, 02:00:00", 93600),
        ("2:15", 8100),
        ("1 week", 604800),
        ("7", 25200),
        ("0.5", 1800),
        ("５小时", 18000),
    ],
)
def test_times_are_read_in_seconds(cell: str, seconds: float) -> None:
    assert seconds_in(cell, TimeUnit.HOUR) == pytest.approx(seconds)


@pytest.mark.parametrize("cell", ["", "soon", "5 stars", "3%", "2小时以内", "10-20 min", "-", "5分钟以内", "$12"])
def test_what_is_no_time(cell: str) -> None:
    assert math.isnan(seconds_in(cell, TimeUnit.HOUR))


def test_two_part_clocks_follow_the_unit_of_the_column() -> None:
    assert seconds_in("2:15", TimeUnit.MINUTE) == 135
    assert seconds_in("2:15", TimeUnit.DAY) == 8100


@pytest.mark.parametrize(
    ("cell", "value", "sign"),
    [
        ("$1,234.50", 1234.5, "$"),
        ("¥1.2万", 12000, "¥"),
        ("3000元", 3000, "¥"),
        ("1 234,50 €", 1234.5, "€"),
        ("-$20", -20, "$"),
        ("$-20", -20, "$"),
        ("USD 15", 15, "$"),
        ("2.5k", 2500, ""),
        ("99.9", 99.9, ""),
    ],
)
def test_money_keeps_its_sign(cell: str, value: float, sign: str) -> None:
    found, currency = money_in(cell)
    assert found == pytest.approx(value)
    assert currency == sign


@pytest.mark.parametrize(
    ("header", "answers", "amount", "sure"),
    [
        ("First reply (min)", [4, 12, 31, 55, 120], Amount(AmountKind.TIME, TimeUnit.MINUTE), Sure.SURE),
        ("first_response_hours", [0.5, 2, 3.25, 30], Amount(AmountKind.TIME, TimeUnit.HOUR), Sure.SURE),
        ("Resolution time", ["1d 3h", "5h", "40m", "2d"], Amount(AmountKind.TIME, TimeUnit.HOUR), Sure.SURE),
        ("Resolution time", [12, 45, 90, 200, 31], Amount(AmountKind.TIME, TimeUnit.MINUTE), Sure.CHECK),
        ("首次响应时长(分钟)", [4, 12, 31, 55, 120], Amount(AmountKind.TIME, TimeUnit.MINUTE), Sure.SURE),
        ("处理时长", ["2小时15分", "45分钟", "1天", "3小时"], Amount(AmountKind.TIME, TimeUnit.HOUR), Sure.SURE),
        ("Annual revenue", ["$1,200", "$300", "$25,000"], Amount(AmountKind.MONEY, sign="$"), Sure.SURE),
        ("年消费金额（元）", [1200, 300, 25000, 88.5], Amount(AmountKind.MONEY, sign="¥"), Sure.SURE),
        ("Number of orders", range(30), Amount(AmountKind.NUMBER), Sure.SURE),
    ],
)
def test_operational_numbers_are_recognised(header: str, answers: list[object], amount: Amount, sure: Sure) -> None:
    question = only(header, answers)
    assert (question.role, question.kind, question.amount, question.sure) == (
        Role.OPERATION,
        Kind.NUMBER,
        amount,
        sure,
    )


@pytest.mark.parametrize(
    ("header", "answers", "options"),
    [
        ("Churned", ["No", "Yes", "No"], ("Yes", "No")),
        ("churn", [0, 1, 0, 0], ("1", "0")),
        ("是否流失", ["否", "是", "否"], ("是", "否")),
        ("客户状态标记 流失", ["否", "是", "否"], None),
        ("Renewal", ["renewed", "not renewed"], ("renewed", "not renewed")),
    ],
)
def test_a_yes_or_no_about_the_customer(header: str, answers: list[object], options: tuple[str, ...] | None) -> None:
    question = only(header, answers)
    if options is None:
        assert question.role is not Role.OPERATION
    else:
        assert (question.role, question.kind, question.options) == (Role.OPERATION, Kind.CHOICE, options)


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("Waiting time", [1, 2, 3, 4, 5]),
        ("等待时间", [1, 2, 3, 4, 5]),
        ("How satisfied are you with the resolution time?", [1, 2, 3, 4, 5]),
        ("Please rate our response time", ELEVEN),
        ("等待时间", ["5分钟以内", "10分钟", "30分钟以上"]),
        ("How much did you spend (revenue)?", [12.5, 99.9, 4.2]),
        ("Was your issue resolved?", ["Yes", "No"]),
        ("所用时间", ["38秒", "2分35秒", "60秒"]),
        ("Duration (in seconds)", [300, 200, 150]),
        ("Age", range(18, 80)),
        ("Region", ["North", "South"]),
    ],
)
def test_what_people_were_asked_is_no_operational_number(header: str, answers: list[object]) -> None:
    assert only(header, answers).role is not Role.OPERATION


def test_the_unit_is_asked_and_the_answer_changes_the_numbers() -> None:
    survey = columns_of({"Recommend us? (0-10)": ELEVEN, "Resolution time": [12, 45, 90, 200, 31]})
    question = survey.questions[1]
    assert question.ask is not None
    assert not question.ask.needed
    hours = next(r for r in question.ask.readings if r.amount == Amount(AmountKind.TIME, TimeUnit.HOUR))
    changed = with_reading(survey, question.id, hours)
    numbers, before = changed.answers[question.id].numbers, survey.answers[question.id].numbers
    assert numbers is not None
    assert before is not None
    assert np.allclose(numbers, before * 60)
    assert changed.question(question.id).sure is Sure.SURE
    assert changed.key != survey.key


def test_a_person_can_make_a_column_one_and_take_it_back() -> None:
    survey = columns_of({"Recommend us? (0-10)": ELEVEN, "Punkte": [12, 4500, 90, 33.5], "Note": ["a", "b", "c d"]})
    points, note = survey.questions[1], survey.questions[2]
    assert Role.OPERATION in allowed(survey, points.id)
    chosen = with_role(survey, points.id, Role.OPERATION).question(points.id)
    assert (chosen.kind, chosen.amount) == (Kind.NUMBER, Amount(AmountKind.NUMBER))
    assert Role.OPERATION not in allowed(survey, note.id)
    with pytest.raises(RoleRefused):
        with_role(survey, note.id, Role.OPERATION)


def test_a_yes_or_no_can_become_groups_again() -> None:
    survey = columns_of({"Recommend us? (0-10)": ELEVEN, "Churned": ["No", "Yes", "No"]})
    name = survey.questions[1].id
    groups = with_role(survey, name, Role.SEGMENT)
    assert groups.question(name).role is Role.SEGMENT
    assert set(groups.question(name).options) == {"Yes", "No"}
    assert survey.questions[0].scale == Scale(0, 10)


def test_two_files_with_times_in_other_units_are_one_in_seconds() -> None:
    people = {"Recommend us? (0-10)": ELEVEN}
    minutes = columns_of({**people, "Resolution time": ["45 min", "90 min", "20 min"]}, 30, "a.csv")
    words = columns_of({**people, "Resolution time": ["2小时", "1天", "30分"]}, 30, "b.csv")
    bare = columns_of({**people, "Resolution time": [12, 45, 90, 200]}, 40, "c.csv")
    whole = put_together([minutes, words])
    assert set(known(whole, "Resolution time")) == {2700.0, 5400.0, 1200.0, 7200.0, 86400.0, 1800.0}
    assert agrees_with_its_columns(whole) == []
    whole = put_together([words, bare])
    assert {720.0, 12000.0, 7200.0} <= set(known(whole, "Resolution time"))
    assert agrees_with_its_columns(whole) == []


def test_a_joined_customer_list_brings_its_operational_columns() -> None:
    ids = [f"C{n}" for n in range(40)]
    answers = columns_of({"Customer ID": ids, "Recommend us? (0-10)": ELEVEN}, 40, "answers.csv")
    listed = columns_of(
        {
            "Customer ID": ids,
            "Annual revenue": [f"${100 + 7 * n}" for n in range(40)],
            "Churned": ["No", "Yes"],
            "First reply": ["1d 3h", "40m"],
        },
        40,
        "customers.csv",
    )
    keys = suggest_keys(answers, listed)
    assert keys is not None
    joined = join(answers, keys[0], listed, keys[1])
    found = {question.text: question for question in joined.with_role(Role.OPERATION)}
    assert set(found) == {"Annual revenue", "Churned", "First reply"}
    assert found["Annual revenue"].amount == Amount(AmountKind.MONEY, sign="$")
    assert known(joined, "First reply") == [97200.0, 2400.0] * 20
    assert agrees_with_its_columns(joined) == []


def test_the_unit_that_a_person_chose_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDESK_HOME", str(tmp_path))
    sheet = {"Recommend us? (0-10)": ELEVEN, "Resolution time": [12, 45, 90, 200, 31]}
    survey = columns_of(sheet)
    name = survey.questions[1].id
    days = Amount(AmountKind.TIME, TimeUnit.DAY)
    remember(with_role(survey, name, Role.OPERATION, amount=days))
    recalled = recall(columns_of(sheet))
    assert recalled is not None
    assert recalled.dataset.question(name).amount == days
    assert known(recalled.dataset, "Resolution time")[0] == 12 * 86400


def known(dataset: Dataset, text: str) -> list[float]:
    """The numbers of a column, in the order of the rows."""
    name = next(question.id for question in dataset.questions if question.text == text)
    found = dataset.answers[name].numbers
    assert found is not None
    return list(found.tolist())
