"""A measure within the groups of a segment question, each group compared with everyone else (METHODS.md 1.4, 1.7)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cxdesk.analysis.measure import Gap, Measure, Score, gaps, mark, scores
from cxdesk.blocks.table import Mark
from cxdesk.stats.multiple import holm
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counted import stacked
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import GROUPING
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
    """The questions that people can be split by: segments with at least two answers, what was asked first."""
    found = [question for question in dataset.with_role(*GROUPING) if question.size >= 2]
    return tuple(sorted(found, key=lambda question: question.of_platform))


def split(sample: Sample, by: Question, rule: Measure, rules: Rules, *, small: bool = False) -> Split:
    """Measure each group of ``by`` and compare it with everyone else; p values adjusted by Holm within the split.

    ``small`` also lists groups that are too small for a score.
    """
    return adjusted_within(_untested(sample, (by,), rule, rules, small=small)[0], rules)


def splits(sample: Sample, by: tuple[Question, ...], rule: Measure, rules: Rules) -> tuple[Split, ...]:
    """The same for several segment questions, without adjustment: whoever scans adjusts over all that was scanned."""
    return _untested(sample, by, rule, rules, small=False)


def adjusted_within(result: Split, rules: Rules) -> Split:
    """Mark the groups of a split after Holm's adjustment over the split."""
    groups = tuple(
        Group(each.code, each.name, each.score, each.level, each.gap, mark(result.rule, each.gap, p, rules), p)
        for each, p in zip(result.groups, holm(raw_p(result)), strict=True)
    )
    return replace(result, groups=groups)


def raw_p(result: Split) -> list[float | None]:
    """The p value of each group before any adjustment; None for groups that were not tested."""
    return [None if group.gap is None else group.gap.p for group in result.groups]


def _untested(
    sample: Sample, by: tuple[Question, ...], rule: Measure, rules: Rules, *, small: bool
) -> tuple[Split, ...]:
    """Measure and compare the groups of all splits in one go: what a formula costs is its calls, not its numbers."""
    if not by:
        return ()
    tables = [sample.table(rule.question.id, question.id) for question in by]
    least = 1 if small else max(rules.hide_below, 1)
    answered = [table.people[:-1, : rule.scale.size].sum(axis=1) for table in tables]
    shown = [np.flatnonzero(people >= least) for people in answered]
    # Everybody is the same in every split, because those without an answer to its question have a row of their own.
    everyone = tables[0].sum(axis=0)
    counts = stacked([table[codes] for table, codes in zip(tables, shown, strict=True)])
    first, *measured = scores(rule, stacked([everyone[None, :], counts]), rules)
    compared = gaps(rule, counts, everyone - counts, rules)
    found = []
    start = 0
    for question, table, people, codes in zip(by, tables, answered, shown, strict=True):
        end = start + len(codes)
        groups = tuple(
            Group(code, answer_name(question, code), score, rules.level(score.base), difference, Mark.UNTESTED)
            for code, score, difference in zip(codes.tolist(), measured[start:end], compared[start:end], strict=True)
        )
        found.append(
            Split(
                question,
                rule,
                first,
                groups,
                hidden=int(np.count_nonzero(people)) - len(groups),
                unplaced=int(table.people[-1, : rule.scale.size].sum()),
                comparisons=sum(group.gap is not None and group.gap.p is not None for group in groups),
            )
        )
        start = end
    return tuple(found)
