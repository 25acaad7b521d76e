"""How fast were we, who stayed, what is everyone worth? Operational numbers beside the score, by group and segment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.ascending import ascending
from cxdesk.analysis.base import Analysis, Choice, Option
from cxdesk.analysis.groups import open_questions
from cxdesk.analysis.measure import Measure, headline_measure, measure_name
from cxdesk.analysis.operations_groups import Grouping, Values, breakdown, everyone, masked
from cxdesk.analysis.operations_section import no_operations, operations_section
from cxdesk.analysis.operations_value import score_codes, score_key, score_parting, value_grid, value_parting
from cxdesk.analysis.operations_values import (
    ColumnFacts,
    Meaning,
    OperationsResult,
    meaning_of,
    operational,
    shown_in,
)
from cxdesk.analysis.operations_words import duration, part_names
from cxdesk.analysis.scored import chosen_question, known_by
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.stats.interval import Floats
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.parting import Parting, by_answers
from cxdesk.survey.question import Question
from cxdesk.survey.selection import Selection, answer_name
from cxdesk.text import Text, say

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0
_LIMITS = tuple(
    [minutes * _MINUTE for minutes in (1, 5, 15, 30)]
    + [hours * _HOUR for hours in (1, 2, 4, 8, 12, 24)]
    + [days * _DAY for days in (2, 3, 5, 7, 14, 30)]
)
"""Times that desks promise: a reply within the hour, a solution within three days."""

_MOST_ON_SHEET = 6
_HEAVIEST = 0.01


@dataclass(frozen=True, slots=True)
class OperationsSpec:
    """``column`` and ``by`` are question ids ("" is the first there is); ``by`` splits the second table.

    A split that the filter leaves one answer of gives way to the first that it leaves more of. ``limit`` is the
    promised time in seconds ("" finds one); ``every`` shows all columns below each other.
    """

    column: str = ""
    by: str = ""
    limit: str = ""
    every: bool = False


class Operations(Analysis[OperationsSpec, OperationsResult]):
    """Times, money and outcomes by who recommends and by segment; who recommends by what people are worth."""

    key: ClassVar[str] = "operations"
    sheet: ClassVar[Text] = say("times, churn and revenue beside the score")

    def default(self, dataset: Dataset) -> OperationsSpec:
        """The first operational column and the first segment."""
        return OperationsSpec()

    def options(self, dataset: Dataset, spec: OperationsSpec) -> tuple[Option, ...]:
        """The column, the segment, and for times what they are held against."""
        return self.offered(dataset, spec, Selection())

    def offered(self, dataset: Dataset, spec: OperationsSpec, selection: Selection) -> tuple[Option, ...]:
        """The same without segments that the filter leaves one answer of."""
        columns, segments = operational(dataset), open_questions(dataset, selection)
        chosen = chosen_question(columns, spec.column)
        if chosen is None:
            return ()
        found = [Option("column", say("Number"), tuple(Choice(each.id, each.text) for each in columns))]
        if segments:
            found.append(Option("by", say("Split by"), tuple(Choice(each.id, each.text) for each in segments)))
        if meaning_of(chosen) is Meaning.TIME:
            limits = tuple(Choice(str(int(limit)), duration(limit)) for limit in _LIMITS)
            found.append(Option("limit", say("Promised within"), (Choice("", say("Automatic")), *limits)))
        return tuple(found)

    def on_sheet(self, spec: OperationsSpec) -> OperationsSpec:
        """All columns below each other, the chosen one first."""
        return replace(spec, every=True)

    def shows(self, sample: Sample, spec: OperationsSpec, *, whole: bool) -> tuple[Parting, ...]:
        """Yes-or-no columns by segment, and who recommends by what people are worth."""
        dataset = sample.dataset
        columns = operational(dataset)
        segments = open_questions(dataset, sample.selection)
        chosen, by = chosen_question(columns, spec.column), chosen_question(segments, spec.by)
        outcomes = tuple(each.id for each in columns if meaning_of(each) is Meaning.OUTCOME)
        found = [by_answers(by, sample, outcomes)] if by is not None and outcomes else []
        known = known_by(dataset)
        if known and outcomes:
            found.append(score_parting(sample, headline_measure(known[0], Rules()), outcomes))
        worth = [each for each in columns if meaning_of(each) in {Meaning.MONEY, Meaning.NUMBER}]
        if known:
            found += [value_parting(sample, each, known[0].id) for each in worth if whole or each is chosen]
        return tuple(found)

    def scope(self, spec: OperationsSpec) -> object:
        """The segment."""
        return spec.by

    def compute(self, sample: Sample, rules: Rules, spec: OperationsSpec, job: Job) -> OperationsResult:
        """Sum each column up for everyone and within groups. Raises `Cancelled`."""
        columns, known = operational(sample.dataset), known_by(sample.dataset)
        chosen = chosen_question(columns, spec.column)
        rule = headline_measure(known[0], rules) if known else None
        if chosen is None:
            return OperationsResult(sample, rules, rule)
        by = chosen_question(open_questions(sample.dataset, sample.selection), spec.by)
        shown = [chosen, *(each for each in columns if each is not chosen)] if spec.every else [chosen]
        full, brief = [], []
        for question in columns:
            job.check()
            wanted = question in shown[:_MOST_ON_SHEET]
            facts = _facts(sample, question, rule, by if wanted else None, spec, rules, job, thorough=wanted)
            brief.append(facts)
            if wanted:
                full.append(facts)
        full.sort(key=lambda facts: shown.index(facts.question))
        return OperationsResult(sample, rules, rule, tuple(brief), tuple(full))

    def present(self, spec: OperationsSpec, result: OperationsResult) -> Section:
        """Everything about the chosen column, and the other columns in one table."""
        if not result.columns:
            return no_operations(self.key, self.title, result)
        return operations_section(self.key, self.title, result)


def _facts(
    sample: Sample,
    question: Question,
    rule: Measure | None,
    by: Question | None,
    spec: OperationsSpec,
    rules: Rules,
    job: Job,
    *,
    thorough: bool,
) -> ColumnFacts:
    meaning = meaning_of(question)
    if meaning is None:
        raise ValueError(f"{question.id} is no operational number")
    numbers, order = _numbers(sample, question, meaning)
    negative = 0
    if meaning is Meaning.TIME:
        numbers, negative = masked(numbers)
        order = order[negative:]
    usual = _usual(sample, question) if meaning is Meaning.TIME else 0.0
    values = Values.of(meaning, numbers, order, sample.weights, _limit(spec, usual))
    whole = everyone(values, say("All"), rules)
    by_score = breakdown(values, _scored(sample, rule, question), whole, rules, job) if rule is not None else None
    by_segment = breakdown(values, _split(sample, by, question), whole, rules, job) if by is not None else None
    worth = thorough and meaning in {Meaning.MONEY, Meaning.NUMBER}
    return ColumnFacts(
        question,
        meaning,
        shown_in(usual),
        values.limit,
        by_score,
        by_segment,
        whole,
        value_grid(sample, question, rule, rules) if worth and rule is not None else None,
        values.counted.heaviest(_HEAVIEST) if worth else (0, 0.0),
        negative,
    )


def _numbers(sample: Sample, question: Question, meaning: Meaning) -> tuple[Floats, NDArray[np.intp]]:
    """A column's values [respondents looked at]: seconds, amounts, or 1 where it happened and 0 where not.

    With the places of the known ones in ascending order.
    """
    answers = sample.dataset.answers[question.id]
    if meaning is Meaning.OUTCOME:
        happened = np.array([1.0, 0.0, np.nan])
        told: Floats = happened[sample.take(sample.dataset.codes(question.id))]
        return told, np.concatenate([np.flatnonzero(told == 0), np.flatnonzero(told == 1)])
    if answers.numbers is None:
        raise ValueError(f"{question.id} holds no numbers")
    numbers: Floats = sample.take(answers.numbers)
    return numbers, ascending(sample, question.id, answers.numbers)


def _usual(sample: Sample, question: Question) -> float:
    """The median time of all respondents of the survey, so that units and limits stay when a filter changes."""

    def make() -> float:
        numbers = sample.dataset.answers[question.id].numbers
        known = np.zeros(0) if numbers is None else numbers[numbers >= 0]
        return float(np.median(known)) if len(known) else 0.0

    return sample.shared(("usual", question.id), make)


def _limit(spec: OperationsSpec, usual: float) -> float:
    """The chosen limit, or else the first promise that at least half of the people would see kept."""
    if spec.limit.isdecimal() and float(spec.limit) > 0:
        return float(spec.limit)
    return next((limit for limit in _LIMITS if limit >= usual), _LIMITS[-1])


def _scored(sample: Sample, rule: Measure, question: Question) -> Grouping:
    """Detractors, passives and promoters, or who else scored low, in between and high."""
    codes = sample.take(score_codes(sample, rule))
    return Grouping(
        measure_name(rule), codes, ("bad", "middle", "good"), part_names(rule), question.id, score_key(rule)
    )


def _split(sample: Sample, by: Question, question: Question) -> Grouping:
    codes = sample.take(sample.dataset.codes(by.id))
    keys = tuple(f"group{code}" for code in range(by.size))
    names = tuple(answer_name(by, code) for code in range(by.size))
    return Grouping(by.text, codes, keys, names, question.id, by.id)
