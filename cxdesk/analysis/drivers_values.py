"""What the search for drivers finds: each topic's link with the score, how sure it is, and how the topic is rated."""

from __future__ import annotations

from dataclasses import dataclass

from cxdesk.analysis.measure import Measure, Score
from cxdesk.stats.what_if import WhatIf
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.question import Question


@dataclass(frozen=True, slots=True)
class Driver:
    """One rated topic.

    ``share`` (0..1) of what all topics together explain, with its range over resamples; ``first`` is how often (0..1)
    it was the strongest, ``band`` 0 for those that may be the strongest, then 1, 2 ... ``correlation`` is that with the
    score and ``p`` its chance; ``mixed`` says that it points the other way once the other topics are known, ``twin``
    that it repeats others. ``rated`` and ``score`` are the share satisfied with it.
    """

    topic: Question
    share: float
    low: float
    high: float
    first: float
    band: int
    correlation: float
    p: float
    mixed: bool
    twin: bool
    rated: Measure
    score: Score
    gain: WhatIf | None


@dataclass(frozen=True, slots=True, eq=False)
class DriversResult:
    """``drivers`` from the strongest down, empty where there are too few people or topics.

    ``people`` answered the score and all ``topics``; ``lost`` answered the score but not all topics; ``skipped`` topics
    were rated by too few; ``unvaried`` ones got the same answer from everyone. ``r2`` (0..1) is what all topics explain
    of the differences between people. ``constant`` says that there was nothing to explain.
    """

    sample: Sample
    rules: Rules
    rule: Measure | None = None
    topics: int = 0
    people: int = 0
    lost: int = 0
    skipped: tuple[Question, ...] = ()
    unvaried: tuple[Question, ...] = ()
    drivers: tuple[Driver, ...] = ()
    r2: float = 0.0
    rough: bool = False
    constant: bool = False

    @property
    def average_share(self) -> float:
        """Where the line across the plane stands."""
        return sum(driver.share for driver in self.drivers) / len(self.drivers)

    @property
    def average_score(self) -> float:
        """Where the line up the plane stands: the mean of the shares satisfied."""
        known = [driver.score.value for driver in self.drivers if driver.score.value is not None]
        return sum(known) / len(known) if known else 0.0

    def look_first(self, driver: Driver) -> bool:
        """Whether a topic is clearly strong and clearly rated low: both ranges lie on one side of the averages."""
        return (
            driver.low > self.average_share
            and driver.score.high is not None
            and (driver.score.high < self.average_score)
        )
