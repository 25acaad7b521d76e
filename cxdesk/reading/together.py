"""Puts several files of one survey together: their rows below each other, and a column that says where each came from.

The newest file gives the words and the order of the questions. A question that a file does not have was not asked
there: its respondents have no answer to it, and the receipt says so.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.answers import answers_to
from cxdesk.reading.notes import with_notes
from cxdesk.reading.pairing import Pairing, fitted, pair
from cxdesk.reading.stacking import Share, United, coded_column
from cxdesk.reading.together_notes import Place, gaps, left_out, same_people, unpaired
from cxdesk.reading.transport import keyed
from cxdesk.reading.united import united
from cxdesk.survey.dataset import Answers, Codes, Column, Dataset, Part, Source
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import Receipt, Unused
from cxdesk.survey.role import Kind, Role
from cxdesk.survey.source import SOURCE
from cxdesk.text import Text, say

_MOST_STEMS = 3


def oldest_first(datasets: Sequence[Dataset]) -> tuple[int, ...]:
    """The positions of surveys by the median day of their answers; as they were given if one of them has no days."""
    middles = [_middle_day(dataset) for dataset in datasets]
    if any(np.isnan(middle) for middle in middles):
        return tuple(range(len(datasets)))
    return tuple(sorted(range(len(datasets)), key=lambda place: middles[place]))


def pairings_of(datasets: Sequence[Dataset]) -> tuple[Pairing, ...]:
    """The pairing of the newest survey with each of the others, oldest first."""
    *older, newest = (_without_source(datasets[place]) for place in oldest_first(datasets))
    return tuple(pair(newest, dataset) for dataset in older)


def put_together(
    datasets: Sequence[Dataset],
    pairings: Iterable[Pairing] = (),
    source_words: str = "File",
    order: Sequence[int] | None = None,
) -> Dataset:
    """One survey with the rows of all, oldest file first, and a question `SOURCE` with the files' names.

    ``pairings`` may say which questions of the newest file and of another are the same; what is not given is found
    with `pair`. ``order`` says which file is the oldest and which the newest, by position, where it is not to be found
    in the answers. Fewer than two surveys raise `ValueError`.
    """
    if len(datasets) < 2:
        raise ValueError("two surveys or more")
    files = [datasets[place] for place in (oldest_first(datasets) if order is None else order)]
    names = _names(files)
    given = [_without_source(file) for file in files]
    known = {(pairing.a.key, pairing.b.key): pairing for pairing in pairings}
    found = [known.get((given[-1].key, file.key)) or pair(given[-1], file) for file in given[:-1]]
    rows = _rows(given, found)
    sizes = [file.respondents for file in given]
    columns: list[Column] = []
    questions: list[Question] = []
    answers: dict[str, Answers] = {}
    moved: dict[tuple[int, int], int] = {}
    lost: list[Unused] = []
    for places in rows:
        whole, unfit = _united(given, places, sizes)
        lost += [left_out(given[place.file], place.id, names[place.file]) for place in unfit]
        question = _named_apart(whole.question, questions, places, names, len(columns))
        positions = tuple(range(len(columns), len(columns) + len(whole.columns)))
        columns += [replace(column, position=at) for at, column in zip(positions, whole.columns, strict=True)]
        questions.append(replace(question, columns=positions))
        answers[question.id] = whole.answers
        for place in places:
            own = given[place.file].question(place.id).columns
            moved |= {(place.file, old): new for old, new in zip(own, positions, strict=False)}
    codes, options = _origins(files, names)
    position = len(columns)
    columns.append(replace(coded_column(codes, options, (source_words,)), position=position))
    questions.append(_source_question(options, source_words, position))
    answers[SOURCE] = Answers(len(options), codes=codes)
    notes = (*gaps(given, rows, names), *unpaired(found, names), *lost, *same_people(given, questions, columns))
    receipt = _receipt(given, names, moved, notes, len(columns) - 1)
    return keyed(
        with_notes(
            Dataset(
                key="",
                source=_source(files, names, rows),
                respondents=sum(sizes),
                questions=tuple(questions),
                columns=tuple(columns),
                answers=answers,
                receipt=receipt,
                parts=_parts(files, names),
                rows=_file_rows(given),
            )
        )
    )


def _file_rows(files: Sequence[Dataset]) -> NDArray[np.int32] | None:
    """In which row of its own file each respondent stands; None if that is not known for all."""
    known = [file.rows for file in files if file.rows is not None]
    return np.concatenate(known) if len(known) == len(files) else None


def _middle_day(dataset: Dataset) -> float:
    """The median day of the answers, NaN if there are none."""
    dates = [question for question in dataset.with_role(Role.DATE) if question.kind is Kind.DATE]
    numbers = dataset.answers[dates[0].id].numbers if dates else None
    known = numbers[~np.isnan(numbers)] if numbers is not None else np.zeros(0)
    return float(np.median(known)) if len(known) else float("nan")


def _names(files: Sequence[Dataset]) -> list[str]:
    """The files' names without their endings; with their folders, or a number, where two are called the same."""
    names = [PurePath(file.source.name).stem or file.source.name for file in files]
    folders = [Path(file.source.path).name for file in files]
    if len(set(names)) < len(names) == len(set(zip(folders, names, strict=True))):
        twice = Counter(names)
        names = [f"{folder}/{name}" if twice[name] > 1 else name for folder, name in zip(folders, names, strict=True)]
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        names[place] = f"{name} ({seen[name]})" if seen[name] > 1 else name
    return names


def _without_source(file: Dataset) -> Dataset:
    """A survey that was put together before comes without its own column of files; its parts are named anew."""
    questions = tuple(question for question in file.questions if question.id != SOURCE)
    return file if len(questions) == len(file.questions) else replace(file, questions=questions)


def _origins(files: Sequence[Dataset], names: Sequence[str]) -> tuple[Codes, tuple[str, ...]]:
    """Which file each respondent came from: codes [n] and the names that they stand for."""
    options: list[str] = []
    parts = []
    for file, name in zip(files, names, strict=True):
        own = next((question for question in file.questions if question.id == SOURCE), None)
        codes = file.codes(SOURCE) if own is not None else np.zeros(file.respondents, dtype=np.int64)
        parts.append(codes.astype(np.int64) + len(options))
        options += own.options if own is not None else (name,)
    kind = np.uint8 if len(options) < 256 else np.uint16
    return np.concatenate(parts).astype(kind), tuple(options)


def _source_question(options: tuple[str, ...], words: str, position: int) -> Question:
    return Question(
        SOURCE,
        words,
        Kind.CHOICE,
        Role.WAVE,
        (position,),
        options=options,
        why=say("The file that each answer came from"),
        examples=options[:3],
        of_platform=True,
    )


def _rows(files: Sequence[Dataset], found: Sequence[Pairing]) -> list[list[Place]]:
    """Which questions of all files belong together, in the order of the result; places within a row newest first."""
    newest = len(files) - 1
    rows = [[Place(newest, question.id)] for question in files[-1].questions]
    for file in range(newest - 1, -1, -1):
        partner = {pairing.a: pairing.b for pairing in found[file].pairs}
        left = {question.id for question in files[file].questions}
        for row in rows:
            if row[0].file == newest and row[0].id in partner:
                row.append(Place(file, partner[row[0].id]))
                left.discard(partner[row[0].id])
        for other in range(newest - 1, file, -1):
            own = tuple(files[other].question(row[0].id) for row in rows if row[0].file == other)
            rest = tuple(question for question in files[file].questions if question.id in left)
            more = pair(replace(files[other], questions=own), replace(files[file], questions=rest))
            by_id = {match.a: match.b for match in more.pairs}
            for row in rows:
                if row[0].file == other and row[0].id in by_id:
                    row.append(Place(file, by_id[row[0].id]))
                    left.discard(by_id[row[0].id])
        rows += [[Place(file, question.id)] for question in files[file].questions if question.id in left]
    return rows


def _united(files: Sequence[Dataset], places: Sequence[Place], sizes: Sequence[int]) -> tuple[United, list[Place]]:
    """The answers of all files to one question, and the places whose answers do not fit those of the others."""
    question, readings = _one_reading(files, places)
    shares: list[Share | None] = [None] * len(files)
    for file, reading in readings.items():
        if reading.kind is not Kind.EMPTY or question.kind is Kind.EMPTY:
            shares[file] = _share(files[file], reading)
    filled = [place for place in places if files[place.file].question(place.id).kind is not Kind.EMPTY]
    return united(question, shares, sizes), [place for place in filled if place.file not in readings]


def _one_reading(files: Sequence[Dataset], places: Sequence[Place]) -> tuple[Question, dict[int, Question]]:
    """The question in words of the newest file, read in the same way in all; {file: its reading}."""
    filled = [place for place in places if files[place.file].question(place.id).kind is not Kind.EMPTY] or places[:1]
    first = filled[0]
    base = files[first.file]
    readings = {first.file: base.question(first.id)}
    ids = {place.file: place.id for place in filled}
    for place in filled[1:]:
        joined = fitted(base, first.id, files[place.file], place.id)
        if isinstance(joined, Text):
            continue
        if joined[0] != base.question(first.id):
            # This file taught us how to read the newer ones, if all of them can be read like that.
            taught = _with_question(base, joined[0])
            again = {file: fitted(taught, first.id, files[file], ids[file]) for file in readings if file != first.file}
            if any(isinstance(one, Text) or one[0] != joined[0] for one in again.values()):
                continue
            base = taught
            readings = {first.file: joined[0]}
            readings |= {file: one[1] for file, one in again.items() if not isinstance(one, Text)}
        readings[place.file] = joined[1]
    leading = files[places[0].file].question(places[0].id)
    question = replace(base.question(first.id), id=leading.id, text=leading.text, group=leading.group)
    return question, readings


def _with_question(dataset: Dataset, question: Question) -> Dataset:
    questions = tuple(question if old.id == question.id else old for old in dataset.questions)
    answers = {**dataset.answers, question.id: answers_to(question, dataset.columns)}
    return replace(dataset, questions=questions, answers=answers)


def _share(dataset: Dataset, reading: Question) -> Share:
    old = dataset.question(reading.id)
    same = (old.kind, old.scale, old.options, old.day_first) == (
        reading.kind,
        reading.scale,
        reading.options,
        reading.day_first,
    )
    answers = dataset.answers[old.id] if same else answers_to(reading, dataset.columns)
    return Share(reading, tuple(dataset.columns[place] for place in reading.columns), answers)


def _named_apart(
    question: Question, before: Sequence[Question], places: Sequence[Place], names: Sequence[str], position: int
) -> Question:
    """A question of an older file gets an id of its own, and its file's name if another has the same words."""
    ids = {other.id for other in before}
    if question.id in ids or question.id == SOURCE:
        question = replace(question, id=_free(f"q{position + 1}", ids))
    if any((other.group, other.text) == (question.group, question.text) for other in before) and question.text:
        question = replace(question, text=f"{question.text} ({names[places[0].file]})")
    return question


def _free(wanted: str, taken: set[str]) -> str:
    number = 2
    name = wanted
    while name in taken:
        name, number = f"{wanted}_{number}", number + 1
    return name


def _source(files: Sequence[Dataset], names: Sequence[str], rows: Sequence[Sequence[Place]]) -> Source:
    """The files as one: their names joined, and a digest of what they hold and of which questions belong together."""
    content = repr(([file.key for file in files], [(place.file, place.id) for row in rows for place in row]))
    stems = list(names) if len(names) <= _MOST_STEMS else [names[0], "…", names[-1]]
    name = " + ".join(stem.replace("/", " ") for stem in stems) + PurePath(files[-1].source.name).suffix
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(name, files[-1].source.path, sum(file.source.size for file in files), digest)


def _parts(files: Sequence[Dataset], names: Sequence[str]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for file, name in zip(files, names, strict=True):
        parts += file.parts or (Part(name, file.source, file.receipt, file.respondents),)
    return tuple(parts)


def _receipt(
    files: Sequence[Dataset],
    names: Sequence[str],
    moved: Mapping[tuple[int, int], int],
    notes: Sequence[Unused],
    columns: int,
) -> Receipt:
    """The sum of all receipts. What was not used says in which file; ``moved`` tells where its columns are now."""
    receipts = [file.receipt for file in files]
    newest = receipts[-1]
    alike = len({receipt.platform for receipt in receipts}) == 1
    unused = [
        replace(
            entry,
            text=say("{file}: {what}", file=name, what=entry.text),
            column=None if entry.column is None else moved.get((place, entry.column)),
        )
        for place, (receipt, name) in enumerate(zip(receipts, names, strict=True))
        for entry in receipt.unused
    ]
    return Receipt(
        container=newest.container,
        platform=newest.platform if alike else None,
        platform_name=newest.platform_name if alike else "",
        header_rows=newest.header_rows,
        rows=sum(receipt.rows for receipt in receipts),
        rows_used=sum(receipt.rows_used for receipt in receipts),
        columns=columns,
        cells=sum(receipt.cells for receipt in receipts),
        unused=(*notes, *unused),
    )
