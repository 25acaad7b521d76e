"""Every real survey export is understood as a careful person would understand it, question by question.

What that is stands in ``tests/corpus/expected``. The last tests count: of the columns that are shown as certain, at
least 99 in 100 are right, and the direction of a scale and the order of a date are never wrong without a question.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cxdesk.reading.problem import ReadRefused
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Sure
from tests.corpus.opening import CORPUS, needs_corpus, opened
from tests.corpus.statements import Expected, Stated, complaints, everything

pytestmark = needs_corpus
READ = [expected for expected in everything() if not expected.refused]
REFUSED = [expected for expected in everything() if expected.refused]


def test_every_file_of_the_corpus_is_stated_once() -> None:
    names = [expected.name for expected in everything()]
    files = [path.name for path in Path(CORPUS).iterdir() if path.suffix != ".md"]
    assert sorted(names) == sorted(files)


@pytest.mark.parametrize("expected", REFUSED, ids=lambda expected: expected.name)
def test_what_is_no_survey_is_refused(expected: Expected) -> None:
    with pytest.raises(ReadRefused) as refused:
        opened(expected.name)
    assert refused.value.code == expected.refused


@pytest.mark.parametrize("expected", READ, ids=lambda expected: expected.name)
def test_how_a_file_is_read(expected: Expected) -> None:
    survey = opened(expected.name)
    facts = dict(expected.facts)
    assert survey.respondents == facts.pop("respondents")
    assert list(survey.receipt.header_rows) == facts.pop("header_rows")
    assert survey.receipt.platform == facts.pop("platform", None)
    assert {key: getattr(survey.receipt, key) for key in facts} == facts


@pytest.mark.parametrize("expected", READ, ids=lambda expected: expected.name)
def test_what_its_questions_are(expected: Expected) -> None:
    survey = opened(expected.name)
    stated = {line.columns: line for line in expected.questions}
    assert [question.columns for question in survey.questions if question.columns not in stated] == []
    assert [columns for columns in stated if columns not in {question.columns for question in survey.questions}] == []
    wrong = {question.id: complaints(question, stated[question.columns]) for question in survey.questions}
    assert {place: found for place, found in wrong.items() if found} == {}


def test_nearly_all_columns_that_are_shown_as_certain_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    certain = right = asked = 0
    files = {expected.table: expected for expected in reversed(READ)}
    for expected in files.values():
        for question, stated in _pairs(expected):
            number = len(question.columns)
            if question.sure is not Sure.SURE:
                asked += number
            elif question.kind is not Kind.EMPTY:
                certain += number
                right += number * (not complaints(question, stated))
    share = right / certain
    with capsys.disabled():
        print(
            f"\n{right} of {certain} columns shown as certain are right ({share:.2%}); {asked} are asked about", end=""
        )
        print(f" ({len(files)} surveys)")
    assert len(files) >= 20
    assert share >= 0.99


def test_directions_and_orders_of_dates_are_never_wrong_in_silence() -> None:
    wrong = []
    for expected in READ:
        for question, stated in _pairs(expected):
            if question.sure is not Sure.SURE:
                continue
            if stated.direction and question.scale and question.scale.direction is not stated.direction:
                wrong.append((expected.name, question.id))
            if stated.day_first is not None and question.day_first is not stated.day_first:
                wrong.append((expected.name, question.id))
    assert wrong == []


def _pairs(expected: Expected) -> list[tuple[Question, Stated]]:
    stated = {line.columns: line for line in expected.questions}
    return [(question, stated[question.columns]) for question in opened(expected.name).questions]
