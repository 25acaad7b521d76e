"""Joint counts of coded columns under a selection: the only code that touches every row.

A `Sample` is the respondents that a selection keeps. Everything that pages show starts from its integer counts, so
counts of a filter and of its opposite always add up to the whole. A `Tally` belongs to one dataset and remembers what
all its samples share: packed codes, who each condition keeps, and the counts of everybody. Keep one for as long as the
dataset is open and take samples from it; a sample made without one works the same, only slower.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import reduce
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.counted import Counted
from cxdesk.survey.dataset import Codes, Dataset
from cxdesk.survey.everybody import Everybody, beside, sealed, tallied
from cxdesk.survey.matching import Mask
from cxdesk.survey.packing import Counts, Digit, Pack
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind
from cxdesk.survey.selection import Condition, OneOf, Selection
from cxdesk.survey.weighting import Weighting

__all__ = ["Counted", "Counts", "Sample", "Tally"]

Made = TypeVar("Made")

_FEW = 4
"""Up to one respondent in so many it is cheaper to look at each of them than at everybody; so with cells."""


class Tally(Everybody):
    """The samples of one dataset, and what they share. Only remembers, so any thread may use it.

    ``weights`` (float64, one per respondent, none below zero) make `Sample.answers`, `Sample.table` and `Sample.ticks`
    weighted; who carries no weight (0) is left out of every sample; ``weighting`` says where they come from.
    """

    def sample(self, selection: Selection = Selection(), before: Sample | None = None) -> Sample:
        """The respondents that a selection keeps; ``before`` are those they are compared with."""
        return Sample(self.dataset, selection, self, before)


class Sample:
    """The respondents of a dataset that a selection keeps; remembers what it has counted.

    Counts are read-only arrays. One sample is for one thread at a time; different samples are independent.
    `counts`, `joint` and `ticked` count people; `answers`, `table` and `ticks` also know weights, and are what scores
    are made from. ``before`` holds the respondents that these are compared with, if there are any.
    """

    def __init__(
        self,
        dataset: Dataset,
        selection: Selection = Selection(),
        tally: Tally | None = None,
        before: Sample | None = None,
    ) -> None:
        """Nothing is counted until it is asked for. `KeyError` later if the selection names unknown questions.

        A tally of another dataset raises `ValueError`.
        """
        if tally is not None and tally.dataset is not dataset:
            raise ValueError("the tally belongs to another dataset")
        self.dataset = dataset
        self.selection = selection
        self.before = before
        self._tally = Tally(dataset) if tally is None else tally
        self._counted: dict[tuple[Pack, int], NDArray[Any]] = {}
        self._singles: dict[tuple[str, int | None, int], NDArray[Any]] = {}
        self._pairs: dict[tuple[str, str, int], NDArray[Any]] = {}
        self._insides: dict[tuple[Pack, int], Mapping[tuple[str, int | None], NDArray[Any]]] = {}
        self._mask: Mask | None = None
        self._size: int | None = None
        self._positions: dict[bool, NDArray[np.intp]] = {}
        self._wider: Sample | None = None
        self._made: dict[tuple[Hashable, ...], Any] = {}

    @property
    def size(self) -> int:
        """How many respondents are kept."""
        if self._size is None:
            masks = [self._tally.masks.mask(condition) for condition in self.selection.conditions]
            if self._tally.weighty is not None:
                masks.append(self._tally.weighty)
            if masks:
                self._mask = reduce(np.logical_and, masks)
                self._size = int(np.count_nonzero(self._mask))
            else:
                self._size = self.dataset.respondents
        return self._size

    @property
    def rows(self) -> NDArray[np.intp] | None:
        """The positions of the kept respondents in ascending order, or None if everybody is kept."""
        return None if self.size == self.dataset.respondents else self._where(kept=True)

    @property
    def weighted(self) -> bool:
        """Whether the respondents carry weights."""
        return self._tally.weights is not None

    @property
    def weights(self) -> NDArray[np.float64] | None:
        """The weight of each kept respondent, float64 [size]; None if nothing is weighted."""
        return None if self._tally.weights is None else self.take(self._tally.weights)

    def weights_of(self, places: NDArray[np.intp]) -> NDArray[np.float64] | None:
        """The weights of some respondents of the dataset, [places]; None if nothing is weighted."""
        return None if self._tally.weights is None else self._tally.weights.take(places)

    def places(self, mask: Mask) -> NDArray[np.intp]:
        """The positions of those of all respondents who are in ``mask`` and kept, ascending."""
        if _FEW * self.size > self.dataset.respondents:
            return np.flatnonzero(mask if self._mask is None else mask & self._mask)
        rows = self._where(kept=True)
        return rows.take(np.flatnonzero(mask.take(rows)))

    def shared(self, name: tuple[str, ...], make: Callable[[], Made]) -> Made:
        """Something about the whole survey that is worth remembering, such as the period of each respondent.

        ``name`` must tell it from everything else; ``make`` is called once for all samples of the survey.
        """
        found: Made = self._tally.shared(name, make)
        return found

    def once(self, name: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
        """The same for something about these respondents that several pages show, such as the score of each period."""
        found: Made | None = self._made.get(name)
        if found is None:
            found = self._made[name] = make()
        return found

    @property
    def weighting(self) -> Weighting | None:
        """Where the weights come from, if there are any and it is known."""
        return self._tally.weighting

    def narrowed(self, condition: Condition) -> Sample:
        """The respondents of this sample that also meet a condition; it takes the place of one on the same question.

        Nobody is compared with them, because ``before`` is about the whole sample.
        """
        return self._tally.sample(self.selection.replacing(condition))

    def without(self, *questions: str) -> Sample:
        """The respondents of this sample and those that conditions on these questions left out."""
        selection = self.selection
        for question in questions:
            selection = selection.without(question)
        if selection == self.selection:
            return self
        if self._wider is None or self._wider.selection != selection:
            self._wider = self._tally.sample(selection)
        return self._wider

    def counts(self, question: str) -> Counts:
        """Answers of a SCORE or CHOICE question: int64 [size + 1], the last entry counts "no answer"."""
        return self._answers(question, 0)

    def joint(self, question: str, by: str) -> Counts:
        """Answers of ``question`` within each answer of ``by``: int64 [by.size + 1, question.size + 1].

        Both are SCORE or CHOICE questions; the last row and column count "no answer".
        """
        return self._table(question, by, 0)

    def ticked(self, question: str) -> Counts:
        """A MULTIPLE question: int64 [options, 3] with the number of people not ticked, ticked, and not asked."""
        return self._ticks(question, 0)

    def answers(self, question: str) -> Counted:
        """`counts` with weights: [size + 1]."""
        return self._layers(lambda layer: self._answers(question, layer))

    def table(self, question: str, by: str) -> Counted:
        """`joint` with weights: [by.size + 1, question.size + 1]."""
        return self._layers(lambda layer: self._table(question, by, layer))

    def ticks(self, question: str) -> Counted:
        """`ticked` with weights: [options, 3]."""
        return self._layers(lambda layer: self._ticks(question, layer))

    def within(self, question: str, groups: Codes, size: int, name: str = "") -> Counted:
        """Answers of a SCORE or CHOICE question within any groups of people: [size, question.size + 1].

        ``groups`` [respondents of the dataset] holds codes below ``size``; those who belong nowhere have ``size``. With
        a ``name``, which tells these groups from all others of the survey, they are packed with the questions once.
        """
        asked = self.dataset.question(question)
        if not name:
            return self._layers(self._apart(self.take(self.dataset.codes(question)), asked.size + 1, groups, size))
        digit = self._tally.named(name, groups, size)
        return self._layers(lambda layer: self._inside(digit, asked, layer)[question, None][:size])

    def ticks_within(self, question: str, groups: Codes, size: int, name: str = "") -> Counted:
        """A MULTIPLE question within any groups of people: [size, options, 3], as `ticks`; groups as in `within`."""
        asked = self.dataset.question(question)
        if not asked.size:
            return Counted(np.zeros((size, 0, 3), dtype=np.int64))
        if name:
            digit = self._tally.named(name, groups, size)
            return self._layers(lambda layer: beside(self._inside(digit, asked, layer), asked)[:size])
        packs = self._tally.plan.by_multiple[question]
        counted = [self._apart(self.take(self._tally.codes(pack)), pack.cells, groups, size) for pack in packs]

        def layer(number: int) -> NDArray[Any]:
            parts = zip(packs, (count(number) for count in counted), strict=True)
            tables = {
                (at.question, at.option): table for pack, part in parts for at, table in pack.singles_within(part)
            }
            return beside(tables, asked)

        return self._layers(layer)

    def any_within(self, question: str, options: tuple[int, ...], groups: Codes, size: int, name: str = "") -> Counted:
        """Who ticked any of these options of a MULTIPLE question: [size, 3], not ticked, ticked, and not asked.

        Each person counts once; groups as in `within`.
        """
        if name:
            digit = self._tally.named(name, groups, size)
            packs = self._tally.within(digit, self.dataset.question(question))
            if len(packs) == 1:
                return self._layers(lambda layer: self._any_in(packs[0], options, layer)[:size])
        known = ("any", question, *map(str, options))
        state = self.shared(known, lambda: self._any_of(question, options))
        if not name:
            return self._layers(self._apart(self.take(state), 3, groups, size))
        digit, ticked = self._tally.named(name, groups, size), self._tally.named("\0".join(known), state, 2)
        pack = Pack((digit,), (ticked,))
        return self._layers(lambda layer: sealed(self._count(pack, layer).reshape(size + 1, 3)[:size]))

    def any_ticked(self, question: str, options: tuple[int, ...]) -> Counted:
        """`any_within` of everybody: [3]."""
        packs = self._tally.plan.by_multiple[question]
        if len(packs) == 1:
            return self._layers(lambda layer: self._any_in(packs[0], options, layer)[0])
        everybody = np.zeros(self.dataset.respondents, dtype=np.uint8)
        return self.any_within(question, options, everybody, 1, "everybody")[0]

    def sizes(self, groups: Codes, size: int, name: str = "") -> Counts:
        """How many people are in each group: int64 [size]; groups as in `within`."""
        if name:
            digit = self._tally.named(name, groups, size)
            counted = (pack for pack, layer in list(self._counted) if digit in pack.splits and not layer)
            pack = next(counted, None) or self._tally.along(digit)
            return sealed(next(counts for each, counts in pack.singles(self._count(pack, 0)) if each == digit)[:size])
        return sealed(tallied(self.take(groups), size + 1, None)[:size])

    def _any_in(self, pack: Pack, options: tuple[int, ...], layer: int) -> NDArray[Any]:
        """Who ticked any of these options, from a pack of all options of a question: [groups, 3]."""
        states = self._tally.any_states(pack, options)
        cells = self._count(pack, layer).reshape(-1, len(states))
        return sealed(np.stack([cells[:, states == state].sum(axis=1) for state in range(3)], axis=1))

    def _any_of(self, question: str, options: tuple[int, ...]) -> Codes:
        masks, whole = self._tally.masks, self.dataset.question(question).size
        state = masks.mask(OneOf(question, options)).astype(np.uint8)
        state[masks.mask(OneOf(question, (whole,)))] = 2
        return state

    def _inside(self, groups: Digit, question: Question, layer: int) -> Mapping[tuple[str, int | None], NDArray[Any]]:
        """The tables of a question, or of its options, within named groups: [groups + 1, answers]."""
        found: dict[tuple[str, int | None], NDArray[Any]] = {}
        for pack in self._tally.within(groups, question):
            tables = self._insides.get((pack, layer))
            if tables is None:
                counts = self._count(pack, layer)
                tables = {(at.question, at.option): sealed(table) for at, _, table in pack.tables(counts)}
                self._insides[pack, layer] = tables
            found |= tables
        return found

    def _apart(self, codes: Codes, wide: int, groups: Codes, size: int) -> Callable[[int], NDArray[Any]]:
        """Counts codes [kept respondents] below ``wide`` within groups, for each layer: [size, wide]."""
        cells = (size + 1) * wide
        packed = self.take(groups).astype(np.int64 if cells > 1 << 32 else np.uint32)
        np.multiply(packed, packed.dtype.type(wide), out=packed)
        np.add(packed, codes, out=packed, casting="unsafe")

        def layer(number: int) -> NDArray[Any]:
            weights = self._tally.layer(number)
            counts = tallied(packed, cells, None if weights is None else self.take(weights))
            return sealed(counts.reshape(size + 1, wide)[:size])

        return layer

    def ticked_any(self, question: str) -> int:
        """How many people ticked at least one option of a MULTIPLE question."""
        asked = self.dataset.question(question)
        if asked.kind is not Kind.MULTIPLE:
            raise KeyError(question)
        return int(self.any_ticked(question, tuple(range(asked.size))).people[1])

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

    def _layers(self, count: Callable[[int], NDArray[Any]]) -> Counted:
        people = count(0)
        return Counted(people, count(1), count(2)) if self.weighted else Counted(people)

    def _answers(self, question: str, layer: int) -> NDArray[Any]:
        found = self._singles.get((question, None, layer))
        if found is None:
            asked = self.dataset.question(question)
            pack = self._tally.plan.single(asked)
            if self._few_for(pack):
                weights = self._tally.layer(layer)
                codes = self.take(self.dataset.codes(question))
                counts = tallied(codes, asked.size + 1, None if weights is None else self.take(weights))
                self._singles[question, None, layer] = sealed(counts)
            else:
                self._single(pack, layer)
            found = self._singles[question, None, layer]
        return found

    def _table(self, question: str, by: str, layer: int) -> NDArray[Any]:
        found = self._pairs.get((question, by, layer))
        if found is None:
            asked, split_by = self.dataset.question(question), self.dataset.question(by)
            pack = self._tally.plan.pair(asked, split_by)
            if self._few_for(pack):
                codes = self.take(self.dataset.codes(question))
                found = self._apart(codes, asked.size + 1, self.dataset.codes(by), split_by.size + 1)(layer)
                self._pairs[question, by, layer] = found
                return found
            for measure, split, table in pack.tables(self._count(pack, layer)):
                self._pairs[measure.question, split.question, layer] = sealed(table)
            found = self._pairs[question, by, layer]
        return found

    def _ticks(self, question: str, layer: int) -> NDArray[Any]:
        asked = self.dataset.question(question)
        for pack in self._tally.plan.by_multiple[question]:
            if (question, pack.measures[0].option, layer) not in self._singles:
                self._single(pack, layer)
        rows = [self._singles[question, option, layer] for option in range(asked.size)]
        return sealed(np.array(rows, dtype=np.float64 if layer else np.int64).reshape(asked.size, 3))

    def _few_for(self, pack: Pack) -> bool:
        """Whether so few are kept that the table of a pack costs more than counting a question by itself."""
        return _FEW * self.size <= pack.cells

    def _single(self, pack: Pack, layer: int) -> None:
        for digit, counts in pack.singles(self._count(pack, layer)):
            self._singles[digit.question, digit.option, layer] = sealed(counts)

    def _count(self, pack: Pack, layer: int) -> NDArray[Any]:
        """How often each packed code occurs here. Counts the smaller side: the kept, or those who were left out."""
        found = self._counted.get((pack, layer))
        if found is None:
            if self.size == self.dataset.respondents:
                found = self._tally.total(pack, layer)
            elif layer or 2 * self.size <= self.dataset.respondents:
                # Weights are added up, never taken away from the whole: what rounding leaves would look like people.
                found = self._part(pack, layer, kept=True)
            else:
                found = self._tally.total(pack) - self._part(pack, 0, kept=False)
            self._counted[pack, layer] = found
        return found

    def _part(self, pack: Pack, layer: int, *, kept: bool) -> NDArray[Any]:
        rows, weights = self._where(kept=kept), self._tally.layer(layer)
        codes = self._tally.codes(pack).take(rows)
        return tallied(codes, pack.cells, None if weights is None else weights.take(rows))

    def _where(self, *, kept: bool) -> NDArray[np.intp]:
        found = self._positions.get(kept)
        if found is None:
            if self._mask is None:
                found = np.arange(self.size if kept else 0, dtype=np.intp)
            else:
                found = np.flatnonzero(self._mask if kept else ~self._mask)
            self._positions[kept] = found
        return found
