"""What a check of the answers found, and what can be done about it: leave rows out, or keep them.

A check only marks; a person decides. What happens as long as nobody decided is part of the check.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.dataset import Dataset
from cxdesk.text import Label, Text

Mask = NDArray[np.bool_]
Decisions = tuple[tuple[str, str], ...]
"""What a person chose: (key of the check, key of the way). Checks that are not in it are undecided."""

KEEP = "keep"


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One thing that can be done: its key, what the list says, and who is left out by it (None: nobody)."""

    key: str
    name: Text
    marked: Mask | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """One check of a survey. ``count`` rows were marked; ``short`` names them in the row arithmetic: "duplicate IDs".

    ``unasked`` is the key of the way that is gone while nobody decided. ``column`` is the position of the column that
    shows why a row was marked. ``ways`` offer what can be done, keeping all included; ``warns`` asks for attention.
    """

    key: str
    name: Text
    short: Text
    means: Text
    ways: tuple[Way, ...]
    unasked: str
    column: int
    about: Label = ""

    @property
    def count(self) -> int:
        """How many rows the strictest way would leave out."""
        return most_marked(self.ways)

    def chosen(self, decisions: Decisions) -> Way:
        """The way that is gone: what the person decided, if it is still offered, else what happens unasked."""
        decided = decided_way(decisions, self.key)
        found = next((way for way in self.ways if way.key == decided), None)
        return found or next(way for way in self.ways if way.key == self.unasked)


@dataclass(frozen=True, slots=True)
class Step:
    """Rows that left the survey because of one check, in the order in which the checks are gone through.

    ``name`` and ``short`` are the check's, ``way`` says what was done, ``decided`` whether a person decided so.
    """

    check: str
    count: int
    name: Text
    short: Text
    way: Text
    decided: bool


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """Who is left out, bool [respondents], and because of which checks; ``steps`` add up to all of them."""

    mask: Mask
    steps: tuple[Step, ...]


def decided_way(decisions: Decisions, check: str) -> str | None:
    """What a person chose for a check, None if nothing."""
    return next((way for key, way in decisions if key == check), None)


def most_marked(ways: Iterable[Way]) -> int:
    """How many rows the strictest of some ways would leave out."""
    return max((int(np.count_nonzero(way.marked)) for way in ways if way.marked is not None), default=0)


def nobody(dataset: Dataset) -> Mask:
    """A mask that marks nobody."""
    return np.zeros(dataset.respondents, dtype=np.bool_)
