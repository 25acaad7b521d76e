"""Several questions counted in one pass: their answers are packed into one number per respondent.

A recommendation of 9 in the North from a business customer becomes one small code. One count of these codes holds the
table of every pair of questions in it, so a page with many tables touches the rows a few times instead of once for
each table. Codes are kept below 65,536 so that a count table stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.dataset import Codes, Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import GROUPING, SCORED, Kind, Role

Counts = NDArray[np.int64]

LARGEST = 1 << 16
COUNTABLE = frozenset({Kind.SCORE, Kind.CHOICE})
_NO_GROUPS: Mapping[str, Codes] = MappingProxyType({})
_ORDER = (Role.RECOMMEND, Role.SATISFACTION, Role.EFFORT, Role.RATING)


@dataclass(frozen=True, slots=True)
class Digit:
    """One question inside a packed code, or one option of a multiple-answer question.

    ``size`` is the number of its codes, "no answer" included. Groups of people that are no question, such as months,
    have the name that they are known by instead.
    """

    question: str
    size: int
    option: int | None = None

    def codes(self, dataset: Dataset, groups: Mapping[str, Codes]) -> Codes:
        """The codes [n] that this digit stands for; ``groups`` holds those of people who are no answers."""
        if self.question in groups:
            return groups[self.question]
        codes = dataset.codes(self.question)
        return codes if self.option is None else codes[self.option]


@dataclass(frozen=True, slots=True)
class Pack:
    """Digits that are counted together: tables exist for every pair of a ``split`` and a ``measure``."""

    splits: tuple[Digit, ...]
    measures: tuple[Digit, ...]

    @property
    def digits(self) -> tuple[Digit, ...]:
        """All digits, the leading one first."""
        return self.splits + self.measures

    @property
    def cells(self) -> int:
        """The number of different packed codes."""
        return prod(digit.size for digit in self.digits)

    def codes(self, dataset: Dataset, groups: Mapping[str, Codes] = _NO_GROUPS) -> Codes:
        """The packed code of each respondent: uint16 [n] if it fits, otherwise uint32 or int64."""
        first, *others = self.digits
        if not others:
            return first.codes(dataset, groups)
        kind = np.uint16 if self.cells <= LARGEST else np.uint32 if self.cells <= 1 << 32 else np.int64
        packed = first.codes(dataset, groups).astype(kind)
        for digit in others:
            np.multiply(packed, kind(digit.size), out=packed)
            np.add(packed, digit.codes(dataset, groups), out=packed, casting="unsafe")
        return packed

    def tables(self, counts: Counts) -> Iterator[tuple[Digit, Digit, Counts]]:
        """Each (measure, split, table) of this pack: ``counts`` is [cells], a table is [split.size, measure.size]."""
        heights = [digit.size for digit in self.splits]
        widths = [digit.size for digit in self.measures]
        block = counts.reshape(prod(heights), -1, 1)
        for measure, narrow in zip(self.measures, _marginals(block, widths), strict=True):
            for split, table in zip(self.splits, _marginals(narrow.reshape(1, -1, measure.size), heights), strict=True):
                yield measure, split, table.reshape(split.size, measure.size)

    def singles(self, counts: Counts) -> Iterator[tuple[Digit, Counts]]:
        """Each (digit, counts [digit.size]) of this pack; ``counts`` is [cells]."""
        sizes = [digit.size for digit in self.digits]
        for digit, table in zip(self.digits, _marginals(counts.reshape(1, -1, 1), sizes), strict=True):
            yield digit, table.ravel()

    def singles_within(self, counts: NDArray[Any]) -> Iterator[tuple[Digit, NDArray[Any]]]:
        """Each (digit, counts [groups, digit.size]) of this pack; ``counts`` is [groups, cells]."""
        sizes = [digit.size for digit in self.digits]
        for digit, table in zip(self.digits, _marginals(counts[:, :, None], sizes), strict=True):
            yield digit, table.reshape(len(counts), digit.size)


def _marginals(block: NDArray[Any], sizes: Sequence[int]) -> Iterator[NDArray[Any]]:
    """Sum ``block`` [a, prod(sizes), b] down to each of its middle digits: yields [a, size, b], halving as it goes."""
    if len(sizes) <= 1:
        yield block
        return
    half = len(sizes) // 2
    front, back = sizes[:half], sizes[half:]
    parted = block.reshape(block.shape[0], prod(front), prod(back), block.shape[2])
    yield from _marginals(parted.sum(axis=2), front)
    yield from _marginals(parted.sum(axis=1), back)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which packs a dataset is counted with, and which pack answers which request."""

    by_pair: Mapping[tuple[str, str], Pack]
    by_question: Mapping[str, Pack]
    by_multiple: Mapping[str, tuple[Pack, ...]]

    @property
    def packs(self) -> frozenset[Pack]:
        """All packs of the plan."""
        ticks = (pack for packs in self.by_multiple.values() for pack in packs)
        return frozenset((*self.by_pair.values(), *self.by_question.values(), *ticks))

    def pair(self, question: Question, by: Question) -> Pack:
        """The pack with the table of a question within another; made for this request if it was not foreseen."""
        return self.by_pair.get((question.id, by.id)) or Pack((_digit(by),), (_digit(question),))

    def single(self, question: Question) -> Pack:
        """The pack with the counts of one question."""
        return self.by_question.get(question.id) or Pack((), (_digit(question),))


def plan(dataset: Dataset) -> Plan:
    """Foresee the tables that pages ask for: each scored question within each segment, and each question by itself.

    Tables stay smaller than the number of respondents: for few people, many small counts beat one large one.
    """
    limit = max(256, min(LARGEST, dataset.respondents))
    segments = [question for question in dataset.with_role(*GROUPING) if question.kind in COUNTABLE]
    scores = list(map(_digit, scored(dataset)))
    packs = [
        Pack(splits, measures)
        for splits in _grouped(sorted(map(_digit, segments), key=lambda digit: -digit.size), int(limit**0.5))
        for measures in _grouped(scores, limit // _cells(splits))
    ]
    by_pair = {
        (measure.question, split.question): pack for pack in packs for measure in pack.measures for split in pack.splits
    }
    widest_last = sorted(
        packs or [Pack((), group) for group in _grouped(scores, limit)], key=lambda pack: len(pack.measures)
    )
    # The answers to a segment come from the first pack that holds it: its tables are what most pages ask for.
    by_question = {digit.question: pack for pack in reversed(packs) for digit in pack.splits}
    by_question |= {digit.question: pack for pack in widest_last for digit in pack.measures}
    by_multiple = {
        question.id: tuple(Pack((), group) for group in _grouped(_options(question), limit))
        for question in dataset.questions
        if question.kind is Kind.MULTIPLE
    }
    return Plan(by_pair, by_question, by_multiple)


def plan_within(dataset: Dataset, groups: Digit, question: Question) -> tuple[Pack, ...]:
    """The packs with the tables of a question within groups of people that are no question.

    Scored questions share packs, those that a survey is known by first; so do the options of a multiple answer.
    """
    own = _options(question) if question.kind is Kind.MULTIPLE else [_digit(question)]
    scores = list(map(_digit, scored(dataset)))
    limit = max(256, min(LARGEST, dataset.respondents)) // groups.size
    packed = _grouped(scores if own[0] in scores else own, limit) if own else []
    return tuple(Pack((groups,), measures) for measures in packed if not set(own).isdisjoint(measures))


def scored(dataset: Dataset) -> list[Question]:
    """The scored questions that can be counted, those that a survey is known by first."""
    found = [question for question in dataset.with_role(*SCORED) if question.kind in COUNTABLE]
    return sorted(found, key=lambda question: _ORDER.index(question.role))


def _digit(question: Question) -> Digit:
    if question.kind not in COUNTABLE:
        raise KeyError(question.id)
    return Digit(question.id, question.size + 1)


def _options(question: Question) -> list[Digit]:
    return [Digit(question.id, 3, option) for option in range(question.size)]


def _cells(digits: tuple[Digit, ...]) -> int:
    return prod(digit.size for digit in digits)


def _grouped(digits: Sequence[Digit], limit: int) -> list[tuple[Digit, ...]]:
    """Put digits into as few groups as they fit without passing ``limit`` cells; first fit, in the given order."""
    groups: list[tuple[Digit, ...]] = []
    for digit in digits:
        for index, group in enumerate(groups):
            if _cells(group) * digit.size <= limit:
                groups[index] = (*group, digit)
                break
        else:
            groups.append((digit,))
    return groups
