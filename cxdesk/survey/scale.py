"""The scale of a scored question: its ends, the words on it, and which end is good."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Which end of a scale is good for the customer."""

    HIGH_IS_GOOD = "high_is_good"
    LOW_IS_GOOD = "low_is_good"


@dataclass(frozen=True, slots=True)
class Scale:
    """A run of whole numbers from ``lowest`` to ``highest``, both included.

    ``labels[i]`` are the words for ``lowest + i`` ("" where there are none). ``no_answer`` lists the cell texts that
    stand for "no answer" ("Don't know", "99"). ``codes`` lists cell texts that mean a score other than by their own
    number or label ("3" -> 5 in a code book sorted by the alphabet). Scores are stored so that
    ``lowest <= score <= highest``.
    """

    lowest: int
    highest: int
    labels: tuple[str, ...] = ()
    direction: Direction = Direction.HIGH_IS_GOOD
    no_answer: tuple[str, ...] = ()
    codes: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a scale without two points, or with labels that do not fit it."""
        if self.highest <= self.lowest:
            raise ValueError("a scale needs two points")
        if self.labels and len(self.labels) != self.size:
            raise ValueError("one label for each point, or none")

    @property
    def size(self) -> int:
        """The number of points on the scale."""
        return self.highest - self.lowest + 1

    def label(self, score: int) -> str:
        """The words for a score, or "" if it has none."""
        return self.labels[score - self.lowest] if self.labels else ""
