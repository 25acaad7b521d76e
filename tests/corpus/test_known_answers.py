"""Real survey exports: what they are understood as equals what their owners published or what was counted by hand.

The files stay outside the repository; the environment variable ``CXDESK_CORPUS`` names their folder.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cxdesk.reading import roles
from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED, Kind, Role, Sure
from tests.corpus.opening import CORPUS, needs_corpus, opened

pytestmark = needs_corpus


def asked(dataset: Dataset, words: str, role: Role | None = None) -> Question:
    """The first question whose words hold these, perhaps with a role."""
    found = (
        q for q in dataset.questions if words.casefold() in f"{q.group} {q.text}".casefold() and role in (None, q.role)
    )
    return next(found)


def counts(dataset: Dataset, question: Question) -> list[int]:
    """Answers per point or option, without those who did not answer."""
    found: list[int] = np.bincount(dataset.codes(question.id), minlength=question.size + 1)[: question.size].tolist()
    return found


def nps(dataset: Dataset, question: Question) -> tuple[float, int]:
    """Score and number of answers, straight from the definition (METHODS.md 1.1)."""
    assert question.scale is not None
    found = counts(dataset, question)
    scores = range(question.scale.lowest, question.scale.highest + 1)
    promoters = sum(number for score, number in zip(scores, found, strict=True) if score >= 9)
    detractors = sum(number for score, number in zip(scores, found, strict=True) if score <= 6)
    return round(100 * (promoters - detractors) / sum(found), 2), sum(found)


@pytest.mark.parametrize(
    "name", ["gforms-sudzilla-1.csv", "gforms-sudzilla-2.csv", "gforms-sudzilla.tsv", "gforms-sudzilla.titled.xlsx"]
)
def test_sudzilla(name: str) -> None:
    survey = opened(name)
    question = asked(survey, "how would you rate Sudzilla")
    assert (question.role, question.sure) == (Role.RATING, Sure.CHECK)
    survey = roles.with_role(survey, question.id, Role.RECOMMEND)
    score, answered = nps(survey, survey.question(question.id))
    assert (round(score, 1), answered) == (-35.9, 39)


def test_sudzilla_expected_value_is_a_summary() -> None:
    with pytest.raises(ReadRefused) as refused:
        opened("gforms-sudzilla-expected-nps.csv")
    assert refused.value.code == "summary"


@pytest.mark.parametrize(
    ("name", "words", "score", "answered"),
    [
        ("carpentries-longterm-2020-01.csv", "recommendation_score", 62.69, 134),
        ("carpentrycon-2020.csv", "nps", 62.10, 124),
        ("gforms-r19-en.csv", "recommend R to", 73.98, 1795),
        ("gforms-r19-en.csv", "recommend Python", 2.66, 1015),
        ("gforms-r19-en.xlsx", "recommend R to", 73.98, 1795),
        ("gforms-r19-es.csv", "recomiendes R ", 77.04, 331),
        ("gforms-r19-es.cp1252.semicolon.csv", "recomiendes R ", 77.04, 331),
        ("gforms-r19-es.sepline.csv", "recomiendes R ", 77.04, 331),
        ("gforms-r19-es.utf16le.tab.txt", "recomiendes R ", 77.04, 331),
        ("sm-cncf-maint-2020H2.csv", "recommend", 55.67, 97),
        ("sm-cncf-maint-2023H2.csv", "recommend", 49.62, 133),
    ],
)
def test_recommend_questions(name: str, words: str, score: float, answered: int) -> None:
    survey = opened(name)
    question = asked(survey, words, Role.RECOMMEND)
    found, people = nps(survey, question)
    assert found == pytest.approx(score, abs=0.005)
    assert people == answered
    assert question.ask is None or not question.ask.needed


def test_first_recommend_question_comes_first_and_its_scale_is_marked() -> None:
    first, second = opened("gforms-r19-en.csv").with_role(Role.RECOMMEND)
    for question in (first, second):
        assert question.scale is not None
        assert (question.scale.lowest, question.scale.highest) == (1, 10)
        assert question.sure is Sure.CHECK
    assert " R " in first.text
    assert " Python " in second.text


def test_spreadsheet_and_text_give_the_same_survey() -> None:
    text, sheet = opened("gforms-r19-en.csv"), opened("gforms-r19-en.xlsx")
    assert [(q.text, q.role, q.scale, q.options) for q in text.questions] == [
        (q.text, q.role, q.scale, q.options) for q in sheet.questions
    ]
    for question in text.questions:
        one, other = text.answers[question.id], sheet.answers[question.id]
        if one.codes is not None and other.codes is not None:
            np.testing.assert_array_equal(one.codes, other.codes)


def test_counts_that_surveymonkey_itself_printed() -> None:
    survey = opened("sm-cncf-maint-2020H2.csv")
    question = asked(survey, "recommend", Role.RECOMMEND)
    assert question.scale is not None
    assert (question.scale.lowest, question.scale.highest) == (1, 10)
    assert counts(survey, question) == [1, 0, 0, 0, 3, 6, 8, 15, 14, 50]


def test_end_words_become_the_ends() -> None:
    survey = opened("sm-cncf-maint-2023H2.csv")
    found = counts(survey, asked(survey, "recommend", Role.RECOMMEND))
    assert (sum(found[8:]), sum(found[6:8]), sum(found[:6])) == (83, 33, 17)


def test_surveymonkey_summary_is_refused() -> None:
    with pytest.raises(ReadRefused) as refused:
        opened("sm-cncf-maint-2020H2-summary.csv")
    assert refused.value.code == "summary"


def test_nothing_is_invented_without_a_score() -> None:
    survey = opened("segments-telco-7043.csv")
    assert survey.respondents == 7043
    assert not survey.with_role(*SCORED, Role.WEIGHT, Role.COMMENT)
    assert len(survey.with_role(Role.SEGMENT)) == 16
    operational = {question.text for question in survey.with_role(Role.OPERATION)}
    assert operational == {"MonthlyCharges", "TotalCharges", "Churn"}


@pytest.mark.parametrize(
    "name", ["wjx-800-text.xls", "wjx-800-text.gb18030.csv", "wjx-800-text.utf8bom.csv", "wjx-800-seq.xls"]
)
def test_wenjuanxing_multiple_answers(name: str) -> None:
    survey = opened(name)
    assert survey.receipt.platform == "wenjuanxing"
    question = next(q for q in survey.questions if "美食" in q.options)
    ticked = dict(zip(question.options, (survey.codes(question.id) == 1).sum(axis=1).tolist(), strict=True))
    assert (ticked["运动"], ticked["美食"], ticked["旅游"]) == (479, 492, 478)


def test_expanded_satisfaction_collapses() -> None:
    survey = opened("sm-sigdocs-2019-expanded.ods")
    question = asked(survey, "Concepts: How satisfied", Role.SATISFACTION)
    assert len(question.columns) == 5
    assert counts(survey, question) == [4, 12, 47, 31, 4]
    assert asked(survey, "How easy is it to find", Role.EFFORT).sure is Sure.SURE


def test_expanded_single_choice_is_one_question() -> None:
    survey = opened("sm-south-expanded.csv")
    question = asked(survey, "identify as a Southerner")
    assert (question.kind, question.options) == (Kind.CHOICE, ("A lot", "Some", "Not much", "Not at all"))
    assert counts(survey, question) == [579, 556, 457, 936]


def test_both_qualtrics_exports_of_one_survey_agree() -> None:
    insights, legacy = opened("qualtrics-negcodes-insights.csv"), opened("qualtrics-negcodes-legacy.csv")
    assert insights.receipt.header_rows == (0, 1, 2)
    assert legacy.receipt.header_rows == (0, 1)

    def answered(survey: Dataset) -> list[tuple[str, str, Role, list[int]]]:
        kept = [q for q in survey.questions if q.role in (Role.RATING, Role.SEGMENT, Role.MULTIPLE)]
        return [(q.group, q.text, q.role, survey.codes(q.id).ravel().tolist()) for q in kept]

    assert answered(insights) == answered(legacy)
    for question in insights.questions:
        if question.scale is not None:
            assert question.scale.lowest > 0


def test_zurich_has_every_response_and_flags_the_unfinished() -> None:
    survey = opened("qualtrics-num-zurich.csv")
    assert survey.respondents == 156
    assert {note.code: note.count for note in survey.receipt.unused}["unfinished"] == 22


def test_codes_98_are_no_answers_and_weights_are_found() -> None:
    survey = opened("dp-quantipy-A.csv")
    for question in survey.questions:
        if question.group == "q5":
            assert question.scale is not None
            assert (question.scale.highest, set(question.scale.no_answer)) == (5, {"97", "98"})
    assert [question.text for question in survey.with_role(Role.WEIGHT)] == ["weight_a", "weight_b"]


def test_recommend_with_yes_and_no_is_no_nps() -> None:
    for name in ("typeform-fcc-2016-p1.csv", "sm-cncf-marketing-2020.csv"):
        survey = opened(name)
        assert not survey.with_role(Role.RECOMMEND)
        assert asked(survey, "would you recommend").role is Role.SEGMENT


def test_wordings_of_film_characters() -> None:
    survey = opened("sm-starwars-condensed.csv")
    rated = survey.with_role(Role.RATING)
    assert len(rated) == 14
    assert {question.group[:12] for question in rated} == {"Please state"}


PLATFORM_OF = {
    "gforms-": "google_forms",
    "wjx-": "wenjuanxing",
    "sm-": "surveymonkey",
    "qualtrics-": "qualtrics",
    "typeform-": "typeform",
    "alchemer-": "alchemer",
    "limesurvey-": "limesurvey",
}
REFUSED = {"gforms-sudzilla-expected-nps.csv", "sm-cncf-maint-2020H2-summary.csv"}


def names() -> list[str]:
    """Every file of the corpus that a survey can be in."""
    if not CORPUS:
        return []
    return sorted(
        path.name for path in Path(CORPUS).iterdir() if path.suffix not in (".md", ".json") and path.name not in REFUSED
    )


@pytest.mark.parametrize("name", names())
def test_every_file_opens_with_reasons_and_without_needless_questions(name: str) -> None:
    survey = opened(name)
    prefix = next((prefix for prefix in PLATFORM_OF if name.startswith(prefix)), None)
    if prefix is not None:
        assert survey.receipt.platform == PLATFORM_OF[prefix]
    assert len({question.id for question in survey.questions}) == len(survey.questions)
    assert survey.receipt.rows_used == survey.respondents
    for question in survey.questions:
        assert question.why.msgid
        assert question.sure is not Sure.SURE or question.ask is None
        if question.role is Role.PRIVATE:
            assert not question.examples
    needed = [question.id for question in survey.questions if question.ask is not None and question.ask.needed]
    # Only the order of day and month in one file that holds nothing but 1 to 4 November is in doubt.
    assert needed == (["q1"] if name.startswith("gforms-sudzilla") and name != "gforms-sudzilla-2.csv" else [])
