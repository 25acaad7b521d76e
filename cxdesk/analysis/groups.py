"""A measure within the groups of a segment question, each group compared with everyone else (METHODS.md 1.4, 1.7)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cxdesk.analysis.measure import Gap, Measure, Score, gaps, mark, scores
from cxdesk.blocks.table import Mark
from cxdesk.stats.multiple import holm
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.packing import Counts
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role
from cxdesk.survey.selection import answer_name
from cxdesk.text import Label


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a split. ``code`` is its answer code; ``gap`` compares it with everyone else."""

    code: int
    name: Label
    score: Score
    level: BaseLevel
    gap: Gap | None
    mark: Mark
    adjusted: float | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """A measure by the answers to one segment question.

    ``groups`` are those big enough to be shown, in file order; ``hidden`` counts the others with at least one answer;
    ``unplaced`` are people with a score but no answer to the segment question (they count in ``everyone``);
    ``comparisons`` is how many groups were tested, which the marks allow for.
    """

    by: Question
    rule: Measure
    everyone: Score
    groups: tuple[Group, ...]
    hidden: int
    unplaced: int
    comparisons: int


def segment_questions(dataset: Dataset) -> tuple[Question, ...]:
    """The questions that people can be split by: segments with at least two answers."""
    return tuple(question for question in dataset.with_role(Role.SEGMENT) if question.size >= 2)


def split(sample: Sample, by: Question, rule: Measure, rules: Rules, *, small: bool = False) -> Split:
    """Measure each group of ``by`` and compare it with everyone else; p values adjusted by Holm within the split."""
    return adjusted_within(_untested(sample, by, rule, rules, small=small), rules)


def splits(sample: Sample, by: tuple[Question, ...], rule: Measure, rules: Rules) -> tuple[Split, ...]:
    """The same for several segment questions, without adjustment: whoever scans adjusts over all that was scanned."""
    return tuple(_untested(sample, question, rule, rules, small=False) for question in by)


def adjusted_within(result: Split, rules: Rules) -> Split:
    """Mark the groups of a split after Holm's adjustment over the split."""
    raw = [group.gap.p if group.gap is not None else None for group in result.groups]
    return with_adjusted(result, holm(raw), rules)


def with_adjusted(result: Split, adjusted: list[float | None], rules: Rules) -> Split:
    """Mark the groups of a split by adjusted p values, one per group (None: not tested)."""
    groups = tuple(
        replace(group, adjusted=value, mark=mark(result.rule, group.gap, value, rules))
        for group, value in zip(result.groups, adjusted, strict=True)
    )
    return replace(result, groups=groups)


def rest_of(everyone: Counts, group: Counts) -> Counts:
    """The counts of everyone else."""
    return everyone - group


def _untested(sample: Sample, by: Question, rule: Measure, rules: Rules, *, small: bool) -> Split:
    table = sample.joint(rule.question.id, by.id)
    everyone = table.sum(axis=0)
    size = rule.scale.size
    answered = table[:-1, :size].sum(axis=1)
    measured = scores(rule, np.vstack([everyone, table[:-1]]), rules)
    shown = [
        code
        for code in range(by.size)
        if answered[code] and (small or rules.level(measured[code + 1].base) is not BaseLevel.HIDDEN)
    ]
    compared = gaps(rule, table[shown], rest_of(everyone, table[shown]), rules)
    groups = tuple(
        Group(
            code,
            answer_name(by, code),
            measured[code + 1],
            rules.level(measured[code + 1].base),
            difference,
            Mark.UNTESTED,
        )
        for code, difference in zip(shown, compared, strict=True)
    )
    return Split(
        by,
        rule,
        measured[0],
        groups,
        hidden=int(np.count_nonzero(answered)) - len(shown),
        unplaced=int(table[-1, :size].sum()),
        comparisons=sum(difference is not None and difference.p is not None for difference in compared),
    )
