"""What all samples of one dataset share: packed codes, who each condition keeps, the counts of everybody.

A million answers are packed once, when a page first asks for them; every filter after that only counts.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.dataset import Codes, Dataset
from cxdesk.survey.matching import Mask, Masks
from cxdesk.survey.packing import Digit, Pack, Plan, plan, plan_within, scored
from cxdesk.survey.question import Question
from cxdesk.survey.weighting import Weighting

_KEPT_BYTES = 200_000_000
_NO_QUESTION = "\0"
"""What the names of groups begin with inside a pack; no question's name does."""


class Everybody:
    """What the samples of one dataset share. Only remembers, so any thread may use it.

    ``weights`` (float64, one per respondent, none below zero) make `Sample.answers`, `Sample.table` and `Sample.ticks`
    weighted; who carries no weight (0) is left out of every sample; ``weighting`` says where they come from. Raises
    `ValueError` if they do not fit.
    """

    def __init__(
        self, dataset: Dataset, weights: NDArray[np.float64] | None = None, weighting: Weighting | None = None
    ) -> None:
        """Nothing is counted until it is asked for."""
        if weights is not None and (weights.shape != (dataset.respondents,) or not np.all(weights >= 0)):
            raise ValueError("one weight, not below zero, for each respondent")
        self.dataset = dataset
        self.weights = weights
        self.weighting = weighting
        self.masks = Masks(dataset)
        self._squares = None if weights is None else weights * weights
        self._lock = threading.Lock()
        self._plan: Plan | None = None
        self._codes: dict[Pack, Codes] = {}
        self._totals: dict[tuple[Pack, int], NDArray[Any]] = {}
        self._weighty: Mask | None = None
        self._shared: dict[tuple[str, ...], Any] = {}
        self._groups: dict[str, Codes] = {}
        self._plans: dict[tuple[Digit, str], tuple[Pack, ...]] = {}

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
        codes = pack.codes(self.dataset, self._groups)
        foreseen = any(digit.question in self._groups for digit in pack.digits) or pack in self.plan.packs
        with self._lock:
            used = sum(other.nbytes for other in self._codes.values())
            if foreseen and used + codes.nbytes <= _KEPT_BYTES:
                self._codes[pack] = codes
        return codes

    def named(self, name: str, groups: Codes, size: int) -> Digit:
        """Groups of people, ``size`` for those who belong nowhere, as something to be packed with questions."""
        digit = Digit(f"{_NO_QUESTION}{name}", size + 1)
        self._groups.setdefault(digit.question, groups)
        return digit

    def within(self, groups: Digit, question: Question) -> tuple[Pack, ...]:
        """The packs with the tables of a question within named groups."""
        found = self._plans.get((groups, question.id))
        if found is None:
            found = self._plans[groups, question.id] = plan_within(self.dataset, groups, question)
        return found

    def along(self, groups: Digit) -> Pack:
        """The pack in which named groups are counted by themselves: the one that best known scores need anyway."""
        known = scored(self.dataset)
        return self.within(groups, known[0])[0] if known else Pack((groups,), ())

    def any_states(self, pack: Pack, options: tuple[int, ...]) -> NDArray[np.uint8]:
        """For each combination of a question's options: 1 = any of these is ticked, 2 = not asked, 0 = neither."""
        ticks = tuple(digit for digit in pack.measures if digit.option is not None)
        name = ("states", ticks[0].question, *map(str, options))
        found: NDArray[np.uint8] = self.shared(name, lambda: _any_states(ticks, options))
        return found

    def layer(self, layer: int) -> NDArray[np.float64] | None:
        """What each respondent counts: 0 = one, 1 = their weight, 2 = its square."""
        return (None, self.weights, self._squares)[layer]

    def total(self, pack: Pack, layer: int = 0) -> NDArray[Any]:
        """How often each packed code occurs among all respondents: [cells], int64 or, for weights, float64."""
        found = self._totals.get((pack, layer))
        if found is None:
            found = tallied(self.codes(pack), pack.cells, self.layer(layer))
            self._totals[pack, layer] = found
        return found

    def shared(self, name: tuple[str, ...], make: Callable[[], Any]) -> Any:
        """Something that is the same for all samples, made once."""
        if name not in self._shared:
            self._shared[name] = make()
        return self._shared[name]

    @property
    def weighty(self) -> Mask | None:
        """Who carries weight, bool [n]; None if that is everybody."""
        if self._weighty is None and self.weights is not None:
            self._weighty = self.weights > 0
        return None if self._weighty is None or self._weighty.all() else self._weighty


def _any_states(ticks: tuple[Digit, ...], options: tuple[int, ...]) -> NDArray[np.uint8]:
    each = np.indices([tick.size for tick in ticks], dtype=np.uint8).reshape(len(ticks), -1)
    chosen = [tick.option in options for tick in ticks]
    states: NDArray[np.uint8] = (each[chosen] == 1).any(axis=0).astype(np.uint8)
    states[(each == 2).all(axis=0)] = 2
    return states


def tallied(codes: Codes, cells: int, weights: NDArray[np.float64] | None) -> NDArray[Any]:
    """How often each code occurs: [cells], int64; or, with weights, the sums of these, float64."""
    if weights is not None:
        return np.bincount(codes, weights, minlength=cells)
    return np.bincount(codes, minlength=cells).astype(np.int64, copy=False)


def beside(tables: Mapping[tuple[str, int | None], NDArray[Any]], asked: Question) -> NDArray[Any]:
    """The tables [groups, 3] of all options of a question beside each other: [groups, options, 3]."""
    return sealed(np.stack([tables[asked.id, option] for option in range(asked.size)], axis=1))


def sealed(counts: NDArray[Any]) -> NDArray[Any]:
    """The same counts, which nobody can change any more."""
    counts.setflags(write=False)
    return counts
