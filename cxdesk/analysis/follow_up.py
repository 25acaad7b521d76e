"""Whom should we call, and what became of those we called? The people behind the low scores, as a list to work on."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np

from cxdesk.analysis.base import Analysis, Choice, Option
from cxdesk.analysis.follow_up_closing import closing, unknown_people, worked_on
from cxdesk.analysis.follow_up_people import (
    MOST_PEOPLE,
    contact_questions,
    group_questions,
    has_contact,
    kept_by_person,
    listed,
    people_of,
    person_of,
    reason_question,
)
from cxdesk.analysis.follow_up_section import follow_up_section, who_name
from cxdesk.analysis.follow_up_values import NOBODY, STATUS_NAMES, FollowUpResult, FollowUpSpec, Kept, Status, Who
from cxdesk.analysis.measure import headline_measure
from cxdesk.analysis.scored import chosen_question, measure_choices, measures_of
from cxdesk.blocks.section import Section
from cxdesk.job import Job
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.survey.dataset import Dataset
from cxdesk.text import Text, say, say_n

_DAYS = (1, 2, 5, 10)


class FollowUp(Analysis[FollowUpSpec, FollowUpResult]):
    """The list from the lowest score on; each person has a status. In the report stand counts, never people."""

    key: ClassVar[str] = "follow_up"
    sheet: ClassVar[Text] = say("how many to call, what became of the last list")
    form: ClassVar[str] = "follow_up"

    def default(self, dataset: Dataset) -> FollowUpSpec:
        """Detractors, every status."""
        return FollowUpSpec()

    def options(self, dataset: Dataset, spec: FollowUpSpec) -> tuple[Option, ...]:
        """Whom to list, by which measure, which status, and when a call is due."""
        asked = chosen_question(measures_of(dataset), spec.measure)
        if asked is None:
            return ()
        rule = headline_measure(asked, Rules())
        found = [Option("who", say("List"), tuple(Choice(who.value, who_name(who, rule)) for who in Who))]
        measures = measures_of(dataset)
        if len(measures) > 1:
            found.append(Option("measure", say("Measure"), measure_choices(measures)))
        if spec.people:
            statuses = tuple(Choice(status.value, name) for status, name in STATUS_NAMES.items())
            found.append(Option("show", say("Status"), (Choice("", say("Every status")), *statuses)))
        days = tuple(Choice(str(days), say_n("in 1 working day", "in {count} working days", days)) for days in _DAYS)
        found.append(Option("days", say("Due"), days))
        return tuple(found)

    def on_sheet(self, spec: FollowUpSpec) -> FollowUpSpec | None:
        """A report shows what became of the list, not its people."""
        return replace(spec, show=NOBODY)

    def compute(self, sample: Sample, rules: Rules, spec: FollowUpSpec, job: Job) -> FollowUpResult:
        """Find the people, and what is known about each."""
        dataset = sample.dataset
        asked = chosen_question(measures_of(dataset), spec.measure)
        if asked is None:
            return FollowUpResult(sample, rules)
        rule = headline_measure(asked, rules)
        kept = kept_by_person(spec)
        places = listed(sample, rule, Who(spec.who))
        job.check()
        shown = places[:0] if spec.show == NOBODY else places[:MOST_PEOPLE]
        people = people_of(dataset, rule, shown, kept, job)
        if spec.show:
            people = tuple(person for person in people if person.status.value == spec.show)
        contacts = contact_questions(dataset)
        filled = [has_contact(dataset.columns[question.columns[0]], places) for question in contacts]
        reachable = int(np.count_nonzero(np.logical_or.reduce(filled))) if filled else 0
        return FollowUpResult(
            sample,
            rules,
            rule,
            people,
            len(places),
            reachable,
            reason_question(dataset),
            group_questions(dataset),
            contacts,
            closing(dataset, rule, spec, rules),
            unknown_people(dataset, spec),
            worked_on(dataset, places, kept),
        )

    def present(self, spec: FollowUpSpec, result: FollowUpResult) -> Section:
        """Figures, what became of the last list, and the list."""
        return follow_up_section(self.key, self.title, spec, result)


def with_status(spec: FollowUpSpec, ref: str, status: Status, score: int, survey: str) -> FollowUpSpec:
    """The options after a person's status was set on the page."""
    person = person_of(ref)
    others = tuple(kept for kept in spec.people if person_of(kept.ref) != person)
    known = next(
        (kept for kept in spec.people if person_of(kept.ref) == person),
        Kept(ref, Status.OPEN, survey=survey, score=score, listed=False),
    )
    return replace(spec, people=(*others, replace(known, status=status)))
