"""Several files in hand, before they become one survey: what was read, what they probably are to each other, what fits.

A page shows a `Study` and changes its `Bundle`: takes a file out, pairs two questions, chooses other key columns. Only
then are the files combined; until that moment the open survey is as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePath

import numpy as np

from cxdesk.job import Job
from cxdesk.project import store
from cxdesk.project.process import Worker
from cxdesk.project.several import Input, Plan, Stretch, Way, chosen_twice
from cxdesk.reading.archive import members
from cxdesk.reading.doubles import without_doubles
from cxdesk.reading.joined import Match, matches, suggest_keys
from cxdesk.reading.pairing import Pairing, PairRefused, pair
from cxdesk.reading.problem import ReadRefused
from cxdesk.reading.together import oldest_first
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED, Kind, Role
from cxdesk.text import Text, say

MANY_FILES = "several_files"
"""The code of the refusal of an archive that holds more than one file with answers."""

_EDGE = 5
"""In per cent: answers of the first and last twentieth may overlap: somebody always answers late."""


@dataclass(frozen=True, slots=True, eq=False)
class File:
    """One file: how it is read, and either what was read or why it could not be."""

    input: Input
    dataset: Dataset | None = None
    problem: ReadRefused | None = None

    @property
    def name(self) -> str:
        """The file's name as people know it; inside an archive the name there."""
        if self.dataset is not None:
            return self.dataset.source.name
        return PurePath(self.input.choices.member or self.input.path).name


@dataclass(frozen=True, slots=True)
class Edit:
    """A person said that question ``a`` of the newer file is ``b`` of the older one, or (None) that nothing is."""

    newer: Input
    older: Input
    a: str
    b: str | None


@dataclass(frozen=True, slots=True)
class Keys:
    """A person said by which two columns a table is joined."""

    table: Input
    key: str
    table_key: str


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Files that belong together, and what a person decided about them; ``way`` None takes the likely one."""

    files: tuple[File, ...]
    way: Way | None = None
    newest: Input | None = None
    edits: tuple[Edit, ...] = ()
    keys: tuple[Keys, ...] = ()

    @property
    def inputs(self) -> tuple[Input, ...]:
        """How the files are read, in their order."""
        return tuple(file.input for file in self.files)

    @property
    def read(self) -> tuple[File, ...]:
        """The files that could be read."""
        return tuple(file for file in self.files if file.dataset is not None)

    def without(self, input: Input) -> Bundle:
        """The bundle without a file; what was decided about it is forgotten."""
        return replace(
            self,
            files=tuple(file for file in self.files if file.input != input),
            newest=None if self.newest == input else self.newest,
            edits=tuple(edit for edit in self.edits if input not in {edit.newer, edit.older}),
            keys=tuple(keys for keys in self.keys if keys.table != input),
        )

    def with_edit(self, edit: Edit) -> Bundle:
        """The bundle with two questions paired, or one set apart; a later edit of the same question counts."""
        others = (old for old in self.edits if (old.newer, old.older, old.a) != (edit.newer, edit.older, edit.a))
        return replace(self, edits=(*others, edit))

    def with_keys(self, keys: Keys) -> Bundle:
        """The bundle with other key columns for a table."""
        return replace(self, keys=(*(old for old in self.keys if old.table != keys.table), keys))


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table to be joined: by which columns, how well that fits (None without columns), and what it would add."""

    file: File
    dataset: Dataset
    keys: tuple[str, str] | None
    match: Match | None
    added: tuple[Question, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What the files of a bundle are to each other.

    ``datasets`` are what will be combined, two exports of the same answers as one; for a join the survey comes first.
    ``order`` are their positions from the oldest to the newest; ``dated`` says that their answers show it. ``pairings``
    (newest with each older one, oldest first) and ``tables`` belong to the way; ``counted_once`` names further exports
    of the same answers. ``likely`` is the way that would be taken if nobody chose.
    """

    bundle: Bundle
    way: Way
    likely: Way
    datasets: tuple[Dataset, ...]
    order: tuple[int, ...] = ()
    dated: bool = False
    pairings: tuple[Pairing, ...] = ()
    tables: tuple[Table, ...] = ()
    counted_once: tuple[str, ...] = ()

    @property
    def newest(self) -> Dataset:
        """The survey that the others are compared with or put below."""
        return self.datasets[self.order[-1]]

    @property
    def before(self) -> Dataset:
        """The survey before the newest one."""
        return self.datasets[self.order[-2]]

    @property
    def ready(self) -> bool:
        """Whether the files can be combined like this."""
        if not self.datasets:
            return False
        return self.way is not Way.JOIN or all(table.match is not None and table.match.matched for table in self.tables)

    @property
    def step(self) -> Text:
        """What Undo calls the change to these files."""
        if len(self.datasets) == 1:
            return say("Leave the other files out")
        if self.way is Way.EARLIER:
            return say("Compare with {file}", file=self.before.source.name)
        if self.way is Way.JOIN:
            return say("Add columns from {file}", file=self.tables[0].file.name)
        return say("Put files together")

    @property
    def decided(self) -> Bundle:
        """The bundle with all that was found out, the file first that gives the survey its name."""
        main = None if not self.datasets else self.input_of(self.newest if self.order else self.datasets[0])
        files = sorted(self.bundle.files, key=lambda file: file.input != main)
        return replace(self.bundle, files=tuple(files), way=self.way)

    def plan(self, source_words: str) -> Plan:
        """How to combine ``datasets``; ``source_words`` as in `Plan`."""
        if self.way is Way.JOIN:
            keys = tuple(table.keys for table in self.tables if table.keys is not None)
            return Plan(Way.JOIN, source_words=source_words, keys=keys)
        current = self.order[-1] if self.bundle.newest is not None else None
        return Plan(self.way, self.pairings, current, source_words=source_words)

    def input_of(self, dataset: Dataset) -> Input | None:
        """How a survey of the study is read; None if it is not of these files."""
        found = (file.input for file in self.bundle.read if file.dataset is not None and _same(file.dataset, dataset))
        return next(found, None)


def gather(
    inputs: Sequence[Input], known: Sequence[File], worker: Worker, job: Job, *, remember: bool
) -> tuple[File, ...]:
    """Read files that join those ``known`` already; every file of an archive counts. Raises `Cancelled`.

    A file that cannot be read, or that is there twice, stays in the list with the reason.
    """
    files = [file for file in known if file.problem is None or file.input not in inputs]
    waiting = list(inputs)
    number = 0
    while waiting:
        wanted, number = waiting.pop(0), number + 1
        try:
            dataset = worker.read(wanted.path, wanted.choices, Stretch(job, number, number + len(waiting)))
        except ReadRefused as problem:
            inside = _inside(wanted, problem, job)
            if inside:
                waiting[:0], number = inside, number - 1
            else:
                files.append(File(wanted, problem=problem))
            continue
        if any(file.dataset is not None and _same(file.dataset, dataset) for file in files):
            files.append(File(wanted, problem=chosen_twice(dataset.source.name)))
            continue
        recalled = store.recall(dataset) if remember else None
        files.append(File(wanted, dataset if recalled is None else recalled.dataset))
    return tuple(files)


def study(bundle: Bundle) -> Study:
    """Find out what the files of a bundle are to each other."""
    given = [file.dataset for file in bundle.read if file.dataset is not None]
    likely = _likely(given)
    way = bundle.way or likely
    if len(given) < 2:
        return Study(bundle, Way.TOGETHER, likely, tuple(given), tuple(range(len(given))))
    if way is Way.JOIN:
        survey, *tables = sorted(given, key=lambda dataset: not dataset.with_role(*SCORED))
        return Study(
            bundle, way, likely, (survey, *tables), tables=tuple(_table(bundle, survey, table) for table in tables)
        )
    datasets = without_doubles(given)
    kept = {dataset.source.name for dataset in datasets}
    once = tuple(dataset.source.name for dataset in given if dataset.source.name not in kept)
    order = _order(bundle, datasets)
    dated = len(order) == len([each for each in datasets if _days(each) is not None])
    found = Study(bundle, way, likely, datasets, order, dated, counted_once=once)
    *older, newest = (datasets[place] for place in order)
    return replace(found, pairings=tuple(_edited(found, pair(newest, each)) for each in older))


def paired(found: Study, edit: Edit) -> Study:
    """The study with two questions paired by hand, or one set apart. Raises `PairRefused` with the reason in words."""
    changed = tuple(
        pairing.with_pair(edit.a, edit.b) if _is_between(found, pairing, edit) else pairing
        for pairing in found.pairings
    )
    return replace(found, bundle=found.bundle.with_edit(edit), pairings=changed)


def period(dataset: Dataset) -> tuple[float, float] | None:
    """The first and the last day of the answers, in days since 1970-01-01; None if the file has no days."""
    days = _days(dataset)
    return None if days is None else (float(days.min()), float(days.max()))


def _inside(input: Input, problem: ReadRefused, job: Job) -> list[Input]:
    """The files of an archive that holds several, to be read one by one."""
    if problem.code != MANY_FILES or input.choices.member:
        return []
    return [Input(input.path, replace(input.choices, member=name)) for name in members(input.path, job)]


def _same(one: Dataset, other: Dataset) -> bool:
    """Whether two surveys are the same file, whatever its columns are used for; or one is part of the other."""
    return one.receipt.sheet == other.receipt.sheet and bool(_digests(one) & _digests(other))


def _digests(dataset: Dataset) -> set[str]:
    return {dataset.source.digest, *(part.source.digest for part in dataset.parts)}


def _likely(datasets: Sequence[Dataset]) -> Way:
    """A list without scores that shares a column is joined; periods that follow each other are compared."""
    scored = [dataset for dataset in datasets if dataset.with_role(*SCORED)]
    tables = [dataset for dataset in datasets if not dataset.with_role(*SCORED)]
    if len(scored) == 1 and tables and all(suggest_keys(scored[0], table) is not None for table in tables):
        return Way.JOIN
    days = [_days(dataset) for dataset in datasets]
    spans = sorted(
        (float(np.percentile(found, _EDGE)), float(np.percentile(found, 100 - _EDGE)))
        for found in days
        if found is not None
    )
    apart = all(first[1] < second[0] for first, second in pairwise(spans))
    return Way.EARLIER if len(spans) == len(datasets) and len(spans) > 1 and apart else Way.TOGETHER


def _days(dataset: Dataset) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    dates: Iterable[Question] = (each for each in dataset.with_role(Role.DATE) if each.kind is Kind.DATE)
    question = next(iter(dates), None)
    numbers = None if question is None else dataset.answers[question.id].numbers
    known = None if numbers is None else numbers[~np.isnan(numbers)]
    return known if known is not None and len(known) else None


def _order(bundle: Bundle, datasets: Sequence[Dataset]) -> tuple[int, ...]:
    """Oldest first; what a person called the newest comes last."""
    order = oldest_first(datasets)
    chosen = next((file.dataset for file in bundle.read if file.input == bundle.newest), None)
    last = next((place for place in order if chosen is not None and _same(datasets[place], chosen)), None)
    return order if last is None else (*(place for place in order if place != last), last)


def _edited(found: Study, pairing: Pairing) -> Pairing:
    """A pairing with what a person changed; what no longer fits the files is left as it was found."""
    for edit in found.bundle.edits:
        if _is_between(found, pairing, edit):
            try:
                pairing = pairing.with_pair(edit.a, edit.b)
            except (PairRefused, KeyError):
                continue
    return pairing


def _is_between(found: Study, pairing: Pairing, edit: Edit) -> bool:
    return (found.input_of(pairing.a), found.input_of(pairing.b)) == (edit.newer, edit.older)


def _table(bundle: Bundle, survey: Dataset, table: Dataset) -> Table:
    file = next(file for file in bundle.read if file.dataset is table)
    chosen = next((keys for keys in bundle.keys if keys.table == file.input), None)
    keys = suggest_keys(survey, table)
    if chosen is not None and _has(survey, chosen.key) and _has(table, chosen.table_key):
        keys = (chosen.key, chosen.table_key)
    match = None if keys is None else matches(survey, keys[0], table, keys[1])
    added = tuple(each for each in table.questions if keys is None or each.id != keys[1])
    return Table(file, table, keys, match, added)


def _has(dataset: Dataset, id: str) -> bool:
    return any(question.id == id for question in dataset.questions)
