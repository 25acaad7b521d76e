"""The weight of each respondent, as a person asked for it; what cannot be weighted is refused in words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.dataset import Dataset
from cxdesk.survey.weighting import Weighting
from cxdesk.text import Text, say, say_n

Weights = NDArray[np.float64]


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
    return _scaled(_column(dataset, weighting.column))


def _column(dataset: Dataset, question: str) -> Weights:
    numbers = dataset.answers[question].numbers
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
