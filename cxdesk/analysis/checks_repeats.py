"""Did somebody answer twice? The same ID, the same e-mail address or phone number, or the same answers throughout.

The same person in two files or waves of one survey is no repetition: that is somebody who was asked again.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.analysis.checks_values import KEEP, Check, Mask, Way, most_marked
from cxdesk.analysis.timing import date_question
from cxdesk.survey.dataset import Column, Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import SCORED, Kind, Role
from cxdesk.text import Text, say, say_n

FIRST, NEWEST = "first", "newest"

_CUSTOMERS = 0.05
"""From this share of repeated IDs on it is likelier that a customer answered again than that an answer came twice."""

_FEW = 5
_FIELDS = 8
_LOOKED_AT = 200
_MOSTLY = 0.6
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_PHONE = re.compile(r"^\+?[\d\s()-]{7,22}$")
_ANSWERED = SCORED | {Role.SEGMENT, Role.MULTIPLE, Role.COMMENT, Role.WAVE}


def same_id(dataset: Dataset, among: Mask) -> Check | None:
    """Respondent IDs that stand there more than once ``among`` some respondents; None without a column of IDs."""
    asked = dataset.with_role(Role.RESPONDENT)
    if not asked:
        return None
    column = dataset.columns[asked[0].columns[0]]
    ways = _ways(dataset, column.codes, among)
    count = most_marked(ways)
    customers = count > max(_FEW, _CUSTOMERS * dataset.respondents)
    means: Text = say("The same ID stands there more than once.")
    if customers:
        means = say(
            "So many IDs stand there more than once that they are probably customers who answered again, not answers "
            "that came twice. Their answers are alike, so the ranges are somewhat too narrow."
        )
    return Check(
        "same_id",
        say("Duplicate respondent IDs"),
        say_n("duplicate ID", "duplicate IDs", count),
        means,
        ways,
        KEEP if customers else FIRST,
        _shown(dataset, asked[0]),
    )


def same_contact(dataset: Dataset, among: Mask) -> Check | None:
    """E-mail addresses or phone numbers that stand there more than once; None without such a column.

    They are compared as fingerprints that mean nothing outside this run and are forgotten at once.
    """
    marked: list[tuple[Way, ...]] = []
    for question in dataset.with_role(Role.PRIVATE):
        column = dataset.columns[question.columns[0]]
        codes = _contacts(column) if len(question.columns) == 1 else None
        if codes is not None:
            marked.append(_ways(dataset, codes, among))
    if not marked:
        return None
    ways = tuple(
        Way(
            same[0].key,
            same[0].name,
            None if same[0].marked is None else np.logical_or.reduce([w.marked for w in same]),
        )
        for same in zip(*marked, strict=True)
    )
    count = most_marked(ways)
    return Check(
        "same_contact",
        say("Same e-mail or phone"),
        say("same e-mail or phone"),
        say_n(
            "1 answer came from an address or number that answered before. Families and shops share them too.",
            "{count} answers came from addresses or numbers that answered before. Families and shops share them too.",
            count,
        ),
        ways,
        KEEP,
        _shown(dataset, None),
    )


def same_row(dataset: Dataset, among: Mask) -> Check | None:
    """Rows whose answers, comment included, are all the same as in an earlier row; None with fewer than 8 fields."""
    columns, comments = _fields(dataset)
    if len(columns) < _FIELDS:
        return None
    numbers = np.random.default_rng(len(columns)).integers(1, 1 << 63, len(columns), dtype=np.uint64) | np.uint64(1)
    mixed = np.zeros(dataset.respondents, dtype=np.uint64)
    filled = np.zeros(dataset.respondents, dtype=np.uint16)
    for column, number in zip(columns, numbers, strict=True):
        mixed += column.codes.astype(np.uint64) * number
        filled += column.codes > 0
    looked_at = among & (filled >= _FIELDS)
    if comments:
        looked_at &= np.logical_or.reduce([column.codes > 0 for column in comments])
    codes = np.zeros(dataset.respondents, dtype=np.uint32)
    rows = np.flatnonzero(looked_at)
    _, places = np.unique(mixed[rows], return_inverse=True)
    codes[rows] = places.astype(np.uint32) + 1
    ways = _ways(dataset, codes, looked_at)
    return Check(
        "same_row",
        say("Identical answers"),
        say_n("identical row", "identical rows", most_marked(ways)),
        say("Every answer is the same as in another row, comment included.")
        if comments
        else say("Every cell is the same as in another row, times included."),
        ways,
        KEEP,
        comments[0].position if comments else columns[0].position,
    )


def _ways(dataset: Dataset, codes: NDArray[Any], among: Mask) -> tuple[Way, ...]:
    """Leave out all but the first, all but the newest, or keep all; ``codes`` [n] name the same person, 0 nobody."""
    return (
        Way(FIRST, say("Leave out, keep first"), repeated(dataset, codes, among, newest=False)),
        Way(NEWEST, say("Leave out, keep newest"), repeated(dataset, codes, among, newest=True)),
        Way(KEEP, say("Keep")),
    )


def repeated(dataset: Dataset, codes: NDArray[Any], among: Mask, *, newest: bool) -> Mask:
    """All rows but one of those that share a code, bool [n]: the first stays, or the ``newest``, by day and by row.

    ``codes`` are the same for the same person, 0 for nobody; rows of different waves or files never share one.
    """
    marked = np.zeros(dataset.respondents, dtype=np.bool_)
    often = np.bincount(codes[among]) > 1 if among.any() else np.zeros(1, dtype=np.bool_)
    often[0] = False
    if not often.any():
        return marked
    often = np.append(often, np.zeros(max(0, int(codes.max()) + 1 - len(often)), dtype=np.bool_))
    rows = np.flatnonzero(often[codes] & among)
    person = codes[rows].astype(np.int64)
    for question in dataset.with_role(Role.WAVE):
        waves = dataset.codes(question.id)[rows].astype(np.int64)
        _, person = np.unique(person * (question.size + 1) + waves, return_inverse=True)
    day = _days(dataset)
    times = np.zeros(len(rows)) if day is None else day[rows]
    times = np.where(np.isnan(times), -np.inf if newest else np.inf, times)
    order = np.lexsort((rows, times, person))
    same = person[order][1:] == person[order][:-1]
    extra = order[:-1][same] if newest else order[1:][same]
    marked[rows[extra]] = True
    return marked


def _days(dataset: Dataset) -> NDArray[np.float64] | None:
    question = date_question(dataset)
    return None if question is None else dataset.answers[question.id].numbers


def _shown(dataset: Dataset, ids: Question | None) -> int:
    """The column that a list of repeated rows shows: never the personal one, but a comment, a score or the day."""
    shown = (*dataset.with_role(Role.COMMENT), *dataset.with_role(*SCORED), *dataset.with_role(Role.DATE))
    return shown[0].columns[0] if shown else (0 if ids is None else ids.columns[0])


def _contacts(column: Column) -> NDArray[np.uint32] | None:
    """The fingerprints of addresses or numbers as codes [n], 0 for an empty cell; None if the column holds others."""
    words = [unicodedata.normalize("NFKC", text).strip() for text in column.values[1 : _LOOKED_AT + 1]]
    known = [word for word in words if word]
    alike = {kind: sum(map(kind, known)) for kind in (_is_email, _is_phone)}
    kind = max(alike, key=lambda each: alike[each])
    if not known or alike[kind] < _MOSTLY * len(known):
        return None
    key = secrets.token_bytes(16)
    seen: dict[bytes, int] = {}
    codes = np.zeros(len(column.values), dtype=np.uint32)
    for place, text in enumerate(column.values):
        word = unicodedata.normalize("NFKC", text).strip()
        if word and kind(word):
            plain = word.casefold() if kind is _is_email else "".join(filter(str.isdecimal, word))
            digest = hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=12, key=key).digest()
            codes[place] = seen.setdefault(digest, len(seen) + 1)
    return codes[column.codes]


def _is_email(word: str) -> bool:
    return bool(_EMAIL.match(word))


def _is_phone(word: str) -> bool:
    return bool(_PHONE.match(word)) and 7 <= sum(map(str.isdecimal, word)) <= 15


def _fields(dataset: Dataset) -> tuple[list[Column], list[Column]]:
    """The columns that whole rows are compared by, and the comments among them.

    With comments the answers are enough, because nobody writes the same twice; without, times must agree too.
    """
    comments = [dataset.columns[place] for place in _places(dataset.with_role(Role.COMMENT))]
    if comments:
        asked = [question for question in dataset.questions if question.role in _ANSWERED]
        return [dataset.columns[place] for place in _places(asked)], comments
    dated = any(question.kind is Kind.DATE for question in dataset.questions)
    others = [question for question in dataset.questions if question.role is not Role.RESPONDENT]
    return ([dataset.columns[place] for place in _places(others)] if dated else []), comments


def _places(questions: Iterable[Question]) -> list[int]:
    return sorted({place for question in questions for place in question.columns})
