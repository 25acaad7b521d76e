"""Joint counts of coded columns under a selection: the only code that touches every row.

A `Sample` is the respondents that a selection keeps. Everything that pages show starts from its integer counts, so
counts of a filter and of its opposite always add up to the whole. A `Tally` belongs to one dataset and remembers what
all its samples share: packed codes, who each condition keeps, and the counts of everybody. Keep one for as long as the
dataset is open and take samples from it; a sample made without one works the same, only slower.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.dataset import Codes, Dataset
from cxdesk.survey.matching import Mask, chosen, mentioned, plain_letters, within
from cxdesk.survey.packing import Counts, Pack, Plan, plan
from cxdesk.survey.role import Kind
from cxdesk.survey.selection import Between, Condition, Mentions, OneOf, Selection

__all__ = ["Counts", "Sample", "Tally"]

_KEPT_MASKS = 24
_KEPT_BYTES = 200_000_000


class Tally:
    """What the samples of one dataset share. Only remembers, so any thread may use it."""

    def __init__(self, dataset: Dataset) -> None:
        """Nothing is counted until it is asked for."""
        self.dataset = dataset
        self._lock = threading.Lock()
        self._plan: Plan | None = None
        self._codes: dict[Pack, Codes] = {}
        self._totals: dict[Pack, Counts] = {}
        self._masks: dict[Condition, Mask] = {}
        self._texts: dict[int, tuple[str, ...]] = {}
        self._anything: dict[str, Mask] = {}

    def sample(self, selection: Selection = Selection()) -> Sample:
        """The respondents that a selection keeps."""
        return Sample(self.dataset, selection, self)

    @property
    def plan(self) -> Plan:
        """Which questions are counted together."""
        if self._plan is None:
            self._plan = plan(self.dataset)
        return self._plan

    def codes(self, pack: Pack) -> Codes:
        """The packed codes [n]; remembered if the plan foresaw the pack and memory allows."""
        found = self._codes.get(pack)
        if found is not None:
            return found
        codes = pack.codes(self.dataset)
        with self._lock:
            used = sum(other.nbytes for other in self._codes.values())
            if pack in self.plan.packs and used + codes.nbytes <= _KEPT_BYTES:
                self._codes[pack] = codes
        return codes

    def total(self, pack: Pack) -> Counts:
        """How often each packed code occurs among all respondents: int64 [cells]."""
        found = self._totals.get(pack)
        if found is None:
            found = _count(self.codes(pack), pack.cells)
            self._totals[pack] = found
        return found

    def mask(self, condition: Condition) -> Mask:
        """Who a condition keeps, bool [n]; raises `KeyError` if its question does not exist or has no such answers."""
        found = self._masks.get(condition)
        if found is None:
            found = self._match(condition)
            with self._lock:
                while len(self._masks) >= _KEPT_MASKS:
                    del self._masks[next(iter(self._masks))]
                self._masks[condition] = found
        return found

    def ticked_any(self, question: str) -> Mask:
        """Who ticked at least one option of a MULTIPLE question, bool [n]."""
        found = self._anything.get(question)
        if found is None:
            found = (self.dataset.codes(question) == 1).any(axis=0)
            self._anything[question] = found
        return found

    def _match(self, condition: Condition) -> Mask:
        asked = self.dataset.question(condition.question)
        answers = self.dataset.answers[asked.id]
        match condition:
            case OneOf():
                return chosen(condition, asked.kind, answers)
            case Between():
                return within(condition, answers)
            case Mentions():
                columns = ((self.dataset.columns[position], self._plain(position)) for position in asked.columns)
                return mentioned(condition.words, columns, self.dataset.respondents)

    def _plain(self, position: int) -> tuple[str, ...]:
        found = self._texts.get(position)
        if found is None:
            found = tuple(map(plain_letters, self.dataset.columns[position].values))
            self._texts[position] = found
        return found


class Sample:
    """The respondents of a dataset that a selection keeps; remembers what it has counted.

    Counts are read-only arrays. One sample is for one thread at a time; different samples are independent.
    """

    def __init__(self, dataset: Dataset, selection: Selection = Selection(), tally: Tally | None = None) -> None:
        """Nothing is counted until it is asked for. `KeyError` later if the selection names unknown questions.

        A tally of another dataset raises `ValueError`.
        """
        if tally is not None and tally.dataset is not dataset:
            raise ValueError("the tally belongs to another dataset")
        self.dataset = dataset
        self.selection = selection
        self._tally = Tally(dataset) if tally is None else tally
        self._counted: dict[Pack, Counts] = {}
        self._singles: dict[tuple[str, int | None], Counts] = {}
        self._pairs: dict[tuple[str, str], Counts] = {}
        self._mask: Mask | None = None
        self._size: int | None = None
        self._positions: dict[bool, NDArray[np.intp]] = {}

    @property
    def size(self) -> int:
        """How many respondents are kept."""
        if self._size is None:
            masks = [self._tally.mask(condition) for condition in self.selection.conditions]
            if masks:
                self._mask = masks[0] if len(masks) == 1 else np.logical_and.reduce(masks)
                self._size = int(np.count_nonzero(self._mask))
            else:
                self._size = self.dataset.respondents
        return self._size

    @property
    def rows(self) -> NDArray[np.intp] | None:
        """The positions of the kept respondents in ascending order, or None if everybody is kept."""
        return None if self.size == self.dataset.respondents else self._where(kept=True)

    def counts(self, question: str) -> Counts:
        """Answers of a SCORE or CHOICE question: int64 [size + 1], the last entry counts "no answer"."""
        found = self._singles.get((question, None))
        if found is None:
            self._single(self._tally.plan.single(self.dataset.question(question)))
            found = self._singles[question, None]
        return found

    def joint(self, question: str, by: str) -> Counts:
        """Answers of ``question`` within each answer of ``by``: int64 [by.size + 1, question.size + 1].

        Both are SCORE or CHOICE questions; the last row and column count "no answer".
        """
        found = self._pairs.get((question, by))
        if found is None:
            pack = self._tally.plan.pair(self.dataset.question(question), self.dataset.question(by))
            for measure, split, table in pack.tables(self._count(pack)):
                self._pairs[measure.question, split.question] = _sealed(table)
            found = self._pairs[question, by]
        return found

    def ticked(self, question: str) -> Counts:
        """A MULTIPLE question: int64 [options, 3] with the number of people not ticked, ticked, and not asked."""
        asked = self.dataset.question(question)
        for pack in self._tally.plan.by_multiple[question]:
            if (question, pack.measures[0].option) not in self._singles:
                self._single(pack)
        rows = [self._singles[question, option] for option in range(asked.size)]
        return _sealed(np.array(rows, dtype=np.int64).reshape(asked.size, 3))

    def ticked_any(self, question: str) -> int:
        """How many people ticked at least one option of a MULTIPLE question."""
        if self.dataset.question(question).kind is not Kind.MULTIPLE:
            raise KeyError(question)
        anything = self._tally.ticked_any(question)
        if self.size == self.dataset.respondents or self._mask is None:
            return int(np.count_nonzero(anything))
        return int(np.count_nonzero(anything & self._mask))

    def dates(self, question: str) -> tuple[float, float, int] | None:
        """First and last day (days since 1970-01-01) and number of answers of a DATE question; None without any."""
        numbers = self.dataset.answers[question].numbers
        if numbers is None:
            raise KeyError(question)
        kept = self.take(numbers)
        known = kept[~np.isnan(kept)]
        if not len(known):
            return None
        return float(np.floor(known.min())), float(np.floor(known.max())), len(known)

    def take(self, array: NDArray[Any]) -> NDArray[Any]:
        """The entries of a per-respondent array (last axis) that belong to kept respondents."""
        rows = self.rows
        return array if rows is None else array.take(rows, axis=-1)

    def _single(self, pack: Pack) -> None:
        for digit, counts in pack.singles(self._count(pack)):
            self._singles[digit.question, digit.option] = _sealed(counts)

    def _count(self, pack: Pack) -> Counts:
        """How often each packed code occurs here. Counts the smaller side: the kept, or those who were left out."""
        found = self._counted.get(pack)
        if found is None:
            if self.size == self.dataset.respondents:
                found = self._tally.total(pack)
            elif 2 * self.size <= self.dataset.respondents:
                found = _count(self._tally.codes(pack).take(self._where(kept=True)), pack.cells)
            else:
                left_out = _count(self._tally.codes(pack).take(self._where(kept=False)), pack.cells)
                found = self._tally.total(pack) - left_out
            self._counted[pack] = found
        return found

    def _where(self, *, kept: bool) -> NDArray[np.intp]:
        found = self._positions.get(kept)
        if found is None:
            if self._mask is None:
                found = np.arange(self.size if kept else 0, dtype=np.intp)
            else:
                found = np.flatnonzero(self._mask if kept else ~self._mask)
            self._positions[kept] = found
        return found


def _count(codes: Codes, cells: int) -> Counts:
    return np.bincount(codes, minlength=cells).astype(np.int64, copy=False)


def _sealed(counts: Counts) -> Counts:
    counts.setflags(write=False)
    return counts
