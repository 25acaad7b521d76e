"""Adds a second table about the same people to a survey, such as a customer list with region, value and owner.

Rows are found by a column that both have: a customer number, an address. Only counts are ever told about these keys,
never a key itself.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from cxdesk.reading.likeness import bare
from cxdesk.reading.notes import with_notes
from cxdesk.reading.transport import keyed
from cxdesk.survey.dataset import Answers, Column, Dataset, Part
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import Unused
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.text import say, say_n

_SHARED = 0.5
_DISTINCT = 0.9
_FEWEST = 3
_SILENT = 2
_ZEROS = re.compile(r"^0+(?=\d)")
_DECIMALS = re.compile(r"^(\d+)\.0+$")
_KEYS = frozenset({Kind.TEXT, Kind.CHOICE, Kind.NUMBER})
_ONE_ONLY = frozenset({Role.DATE, Role.RESPONDENT, Role.WEIGHT})


@dataclass(frozen=True, slots=True)
class Match:
    """How well a table fits a survey, in counts only.

    ``matched`` and ``unmatched`` respondents add up to all; ``no_key`` of the unmatched have an empty key.
    ``not_in_survey``: rows of the table that nobody answered for. ``duplicates_survey``: respondents beyond the first
    with the same key, who all get the same row. ``duplicates_table``: rows beyond the first with the same key, which
    are not used. ``zeros_ignored``: keys agree only without their leading zeros, as Excel likes to drop them.
    """

    matched: int
    unmatched: int
    no_key: int
    not_in_survey: int
    duplicates_survey: int
    duplicates_table: int
    zeros_ignored: bool = False


def suggest_keys(survey: Dataset, table: Dataset) -> tuple[str, str] | None:
    """The two questions (their ids) by which a table fits a survey best; None if there is no such pair.

    At least half of the keys of the survey must be in the table, whose keys are nearly all different. Among equals the
    pair whose columns are called the same is taken.
    """
    best: tuple[tuple[float, ...], tuple[str, str]] | None = None
    theirs = [(question, set(_distinct(table, question))) for question in _candidates(table)]
    unique = [
        (question, keys) for question, keys in theirs if len(keys) >= max(_FEWEST, _DISTINCT * _filled(table, question))
    ]
    for ours in _candidates(survey):
        keys = set(_distinct(survey, ours))
        if len(keys) < _FEWEST:
            continue
        for other, others in unique:
            shared = max(len(keys & others), len(set(map(_without_zeros, keys)) & set(map(_without_zeros, others))))
            share = shared / len(keys)
            if share < _SHARED:
                continue
            rank = (float(bare(ours.text) == bare(other.text)), round(share, 2), float(len(keys)))
            if best is None or rank > best[0]:
                best = (rank, (ours.id, other.id))
    return best[1] if best is not None else None


def matches(survey: Dataset, key: str, table: Dataset, table_key: str) -> Match:
    """Count how a table fits a survey by these questions. Raises `KeyError` for unknown ids."""
    return _fit(survey, key, table, table_key)[1]


def join(survey: Dataset, key: str, table: Dataset, table_key: str) -> Dataset:
    """The survey with the questions of a table behind its own; who is not in the table has no answer to them.

    Every respondent stays, once. Of several rows with one key the first is used. Raises `KeyError` for unknown ids.
    """
    row, match = _fit(survey, key, table, table_key)
    columns = list(survey.columns)
    questions = list(survey.questions)
    answers = dict(survey.answers)
    taken = {role for role in _ONE_ONLY if survey.with_role(role)}
    places: dict[int, int] = {}
    for question in table.questions:
        if question.id == table_key:
            continue
        for old in question.columns:
            if old not in places:
                places[old] = len(columns)
                columns.append(_taken(table.columns[old], row, len(columns)))
        fresh = _renamed(question, questions, tuple(places[old] for old in question.columns), taken, table)
        questions.append(fresh)
        answers[fresh.id] = _answers(table.answers[question.id], row)
    content = repr((survey.key, key, table.key, table_key))
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    receipt = survey.receipt
    parts = survey.parts or (Part(_stem(survey), survey.source, receipt, survey.respondents),)
    notes = _notes(match, survey.question(key), table)
    joined = replace(
        survey,
        source=replace(survey.source, digest=digest, size=survey.source.size + table.source.size),
        questions=(
            *(question for question in questions if not question.of_platform),
            *(question for question in questions if question.of_platform),
        ),
        columns=tuple(columns),
        answers=answers,
        receipt=replace(
            receipt,
            columns=receipt.columns + len(places),
            cells=receipt.cells + sum(int(np.count_nonzero(columns[place].codes)) for place in places.values()),
            unused=(*notes, *receipt.unused),
        ),
        parts=(*parts, Part(_stem(table), table.source, table.receipt, 0)),
    )
    return keyed(with_notes(joined))


def _fit(survey: Dataset, key: str, table: Dataset, table_key: str) -> tuple[NDArray[np.int64], Match]:
    """The table's row for each respondent, -1 if there is none, and the counts."""
    ours, theirs = _keys(survey, survey.question(key)), _keys(table, table.question(table_key))
    row = _found(ours, theirs)
    loose_ours, loose_theirs = _loose(ours), _loose(theirs)
    zeros = False
    if loose_ours is not None and loose_theirs is not None:
        loose = _found(loose_ours, loose_theirs)
        zeros = bool((loose >= 0).sum() > (row >= 0).sum())
        if zeros:
            row, ours, theirs = loose, loose_ours, loose_theirs
    filled, rows = [word for word in ours if word], [word for word in theirs if word]
    matched = int((row >= 0).sum())
    return row, Match(
        matched=matched,
        unmatched=len(ours) - matched,
        no_key=len(ours) - len(filled),
        not_in_survey=len(set(rows) - set(filled)),
        duplicates_survey=len(filled) - len(set(filled)),
        duplicates_table=len(rows) - len(set(rows)),
        zeros_ignored=zeros,
    )


def _found(ours: list[str], theirs: list[str]) -> NDArray[np.int64]:
    first: dict[str, int] = {}
    for place, word in enumerate(theirs):
        if word:
            first.setdefault(word, place)
    return np.fromiter((first.get(word, -1) if word else -1 for word in ours), dtype=np.int64, count=len(ours))


def _loose(keys: list[str]) -> list[str] | None:
    """The keys without leading zeros; None if that would make two different keys the same."""
    loose = {key: _without_zeros(key) for key in set(keys)}
    return [loose[key] for key in keys] if len(set(loose.values())) == len(loose) else None


def _without_zeros(key: str) -> str:
    return _ZEROS.sub("", key) if key.isdecimal() else key


def _keys(dataset: Dataset, question: Question) -> list[str]:
    column = dataset.columns[question.columns[0]]
    words = [_key(value) for value in column.values]
    return [words[code] for code in column.codes.tolist()]


def _distinct(dataset: Dataset, question: Question) -> Iterable[str]:
    return filter(None, map(_key, dataset.columns[question.columns[0]].values))


def _key(cell: str) -> str:
    """A key as keys are compared: trimmed, full-width signs narrow, capitals small, "123.0" as "123"."""
    word = unicodedata.normalize("NFKC", cell).strip().casefold()
    whole = _DECIMALS.match(word)
    return whole[1] if whole else word


def _filled(dataset: Dataset, question: Question) -> int:
    return int(np.count_nonzero(dataset.columns[question.columns[0]].codes))


def _candidates(dataset: Dataset) -> list[Question]:
    return [question for question in dataset.questions if question.kind in _KEYS and len(question.columns) == 1]


def _taken(column: Column, row: NDArray[np.int64], position: int) -> Column:
    codes = np.where(row >= 0, column.codes[np.maximum(row, 0)], 0).astype(column.codes.dtype)
    return replace(column, position=position, codes=codes)


def _answers(answers: Answers, row: NDArray[np.int64]) -> Answers:
    there = row >= 0
    place = np.maximum(row, 0)
    if answers.codes is not None:
        empty = _SILENT if answers.codes.ndim == 2 else answers.size
        codes = np.where(there, answers.codes.take(place, axis=-1), empty).astype(answers.codes.dtype)
        return replace(answers, codes=codes)
    if answers.numbers is not None:
        return replace(answers, numbers=np.where(there, answers.numbers[place], np.nan))
    return answers


def _renamed(
    question: Question, before: list[Question], columns: tuple[int, ...], taken: set[Role], table: Dataset
) -> Question:
    """A question of the table with an id and words of its own. The survey keeps its one date, number and weight."""
    ids = {other.id for other in before}
    name, number = f"q{columns[0] + 1}", 2
    while name in ids:
        name, number = f"q{columns[0] + 1}_{number}", number + 1
    text = question.text
    if any((other.group, other.text) == (question.group, text) for other in before):
        text = f"{text} ({_stem(table)})"
    fresh = replace(question, id=name, text=text, columns=columns)
    if question.role in taken:
        why = say("From the joined table; the survey has its own")
        fresh = replace(fresh, role=Role.IGNORE, sure=Sure.SURE, why=why, ask=None)
    return fresh


def _notes(match: Match, key: Question, table: Dataset) -> list[Unused]:
    """What the receipt says about a table that was joined; only what is not as it should be."""
    file = table.source.name
    notes = []
    if match.unmatched:
        text = say_n(
            "1 respondent is not in “{file}” (compared by “{key}”)",
            "{count} respondents are not in “{file}” (compared by “{key}”)",
            match.unmatched,
            file=file,
            key=key.text,
        )
        notes.append(Unused("not_in_table", match.unmatched, text))
    if match.not_in_survey:
        text = say_n(
            "1 row of “{file}” belongs to nobody who answered",
            "{count} rows of “{file}” belong to nobody who answered",
            match.not_in_survey,
            file=file,
        )
        notes.append(Unused("not_in_survey", match.not_in_survey, text))
    if match.duplicates_table:
        text = say_n(
            "1 further row of “{file}” has a key that was there before; the first row is used",
            "{count} further rows of “{file}” have a key that was there before; the first row is used",
            match.duplicates_table,
            file=file,
        )
        notes.append(Unused("duplicate_key", match.duplicates_table, text))
    if match.zeros_ignored:
        text = say("The keys of “{file}” agree only without leading zeros, so these were ignored", file=file)
        notes.append(Unused("leading_zeros", match.matched, text))
    return notes


def _stem(dataset: Dataset) -> str:
    return PurePath(dataset.source.name).stem or dataset.source.name
