"""Many measures at once are the same as one by one."""

from __future__ import annotations

import numpy as np

from cxdesk.analysis.measure import (
    compared_measures,
    gaps,
    headline_measure,
    mark,
    mean_measure,
    measure,
    measured,
    share_measure,
)
from cxdesk.blocks.table import Mark
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role
from cxdesk.survey.scale import Direction, Scale
from tests.builders import big_survey

RULES = Rules()


def rating(lowest: int, highest: int, direction: Direction = Direction.HIGH_IS_GOOD) -> Question:
    return Question("q", "Speed", Kind.SCORE, Role.RATING, (0,), scale=Scale(lowest, highest, direction=direction))


def test_topics_on_different_scales_are_compared_as_if_each_were_alone() -> None:
    random = np.random.default_rng(3)
    questions = [
        rating(1, 5),
        rating(0, 10),
        rating(1, 7, Direction.LOW_IS_GOOD),
        rating(1, 2),
        rating(1, 5),
        rating(1, 5),
    ]
    rules_of = [share_measure(question, RULES) for question in questions]
    groups = [random.integers(5, 60, question.size + 1) for question in questions]
    rest = [random.integers(50, 600, question.size + 1) for question in questions]
    groups[4][:] = 0  # nobody answered here
    groups[5][:] = 1  # too few for a score or a test
    found = compared_measures(rules_of, groups, rest, RULES)
    assert len(found) == len(questions)
    for rule, here, there, (ours, theirs, gap) in zip(rules_of, groups, rest, found, strict=True):
        assert ours == measure(rule, here, RULES)
        assert theirs == measure(rule, there, RULES)
        (alone,) = gaps(rule, here[None, :], there[None, :], RULES)
        assert (gap is None) == (alone is None)
        if gap is not None and alone is not None:
            for together, single in zip(
                (gap.value, gap.low, gap.high, gap.p), (alone.value, alone.low, alone.high, alone.p), strict=True
            ):
                assert (together is None) == (single is None)
                assert together is None or single is None or np.isclose(together, single, rtol=1e-9, atol=1e-12)
    assert found[4][2] is None
    assert found[5][0].value is None
    assert compared_measures([], [], [], RULES) == []


def test_measures_of_many_questions_are_those_of_each_alone() -> None:
    sample, rules = Sample(big_survey(2_000)), Rules()
    asked = [question for question in sample.dataset.questions if question.scale is not None]
    for make in (headline_measure, mean_measure, share_measure):
        measures = [make(question, rules) for question in asked]
        counts = [sample.answers(question.id) for question in asked]
        alone = [measure(rule, answers, rules) for rule, answers in zip(measures, counts, strict=True)]
        assert measured(measures, counts, rules) == alone
    assert measured([], [], rules) == []


def test_a_difference_is_read_by_its_size_and_by_chance() -> None:
    rule = share_measure(rating(1, 5), RULES)
    rest = np.array([[250, 250, 250, 250, 250, 0]])

    def reading(group: list[int], adjusted: float | None) -> Mark:
        return mark(rule, gaps(rule, np.array([group]), rest, RULES)[0], adjusted, RULES)

    assert reading([10, 10, 10, 40, 40, 0], 0.001) is Mark.ABOVE
    assert reading([40, 40, 10, 5, 5, 0], 0.001) is Mark.BELOW
    assert reading([10, 10, 10, 40, 40, 0], 0.2) is Mark.POSSIBLY_ABOVE
    assert reading([40, 40, 10, 5, 5, 0], 0.2) is Mark.POSSIBLY_BELOW
    assert reading([201, 200, 200, 202, 202, 0], 0.001) is Mark.SLIGHT
    assert reading([201, 200, 200, 202, 202, 0], 0.9) is Mark.CHANCE
    assert reading([5, 5, 5, 5, 5, 0], 0.001) is Mark.UNTESTED
    assert reading([10, 10, 10, 40, 40, 0], None) is Mark.UNTESTED
