"""Columns with and without personal data, made up by chance with a fixed seed: none of these people exists.

Personal columns come with headers that say so and with headers that say nothing. The harmless ones are those that look
alike: order numbers, amounts, dates, codes, counts, places.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

ROWS = 80
_REPEATS = 12
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红梅志国建文斌辉鹏宇浩然欣怡子涵"
_FIRST = ("James", "Mary", "Robert", "Linda", "Ahmed", "Sofia", "Liam", "Emma", "Noah", "Olivia", "Hans", "Marie")
_LAST = ("Smith", "Jones", "Brown", "Garcia", "Miller", "Davis", "Lopez", "Wilson", "Anderson", "Thomas", "Meyer")
_FULL_WIDTH = str.maketrans("0123456789-@.", "０１２３４５６７８９－＠．")

Make = Callable[[random.Random], str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A column of answers, the kind that it is, and whether it is personal."""

    kind: str
    header: str
    cells: tuple[str, ...]
    personal: bool


def _digits(chance: random.Random, count: int) -> str:
    return "".join(str(chance.randint(0, 9)) for _ in range(count))


def _day(chance: random.Random, first: int = 1950, last: int = 2006) -> datetime.date:
    return datetime.date(first, 1, 1) + datetime.timedelta(days=chance.randrange((last - first) * 365))


def mobile(chance: random.Random) -> str:
    number = f"1{chance.choice('3456789')}{_digits(chance, 9)}"
    return chance.choice((number, number, f"+86 {number}", f"{number[:3]}-{number[3:7]}-{number[7:]}"))


def resident(chance: random.Random) -> str:
    head = f"{chance.choice((110101, 310104, 440305, 510107, 330106))}{_day(chance):%Y%m%d}{_digits(chance, 3)}"
    total = sum(int(digit) * weight for digit, weight in zip(head, _WEIGHTS, strict=True))
    return head + "10X98765432"[total % 11]


def old_resident(chance: random.Random) -> str:
    return f"{chance.choice((110101, 310104, 440305))}{_day(chance, 1940, 1990):%y%m%d}{_digits(chance, 3)}"


def bank_card(chance: random.Random) -> str:
    head = chance.choice(("6222", "4111", "5500", "3528")) + _digits(chance, 11)
    for last in "0123456789":
        digits = [int(sign) for sign in head + last]
        doubled = [d if n % 2 == 0 else d * 2 - 9 * (d > 4) for n, d in enumerate(reversed(digits))]
        if sum(doubled) % 10 == 0:
            number = head + last
    return chance.choice((number, " ".join(number[place : place + 4] for place in range(0, 16, 4))))


def mail(chance: random.Random) -> str:
    name = chance.choice(_FIRST).lower() + chance.choice((".", "_", "", "-")) + _digits(chance, chance.randint(1, 4))
    return f"{name}@{chance.choice(('example.com', 'qq.com', 'mail.example.co.uk', '163.com', 'firma.de'))}"


def internet_4(chance: random.Random) -> str:
    address = ".".join(str(chance.randint(1, 254)) for _ in range(4))
    return chance.choice((address, address, f"{address}(浙江-杭州)", f"{address}:443"))


def internet_6(chance: random.Random) -> str:
    groups = [f"{chance.randrange(0x1000, 0x10000):x}" for _ in range(8)]
    return chance.choice((":".join(groups), f"{groups[0]}:{groups[1]}::{groups[2]}", f"fe80::{groups[3]}:{groups[4]}"))


def hardware(chance: random.Random) -> str:
    sign = chance.choice(":-")
    return sign.join(f"{chance.randrange(256):02X}" for _ in range(6))


def coordinates(chance: random.Random) -> str:
    return f"{chance.uniform(20, 45):.6f}{chance.choice((',', ', '))}{chance.uniform(90, 125):.6f}"


def latitude(chance: random.Random) -> str:
    return f"{chance.uniform(-45, 60):.7f}"


def plate(chance: random.Random) -> str:
    area, letter = chance.choice("京沪粤浙苏川鲁"), chance.choice("ABCDEFG")
    tail = _digits(chance, chance.choice((5, 6)))
    return f"{area}{letter}{chance.choice(('', '', '·'))}{tail}"


def passport(chance: random.Random) -> str:
    return chance.choice((f"E{_digits(chance, 8)}", f"EA{_digits(chance, 7)}", f"G{_digits(chance, 8)}"))


def phone(chance: random.Random) -> str:
    return chance.choice(
        (
            f"+44 20 {_digits(chance, 4)} {_digits(chance, 4)}",
            f"({chance.randint(201, 989)}) {chance.randint(201, 989)}-{_digits(chance, 4)}",
            f"+49 170 {_digits(chance, 7)}",
            f"+1-{chance.randint(201, 989)}-{chance.randint(201, 989)}-{_digits(chance, 4)}",
        )
    )


def landline(chance: random.Random) -> str:
    return f"{chance.choice(('010', '021', '0755', '0571'))}-{chance.randint(2, 8)}{_digits(chance, 7)}"


def han_name(chance: random.Random) -> str:
    return chance.choice(_FAMILY) + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2))))


def latin_name(chance: random.Random) -> str:
    return f"{chance.choice(_FIRST)} {chance.choice('ABCDEFGH')}. {chance.choice(_LAST)}"


def street(chance: random.Random) -> str:
    return chance.choice(
        (
            f"{chance.randint(1, 400)} {chance.choice(_LAST)} Street",
            f"朝阳区{chance.randint(1, 99)}号院{_digits(chance, 3)}室",
        )
    )


def open_id(chance: random.Random) -> str:
    return "o" + "".join(chance.choice("abcdefghijkLMNOPQRSTuvwxyz0123456789_-") for _ in range(27))


def browser(chance: random.Random) -> str:
    return f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/{chance.randint(90, 130)}.0"


def we_chat(chance: random.Random) -> str:
    return f"wxid_{''.join(chance.choice('abcdefghij0123456789') for _ in range(14))}"


def birthday(chance: random.Random) -> str:
    return f"{_day(chance):%Y-%m-%d}"


def order(chance: random.Random) -> str:
    return f"{chance.choice(('', 'SO', 'ORD-', '订单'))}{chance.randint(2021, 2025)}{_digits(chance, 10)}"


def amount(chance: random.Random) -> str:
    return chance.choice(
        (f"{chance.uniform(1, 9999):.2f}", f"¥{chance.randint(10, 99999):,}", f"${chance.randint(1, 900)}")
    )


def year(chance: random.Random) -> str:
    return str(chance.randint(1960, 2025))


def score(chance: random.Random) -> str:
    return str(chance.randint(0, 10))


def moment(chance: random.Random) -> str:
    day = _day(chance, 2020, 2025)
    return chance.choice((f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d} 12:{_digits(chance, 1)}3", f"{day:%Y%m%d}"))


def stamp(chance: random.Random) -> str:
    return f"17{_digits(chance, 11)}"


def product(chance: random.Random) -> str:
    return chance.choice(
        (f"SKU-{_digits(chance, 6)}", f"A{_digits(chance, 4)}-{_digits(chance, 2)}", f"{_digits(chance, 4)}-XL")
    )


def barcode(chance: random.Random) -> str:
    head = "69" + _digits(chance, 10)
    check = (10 - sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(head)) % 10) % 10
    return f"{head}{check}"


def postcode(chance: random.Random) -> str:
    return chance.choice(
        (str(chance.randint(100000, 899999)), f"{chance.choice('ENSW')}{chance.randint(1, 9)} {_digits(chance, 1)}AB")
    )


def version(chance: random.Random) -> str:
    return ".".join(str(chance.randint(0, 120)) for _ in range(chance.choice((2, 3))))


def count(chance: random.Random) -> str:
    return str(chance.choice((chance.randint(0, 50), chance.randint(1000, 2_000_000))))


def city(chance: random.Random) -> str:
    return chance.choice(
        ("北京", "上海", "广州", "金华", "石家庄", "江门", "温州", "马鞍山", "London", "Paris", "黄山", "高雄")
    )


def product_line(chance: random.Random) -> str:
    return chance.choice(
        ("高端系列", "金卡", "白金会员", "方便面", "安全带", "Standard plan", "Premium plan", "田园风")
    )


def opinion(chance: random.Random) -> str:
    return chance.choice(
        ("很好", "服务态度不错", "等了20分钟", "Slow at the till", "Very friendly staff!", "无", "价格偏高 100元")
    )


def duration(chance: random.Random) -> str:
    return chance.choice(
        (
            f"{chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}:{chance.randint(0, 59):02d}",
            f"{chance.randint(20, 900)}秒",
        )
    )


def share(chance: random.Random) -> str:
    return f"{chance.uniform(0, 100):.1f}%"


def weight(chance: random.Random) -> str:
    return f"{chance.uniform(0.4, 2.2):.6f}"


def ticket(chance: random.Random) -> str:
    return f"{chance.choice(('T', 'CASE', '#', 'B'))}{_digits(chance, 6)}"


def site(chance: random.Random) -> str:
    return f"https://www.example.com/p/{_digits(chance, 5)}"


def flight(chance: random.Random) -> str:
    return f"{chance.choice(('CA', 'MU', 'LH', 'BA'))}{_digits(chance, 4)}"


def store_number(chance: random.Random) -> str:
    return f"{chance.randint(1, 40):03d}"


def size(chance: random.Random) -> str:
    return f"{chance.randint(10, 90)}x{chance.randint(10, 90)}x{chance.randint(10, 90)} cm"


NEUTRAL = ("Field 7", "填写", "Q12", "补充信息", "Other (please specify)", "其他", "Answer", "3、请填写")

PERSONAL: tuple[tuple[Make, tuple[str, ...]], ...] = (
    (mobile, ("手机号", "联系电话", "Mobile number", "您的手机号码是？")),
    (resident, ("身份证号", "证件号码", "National ID")),
    (old_resident, ("身份证号码",)),
    (bank_card, ("银行卡号", "Credit card number")),
    (mail, ("E-mail", "邮箱", "RecipientEmail", "Email Address")),
    (internet_4, ("IPAddress", "来自IP", "IP Address")),
    (internet_6, ("IP地址",)),
    (hardware, ("MAC地址", "Device ID")),
    (coordinates, ("GPS coordinates", "地理位置")),
    (plate, ("车牌号",)),
    (passport, ("护照号", "Passport number")),
    (phone, ("Phone", "Telephone")),
    (landline, ("电话",)),
    (han_name, ("姓名", "您的姓名：", "联系人")),
    (open_id, ("openid", "微信openid")),
    (browser, ("UserAgent",)),
    (we_chat, ("微信号",)),
)
"""Kinds whose cells tell by themselves; their headers help."""

ANNOUNCED: tuple[tuple[Make, tuple[str, ...]], ...] = (
    (latin_name, ("Name", "Full name", "RecipientFirstName", "First Name", "What is your name?")),
    (street, ("Home address", "家庭住址", "收货地址", "Mailing address")),
    (latitude, ("LocationLatitude", "经度", "Longitude", "纬度")),
    (birthday, ("Date of birth", "出生日期", "Birthday")),
    (order, ("ExternalReference", "ExternalDataReference")),
    (han_name, ("昵称", "微信昵称")),
)
"""Kinds that only their headers tell."""

HARMLESS: tuple[tuple[Make, tuple[str, ...]], ...] = (
    (order, ("订单号", "Order number", *NEUTRAL[:2])),
    (amount, ("价格", "Price", "Amount spent", NEUTRAL[0])),
    (year, ("Year", "购买年份", NEUTRAL[2])),
    (score, ("NPS", "满意度", "How likely are you to recommend us?")),
    (moment, ("Submitted at", "提交答卷时间", "Purchase date", NEUTRAL[1])),
    (stamp, ("Timestamp", "提交时间戳", NEUTRAL[0])),
    (product, ("Product code", "产品编号", NEUTRAL[3])),
    (barcode, ("Barcode", "商品条码", NEUTRAL[4])),
    (postcode, ("Store postcode", "门店邮编", NEUTRAL[0], NEUTRAL[2])),
    (version, ("App version", "版本号", NEUTRAL[2])),
    (count, ("Number of visits", "员工人数", "手机部数", NEUTRAL[0])),
    (city, ("城市", "City", NEUTRAL[1])),
    (product_line, ("产品系列", "会员等级", NEUTRAL[3])),
    (opinion, ("Comment", "您的建议", "Other comments about our phone service", NEUTRAL[5])),
    (duration, ("所用时间", "Duration", NEUTRAL[6])),
    (share, ("Share of wallet", NEUTRAL[0])),
    (weight, ("weight", "权重")),
    (ticket, ("Ticket", "工单号", NEUTRAL[7])),
    (site, ("Page", "页面链接", NEUTRAL[0])),
    (flight, ("Flight", "航班号", NEUTRAL[1])),
    (store_number, ("Store number", "门店编号", "网点代码")),
    (size, ("Size", "尺寸", NEUTRAL[0])),
)
"""What looks like personal data to a careless eye."""


def labelled(seed: int = 20251122) -> Iterator[Labelled]:
    """All columns: each kind `_REPEATS` times, under each of its headers in turn, filled to different degrees."""
    chance = random.Random(seed)
    for make, headers in PERSONAL:
        for number in range(_REPEATS):
            known = number % 3 == 0
            header = headers[number // 3 % len(headers)] if known else NEUTRAL[number % len(NEUTRAL)]
            yield _column(make, header, chance, personal=True, least=0.5)
    for make, headers in ANNOUNCED:
        for number in range(_REPEATS):
            yield _column(make, headers[number % len(headers)], chance, personal=True, least=0.6)
    for make, headers in HARMLESS:
        for number in range(_REPEATS):
            yield _column(make, headers[number % len(headers)], chance, personal=False, least=0.3)


def _column(make: Make, header: str, chance: random.Random, *, personal: bool, least: float) -> Labelled:
    wide, share_filled = chance.random() < 0.2, chance.uniform(least, 1.0)
    others: Sequence[str] = ("", "", "", "无", "n/a") if personal else ("", "")
    cells = [make(chance) if chance.random() < share_filled else chance.choice(others) for _ in range(ROWS)]
    if wide:
        cells = [cell.translate(_FULL_WIDTH) for cell in cells]
    return Labelled(make.__name__, header, tuple(cells), personal)
