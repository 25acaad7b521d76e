"""The sentences that pages share: a filter in front of a headline reads as a sentence, in both languages."""

from __future__ import annotations

import datetime

import pytest

from cxdesk.analysis.wording import headline
from cxdesk.survey.counting import Sample
from cxdesk.survey.selection import Between, Condition, Mentions, OneOf, Selection
from cxdesk.text import Translator, say
from tests.builders import survey

EAST = OneOf("region", (1,))
SUMMER = Between("submitted", datetime.date(2025, 7, 1), datetime.date(2025, 9, 30))


@pytest.mark.parametrize(
    ("conditions", "english", "chinese"),
    [
        ((), "NPS is fine.", "NPS is fine."),
        ((EAST,), "In Region East: NPS is fine.", "“Region”为“East”：NPS is fine."),
        ((OneOf("region", (0, 2)),), "In Region North, no answer: ", "“Region”为“North、"),
        ((SUMMER,), "In 1 Jul – 30 Sep 2025: NPS is fine.", "2025-07-01 至 09-30："),
        ((EAST, Mentions("comment", "slow")), "In Region East · Comment with “slow”: ", "“Comment”含“slow”："),
    ],
)
def test_a_filter_in_front_of_a_headline_has_no_second_colon(
    conditions: tuple[Condition, ...], english: str, chinese: str
) -> None:
    dataset = survey(
        recommend=[9, 3],
        segment={"Region": ["North", "East"]},
        date={"Submitted": [datetime.date(2025, 8, 1)] * 2},
        comment=["slow", "fine"],
    )
    told = headline(Sample(dataset, Selection(conditions)), say("{text}", text="NPS is fine."))
    assert Translator("en")(told).startswith(english)
    assert chinese in Translator("zh_CN")(told)
