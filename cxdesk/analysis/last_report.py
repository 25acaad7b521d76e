"""Did it change since the last report? Figures of a report for its template, and what they are beside new answers.

Nobody's answers are kept, only how many gave each score, and only where enough people did. They are compared with new
answers of the same question, on the same scale, among the same groups, weighted alike, and of later days.
"""

from __future__ import annotations

import datetime

import numpy as np

from cxdesk.analysis.measure import Measure
from cxdesk.analysis.scored import known_by
from cxdesk.survey.base import Base, BaseLevel, Rules
from cxdesk.survey.counted import Counted
from cxdesk.survey.counting import Sample
from cxdesk.survey.earlier import Earlier
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role
from cxdesk.survey.selection import Between, Selection

_FIRST_DAY = datetime.date(1970, 1, 1)


def figures_of(sample: Sample, rules: Rules, made: datetime.date) -> tuple[Earlier, ...]:
    """The spread of the answers to each headline question; none for a question that too few people answered."""
    days = _days(sample)
    found: list[Earlier] = []
    for question in known_by(sample.dataset):
        counts = sample.answers(question.id)
        answered = int(counts.people[:-1].sum())
        if question.scale is None or rules.level(Base(answered)) is BaseLevel.HIDDEN:
            continue
        found.append(
            Earlier(
                question.text,
                question.scale.lowest,
                tuple(counts.people.tolist()),
                made,
                () if counts.weight is None else tuple(counts.weight.tolist()),
                () if counts.square is None else tuple(counts.square.tolist()),
                None if days is None else days[0],
                None if days is None else days[1],
                among=among(sample),
            )
        )
    return tuple(found)


def earlier_of(sample: Sample, question: Question, rules: Rules) -> Earlier | None:
    """The figures of the last report that the answers to a question can be compared with; None if there are none."""
    for earlier in rules.earlier:
        same_scale = question.scale is not None and (earlier.lowest, len(earlier.counts)) == (
            question.scale.lowest,
            question.scale.size + 1,
        )
        if earlier.question == question.text and same_scale and earlier.among == among(sample):
            days = _days(sample)
            # A file that goes on from the last one holds people who are in those figures already.
            overlaps = days is not None and earlier.last is not None and days[0] <= earlier.last
            return None if overlaps else earlier
    return None


def counts_before(sample: Sample, rule: Measure, rules: Rules) -> Counted | None:
    """What the answers are compared with: those of the other side, or else the figures of the last report."""
    if sample.before is not None:
        return sample.before.answers(rule.question.id)
    earlier = earlier_of(sample, rule.question, rules)
    if earlier is None or bool(earlier.weights) != sample.answers(rule.question.id).weighted:
        return None
    people = np.array(earlier.counts, dtype=np.int64)
    if not earlier.weights:
        return Counted(people)
    return Counted(people, np.array(earlier.weights), np.array(earlier.squares))


def among(sample: Sample) -> str:
    """Whom figures are about, whenever they answered, in English words; they are compared, never shown."""
    timeless = tuple(each for each in sample.selection.conditions if not isinstance(each, Between))
    return str(Selection(timeless).describe(sample.dataset.question))


def _days(sample: Sample) -> tuple[datetime.date, datetime.date] | None:
    question = next((each for each in sample.dataset.with_role(Role.DATE) if each.kind is Kind.DATE), None)
    found = None if question is None else sample.dates(question.id)
    if found is None:
        return None
    first, last = (_FIRST_DAY + datetime.timedelta(days=int(day)) for day in found[:2])
    return first, last
