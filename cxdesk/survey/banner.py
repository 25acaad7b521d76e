"""The columns of a table: who stands in which column, when columns are answers to one question or to two.

A question whose answers exclude each other parts people once. Of a multiple-answer question somebody may stand in
several columns, so each option parts people anew. Two questions inside each other make a column of every pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cxdesk.survey.dataset import Codes, Dataset
from cxdesk.survey.role import Kind

_FEW = 255
NOT_SHOWN = -1
"""The column of a group that has none."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The answers of a question as headings: ``of_code`` is the heading of each answer code.

    Codes without a heading, and "no answer", have ``size``. For a MULTIPLE question each option is a heading.
    """

    question: str
    kind: Kind
    size: int
    of_code: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """People parted once: the group of each respondent (``size`` = none), and the column that each group is.

    ``name`` tells these groups from all others of the survey; "" if they are made for one table only. ``question`` is
    the CHOICE question whose answers the groups are; "" if they are something else.
    """

    codes: Codes
    columns: tuple[int, ...]
    name: str = ""
    question: str = ""

    @property
    def size(self) -> int:
        """The number of groups."""
        return len(self.columns)


def layers(dataset: Dataset, outer: Heads, inner: Heads | None = None) -> Iterator[Layer]:
    """Part the respondents into columns; with ``inner`` the column of a pair is outer * inner.size + inner.

    Together the layers hold every column once; within a layer nobody stands in two.
    """
    if inner is None:
        for codes, heads in _parts(dataset, outer):
            own = outer.question if outer.kind is Kind.CHOICE else ""
            yield Layer(codes, heads, layer_name(outer, heads), own)
        return
    for first, outside in _parts(dataset, outer):
        for second, inside in _parts(dataset, inner):
            columns = tuple(one * inner.size + other for one in outside for other in inside)
            yield Layer(_both(first, len(outside), second, len(inside)), columns)


def layer_name(heads: Heads, columns: tuple[int, ...]) -> str:
    """What tells the groups of a layer of one question from all other groups of the survey."""
    own = columns[0] if heads.kind is Kind.MULTIPLE else heads.of_code
    return f"{heads.question} {own}"


def overlapping(outer: Heads, inner: Heads | None) -> bool:
    """Whether columns that would be compared with each other share people."""
    return (outer if inner is None else inner).kind is Kind.MULTIPLE


def _parts(dataset: Dataset, heads: Heads) -> Iterator[tuple[Codes, tuple[int, ...]]]:
    codes = dataset.codes(heads.question)
    if heads.kind is Kind.MULTIPLE:
        for option in range(heads.size):
            yield (codes[option] != 1).astype(np.uint8), (option,)
        return
    if heads.of_code == tuple(range(heads.size + 1)):
        yield codes, tuple(range(heads.size))
        return
    table = np.array(heads.of_code, dtype=np.uint8 if heads.size <= _FEW else np.uint32)
    yield table.take(codes), tuple(range(heads.size))


def _both(first: Codes, outside: int, second: Codes, inside: int) -> Codes:
    """The pair of two groups, or the number of pairs for those who are missing in one."""
    # A table of all pairs is smaller than any column of answers, and one look-up per respondent.
    pairs = np.full((outside + 1, inside + 1), outside * inside, dtype=np.uint32)
    pairs[:outside, :inside] = np.arange(outside * inside).reshape(outside, inside)
    place = first.astype(np.uint32)
    np.multiply(place, np.uint32(inside + 1), out=place)
    np.add(place, second, out=place, casting="unsafe")
    table = pairs.ravel()
    return (table.astype(np.uint8) if outside * inside <= _FEW else table).take(place)
