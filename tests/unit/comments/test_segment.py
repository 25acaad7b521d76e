"""Comments are cut into words offline: Chinese, English, both in one sentence; what says nothing counts as nothing."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from cxdesk.comments.folding import Folding, composed
from cxdesk.comments.segment import Prepared, prepared
from cxdesk.comments.terms import people_per_term, people_per_text, redundant, texts_with
from cxdesk.job import Unattended
from cxdesk.survey.dataset import Words


def prepare(*texts: str) -> Prepared:
    return prepared(Words.of(["", *texts]), Unattended())


def terms(text: str) -> list[str]:
    found = prepare(text)
    return [str(found.terms.vocabulary[term]) for term in found.terms.ids]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Delivery was late", ["delivery", "late"]),
        ("customer service", ["customer", "service", "customer service"]),
        ("The staff was not very helpful", ["staff", "not helpful"]),
        ("late; delivery", ["late", "delivery"]),
        ("They have nothing to do with my question", ["question"]),
        ("very slow slow tills", ["slow", "tills", "slow tills"]),
        ("店员态度很差", ["店员", "态度", "差"]),
        ("店太小人太多", ["太小"]),
        ("太贵，也太慢", ["太贵", "太慢"]),
        ("东西不贵，人不挤", ["东西", "不贵", "不挤"]),
        ("小程序很好", ["小程序", "好"]),
        ("等了二十多分钟，贵了五十块", ["贵"]),
        ("排队比买东西还久。望回复。", ["排队", "东西", "久"]),
        ("店员不热情", ["店员", "不热情"]),
        ("I found it, then it came back", ["came back"]),
        ("my money back", ["money", "money back"]),
        ("looking at other suppliers", ["suppliers"]),
        ("the manual was not found", ["manual", "not found"]),
        ("found it looking back", []),
        ("forty minutes on hold", ["forty", "forty minutes", "on hold", "minutes on hold"]),
        ("on holdings", ["holdings"]),
        ("not on time", ["not on time"]),
        ("Thanks! Thank you", []),
        ("最后发现退款了，谢谢", ["退款"]),
        ("Ｗｉ－Ｆｉ慢😀", ["wi-fi", "慢", "😀"]),
        ("收銀台沒開", ["收银台", "没开"]),
        ("ordered 3 times, order 20241107", ["ordered", "order"]),
    ],
)
def test_words_are_told_apart(text: str, wanted: list[str]) -> None:
    assert terms(text) == wanted


@pytest.mark.parametrize("text", ["", "  ", "none", "N/A", "无", "没有。", "--", "暂无意见"])
def test_nothing_said_is_no_comment(text: str) -> None:
    assert not prepare(text).said[1]


def test_personal_items_are_masked_before_anything_else_sees_them() -> None:
    found = prepare("Call 13812345678 or mail li.wei@example.com")
    assert found.shown[1] == "Call 138****5678 or mail l***@***"
    assert found.masked[1] == 2
    assert not any("wei" in str(term) or "1234" in str(term) for term in found.terms.vocabulary)


def test_people_are_counted_and_not_words() -> None:
    found = prepare("slow slow slow", "slow tills", "tills")
    people = people_per_text(written([1, 1, 2, 3, 3, 3]), 4)
    counts = dict(zip(map(str, found.terms.vocabulary), people_per_term(found.terms, people).tolist(), strict=True))
    assert counts == {"slow": 3, "tills": 4, "slow tills": 1}
    slow = list(found.terms.vocabulary).index("slow")
    assert texts_with(found.terms, slow).tolist() == [1, 2]


def test_a_word_that_only_stands_in_a_pair_gives_way_to_it() -> None:
    found = prepare("customer service", "service desk")
    names = [str(term) for term in found.terms.vocabulary]
    people = people_per_text(written([1] * 9 + [2]), 3)
    left_out = redundant(found.terms, people, list(range(len(names))), names)
    assert {names[term] for term in left_out} == {"customer", "service", "desk"}
    people = people_per_text(written([1] * 5 + [2] * 5), 3)
    left_out = redundant(found.terms, people, list(range(len(names))), names)
    assert "service" not in {names[term] for term in left_out}


def left_out(*texts: str) -> set[str]:
    """Names of the terms that give way to another one; each text was written by ten people."""
    found = prepare(*texts)
    names = [str(term) for term in found.terms.vocabulary]
    people = people_per_text(written([place for place in range(1, len(texts) + 1) for _ in range(10)]), len(texts) + 1)
    return {names[term] for term in redundant(found.terms, people, list(range(len(names))), names)}


def test_of_pairs_that_always_follow_each_other_one_is_enough() -> None:
    gone = left_out("a remote session fixed everything")
    assert "remote session" not in gone
    assert {"session fixed", "fixed everything", "session", "fixed"} <= gone
    apart = left_out("remote session", "session fixed", "fixed everything")
    assert not apart & {"remote session", "session fixed", "fixed everything"}


def test_a_chinese_word_inside_a_longer_one_gives_way_to_it() -> None:
    assert left_out("服务器服务") == {"服务"}
    assert left_out("服务器", "服务") == set()


def written(codes: list[int]) -> NDArray[np.int64]:
    return np.array(codes, dtype=np.int64)


def test_places_lead_back_to_what_is_shown() -> None:
    fold = Folding()
    text = composed("½ price, ＡＢＣ 貨")
    folded = fold(text)
    places = fold.places(text)
    assert len(places) == len(folded)
    assert text[places[folded.index("abc")]] == "Ａ"
    assert text[places[folded.index("货")]] == "貨"
