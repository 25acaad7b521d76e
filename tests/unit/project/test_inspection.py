"""The plain values behind --json: the documented keys, and figures counted by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from cxdesk.project.inspection import inspection, key_figures
from cxdesk.survey.base import Rules
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role, Sure
from cxdesk.survey.scale import Direction, Scale
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.text import Translator, say
from tests.builders import survey

ENGLISH = Translator("en")
BASIC = {"score", "low", "high", "n", "effective", "employer", "scale", "question"}
NPS = BASIC | {"promoters", "passives", "detractors"}


def figures(dataset: Dataset, selection: Selection = Selection(), language: str = "en") -> dict[str, Any]:
    found = key_figures(dataset, selection, Rules(), Translator(language))
    told: dict[str, Any] = json.loads(json.dumps(found, allow_nan=False))
    return told


def understood(dataset: Dataset, language: str = "en") -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(inspection(dataset, Translator(language)), allow_nan=False))
    return told


def shops() -> Dataset:
    return survey(
        recommend=[10, 9, 3, 8, None] * 20,
        satisfaction=[5, 4, 2, None, 1] * 20,
        effort=[1, 2, 3, 7, None] * 20,
        rating={"Speed": [5, 4, 3, 2, 1] * 20},
        segment={"Region": ["North", "South"] * 50},
        multiple={"Used": [["App"], ["App", "Web"], [], None, None] * 20},
        comment=["good", None, None, None, None] * 20,
        private={"Name": ["张三"] * 100},
        date=["2025-07-01", None] * 50,
        weight=[1.5, None] * 50,
    )


def changed(dataset: Dataset, id: str, **changes: Any) -> Dataset:
    questions: list[Question] = [
        replace(question, **changes) if question.id == id else question for question in dataset.questions
    ]
    return replace(dataset, questions=tuple(questions))


def test_figures_have_the_documented_keys_and_values() -> None:
    found = figures(shops())
    known = {"nps", "other_nps", "net", "csat", "ces", "segments", "respondents", "weighting", "unsure"}
    assert set(found) == known
    nps = found["nps"]
    assert set(nps) == NPS
    # 10, 9 | 8 | 3: twenty of each.
    assert (nps["n"], nps["promoters"], nps["passives"], nps["detractors"]) == (80, 40, 20, 20)
    assert (nps["score"], nps["scale"], nps["question"]) == (25.0, [0, 10], "Recommend")
    assert nps["low"] < 25 < nps["high"]
    assert found["csat"]["share"] == 0.5
    assert (found["csat"]["n"], found["csat"]["top"], found["csat"]["scale"]) == (80, "4–5", [1, 5])
    assert (found["ces"]["mean"], found["ces"]["n"]) == (3.25, 80)
    assert found["respondents"] == 100
    assert found["unsure"] == []


def test_groups_have_every_measure_and_a_base_of_their_own() -> None:
    north = figures(shops())["segments"]["Region"]["North"]
    assert north["n"] == 40
    assert north["nps"] == 25.0
    assert north["nps_low"] < 25 < north["nps_high"]
    assert north["nps_mark"] == "chance"
    assert (north["csat"], north["csat_n"], north["ces"], north["ces_n"]) == (0.5, 40, 3.25, 40)


def test_small_groups_have_a_base_but_no_score() -> None:
    dataset = survey(recommend=[10, 3] * 20, segment={"Region": ["North"] * 31 + ["South"] * 9})
    groups = figures(dataset)["segments"]["Region"]
    assert (groups["South"]["n"], groups["South"]["nps"]) == (9, None)
    assert groups["North"]["nps"] is not None


def test_a_group_without_answers_to_the_first_measure_keeps_its_others() -> None:
    dataset = survey(
        recommend=[10, 3] * 20 + [None] * 20, satisfaction=[5] * 60, segment={"Region": ["N", "S"] * 20 + ["E"] * 20}
    )
    east = figures(dataset)["segments"]["Region"]["E"]
    assert (east["n"], east["nps"], east["csat"], east["csat_n"]) == (0, None, 1.0, 20)


def test_two_segments_with_the_same_words_stay_apart() -> None:
    dataset = survey(
        recommend=[10, 3] * 20,
        segment={"A": ["x", "y"] * 20, "B": ["p", "q"] * 20, "C": ["v", "w"] * 20, "D": ["k", "l"] * 20},
    )
    for place, group in (("a", "Home"), ("b", "Work"), ("c", ""), ("d", "")):
        dataset = changed(dataset, place, text="City", group=group)
    found = figures(dataset)["segments"]
    assert {name: set(groups) for name, groups in found.items()} == {
        "Home: City": {"x", "y"},
        "Work: City": {"p", "q"},
        "City": {"v", "w"},
        "City (2)": {"k", "l"},
    }


def test_without_scores_groups_are_counted_and_no_score_is_invented() -> None:
    found = figures(survey(segment={"Region": ["North", "South", None, "North"] * 10}))
    assert (found["nps"], found["other_nps"], found["csat"], found["ces"]) == (None, [], None, None)
    assert found["segments"] == {"Region": {"North": {"n": 20}, "South": {"n": 10}}}


def test_a_filter_counts_only_those_who_are_left() -> None:
    found = figures(shops(), Selection((OneOf("recommend", (10, 3)),)))
    assert found["respondents"] == 40
    assert (found["nps"]["promoters"], found["nps"]["passives"], found["nps"]["detractors"]) == (20, 0, 20)


def test_further_recommend_questions_are_listed_and_other_scales_are_no_nps() -> None:
    dataset = survey(
        recommend=[10, 3] * 20, rating={"Brand": [9, 9] * 20, "Shop": [1, 9] * 20}, rating_scale=Scale(0, 10)
    )
    both = changed(dataset, "brand", role=Role.RECOMMEND)
    assert [(each["question"], each["score"]) for each in figures(both)["other_nps"]] == [("Brand", 100.0)]
    upside_down = Scale(0, 10, direction=Direction.LOW_IS_GOOD)
    turned = changed(changed(both, "brand", scale=upside_down), "recommend", role=Role.IGNORE)
    assert (figures(turned)["nps"], figures(turned)["other_nps"]) == (None, [])


def test_everybody_alike_has_no_range_and_nobody_no_value() -> None:
    alike = figures(survey(effort=[4] * 20))["ces"]
    assert (alike["mean"], alike["low"], alike["high"]) == (4.0, None, None)
    nobody = figures(survey(recommend=[None] * 20))["nps"]
    assert (nobody["score"], nobody["n"]) == (None, 0)


def test_readings_that_nobody_confirmed_are_named() -> None:
    dataset = changed(shops(), "speed", sure=Sure.GUESS, why=say("Chosen by you"))
    dataset = changed(dataset, "comment", sure=Sure.CHECK, role=Role.IGNORE)
    assert figures(dataset)["unsure"] == [
        {"question": "Speed", "role": "rating", "sure": "guess", "why": "Chosen by you"}
    ]
    assert figures(dataset, language="zh_CN")["unsure"][0]["why"] != "Chosen by you"


def test_inspection_has_the_documented_keys() -> None:
    found = understood(shops())
    assert set(found) >= {
        "refused",
        "container",
        "platform",
        "encoding",
        "delimiter",
        "sheet",
        "header_rows",
        "respondents",
        "columns",
        "questions",
        "receipt",
    }
    assert (found["refused"], found["container"], found["respondents"], found["columns"]) == (None, "csv", 100, 11)
    for question in found["questions"]:
        assert set(question) >= {
            "id",
            "text",
            "columns",
            "kind",
            "role",
            "scale",
            "sure",
            "why",
            "answered",
            "counts",
        }
        assert question["sure"] in {"sure", "check", "guess"}
    assert found["receipt"]["rows_used"] == 100


def test_answers_are_counted_by_their_names() -> None:
    found = {question["id"]: question for question in understood(shops())["questions"]}
    recommend = found["recommend"]
    assert (recommend["answered"], recommend["counts"]["10"], recommend["counts"]["0"]) == (80, 20, 0)
    assert recommend["scale"]["lowest"] == 0
    assert (found["region"]["counts"], found["region"]["answered"]) == ({"North": 50, "South": 50}, 100)
    assert (found["used"]["counts"], found["used"]["answered"]) == ({"App": 40, "Web": 20}, 40)
    assert [found[name]["answered"] for name in ("comment", "name", "date", "weight")] == [20, 100, 50, 50]
    assert found["name"]["counts"] == {}
