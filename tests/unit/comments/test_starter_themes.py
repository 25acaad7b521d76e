"""The themes that a survey starts with, read against comments of many trades as a careful person would code them."""

from __future__ import annotations

import pytest

from cxdesk.comments.folding import Folding
from cxdesk.comments.lexicon import LANGUAGES, starter_themes
from cxdesk.comments.themes import matcher
from cxdesk.survey.theme import Theme

FOLD = Folding()

DELIVERY, WAITING, SUPPORT, STAFF, QUALITY, PRICE, RETURNS, PROCESS, PAYMENT, APP, PLACE, STOCK = range(12)

ENGLISH = [
    ("I was charged twice for the same month.", {PRICE}),
    ("The invoice was higher than what I was quoted.", {PRICE}),
    ("The engineer explained what he was doing.", {STAFF}),
    ("Your technician left the house as he found it.", {STAFF}),
    ("I was passed from one desk to another.", {PROCESS}),
    ("They fixed it but the fault came back.", {QUALITY}),
    ("The repair took four days.", {WAITING, RETURNS}),
    ("Works now, thanks.", set()),
    ("It works well.", {QUALITY}),
    ("I got a reply within the hour.", {SUPPORT, WAITING}),
    ("Forty minutes on hold.", {SUPPORT, WAITING}),
    ("The card reader at the till was down.", {PAYMENT}),
    ("The aisles are too narrow for a pushchair.", {PLACE}),
    ("Empty shelves again.", {STOCK}),
    ("The shelves are tidy.", {PLACE}),
    ("They would not give me my money back.", {RETURNS}),
    ("Nobody on the shop floor greeted us.", {STAFF}),
    ("Very user friendly.", {APP}),
    ("Friendly people at the desk.", {STAFF}),
    ("Please add support for tables.", set()),
    ("A late fee of ten dollars!", {PRICE}),
    ("The clinic is open late.", set()),
    ("When I arrived the doctor had left.", {STAFF}),
    ("The nurses were kind.", {STAFF}),
    ("These are kind of small.", set()),
    ("The broadband drops out every evening.", {QUALITY}),
    ("Fees go up every year.", {PRICE}),
    ("The exchange rate was poor.", {PRICE}),
    ("I will return.", set()),
    ("We are in the process of moving.", set()),
    ("The jacket was ripped, I sent it back.", {QUALITY, RETURNS}),
    ("The tutors know every child by name.", {STAFF}),
    ("The tutorial was long.", set()),
    ("We watched an old costume drama.", set()),
    ("The box was crushed.", {DELIVERY}),
    ("We ran out of time.", set()),
    ("They ran out of milk.", {STOCK}),
]

CHINESE = [
    ("不喜欢，想退掉。", {RETURNS}),
    ("吊牌剪了就退不了。", {RETURNS}),
    ("非说不给退。", {RETURNS}),
    ("大了想换一个小码。", {RETURNS}),
    ("我六十岁退休了。", set()),
    ("下次换个地方吃。", set()),
    ("收银台只开了一个。", {PAYMENT, WAITING}),
    ("收银员动作快。", {STAFF}),
    ("排队结账排了好久。", {WAITING, PAYMENT}),
    ("扫码支付失败。", {PAYMENT}),
    ("不能刷卡。", {PAYMENT}),
    ("货架摆得乱，过道又窄。", {PLACE}),
    ("货架经常是空的。", {STOCK}),
    ("陈列整齐。", {PLACE}),
    ("半天找不到东西。", {WAITING, PLACE}),
    ("叫了三声没人理。", {STAFF}),
    ("柜员爱理不理的。", {STAFF}),
    ("店长亲自来道歉。", {STAFF}),
    ("说下周到货。", {DELIVERY}),
    ("从一个窗口推到另一个窗口。", {PROCESS}),
    ("挂号排了两小时。", {PROCESS, WAITING}),
    ("修好没两天又坏了。", {QUALITY}),
    ("晚上老掉线。", {QUALITY}),
    ("多扣了三十块。", {PRICE}),
    ("评价很高。", set()),
    ("转人工要按好几遍。", {SUPPORT}),
    ("人工智能很有意思。", set()),
    ("运费比东西还贵。", {DELIVERY, PRICE}),
    ("小哥帮我搬上五楼。", {DELIVERY}),
    ("老师很负责。", {STAFF}),
    ("教室冬天漏风。", {PLACE}),
    ("店员太热情了。", {STAFF}),
    ("夏天太热。", {PLACE}),
    ("手续齐全。", {PROCESS}),
    ("尺码齐全。", {STOCK}),
]


@pytest.mark.parametrize(("text", "wanted"), ENGLISH)
def test_english_comments_are_read_as_a_person_would(text: str, wanted: set[int]) -> None:
    assert themes_of(text, "en") == wanted


@pytest.mark.parametrize(("text", "wanted"), CHINESE)
def test_chinese_comments_are_read_as_a_person_would(text: str, wanted: set[int]) -> None:
    assert themes_of(text, "zh") == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_starter_lists_rules_a_whole_comment_out(language: str) -> None:
    """An excluded word that holds no included one would silence the theme for everything that a person wrote."""
    for theme in starter_themes(language, both=False):
        included = matcher(Theme("", theme.include))
        assert [word for word in theme.exclude if not included.has(FOLD(word.rstrip("*")))] == [], theme.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_folded_and_stand_once(language: str) -> None:
    for theme in starter_themes(language, both=False):
        for words in (theme.include, theme.exclude):
            assert [word for word in words if FOLD(word) != word] == []
            assert len(set(words)) == len(words), theme.name


def themes_of(text: str, language: str) -> set[int]:
    themes = enumerate(starter_themes(language, both=False))
    return {place for place, theme in themes if matcher(theme).has(FOLD(text))}
