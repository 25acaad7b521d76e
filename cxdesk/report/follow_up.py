"""The follow-up list as a workbook's content: people, their contacts if they were asked for, and a status to choose."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from cxdesk.analysis.follow_up_people import (
    MOST_PEOPLE,
    contact_questions,
    group_questions,
    kept_by_person,
    listed,
    people_of,
    reason_question,
)
from cxdesk.analysis.follow_up_section import who_name
from cxdesk.analysis.follow_up_values import STATUS_NAMES, FollowUpSpec, Person, Status, Who
from cxdesk.analysis.measure import Measure, headline_measure
from cxdesk.analysis.scored import chosen_question, measures_of
from cxdesk.job import Job
from cxdesk.survey.base import Rules
from cxdesk.survey.counting import Sample
from cxdesk.text import Day, Text, Translator, say, say_n

REF, SCORE, REASON, DAY = say("Ref"), say("Score"), say("Reason"), say("Date")
OWNER, DUE, STATUS, NOTE = say("Owner"), say("Due"), say("Status"), say("Note")


class Part(StrEnum):
    """What a column of the list holds."""

    SCORE = "score"
    WORDS = "words"
    LONG = "long"
    DAY = "day"
    OWNER = "owner"
    DUE = "due"
    STATUS = "status"
    REF = "ref"


@dataclass(frozen=True, slots=True)
class FollowUpList:
    """A list in one language. ``rows`` hold texts, whole numbers and ISO days ("" where there is none).

    ``statuses`` are the words to choose from, ``open`` and ``done`` those of them that are still to be worked on and
    that are finished.
    """

    tab: str
    title: str
    lines: tuple[str, ...]
    parts: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    statuses: tuple[str, ...]
    open: tuple[str, ...]
    done: tuple[str, ...]
    owners: tuple[str, ...]
    language: str
    made: datetime.datetime


class NobodyListed(Exception):
    """There is no score, or nobody has one of those asked for."""

    def __init__(self) -> None:
        """Say it in words, as refusals of files are said."""
        super().__init__("nobody_listed")
        self.reason = say("There is nobody to put on the list.")
        self.remedy = say("Choose other scores above the list, or take a filter off.")


def follow_up_list(
    sample: Sample,
    rules: Rules,
    spec: FollowUpSpec,
    language: str,
    made: datetime.datetime,
    job: Job,
    *,
    reveal: bool,
) -> FollowUpList:
    """The list of the people looked at; ``reveal`` writes their contacts as they are.

    Raises `NobodyListed` and `Cancelled`.
    """
    dataset = sample.dataset
    asked = chosen_question(measures_of(dataset), spec.measure)
    if asked is None:
        raise NobodyListed
    rule = headline_measure(asked, rules)
    places = listed(sample, rule, Who(spec.who))[:MOST_PEOPLE]
    people = people_of(dataset, rule, places, kept_by_person(spec), job, reveal=reveal)
    people = tuple(person for person in people if not spec.show or person.status.value == spec.show)
    if not people:
        raise NobodyListed
    words = Translator(language)
    columns: list[tuple[Part, str]] = [(Part.SCORE, words(SCORE))]
    if reason_question(dataset) is not None:
        columns.append((Part.LONG, words(REASON)))
    columns += [(Part.WORDS, question.text) for question in group_questions(dataset)]
    columns.append((Part.DAY, words(DAY)))
    columns += [(Part.WORDS, question.text) for question in contact_questions(dataset)]
    columns += [(Part.OWNER, words(OWNER)), (Part.DUE, words(DUE)), (Part.STATUS, words(STATUS))]
    columns += [(Part.LONG, words(NOTE)), (Part.REF, words(REF))]
    due = working_day(made.date(), int(spec.days)).isoformat()
    with_reason = reason_question(dataset) is not None
    return FollowUpList(
        words(say("Follow-up")),
        words(say("Follow-up list: {file}", file=dataset.source.name)),
        tuple(words(line) for line in _lines(sample, rule, spec, len(people), made, reveal=reveal)),
        tuple(part.value for part, _ in columns),
        tuple(name for _, name in columns),
        tuple(_row(person, words, due, with_reason=with_reason) for person in people),
        tuple(words(name) for name in STATUS_NAMES.values()),
        (words(STATUS_NAMES[Status.OPEN]),),
        tuple(words(STATUS_NAMES[status]) for status in (Status.RESOLVED, Status.NO_ACTION)),
        spec.owners,
        language,
        made,
    )


def working_day(start: datetime.date, days: int) -> datetime.date:
    """The day that lies ``days`` working days (Monday to Friday) after ``start``."""
    day = start
    while days > 0:
        day += datetime.timedelta(days=1)
        days -= day.weekday() < 5
    return day


def _lines(
    sample: Sample, rule: Measure, spec: FollowUpSpec, people: int, made: datetime.datetime, *, reveal: bool
) -> list[Text]:
    who = say_n("{who}: 1 person", "{who}: {count} people", people, who=who_name(Who(spec.who), rule))
    made_on = say("made {day}", day=Day(made.date()))
    first = say(
        "{who} · {filter} · {made}", who=who, filter=sample.selection.describe(sample.dataset.question), made=made_on
    )
    how = say(
        "Choose a status for each person, sort and add columns as you like, and read this file back next month. Only "
        "“Ref” must stay: it finds the person again."
    )
    privacy = say("Contacts are masked.")
    if reveal:
        privacy = say("Contacts are readable: give this file only to those who may see them.")
    return [first, how, privacy]


def _row(person: Person, words: Translator, due: str, *, with_reason: bool) -> tuple[str | int, ...]:
    kept = person.kept
    return (
        person.score,
        *((person.reason,) if with_reason else ()),
        *(words(group) for group in person.groups),
        "" if person.day is None else person.day.isoformat(),
        *person.contacts,
        "" if kept is None else kept.owner,
        due if kept is None or not kept.due else kept.due,
        words(STATUS_NAMES[person.status]),
        "" if kept is None else kept.note,
        person.ref,
    )
