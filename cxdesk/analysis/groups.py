"""A measure within the groups of a segment question, each group compared with everyone else (METHODS.md 1.4, 1.7)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.measure import Gap, Measure, Score, gap_tests, gaps, mark, scores
from cxdesk.blocks.table import Mark
from cxdesk.stats.interval import Floats
from cxdesk.stats.multiple import holm
from cxdesk.survey.base import BaseLevel, Rules
from cxdesk.survey.counted import Counted, stacked
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import GROUPING, Kind
from cxdesk.survey.selection import OneOf, Selection, answer_name
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

    ``groups`` are those big enough to be shown, in file order; ``hidden`` counts the others with at least one answer,
    ``withheld`` those of them that are large enough and hidden so that smaller ones cannot be worked out;
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
    withheld: int = 0


def segment_questions(dataset: Dataset) -> tuple[Question, ...]:
    """The questions that people can be split by: segments with at least two answers, what was asked first."""
    found = [question for question in dataset.with_role(*GROUPING) if question.size >= 2]
    return tuple(sorted(found, key=lambda question: question.of_platform))


def open_questions(dataset: Dataset, selection: Selection) -> tuple[Question, ...]:
    """The segment questions that a filter leaves more than one answer of."""
    return tuple(question for question in segment_questions(dataset) if not is_fixed(question, selection))


def splits_offered(dataset: Dataset, selection: Selection) -> tuple[Question, ...]:
    """What the people looked at can be split by; everything if a filter leaves one group of each: that is then said."""
    return open_questions(dataset, selection) or segment_questions(dataset)


def is_fixed(question: Question, selection: Selection) -> bool:
    """Whether only one answer to a question is looked at, as in the report of one department: nothing to split by."""
    condition = selection.on(question.id)
    return question.kind is Kind.CHOICE and isinstance(condition, OneOf) and len(condition.codes) == 1


def split(sample: Sample, by: Question, rule: Measure, rules: Rules, *, small: bool = False) -> Split:
    """Measure each group of ``by`` and compare it with everyone else; p values adjusted by Holm within the split.

    ``small`` also lists groups that are too small for a score.
    """
    table = sample.table(rule.question.id, by.id)
    people, large = _large(table, rule, 1 if small else rules.hide_below)
    codes = _not_withheld(large, rule, by, rules)
    everyone, counts = table.sum(axis=0), table[codes]
    first, *measured = scores(rule, stacked([everyone[None, :], counts]), rules)
    compared = gaps(rule, counts, everyone - counts, rules)
    adjusted = holm([None if gap is None else gap.p for gap in compared])
    groups = tuple(
        Group(code, answer_name(by, code), score, rules.level(score.base), gap, mark(rule, gap, p, rules), p)
        for code, score, gap, p in zip(codes.tolist(), measured, compared, adjusted, strict=True)
    )
    return Split(
        by,
        rule,
        first,
        groups,
        hidden=int(np.count_nonzero(people)) - len(groups),
        unplaced=int(table.people[-1, : rule.scale.size].sum()),
        comparisons=sum(group.gap is not None and group.gap.p is not None for group in groups),
        withheld=len(large) - len(codes),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The groups of several segment questions against everyone else, as numbers; few of them are ever told.

    Arrays are [groups], over all questions: ``by`` is the place of the group's question in ``questions``, ``codes`` its
    answer, ``counts`` [groups, answers] its people; ``value``, ``low``, ``high`` and ``p`` are the difference from
    everyone else, its range and its chance before any adjustment (NaN: not tested). ``halves`` says of
    each question whether it has but two groups, each of which is the other's everyone else.
    """

    rule: Measure
    questions: tuple[Question, ...]
    by: NDArray[np.intp]
    codes: NDArray[np.intp]
    counts: Counted
    value: Floats
    low: Floats
    high: Floats
    p: Floats
    halves: tuple[bool, ...]

    def name(self, place: int) -> Label:
        """What one of the groups is called."""
        return answer_name(self.questions[self.by[place]], int(self.codes[place]))

    def gap(self, place: int) -> Gap:
        """How one of the tested groups differs from everyone else."""
        return Gap(float(self.value[place]), float(self.low[place]), float(self.high[place]), float(self.p[place]))

    def score(self, place: int, rules: Rules) -> Score:
        """The measure of one of the groups."""
        return scores(self.rule, self.counts[[place]], rules)[0]


def compared(sample: Sample, by: tuple[Question, ...], rule: Measure, rules: Rules) -> Compared | None:
    """Compare the groups of several questions in one go: what a formula costs is its calls, not its numbers.

    None without groups. Whoever scans adjusts over all that was scanned.
    """
    tables = [sample.table(rule.question.id, question.id) for question in by]
    found = [_large(table, rule, rules.hide_below) for table in tables]
    shown = [_not_withheld(codes, rule, question, rules) for (_, codes), question in zip(found, by, strict=True)]
    if not any(len(codes) for codes in shown):
        return None
    # Everybody is the same in every split, because those without an answer to its question have a row of their own.
    everyone = tables[0].sum(axis=0)
    counts = stacked([table[codes] for table, codes in zip(tables, shown, strict=True)])
    sizes, tests = gap_tests(rule, counts, everyone - counts, rules)
    return Compared(
        rule,
        by,
        np.repeat(np.arange(len(by)), [len(codes) for codes in shown]),
        np.concatenate(shown),
        counts,
        tests.value,
        tests.low,
        tests.high,
        np.where(sizes < rules.test_from, np.nan, tests.p),
        tuple(int(np.count_nonzero(people)) <= 2 for people, _ in found),
    )


def _large(table: Counted, rule: Measure, least: int) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """How many people gave each answer and a score, and the answers of at least ``least`` people."""
    people = table.people[:-1, : rule.scale.size].sum(axis=1)
    return people, np.flatnonzero(people >= max(least, 1))


def _not_withheld(codes: NDArray[np.intp], rule: Measure, by: Question, rules: Rules) -> NDArray[np.intp]:
    if not rules.hidden:
        return codes
    return np.array([code for code in codes.tolist() if not rules.hides(rule.question.id, by.id, code)], dtype=np.intp)
