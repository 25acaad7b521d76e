"""What a column holds, looked at once: its distinct answers and how often each was given.

Everything that decides about a column works on this short list, never on the rows, so a million rows cost no more
than a thousand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from cxdesk.comments.masking import mask
from cxdesk.reading.lexicon import plain, tokens
from cxdesk.survey.dataset import Column

_FILLED_IN = re.compile(r"〖[^〗]*〗")
_LOOKED_AT = 300

SAMPLE = 2000
"""How many distinct answers are looked at; beyond that no column is a scale or a list of choices."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One distinct answer: the cell's text, the words it stands for (a code book's label), how many gave it."""

    cell: str
    words: str
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A column's distinct answers, most frequent first, without empty cells and what the file declares missing.

    ``distinct`` counts them all; ``answers`` holds at most `SAMPLE`: the frequent ones and an even choice of the rest.
    ``spoken`` are those without the tokens that mean "no answer"; ``named`` keeps "don't know", which is a choice among
    others, and leaves out only the signs for an empty cell. ``answered`` counts the cells with an answer that is no
    such token; it is an estimate for very varied columns.
    """

    column: Column
    rows: int
    filled: int
    distinct: int
    answers: tuple[Answer, ...]
    spoken: tuple[Answer, ...] = field(init=False)
    named: tuple[Answer, ...] = field(init=False)
    answered: int = field(init=False)

    def __post_init__(self) -> None:
        """Sort the answers once: every step of understanding asks for them, hundreds of times in one file."""
        silent, blank = tokens("no_answer"), tokens("blank")
        shown = [(answer, plain(answer.words)) for answer in self.answers]
        spoken = tuple(answer for answer, words in shown if words not in silent)
        object.__setattr__(self, "spoken", spoken)
        object.__setattr__(self, "named", tuple(answer for answer, words in shown if words not in blank))
        unsaid = sum(answer.count for answer, words in shown if words in silent)
        object.__setattr__(self, "answered", self.filled - unsaid)

    @property
    def header(self) -> str:
        """All header texts of the column in one line."""
        return " ".join(part for part in self.column.header if part)

    @property
    def examples(self) -> tuple[str, ...]:
        """Up to three frequent answers, shortened for a list, without personal items."""
        return tuple(shortened(mask(answer.words[:_LOOKED_AT])[0]) for answer in self.spoken[:3])


def profile_of(column: Column) -> Profile:
    """Look at a column once: count its codes, decode the distinct texts that matter."""
    counts = np.bincount(column.codes, minlength=len(column.values)).astype(np.int64)
    counts[0] = 0
    if column.missing:
        declared = set(column.missing)
        for position, text in enumerate(column.values):
            if text in declared:
                counts[position] = 0
    used = np.flatnonzero(counts)
    chosen = used[np.argsort(-counts[used], kind="stable")]
    if len(chosen) > SAMPLE:
        rest = chosen[SAMPLE // 2 :]
        chosen = np.concatenate([chosen[: SAMPLE // 2], rest[:: max(len(rest) // (SAMPLE // 2), 1)][: SAMPLE // 2]])
    labels = dict(column.labels)
    answers = []
    for cell, count in zip(column.values.some(chosen), counts[chosen].tolist(), strict=True):
        answers.append(Answer(cell, option_words(labels.get(cell, cell)), count))
    return Profile(column, len(column.codes), int(counts.sum()), len(used), tuple(answers))


def option_words(words: str) -> str:
    """An option without what people filled into its blank: "其他〖路过〗" is "其他"."""
    return _FILLED_IN.sub("", words).strip() or words if "〖" in words else words


def shortened(text: str, length: int = 60) -> str:
    """A text on one line, cut at ``length`` characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
