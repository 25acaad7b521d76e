"""Themes are found by word lists: whole Latin words, Chinese ones anywhere, look-alikes and denials left out."""

from __future__ import annotations

import numpy as np
import pytest

from cxdesk.comments.folding import Folding
from cxdesk.comments.lexicon import severe, starter_themes
from cxdesk.comments.themes import first_themes, matcher, theme_codes
from cxdesk.survey.theme import Theme

FOLD = Folding()


def has(theme: Theme, text: str) -> bool:
    return matcher(theme).has(FOLD(text))


@pytest.mark.parametrize(
    ("words", "text", "wanted"),
    [
        (("late",), "It came LATE.", True),
        (("late",), "chocolate", False),
        (("deliver*",), "deliveries", True),
        (("deliver*",), "undelivered", False),
        (("customer service",), "Customer  service is slow", True),
        (("卡",), "系统卡死", True),
        (("排队",), "要排隊很久", True),
        (("ａｐｐ",), "App crashed", True),
        ((), "anything", False),
        (("c++",), "we use C++ here", True),
    ],
)
def test_words_are_found(words: tuple[str, ...], text: str, wanted: bool) -> None:
    assert has(Theme("x", words), text) is wanted


def test_longer_words_that_look_alike_do_not_count() -> None:
    theme = Theme("x", ("贵", "便宜"), ("贵公司",))
    assert not has(theme, "贵公司很好")
    assert has(theme, "贵公司的东西太贵")
    assert matcher(theme).spans("贵公司的东西太贵") == [(7, 8)]


def test_an_asterisk_inside_a_word_stands_for_a_few_characters_of_the_same_phrase() -> None:
    theme = Theme("x", ("异味", "lift is slow"), ("洗手间*异味", "lift*slow"))
    assert not has(theme, "洗手间里有异味")
    assert not has(theme, "洗手间异味")
    assert has(theme, "洗手间干净，衣服有异味")
    assert has(theme, "洗手间外面那家新开的店有异味"), "too far away"
    assert not has(theme, "the lift is slow")
    assert matcher(Theme("x", ("room*smell*",))).spans("my room did smelly things") == [(3, 18)]
    assert not has(Theme("x", ("***", "*")), "anything")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("排队太久。望回复。", {"等待时间"}),
        ("三天没有人回复", {"客服"}),
        ("请联系我，我的电话是 13812345678", set()),
        ("电话一直打不通", {"客服"}),
        ("洗手间有异味。", {"环境/卫生"}),
        ("衣服有异味，质量差", {"产品/质量"}),
        ("房间里异味很大", {"环境/卫生"}),
        ("叫号系统坏了，大家挤在一起", {"等待时间"}),
        ("刚买的手机坏了", {"产品/质量"}),
        ("只是取个快递，顺便看看", set()),
        ("Toilet is broken", {"Place and cleanliness"}),
        ("Please reply to this", set()),
        ("They never replied", {"Support"}),
    ],
)
def test_the_starter_list_reads_what_is_meant(text: str, wanted: set[str]) -> None:
    themes = starter_themes("zh" if any(sign > "\u4e00" for sign in text) else "en", both=False)
    assert {theme.name for theme in themes if has(theme, text)} == wanted


def test_what_rules_a_comment_out_does_so_wherever_it_stands() -> None:
    theme = Theme("x", ("delivery",), ("joking",))
    assert has(theme, "delivery was slow")
    assert not has(theme, "delivery was slow, joking")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The staff is friendly", True),
        ("The staff is not friendly", False),
        ("not only friendly but quick", True),
        ("I do not know. Friendly staff", True),
        ("never was it so friendly", True),
        ("店员热情", True),
        ("店员不太热情", False),
        ("环境不错，热情", True),
        ("没有排队，很热情", True),
    ],
)
def test_denied_words_can_be_left_out(text: str, wanted: bool) -> None:
    assert has(Theme("x", ("friendly", "热情"), denied_out=True), text) is wanted
    assert has(Theme("x", ("friendly", "热情")), text)


def test_a_comment_can_have_several_themes_or_none() -> None:
    themes = (Theme("a", ("slow",)), Theme("b", ("till",)))
    texts = ["slow till", "till", "nothing of it"]
    assert theme_codes(texts, themes, lambda: None).tolist() == [[True, False, False], [True, True, False]]


@pytest.mark.parametrize(
    ("chinese", "english", "first", "both"),
    [(90, 10, "配送/物流", True), (99, 1, "配送/物流", False), (0, 100, "Delivery", False), (20, 80, "Delivery", True)],
)
def test_the_first_list_speaks_the_language_of_the_comments(chinese: int, english: int, first: str, both: bool) -> None:
    han = np.array([True] * chinese + [False] * english)
    themes = first_themes(han, ~han, np.ones(100, dtype=np.bool_))
    assert themes[0].name == first
    everything = " ".join(word for theme in themes for word in theme.include)
    assert ("deliver*" in everything and "配送" in everything) is both


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_starter_lists_keep_their_themes_apart(language: str) -> None:
    themes = starter_themes(language, both=True)
    assert len({theme.name for theme in themes}) == len(themes)
    for theme in themes:
        assert theme.include
        for word in theme.exclude:
            assert not has(Theme("", theme.include, theme.exclude), word.rstrip("*")), word


@pytest.mark.parametrize("text", ["I will sue you", "my lawyer", "never again", "食物过期了", "再也不来了"])
def test_what_should_not_wait_is_known(text: str) -> None:
    assert has(severe(), text)
