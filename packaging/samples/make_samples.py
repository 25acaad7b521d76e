"""Makes the three examples that come with the program, in the layouts of real exports; always the same files.

    python packaging/samples/make_samples.py

Nobody in them is real: names, numbers and addresses are plainly invented. The differences in them are put in on
purpose, so that the pages have something to find: in the store survey the West is lower, mostly for its waiting time,
and scores rise in the last quarter; two groups are small and one is very small.
"""

from __future__ import annotations

import csv
import datetime
import random
from pathlib import Path

import xlsxwriter

TARGET = Path(__file__).resolve().parents[2] / "resources" / "samples"
MADE = datetime.datetime.fromisoformat("2025-10-08T09:00:00")

Row = list[object]


def main() -> None:
    """Write all three."""
    TARGET.mkdir(parents=True, exist_ok=True)
    _write_workbook(TARGET / "store_zh.xlsx", "Sheet1", store_survey(random.Random(20251008)))
    _write_csv(TARGET / "support_en.csv", support_survey(random.Random(640)))
    _write_workbook(TARGET / "event_small.xlsx", "Form Responses 1", event_survey(random.Random(48)))


# --- A Chinese store survey, as 问卷星 exports texts -----------------------------------------------------------------

REGIONS = (
    ("华东", 906, 0.25),
    ("华北", 812, 0.7),
    ("华南", 640, 0.1),
    ("华西", 402, -1.25),
    ("线上自提", 62, 0.0),
    ("机场店", 24, -0.4),
)
TOPICS = ("等待时间", "商品种类", "价格合理", "员工态度", "店面整洁", "结账便捷", "退换服务")
SATISFACTION = ("非常不满意", "不满意", "一般", "满意", "非常满意")
SERVICES = ("到店自提", "会员积分", "线上下单", "免费包装", "送货上门")
PRAISE = (
    "店员很热情，帮我找到了合适的尺码。",
    "商品齐全，陈列清楚，很好找。",
    "店里很干净，逛起来很舒服。",
    "会员活动实惠，下次还会来。",
    "结账很快，体验不错。",
    "退货处理得很顺利，点赞。",
)
WAITING = (
    "排队等了二十多分钟，只开了一个收银台。",
    "周末人太多，等太久了。",
    "等待时间太长，希望增加人手。",
    "试衣间排队太久，最后没买。",
)
COMPLAINT = (
    "价格比网上贵不少。",
    "想要的颜色没有货。",
    "店员不太耐心，问了几次才回答。",
    "退换货流程太麻烦。",
    "还可以，没有特别的感受。",
)


def store_survey(rng: random.Random) -> list[Row]:
    """Header and about 2,850 answers from 1 January to 30 September 2025."""
    header: Row = [
        "序号",
        "提交答卷时间",
        "所用时间",
        "来源",
        "来源详情",
        "来自IP",
        "1、您有多大可能向朋友推荐我们？（0–10分）",
        "2、您对本次购物的总体满意度",
        *[f"3、请对以下方面评分—{topic}" for topic in TOPICS],
        "4、您使用过哪些服务？",
        "5、您为什么这样打分？",
        "6、您光顾的门店在哪个大区？",
        "7、门店类型",
        "8、您的年龄",
        "9、您的手机号（可不填）",
    ]
    people = [(region, lift) for region, count, lift in REGIONS for _ in range(count)]
    rng.shuffle(people)
    days = sorted(rng.randrange(273) for _ in people)
    rows = [
        _store_answer(rng, number, day, region, lift)
        for number, (day, (region, lift)) in enumerate(zip(days, people, strict=True), start=1)
    ]
    return [header, *rows]


def _store_answer(rng: random.Random, number: int, day: int, region: str, lift: float) -> Row:
    moment = datetime.datetime.fromisoformat("2025-01-01T09:00:00") + datetime.timedelta(
        days=day, minutes=rng.randrange(720)
    )
    mood = rng.gauss(0, 1) + lift * 0.55 + (0.28 if day >= 243 else 0.0)
    score = _point(8.1 + 1.9 * mood, 0, 10, rng, 1.0)
    satisfied = SATISFACTION[_point(4.15 + 0.75 * mood, 1, 5, rng, 0.5) - 1]
    offsets = {
        "等待时间": -0.55 - (0.75 if region == "华西" else 0.0),
        "价格合理": -0.35,
        "员工态度": 0.35,
        "店面整洁": 0.45,
    }
    ratings: Row = [_point(4.0 + 0.6 * mood + offsets.get(topic, 0.0), 1, 5, rng, 0.75) for topic in TOPICS]
    if rng.random() < 0.03:
        ratings[rng.randrange(len(ratings))] = "(空)"
    used = [
        service for service, share in zip(SERVICES, (0.45, 0.62, 0.38, 0.2, 0.17), strict=True) if rng.random() < share
    ]
    seconds = max(18, round(rng.lognormvariate(5.0, 0.45)))
    took = f"{seconds}秒" if seconds < 60 else f"{seconds // 60}分{seconds % 60}秒"
    phone = f"100{rng.randrange(10**8):08}" if rng.random() < 0.12 else "(空)"
    address = f"192.0.2.{rng.randrange(1, 255)}({rng.choice(('上海-上海', '北京-北京', '广东-深圳', '四川-成都'))})"
    return [
        number,
        f"{moment:%Y/%m/%d %H:%M:%S}",
        took,
        rng.choice(("微信", "微信", "微信", "手机提交", "链接")),
        "N/A",
        address,
        "(空)" if rng.random() < 0.014 else score,
        satisfied,
        *ratings,
        "┋".join(used) if used else "(空)",
        _store_comment(rng, score, region),
        region,
        rng.choice(("购物中心店", "购物中心店", "街边店", "社区店")),
        rng.choice(("18–25", "26–35", "26–35", "36–45", "46–60")),
        phone,
    ]


def _store_comment(rng: random.Random, score: int, region: str) -> str:
    if rng.random() > 0.42:
        return "(空)"
    if score >= 9:
        opinion = rng.choice(PRAISE)
    elif region == "华西" and rng.random() < 0.5:
        opinion = rng.choice(WAITING)
    else:
        opinion = rng.choice((*WAITING, *COMPLAINT)) if score <= 6 else rng.choice((*PRAISE[:3], *COMPLAINT))
    visit = f"{rng.choice(('周一', '周三', '周五', '周六', '周日'))}{rng.choice(('上午', '中午', '下午', '晚上'))}"
    opening = rng.choice(
        ("", f"{visit}去的，", f"大概{rng.randrange(10, 21)}点到店，", f"第{rng.randrange(1, 12)}次来，")
    )
    ending = rng.choice(("", "", f"买了{rng.randrange(1, 7)}件。", f"花了{rng.randrange(4, 60) * 10}元左右。"))
    return f"{opening}{opinion}{ending}"


# --- A help desk survey in English, as SurveyMonkey exports it (two header rows, condensed) --------------------

CHANNELS = (("Phone", 0.35, -0.15), ("E-mail", 0.35, 0.0), ("Chat", 0.3, 0.45))
TEAMS = (("Billing", 0.3, -0.55), ("Technical", 0.4, 0.1), ("Orders", 0.3, 0.3))
WORDS = ("Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied", "Very satisfied")
CONTACTS = ("Searched the help pages", "Wrote an e-mail before", "Called before", "Asked a colleague")
GOOD = (
    "Solved in one call, thank you.",
    "Friendly and quick.",
    "The agent explained everything clearly.",
    "Great chat support.",
)
BAD = (
    "I had to explain my problem three times.",
    "Waited four days for an answer.",
    "The invoice is still wrong.",
    "Was passed from one desk to another.",
)


def support_survey(rng: random.Random) -> list[Row]:
    """Two header rows and 640 tickets."""
    upper: Row = [
        "Respondent ID",
        "Collector ID",
        "Start Date",
        "End Date",
        "IP Address",
        "Email Address",
        "First Name",
        "Last Name",
        "How likely is it that you would recommend our support to a friend or colleague?",
        "Overall, how satisfied are you with the help you received?",
        "How much do you agree: It was easy to get my issue resolved.",
        "How did you contact us?",
        "Which team helped you?",
        "What did you try first? (Tick all that apply)",
        *[""] * (len(CONTACTS) - 1),
        "What is the main reason for your score?",
    ]
    lower: Row = [
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "Response",
        "Response",
        "Response",
        "Response",
        "Response",
        *CONTACTS,
        "Open-Ended Response",
    ]
    start = datetime.datetime.fromisoformat("2025-06-02T08:00:00")
    moments = sorted(start + datetime.timedelta(minutes=rng.randrange(90 * 1440)) for _ in range(640))
    return [upper, lower, *[_ticket(rng, number, moment) for number, moment in enumerate(moments)]]


def _ticket(rng: random.Random, number: int, moment: datetime.datetime) -> Row:
    channel, lift = _drawn(rng, CHANNELS)
    team, push = _drawn(rng, TEAMS)
    mood = rng.gauss(0, 1) + lift + push
    score = _point(7.6 + 2.2 * mood, 0, 10, rng, 1.4)
    ends = {0: "0 - Not at all likely", 10: "10 - Extremely likely"}
    ease = _point(5.3 + 1.0 * mood, 1, 7, rng, 0.8)
    easy = {1: "1 - Strongly disagree", 7: "7 - Strongly agree"}
    done = moment + datetime.timedelta(seconds=rng.randrange(60, 400))
    tried: Row = [
        contact if rng.random() < share else "" for contact, share in zip(CONTACTS, (0.5, 0.25, 0.2, 0.15), strict=True)
    ]
    comment = _told(rng, GOOD if score >= 8 else BAD) if rng.random() < 0.45 else ""
    return [
        11800000000 + number,
        400000001,
        f"{moment:%m/%d/%Y %I:%M:%S %p}",
        f"{done:%m/%d/%Y %I:%M:%S %p}",
        f"198.51.100.{rng.randrange(1, 255)}",
        f"customer{number:03}@example.com" if rng.random() < 0.5 else "",
        "",
        "",
        ends.get(score, str(score)) if rng.random() > 0.02 else "",
        WORDS[_point(4.05 + 0.75 * mood, 1, 5, rng, 0.5) - 1],
        easy.get(ease, str(ease)) if rng.random() > 0.05 else "",
        channel,
        team,
        *tried,
        comment,
    ]


def _told(rng: random.Random, opinions: tuple[str, ...]) -> str:
    case = rng.choice(("", f"Ticket {rng.randrange(10_000, 99_999)}. ", f"Contacted you {rng.randrange(2, 9)} times. "))
    ending = rng.choice(("", f" It took {rng.randrange(2, 50)} minutes.", f" That was on day {rng.randrange(1, 15)}."))
    return f"{case}{rng.choice(opinions)}{ending}"


def _drawn(rng: random.Random, choices: tuple[tuple[str, float, float], ...]) -> tuple[str, float]:
    found = rng.choices(choices, [share for _, share, _ in choices])[0]
    return found[0], found[2]


# --- A small event survey, as Google Forms exports it ----------------------------------------------------------

SCORES = [0, 2, 3, 4, 5, 5, 5, 6, 6, 6, 6, *[7] * 7, *[8] * 10, *[9] * 8, *[10] * 12]
REMARKS = (
    "Great speakers.",
    "The room was too small.",
    "More time for questions, please.",
    "Loved the workshop.",
    "Coffee ran out early.",
)


def event_survey(rng: random.Random) -> list[Row]:
    """Header and 48 answers from 12 to 14 September 2025: 11 detractors, 17 passives, 20 promoters."""
    header: Row = [
        "Timestamp",
        "How likely are you to recommend the event to a colleague? (0 = not at all, 10 = extremely)",
        "How satisfied were you overall? (1–5)",
        "Which day did you attend?",
        "Was it your first time?",
        "Anything else?",
    ]
    scores = list(SCORES)
    rng.shuffle(scores)
    start = datetime.datetime.fromisoformat("2025-09-12T10:00:00")
    moments = sorted(start + datetime.timedelta(minutes=rng.randrange(3 * 1440 - 900)) for _ in scores)
    return [
        header,
        *[
            [
                moment,
                score,
                _point(2.6 + score * 0.22, 1, 5, rng, 0.4),
                rng.choice(("Friday", "Saturday", "Both days")),
                rng.choice(("Yes", "No", "No")),
                f"{rng.choice(REMARKS)} Room {rng.randrange(1, 30)}." if rng.random() < 0.4 else "",
            ]
            for moment, score in zip(moments, scores, strict=True)
        ],
    ]


def _point(mean: float, lowest: int, highest: int, rng: random.Random, spread: float) -> int:
    return min(highest, max(lowest, round(rng.gauss(mean, spread))))


def _write_csv(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)


def _write_workbook(path: Path, sheet: str, rows: list[Row]) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    page = book.add_worksheet(sheet)
    moment = book.add_format({"num_format": "m/d/yyyy h:mm:ss"})
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime.datetime):
                page.write_datetime(row, column, cell, moment)
            elif isinstance(cell, int):
                page.write_number(row, column, cell)
            elif cell != "":
                page.write_string(row, column, str(cell))
    book.close()


if __name__ == "__main__":
    main()
