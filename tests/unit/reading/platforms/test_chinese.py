"""问卷星, 腾讯问卷, 问卷网, 金数据 and 飞书 exports, in the layouts that these platforms write."""

from __future__ import annotations

import pytest

from cxdesk.survey.role import Role
from tests.unit.reading.platforms.exports import (
    FIVE,
    MANYI,
    NPS,
    PEOPLE,
    WEISHENME,
    find,
    given,
    hidden,
    read,
    receipt,
    table,
    told,
)
from tests.unit.reading.understanding.sheets import understood

OWN = (
    ("序号", ["#"]),
    ("提交答卷时间", ["2025/7/1 9:03:05", "2025/7/19 10:00:00"]),
    ("所用时间", ["38秒", "51秒"]),
    ("来源", ["微信", "手机提交"]),
    ("来源详情", ["链接来源#", "N/A"]),
    ("来自IP", ["1.2.3.4(广东-深圳)"]),
)
SHARED = ["date | 提交答卷时间", "segment | 来源 | 微信 60, 手机提交 60"]
GENDER = ["男", "女"]
HOBBIES = ["运动┋美食", "旅游", "(空)", "运动┋旅游┋美食"]
TICKED = [["1", "0", "-3", "1"], ["1", "0", "-3", "1"], ["0", "1", "-3", "1"]]


def test_wenjuanxing_by_text() -> None:
    rows = table(
        *OWN,
        ("1、您的性别", GENDER),
        ("2、您平时的爱好有哪些？【多选题】", HOBBIES),
        ("3、您对本次服务的总体满意度", MANYI),
        ("4、您有多大可能把我们推荐给朋友？", NPS),
        ("5、您为什么这样打分？", WEISHENME),
        ("6、您从哪里知道我们", ["朋友介绍", "其他〖路过看到〗", "网络广告", "其他〖邻居说的〗"]),
        ("7、请排序", ["价格→质量→服务", "质量→价格→服务"]),
    )
    survey = understood(rows, "123456789_按文本_满意度调查_120_120.xlsx")
    assert survey.receipt.platform == "wenjuanxing"
    assert told(survey) == [
        *SHARED,
        "segment | 您的性别 | 男 60, 女 60",
        "multiple | 您平时的爱好有哪些？【多选题】 | 运动 60, 美食 60, 旅游 60 of 90",
        "satisfaction | 您对本次服务的总体满意度 | 1-5, n 120",
        "recommend | 您有多大可能把我们推荐给朋友？ | 0-10, n 120",
        "comment | 您为什么这样打分？",
        "segment | 您从哪里知道我们 | 朋友介绍 30, 网络广告 30, 其他 60",
    ]
    assert hidden(survey) == {
        "序号": "respondent",
        "所用时间": "ignore",
        "来源详情": "private",
        "来自IP": "private",
        "请排序": "ignore",
    }
    assert given(survey, "您对本次服务的总体满意度")[:5] == FIVE


@pytest.mark.parametrize(
    "headers",
    [
        ("第2题(运动)", "第2题(美食)", "第2题(旅游)"),
        ("2(运动)", "2(美食)", "2(旅游)"),
        ("2、您的爱好(运动)", "2、您的爱好(美食)", "2、您的爱好(旅游)"),
        ("2、您的爱好（运动）", "2、您的爱好（美食）", "2、您的爱好（旅游）"),
        ("2、您的爱好:运动", "2、您的爱好:美食", "2、您的爱好:旅游"),
    ],
)
def test_wenjuanxing_by_position_spreads_multiple_answers(headers: tuple[str, str, str]) -> None:
    rows = table(*OWN, ("1、您的性别", [1, 2]), *zip(headers, TICKED, strict=True))
    survey = understood(rows, "123456789_按序号_满意度调查_120_120.xlsx")
    multiple = survey.questions[-1]
    assert multiple.role is Role.MULTIPLE
    assert multiple.options == ("运动", "美食", "旅游")
    assert told(survey)[-1].endswith("运动 60, 美食 60, 旅游 60 of 90")


def test_wenjuanxing_by_position_asks_before_it_takes_one_from_the_recommend_question() -> None:
    rows = table(
        *OWN,
        ("1、您的性别", [1, 2]),
        ("2、您对服务满意吗", FIVE),
        ("3、您愿意把我们推荐给朋友吗", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -2]),
        *((f"4、请评价—{row}", [*FIVE, -3]) for row in ("价格", "环境", "速度")),
        ("5、您的建议", WEISHENME),
    )
    survey = understood(rows, "123456789_按序号_满意度调查_120_120.xlsx")
    assert told(survey)[2:] == [
        "segment | 您的性别 | 1 60, 2 60",
        "satisfaction?! | 您对服务满意吗 | 1-5, n 120",
        "recommend?! | 您愿意把我们推荐给朋友吗 | 0-10, n 110",
        "rating? | 请评价: 价格 | 1-5, n 100",
        "rating? | 请评价: 环境 | 1-5, n 100",
        "rating? | 请评价: 速度 | 1-5, n 100",
        "comment | 您的建议",
    ]
    assert given(survey, "您愿意把我们推荐给朋友吗")[:12] == [*range(11), None]


def test_wenjuanxing_by_score() -> None:
    rows = table(
        *OWN,
        ("总分", [31, 12, 25]),
        ("1、您对服务满意吗", [20, 40, 60, 80, 100]),
        ("2、您愿意把我们推荐给朋友吗", NPS),
        ("3、环境评分", FIVE),
    )
    survey = understood(rows, "123456789_按分数_满意度调查_120_120.xlsx")
    assert survey.receipt.platform == "wenjuanxing"
    assert hidden(survey)["总分"] == "ignore"
    assert told(survey)[-2:] == [
        "recommend | 您愿意把我们推荐给朋友吗 | 0-10, n 120",
        "rating | 环境评分 | 1-5, n 120",
    ]


def test_wenjuanxing_skips_are_no_answers() -> None:
    rows = table(*OWN, ("1、请为环境打分", [5, 4, "(跳过)", 3, "(空)", 1]), ("2、您的意见", ["(空)", *WEISHENME[2:]]))
    survey = understood(rows)
    assert told(survey)[2:] == ["rating | 请为环境打分 | 1-5, n 80", "comment | 您的意见"]
    assert given(survey, "请为环境打分")[:6] == [5, 4, None, 3, None, 1]
    # 40 of the rating, and the 60 "N/A" among the sources.
    assert receipt(survey)["no_answer"] == 100


@pytest.mark.parametrize(
    "kept", [("序号", "提交答卷时间", "所用时间"), ("提交答卷时间", "来源"), ("来源详情", "来自IP")]
)
def test_wenjuanxing_with_some_of_its_columns_deleted(kept: tuple[str, ...]) -> None:
    rows = table(
        *[column for column in OWN if column[0] in kept],
        ("1、您的性别", GENDER),
        ("2、您平时的爱好", HOBBIES),
        ("3、您的满意度：", MANYI),
    )
    survey = understood(rows, "结果.csv")
    assert survey.receipt.platform == "wenjuanxing"
    assert told(survey)[-3:] == [
        "segment | 您的性别 | 男 60, 女 60",
        "multiple | 您平时的爱好 | 运动 60, 美食 60, 旅游 60 of 90",
        "satisfaction | 您的满意度 | 1-5, n 120",
    ]


def test_wenjuanxing_without_any_of_its_columns() -> None:
    rows = table(("1、您的性别", GENDER), ("2、爱好", HOBBIES), ("3、您满意吗", MANYI), ("4、推荐可能性", NPS))
    assert read(rows) == [
        "segment | 1、您的性别 | 男 60, 女 60",
        "multiple | 2、爱好 | 运动 60, 美食 60, 旅游 60 of 90",
        "satisfaction | 3、您满意吗 | 1-5, n 120",
        "recommend | 4、推荐可能性 | 0-10, n 120",
    ]


TENCENT = (
    ("编号", ["#"]),
    ("开始答题时间", ["2025-07-01 09:00:00"]),
    ("结束答题时间", ["2025-07-01 09:02:00", "2025-07-11 09:02:00"]),
    ("答题时长", ["120秒", "95秒"]),
    ("地理位置国家和地区", ["中国"]),
    ("地理位置省", ["广东", "江苏"]),
    ("地理位置市", ["深圳", "南京"]),
    ("用户类型", ["微信", "QQ"]),
    ("用户标识", ["o#abcdefghijklmnopqrstuvwxyz"]),
    ("昵称", ["小#"]),
    ("自定义字段", [""]),
)


def test_tencent() -> None:
    rows = table(
        *TENCENT,
        ("1.您的年龄段", ["18-25岁", "26-35岁", "36岁以上"]),
        *zip(
            ("2.您用过哪些功能:搜索", "2.您用过哪些功能:收藏", "2.您用过哪些功能:分享"),
            ([1, 0], [0, 1], [1, 1]),
            strict=True,
        ),
        ("3.您对产品满意吗", MANYI),
        *((f"4.请为各方面打分:{row}", FIVE) for row in ("速度", "外观", "价格")),
        ("5.您愿意推荐给朋友吗", NPS),
        ("6.其他建议", WEISHENME),
    )
    survey = understood(rows)
    assert survey.receipt.platform == "tencent"
    assert told(survey) == [
        "date | 结束答题时间",
        "segment | 用户类型 | 微信 60, QQ 60",
        "segment | 您的年龄段 | 18-25岁 40, 26-35岁 40, 36岁以上 40",
        "multiple | 您用过哪些功能 | 搜索 60, 收藏 60, 分享 120 of 120",
        "satisfaction | 您对产品满意吗 | 1-5, n 120",
        "rating | 请为各方面打分: 速度 | 1-5, n 120",
        "rating | 请为各方面打分: 外观 | 1-5, n 120",
        "rating | 请为各方面打分: 价格 | 1-5, n 120",
        "recommend | 您愿意推荐给朋友吗 | 0-10, n 120",
        "comment | 其他建议",
    ]
    assert hidden(survey)["昵称"] == "private"


@pytest.mark.parametrize(
    "kept",
    [("编号", "开始答题时间", "结束答题时间"), ("开始答题时间", "结束答题时间"), ("编号", "结束答题时间", "答题时长")],
)
def test_tencent_with_some_of_its_columns_deleted(kept: tuple[str, ...]) -> None:
    rows = table(
        *[column for column in TENCENT if column[0] in kept],
        ("1.您满意吗", MANYI),
        ("2.常用功能", ["搜索\n收藏", "收藏", "分享\n搜索", "分享"]),
    )
    survey = understood(rows)
    assert survey.receipt.platform == "tencent"
    assert told(survey)[-2:] == [
        "satisfaction | 您满意吗 | 1-5, n 120",
        "multiple | 常用功能 | 搜索 60, 收藏 60, 分享 60 of 120",
    ]


WENJUAN_END = (
    ("start", ["2025-07-01 09:00:00"]),
    ("finish", ["2025-07-01 09:02:00", "2025-07-08 09:02:00"]),
    ("time_used", [120, 90]),
    ("ip_province", ["广东", "江苏"]),
    ("ip_city", ["深圳", "南京"]),
)


def test_wenjuan_texts() -> None:
    rows = table(
        ("seq", ["#"]),
        ("source", ["weixin", "link"]),
        ("Q1:您的性别", GENDER),
        ("Q2:您满意吗", MANYI),
        ("Q3:您愿意推荐给朋友吗", NPS),
        ("Q4:您的建议", WEISHENME),
        *WENJUAN_END,
    )
    survey = understood(rows, "All_Data_Readable.csv")
    assert survey.receipt.platform == "wenjuan"
    assert told(survey) == [
        "segment | source | weixin 60, link 60",
        "segment | 您的性别 | 男 60, 女 60",
        "satisfaction | 您满意吗 | 1-5, n 120",
        "recommend | 您愿意推荐给朋友吗 | 0-10, n 120",
        "comment | 您的建议",
        "date | finish",
    ]


def test_wenjuan_codes() -> None:
    rows = table(
        ("seq", ["#"]),
        ("source", ["weixin", "link"]),
        ("Q1", [1, 2]),
        ("Q2", FIVE),
        *((f"Q6_A{n}", cells) for n, cells in enumerate(([1, 0], [0, 1], [1, 1]), 1)),
        *((f"Q7_R{n}", FIVE) for n in (1, 2, 3)),
        ("Q8|open", WEISHENME),
        *WENJUAN_END,
    )
    survey = understood(rows, "All_Data_Original.csv")
    assert survey.receipt.platform == "wenjuan"
    multiple = next(question for question in survey.questions if question.role is Role.MULTIPLE)
    assert multiple.columns == (4, 5, 6)
    assert multiple.options == ("Q6_A1", "Q6_A2", "Q6_A3")
    grid = [question for question in survey.questions if question.group == "Q7"]
    assert [question.role for question in grid] == [Role.RATING] * 3
    assert all(question.ask is not None for question in grid)
    assert find(survey, "Q1").ask is not None


def test_wenjuan_code_book_is_refused_kindly() -> None:
    rows = [["问题编号", "问题标题", "选项编号", "选项"]]
    rows += [[f"Q{n}", f"第{n}个问题", str(k), f"选项{k}"] for n in range(1, 8) for k in range(1, 6)]
    survey = understood(rows, "code.csv")
    assert not [question for question in survey.questions if question.scale is not None]


JINSHUJU = (
    ("提交人", ["", "小王"]),
    ("提交时间", ["2025-07-01 09:00:00", "2025-07-03 10:00:00"]),
    ("修改时间", ["2025-07-01 09:00:00"]),
    ("填写设备", ["手机", "电脑"]),
    ("操作系统", ["iOS", "Windows"]),
    ("浏览器", ["微信", "Chrome"]),
    ("填写IP", ["1.2.3.4"]),
)
JINSHUJU_QUESTIONS = (
    ("您的性别", GENDER),
    ("您满意吗", MANYI),
    ("您愿意推荐给朋友吗", NPS),
    ("关注什么", ["价格,质量", "质量", "服务,价格", "服务"]),
    ("您的建议", WEISHENME),
)
JINSHUJU_READ = [
    "segment | 您的性别 | 男 60, 女 60",
    "satisfaction | 您满意吗 | 1-5, n 120",
    "recommend | 您愿意推荐给朋友吗 | 0-10, n 120",
    "multiple | 关注什么 | 价格 60, 质量 60, 服务 60 of 120",
    "comment | 您的建议",
    "date | 提交时间",
]


def test_jinshuju() -> None:
    survey = understood(table(("序号", ["#"]), *JINSHUJU_QUESTIONS, *JINSHUJU))
    assert survey.receipt.platform == "jinshuju"
    assert told(survey) == [*JINSHUJU_READ, "segment | 填写设备 | 手机 60, 电脑 60"]
    assert hidden(survey)["填写IP"] == "private"
    assert hidden(survey)["提交人"] == "private"


@pytest.mark.parametrize("separator", [",", "，", "\n", ";", "、"])
def test_jinshuju_separators(separator: str) -> None:
    cells = [text.replace(",", separator) for text in ["价格,质量", "质量", "服务,价格", "服务"]]
    survey = understood(table(("关注什么", cells), *JINSHUJU))
    assert told(survey)[0] == "multiple | 关注什么 | 价格 60, 质量 60, 服务 60 of 120"


@pytest.mark.parametrize(
    "headers",
    [("提交人", "提交时间"), ("提交者", "提交时间"), ("提交人", "提交时间", "更新时间"), ("填写人", "提交时间")],
)
def test_feishu(headers: tuple[str, ...]) -> None:
    own = {
        "提交人": ["张伟", "李娜", "匿名"],
        "提交者": ["张伟", "李娜"],
        "填写人": ["张伟", "李娜"],
        "提交时间": ["2025/07/01 09:00", "2025/07/03 10:00"],
        "更新时间": ["2025/07/01 09:00"],
    }
    survey = understood(table(*((header, own[header]) for header in headers), *JINSHUJU_QUESTIONS))
    assert survey.receipt.platform == "feishu"
    assert sorted(told(survey)) == sorted(JINSHUJU_READ)
    assert hidden(survey)[headers[0]] == "private"


def test_every_person_is_counted() -> None:
    for own in (OWN, TENCENT, JINSHUJU):
        assert understood(table(*own, ("1、您满意吗", MANYI))).respondents == PEOPLE
