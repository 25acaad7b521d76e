"""Opens several files as one survey: put together, with an earlier period to compare with, or with a customer list.

First all files are read, then they are combined as the person wants; a page can stand between the two steps and show
which questions are the same in both files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cxdesk.job import Job
from cxdesk.project import store
from cxdesk.project.process import Worker
from cxdesk.project.workspace import Workspace
from cxdesk.reading.doubles import without_doubles
from cxdesk.reading.grid import Choices
from cxdesk.reading.joined import join, matches, suggest_keys
from cxdesk.reading.pairing import Pairing
from cxdesk.reading.problem import ReadRefused
from cxdesk.reading.together import oldest_first, pairings_of, put_together
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.selection import OneOf, Selection
from cxdesk.survey.source import SOURCE
from cxdesk.text import Text, say


class Way(StrEnum):
    """What several files are to each other."""

    TOGETHER = "together"
    """Parts of one survey: everybody is looked at."""
    EARLIER = "earlier"
    """Periods: the newest is looked at and compared with the one before."""
    JOIN = "join"
    """The first is the survey, the others are tables about the same people."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file, and what the person decided about reading it."""

    path: str
    choices: Choices = Choices()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with several files.

    ``pairings`` holds those that a person looked at and perhaps changed (`pairings_of`); what is not there is found.
    ``current`` is the position of the file that counts as the newest, where it is not to be found in the answers.
    ``key`` and ``table_key`` are the questions by which tables are joined; "" finds them. ``keys`` gives these two for
    each table by itself. ``source_words`` is what the column with the files' names is called, in the language of the
    screen (`together.SOURCE_WORDS`).
    """

    way: Way
    pairings: tuple[Pairing, ...] = ()
    current: int | None = None
    key: str = ""
    table_key: str = ""
    source_words: str = "File"
    keys: tuple[tuple[str, str], ...] = ()


class Stretch:
    """The job of reading one of several files: its progress says which file it is."""

    def __init__(self, job: Job, number: int, count: int) -> None:
        """``number`` counts from 1."""
        self._job, self._number, self._count = job, number, count

    def progress(self, step: Text, done: int, total: int) -> None:
        """Pass a report on, with the number of the file."""
        step = say("File {number} of {count}: {step}", number=self._number, count=self._count, step=step)
        self._job.progress(step, done, total)

    def check(self) -> None:
        """Raise `Cancelled` if the whole was cancelled."""
        self._job.check()


def read_files(
    inputs: Sequence[Input], worker: Worker, job: Job, *, remember: bool, way: Way | None = None
) -> tuple[Dataset, ...]:
    """Read files one after the other, with the roles that were confirmed before if ``remember``.

    Two exports of the same answers become one survey, so the result may be shorter than ``inputs``; the order stays.
    Tables that are to be joined (``way``, if it is known already) are left as they are.
    Raises `ReadRefused` (also if a file is there twice) and `Cancelled`.
    """
    found: list[Dataset] = []
    for number, file in enumerate(inputs, start=1):
        dataset = worker.read(file.path, file.choices, Stretch(job, number, len(inputs)))
        if any(other.key == dataset.key and other.source.digest == dataset.source.digest for other in found):
            raise chosen_twice(dataset.source.name)
        recalled = store.recall(dataset) if remember else None
        found.append(dataset if recalled is None else recalled.dataset)
    return tuple(found) if way is Way.JOIN else without_doubles(found)


def combine(datasets: Sequence[Dataset], plan: Plan) -> Workspace:
    """One workspace out of several surveys. Raises `ReadRefused` if a table has no column to join it by.

    A single survey is opened as it is: two exports of the same answers leave one.
    """
    if plan.way is Way.JOIN:
        return Workspace(_joined(datasets, plan))
    if len(datasets) == 1:
        return Workspace(datasets[0])
    order = _order(datasets, plan)
    whole = put_together(datasets, plan.pairings, plan.source_words, order)
    if plan.way is Way.TOGETHER:
        return Workspace(whole)
    files = whole.question(SOURCE).size
    return Workspace(
        whole, Selection((OneOf(SOURCE, (files - 1,)),)), compare=Selection((OneOf(SOURCE, (files - 2,)),))
    )


def _order(datasets: Sequence[Dataset], plan: Plan) -> tuple[int, ...]:
    order = oldest_first(datasets)
    if plan.current is None or plan.current >= len(datasets):
        return order
    return (*(place for place in order if place != plan.current), plan.current)


def _joined(datasets: Sequence[Dataset], plan: Plan) -> Dataset:
    survey, *tables = datasets
    for place, table in enumerate(tables):
        keys: tuple[str, str] | None = (plan.key, plan.table_key)
        if place < len(plan.keys):
            keys = plan.keys[place]
        elif not (plan.key and plan.table_key):
            keys = suggest_keys(survey, table)
        if keys is None:
            raise _no_key(table.source.name)
        if not matches(survey, keys[0], table, keys[1]).matched:
            raise _nobody(survey.question(keys[0]).text, table.question(keys[1]).text, table.source.name)
        survey = join(survey, keys[0], table, keys[1])
    return survey


def chosen_twice(name: str) -> ReadRefused:
    """Why the same file does not count twice."""
    return ReadRefused(
        "same_file",
        say("“{name}” was chosen twice, so everybody in it would be counted twice.", name=name),
        say("Choose each file once."),
    )


def _no_key(name: str) -> ReadRefused:
    return ReadRefused(
        "no_key",
        say("“{name}” has no column by which its rows can be found for the respondents.", name=name),
        say("Both files need a column with the same numbers or addresses, such as a customer number."),
    )


def _nobody(key: str, table_key: str, name: str) -> ReadRefused:
    return ReadRefused(
        "no_match",
        say(
            "Nobody's “{key}” occurs in “{table_key}” of “{name}”, so no row could be found.",
            key=key,
            table_key=table_key,
            name=name,
        ),
        say("Choose other columns to compare, or look whether it is the right file."),
    )


__all__ = ["Input", "Plan", "Stretch", "Way", "chosen_twice", "combine", "pairings_of", "read_files"]
