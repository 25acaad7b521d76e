"""Whether a question asks for a recommendation, and whether of the place of work."""

from __future__ import annotations

import pytest

from cxdesk.survey.question import Recommends
from tests.unit.reading.understanding.sheets import only

ELEVEN, FIVE = list(range(11)), [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "header",
    [
        "How likely are you to recommend Acme as a place to work?",
        "I would recommend my employer to friends",
        "您有多大可能向朋友推荐我们公司作为雇主？",
        "您是否愿意推荐朋友来公司工作？",
        "Wie wahrscheinlich ist es, dass Sie uns als Arbeitgeber weiterempfehlen?",
    ],
)
@pytest.mark.parametrize("answers", [ELEVEN, FIVE])
def test_of_the_place_of_work(header: str, answers: list[int]) -> None:
    assert only(header, answers).recommends is Recommends.EMPLOYER


@pytest.mark.parametrize(
    "header", ["How likely are you to recommend us to a friend?", "您会向同事推荐我们的产品吗？", "NPS", "Q5_NPS"]
)
@pytest.mark.parametrize("answers", [ELEVEN, FIVE])
def test_of_the_company(header: str, answers: list[int]) -> None:
    assert only(header, answers).recommends is Recommends.COMPANY


@pytest.mark.parametrize(
    "header",
    [
        "How useful were the recommended talks?",
        "您对系统推荐的商品满意吗？",
        "I would not recommend this shop",
        "How satisfied are you with your workplace?",
        "Rate our staff",
    ],
)
def test_of_nothing(header: str) -> None:
    assert only(header, FIVE).recommends is Recommends.NOTHING
