"""Small surveys for tests, made without a file: ``survey(recommend=[10, 9, 3], segment="aab")`` is a `Dataset`.

Every question gets a column with the texts that a file would hold, so pages, reports and quality checks work on it as
on a survey that was opened. `big_survey` makes the million answers of the speed benchmarks.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from cxdesk.survey.dataset import Answers, Codes, Column, Dataset, Source, Words
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import Receipt
from cxdesk.survey.role import UNSHOWN, Kind, Role
from cxdesk.survey.scale import Scale
from cxdesk.text import Text, say

RECOMMEND = Scale(0, 10)
SATISFACTION = Scale(1, 5)
EFFORT = Scale(1, 7)
T = TypeVar("T")

Score = int | None
Scores = Sequence[Score]
Word = str | None
Choices = str | Sequence[Word]
Ticks = Sequence[Sequence[str] | None]
Moment = datetime.date | datetime.datetime | str | None


def survey(
    *,
    recommend: Scores | None = None,
    satisfaction: Scores | None = None,
    effort: Scores | None = None,
    rating: Mapping[str, Scores] | None = None,
    segment: Choices | Mapping[str, Choices] | None = None,
    multiple: Mapping[str, Ticks] | None = None,
    date: Sequence[Moment] | Mapping[str, Sequence[Moment]] | None = None,
    comment: Sequence[Word] | Mapping[str, Sequence[Word]] | None = None,
    private: Sequence[Word] | Mapping[str, Sequence[Word]] | None = None,
    respondent: Sequence[Word] | None = None,
    weight: Sequence[float | None] | None = None,
    recommend_scale: Scale = RECOMMEND,
    satisfaction_scale: Scale = SATISFACTION,
    effort_scale: Scale = EFFORT,
    rating_scale: Scale = SATISFACTION,
    options: Mapping[str, Sequence[str]] | None = None,
    key: str | None = None,
    name: str = "survey.csv",
) -> Dataset:
    """Make a survey from one list per question, each with one entry per respondent; None is "no answer".

    A question's id is its name in lower case: "recommend", "satisfaction", "effort", "segment", "region" for
    ``segment={"Region": [...]}``. ``segment="aab"`` is short for ["a", "a", "b"]; a space in it is "no answer".
    ``multiple={"Used": [["App", "Shop"], [], None]}``: ticked two, ticked nothing, was not asked. Dates may be ISO
    texts, with or without a time. Options keep the order in which they first appear, unless ``options["Region"]``
    names them. ``key`` defaults to a hash of the content. Different lengths raise `ValueError`.
    """
    draft = _Draft(dict(options or {}))
    for title, scores, scale, role in (
        ("Recommend", recommend, recommend_scale, Role.RECOMMEND),
        ("Satisfaction", satisfaction, satisfaction_scale, Role.SATISFACTION),
        ("Effort", effort, effort_scale, Role.EFFORT),
    ):
        if scores is not None:
            draft.add_score(title, scores, scale, role)
    for title, scores in (rating or {}).items():
        draft.add_score(title, scores, rating_scale, Role.RATING)
    for title, choices in _named(segment, "Segment"):
        draft.add_choice(title, [None if word == " " else word for word in choices])
    for title, ticks in (multiple or {}).items():
        draft.add_multiple(title, ticks)
    for title, moments in _named(date, "Date"):
        draft.add_date(title, moments)
    for title, words in _named(comment, "Comment"):
        draft.add_text(title, words, Role.COMMENT)
    for title, words in _named(private, "Private"):
        draft.add_text(title, words, Role.PRIVATE)
    if respondent is not None:
        draft.add_text("Respondent", respondent, Role.RESPONDENT)
    if weight is not None:
        draft.add_number("Weight", weight)
    return draft.dataset(key, name)


def _named(given: T | Mapping[str, T] | None, title: str) -> Iterable[tuple[str, T]]:
    if given is None:
        return ()
    return given.items() if isinstance(given, Mapping) else ((title, given),)


class _Draft:
    """Collects questions, columns and answers until the survey is whole."""

    def __init__(self, options: dict[str, Sequence[str]]) -> None:
        self.options = options
        self.respondents: int | None = None
        self.questions: list[Question] = []
        self.columns: list[Column] = []
        self.answers: dict[str, Answers] = {}

    def add_score(self, title: str, scores: Scores, scale: Scale, role: Role) -> None:
        if any(score is not None and not scale.lowest <= score <= scale.highest for score in scores):
            raise ValueError(f"{title} has a score off its scale")
        column = self._column((title,), ["" if score is None else str(score) for score in scores])
        codes = [scale.size if score is None else score - scale.lowest for score in scores]
        self._question(title, Kind.SCORE, role, (column,), _choice(codes, scale.size), scale=scale)

    def add_choice(self, title: str, choices: Sequence[Word]) -> None:
        column = self._column((title,), [choice or "" for choice in choices])
        options = self._options(title, [choice for choice in choices if choice])
        code = {option: index for index, option in enumerate(options)}
        codes = [code[choice] if choice else len(options) for choice in choices]
        answers = _choice(codes, len(options))
        self._question(title, Kind.CHOICE, Role.SEGMENT, (column,), answers, options=options)

    def add_multiple(self, title: str, ticks: Ticks) -> None:
        options = self._options(title, [option for answer in ticks for option in answer or ()])
        columns = tuple(
            self._column((title, option), [option if option in (answer or ()) else "" for answer in ticks])
            for option in options
        )
        codes = [[2 if answer is None else int(option in answer) for answer in ticks] for option in options]
        table = np.array(codes, dtype=np.uint8).reshape(len(options), len(ticks))
        answers = Answers(len(options), codes=table)
        self._question(title, Kind.MULTIPLE, Role.MULTIPLE, columns, answers, options=options)

    def add_date(self, title: str, moments: Sequence[Moment]) -> None:
        column = self._column((title,), ["" if moment is None else str(moment) for moment in moments])
        days = np.array([np.nan if moment is None else _days(moment) for moment in moments], dtype=np.float64)
        self._question(title, Kind.DATE, Role.DATE, (column,), Answers(0, numbers=days))

    def add_number(self, title: str, numbers: Sequence[float | None]) -> None:
        column = self._column((title,), ["" if number is None else f"{number:g}" for number in numbers])
        values = np.array([np.nan if number is None else number for number in numbers], dtype=np.float64)
        self._question(title, Kind.NUMBER, Role.WEIGHT, (column,), Answers(0, numbers=values))

    def add_text(self, title: str, words: Sequence[Word], role: Role) -> None:
        column = self._column((title,), [word or "" for word in words])
        self._question(title, Kind.TEXT, role, (column,), Answers(0))

    def dataset(self, key: str | None, name: str) -> Dataset:
        """The finished survey."""
        respondents = self.respondents or 0
        cells = sum(int(np.count_nonzero(column.codes)) for column in self.columns)
        receipt = Receipt("csv", rows=respondents, rows_used=respondents, columns=len(self.columns), cells=cells)
        digest = hashlib.sha256(repr(self.questions).encode())
        for column in self.columns:
            digest.update(column.codes.tobytes())
            digest.update(column.values.data.tobytes())
        source = Source(
            name, f"/surveys/{name}", sum(column.codes.nbytes for column in self.columns), digest.hexdigest()
        )
        return Dataset(
            key=digest.hexdigest() if key is None else key,
            source=source,
            respondents=respondents,
            questions=tuple(self.questions),
            columns=tuple(self.columns),
            answers=self.answers,
            receipt=receipt,
        )

    def _options(self, title: str, seen: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.options.get(title, ()), *seen)))

    def _column(self, header: tuple[str, ...], cells: Sequence[str]) -> int:
        values = list(dict.fromkeys(("", *cells)))
        code = {value: index for index, value in enumerate(values)}
        codes = _smallest(np.array([code[cell] for cell in cells], dtype=np.int64), len(values))
        return self._add(Column(len(self.columns), header, codes, Words.of(values)))

    def _add(self, column: Column) -> int:
        if self.respondents is None:
            self.respondents = len(column.codes)
        if self.respondents != len(column.codes):
            raise ValueError(f"{column.header[0]} has {len(column.codes)} answers, not {self.respondents}")
        self.columns.append(column)
        return column.position

    def _question(
        self, title: str, kind: Kind, role: Role, columns: tuple[int, ...], answers: Answers, **more: Any
    ) -> None:
        name = title.lower()
        if name in self.answers:
            raise ValueError(f"two questions are called {title}")
        shown = () if role in UNSHOWN or not columns else self._examples(columns[0])
        why: Text = say("made for a test")
        question = Question(name, title, kind, role, columns, examples=shown, why=why, **more)
        self.questions.append(question)
        self.answers[name] = answers

    def _examples(self, column: int) -> tuple[str, ...]:
        return tuple(self.columns[column].values[1:4])


def _days(moment: datetime.date | datetime.datetime | str) -> float:
    """Days since 1970-01-01, the time as a fraction."""
    return float((np.datetime64(moment, "us") - np.datetime64("1970-01-01", "us")) / np.timedelta64(1, "D"))


def _smallest(codes: np.ndarray, values: int) -> Codes:
    for kind in (np.uint8, np.uint16):
        if values <= np.iinfo(kind).max + 1:
            return codes.astype(kind)
    return codes.astype(np.uint32)


def _choice(codes: Sequence[int], size: int) -> Answers:
    return Answers(size, codes=_smallest(np.array(codes, dtype=np.int64), size + 1))


def big_survey(respondents: int = 1_000_000, seed: int = 7) -> Dataset:
    """A survey of 26 columns like a large export: id, date, six segments, 14 scores, comments, ticks and a weight.

    Segments have 3, 8, 6, 12, 40 and 300 options, some answers are missing everywhere, better regions score better.
    Numbers only, no Python loop over respondents: a million take about two seconds.
    """
    random = np.random.default_rng(seed)
    draft = _Draft({})
    _add_coded(draft, "Response ID", Role.RESPONDENT, np.arange(respondents) + 1, _numbered(respondents))
    days = np.sort(random.integers(0, 731, respondents))
    dates = [str(day) for day in np.datetime64("2024-01-01") + np.arange(731)]
    _add_coded(draft, "Date", Role.DATE, days + 1, Words.of(["", *dates]), numbers=days + 19723.0)
    lift = np.zeros(respondents)
    for title, size in _SEGMENTS:
        codes = np.minimum((random.random(respondents) ** 1.3 * size).astype(np.int64), size - 1)
        lift += random.normal(0, 0.15, size).take(codes)
        codes[random.random(respondents) < 0.02] = size
        _add_options(draft, title, codes, size)
    mood = lift + random.normal(0, 1, respondents)
    for title, scale, role, centre, spread in _SCORES:
        scores = np.rint(centre + spread * (0.6 * mood + 0.8 * random.normal(0, 1, respondents)))
        codes = np.clip(scores, scale.lowest, scale.highest).astype(np.int64) - scale.lowest
        codes[random.random(respondents) < 0.05] = scale.size
        _add_points(draft, title, scale, role, codes)
    for title, filled in (("Comment", 0.40), ("Suggestion", 0.25)):
        pool = [f"{first} {second} {n}" for n in range(400) for first in _FIRST for second in _SECOND]
        codes = random.integers(1, len(pool) + 1, respondents) * (random.random(respondents) < filled)
        _add_coded(draft, title, Role.COMMENT, codes, Words.of(["", *pool]))
    _add_ticks(draft, "Used", random.random((5, respondents)) < 0.3, random.random(respondents) < 0.1)
    weights = random.integers(50, 200, respondents)
    values = Words.of(["", *(f"{n / 100:.2f}" for n in range(50, 200))])
    _add_coded(draft, "Weight", Role.WEIGHT, weights - 49, values, numbers=weights / 100)
    return draft.dataset(None, "big.csv")


_SEGMENTS = (("Channel", 3), ("Region", 8), ("Age", 6), ("Product", 12), ("Plan", 40), ("Store", 300))
_SCORES: tuple[tuple[str, Scale, Role, float, float], ...] = (
    ("Recommend", RECOMMEND, Role.RECOMMEND, 8.2, 2.0),
    ("Satisfaction", SATISFACTION, Role.SATISFACTION, 4.0, 1.0),
    *((f"Rating {n}", SATISFACTION, Role.RATING, 3.5 + n / 20, 1.0) for n in range(1, 12)),
    ("Effort", EFFORT, Role.EFFORT, 5.2, 1.4),
)
_FIRST = ("Slow", "Friendly", "发货太慢", "Great value,", "The app keeps crashing", "服务很好")
_SECOND = ("delivery", "staff", "客服没有回复", "and easy to use", "as always", "物流")


def _numbered(count: int) -> Words:
    """The texts "", "R0000001", "R0000002", ... without making a million Python strings."""
    digits = np.arange(1, count + 1)[:, None] // 10 ** np.arange(6, -1, -1) % 10 + ord("0")
    data = np.column_stack((np.full(count, ord("R")), digits)).astype(np.uint8).ravel()
    return Words(data, np.arange(count + 1, dtype=np.int64) * 8)


def _add_coded(
    draft: _Draft, title: str, role: Role, codes: np.ndarray, values: Words, numbers: np.ndarray | None = None
) -> None:
    column = draft._add(Column(len(draft.columns), (title,), _smallest(codes, len(values)), values))
    kind = {Role.DATE: Kind.DATE, Role.WEIGHT: Kind.NUMBER}.get(role, Kind.TEXT)
    draft._question(title, kind, role, (column,), Answers(0, numbers=numbers))


def _add_options(draft: _Draft, title: str, codes: np.ndarray, size: int) -> None:
    options = tuple(f"{title} {n:03d}" for n in range(1, size + 1))
    shifted = np.where(codes == size, 0, codes + 1)
    column = Column(len(draft.columns), (title,), _smallest(shifted, size + 1), Words.of(["", *options]))
    answers = Answers(size, codes=_smallest(codes, size + 1))
    draft._question(title, Kind.CHOICE, Role.SEGMENT, (draft._add(column),), answers, options=options)


def _add_points(draft: _Draft, title: str, scale: Scale, role: Role, codes: np.ndarray) -> None:
    points = [str(score) for score in range(scale.lowest, scale.highest + 1)]
    shifted = np.where(codes == scale.size, 0, codes + 1)
    column = Column(len(draft.columns), (title,), shifted.astype(np.uint8), Words.of(["", *points]))
    answers = Answers(scale.size, codes=codes.astype(np.uint8))
    draft._question(title, Kind.SCORE, role, (draft._add(column),), answers, scale=scale)


def _add_ticks(draft: _Draft, title: str, ticked: np.ndarray, unasked: np.ndarray) -> None:
    """One column of options joined by semicolons, split into a multiple-answer question."""
    options = ("App", "Shop", "Phone", "Website", "Chat")
    cells = [";".join(name for bit, name in enumerate(options) if mask >> bit & 1) for mask in range(32)]
    masks = (ticked * (1 << np.arange(5))[:, None]).sum(axis=0) * ~unasked
    column = Column(len(draft.columns), (title,), masks.astype(np.uint8), Words.of(cells))
    codes = ticked.astype(np.uint8)
    codes[:, masks == 0] = 2
    answers = Answers(5, codes=codes)
    draft._question(title, Kind.MULTIPLE, Role.MULTIPLE, (draft._add(column),), answers, options=options)
