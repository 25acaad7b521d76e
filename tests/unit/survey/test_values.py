"""The values of a survey: words in two arrays, scales, bases, selections, and the surveys that tests are built on."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from cxdesk.survey.base import Base, BaseLevel, Rules
from cxdesk.survey.dataset import Words
from cxdesk.survey.role import Kind, Role
from cxdesk.survey.scale import Scale
from cxdesk.survey.selection import Between, Mentions, OneOf, Selection, answer_name
from cxdesk.text import Translator
from tests.builders import big_survey, survey

STRINGS = ["", "North", "华北", "a\nb", "", "🙂", "\udcff"]


def test_words_give_back_every_string() -> None:
    words = Words.of(STRINGS)
    assert list(words) == STRINGS
    assert [words[i] for i in range(len(words))] == STRINGS
    assert words[-1] == STRINGS[-1]
    assert words[1:3] == STRINGS[1:3]
    assert words.index("华北") == 2
    assert list(Words.of([])) == []


def test_words_end_where_a_sequence_ends() -> None:
    with pytest.raises(IndexError):
        Words.of(["a"])[1]


@pytest.mark.parametrize(("lowest", "highest", "labels"), [(1, 1, ()), (5, 1, ()), (1, 5, ("bad", "good"))])
def test_a_scale_that_cannot_be_is_refused(lowest: int, highest: int, labels: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"scale needs|label for"):
        Scale(lowest, highest, labels)


def test_a_scale_names_its_points() -> None:
    scale = Scale(-1, 1, ("bad", "", "good"))
    assert (scale.size, scale.label(-1), scale.label(1)) == (3, "bad", "good")
    assert Scale(0, 10).label(4) == ""


@pytest.mark.parametrize(
    ("n", "level"),
    [
        (0, BaseLevel.HIDDEN),
        (9, BaseLevel.HIDDEN),
        (10, BaseLevel.UNTESTED),
        (29, BaseLevel.UNTESTED),
        (30, BaseLevel.SMALL),
        (99, BaseLevel.SMALL),
        (100, BaseLevel.PLAIN),
    ],
)
def test_the_base_decides_what_is_shown(n: int, level: BaseLevel) -> None:
    assert Rules().level(Base(n)) is level
    assert Rules().level(Base(1000, effective=float(n))) is level


def test_a_selection_has_one_condition_per_question() -> None:
    first = Selection().replacing(OneOf("region", (0,))).replacing(Mentions("comment", "slow"))
    changed = first.replacing(OneOf("region", (1, 2)))
    assert changed.conditions == (OneOf("region", (1, 2)), Mentions("comment", "slow"))
    assert changed.on("region") == OneOf("region", (1, 2))
    assert changed.without("region").conditions == (Mentions("comment", "slow"),)
    assert first.on("effort") is None
    assert hash(changed) == hash(changed.without("nothing"))


def test_a_selection_says_who_is_looked_at() -> None:
    data = survey(
        recommend=[1, None],
        segment={"Region": ["North", "East"]},
        date=["2025-07-01", "2025-09-30"],
        comment=["slow", "fast"],
    )
    selection = Selection(
        (
            OneOf("region", (0, 1, 2)),
            OneOf("recommend", (9, 10)),
            Between("date", datetime.date(2025, 7, 1), datetime.date(2025, 9, 30)),
            Mentions("comment", "slow"),
        )
    )
    english = Translator("en")(selection.describe(data.question))
    assert english == (
        "Region: North, East, no answer · Recommend: 9, 10 · Date: 1 Jul – 30 Sep 2025 · Comment mentions “slow”"
    )
    assert Translator("en")(Selection().describe(data.question)) == "all respondents"
    assert answer_name(data.question("recommend"), 3) == "3"


def test_a_built_survey_is_what_a_reader_would_make() -> None:
    data = survey(
        recommend=[10, 9, None],
        segment="a b",
        multiple={"Used": [["App", "Shop"], [], None]},
        private={"Email": ["a@b.example", None, None]},
        options={"Used": ["Shop", "App"]},
    )
    assert [(q.id, q.kind, q.role) for q in data.questions] == [
        ("recommend", Kind.SCORE, Role.RECOMMEND),
        ("segment", Kind.CHOICE, Role.SEGMENT),
        ("used", Kind.MULTIPLE, Role.MULTIPLE),
        ("email", Kind.TEXT, Role.PRIVATE),
    ]
    assert data.codes("recommend").tolist() == [10, 9, 11]
    assert data.codes("segment").tolist() == [0, 2, 1]
    assert data.question("used").options == ("Shop", "App")
    assert data.codes("used").tolist() == [[1, 0, 2], [1, 0, 2]]
    assert data.question("email").examples == ()
    assert [column.values[0] for column in data.columns] == [""] * 5
    assert data.columns[0].texts() == ["10", "9", ""]
    assert data.with_role(Role.SEGMENT, Role.PRIVATE) == (data.questions[1], data.questions[3])


def test_the_key_of_a_built_survey_follows_its_content() -> None:
    assert survey(recommend=[1, 2]).key == survey(recommend=[1, 2]).key
    assert survey(recommend=[1, 2]).key != survey(recommend=[2, 1]).key


@pytest.mark.parametrize(
    "given", [{"recommend": [11]}, {"recommend": [1], "effort": [1, 2]}, {"segment": "a", "rating": {"Segment": [1]}}]
)
def test_a_survey_that_cannot_be_is_refused(given: dict) -> None:  # type: ignore[type-arg]
    with pytest.raises(ValueError, match=r"scale|answers|called"):
        survey(**given)


def test_the_big_survey_is_the_same_every_time_and_looks_like_an_export() -> None:
    first, second = big_survey(5000), big_survey(5000)
    assert first.key == second.key
    assert len(first.columns) == 26
    assert [len(first.with_role(role)) for role in (Role.SEGMENT, Role.RATING, Role.COMMENT)] == [6, 11, 2]
    for question in first.questions:
        answers = first.answers[question.id]
        if question.kind in {Kind.SCORE, Kind.CHOICE}:
            assert int(first.codes(question.id).max()) == question.size
            texts = first.columns[question.columns[0]].texts()
            code = int(first.codes(question.id)[17])
            assert (texts[17] == "") == (code == question.size)
        if answers.numbers is not None:
            assert not np.isnan(answers.numbers).any()
