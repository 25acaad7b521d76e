"""Scales that are not 0–10: a net score under its own name, 1–10 marked, eNPS named, and no NPS where there is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cxdesk.analysis.measure import MeasureKind, gaps, headline_measure, measure, measure_name, rule_text
from cxdesk.analysis.overview import Overview
from cxdesk.analysis.rule import scale_warning
from cxdesk.analysis.scored import known_by, scored_questions
from cxdesk.analysis.scores import Scores
from cxdesk.analysis.segments import Segments
from cxdesk.analysis.trend import Trend
from cxdesk.blocks.figure import Figure
from cxdesk.blocks.section import Section
from cxdesk.blocks.table import Table
from cxdesk.stats.difference import nps_difference
from cxdesk.stats.nps import bonett_price
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Ask, Reading, Recommends
from cxdesk.survey.role import Role, Sure
from cxdesk.survey.scale import Direction, Scale
from cxdesk.text import Translator, say
from tests.builders import survey
from tests.unit.analysis.presenting import presented

RULES = Rules()


def recommended(dataset: Dataset, name: str, what: Recommends = Recommends.COMPANY) -> Dataset:
    questions = tuple(replace(each, recommends=what) if each.id == name else each for each in dataset.questions)
    return replace(dataset, questions=questions)


def rated(scores: list[int], scale: Scale) -> Dataset:
    return recommended(survey(rating={"Again": scores}, rating_scale=scale), "again")


def everything(section: Section) -> str:
    """All words and names of a page."""
    said = Translator("en")
    words = [said(section.headline), said(section.base_line)]
    for block in section.blocks():
        if isinstance(block, Table):
            words += [said(block.title), *(said(column.title) for column in block.columns)]
            words += [
                said(cell.value)
                for row in block.rows
                for cell in row.cells
                if not isinstance(cell.value, int | float | None)
            ]
        if isinstance(block, Figure):
            words += [said(block.title), *(said(each) for each in block.captions)]
    return "\n".join(words)


@pytest.mark.parametrize(
    ("scale", "rule"),
    [
        (Scale(1, 5), "% scoring 5 minus % scoring 1–3"),
        (Scale(1, 7), "% scoring 7 minus % scoring 1–4"),
        (Scale(1, 5, direction=Direction.LOW_IS_GOOD), "% scoring 1 minus % scoring 3–5"),
    ],
)
def test_the_rule_looks_at_the_same_places_as_nps(scale: Scale, rule: str) -> None:
    found = headline_measure(rated([1, 2, 3, 4, 5], scale).question("again"), RULES)
    assert found.kind is MeasureKind.NET
    assert str(rule_text(found)) == rule


def test_the_value_and_range_are_those_of_the_nps_formulas() -> None:
    dataset = rated([5] * 50 + [4] * 30 + [3] * 10 + [1] * 10, Scale(1, 5))
    rule = headline_measure(dataset.question("again"), RULES)
    found = measure(rule, np.array([10, 0, 10, 30, 50, 0]), RULES)
    expected = bonett_price(50, 30, 20)
    assert found.value == 30
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    (gap,) = gaps(rule, np.array([[10, 0, 10, 30, 50, 0]]), np.array([[30, 10, 10, 30, 20, 0]]), RULES)
    assert gap is not None
    assert gap.p == pytest.approx(nps_difference((50, 30, 20), (20, 30, 50)).p)


def test_it_is_never_called_nps() -> None:
    dataset = survey(
        rating={"Again": [5, 4, 3, 1] * 60},
        satisfaction=[5, 4, 3, 1] * 60,
        segment={"Region": ["N", "S", "E"] * 80},
        date=["2025-07-01", "2025-08-30"] * 120,
    )
    dataset = recommended(dataset, "again")
    for analysis in (Overview(), Scores(), Segments(), Trend()):
        words = everything(presented(analysis, dataset)).replace("not NPS", "").replace("NPS benchmarks", "")
        assert "Net score" in words or "net score" in words, analysis.key
        assert "NPS" not in words, analysis.key
        assert "etractor" not in words, analysis.key


def test_a_recommend_question_on_a_short_scale_comes_first() -> None:
    dataset = recommended(
        survey(rating={"Staff": [5, 4] * 20, "Again": [5, 4] * 20}, satisfaction=[5, 4] * 20), "again"
    )
    assert [each.id for each in scored_questions(dataset)] == ["again", "satisfaction", "staff"]
    assert [each.id for each in known_by(dataset)] == ["again", "satisfaction"]
    plain = survey(rating={"Staff": [5, 4] * 20, "Again": [5, 4] * 20})
    assert [each.id for each in known_by(plain)] == ["staff"]


def test_a_question_that_may_only_have_another_name_stays_first() -> None:
    """ "How would you rate us, 0-10?" may be meant as the recommend question; its score is the same."""
    dataset = survey(rating={"Us": [5, 4] * 20, "Keynote": [5, 4] * 20})
    question = dataset.question("us")

    def doubted(other: Role, scale: Scale | None) -> Dataset:
        readings = (Reading(say("As it is"), Role.RATING, question.scale), Reading(say("Other"), other, scale))
        asked = replace(question, sure=Sure.GUESS, ask=Ask(readings, say("Its words fit both.")))
        return replace(dataset, questions=(asked, *dataset.questions[1:]))

    assert [each.id for each in known_by(doubted(Role.RECOMMEND, question.scale))] == ["us"]
    assert [each.id for each in known_by(doubted(Role.SEGMENT, None))] == ["keynote"]
    assert [each.id for each in known_by(doubted(Role.RATING, Scale(0, 10)))] == ["keynote"]


def test_a_rating_that_asks_for_no_recommendation_stays_a_share() -> None:
    dataset = survey(rating={"Again": [1, 5] * 20})
    assert headline_measure(dataset.question("again"), RULES).kind is MeasureKind.TOP


def test_other_sizes_have_no_net_score() -> None:
    for scale in (Scale(1, 4), Scale(1, 6), Scale(0, 10)):
        assert headline_measure(rated([1, 2, 3], scale).question("again"), RULES).kind is MeasureKind.TOP


def test_the_warning_names_the_scale() -> None:
    warning = scale_warning(headline_measure(rated([1, 5], Scale(1, 5)).question("again"), RULES))
    assert str(warning) == (
        "This question uses 1–5, so we show a net score, not NPS. Do not compare it with NPS benchmarks."
    )
    assert Translator("zh_CN")(warning or "") == "此题为 1–5 分，因此显示“净得分”而非 NPS，请勿与 NPS 基准比较。"


def test_one_to_ten_is_marked_wherever_the_measure_is_named() -> None:
    dataset = survey(
        recommend=[10, 9, 3, 8] * 60,
        segment={"Region": ["N", "S", "E"] * 80},
        date=["2025-07-01", "2025-08-30"] * 120,
        recommend_scale=Scale(1, 10),
    )
    for analysis in (Overview(), Scores(), Segments(), Trend()):
        section = presented(analysis, dataset)
        words = everything(section) + "".join(str(detail) for _, detail in section.notes)
        assert "1–10" in words or "1 to 10" in words, analysis.key
    assert str(measure_name(headline_measure(dataset.question("recommend"), RULES))) == "NPS (1–10)"


def test_employees_have_an_enps() -> None:
    dataset = survey(
        recommend=[10, 9, 3, 8] * 60,
        segment={"Team": ["N", "S", "E"] * 80},
        date=["2025-07-01", "2025-08-30"] * 120,
    )
    asked = recommended(dataset, "recommend", Recommends.EMPLOYER)
    for analysis in (Overview(), Scores(), Segments(), Trend()):
        words = everything(presented(analysis, asked))
        assert "eNPS" in words, analysis.key
        assert "NPS" not in words.replace("eNPS", ""), analysis.key
        plain = everything(presented(analysis, dataset)).replace(
            "Net Promoter Score", "Employee Net Promoter Score (eNPS)"
        )
        numbers = [word for word in words.split() if word.lstrip("+−").isdigit()]
        assert numbers == [word for word in plain.split() if word.lstrip("+−").isdigit()], analysis.key
