"""Where a group differs: the share satisfied with each rated topic, in the group and among everyone else."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.analysis.groups import Group
from cxdesk.analysis.measure import Measure, Score, compared_measures, mark, share_measure
from cxdesk.analysis.wording import is_clear, tone_of
from cxdesk.blocks.chart import Chart, ChartKind, Series
from cxdesk.blocks.palette import Tone
from cxdesk.blocks.table import Mark
from cxdesk.stats.multiple import holm
from cxdesk.survey.base import Base, BaseLevel, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.question import Question
from cxdesk.survey.selection import OneOf
from cxdesk.text import Format, Param, say

_MOST_TOPICS = 10


@dataclass(frozen=True, slots=True)
class Topic:
    """A rated topic in the chosen group and among everyone else: shares satisfied, and how to read the difference."""

    rule: Measure
    here: Score
    there: Score
    mark: Mark


def topics(
    sample: Sample, by: Question, focus: Group, questions: tuple[Question, ...], rules: Rules
) -> tuple[Topic, ...]:
    """The chosen group against everyone else in each scored question, lowest first; Holm over the topics."""
    if focus.level is BaseLevel.HIDDEN:
        return ()
    questions = tuple(question for question in questions if not rules.hides(question.id, by.id, focus.code))
    measures = [share_measure(question, rules) for question in questions]
    here = sample.narrowed(OneOf(by.id, (focus.code,)))
    groups = [here.answers(question.id) for question in questions]
    rest = [sample.answers(question.id) - group for question, group in zip(questions, groups, strict=True)]
    found = compared_measures(measures, groups, rest, rules)
    adjusted = holm([None if difference is None else difference.p for _, _, difference in found])
    compared = [
        Topic(rule, own, others, mark(rule, difference, value, rules))
        for rule, (own, others, difference), value in zip(measures, found, adjusted, strict=True)
        if own.value is not None and others.value is not None
    ]
    largest = sorted(compared, key=lambda topic: -abs(_distance(topic)))[:_MOST_TOPICS]
    return tuple(sorted(largest, key=_distance))


def _distance(topic: Topic) -> float:
    return (topic.here.value or 0.0) - (topic.there.value or 0.0)


def _people(bases: list[Base]) -> Param:
    """How many people stand behind several shares: one number, or the smallest and the largest."""
    least, most = min(base.n for base in bases), max(base.n for base in bases)
    return most if least == most else say("{least} to {most}", least=least, most=most)


def topics_chart(focus: Group, topics: tuple[Topic, ...]) -> Chart:
    """Two marks per topic: the group, coloured where it clearly differs, and everyone else."""
    here = Series(
        focus.name,
        tuple(topic.here.value for topic in topics),
        tuple(tone_of(topic.mark, Tone.MUTED) for topic in topics),
    )
    there = Series(say("Everyone else"), tuple(topic.there.value for topic in topics), (Tone.ACCENT,))
    clear = sum(is_clear(topic.mark) for topic in topics)
    if clear:
        finding = say("{clear} of {topics} topics differ clearly; coloured marks.", clear=clear, topics=len(topics))
    else:
        finding = say("No topic differs clearly; every difference could be chance.")
    bases = [topic.here.base for topic in topics]
    return Chart(
        "topics",
        say("{group} and everyone else: share satisfied", group=focus.name),
        ChartKind.DUMBBELL,
        tuple(topic.rule.question.text for topic in topics),
        (here, there),
        Format.PERCENT,
        finding,
        bases[0] if len({base.n for base in bases}) == 1 else None,
        say(
            "n = {here} and {there} · {finding}",
            here=_people(bases),
            there=_people([topic.there.base for topic in topics]),
            finding=finding,
        ),
    )
