"""A Chinese store survey as 问卷星 exports it (texts of options): 2,846 answers, January to September 2025.

What it holds on purpose: the west is about 20 points below the others, mostly for its waiting time; scores rise in the
last quarter; the north-east and the airport shop are small. Store type, age and channel hardly matter.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

from drawing import drawn, five, lean, moods, point, remark
from store_words import CLOSINGS, LITTLE, OPENINGS, PRAISE, TROUBLE

REGIONS = {
    "华东": (906, 0.08),
    "华北": (812, 0.22),
    "华南": (640, -0.03),
    "华西": (402, -0.28),
    "东北": (62, -0.15),
    "机场店": (24, -0.40),
}
WEST = "华西"
MONTHS = (-0.22, -0.17, -0.19, -0.17, -0.14, -0.13, -0.05, 0.02, 0.12)
"""How the mood changes from January to September."""

RECOMMEND = (2, 1, 1, 1, 2, 5, 6, 14, 19, 20, 29)
SATISFACTION = {"非常不满意": 2, "不满意": 4, "一般": 12, "满意": 48, "非常满意": 34}
EASE = (2, 3, 5, 10, 18, 32, 30)

TOPICS = {
    "等待时间": (0.63, 0.30),
    "商品种类": (0.75, 0.08),
    "价格合理": (0.67, 0.16),
    "员工态度": (0.88, 0.18),
    "店面整洁": (0.90, 0.04),
    "结账便捷": (0.79, 0.22),
    "退换服务": (0.73, 0.10),
}
"""Share of satisfied people, and how much the topic moves the recommendation."""

SERVICES = {"会员积分": 0.62, "到店自提": 0.45, "线上下单": 0.38, "免费包装": 0.20, "送货上门": 0.17}
OTHER_SERVICES = ("自助结账机", "礼品卡", "免费改裤脚", "停车券")
STORES = {"购物中心店": 0.46, "街边店": 0.33, "社区店": 0.21}
AGES = {"18–25岁": 0.21, "26–35岁": 0.37, "36–45岁": 0.25, "46–60岁": 0.14, "60岁以上": 0.03}
CHANNELS = {"门店选购": 0.61, "小程序": 0.27, "电商平台": 0.12}
SOURCES = {"微信": 0.71, "手机提交": 0.17, "链接": 0.12}
PLACES = ("上海-上海", "江苏-南京", "北京-北京", "广东-深圳", "四川-成都", "重庆-重庆", "辽宁-沈阳")

EMPTY, SKIPPED = "(空)", "(跳过)"
HEADER = (
    "序号",
    "提交答卷时间",
    "所用时间",
    "来源",
    "来源详情",
    "来自IP",
    "1、您有多大可能向朋友推荐我们？（0–10分）",
    "2、您对本次购物的总体满意度",
    "3、您在多大程度上同意：这次购物过程很轻松（1＝非常不同意，7＝非常同意）",
    *(f"4、请对以下方面评分—{topic}" for topic in TOPICS),
    "5、您使用过哪些服务？",
    "6、您给出该评分的原因",
    "7、所在大区",
    "8、门店类型",
    "9、您的年龄段",
    "10、购买渠道",
    "11、您的手机号（选填）",
)


def store_survey(rng: random.Random) -> list[Sequence[object]]:
    """Return the header and one row per answer, in the order in which they came in."""
    people = [(region, mood + lift) for region, (count, lift) in REGIONS.items() for mood in moods(rng, count)]
    rng.shuffle(people)
    times = sorted(_moment(rng) for _ in people)
    rows: list[Sequence[object]] = [HEADER]
    for number, ((region, mood), moment) in enumerate(zip(people, times, strict=True), start=1):
        rows.append(_answer(rng, number, moment, region, mood + MONTHS[moment.month - 1]))
    return rows


def _moment(rng: random.Random) -> datetime.datetime:
    day = datetime.datetime.fromisoformat("2025-01-01") + datetime.timedelta(days=rng.randrange(273))
    return day + datetime.timedelta(
        minutes=9 * 60 + round(rng.betavariate(2.2, 1.6) * 13 * 60), seconds=rng.randrange(60)
    )


def _answer(rng: random.Random, number: int, moment: datetime.datetime, region: str, mood: float) -> list[object]:
    opinions = {topic: rng.gauss(0, 1) for topic in TOPICS}
    if region == WEST:
        opinions["等待时间"] -= 0.52
        opinions["价格合理"] -= 0.15
    place = (
        0.62 * mood + sum(TOPICS[topic][1] * opinion for topic, opinion in opinions.items()) + 0.62 * rng.gauss(0, 1)
    )
    score = point(place, RECOMMEND)
    ratings = {
        topic: 1 + point(0.5 * mood + 0.87 * opinions[topic], five(satisfied))
        for topic, (satisfied, _) in TOPICS.items()
    }
    given: dict[str, object] = {topic: rating if rng.random() > 0.006 else EMPTY for topic, rating in ratings.items()}
    if rng.random() < 0.24:
        given["退换服务"] = SKIPPED  # asked only of people who brought something back
    return [
        number,
        f"{moment:%Y/%m/%d %H:%M:%S}",
        f"{_seconds(rng)}秒",
        drawn(rng, SOURCES),
        "N/A",
        f"192.0.2.{rng.randrange(1, 255)}({rng.choice(PLACES)})",
        score if rng.random() > 0.008 else EMPTY,
        list(SATISFACTION)[point(lean(rng, place, 0.75), tuple(SATISFACTION.values()))]
        if rng.random() > 0.02
        else EMPTY,
        1 + point(lean(rng, 0.7 * mood + 0.7 * opinions["结账便捷"], 0.6), EASE) if rng.random() > 0.067 else EMPTY,
        *given.values(),
        _services(rng),
        _comment(rng, score, ratings),
        region,
        drawn(rng, STORES),
        drawn(rng, AGES),
        drawn(rng, CHANNELS),
        f"1{rng.choice((38, 59, 86))}0000{rng.randrange(10_000):04}" if rng.random() < 0.11 else EMPTY,
    ]


def _seconds(rng: random.Random) -> int:
    """Most take two or three minutes; one in a hundred clicks through."""
    return rng.randrange(16, 28) if rng.random() < 0.01 else max(45, round(rng.lognormvariate(5.0, 0.42)))


def _services(rng: random.Random) -> str:
    used = [service for service, share in SERVICES.items() if rng.random() < share]
    if rng.random() < 0.03:
        used.append(f"其他〖{rng.choice(OTHER_SERVICES)}〗")
    return "┋".join(used) if used else EMPTY


def _comment(rng: random.Random, score: int, ratings: dict[str, int]) -> str:
    """People write about what they rated lowest, or highest if they are glad; the unhappy write more often."""
    if rng.random() > (0.52 if score <= 6 else 0.37):
        return EMPTY
    if rng.random() < 0.10:
        return rng.choice(LITTLE)
    glad = score >= 9 or (score >= 7 and rng.random() < 0.5)
    wanted = max(ratings.values()) if glad else min(ratings.values())
    topics = [topic for topic, rating in ratings.items() if rating == wanted]
    words = PRAISE if glad else TROUBLE
    return "".join(remark(rng, words[rng.choice(topics)], OPENINGS, CLOSINGS[glad]))
