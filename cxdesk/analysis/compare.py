"""What changed, and why? Two periods, files or filters beside each other, with every change tested for chance."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.base import Analysis, Choice, Option
from cxdesk.analysis.compare_pairs import pairs
from cxdesk.analysis.compare_section import compare_section, nothing_compared
from cxdesk.analysis.compare_values import CompareResult, GroupShift, Likeness, Reasons, Shift
from cxdesk.analysis.groups import segment_questions
from cxdesk.analysis.measure import (
    Measure,
    MeasureKind,
    compared_measures,
    effective_parts,
    gaps,
    gaps_of_ends,
    headline_measure,
    mark,
    scores,
    share_measure,
)
from cxdesk.analysis.scored import chosen_question, measure_choices, measures_of
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.stats.change import mix_and_rate
from cxdesk.stats.difference import share_difference_each
from cxdesk.stats.effective import kish_each
from cxdesk.stats.interval import Floats, floats
from cxdesk.stats.mean import mean_and_variance
from cxdesk.stats.multiple import holm
from cxdesk.stats.nps import nps_error_each
from cxdesk.survey.base import Rules
from cxdesk.survey.comparison import compared_names
from cxdesk.survey.counted import Counted, stacked
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.parting import Parting, by_answers, everybody, on_other_side
from cxdesk.survey.question import Question
from cxdesk.survey.role import GROUPING
from cxdesk.survey.selection import answer_name
from cxdesk.text import Format, Label, Text, say

_MOST_MEASURES = 12
_MOST_LIKENESS = 8
_LEAST_GROUP = 10


@dataclass(frozen=True, slots=True)
class CompareSpec:
    """``by`` is the segment question of the lower half, ``measure`` the question that it shows; "" is the first."""

    by: str = ""
    measure: str = ""


class Compare(Analysis[CompareSpec, CompareResult]):
    """The change of every measure with its range, by group, taken apart into who answered and how they scored."""

    key: ClassVar[str] = "compare"
    sheet: ClassVar[Text] = say("what changed, by group, and why")

    def default(self, dataset: Dataset) -> CompareSpec:
        """The first segment and the best known measure."""
        return CompareSpec()

    def options(self, dataset: Dataset, spec: CompareSpec) -> tuple[Option, ...]:
        """Segment and measure of the lower half."""
        by, measures = segment_questions(dataset), measures_of(dataset)
        if not by or not measures:
            return ()
        return (
            Option("by", say("Split by"), tuple(Choice(question.id, question.text) for question in by)),
            Option("measure", say("Measure"), measure_choices(measures)),
        )

    def shows(self, sample: Sample, spec: CompareSpec, *, whole: bool) -> tuple[Parting, ...]:
        """The groups of the chosen segment on both sides; every measure of everybody on the other side."""
        asked = chosen_question(measures_of(sample.dataset), spec.measure)
        if sample.before is None or asked is None:
            return ()
        measures = tuple(question.id for question in measures_of(sample.dataset)[:_MOST_MEASURES])
        found = [everybody(side, measures) for side in (sample, sample.before)]
        by = chosen_question(_segments(sample, sample.before), spec.by)
        if by is not None:
            there = by_answers(by, sample.before, (asked.id,))
            found += [by_answers(by, sample, (asked.id,)), replace(there, key=on_other_side(by.id))]
        return tuple(found)

    def scope(self, spec: CompareSpec) -> object:
        """Segment and measure."""
        return spec.by, spec.measure

    def compute(self, sample: Sample, rules: Rules, spec: CompareSpec, job: Job) -> CompareResult:
        """Measure both sides and test every change; p values are adjusted by Holm within each table."""
        before, dataset = sample.before, sample.dataset
        asked = chosen_question(measures_of(dataset), spec.measure)
        if before is None or asked is None:
            return CompareResult(sample, rules, scored=asked is not None)
        names = compared_names(sample.selection, before.selection, dataset.question)
        shifts = _shifts(sample, before, rules)
        job.check()
        rule = headline_measure(asked, rules)
        segments = _segments(sample, before)
        by = chosen_question(segments, spec.by)
        groups, hidden, withheld = ((), 0, 0) if by is None else _groups(sample, before, by, rule, rules)
        job.check()
        only_now, only_before = _only(sample, before)
        return CompareResult(
            sample,
            rules,
            True,
            *names,
            rule,
            shifts,
            sum(shift.gap is not None and shift.gap.p is not None for shift in shifts),
            by,
            groups,
            hidden,
            None if by is None else _reasons(sample, before, by, rule, rules),
            _likeness(sample, before, segments, rules),
            only_now,
            only_before,
            pairs(sample, before, rules),
            withheld,
        )

    def present(self, spec: CompareSpec, result: CompareResult) -> Section:
        """The table of changes, the groups, the reasons, and how alike both sides are."""
        if not result.shifts:
            return nothing_compared(self.key, self.title, result)
        return compare_section(self.key, self.title, result)


def _segments(sample: Sample, before: Sample) -> list[Question]:
    """What both sides can be split by: not what tells them apart."""
    splitting = {condition.question for condition in (*sample.selection.conditions, *before.selection.conditions)}
    return [question for question in segment_questions(sample.dataset) if question.id not in splitting]


def _shifts(sample: Sample, before: Sample, rules: Rules) -> tuple[Shift, ...]:
    """Every measure that both sides answered; for NPS also the shares of detractors and promoters."""
    raw: list[Shift] = []
    asked = [headline_measure(question, rules) for question in measures_of(sample.dataset)[:_MOST_MEASURES]]
    here, there = ([side.answers(rule.question.id) for rule in asked] for side in (sample, before))
    changes = compared_measures(asked, here, there, rules)
    for rule, ours, theirs, (now, was, gap) in zip(asked, here, there, changes, strict=True):
        if not was.base.n or not now.base.n:
            continue
        raw.append(Shift(rule, "", was, now, gap, mark(rule, None, None, rules), rule.format, rule.gap_format))
        if rule.kind is MeasureKind.NPS:
            ends = gaps_of_ends(rule, ours[None, :], theirs[None, :], rules)
            for part, change in zip(("bad", "good"), ends, strict=True):
                mark_of = mark(rule, None, None, rules)
                raw.append(Shift(rule, part, was, now, change, mark_of, Format.PERCENT, Format.PERCENT_GAP))
    adjusted = holm([None if shift.gap is None else shift.gap.p for shift in raw])
    return tuple(
        Shift(
            shift.rule,
            shift.part,
            shift.before,
            shift.now,
            shift.gap,
            mark(share_measure(shift.rule.question, rules) if shift.part else shift.rule, shift.gap, p, rules),
            shift.format,
            shift.gap_format,
        )
        for shift, p in zip(raw, adjusted, strict=True)
    )


def _groups(
    sample: Sample, before: Sample, by: Question, rule: Measure, rules: Rules
) -> tuple[tuple[GroupShift, ...], int, int]:
    """Each group before and now; how many are too small on a side, and how many are withheld to protect these."""
    here, there = (side.table(rule.question.id, by.id)[: by.size] for side in (sample, before))
    wide = rule.scale.size
    sizes = [side.people[:, :wide].sum(axis=1) for side in (here, there)]
    enough = np.flatnonzero(np.minimum(*sizes) >= max(1, rules.hide_below)).tolist()
    hidden = int(np.count_nonzero(np.maximum(*sizes))) - len(enough)
    large = np.array([code for code in enough if not _withheld(rule, by, code, rules)], dtype=np.intp)
    withheld = len(enough) - len(large)
    if not len(large):
        return (), hidden, withheld
    now, was = scores(rule, here[large], rules), scores(rule, there[large], rules)
    found = gaps(rule, here[large], there[large], rules)
    adjusted = holm([None if gap is None else gap.p for gap in found])
    shifts = tuple(
        GroupShift(code, answer_name(by, code), old, new, gap, mark(rule, gap, p, rules))
        for code, old, new, gap, p in zip(large.tolist(), was, now, found, adjusted, strict=True)
    )
    return shifts, hidden, withheld


def _withheld(rule: Measure, by: Question, code: int, rules: Rules) -> bool:
    """Whether a group is hidden on either side, so that smaller ones cannot be worked out."""
    asked = rule.question.id
    return rules.hides(asked, by.id, code) or rules.hides(asked, on_other_side(by.id), code)


def _reasons(sample: Sample, before: Sample, by: Question, rule: Measure, rules: Rules) -> Reasons | None:
    """Take the change apart by groups (METHODS.md 5); groups under ten answers on a side are put together.

    So are groups that must not be shown, and with them those who belong to no group: what is left over must be no one
    group's own.
    """
    here, there = (side.table(rule.question.id, by.id) for side in (sample, before))
    wide = rule.scale.size
    now, was = here.people[:, :wide].sum(axis=1), there.people[:, :wide].sum(axis=1)
    if not now.sum() or not was.sum():
        return None
    answered = [code for code in range(by.size + 1) if max(now[code], was[code])]
    withheld = {code for code in answered if _withheld(rule, by, code, rules)}
    small = [code for code in answered if code in withheld or _too_small(now, was, code, rules)]
    if small and by.size in answered and by.size not in small:
        small.append(by.size)
    large = [code for code in answered if code not in small]
    names: list[Label] = [answer_name(by, code) for code in large]
    if small:
        one = len(small) == 1
        names.append(answer_name(by, small[0]) if one else say("{count} small groups together", count=len(small)))
        here, there = (stacked([side[large], side[small].sum(axis=0)[None, :]]) for side in (here, there))
    else:
        here, there = here[large], there[large]
    parts = mix_and_rate(
        there.amount[:, :wide].sum(axis=1),
        _values(rule, there),
        here.amount[:, :wide].sum(axis=1),
        _values(rule, here),
        _errors(rule, there),
        _errors(rule, here),
    )
    people = np.stack([there.people[:, :wide].sum(axis=1), here.people[:, :wide].sum(axis=1)], axis=1)
    return Reasons(tuple(names), parts, people, len(small))


def _too_small(now: NDArray[np.int64], was: NDArray[np.int64], code: int, rules: Rules) -> bool:
    """A group that is new or gone stays by itself if it is large enough where it is."""
    sizes = [int(side[code]) for side in (now, was) if side[code]]
    return min(sizes) < max(_LEAST_GROUP, rules.hide_below)


def _values(rule: Measure, counted: Counted) -> Floats:
    """The measure of each group from weighted amounts; 0 where nobody answered."""
    amounts = counted.amount[:, : rule.scale.size].astype(np.float64)
    whole = np.maximum(amounts.sum(axis=1), 1e-300)
    if rule.kind is MeasureKind.MEAN:
        points = np.arange(rule.scale.lowest, rule.scale.highest + 1, dtype=np.float64)
        return floats(amounts @ points / whole)
    good_last = amounts if rule.high_is_good else amounts[:, ::-1]
    good = good_last[:, rule.scale.size - rule.good :].sum(axis=1)
    if rule.kind is MeasureKind.TOP:
        return floats(good / whole)
    return floats(100 * (good - good_last[:, : rule.bottom].sum(axis=1)) / whole)


def _errors(rule: Measure, counted: Counted) -> Floats:
    """The standard error of each group's measure at its effective base; 0 where it has none."""
    bad, middle, good = effective_parts(rule, counted)
    n = np.maximum(bad + middle + good, 1e-9)
    match rule.kind:
        case MeasureKind.NPS | MeasureKind.NET:
            return floats(np.nan_to_num(nps_error_each(good, middle, bad)))
        case MeasureKind.TOP:
            share = good / n
            return floats(np.sqrt(share * (1 - share) / n))
        case MeasureKind.MEAN:
            points = np.arange(rule.scale.lowest, rule.scale.highest + 1, dtype=np.float64)
            size, _, variance = mean_and_variance(points, counted.people[:, : rule.scale.size].astype(np.float64))
            return floats(np.nan_to_num(np.sqrt(variance / np.maximum(np.minimum(size, n), 1e-9))))


def _likeness(sample: Sample, before: Sample, segments: list[Question], rules: Rules) -> tuple[Likeness, ...]:
    """The largest shift of a share in each segment; Holm over the segments."""
    found: list[Likeness] = []
    compared: list[tuple[Counted, Counted, int]] = []
    for question in segments[:_MOST_LIKENESS]:
        here, there = (side.answers(question.id)[: question.size] for side in (sample, before))
        n, m = float(here.amount.sum()), float(there.amount.sum())
        if not n or not m:
            continue
        now, was = here.amount / n, there.amount / m
        code = int(np.argmax(np.abs(now - was)))
        compared.append((here, there, code))
        found.append(Likeness(question, answer_name(question, code), float(was[code]), float(now[code]), clear=False))
    adjusted = holm(_shift_chances(compared, rules))
    return tuple(
        Likeness(each.question, each.option, each.before, each.now, p is not None and p <= 1 - rules.confidence)
        for each, p in zip(found, adjusted, strict=True)
    )


def _shift_chances(compared: list[tuple[Counted, Counted, int]], rules: Rules) -> list[float | None]:
    """The chance of each shift of an option's share, allowing for having picked the largest of all options."""
    sides = [pair[:2] for pair in compared]
    bases = np.array([[_kish(side) for side in pair] for pair in sides]).reshape(-1, 2)
    shares = [
        [float(side.amount[code] / side.amount.sum()) for side in (here, there)] for here, there, code in compared
    ]
    counts = np.array(shares).reshape(-1, 2) * bases
    found = share_difference_each(counts[:, 0], bases[:, 0], counts[:, 1], bases[:, 1]).p.tolist()
    enough = [min(float(side.people.sum()) for side in pair) >= rules.test_from for pair in sides]
    return [
        min(1.0, p * len(here)) if large and not math.isnan(p) else None
        for p, large, (here, _) in zip(found, enough, sides, strict=True)
    ]


def _kish(counted: Counted) -> float:
    if counted.weight is None or counted.square is None:
        return float(counted.people.sum())
    return float(kish_each(counted.weight[None, :], counted.square[None, :])[0])


def _only(sample: Sample, before: Sample) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """Scored, grouping and multiple-answer questions that only one side answered."""
    only: tuple[list[Question], list[Question]] = ([], [])
    for question in sample.dataset.questions:
        if question.scale is None and question.role not in GROUPING:
            continue
        here, there = (int(side.counts(question.id)[: question.size].sum()) for side in (sample, before))
        if here and not there:
            only[0].append(question)
        elif there and not here:
            only[1].append(question)
    return tuple(only[0]), tuple(only[1])
