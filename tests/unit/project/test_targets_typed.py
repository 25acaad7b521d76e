"""Rows of targets: understood as people type them, refused in words that say what would fit."""

from __future__ import annotations

import pytest

from cxdesk.project.preferences import Preferences, load_preferences, save_preferences
from cxdesk.project.targets_typed import Row, TargetRefused, as_row, read_target, target_row
from cxdesk.survey.base import Rules
from cxdesk.survey.target import Target
from cxdesk.text import Translator
from tests.builders import survey

SHOPS = survey(
    recommend=[10, 3] * 10,
    satisfaction=[5, 4] * 10,
    effort=[7, 6] * 10,
    rating={"Staff": [5, 4] * 10},
    segment={"Region": ["North", "South"] * 10},
)
RULES = Rules()


@pytest.mark.parametrize(
    ("row", "target"),
    [
        (("NPS", "", "", "40"), Target("nps", 40)),
        (("nps", "", "", "−5"), Target("nps", -5)),
        (("eNPS", "", "", "+12"), Target("nps", 12)),
        (("CSAT", "", "", "80%"), Target("csat", 0.8)),
        (("CSAT", "", "", "80"), Target("csat", 0.8)),
        (("CSAT", "", "", "0,8"), Target("csat", 0.8)),
        (("CES", "", "", "5.5"), Target("ces", 5.5)),
        (("staff", "region", "NORTH", "75 %"), Target("staff", 0.75, "Region", "North")),
    ],
)
def test_a_row_is_a_target(row: Row, target: Target) -> None:
    found = read_target(row, SHOPS, RULES)
    assert (found.measure, found.segment, found.option) == (target.measure, target.segment, target.option)
    assert found.value == pytest.approx(target.value)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "", "", "40"), "Name the measure"),
        (("Parking", "", "", "40"), "This survey has no scored question “Parking”."),
        (("NPS", "", "", "much"), "“much” is not a number."),
        (("NPS", "", "", "140"), "This target must lie between −100 and +100."),
        (("CSAT", "", "", "180%"), "This target must lie between 0% and 100%."),
        (("CES", "", "", "8"), "This target must lie between 1 and 7."),
        (("NPS", "Region", "", "40"), "Give segment and answer together"),
        (("NPS", "City", "Rome", "40"), "There is no segment “City”. Segments are: Region."),
        (("NPS", "Region", "Nrth", "40"), "“Region” has no answer “Nrth”. Its answers include: North, South."),
    ],
)
def test_what_does_not_fit_is_refused(row: Row, words: str) -> None:
    with pytest.raises(TargetRefused) as refused:
        read_target(row, SHOPS, RULES)
    assert str(refused.value.reason).startswith(words)


def test_without_a_survey_words_are_taken_as_they_are() -> None:
    assert read_target(("Parking", "City", "Rome", "75%"), None, RULES) == Target("Parking", 0.75, "City", "Rome")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_is_shown_can_be_typed_again(language: str) -> None:
    said = Translator(language)
    for target in (
        Target("nps", -5),
        Target("csat", 0.8),
        Target("ces", 5.5),
        Target("Staff", 0.75, "Region", "North"),
    ):
        row = target_row(target, SHOPS, RULES, said)
        assert read_target(row, SHOPS, RULES) == target


def test_pasted_rows_may_have_two_columns() -> None:
    assert as_row(("NPS", "40")) == ("NPS", "", "", "40")
    assert as_row(("NPS", "Region", "North", "50", "")) == ("NPS", "Region", "North", "50")
    assert as_row(("NPS",)) == ("NPS", "", "", "")


def test_targets_are_kept_with_the_settings() -> None:
    rules = Rules(targets=(Target("nps", 40), Target("Staff", 0.75, "Region", "北区")))
    save_preferences(Preferences(rules=rules))
    assert load_preferences().rules == rules
