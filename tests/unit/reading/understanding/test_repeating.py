"""Groups, lists and people's own words are told apart, in short files and long ones."""

from __future__ import annotations

import pytest

from cxdesk.survey.role import Kind, Role, Sure
from tests.unit.reading.understanding.sheets import columns_of, only, understood


def test_shops_in_a_short_file_are_a_segment() -> None:
    shops = [
        "Leeds",
        "York",
        "Hull",
        "Leeds",
        "Derby",
        "York",
        "Bath",
        "Leeds",
        "Hull",
        "Derby",
        "Bath",
        "York",
        "Wells",
    ]
    survey = understood([["Shop", "NPS"], *[[shop, 9] for shop in shops]])
    assert (survey.questions[0].role, len(survey.questions[0].options)) == (Role.SEGMENT, 6)
    names = [
        "杭州店",
        "上海店",
        "苏州店",
        "杭州店",
        "南京店",
        "上海店",
        "宁波店",
        "苏州店",
        "南京店",
        "无锡店",
        "宁波店",
        "杭州店",
        "无锡店",
    ]
    survey = understood([["门店", "NPS"], *[[name, 9] for name in names]])
    assert survey.questions[0].role is Role.SEGMENT


def test_comments_in_a_short_file_stay_comments() -> None:
    words = [
        "good",
        "all fine so far, thank you",
        "the queue was far too long",
        "good",
        "nothing",
        "staff was very kind",
    ]
    survey = understood([["Why?", "NPS"], *[[text, 9] for text in words]])
    assert survey.questions[0].role is Role.COMMENT


def test_a_choice_with_many_write_ins_is_a_choice() -> None:
    options = ["Error messages"] * 40 + ["Documentation"] * 30 + ["Finding the right package"] * 30
    written = [f"I could never work out how to use part {number} of it" for number in range(10)]
    question = only("What was the biggest obstacle? Please choose one or add your own.", [*options, *written], 110)
    assert (question.role, question.options[:1]) == (Role.SEGMENT, ("Error messages",))


def test_repeated_nothing_does_not_make_a_choice() -> None:
    words = (
        ["nothing"] * 30 + ["no"] * 30 + ["none"] * 10 + [f"Please open on Sunday {n}, as others do" for n in range(20)]
    )
    assert only("What could we do better?", words, 90).role is Role.COMMENT


def test_chinese_answers_joined_by_spaces() -> None:
    cells = ["运动 美食 旅游", "美食 旅游", "运动", "旅游 运动", "美食", "运动 美食"]
    survey = columns_of({"兴趣爱好": cells})
    question = survey.questions[0]
    assert (question.role, set(question.options)) == (Role.MULTIPLE, {"运动", "美食", "旅游"})
    assert survey.codes("q1")[:, :3].sum(axis=0).tolist() == [3, 2, 1]


@pytest.mark.parametrize(
    "cells",
    [
        ["浙江 杭州", "浙江 宁波", "江苏 南京", "江苏 苏州", "上海 浦东"],
        ["服务 很好 谢谢", "希望 多 开 几个 窗口", "排队 太 久", "没有 意见", "环境 不错"],
        ["Great staff", "Great food", "Great price", "Nice food"],
    ],
)
def test_places_and_words_with_spaces_are_not_taken_apart(cells: list[str]) -> None:
    assert only("填写", cells).role is not Role.MULTIPLE


def test_a_question_that_says_so_needs_few_cells_with_several_answers() -> None:
    cells = ["Python", "Excel, SPSS", "Excel, Python", "Excel", "SPSS, Python", "Jupyter"]
    assert only("Which tools do you use? (check all that apply)", cells, 6).role is Role.MULTIPLE


def test_lists_that_people_typed_are_asked_about() -> None:
    cells = ["Zenodo, figshare", "Zenodo, Bibliothek", "Bibliothek, figshare", "Zenodo"] * 4
    cells += [f"tool {number}, thing {number}, Zenodo" for number in range(8)]
    question = only("Which tools?", cells, len(cells))
    assert (question.role, question.sure) == (Role.MULTIPLE, Sure.CHECK)
    assert question.ask is not None
    assert [reading.role for reading in question.ask.readings] == [Role.MULTIPLE, Role.COMMENT]


def test_times_of_day_are_no_groups() -> None:
    question = only("Arrival", ["10:10:10", "23:10:10", "00:00:00", "16:10:10"], 400)
    assert (question.role, question.kind) == (Role.IGNORE, Kind.NUMBER)


def test_words_in_brackets_announce_nothing_private() -> None:
    header = "Which conferences (comma separated list with FULLNAME (ACRONYM), ACRONYM, ...)"
    assert only(header, [f"Conference {n} on research software, and others" for n in range(60)]).role is Role.COMMENT
