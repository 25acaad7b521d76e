"""Counts of answers that know their weights: how many people, how much weight they carry, and the weights' squares.

Unweighted counts have people only. Effective bases and ranges of weighted figures need nothing but these three sums
(METHODS.md 1.8), so a weighted page costs three counts instead of one and never looks at single respondents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.packing import Counts


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """``people``: int64 [..., answers]; ``weight`` and ``square``: float64 of the same shape, sums of w and of w².

    Both are None where nothing is weighted. Slices, sums and differences act on all three alike.
    """

    people: Counts
    weight: NDArray[np.float64] | None = None
    square: NDArray[np.float64] | None = None

    @property
    def weighted(self) -> bool:
        """Whether the counts carry weights."""
        return self.weight is not None

    @property
    def amount(self) -> NDArray[Any]:
        """What shares are made of: the weights' sums, or the people where nothing is weighted."""
        return self.people if self.weight is None else self.weight

    def __len__(self) -> int:
        """The number of entries along the first axis."""
        return len(self.people)

    def __getitem__(self, index: Any) -> Counted:
        """The same part of all three, with numpy's rules; slices keep axes."""
        if self.weight is None or self.square is None:
            return Counted(self.people[index])
        return Counted(self.people[index], self.weight[index], self.square[index])

    def __sub__(self, other: Counted) -> Counted:
        """Everybody but these. Where no people are left, no weight is."""
        people = self.people - other.people
        if self.weight is None or self.square is None or other.weight is None or other.square is None:
            return Counted(people)
        some = people > 0
        weight = np.where(some, self.weight - other.weight, 0.0)
        return Counted(people, weight, np.where(some, self.square - other.square, 0.0))

    def sum(self, axis: int) -> Counted:
        """Put groups of different people together."""
        if self.weight is None or self.square is None:
            return Counted(self.people.sum(axis=axis))
        return Counted(self.people.sum(axis=axis), self.weight.sum(axis=axis), self.square.sum(axis=axis))


def stacked(parts: Sequence[Counted]) -> Counted:
    """Rows [answers] or blocks of rows [groups, answers], one below the other: [all groups, answers]."""
    people = np.vstack([part.people for part in parts])
    if any(part.weight is None for part in parts):
        return Counted(people)
    weight = np.vstack([part.weight for part in parts if part.weight is not None])
    return Counted(people, weight, np.vstack([part.square for part in parts if part.square is not None]))


def unweighted(counts: Counts | Counted) -> Counted:
    """Plain counts of people as `Counted`; what is `Counted` already stays as it is."""
    return counts if isinstance(counts, Counted) else Counted(np.asarray(counts))
