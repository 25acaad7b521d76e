"""Which questions of two surveys are the same one, so that their answers can be put below each other.

Words decide first, then the answers must agree: the same kind, the same ends of the scale. What does not agree is not
paired, and it is said why. A person can pair two questions by hand or take a pair apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from cxdesk.reading.choices import split_into, split_table
from cxdesk.reading.lexicon import plain
from cxdesk.reading.likeness import Twin, bare, twins
from cxdesk.reading.profile import profile_of
from cxdesk.reading.roles import RoleRefused, with_role
from cxdesk.reading.verdict import saw_range
from cxdesk.survey.dataset import Dataset
from cxdesk.survey.question import Question
from cxdesk.survey.role import Kind, Role, Sure
from cxdesk.survey.scale import Scale
from cxdesk.text import Text, say

_KEPT = 0.9
"""Reading answers in the way of the other file must not lose more than one in ten of them."""

_COMMON_OPTIONS = 0.3
_NAMED = frozenset({Kind.CHOICE, Kind.MULTIPLE})
_TELLING = (Kind.SCORE, Kind.MULTIPLE, Kind.DATE, Kind.CHOICE, Kind.NUMBER, Kind.TEXT, Kind.EMPTY)
_MORE_OPTIONS = 3
_HOLD_OPTIONS = 0.6
_SILENT = 2
_FEW_OPTIONS = 30
_ONE_OF_A_KIND = (Role.DATE, Role.RECOMMEND, Role.RESPONDENT)


class How(StrEnum):
    """How two questions were found to be the same."""

    SAME = "same"
    RENAMED = "renamed"
    """The words differ a little."""
    OPTIONS = "options"
    """The same words, but not the same answers to choose from."""
    ROLE = "role"
    """Other words, but each is the only question of its file that is used like this."""
    BY_HAND = "by_hand"
    """A person said so."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question of the first survey and the same question of the second, by their ids."""

    a: str
    b: str
    how: How


@dataclass(frozen=True, slots=True)
class Clash:
    """Two questions with the same words whose answers cannot be put below each other, and why."""

    a: str
    b: str
    reason: Text


class PairRefused(Exception):
    """Two questions cannot be paired by hand: ``reason`` says why, in words."""

    def __init__(self, reason: Text) -> None:
        """Keep the words; the message of the exception holds no data."""
        super().__init__("pair")
        self.reason = reason


@dataclass(frozen=True, slots=True, eq=False)
class Pairing:
    """The questions of two surveys side by side. ``a`` is the newer survey, whose words and order are kept."""

    a: Dataset
    b: Dataset
    pairs: tuple[Pair, ...]
    clashes: tuple[Clash, ...] = ()

    @property
    def only_a(self) -> tuple[Question, ...]:
        """The questions of the first survey that the second does not have."""
        paired = {pair.a for pair in self.pairs}
        return tuple(question for question in self.a.questions if question.id not in paired)

    @property
    def only_b(self) -> tuple[Question, ...]:
        """The questions of the second survey that the first does not have."""
        paired = {pair.b for pair in self.pairs}
        return tuple(question for question in self.b.questions if question.id not in paired)

    def count(self, how: How) -> int:
        """How many pairs were found in this way."""
        return sum(pair.how is how for pair in self.pairs)

    def partner(self, a_id: str) -> Question | None:
        """The question of the second survey that a question of the first is paired with."""
        found = next((pair.b for pair in self.pairs if pair.a == a_id), None)
        return None if found is None else self.b.question(found)

    def with_pair(self, a_id: str, b_id: str | None) -> Pairing:
        """This pairing with a question of the first survey paired by hand, or with none if ``b_id`` is None.

        Whatever either was paired with before is set free. Raises `PairRefused` if the answers do not fit together,
        and `KeyError` for unknown ids.
        """
        self.a.question(a_id)
        pairs = [pair for pair in self.pairs if a_id != pair.a and b_id != pair.b]
        clashes = [clash for clash in self.clashes if a_id != clash.a and b_id != clash.b]
        if b_id is not None:
            joined = fitted(self.a, a_id, self.b, b_id)
            if isinstance(joined, Text):
                raise PairRefused(joined)
            pairs.append(Pair(a_id, b_id, How.BY_HAND))
        return replace(self, pairs=_in_order(self.a, pairs), clashes=tuple(clashes))


def pair(a: Dataset, b: Dataset) -> Pairing:
    """Find the same questions in two surveys; ``a`` is the newer one.

    The same words, then similar words with a compatible kind, scale and options (`likeness.twins`). What has the same
    words but other answers becomes a `Clash`.
    """
    pairs, clashes = [], []
    alike = twins(_words(a), _words(b), lambda i, j: _may_be_renamed(a.questions[i], b.questions[j]))
    for twin in (*alike, *_nameless(a, b)):
        ours, theirs = a.questions[twin.first], b.questions[twin.second]
        joined = fitted(a, ours.id, b, theirs.id)
        if isinstance(joined, Text):
            clashes.append(Clash(ours.id, theirs.id, joined))
        else:
            pairs.append(Pair(ours.id, theirs.id, _how(*joined, same=twin.same)))
    found = Pairing(a, b, tuple(pairs), tuple(clashes))
    pairs.extend(_by_role(found))
    return replace(found, pairs=_in_order(a, pairs))


def _nameless(a: Dataset, b: Dataset) -> list[Twin]:
    """Columns without a header are the same if they stand in the same place."""
    places = {question.id: place for place, question in enumerate(b.questions) if not bare(question.text)}
    return [
        Twin(place, places[question.id], same=True)
        for place, question in enumerate(a.questions)
        if not bare(question.text) and question.id in places
    ]


def _by_role(found: Pairing) -> list[Pair]:
    """The day of the answer, the question that NPS is counted on: there is one in each file, whatever it is called."""
    pairs = []
    for role in _ONE_OF_A_KIND:
        ours, theirs = found.a.with_role(role), found.b.with_role(role)
        if len(ours) != 1 or len(theirs) != 1 or ours[0] not in found.only_a or theirs[0] not in found.only_b:
            continue
        clashing = {clash.a for clash in found.clashes} | {clash.b for clash in found.clashes}
        joined = fitted(found.a, ours[0].id, found.b, theirs[0].id)
        if not isinstance(joined, Text) and not clashing & {ours[0].id, theirs[0].id}:
            pairs.append(Pair(ours[0].id, theirs[0].id, How.ROLE))
    return pairs


def _in_order(a: Dataset, pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    places = {question.id: place for place, question in enumerate(a.questions)}
    return tuple(sorted(pairs, key=lambda pair: places[pair.a]))


def fitted(a: Dataset, a_id: str, b: Dataset, b_id: str) -> tuple[Question, Question] | Text:
    """Two questions read in the same way, so that their answers mean the same; or why that cannot be, in words.

    If the files led to different readings, the one that tells more (scores before choices before words) is tried on
    the other file, then the other way round; a reading that loses answers is not taken. What is private in one file
    is private in both.
    """
    ours, theirs = a.question(a_id), b.question(b_id)
    if Kind.EMPTY in (ours.kind, theirs.kind):
        return ours, theirs
    if Role.PRIVATE in (ours.role, theirs.role):
        return _hidden(ours), _hidden(theirs)
    if ours.kind is not theirs.kind:
        for fuller_is_ours in sorted((True, False), key=lambda o: _TELLING.index((ours if o else theirs).kind)):
            recast = _recast(b, theirs, ours, a) if fuller_is_ours else _recast(a, ours, theirs, b)
            if recast is not None:
                return (ours, recast) if fuller_is_ours else (recast, theirs)
        return say("The answers are of another kind in the other file, so they cannot be counted together.")
    if ours.scale is not None and theirs.scale is not None:
        return _on_one_scale(ours, ours.scale, theirs, theirs.scale)
    return ours, theirs


def _on_one_scale(ours: Question, scale: Scale, theirs: Question, other: Scale) -> tuple[Question, Question] | Text:
    if (scale.lowest, scale.highest) != (other.lowest, other.highest):
        if _nobody_gave_zero(theirs, other, scale):
            return ours, replace(theirs, scale=replace(other, lowest=0, labels=()))
        if _nobody_gave_zero(ours, scale, other):
            return replace(ours, scale=replace(scale, lowest=0, labels=())), theirs
        for question, like in ((ours, other), (theirs, scale)):
            taken = _as_offered(question, like)
            if taken is not None and taken.scale is not None:
                pair = (taken, theirs) if question is ours else (ours, taken)
                return _on_one_scale(pair[0], pair[0].scale or scale, pair[1], pair[1].scale or other)
        return say(
            "The scale is {first} in one file and {second} in the other, so the scores cannot be counted together.",
            first=saw_range(scale),
            second=saw_range(other),
        )
    if scale.direction is not other.direction:
        if Sure.SURE is ours.sure is theirs.sure:
            return say("The good end of the scale is not the same in both files.")
        surer = scale if ours.sure is Sure.SURE or theirs.sure is not Sure.SURE else other
        ours = replace(ours, scale=replace(scale, direction=surer.direction))
        theirs = replace(theirs, scale=replace(other, direction=surer.direction))
    return ours, theirs


def _as_offered(question: Question, like: Scale) -> Question | None:
    """A question in doubt on the scale of the other file, if that is one of its readings: the other file decides."""
    if question.sure is Sure.SURE or question.ask is None:
        return None
    same = tuple(
        reading
        for reading in question.ask.readings
        if reading.role is question.role
        if reading.scale is not None and (reading.scale.lowest, reading.scale.highest) == (like.lowest, like.highest)
    )
    if not same:
        return None
    decided = replace(question, scale=same[0].scale, sure=Sure.SURE, ask=None)
    return decided if len(same) == 1 else replace(decided, sure=question.sure, ask=replace(question.ask, readings=same))


def _nobody_gave_zero(question: Question, scale: Scale, other: Scale) -> bool:
    """Whether a scale was only taken to begin with 1 because nobody answered 0, as people did in the other file."""
    return (
        question.sure is not Sure.SURE
        and not any(scale.labels)
        and (scale.lowest, other.lowest) == (1, 0)
        and scale.highest == other.highest
    )


def _hidden(question: Question) -> Question:
    if len(question.columns) > 1:
        return replace(question, role=Role.PRIVATE, examples=())
    return replace(question, kind=Kind.TEXT, role=Role.PRIVATE, scale=None, options=(), examples=(), ask=None)


def _recast(dataset: Dataset, question: Question, like: Question, other: Dataset) -> Question | None:
    """A question in the reading of another file's; None if it cannot be read like that without losing answers."""
    scale = like.scale
    if question.scale is not None and scale is not None:
        return None
    if like.kind is Kind.MULTIPLE and len(like.columns) == len(question.columns) == 1:
        return _taken_apart(dataset, question, like, other)
    try:
        recast = with_role(dataset, question.id, like.role, scale, like.day_first)
    except RoleRefused:
        return None
    new = recast.question(question.id)
    if new.kind is not like.kind or answered(recast, new) < _KEPT * answered(dataset, question):
        return None
    if new.kind is Kind.CHOICE and new.size > max(_FEW_OPTIONS, _MORE_OPTIONS * like.size):
        return None  # free words would become hundreds of groups
    return replace(new, why=question.why, sure=question.sure)


def _taken_apart(dataset: Dataset, question: Question, like: Question, other: Dataset) -> Question | None:
    """A question whose cells hold several answers, as the fuller file shows; its few cells alone did not tell.

    None if fewer than six in ten of its answers hold an option of the other file.
    """
    split = split_into(profile_of(other.columns[like.columns[0]]), like.options)
    column = dataset.columns[question.columns[0]]
    if split is None:
        return None
    table = split_table(split, like.options, column)
    counts = np.bincount(column.codes, minlength=len(column.values))
    asked, known = (table != _SILENT).any(axis=0), (table == 1).any(axis=0)
    if not counts[asked].sum() or counts[known].sum() < _HOLD_OPTIONS * counts[asked].sum():
        return None
    return replace(question, kind=Kind.MULTIPLE, role=like.role, scale=None, options=like.options, ask=None)


def answered(dataset: Dataset, question: Question) -> int:
    """How many respondents gave an answer that counts."""
    answers = dataset.answers[question.id]
    if answers.codes is not None and answers.codes.ndim == 2:
        return int((answers.codes != _SILENT).any(axis=0).sum())
    if answers.codes is not None:
        return int((answers.codes < answers.size).sum())
    if answers.numbers is not None:
        return int((~np.isnan(answers.numbers)).sum())
    return int(np.count_nonzero(dataset.columns[question.columns[0]].codes))


def _how(ours: Question, theirs: Question, *, same: bool) -> How:
    if not same or bare(ours.text) != bare(theirs.text):
        return How.RENAMED
    if ours.kind in _NAMED and _plain(ours.options) != _plain(theirs.options):
        return How.OPTIONS
    return How.SAME


def _may_be_renamed(ours: Question, theirs: Question) -> bool:
    """Whether two questions with similar words have answers alike enough to be one question, reworded."""
    if ours.kind is not theirs.kind:
        return False
    if ours.scale is not None and theirs.scale is not None:
        return (ours.scale.lowest, ours.scale.highest) == (theirs.scale.lowest, theirs.scale.highest)
    if ours.kind in _NAMED:
        first, second = _plain(ours.options), _plain(theirs.options)
        return len(first & second) >= _COMMON_OPTIONS * min(len(first), len(second))
    return True


def _plain(options: Iterable[str]) -> frozenset[str]:
    return frozenset(map(plain, options))


def _words(dataset: Dataset) -> list[tuple[str, str]]:
    return [(question.group, question.text) for question in dataset.questions]
