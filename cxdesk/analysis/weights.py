"""The weight of each respondent, as a person asked for it; what cannot be weighted is refused in words.

Weights come from a column of the file, or are found by raking, so that the shares of groups match what is known about
everybody. What the weights cost, and where they become risky, is told by `weights_report` (METHODS.md 1.8, 3.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.stats import weighting as raking
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import GROUPING, Kind
from cxdesk.survey.selection import answer_name
from cxdesk.survey.weighting import Margin, Weighting
from cxdesk.text import Format, Label, Listed, Number, Text, say, say_n

Weights = NDArray[np.float64]

CAPS = (5.0, 3.0, 0.0)
"""The largest weights that people may choose from; 0 is no cap."""

SUM_WITHIN = 0.005
_SMALL_CELL = 20
_LARGE_WEIGHT = 3.0
_LARGE_DEFF = 2.0
_FEW = 30
_MET_WITHIN = 0.005


class WeightsRefused(Exception):
    """The respondents cannot be weighted like that: ``reason`` says why and what to do."""

    def __init__(self, reason: Text) -> None:
        """Keep the words; the message of the exception holds no data."""
        super().__init__("weights")
        self.reason = reason


def weights_of(dataset: Dataset, weighting: Weighting) -> Weights:
    """One weight per respondent, float64 [n] with mean 1 over those who carry any. Raises `WeightsRefused`.

    A weight of 0 leaves a respondent out; blank or negative weights stop everything (METHODS.md 1.8).
    """
    if weighting.column:
        return _scaled(_column(dataset, weighting.column))
    return _raked(dataset, weighting)


def weighable(dataset: Dataset) -> tuple[Question, ...]:
    """The questions whose groups can be given target shares, in the order of the file."""
    return tuple(question for question in dataset.with_role(*GROUPING) if question.size >= 2)


def sums_to_one(targets: tuple[float, ...]) -> bool:
    """Whether shares add up to 100%, give or take half a percentage point."""
    return abs(sum(targets) - 1) <= SUM_WITHIN + 1e-9


def _column(dataset: Dataset, question: str) -> Weights:
    answers = dataset.answers.get(question)
    numbers = None if answers is None else answers.numbers
    if numbers is None:
        raise WeightsRefused(say("This column holds no numbers, so it cannot weight anybody."))
    wrong = ~(numbers >= 0) | np.isinf(numbers)
    if wrong.any():
        raise WeightsRefused(
            say_n(
                "1 respondent has no usable weight (row {row} of the answers). Weights must be numbers from 0 up.",
                "{count} respondents have no usable weight (the first is row {row} of the answers). "
                "Weights must be numbers from 0 up.",
                int(wrong.sum()),
                row=int(np.flatnonzero(wrong)[0]) + 1,
            )
        )
    if not (numbers > 0).any():
        raise WeightsRefused(say("All weights are 0, so nobody would count."))
    return numbers


def _scaled(weights: Weights) -> Weights:
    return np.asarray(weights / weights[weights > 0].mean(), dtype=np.float64)


def _raked(dataset: Dataset, weighting: Weighting) -> Weights:
    if not weighting.margins:
        raise WeightsRefused(say("Give target shares for at least one column."))
    if 0 < weighting.cap <= 1:
        raise WeightsRefused(say("The largest weight must be more than 1."))
    margins = [_checked(dataset, margin) for margin in weighting.margins]
    return raking.rake(margins, cap=weighting.cap or None).weights


def _checked(dataset: Dataset, margin: Margin) -> raking.Margin:
    """The margin for raking, or the first thing that is wrong with it."""
    question = next((each for each in dataset.questions if each.id == margin.question), None)
    if question is None or question.kind is not Kind.CHOICE or len(margin.targets) != question.size:
        raise WeightsRefused(say("The targets were made for other columns. Choose the column and type them again."))
    codes = dataset.codes(question.id)
    people = np.bincount(codes, minlength=question.size + 1)[: question.size]
    if not people.any():
        raise WeightsRefused(say("Nobody answered “{question}”, so it cannot be used.", question=question.text))
    targets = np.asarray(margin.targets, dtype=np.float64)
    if not np.isfinite(targets).all() or (targets < 0).any():
        raise WeightsRefused(say("The targets of “{question}” must be shares from 0% up.", question=question.text))
    for code in range(question.size):
        name = answer_name(question, code)
        facts: dict[str, Label] = {"answer": name, "question": question.text}
        if people[code] and not targets[code]:
            raise WeightsRefused(
                say_n(
                    "“{answer}” ({question}) has no target, but 1 person answered so. Give it a share.",
                    "“{answer}” ({question}) has no target, but {count} people answered so. Give it a share.",
                    int(people[code]),
                    **facts,
                )
            )
        if targets[code] and not people[code]:
            raise WeightsRefused(
                say(
                    "“{answer}” ({question}) has a target, but nobody answered so: there is no one to give weight to. "
                    "Set it to 0 and share it among similar answers.",
                    **facts,
                )
            )
    if not sums_to_one(margin.targets):
        raise WeightsRefused(
            say(
                "The targets of “{question}” add up to {sum}, not 100%. Change them, or let them be scaled to 100%.",
                question=question.text,
                sum=_percent(float(targets.sum())),
            )
        )
    known = np.where(codes < question.size, codes.astype(np.int64), -1)
    return raking.Margin(known, (targets / targets.sum()).tolist())


def _percent(share: float) -> Text:
    """A share with up to two decimals: 97.25%."""
    return say("{number}%", number=Number(100 * share, Format.GENERAL))


@dataclass(frozen=True, slots=True)
class MarginReport:
    """One column that was weighted by: the shares among those who answered it, one entry per answer.

    ``people`` are the respondents per answer, ``before`` their shares, ``targets`` what was asked for, ``achieved`` the
    weighted shares. ``missing`` people did not answer; together they keep their share.
    """

    question: Question
    people: tuple[int, ...]
    before: tuple[float, ...]
    targets: tuple[float, ...]
    achieved: tuple[float, ...]
    missing: int

    @property
    def met(self) -> bool:
        """Whether every share is within half a percentage point of its target."""
        pairs = zip(self.targets, self.achieved, strict=True)
        return all(abs(target - achieved) <= _MET_WITHIN for target, achieved in pairs)


@dataclass(frozen=True, slots=True)
class WeightsReport:
    """What weights do to a survey: ``people`` who carry any, Kish's ``effective`` base, and the ``largest`` weight."""

    weighting: Weighting
    people: int
    effective: float
    largest: float
    margins: tuple[MarginReport, ...]

    @property
    def deff(self) -> float:
        """The design effect: how many weighted people carry the precision of one unweighted person."""
        return self.people / self.effective

    @property
    def capped(self) -> bool:
        """Whether the cap holds weights down."""
        return bool(self.margins) and bool(self.weighting.cap) and self.largest >= self.weighting.cap - 1e-6


def weights_report(everyone: Sample, weighting: Weighting) -> WeightsReport:
    """Describe the weights of a sample of everybody that was made with ``weighting``."""
    weights = everyone.weights
    if weights is None or not len(weights):
        raise ValueError("the sample carries no weights")
    return WeightsReport(
        weighting,
        len(weights),
        float(weights.sum() ** 2 / (weights * weights).sum()),
        float(weights.max()),
        tuple(_margin_report(everyone, margin) for margin in weighting.margins),
    )


def _margin_report(everyone: Sample, margin: Margin) -> MarginReport:
    question = everyone.dataset.question(margin.question)
    answers = everyone.answers(question.id)
    people, amount = answers.people[: question.size], answers.amount[: question.size]
    whole = sum(margin.targets)
    return MarginReport(
        question,
        tuple(people.tolist()),
        tuple((people / max(people.sum(), 1)).tolist()),
        tuple(target / whole for target in margin.targets),
        tuple((amount / max(amount.sum(), 1e-300)).tolist()),
        int(answers.people[question.size]),
    )


def cautions(report: WeightsReport) -> tuple[Text, ...]:
    """Where these weights are risky, and what to do about it; nothing if there is nothing to say (METHODS.md 3.1)."""
    found: list[Text] = []
    if report.deff > _LARGE_DEFF:
        found.append(
            say(
                "The weights cost more than half of the precision: {people} answers carry the precision of "
                "{effective}. Weight by fewer columns, or accept a lower cap.",
                people=report.people,
                effective=round(report.effective),
            )
        )
    if report.effective < _FEW:
        found.append(
            say("Weighted, the answers carry the precision of fewer than {few}: groups are not compared.", few=_FEW)
        )
    for margin in report.margins:
        for code, people in enumerate(margin.people):
            if margin.targets[code] and people < _SMALL_CELL:
                found.append(
                    say_n(
                        "Only 1 person answered “{answer}” ({question}). Groups under {least} make weights jump from "
                        "survey to survey; a column with fewer, larger groups is safer.",
                        "Only {count} people answered “{answer}” ({question}). Groups under {least} make weights jump "
                        "from survey to survey; a column with fewer, larger groups is safer.",
                        people,
                        answer=answer_name(margin.question, code),
                        question=margin.question.text,
                        least=_SMALL_CELL,
                    )
                )
    if report.largest > _LARGE_WEIGHT and report.margins:
        found.append(
            say(
                "The largest weight is {largest}: one person counts like {largest} people.",
                largest=Number(report.largest, Format.MEAN),
            )
        )
    if not all(margin.met for margin in report.margins):
        if report.capped:
            found.append(
                say(
                    "No weight may pass {cap}, so the targets are met only nearly. The table shows what was achieved.",
                    cap=Number(report.weighting.cap, Format.GENERAL),
                )
            )
        else:
            found.append(
                say("These targets contradict each other and cannot all be met. Check that they have one source.")
            )
    return tuple(found)


def weighting_name(dataset: Dataset, weighting: Weighting) -> Text:
    """What people are weighted by, in a few words: the column of weights, or the columns with targets."""
    used = [weighting.column] if weighting.column else [margin.question for margin in weighting.margins]
    names = tuple(question.text for question in dataset.questions if question.id in used)
    return say("Weighted: {columns}", columns=Listed(names))


def weights_summary(report: WeightsReport) -> Text:
    """What the weights do, in one sentence (METHODS.md 8)."""
    facts: dict[str, int | Number] = {
        "people": report.people,
        "effective": round(report.effective),
        "deff": Number(report.deff, Format.GENERAL),
        "largest": Number(report.largest, Format.GENERAL),
    }
    return say(
        "{people} answers carry the precision of {effective}; design effect {deff}; largest weight {largest}.", **facts
    )
