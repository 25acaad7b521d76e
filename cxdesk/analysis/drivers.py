"""Why? Which rated topics go together with the score, how sure that is, and where it would pay to look first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cxdesk.analysis.base import Analysis, Option
from cxdesk.analysis.drivers_section import drivers_section, no_drivers
from cxdesk.analysis.drivers_values import DriversResult
from cxdesk.analysis.links import links
from cxdesk.analysis.rated import topics_of
from cxdesk.analysis.scored import chosen_question, measure_choices, measures_of
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Role
from cxdesk.text import Text, say


@dataclass(frozen=True, slots=True)
class DriversSpec:
    """``outcome`` is the question to be explained; "" is the best known."""

    outcome: str = ""


class Drivers(Analysis[DriversSpec, DriversResult]):
    """A plane of topics by rating and link, and the ranking with its ranges; never a proof of cause."""

    key: ClassVar[str] = "drivers"
    sheet: ClassVar[Text] = say("what goes with the score, and where to look first")

    def default(self, dataset: Dataset) -> DriversSpec:
        """The best known measure."""
        return DriversSpec()

    def options(self, dataset: Dataset, spec: DriversSpec) -> tuple[Option, ...]:
        """The score to be explained."""
        outcomes = _outcomes(dataset)
        if len(outcomes) < 2 or not topics_of(dataset, outcomes[0]):
            return ()
        return (Option("outcome", say("Score"), measure_choices(outcomes)),)

    def compute(self, sample: Sample, rules: Rules, spec: DriversSpec, job: Job) -> DriversResult:
        """Relative weights of the topics with their ranges from resampling, and what could be gained at most."""
        outcome = chosen_question(_outcomes(sample.dataset), spec.outcome)
        return DriversResult(sample, rules) if outcome is None else links(sample, outcome, rules, job)

    def present(self, spec: DriversSpec, result: DriversResult) -> Section:
        """The plane, the ranking, and for each topic what could be gained at most."""
        if not result.drivers:
            return no_drivers(self.key, self.title, result)
        return drivers_section(self.key, self.title, result)


def _outcomes(dataset: Dataset) -> tuple[Question, ...]:
    """What people think of the whole; in a survey that only rates topics, any of these."""
    scored = measures_of(dataset)
    return tuple(question for question in scored if question.role is not Role.RATING) or scored
