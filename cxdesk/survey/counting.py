"""Joint counts of coded columns under a selection: the only code that touches every row.

A `Sample` is the respondents that a selection keeps. Everything that pages show starts from its integer counts, so
counts of a filter and of its opposite always add up to the whole.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import Selection

Counts = NDArray[np.int64]


class Sample:
    """The respondents of a dataset that a selection keeps; remembers what it has counted."""

    def __init__(self, dataset: Dataset, selection: Selection = Selection()) -> None:
        """Nothing is counted until it is asked for."""
        self.dataset = dataset
        self.selection = selection

    @property
    def size(self) -> int:
        """How many respondents are kept."""
        raise NotImplementedError

    @property
    def rows(self) -> NDArray[np.intp] | None:
        """The positions of the kept respondents in ascending order, or None if everybody is kept."""
        raise NotImplementedError

    def counts(self, question: str) -> Counts:
        """Answers of a SCORE or CHOICE question: int64 [size + 1], the last entry counts "no answer"."""
        raise NotImplementedError

    def joint(self, question: str, by: str) -> Counts:
        """Answers of ``question`` within each answer of ``by``: int64 [by.size + 1, question.size + 1].

        Both are SCORE or CHOICE questions; the last row and column count "no answer".
        """
        raise NotImplementedError

    def ticked(self, question: str) -> Counts:
        """A MULTIPLE question: int64 [options, 3] with the number of people not ticked, ticked, and not asked."""
        raise NotImplementedError

    def ticked_any(self, question: str) -> int:
        """How many people ticked at least one option of a MULTIPLE question."""
        raise NotImplementedError

    def dates(self, question: str) -> tuple[float, float, int] | None:
        """First and last day (days since 1970-01-01) and number of answers of a DATE question; None without any."""
        raise NotImplementedError

    def take(self, array: NDArray[Any]) -> NDArray[Any]:
        """The entries of a per-respondent array (last axis) that belong to kept respondents."""
        raise NotImplementedError
