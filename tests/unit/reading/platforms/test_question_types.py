"""Kinds of questions that each platform writes in its own way: rankings, write-ins, grids, skips and codes."""

from __future__ import annotations

import pytest

from cxdesk.survey.question import Question
from cxdesk.survey.role import Role
from tests.unit.reading.platforms.exports import (
    FIVE,
    MANYI,
    NPS,
    WHY,
    Column,
    find,
    given,
    hidden,
    table,
    told,
)
from tests.unit.reading.platforms.test_chinese import OWN as WENJUANXING
from tests.unit.reading.platforms.test_chinese import TENCENT
from tests.unit.reading.platforms.test_field_tools import ALCHEMER, FORMBRICKS, KOBO_END, KOBO_START
from tests.unit.reading.platforms.test_forms import MICROSOFT, MICROSOFT_CELLS, TYPEFORM_END
from tests.unit.reading.platforms.test_limesurvey import CODES, TEXTS, lime
from tests.unit.reading.platforms.test_qualtrics import own as qualtrics
from tests.unit.reading.platforms.test_qualtrics import tagged
from tests.unit.reading.platforms.test_surveymonkey import OWN as SURVEYMONKEY
from tests.unit.reading.understanding.sheets import understood

ORDERS = [(1, 2, 3), (2, 3, 1), (3, 1, 2), (1, 3, 2)]
POINTS = ["Price", "Speed", "Staff"]
BY_NUMBER = "1_按序号_调查_120_120.xlsx"


def places(*heads: str | tuple[str, ...], skip: tuple[int, ...] = ()) -> list[Column]:
    """One column per ranked point, with the place that each person gave it."""
    orders = [*ORDERS, skip] if skip else ORDERS
    return [(head, [order[number] for order in orders]) for number, head in enumerate(heads)]


MICROSOFT_OWN: list[Column] = [*zip(MICROSOFT["en"][:5], MICROSOFT_CELLS[:5], strict=True)]
QUALTRICS_OWN: list[Column] = [*qualtrics(numeric=True)]
WENJUANXING_OWN: list[Column] = [*WENJUANXING]
SKIP = (-2, -2, -2)
RANKINGS: dict[str, tuple[list[Column], list[Column]]] = {
    "wenjuanxing": (WENJUANXING_OWN, places("第7题(价格)", "第7题(质量)", "第7题(服务)", skip=SKIP)),
    "wenjuanxing text": (WENJUANXING_OWN, [("7、哪个更重要", ["价格→质量→服务", "质量→价格→服务"])]),
    "qualtrics": (
        QUALTRICS_OWN,
        [
            tagged(f"Q8_{n + 1}", f"What matters most to you? - {point}", [order[n] for order in ORDERS])
            for n, point in enumerate(POINTS)
        ],
    ),
    "surveymonkey": (SURVEYMONKEY, places(("What matters most?", "Price"), ("", "Speed"), ("", "Staff"))),
    "microsoft": (
        MICROSOFT_OWN,
        [("What matters?", ["Price;Speed;Staff;", "Speed;Price;Staff;", "Staff;Speed;Price;"])],
    ),
    "limesurvey": (lime(CODES)[:4], [(f"Q8[{n}]", "ABC"[n - 1 :] + "ABC"[: n - 1]) for n in (1, 2, 3)]),
    "formbricks": (FORMBRICKS, [("1. What matters?", ["A;B;C", "B;A;C", "C;B;A"])]),
}


@pytest.mark.parametrize("platform", RANKINGS)
def test_rankings_are_no_scores_and_no_groups(platform: str) -> None:
    own, ranked = RANKINGS[platform]
    survey = understood(table(*own, *ranked), BY_NUMBER if platform == "wenjuanxing" else "export.csv")
    rest = [question for question in survey.questions if question.columns[0] >= len(own)]
    assert {question.role for question in rest} == {Role.IGNORE}


def test_grades_in_a_grid_are_no_ranking() -> None:
    rows = table(("Shop", ["North", "South"]), *((f"Please rate - {point}", [1, 2, 3, 3, 2]) for point in POINTS))
    assert [question.role for question in understood(rows).questions[1:]] == [Role.RATING] * 3


def test_what_people_filled_into_an_option_does_not_make_more_options() -> None:
    cells = ["朋友┋其他〖路过#〗", "朋友", "网络┋朋友", "其他〖看到#〗"]
    survey = understood(table(*WENJUANXING, ("5、渠道", cells), ("6、单选", ["线上", "其他〖店里#〗"])))
    assert told(survey)[2:] == [
        "multiple | 渠道 | 朋友 90, 其他 60, 网络 30 of 120",
        "segment | 单选 | 线上 60, 其他 60",
    ]


def test_the_words_beside_a_box_for_other_are_no_further_option() -> None:
    ticks: list[list[object]] = [[1, 1], [1, 0], [0, 1]]
    heads = ("2.原因:价格", "2.原因:服务", "2.原因:其他")
    words: Column = ("2.原因:其他[选项填空]", ["", "很好#"])
    survey = understood(table(*TENCENT, *zip(heads, ticks, strict=True), words))
    assert told(survey)[-2:] == [
        "multiple | 原因 | 价格 120, 服务 60, 其他 60 of 120",
        "comment | 原因: 其他[选项填空]",
    ]


def test_a_box_for_other_that_stands_first() -> None:
    heads = ("Gerät [Sonstiges]", "Gerät [Telefon]", "Gerät [Uhr]")
    cells: list[list[object]] = [["", "", "", "Fon #"], ["Ja", "Nein"], ["Nein", "Ja"]]
    survey = understood(table(*lime(TEXTS["de"])[:4], *zip(heads, cells, strict=True)))
    assert sorted(told(survey)[2:]) == [
        "comment | Gerät: Sonstiges",
        "multiple | Gerät | Telefon 60, Uhr 60, Sonstiges 30 of 120",
    ]
    ids = [question.id for question in survey.questions]
    assert len(set(ids)) == len(ids)


def test_write_ins_of_alchemer() -> None:
    survey = understood(
        table(
            *ALCHEMER,
            ("How do you run it?", ["Local", "Cloud", "Other - Write In"]),
            ("Other - Write In:How do you run it?", ["", "", "box #"]),
        )
    )
    assert told(survey)[-2:] == [
        "segment | How do you run it? | Local 40, Cloud 40, Other - Write In 40",
        "comment | How do you run it?: Other - Write In",
    ]


def test_rows_of_a_grid_share_their_scale() -> None:
    columns: list[Column] = [
        (("Rate", "Speed"), ["Poor", "Fair", "Good", "N/A"]),
        (("", "Price"), ["Fair", "Good", "N/A", "Excellent"]),
        (("", "Staff"), ["Good", "Very good", "Excellent", "N/A"]),
    ]
    survey = understood(table(*SURVEYMONKEY, *columns))
    assert [line.split(" | ")[2] for line in told(survey)[1:]] == ["1-5, n 90"] * 3
    assert given(survey, "Rate: Speed")[:4] == [1, 2, 3, None]


def test_few_answers_take_the_middle_of_their_scale_from_other_questions() -> None:
    words = ["Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied"]
    rows = table(
        ("How satisfied are you with the food?", words),
        ("How satisfied are you with the staff?", [*words[:2], "Neutral", *words[2:]]),
        people=20,
    )
    survey = understood(rows)
    assert [question.scale.size for question in survey.questions if question.scale] == [5, 5]


@pytest.mark.parametrize(("people", "size"), [(12, 5), (120, 4)])
def test_few_answers_do_not_prove_that_a_scale_has_no_middle(people: int, size: int) -> None:
    words = ["Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied"]
    survey = understood(table(("How satisfied are you?", words), people=people))
    assert [question.scale.size for question in survey.questions if question.scale] == [size]


def test_a_row_without_label_is_the_question_itself() -> None:
    survey = understood(table(*SURVEYMONKEY, (("Rate us", "(no label)"), FIVE)))
    assert told(survey)[-1] == "rating | Rate us | 1-5, n 120"


def test_boxes_with_coded_headers_are_named_by_what_they_hold() -> None:
    rows = table(("q0004_0001", ["Web", "Not selected"]), ("q0004_0002", ["Not selected", "App", "App"]))
    assert told(understood(rows)) == ["multiple | q0004 | Web 60, App 80 of 120"]


def test_a_multiple_answer_that_stands_twice_is_counted_once() -> None:
    columns: list[Column] = [
        *KOBO_START,
        ("ch", ["web app", "app", "sms"]),
        ("ch/web", ["True", "False", "False"]),
        ("ch/app", ["True", "True", "False"]),
        ("ch/sms", ["False", "False", "True"]),
        *KOBO_END,
    ]
    survey = understood(table(*columns))
    assert told(survey)[0] == "multiple | ch | web 40, app 80, sms 40 of 120"
    assert [question.role for question in survey.questions].count(Role.MULTIPLE) == 1


def readings(question: Question) -> list[tuple[Role, int, int]]:
    assert question.ask is not None
    assert question.ask.needed
    return [(one.role, one.scale.lowest, one.scale.highest) for one in question.ask.readings if one.scale]


@pytest.mark.parametrize("cells", [[*range(1, 12), 1], [*range(1, 11), 4, 5], [4, 5, 6, 7, 8, 9]])
def test_positions_of_a_recommend_question_are_never_taken_silently(cells: list[int]) -> None:
    survey = understood(table(*WENJUANXING, ("1、您愿意推荐给朋友吗", cells)), BY_NUMBER)
    question = find(survey, "您愿意推荐给朋友吗")
    assert question.role is Role.RECOMMEND
    assert readings(question) == [(Role.RECOMMEND, 0, 10), (Role.RATING, 1, 11)]
    assert given(survey, "您愿意推荐给朋友吗")[: len(cells)] == [cell - 1 for cell in cells]


def test_a_renamed_export_by_position_is_known_by_its_codes_for_skipped_answers() -> None:
    rows = table(*WENJUANXING, ("1、您满意吗", FIVE), ("2、您推荐我们吗", [*range(1, 11)]), ("3、为什么", [1, 2, -3]))
    survey = understood(rows, "survey.xlsx")
    assert find(survey, "您推荐我们吗").role is Role.RECOMMEND
    assert readings(find(survey, "您推荐我们吗"))[0] == (Role.RECOMMEND, 0, 10)


def test_a_recommend_question_that_only_its_group_names() -> None:
    heads = [((code,), cells) for (code, _, _), cells in qualtrics(numeric=True)]
    scores: Column = (("Q2",), [*range(1, 12), 11])
    survey = understood(table(*heads, (("Q1",), FIVE), (("Q2_NPS_GROUP",), [1, 2, 3]), scores))
    assert find(survey, "Q2").role is Role.RECOMMEND
    assert readings(find(survey, "Q2"))[0] == (Role.RECOMMEND, 0, 10)
    assert hidden(survey)["Q2_NPS_GROUP"] == "ignore"


def test_groups_with_other_names_are_no_rating() -> None:
    group = tagged("Q2_NPS_GROUP", "Recommend us? - Group", ["Favorable", "Neutral", "Unfavorable"])
    rows = table(*QUALTRICS_OWN, group, tagged("Q2", "How likely are you to recommend us?", NPS))
    assert [question.role for question in understood(rows).questions if question.scale] == [Role.RECOMMEND]


def test_marks_and_recalled_answers_in_titles_of_typeform() -> None:
    rows = table(("*How likely* are you to recommend us?", NPS), ("Your {{field:abc}} in one word", WHY), *TYPEFORM_END)
    texts = [question.text for question in understood(rows).questions]
    assert texts[:2] == ["How likely are you to recommend us?", "Your … in one word"]


def test_chinese_grids_sliders_and_blanks() -> None:
    survey = understood(
        table(
            *WENJUANXING,
            *((f"6、请评价—{row}", MANYI) for row in ("价格", "环境")),
            ("7、滑动条", range(0, 100, 3)),
            *((f"9、场景—{day}", ["早上┋中午", "晚上", "早上"]) for day in ("周一", "周二")),
            ("10、您的手机号", ["1380000000#"]),
        )
    )
    assert told(survey)[2:] == [
        "satisfaction | 请评价: 价格 | 1-5, n 120",
        "satisfaction | 请评价: 环境 | 1-5, n 120",
        "multiple | 场景: 周一 | 早上 80, 中午 40, 晚上 40 of 120",
        "multiple | 场景: 周二 | 早上 80, 中午 40, 晚上 40 of 120",
    ]
    assert hidden(survey)["您的手机号"] == "private"
