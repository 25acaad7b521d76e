"""What was answered: the columns of a file in coded form, and the answers to each question.

A column is a list of its distinct cell texts and one small integer per respondent. A question's answers are made from
its columns by looking the distinct texts up once, so changing a role never touches the file again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdesk.survey.kept import Kept
from cxdesk.survey.question import Question
from cxdesk.survey.receipt import CELL_CODES, Receipt, Unused
from cxdesk.survey.role import Kind, Role

_LEFT_OUT = frozenset({Role.PRIVATE, Role.IGNORE})

Codes = NDArray[Any]
"""Small unsigned integers (uint8, uint16 or uint32), one per respondent."""


@dataclass(frozen=True, slots=True, eq=False)
class Words(Sequence[str]):
    """Many strings in two arrays, so that they travel and stay in memory cheaply.

    ``data``: uint8, the UTF-8 bytes of all strings; ``ends``: int64 [k], where each string ends.
    """

    data: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, strings: Sequence[str]) -> Words:
        """Pack strings; lone surrogates are kept."""
        joined = np.frombuffer("\0".join(strings).encode("utf-8", "surrogatepass"), dtype=np.uint8)
        marks = joined == 0
        if strings and np.count_nonzero(marks) == len(strings) - 1:
            ends = np.append(np.flatnonzero(marks), len(joined)) - np.arange(len(strings))
            return cls(joined[~marks], ends.astype(np.int64, copy=False))
        # A string holds the mark itself.
        encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
        data = np.frombuffer(b"".join(encoded), dtype=np.uint8)
        return cls(data, np.cumsum([len(item) for item in encoded], dtype=np.int64))

    def __len__(self) -> int:
        """The number of strings."""
        return len(self.ends)

    def __getitem__(self, index: Any) -> Any:
        """One string by its position; slices give a list."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        position = int(index)
        if position < 0:
            position += len(self)
        start = int(self.ends[position - 1]) if position else 0
        return self.data[start : int(self.ends[position])].tobytes().decode("utf-8", "surrogatepass")

    def some(self, positions: NDArray[np.integer[Any]]) -> list[str]:
        """Several strings by their positions; much quicker than one by one."""
        text = self.data.tobytes()
        ends = self.ends[positions].tolist()
        starts = np.where(positions > 0, self.ends[positions - 1], 0).tolist()
        return [text[start:end].decode("utf-8", "surrogatepass") for start, end in zip(starts, ends, strict=True)]

    def __iter__(self) -> Iterator[str]:
        """All strings in order."""
        text = self.data.tobytes()
        start = 0
        for end in self.ends.tolist():
            yield text[start:end].decode("utf-8", "surrogatepass")
            start = end


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of the file as it was read: trimmed cell texts, coded.

    ``values[0]`` is always "" (an empty cell); ``codes[i]`` is the position in ``values`` of respondent i's cell.
    ``labels`` pairs stored values with their meaning where the file has a code book (SPSS: "1" -> "Very satisfied"),
    ``missing`` lists stored values that the file itself declares to be no answer.
    """

    position: int
    header: tuple[str, ...]
    codes: Codes
    values: Words
    labels: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()

    def texts(self) -> list[str]:
        """Every respondent's cell text, in file order. Only for lists that people read; counting uses codes."""
        values = list(self.values)
        return [values[code] for code in self.codes.tolist()]

    def taken(self, rows: NDArray[np.intp]) -> Column:
        """The column of some respondents, by their positions."""
        return replace(self, codes=self.codes.take(rows))


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The answers to one question, one per respondent.

    SCORE and CHOICE: ``codes`` is uint8/uint16 [n] with values 0 .. size-1, and ``size`` for "no answer". A score is
    ``scale.lowest + code``. MULTIPLE: ``codes`` is uint8 [options, n] with 1 ticked, 0 not ticked, 2 not asked or not
    answered; ``size`` is the number of options. NUMBER: ``numbers`` is float64 [n] with NaN for "no answer".
    DATE: ``numbers`` holds days since 1970-01-01 with the time as a fraction, NaN for "no answer".
    TEXT has neither: read the column.
    """

    size: int
    codes: Codes | None = None
    numbers: NDArray[np.float64] | None = None

    def given(self, number: int = 0, columns: int = 1) -> NDArray[np.bool_] | None:
        """Which respondents' cells in column ``number`` of the question's ``columns`` are answers; None: all filled."""
        if self.numbers is not None:
            return ~np.isnan(self.numbers)
        if self.codes is None:
            return None
        if self.codes.ndim == 1:
            given = self.codes < self.size
        elif columns > 1:
            given = self.codes[number] < 2
        else:
            given = np.any(self.codes < 2, axis=0)
        return np.asarray(given, dtype=np.bool_)

    def taken(self, rows: NDArray[np.intp]) -> Answers:
        """The answers of some respondents, by their positions."""
        codes = None if self.codes is None else self.codes.take(rows, axis=-1)
        return Answers(self.size, codes, None if self.numbers is None else self.numbers.take(rows))


@dataclass(frozen=True, slots=True)
class Source:
    """Where the answers came from: the file's name, folder, size in bytes and SHA-256 (hex)."""

    name: str
    path: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of several files that a survey was made of: its name as people see it, what it was, and what it brought.

    ``respondents`` is the number of rows that it added; 0 for a table that was joined to the respondents of another.
    """

    name: str
    source: Source
    receipt: Receipt
    respondents: int


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """A survey as it was understood. The only owner of the answers; never changed, only replaced.

    ``key`` identifies the content: hash of the file, the choices made while reading, and the role edits. ``parts`` are
    the files that it was put together from, in the order of their rows; empty for a survey of one file. ``rows`` says
    in which row of its file each respondent stands, counted from 0; None where that is not known.

    ``whole`` is the survey with all its rows where some were left out (`without`), else None; ``left_out`` says who of
    them is not here, bool [whole.respondents]. The receipt always speaks of the whole one, because it is about the
    file. ``kept`` remembers what was made of the texts; all surveys made from one another share it.
    """

    key: str
    source: Source
    respondents: int
    questions: tuple[Question, ...]
    columns: tuple[Column, ...]
    answers: Mapping[str, Answers]
    receipt: Receipt
    parts: tuple[Part, ...] = ()
    rows: NDArray[np.int32] | None = None
    whole: Dataset | None = None
    left_out: NDArray[np.bool_] | None = None
    kept: Kept = field(default_factory=Kept, repr=False)

    @property
    def complete(self) -> Dataset:
        """The survey with all rows of its file: itself, unless some were left out."""
        return self if self.whole is None else self.whole

    def without(self, left_out: NDArray[np.bool_], known: Dataset | None = None) -> Dataset:
        """The complete survey without some of its respondents, bool [respondents]; itself if that is nobody.

        Questions keep their answers' codes, so filters and options go on as they are. What has not changed since a
        ``known`` survey without the same respondents was made is taken from there.
        """
        if not left_out.any():
            return self
        rows = np.flatnonzero(~left_out)
        made = {} if known is None else known._made_without(left_out)

        def part(of: Any) -> Any:
            return made[id(of)] if id(of) in made else of.taken(rows)

        return replace(
            self,
            key=self.key_without(left_out),
            respondents=len(rows),
            columns=tuple(part(column) for column in self.columns),
            answers={name: part(answers) for name, answers in self.answers.items()},
            parts=self._parts_without(left_out),
            rows=None if self.rows is None else self.rows.take(rows),
            whole=self.complete,
            left_out=left_out,
        )

    def _made_without(self, left_out: NDArray[np.bool_]) -> dict[int, Column | Answers]:
        """The columns and answers of this survey by those of the whole one, if the same respondents are left out."""
        if self.whole is None or self.left_out is None or not np.array_equal(self.left_out, left_out):
            return {}
        made: dict[int, Column | Answers] = {
            id(old): new for old, new in zip(self.whole.columns, self.columns, strict=True)
        }
        return made | {id(old): self.answers[name] for name, old in self.whole.answers.items()}

    def key_without(self, left_out: NDArray[np.bool_]) -> str:
        """The key of the survey `without` some of its respondents."""
        if not left_out.any():
            return self.key
        return hashlib.sha256(self.key.encode("utf-8") + np.packbits(left_out).tobytes()).hexdigest()[:20]

    def _parts_without(self, left_out: NDArray[np.bool_]) -> tuple[Part, ...]:
        """The files that the survey was made of, each with the rows that are still there."""
        ends = np.cumsum([part.respondents for part in self.parts], dtype=np.int64).tolist()
        if not ends or ends[-1] != self.respondents:
            return self.parts
        gone = [int(np.count_nonzero(left_out[start:end])) for start, end in zip([0, *ends], ends, strict=False)]
        return tuple(replace(part, respondents=part.respondents - n) for part, n in zip(self.parts, gone, strict=True))

    def question(self, id: str) -> Question:
        """The question with this id; raises `KeyError` if there is none."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)

    def with_role(self, *roles: Role) -> tuple[Question, ...]:
        """The questions that play one of these roles, in file order."""
        return tuple(question for question in self.questions if question.role in roles)

    def codes(self, id: str) -> Codes:
        """The answer codes of a SCORE, CHOICE or MULTIPLE question; raises `KeyError` if it has none."""
        codes = self.answers[id].codes
        if codes is None:
            raise KeyError(id)
        return codes

    def used_cells(self, place: int) -> NDArray[np.bool_]:
        """Whether each respondent's cell in a column is filled and used; several questions may share a column."""
        filled = self.columns[place].codes > 0
        used = np.zeros(len(filled), dtype=np.bool_)
        for question in self.questions:
            if place not in question.columns or question.role in _LEFT_OUT or question.kind is Kind.EMPTY:
                continue
            given = self.answers[question.id].given(question.columns.index(place), len(question.columns))
            used |= filled if given is None else filled & given
        return used

    def rows_of(self, entry: Unused) -> NDArray[np.intp]:
        """The positions of the respondents whose cells a line of the receipt is about, in file order.

        Empty for lines about the whole file and about personal data, whose cells are never shown.
        """
        if entry.column is None or not entry.cells or not 0 <= entry.column < len(self.columns):
            return np.zeros(0, dtype=np.intp)
        if any(entry.column in question.columns for question in self.with_role(Role.PRIVATE)):
            return np.zeros(0, dtype=np.intp)
        column, meant = self.columns[entry.column], frozenset(entry.cells)
        chosen = np.fromiter((text in meant for text in column.values), dtype=np.bool_, count=len(column.values))
        rows = chosen[column.codes]
        return np.flatnonzero(rows & ~self.used_cells(entry.column) if entry.code in CELL_CODES else rows)
