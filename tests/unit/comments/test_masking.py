"""Personal items inside comments are hidden, and nothing else is."""

from __future__ import annotations

import pytest

from cxdesk.comments.masking import contains_personal, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请拨打13812345678联系我", "请拨打138****5678联系我"),
        ("电话：１３８１２３４５６７８", "电话：１３８****５６７８"),
        ("mail jane.doe@example.com please", "mail j***@*** please"),
        ("身份证11010519491231002X", "身份证110*************2X".replace("*************", "*" * 12)),
        ("card 4111 1111 1111 1111", "card 4111***********1111"),
        ("from 192.168.10.20", "from 192**********"),
        ("call (555) 123-4567", "call (55*******4567"),
        ("tel 021-62345678", "tel 021*****5678"),
        ("车牌京A12345", "车牌京A****5"),
        ("车牌沪B·D12345 停车", "车牌沪B******5 停车"),
        ("we met at 31.230416, 121.473701", "we met at 31" + "*" * 12),
        ("from fe80::1ff:fe23:4567:890a today", "from fe80" + "*" * 12 + " today"),
        ("router 00:1A:2B:3C:4D:5E", "router 00" + "*" * 12),
        ("护照 E12345678", "护照 E1*****78"),
    ],
)
def test_personal_items_are_hidden(text: str, masked: str) -> None:
    assert mask(text) == (masked, 1)
    assert contains_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "The queue was 138 minutes long",
        "Order 20250914123456 arrived late",
        "2025-09-14 12:03:04",
        "Rated 10 out of 10, 100% happy",
        "version 92.0.4515.115",
        "open from 09:30:00 to 18:45:00",
        "waited 12:30, then 14:05:33",
        "rated 3.1416, then 2.7183",
        "bought S1234567 and P7654321",
        "ratio 1:2:3, class A::B",
        "110105194912310021",
        "1234567890123456",
        "价格12345678901234元",
        "",
        "很好",
    ],
)
def test_ordinary_numbers_stay(text: str) -> None:
    assert mask(text) == (text, 0)
    assert not contains_personal(text)


def test_every_item_is_counted() -> None:
    text = "a@b.co, 13812345678 and +44 20 7946 0958"
    masked, count = mask(text)
    assert count == 3
    assert "@b.co" not in masked
    assert "2345" not in masked


def test_masking_twice_changes_nothing_more() -> None:
    masked, _ = mask("13812345678 a@b.co 11010519491231002X")
    assert mask(masked) == (masked, 0)
