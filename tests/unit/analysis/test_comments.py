"""The comments page: numbers that can be worked out by hand, what is hidden, what is said where there is little."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cxdesk.analysis.comments import Comments
from cxdesk.analysis.comments_coded import TOGETHER, theme_names
from cxdesk.analysis.comments_priority import impact_of, impact_range_of, priority_of, urgency_of
from cxdesk.analysis.comments_values import CommentsResult, CommentsSpec
from cxdesk.blocks.note import Empty
from cxdesk.blocks.quote import BAD, GOOD, MIDDLE, Quotes
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Mark, Table
from cxdesk.job import Unattended
from cxdesk.stats.difference import nps_difference
from cxdesk.stats.nps import bonett_price
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample, Tally
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.scale import Direction, Scale
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.survey.theme import Theme
from cxdesk.text import Translator
from tests.builders import survey

ENGLISH, CHINESE = Translator("en"), Translator("zh_CN")
THEMES = (Theme("Tills", ("till*", "queue")), Theme("Staff", ("staff",)), Theme("Roof", ("roof",)))
RULES = Rules(themes=THEMES)


def shop(times: int = 1) -> Dataset:
    """40 slow tills (30 low, 10 passive), 60 kind staff (50 high, 10 low), 20 fine (high), 4 of both, 6 silent.

    30 more wrote nothing.
    """
    groups = [
        ("slow tills", [3] * 30 + [8] * 10),
        ("kind staff", [10] * 50 + [5] * 10),
        ("all was fine to me", [9] * 20),
        ("kind staff at slow tills", [7] * 4),
        ("none", [9] * 6),
        (None, [10] * 30),
    ]
    scores = [score for _, part in groups for score in part] * times
    words = [text for text, part in groups for _ in part] * times
    regions = (["North"] * 80 + ["South"] * 77 + ["Pier"] * 3)[: len(scores) // times] * times
    days = [f"2025-{7 + place % 3:02}-11" for place in range(len(scores))]
    return survey(recommend=scores, comment=words, segment={"Region": regions}, date=days)


def result(dataset: Dataset, spec: CommentsSpec | None = None, rules: Rules = RULES) -> CommentsResult:
    page = Comments()
    return page.compute(Sample(dataset), rules, spec or page.default(dataset), Unattended())


def section(dataset: Dataset, spec: CommentsSpec | None = None, rules: Rules = RULES) -> Section:
    spec = spec or Comments().default(dataset)
    return Comments().present(spec, result(dataset, spec, rules))


def tables(found: Section) -> dict[str, Table]:
    return {block.key: block for block in found.blocks() if isinstance(block, Table)}


def test_themes_are_measured_among_those_who_wrote() -> None:
    found = result(shop())
    assert (found.wrote, found.silent, found.empty) == (124, 6, 0)
    assert found.everyone is not None
    assert found.everyone.value == pytest.approx(100 * (70 - 40) / 124)
    staff, tills, roof = found.themes
    assert [(theme.name, theme.people) for theme in found.themes] == [("Staff", 64), ("Tills", 44), ("Roof", 0)]
    assert tills.score is not None
    interval = bonett_price(0, 14, 30)
    assert (tills.score.value, tills.score.low, tills.score.high) == pytest.approx(
        (-100 * 30 / 44, interval.low, interval.high)
    )
    expected = nps_difference((0, 14, 30), (70, 0, 10))
    assert tills.gap is not None
    assert (tills.gap.value, tills.gap.low, tills.gap.high) == pytest.approx(
        (expected.value, expected.low, expected.high)
    )
    assert (tills.mark, staff.mark, roof.mark) == (Mark.BELOW, Mark.ABOVE, Mark.UNTESTED)
    assert found.uncoded is not None
    assert found.uncoded.people == 20


def test_a_theme_moves_the_whole_by_its_share_times_its_difference() -> None:
    found = result(shop())
    everyone = found.everyone
    assert everyone is not None
    assert everyone.value is not None
    without = {"Tills": 100 * (70 - 10) / 80, "Staff": 100 * (20 - 30) / 60}
    for theme in found.themes[:2]:
        assert theme.drag is not None
        assert theme.drag.value == pytest.approx(everyone.value - without[str(theme.name)])


def test_few_mentions_have_no_score_and_few_others_neither() -> None:
    words = ["tills"] * 60 + ["staff"] * 6
    found = result(survey(recommend=[3] * 30 + [9] * 36, comment=words))
    by_name = {str(theme.name): theme for theme in found.themes}
    assert by_name["Staff"].score is not None
    assert by_name["Staff"].score.value is None
    assert by_name["Tills"].score is not None
    assert by_name["Tills"].score.withheld, "the whole minus those who mention tills is the score of six people"
    assert by_name["Tills"].drag is None


def test_under_thirty_mentions_are_shown_but_not_compared() -> None:
    words = ["tills"] * 60 + ["staff"] * 20 + ["nothing special"] * 60
    found = section(survey(recommend=[3, 9] * 70, comment=words))
    effects = tables(found)["effects"]
    for cell in (
        effects.cell("theme Staff", "gap"),
        effects.cell("theme Staff", "drag"),
        tables(found)["priority"].cell("theme Staff", "impact"),
    ):
        assert cell.value is None
        assert cell.shown is not None
        assert ENGLISH(cell.shown) == "too few"
    assert effects.cell("theme Staff", "drag_range").low is None
    assert effects.legend is not None
    assert "** base under 30, not compared" in ENGLISH(effects.legend)


def test_without_earlier_comments_nothing_is_said_about_dates() -> None:
    days = ["2025-07-11"] * 140
    words = ["tills"] * 60 + ["staff"] * 80
    found = section(survey(recommend=[3, 9] * 70, comment=words, date=days))
    cells = [cell for row in tables(found)["priority"].rows for cell in row.cells if cell.shown is not None]
    assert {ENGLISH(cell.shown) for cell in cells if cell.shown is not None} == {"nothing earlier"}


def test_a_theme_inside_another_does_not_give_the_rest_away() -> None:
    words = ["till"] * 40 + ["queue"] * 4 + ["roof"] * 40
    rules = Rules(themes=(Theme("Tills", ("till", "queue")), Theme("Only tills", ("till",)), Theme("Roof", ("roof",))))
    found = result(survey(recommend=[3, 9] * 42, comment=words), rules=rules)
    by_name = {str(theme.name): theme.score for theme in found.themes}
    inner, outer = by_name["Only tills"], by_name["Tills"]
    assert inner is not None
    assert outer is not None
    assert inner.value is not None
    assert outer.withheld


def test_words_of_both_ends_are_counted_by_people() -> None:
    words = result(shop()).words
    assert words is not None
    assert (words.bad_people, words.good_people) == (40, 70)
    assert [(word.word, word.bad, word.good) for word in words.bad] == [("slow tills", 30, 0)]
    assert ("kind staff", 10, 50) in [(word.word, word.bad, word.good) for word in words.good]
    found = tables(section(shop()))
    assert (
        ENGLISH(found["words_bad"].subtitle or "") == "“slow tills” appears with 75% of detractors and 0% of promoters."
    )
    assert "only hints" in ENGLISH(found["words_bad"].legend or "")


def test_no_word_is_told_where_none_is_clear() -> None:
    dataset = survey(recommend=[3, 9] * 60, comment=["fine place", "fine place"] * 60)
    found = section(dataset)
    assert any(
        "No word is clearly more common" in ENGLISH(block.title) for block in found.blocks() if isinstance(block, Empty)
    )


@pytest.mark.parametrize("translator", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_the_headline_names_both_ends_with_their_ranges(translator: Translator) -> None:
    said = translator(section(shop()).headline)
    assert "Tills" in said
    assert "−68" in said
    assert "n = 44" in said
    large = translator(section(shop(4)).headline)
    assert "n =" not in large
    assert "+63" in large


def test_few_comments_are_not_compared() -> None:
    dataset = survey(recommend=[3, 9] * 10, comment=["slow tills", "kind staff"] * 10)
    assert "too few to compare" in ENGLISH(section(dataset).headline)


def test_a_survey_without_comments_says_what_to_do() -> None:
    found = section(survey(recommend=[3, 9] * 10))
    (empty,) = found.blocks()
    assert isinstance(empty, Empty)
    assert (ENGLISH(empty.title), empty.action) == ("This file has no comment column.", "check")
    nobody = section(survey(recommend=[3, 9] * 10, comment=["none", None] * 10))
    assert ENGLISH(nobody.headline) == "Nobody who is looked at wrote a comment."


def test_without_a_score_themes_are_still_counted() -> None:
    found = section(survey(comment=["slow tills", "kind staff", "kind staff"] * 20))
    assert ENGLISH(found.headline) == "The theme mentioned most is Staff: 40 of 60 comments."
    themes = tables(found)["themes"]
    assert [column.key for column in themes.columns] == ["name", "bar", "n"]
    assert [row.cells[1].value for row in themes.rows] == [None, 1.0, 0.5, None]


def test_scales_on_which_low_is_good_are_read_the_right_way() -> None:
    effort = [7, 6] * 20 + [1, 2] * 20
    dataset = survey(
        effort=effort,
        effort_scale=Scale(1, 7, direction=Direction.LOW_IS_GOOD),
        comment=["tills"] * 40 + ["staff"] * 40,
    )
    found = result(dataset)
    tills = next(theme for theme in found.themes if theme.name == "Tills")
    assert found.rule is not None
    assert impact_of(found.rule, tills) == pytest.approx(2.5 * 100 / 6)
    quotes = found.quotes
    assert quotes is not None
    assert set(quotes.groups[:40]) == {BAD}
    assert set(quotes.groups[40:]) == {GOOD}


def test_priority_is_impact_times_urgency_times_feasibility() -> None:
    found = result(shop())
    rule, spec = found.rule, CommentsSpec(feasible=(("Tills", 5),))
    assert rule is not None
    tills = next(theme for theme in found.themes if theme.name == "Tills")
    assert tills.drag is not None
    assert impact_of(rule, tills) == pytest.approx(-tills.drag.value)
    assert urgency_of(tills) == 1
    assert urgency_of(replace(tills, severe=5, change_mark=Mark.ABOVE)) == 3
    assert priority_of(rule, tills, spec) == pytest.approx(-tills.drag.value * 5)
    assert priority_of(rule, replace(tills, mark=Mark.CHANCE), spec) is None
    staff = next(theme for theme in found.themes if theme.name == "Staff")
    assert priority_of(rule, staff, spec) is None, "what helps is nothing to work on"
    assert impact_range_of(rule, tills) == pytest.approx((-(tills.drag.high or 0), -(tills.drag.low or 0)))
    table = tables(section(shop(), replace(Comments().default(shop()), feasible=(("Tills", 5),))))["priority"]
    assert table.rows[0].cells[0].value == "Tills"
    assert table.cell("theme Tills", "feasible").chosen == "5"
    shown = table.cell("theme Tills", "impact_range")
    assert (shown.low, shown.high) == pytest.approx(impact_range_of(rule, tills))
    assert table.cell("theme Staff", "impact_range").low is None


def test_feasibility_is_chosen_in_the_table() -> None:
    page = Comments()
    changed = page.chosen(CommentsSpec(feasible=(("A", 2), ("B", 1))), "priority", "theme A", "4")
    assert changed is not None
    assert changed[1].feasible == (("B", 1), ("A", 4))
    assert page.chosen(CommentsSpec(), "effects", "theme A", "4") is None


def test_a_theme_that_is_mentioned_more_is_marked() -> None:
    words = ["kind staff"] * 190 + ["tills"] * 10 + ["kind staff"] * 60 + ["tills"] * 40
    days = ["2025-07-05"] * 200 + ["2025-08-05"] * 100
    found = result(survey(recommend=[3, 9] * 150, comment=words, date=days))
    tills = next(theme for theme in found.themes if theme.name == "Tills")
    assert tills.change is not None
    assert tills.change.value == pytest.approx(0.40 - 0.05)
    assert tills.change_mark is Mark.ABOVE


def quotes_of(found: CommentsResult) -> Quotes:
    assert found.quotes is not None
    return found.quotes


def test_the_list_holds_everybody_who_wrote_with_what_is_known() -> None:
    quotes = quotes_of(result(shop()))
    assert len(quotes) == 124
    assert np.bincount(quotes.groups, minlength=3)[[BAD, MIDDLE, GOOD]].tolist() == [40, 14, 70]
    assert (quotes.text(0), quotes.score(0), quotes.about(0)) == ("slow tills", 3, ["North"])
    assert [quotes.themes[place].name for place in quotes.themes_of(123)] == ["Tills", "Staff"]
    newest = quotes.in_order(np.arange(124), "newest")
    assert [str(quotes.day(place)) for place in newest[[0, -1]].tolist()] == ["2025-09-11", "2025-07-11"]
    lowest = quotes.in_order(np.arange(124), "lowest")
    assert [quotes.score(place) for place in lowest[[0, -1]].tolist()] == [3, 10]


def test_groups_that_are_too_small_are_not_named_beside_a_comment() -> None:
    dataset = survey(
        recommend=[9, 3] * 30,
        comment=["kind staff"] * 60,
        segment={"Region": ["North"] * 30 + ["South"] * 26 + ["Pier"] * 4},
    )
    quotes = quotes_of(result(dataset))
    assert quotes.about(0) == ["North"]
    assert quotes.about(59) == []
    rules = replace(RULES, hidden=frozenset({("recommend", "region", 0)}))
    assert quotes_of(result(dataset, rules=rules)).about(0) == []


def test_personal_items_are_masked_in_the_list() -> None:
    dataset = survey(recommend=[3] * 40, comment=["call 13812345678"] * 40)
    quotes = quotes_of(result(dataset))
    assert quotes.text(0) == "call 138****5678"
    assert "40" in ENGLISH(quotes.note)


def test_a_chosen_row_narrows_the_list() -> None:
    dataset = shop()
    quotes = quotes_of(result(dataset, CommentsSpec(focus="theme Tills")))
    assert quotes.narrowed().sum() == 44
    assert quotes_of(result(dataset, CommentsSpec(focus="none"))).narrowed().sum() == 20
    assert quotes_of(result(dataset, CommentsSpec(focus="word slow tills"))).narrowed().sum() == 44
    assert quotes_of(result(dataset, CommentsSpec(focus="theme Gone"))).narrowed().all()


def test_chosen_comments_are_found_again_without_the_rows_that_were_left_out() -> None:
    dataset = shop()
    quotes = quotes_of(result(dataset))
    keys = (quotes.keys[0], quotes.keys[50])
    left_out = np.zeros(dataset.respondents, dtype=np.bool_)
    left_out[1:10] = True
    again = quotes_of(result(dataset.without(left_out), CommentsSpec(people=keys)))
    assert np.flatnonzero(again.chosen).tolist() == [0, 41]


def test_several_columns_can_be_read_together() -> None:
    dataset = survey(
        recommend=[3, 9] * 20,
        comment={"Why": ["slow tills", None] * 20, "Other": ["kind staff", "the roof leaks"] * 20},
    )
    assert {option.field for option in Comments().options(dataset, CommentsSpec())} >= {"column"}
    found = result(dataset, CommentsSpec(column=TOGETHER))
    assert found.wrote == 40
    assert {str(theme.name): theme.people for theme in found.themes} == {"Tills": 20, "Staff": 20, "Roof": 20}
    assert quotes_of(found).text(0) == "slow tills\nkind staff"
    assert result(dataset, CommentsSpec(column="why")).wrote == 20


def test_every_figure_of_what_a_theme_moves_has_its_range() -> None:
    for times in (1, 4):
        found = tables(section(shop(times)))
        for table, value, limits in (("effects", "drag", "drag_range"), ("priority", "impact", "impact_range")):
            for row in found[table].rows:
                cell, beside = (found[table].cell(row.key, column) for column in (value, limits))
                assert (cell.value is None) == (beside.low is None) == (beside.high is None), row.key


def test_frequent_words_without_a_theme_are_suggested() -> None:
    words = ["parking is bad"] * 30 + ["slow tills"] * 30
    found = result(survey(recommend=[3, 9] * 30, comment=words))
    assert found.suggestions == (("parking", 30), ("bad", 30))
    known = Rules(themes=(*THEMES, Theme("Parking", ("parking", "bad"))))
    assert result(survey(recommend=[3, 9] * 30, comment=words), rules=known).suggestions == ()


def test_other_pages_learn_what_people_wrote_about() -> None:
    dataset = shop()
    tally = Tally(dataset)
    whole = theme_names(tally.sample(), RULES)
    assert len(whole) == dataset.respondents
    assert whole[0] == ("Tills",)
    assert whole[123] == ("Tills", "Staff")
    assert whole[-1] == ()
    north = theme_names(tally.sample(Selection((OneOf("region", (0,)),))), RULES)
    assert north == tuple(names for names, region in zip(whole, dataset.codes("region"), strict=True) if region == 0)
    assert theme_names(Sample(survey(recommend=[1, 2])), RULES) == ((), ())


def test_comments_are_prepared_and_coded_once() -> None:
    dataset = shop()
    first = quotes_of(result(dataset))
    again = quotes_of(result(replace(dataset, key="another role"), CommentsSpec(focus="theme Tills")))
    assert again.folded is first.folded
    assert again.has is first.has
    assert quotes_of(result(dataset, rules=Rules(themes=THEMES[:1]))).has is not first.has


def test_the_sheet_has_the_comments_last_and_only_those_that_are_wanted() -> None:
    dataset = shop()
    page = Comments()
    spec = page.default(dataset)

    def blocks(**changes: object) -> list[str]:
        wanted = page.on_sheet(replace(spec, **changes))  # type: ignore[arg-type]
        return [getattr(block, "key", "") for block in section(dataset, wanted).blocks()]

    assert blocks() == ["effects", "priority", "words_bad", "words_good", "quotes"]
    assert "quotes" not in blocks(sheet="none")
    assert "quotes" not in blocks(sheet="chosen")
    key = quotes_of(result(dataset)).keys[0]
    assert blocks(sheet="chosen", people=(key,))[-1] == "quotes"
