"""The column that tells rounds of a survey apart is found by its header, and its rounds are put in their order."""

from __future__ import annotations

import pytest

from cxdesk.reading import roles
from cxdesk.reading.waves import in_order
from cxdesk.survey.role import Kind, Role, Sure
from tests.unit.reading.understanding.sheets import columns_of, only


@pytest.mark.parametrize(
    "header",
    [
        "Wave",
        "wave",
        "Wave_ID",
        "Survey wave",
        "Round",
        "Welle",
        "Befragungswelle",
        "Vague",
        "期次",
        "波次",
        "调查轮次",
    ],
)
def test_headers_that_name_a_wave(header: str) -> None:
    question = only(header, [3, 1, 2, 2])
    assert (question.role, question.kind, question.sure) == (Role.WAVE, Kind.CHOICE, Sure.SURE)
    assert question.options == ("1", "2", "3")


@pytest.mark.parametrize("header", ["Microwave", "Year-round service", "How was the round trip?", "Heat wave", "次数"])
def test_headers_that_only_look_alike(header: str) -> None:
    assert only(header, ["a", "b", "c"]).role is not Role.WAVE


def test_too_many_answers_are_no_waves() -> None:
    assert only("Round", [f"Round {number}" for number in range(80)], 400).role is not Role.WAVE
    assert only("Wave", ["Wave 1"]).role is not Role.WAVE


@pytest.mark.parametrize(
    "names",
    [
        ("Wave 1", "Wave 2", "Wave 10"),
        ("2023 Q4", "2024 Q1", "2024 Q2"),
        ("Q4 2023", "Q1 2024", "Q2 2024"),
        ("Nov 2023", "Jan 2024", "March 2024"),
        ("2024年第一季度", "2024年第二季度", "2024年第十二季度"),
        ("第一期", "第二期", "第十期", "第十一期"),
        ("2023年下半年", "2024年上半年", "2024年下半年"),
        ("Spring 2024", "Autumn 2024", "Spring 2025"),
        ("2024-02", "2024-11", "2025-01"),
    ],
)
def test_waves_come_in_their_order(names: tuple[str, ...]) -> None:
    assert in_order(sorted(names, key=lambda name: name[::-1])) == names


def test_a_person_may_choose_waves() -> None:
    survey = columns_of({"Campaign": ["May 2025", "April 2025"], "Why?": [f"word {n}" for n in range(60)]})
    chosen = roles.with_role(survey, "q1", Role.WAVE).question("q1")
    assert (chosen.kind, chosen.options) == (Kind.CHOICE, ("April 2025", "May 2025"))
    assert Role.WAVE in roles.allowed(survey, "q1")
    many = columns_of({"Shop": [f"Shop {number}" for number in range(61)]}, 610)
    with pytest.raises(roles.RoleRefused) as refused:
        roles.with_role(many, "q1", Role.WAVE)
    assert str(refused.value.reason)
