"""Counts the lines of a crosstab: everybody and every column, for each answer, net and score of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.crosstab_values import ENDS, POINTS, CrosstabSpec, LineKind
from cxdesk.analysis.measure import Measure, MeasureKind, headline_measure, is_nps_scale, share_measure
from cxdesk.survey.banner import NOT_SHOWN, Heads, Layer
from cxdesk.survey.base import Rules
from cxdesk.survey.counted import Counted
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import GROUPING, SCORED, Kind, Role
from cxdesk.survey.selection import answer_name
from cxdesk.text import Label, Text, say

BAD, MIDDLE, GOOD = "bad", "middle", "good"
_MOST_POINTS_AS_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class Counting:
    """One line to be counted: who gave one of ``codes``."""

    key: str
    name: Label
    kind: LineKind
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """One question within all columns, the total first.

    ``yes`` holds [columns] per line, ``base`` [columns] those whom the shares are shares of, ``missing`` int64
    [columns] those without an answer. ``answers`` is [columns, size + 1], None for a multiple-answer question.
    """

    question: Question
    lines: tuple[Counting, ...]
    yes: tuple[Counted, ...]
    base: Counted
    missing: NDArray[np.int64]
    answers: Counted | None


def crossable(dataset: Dataset) -> tuple[Question, ...]:
    """The questions that can stand in rows and columns, in the order of the survey."""
    kinds = {Kind.SCORE: SCORED, Kind.CHOICE: GROUPING, Kind.MULTIPLE: frozenset({Role.MULTIPLE})}
    return tuple(
        question for question in dataset.questions if question.role in kinds.get(question.kind, ()) and question.size
    )


def heads_of(question: Question, rules: Rules) -> tuple[Heads, tuple[Label, ...]]:
    """A question as columns, with their names: its answers, its options, or the ends of a long scale."""
    if question.kind is Kind.SCORE and question.size > _MOST_POINTS_AS_COLUMNS:
        rule = ends_of(question, rules)
        of_code = [1] * question.size + [3]
        for code in codes_of(rule, BAD):
            of_code[code] = 0
        for code in codes_of(rule, GOOD):
            of_code[code] = 2
        ends: tuple[Label, ...] = tuple(end_name(rule, end) for end in (BAD, MIDDLE, GOOD))
        return Heads(question.id, question.kind, 3, tuple(of_code)), ends
    names = tuple(answer_name(question, code) for code in range(question.size))
    return Heads(question.id, question.kind, question.size, tuple(range(question.size + 1))), names


def ends_of(question: Question, rules: Rules) -> Measure:
    """The rule that says which points of a scale are its ends."""
    nps = question.role is Role.RECOMMEND and question.scale is not None and is_nps_scale(question.scale)
    return headline_measure(question, rules) if nps else share_measure(question, rules)


def codes_of(rule: Measure, end: str) -> tuple[int, ...]:
    """The answer codes at an end of a scale, or between them."""
    places = tuple(range(rule.scale.size)) if rule.high_is_good else tuple(reversed(range(rule.scale.size)))
    cut, top = rule.bottom, rule.scale.size - rule.good
    return tuple(sorted({BAD: places[:cut], MIDDLE: places[cut:top], GOOD: places[top:]}[end]))


def end_name(rule: Measure, end: str) -> Text:
    """What an end of a scale is called, with its points."""
    if end == MIDDLE:
        return say("Passives") if rule.kind is MeasureKind.NPS else say("In between")
    points = rule.points(good=end == GOOD)
    if rule.kind is MeasureKind.NPS:
        return (
            say("Promoters ({points})", points=points) if end == GOOD else say("Detractors ({points})", points=points)
        )
    return (
        say("Best scores ({points})", points=points) if end == GOOD else say("Worst scores ({points})", points=points)
    )


def lines_of(question: Question, spec: CrosstabSpec, rules: Rules) -> tuple[Counting, ...]:
    """The lines of a question in their order: own nets, ends of a scale, single answers."""
    found = [
        Counting(f"net{number}", net.name, LineKind.NET, net.codes)
        for number, net in enumerate(spec.nets)
        if net.question == question.id and net.codes and max(net.codes) < question.size
    ]
    if question.kind is Kind.SCORE and ENDS in spec.show:
        rule = ends_of(question, rules)
        ends = (GOOD, MIDDLE, BAD) if rule.kind is MeasureKind.NPS else (GOOD, BAD)
        found += [Counting(end, end_name(rule, end), LineKind.NET, codes_of(rule, end)) for end in ends]
    if question.kind is not Kind.SCORE or POINTS in spec.show:
        found += [
            Counting(f"answer{code}", _answer(question, code), LineKind.ANSWER, (code,))
            for code in range(question.size)
        ]
    return tuple(found)


def _answer(question: Question, code: int) -> Label:
    words = "" if question.scale is None else question.scale.label(question.scale.lowest + code)
    name = answer_name(question, code)
    return say("{point} {words}", point=name, words=words) if words and words != name else name


def counted(
    sample: Sample, question: Question, lines: tuple[Counting, ...], parts: Sequence[Layer], spec: CrosstabSpec
) -> Counts:
    """Count a question among everybody and in the columns of ``parts``, in the order of the columns."""
    order = _order(parts)
    if question.kind is not Kind.MULTIPLE:
        answers = joined([sample.answers(question.id)[None], *(_within(sample, question, part) for part in parts)])
        answers = answers[order]
        yes = tuple(answers[:, list(line.codes)].sum(axis=1) for line in lines)
        base = answers[:, : question.size].sum(axis=1)
        return Counts(question, lines, yes, base, answers.people[:, question.size], answers)
    ticks = (sample.ticks_within(question.id, part.codes, part.size, part.name) for part in parts)
    single = joined([sample.ticks(question.id)[None], *ticks])[order]
    every = tuple(range(question.size))

    def any_of(codes: tuple[int, ...]) -> Counted:
        found = (sample.any_within(question.id, codes, part.codes, part.size, part.name) for part in parts)
        return joined([sample.any_ticked(question.id, codes)[None], *found])[order]

    anything = any_of(every)
    yes = tuple(single[:, line.codes[0], 1] if len(line.codes) == 1 else any_of(line.codes)[:, 1] for line in lines)
    asked = anything[:, :2].sum(axis=1)
    base = asked if spec.base == "asked" else anything[:, 1]
    missing = anything.people.sum(axis=1) - base.people
    return Counts(question, lines, yes, base, missing, None)


def people_in(sample: Sample, part: Layer) -> NDArray[np.int64]:
    """How many people are in each group of a layer."""
    if part.question:
        return sample.counts(part.question)[: part.size]
    return sample.sizes(part.codes, part.size, part.name)


def _within(sample: Sample, question: Question, part: Layer) -> Counted:
    """The answers to a question in each group of a layer; those that every page asks for are counted together."""
    if part.question and question.role in SCORED:
        return sample.table(question.id, part.question)[: part.size]
    return sample.within(question.id, part.codes, part.size, part.name)


def _order(parts: Sequence[Layer]) -> list[int]:
    """Where each column stands among everybody and all groups of all layers, one behind the other."""
    columns = [NOT_SHOWN, *(column for part in parts for column in part.columns)]
    shown = [place for place, column in enumerate(columns) if column != NOT_SHOWN]
    return [0, *sorted(shown, key=columns.__getitem__)]


def joined(parts: Sequence[Counted]) -> Counted:
    """Groups of several counts behind each other along the first axis."""
    people = np.concatenate([part.people for part in parts])
    if any(part.weight is None for part in parts):
        return Counted(people)
    weight = np.concatenate([part.weight for part in parts if part.weight is not None])
    return Counted(people, weight, np.concatenate([part.square for part in parts if part.square is not None]))
